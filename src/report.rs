//! The whole result of a run, complete and in order: output formats only write it down.

use std::collections::BTreeMap;

use crate::{
    finding::{Finding, Place},
    rule::{RuleCard, RuleId},
};

/// What a run found, in which sentences, over which files.
#[derive(Clone, Debug)]
pub struct Report {
    /// The engine's version.
    pub version: String,
    /// The rule pack.
    pub pack: PackSummary,
    /// The roots as the user named them, in order; `Place::app` counts them from 0.
    pub apps: Vec<String>,
    /// Sorted by app, file, start, rule.
    pub findings: Vec<Finding>,
    /// The sentences that `findings` name (in `rule` or `also`).
    pub rules: BTreeMap<RuleId, RuleCard>,
    /// What was looked at.
    pub coverage: Coverage,
    /// Suppression comments that are wrong or match nothing, sorted by place.
    pub allows: Vec<AllowFault>,
    /// How many findings of confidence info were left out.
    pub info_left_out: usize,
}

/// Which pack judged.
#[derive(Clone, Debug)]
pub struct PackSummary {
    /// How many sentences it has.
    pub rules: usize,
    /// The hash of all its files, in hexadecimal.
    pub hash: String,
    /// Built-in files that a `--rules` folder replaced, sorted.
    pub replaced: Vec<String>,
    /// Files that a `--rules` folder added, sorted.
    pub added: Vec<String>,
}

/// Where every input ended: each is in exactly one bucket.
#[derive(Clone, Debug, Default)]
pub struct Coverage {
    /// How many files were met.
    pub files: usize,
    /// How many were looked at whole.
    pub scanned: usize,
    /// How many bytes the scanned and partly parsed files have.
    pub bytes: u64,
    /// Looked at in part, sorted by app and path.
    pub partial: Vec<Entry>,
    /// Left out on purpose, sorted by app and path.
    pub skipped: Vec<Entry>,
    /// Could not be looked at, sorted by app and path.
    pub failed: Vec<Entry>,
}

impl Coverage {
    /// Whether everything that could hold code was looked at whole.
    ///
    /// Skipped files do not count against it: what was skipped is listed with its reason.
    #[must_use]
    pub fn complete(&self) -> bool {
        self.partial.is_empty() && self.failed.is_empty()
    }

    /// Moves a file to those looked at in part, or adds the reason where it is there already.
    pub fn cut(&mut self, app: usize, file: &str, reason: &str) {
        match self.partial.iter_mut().find(|entry| entry.app == app && entry.file == file) {
            Some(entry) => entry.reason = format!("{}; {reason}", entry.reason),
            None => {
                self.scanned = self.scanned.saturating_sub(1);
                self.partial.push(Entry { app, file: file.to_owned(), reason: reason.to_owned() });
            }
        }
    }

    /// Whether each file met is in exactly one bucket.
    #[must_use]
    pub fn adds_up(&self) -> bool {
        self.files == self.scanned + self.partial.len() + self.skipped.len() + self.failed.len()
    }
}

/// One input that was not looked at whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Which root, from 0.
    pub app: usize,
    /// The path inside the root.
    pub file: String,
    /// Why, in a few words without a full stop.
    pub reason: String,
}

/// A suppression comment that does not do its work.
#[derive(Clone, Debug)]
pub struct AllowFault {
    /// The comment.
    pub at: Place,
    /// What is wrong with it and what to do.
    pub message: String,
}
