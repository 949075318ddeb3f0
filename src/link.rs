//! Lineage: how values get from where platform data enters to where it is used.
//!
//! In: one labelled graph. Out: the shortest way, stable between runs. Today the ways lead through one
//! file: within a function, through closures and module code, and through attributes of one object.

use std::collections::{BTreeMap, VecDeque};

use crate::{
    graph::{Graph, Kind, NodeId},
    label::{Labels, SourceLabel},
    pack::Id,
};

/// More nodes than this are not visited on the way back from one use.
const MAX_VISITED: usize = 4_000;

/// A way from a source to a use.
#[derive(Clone, Debug)]
pub struct Way<'l> {
    /// The label where it starts.
    pub source: &'l SourceLabel,
    /// From the source to the use, both included.
    pub nodes: Vec<NodeId>,
}

/// The shortest way from data of `platform` (of any, where `None`) to one of `ends`.
///
/// Of two ways of one length the one whose nodes come first in the file is taken.
#[must_use]
pub fn way<'l>(graph: &Graph, labels: &'l Labels, ends: &[NodeId], platform: Option<Id>) -> Option<Way<'l>> {
    let mut next: BTreeMap<NodeId, Option<NodeId>> = ends.iter().map(|end| (*end, None)).collect();
    let mut queue: VecDeque<NodeId> = next.keys().copied().collect();
    while let Some(at) = queue.pop_front() {
        let wanted = |label: &&SourceLabel| label.carries && platform.is_none_or(|platform| label.platform == platform);
        if let Some(source) = labels.sources_at(at).find(wanted) {
            let nodes = std::iter::successors(Some(at), |node| next.get(node).copied().flatten()).collect();
            return Some(Way { source, nodes });
        }
        for from in graph.flows_into(at) {
            if next.len() < MAX_VISITED && !next.contains_key(&from) {
                next.insert(from, Some(at));
                queue.push_back(from);
            }
        }
    }
    None
}

/// Everything that flows into `ends`, themselves included, nearest first.
#[must_use]
pub fn origins(graph: &Graph, ends: &[NodeId]) -> Vec<NodeId> {
    let mut seen: BTreeMap<NodeId, ()> = ends.iter().map(|end| (*end, ())).collect();
    let mut order: Vec<NodeId> = seen.keys().copied().collect();
    let mut at = 0;
    while at < order.len() && order.len() < MAX_VISITED {
        for from in graph.flows_into(order[at]) {
            if seen.insert(from, ()).is_none() {
                order.push(from);
            }
        }
        at += 1;
    }
    order
}

/// The nodes whose incoming values count as incoming to a use.
///
/// For an expression that is the node itself; a statement that has no value of its own (a loop, a
/// function, a table) takes in what its parts do.
#[must_use]
pub fn ends(graph: &Graph, node: NodeId, evidence: &[NodeId]) -> Vec<NodeId> {
    let mut all = vec![node];
    if !has_value(graph.node(node).kind) {
        all.extend(evidence.iter().copied().filter(|id| has_value(graph.node(*id).kind)));
    }
    all
}

/// Whether a node of this kind is an expression.
#[must_use]
pub fn has_value(kind: Kind) -> bool {
    !matches!(
        kind,
        Kind::File
            | Kind::Import
            | Kind::Function
            | Kind::Class
            | Kind::Table
            | Kind::Column
            | Kind::Branch
            | Kind::Loop
            | Kind::Catch
            | Kind::Decorator
            | Kind::Comment
    )
}
