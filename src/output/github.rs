//! In: the report. Out: GitHub workflow commands, one a line, which the runner shows as annotations
//! (GitHub Actions, "Workflow commands"). Allowed findings are counted in the last line and not shown.

use std::io;

use crate::{
    finding::{Finding, Place, Status},
    output::{escape, totals},
    report::{Entry, Report},
    rule::Severity,
};

/// Writes the annotations, then what was not looked at, then the totals.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    for finding in report.findings.iter().filter(|finding| finding.status.counts()) {
        let title = format!("{} [{}]", finding.severity.name(), finding.rule);
        command(out, level(finding.severity), &place(report, &finding.at), &title, &message(report, finding))?;
    }
    for fault in &report.allows {
        command(out, "warning", &place(report, &fault.at), "suppression", &fault.message)?;
    }
    for (entries, what) in [(&report.coverage.partial, "read in part"), (&report.coverage.failed, "not read")] {
        for entry in entries {
            command(out, "warning", &file(report, entry), what, &entry.reason)?;
        }
    }
    command(out, "notice", "", "brightline", &totals::lines(report).join("\n"))
}

fn command(out: &mut dyn io::Write, level: &str, place: &str, title: &str, message: &str) -> io::Result<()> {
    writeln!(out, "::{level} {place}title={}::{}", escape::github_property(title), escape::github_data(message))
}

/// The annotation's level, by severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "notice",
    }
}

fn place(report: &Report, at: &Place) -> String {
    let file = escape::github_property(&path(report, at.app, &at.file));
    let (start, end) = (at.start, at.end);
    // GitHub refuses columns for a range of several lines.
    let columns = match start.line == end.line {
        true => format!("col={},endColumn={},", start.column, end.column),
        false => String::new(),
    };
    format!("file={file},line={},endLine={},{columns}", start.line, end.line)
}

fn file(report: &Report, entry: &Entry) -> String {
    format!("file={},", escape::github_property(&path(report, entry.app, &entry.file)))
}

/// The path from where the run was started, as GitHub wants it: the root as named, then the file.
fn path(report: &Report, app: usize, file: &str) -> String {
    let root = report.apps.get(app).map_or("", |root| root.trim_start_matches("./").trim_end_matches('/'));
    match root {
        "" | "." => file.to_owned(),
        root => format!("{root}/{file}"),
    }
}

fn message(report: &Report, finding: &Finding) -> String {
    let cell = finding.at.cell.map(|cell| format!("notebook cell {}, line {}", cell.number, cell.line));
    let card = report.rules.get(&finding.rule);
    let clause = card.and_then(|card| card.clauses.first());
    let clause = clause.map(|clause| format!("{}, {}: {}\n{}", clause.document, clause.section, clause.says, clause.url));
    let sure = format!("confidence {}, {}", finding.confidence.name(), finding.verdict.name());
    let note = match &finding.status {
        Status::AllowedByAuthor { reason } => Some(format!("the author of the code tried to allow this: {reason}")),
        Status::Open | Status::Allowed { .. } => None,
    };
    let parts = [Some(finding.message.clone()), cell, clause, Some(sure), note];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}
