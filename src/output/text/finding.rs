//! In: a finding. Out: its text: title, excerpts with the steps of the trace, then what the clause says,
//! how sure it is, what would make it lawful and what to do.

use annotate_snippets::{Level, Message, Renderer};

use crate::{
    finding::{Cell, Finding, Place, Status, Step, StepKind, Why},
    output::{
        Style, escape,
        text::{excerpt, wrap},
    },
    report::Report,
    rule::{RuleCard, Severity},
};

/// How many steps are shown; of a longer trace the first ones and the last.
const STEPS: usize = 12;

/// The finding as `renderer` draws it, without a last line end. Only the `first` of a rule tells all of its clauses.
pub(super) fn text(finding: &Finding, report: &Report, style: &Style, renderer: &Renderer, first: bool) -> String {
    let card = report.rules.get(&finding.rule);
    let title = level(finding.severity).primary_title(escape::visible(&finding.message)).id(finding.rule.as_str());
    let title = match card.and_then(|card| card.clauses.first()) {
        Some(clause) if !clause.url.contains(escape::is_hidden) => title.id_url(&clause.url),
        _ => title,
    };
    let (label, steps, left_out) = labels(finding);
    let stretches = excerpt::stretches(report, &finding.at, &label, &steps);
    let notes = Notes { width: style.width.clamp(60, 110) - 20, list: Vec::new() };
    let notes = notes.of(finding, card, style, left_out, first);
    let elements = stretches.iter().map(excerpt::Stretch::element);
    let group = title.elements(elements).elements(notes.list);
    excerpt::columns(&stretches, renderer.render(&[group]))
}

fn level(severity: Severity) -> Level<'static> {
    let level = match severity {
        Severity::Critical | Severity::High => Level::ERROR,
        Severity::Medium => Level::WARNING,
        Severity::Low => Level::NOTE,
    };
    level.with_name(severity.name())
}

/// The label of the use, the steps beside it with theirs, and how many steps are not shown.
fn labels(finding: &Finding) -> (String, Vec<(&Place, String)>, usize) {
    let many = finding.trace.len();
    let is_use = |step: &Step| step.kind == StepKind::Use && step.at.file == finding.at.file && step.at.span == finding.at.span;
    let mut label = cell(finding.at.cell);
    let mut steps = Vec::new();
    for (step, number) in finding.trace.iter().zip(1..) {
        let count = if many > 1 { format!("{number}: ") } else { String::new() };
        let text = format!("{count}{}{}", step.note, cell(step.at.cell));
        if is_use(step) && number == many {
            label = text;
        } else if number < STEPS || number == many {
            steps.push((&step.at, text));
        }
    }
    (label.trim_start().to_owned(), steps, many.saturating_sub(STEPS))
}

fn cell(cell: Option<Cell>) -> String {
    cell.map_or(String::new(), |cell| format!(" (cell {}, line {})", cell.number, cell.line))
}

/// The lines under the excerpts.
struct Notes {
    width: usize,
    list: Vec<Message<'static>>,
}

impl Notes {
    /// All lines of `finding`, in the order in which a reader needs them.
    fn of(mut self, finding: &Finding, card: Option<&RuleCard>, style: &Style, left_out: usize, first: bool) -> Self {
        if left_out > 0 {
            self.add("trace", &format!("{left_out} more steps are not shown; the format json has them all"));
        }
        if style.why {
            self.why(&finding.trace);
        }
        let clauses = card.map_or(&[][..], |card| &card.clauses);
        match clauses {
            [clause, ..] if !first => {
                let place = format!("{}, {}", clause.document, clause.section);
                self.add("clause", &format!("{place}; told in full at the first {} above", finding.rule));
            }
            all => {
                for clause in all {
                    self.add("clause", &format!("{}, {}: {} ({})", clause.document, clause.section, clause.says, clause.url));
                }
            }
        }
        self.add(
            "confidence",
            &format!("{} ({}), verdict {}", finding.confidence.name(), finding.tier.name(), finding.verdict.name()),
        );
        if let Status::AllowedByAuthor { reason } = &finding.status {
            self.add("note", &format!("the author of the code tried to allow this, which does not count: {reason}"));
        }
        for card in card.into_iter().filter(|_| first) {
            for (key, meaning) in &card.lawful_if {
                self.add("lawful if", &format!("{key}: {meaning}"));
            }
            for ask in &card.ask {
                self.add("ask", ask);
            }
            self.add("remedy", &card.remedy);
        }
        if !finding.also.is_empty() {
            let also: Vec<_> = finding.also.iter().map(|id| id.as_str()).collect();
            self.add("also breaks", &also.join(", "));
        }
        self
    }

    fn why(&mut self, trace: &[Step]) {
        for (step, number) in trace.iter().zip(1..) {
            for why in &step.why {
                let Why { entry, matched, language, supports, against } = why;
                let language = if language.is_empty() { String::new() } else { format!(" ({language})") };
                let supports = if supports.is_empty() { String::new() } else { format!("; for it: {}", supports.join(", ")) };
                let against = if against.is_empty() {
                    String::new()
                } else {
                    format!("; looked for and not found: {}", against.join(", "))
                };
                self.add(&format!("why {number}"), &format!("{entry} matched `{matched}`{language}{supports}{against}"));
            }
        }
    }

    fn add(&mut self, name: &str, text: &str) {
        let lines = wrap(&escape::visible(text), self.width).join("\n");
        self.list.push(Level::NOTE.with_name(name.to_owned()).message(lines));
    }
}
