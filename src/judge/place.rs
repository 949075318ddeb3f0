//! Places of findings: what to show of a node, and where that is for people.

use crate::{
    excerpt,
    finding::{Cell, Place},
    graph::{Graph, Kind, NodeId},
    link::File,
    span::Span,
};

/// What to show of a node: an expression whole, anything longer by its first line.
pub(super) fn head(graph: &Graph, id: NodeId, text: &str) -> Span {
    let node = graph.node(id);
    let whole = node.span.of(text);
    let lines = whole.bytes().filter(|byte| *byte == b'\n').count();
    let expression = matches!(
        node.kind,
        Kind::Call | Kind::Assign | Kind::Member | Kind::Literal | Kind::Template | Kind::Entry | Kind::Compare
    );
    if lines == 0 || (expression && lines < 6) {
        return node.span;
    }
    let first = whole.split('\n').next().unwrap_or(whole).trim_end();
    Span::new(node.span.start as usize, node.span.start as usize + first.len())
}

/// The place of `span`, which is part of node `id`.
pub(super) fn of(file: &File, span: Span, id: NodeId) -> Place {
    let index = &file.lines;
    let node = file.graph.node(id);
    let cell = file.graph.cells.get(&node.cell).map(|starts| Cell {
        number: node.cell,
        line: u32::try_from(starts.partition_point(|start| *start <= span.start)).unwrap_or(u32::MAX).max(1),
    });
    let (text, span) = (file.shown(), file.shown_span(span));
    Place {
        app: file.app,
        file: file.path.clone(),
        span,
        start: index.line_col(text, span.start),
        end: index.line_col(text, span.end),
        cell,
        excerpt: excerpt::excerpt(text, index, span),
    }
}
