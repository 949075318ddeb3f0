//! The apps in `fixtures`: each says itself what must be found in it, and nothing else may be.

use std::{collections::BTreeSet, fs};

use brightline::cli;

use crate::here;

#[test]
fn in_every_app_exactly_the_expected_is_found() {
    let faults = cli::fixtures::faults(&cli::builtin_pack(), &here("fixtures")).unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_rule_has_code_that_breaks_it_and_code_that_keeps_it() {
    let pack = cli::builtin_pack();
    let rules: BTreeSet<&str> = pack.sentences.iter().map(|sentence| sentence.id.as_str()).collect();
    let without: Vec<_> = rules
        .iter()
        .flat_map(|rule| ["breaks", "keeps"].map(|side| format!("fixtures/{rule}/{side}")))
        .filter(|path| fs::read_dir(here(path)).map_or(0, Iterator::count) == 0)
        .collect();
    assert!(without.is_empty(), "these folders hold no file:\n{}", without.join("\n"));
}

#[test]
fn every_pair_of_apps_is_named_after_a_rule_or_what_it_is_about() {
    let pack = cli::builtin_pack();
    let rules: BTreeSet<String> = pack.sentences.iter().map(|sentence| sentence.id.to_string()).collect();
    for entry in fs::read_dir(here("fixtures")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let pair = path.join("breaks").is_dir() || path.join("keeps").is_dir();
        let about = ["flow", "join", "guard", "lang", "evasion"].contains(&name.split('-').next().unwrap_or_default());
        assert!(!pair || about || rules.contains(&name), "there is no rule {name}");
    }
}
