//! Every input ends in exactly one bucket, with its reason, however it is written and whatever it is.

use std::{collections::BTreeMap, fs, path::Path};

use brightline::{
    cli,
    report::{Coverage, Report},
    scan,
    settings::{Limits, Settings},
};

use crate::tree;

/// Code with one finding, on its third line; the letter é is what encodings differ in.
const CODE: &str = "# café\nfrom deepface import DeepFace\nfaces = DeepFace.analyze(\"a.jpg\", actions=[\"race\"])\n";

fn settings(root: &Path, untrusted: bool) -> Settings {
    Settings { roots: vec![root.to_owned()], untrusted, prefilter: true, threads: 2, keep_info: true, limits: Limits::USUAL }
}

fn scanned(root: &Path) -> Report {
    scan::report(&settings(root, true), &cli::builtin_pack(), &|_| ()).unwrap()
}

/// The bucket of each file that is not in the first, with the reason.
fn buckets(coverage: &Coverage) -> BTreeMap<&str, (&'static str, &str)> {
    let mut all = BTreeMap::new();
    for (bucket, entries) in [("partial", &coverage.partial), ("skipped", &coverage.skipped), ("failed", &coverage.failed)] {
        for entry in entries {
            assert_eq!(
                all.insert(entry.file.as_str(), (bucket, entry.reason.as_str())),
                None,
                "{} is in two buckets",
                entry.file
            );
        }
    }
    all
}

fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn code_is_read_in_whatever_encoding_it_was_saved() {
    let latin: Vec<u8> = CODE.chars().map(|char| u8::try_from(u32::from(char)).unwrap()).collect();
    let mark = format!("\u{feff}{CODE}");
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("utf8.py", CODE.into()),
        ("utf8-mark.py", mark.clone().into()),
        ("utf16-little.py", utf16(&mark, u16::to_le_bytes)),
        ("utf16-big.py", utf16(&mark, u16::to_be_bytes)),
        ("utf16-little-bare.py", utf16(CODE, u16::to_le_bytes)),
        ("utf16-big-bare.py", utf16(CODE, u16::to_be_bytes)),
        ("latin1.py", latin),
        ("windows.py", CODE.replace('\n', "\r\n").into()),
        ("zero.py", CODE.replace("caf", "c\0af").into()),
        ("no-last-line-end.py", CODE.trim_end().into()),
    ];
    let dir = tree(files.iter().map(|(path, bytes)| (*path, bytes.as_slice())));
    let report = scanned(dir.path());
    assert!(report.coverage.adds_up(), "{:?}", report.coverage);
    // A grammar may call a zero byte an error, which costs nothing but the byte.
    let partial: Vec<&str> = buckets(&report.coverage).into_keys().filter(|path| *path != "zero.py").collect();
    assert!(partial.is_empty(), "{partial:?}");
    for (path, _) in &files {
        let found: Vec<_> = report.findings.iter().filter(|finding| &*finding.at.file == *path).collect();
        assert_eq!(found.len(), 1, "{path}");
        assert_eq!((found[0].at.start.line, found[0].at.start.column), (3, 9), "{path}");
    }
}

#[test]
fn every_input_ends_in_one_bucket_and_says_why() {
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    let large = "religion".repeat(Limits::USUAL.max_file_bytes as usize / 8 + 1);
    let files: &[(&str, &[u8])] = &[
        ("good.py", CODE.as_bytes()),
        ("empty.py", b""),
        ("blank.sql", b"\n\n"),
        ("plain.py", b"def ((:\n"),
        ("broken.py", b"from deepface import DeepFace; DeepFace.find(x)\ndef ((:\n"),
        ("broken.json", b"{\"targeting\": {\"geo_locations\": 1, \"interests\": [\"mosque\"]}"),
        ("broken.ipynb", b"{\"cells\": [{\"source\": [\"from deepface import DeepFace; DeepFace.find(x)\""),
        ("large.js", large.as_bytes()),
        ("binary.py", &binary),
        ("notes.txt", b"religion"),
        ("LICENSE", b"religion"),
        (".git/HEAD", b"ref: refs/heads/main\n"),
    ];
    let dir = tree(files.iter().copied());
    let report = scanned(dir.path());
    let found = buckets(&report.coverage);
    assert!(report.coverage.adds_up(), "{:?}", report.coverage);
    for (path, bucket, reason) in [
        ("broken.py", "partial", "at line 2"),
        ("broken.json", "partial", "at line 1"),
        ("broken.ipynb", "partial", ""),
        ("large.js", "partial", "larger than"),
        ("binary.py", "skipped", "binary"),
        ("notes.txt", "skipped", "no reader for .txt"),
        ("LICENSE", "skipped", "no reader for files of this name"),
        (".git", "skipped", "version control data"),
    ] {
        let (in_bucket, said) = found.get(path).unwrap_or_else(|| panic!("{path} is in no bucket but the first"));
        assert_eq!(*in_bucket, bucket, "{path}: {said}");
        assert!(said.contains(reason), "{path}: {said}");
    }
    // A broken file that cannot matter was searched whole.
    assert_eq!(report.coverage.scanned, 4, "good, empty, blank and plain: {:?}", report.coverage);
    assert_eq!(report.coverage.files, files.len());
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_skipped_and_what_cannot_be_read_has_failed() {
    use std::os::unix::{fs::PermissionsExt, net::UnixListener};

    let dir = tree([("good.py", CODE.as_bytes()), ("locked.py", CODE.as_bytes()), ("shut/a.py", CODE.as_bytes())]);
    let _socket = UnixListener::bind(dir.path().join("socket.py")).unwrap();
    std::os::unix::fs::symlink("good.py", dir.path().join("link.py")).unwrap();
    std::os::unix::fs::symlink("nowhere.py", dir.path().join("dangling.py")).unwrap();
    let allow = |path: &str, mode| fs::set_permissions(dir.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    allow("locked.py", 0o000);
    allow("shut", 0o000);
    // Some users may read everything.
    let locked = fs::read(dir.path().join("locked.py")).is_err();
    for untrusted in [true, false] {
        let report = scan::report(&settings(dir.path(), untrusted), &cli::builtin_pack(), &|_| ()).unwrap();
        let found = buckets(&report.coverage);
        assert!(report.coverage.adds_up(), "{:?}", report.coverage);
        for (path, reason) in
            [("socket.py", "pipe, socket or device"), ("link.py", "symbolic link"), ("dangling.py", "symbolic link")]
        {
            assert_eq!(found.get(path), Some(&("skipped", reason)), "{path}");
        }
        for path in ["locked.py", "shut"] {
            assert_eq!(found.get(path).map(|(bucket, _)| *bucket), locked.then_some("failed"), "{path}");
        }
    }
    allow("shut", 0o755);
}

#[test]
fn a_report_without_a_finding_never_says_that_all_is_well_when_not_all_was_seen() {
    for (path, bytes, said) in [
        ("a.py", &b"x = 1\n"[..], "no findings; everything was looked at\n"),
        ("a.txt", b"x", "nothing was looked at whole, so nothing can be said\n"),
        ("a.py", b"from deepface import DeepFace  # find\ndef ((:\n", "nothing was looked at whole, so nothing can be said\n"),
    ] {
        let dir = tree([(path, bytes)]);
        let run = crate::brightline(dir.path(), &["scan"]);
        let out = String::from_utf8_lossy(&run.stdout);
        assert!(out.contains(said), "{out}");
    }
}
