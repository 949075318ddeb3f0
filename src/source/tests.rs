use std::{fs, path::Path};

use super::{Encoding, Skip, Source, chunks, read};
use crate::settings::Limits;

fn read_bytes(bytes: &[u8]) -> Result<Source, Skip> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    fs::write(&path, bytes).unwrap();
    read(&path, &Limits { max_file_bytes: 1000, ..Limits::USUAL })
}

fn utf16(text: &str, bytes_of: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes_of).collect()
}

#[test]
fn text_is_told_by_its_bytes() {
    let many_wide = "שלום ".repeat(9);
    let mut nearly = many_wide.clone().into_bytes();
    nearly.extend(b"# \xff end");
    for (bytes, text, encoding, why) in [
        (b"".to_vec(), "", Encoding::Utf8, "an empty file is a text"),
        ("é = 1\n".into(), "é = 1\n", Encoding::Utf8, "plain"),
        ("\u{feff}x".into(), "\u{feff}x", Encoding::Utf8, "the mark stays, so offsets are those on disk"),
        (utf16("\u{feff}naïve", u16::to_le_bytes), "naïve", Encoding::Utf16Le, "low byte first"),
        (utf16("\u{feff}naïve", u16::to_be_bytes), "naïve", Encoding::Utf16Be, "high byte first"),
        (utf16("select 1", u16::to_le_bytes), "select 1", Encoding::Utf16Le, "no mark, yet plain"),
        (utf16("select 1", u16::to_be_bytes), "select 1", Encoding::Utf16Be, "no mark, yet plain"),
        (b"caf\xe9 \x80".to_vec(), "café €", Encoding::Windows1252, "what nothing else fits"),
        (nearly, &format!("{many_wide}# ? end"), Encoding::Utf8Repaired, "one wrong byte hides nothing"),
    ] {
        let source = read_bytes(&bytes).unwrap();
        assert_eq!((source.text.as_str(), source.encoding), (text, encoding), "{why}");
        assert_eq!((source.bytes, source.truncated), (bytes.len() as u64, false), "{why}");
    }
}

#[test]
fn a_zero_byte_in_a_script_does_not_hide_it_and_other_data_is_binary() {
    let script = format!("{}// \0\n", "let x = 1;\n".repeat(20));
    assert_eq!(read_bytes(script.as_bytes()).unwrap().text, script);
    let noise: Vec<u8> = (0..=255).collect();
    for bytes in [&b"\0\0\0\0"[..], b"\x7fELF\x02\x01\x01\0\0\0", &noise] {
        assert_eq!(read_bytes(bytes).unwrap_err(), Skip::Skipped("binary".to_owned()));
    }
}

#[test]
fn a_file_over_the_cap_has_no_text_and_can_be_searched() {
    let source = read_bytes("a".repeat(1001).as_bytes()).unwrap();
    assert_eq!((source.text.as_str(), source.truncated, source.bytes), ("", true, 1001));
    assert!(!read_bytes("a".repeat(1000).as_bytes()).unwrap().truncated, "the cap itself is allowed");
    assert_eq!(read_bytes(&[0; 2000]).unwrap_err(), Skip::Skipped("binary".to_owned()));
}

#[test]
fn chunks_overlap_so_that_no_literal_is_cut() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("file");
    let text = format!("{}needle{}", "x".repeat(13), "y".repeat(40));
    for bytes in [text.clone().into_bytes(), utf16(&format!("\u{feff}{text}"), u16::to_le_bytes)] {
        fs::write(&path, &bytes).unwrap();
        let mut found = 0;
        let mut longest = 0;
        let mut each = |piece: &[u8]| {
            found += usize::from(piece.windows(6).any(|window| window == b"needle"));
            longest = longest.max(piece.len());
        };
        assert_eq!(chunks(&path, 16, 5, u64::MAX, &mut each).unwrap(), bytes.len() as u64);
        assert_eq!(found, 1);
        assert!(longest <= 16 + 5);
    }
}

#[test]
fn what_is_no_file_is_said_so() {
    let dir = tempfile::tempdir().unwrap();
    assert_eq!(read(dir.path(), &Limits::USUAL).unwrap_err(), Skip::Skipped("not a file".to_owned()));
    assert!(matches!(read(Path::new("/nowhere/at/all"), &Limits::USUAL), Err(Skip::Failed(_))));
}
