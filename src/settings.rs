//! All that a run needs to know, settled by the command line before it starts.

use std::path::PathBuf;

/// What to scan, whom to trust and where to stop. There is no default: the command line decides.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The files and folders to scan, each one app.
    pub roots: Vec<PathBuf>,
    /// Someone else's code: nothing in the tree steers the scan (no ignore files, no suppressions).
    pub untrusted: bool,
    /// Whether files that hold no literal of the pack are left unparsed. Changes no byte of the report.
    pub prefilter: bool,
    /// How many threads read files; 0 lets the machine decide. Changes no byte of the report.
    pub threads: usize,
    /// Whether findings of confidence info are kept.
    pub keep_info: bool,
    /// What one file may cost.
    pub limits: Limits,
}

/// What one file may cost before it is cut short and listed in the coverage.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// A larger file is not parsed; its literals are still searched. In bytes.
    pub max_file_bytes: u64,
    /// Of a larger file only so much is searched. In bytes.
    pub max_searched_bytes: u64,
    /// Parsing stops after this long. In milliseconds.
    pub max_parse_millis: u64,
    /// Deeper syntax is not read.
    pub max_depth: usize,
    /// More graph nodes than this are not read.
    pub max_nodes: usize,
    /// More findings than this in one file are counted, not listed.
    pub max_findings: usize,
}

impl Limits {
    /// What a scan uses unless the command line says otherwise.
    pub const USUAL: Self = Self {
        max_file_bytes: 4 << 20,
        max_searched_bytes: 1 << 30,
        max_parse_millis: 4_000,
        max_depth: 2_000,
        max_nodes: 2_000_000,
        max_findings: 100,
    };
}
