//! What the words of the pack mean in code, in each human language: a row of `words.tsv` for each name or text.

use std::collections::{BTreeMap, BTreeSet};

use brightline::{
    label::Labeler,
    language,
    lower::Lowerer,
    pack::{Pack, load},
    settings::Limits,
};

/// A line of the table: human language, expected data, extension of the file, code.
struct Row {
    language: &'static str,
    expected: &'static str,
    extension: &'static str,
    code: &'static str,
}

/// The rows: `key` must be among the data of the code, `!key` must not be, and `-` says that there is no data at all.
fn rows() -> Vec<Row> {
    let lines = table().lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let row = |line: &'static str| match line.split('\t').collect::<Vec<_>>()[..] {
        [language, expected, extension, code] => Row { language, expected, extension, code },
        _ => panic!("no row of four cells: {line}"),
    };
    lines.map(row).collect()
}

/// The data that the words of a line of code mean, by key.
fn data(pack: &Pack, labeler: &Labeler<'_>, lowerer: &mut Lowerer, row: &Row) -> BTreeSet<String> {
    let language = language::of_file(&format!("row.{}", row.extension)).unwrap();
    let graph = lowerer.graph(row.code, language, &Limits::USUAL);
    let labels = labeler.labels(&graph, row.code, &BTreeSet::new(), None);
    labels.data.iter().map(|label| pack.data[usize::from(label.data)].key.to_string()).collect()
}

#[test]
fn words_mean_what_the_table_says() {
    let pack = pack();
    let (labeler, mut lowerer) = (Labeler::new(&pack), Lowerer::default());
    let mut wrong = Vec::new();
    for row in rows() {
        let found = data(&pack, &labeler, &mut lowerer, &row);
        let good = match (row.expected, row.expected.strip_prefix('!')) {
            ("-", _) => found.is_empty(),
            (_, Some(other)) => !found.contains(other),
            (key, None) => found.contains(key),
        };
        if !good {
            wrong.push(format!("{} {}: `{}` is {found:?}", row.language, row.expected, row.code));
        }
    }
    assert!(wrong.is_empty(), "{} rows:\n{}", wrong.len(), wrong.join("\n"));
}

/// A language without rows of both kinds is one whose words nobody has tried.
#[test]
fn every_language_of_the_pack_has_rows_that_mean_data_and_rows_that_do_not() {
    let mut spoken: BTreeSet<String> = BTreeSet::new();
    for file in load::builtin().files {
        if let brightline::pack::schema::File::Words(words) = file.file {
            spoken.extend(words.vocabulary.into_iter().map(|vocabulary| vocabulary.language));
        }
    }
    let mut tried: BTreeMap<bool, BTreeSet<String>> = BTreeMap::new();
    for row in rows() {
        let means = !row.expected.starts_with(['-', '!']);
        tried.entry(means).or_default().insert(row.language.to_owned());
    }
    for means in [true, false] {
        let missing: Vec<&String> = spoken.difference(&tried[&means]).collect();
        assert!(missing.is_empty(), "no row (data: {means}) for {missing:?}");
    }
}

fn table() -> &'static str {
    Box::leak(std::fs::read_to_string(crate::here("tests/main/words.tsv")).unwrap().into_boxed_str())
}
fn pack() -> Pack {
    let loaded = load::with(&[crate::here("rules")]).unwrap();
    let files: Vec<_> = loaded.files.iter().map(|file| (file.shown.as_str(), &file.file)).collect();
    brightline::pack::compile::pack(&files, brightline::cli::builtin_pack().summary)
}
