//! C.

use super::{Dialect, Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// C; headers of other languages that share its endings are read again as C++ or Objective-C.
pub(super) const C: Language = Language {
    name: "c",
    extensions: &["c", "h"],
    files: &[],
    aliases: &[],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_c::LANGUAGE.into(),
        roles: ROLES,
        names: NAMES,
        imports: Imports::Last,
        gives_last: false,
        shares: Some("c"),
        retry: Some("cpp"),
        guard: None,
        dialect: Some(Dialect::C),
    }),
};

/// What C and its kin call things.
pub(super) const NAMES: Names = Names {
    copiers: &[
        "strcpy",
        "strncpy",
        "strlcpy",
        "strcat",
        "strncat",
        "strlcat",
        "sprintf",
        "snprintf",
        "vsnprintf",
        "asprintf",
        "memcpy",
        "memmove",
        "curl_easy_setopt",
        "g_strlcpy",
        "g_snprintf",
        "swprintf",
        "fgets",
        "fread",
    ],
    outs: &["&"],
    joiners: &["join", "path"],
    counters: &["strlen"],
    comparers: &["strcmp", "strncmp", "strcasecmp", "strncasecmp", "stricmp", "memcmp", "wcscmp", "g_strcmp0", "g_str_equal"],
    ..Names::NONE
};

macro_rules! roles {
    ($($more:expr),* $(,)?) => {
        &[
            Role::plain(
                &["translation_unit", "compound_statement", "expression_statement", "declaration_list", "field_declaration_list", "enumerator_list"],
                Makes::Block,
                Slot::Body,
            ),
            Role::new(&["linkage_specification"], Makes::Block, &[("value", Part::Out)], Slot::Body),
            Role::plain(
                &[
                    "storage_class_specifier", "type_qualifier", "attribute_specifier", "attribute_declaration", "type_descriptor",
                    "sizeof_expression", "alignof_expression", "offsetof_expression", "gnu_asm_expression", "bitfield_clause",
                    "ms_declspec_modifier", "ms_call_modifier", "preproc_call", "statement_identifier", "alignas_qualifier",
                ],
                Makes::Skip,
                Slot::Value,
            ),
            Role::plain(&["preproc_include"], Makes::Path, Slot::Value),
            Role::node(
                &["preproc_def", "preproc_function_def"],
                Kind::Assign,
                &[("name", Part::In(Slot::Target)), ("parameters", Part::Out), ("value", Part::In(Slot::Value))],
                Slot::Value,
            ),
            Role::plain(&["preproc_if", "preproc_ifdef", "preproc_elif", "preproc_elifdef", "preproc_else"], Makes::Block, Slot::Body),
            Role {
                syntax: &["pointer_declarator", "array_declarator"],
                makes: Makes::Wrap,
                fields: &[("declarator", Part::Same), ("size", Part::Out), (":type_qualifier", Part::Out)],
                rest: Part::Same,
            },
            Role { syntax: &["parenthesized_declarator", "attributed_declarator"], makes: Makes::Wrap, fields: &[], rest: Part::Same },
            Role {
                syntax: &["function_declarator", "abstract_function_declarator"],
                makes: Makes::Wrap,
                fields: &[("declarator", Part::Same), ("parameters", Part::Parameters)],
                rest: Part::Out,
            },
            Role {
                syntax: &["field_designator", "subscript_designator"],
                makes: Makes::Wrap,
                fields: &[],
                rest: Part::Same,
            },
            Role::node(
                &["parameter_declaration"],
                Kind::Parameter,
                &[("declarator", Part::In(Slot::Name)), ("type", Part::In(Slot::Type))],
                Slot::Type,
            ),
            Role::new(&["struct_specifier", "union_specifier", "enum_specifier"], Makes::NodeIf(Kind::Class, "body"), &[("name", Part::In(Slot::Name)), ("body", Part::In(Slot::Body))], Slot::Type),
            Role::node(&["enumerator"], Kind::Assign, &[("name", Part::In(Slot::Name)), ("value", Part::In(Slot::Value))], Slot::Value),
            Role::node(
                &["type_definition"],
                Kind::Class,
                &[("declarator", Part::In(Slot::Name)), ("type", Part::In(Slot::Type))],
                Slot::Type,
            ),
            Role::new(&["declaration", "field_declaration"], Makes::Declaration, &[
                    ("declarator", Part::In(Slot::Target)),
                    ("type", Part::In(Slot::Type)),
                ], Slot::Value),
            Role::new(&["init_declarator"], Makes::Block, &[("declarator", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))], Slot::Value),
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
            Role::node(
                &["field_expression"],
                Kind::Member,
                &[("argument", Part::In(Slot::Object)), ("field", Part::In(Slot::Property))],
                Slot::Object,
            ),
            Role::node(&["initializer_list"], Kind::List, &[], Slot::Value),
            Role {
                syntax: &["compound_literal_expression", "cast_expression"],
                makes: Makes::Wrap,
                fields: &[("type", Part::Out), ("value", Part::Same)],
                rest: Part::Same,
            },
            Role::node(
                &["initializer_pair"],
                Kind::Entry,
                &[("designator", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))],
                Slot::Value,
            ),
            Role::node(&["while_statement", "do_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
            Role::node(
                &["if_statement"],
                Kind::Branch,
                &[("condition", Part::In(Slot::Condition)), ("alternative", Part::Else)],
                Slot::Body,
            ),
            Role::node(&["switch_statement"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Body),
            Role::node(&["case_statement"], Kind::Branch, &[("value", Part::In(Slot::Condition))], Slot::Body),
            Role::node(&["conditional_expression"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Value),
            Role::plain(&["binary_expression", "unary_expression"], Makes::Operator, Slot::Value),
            Role::node(&["return_statement"], Kind::Return, &[], Slot::Value),
            Role::node(&["break_statement", "continue_statement", "goto_statement"], Kind::Leave, &[], Slot::Value),
            Role::leaf(&["string_literal", "preproc_arg"], Kind::Literal),
            Role::plain(&["concatenated_string"], Makes::Joined(Kind::Template), Slot::Value),
            Role::leaf(&["number_literal", "char_literal", "true", "false", "null"], Kind::Value),
            Role::leaf(&["identifier", "field_identifier", "type_identifier"], Kind::Name),
            Role::leaf(&["comment"], Kind::Comment),
            $($more,)*
        ]
    };
}
pub(super) use roles;

const ROLES: &[Role] = roles![
    Role::node(
        &["function_definition"],
        Kind::Function,
        &[("declarator", Part::In(Slot::Name)), ("type", Part::In(Slot::Type)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["subscript_expression"],
        Kind::Member,
        &[("argument", Part::In(Slot::Object)), ("index", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::node(&["for_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
];
