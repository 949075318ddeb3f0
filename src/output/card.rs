//! In: the card of a rule. Out: what `brightline explain` says of it: the clauses, why, code that breaks it
//! and keeps it, what makes it lawful, and how one place is allowed.

use std::io;

use anstyle::{AnsiColor, Effects};

use crate::{
    output::{
        Style, escape,
        text::{paint, wrap},
    },
    rule::{ClauseCard, RuleCard},
};

/// Writes `card` for people.
///
/// # Errors
///
/// Only those of `out`.
pub fn write(card: &RuleCard, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let page = Page { style };
    let id = paint(style, anstyle::Style::new().effects(Effects::BOLD), card.id.as_str());
    writeln!(out, "{id}: {}", escape::visible(&card.title))?;
    page.paragraph(out, "", &card.sentence)?;
    page.paragraph(out, "", &format!("category {}, severity {}", card.category, card.severity.name()))?;
    page.heading(out, "Why it matters")?;
    page.paragraph(out, "  ", &card.why)?;
    page.heading(out, "What says so")?;
    for clause in &card.clauses {
        page.clause(out, clause)?;
    }
    page.heading(out, &format!("Code that breaks it ({})", escape::visible(&card.example_file)))?;
    page.code(out, &card.breaking)?;
    page.heading(out, "The same code, keeping it")?;
    page.code(out, &card.keeping)?;
    page.heading(out, "What to do instead")?;
    page.paragraph(out, "  ", &card.remedy)?;
    page.safeguards(out, card)?;
    page.heading(out, "To allow one place")?;
    page.paragraph(
        out,
        "  ",
        "Write this in a comment on the line of the finding or on the line before it, with a reason that a reviewer can check:",
    )?;
    writeln!(out, "  brightline: allow({}) <reason>", card.id)
}

/// The parts that a page is made of.
struct Page<'a> {
    style: &'a Style,
}

impl Page<'_> {
    fn heading(&self, out: &mut dyn io::Write, text: &str) -> io::Result<()> {
        let look = AnsiColor::BrightBlue.on_default().effects(Effects::BOLD);
        writeln!(out, "\n{}", paint(self.style, look, text))
    }

    fn paragraph(&self, out: &mut dyn io::Write, indent: &str, text: &str) -> io::Result<()> {
        let width = self.style.width.clamp(40, 100) - indent.len();
        for line in wrap(&escape::visible(text), width) {
            writeln!(out, "{indent}{line}")?;
        }
        Ok(())
    }

    fn clause(&self, out: &mut dyn io::Write, clause: &ClauseCard) -> io::Result<()> {
        let ClauseCard { id, platform, document, section, url, dated, seen, says, severity } = clause;
        self.paragraph(out, "  ", &format!("{platform}: {document}, {section} ({})", severity.name()))?;
        self.paragraph(out, "    ", says)?;
        self.paragraph(out, "    ", url)?;
        let dated = if dated.is_empty() { String::from("undated") } else { format!("dated {dated}") };
        self.paragraph(out, "    ", &format!("{dated}, seen {seen}; {id}"))
    }

    fn code(&self, out: &mut dyn io::Write, text: &str) -> io::Result<()> {
        for line in escape::code(text.trim_end()).lines() {
            writeln!(out, "  | {line}")?;
        }
        Ok(())
    }

    fn safeguards(&self, out: &mut dyn io::Write, card: &RuleCard) -> io::Result<()> {
        self.heading(out, "Lawful if")?;
        for (key, meaning) in &card.lawful_if {
            self.paragraph(out, "  ", &format!("{key}: {meaning}"))?;
        }
        if card.lawful_if.is_empty() {
            self.paragraph(out, "  ", "Nothing that code can show makes it lawful by these clauses.")?;
        }
        if card.ask.is_empty() {
            return Ok(());
        }
        self.heading(out, "What a reviewer asks for")?;
        card.ask.iter().try_for_each(|ask| self.paragraph(out, "  ", ask))
    }
}
