//! What is hidden is found, and ordinary text of any script, encoding or kind hides nothing.

use std::collections::BTreeSet;

use brightline::{
    cli,
    pack::Pack,
    scan,
    settings::{Limits, Settings},
};
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

/// Words of ordinary texts in many scripts; none is Latin in disguise.
const WORDS: &[&str] = &[
    "религия",
    "протест",
    "раса",
    "пользователь",
    "вероисповедание",
    "ГОСТ",
    "Москва",
    "имя_поля",
    "ж1",
    "веб-сервер",
    "Facebookа",
    "θρησκεία",
    "διαδήλωση",
    "όνομα",
    "μ",
    "Δt",
    "σ2",
    "宗教",
    "抗議",
    "利用者",
    "検索ボックス",
    "한국어",
    "종교",
    "시위",
    "دین",
    "مذهب",
    "احتجاج",
    "كاربر\u{200c}ها",
    "می\u{200c}خواهم",
    "שם",
    "דת",
    "\u{200f}הפגנה\u{200f}",
    "धर्म",
    "क्\u{200d}ष",
    "ศาสนา",
    "tôn giáo",
    "naïve",
    "Straßen\u{ad}bahn",
    "👨\u{200d}👩\u{200d}👧\u{200d}👦",
    "🏳\u{fe0f}\u{200d}🌈",
    "1\u{fe0f}\u{20e3}",
    "ＡＢＣ",
    "ﾃﾞｰﾀ",
    "Ünïcödé",
    "\u{feff}",
    "ıstanbul",
    "%D1%80%D0%B5%D0%BB",
    "\\u0440\\u0435",
    "\\xd1\\x80",
    "\\u00e9tat",
    "%20%2F",
    "caf\\u00e9",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4",
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ",
    "d09GMgABAAAAAAXcAAsAAAAADLQAAAWN",
    "eyJhbGciOiJIUzI1NiJ9",
    "sha256-47DEQpj8HBSa",
];

/// Files that these words stand in: a name, a text, a comment.
const FORMS: &[(&str, &str)] = &[
    ("py", "# 1\nvalue = \"1\" + \"2\"\nlabels = {\"3\": \"1\"}\nprint(\"\".join([\"2\", \"3\"]), base64.b64decode(\"3\"))\n"),
    ("js", "// 1\nconst value = \"1\" + '2';\nconst labels = { key: `3 1`, other: [\"2\", \"3\"].join(\"\") };\natob(\"2\");\n"),
    ("json", "{ \"title\": \"1\", \"text\": \"2 3\", \"list\": [\"1\", \"2\"] }\n"),
    ("yaml", "title: \"1\"\ntext: '2 3'\n# 1\n"),
    ("java", "class A {\n    // 1\n    String value = \"1\" + \"2\";\n    byte[] raw = Base64.getDecoder().decode(\"3\");\n}\n"),
    ("php", "<?php\n// 1\n$value = '1' . '2';\necho base64_decode('3');\n"),
    ("sql", "-- 1\nselect '2' as label, '3' as text;\n"),
    ("min", "!function(t){var e=\"1\",n='2';t.q=e+n+\"3\"}(window);"),
];

fn findings(files: &[(String, String)], pack: &Pack) -> Vec<String> {
    let dir = crate::tree(files.iter().map(|(name, text)| (name.as_str(), text.as_bytes())));
    let roots = vec![dir.path().to_owned()];
    let settings = Settings { roots, untrusted: true, prefilter: true, threads: 2, keep_info: true, limits: Limits::USUAL };
    let report = scan::report(&settings, pack, &|_| ()).unwrap();
    report.findings.iter().map(|finding| format!("{} {}", finding.category, finding.message)).collect()
}

