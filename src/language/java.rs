//! Java.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Java, with records, switch expressions and text blocks.
pub(super) const JAVA: Language = Language {
    name: "java",
    extensions: &["java"],
    files: &[],
    aliases: &["jshell"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_java::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["this"],
            fillers: &["add", "addAll", "put", "putAll", "append", "offer", "push", "set", "subscribe"],
            carriers: &["execute", "executeQuery", "executeUpdate", "run", "call", "invoke", "get", "join", "submit"],
            gatherers: &["allOf", "of"],
            joiners: &["join", "path", "paths", "resolve"],
            counters: &["size", "length", "count"],
            numberers: &["entrySet"],
            comparers: &["equals", "equalsIgnoreCase", "contentEquals", "compareTo"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: false,
        shares: Some("jvm"),
        retry: None,
        guard: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(
        &[
            "program",
            "block",
            "class_body",
            "interface_body",
            "enum_body",
            "expression_statement",
            "finally_clause",
            "switch_block",
        ],
        Makes::Block,
        Slot::Body,
    ),
    Role::plain(&["package_declaration", "type_arguments", "throws", "dimensions"], Makes::Skip, Slot::Value),
    Role::node(&["import_declaration"], Kind::Import, &[], Slot::Value),
    Role::plain(&["scoped_identifier"], Makes::Path, Slot::Value),
    Role::node(
        &["class_declaration", "interface_declaration", "record_declaration", "enum_declaration"],
        Kind::Class,
        &[
            ("name", Part::In(Slot::Name)),
            ("superclass", Part::In(Slot::Type)),
            ("interfaces", Part::In(Slot::Type)),
            ("parameters", Part::In(Slot::Body)),
        ],
        Slot::Body,
    ),
    Role::node(&["enum_constant"], Kind::Assign, &[("name", Part::In(Slot::Name))], Slot::Value),
    Role::node(
        &["method_declaration", "constructor_declaration", "compact_constructor_declaration"],
        Kind::Function,
        &[
            ("name", Part::In(Slot::Name)),
            ("parameters", Part::Parameters),
            ("type", Part::In(Slot::Type)),
            ("body", Part::In(Slot::Body)),
        ],
        Slot::Body,
    ),
    Role::node(
        &["lambda_expression"],
        Kind::Function,
        &[("parameters", Part::Parameters), ("body", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["formal_parameter", "spread_parameter"],
        Kind::Parameter,
        &[("name", Part::In(Slot::Name)), ("type", Part::In(Slot::Type))],
        Slot::Type,
    ),
    Role::node(
        &["annotation", "marker_annotation"],
        Kind::Decorator,
        &[("name", Part::In(Slot::Name)), ("arguments", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["element_value_pair"],
        Kind::Entry,
        &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["field_declaration", "local_variable_declaration", "constant_declaration"],
        Kind::Assign,
        &[("type", Part::In(Slot::Type)), ("declarator", Part::In(Slot::Value))],
        Slot::Body,
    ),
    Role {
        syntax: &["variable_declarator"],
        makes: Makes::Block,
        fields: &[("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))],
        rest: Part::In(Slot::Value),
    },
    Role::node(
        &["assignment_expression"],
        Kind::Assign,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["resource"],
        Kind::Assign,
        &[("type", Part::In(Slot::Type)), ("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role {
        syntax: &["method_invocation"],
        makes: Makes::Method,
        fields: &[
            ("object", Part::In(Slot::Object)),
            ("name", Part::In(Slot::Property)),
            ("arguments", Part::In(Slot::Argument)),
            ("type_arguments", Part::Out),
        ],
        rest: Part::In(Slot::Argument),
    },
    Role::node(
        &["object_creation_expression", "explicit_constructor_invocation"],
        Kind::Call,
        &[("type", Part::In(Slot::Callee)), ("constructor", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::node(&["method_reference"], Kind::Member, &[], Slot::Object),
    Role::node(
        &["field_access"],
        Kind::Member,
        &[("object", Part::In(Slot::Object)), ("field", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(
        &["array_access"],
        Kind::Member,
        &[("array", Part::In(Slot::Object)), ("index", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::node(&["array_initializer", "element_value_array_initializer"], Kind::List, &[], Slot::Value),
    Role::node(
        &["enhanced_for_statement"],
        Kind::Loop,
        &[
            ("type", Part::In(Slot::Type)),
            ("name", Part::In(Slot::Target)),
            ("value", Part::In(Slot::Iterable)),
            ("body", Part::In(Slot::Body)),
        ],
        Slot::Body,
    ),
    Role::node(
        &["for_statement", "while_statement", "do_statement"],
        Kind::Loop,
        &[("condition", Part::In(Slot::Condition))],
        Slot::Body,
    ),
    Role::node(
        &["if_statement"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::Else)],
        Slot::Body,
    ),
    Role::node(&["switch_expression"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["switch_block_statement_group", "switch_rule"], Kind::Branch, &[], Slot::Body),
    Role::plain(&["switch_label"], Makes::Block, Slot::Condition),
    Role::node(&["ternary_expression"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Value),
    Role::plain(&["binary_expression", "unary_expression"], Makes::Operator, Slot::Value),
    Role::node(&["instanceof_expression"], Kind::Compare, &[], Slot::Value),
    Role::node(&["catch_clause"], Kind::Catch, &[], Slot::Body),
    Role {
        syntax: &["catch_formal_parameter"],
        makes: Makes::Block,
        fields: &[("name", Part::In(Slot::Target))],
        rest: Part::Out,
    },
    Role::node(&["return_statement", "yield_statement"], Kind::Return, &[], Slot::Value),
    Role::node(&["throw_statement", "break_statement", "continue_statement"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["string_literal", "character_literal"], Kind::Literal),
    Role::leaf(
        &["decimal_integer_literal", "hex_integer_literal", "decimal_floating_point_literal", "true", "false", "null_literal"],
        Kind::Value,
    ),
    Role::leaf(&["identifier", "type_identifier", "this", "super"], Kind::Name),
    Role::leaf(&["line_comment", "block_comment"], Kind::Comment),
];
