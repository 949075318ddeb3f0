//! Go.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Go.
pub(super) const GO: Language = Language {
    name: "go",
    extensions: &["go"],
    files: &[],
    aliases: &["golang", "gophernotes"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_go::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            fillers: &["Add", "Set", "Append", "Push", "Write", "WriteString"],
            carriers: &["Do", "Exec", "Run", "Execute", "Scan", "Send"],
            gatherers: &[],
            joiners: &["join", "path", "filepath"],
            counters: &["len", "Len", "Count"],
            comparers: &[],
            iterators: &["ForEach", "Map", "Filter", "Each", "ParallelForEach"],
            preparers: &["Prepare", "PrepareContext", "Preparex", "PrepareNamed"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: false,
        shares: Some("go"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["source_file", "block", "statement_list", "expression_statement"], Makes::Block, Slot::Body),
    Role::plain(&["package_clause", "type_parameter_list", "type_arguments"], Makes::Skip, Slot::Value),
    Role::node(&["import_declaration"], Kind::Import, &[], Slot::Value),
    Role::node(&["import_spec"], Kind::Import, &[("path", Part::In(Slot::Name)), ("name", Part::In(Slot::Target))], Slot::Value),
    Role::node(
        &["function_declaration", "method_declaration"],
        Kind::Function,
        &[
            ("receiver", Part::Parameters),
            ("name", Part::In(Slot::Name)),
            ("parameters", Part::Parameters),
            ("result", Part::Out),
            ("body", Part::In(Slot::Body)),
        ],
        Slot::Body,
    ),
    Role::node(
        &["func_literal"],
        Kind::Function,
        &[("parameters", Part::Parameters), ("result", Part::Out), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["parameter_declaration", "variadic_parameter_declaration"],
        Kind::Parameter,
        &[("name", Part::In(Slot::Name)), ("type", Part::In(Slot::Type))],
        Slot::Type,
    ),
    Role::node(&["type_spec"], Kind::Class, &[("name", Part::In(Slot::Name)), ("type", Part::In(Slot::Body))], Slot::Body),
    Role::node(
        &["field_declaration"],
        Kind::Assign,
        &[("name", Part::In(Slot::Target)), ("type", Part::In(Slot::Type)), ("tag", Part::Out)],
        Slot::Type,
    ),
    Role::node(
        &["const_spec", "var_spec"],
        Kind::Assign,
        &[("name", Part::In(Slot::Target)), ("type", Part::In(Slot::Type)), ("value", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["short_var_declaration", "assignment_statement"],
        Kind::Assign,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["call_expression"],
        Kind::Call,
        &[("function", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument)), ("type_arguments", Part::Out)],
        Slot::Argument,
    ),
    Role::node(
        &["selector_expression"],
        Kind::Member,
        &[("operand", Part::In(Slot::Object)), ("field", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(
        &["qualified_type"],
        Kind::Member,
        &[("package", Part::In(Slot::Object)), ("name", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(
        &["index_expression"],
        Kind::Member,
        &[("operand", Part::In(Slot::Object)), ("index", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::node(
        &["composite_literal"],
        Kind::List,
        &[("type", Part::In(Slot::Type)), ("body", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(&["keyed_element"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(&["for_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::new(
        &["range_clause"],
        Makes::Block,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Iterable))],
        Slot::Iterable,
    ),
    Role::node(
        &["if_statement"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::Else)],
        Slot::Body,
    ),
    Role::node(
        &["expression_switch_statement", "type_switch_statement"],
        Kind::Branch,
        &[("value", Part::In(Slot::Condition)), ("alias", Part::In(Slot::Target))],
        Slot::Body,
    ),
    Role::node(
        &["expression_case", "type_case", "communication_case", "default_case"],
        Kind::Branch,
        &[("value", Part::In(Slot::Condition)), ("type", Part::In(Slot::Type))],
        Slot::Body,
    ),
    Role::plain(&["binary_expression", "unary_expression"], Makes::Operator, Slot::Value),
    Role::node(&["return_statement"], Kind::Return, &[], Slot::Value),
    Role::node(&["break_statement", "continue_statement", "goto_statement"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["interpreted_string_literal", "raw_string_literal", "rune_literal"], Kind::Literal),
    Role::leaf(&["int_literal", "float_literal", "true", "false", "nil", "iota"], Kind::Value),
    Role::leaf(&["identifier", "type_identifier", "field_identifier", "package_identifier"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
];