#[test]
fn ordinary_text_of_any_script_hides_nothing() {
    let pack = cli::builtin_pack();
    let word = || select(WORDS);
    let file = (select(FORMS), word(), word(), word(), any::<bool>());
    let config = Config { cases: 200, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let ran = runner.run(&proptest::collection::vec(file, 1..6), |made| {
        let files: Vec<(String, String)> = made
            .iter()
            .zip(0..)
            .map(|(((extension, form), one, two, three, mark), number)| {
                let text = form.replace('1', one).replace('2', two).replace('3', three);
                let name = if *extension == "min" { "js" } else { extension };
                (format!("файл{number}.{name}"), format!("{}{text}", if *mark { "\u{feff}" } else { "" }))
            })
            .collect();
        let found = findings(&files, &pack);
        prop_assert!(found.is_empty(), "{found:?} in {files:?}");
        Ok(())
    });
    ran.unwrap_or_else(|fault| panic!("{fault}"));
}

/// Ways to write a text so that it does not show, as an expression of Python.
fn disguises(word: &str) -> Vec<(&'static str, String)> {
    let (head, tail) = word.split_at(2);
    let codes: Vec<String> = word.chars().map(|char| u32::from(char).to_string()).collect();
    let base64 = data_encoding::BASE64.encode(word.as_bytes());
    let hex = data_encoding::HEXLOWER.encode(word.as_bytes());
    let backwards: String = word.chars().rev().collect();
    let escaped: String = word.chars().map(|char| format!("\\x{:02x}", u32::from(char))).collect();
    vec![
        ("lookalike", format!("\"{}\"", word.replacen('o', "\u{43e}", 1).replacen('e', "\u{435}", 1))),
        ("zero width", format!("\"{head}\u{200b}{tail}\"")),
        ("direction", format!("\"{head}\u{202e}\u{202c}{tail}\"")),
        ("escape", format!("\"{escaped}\"")),
        ("sum", format!("\"{head}\" + \"{tail}\"")),
        ("join", format!("\"\".join([\"{head}\", \"{tail}\"])")),
        ("numbers", format!("\"\".join(chr(c) for c in [{}])", codes.join(", "))),
        ("base64", format!("base64.b64decode(\"{base64}\").decode()")),
        ("base64 twice", format!("b64decode(b64decode(\"{}\"))", data_encoding::BASE64.encode(base64.as_bytes()))),
        ("hex", format!("bytes.fromhex(\"{hex}\").decode()")),
        ("backwards", format!("\"{backwards}\"[::-1]")),
    ]
}

#[test]
fn a_trait_that_is_written_in_any_of_these_ways_is_found_on_its_line() {
    let pack = cli::builtin_pack();
    for word in ["religion", "ethnicity", "sexual_orientation", "political_opinion"] {
        for (way, code) in disguises(word) {
            let text = format!("import pandas as pd\n\nmembers = pd.read_csv(\"members.csv\")\ncolumn = {code}\n");
            let found = findings(&[("lists.py".to_owned(), text)], &pack);
            assert_eq!(found.len(), usize::from(!plain(way, word)), "{word} by {way}: {found:?}");
        }
    }
}

/// Whether a disguise leaves the word as it is.
fn plain(way: &str, word: &str) -> bool {
    way == "lookalike" && !word.contains(['o', 'e'])
}

#[test]
fn what_is_hidden_is_shown_as_it_was_written() {
    let pack = cli::builtin_pack();
    let text = "members = load()\nlists = members.groupby(\"reli\u{200b}gion\")[\"user_id\"].apply(list)\n";
    let dir = crate::tree([("lists.py", text.as_bytes())]);
    let roots = vec![dir.path().to_owned()];
    let settings = Settings { roots, untrusted: true, prefilter: true, threads: 1, keep_info: true, limits: Limits::USUAL };
    let report = scan::report(&settings, &pack, &|_| ()).unwrap();
    let places: BTreeSet<(String, u32, String)> = report
        .findings
        .iter()
        .map(|finding| (finding.category.to_string(), finding.at.start.line, text[finding.at.span.range()].to_owned()))
        .collect();
    let call = "members.groupby(\"reli\u{200b}gion\")";
    assert_eq!(places.len(), 2, "{places:?}");
    assert!(
        places.iter().all(|(_, line, shown)| *line == 2 && (shown.contains(call) || call.contains(shown.as_str()))),
        "{places:?}"
    );
    assert!(report.findings.iter().all(|finding| finding.at.excerpt.text.contains("reli\u{200b}gion")));
}
