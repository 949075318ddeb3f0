//! In: the card of a rule. Out: its SARIF descriptor, with help in text and Markdown.

use std::fmt::Write as _;

use serde_json::json;

use crate::{
    finding::Confidence,
    output::sarif::log,
    report::Report,
    rule::{RuleCard, Severity},
};

/// How many tags a rule may have.
const TAGS: usize = 20;

/// The descriptor of `card`.
pub(super) fn descriptor<'a>(card: &'a RuleCard, report: &Report, cuts: &mut Vec<String>) -> log::Rule<'a> {
    let url = card.clauses.first().map(|clause| clause.url.as_str());
    let mut tags = vec!["security", "privacy", "terms", &*card.category.0];
    tags.extend(card.clauses.iter().map(|clause| clause.platform.as_str()));
    tags.dedup();
    if tags.len() > TAGS {
        cuts.push(format!("only {TAGS} of {} tags are listed for the rule {}", tags.len(), card.id));
        tags.truncate(TAGS);
    }
    log::Rule {
        id: card.id.as_str(),
        short_description: log::Message::of(card.title.as_str()),
        full_description: log::Message::of(format!("{}. {}", card.sentence, card.why)),
        help: log::Help { text: help(card, &TEXT), markdown: help(card, &MARKDOWN) },
        help_uri: url.filter(|url| !url.is_empty()),
        default_configuration: log::Configuration { level: super::level(card.severity) },
        properties: json!({
            "category": *card.category.0,
            "severity": card.severity.name(),
            "precision": precision(card, report),
            "security-severity": score(card.severity),
            "tags": tags,
        }),
    }
}

/// As precise as the surest finding of the rule in this run: the evidence makes a finding sure, not its rule.
fn precision(card: &RuleCard, report: &Report) -> &'static str {
    let sure = report.findings.iter().filter(|finding| finding.rule == card.id).map(|finding| finding.confidence).max();
    match sure {
        Some(Confidence::High) => "high",
        Some(Confidence::Medium) | None => "medium",
        Some(Confidence::Low | Confidence::Info) => "low",
    }
}

/// A score in the bands by which GitHub names severities: over 9.0 critical, over 7.0 high, over 4.0 medium.
fn score(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical => "9.5",
        Severity::High => "8.0",
        Severity::Medium => "5.5",
        Severity::Low => "2.0",
    }
}

/// How help is marked up.
struct Markup {
    heading: &'static str,
    fence: &'static str,
}

const TEXT: Markup = Markup { heading: "", fence: "" };
const MARKDOWN: Markup = Markup { heading: "## ", fence: "````" };

fn help(card: &RuleCard, markup: &Markup) -> String {
    let Markup { heading, fence } = markup;
    let mut text = format!("{}\n\n{}\n", card.sentence, card.why);
    let mut part = |title: &str, lines: Vec<String>| {
        if !lines.is_empty() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\n{heading}{title}\n\n{}\n", lines.join("\n"));
        }
    };
    let clauses =
        card.clauses.iter().map(|clause| format!("- {}, {}: {} ({})", clause.document, clause.section, clause.says, clause.url));
    part("What says so", clauses.collect());
    part("Lawful if", card.lawful_if.iter().map(|(key, meaning)| format!("- {key}: {meaning}")).collect());
    part("What a reviewer asks for", card.ask.iter().map(|ask| format!("- {ask}")).collect());
    part("What to do instead", vec![card.remedy.clone()]);
    let code = |text: &str| {
        [*fence, text.trim_end(), *fence].iter().filter(|line| !line.is_empty()).map(|line| (*line).to_owned()).collect()
    };
    part(&format!("Code that breaks it ({})", card.example_file), code(&card.breaking));
    part("The same code, keeping it", code(&card.keeping));
    text
}
