//! JSON, with or without comments.

use super::{Imports, Language, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// JSON and JSON with comments.
pub(super) const JSON: Language = Language {
    name: "json",
    extensions: &["json", "jsonc", "json5", "geojson", "avsc", "webmanifest"],
    files: &[".babelrc", ".eslintrc"],
    aliases: &[],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_json::LANGUAGE.into(),
        roles: ROLES,
        names: Names::NONE,
        imports: Imports::First,
        gives_last: false,
        shares: None,
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::node(&["pair"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(&["object", "array"], Kind::List, &[], Slot::Value),
    Role::leaf(&["string"], Kind::Literal),
    Role::leaf(&["number", "true", "false", "null"], Kind::Value),
    Role::leaf(&["comment"], Kind::Comment),
];
