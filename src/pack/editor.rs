//! JSON Schemas of pack files, so that an editor completes keys and marks what will not load.
//!
//! In: the shapes of `schema`, and the words that `check` knows by heart. Out: one schema for each shape
//! that a pack file may have. What other files define (keys, clauses) no schema can know.

use schemars::{Schema, generate::SchemaSettings};
use serde_json::{Value, json};

use crate::{
    finding::Confidence,
    graph,
    pack::{check, schema},
    rule::Severity,
};

/// Name and JSON text of each schema, sorted by name; the text ends with a line feed.
#[must_use]
pub fn schemas() -> Vec<(&'static str, String)> {
    let generator = || SchemaSettings::draft07().into_generator();
    vec![
        ("api", written(generator().into_root_schema_for::<schema::Api>())),
        ("artifact", written(generator().into_root_schema_for::<schema::Artifact>())),
        ("forms", written(generator().into_root_schema_for::<schema::Forms>())),
        ("prohibition", written(generator().into_root_schema_for::<schema::Prohibition>())),
        ("taxonomy", written(generator().into_root_schema_for::<schema::Taxonomy>())),
        ("terms", written(generator().into_root_schema_for::<schema::Terms>())),
        ("words", written(generator().into_root_schema_for::<schema::Words>())),
    ]
}

fn written(schema: Schema) -> String {
    let mut value = schema.to_value();
    let title = value["title"].as_str().unwrap_or("").to_owned();
    narrow(&mut value, &title);
    if let Some(definitions) = value["definitions"].as_object_mut() {
        for (name, definition) in definitions {
            narrow(definition, name);
        }
    }
    format!("{value:#}\n")
}

/// Lists the words that a property may have, where the code knows them all.
fn narrow(shape: &mut Value, name: &str) {
    let words = |words: &[&str]| json!(words);
    let confidences = || [Confidence::High, Confidence::Medium, Confidence::Low, Confidence::Info].map(Confidence::name);
    let nodes = || graph::Kind::ALL.iter().map(|(_, name)| *name).collect::<Vec<_>>();
    for (owner, property, known) in [
        ("Clause", "severity", words(&Severity::ALL.map(Severity::name))),
        ("PathKind", "at_most", words(check::AT_MOST)),
        ("Sdk", "kind", words(check::SDK_KINDS)),
        ("ApiText", "kind", words(check::TEXT_KINDS)),
        ("Form", "node", words(&nodes())),
        ("Form", "alone", words(&confidences())),
        ("Condition", "node", words(&nodes())),
        ("Condition", "in", words(check::SCOPES)),
        ("Artifact", "names", words(check::NAMINGS)),
        ("ArtifactCall", "does", words(check::DOES)),
        ("ArtifactEntry", "does", words(check::DOES)),
        ("ArtifactFunction", "does", words(check::STANDS)),
        ("Duty", "within", words(check::WITHIN)),
    ] {
        if owner != name {
            continue;
        }
        let property = &mut shape["properties"][property];
        let place = if property["type"] == "array" { &mut property["items"] } else { property };
        place["enum"] = known;
        // The default of an absent value is an empty word, which would not be one of these.
        if let Some(place) = place.as_object_mut() {
            place.remove("default");
        }
    }
}
