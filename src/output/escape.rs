//! In: text that a stranger wrote (names, paths, code). Out: the same text, so that no terminal, log or
//! viewer takes it for a command or shows it in another order. Each format takes the escape it needs.

use std::{borrow::Cow, fmt::Write as _, io};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::ser::{Formatter, PrettyFormatter, Serializer};

/// What a path part may hold unescaped in a URI (RFC 3986, section 2.3).
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Whether a character moves the cursor, breaks the line, turns the direction of text or cannot be seen.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// One line in which every hidden character, line ends too, stands as `\u{…}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut line = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_hidden(c) {
            line.extend(c.escape_unicode());
        } else {
            line.push(c);
        }
    }
    Cow::Owned(line)
}

/// As [`visible`], and never longer than `most` characters; what is cut shows as `…`.
#[must_use]
pub fn short(text: &str, most: usize) -> Cow<'_, str> {
    let line = visible(text);
    match line.char_indices().nth(most) {
        None => line,
        Some(_) => Cow::Owned(line.chars().take(most.saturating_sub(1)).chain(['…']).collect()),
    }
}

/// Code in which every hidden character but tab and line end is one character that can be seen, so that
/// columns stay what they are: a control picture, or `�` where there is none.
#[must_use]
pub fn code(text: &str) -> String {
    let seen = |c: char| match c {
        '\t' | '\n' => c,
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        c if is_hidden(c) => '\u{fffd}',
        c => c,
    };
    // A carriage return before a line feed belongs to the line end.
    text.replace("\r\n", "\n").chars().map(seen).collect()
}

/// A path as a relative URI reference, each part percent-encoded (RFC 3986, section 3.3).
#[must_use]
pub fn uri(path: &str) -> String {
    path.split('/').map(|part| utf8_percent_encode(part, UNRESERVED).to_string()).collect::<Vec<_>>().join("/")
}

/// The message of a workflow command; `%` and line ends are percent-encoded, as GitHub's runner reads them.
#[must_use]
pub fn github_data(text: &str) -> String {
    encoded(text, &['%', '\r', '\n'])
}

/// A property of a workflow command, where `:` and `,` end the value and are encoded too.
#[must_use]
pub fn github_property(text: &str) -> String {
    encoded(text, &['%', '\r', '\n', ':', ','])
}

fn encoded(text: &str, special: &[char]) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if special.contains(&c) => line.push_str(&format!("%{:02X}", u32::from(c))),
            c if is_hidden(c) => line.extend(c.escape_unicode()),
            c => line.push(c),
        }
    }
    line
}

/// Writes `value` as pretty JSON with a last line end; hidden characters stand as `\uXXXX`.
///
/// # Errors
///
/// Only those of `out`.
pub fn json(value: &impl Serialize, out: &mut dyn io::Write) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(&mut *out, Json(PrettyFormatter::new())))?;
    out.write_all(b"\n")
}

/// serde_json's pretty form, but for what the hidden characters look like.
struct Json(PrettyFormatter<'static>);

impl Formatter for Json {
    fn begin_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_array(out)
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array(out)
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_array_value(out, first)
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_array_value(out)
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object(out)
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object(out)
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        self.0.begin_object_key(out, first)
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.begin_object_value(out)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, out: &mut W) -> io::Result<()> {
        self.0.end_object_value(out)
    }

    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = fragment;
        while let Some((at, c)) = plain.char_indices().find(|(_, c)| is_hidden(*c)) {
            let (before, after) = plain.split_at(at);
            let mut escape = String::new();
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(escape, "\\u{unit:04x}").map_err(io::Error::other)?;
            }
            out.write_all(before.as_bytes())?;
            out.write_all(escape.as_bytes())?;
            plain = &after[c.len_utf8()..];
        }
        out.write_all(plain.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_cannot_be_seen_is_made_visible_on_one_line() {
        for (text, want) in [
            ("plain é 宗教", "plain é 宗教"),
            ("e\u{1b}[2J.py", "e\\u{1b}[2J.py"),
            ("a\nb\tc", "a\\u{a}b\\u{9}c"),
            ("x\u{202e}y\u{2066}z\u{200f}", "x\\u{202e}y\\u{2066}z\\u{200f}"),
            ("c1 \u{9b}31m", "c1 \\u{9b}31m"),
            ("tag \u{e0041}", "tag \\u{e0041}"),
        ] {
            assert_eq!(super::visible(text), want);
        }
    }

    #[test]
    fn long_text_is_cut_by_characters() {
        assert_eq!(super::short("éééé", 4), "éééé");
        assert_eq!(super::short("ééééé", 4), "ééé…");
    }

    #[test]
    fn code_keeps_its_columns() {
        for (text, want) in [("a\u{1b}b", "a␛b"), ("a\u{202e}b\u{9b}", "a�b�"), ("a\r\nb\rc\td", "a\nb␍c\td")] {
            assert_eq!(super::code(text), want);
        }
    }

    #[test]
    fn a_uri_encodes_each_part_of_a_path() {
        for (path, want) in
            [("src/a.py", "src/a.py"), ("c:/50%/a b#?.py", "c%3A/50%25/a%20b%23%3F.py"), ("é/\u{1b}", "%C3%A9/%1B")]
        {
            assert_eq!(super::uri(path), want);
        }
    }

    #[test]
    fn workflow_commands_escape_data_and_properties_apart() {
        let text = "50%: a,b\r\n::error::\u{1b}[0m";
        assert_eq!(super::github_data(text), "50%25: a,b%0D%0A::error::\\u{1b}[0m");
        assert_eq!(super::github_property(text), "50%25%3A a%2Cb%0D%0A%3A%3Aerror%3A%3A\\u{1b}[0m");
    }

    #[test]
    fn json_escapes_what_cannot_be_seen_and_reads_back_the_same() {
        let text = "\u{1b}[2J \u{202e} \u{9b} \u{e0041} \u{7f} é\"\\";
        let mut out = Vec::new();
        super::json(&[text], &mut out).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert!(!json.replace('\n', "").contains(super::is_hidden), "{json}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&json).unwrap(), [text]);
    }
}
