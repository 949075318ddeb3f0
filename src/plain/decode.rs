//! Encoded text: what base64, hexadecimal, percent signs, rot13 and lists of numbers spell.

use std::borrow::Cow;

use data_encoding::{BASE32, BASE64, BASE64_NOPAD, BASE64URL, BASE64URL_NOPAD, HEXLOWER_PERMISSIVE};

/// A longer text is not decoded. In bytes.
const LONGEST: usize = 256 << 10;

/// An encoding that calls name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Base64,
    Base32,
    Hex,
    Percent,
    Rot13,
}

impl Encoding {
    /// The encoding that an argument names.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        match name.as_str() {
            "base64" | "base64url" | "b64" => Some(Self::Base64),
            "hex" | "base16" => Some(Self::Hex),
            "rot13" => Some(Self::Rot13),
            _ => None,
        }
    }
}

/// What `text` spells; `None` where it is not of that encoding or spells no text.
pub(super) fn decode(text: &str, encoding: Encoding) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    let bytes = match encoding {
        Encoding::Base64 => base64(text)?,
        Encoding::Base32 => BASE32.decode(text.as_bytes()).ok()?,
        Encoding::Hex => HEXLOWER_PERMISSIVE.decode(text.replace("\\x", "").as_bytes()).ok()?,
        Encoding::Percent => percent_encoding::percent_decode_str(text).collect(),
        Encoding::Rot13 => text.bytes().map(rot13).collect(),
    };
    readable(bytes)
}

/// Text of base64, in either alphabet, with its padding or without.
fn base64(text: &str) -> Option<Vec<u8>> {
    let joined: Cow<'_, str> = match text.contains(char::is_whitespace) {
        true => Cow::Owned(text.split_whitespace().collect()),
        false => Cow::Borrowed(text),
    };
    let bytes = joined.as_bytes();
    [&BASE64, &BASE64URL, &BASE64_NOPAD, &BASE64URL_NOPAD].into_iter().find_map(|encoding| encoding.decode(bytes).ok())
}

/// The text that `bytes` are, where a person could read it: what is encoded otherwise hardly ever is that.
fn readable(bytes: Vec<u8>) -> Option<String> {
    let text = String::from_utf8(bytes).ok()?;
    let fits = |char: char| !char.is_control() || char.is_whitespace();
    (!text.trim().is_empty() && text.chars().all(fits)).then_some(text)
}

/// The text of these code points, where all of them are characters that people read.
pub(super) fn numbers(points: &[u32]) -> Option<String> {
    let text: Option<String> = points.iter().map(|point| char::from_u32(*point)).collect();
    text.filter(|text| !text.is_empty() && text.chars().all(|char| !char.is_control() || char.is_whitespace()))
}

/// A number as code writes it.
pub(super) fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => text.parse().ok(),
    }
}

/// Whether `text` is made as base64 or hexadecimal are.
pub(super) fn looks_encoded(text: &str) -> bool {
    let ends = text.trim_end_matches('=');
    text.len() - ends.len() <= 2
        && ends.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_'))
}

fn rot13(byte: u8) -> u8 {
    let turn = |first: u8| first + (byte - first + 13) % 26;
    match byte {
        b'a'..=b'z' => turn(b'a'),
        b'A'..=b'Z' => turn(b'A'),
        _ => byte,
    }
}
