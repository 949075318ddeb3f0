//! In: the report. Out: the sentences that sum it up, the same in every format that people read.

use crate::{
    finding::{Finding, Status},
    report::{Coverage, Report},
    rule::Severity,
};

/// One sentence a line: findings, what was looked at, what was not shown, and the pack.
pub(super) fn lines(report: &Report) -> Vec<String> {
    let coverage = coverage(&report.coverage);
    let mut lines = vec![findings(report), coverage];
    let allowed = count(report, |finding| matches!(finding.status, Status::Allowed { .. }));
    if allowed > 0 {
        lines.push(format!("{} allowed by comments in the code and not shown", number(allowed, "finding")));
    }
    let tried = count(report, |finding| matches!(finding.status, Status::AllowedByAuthor { .. }));
    if tried > 0 {
        lines.push(format!("{} that the author of the code tried to allow; counted all the same", number(tried, "finding")));
    }
    if !report.allows.is_empty() {
        lines.push(format!("{} that must be mended", number(report.allows.len(), "suppression comment")));
    }
    if report.info_left_out > 0 {
        lines.push(format!("{} of confidence info left out", number(report.info_left_out, "hint")));
    }
    lines.push(format!("rule pack: {}, {}", number(report.pack.rules, "rule"), report.pack.hash));
    for (names, what) in [(&report.pack.replaced, "replaced"), (&report.pack.added, "added")] {
        if !names.is_empty() {
            let more = if names.len() > SHOWN { ", …" } else { "" };
            let some = names[..names.len().min(SHOWN)].join(", ");
            lines.push(format!("rule pack: {} {what}: {some}{more}", number(names.len(), "file")));
        }
    }
    lines
}

/// More names of replaced or added files than this are in the other formats.
const SHOWN: usize = 6;

/// How many findings count, by severity, worst first; or that there are none, and what that is worth.
fn findings(report: &Report) -> String {
    let counting = count(report, |finding| finding.status.counts());
    if counting == 0 {
        return match (report.coverage.scanned, report.coverage.complete()) {
            (0, _) => "nothing was looked at whole, so nothing can be said".into(),
            (_, true) if report.coverage.skipped.is_empty() => "no findings; everything was looked at".into(),
            (_, true) => "no findings; everything was looked at but what is listed as skipped".into(),
            (_, false) => "no findings in what was looked at; not everything was".into(),
        };
    }
    let of = |severity| count(report, |finding| finding.status.counts() && finding.severity == severity);
    let parts = Severity::ALL.into_iter().rev().map(|severity| (of(severity), severity.name()));
    let parts: Vec<_> = parts.filter(|(many, _)| *many > 0).map(|(many, name)| format!("{many} {name}")).collect();
    format!("{}: {}", number(counting, "finding"), parts.join(", "))
}

fn coverage(coverage: &Coverage) -> String {
    let Coverage { files, scanned, bytes, partial, skipped, failed } = coverage;
    let whole = format!("{} met, {scanned} looked at whole", number(*files, "file"));
    let rest = [(partial, "in part"), (skipped, "skipped"), (failed, "failed")];
    let rest: String =
        rest.iter().filter(|(some, _)| !some.is_empty()).map(|(some, what)| format!(", {} {what}", some.len())).collect();
    format!("{whole}{rest}; {}", number(usize::try_from(*bytes).unwrap_or(usize::MAX), "byte"))
}

fn count(report: &Report, fits: impl Fn(&Finding) -> bool) -> usize {
    report.findings.iter().filter(|finding| fits(finding)).count()
}

/// `1 file`, `2 files`.
pub(super) fn number(many: usize, what: &str) -> String {
    format!("{many} {what}{}", if many == 1 { "" } else { "s" })
}
