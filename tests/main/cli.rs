//! The program as a shell sees it: exit codes, streams, and what a flag does.

#[path = "cli/allow.rs"]
mod allow;
#[path = "cli/trust.rs"]
mod trust;

use std::{
    fs,
    io::Read,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use crate::{brightline, here, tree};

/// Code with one finding of confidence high on its second line.
const BREAKS: &str = "from deepface import DeepFace\nfaces = DeepFace.analyze(\"a.jpg\", actions=[\"race\"])\n";
/// The rule that it breaks.
const RULE: &str = "people-trait-inference";
/// Code with none.
const KEEPS: &str = "from deepface import DeepFace\nfaces = DeepFace.analyze(\"a.jpg\", actions=[\"emotion\"])\n";
/// The same, then what is no Python.
const BROKEN: &str = "from deepface import DeepFace\nfaces = DeepFace.analyze(\"a.jpg\", actions=[\"emotion\"])\ndef ((:\n";
/// A file of a pack that no pack can have.
const BAD_RULE: &str = "id: Bad Rule\n";

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What the program says on both streams, for messages of tests.
fn said(run: &Output) -> String {
    format!("--- code {:?}\n--- out\n{}--- err\n{}", run.status.code(), text(&run.stdout), text(&run.stderr))
}

/// The report that a scan of `files` writes as JSON.
fn report(files: &[(&str, &str)], arguments: &[&str]) -> Value {
    let dir = tree(files.iter().map(|(path, text)| (*path, text.as_bytes())));
    let run = brightline(dir.path(), &[&["scan", "--format", "json"], arguments].concat());
    serde_json::from_slice(&run.stdout).unwrap_or_else(|_| panic!("{}", said(&run)))
}

/// A situation and how it must end.
struct Case {
    what: &'static str,
    files: &'static [(&'static str, &'static str)],
    arguments: &'static [&'static str],
    code: i32,
    /// What the standard output must hold.
    out: &'static str,
    /// What the standard error must hold; empty where it must be empty.
    err: &'static str,
}

