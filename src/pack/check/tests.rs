//! A small pack that is right, and what is said when one thing of it is wrong.

use std::borrow::Cow;

use super::{faults, lints, reference};
use crate::{
    error::PackFault,
    pack::load::{self, Loaded, LoadedFile},
};

/// Keys differ from each other in more than two letters, so that a letter's change has one right answer.
const SAMPLE: &[(&str, &str)] = &[
    (
        "platforms/weather-net/api.yaml",
        "platform: weather-net
sdks:
  - imports: [weathernet]
    kind: official
calls:
  - names: [get_neighbors]
    gives: [social-graph, special-category]
    says: reads a user's neighbors
texts:
  - text: [api.weather.example]
    kind: endpoint
    gives: [religion]
    says: speaks to the network
",
    ),
    (
        "platforms/weather-net/terms.yaml",
        "platform: weather-net
title: Weather Net
documents:
  - key: developer-terms
    title: Developer terms
    url: https://weather.example/terms
    dated: 2026-01-31
    seen: 2026-02-01
clauses:
  - id: weather-net.sensitive
    document: developer-terms
    section: '4'
    says: No guesses about belief.
    safeguards: [aggregate-without-ids]
    severity: critical
  - id: weather-net.storage
    document: developer-terms
    section: '5'
    says: Ask before you keep.
    severity: medium
",
    ),
    (
        "prohibitions/weather-net-infer.yaml",
        "id: weather-net-infer
title: Guesses belief
category: profiling
prohibited:
  use: [infer, infer/classifier]
  data: [special-category]
  source: weather-net
clauses: [weather-net.sensitive]
why: People are harmed.
remedy: Do not.
example: {file: app.py, breaking: a, keeping: b}
",
    ),
    (
        "prohibitions/weather-net-store.yaml",
        "id: weather-net-store
title: Keeps data without asking
category: registry
required:
  safeguard: [consent]
  within: function
  whenever:
    use: [store]
    data: [social-graph]
    source: any
clauses: [weather-net.storage]
why: People are harmed.
remedy: Ask.
example: {file: app.py, breaking: a, keeping: b}
",
    ),
    (
        "safeguards/aggregate-without-ids.yaml",
        "shows: aggregate-without-ids
forms:
  - {id: count, says: counts, node: [call], name: [count]}
",
    ),
    (
        "safeguards/consent.yaml",
        "shows: consent
forms:
  - id: asks
    says: asks
    node: [call, branch]
    name: ['@person', consent]
",
    ),
    (
        "taxonomy.yaml",
        "categories:
  - {key: profiling, title: profiles, says: It profiles.}
  - {key: registry, title: registers, says: It registers.}
data:
  - {key: religion, title: religion, says: Belief., groups: [special-category]}
  - {key: social-graph, title: friends, says: Friends.}
uses:
  - {key: infer, title: infers, says: It infers.}
  - {key: store, title: stores, says: It stores.}
safeguards:
  - {key: consent, title: consent, says: Asked.}
  - {key: aggregate-without-ids, title: counts, says: Counted.}
lists:
  - {key: person, title: people, says: People.}
paths:
  - {kind: generated, parts: [gen, '*.min.js'], at_most: medium}
",
    ),
    (
        "uses/infer.yaml",
        "shows: infer
none:
  - {in: function, words: [fairness]}
forms:
  - id: classifier
    says: classifies
    node: [call, assign]
    name: [predict*]
    not: ['@person']
    api: [weathernet.Model.*]
    data: [religion]
    about: [special-category]
    all:
      - in: statement
        node: [member]
        words: ['@person', score]
        data: [social-graph]
        source: [weather-net, any]
    any:
      - {in: inside, text: [belief], api: [a.b]}
    none:
      - {in: around, words: [mask]}
    alone: medium
",
    ),
    (
        "uses/store.yaml",
        "shows: store
forms:
  - {id: insert, says: inserts, node: [literal], text: [insert into], pattern: '^insert', alone: info}
",
    ),
    (
        "words/person.yaml",
        "words: person
vocabulary:
  - {language: en, strong: [person, user]}
",
    ),
    (
        "words/religion.yaml",
        "words: religion
company: [person, special-category]
vocabulary:
  - language: en
    strong: [church, pray*]
    weak: [faith]
    against: [good faith]
  - {language: de, strong: [kirche]}
",
    ),
];

/// The sample with one file's text changed.
fn sample(path: &str, change: impl Fn(&str) -> String) -> Loaded {
    let file = |(name, text): &(&str, &str)| -> LoadedFile {
        let text = if *name == path { change(text) } else { (*text).to_owned() };
        load::parse(name, &format!("rules/{name}"), Cow::Owned(text)).unwrap_or_else(|faults| panic!("{faults:?}"))
    };
    Loaded { files: SAMPLE.iter().map(file).collect(), replaced: Vec::new(), added: Vec::new(), hash: String::new() }
}

