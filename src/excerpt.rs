//! The lines that a reader sees of a range.
//!
//! In: text, its lines, a range. Out: a few whole lines with the range marked, cut where they are very long.
//! Nothing is escaped here: each output format does that for itself.

use std::ops::Range;

use crate::{
    finding::Excerpt,
    span::{LineIndex, Span},
};

/// More lines than this are not shown.
const LINES: usize = 6;
/// About so many bytes are shown.
const BYTES: usize = 400;
/// What stands where a line was cut.
const CUT: &str = "…";

/// The lines of `text` around `span`, with one more before and after where there is room.
#[must_use]
pub fn excerpt(text: &str, index: &LineIndex, span: Span) -> Excerpt {
    let (first, last) = shown(index, span);
    let lines: Vec<Range<usize>> = (first..=last).map(|line| index.lines(text, line, line).range()).collect();
    let whole = lines.iter().map(|line| line.len() + 1).sum::<usize>() <= BYTES;
    let most = if whole { usize::MAX } else { BYTES / lines.len() };
    let mut out = String::new();
    let mut mark: Option<Range<usize>> = None;
    for (number, line) in lines.iter().enumerate() {
        if number > 0 {
            out.push('\n');
        }
        let kept = window(text, line, span, most);
        if kept.start > line.start {
            out.push_str(CUT);
        }
        let base = out.len();
        out.push_str(text.get(kept.clone()).unwrap_or(""));
        let place = |offset: u32| base + (offset as usize).clamp(kept.start, kept.end) - kept.start;
        if span.start as usize <= line.end && (line.start < span.end as usize || mark.is_none()) {
            let start = mark.map_or(place(span.start), |mark| mark.start);
            mark = Some(start..place(span.end));
        }
        if kept.end < line.end {
            out.push_str(CUT);
        }
    }
    let mark = mark.map_or(Span::default(), |mark| on_boundaries(&out, mark));
    Excerpt { first_line: u32::try_from(first).unwrap_or(u32::MAX), text: out.into(), mark }
}

/// The first and last line to show, from 1.
fn shown(index: &LineIndex, span: Span) -> (usize, usize) {
    let start = index.line(span.start).max(1);
    let end = index.line(span.end.saturating_sub(1).max(span.start)).max(start);
    match end - start + 3 <= LINES {
        true => (start.saturating_sub(1).max(1), (end + 1).min(index.len())),
        false => (start, end.min(start + LINES - 1)),
    }
}

/// The part of `line` to show: all of it, or at most about `most` bytes with the start of `span` among them.
fn window(text: &str, line: &Range<usize>, span: Span, most: usize) -> Range<usize> {
    if line.len() <= most {
        return line.clone();
    }
    let mark = (span.start as usize).clamp(line.start, line.end);
    let start = floor(text, mark.saturating_sub(most / 3).max(line.start));
    let end = floor(text, start.saturating_add(most).min(line.end));
    start..end
}

fn on_boundaries(text: &str, mark: Range<usize>) -> Span {
    let start = floor(text, mark.start);
    let mut end = mark.end.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    Span::new(start, end)
}

/// The nearest character boundary at or before `at`.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{LINES, excerpt};
    use crate::{
        finding::Excerpt,
        span::{LineIndex, Span},
    };

    fn of(text: &str, start: usize, end: usize) -> Excerpt {
        excerpt(text, &LineIndex::new(text), Span::new(start, end))
    }

    #[test]
    fn whole_lines_are_shown_around_the_mark() {
        let text = "one\r\ntwo\r\nthree\nfour\n";
        for (start, end, first, shown, marked, why) in [
            (5, 8, 1, "one\ntwo\nthree", "two", "a line before and after"),
            (0, 3, 1, "one\ntwo", "one", "nothing before the first"),
            (6, 13, 1, "one\ntwo\nthree\nfour", "wo\nthr", "over a line's end"),
            (21, 21, 4, "four\n", "", "an empty range at the end"),
            (99, 120, 4, "four\n", "", "past the end"),
        ] {
            let got = of(text, start, end);
            assert_eq!((got.first_line, &*got.text, got.mark.of(&got.text)), (first, shown, marked), "{why}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let text = format!("{}é = 'mark'{}", "é".repeat(5000), "x".repeat(5000));
        let start = text.find("mark").unwrap();
        let got = of(&text, start, start + 4);
        assert_eq!(got.mark.of(&got.text), "mark");
        assert!(got.text.starts_with("…é") && got.text.ends_with("x…") && got.text.len() < 420);
        let rows = "a row of the table\n".repeat(100);
        let got = of(&rows, 0, rows.len());
        assert_eq!(got.text.lines().count(), LINES);
        assert_eq!(got.mark, Span::new(0, got.text.len()));
    }

    proptest! {
        #[test]
        fn the_mark_is_where_the_range_is(text in "[aé\n\r世 ]{0,900}", start in 0usize..1000, len in 0usize..300) {
            let start = super::floor(&text, start);
            let end = super::floor(&text, start + len);
            let got = of(&text, start, end);
            prop_assert!(got.text.len() <= 480 && got.text.lines().count() <= LINES);
            let mark = got.mark.range();
            prop_assert!(got.text.get(mark.clone()).is_some());
            let marked: String = got.text[mark].chars().filter(|char| !"\r…".contains(*char)).collect();
            let meant: String = text[start..end].chars().filter(|char| *char != '\r').collect();
            let line = |text: &str| text.lines().next().unwrap_or("").to_owned();
            prop_assert!(line(&meant).starts_with(&line(&marked)) || line(&marked).starts_with(&line(&meant)));
        }
    }
}
