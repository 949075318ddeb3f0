//! Masks the Jinja of dbt models, so that what is left reads as SQL and every byte keeps its place.

use std::ops::Range;

/// `text` with its templates masked; as long as `text`, with the same line ends.
pub(super) fn mask(text: &str) -> String {
    let mut masked = text.as_bytes().to_vec();
    let bytes = text.as_bytes();
    let mut state = State::Code;
    let mut lost = [false; 3];
    let mut at = 0;
    while at < bytes.len() {
        let hole = match (bytes[at], bytes.get(at + 1)) {
            (b'{', Some(b'{')) => Some((0, "}}")),
            (b'{', Some(b'%')) => Some((1, "%}")),
            (b'{', Some(b'#')) => Some((2, "#}")),
            _ => None,
        };
        let found = hole.filter(|(kind, _)| !lost[*kind]).map(|(kind, close)| (kind, find(bytes, at + 2, close.as_bytes())));
        match found {
            Some((kind, Some(end))) => {
                fill(&mut masked, text, at..end, kind, state);
                at = end;
            }
            Some((kind, None)) => {
                lost[kind] = true;
                at += 2;
            }
            None => {
                state = state.after(bytes, at);
                at += 1;
            }
        }
    }
    // Only whole characters are replaced, each by as many ASCII ones, so this cannot fail; if it did, nothing is masked.
    String::from_utf8(masked).unwrap_or_else(|_| text.to_owned())
}

/// Where in SQL a hole stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Code,
    Text,
    LineComment,
    BlockComment,
}

impl State {
    fn after(self, bytes: &[u8], at: usize) -> Self {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied().unwrap_or(b' ');
        match (self, before, bytes[at]) {
            (Self::Code, before, b'\'') if !before.is_ascii_alphanumeric() => Self::Text,
            (Self::Text, _, b'\'') => Self::Code,
            (Self::Code, b'-', b'-') => Self::LineComment,
            (Self::Code, b'/', b'*') => Self::BlockComment,
            (Self::LineComment, _, b'\n') | (Self::BlockComment, b'*', b'/') => Self::Code,
            _ => self,
        }
    }
}

/// One past the first `needle` from `from` on.
fn find(bytes: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let rest = bytes.get(from..)?;
    rest.windows(needle.len()).position(|window| window == needle).map(|found| from + found + needle.len())
}

fn fill(masked: &mut [u8], text: &str, hole: Range<usize>, kind: usize, state: State) {
    let inner = hole.start + 2..hole.end - 2;
    match kind {
        // An expression is nearly SQL: its names, calls and strings stay, save the quotes that would end a string.
        0 if state == State::Code => match reference(text.get(inner.clone()).unwrap_or("")) {
            Some(name) => {
                let name = inner.start + name.start..inner.start + name.end;
                blank(masked, hole.start..name.start);
                blank(masked, name.end..hole.end);
            }
            None => {
                let dashes = [hole.start..inner.start, inner.end..hole.end];
                dashes.into_iter().for_each(|range| blank(masked, range));
                trim_dash(masked, inner);
            }
        },
        0 => {
            blank(masked, hole.start..inner.start);
            blank(masked, inner.end..hole.end);
            masked[inner].iter_mut().filter(|byte| **byte == b'\'').for_each(|byte| *byte = b' ');
        }
        2 if state == State::Code && !text.get(inner.clone()).unwrap_or("*/").contains("*/") => {
            masked[hole.start..inner.start].copy_from_slice(b"/*");
            masked[inner.end..hole.end].copy_from_slice(b"*/");
        }
        _ => blank(masked, hole),
    }
}

fn blank(masked: &mut [u8], range: Range<usize>) {
    masked[range].iter_mut().filter(|byte| !matches!(byte, b'\n' | b'\r')).for_each(|byte| *byte = b' ');
}

/// `{{-` and `-}}` trim blanks; left alone they would read as operators or comments.
fn trim_dash(masked: &mut [u8], inner: Range<usize>) {
    let dash = |byte: &&mut u8| matches!(**byte, b'-' | b'+');
    let inside = &mut masked[inner];
    inside.first_mut().into_iter().filter(dash).for_each(|byte| *byte = b' ');
    inside.last_mut().into_iter().filter(dash).for_each(|byte| *byte = b' ');
}

/// Where the name stands that `ref('a')`, `ref('package', 'a')` or `source('a', 'b')` refers to.
fn reference(inner: &str) -> Option<Range<usize>> {
    let call = inner.trim_matches(|char: char| char.is_whitespace() || matches!(char, '-' | '+'));
    let arguments = call.strip_prefix("ref").or_else(|| call.strip_prefix("source"))?.trim_start();
    let arguments = arguments.strip_prefix('(')?.strip_suffix(')')?;
    let last = arguments.split(',').rfind(|argument| argument.trim_start().starts_with(['\'', '"']))?;
    let name = last.trim().trim_matches(['\'', '"']);
    let word = |char: char| char.is_alphanumeric() || char == '_';
    let start = name.as_ptr() as usize - inner.as_ptr() as usize;
    (!name.is_empty() && name.chars().all(word) && !arguments.contains('(')).then_some(start..start + name.len())
}
