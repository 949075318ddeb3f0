//! In: the report. Out: text for a terminal, in the manner of rustc: each finding with its excerpts, then
//! what was not looked at, then the totals. Allowed findings are counted and not shown.

mod excerpt;
mod finding;

use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use annotate_snippets::{Level, Renderer};
use anstyle::{AnsiColor, Effects};

use crate::{
    output::{Style, escape, totals},
    report::{AllowFault, Entry, Report},
};

/// How many files are named for one reason.
const NAMES: usize = 10;

/// Writes the whole report.
pub(super) fn write(report: &Report, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    let renderer = renderer(style);
    let mut told = BTreeSet::new();
    for finding in report.findings.iter().filter(|finding| finding.status.counts()) {
        let first = told.insert(&finding.rule);
        writeln!(out, "{}\n", finding::text(finding, report, style, &renderer, first))?;
    }
    for fault in &report.allows {
        writeln!(out, "{}\n", suppression(fault, report, &renderer))?;
    }
    for (entries, what, look) in [
        (&report.coverage.failed, "not read", AnsiColor::BrightRed),
        (&report.coverage.partial, "read in part", AnsiColor::Yellow),
        (&report.coverage.skipped, "skipped", AnsiColor::BrightBlue),
    ] {
        if !entries.is_empty() {
            let head = format!("{what}: {}", totals::number(entries.len(), "file"));
            writeln!(out, "{}", paint(style, look.on_default().effects(Effects::BOLD), &head))?;
            write_entries(entries, report, out)?;
        }
    }
    let mut lines = totals::lines(report).into_iter();
    let first = lines.next().unwrap_or_default();
    writeln!(out, "{}", paint(style, anstyle::Style::new().effects(Effects::BOLD), &first))?;
    lines.try_for_each(|line| writeln!(out, "{}", escape::visible(&line)))
}

/// One line for each reason, most frequent first, with the first names.
fn write_entries(entries: &[Entry], report: &Report, out: &mut dyn io::Write) -> io::Result<()> {
    let mut reasons: BTreeMap<&str, Vec<&Entry>> = BTreeMap::new();
    for entry in entries {
        reasons.entry(&entry.reason).or_default().push(entry);
    }
    let mut reasons: Vec<_> = reasons.into_iter().collect();
    reasons.sort_by_key(|(_, entries)| usize::MAX - entries.len());
    for (reason, entries) in reasons {
        writeln!(out, "  {}:", escape::visible(reason))?;
        for entry in entries.iter().take(NAMES) {
            writeln!(out, "    {}", path(report, entry.app, &entry.file))?;
        }
        if entries.len() > NAMES {
            writeln!(out, "    and {} more", entries.len() - NAMES)?;
        }
    }
    Ok(())
}

fn suppression(fault: &AllowFault, report: &Report, renderer: &Renderer) -> String {
    let title = Level::WARNING.primary_title(escape::visible(&fault.message)).id("suppression");
    let stretches = excerpt::stretches(report, &fault.at, "", &[]);
    let group = title.elements(stretches.iter().map(excerpt::Stretch::element));
    excerpt::columns(&stretches, renderer.render(&[group]))
}

fn renderer(style: &Style) -> Renderer {
    let renderer = if style.color { Renderer::styled() } else { Renderer::plain() };
    renderer.hyperlink(style.links).term_width(style.width.max(40))
}

/// The path in an app, with the app's name where there are several.
fn path(report: &Report, app: usize, file: &str) -> String {
    match report.apps.get(app) {
        Some(name) if report.apps.len() > 1 => escape::visible(&format!("{}/{file}", name.trim_end_matches('/'))).into_owned(),
        _ => escape::visible(file).into_owned(),
    }
}

/// `text` in the look, where colors are wanted.
pub(super) fn paint(style: &Style, look: anstyle::Style, text: &str) -> String {
    match style.color {
        true => format!("{look}{text}{look:#}"),
        false => text.to_owned(),
    }
}

/// `text` in lines of at most `width` characters, broken at spaces; a longer word stays whole.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    #[test]
    fn lines_break_at_spaces_and_long_words_stay_whole() {
        for (text, want) in
            [("", vec![""]), ("a bb ccc", vec!["a bb", "ccc"]), ("https://example.org a", vec!["https://example.org", "a"])]
        {
            assert_eq!(super::wrap(text, 5), want);
        }
    }
}
