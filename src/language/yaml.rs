//! YAML.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// YAML; anchors are not expanded.
pub(super) const YAML: Language = Language {
    name: "yaml",
    extensions: &["yaml", "yml"],
    files: &[".prettierrc", ".clang-format"],
    aliases: &["yml"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_yaml::LANGUAGE.into(),
        roles: ROLES,
        names: Names::NONE,
        imports: Imports::First,
        gives_last: false,
        shares: None,
        retry: None,
        // The levels counted may be half of those there are; the scanner has room for 253.
        guard: Some(|text| deep_block(text, 120)),
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::node(
        &["block_mapping_pair", "flow_pair"],
        Kind::Entry,
        &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(&["block_mapping", "flow_mapping", "block_sequence", "flow_sequence"], Kind::List, &[], Slot::Value),
    Role::leaf(&["plain_scalar", "single_quote_scalar", "double_quote_scalar", "block_scalar"], Kind::Literal),
    Role::leaf(&["comment"], Kind::Comment),
    Role::plain(&["anchor", "alias", "tag"], Makes::Skip, Slot::Value),
];

/// The first line, from 1, that may stand deeper than the limit in block collections, by its indents and
/// indicators alone. The grammar's scanner keeps these levels in a buffer for 253 of them and writes past
/// its end, so text that is deeper must not reach it. Counts at least half of the levels there are.
#[must_use]
pub fn deep_block(text: &str, limit: usize) -> Option<usize> {
    let mut open: Vec<usize> = Vec::new();
    for (line, number) in text.split('\n').zip(1..) {
        for part in line.split('\r') {
            let bytes = part.as_bytes();
            let blank = |from: usize| bytes[from..].iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            let indent = blank(0);
            if indent == bytes.len() {
                continue;
            }
            open.truncate(open.partition_point(|level| *level < indent));
            let mut start = indent;
            for (at, byte) in bytes.iter().enumerate().skip(indent) {
                if !matches!(byte, b'-' | b'?' | b':') {
                    continue;
                }
                let after = blank(at + 1);
                if after > 0 || at + 1 == bytes.len() {
                    open.push(start);
                    start = at + 1 + after;
                }
            }
            if open.len() > limit {
                return Some(number);
            }
        }
    }
    None
}
