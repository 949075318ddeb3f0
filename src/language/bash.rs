//! Shell scripts.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Bash, and what it shares with other shells: a command is a call, its words are strings.
pub(super) const BASH: Language = Language {
    name: "bash",
    extensions: &["sh", "bash", "zsh", "ksh", "bats"],
    files: &[".bashrc", ".bash_profile", ".profile", ".zshrc"],
    aliases: &["sh", "shell", "zsh", "script"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_bash::LANGUAGE.into(),
        roles: ROLES,
        names: Names { loaders: &["source", "."], implicit: &["1", "2", "3", "4", "@", "*"], ..Names::NONE },
        imports: Imports::First,
        gives_last: true,
        shares: Some("shell"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(
        &[
            "program",
            "compound_statement",
            "subshell",
            "do_group",
            "list",
            "pipeline",
            "declaration_command",
            "redirected_statement",
        ],
        Makes::Block,
        Slot::Body,
    ),
    Role::node(
        &["function_definition"],
        Kind::Function,
        &[("name", Part::In(Slot::Name)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["command"],
        Kind::Call,
        &[("name", Part::In(Slot::Callee)), (":variable_assignment", Part::In(Slot::Body))],
        Slot::Argument,
    ),
    Role::node(&["command_name", "simple_expansion", "expansion", "subscript"], Kind::Name, &[], Slot::Name),
    Role::node(
        &["variable_assignment"],
        Kind::Assign,
        &[("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(&["array"], Kind::List, &[], Slot::Value),
    Role::node(
        &["if_statement"],
        Kind::Branch,
        &[
            ("condition", Part::In(Slot::Condition)),
            (":elif_clause", Part::In(Slot::Else)),
            (":else_clause", Part::In(Slot::Else)),
        ],
        Slot::Body,
    ),
    Role::node(&["elif_clause"], Kind::Branch, &[("0", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["else_clause"], Kind::Branch, &[], Slot::Body),
    Role::node(&["case_statement", "case_item"], Kind::Branch, &[("value", Part::In(Slot::Condition))], Slot::Body),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[("variable", Part::In(Slot::Target)), ("value", Part::In(Slot::Iterable)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["while_statement", "c_style_for_statement"],
        Kind::Loop,
        &[("condition", Part::In(Slot::Condition))],
        Slot::Body,
    ),
    Role::node(&["binary_expression"], Kind::Compare, &[], Slot::Value),
    Role::node(&["negated_command"], Kind::Not, &[], Slot::Value),
    Role::leaf(&["word", "string", "raw_string", "ansi_c_string", "concatenation", "regex", "extglob_pattern"], Kind::Literal),
    Role::leaf(&["heredoc_body"], Kind::Template),
    Role::plain(&["heredoc_start", "heredoc_end", "file_descriptor"], Makes::Skip, Slot::Value),
    Role::leaf(&["number"], Kind::Value),
    Role::leaf(&["variable_name", "special_variable_name"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
];
