//! Dart.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Dart.
pub(super) const DART: Language = Language {
    name: "dart",
    extensions: &["dart"],
    files: &[],
    aliases: &["flutter"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_dart::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["this"],
            fillers: &["add", "addAll", "insert", "putIfAbsent", "write"],
            carriers: &["execute", "run", "call", "get", "send"],
            gatherers: &["wait"],
            joiners: &["join", "path"],
            counters: &["length"],
            numberers: &["entries"],
            iterators: &["forEach", "map", "where", "any", "every", "expand", "firstWhere"],
            preparers: &["prepare"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: false,
        shares: Some("dart"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(
        &["source_file", "block", "class_body", "enum_body", "expression_statement", "member_declaration", "switch_block"],
        Makes::Block,
        Slot::Body,
    ),
    Role::plain(&["type_arguments", "type_parameters", "library_name"], Makes::Skip, Slot::Value),
    Role::node(
        &["import_specification"],
        Kind::Import,
        &[("uri", Part::In(Slot::Name)), ("alias", Part::In(Slot::Target))],
        Slot::Value,
    ),
    Role::node(
        &["class_declaration", "enum_declaration", "mixin_declaration"],
        Kind::Class,
        &[("name", Part::In(Slot::Name)), ("superclass", Part::In(Slot::Type)), ("interfaces", Part::In(Slot::Type))],
        Slot::Body,
    ),
    Role::node(&["enum_entry"], Kind::Assign, &[("name", Part::In(Slot::Name))], Slot::Value),
    Role::node(&["method_declaration", "function_declaration"], Kind::Function, &[("body", Part::In(Slot::Body))], Slot::Body),
    Role::new(
        &["function_signature"],
        Makes::Block,
        &[("name", Part::In(Slot::Name)), ("parameters", Part::Parameters), ("return_type", Part::In(Slot::Type))],
        Slot::Type,
    ),
    Role::node(
        &["function_expression"],
        Kind::Function,
        &[("parameters", Part::Parameters), ("body", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["formal_parameter"],
        Kind::Parameter,
        &[("name", Part::In(Slot::Name)), (":identifier", Part::In(Slot::Name))],
        Slot::Type,
    ),
    Role { syntax: &["field_formal_parameter"], makes: Makes::Block, fields: &[("name", Part::In(Slot::Name))], rest: Part::Out },
    Role::node(&["annotation"], Kind::Decorator, &[("name", Part::In(Slot::Name))], Slot::Value),
    Role::node(&["declaration", "top_level_variable_declaration"], Kind::Assign, &[(":type", Part::In(Slot::Type))], Slot::Value),
    Role::new(
        &["initialized_identifier", "static_final_declaration"],
        Makes::Block,
        &[("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["initialized_variable_declaration"],
        Kind::Assign,
        &[("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value)), (":type", Part::In(Slot::Type))],
        Slot::Value,
    ),
    Role::node(
        &["assignment_expression"],
        Kind::Assign,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::new(
        &["assignable_expression"],
        Makes::NodeOf(Kind::Member),
        &[("object", Part::In(Slot::Object)), ("property", Part::In(Slot::Property)), ("index", Part::In(Slot::Index))],
        Slot::Object,
    ),
    Role::node(
        &["call_expression"],
        Kind::Call,
        &[("function", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::node(
        &["new_expression", "const_object_expression"],
        Kind::Call,
        &[("type", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::node(&["named_argument"], Kind::Entry, &[(":label", Part::In(Slot::Value))], Slot::Value),
    Role::plain(&["label"], Makes::Block, Slot::Key),
    Role::node(
        &["member_expression"],
        Kind::Member,
        &[("object", Part::In(Slot::Object)), ("property", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(&["set_or_map_literal", "list_literal"], Kind::List, &[(":type_arguments", Part::Out)], Slot::Value),
    Role::node(&["map_element"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[
            ("name", Part::In(Slot::Target)),
            ("value", Part::In(Slot::Iterable)),
            ("condition", Part::In(Slot::Condition)),
            ("body", Part::In(Slot::Body)),
        ],
        Slot::Body,
    ),
    Role::node(&["while_statement", "do_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(
        &["if_statement"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::Else)],
        Slot::Body,
    ),
    Role::node(&["switch_statement"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(
        &["switch_statement_case", "switch_statement_default"],
        Kind::Branch,
        &[(":constant_pattern", Part::In(Slot::Condition))],
        Slot::Body,
    ),
    Role::node(&["conditional_expression"], Kind::Branch, &[("0", Part::In(Slot::Condition))], Slot::Value),
    Role::node(&["equality_expression", "relational_expression"], Kind::Compare, &[], Slot::Value),
    Role::plain(&["unary_expression"], Makes::Operator, Slot::Value),
    Role::node(&["catch_clause"], Kind::Catch, &[("exception", Part::In(Slot::Target))], Slot::Body),
    Role::node(&["return_statement", "yield_statement"], Kind::Return, &[], Slot::Value),
    Role::node(&["throw_expression", "break_statement", "continue_statement"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["string_literal"], Kind::Literal),
    Role::plain(&["template_substitution"], Makes::Hole, Slot::Value),
    Role::leaf(
        &["decimal_integer_literal", "decimal_floating_point_literal", "hex_integer_literal", "null_literal", "true", "false"],
        Kind::Value,
    ),
    Role::leaf(&["identifier", "type_identifier", "identifier_dollar_escaped", "this", "super"], Kind::Name),
    Role::leaf(&["comment", "documentation_comment"], Kind::Comment),
];
