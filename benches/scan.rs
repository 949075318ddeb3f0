//! Compares a whole scan with ripgrep searching the pack's literals in the same files, in turns.
//!
//! `cargo bench --bench scan -- PATH…` measures the trees named; without one, the fixtures.
//! README.md says how to read the table.

#![expect(clippy::print_stdout, reason = "the table is what it is for")]

use std::{
    env,
    error::Error,
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use brightline::{
    cli,
    language::{self, LANGUAGES},
    pack::Pack,
    prefilter::Prefilter,
    settings::{Limits, Settings},
    source, walk,
};

type Done<T> = Result<T, Box<dyn Error>>;

/// How often a tree is scanned.
const RUNS: usize = 5;
/// How often the small file is scanned.
const STARTS: usize = 30;
/// What the small file says.
const SMALL: &str = "total = sum(prices)\n";

fn main() -> Done<()> {
    let named: Vec<PathBuf> =
        env::args_os().skip(1).filter(|argument| !argument.to_string_lossy().starts_with("--")).map(PathBuf::from).collect();
    let roots = if named.is_empty() { vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures")] } else { named };
    let pack = cli::builtin_pack();
    let scratch = tempfile::tempdir()?;
    let literals = scratch.path().join("literals.txt");
    fs::write(
        &literals,
        pack.literals
            .iter()
            .filter(|literal| literal.words.is_empty())
            .map(|literal| format!("{}\n", literal.text))
            .collect::<String>(),
    )?;
    let searched = search(&literals, &roots);
    if !runs(Command::new("rg").arg("--version")) {
        println!("ripgrep (rg) is not on the PATH, so there is nothing to compare with");
    }
    whole(&roots, &pack, &searched, scratch.path())?;
    start(&literals, scratch.path())
}

/// The scan of `roots`.
fn scan(roots: &[PathBuf]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brightline"));
    command.args(["scan", "--untrusted", "--format", "json"]).args(roots);
    command
}

/// The search for `literals` in the files of `roots` that brightline has a reader for.
fn search(literals: &Path, roots: &[PathBuf]) -> Arguments {
    let mut arguments: Vec<std::ffi::OsString> =
        ["-F", "-i", "-c", "--no-ignore", "--hidden", "--no-config", "-f"].map(Into::into).into();
    arguments.push(literals.into());
    for language in LANGUAGES {
        let names = language
            .extensions
            .iter()
            .map(|extension| format!("*.{extension}"))
            .chain(language.files.iter().map(|file| (*file).to_owned()));
        arguments.extend(names.flat_map(|name| ["--iglob".into(), name.into()]));
    }
    for folder in [".git", ".hg", ".svn"] {
        arguments.extend(["--iglob".into(), format!("!{folder}").into()]);
    }
    arguments.extend(roots.iter().map(Into::into));
    Arguments(arguments)
}

/// The arguments of ripgrep.
struct Arguments(Vec<std::ffi::OsString>);

impl Arguments {
    fn command(&self) -> Command {
        let mut command = Command::new("rg");
        command.args(&self.0);
        command
    }
}

/// Measures whole scans of `roots`.
fn whole(roots: &[PathBuf], pack: &Pack, searched: &Arguments, scratch: &Path) -> Done<()> {
    let out = scratch.join("out");
    let (ours, theirs) = in_turns(RUNS, &mut || scan(roots), &mut || searched.command(), &out)?;
    let report: serde_json::Value = {
        scan(roots).stdout(File::create(&out)?).status()?;
        serde_json::from_slice(&fs::read(&out)?)?
    };
    let count = |key: &str| report["coverage"][key].as_f64().unwrap_or(0.0);
    let partial = report["coverage"]["partial"].as_array().map_or(0, Vec::len);
    let files = count("scanned") + partial as f64;
    let megabytes = count("bytes") / 1e6;
    println!("{files} files, {megabytes:.1} MB, {:.1} % of the files parsed", 100.0 * share(roots, pack)?);
    println!("{:<12} {:>9} {:>9} {:>9} {:>9} {:>9}", "", "min ms", "median ms", "MB/s", "files/s", "peak MB");
    let row = |name: &str, times: &[Duration], peak: Option<f64>| {
        let median = median(times);
        let peak = peak.map_or("?".to_owned(), |peak| format!("{peak:.0}"));
        let (mb, each) = (megabytes / median.as_secs_f64(), files / median.as_secs_f64());
        println!(
            "{name:<12} {:>9.1} {:>9.1} {mb:>9.1} {each:>9.0} {peak:>9}",
            ms(times.iter().min().copied().unwrap_or_default()),
            ms(median)
        );
    };
    row("brightline", &ours, peak(&scan(roots), &out)?);
    if !theirs.is_empty() {
        row("ripgrep", &theirs, peak(&searched.command(), &out)?);
        println!("brightline takes {:.1} times as long as ripgrep", median(&ours).as_secs_f64() / median(&theirs).as_secs_f64());
    }
    Ok(())
}

/// Measures how long it takes to scan next to nothing.
fn start(literals: &Path, scratch: &Path) -> Done<()> {
    let folder = scratch.join("small");
    fs::create_dir(&folder)?;
    fs::write(folder.join("small.py"), SMALL)?;
    let roots = [folder];
    let searched = search(literals, &roots);
    let (ours, theirs) = in_turns(STARTS, &mut || scan(&roots), &mut || searched.command(), &scratch.join("out"))?;
    print!("start-up with one small file: brightline {:.1} ms", ms(median(&ours)));
    match theirs.is_empty() {
        true => println!(),
        false => println!(
            ", ripgrep {:.1} ms, ratio {:.1}",
            ms(median(&theirs)),
            median(&ours).as_secs_f64() / median(&theirs).as_secs_f64()
        ),
    }
    Ok(())
}

/// Runs both in turns, once each unmeasured; the second list is empty where the program is missing.
fn in_turns(
    times: usize,
    ours: &mut dyn FnMut() -> Command,
    theirs: &mut dyn FnMut() -> Command,
    out: &Path,
) -> Done<(Vec<Duration>, Vec<Duration>)> {
    let (mut first, mut second) = (Vec::new(), Vec::new());
    let compare = runs(Command::new("rg").arg("--version"));
    for run in 0..=times {
        let took = timed(ours(), out)?;
        let other = if compare { Some(timed(theirs(), out)?) } else { None };
        // The first run warms the cache of the disk.
        if run > 0 {
            first.push(took);
            second.extend(other);
        }
    }
    Ok((first, second))
}

fn timed(mut command: Command, out: &Path) -> Done<Duration> {
    let out = File::create(out)?;
    let started = Instant::now();
    let status = command.stdout(out).status()?;
    let took = started.elapsed();
    // Both end with 1 where they found something, or nothing.
    match status.code() {
        Some(0 | 1 | 4) => Ok(took),
        _ => Err(format!("{} ended with {status}", command.get_program().to_string_lossy()).into()),
    }
}

/// The most memory that `command` held, in MB, where the system's `time` can tell.
fn peak(command: &Command, out: &Path) -> Done<Option<f64>> {
    let mut time = Command::new("/usr/bin/time");
    time.args(["-f", "%M"]).arg(command.get_program()).args(command.get_args());
    let Ok(run) = time.stdout(File::create(out)?).stderr(Stdio::piped()).spawn() else { return Ok(None) };
    let err = String::from_utf8(run.wait_with_output()?.stderr)?;
    let kilobytes = err.lines().last().and_then(|line| line.trim().parse::<f64>().ok());
    Ok(kilobytes.map(|kilobytes| kilobytes / 1e3))
}

fn runs(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// The share of the files with a reader that hold a literal, so that they are parsed.
fn share(roots: &[PathBuf], pack: &Pack) -> Done<f64> {
    let settings =
        Settings { roots: roots.to_vec(), untrusted: true, prefilter: true, threads: 0, keep_info: false, limits: Limits::USUAL };
    let prefilter = Prefilter::new(pack, u64::MAX);
    let (mut parsed, mut all) = (0.0, 0.0);
    for file in walk::apps(&settings)?.iter().flat_map(|app| &app.files) {
        if language::of_file(&file.path).is_none() {
            continue;
        }
        // What cannot be read is parsed as little as what does not matter.
        let Ok(source) = source::read(&file.absolute, &settings.limits) else { continue };
        all += 1.0;
        parsed += if !source.truncated && prefilter.matters(&prefilter.hits(&source.text)) { 1.0 } else { 0.0 };
    }
    Ok(if all > 0.0 { parsed / all } else { 0.0 })
}

fn median(times: &[Duration]) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
