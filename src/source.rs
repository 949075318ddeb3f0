//! Reads one file into text.
//!
//! In: a path that `walk` met, and the limits. Out: decoded text with its encoding, or why there is none.
//! Never more than the cap is held in memory; what a larger file says can still be searched with `chunks`.

use std::{
    fs::{self, File},
    io::{self, Read},
    path::Path,
};

use crate::settings::Limits;

/// How much of a file that is too large is looked at to tell text from other data.
const HEAD: u64 = 64 << 10;

/// The text of one file.
#[derive(Clone, Debug)]
pub struct Source {
    /// All of it, decoded; a mark of byte order that a UTF-8 file starts with stays. Empty where `truncated`.
    pub text: String,
    /// How it was encoded.
    pub encoding: Encoding,
    /// The length on disk, in bytes.
    pub bytes: u64,
    /// Whether the file is too large, so that only its literals can be searched, with `chunks`.
    pub truncated: bool,
}

/// How a file was encoded. In all but UTF-16 and Windows-1252, offsets into the text are offsets on disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark of byte order.
    Utf8,
    /// Nearly UTF-8: each wrong byte became a `?`, so that one wrong byte hides no other word.
    Utf8Repaired,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Latin-1 with the printable characters of Windows in 80 to 9F; also what nothing else fits.
    Windows1252,
}

/// Why a file has no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Skip {
    /// Left out on purpose.
    Skipped(String),
    /// Could not be read.
    Failed(String),
}

/// The text of the file at `path`.
///
/// # Errors
/// `Skip::Skipped` for what is no text (`binary`) or no file; `Skip::Failed` for what the system refuses.
pub fn read(path: &Path, limits: &Limits) -> Result<Source, Skip> {
    let failed = |cause: io::Error| Skip::Failed(cause.to_string());
    let file = open(path)?;
    let len = file.metadata().map_err(failed)?.len();
    let cap = limits.max_file_bytes;
    let mut bytes = Vec::new();
    let most = if len > cap { HEAD.min(cap) } else { cap.saturating_add(1) };
    file.take(most).read_to_end(&mut bytes).map_err(failed)?;
    let read = bytes.len() as u64;
    let truncated = len > cap || read > cap;
    if truncated {
        let cut = bytes.len().min(usize::try_from(HEAD).unwrap_or(usize::MAX)) & !1;
        bytes.truncate(cut);
    }
    let (text, encoding) = decode(bytes).ok_or_else(|| Skip::Skipped("binary".to_owned()))?;
    match truncated {
        true => Ok(Source { text: String::new(), encoding, bytes: len.max(read), truncated }),
        false => Ok(Source { text, encoding, bytes: read, truncated }),
    }
}

/// Hands the bytes of the file at `path` to `each`, about `chunk` at a time and at most `most` of them, and gives
/// how many there were.
///
/// Each piece starts with the last `overlap` bytes of the one before, so that no shorter literal is cut apart.
/// UTF-16 that says so in its first two bytes comes as UTF-8.
///
/// # Errors
/// Those of the system; also for what is no file.
pub fn chunks(path: &Path, chunk: usize, overlap: usize, most: u64, each: &mut dyn FnMut(&[u8])) -> io::Result<u64> {
    let file = open(path).map_err(|(Skip::Skipped(why) | Skip::Failed(why))| io::Error::other(why))?;
    let mut file = file.take(most);
    let chunk = chunk.max(2) & !1;
    let mut raw = Vec::with_capacity(chunk);
    let mut piece: Vec<u8> = Vec::new();
    let mut wide = None;
    let mut total = 0;
    loop {
        raw.clear();
        file.by_ref().take(chunk as u64).read_to_end(&mut raw)?;
        if raw.is_empty() {
            return Ok(total);
        }
        if total == 0 {
            wide = byte_order_mark(&raw);
        }
        total += raw.len() as u64;
        let kept = piece.len().saturating_sub(overlap);
        piece.drain(..kept);
        match wide {
            Some(encoding) => piece.extend(utf16(&raw, encoding).as_bytes()),
            None => piece.extend(&raw),
        }
        each(&piece);
    }
}

/// Opens what is a file; a pipe would block, a device never end, and a link was not met by `walk`.
fn open(path: &Path) -> Result<File, Skip> {
    let failed = |cause: io::Error| Skip::Failed(cause.to_string());
    let kind = fs::symlink_metadata(path).map_err(failed)?.file_type();
    match kind {
        kind if kind.is_symlink() => Err(Skip::Skipped("symbolic link".to_owned())),
        kind if !kind.is_file() => Err(Skip::Skipped("not a file".to_owned())),
        _ => File::open(path).map_err(failed),
    }
}

/// The text that `bytes` spell, or `None` where they are no text.
fn decode(bytes: Vec<u8>) -> Option<(String, Encoding)> {
    if let Some(encoding) = byte_order_mark(&bytes).or_else(|| plainly_utf16(&bytes)) {
        let text = utf16(&bytes, encoding);
        return (!binary(text.as_bytes())).then_some((text, encoding));
    }
    if binary(&bytes) {
        return None;
    }
    match String::from_utf8(bytes) {
        Ok(text) => Some((text, Encoding::Utf8)),
        Err(fault) => Some(repair(fault.as_bytes())),
    }
}

fn byte_order_mark(bytes: &[u8]) -> Option<Encoding> {
    match bytes {
        [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
        [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
        _ => None,
    }
}

/// Whether every second byte is zero and hardly one of the others, as in UTF-16 of code.
fn plainly_utf16(bytes: &[u8]) -> Option<Encoding> {
    let pairs = bytes.len().min(4096) / 2;
    let zeros = |first: usize| bytes[..pairs * 2].iter().skip(first).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    match pairs >= 2 && bytes.len().is_multiple_of(2) {
        true if odd * 10 >= pairs * 8 && even * 20 <= pairs => Some(Encoding::Utf16Le),
        true if even * 10 >= pairs * 8 && odd * 20 <= pairs => Some(Encoding::Utf16Be),
        _ => None,
    }
}

fn utf16(bytes: &[u8], encoding: Encoding) -> String {
    let unit = |pair: &[u8]| match encoding {
        Encoding::Utf16Be => u16::from_be_bytes([pair[0], pair[1]]),
        _ => u16::from_le_bytes([pair[0], pair[1]]),
    };
    let units = bytes.chunks_exact(2).map(unit);
    let chars = char::decode_utf16(units).map(|char| char.unwrap_or(char::REPLACEMENT_CHARACTER));
    chars.skip_while(|char| *char == '\u{feff}').collect()
}

/// Whether more than one byte in fifty, and more than three, are control characters that no text has.
///
/// A share rather than a single zero byte: one of those in a comment must not hide a script.
fn binary(bytes: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(byte, 0..=7 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    bytes.iter().filter(control).count() > bytes.len() / 50 + 3
}

/// Text of bytes that are not UTF-8: what more of them speak for.
fn repair(bytes: &[u8]) -> (String, Encoding) {
    let (mut wide, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        wide += chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    if wide <= wrong {
        return (bytes.iter().map(|byte| windows_1252(*byte)).collect(), Encoding::Windows1252);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    (text, Encoding::Utf8Repaired)
}

/// The character of a byte, as the WHATWG Encoding Standard has it for `windows-1252`.
fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘', '’', '“',
        '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9F => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

#[cfg(test)]
mod tests;
