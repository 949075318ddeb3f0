//! The program: streams and the exit code; everything else is the library's.

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use brightline::{cli, exit::Exit};

/// Making the pack is many small allocations, and a hook pays for them each time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The width of text where no terminal says otherwise.
const WIDTH: usize = 140;

fn main() -> ExitCode {
    let (stdout, stderr) = (anstream::stdout(), anstream::stderr());
    let (out_is_terminal, err_is_terminal) = (io::stdout().is_terminal(), io::stderr().is_terminal());
    let mut out = io::BufWriter::new(stdout.lock());
    let mut err = stderr.lock();
    let mut streams = cli::Streams { out: &mut out, err: &mut err, out_is_terminal, err_is_terminal, width: WIDTH };
    let ended = cli::run(std::env::args_os(), &mut streams);
    let ended = ended.and_then(|exit| out.flush().map(|()| exit));
    let exit = match ended {
        Ok(exit) => exit,
        // Whoever reads the pipe has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Clean,
        Err(error) => {
            // There is nowhere left to say that this fails too.
            let _unsaid = writeln!(err, "error: the report could not be written: {error}");
            Exit::Internal
        }
    };
    ExitCode::from(exit.code())
}
