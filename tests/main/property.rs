//! What must not change a byte of the report: whether files are left unparsed, the number of threads, the order of files.
//! And what a file less must not add.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    env, fs,
    path::Path,
};

use brightline::{
    cli,
    finding::Confidence,
    link::Lineage,
    output::{self, Format, Style},
    pack::Pack,
    prefilter::Prefilter,
    scan,
    settings::{Limits, Settings},
};
use proptest::{
    prelude::*,
    sample::select,
    test_runner::{Config, RngAlgorithm, TestRng, TestRunner},
};

use crate::here;

/// How many trees are made; `PROPTEST_CASES` says otherwise.
const CASES: u32 = 120;
/// Above this much text the prefilter works in another way. In bytes.
const PADDING: usize = 70 << 10;

/// Scraps of code, by the extension of the file they stand in; 1 to 3 are words, T is a string.
const SCRAPS: &[(&str, &[&str])] = &[
    (
        "py",
        &[
            "import 1\n",
            "from 1 import 2\n",
            "1 = 2.3(\"T\")\n",
            "1.2 = 3(x)\n",
            "def 1(2, 3):\n    return 2.3\n",
            "for 1 in 2:\n    3(1.name, \"T\")\n",
            "if 1.2 == \"T\":\n    3(1)\n",
            "class 1(Base):\n    2: str\n    3 = Column(String)\n",
            "1 = {\"2\": 3, \"T\": 1.get(\"3\")}\n",
            "db.execute(\"SELECT 1, user_id FROM 2 WHERE 3 = 'T' GROUP BY 1\")\n",
            "client.1(2=3, actions=[\"T\"])\n",
            "# 1 2 T\n",
            "try:\n    1(2)\nexcept 3:\n    pass\n",
            "def ((1:\n",
        ],
    ),
    (
        "ts",
        &[
            "import { 1 } from '2';\n",
            "const 1 = await 2.3(`T`);\n",
            "export function 1(2: string) { return 2.3; }\n",
            "for (const 1 of 2) { 3(1.name, 'T'); }\n",
            "if (1.2 === 'T') { 3(1); }\n",
            "interface 1 { 2: string; 3: number }\n",
            "const 1 = { 2: 3, 'T': 1 };\n",
            "pool.query(`INSERT INTO 1 (user_id, 2) VALUES (3, 'T')`);\n",
            "// 1 2 T\n",
            "router.post('T', (1, 2) => 3(1.body));\n",
        ],
    ),
    (
        "sql",
        &[
            "select 1, count(*) from 2 group by 1;\n",
            "select user_id, case when 1 > 0.5 then 'T' end as 2 from 3;\n",
            "create table 1 (user_id bigint, 2 text, 3 text);\n",
            "insert into 1 (user_id, 2) select id, 3 from 1;\n",
            "delete from 1 where 2 < now() - interval '3 days';\n",
            "select * from {{ ref('1') }} where 2 in ('T');\n",
            "-- 1 2 T\n",
        ],
    ),
    ("yaml", &["1:\n  2: \"T\"\n  3: [1, 2, 3]\n", "- 1: 2\n  3: \"T\"\n", "# 1 2 T\n"]),
    ("json", &["{\"1\": {\"2\": \"T\", \"3\": [\"1\", \"2 3\"]}}\n"]),
];

/// What a scrap is filled with.
#[derive(Debug)]
struct Words {
    /// Names, as code writes them.
    names: Vec<String>,
    /// Text of strings.
    texts: Vec<String>,
    /// Code that breaks a rule, with its extension.
    breaking: Vec<(String, String)>,
}

impl Words {
    /// Every word, path and text that the pack asks for, and some that it does not.
    fn of(pack: &Pack) -> Self {
        let plain = ["total", "user", "person", "people", "screen_name", "email", "index", "posts", "x"].map(str::to_owned);
        let mut names: Vec<String> =
            pack.lexicon.terms.iter().map(|term| term.trim_end_matches('*').replace([' ', '-'], "_")).collect();
        names.extend(pack.apis.patterns.iter().flatten().filter(|part| !part.contains('*')).map(|part| (**part).to_owned()));
        names.extend(pack.calls.keys().cloned());
        names.extend(pack.sdks.keys().cloned());
        names.sort_unstable();
        // Often a plain word, so that not every file matters.
        names.extend(plain.iter().cloned().cycle().take(names.len() / 2));
        let mut texts: Vec<String> = pack.texts.iter().map(|text| text.text.to_string()).collect();
        texts.extend(pack.lexicon.terms.iter().map(|term| term.trim_end_matches('*').to_owned()));
        texts.extend(plain);
        texts.retain(|text| !text.contains(['"', '\'', '`', '\\', '\n']));
        let extension = |file: &str| file.rsplit('.').next().unwrap_or_default().to_owned();
        let breaking =
            pack.sentences.iter().map(|sentence| (extension(&sentence.card.example_file), sentence.card.breaking.clone()));
        Self { names, texts, breaking: breaking.collect() }
    }

