//! Prisma schemas.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Prisma; a model is a table.
pub(super) const PRISMA: Language = Language {
    name: "prisma",
    extensions: &["prisma"],
    files: &[],
    aliases: &[],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_prisma_io::LANGUAGE.into(),
        roles: ROLES,
        names: Names::NONE,
        imports: Imports::First,
        gives_last: false,
        shares: None,
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["program", "statement_block", "enum_block"], Makes::Block, Slot::Body),
    Role::node(&["model_declaration"], Kind::Table, &[(":identifier", Part::In(Slot::Name))], Slot::Body),
    Role::node(&["enum_declaration"], Kind::Class, &[(":identifier", Part::In(Slot::Name))], Slot::Body),
    Role::node(
        &["column_declaration"],
        Kind::Column,
        &[("0", Part::In(Slot::Name)), (":column_type", Part::In(Slot::Type))],
        Slot::Value,
    ),
    Role::node(&["enumeral"], Kind::Assign, &[("0", Part::In(Slot::Name))], Slot::Value),
    Role::node(&["call_expression"], Kind::Call, &[(":arguments", Part::In(Slot::Argument))], Slot::Callee),
    Role::node(&["type_expression", "assignment_expression"], Kind::Entry, &[("0", Part::In(Slot::Key))], Slot::Value),
    Role::node(&["array"], Kind::List, &[], Slot::Value),
    Role::leaf(&["string"], Kind::Literal),
    Role::leaf(&["number", "true", "false", "null"], Kind::Value),
    Role::leaf(&["identifier", "variable"], Kind::Name),
    Role::leaf(&["comment", "developer_comment"], Kind::Comment),
];
