//! In: the report. Out: a SARIF 2.1.0 log with one run (OASIS, Static Analysis Results Interchange Format).
//! Caps are those of GitHub code scanning; what they cut is said in a notification.

mod log;
mod notice;
mod place;
mod rule;

use std::{collections::BTreeMap, io};

use serde_json::{Map, Value, json};

use crate::{
    finding::{Finding, Status, Step, StepKind},
    output::escape,
    report::Report,
    rule::{RuleId, Severity},
};

/// How many results a run may hold.
const RESULTS: usize = 25_000;
/// How many locations a thread flow may hold.
const FLOW: usize = 1_000;

/// Writes the log.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut cuts = Vec::new();
    let rules = report.rules.values().map(|card| rule::descriptor(card, report, &mut cuts)).collect();
    let index: BTreeMap<&RuleId, usize> = report.rules.keys().zip(0..).collect();
    if report.findings.len() > RESULTS {
        cuts.push(format!("only the first {RESULTS} of {} results are listed", report.findings.len()));
    }
    let findings = report.findings.iter().take(RESULTS);
    let results = findings.map(|finding| result(finding, report, &index, &mut cuts)).collect();
    let driver = log::Driver {
        name: "brightline",
        version: &report.version,
        rules,
        notifications: notice::DESCRIPTORS
            .iter()
            .map(|(id, text)| log::Kind { id, short_description: log::Message::of(*text) })
            .collect(),
    };
    let run = log::Run {
        tool: log::Tool { driver },
        invocations: [log::Invocation {
            execution_successful: report.coverage.failed.is_empty(),
            tool_execution_notifications: notice::all(report, &cuts),
        }],
        original_uri_base_ids: json!({place::ROOT: {"description": {"text": "the root of the scanned app"}}}),
        column_kind: "unicodeCodePoints",
        results,
        properties: properties(report),
    };
    escape::json(&log::Log { schema: log::SCHEMA, version: "2.1.0", runs: [run] }, out)
}

/// What SARIF has no word for: the pack, and how much was looked at.
fn properties(report: &Report) -> Value {
    let (pack, coverage) = (&report.pack, &report.coverage);
    json!({
        "pack": {"rules": pack.rules, "hash": pack.hash, "replaced": pack.replaced, "added": pack.added},
        "apps": report.apps,
        "coverage": {
            "complete": coverage.complete(),
            "files": coverage.files,
            "scanned": coverage.scanned,
            "bytes": coverage.bytes,
            "partial": coverage.partial.len(),
            "skipped": coverage.skipped.len(),
            "failed": coverage.failed.len(),
        },
        "infoLeftOut": report.info_left_out,
    })
}

fn result<'a>(
    finding: &'a Finding,
    report: &'a Report,
    index: &BTreeMap<&RuleId, usize>,
    cuts: &mut Vec<String>,
) -> log::Outcome<'a> {
    let suppressions = match &finding.status {
        Status::Allowed { reason } => vec![log::Suppression { kind: "inSource", status: "accepted", justification: reason }],
        // An empty list says that the result is not suppressed; a missing one would say nothing.
        Status::Open | Status::AllowedByAuthor { .. } => Vec::new(),
    };
    log::Outcome {
        rule_id: finding.rule.as_str(),
        rule_index: index.get(&finding.rule).copied(),
        level: level(finding.severity),
        message: log::Message::of(message(finding, report)),
        locations: [place::location(&finding.at, report, None)],
        partial_fingerprints: BTreeMap::from([("brightline/v1", finding.fingerprint.as_str())]),
        code_flows: flows(finding, report, cuts),
        suppressions,
        properties: evidence(finding, report),
    }
}

/// The result's level, by severity.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low => "note",
    }
}

/// The finding, then the clause that it breaks.
fn message(finding: &Finding, report: &Report) -> String {
    let clause = report.rules.get(&finding.rule).and_then(|card| card.clauses.first());
    let clause = clause.map(|clause| format!(" {}, {}: {}", clause.document, clause.section, clause.says));
    format!("{}.{}", finding.message, clause.unwrap_or_default())
}

fn evidence(finding: &Finding, report: &Report) -> Map<String, Value> {
    let mut bag = Map::new();
    let mut put = |key: &str, value: Value| bag.insert(key.to_owned(), value);
    put("category", json!(*finding.category.0));
    put("confidence", json!(finding.confidence.name()));
    put("verdict", json!(finding.verdict.name()));
    put("tier", json!(finding.tier.name()));
    put("severity", json!(finding.severity.name()));
    put("data", json!(finding.data));
    put("use", json!(finding.use_key));
    put("also", json!(finding.also.iter().map(RuleId::as_str).collect::<Vec<_>>()));
    if let Some(source) = &finding.source {
        put("source", json!(source));
    }
    if let Some(cell) = finding.at.cell {
        put("cell", json!({"number": cell.number, "line": cell.line}));
    }
    if let Some(app) = place::app(finding.at.app, report) {
        put("app", json!(app));
    }
    if let Status::AllowedByAuthor { reason } = &finding.status {
        put("allowedByAuthor", json!(reason));
    }
    bag
}

/// The trace as one code flow; none where it is no longer than the use itself.
fn flows<'a>(finding: &'a Finding, report: &'a Report, cuts: &mut Vec<String>) -> Vec<log::CodeFlow<'a>> {
    let trace = &finding.trace;
    if trace.len() < 2 {
        return Vec::new();
    }
    if trace.len() > FLOW {
        cuts.push(format!("only {FLOW} of {} steps are listed for the finding {}", trace.len(), finding.fingerprint));
    }
    // The last step is the use: it stays when the flow is cut.
    let steps = trace.iter().zip(1..).filter(|(_, number)| *number < FLOW || *number == trace.len());
    let locations = steps.map(|(step, number)| flow_location(step, number, report)).collect();
    vec![log::CodeFlow { thread_flows: [log::ThreadFlow { locations }] }]
}

fn flow_location<'a>(step: &'a Step, number: usize, report: &'a Report) -> log::FlowLocation<'a> {
    let importance = match step.kind {
        StepKind::Source | StepKind::Use => "essential",
        StepKind::Data | StepKind::Context | StepKind::Artifact => "important",
        StepKind::Flow | StepKind::Call | StepKind::Import | StepKind::Attribute => "unimportant",
    };
    let why = step.why.iter().map(|why| {
        json!({
            "entry": why.entry, "matched": why.matched, "language": why.language, "supports": why.supports, "against": why.against,
        })
    });
    log::FlowLocation {
        location: place::location(&step.at, report, Some(log::Message::of(step.note.as_str()))),
        kinds: [step.kind.name()],
        importance,
        execution_order: number,
        properties: match step.confidence {
            Some(confidence) => json!({"why": why.collect::<Vec<_>>(), "confidence": confidence.name()}),
            None => json!({"why": why.collect::<Vec<_>>()}),
        },
    }
}
