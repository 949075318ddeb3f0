//! Kotlin.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Kotlin, and Gradle scripts in it.
pub(super) const KOTLIN: Language = Language {
    name: "kotlin",
    extensions: &["kt", "kts"],
    files: &[],
    aliases: &["kt"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_kotlin_sg::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["this"],
            fillers: &["add", "addAll", "put", "putAll", "append", "set", "plusAssign", "subscribe"],
            carriers: &["execute", "run", "invoke", "launch", "collect", "enqueue", "await", "executeAsList"],
            gatherers: &["listOf", "mapOf", "setOf", "awaitAll", "zip", "Pair", "Triple"],
            joiners: &["join", "path", "resolve"],
            counters: &["size", "count", "length"],
            numberers: &["withIndex", "entries"],
            iterators: &[
                "forEach",
                "forEachIndexed",
                "map",
                "mapIndexed",
                "mapNotNull",
                "flatMap",
                "filter",
                "any",
                "all",
                "none",
                "find",
                "firstOrNull",
                "associateWith",
                "onEach",
            ],
            preparers: &["prepareStatement", "compileStatement", "createQuery"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: true,
        shares: Some("jvm"),
        retry: None,
        // The scanner keeps each string that is open in a buffer, and stops the program past its end: more than
        // half of a thousand of them, one in the other. Each but the first needs a hole to stand in.
        guard: Some(|text| many_holes(text, 400)),
        dialect: None,
    }),
};

/// The line, from 1, of the hole in a string with which there are more than `limit`.
fn many_holes(text: &str, limit: usize) -> Option<usize> {
    let (at, _) = text.match_indices("${").nth(limit)?;
    Some(text[..at].matches('\n').count() + 1)
}

const ROLES: &[Role] = &[
    Role::plain(
        &[
            "source_file",
            "statements",
            "class_body",
            "enum_class_body",
            "function_body",
            "control_structure_body",
            "finally_block",
        ],
        Makes::Block,
        Slot::Body,
    ),
    Role::plain(&["package_header", "type_arguments", "type_parameters", "shebang_line"], Makes::Skip, Slot::Value),
    Role::node(&["import_list"], Kind::Import, &[], Slot::Value),
    Role::node(
        &["import_header"],
        Kind::Import,
        &[(":identifier", Part::In(Slot::Name)), (":import_alias", Part::In(Slot::Target))],
        Slot::Value,
    ),
    Role::node(
        &["class_declaration", "object_declaration"],
        Kind::Class,
        &[(":type_identifier", Part::In(Slot::Name)), (":delegation_specifier", Part::In(Slot::Type))],
        Slot::Body,
    ),
    Role::node(
        &["class_parameter"],
        Kind::Parameter,
        &[(":simple_identifier", Part::In(Slot::Name)), (":modifiers", Part::In(Slot::Body))],
        Slot::Type,
    ),
    Role::node(
        &["function_declaration"],
        Kind::Function,
        &[
            (":simple_identifier", Part::In(Slot::Name)),
            (":function_value_parameters", Part::Parameters),
            (":function_body", Part::In(Slot::Body)),
            (":modifiers", Part::In(Slot::Body)),
        ],
        Slot::Type,
    ),
    Role::node(
        &["secondary_constructor", "anonymous_function"],
        Kind::Function,
        &[(":function_value_parameters", Part::Parameters)],
        Slot::Body,
    ),
    Role::node(&["lambda_literal"], Kind::Function, &[(":lambda_parameters", Part::Parameters)], Slot::Body),
    Role::node(&["parameter"], Kind::Parameter, &[(":simple_identifier", Part::In(Slot::Name))], Slot::Type),
    Role::node(&["annotation"], Kind::Decorator, &[], Slot::Value),
    Role::node(
        &["constructor_invocation"],
        Kind::Call,
        &[(":user_type", Part::In(Slot::Callee)), (":value_arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::node(&["call_expression"], Kind::Call, &[(":call_suffix", Part::In(Slot::Argument))], Slot::Callee),
    Role::new(&["value_argument"], Makes::NodeOf(Kind::Entry), &[("0", Part::In(Slot::Key))], Slot::Value),
    Role::node(&["navigation_expression"], Kind::Member, &[], Slot::Object),
    Role::plain(&["navigation_suffix"], Makes::Block, Slot::Property),
    Role::node(&["indexing_expression"], Kind::Member, &[("0", Part::In(Slot::Object))], Slot::Index),
    Role::plain(&["indexing_suffix"], Makes::Block, Slot::Index),
    Role::plain(&["directly_assignable_expression"], Makes::NodeOf(Kind::Member), Slot::Object),
    Role::node(
        &["property_declaration"],
        Kind::Assign,
        &[
            (":variable_declaration", Part::In(Slot::Target)),
            (":multi_variable_declaration", Part::In(Slot::Target)),
            (":modifiers", Part::In(Slot::Body)),
        ],
        Slot::Value,
    ),
    Role::new(&["variable_declaration"], Makes::Block, &[(":simple_identifier", Part::In(Slot::Target))], Slot::Type),
    Role::node(&["assignment"], Kind::Assign, &[("0", Part::In(Slot::Target))], Slot::Value),
    Role::node(&["enum_entry"], Kind::Assign, &[(":simple_identifier", Part::In(Slot::Name))], Slot::Value),
    Role::node(&["collection_literal"], Kind::List, &[], Slot::Value),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[
            (":variable_declaration", Part::In(Slot::Target)),
            (":multi_variable_declaration", Part::In(Slot::Target)),
            (":control_structure_body", Part::In(Slot::Body)),
        ],
        Slot::Iterable,
    ),
    Role::node(
        &["while_statement", "do_while_statement"],
        Kind::Loop,
        &[(":control_structure_body", Part::In(Slot::Body))],
        Slot::Condition,
    ),
    Role::node(
        &["if_expression"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::Else)],
        Slot::Body,
    ),
    Role::node(&["when_expression"], Kind::Branch, &[(":when_subject", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["when_entry"], Kind::Branch, &[(":when_condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["equality_expression", "comparison_expression", "check_expression"], Kind::Compare, &[], Slot::Value),
    Role::node(&["catch_block"], Kind::Catch, &[(":simple_identifier", Part::In(Slot::Target))], Slot::Body),
    Role::node(&["jump_expression"], Kind::Return, &[], Slot::Value),
    Role::leaf(&["string_literal", "character_literal"], Kind::Literal),
    Role::plain(&["interpolated_expression"], Makes::Hole, Slot::Value),
    Role::leaf(
        &["integer_literal", "long_literal", "real_literal", "hex_literal", "boolean_literal", "null_literal"],
        Kind::Value,
    ),
    Role::leaf(
        &["simple_identifier", "type_identifier", "interpolated_identifier", "this_expression", "super_expression"],
        Kind::Name,
    ),
    Role::leaf(&["line_comment", "multiline_comment"], Kind::Comment),
];
