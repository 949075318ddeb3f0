//! The exit codes, each with one meaning.

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Everything was looked at, and nothing reaches the gate.
    Clean,
    /// Open findings reach the gate.
    Findings,
    /// The rules, the settings or the command line are wrong; nothing was scanned.
    Usage,
    /// Under `--strict`: something was not looked at whole, and no finding reaches the gate.
    Incomplete,
    /// No file could be scanned.
    NothingToScan,
    /// The program failed; nothing can be said of the code.
    Internal,
}

impl Exit {
    /// Every code with its meaning, as `--help` and README.md print it.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Clean, "no finding reaches the gate"),
        (Self::Findings, "findings reach the gate (also when the scan was incomplete)"),
        (Self::Usage, "the rules, the settings or the command line are wrong; nothing was scanned"),
        (Self::Incomplete, "with --strict: not everything could be looked at"),
        (Self::NothingToScan, "there was nothing to scan"),
        (Self::Internal, "an internal error, or the report could not be written"),
    ];

    /// The number that the shell sees.
    #[must_use]
    pub fn code(self) -> u8 {
        match self {
            Self::Clean => 0,
            Self::Findings => 1,
            Self::Usage => 2,
            Self::Incomplete => 3,
            Self::NothingToScan => 4,
            Self::Internal => 5,
        }
    }
}
