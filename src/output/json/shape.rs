//! The shape of the JSON report. Every doc comment here is a description in the published schema.

use schemars::JsonSchema;
use serde::Serialize;

/// A brightline report: what a run found, in which sentences, over which files.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "BrightlineReport")]
pub(super) struct Report<'a> {
    /// The name of this schema.
    #[schemars(extend("const" = super::SCHEMA))]
    pub(super) schema: &'static str,
    /// The engine's version.
    pub(super) version: &'a str,
    /// The rule pack that judged.
    pub(super) pack: Pack<'a>,
    /// The roots as the user named them; `app` counts them from 0.
    pub(super) apps: &'a [String],
    /// All findings, the allowed ones too, by app, file, start and rule.
    pub(super) findings: Vec<Finding<'a>>,
    /// The sentences that findings name, by id.
    pub(super) rules: Vec<Rule<'a>>,
    /// Where every input ended.
    pub(super) coverage: Coverage<'a>,
    /// Suppression comments that are wrong or match nothing.
    pub(super) allow_faults: Vec<AllowFault<'a>>,
    /// How many findings of confidence info were left out.
    pub(super) info_left_out: usize,
}

/// A rule pack.
#[derive(Serialize, JsonSchema)]
pub(super) struct Pack<'a> {
    /// How many sentences it has.
    pub(super) rules: usize,
    /// The hash of all its files, in hexadecimal.
    pub(super) hash: &'a str,
    /// Built-in files that the user's files replaced.
    pub(super) replaced: &'a [String],
    /// Files that the user added.
    pub(super) added: &'a [String],
}

/// One breach of one sentence, with the whole of its evidence.
#[derive(Serialize, JsonSchema)]
pub(super) struct Finding<'a> {
    /// The id of the sentence.
    pub(super) rule: &'a str,
    /// The kind of prohibited use.
    pub(super) category: &'a str,
    /// How bad, by the clause.
    #[schemars(extend("enum" = ["low", "medium", "high", "critical"]))]
    pub(super) severity: &'static str,
    /// How sure, by the evidence.
    #[schemars(extend("enum" = ["info", "low", "medium", "high"]))]
    pub(super) confidence: &'static str,
    /// What the evidence is, strongest first: a traced value, a plain use, an app that depends on the platform, names.
    #[schemars(extend("enum" = ["E1", "E2", "E3", "E4"]))]
    pub(super) tier: &'static str,
    /// What follows from clause and evidence.
    #[schemars(extend("enum" = ["violation", "likely", "needs-human", "hygiene"]))]
    pub(super) verdict: &'static str,
    /// One sentence that names use, data and source.
    pub(super) message: &'a str,
    /// Where the use stands.
    pub(super) at: Place<'a>,
    /// From the source to the use; the last step is the use.
    pub(super) trace: Vec<Step<'a>>,
    /// Keys of the data that is used, sorted.
    pub(super) data: &'a [String],
    /// The platform whose data it is; null where the code does not show it.
    pub(super) source: Option<&'a str>,
    /// The use, as a key of the taxonomy.
    #[serde(rename = "use")]
    pub(super) use_key: &'a str,
    /// Other sentences that the same place breaks, sorted.
    pub(super) also: Vec<&'a str>,
    /// The name under which the finding is known from run to run; holds no line number and no path.
    pub(super) fingerprint: &'a str,
    /// Whether the finding counts.
    pub(super) status: Status<'a>,
}

/// Whether a finding counts: an allowed one does not, one that the author of untrusted code tried to allow does.
#[derive(Serialize, JsonSchema)]
pub(super) struct Status<'a> {
    /// What became of it.
    #[schemars(extend("enum" = ["open", "allowed", "allowed-by-author"]))]
    pub(super) kind: &'static str,
    /// The reason in the comment that allows it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<&'a str>,
}

/// A range of one file.
#[derive(Serialize, JsonSchema)]
pub(super) struct Place<'a> {
    /// Which root, from 0.
    pub(super) app: usize,
    /// The path inside the root, with `/` between its parts.
    pub(super) file: &'a str,
    /// The first character.
    pub(super) start: Point,
    /// One past the last character.
    pub(super) end: Point,
    /// Where in a notebook, if it is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cell: Option<Cell>,
    /// The lines around the range.
    pub(super) excerpt: Excerpt<'a>,
}

/// A place in a file.
#[derive(Serialize, JsonSchema)]
pub(super) struct Point {
    /// From 1.
    pub(super) line: u32,
    /// From 1, in Unicode code points.
    pub(super) column: u32,
    /// From 0, in bytes of the decoded text as UTF-8.
    pub(super) byte: u32,
}

/// A place in a notebook.
#[derive(Serialize, JsonSchema)]
pub(super) struct Cell {
    /// The cell, from 1, counting all cells.
    pub(super) number: u32,
    /// The line of the cell, from 1.
    pub(super) line: u32,
}

/// Whole lines of a file, cut where they are very long.
#[derive(Serialize, JsonSchema)]
pub(super) struct Excerpt<'a> {
    /// The first line's number, from 1.
    pub(super) first_line: u32,
    /// The lines. They are a stranger's: escape them before they are shown.
    pub(super) text: &'a str,
    /// The marked range, half-open, in bytes of `text` as UTF-8.
    pub(super) mark: [u32; 2],
}

