//! In: the coverage, the suppression faults and what was cut. Out: notifications of the run, so that a log
//! never looks more complete than the scan was.

use std::collections::BTreeMap;

use crate::{
    output::{
        sarif::{log, place},
        totals,
    },
    report::{Entry, Report},
};

/// How many locations a notification lists; its message says how many there are.
const LOCATIONS: usize = 1_000;

/// Every kind of notification: its id and what it says.
pub(super) const DESCRIPTORS: [(&str, &str); 5] = [
    ("failed", "Files that could not be looked at."),
    ("partial", "Files that were looked at in part."),
    ("skipped", "Files that were left out on purpose."),
    ("suppression", "A suppression comment that does not do its work."),
    ("cut", "Something that this log leaves out because of its size."),
];

/// All notifications, in the order of [`DESCRIPTORS`].
pub(super) fn all<'a>(report: &'a Report, cuts: &[String]) -> Vec<log::Notification<'a>> {
    let coverage = &report.coverage;
    let mut all = Vec::new();
    for (kind, level, what, entries) in [
        (0, "error", "not read", &coverage.failed),
        (1, "warning", "read in part", &coverage.partial),
        (2, "note", "skipped", &coverage.skipped),
    ] {
        for (reason, entries) in by_reason(entries) {
            let text = format!("{} {what}: {reason}", totals::number(entries.len(), "file"));
            all.push(notification(kind, level, text, files(&entries, report)));
        }
    }
    for fault in &report.allows {
        all.push(notification(3, "warning", fault.message.clone(), vec![place::location(&fault.at, report, None)]));
    }
    all.extend(cuts.iter().map(|cut| notification(4, "warning", cut.clone(), Vec::new())));
    all
}

fn by_reason(entries: &[Entry]) -> BTreeMap<&str, Vec<&Entry>> {
    let mut reasons: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        reasons.entry(&entry.reason).or_default().push(entry);
    }
    reasons
}

fn files<'a>(entries: &[&Entry], report: &'a Report) -> Vec<log::Location<'a>> {
    entries.iter().take(LOCATIONS).map(|entry| place::file(entry.app, &entry.file, report)).collect()
}

fn notification<'a>(kind: usize, level: &'static str, text: String, locations: Vec<log::Location<'a>>) -> log::Notification<'a> {
    let (id, _) = DESCRIPTORS[kind];
    log::Notification { descriptor: log::Reference { id, index: kind }, level, message: log::Message::of(text), locations }
}
