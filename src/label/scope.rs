//! The parts of a graph that a condition may look at.

use rustc_hash::FxHashSet;

use crate::{
    graph::{Graph, Kind, NodeId, Slot},
    pack::Scope,
};

/// More nodes than this are not followed along flows.
const MAX_FLOW: usize = 400;

/// Nodes to look at.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Nodes {
    /// All from the first up to the last, without it.
    Range(NodeId, NodeId),
    /// The file's top-level code, without its functions.
    TopLevel,
    /// These, sorted.
    Some(Vec<NodeId>),
}

/// The nodes of a scope of `id`.
pub(super) fn nodes(graph: &Graph, id: NodeId, scope: Scope) -> Nodes {
    let node = graph.node(id);
    let range = |at: NodeId| Nodes::Range(at, graph.node(at).end);
    match scope {
        Scope::Own => Nodes::Range(id, NodeId(id.0 + 1)),
        Scope::Inside => range(id),
        Scope::Around => {
            let mut all: Vec<NodeId> = graph.around(id).collect();
            // A handler is known by the string it is registered under.
            let given = |at: &&NodeId| graph.node(**at).kind == Kind::Function && graph.node(**at).slot == Slot::Argument;
            let beside = |at: NodeId| graph.inside(graph.node(at).parent).take_while(move |other| *other < at);
            let names: Vec<NodeId> =
                all.iter().filter(given).flat_map(|at| beside(*at)).filter(|at| graph.node(*at).kind == Kind::Literal).collect();
            all.extend(names);
            all.sort_unstable();
            Nodes::Some(all)
        }
        Scope::Statement => {
            let statement = std::iter::once(id).chain(graph.around(id)).find(|at| graph.is_statement(*at));
            statement.map_or(Nodes::Range(id, node.end), range)
        }
        Scope::Loop => {
            let around = std::iter::once(id).chain(graph.around(id)).find(|at| graph.node(*at).kind == Kind::Loop);
            around.map_or_else(|| Nodes::Some(Vec::new()), range)
        }
        Scope::Into => Nodes::Some(reach(graph, id, true)),
        Scope::Out => Nodes::Some(reach(graph, id, false)),
        Scope::Function => {
            let function = if node.kind == Kind::Function { id } else { node.scope };
            if function == NodeId::FILE { Nodes::TopLevel } else { range(function) }
        }
        Scope::File => range(NodeId::FILE),
    }
}

/// What flows into a node (and into its parts, where it is a statement), or where it flows on to; without itself.
fn reach(graph: &Graph, id: NodeId, back: bool) -> Vec<NodeId> {
    let mut seen: FxHashSet<NodeId> = FxHashSet::default();
    let mut todo = vec![id];
    while let Some(at) = todo.pop() {
        let next: Vec<NodeId> = if back { graph.flows_into(at).collect() } else { graph.flows_from(at).collect() };
        for node in next {
            if seen.len() < MAX_FLOW && node != id && seen.insert(node) {
                todo.push(node);
            }
        }
    }
    let mut all: Vec<NodeId> = seen.into_iter().collect();
    all.sort_unstable();
    all
}