/// One step of a trace.
#[derive(Serialize, JsonSchema)]
pub(super) struct Step<'a> {
    /// Where.
    pub(super) at: Place<'a>,
    /// What happens here.
    #[schemars(extend("enum" = ["source", "flow", "call", "import", "attribute", "artifact", "data", "context", "use"]))]
    pub(super) kind: &'static str,
    /// One clause that says it.
    pub(super) note: &'a str,
    /// What of the pack made the step matter; empty for plain data flow.
    pub(super) why: Vec<Why<'a>>,
    /// For an artifact: how sure it is that both places mean the same one.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(extend("enum" = ["medium", "high"]))]
    pub(super) confidence: Option<&'static str>,
}

/// Why a step matters.
#[derive(Serialize, JsonSchema)]
pub(super) struct Why<'a> {
    /// The pack entry.
    pub(super) entry: &'a str,
    /// The word, call, host or text that matched, as the pack has it.
    pub(super) matched: &'a str,
    /// The human language of a word, as a BCP 47 tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<&'a str>,
    /// What spoke for it.
    pub(super) supports: &'a [String],
    /// What was looked for, not found, and would have spoken against it.
    pub(super) against: &'a [String],
}

/// A sentence of the pack.
#[derive(Serialize, JsonSchema)]
pub(super) struct Rule<'a> {
    /// Its name.
    pub(super) id: &'a str,
    /// One line for people.
    pub(super) title: &'a str,
    /// Its kind of finding.
    pub(super) category: &'a str,
    /// By its first clause.
    #[schemars(extend("enum" = ["low", "medium", "high", "critical"]))]
    pub(super) severity: &'static str,
    /// The sentence in words.
    pub(super) sentence: &'a str,
    /// Why it matters.
    pub(super) why: &'a str,
    /// What to do instead.
    pub(super) remedy: &'a str,
    /// The clauses that say so.
    pub(super) clauses: Vec<Clause<'a>>,
    /// What would make the use lawful by these clauses.
    pub(super) lawful_if: Vec<Safeguard<'a>>,
    /// What a person must ask for.
    pub(super) ask: &'a [String],
    /// Code that breaks it and code that keeps it.
    pub(super) example: Example<'a>,
}

/// What makes a use lawful.
#[derive(Serialize, JsonSchema)]
pub(super) struct Safeguard<'a> {
    /// A key of the taxonomy.
    pub(super) key: &'a str,
    /// What it means.
    pub(super) meaning: &'a str,
}

/// Code that breaks a sentence, and the same code keeping it.
#[derive(Serialize, JsonSchema)]
pub(super) struct Example<'a> {
    /// The name of the file.
    pub(super) file: &'a str,
    /// Code that breaks it.
    pub(super) breaking: &'a str,
    /// The same code, keeping it.
    pub(super) keeping: &'a str,
}

/// A clause of terms, in our words.
#[derive(Serialize, JsonSchema)]
pub(super) struct Clause<'a> {
    /// Unique in the pack.
    pub(super) id: &'a str,
    /// The platform's or norm's name.
    pub(super) platform: &'a str,
    /// The document's title.
    pub(super) document: &'a str,
    /// The number or heading in it.
    pub(super) section: &'a str,
    /// Where the document is published.
    pub(super) url: &'a str,
    /// The date printed in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) dated: Option<&'a str>,
    /// The last day on which its text was seen.
    pub(super) seen: &'a str,
    /// What it says.
    pub(super) says: &'a str,
    /// How bad a breach is.
    #[schemars(extend("enum" = ["low", "medium", "high", "critical"]))]
    pub(super) severity: &'static str,
}

/// Where every input ended: each is in exactly one bucket.
#[derive(Serialize, JsonSchema)]
pub(super) struct Coverage<'a> {
    /// Whether nothing was read in part and nothing failed.
    pub(super) complete: bool,
    /// How many files were met.
    pub(super) files: usize,
    /// How many were looked at whole.
    pub(super) scanned: usize,
    /// How many bytes the files have that were looked at, whole or in part.
    pub(super) bytes: u64,
    /// Looked at in part.
    pub(super) partial: Vec<Entry<'a>>,
    /// Left out on purpose.
    pub(super) skipped: Vec<Entry<'a>>,
    /// Could not be looked at.
    pub(super) failed: Vec<Entry<'a>>,
}

/// One input that was not looked at whole.
#[derive(Serialize, JsonSchema)]
pub(super) struct Entry<'a> {
    /// Which root, from 0.
    pub(super) app: usize,
    /// The path inside the root.
    pub(super) file: &'a str,
    /// Why.
    pub(super) reason: &'a str,
}

/// A suppression comment that does not do its work.
#[derive(Serialize, JsonSchema)]
pub(super) struct AllowFault<'a> {
    /// The comment.
    pub(super) at: Place<'a>,
    /// What is wrong with it and what to do.
    pub(super) message: &'a str,
}
