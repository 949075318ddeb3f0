//! Puts nodes into a graph in source order and keeps its promises: ranges, parents, scopes, limits.

use super::sql;
use crate::{
    graph::{Gap, Graph, Kind, Node, NodeId, Slot},
    settings::Limits,
    span::Span,
};

/// More gaps than this say no more.
const MAX_GAPS: usize = 50;

/// How offsets of the text being read become offsets of the file's text.
#[derive(Debug, Default)]
pub(super) enum Offsets {
    /// They are the same.
    #[default]
    Same,
    /// Between two points (offset read, offset in the file) both grow alike.
    Points(Vec<(u32, u32)>),
}

impl Offsets {
    fn of(&self, offset: u32) -> u32 {
        match self {
            Self::Same => offset,
            Self::Points(points) => {
                let next = points.partition_point(|(read, _)| *read <= offset);
                match points.get(next.saturating_sub(1)) {
                    Some((read, file)) => file + offset.saturating_sub(*read),
                    None => offset,
                }
            }
        }
    }

    /// The same for the end of a range, which belongs to the piece before it.
    fn of_end(&self, end: u32) -> u32 {
        match self {
            Self::Same => end,
            Self::Points(points) => {
                let at = points.partition_point(|(read, _)| *read < end);
                points.get(at).filter(|(read, _)| *read == end).map_or_else(|| self.of(end), |(_, file)| *file)
            }
        }
    }
}

/// A graph under construction.
pub(super) struct Builder<'l> {
    graph: Graph,
    /// The nodes that are open, with their ranges in the text being read.
    open: Vec<(NodeId, Span)>,
    scopes: Vec<NodeId>,
    offsets: Offsets,
    base: u32,
    cell: u32,
    file_end: usize,
    pub(super) limits: &'l Limits,
}

impl<'l> Builder<'l> {
    /// A graph that holds only the file of this text.
    pub(super) fn new(text: &str, limits: &'l Limits) -> Self {
        let file = Node {
            kind: Kind::File,
            slot: Slot::Body,
            span: Span::new(0, text.len()),
            name: None,
            parent: NodeId::FILE,
            end: NodeId(1),
            scope: NodeId::FILE,
            path: None,
            cell: 0,
        };
        let graph = Graph { nodes: vec![file], ..Graph::default() };
        Self {
            graph,
            open: vec![(NodeId::FILE, Span::new(0, text.len()))],
            scopes: vec![NodeId::FILE],
            offsets: Offsets::Same,
            base: 0,
            cell: 0,
            file_end: text.len(),
            limits,
        }
    }

    /// From here on, the text of this notebook cell is read.
    pub(super) fn enter(&mut self, cell: u32, text: &str, offsets: Offsets) {
        self.cell = cell;
        self.offsets = offsets;
        let ends = text.bytes().zip(1u32..).filter(|(byte, _)| *byte == b'\n').map(|(_, next)| next);
        let starts = std::iter::once(0).chain(ends).map(|offset| self.offsets.of(offset)).collect();
        self.graph.cells.insert(cell, starts);
    }

    /// The range of the file for a range of the text being read.
    pub(super) fn file_span(&self, span: Span) -> Span {
        let start = self.offsets.of(span.start + self.base) as usize;
        let end = if span.end > span.start { self.offsets.of_end(span.end + self.base) as usize } else { start };
        Span::new(start.min(self.file_end), end.min(self.file_end))
    }

    /// Opens a node inside the one that is open; `None` where the limit is reached and nothing was opened.
    pub(super) fn open(&mut self, kind: Kind, slot: Slot, span: Span, name: Option<Span>) -> Option<NodeId> {
        if self.graph.nodes.len() >= self.limits.max_nodes {
            self.gap(span, format!("more than {} nodes", self.limits.max_nodes));
            return None;
        }
        let id = NodeId(u32::try_from(self.graph.nodes.len()).ok()?);
        let node = Node {
            kind,
            slot,
            span: self.file_span(span),
            name: name.map(|name| self.file_span(name)),
            parent: self.top(),
            end: NodeId(id.0 + 1),
            scope: *self.scopes.last().unwrap_or(&NodeId::FILE),
            path: None,
            cell: self.cell,
        };
        self.graph.nodes.push(node);
        self.open.push((id, span));
        if kind == Kind::Function {
            self.scopes.push(id);
        }
        Some(id)
    }

