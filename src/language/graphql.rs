//! GraphQL: schemas and operations.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// GraphQL; a field of an operation is a member of what is asked.
pub(super) const GRAPHQL: Language = Language {
    name: "graphql",
    extensions: &["graphql", "graphqls", "gql"],
    files: &[],
    aliases: &["gql"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_graphql::LANGUAGE.into(),
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
    Role::plain(
        &["fields_definition", "input_fields_definition", "enum_values_definition", "selection_set"],
        Makes::Block,
        Slot::Body,
    ),
    Role::node(
        &["object_type_definition", "input_object_type_definition", "interface_type_definition", "enum_type_definition"],
        Kind::Class,
        &[(":name", Part::In(Slot::Name))],
        Slot::Body,
    ),
    Role::node(&["field_definition", "input_value_definition"], Kind::Assign, &[(":name", Part::In(Slot::Name))], Slot::Type),
    Role::node(&["enum_value_definition"], Kind::Assign, &[("0", Part::In(Slot::Name))], Slot::Value),
    Role::node(&["operation_definition", "fragment_definition"], Kind::Function, &[(":name", Part::In(Slot::Name))], Slot::Body),
    Role::node(
        &["field"],
        Kind::Member,
        &[(":name", Part::In(Slot::Property)), (":arguments", Part::In(Slot::Index))],
        Slot::Object,
    ),
    Role::node(&["argument"], Kind::Entry, &[(":name", Part::In(Slot::Key))], Slot::Value),
    Role::node(&["directive"], Kind::Decorator, &[(":name", Part::In(Slot::Name))], Slot::Value),
    Role::node(&["variable", "named_type"], Kind::Name, &[], Slot::Name),
    Role::leaf(&["string_value"], Kind::Literal),
    Role::leaf(&["int_value", "float_value", "boolean_value", "null_value"], Kind::Value),
    Role::leaf(&["comment"], Kind::Comment),
];