    /// A tree: for each file its extension and its text.
    fn tree(&self) -> impl Strategy<Value = Vec<(String, String)>> {
        prop::collection::vec(prop_oneof![3 => self.scraps(), 1 => self.example()], 1..5)
    }

    /// A file of scraps, now and then so long that the prefilter works in another way.
    fn scraps(&self) -> impl Strategy<Value = (String, String)> + use<> {
        let scraps = prop::collection::vec(self.scrap(), 1..6);
        (select(SCRAPS), scraps, prop::bool::weighted(0.05)).prop_map(|((extension, forms), scraps, pad)| {
            let mut text: String = scraps.iter().map(|scrap| scrap.written(forms)).collect();
            if pad && *extension != *"json" {
                text.push_str(&"\n".repeat(PADDING));
            }
            ((*extension).to_owned(), text)
        })
    }

    /// The example of a rule, with a line that is missing or one of its words that is another.
    fn example(&self) -> impl Strategy<Value = (String, String)> + use<> {
        let line = any::<prop::sample::Index>();
        (select(self.breaking.clone()), line, select(self.names.clone()), 0..4_u8).prop_map(
            |((extension, text), line, name, way)| {
                let lines: Vec<&str> = text.lines().collect();
                let at = line.index(lines.len());
                let other = match way {
                    0 => String::new(),
                    1 => lines[at].split(' ').next_back().map_or_else(String::new, |word| lines[at].replace(word, &name)),
                    _ => lines[at].to_owned(),
                };
                let text = lines.iter().zip(0..).map(|(line, number)| if number == at { other.as_str() } else { line });
                (extension, text.collect::<Vec<_>>().join("\n"))
            },
        )
    }

    fn scrap(&self) -> impl Strategy<Value = Scrap> + use<> {
        let name = || select(self.names.clone());
        (any::<prop::sample::Index>(), [name(), name(), name()], select(self.texts.clone()))
            .prop_map(|(form, names, text)| Scrap { form, names, text })
    }
}

#[derive(Clone, Debug)]
struct Scrap {
    form: prop::sample::Index,
    names: [String; 3],
    text: String,
}

impl Scrap {
    fn written(&self, forms: &[&str]) -> String {
        let fill = |char: char| match char {
            '1' => self.names[0].clone(),
            '2' => self.names[1].clone(),
            '3' => self.names[2].clone(),
            'T' => self.text.clone(),
            other => other.to_string(),
        };
        forms[self.form.index(forms.len())].chars().map(fill).collect()
    }
}

