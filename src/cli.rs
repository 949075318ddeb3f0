//! The command line: arguments in, an exit code out. What is said goes to the two streams given.

use std::{io, path::PathBuf};

use clap::{CommandFactory, Parser, Subcommand, ValueEnum};

use crate::{
    error::Error,
    exit::Exit,
    finding::Confidence,
    language::{LANGUAGES, Reader},
    output::{Format, Style, escape},
    pack::{Pack, load},
};

mod explain;
pub mod fixtures;
mod inspect;
mod mutate;
mod packs;
mod rules;
mod scan;
mod stale;
mod terms;

/// The two streams, and what the terminal behind them can show.
pub struct Streams<'a> {
    /// For results.
    pub out: &'a mut dyn io::Write,
    /// For everything else.
    pub err: &'a mut dyn io::Write,
    /// Whether `out` is a terminal.
    pub out_is_terminal: bool,
    /// Whether `err` is a terminal.
    pub err_is_terminal: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
}

/// Finds uses of platform data that developer terms prohibit.
///
/// brightline reads an app's code and configs, finds surveillance of people, ethnic and religious
/// segmentation and their kin, and reports each with its evidence and the clause it breaks.
#[derive(Debug, Parser)]
#[command(name = "brightline", version, about, long_about, after_long_help = after_help(), max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    /// When to use color.
    #[arg(long, global = true, value_enum, default_value = "auto", hide_short_help = true)]
    color: Color,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Scan apps for prohibited data uses.
    #[command(after_help = SCAN_EXAMPLES)]
    Scan(scan::Arguments),
    /// Explain a rule, a clause or a category: what it says, why, and what would be lawful.
    Explain(explain::Arguments),
    /// Show what is known of a line: where its values come from and go to, their labels, and why.
    Trace(inspect::TraceArguments),
    /// Show which platform data enters an app, where it is stored and what is done with it.
    Map(inspect::MapArguments),
    /// List the rules; check or test a pack.
    Rules(rules::Arguments),
    /// List the documents of terms that the pack rests on; compare two copies of one.
    Terms(terms::Arguments),
    /// List the languages and formats that are read.
    Languages,
    /// Print a completion script for a shell.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the man page.
    Man,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    /// On terminals.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

