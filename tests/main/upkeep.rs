//! What keeps a pack true over time: clauses that are due for a look, terms that changed, conditions that nothing tests.

use std::fs;

use crate::{brightline, here, tree};

const OLD: &str = "<!doctype html><html><body><nav>Menu</nav><h1>Terms</h1><h2>XIV. Other terms</h2>\
    <h3>B. User Protection</h3><p>You may not watch people. You may not follow protests.</p>\
    <h3>C. Government Use</h3><p>Agencies need a contract.</p></body></html>";

fn run(arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = brightline(&here("."), arguments);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (run.status.code(), text(&run.stdout), text(&run.stderr))
}

#[test]
fn clauses_last_seen_before_a_day_are_listed() {
    let (code, out, _) = run(&["rules", "--stale", "30", "--today", "2040-01-01"]);
    assert_eq!(code, Some(1));
    assert!(out.contains("x.agr.xiv.b.c") && out.contains("gdpr.9.1"), "{out}");
    let (code, out, _) = run(&["rules", "--stale", "30", "--today", "2016-11-22"]);
    assert_eq!((code, out.starts_with("0 of ")), (Some(0), true), "{out}");
    let (code, _, err) = run(&["rules", "--stale", "30", "--today", "soon"]);
    assert_eq!(code, Some(2));
    assert!(err.contains("soon is no date; write it as 2026-11-27"), "{err}");
}

#[test]
fn two_copies_of_terms_tell_which_rules_rest_on_what_changed() {
    let new = OLD.replace("follow protests", "track protests");
    let dir =
        tree([("old.html", OLD.as_bytes()), ("new.html", new.as_bytes()), ("bad.txt", b"\xff\xfe\xff"), ("empty.md", b"\n")]);
    let path = |name: &str| dir.path().join(name).display().to_string();
    let diff = |document: &str, old: &str, new: &str| run(&["terms", "diff", document, "--old", &path(old), "--new", &path(new)]);
    let (code, out, _) = diff("x/agreement", "old.html", "new.html");
    assert_eq!(code, Some(1), "{out}");
    for said in
        ["changed: B. User Protection", "- You may not follow protests.", "+ You may not track protests.", "x-event-monitoring"]
    {
        assert!(out.contains(said), "{said}\n{out}");
    }
    assert!(!out.contains("x.agr.xiv.c"), "{out}");
    assert_eq!(diff("x/agreement", "old.html", "old.html").0, Some(0));
    for (document, new, said) in [
        ("x/agrement", "new.html", "did you mean x/agreement"),
        ("myspace/terms", "new.html", "`brightline terms` lists them"),
        ("x/agreement", "gone.html", "No such file"),
        ("x/agreement", "bad.txt", "is not UTF-8"),
        ("x/agreement", "empty.md", "holds no text"),
    ] {
        let (code, _, err) = diff(document, "old.html", new);
        assert_eq!(code, Some(2), "{err}");
        assert!(err.contains(said), "{said}\n{err}");
    }
}

#[test]
fn a_condition_that_no_fixture_would_miss_is_listed() {
    let form = fs::read_to_string(here("rules/uses/conceal.yaml")).unwrap();
    let dull = form.replacen("    alone: high\n", "    none:\n      - { in: file, words: [zymurgy] }\n    alone: high\n", 1);
    let rules = tree([("uses/conceal.yaml", dull.as_bytes())]);
    let keeps = "def lists(members):\n    return members.groupby(\"reli\u{200b}gion\")[\"user_id\"].apply(list)  # zymurgy\n";
    let app = tree([("app/keeps/lists.py", keeps.as_bytes())]);
    let heard = keeps.replace("# zymurgy", "+ zymurgy()  # expect: people-trait-segmentation");
    let tested = tree([("app/breaks/lists.py", heard.as_bytes())]);
    let untested = |fixtures: &std::path::Path| {
        let (_, out, err) =
            run(&["rules", "test", "--mutate", "--rules", &rules.path().display().to_string(), &fixtures.display().to_string()]);
        assert!(out.contains("conditions of forms left out in turn"), "{out}{err}");
        out.lines().any(|line| line.starts_with("untested:") && line.contains("zymurgy"))
    };
    assert!(untested(app.path()), "a comment is no word of the code");
    assert!(!untested(tested.path()), "without the condition it is found");
}
