//! Places in text: byte ranges, and the lines and columns that people read.
//!
//! In: offsets into the decoded text of one file. Out: lines and columns. Nothing here knows files or languages.

/// A half-open range of bytes in the decoded text of one file; for UTF-8 files these are the bytes on disk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`; an end before the start gives an empty range.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let end = u32::try_from(end).unwrap_or(u32::MAX);
        Self { start, end: end.max(start) }
    }

    /// The range as indices of a string or slice.
    #[must_use]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether `other` lies inside, both ends included.
    #[must_use]
    pub fn holds(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// The text under the range; empty where the range does not fit `text`.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }
}

/// A line and a column, both from 1; the column counts Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineCol {
    /// From 1.
    pub line: u32,
    /// From 1, in code points.
    pub column: u32,
}

/// The line starts of one text.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Finds every line of `text`. `\n` ends a line, so `\r\n` does too.
    #[must_use]
    pub fn new(text: &str) -> Self {
        let ends = text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// Where `offset` of `text` stands; an offset past the end is the end.
    #[must_use]
    pub fn line_col(&self, text: &str, offset: u32) -> LineCol {
        let line = self.line(offset);
        let start = self.starts[line - 1] as usize;
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let column = text.get(start..end).map_or(0, |before| before.chars().count());
        LineCol { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX - 1) + 1 }
    }

    /// The line, from 1, that holds `offset`.
    #[must_use]
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    /// The bytes of the lines `first..=last`, from 1, without the last line's end.
    #[must_use]
    pub fn lines(&self, text: &str, first: usize, last: usize) -> Span {
        let start = self.starts.get(first.saturating_sub(1)).map_or(text.len(), |at| *at as usize);
        let end = self.starts.get(last).map_or(text.len(), |at| *at as usize);
        let cut = text.get(start..end).unwrap_or("");
        Span::new(start, start + cut.trim_end_matches(['\n', '\r']).len())
    }

    /// How many lines there are; an empty text has one.
    #[must_use]
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never: even an empty text has a line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{LineCol, LineIndex, Span};

    #[test]
    fn offsets_become_lines_and_columns_of_code_points() {
        let text = "aé\r\nb\n";
        let index = LineIndex::new(text);
        for (offset, line, column, why) in [
            (0, 1, 1, "first byte"),
            (1, 1, 2, "é starts at column 2"),
            (2, 1, 2, "inside é is é"),
            (5, 2, 1, "after the carriage return and the line feed"),
            (7, 3, 1, "the empty last line"),
            (99, 3, 1, "past the end is the end"),
        ] {
            assert_eq!(index.line_col(text, offset), LineCol { line, column }, "{why}");
        }
        assert_eq!(index.lines(text, 1, 1).of(text), "aé");
        assert_eq!(Span::new(3, 1), Span::new(3, 3), "an end before the start is empty");
    }
}