fn unchanged() -> Loaded {
    sample("", str::to_owned)
}

#[test]
fn the_sample_has_neither_faults_nor_lints() {
    let loaded = unchanged();
    assert_eq!(faults(&loaded), []);
    assert_eq!(lints(&loaded), []);
}

/// Each reference of the sample is broken by one letter, one after the other.
#[test]
fn a_wrong_letter_in_any_reference_is_a_fault_at_its_place_that_tells_the_right_one() {
    let loaded = unchanged();
    let references = reference::all(&loaded);
    assert!(references.len() > 50, "{}", references.len());
    for reference in &references {
        let (path, name) = (reference.site.file.path.as_str(), reference.name);
        let (line, column) = reference.site.place();
        // One letter of the middle is turned into one that no key has there.
        let middle = name.len() / 2;
        let wrong = format!("{}q{}", &name[..middle], &name[middle + 1..]);
        let broken = sample(path, |text| {
            let at = byte_of(text, line, column);
            let at = at + text[at..].find(name).expect("the name stands at its place");
            format!("{}{wrong}{}", &text[..at], &text[at + name.len()..])
        });
        let found = faults(&broken);
        let wanted = |fault: &&PackFault| {
            (fault.file.as_str(), fault.line, fault.column) == (reference.site.file.shown.as_str(), line, column)
        };
        let messages: Vec<&str> = found.iter().filter(wanted).map(|fault| fault.message.as_str()).collect();
        let right = format!("`{wrong}`; did you mean `{name}`?");
        assert!(messages.iter().any(|message| message.contains(&right)), "{path}:{line}:{column}: {wrong}: {found:#?}");
    }
}

fn byte_of(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
    before + column - 1
}

/// In the file, one text is put for another; the fault's place and a part of its message.
const BROKEN: &[(&str, &str, &str, &str, &str)] = &[
    ("platforms/weather-net/api.yaml", "[weathernet]", "[]", "3:5", "has no imports"),
    ("platforms/weather-net/api.yaml", "[api.weather.example]", "[' ']", "10:12", "would stand everywhere"),
    ("platforms/weather-net/api.yaml", "platform: weather-net", "platform: Weather", "1:11", "is no key"),
    ("platforms/weather-net/terms.yaml", "https:", "http:", "6:10", "no https:// address"),
    ("platforms/weather-net/terms.yaml", "2026-01-31", "2026-31-01", "7:12", "no date"),
    ("platforms/weather-net/terms.yaml", "2026-02-01", "''", "8:11", "no date"),
    ("platforms/weather-net/terms.yaml", "weather-net.storage", "x.storage", "16:9", "a clause's id is `weather-net.`"),
    (
        "platforms/weather-net/terms.yaml",
        "weather-net.storage",
        "weather-net.sensitive",
        "16:9",
        "defined twice, first at rules/platforms/weather-net/terms.yaml:10:9",
    ),
    ("prohibitions/weather-net-infer.yaml", "clauses: [weather-net.sensitive]", "clauses: []", "8:10", "names no clause"),
    ("prohibitions/weather-net-infer.yaml", "why: People are harmed.", "why: ''", "9:6", "`why` says nothing"),
    ("prohibitions/weather-net-infer.yaml", "breaking: a", "breaking: ' '", "11:35", "`breaking` says nothing"),
    ("prohibitions/weather-net-infer.yaml", "use: [infer, infer/classifier]", "use: []", "5:8", "names no use"),
    (
        "prohibitions/weather-net-infer.yaml",
        "why:",
        "required: {safeguard: [consent], within: app, whenever: {use: [store], source: any}}\nwhy:",
        "9:11",
        "not both",
    ),
    (
        "prohibitions/weather-net-infer.yaml",
        "id: weather-net-infer",
        "id: weather-net-store",
        "1:5",
        "rule `weather-net-store` is defined twice",
    ),
    ("prohibitions/weather-net-store.yaml", "safeguard: [consent]", "safeguard: []", "5:14", "names no safeguard"),
    (
        "prohibitions/weather-net-store.yaml",
        "id: weather-net-store",
        "id: weather-net-infer",
        "1:5",
        "first at rules/prohibitions/weather-net-infer.yaml:1:5",
    ),
    ("taxonomy.yaml", "key: registry", "key: profiling", "3:11", "category `profiling` is defined twice"),
    ("taxonomy.yaml", "key: person", "key: social-graph", "6:11", "key of data or words `social-graph` is defined twice"),
    ("taxonomy.yaml", "says: Belief.", "says: ''", "5:44", "`says` says nothing"),
    ("taxonomy.yaml", "[gen,", "[Gen,", "16:31", "a path part is the lower-case name"),
    ("uses/infer.yaml", "name: [predict*]", "name: [Predict]", "8:12", "is not lower case"),
    ("uses/infer.yaml", "api: [weathernet.Model.*]", "api: [weathernet..Model]", "10:11", "is no path"),
    ("uses/infer.yaml", "{in: around, words: [mask]}", "{in: around}", "22:9", "asks for nothing"),
    (
        "uses/store.yaml",
        "text: [insert into], pattern: '^insert'",
        "name: [a], pattern: '(x'",
        "3:70",
        "is no regular expression: unclosed group",
    ),
    ("uses/store.yaml", "text: [insert into], pattern: '^insert'", "name: [a], pattern: x", "3:70", "needs `text` beside it"),
    ("uses/store.yaml", "text: [insert into], pattern: '^insert', ", "", "3:5", "has nothing to match"),
    ("uses/store.yaml", "node: [literal]", "node: []", "3:5", "no kind of node"),
    (
        "uses/store.yaml",
        "shows: store",
        "shows: infer",
        "1:8",
        "use `infer` is defined twice, first at rules/uses/infer.yaml:1:8",
    ),
    ("words/person.yaml", "words: person", "words: religion", "1:8", "words of `religion` is defined twice"),
    ("words/religion.yaml", "language: de", "language: en", "8:16", "language `en` is defined twice"),
    ("words/religion.yaml", "language: de", "language: german", "8:16", "no language tag"),
    ("words/religion.yaml", "weak: [faith]", "weak: [church]", "6:12", "word `church` is defined twice"),
    ("words/religion.yaml", "pray*", "''", "5:22", "is empty"),
];

