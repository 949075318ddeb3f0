//! Comments that allow a finding, in each language; and those that do not do their work.

use super::{BREAKS, RULE, report};

/// Code of one language with a finding on the line of `«»`, which stands for a comment or nothing.
const CODE: &[(&str, &str, &str, &str)] = &[
    ("a.py", "from deepface import DeepFace\n«alone»\nx = DeepFace.analyze(p, actions=[\"race\"])«trailing»\n", "# ", ""),
    (
        "a.ts",
        "import { pipeline } from 'x';\n«alone»\nconst religionScore = religionClassifier.predict(user.name);«trailing»\n",
        "// ",
        "",
    ),
    ("b.js", "«alone»\nconst religionScore = religionClassifier.predict(user.name); «trailing»\n", "/* ", " */"),
    ("a.sql", "select array_agg(user_id), religion\nfrom users\n«alone»\ngroup by religion«trailing»\n", "-- ", ""),
];

/// Each code with `comment` where `place` is, and without the other place.
fn with(comment: &str, place: &str) -> Vec<(&'static str, String)> {
    let fill = |(path, code, open, close): &(&'static str, &str, &str, &str)| {
        let said = format!("{open}{comment}{close}");
        let other = if place == "«alone»" { "«trailing»" } else { "«alone»" };
        (*path, code.replace(place, &format!(" {said}")).replace(other, ""))
    };
    CODE.iter().map(fill).collect()
}

/// The rules found in one file, with their status.
fn found(path: &str, text: &str) -> Vec<(String, String)> {
    let report = report(&[(path, text)], &[]);
    let word = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let findings = report["findings"].as_array().unwrap();
    findings.iter().map(|finding| (word(&finding["rule"]), word(&finding["status"]["kind"]))).collect()
}

#[test]
fn a_comment_allows_the_finding_of_its_line_or_of_the_next_code() {
    for (path, text) in with("", "«trailing»") {
        let open = found(path, &text);
        assert_eq!(open.len(), 1, "{path}: {open:?}");
        let rule = &open[0].0;
        for place in ["«alone»", "«trailing»"] {
            let comment = format!("brightline: allow({rule}) asked for by the people themselves");
            let (_, text) = with(&comment, place).into_iter().find(|(other, _)| *other == path).unwrap();
            assert_eq!(found(path, &text), [(rule.clone(), "allowed".to_owned())], "{text}");
        }
    }
}

#[test]
fn a_comment_in_yaml_allows_an_entry() {
    let text = "streams:\n  - twitter: true\n    locations: [1, 2, 3, 4]\n    keywords: [protest, rally]«»\n";
    assert_eq!(found("a.yaml", &text.replace("«»", "")), [("people-event-monitoring".to_owned(), "open".to_owned())]);
    let allowed = text.replace("«»", "  # brightline: allow(people-event-monitoring) a history of the city in print");
    assert_eq!(found("a.yaml", &allowed), [("people-event-monitoring".to_owned(), "allowed".to_owned())]);
}

#[test]
fn one_comment_may_allow_several_rules() {
    let comment = "# brightline: allow(people-tracking, people-trait-inference) both were agreed";
    let text = BREAKS.trim_end().to_owned() + "  " + comment + "\n";
    let report = report(&[("a.py", &text)], &[]);
    assert_eq!(report["findings"][0]["status"]["kind"], "allowed");
    assert!(
        report["allow_faults"][0]["message"]
            .as_str()
            .is_some_and(|message| message.contains("nothing here breaks people-tracking"))
    );
}

#[test]
fn a_comment_that_does_not_do_its_work_allows_nothing_and_is_told() {
    for (comment, wanted) in [
        (format!("brightline: allow({RULE})"), "gives no reason"),
        (format!("brightline: allow({RULE})   "), "gives no reason"),
        ("brightline: allow(people-trait-inferense) a good reason".to_owned(), "there is no rule people-trait-inferense"),
        ("brightline: allow".to_owned(), "names no rule"),
        ("brightline: allow() a good reason".to_owned(), "names no rule"),
        ("brightline: allow(people-tracking) a good reason".to_owned(), "nothing here breaks people-tracking"),
    ] {
        let text = format!("{}  # {comment}\n", BREAKS.trim_end());
        let report = report(&[("a.py", &text)], &[]);
        assert_eq!(report["findings"][0]["status"]["kind"], "open", "{comment}");
        let faults: Vec<&str> =
            report["allow_faults"].as_array().unwrap().iter().filter_map(|fault| fault["message"].as_str()).collect();
        assert!(faults.len() == 1 && faults[0].contains(wanted), "{comment}: {faults:?}");
    }
}

#[test]
fn a_comment_where_nothing_is_found_is_told_even_in_a_file_without_a_word_of_the_pack() {
    let report = report(&[("a.py", "x = 1  # brightline: allow(people-tracking) it was needed once\n")], &[]);
    assert_eq!(report["allow_faults"].as_array().unwrap().len(), 1);
    assert_eq!(report["allow_faults"][0]["at"]["start"]["line"], 1);
}

#[test]
fn a_string_that_looks_like_a_comment_allows_nothing() {
    for text in [
        format!("{}; y = \"# brightline: allow({RULE}) a good reason\"\n", BREAKS.trim_end()),
        BREAKS.replace("faces", &format!("\"\"\"\n# brightline: allow({RULE}) a good reason\n\"\"\"\nfaces")),
    ] {
        assert_eq!(report(&[("a.py", &text)], &[])["findings"][0]["status"]["kind"], "open", "{text}");
    }
}
