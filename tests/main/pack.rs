//! The rule pack as it is shipped.

use std::{env, fs, path::Path};

use brightline::pack::{check, editor, load, place};

#[test]
fn the_built_in_pack_has_no_faults() {
    let pack = load::builtin();
    let mut found: Vec<String> = check::faults(&pack).iter().map(ToString::to_string).collect();
    for file in &pack.files {
        found.extend(
            place::faults(&file.text).iter().map(|(line, column, message)| format!("{}:{line}:{column}: {message}", file.shown)),
        );
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_schemas_for_editors_are_those_of_the_shapes() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/schema");
    let update = env::var_os("UPDATE_GOLDEN").is_some();
    if update {
        fs::create_dir_all(&folder).unwrap();
    }
    let mut names = Vec::new();
    for (name, text) in editor::schemas() {
        let name = format!("{name}.schema.json");
        let path = folder.join(&name);
        if update {
            fs::write(&path, &text).unwrap();
        }
        let want = fs::read_to_string(&path).unwrap_or_default();
        assert!(want == text, "rules/schema/{name} differs (UPDATE_GOLDEN=1 accepts)");
        names.push(name);
    }
    let mut there: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(there, names, "a schema of no shape stands there");
}

/// What an editor marks, the pack refuses, and the other way round.
#[test]
fn every_built_in_file_fits_its_schema() {
    let schemas = editor::schemas();
    let mut wrong = Vec::new();
    for file in load::builtin().files {
        let name = match file.path.split('/').collect::<Vec<_>>()[..] {
            ["taxonomy.yaml"] => "taxonomy",
            ["words", _] => "words",
            ["platforms", _, "api.yaml"] => "api",
            ["uses" | "safeguards", _] => "forms",
            ["artifacts", _] => "artifact",
            ["prohibitions", _] => "prohibition",
            _ => "terms",
        };
        let (_, text) = schemas.iter().find(|(other, _)| *other == name).unwrap();
        let schema = serde_json::from_str(text).unwrap();
        let value: serde_json::Value = serde_yaml::from_str(&file.text).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        wrong.extend(validator.iter_errors(&value).map(|error| format!("{}: {}: {error}", file.shown, error.instance_path())));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
