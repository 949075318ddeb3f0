//! PowerShell.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// PowerShell, as scripts and modules.
pub(super) const POWERSHELL: Language = Language {
    name: "powershell",
    extensions: &["ps1", "psm1", "psd1"],
    files: &[],
    aliases: &["pwsh", "ps"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_pwsh::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["this"],
            importers: &["Import-Module"],
            fillers: &["Add", "AddRange", "Append", "Insert", "Push", "Enqueue"],
            carriers: &["Invoke", "Execute", "ExecuteReader", "ExecuteNonQuery", "Fill"],
            joiners: &["join", "path"],
            counters: &["Count", "Length", "Measure-Object"],
            comparers: &["Contains", "Equals", "StartsWith", "EndsWith", "IsMatch"],
            implicit: &["_", "PSItem"],
            sigils: &["$script:", "$global:", "$local:", "$private:", "$using:", "$env:", "$", "@", "-"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: true,
        shares: Some("powershell"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["program", "script_block_body", "statement_block", "finally_clause", "named_block"], Makes::Block, Slot::Body),
    Role::plain(
        &[
            "attribute_list",
            "attribute",
            "requires_directive_list",
            "command_argument_sep",
            "command_invocation_operator",
            "comparison_operator",
            "assignment_operator",
            "file_redirection_operator",
            "merging_redirection_operator",
        ],
        Makes::Skip,
        Slot::Value,
    ),
    Role::node(&["using_statement"], Kind::Import, &[], Slot::Name),
    Role::node(
        &["function_statement"],
        Kind::Function,
        &[(":function_name", Part::In(Slot::Name)), (":function_parameter_declaration", Part::Parameters)],
        Slot::Body,
    ),
    Role::node(&["script_block_expression"], Kind::Function, &[], Slot::Body),
    Role::node(
        &["script_parameter", "class_method_parameter"],
        Kind::Parameter,
        &[
            (":variable", Part::In(Slot::Name)),
            (":script_parameter_default", Part::In(Slot::Default)),
            (":type_literal", Part::Out),
        ],
        Slot::Body,
    ),
    Role::node(
        &["class_statement", "enum_statement"],
        Kind::Class,
        &[("0", Part::In(Slot::Name)), (":type_spec", Part::Out)],
        Slot::Body,
    ),
    Role::node(
        &["class_method_definition"],
        Kind::Function,
        &[
            (":simple_name", Part::In(Slot::Name)),
            (":class_method_parameter_list", Part::Parameters),
            (":type_literal", Part::Out),
        ],
        Slot::Body,
    ),
    Role::node(
        &["class_property_definition"],
        Kind::Assign,
        &[(":variable", Part::In(Slot::Target)), (":type_literal", Part::Out)],
        Slot::Value,
    ),
    Role::plain(&["pipeline_chain"], Makes::Pipe, Slot::Value),
    Role::node(
        &["command"],
        Kind::Call,
        &[("command_name", Part::In(Slot::Callee)), ("command_elements", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::plain(&["command_parameter"], Makes::Flag, Slot::Key),
    Role::new(
        &["invocation_expression"],
        Makes::Method,
        &[
            ("0", Part::In(Slot::Object)),
            (":member_name", Part::In(Slot::Property)),
            (":argument_list", Part::In(Slot::Argument)),
        ],
        Slot::Argument,
    ),
    Role::node(
        &["member_access"],
        Kind::Member,
        &[("0", Part::In(Slot::Object)), (":member_name", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(&["element_access"], Kind::Member, &[("0", Part::In(Slot::Object))], Slot::Index),
    Role::node(
        &["assignment_expression"],
        Kind::Assign,
        &[(":left_assignment_expression", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["hash_literal_expression", "array_expression", "bareword_argument_list", "array_literal_expression"],
        Kind::List,
        &[],
        Slot::Value,
    ),
    Role::node(&["hash_entry"], Kind::Entry, &[(":key_expression", Part::In(Slot::Key))], Slot::Value),
    Role::node(
        &["if_statement", "elseif_clause"],
        Kind::Branch,
        &[
            ("condition", Part::In(Slot::Condition)),
            ("elseif_clauses", Part::In(Slot::Else)),
            ("else_clause", Part::In(Slot::Else)),
        ],
        Slot::Body,
    ),
    Role::node(&["else_clause"], Kind::Branch, &[], Slot::Body),
    Role::node(&["switch_statement"], Kind::Branch, &[(":switch_condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["switch_clause"], Kind::Branch, &[(":switch_clause_condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(
        &["foreach_statement"],
        Kind::Loop,
        &[(":variable", Part::In(Slot::Target)), (":pipeline", Part::In(Slot::Iterable))],
        Slot::Body,
    ),
    Role::node(
        &["while_statement", "do_statement", "for_statement"],
        Kind::Loop,
        &[("condition", Part::In(Slot::Condition)), ("for_condition", Part::In(Slot::Condition))],
        Slot::Body,
    ),
    Role::new(
        &["comparison_expression"],
        Makes::Worded(
            ":comparison_operator",
            &[
                (
                    &["-replace", "-creplace", "-ireplace", "-split", "-csplit", "-join", "-f", "-as", "-bor", "-band"],
                    Role::plain(&["comparison_expression"], Makes::Through(&[]), Slot::Value),
                ),
                (&[], Role::node(&["comparison_expression"], Kind::Compare, &[], Slot::Value)),
            ],
        ),
        &[],
        Slot::Value,
    ),
    Role::new(
        &["expression_with_unary_operator"],
        Makes::Worded("", &[(&["!", "-not"], Role::node(&["expression_with_unary_operator"], Kind::Not, &[], Slot::Value))]),
        &[],
        Slot::Value,
    ),
    Role::node(&["catch_clause"], Kind::Catch, &[(":catch_type_list", Part::Out)], Slot::Body),
    Role::new(
        &["flow_control_statement"],
        Makes::Worded(
            "",
            &[
                (&["return"], Role::node(&["flow_control_statement"], Kind::Return, &[], Slot::Value)),
                (&[], Role::node(&["flow_control_statement"], Kind::Leave, &[], Slot::Value)),
            ],
        ),
        &[],
        Slot::Value,
    ),
    Role::leaf(
        &[
            "expandable_string_literal",
            "verbatim_string_characters",
            "expandable_here_string_literal",
            "verbatim_here_string_characters",
            "generic_token",
        ],
        Kind::Literal,
    ),
    Role::new(&["cast_expression"], Makes::Through(&[]), &[(":type_literal", Part::Out)], Slot::Value),
    Role::node(&["type_literal"], Kind::Name, &[], Slot::Name),
    Role::plain(&["sub_expression"], Makes::Hole, Slot::Value),
    Role::leaf(&["integer_literal", "real_literal"], Kind::Value),
    Role::leaf(&["variable", "command_name", "simple_name", "type_identifier"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
];
