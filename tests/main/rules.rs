//! The rules as people meet them.

use std::collections::BTreeSet;

use brightline::cli;

use crate::{brightline, here, tree};

#[test]
fn ids_are_unique_and_sorted() {
    let pack = cli::builtin_pack();
    let ids: Vec<&str> = pack.sentences.iter().map(|sentence| sentence.id.as_str()).collect();
    assert!(ids.is_sorted_by(|a, b| a < b), "{ids:?}");
    assert!(ids.len() >= 35, "{} rules", ids.len());
}

#[test]
fn every_category_has_a_rule() {
    let pack = cli::builtin_pack();
    let found: BTreeSet<&str> = pack.sentences.iter().map(|sentence| &*sentence.card.category.0).collect();
    let known: BTreeSet<&str> = pack.categories.iter().map(|(category, _)| &*category.key).collect();
    assert_eq!(found, known);
}

#[test]
fn every_rule_can_be_looked_up_at_its_clauses() {
    for sentence in &cli::builtin_pack().sentences {
        let card = &sentence.card;
        assert!(!card.clauses.is_empty(), "{} cites no clause", card.id);
        for clause in &card.clauses {
            assert!(clause.url.starts_with("https://"), "{}: {}", clause.id, clause.url);
            for date in [&clause.seen, &clause.dated] {
                let parts: Vec<usize> = date.split('-').map(str::len).collect();
                assert!(parts == [4, 2, 2] || date.is_empty(), "{}: {date}", clause.id);
            }
            assert!(!clause.seen.is_empty(), "{}: nobody saw it", clause.id);
        }
    }
}

#[test]
fn every_example_does_what_it_says() {
    let run = brightline(&here(""), &["rules", "test"]);
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stdout));
}

#[test]
fn every_rule_has_a_card() {
    for sentence in &cli::builtin_pack().sentences {
        let card = &sentence.card;
        for (part, text) in [("title", &card.title), ("sentence", &card.sentence), ("why", &card.why), ("remedy", &card.remedy)] {
            assert!(!text.trim().is_empty(), "{} has no {part}", card.id);
        }
    }
}

/// A house rule that asks for a fact besides the use, at the distance that the test fills in.
const TOGETHER: &str = "\
id: house-named-faith
title: tells the police who believes what
category: registry
prohibited:
  use: [disclose]
  data: [religion]
  source: any
  together:
    - FACT
clauses: [neveragain.1]
why: A test.
remedy: None.
example: { file: a.py, breaking: 'a', keeping: 'a' }
";

const SENDS: &str = "\
from build import record

def both(person):
    send_to_police({'religion': person.religion, 'full_name': person.full_name})

def one(person):
    send_to_police({'religion': person.religion})

def far(person):
    send_to_police(record(person))
";

#[test]
fn facts_that_a_sentence_asks_for_stand_within_its_distance_and_are_shown() {
    let build = "def record(person):\n    return {'religion': person.religion, 'full_name': person.full_name}\n";
    let faces = "from deepface import DeepFace\nfaces = DeepFace.analyze('a.jpg', actions=['race'])\n";
    for (fact, lines, shown) in [
        ("{ within: function, data: [identity] }", &[4][..], "send.py:4"),
        ("{ within: file, data: [identity] }", &[4, 7, 10], "send.py:4"),
        ("{ within: pipeline, data: [identity] }", &[4, 10], "build.py:2"),
        ("{ within: app, use: [infer] }", &[4, 7, 10], "faces.py:2"),
        ("{ within: function, use: [infer] }", &[], ""),
        ("{ within: pipeline, data: [contact] }", &[], ""),
    ] {
        let rule = TOGETHER.replace("FACT", fact);
        let files = [
            ("house/prohibitions/house-named-faith.yaml", rule.as_bytes()),
            ("app/send.py", SENDS.as_bytes()),
            ("app/build.py", build.as_bytes()),
            ("app/faces.py", faces.as_bytes()),
        ];
        let dir = tree(files);
        let run = brightline(dir.path(), &["scan", "app", "--rules", "house", "--format", "json", "--min-confidence", "low"]);
        let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        let findings: Vec<&serde_json::Value> =
            report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "house-named-faith").collect();
        let found: Vec<u64> = findings.iter().map(|finding| finding["at"]["start"]["line"].as_u64().unwrap()).collect();
        assert_eq!(found, lines, "{fact}");
        let Some(last) = findings.last() else { continue };
        let step = last["trace"].as_array().unwrap().iter().find(|step| {
            step["note"].as_str().unwrap().starts_with("together with it")
                && format!("{}:{}", step["at"]["file"].as_str().unwrap(), step["at"]["start"]["line"]) == shown
        });
        assert!(step.is_some(), "{fact}: {shown} is not shown in {}", last["trace"]);
    }
}

#[test]
fn a_duty_towards_a_pipeline_is_fulfilled_in_any_file_on_the_way() {
    let rule = TOGETHER
        .replace("prohibited:", "required:\n  safeguard: [consent]\n  within: pipeline\n  whenever:")
        .replace(
            "  use: [disclose]\n  data: [religion]\n  source: any\n",
            "    use: [disclose]\n    data: [religion]\n    source: any\n",
        )
        .replace("  together:\n    - FACT\n", "");
    let asks = "    if not person.consent_given:\n        return None\n";
    for (asked, lines) in [("", &[4, 7, 10][..]), (asks, &[4, 7])] {
        let build = format!("def record(person):\n{asked}    return {{'religion': person.religion}}\n");
        let files = [
            ("house/prohibitions/house-named-faith.yaml", rule.as_bytes()),
            ("app/send.py", SENDS.as_bytes()),
            ("app/build.py", build.as_bytes()),
        ];
        let dir = tree(files);
        let run = brightline(dir.path(), &["scan", "app", "--rules", "house", "--format", "json", "--min-confidence", "low"]);
        let report: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
        let findings = report["findings"].as_array().unwrap().iter().filter(|finding| finding["rule"] == "house-named-faith");
        let found: Vec<u64> = findings.map(|finding| finding["at"]["start"]["line"].as_u64().unwrap()).collect();
        assert_eq!(found, lines, "asked: {asked}");
    }
}
