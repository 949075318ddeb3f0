//! R.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// R.
pub(super) const R: Language = Language {
    name: "r",
    extensions: &["r"],
    files: &[".rprofile"],
    aliases: &["ir"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_r::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            importers: &["library", "require", "requireNamespace", "loadNamespace"],
            loaders: &["source"],
            returners: &["return"],
            gatherers: &["list", "c", "cbind", "rbind"],
            joiners: &["file.path", "path"],
            counters: &["length", "nrow", "ncol"],
            iterators: &[
                "lapply", "sapply", "vapply", "mapply", "map", "map_dfr", "map_df", "map_chr", "map_lgl", "walk", "imap", "pmap",
                "Map", "Filter",
            ],
            ..Names::NONE
        },
        imports: Imports::First,
        gives_last: true,
        shares: Some("r"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["program", "braced_expression"], Makes::Block, Slot::Body),
    Role::node(
        &["function_definition"],
        Kind::Function,
        &[("name", Part::Out), ("parameters", Part::Parameters), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["parameter"],
        Kind::Parameter,
        &[("name", Part::In(Slot::Name)), ("default", Part::In(Slot::Default))],
        Slot::Default,
    ),
    Role::node(
        &["call"],
        Kind::Call,
        &[("function", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::new(&["argument"], Makes::NodeIf(Kind::Entry, "name"), &[("name", Part::In(Slot::Key))], Slot::Value),
    Role::node(
        &["extract_operator", "namespace_operator"],
        Kind::Member,
        &[("lhs", Part::In(Slot::Object)), ("rhs", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(
        &["subset", "subset2"],
        Kind::Member,
        &[("function", Part::In(Slot::Object)), ("arguments", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::plain(&["binary_operator", "unary_operator"], Makes::Operator, Slot::Value),
    Role::node(
        &["if_statement"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::Else)],
        Slot::Body,
    ),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[("variable", Part::In(Slot::Target)), ("sequence", Part::In(Slot::Iterable)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(&["while_statement", "repeat_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["next", "break"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["string"], Kind::Literal),
    Role::leaf(&["integer", "float", "complex", "true", "false", "null", "na", "nan", "inf"], Kind::Value),
    Role::leaf(&["identifier"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
];
