//! The apps in `fixtures`: each says itself what must be found in it, and nothing else may be.

use std::{collections::BTreeSet, fs};

use brightline::{
    cli,
    language::{self, LANGUAGES, Reader},
};

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

/// What every language is shown to break, whatever the platform: the ends of names of rules.
const MATRIX: &[&str] = &[
    "-trait-inference",
    "-trait-segmentation",
    "-tracking",
    "-unmasking",
    "-deleted-content",
    "-disclosure",
    "-sale",
    "-eligibility-decision",
    "-account-action",
    "-account-exemption",
];

#[test]
fn the_same_violations_are_found_in_every_language_that_has_functions() {
    let mut missing = Vec::new();
    for language in LANGUAGES.iter().filter(|language| language.flows() && matches!(language.reader, Reader::Tree(_))) {
        let app = format!("fixtures/lang-{}", language.name);
        let of_side = |side: &str| -> Vec<String> {
            let files = walkdir::WalkDir::new(here(&format!("{app}/{side}"))).into_iter().flatten();
            let named = files
                .filter(|entry| language::of_file(&entry.path().to_string_lossy()).is_some_and(|of| of.name == language.name));
            named.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect()
        };
        let text = of_side("breaks").concat();
        missing.extend(MATRIX.iter().filter(|rule| !text.contains(*rule)).map(|rule| format!("{app}/breaks shows no {rule}")));
        let crosses = of_side("breaks").iter().filter(|file| file.contains("step:")).count() > 1;
        missing.extend((!crosses && language.name != "tsx").then(|| format!("{app}/breaks has no trace through two files")));
        missing.extend(of_side("keeps").is_empty().then(|| format!("{app}/keeps is empty")));
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
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
