//! The roles of a grammar, by the numbers that it gives its kinds and fields.

use std::{collections::HashMap, sync::OnceLock};

use tree_sitter::Node as Syntax;

use super::span;
use crate::language::{LANGUAGES, Language, Makes, Names, Part, Reader, Role};

/// The roles of one grammar, by the numbers that it gives its kinds and fields.
pub(super) struct Roles {
    /// The language's own roles, and those that hold inside some of them.
    tables: Vec<Vec<Option<Known>>>,
    pub(super) names: &'static Names,
    pub(super) gives_last: bool,
}

pub(super) struct Known {
    pub(super) role: &'static Role,
    pub(super) fields: Vec<(u16, Part)>,
    /// What children of these kinds are.
    pub(super) kinds: Vec<(u16, Part)>,
    /// What the first child is.
    pub(super) first: Option<Part>,
    pub(super) names: &'static Names,
    /// Whether a string that is a statement may be what a function gives back.
    pub(super) gives_last: bool,
    /// What it is by its words, where they decide.
    worded: Vec<(&'static [&'static str], Known)>,
    /// The table that holds inside it, where that is another.
    pub(super) inside: Option<usize>,
}

impl Roles {
    pub(super) fn of(language: &'static Language) -> &'static Self {
        static TABLES: OnceLock<Vec<OnceLock<Roles>>> = OnceLock::new();
        let tables = TABLES.get_or_init(|| LANGUAGES.iter().map(|_| OnceLock::new()).collect());
        let index = LANGUAGES.iter().position(|other| other.name == language.name).unwrap_or(0);
        tables[index].get_or_init(|| Self::new(language))
    }

    fn new(language: &'static Language) -> Self {
        let Reader::Tree(syntax) = &language.reader else {
            return Self { tables: Vec::new(), names: &Names::NONE, gives_last: false };
        };
        let mut roles = Self { tables: Vec::new(), names: &syntax.names, gives_last: syntax.gives_last };
        roles.table(&(syntax.grammar)(), syntax.roles);
        roles
    }

    /// Adds a table and those inside it; gives its number.
    fn table(&mut self, grammar: &tree_sitter::Language, roles: &'static [Role]) -> usize {
        let number = self.tables.len();
        self.tables.push(Vec::new());
        let by_name: HashMap<&str, &'static Role> =
            roles.iter().flat_map(|role| role.syntax.iter().map(move |kind| (*kind, role))).collect();
        let known = |id: usize| {
            let id = u16::try_from(id).ok()?;
            let name = grammar.node_kind_for_id(id).filter(|_| grammar.node_kind_is_named(id))?;
            Some(self.known(grammar, by_name.get(name)?))
        };
        self.tables[number] = (0..grammar.node_kind_count()).map(known).collect();
        number
    }

    fn known(&mut self, grammar: &tree_sitter::Language, role: &'static Role) -> Known {
        let field = |(name, part): &(&str, Part)| grammar.field_id_for_name(name).map(|id| (id.get(), *part));
        let kind = |(name, part): &(&str, Part)| Some((grammar.id_for_node_kind(name.strip_prefix(':')?, true), *part));
        let worded = match role.makes {
            Makes::Worded(_, worded) => worded.iter().map(|(words, role)| (*words, self.known(grammar, role))).collect(),
            _ => Vec::new(),
        };
        let inside = match role.makes {
            Makes::NodeIn(_, roles) | Makes::Through(roles) if !roles.is_empty() => Some(self.table(grammar, roles)),
            Makes::Again => Some(0),
            _ => None,
        };
        Known {
            role,
            fields: role.fields.iter().filter_map(field).collect(),
            kinds: role.fields.iter().filter_map(kind).collect(),
            first: role.fields.iter().find(|(name, _)| *name == "0").map(|(_, part)| *part),
            names: self.names,
            gives_last: self.gives_last,
            worded,
            inside,
        }
    }

    /// What a syntax is where the table of that number holds.
    pub(super) fn get(&self, table: usize, syntax: Syntax<'_>, text: &str) -> Option<&Known> {
        let own = |table: usize| self.tables.get(table)?.get(usize::from(syntax.kind_id()))?.as_ref();
        let mut known = own(table).or_else(|| own(0))?;
        while let Makes::Worded(part, _) = known.role.makes {
            known = known.worded.iter().find(|(words, _)| says(syntax, part, words, text)).map(|(_, known)| known)?;
        }
        Some(known)
    }
}

/// Whether one of the words is what a part of a syntax says; no words are what any part says.
fn says(syntax: Syntax<'_>, part: &str, words: &[&str], text: &str) -> bool {
    let is = |child: Syntax<'_>| words.contains(&span(child).of(text).trim());
    match part {
        _ if words.is_empty() => true,
        "" => near(syntax).any(|child| !child.is_named() && is(child)),
        _ => named(syntax, part).is_some_and(is),
    }
}

/// The child in a field, of a kind where it is written `:kind`, or the first one for `0`.
pub(super) fn named<'t>(syntax: Syntax<'t>, part: &str) -> Option<Syntax<'t>> {
    match part.strip_prefix(':') {
        Some(kind) => near(syntax).find(|child| child.kind() == kind),
        None if part == "0" => syntax.named_child(0),
        None => syntax.child_by_field_name(part),
    }
}

/// The first children: a step to a later one is long.
pub(super) fn near<'t>(syntax: Syntax<'t>) -> impl Iterator<Item = Syntax<'t>> {
    (0..8).map_while(move |at| syntax.child(at))
}