#[rustfmt::skip]
const CASES: &[Case] = &[
    Case { what: "nothing found", files: &[("a.py", KEEPS)], arguments: &["scan"], code: 0, out: "no findings; everything was looked at", err: "" },
    Case { what: "a finding", files: &[("a.py", BREAKS)], arguments: &["scan"], code: 1, out: "a.py:2:", err: "" },
    Case { what: "a finding that is sure enough", files: &[("a.py", BREAKS)], arguments: &["scan", "--fail-on", "high"], code: 1, out: RULE, err: "" },
    Case { what: "a hint in a test", files: &[("tests/a.py", BREAKS)], arguments: &["scan"], code: 0, out: RULE, err: "" },
    Case { what: "a hint in a test where hints fail", files: &[("tests/a.py", BREAKS)], arguments: &["scan", "--fail-on", "low"], code: 1, out: RULE, err: "" },
    Case { what: "a hint that is not wanted cannot fail", files: &[("tests/a.py", BREAKS)], arguments: &["scan", "--min-confidence", "high", "--fail-on", "low"], code: 0, out: "no findings", err: "" },
    Case { what: "vendored code", files: &[("vendor/a.py", BREAKS)], arguments: &["scan", "--fail-on", "low"], code: 0, out: "1 hint of confidence info left out", err: "" },
    Case { what: "vendored code where everything counts", files: &[("vendor/a.py", BREAKS)], arguments: &["scan", "--min-confidence", "info", "--fail-on", "info"], code: 1, out: RULE, err: "" },
    Case { what: "all findings allowed", files: &[("a.py", "from deepface import DeepFace\nx = DeepFace.analyze(p, actions=[\"race\"])  # brightline: allow(people-trait-inference) paid models agreed in writing\n")], arguments: &["scan"], code: 0, out: "1 finding allowed by comments", err: "" },
    Case { what: "what the author allows, in untrusted code", files: &[("a.py", "from deepface import DeepFace\nx = DeepFace.analyze(p, actions=[\"race\"])  # brightline: allow(people-trait-inference) trust me\n")], arguments: &["scan", "--untrusted"], code: 1, out: "tried to allow", err: "" },
    Case { what: "a file read in part", files: &[("a.py", BROKEN)], arguments: &["scan"], code: 0, out: "read in part: 1 file", err: "" },
    Case { what: "a file read in part, strictly", files: &[("a.py", BROKEN), ("b.py", KEEPS)], arguments: &["scan", "--strict"], code: 3, out: "not everything was", err: "" },
    Case { what: "incomplete and a finding, strictly", files: &[("a.py", BROKEN), ("b.py", BREAKS)], arguments: &["scan", "--strict"], code: 1, out: RULE, err: "" },
    Case { what: "complete, strictly", files: &[("a.py", KEEPS)], arguments: &["scan", "--strict"], code: 0, out: "no findings", err: "" },
    Case { what: "a file that is too large", files: &[("a.py", BREAKS)], arguments: &["scan", "--max-file-bytes", "20"], code: 0, out: "larger than 20 bytes", err: "" },
    Case { what: "a file that is too large, strictly", files: &[("a.py", BREAKS)], arguments: &["scan", "--strict", "--max-file-bytes", "20"], code: 3, out: "its words were searched and could be: infer", err: "" },
    Case { what: "an empty folder", files: &[], arguments: &["scan"], code: 4, out: "", err: "nothing to scan" },
    Case { what: "nothing that can be read", files: &[("notes.txt", "religion")], arguments: &["scan"], code: 4, out: "no reader for .txt", err: "" },
    Case { what: "no such folder", files: &[], arguments: &["scan", "nowhere"], code: 2, out: "", err: "error: nowhere: " },
    Case { what: "one of several roots is missing", files: &[("a/a.py", BREAKS)], arguments: &["scan", "a", "b"], code: 2, out: "", err: "error: b: " },
    Case { what: "an unknown flag", files: &[], arguments: &["scan", "--colour"], code: 2, out: "", err: "--colo" },
    Case { what: "an unknown format", files: &[], arguments: &["scan", "--format", "xml"], code: 2, out: "", err: "text, json, sarif, github" },
    Case { what: "a format into no file", files: &[], arguments: &["scan", "--format", "json="], code: 2, out: "", err: "names no file" },
    Case { what: "a level that is none", files: &[], arguments: &["scan", "--fail-on", "sure"], code: 2, out: "", err: "medium" },
    Case { what: "a report that cannot be written", files: &[("a.py", BREAKS)], arguments: &["scan", "--format", "json=no/such/folder.json"], code: 5, out: "", err: "error: no/such/folder.json: " },
    Case { what: "no command", files: &[], arguments: &[], code: 2, out: "", err: "Usage" },
    Case { what: "help", files: &[], arguments: &["--help"], code: 0, out: "Exit codes:", err: "" },
    Case { what: "the version", files: &[], arguments: &["--version"], code: 0, out: env!("CARGO_PKG_VERSION"), err: "" },
    Case { what: "a pack with a fault", files: &[("house/prohibitions/bad.yaml", BAD_RULE), ("a.py", KEEPS)], arguments: &["scan", "--rules", "house"], code: 2, out: "", err: "prohibitions/bad.yaml" },
    Case { what: "a pack that is not there", files: &[("a.py", KEEPS)], arguments: &["scan", "--rules", "house"], code: 2, out: "", err: "house" },
    Case { what: "the built-in pack, checked", files: &[], arguments: &["rules", "--check"], code: 0, out: "no faults", err: "" },
    Case { what: "a pack with a fault, checked", files: &[("house/prohibitions/bad.yaml", BAD_RULE)], arguments: &["rules", "--check", "--rules", "house"], code: 2, out: "", err: "prohibitions/bad.yaml" },
    Case { what: "the list of rules", files: &[], arguments: &["rules"], code: 0, out: RULE, err: "" },
    Case { what: "fixtures that do not hold", files: &[("fixtures/people-trait-inference/breaks/a.py", KEEPS)], arguments: &["rules", "test", "fixtures"], code: 1, out: "people-trait-inference/breaks: expects nothing", err: "" },
    Case { what: "fixtures that are not there", files: &[], arguments: &["rules", "test", "fixtures"], code: 2, out: "", err: "error: fixtures: " },
    Case { what: "a rule, explained", files: &[], arguments: &["explain", RULE], code: 0, out: "What to do instead", err: "" },
    Case { what: "a category, explained", files: &[], arguments: &["explain", "registry"], code: 0, out: "Rules that find it:", err: "" },
    Case { what: "a rule that is misspelled", files: &[], arguments: &["explain", "people-trait-inferense"], code: 2, out: "", err: "did you mean people-trait-inference" },
    Case { what: "what is no rule", files: &[], arguments: &["explain", "zzzzzzzzzz"], code: 2, out: "", err: "`brightline rules` lists them" },
    Case { what: "languages", files: &[], arguments: &["languages"], code: 0, out: "python", err: "" },
    Case { what: "completions", files: &[], arguments: &["completions", "bash"], code: 0, out: "brightline", err: "" },
    Case { what: "the man page", files: &[], arguments: &["man"], code: 0, out: ".TH brightline", err: "" },
];

