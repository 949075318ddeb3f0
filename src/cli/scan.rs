//! `brightline scan`.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::PathBuf,
    time::{Duration, Instant},
};

use clap::{Args, value_parser};

use super::{Ended, Level, Streams, format, packs};
use crate::{
    error::Error,
    exit::Exit,
    finding::{Confidence, Finding},
    output::{self, Format, Style},
    pack::{Pack, load::Loaded},
    report::Report,
    scan,
    settings::{Limits, Settings},
};

/// A scan that lasts longer than this shows how far it is.
const PATIENCE: Duration = Duration::from_secs(1);

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Files and folders to scan, each one app.
    #[arg(default_value = ".", value_name = "PATH")]
    roots: Vec<PathBuf>,
    /// Someone else's code: read everything, and let nothing in the tree (ignore files, allow comments) steer the scan.
    #[arg(long)]
    untrusted: bool,
    /// Write the report as text, json, sarif or github; with =FILE into a file. May be given several times.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = format, default_value = "text")]
    format: Vec<(Format, Option<PathBuf>)>,
    /// Leave out findings less sure than this.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "low")]
    min_confidence: Level,
    /// Exit with 1 when a finding is at least this sure.
    #[arg(long, value_enum, value_name = "LEVEL", default_value = "medium")]
    fail_on: Level,
    /// Say for each step of a trace which entry of the pack made it matter.
    #[arg(long)]
    why: bool,
    /// Exit with 3 when something could not be looked at whole.
    #[arg(long)]
    strict: bool,
    /// Add the rule pack of this folder; its files replace built-in ones of the same path. May be given several times.
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
    /// How many threads to use; 0 lets the machine decide. The report is the same for any number.
    #[arg(long, short = 'j', value_name = "N", default_value_t = 0, hide_short_help = true)]
    threads: usize,
    /// Parse every file, also those that hold no word of the pack. The report is the same; it takes longer.
    #[arg(long, hide_short_help = true)]
    no_prefilter: bool,
    /// Do not parse larger files; their words are still searched.
    #[arg(long, value_name = "BYTES", default_value_t = Limits::USUAL.max_file_bytes, value_parser = value_parser!(u64).range(1..), hide_short_help = true)]
    max_file_bytes: u64,
    /// Stop parsing a file after this long.
    #[arg(long, value_name = "MS", default_value_t = Limits::USUAL.max_parse_millis, value_parser = value_parser!(u64).range(1..), hide_short_help = true)]
    max_parse_millis: u64,
    /// List at most this many findings of a file.
    #[arg(long, value_name = "N", default_value_t = Limits::USUAL.max_findings, hide_short_help = true)]
    max_findings: usize,
}

impl Arguments {
    fn settings(&self) -> Settings {
        Settings {
            roots: self.roots.clone(),
            untrusted: self.untrusted,
            prefilter: !self.no_prefilter,
            threads: self.threads,
            keep_info: self.min_confidence == Level::Info,
            limits: Limits {
                max_file_bytes: self.max_file_bytes,
                max_parse_millis: self.max_parse_millis,
                max_findings: self.max_findings,
                ..Limits::USUAL
            },
        }
    }
}

pub(super) fn run(arguments: &Arguments, style: Style, streams: &mut Streams<'_>) -> Ended {
    // Both live as long as the program: taking them apart at its end would take as long as the scan of a small file.
    let loaded: &Loaded = Box::leak(Box::new(packs::loaded(&arguments.rules)?));
    let pack: &Pack = Box::leak(Box::new(packs::compiled(loaded)));
    let progress = Progress::new(streams.err_is_terminal);
    let scanned = scan::report(&arguments.settings(), pack, &|files| progress.tick(files));
    progress.end();
    let mut report = scanned?;
    report.findings.retain(|finding| finding.confidence >= arguments.min_confidence.confidence());
    let style = Style { why: arguments.why, ..style };
    if arguments.why {
        place_entries(&mut report.findings, loaded);
    }
    for (format, file) in &arguments.format {
        match file {
            None => output::write(&report, *format, &style, streams.out)?,
            Some(file) => {
                let plain = Style { color: false, links: false, ..style };
                let write = || -> io::Result<()> {
                    let mut out = BufWriter::new(File::create(file)?);
                    output::write(&report, *format, &plain, &mut out)?;
                    out.flush()
                };
                if let Err(cause) = write() {
                    writeln!(streams.err, "error: {}", Error::Io { path: file.clone(), cause })?;
                    return Ok(Exit::Internal);
                }
            }
        }
    }
    Ok(exit(&report, arguments.fail_on.confidence(), arguments.strict))
}

/// Findings come first: a run that is incomplete and has findings says so by its findings.
fn exit(report: &Report, gate: Confidence, strict: bool) -> Exit {
    let reaches = |finding: &Finding| finding.status.counts() && finding.confidence >= gate;
    match () {
        () if report.findings.iter().any(reaches) => Exit::Findings,
        () if strict && !report.coverage.complete() => Exit::Incomplete,
        () if report.coverage.scanned + report.coverage.partial.len() == 0 => Exit::NothingToScan,
        () => Exit::Clean,
    }
}

/// Adds the line of its file to each entry of the pack.
fn place_entries(findings: &mut [Finding], loaded: &Loaded) {
    for why in findings.iter_mut().flat_map(|finding| &mut finding.trace).flat_map(|step| &mut step.why) {
        if let (Some(line), Some((file, entry))) = (loaded.line(&why.entry), why.entry.split_once(": ")) {
            why.entry = format!("{file}:{line}: {entry}");
        }
    }
}

/// A bar on terminals, shown only when a scan takes its time.
struct Progress {
    bar: indicatif::ProgressBar,
    since: Instant,
    wanted: bool,
}

impl Progress {
    fn new(wanted: bool) -> Self {
        Self { bar: indicatif::ProgressBar::hidden(), since: Instant::now(), wanted }
    }

    fn tick(&self, files: usize) {
        if !self.wanted {
            return;
        }
        self.bar.set_length(files as u64);
        self.bar.inc(1);
        if self.bar.is_hidden() && self.since.elapsed() > PATIENCE {
            self.bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
    }

    fn end(&self) {
        self.bar.finish_and_clear();
    }
}
