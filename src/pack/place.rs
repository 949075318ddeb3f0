//! Where a value of a pack file stands in its text.
//!
//! In: YAML as written, and a path of keys and indices. Out: lines and columns, from 1. It also finds
//! what serde does not: keys given twice, and nesting too deep to be handed to it. Values are not read here.

use std::collections::BTreeMap;

use tree_sitter::{Node, Parser, Tree};

use crate::{language, span::LineIndex};

/// Deeper collections are refused before serde sees them, since its reader is slow on them.
const MAX_DEPTH: usize = 64;

/// The keys by which an item of a sequence is known.
const NAMING_KEYS: &[&str] = &["key", "id", "language", "platform", "kind"];

/// One step of a path into a YAML document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step<'a> {
    /// The value of a key; in a sequence, the item whose `key`, `id` or `language` is this.
    Key(&'a str),
    /// An item of a sequence, from 0.
    Index(usize),
}

/// Line and column, both from 1, of the value at `path`; of its key where it is empty. `None` where there is no such value.
#[must_use]
pub fn of(text: &str, path: &[Step<'_>]) -> Option<(usize, usize)> {
    let yaml = Yaml::new(text)?;
    let (node, found) = yaml.find(path)?;
    (found == path.len()).then(|| yaml.place(node))
}

/// As [`of`]; where the path leads nowhere, the place of the last step that exists. `None` for an empty document.
#[must_use]
pub fn nearest(text: &str, path: &[Step<'_>]) -> Option<(usize, usize)> {
    let yaml = Yaml::new(text)?;
    let (node, _) = yaml.find(path)?;
    Some(yaml.place(node))
}

/// The line, from 1, of an entry written as [`steps`] reads it.
#[must_use]
pub fn line_of_entry(text: &str, entry: &str) -> Option<usize> {
    of(text, &steps(entry)).map(|(line, _)| line)
}

/// Reads an entry such as `vocabulary[en].strong[3]` or `clauses[x.some-clause].says`: names are split at
/// dots, brackets hold an index from 0 or the item's key, in which a dot is a dot.
#[must_use]
pub fn steps(entry: &str) -> Vec<Step<'_>> {
    let mut path = Vec::new();
    for part in entry.split('[') {
        let (inside, names) = part.split_once(']').map_or(("", part), |(inside, names)| (inside, names));
        if !inside.is_empty() {
            path.push(inside.parse().map_or(Step::Key(inside), Step::Index));
        }
        path.extend(names.split('.').filter(|name| !name.is_empty()).map(Step::Key));
    }
    path
}

/// What must not be handed to serde, or what serde lets pass: line, column and message of each fault, in their order.
#[must_use]
pub fn faults(text: &str) -> Vec<(usize, usize, String)> {
    let too_deep = |line, column| vec![(line, column, format!("is nested deeper than {MAX_DEPTH} levels"))];
    if let Some(line) = language::yaml::deep_block(text, MAX_DEPTH) {
        return too_deep(line, 0);
    }
    let Some(yaml) = Yaml::new(text) else { return Vec::new() };
    let mut found = Vec::new();
    let mut deep = None;
    yaml.each(|node, depth| {
        if depth > MAX_DEPTH {
            deep = deep.or(Some(node));
        }
        if deep.is_none() && is_mapping(node) {
            found.extend(yaml.repeats(node));
        }
    });
    if let Some(node) = deep {
        let (line, column) = yaml.place(node);
        return too_deep(line, column);
    }
    found
}

/// A parsed document with the text under it.
struct Yaml<'t> {
    text: &'t str,
    lines: LineIndex,
    tree: Tree,
}

impl<'t> Yaml<'t> {
    /// `None` for text that is too deep for the grammar.
    fn new(text: &'t str) -> Option<Self> {
        if language::yaml::deep_block(text, MAX_DEPTH).is_some() {
            return None;
        }
        let mut parser = Parser::new();
        parser.set_language(&tree_sitter_yaml::LANGUAGE.into()).expect("the grammar is built for this library");
        Some(Self { text, lines: LineIndex::new(text), tree: parser.parse(text, None)? })
    }

    /// The node that the longest existing part of `path` leads to, and how many steps that part has.
    fn find(&self, path: &[Step<'_>]) -> Option<(Node<'_>, usize)> {
        let mut node = content(self.tree.root_node())?;
        for (taken, step) in path.iter().enumerate() {
            let Some(next) = self.step(node, *step) else { return Some((node, taken)) };
            node = next;
        }
        Some((node, path.len()))
    }

    fn step<'n>(&self, node: Node<'n>, step: Step<'_>) -> Option<Node<'n>> {
        match (node.kind(), step) {
            ("block_mapping" | "flow_mapping", Step::Key(key)) => {
                let pair = children(node).into_iter().find(|pair| self.key(*pair) == Some(key))?;
                pair.child_by_field_name("value").and_then(content).or_else(|| pair.child_by_field_name("key"))
            }
            ("block_sequence" | "flow_sequence", Step::Index(index)) => children(node).get(index).copied().and_then(content),
            ("block_sequence" | "flow_sequence", Step::Key(name)) => {
                let named = |item: &Node<'_>| {
                    NAMING_KEYS.iter().any(|key| self.step(*item, Step::Key(key)).is_some_and(|value| self.scalar(value) == name))
                };
                children(node).into_iter().filter_map(content).find(named)
            }
            _ => None,
        }
    }

