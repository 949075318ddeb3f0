//! Kinds of data: words that mean them, weighed by what stands beside.
//!
//! A strong word counts unless its own name speaks against it. A weak word needs company, people or other
//! words about them beside it, and must have nothing against it in its whole statement.

use super::{DataLabel, Labels, terms::Words};
use crate::{
    finding::Why,
    graph::{Graph, Kind, NodeId},
    pack::{Meaning, Pack, Term},
};

/// What stands further away than this many nodes is not beside a word.
const NEAR: u32 = 60;
/// A longer string is prose: its words name no data.
const MAX_PROSE: usize = 40;

pub(super) fn find(pack: &Pack, graph: &Graph, text: &str, labels: &mut Labels) {
    let statements = statements(graph);
    let mut found = Vec::new();
    let mut words = Words::default();
    for id in graph.ids() {
        let terms = labels.terms(id);
        if !terms.iter().any(|term| pack.meanings.contains_key(term)) {
            continue;
        }
        let node = graph.node(id);
        if matches!(node.kind, Kind::Literal | Kind::Template) {
            words.read(node.name.map_or("", |name| name.of(text)));
            if words.len() > MAX_PROSE {
                continue;
            }
        }
        let near = Near { pack, graph, labels, id, statement: statements[id.index()] };
        for term in terms {
            for meaning in pack.meanings.get(term).into_iter().flatten() {
                if let Some(why) = near.weigh(*term, meaning) {
                    found.push(DataLabel { node: id, data: meaning.data, why });
                }
            }
        }
    }
    found.sort_by(|a, b| (a.node, a.data, &a.why).cmp(&(b.node, b.data, &b.why)));
    found.dedup_by_key(|label| (label.node, label.data));
    labels.data = found;
}

/// For each node the statement it is part of.
fn statements(graph: &Graph) -> Vec<NodeId> {
    let mut all: Vec<NodeId> = Vec::with_capacity(graph.nodes.len());
    for id in graph.ids() {
        let node = graph.node(id);
        let own = graph.is_statement(id) || id == NodeId::FILE;
        all.push(if own { id } else { all[node.parent.index()] });
    }
    all
}

/// The surroundings of one node.
struct Near<'a> {
    pack: &'a Pack,
    graph: &'a Graph,
    labels: &'a Labels,
    id: NodeId,
    statement: NodeId,
}

impl Near<'_> {
    /// Why the word means this here; `None` where it does not.
    fn weigh(&self, term: Term, meaning: &Meaning) -> Option<Why> {
        let against = &meaning.against;
        let speaks_against = |other: &Term| *other != term && against.contains(*other as usize);
        let beside = self.beside().take(if meaning.strong { 1 } else { usize::MAX });
        if beside.into_iter().any(|id| self.labels.terms(id).iter().any(speaks_against)) {
            return None;
        }
        let mut supports = Vec::new();
        if !meaning.strong {
            let company = |other: &&Term| **other != term && meaning.company.contains(**other as usize);
            let friend = self.company().find_map(|id| self.labels.terms(id).iter().find(company));
            supports.push(self.shown(*friend?));
        }
        Some(Why {
            entry: format!("{}[{}]", meaning.entry, meaning.index),
            matched: self.shown(term),
            language: meaning.language.to_string(),
            supports,
            against: against
                .ones()
                .take(6)
                .filter_map(|other| u32::try_from(other).ok())
                .map(|other| self.shown(other))
                .collect(),
        })
    }

    fn shown(&self, term: Term) -> String {
        self.pack.lexicon.terms[term as usize].to_string()
    }

    /// The node itself, then its statement, nearest part only.
    fn beside(&self) -> impl Iterator<Item = NodeId> + use<'_> {
        let end = self.graph.node(self.statement).end.0;
        let first = self.statement.0.max(self.id.0.saturating_sub(NEAR));
        let last = end.min(self.id.0.saturating_add(NEAR));
        let node = self.graph.node(self.id);
        let definition = matches!(node.kind, Kind::Function | Kind::Class | Kind::Table);
        let own = match () {
            () if definition => self.id.0..self.id.0,
            () if self.statement == NodeId::FILE => self.id.0..node.end.0,
            () => first..last,
        };
        std::iter::once(self.id).chain(own.map(NodeId))
    }

    /// What is beside it, and its siblings: columns, keys, elements, parameters.
    fn company(&self) -> impl Iterator<Item = NodeId> + use<'_> {
        let holder = self.graph.around(self.id).take(4).find(|at| {
            matches!(
                self.graph.node(*at).kind,
                Kind::List
                    | Kind::Table
                    | Kind::Class
                    | Kind::Select
                    | Kind::Insert
                    | Kind::Function
                    | Kind::Query
                    | Kind::Call
                    | Kind::Group
            )
        });
        let range = holder.map_or(0..0, |holder| {
            let first = holder.0.max(self.id.0.saturating_sub(NEAR));
            let last = self.graph.node(holder).end.0.min(self.id.0.saturating_add(NEAR));
            first..last
        });
        self.beside().chain(range.map(NodeId))
    }
}
