//! What stops a run, and what leaves one file out.

use std::{fmt, io, path::PathBuf};

/// A fault that stops the run before or after any file is judged.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each message says what its fields hold")]
#[non_exhaustive]
pub enum Error {
    /// A path named on the command line cannot be read or written.
    #[error("{}: {cause}", path.display())]
    Io { path: PathBuf, cause: io::Error },
    /// The rule pack is wrong; every fault found is listed.
    #[error("the rule pack is wrong, so nothing was scanned\n{}", lines(.0))]
    Pack(Vec<PackFault>),
    /// The command line asks for something that cannot be done.
    #[error("{0}")]
    Usage(String),
    /// No file under the roots could be looked at.
    #[error("nothing to scan under {}", .0.join(", "))]
    NothingToScan(Vec<String>),
}

/// One fault of a pack file, with its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PackFault {
    /// The file as it was named: `rules/…` inside the binary, or a path under `--rules`.
    pub file: String,
    /// From 1; 0 where the whole file is meant.
    pub line: usize,
    /// From 1; 0 where the whole line is meant.
    pub column: usize,
    /// What is wrong and what would be right, without a full stop.
    pub message: String,
}

impl fmt::Display for PackFault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column) {
            (0, _) => write!(out, "{}: {}", self.file, self.message),
            (line, 0) => write!(out, "{}:{line}: {}", self.file, self.message),
            (line, column) => write!(out, "{}:{line}:{column}: {}", self.file, self.message),
        }
    }
}

fn lines(faults: &[PackFault]) -> String {
    faults.iter().map(PackFault::to_string).collect::<Vec<_>>().join("\n")
}
