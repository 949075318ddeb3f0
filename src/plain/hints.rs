//! Whether a text can hold a hidden string at all, told from its bytes.
//!
//! A file whose words say nothing to the pack is not parsed unless something here speaks for it: two strings whose
//! ends are one word that the pack knows, a string that decodes to such a text, or a list of characters by number.

use aho_corasick::AhoCorasick;

use super::{
    Ear,
    decode::{self, Encoding},
};

/// What stands in code that makes strings of other strings.
const CALLS: &[(&str, Makes)] = &[
    ("join", Makes::Join),
    ("implode", Makes::Join),
    ("concat", Makes::Join),
    ("Concat", Makes::Join),
    ("format", Makes::Join),
    ("decode", Makes::Decode),
    ("Decode", Makes::Decode),
    ("atob", Makes::Decode),
    ("base64", Makes::Decode),
    ("Base64", Makes::Decode),
    ("fromhex", Makes::Decode),
    ("unhex", Makes::Decode),
    ("hex2bin", Makes::Decode),
    ("HexString", Makes::Decode),
    ("rot13", Makes::Turn),
    ("rot_13", Makes::Turn),
    ("[::-1]", Makes::Turn),
    ("reverse", Makes::Turn),
    ("strrev", Makes::Turn),
    ("replace", Makes::Turn),
    ("chr(", Makes::Number),
    ("Chr(", Makes::Number),
    ("fromCharCode", Makes::Number),
    ("fromCodePoint", Makes::Number),
    ("bytes(", Makes::Number),
    ("bytearray(", Makes::Number),
    ("pack(", Makes::Number),
    ("map(chr", Makes::Number),
];

/// A shorter text is hardly encoded. In bytes.
const ENCODED: usize = 8;
/// A string of code without a call that decodes is looked at from this length on. In bytes.
const LONG: usize = 16;
/// Strings that are looked at in one file.
const MOST: usize = 4_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Makes {
    Join,
    Decode,
    Turn,
    Number,
}

/// Finds what speaks for hidden strings; made once for a run.
#[derive(Debug)]
pub struct Hints {
    /// `None` where it cannot be made, and then every file is looked at.
    calls: Option<AhoCorasick>,
}

impl Default for Hints {
    fn default() -> Self {
        Self { calls: AhoCorasick::new(CALLS.iter().map(|(text, _)| text)).ok() }
    }
}

impl Hints {
    /// Whether a string may be hidden in `text`.
    pub(super) fn speak(&self, text: &str, notebook: bool, ear: &Ear<'_>) -> bool {
        if notebook {
            // The strings of its code are written inside strings.
            let code = text.replace("\\\"", "\u{1}").replace('"', "\n").replace('\u{1}', "\"");
            return self.speak(&code, false, ear);
        }
        let Some(calls) = &self.calls else { return true };
        let (mut makes, mut turns) = ([false; 4], false);
        for found in calls.find_iter(text) {
            let (call, kind) = CALLS[found.pattern().as_usize()];
            let number = kind != Makes::Number || call == "map(chr" || numbered(&text.as_bytes()[found.end()..]);
            makes[kind as usize] |= number;
            turns |= kind == Makes::Number;
        }
        makes[Makes::Number as usize] || turns && list_of_numbers(text) || strings(text, makes, ear)
    }
}

/// Whether the numbers of three characters or more stand in a list.
fn list_of_numbers(text: &str) -> bool {
    let numbers = |list: &str| {
        let parts: Vec<&str> = list.split(',').take(3).collect();
        parts.len() == 3 && parts.iter().all(|part| decode::number(part.trim_end_matches(']')).is_some_and(|number| number > 31))
    };
    text.split('[').skip(1).any(|list| numbers(list.split(']').next().unwrap_or("")))
}

/// Whether a number follows, after brackets.
fn numbered(rest: &[u8]) -> bool {
    let next = rest.iter().find(|byte| !matches!(byte, b'(' | b'[' | b' '));
    next.is_some_and(u8::is_ascii_digit)
}