    /// The key of a pair of a mapping, without its quotes.
    fn key(&self, pair: Node<'_>) -> Option<&'t str> {
        pair.child_by_field_name("key").map(|key| self.scalar(key))
    }

    /// A scalar without its quotes; escapes stay as written.
    fn scalar(&self, node: Node<'_>) -> &'t str {
        let text = self.text.get(node.byte_range()).unwrap_or("");
        let inside = |quote| text.strip_prefix(quote)?.strip_suffix(quote);
        inside('"').or_else(|| inside('\'')).unwrap_or(text)
    }

    /// The keys that `mapping` gives more than once.
    fn repeats(&self, mapping: Node<'_>) -> Vec<(usize, usize, String)> {
        let mut first = BTreeMap::new();
        let mut found = Vec::new();
        for pair in children(mapping) {
            let Some(key) = self.key(pair) else { continue };
            let (line, column) = self.place(pair);
            match first.get(key) {
                Some(before) => found.push((line, column, format!("the key `{key}` is given twice, first in line {before}"))),
                None => drop(first.insert(key, line)),
            }
        }
        found
    }

    /// Visits every node in the text's order, with the number of collections it stands in. One cursor
    /// walks the whole tree: steps from sibling to sibling are quadratic on wide nodes.
    fn each<'n>(&'n self, mut visit: impl FnMut(Node<'n>, usize)) {
        let mut cursor = self.tree.walk();
        let (mut depth, mut open) = (0, 0usize);
        loop {
            let node = cursor.node();
            match node.kind() {
                "[" | "{" => open += 1,
                "]" | "}" => open = open.saturating_sub(1),
                _ => (),
            }
            // What is never closed makes no collection, yet it is nested all the same.
            visit(node, open.max(depth));
            if cursor.goto_first_child() {
                depth += usize::from(is_collection(node));
                continue;
            }
            while !cursor.goto_next_sibling() {
                if !cursor.goto_parent() {
                    return;
                }
                depth -= usize::from(is_collection(cursor.node()));
            }
        }
    }

    fn place(&self, node: Node<'_>) -> (usize, usize) {
        let at = self.lines.line_col(self.text, u32::try_from(node.start_byte()).unwrap_or(u32::MAX));
        (at.line as usize, at.column as usize)
    }
}

/// What stands inside the wrappers that the grammar puts around a value.
fn content(node: Node<'_>) -> Option<Node<'_>> {
    let mut node = node;
    while let "stream" | "document" | "block_node" | "flow_node" | "block_sequence_item" = node.kind() {
        node = children(node)
            .into_iter()
            .find(|child| !matches!(child.kind(), "anchor" | "tag" | "yaml_directive" | "tag_directive"))?;
    }
    Some(node)
}

fn children(node: Node<'_>) -> Vec<Node<'_>> {
    node.named_children(&mut node.walk()).filter(|child| child.kind() != "comment").collect()
}

fn is_mapping(node: Node<'_>) -> bool {
    matches!(node.kind(), "block_mapping" | "flow_mapping")
}

fn is_collection(node: Node<'_>) -> bool {
    is_mapping(node) || matches!(node.kind(), "block_sequence" | "flow_sequence")
}

#[cfg(test)]
mod tests {
    use super::{Step, faults, line_of_entry, nearest, of, steps};

    const TEXT: &str = "# a comment
words: religion
vocabulary:
  # another
  - language: en
    strong: [church, \"mosque\", é, temple]
  - language: de
    strong:
      - kirche
      # not an item
      - 'moschee'
maps: {gdpr: art. 9, dpv: x}
empty:
";

    #[test]
    fn a_path_leads_to_the_value() {
        for (entry, place) in [
            ("words", Some((2, 8))),
            ("vocabulary[0].strong[1]", Some((6, 22))),
            ("vocabulary[0].strong[3]", Some((6, 35))),
            ("vocabulary[1].strong[1]", Some((11, 9))),
            ("vocabulary[de].strong[0]", Some((9, 9))),
            ("vocabulary[en]", Some((5, 5))),
            ("maps.dpv", Some((12, 27))),
            ("empty", Some((13, 1))),
            ("vocabulary[2]", None),
            ("words[0]", None),
            ("nothing", None),
        ] {
            assert_eq!(of(TEXT, &steps(entry)), place, "{entry}");
        }
        assert_eq!(line_of_entry(TEXT, "vocabulary[de].strong[1]"), Some(11));
    }

    #[test]
    fn where_a_path_ends_early_the_last_step_is_the_place() {
        assert_eq!(nearest(TEXT, &steps("vocabulary[1].weak[3]")), Some((7, 5)));
        assert_eq!(nearest("", &[Step::Key("words")]), None);
    }

    #[test]
    fn an_entry_is_read_into_steps() {
        assert_eq!(steps("clauses[x.some-clause].says"), [Step::Key("clauses"), Step::Key("x.some-clause"), Step::Key("says")]);
        assert_eq!(steps("a.b[3]"), [Step::Key("a"), Step::Key("b"), Step::Index(3)]);
        assert_eq!(steps(""), []);
    }

    #[test]
    fn a_key_given_twice_is_a_fault() {
        let found = faults("a: 1\nb: {c: 1, \"c\": 2}\na: 2\na: 3\n");
        let lines: Vec<_> = found.iter().map(|(line, column, _)| (*line, *column)).collect();
        assert_eq!(lines, [(3, 1), (4, 1), (2, 11)], "{found:?}");
        assert_eq!(found[0].2, "the key `a` is given twice, first in line 1");
        assert_eq!(faults(TEXT), []);
    }

    #[test]
    fn nesting_without_end_is_refused_quickly() {
        let count = 100_000;
        for text in
            ["[".repeat(count), "- ".repeat(count), format!("{}{}", "[".repeat(100), "]".repeat(100)), "{a: ".repeat(count)]
        {
            let found = faults(&text);
            assert_eq!(found.len(), 1, "{}", &text[..9]);
            assert_eq!(found[0].2, "is nested deeper than 64 levels");
        }
    }
}
