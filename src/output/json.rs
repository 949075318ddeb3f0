//! In: the report. Out: the whole of it as JSON, by a schema of its own that does not move when the
//! structs of the engine do. Its name changes when a reader of the old one could be misled.

mod shape;

use std::io;

use schemars::generate::SchemaSettings;

use crate::{
    finding::{Cell, Excerpt, Finding, Place, Status, Step, Why},
    output::escape,
    report::{AllowFault, Coverage, Entry, PackSummary, Report},
    rule::{ClauseCard, RuleCard, RuleId},
};

/// The name of the schema, which every report carries.
const SCHEMA: &str = "brightline-report/1";

/// Writes the whole report.
pub(super) fn write(report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    escape::json(&shape::Report::from(report), out)
}

/// The JSON Schema of what [`write`] writes.
pub(super) fn schema() -> String {
    let schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<shape::Report<'_>>();
    format!("{:#}\n", schema.to_value())
}

impl<'a> From<&'a Report> for shape::Report<'a> {
    fn from(report: &'a Report) -> Self {
        let Report { version, pack, apps, findings, rules, coverage, allows, info_left_out } = report;
        let PackSummary { rules: count, hash, replaced, added } = pack;
        Self {
            schema: SCHEMA,
            version,
            pack: shape::Pack { rules: *count, hash, replaced, added },
            apps,
            findings: findings.iter().map(shape::Finding::from).collect(),
            rules: rules.values().map(shape::Rule::from).collect(),
            coverage: shape::Coverage::from(coverage),
            allow_faults: allows.iter().map(shape::AllowFault::from).collect(),
            info_left_out: *info_left_out,
        }
    }
}

impl<'a> From<&'a Finding> for shape::Finding<'a> {
    fn from(finding: &'a Finding) -> Self {
        let Finding {
            rule,
            category,
            severity,
            confidence,
            tier,
            verdict,
            message,
            at,
            trace,
            data,
            source,
            use_key,
            also,
            fingerprint,
            status,
        } = finding;
        Self {
            rule: rule.as_str(),
            category: &category.0,
            severity: severity.name(),
            confidence: confidence.name(),
            tier: tier.name(),
            verdict: verdict.name(),
            message,
            at: shape::Place::from(at),
            trace: trace.iter().map(shape::Step::from).collect(),
            data,
            source: source.as_deref(),
            use_key,
            also: also.iter().map(RuleId::as_str).collect(),
            fingerprint,
            status: shape::Status::from(status),
        }
    }
}

impl<'a> From<&'a Status> for shape::Status<'a> {
    fn from(status: &'a Status) -> Self {
        match status {
            Status::Open => Self { kind: "open", reason: None },
            Status::Allowed { reason } => Self { kind: "allowed", reason: Some(reason) },
            Status::AllowedByAuthor { reason } => Self { kind: "allowed-by-author", reason: Some(reason) },
        }
    }
}

impl<'a> From<&'a Place> for shape::Place<'a> {
    fn from(place: &'a Place) -> Self {
        let Place { app, file, span, start, end, cell, excerpt } = place;
        let Excerpt { first_line, text, mark } = excerpt;
        Self {
            app: *app,
            file,
            start: shape::Point { line: start.line, column: start.column, byte: span.start },
            end: shape::Point { line: end.line, column: end.column, byte: span.end },
            cell: cell.map(|Cell { number, line }| shape::Cell { number, line }),
            excerpt: shape::Excerpt { first_line: *first_line, text, mark: [mark.start, mark.end] },
        }
    }
}

impl<'a> From<&'a Step> for shape::Step<'a> {
    fn from(step: &'a Step) -> Self {
        let Step { at, kind, note, why, confidence } = step;
        Self {
            at: shape::Place::from(at),
            kind: kind.name(),
            note,
            why: why.iter().map(shape::Why::from).collect(),
            confidence: confidence.map(|confidence| confidence.name()),
        }
    }
}

impl<'a> From<&'a Why> for shape::Why<'a> {
    fn from(why: &'a Why) -> Self {
        let Why { entry, matched, language, supports, against } = why;
        let language = (!language.is_empty()).then_some(language.as_str());
        Self { entry, matched, language, supports, against }
    }
}

impl<'a> From<&'a RuleCard> for shape::Rule<'a> {
    fn from(card: &'a RuleCard) -> Self {
        let RuleCard {
            id,
            title,
            category,
            severity,
            sentence,
            why,
            remedy,
            clauses,
            lawful_if,
            ask,
            example_file,
            breaking,
            keeping,
        } = card;
        Self {
            id: id.as_str(),
            title,
            category: &category.0,
            severity: severity.name(),
            sentence,
            why,
            remedy,
            clauses: clauses.iter().map(shape::Clause::from).collect(),
            lawful_if: lawful_if.iter().map(|(key, meaning)| shape::Safeguard { key, meaning }).collect(),
            ask,
            example: shape::Example { file: example_file, breaking, keeping },
        }
    }
}

impl<'a> From<&'a ClauseCard> for shape::Clause<'a> {
    fn from(clause: &'a ClauseCard) -> Self {
        let ClauseCard { id, platform, document, section, url, dated, seen, says, severity } = clause;
        let dated = (!dated.is_empty()).then_some(dated.as_str());
        Self { id, platform, document, section, url, dated, seen, says, severity: severity.name() }
    }
}

impl<'a> From<&'a Coverage> for shape::Coverage<'a> {
    fn from(coverage: &'a Coverage) -> Self {
        let Coverage { files, scanned, bytes, partial, skipped, failed } = coverage;
        let entries = |list: &'a [Entry]| list.iter().map(shape::Entry::from).collect();
        Self {
            complete: coverage.complete(),
            files: *files,
            scanned: *scanned,
            bytes: *bytes,
            partial: entries(partial),
            skipped: entries(skipped),
            failed: entries(failed),
        }
    }
}

impl<'a> From<&'a Entry> for shape::Entry<'a> {
    fn from(entry: &'a Entry) -> Self {
        let Entry { app, file, reason } = entry;
        Self { app: *app, file, reason }
    }
}

impl<'a> From<&'a AllowFault> for shape::AllowFault<'a> {
    fn from(fault: &'a AllowFault) -> Self {
        let AllowFault { at, message } = fault;
        Self { at: shape::Place::from(at), message }
    }
}
