//! Whether the files of a pack fit together.
//!
//! In: a loaded pack. Out: every fault with its place, and what would be right where that can be guessed.
//! [`faults`] makes a pack unusable; [`lints`] is what its keepers tidy up. What a single file may look
//! like at all is `schema`'s matter; nothing is compiled here.

mod lint;
mod reference;
mod shape;
mod unique;

use crate::{
    error::PackFault,
    pack::{
        load::{Loaded, LoadedFile},
        place::{self, Step},
        schema::File,
    },
};

/// Where a condition may look.
pub const SCOPES: &[&str] = &["self", "inside", "around", "statement", "loop", "into", "out", "function", "file"];
/// Where a duty may want its safeguard.
pub const WITHIN: &[&str] = &["function", "file", "pipeline", "app"];
/// What a library may be.
pub const SDK_KINDS: &[&str] = &["official", "community", "unofficial"];
/// What a platform's text may be.
pub const TEXT_KINDS: &[&str] = &["host", "endpoint", "scope", "query", "private"];
/// How names of artifacts may compare.
pub const NAMINGS: &[&str] = &["exact", "dotted", "path"];
/// What may be done with an artifact.
pub const DOES: &[&str] = &["write", "read"];
/// How a function may stand for an artifact.
pub const STANDS: &[&str] = &["returned", "received"];
/// The confidences that a kind of path may leave.
pub const AT_MOST: &[&str] = &["info", "low", "medium"];

/// What makes the pack unusable, sorted by file and line.
#[must_use]
pub fn faults(loaded: &Loaded) -> Vec<PackFault> {
    let mut report = Report::default();
    if !loaded.files.is_empty() && !loaded.files.iter().any(|file| matches!(file.file, File::Taxonomy(_))) {
        report.found.push(PackFault {
            file: "rules/taxonomy.yaml".to_owned(),
            line: 0,
            column: 0,
            message: "is missing; it defines every key".to_owned(),
        });
    }
    reference::check(loaded, &mut report);
    for file in &loaded.files {
        shape::check(&Site::of(file), &mut report);
    }
    unique::check(loaded, &mut report);
    report.sorted()
}

/// What a pack can do without: keys and clauses that nothing uses, forms that the prefilter cannot see, and their kin. Sorted by file and line.
#[must_use]
pub fn lints(loaded: &Loaded) -> Vec<PackFault> {
    let mut report = Report::default();
    lint::check(loaded, &mut report);
    report.sorted()
}

/// A value of a pack file: the file, and the way to it.
#[derive(Clone)]
struct Site<'a> {
    file: &'a LoadedFile,
    path: Vec<Step<'a>>,
}

impl<'a> Site<'a> {
    /// The whole file.
    fn of(file: &'a LoadedFile) -> Self {
        Self { file, path: Vec::new() }
    }

    /// The value of a key.
    fn key(&self, key: &'a str) -> Self {
        self.step(Step::Key(key))
    }

    /// The items of the list under a key, each with its site.
    fn each<T>(&self, key: &'a str, items: &'a [T]) -> impl Iterator<Item = (Self, &'a T)> + use<'a, T> {
        let list = self.key(key);
        items.iter().enumerate().map(move |(index, item)| (list.step(Step::Index(index)), item))
    }

    fn step(&self, step: Step<'a>) -> Self {
        let path = self.path.iter().copied().chain([step]).collect();
        Self { file: self.file, path }
    }

    /// Line and column, from 1; zeros where the file holds nothing.
    fn place(&self) -> (usize, usize) {
        place::nearest(&self.file.text, &self.path).unwrap_or((0, 0))
    }
}

/// The faults found so far.
#[derive(Default)]
struct Report {
    found: Vec<PackFault>,
}

impl Report {
    fn add(&mut self, site: &Site<'_>, message: impl Into<String>) {
        let (line, column) = site.place();
        self.found.push(PackFault { file: site.file.shown.clone(), line, column, message: message.into() });
    }

    fn add_unless(&mut self, good: bool, site: &Site<'_>, message: &str) {
        if !good {
            self.add(site, message);
        }
    }

    fn sorted(mut self) -> Vec<PackFault> {
        self.found.sort();
        self.found.dedup();
        self.found
    }
}

#[cfg(test)]
mod tests;
