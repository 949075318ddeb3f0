//! In: places with the lines around them. Out: stretches of files for the renderer, each with all the marks
//! that stand on it, in characters that can be seen and with spans that cannot make the renderer panic.

use std::{collections::BTreeMap, ops::Range};

use annotate_snippets::{AnnotationKind, Element, Origin, Snippet};

use crate::{finding::Place, output::escape, report::Report};

/// Marks further apart than this many lines are shown as two stretches.
const APART: u32 = 200;
/// How long a label may be, in characters.
const LABEL: usize = 160;
/// How long a path may be, in characters.
const PATH: usize = 300;

/// Lines of one file and the marks on them.
pub(super) struct Stretch {
    path: String,
    lines: BTreeMap<u32, String>,
    marks: Vec<Mark>,
}

/// A marked range. Its ends are a line and a byte of that line as it is shown.
struct Mark {
    kind: AnnotationKind,
    start: (u32, usize),
    end: (u32, usize),
    label: String,
    /// The line and column where it starts in the file, both from 1.
    real: (u32, u32),
}

/// The stretch of `at` with `label`, then those of the `others` that do not stand on it.
pub(super) fn stretches(report: &Report, at: &Place, label: &str, others: &[(&Place, String)]) -> Vec<Stretch> {
    let mut all = vec![Stretch::new(report, at, AnnotationKind::Primary, label)];
    for (place, label) in others {
        let new = Stretch::new(report, place, AnnotationKind::Context, label);
        match all.iter_mut().find(|old| old.joins(&new)) {
            Some(old) => old.take(new),
            None => all.push(new),
        }
    }
    all
}

/// The rendered text, with the columns of the file where the renderer only saw a cut line.
pub(super) fn columns(stretches: &[Stretch], mut rendered: String) -> String {
    for (stretch, mark) in stretches.iter().flat_map(|stretch| stretch.marks.iter().map(move |mark| (stretch, mark))) {
        let (path, (line, column)) = (&stretch.path, mark.real);
        let shown = stretch.column(mark);
        if shown != column {
            rendered = rendered.replace(&format!("{path}:{line}:{shown}\n"), &format!("{path}:{line}:{column}\n"));
        }
    }
    rendered
}

impl Stretch {
    fn new(report: &Report, at: &Place, kind: AnnotationKind, label: &str) -> Self {
        let excerpt = &at.excerpt;
        let mark = fitting(&excerpt.text, excerpt.mark.range());
        let before = escape::code(&excerpt.text[..mark.start]);
        let marked = escape::code(&excerpt.text[mark.clone()]);
        let text = format!("{before}{marked}{}", escape::code(&excerpt.text[mark.end..]));
        let place = |offset: usize| {
            let (head, line) = (&text[..offset], excerpt.first_line);
            let start = head.rfind('\n').map_or(0, |at| at + 1);
            (line.saturating_add(u32::try_from(head.matches('\n').count()).unwrap_or(u32::MAX)), offset - start)
        };
        let marks = vec![Mark {
            kind,
            start: place(before.len()),
            end: place(before.len() + marked.len()),
            label: escape::short(label, LABEL).into_owned(),
            real: (at.start.line, at.start.column),
        }];
        let lines = match excerpt.text.is_empty() {
            true => BTreeMap::new(),
            false => (excerpt.first_line..).zip(text.split('\n').map(str::to_owned)).collect(),
        };
        Self { path: escape::short(&super::path(report, at.app, &at.file), PATH).into_owned(), lines, marks }
    }

    /// Whether `new` is of the same file, near, and shows the same lines in the same way.
    fn joins(&self, new: &Self) -> bool {
        let ends = |stretch: &Self| Some((*stretch.lines.first_key_value()?.0, *stretch.lines.last_key_value()?.0));
        let (Some((first, last)), Some((new_first, new_last))) = (ends(self), ends(new)) else { return false };
        let near = new_first <= last.saturating_add(APART) && first <= new_last.saturating_add(APART);
        let agree = |(number, line): (&u32, &String)| self.lines.get(number).is_none_or(|old| old == line);
        self.path == new.path && near && new.lines.iter().all(agree)
    }

    fn take(&mut self, new: Self) {
        self.lines.extend(new.lines);
        for mark in new.marks {
            let same = |old: &Mark| (old.start, old.end, &old.label) == (mark.start, mark.end, &mark.label);
            if !self.marks.iter().any(same) {
                self.marks.push(mark);
            }
        }
    }

    /// The column, from 1, at which the renderer sees the mark.
    fn column(&self, mark: &Mark) -> u32 {
        let line = self.lines.get(&mark.start.0).map_or("", String::as_str);
        u32::try_from(line[..mark.start.1].chars().count()).unwrap_or(u32::MAX - 1) + 1
    }

    /// What the renderer shows: the lines with their marks, or only the place where no line is known.
    pub(super) fn element(&self) -> Element<'_> {
        let (Some((first, _)), Some((last, _))) = (self.lines.first_key_value(), self.lines.last_key_value()) else {
            let (line, column) = self.marks.first().map_or((1, 1), |mark| mark.real);
            return Origin::path(&self.path).line(line as usize).char_column(column as usize).into();
        };
        let mut source = String::new();
        let mut starts = BTreeMap::new();
        for number in *first..=*last {
            starts.insert(number, source.len());
            // A line between two stretches that nobody read is shown as what it is: left out.
            source.push_str(self.lines.get(&number).map_or("…", String::as_str));
            source.push('\n');
        }
        source.pop();
        let offset = |(line, byte): (u32, usize)| starts.get(&line).map_or(0, |start| start + byte);
        let marks = self.marks.iter().map(|mark| {
            let label = (!mark.label.is_empty()).then_some(mark.label.as_str());
            mark.kind.span(offset(mark.start)..offset(mark.end)).label(label)
        });
        Snippet::source(source.clone()).path(&self.path).line_start(*first as usize).annotations(marks).into()
    }
}

/// `mark` inside `text` and on its character boundaries.
fn fitting(text: &str, mark: Range<usize>) -> Range<usize> {
    let start = (0..=mark.start.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    let end = (mark.end.max(start)..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
    start..end
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_mark_is_rounded_to_characters_and_cut_to_the_text() {
        for (mark, want) in [(0..1, 0..1), (2..3, 1..3), (1..2, 1..3), (7..9, 4..4), (3..99, 3..4)] {
            assert_eq!(super::fitting("aéb", mark.clone()), want, "{mark:?}");
        }
    }
}