/// The whole report as JSON.
fn report(roots: &[&Path], pack: &Pack, prefilter: bool, threads: usize) -> String {
    let roots = roots.iter().map(|root| (*root).to_owned()).collect();
    let settings = Settings { roots, untrusted: true, prefilter, threads, keep_info: true, limits: Limits::USUAL };
    let report = scan::report(&settings, pack, &|_| ()).unwrap();
    assert!(report.coverage.adds_up());
    let mut out = Vec::new();
    output::write(&report, Format::Json, &Style { color: false, links: false, width: 100, why: true }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Fails where a way of working shows in the report.
fn same(roots: &[&Path], pack: &Pack) -> Result<(), TestCaseError> {
    let wanted = report(roots, pack, false, 1);
    for (prefilter, threads) in [(true, 1), (true, 2), (true, 8), (false, 8)] {
        let got = report(roots, pack, prefilter, threads);
        let differ = got.lines().zip(wanted.lines()).find(|(got, wanted)| got != wanted);
        prop_assert!(got == wanted, "prefilter {prefilter}, threads {threads}: {differ:?}");
    }
    Ok(())
}

#[test]
fn neither_prefilter_nor_threads_show_in_the_report_of_any_tree() {
    let pack = cli::builtin_pack();
    let words = Words::of(&pack);
    let asked = env::var_os("PROPTEST_CASES").is_some();
    let usual = Config { failure_persistence: None, ..Config::default() };
    let config = if asked { usual } else { Config { cases: CASES, ..usual } };
    // The same trees on every machine, unless more of them are asked for.
    let mut runner = match asked {
        true => TestRunner::new(config),
        false => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let (trees, found) = (Cell::new(0), Cell::new(0));
    let ran = runner.run(&words.tree(), |files| {
        let names: Vec<String> =
            files.iter().zip(0..).map(|((extension, _), number)| format!("file{number}.{extension}")).collect();
        let dir = crate::tree(names.iter().map(String::as_str).zip(files.iter().map(|(_, text)| text.as_bytes())));
        trees.set(trees.get() + 1);
        found.set(found.get() + usize::from(report(&[dir.path()], &pack, true, 1).contains("\"fingerprint\"")));
        same(&[dir.path()], &pack)
    });
    ran.unwrap_or_else(|fault| panic!("{fault}"));
    let (trees, found) = (trees.get(), found.get());
    assert!(found * 10 > trees, "only {found} of {trees} trees hold a finding, so they prove little");
}

#[test]
fn neither_prefilter_nor_threads_show_in_the_report_of_the_fixtures() {
    let pack = cli::builtin_pack();
    let apps = cli::fixtures::apps(&here("fixtures")).unwrap();
    let roots: Vec<&Path> = apps.iter().map(std::path::PathBuf::as_path).collect();
    same(&roots, &pack).unwrap();
}

#[test]
fn neither_prefilter_nor_threads_show_in_how_much_was_read_of_any_encoding() {
    let latin = b"# caf\xe9 sans mot de la liste\ntotal = 1\n";
    let wide: Vec<u8> = "\u{feff}total = 1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let dir = crate::tree([("latin.py", &latin[..]), ("wide.py", &wide), ("plain.py", b"total = 1\n")]);
    same(&[dir.path()], &cli::builtin_pack()).unwrap();
}

#[test]
fn all_ways_of_searching_find_the_same_literals() {
    let pack = cli::builtin_pack();
    let finders = [0, 1 << 20, 1 << 30].map(|bytes| Prefilter::new(&pack, bytes));
    for app in cli::fixtures::apps(&here("fixtures")).unwrap() {
        for entry in walkdir::WalkDir::new(app) {
            let entry = entry.unwrap();
            let Ok(text) = fs::read_to_string(entry.path()) else { continue };
            let hits = finders.each_ref().map(|finder| finder.hits(&text));
            assert!(hits[0] == hits[1] && hits[0] == hits[2], "{}", entry.path().display());
        }
    }
}

/// The files of an app, by path.
fn files_of(app: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(app).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let shown = |path: &Path| path.strip_prefix(app).unwrap().to_str().unwrap().to_owned();
    entries.map(|entry| (shown(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

#[test]
fn the_order_in_which_a_folder_lists_its_files_shows_in_no_trace() {
    let pack = cli::builtin_pack();
    for app in cli::fixtures::apps(&here("fixtures")).unwrap() {
        let files = files_of(&app);
        let written = |order: &mut dyn Iterator<Item = (&String, &Vec<u8>)>| {
            let files: Vec<(String, &[u8])> = order.map(|(path, bytes)| (format!("app/{path}"), bytes.as_slice())).collect();
            let dir = crate::tree(files.iter().map(|(path, bytes)| (path.as_str(), *bytes)));
            report(&[&dir.path().join("app")], &pack, true, 2).replace(dir.path().to_str().unwrap(), "")
        };
        assert!(written(&mut files.iter()) == written(&mut files.iter().rev()), "{}", app.display());
    }
}

/// Rule, file and line of the findings that are sure.
fn sure(root: &Path, pack: &Pack) -> BTreeSet<(String, String, u32)> {
    let settings = Settings {
        roots: vec![root.to_owned()],
        untrusted: true,
        prefilter: true,
        threads: 2,
        keep_info: true,
        limits: Limits::USUAL,
    };
    let findings = scan::report(&settings, pack, &|_| ()).map_or_else(|_| Vec::new(), |report| report.findings);
    let sure = findings.into_iter().filter(|finding| finding.confidence == Confidence::High);
    sure.map(|finding| (finding.rule.to_string(), finding.at.file.to_string(), finding.at.start.line)).collect()
}

/// The files of an app that show some safeguard.
fn safe(root: &Path, pack: &Pack) -> BTreeSet<String> {
    let settings = Settings {
        roots: vec![root.to_owned()],
        untrusted: true,
        prefilter: false,
        threads: 2,
        keep_info: true,
        limits: Limits::USUAL,
    };
    let mut all = BTreeSet::new();
    let mut look = |_: &str, lineage: &Lineage<'_>| {
        let safe = lineage.files.iter().filter(|file| !file.labels.safeguards.is_empty());
        all.extend(safe.map(|file| file.path.to_string()));
    };
    scan::inspect(&settings, pack, &mut look).unwrap();
    all
}

#[test]
fn an_app_without_one_of_its_files_breaks_no_more_rules_for_sure_unless_a_safeguard_went_with_it() {
    let pack = cli::builtin_pack();
    let mut removed = 0;
    for app in cli::fixtures::apps(&here("fixtures")).unwrap() {
        let files = files_of(&app);
        let code = files.keys().filter(|path| !path.ends_with(".txt")).count();
        if code < 2 {
            continue;
        }
        let (whole, safe) = (sure(&app, &pack), safe(&app, &pack));
        for gone in files.keys().filter(|path| !safe.contains(*path)) {
            let rest = files.iter().filter(|(path, _)| *path != gone).map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
            let dir = crate::tree(rest);
            let new: Vec<_> = sure(dir.path(), &pack).difference(&whole).cloned().collect();
            assert!(new.is_empty(), "{} without {gone}: {new:?}", app.display());
            removed += 1;
        }
    }
    assert!(removed > 200, "only {removed} files could be left out, so this proves little");
}