#[test]
fn what_cannot_be_right_is_a_fault_at_its_place() {
    let mut missed = Vec::new();
    for (path, old, new, place, message) in BROKEN {
        let broken = sample(path, |text| {
            assert!(text.contains(old), "{path}: {old}");
            text.replacen(old, new, 1)
        });
        let found: Vec<String> = faults(&broken).iter().map(PackFault::to_string).collect();
        if !found.iter().any(|fault| fault.contains(&format!(":{place}: ")) && fault.contains(message)) {
            missed.push(format!("{path}: {new}: wanted {place}: {message}: found {found:#?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn a_list_without_words_is_a_fault_where_it_is_used() {
    let mut loaded = unchanged();
    loaded.files.retain(|file| file.path != "words/person.yaml");
    let found = faults(&loaded);
    assert_eq!(
        found[0].to_string(),
        "rules/safeguards/consent.yaml:6:12: the list `person` has no words; words/person.yaml is missing"
    );
}

#[test]
fn a_pack_without_a_taxonomy_says_so_first() {
    let mut loaded = unchanged();
    loaded.files.retain(|file| file.path != "taxonomy.yaml");
    let found = faults(&loaded);
    assert!(found.iter().any(|fault| fault.to_string() == "rules/taxonomy.yaml: is missing; it defines every key"), "{found:#?}");
    loaded.files.clear();
    assert_eq!(faults(&loaded), [], "an empty pack has nothing that is wrong");
}

#[test]
fn what_nothing_uses_and_what_repeats_is_a_lint() {
    for (path, old, new, message) in [
        (
            "prohibitions/weather-net-store.yaml",
            "[weather-net.storage]",
            "[weather-net.sensitive]",
            "terms.yaml:16:9: no rule cites this clause",
        ),
        (
            "prohibitions/weather-net-store.yaml",
            "Keeps data without asking",
            "Guesses belief",
            "weather-net-store.yaml:2:8: rules/prohibitions/weather-net-infer.yaml has the same title",
        ),
        ("prohibitions/weather-net-store.yaml", "Keeps data without asking", "Keeps data.", "ends with a full stop"),
        ("prohibitions/weather-net-store.yaml", "id: weather-net-store", "id: no-storing", "named after what it finds"),
        (
            "prohibitions/weather-net-store.yaml",
            "category: registry",
            "category: profiling",
            "taxonomy.yaml:3:11: nothing uses this key",
        ),
        ("words/person.yaml", "words: person", "words: social-graph", "taxonomy.yaml:14:11: no file shows"),
        ("words/person.yaml", "words: person", "words: social-graph", "words/person.yaml:1:8: `social-graph` stands in a file"),
        ("uses/store.yaml", "text: [insert into], pattern: '^insert'", "api: ['**']", "uses/store.yaml:3:10: has no word"),
        (
            "platforms/weather-net/terms.yaml",
            "clauses:",
            "  - {key: more, title: More, url: https://weather.example/more, seen: 2026-02-01}\nclauses:",
            "terms.yaml:9:11: no clause stands in",
        ),
    ] {
        let loaded = sample(path, |text| text.replacen(old, new, 1));
        let found: Vec<String> = lints(&loaded).iter().map(PackFault::to_string).collect();
        assert!(found.iter().any(|lint| lint.contains(message)), "{path}: {new}\n{found:#?}");
    }
}
