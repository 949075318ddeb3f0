//! Lua.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Lua and Luau without its types.
pub(super) const LUA: Language = Language {
    name: "lua",
    extensions: &["lua"],
    files: &[],
    aliases: &["ilua"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_lua::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["self"],
            loaders: &["require", "dofile"],
            gatherers: &["pairs"],
            packages: &["init"],
            ..Names::NONE
        },
        imports: Imports::First,
        gives_last: false,
        shares: None,
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["chunk", "block"], Makes::Block, Slot::Body),
    Role::node(
        &["function_declaration", "function_definition"],
        Kind::Function,
        &[("name", Part::In(Slot::Name)), ("parameters", Part::Parameters), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["assignment_statement"],
        Kind::Assign,
        &[(":variable_list", Part::In(Slot::Target)), (":expression_list", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["function_call"],
        Kind::Call,
        &[("name", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::new(
        &["dot_index_expression", "method_index_expression"],
        Makes::Scoped,
        &[("table", Part::In(Slot::Object)), ("field", Part::In(Slot::Property)), ("method", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(
        &["bracket_index_expression"],
        Kind::Member,
        &[("table", Part::In(Slot::Object)), ("field", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::node(&["table_constructor"], Kind::List, &[], Slot::Value),
    Role::new(&["field"], Makes::NodeIf(Kind::Entry, "name"), &[("name", Part::In(Slot::Key))], Slot::Value),
    Role::node(&["for_statement"], Kind::Loop, &[("body", Part::In(Slot::Body))], Slot::Iterable),
    Role::new(&["for_generic_clause"], Makes::Block, &[(":variable_list", Part::In(Slot::Target))], Slot::Iterable),
    Role::new(&["for_numeric_clause"], Makes::Block, &[("name", Part::In(Slot::Target))], Slot::Iterable),
    Role::node(&["while_statement", "repeat_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(
        &["if_statement", "elseif_statement"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::In(Slot::Else))],
        Slot::Body,
    ),
    Role::node(&["else_statement"], Kind::Branch, &[], Slot::Body),
    Role::plain(&["binary_expression", "unary_expression"], Makes::Operator, Slot::Value),
    Role::node(&["return_statement"], Kind::Return, &[], Slot::Value),
    Role::node(&["break_statement", "goto_statement"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["string"], Kind::Literal),
    Role::leaf(&["number", "true", "false", "nil"], Kind::Value),
    Role::leaf(&["identifier"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
];
