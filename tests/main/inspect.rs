//! `trace` and `map`, on an app whose data goes from a platform over a bus and a warehouse to a model.

use std::fs;

use crate::{brightline, golden, here, tree};

const APP: &str = "fixtures/pipeline-location-mart";

fn out(arguments: &[&str]) -> String {
    let run = brightline(&here(""), arguments);
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
    String::from_utf8(run.stdout).unwrap()
}

#[test]
fn a_line_is_told_with_its_labels_and_its_ways() {
    golden("tests/golden/trace.txt", &out(&["trace", "--root", APP, "loader/load.py:16"]));
}

#[test]
fn the_map_of_an_app_has_the_same_edges_in_every_format() {
    golden("tests/golden/map.txt", &out(&["map", APP]));
    golden("tests/golden/map.mmd", &out(&["map", "--format", "mermaid", APP]));
    let map: serde_json::Value = serde_json::from_str(&out(&["map", "--format", "json", APP])).unwrap();
    let map = &map[0];
    let nodes = map["nodes"].as_array().unwrap();
    let edges = map["edges"].as_array().unwrap();
    assert!(!edges.is_empty(), "{map}");
    for edge in edges {
        for end in ["from", "to"] {
            let at = &nodes[usize::try_from(edge[end].as_u64().unwrap()).unwrap()]["at"];
            let text = fs::read_to_string(here(APP).join(at["file"].as_str().unwrap())).unwrap();
            let line = text.lines().nth(usize::try_from(at["line"].as_u64().unwrap()).unwrap() - 1).unwrap();
            let code = at["code"].as_str().unwrap();
            assert!(line.contains(code.split('…').next().unwrap()), "{at} is not in `{line}`");
        }
    }
    let drawn = out(&["map", "--format", "mermaid", APP]).matches("-->").count();
    let listed = out(&["map", APP]).matches("      from [").count();
    assert_eq!((drawn, listed), (edges.len(), edges.len()));
}

#[test]
fn what_a_stranger_wrote_cannot_end_the_quotes_of_a_flowchart() {
    let code =
        "import praw\nreddit = praw.Reddit('x')\nopen('a\"]-->b<script>.txt', 'w').write(reddit.redditor('n').comments.new())\n";
    let dir = tree([("a\"b.py", code.as_bytes())]);
    let run = brightline(dir.path(), &["map", "--format", "mermaid", "."]);
    let drawn = String::from_utf8(run.stdout).unwrap();
    assert!(run.status.success() && !drawn.contains("<script>") && !drawn.contains("a\"b"), "{drawn}");
}

#[test]
fn a_wrong_place_is_an_error_that_says_what_a_place_is() {
    for (place, said) in [("load.py", "is no FILE:LINE"), ("load.py:x", "is no FILE:LINE"), ("gone.py:1", "has no file gone.py")]
    {
        let run = brightline(&here(""), &["trace", "--root", APP, place]);
        assert_eq!(run.status.code(), Some(2), "{place}");
        let error = String::from_utf8(run.stderr).unwrap();
        assert!(error.contains(said), "{place}: {error}");
    }
    assert!(out(&["trace", "--root", APP, "loader/load.py:3"]).contains("no value starts on this line"));
}
