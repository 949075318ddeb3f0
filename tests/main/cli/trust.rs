//! Other people's code: nothing that stands in the tree steers the scan.

use super::{BREAKS, KEEPS, RULE, report};

/// Ways in which a tree asks not to be looked at.
const IGNORES: &[(&str, &str)] = &[
    (".gitignore", "hidden.py\n"),
    (".ignore", "hidden.py\n"),
    (".rgignore", "hidden.py\n"),
    (".git/info/exclude", "hidden.py\n"),
];

/// The rules found, with the file.
fn found(files: &[(&str, &str)], arguments: &[&str]) -> Vec<String> {
    let report = report(files, arguments);
    report["findings"].as_array().unwrap().iter().map(|finding| finding["at"]["file"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn no_ignore_file_hides_untrusted_code() {
    for (ignore, lines) in IGNORES {
        let files = [(*ignore, *lines), ("hidden.py", BREAKS), ("seen.py", KEEPS)];
        assert_eq!(found(&files, &["--untrusted"]), ["hidden.py"], "{ignore}");
    }
    assert_eq!(found(&[(".gitignore", "*\n"), ("a.py", BREAKS)], &["--untrusted"]), ["a.py"]);
}

#[test]
fn in_ones_own_code_gitignore_counts_and_nothing_else_does() {
    for (ignore, lines) in IGNORES {
        let files = [(*ignore, *lines), ("hidden.py", BREAKS), ("seen.py", KEEPS)];
        let hides = *ignore == ".gitignore" || ignore.starts_with(".git/");
        assert_eq!(found(&files, &[]).is_empty(), hides, "{ignore}");
    }
}

#[test]
fn hidden_folders_are_read_and_vendored_ones_are_hints() {
    let files = [(".hidden/a.py", BREAKS), ("node_modules/b.py", BREAKS)];
    for arguments in [&["--untrusted"][..], &[]] {
        assert_eq!(found(&files, arguments), [".hidden/a.py"]);
    }
    assert_eq!(found(&files, &["--min-confidence", "info"]), [".hidden/a.py", "node_modules/b.py"]);
}

#[test]
fn a_configuration_in_the_tree_is_nothing_but_a_file() {
    let allow = "allow: [people-trait-inference]\nrules: []\nfail_on: never\n";
    for name in ["brightline.yaml", ".brightline.yaml", "brightline.toml", ".brightline/config.yaml", "rules/taxonomy.yaml"] {
        for arguments in [&["--untrusted"][..], &[]] {
            assert_eq!(found(&[(name, allow), ("a.py", BREAKS)], arguments), ["a.py"], "{name}");
        }
    }
}

#[test]
fn what_the_author_allows_counts_all_the_same_and_is_said() {
    let text = format!("{}  # brightline: allow({RULE}) nobody minds\n", BREAKS.trim_end());
    let report = report(&[("a.py", &text)], &["--untrusted"]);
    assert_eq!(report["findings"][0]["status"]["kind"], "allowed-by-author");
    assert_eq!(report["findings"][0]["status"]["reason"], "nobody minds");
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere() {
    let outside = crate::tree([("a.py", BREAKS.as_bytes())]);
    let dir = crate::tree([("b.py", KEEPS.as_bytes())]);
    std::os::unix::fs::symlink(outside.path(), dir.path().join("folder")).unwrap();
    std::os::unix::fs::symlink(outside.path().join("a.py"), dir.path().join("file.py")).unwrap();
    std::os::unix::fs::symlink(dir.path(), dir.path().join("loop")).unwrap();
    for arguments in [&["scan", "--untrusted", "--format", "json"][..], &["scan", "--format", "json"]] {
        let run = crate::brightline(dir.path(), arguments);
        let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        assert_eq!(report["coverage"]["skipped"].as_array().unwrap().len(), 3, "{}", super::said(&run));
        assert_eq!(run.status.code(), Some(0));
    }
}
