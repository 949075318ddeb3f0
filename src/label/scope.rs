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
    /// The file's top-level code in this range, without its functions.
    TopLevel(NodeId, NodeId),
    /// These, sorted.
    Some(Vec<NodeId>),
}

/// In a longer function, only what stands this many nodes before or after a node is near it.
const NEAR: u32 = 400;

impl Nodes {
    /// Names the nodes where they are a range.
    pub(super) fn range(&self) -> Option<(NodeId, NodeId)> {
        match self {
            Self::Range(first, end) => Some((*first, *end)),
            // No range of all nodes starts after it ends.
            Self::TopLevel(first, end) => Some((*end, *first)),
            Self::Some(_) => None,
        }
    }

    /// Those of them that are near `id`; `None` where all are.
    pub(super) fn near(&self, graph: &Graph, id: NodeId) -> Option<Self> {
        let last = graph.node(id).end;
        let cut = |first: NodeId, end: NodeId| {
            let long = end.0.saturating_sub(first.0) > 2 * NEAR;
            let from = NodeId(first.0.max(id.0.saturating_sub(NEAR)));
            let to = NodeId(end.0.min(last.0.saturating_add(NEAR)));
            long.then_some((from, to))
        };
        match self {
            Self::Range(first, end) => cut(*first, *end).map(|(first, end)| Self::Range(first, end)),
            Self::TopLevel(first, end) => cut(*first, *end).map(|(first, end)| Self::TopLevel(first, end)),
            Self::Some(_) => None,
        }
    }
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
            let around: Vec<NodeId> = std::iter::once(id).chain(graph.around(id)).collect();
            // In the function that it runs, and not in what it is called on.
            let runs = |at: usize| at > 0 && graph.node(around[at - 1]).kind == Kind::Function;
            let is_loop = |at: &usize| {
                graph.node(around[*at]).kind == Kind::Loop || runs(*at) && graph.iterators.binary_search(&around[*at]).is_ok()
            };
            (0..around.len()).find(is_loop).map_or_else(|| Nodes::Some(Vec::new()), |at| range(around[at]))
        }
        Scope::Into => Nodes::Some(reach(graph, id, true)),
        Scope::Out => Nodes::Some(reach(graph, id, false)),
        Scope::Function => {
            let function = if node.kind == Kind::Function { id } else { node.scope };
            if function == NodeId::FILE { Nodes::TopLevel(NodeId::FILE, graph.node(NodeId::FILE).end) } else { range(function) }
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
