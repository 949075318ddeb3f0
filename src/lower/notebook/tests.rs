use super::{CodeCell, cells};
use crate::span::Span;

fn one(source: &str) -> Vec<CodeCell> {
    cells(&format!(r#"{{"cells": [{{"cell_type": "code", "source": {source}}}]}}"#)).unwrap()
}

fn texts(source: &[&str]) -> Vec<String> {
    let lines: Vec<String> = source.iter().map(|line| format!("{:?}", format!("{line}\n"))).collect();
    one(&format!("[{}]", lines.join(","))).into_iter().map(|cell| format!("{}: {}", cell.language, cell.text)).collect()
}

/// What of the file the range `span` of the cell is written as.
fn written<'a>(cell: &CodeCell, text: &'a str, span: Span) -> &'a str {
    let end = cell.map.partition_point(|(decoded, _)| *decoded < span.end);
    let end = match cell.map.get(end) {
        Some((decoded, place)) if *decoded == span.end => *place,
        _ => cell.start(span.end),
    };
    Span { start: cell.start(span.start), end: end.max(cell.start(span.start)) }.of(text)
}

#[test]
fn both_formats_are_read_and_all_cells_are_counted() {
    let new = r##"{"metadata": {"kernelspec": {"name": "x", "language": "R"}, "language_info": {"name": "python"}},
        "nbformat": 4, "cells": [{"cell_type": "markdown", "source": "# t"},
        {"outputs": [{"text": ["\"}"]}], "source": ["a <- 1\n", "b"], "cell_type": "code"}, {"cell_type": "code"}]}"##;
    let old = r#"{"worksheets": [{"cells": [{"cell_type": "heading"}, {"cell_type": "code", "language": "python",
        "input": "x = 1"}]}, {"cells": [{"cell_type": "code", "input": ["y"]}]}], "nbformat": 3}"#;
    let told = |text| cells(text).unwrap().into_iter().map(|cell| (cell.number, cell.language, cell.text)).collect::<Vec<_>>();
    assert_eq!(told(new), [(2, "r".to_owned(), "a <- 1\nb".to_owned())]);
    let python = || "python".to_owned();
    assert_eq!(told(old), [(2, python(), "x = 1".to_owned()), (3, python(), "y".to_owned())]);
}

#[test]
fn every_character_maps_back_to_where_it_is_written() {
    let source = r#"["é = \"\u00e9\\n\"\n", "\ud83d\ude00\tz", "", "\/end"]"#;
    let text = format!(r#"{{"cells": [{{"cell_type": "code", "source": {source}}}]}}"#);
    let cell = cells(&text).unwrap().remove(0);
    assert_eq!(cell.text, "é = \"é\\n\"\n😀\tz/end");
    for (part, expected) in [
        ("é =", "é ="),
        ("\"é\\", r#"\"\u00e9\\"#),
        ("n\"\n", r#"n\"\n"#),
        ("😀", r"\ud83d\ude00"),
        ("\tz", r"\tz"),
        ("z/end", r#"z", "", "\/end"#),
    ] {
        let at = cell.text.find(part).unwrap();
        assert_eq!(written(&cell, &text, Span::new(at, at + part.len())), expected, "{part}");
    }
    assert!(cell.map.is_sorted());
}

#[test]
fn what_only_ipython_understands_is_masked() {
    for (source, expected) in [
        (&["%matplotlib inline", "x = 1"][..], &["python: #matplotlib inline\nx = 1\n"][..]),
        (&["!pip install \\", "  tweepy", "y"], &["python: #pip install \\\n #tweepy\ny\n"]),
        (&["%%time", "x"], &["python:       \nx\n"]),
        (&["%timeit -n 10 f(x)"], &["python:               f(x)\n".trim_end_matches('\n')]),
        (&["%%sql mydb", "select 1"], &["sql:           \nselect 1\n"]),
        (&["%sql", "select 1"], &["sql:     \nselect 1\n"]),
        (&["a = 1", "%sql select race from t"], &["python: a = 1\n#sql select race from t\n", "sql: select race from t"]),
        (&["r = %sql select 1", "f = !ls"], &["python: r = 0            \nf = 0  \n", "sql: select 1"]),
        (&["df?", "a % b", "x != y", "if a == b:"], &["python: #f?\na % b\nx != y\nif a == b:\n"]),
        (&["%%bash", "rm -r x"], &["bash:       \nrm -r x\n"]),
    ] {
        let got: Vec<String> = texts(source).iter().map(|text| text.replace("f(x)\n", "f(x)")).collect();
        assert_eq!(got, expected, "{source:?}");
    }
}

#[test]
fn a_line_of_sql_maps_back_too() {
    let text = r#"{"cells": [{"cell_type": "code", "source": "é\n%sql select \"a\" from t"}]}"#;
    let cell = cells(text).unwrap().remove(1);
    assert_eq!(written(&cell, text, Span::new(0, cell.text.len())), r#"select \"a\" from t"#);
    assert_eq!(written(&cell, text, Span::new(7, 10)), r#"\"a\""#);
}

#[test]
fn a_broken_notebook_says_what_is_wrong() {
    for (text, reason) in [
        ("", "not valid JSON at byte 0"),
        ("{}", "not a notebook: it has no cells"),
        ("[1, {}]", "not a notebook: it has no cells"),
        (r#"{"cells": [{"source": "#, "not valid JSON at byte 22"),
        (r#"{"cells": [{"source": "abc"#, "not valid JSON at byte 26"),
        (r#"{"cells": [}"#, "not valid JSON at byte 11"),
        (r#"{"cells": [1 2]}"#, "not valid JSON at byte 13"),
        (r#"{"cells": [{"cell_type": "code", "source": "\u12"}]}"#, "not valid JSON at byte 44"),
    ] {
        assert_eq!(cells(text).unwrap_err(), reason, "{text}");
    }
}

#[test]
fn a_hostile_notebook_takes_linear_time_and_no_stack() {
    let many = format!(r#"{{"cells": [{}]}}"#, vec![r#"{"cell_type":"code","source":"x\n"}"#; 100_000].join(","));
    assert_eq!(cells(&many).unwrap().len(), 100_000);
    let deep = format!(r#"{{"cells": [{{"source": {}"#, "[".repeat(1_000_000));
    assert!(cells(&deep).is_err());
    let escapes = format!(r#"{{"cells": [{{"cell_type":"code","source":"{}"}}]}}"#, r"\n".repeat(300_000));
    assert_eq!(cells(&escapes).unwrap()[0].text.len(), 300_000);
    let lines = one(&format!("[{}]", vec![r#""%sql select 1\n""#; 20_000].join(",")));
    assert_eq!(lines.len(), 20_001);
}