    /// Closes the node opened last.
    pub(super) fn close(&mut self) {
        let Some((id, _)) = self.open.pop() else { return };
        let end = u32::try_from(self.graph.nodes.len()).unwrap_or(u32::MAX);
        let node = &mut self.graph.nodes[id.index()];
        node.end = NodeId(end);
        if node.kind == Kind::Function {
            self.scopes.pop();
        }
    }

    /// The node that is open.
    pub(super) fn top(&self) -> NodeId {
        self.open.last().map_or(NodeId::FILE, |(id, _)| *id)
    }

    /// The range of an open node in the text being read.
    pub(super) fn local(&self, id: NodeId) -> Option<Span> {
        self.open.iter().rev().find(|(open, _)| *open == id).map(|(_, span)| *span)
    }

    /// What stands between the insides of the strings that an open node is made of, in the text being read.
    pub(super) fn gaps_between(&self, id: NodeId) -> Vec<Span> {
        let Some(all) = self.local(id) else { return Vec::new() };
        if !matches!(self.offsets, Offsets::Same) || self.base != 0 {
            return Vec::new();
        }
        let mut gaps = Vec::new();
        let mut past = all.start;
        for part in self.graph.nodes[id.index() + 1..].iter().filter(|part| part.parent == id).filter_map(|part| part.name) {
            gaps.push(Span { start: past, end: part.start.max(past) });
            past = part.end;
        }
        gaps.push(Span { start: past, end: all.end.max(past) });
        gaps
    }

    /// A node that was opened.
    pub(super) fn node(&self, id: NodeId) -> &Node {
        self.graph.node(id)
    }

    /// What a node that was closed is named in `text`, where that is the file's.
    pub(super) fn says<'t>(&self, id: NodeId, text: &'t str) -> Option<&'t str> {
        let same = matches!(self.offsets, Offsets::Same) && self.base == 0;
        self.graph.node(id).name.filter(|_| same).map(|name| name.of(text))
    }

    /// The same, to be changed.
    pub(super) fn node_mut(&mut self, id: NodeId) -> &mut Node {
        &mut self.graph.nodes[id.index()]
    }

    /// Notes what could not be read.
    pub(super) fn gap(&mut self, span: Span, reason: String) {
        let span = self.file_span(span);
        let gap = Gap { span, reason };
        if self.graph.gaps.len() < MAX_GAPS && self.graph.gaps.last() != Some(&gap) {
            self.graph.gaps.push(gap);
        }
    }

    /// The graph, with every node closed.
    pub(super) fn finish(mut self) -> Graph {
        while !self.open.is_empty() {
            self.close();
        }
        self.graph
    }
}

/// Lowers SQL. `text` starts at `start` of the text that the builder's offsets speak of.
pub(super) fn sql_at(builder: &mut Builder<'_>, text: &str, start: u32, slot: Slot) {
    let before = std::mem::replace(&mut builder.base, start);
    sql(builder, text, slot);
    builder.base = before;
}

/// Lowers SQL that fills the text being read.
pub(super) fn sql(builder: &mut Builder<'_>, text: &str, slot: Slot) {
    let text = sql::mask_jinja(text);
    let mut refused = 0usize;
    let gaps = sql::read(&text, &mut |event| match event {
        sql::Event::Open { kind, slot: own, span, name } => {
            let slot = if kind == Kind::Query { slot } else { own };
            // A node refused for the limit takes its inside with it.
            if refused > 0 || builder.open(kind, slot, span, name).is_none() {
                refused += 1;
            }
        }
        sql::Event::Close if refused > 0 => refused -= 1,
        sql::Event::Close => builder.close(),
    });
    for gap in gaps {
        builder.gap(gap.span, gap.reason);
    }
}
