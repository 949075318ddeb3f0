//! What a scan finds: a sentence of the pack that a place in the code breaks, with its evidence.
//!
//! Plain data, made by `judge`, marked by `settle`, shown by `output`. Text from the scanned code is
//! a stranger's: every output format escapes it.

use std::sync::Arc;

use crate::{
    rule::{Category, RuleId, Severity},
    span::{LineCol, Span},
};

/// One breach of one sentence, with the whole of its evidence.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The sentence that is broken: the most specific one that fits.
    pub rule: RuleId,
    /// The kind of prohibited use.
    pub category: Category,
    /// How bad, by the clause.
    pub severity: Severity,
    /// How sure, by the evidence.
    pub confidence: Confidence,
    /// What the evidence is.
    pub tier: Tier,
    /// What follows from clause and evidence.
    pub verdict: Verdict,
    /// One sentence that names use, data and source, without a full stop.
    pub message: String,
    /// Where the use stands.
    pub at: Place,
    /// From the source to the use; the last step is the use itself.
    pub trace: Vec<Step>,
    /// Keys of the data that is used, sorted.
    pub data: Vec<String>,
    /// The platform whose data it is, where the code shows it.
    pub source: Option<String>,
    /// The use, as a key of the taxonomy.
    pub use_key: String,
    /// Other sentences that the same place breaks, sorted.
    pub also: Vec<RuleId>,
    /// The name under which this finding is known from run to run; holds no line number and no path.
    pub fingerprint: String,
    /// Whether the finding counts.
    pub status: Status,
}

/// A range of one file, with the text that a reader needs to see.
#[derive(Clone, Debug)]
pub struct Place {
    /// Which root, from 0.
    pub app: usize,
    /// The path inside the root, with `/` between its parts; never absolute.
    pub file: Arc<str>,
    /// The bytes.
    pub span: Span,
    /// The first character.
    pub start: LineCol,
    /// One past the last character.
    pub end: LineCol,
    /// Where in a notebook, if it is one.
    pub cell: Option<Cell>,
    /// The lines around the range.
    pub excerpt: Excerpt,
}

/// A place in a notebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// The cell, from 1, counting all cells.
    pub number: u32,
    /// The line of the cell, from 1.
    pub line: u32,
}

/// Whole lines of a file, as they stand there, cut where they are very long.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// The first line's number, from 1.
    pub first_line: u32,
    /// The lines, without the last line's end; at most a few hundred bytes.
    pub text: Arc<str>,
    /// The marked range, in bytes of `text`, on character boundaries.
    pub mark: Span,
}

/// One step of a trace.
#[derive(Clone, Debug)]
pub struct Step {
    /// Where.
    pub at: Place,
    /// What happens here.
    pub kind: StepKind,
    /// One clause that says it, such as `tweets are read here`.
    pub note: String,
    /// What of the pack made the step matter; empty for plain data flow.
    pub why: Vec<Why>,
    /// How sure it is that the value gets over; `None` where nothing but the code's own flow carries it.
    pub confidence: Option<Confidence>,
}

/// What happens at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum StepKind {
    /// Platform data enters.
    Source,
    /// A value moves on.
    Flow,
    /// It is handed to a function.
    Call,
    /// It is imported by another file.
    Import,
    /// It is kept as an attribute of an object.
    Attribute,
    /// It is written to or read from something that another place reads or writes: a table, a topic, a file.
    Artifact,
    /// What the data is stands here.
    Data,
    /// Something that makes the use what it is.
    Context,
    /// The use.
    Use,
}

impl StepKind {
    /// The word for it, lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Source => "source",
            Self::Flow => "flow",
            Self::Call => "call",
            Self::Import => "import",
            Self::Attribute => "attribute",
            Self::Artifact => "artifact",
            Self::Data => "data",
            Self::Context => "context",
            Self::Use => "use",
        }
    }
}

/// Why a label stands on a node.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Why {
    /// The pack entry, such as `rules/words/religion.yaml: words.en[3]`.
    pub entry: String,
    /// The word, call, host or text that matched, as the pack has it.
    pub matched: String,
    /// The human language of a word, as a BCP 47 tag; empty where there is none.
    pub language: String,
    /// What spoke for it.
    pub supports: Vec<String>,
    /// What was looked for and would have spoken against it.
    pub against: Vec<String>,
}

/// What the evidence is (strongest first).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tier {
    /// The value is traced from the source to the use.
    E1,
    /// A call or key with no other purpose, or source and use in one function or file.
    E2,
    /// A use in an app that depends on the platform.
    E3,
    /// Names only.
    E4,
}

impl Tier {
    /// `E1` to `E4`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::E1 => "E1",
            Self::E2 => "E2",
            Self::E3 => "E3",
            Self::E4 => "E4",
        }
    }
}

/// How sure, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// A hint; shown on request, never fails a run.
    Info,
    /// Worth a look.
    Low,
    /// Probably so.
    Medium,
    /// It holds up.
    High,
}

impl Confidence {
    /// The word for it, lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// What follows from clause and evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The clause is unconditional and the evidence is strong.
    Violation,
    /// The evidence is good, yet the code could still satisfy the clause.
    Likely,
    /// Turns on approval, consent or intent that code cannot show.
    NeedsHuman,
    /// A duty is missing.
    Hygiene,
}

impl Verdict {
    /// The word for it, kebab-case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Violation => "violation",
            Self::Likely => "likely",
            Self::NeedsHuman => "needs-human",
            Self::Hygiene => "hygiene",
        }
    }
}

/// Whether a finding counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It counts.
    Open,
    /// A comment of the code's owner allows it, for this reason; it does not count.
    Allowed {
        /// As written in the comment.
        reason: String,
    },
    /// The author of untrusted code tried to allow it; it counts.
    AllowedByAuthor {
        /// As written in the comment.
        reason: String,
    },
}

impl Status {
    /// Whether the finding counts against the gate.
    #[must_use]
    pub fn counts(&self) -> bool {
        !matches!(self, Self::Allowed { .. })
    }
}
