//! TypeScript and TSX: JavaScript's roles, and types.

use super::{
    Imports, Language, Makes, Part, Reader, Role, Syntax,
    javascript::{NAMES, roles},
};
use crate::graph::{Kind, Slot};

/// TypeScript.
pub(super) const TYPESCRIPT: Language = Language {
    name: "typescript",
    extensions: &["ts", "mts", "cts"],
    files: &[],
    aliases: &["ts", "deno"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        roles: ROLES,
        names: NAMES,
        imports: Imports::First,
        gives_last: false,
        shares: None,
        retry: None,
        guard: None,
        dialect: None,
    }),
};

/// TypeScript with JSX.
pub(super) const TSX: Language = Language {
    name: "tsx",
    extensions: &["tsx"],
    files: &[],
    aliases: &[],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_typescript::LANGUAGE_TSX.into(),
        roles: ROLES,
        names: NAMES,
        imports: Imports::First,
        gives_last: false,
        shares: None,
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = roles![
    Role::plain(&["interface_body", "object_type", "enum_body"], Makes::Block, Slot::Body),
    Role::node(
        &["public_field_definition", "property_signature", "enum_assignment"],
        Kind::Assign,
        &[("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value)), ("type", Part::In(Slot::Type))],
        Slot::Value,
    ),
    Role::node(
        &["required_parameter", "optional_parameter"],
        Kind::Parameter,
        &[
            ("name", Part::In(Slot::Name)),
            ("pattern", Part::In(Slot::Name)),
            ("value", Part::In(Slot::Default)),
            ("type", Part::In(Slot::Type)),
        ],
        Slot::Type,
    ),
    Role::node(
        &["interface_declaration", "type_alias_declaration", "enum_declaration", "abstract_class_declaration"],
        Kind::Class,
        &[("name", Part::In(Slot::Name)), ("body", Part::In(Slot::Body)), ("value", Part::In(Slot::Body))],
        Slot::Type,
    ),
    Role::node(
        &["nested_type_identifier"],
        Kind::Member,
        &[("module", Part::In(Slot::Object)), ("name", Part::In(Slot::Property))],
        Slot::Object
    ),
    Role::leaf(&["type_identifier"], Kind::Name),
    Role::plain(&["type_parameters"], Makes::Skip, Slot::Value),
];
