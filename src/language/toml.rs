//! TOML.

use super::{Imports, Language, Makes, Names, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// TOML 1.0; a table is an entry that holds its keys.
pub(super) const TOML: Language = Language {
    name: "toml",
    extensions: &["toml"],
    files: &["pipfile", "poetry.lock", "cargo.lock", "uv.lock"],
    aliases: &[],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_toml_ng::LANGUAGE.into(),
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
    Role::node(&["pair", "table", "table_array_element"], Kind::Entry, &[], Slot::Value),
    Role::plain(&["bare_key", "dotted_key", "quoted_key"], Makes::Key, Slot::Key),
    Role::node(&["array", "inline_table"], Kind::List, &[], Slot::Value),
    Role::leaf(&["string"], Kind::Literal),
    Role::leaf(&["integer", "float", "boolean"], Kind::Value),
    Role::leaf(&["comment"], Kind::Comment),
];