#[test]
fn every_situation_ends_with_its_exit_code_and_says_what_to_do() {
    let mut wrong = Vec::new();
    for case in CASES {
        let dir = tree(case.files.iter().map(|(path, text)| (*path, text.as_bytes())));
        let run = brightline(dir.path(), case.arguments);
        let (out, err) = (text(&run.stdout), text(&run.stderr));
        let quiet = !case.err.is_empty() || err.is_empty();
        if run.status.code() != Some(case.code) || !out.contains(case.out) || !err.contains(case.err) || !quiet {
            let Case { what, code, out, err, .. } = case;
            wrong.push(format!("{what}: wanted {code}, {out:?} and {err:?}\n{}", said(&run)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(CASES.len() >= 20);
}

/// What must be in the report that this format writes.
fn sign(format: &str) -> &'static str {
    match format {
        "text" => "--> a.py:2:",
        "json" => "\"brightline-report/",
        "sarif" => "\"2.1.0\"",
        _ => "::error file=a.py,line=2,",
    }
}

#[test]
fn each_format_goes_to_its_file_and_the_others_stay_on_the_stream() {
    let dir = tree([("a.py", BREAKS.as_bytes())]);
    let formats = ["text", "json", "sarif", "github"];
    let mut arguments = vec!["scan".to_owned(), "--color=always".to_owned()];
    arguments.extend(formats.iter().map(|format| format!("--format={format}=report.{format}")));
    arguments.push("--format=github".to_owned());
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = brightline(dir.path(), &arguments);
    assert_eq!(run.status.code(), Some(1), "{}", said(&run));
    assert!(text(&run.stdout).starts_with("::error"), "{}", said(&run));
    for format in formats {
        let written = fs::read_to_string(dir.path().join(format!("report.{format}"))).unwrap();
        assert!(written.contains(sign(format)), "{format}:\n{written}");
        assert!(!written.contains('\u{1b}'), "colors are for terminals, not for files");
    }
}

#[test]
fn a_file_alone_is_an_app() {
    let report = report(&[("src/a.py", BREAKS)], &["src/a.py"]);
    assert_eq!(report["apps"], serde_json::json!(["src/a.py"]));
    assert_eq!(report["findings"][0]["at"]["file"], "a.py");
    assert_eq!(report["coverage"]["files"], 1);
}

#[test]
fn several_roots_are_several_apps_in_the_order_given() {
    let report = report(&[("one/a.py", KEEPS), ("two/a.py", BREAKS), ("three/a.py", BREAKS)], &["two", "one", "three"]);
    assert_eq!(report["apps"], serde_json::json!(["two", "one", "three"]));
    let apps: Vec<u64> =
        report["findings"].as_array().unwrap().iter().map(|finding| finding["at"]["app"].as_u64().unwrap()).collect();
    assert_eq!(apps, [0, 2]);
}

#[test]
fn a_report_names_no_absolute_path() {
    let dir = tree([("a.py", BREAKS.as_bytes())]);
    for format in ["text", "json", "sarif", "github"] {
        let run = brightline(dir.path(), &["scan", "--format", format]);
        assert!(!text(&run.stdout).contains(&*dir.path().to_string_lossy()), "{format}");
    }
}

#[test]
fn whoever_closes_the_pipe_early_hears_no_complaint() {
    // More than a pipe holds.
    let many: Vec<String> = (0..60).map(|number| format!("a{number}.py")).collect();
    let dir = tree(many.iter().map(|path| (path.as_str(), BREAKS.as_bytes())));
    let mut command = Command::new(env!("CARGO_BIN_EXE_brightline"));
    let command = command.args(["scan", "--why"]).current_dir(dir.path()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    child.stdout.take().unwrap().read_exact(&mut [0; 10]).unwrap();
    let run = child.wait_with_output().unwrap();
    assert_eq!(text(&run.stderr), "");
    assert!(run.status.code().is_some_and(|code| code < 2), "{:?}", run.status);
}

#[test]
fn what_a_stranger_named_a_file_does_not_reach_the_terminal_raw() {
    let dir = tree([("a\u{1b}[2J.py", BREAKS.as_bytes()), ("b\u{202e}.txt", b"")]);
    for format in ["text", "json", "sarif", "github"] {
        let run = brightline(dir.path(), &["scan", "--format", format]);
        let out = text(&run.stdout);
        assert!(!out.contains('\u{1b}') && !out.contains('\u{202e}'), "{format}:\n{out}");
    }
    let run = brightline(&here(""), &["scan", "no\u{1b}[2J/where"]);
    assert!(!text(&run.stderr).contains('\u{1b}'), "{}", said(&run));
}
