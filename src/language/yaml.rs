//! YAML.

use super::{Language, Makes, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// YAML; anchors are not expanded.
pub(super) const YAML: Language = Language {
    name: "yaml",
    extensions: &["yaml", "yml"],
    files: &[".prettierrc", ".clang-format"],
    aliases: &["yml"],
    reader: Reader::Tree(Syntax {
        grammar: || tree_sitter_yaml::LANGUAGE.into(),
        roles: ROLES,
        receivers: &[],
        loaders: &[],
        fillers: &[],
        retry: None,
    }),
};

const ROLES: &[Role] = &[
    Role::node(&["block_mapping_pair", "flow_pair"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(&["block_mapping", "flow_mapping", "block_sequence", "flow_sequence"], Kind::List, &[], Slot::Value),
    Role::leaf(&["plain_scalar", "single_quote_scalar", "double_quote_scalar", "block_scalar"], Kind::Literal),
    Role::leaf(&["comment"], Kind::Comment),
    Role::plain(&["anchor", "alias", "tag"], Makes::Skip, Slot::Value),
];
