//! Swift.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Swift; what follows `else` is not told from what stands before it.
pub(super) const SWIFT: Language = Language {
    name: "swift",
    extensions: &["swift"],
    files: &[],
    aliases: &[],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_swift::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["self"],
            fillers: &["append", "insert", "add", "updateValue", "write"],
            carriers: &["execute", "run", "resume", "save", "fetch"],
            joiners: &["join", "path", "appending"],
            counters: &["count"],
            numberers: &["enumerated"],
            constructors: &["init"],
            iterators: &["forEach", "contains", "allSatisfy"],
            preparers: &["prepare"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: true,
        shares: Some("swift"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(
        &["source_file", "statements", "class_body", "enum_class_body", "protocol_body", "function_body"],
        Makes::Block,
        Slot::Body,
    ),
    Role::plain(&["type_arguments", "type_parameters", "throws"], Makes::Skip, Slot::Value),
    Role::plain(&["import_declaration"], Makes::Path, Slot::Value),
    Role::node(
        &["class_declaration", "protocol_declaration"],
        Kind::Class,
        &[("name", Part::In(Slot::Name)), (":inheritance_specifier", Part::In(Slot::Type))],
        Slot::Body,
    ),
    Role::node(&["enum_entry"], Kind::Assign, &[("name", Part::In(Slot::Name))], Slot::Value),
    Role::node(
        &["function_declaration", "init_declaration", "protocol_function_declaration"],
        Kind::Function,
        &[(":simple_identifier", Part::In(Slot::Name)), (":parameter", Part::Parameters), ("body", Part::In(Slot::Body))],
        Slot::Type,
    ),
    Role::node(&["lambda_literal"], Kind::Function, &[("type", Part::Parameters)], Slot::Body),
    Role::node(
        &["parameter", "lambda_parameter"],
        Kind::Parameter,
        &[("external_name", Part::Out), (":simple_identifier", Part::In(Slot::Name))],
        Slot::Type,
    ),
    Role::node(&["attribute"], Kind::Decorator, &[], Slot::Value),
    Role::node(
        &["property_declaration"],
        Kind::Assign,
        &[
            ("name", Part::In(Slot::Target)),
            (":type_annotation", Part::In(Slot::Type)),
            ("value", Part::In(Slot::Value)),
            (":modifiers", Part::In(Slot::Body)),
        ],
        Slot::Value,
    ),
    Role::node(
        &["assignment"],
        Kind::Assign,
        &[("target", Part::In(Slot::Target)), ("result", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(&["call_expression"], Kind::Call, &[(":call_suffix", Part::In(Slot::Argument))], Slot::Callee),
    Role::new(&["value_argument"], Makes::NodeIf(Kind::Entry, "name"), &[("name", Part::In(Slot::Key))], Slot::Value),
    Role::node(
        &["navigation_expression"],
        Kind::Member,
        &[("target", Part::In(Slot::Object)), ("suffix", Part::In(Slot::Object))],
        Slot::Object,
    ),
    Role::plain(&["navigation_suffix"], Makes::Block, Slot::Property),
    Role::node(&["array_literal", "dictionary_literal", "tuple_expression"], Kind::List, &[], Slot::Value),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[("item", Part::In(Slot::Target)), ("collection", Part::In(Slot::Iterable))],
        Slot::Body,
    ),
    Role::node(
        &["while_statement", "repeat_while_statement"],
        Kind::Loop,
        &[("condition", Part::In(Slot::Condition))],
        Slot::Body,
    ),
    Role::node(
        &["if_statement"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("bound_identifier", Part::In(Slot::Target))],
        Slot::Body,
    ),
    Role::node(
        &["guard_statement"],
        Kind::Branch,
        &[("condition", Part::Unless), ("bound_identifier", Part::In(Slot::Target))],
        Slot::Body,
    ),
    Role::node(&["switch_statement"], Kind::Branch, &[("expr", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["switch_entry"], Kind::Branch, &[(":switch_pattern", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["ternary_expression"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Value),
    Role::node(&["equality_expression", "comparison_expression"], Kind::Compare, &[], Slot::Value),
    Role::node(&["catch_block"], Kind::Catch, &[("error", Part::In(Slot::Target))], Slot::Body),
    Role::node(&["control_transfer_statement"], Kind::Return, &[], Slot::Value),
    Role::leaf(&["line_string_literal", "multi_line_string_literal", "raw_string_literal"], Kind::Literal),
    Role::plain(&["interpolated_expression"], Makes::Hole, Slot::Value),
    Role::leaf(&["integer_literal", "real_literal", "boolean_literal", "nil_literal"], Kind::Value),
    Role::leaf(&["simple_identifier", "type_identifier", "self_expression", "super_expression"], Kind::Name),
    Role::leaf(&["comment", "multiline_comment"], Kind::Comment),
];
