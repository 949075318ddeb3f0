//! One report, written in every format: each equals its golden file, keeps its schema, and lets nothing
//! through that a stranger's code or file name could use to speak to a terminal, a log or a viewer.

#[path = "output/report.rs"]
mod report;

use std::fs;

use brightline::{
    output::{self, Format, Style, card, escape},
    report::Report,
};

use crate::golden;

const STYLE: Style = Style { color: false, links: false, width: 100, why: true };

fn written(report: &Report, format: Format, style: &Style) -> String {
    let mut out = Vec::new();
    output::write(report, format, style, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// Says what is wrong with `json` by the schema in the file at `path` of this repository.
fn faults(path: &str, json: &str) -> Vec<String> {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let schema = serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let value = serde_json::from_str(json).unwrap();
    validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect()
}

#[test]
fn every_format_equals_its_golden_file() {
    let report = report::full();
    for (format, name) in [(Format::Text, "txt"), (Format::Json, "json"), (Format::Sarif, "sarif"), (Format::Github, "github")] {
        golden(&format!("tests/golden/report.{name}"), &written(&report, format, &STYLE));
    }
}

#[test]
fn a_clean_report_says_whether_everything_was_looked_at() {
    let mut report = report::clean();
    let mut all = String::new();
    for (partial, skipped) in [(0, 0), (0, 2), (1, 2)] {
        report.coverage.partial = report::entries(partial, "the syntax is broken");
        report.coverage.skipped = report::entries(skipped, "not text");
        report.coverage.files = report.coverage.scanned + partial + skipped;
        assert!(report.coverage.adds_up());
        all.push_str(&written(&report, Format::Text, &STYLE));
        all.push_str("----\n");
    }
    report.coverage.scanned = 0;
    all.push_str(&written(&report, Format::Text, &STYLE));
    golden("tests/golden/clean.txt", &all);
}

#[test]
fn the_card_of_a_rule_equals_its_golden_file() {
    let (_, mut rule) = report::full().rules.pop_first().unwrap();
    let mut out = Vec::new();
    card::write(&rule, &STYLE, &mut out).unwrap();
    out.extend(b"----\n");
    rule.lawful_if.clear();
    rule.ask.clear();
    card::write(&rule, &STYLE, &mut out).unwrap();
    golden("tests/golden/card.txt", &String::from_utf8(out).unwrap());
}

#[test]
fn the_published_schema_is_the_one_that_reports_keep() {
    golden("schema/report.schema.json", &output::schema());
    for report in [report::full(), report::clean()] {
        assert_eq!(faults("schema/report.schema.json", &written(&report, Format::Json, &STYLE)), Vec::<String>::new());
    }
    assert_ne!(faults("schema/report.schema.json", "{}"), Vec::<String>::new(), "the schema refuses what is no report");
}

/// The schema is the standard's own, unchanged, as OASIS publishes it beside SARIF 2.1.0 Errata 01
/// (<https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/>). Copyright OASIS Open; the file
/// carries no notice of its own, and the notices of the standard let it be copied to assist implementation.
#[test]
fn sarif_keeps_the_schema_of_the_standard() {
    for report in [report::full(), report::clean(), report::two_apps()] {
        assert_eq!(
            faults("tests/golden/sarif-schema-2.1.0.json", &written(&report, Format::Sarif, &STYLE)),
            Vec::<String>::new()
        );
    }
    let without_tool = r#"{"version": "2.1.0", "runs": [{}]}"#;
    assert_ne!(faults("tests/golden/sarif-schema-2.1.0.json", without_tool), Vec::<String>::new());
}

#[test]
fn nothing_hidden_gets_through_any_format() {
    for format in Format::ALL {
        for (line, number) in written(&report::full(), format, &STYLE).lines().zip(1..) {
            assert!(!line.contains(escape::is_hidden), "{} line {number}: {line:?}", format.name());
        }
    }
}

#[test]
fn colors_change_nothing_else() {
    let report = report::full();
    let colored = written(&report, Format::Text, &Style { color: true, ..STYLE });
    assert!(colored.contains("\u{1b}["));
    assert_eq!(anstream::adapter::strip_str(&colored).to_string(), written(&report, Format::Text, &STYLE));
}

#[test]
fn one_line_of_the_github_format_is_one_command() {
    for line in written(&report::full(), Format::Github, &STYLE).lines() {
        let level = line.split([':', ' ']).find(|part| !part.is_empty());
        assert!(["error", "warning", "notice"].map(Some).contains(&level), "{line}");
    }
}

#[test]
fn no_width_and_no_place_stops_the_text() {
    let mut report = report::full();
    for finding in &mut report.findings {
        finding.at.excerpt.mark.end = u32::MAX;
        for step in &mut finding.trace {
            step.at.excerpt.text = "é".into();
            step.at.excerpt.mark.start = 1;
            step.at.excerpt.mark.end = 1;
        }
    }
    for width in [0, 1, 20, 41, 10_000] {
        assert!(!written(&report, Format::Text, &Style { width, ..STYLE }).is_empty());
    }
}

#[test]
fn with_several_apps_each_place_names_its_own() {
    let report = report::two_apps();
    let text = written(&report, Format::Text, &STYLE);
    assert!(text.contains("--> apps/two/jobs/segment.py:6:"), "{text}");
    let sarif: serde_json::Value = serde_json::from_str(&written(&report, Format::Sarif, &STYLE)).unwrap();
    let place = &sarif["runs"][0]["results"][0]["locations"][0];
    assert_eq!(place["physicalLocation"]["artifactLocation"]["uri"], "jobs/segment.py");
    assert_eq!(place["properties"]["app"], "apps/two");
}

#[test]
fn sarif_says_what_its_caps_cut() {
    let mut report = report::clean();
    let mut finding = report::two_apps().findings.remove(0);
    let step = finding.trace.remove(0);
    finding.trace = vec![step; 1_005];
    report.findings = vec![finding.clone()];
    finding.trace.clear();
    report.findings.extend(std::iter::repeat_n(finding, 25_001));
    let sarif: serde_json::Value = serde_json::from_str(&written(&report, Format::Sarif, &STYLE)).unwrap();
    let run = &sarif["runs"][0];
    assert_eq!(run["results"].as_array().unwrap().len(), 25_000);
    assert_eq!(run["results"][0]["codeFlows"][0]["threadFlows"][0]["locations"].as_array().unwrap().len(), 1_000);
    let notices = run["invocations"][0]["toolExecutionNotifications"].as_array().unwrap();
    assert_eq!(notices.iter().filter(|notice| notice["descriptor"]["id"] == "cut").count(), 2);
}
