//! Properties: `.env`, `.properties` and their kind.

use super::{Imports, Language, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Keys with their values, a line each.
pub(super) const PROPERTIES: Language = Language {
    name: "properties",
    extensions: &["properties", "env"],
    files: &[
        ".env.example",
        ".env.sample",
        ".env.dist",
        ".env.local",
        ".env.development",
        ".env.production",
        ".env.staging",
        ".env.test",
        ".flaskenv",
    ],
    aliases: &["dotenv"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_properties::LANGUAGE.into(),
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
    Role::node(&["property"], Kind::Entry, &[(":key", Part::In(Slot::Key))], Slot::Value),
    Role::leaf(&["value"], Kind::Literal),
    Role::leaf(&["comment"], Kind::Comment),
];
