//! The rules as people meet them.

use std::collections::BTreeSet;

use brightline::cli;

use crate::{brightline, here};

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