fn strings(text: &str, makes: [bool; 4], ear: &Ear<'_>) -> bool {
    let bytes = text.as_bytes();
    let is_quote = |byte: u8| matches!(byte, b'"' | b'\'' | b'`');
    let mut tail: Option<(String, String)> = None;
    let mut left = MOST;
    let mut after: Option<(usize, u8)> = None;
    for at in memchr::memchr3_iter(b'"', b'\'', b'`', bytes) {
        let Some((start, quote)) = after else {
            after = Some((at, bytes[at]));
            continue;
        };
        // What does not end on its line was no string.
        if quote != b'`' && memchr::memchr(b'\n', &bytes[start..at]).is_some() {
            after = Some((at, bytes[at]));
            tail = None;
            continue;
        }
        if bytes[at] != quote {
            continue;
        }
        after = None;
        let inside = text.get(start + 1..at).unwrap_or("");
        if left == 0 {
            return true;
        }
        if encoded(inside, makes[Makes::Decode as usize], ear) || makes[Makes::Turn as usize] && turned(inside, ear) {
            return true;
        }
        if inside.len() >= ENCODED {
            left -= usize::from(decode::looks_encoded(inside));
        }
        // The words at the joints, as long as strings follow each other.
        let joined = tail.take().map(|(joined, parts)| (joined + inside, format!("{parts} {inside}")));
        let (joined, parts) = joined.unwrap_or_else(|| (last_word(inside).to_owned(), last_word(inside).to_owned()));
        let goes_on = inside.bytes().last().is_some_and(|byte| byte.is_ascii_alphanumeric()) && joined.len() < 400;
        if goes_on && joint(&bytes[at + 1..], makes[Makes::Join as usize], is_quote) {
            tail = Some((joined, parts));
        } else if parts != joined && ear.gains(&joined, &parts) {
            return true;
        }
    }
    false
}

/// The word with which a text ends.
fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().take_while(|(_, char)| char.is_alphanumeric() || *char == '_').last();
    start.map_or("", |(at, _)| &text[at..])
}

/// Whether nothing but what puts strings together stands before the next string, which starts with a letter.
fn joint(rest: &[u8], lists: bool, is_quote: impl Fn(u8) -> bool) -> bool {
    let mut operators = 0;
    for (at, byte) in rest.iter().enumerate().take(200) {
        match byte {
            b' ' | b'\t' | b'\n' | b'\r' | b'\\' | b'(' | b')' => (),
            b'+' | b'.' | b'&' | b'~' | b'|' => operators += 1,
            b',' if lists => operators += 1,
            // In the text of a notebook a quote is written with a backslash.
            quote if is_quote(*quote) => {
                return operators <= 2 && rest.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric());
            }
            _ => return false,
        }
    }
    false
}

/// Whether a string decodes to a text that says something to the pack.
fn encoded(inside: &str, called: bool, ear: &Ear<'_>) -> bool {
    let inside = inside.trim_end_matches('\\');
    let least = if called { ENCODED } else { LONG };
    if inside.len() < least || !decode::looks_encoded(inside) {
        return false;
    }
    decoded(inside).is_some_and(|plain| match called {
        true => ear.gains(&plain, inside),
        false => ear.tells(&plain, inside),
    })
}

/// What a string spells, decoded as often as that goes.
pub(super) fn decoded(inside: &str) -> Option<String> {
    let mut plain: Option<String> = None;
    for _ in 0..super::DEPTH {
        let now = plain.as_deref().unwrap_or(inside);
        if now.len() < ENCODED || !decode::looks_encoded(now) {
            break;
        }
        match decode::decode(now, Encoding::Hex).or_else(|| decode::decode(now, Encoding::Base64)) {
            Some(next) => plain = Some(next),
            None => break,
        }
    }
    plain
}

/// Whether a string says something when it is read backwards, or with its letters turned.
fn turned(inside: &str, ear: &Ear<'_>) -> bool {
    if !(4..=120).contains(&inside.len()) || !inside.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-/:".contains(&byte))
    {
        return false;
    }
    let backwards: String = inside.chars().rev().collect();
    let turned = decode::decode(inside, Encoding::Rot13).unwrap_or_default();
    ear.tells(&backwards, inside) || ear.tells(&turned, inside)
}
