//! HCL: Terraform and its kind.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// HCL 2; a block is an entry that holds its attributes.
pub(super) const HCL: Language = Language {
    name: "hcl",
    extensions: &["hcl", "tf", "tfvars"],
    files: &[],
    aliases: &["terraform"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_hcl::LANGUAGE.into(),
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
    Role::node(&["block", "attribute"], Kind::Entry, &[("0", Part::In(Slot::Key))], Slot::Value),
    Role::node(&["object_elem"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("val", Part::In(Slot::Value))], Slot::Value),
    Role::node(&["object", "tuple"], Kind::List, &[], Slot::Value),
    Role::leaf(&["string_lit", "heredoc_template", "quoted_template"], Kind::Literal),
    Role::plain(&["template_interpolation"], Makes::Hole, Slot::Value),
    Role::leaf(&["numeric_lit", "bool_lit", "null_lit"], Kind::Value),
    Role::leaf(&["identifier"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
];
