//! Scala.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Scala 2 and 3.
pub(super) const SCALA: Language = Language {
    name: "scala",
    extensions: &["scala", "sc", "sbt"],
    files: &[],
    aliases: &["spark"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_scala::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["this"],
            fillers: &["add", "append", "put", "addOne", "push", "enqueue"],
            carriers: &["execute", "run", "apply", "save", "get", "send"],
            gatherers: &["sequence", "zip"],
            joiners: &["join", "path", "resolve"],
            counters: &["size", "length", "count"],
            numberers: &["zipWithIndex"],
            iterators: &["foreach", "filter", "exists", "forall", "find", "traverse", "mapAsync"],
            preparers: &["prepareStatement", "SQL"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: true,
        shares: Some("jvm"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["compilation_unit", "template_body", "block", "case_block", "indented_block"], Makes::Block, Slot::Body),
    Role::plain(&["package_clause", "type_arguments", "type_parameters", "modifiers"], Makes::Skip, Slot::Value),
    Role::plain(&["import_declaration"], Makes::Path, Slot::Value),
    Role::node(
        &["class_definition", "object_definition", "trait_definition", "enum_definition"],
        Kind::Class,
        &[("name", Part::In(Slot::Name)), ("extend", Part::In(Slot::Type))],
        Slot::Body,
    ),
    Role::node(
        &["function_definition", "function_declaration"],
        Kind::Function,
        &[
            ("name", Part::In(Slot::Name)),
            ("parameters", Part::Parameters),
            ("return_type", Part::In(Slot::Type)),
            ("body", Part::In(Slot::Body)),
        ],
        Slot::Body,
    ),
    Role::node(&["lambda_expression"], Kind::Function, &[("parameters", Part::Parameters)], Slot::Body),
    Role::node(
        &["parameter", "class_parameter"],
        Kind::Parameter,
        &[("name", Part::In(Slot::Name)), ("type", Part::In(Slot::Type)), ("default_value", Part::In(Slot::Default))],
        Slot::Type,
    ),
    Role::node(&["annotation"], Kind::Decorator, &[("name", Part::In(Slot::Name))], Slot::Value),
    Role::node(
        &["val_definition", "var_definition", "val_declaration", "var_declaration"],
        Kind::Assign,
        &[
            ("pattern", Part::In(Slot::Target)),
            ("name", Part::In(Slot::Target)),
            ("type", Part::In(Slot::Type)),
            ("value", Part::In(Slot::Value)),
        ],
        Slot::Value,
    ),
    Role::node(
        &["assignment_expression"],
        Kind::Assign,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["call_expression"],
        Kind::Call,
        &[("function", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::node(&["instance_expression"], Kind::Call, &[("arguments", Part::In(Slot::Argument))], Slot::Callee),
    Role::new(&["arguments"], Makes::Block, &[(":assignment_expression", Part::Entry)], Slot::Argument),
    Role::node(
        &["field_expression"],
        Kind::Member,
        &[("value", Part::In(Slot::Object)), ("field", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(&["for_expression"], Kind::Loop, &[("body", Part::In(Slot::Body))], Slot::Body),
    Role::new(&["enumerator"], Makes::Block, &[("0", Part::In(Slot::Target))], Slot::Iterable),
    Role::node(&["while_expression", "do_while_expression"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(
        &["if_expression"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::Else)],
        Slot::Body,
    ),
    Role::node(&["match_expression"], Kind::Branch, &[("value", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["case_clause"], Kind::Branch, &[("pattern", Part::In(Slot::Condition))], Slot::Body),
    Role::plain(&["infix_expression", "prefix_expression"], Makes::Operator, Slot::Value),
    Role::node(&["catch_clause"], Kind::Catch, &[], Slot::Body),
    Role::node(&["return_expression"], Kind::Return, &[], Slot::Value),
    Role::node(&["throw_expression"], Kind::Leave, &[], Slot::Value),
    Role::node(&["tuple_expression"], Kind::List, &[], Slot::Value),
    Role::leaf(&["string", "character_literal"], Kind::Literal),
    Role::node(&["interpolated_string_expression"], Kind::Literal, &[("interpolator", Part::Out)], Slot::Value),
    Role::plain(&["interpolation"], Makes::Hole, Slot::Value),
    Role::leaf(&["integer_literal", "floating_point_literal", "boolean_literal", "null_literal"], Kind::Value),
    Role::leaf(&["identifier", "type_identifier", "wildcard"], Kind::Name),
    Role::leaf(&["comment", "block_comment"], Kind::Comment),
];
