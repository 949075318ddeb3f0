//! Words with letters that look like others, with characters that nobody sees, or with escapes that no letter needs.
//!
//! A word is looked at only where it has one of these inside it. Words of other scripts stay as they are: a
//! look-alike counts among Latin letters, and an invisible character between them.

use super::{Ear, Edit};
use crate::{graph::How, span::Span};

/// A longer word is none.
const LONGEST: usize = 400;

pub(super) fn edits(text: &str, notebook: bool, ear: &Ear<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut done = 0;
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = special(bytes, at) {
        at = next + 1;
        if next < done {
            continue;
        }
        let Some((_, unit)) = unit(text, next, notebook) else { continue };
        if !unit.is_odd() {
            // The rest of a character is passed over.
            done = next + unit.len;
            continue;
        }
        let start = first(bytes, next, done);
        let (end, plain, how) = word(text, start, notebook);
        done = end.max(next + 1);
        at = at.max(done);
        let written = text.get(start..end).unwrap_or("");
        if end - start <= LONGEST && plain != written && ear.gains(&plain, written) {
            let how = ear.worth(&plain, written, how);
            edits.push(Edit { span: Span::new(start, end), plain, how });
        }
    }
    edits
}

/// The next byte at which something odd may start.
fn special(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let marks = memchr::memchr2(b'\\', b'%', rest);
    // What is not ASCII is looked for no further than the next mark.
    let wide = rest[..marks.unwrap_or(rest.len())].iter().position(|byte| !byte.is_ascii());
    wide.or(marks).map(|at| from + at)
}

/// Where the word around `at` starts: Latin letters before it, but for the letter of an escape.
fn first(bytes: &[u8], at: usize, done: usize) -> usize {
    let mut start = at;
    while start > done && at - start < LONGEST && (bytes[start - 1].is_ascii_alphanumeric() || bytes[start - 1] == b'_') {
        start -= 1;
    }
    let slashes = bytes[..start].iter().rev().take_while(|byte| **byte == b'\\').count();
    if slashes % 2 == 1 && start < at { start + 1 } else { start }
}

/// One character of a word.
#[derive(Clone, Copy)]
struct Unit {
    /// What it is plainly; `None` for what nobody sees.
    plain: Option<char>,
    how: Option<How>,
    /// In bytes.
    len: usize,
}

impl Unit {
    fn is_odd(&self) -> bool {
        self.how.is_some() || self.plain.is_none()
    }
}

/// The character of a word at `at`, with whether it goes on there.
fn unit(text: &str, at: usize, notebook: bool) -> Option<(usize, Unit)> {
    let rest = text.get(at..)?;
    let char = rest.chars().next()?;
    let made = |plain: Option<char>, how: Option<How>, len: usize| Some((at + len, Unit { plain, how, len }));
    match char {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => made(Some(char), None, 1),
        '\\' => {
            let slashes = text.as_bytes()[..at].iter().rev().take_while(|byte| **byte == b'\\').count();
            let (plain, len) = escape(rest, notebook).filter(|_| slashes % 2 == 0)?;
            made(Some(plain), Some(How::Escaped), len)
        }
        '%' => {
            let plain = hex(rest.get(1..3)?)?;
            made(Some(plain), Some(How::Escaped), 3)
        }
        // A place where a long word may be broken is no disguise.
        '\u{ad}' => made(None, None, 2),
        _ if is_invisible(char) => made(None, Some(How::Invisible), char.len_utf8()),
        _ if char.is_ascii() => None,
        _ if char.is_alphanumeric() => match lookalike(char) {
            Some(plain) => made(Some(plain), Some(How::Lookalike), char.len_utf8()),
            None => made(Some(char), None, char.len_utf8()),
        },
        _ => None,
    }
}

/// Where the word at `start` ends, what it is plainly, and how that is hidden.
fn word(text: &str, start: usize, notebook: bool) -> (usize, String, Option<How>) {
    let (mut end, mut plain, mut how) = (start, String::new(), None);
    let mut latin = false;
    let mut units: Vec<Unit> = Vec::new();
    while let Some((next, unit)) = unit(text, end, notebook) {
        latin |= unit.plain.is_some_and(|char| char.is_ascii_alphabetic()) && unit.how != Some(How::Lookalike);
        units.push(unit);
        end = next;
        if end - start > LONGEST {
            break;
        }
    }
    let letter = |unit: &Unit| unit.plain.is_some_and(|char| char.is_ascii_alphanumeric());
    // Arabic, Hebrew and Indic text needs such characters; between Latin letters nobody does.
    let between = |at: usize| {
        let before = units[..at].iter().rev().find(|unit| unit.plain.is_some());
        before.is_some_and(letter) && units[at..].iter().find(|unit| unit.plain.is_some()).is_some_and(letter)
    };
    let mut at = start;
    for (number, unit) in units.iter().enumerate() {
        let written = text.get(at..at + unit.len).unwrap_or("");
        at += unit.len;
        match unit.how {
            // A word of another script is not one in disguise.
            Some(How::Lookalike) if !latin => plain.push_str(written),
            Some(How::Invisible) if !between(number) => plain.push_str(written),
            _ => {
                plain.extend(unit.plain);
                how = how.max(unit.how);
            }
        }
    }
    (end, plain, how)
}

/// The letter or digit of an escape, and the length of that.
fn escape(rest: &str, notebook: bool) -> Option<(char, usize)> {
    // In the text of a notebook each backslash is written twice.
    let (body, slashes) = match notebook {
        true => (rest.strip_prefix("\\\\")?, 2),
        false => (rest.strip_prefix('\\')?, 1),
    };
    let fixed = |digits: usize| Some((hex(body.get(1..=digits)?)?, slashes + 1 + digits));
    match body.as_bytes().first()? {
        b'x' => fixed(2),
        b'u' if body.starts_with("u{") => {
            let (digits, _) = body.get(2..)?.split_once('}')?;
            Some((hex(digits)?, slashes + 3 + digits.len()))
        }
        b'u' => fixed(4),
        b'U' => fixed(8),
        b'0'..=b'3' => {
            let digits = body.get(..3)?;
            let value = u8::from_str_radix(digits, 8).ok()?;
            Some((char::from(value), slashes + 3)).filter(|(char, _)| needs_no_escape(*char))
        }
        _ => None,
    }
}

fn hex(digits: &str) -> Option<char> {
    if digits.len() > 8 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    char::from_u32(u32::from_str_radix(digits, 16).ok()?).filter(|char| needs_no_escape(*char))
}

fn needs_no_escape(char: char) -> bool {
    char.is_ascii_alphanumeric() || char == '_'
}

/// The Latin letter or digit that a character of another script is taken for.
fn lookalike(char: char) -> Option<char> {
    let text = char.encode_utf8(&mut [0; 4]).to_owned();
    let mut plain = unicode_security::skeleton(&text);
    let (first, second) = (plain.next()?, plain.next());
    if second.is_some() || !first.is_ascii_alphanumeric() {
        return None;
    }
    // The table takes a capital I for a small l.
    Some(if first == 'l' && char.is_uppercase() { 'I' } else { first })
}

/// Characters that take no room, and those that turn the direction of writing.
fn is_invisible(char: char) -> bool {
    matches!(char,
        '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}')
}
