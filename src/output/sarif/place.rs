//! In: a place. Out: a SARIF location: a URI under the root, and a region in code points and bytes.

use serde_json::json;

use crate::{
    finding::Place,
    output::{escape, sarif::log},
    report::Report,
};

/// The base that every URI is relative to.
pub(super) const ROOT: &str = "%SRCROOT%";

/// The location of `at`, which may say what happens there.
pub(super) fn location<'a>(at: &'a Place, report: &'a Report, message: Option<log::Message<'a>>) -> log::Location<'a> {
    let excerpt = &at.excerpt;
    // A snippet is the text of the whole region or it is left out.
    let marked = (excerpt.mark.range().len() == at.span.range().len()).then(|| excerpt.mark.of(&excerpt.text));
    let lines = u32::try_from(excerpt.text.matches('\n').count()).unwrap_or(u32::MAX);
    let last = excerpt.first_line.saturating_add(lines);
    let holds = excerpt.first_line <= at.start.line && at.end.line <= last && !excerpt.text.is_empty();
    let region = log::Region {
        start_line: at.start.line,
        start_column: Some(at.start.column),
        end_line: at.end.line,
        end_column: Some(at.end.column),
        byte_offset: Some(at.span.start),
        byte_length: Some(at.span.end.saturating_sub(at.span.start)),
        snippet: marked.filter(|text| !text.is_empty()).map(|text| log::Snippet { text }),
    };
    let context = log::Region {
        start_line: excerpt.first_line,
        start_column: None,
        end_line: last,
        end_column: None,
        byte_offset: None,
        byte_length: None,
        snippet: Some(log::Snippet { text: &excerpt.text }),
    };
    let mut properties = serde_json::Map::new();
    if let Some(cell) = at.cell {
        properties.insert("cell".into(), json!({"number": cell.number, "line": cell.line}));
    }
    if let Some(app) = app(at.app, report) {
        properties.insert("app".into(), json!(app));
    }
    log::Location {
        physical_location: log::Physical {
            artifact_location: log::Artifact { uri: escape::uri(&at.file), uri_base_id: ROOT },
            region: Some(region),
            context_region: holds.then_some(context),
        },
        message,
        properties,
    }
}

/// The location of a whole file.
pub(super) fn file<'a>(app_number: usize, file: &str, report: &'a Report) -> log::Location<'a> {
    let artifact_location = log::Artifact { uri: escape::uri(file), uri_base_id: ROOT };
    let app = app(app_number, report).map(|app| ("app".to_owned(), json!(app)));
    log::Location {
        physical_location: log::Physical { artifact_location, region: None, context_region: None },
        message: None,
        properties: app.into_iter().collect(),
    }
}

/// The app's name, where there are several.
pub(super) fn app(number: usize, report: &Report) -> Option<&str> {
    let several = report.apps.len() > 1;
    report.apps.get(number).filter(|_| several).map(String::as_str)
}