const SCAN_EXAMPLES: &str = "Examples:
  brightline scan .                                the app in this folder, honoring .gitignore and allow comments
  brightline scan --untrusted apps/*               other people's apps: nothing in them steers the scan
  brightline scan . --format text --format sarif=brightline.sarif
  brightline scan . --why                          with the entry of the pack behind each step
  brightline scan . --min-confidence info          with hints that rest on names alone";

fn after_help() -> String {
    let codes: Vec<String> = Exit::ALL.iter().map(|(exit, meaning)| format!("  {}  {meaning}", exit.code())).collect();
    format!(
        "Start with `brightline scan .`; then `brightline explain RULE` for what a finding means.\n\nExit codes:\n{}",
        codes.join("\n")
    )
}

/// What a command comes to: an exit code, or what stopped it.
type Ended = Result<Exit, Stop>;

/// What stops a command.
#[derive(Debug)]
enum Stop {
    /// A fault of the run.
    Run(Error),
    /// The result could not be written.
    Write(io::Error),
}

impl From<Error> for Stop {
    fn from(error: Error) -> Self {
        Self::Run(error)
    }
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Write(error)
    }
}

/// Runs the command line `arguments`, the program's name first.
///
/// # Errors
/// Those of the streams.
pub fn run(arguments: impl IntoIterator<Item = std::ffi::OsString>, streams: &mut Streams<'_>) -> io::Result<Exit> {
    let parsed = match Arguments::try_parse_from(arguments) {
        Ok(parsed) => parsed,
        Err(error) if error.use_stderr() => {
            write!(streams.err, "{}", error.render().ansi())?;
            return Ok(Exit::Usage);
        }
        Err(help) => {
            write!(streams.out, "{}", help.render().ansi())?;
            return Ok(Exit::Clean);
        }
    };
    let color = match parsed.color {
        Color::Auto => streams.out_is_terminal,
        Color::Always => true,
        Color::Never => false,
    };
    let style = Style { color, links: color && streams.out_is_terminal, width: streams.width, why: false };
    let ended = match parsed.command {
        Command::Scan(arguments) => scan::run(&arguments, style, streams),
        Command::Explain(arguments) => explain::run(&arguments, &style, streams.out),
        Command::Trace(arguments) => inspect::trace(&arguments, streams.out),
        Command::Map(arguments) => inspect::map(&arguments, streams.out),
        Command::Rules(arguments) => rules::run(&arguments, streams.out),
        Command::Terms(arguments) => terms::run(&arguments, streams.out),
        Command::Languages => languages(streams.out),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Arguments::command(), "brightline", streams.out);
            Ok(Exit::Clean)
        }
        Command::Man => {
            clap_mangen::Man::new(Arguments::command()).render(streams.out).map(|()| Exit::Clean).map_err(Stop::Write)
        }
    };
    match ended {
        Ok(exit) => Ok(exit),
        Err(Stop::Write(error)) => Err(error),
        Err(Stop::Run(error)) => {
            for line in error.to_string().lines() {
                writeln!(streams.err, "error: {}", escape::visible(line))?;
            }
            Ok(match error {
                Error::NothingToScan(_) => Exit::NothingToScan,
                _ => Exit::Usage,
            })
        }
    }
}

/// The pack inside the binary, ready to judge: for tests and benchmarks.
#[must_use]
pub fn builtin_pack() -> Pack {
    packs::compiled(&load::builtin())
}

fn languages(out: &mut dyn io::Write) -> Ended {
    writeln!(out, "{:<12} {:<5} {:<5} {:<4} {:<24} files", "language", "calls", "flow", "SQL", "read by")?;
    for language in LANGUAGES {
        let how = match language.reader {
            Reader::Tree(_) => "grammar and role table",
            Reader::Sql => "clause reader",
            Reader::Notebook => "cells in other languages",
        };
        let mark = |supported: bool| if supported { "yes" } else { "-" };
        let extensions = language.extensions.iter().map(|extension| format!(".{extension}"));
        let files: Vec<String> = extensions.chain(language.files.iter().map(|file| (*file).to_owned())).collect();
        let (calls, flow, sql) = (mark(language.calls()), mark(language.flows()), mark(language.sql()));
        writeln!(out, "{:<12} {calls:<5} {flow:<5} {sql:<4} {how:<24} {}", language.name, files.join(" "))?;
    }
    Ok(Exit::Clean)
}

/// A confidence on the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Names only.
    Info,
    /// Worth a look.
    Low,
    /// Probably so.
    Medium,
    /// It holds up.
    High,
}

impl Level {
    fn confidence(self) -> Confidence {
        match self {
            Self::Info => Confidence::Info,
            Self::Low => Confidence::Low,
            Self::Medium => Confidence::Medium,
            Self::High => Confidence::High,
        }
    }
}

/// A format and, after `=`, the file it goes to.
fn format(text: &str) -> Result<(Format, Option<PathBuf>), String> {
    let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
    let known = || Format::ALL.map(Format::name).join(", ");
    let format = Format::named(name).ok_or_else(|| format!("{name} is no format; there are {}", known()))?;
    match file {
        Some(file) if file.as_os_str().is_empty() => Err(format!("{name}= names no file")),
        file => Ok((format, file)),
    }
}

/// The rules whose id starts like `id`, or that hold it: what someone may have meant.
fn similar<'p>(pack: &'p Pack, id: &str) -> Vec<&'p str> {
    let ids = pack.sentences.iter().map(|sentence| sentence.id.as_str());
    let near = |known: &&str| strsim::damerau_levenshtein(known, id) <= 3 || (id.len() > 3 && known.contains(id));
    ids.filter(near).take(5).collect()
}
