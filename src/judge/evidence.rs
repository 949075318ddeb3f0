//! What a finding rests on: the data of a use, and the trace that shows it.

use crate::{
    finding::{Place, Step, StepKind, Why},
    graph::{Kind, NodeId},
    judge::{Candidate, File, Nearness, place},
    label::Match,
    link,
    pack::{Form, Id, Pack},
};

/// More steps of plain flow than this are left out of the middle of a trace.
const MAX_FLOW: usize = 8;
/// More places than this that a finding also stands for are not shown.
const MAX_SIBLINGS: usize = 6;
/// More nodes than this inside a use are not asked for data.
const MAX_INSIDE: usize = 400;

/// Data that a use is of.
#[derive(Clone, Debug)]
pub(super) struct DataAt {
    pub(super) data: Id,
    /// Where the data shows; `None` where the use is about it by its nature.
    pub(super) node: Option<NodeId>,
    pub(super) why: Option<Why>,
}

/// The data of a use: by its nature, in its own name, where its conditions were met, inside it, and what flows in.
pub(super) fn data(file: &File, found: &Match, form: &Form, ends: &[NodeId]) -> Vec<DataAt> {
    let mut all: Vec<DataAt> = form.about.iter().map(|data| DataAt { data: *data, node: None, why: None }).collect();
    let graph = &file.graph;
    let mut nodes = vec![found.node];
    nodes.extend(found.evidence.iter().map(|(node, _)| *node));
    let wide = matches!(graph.node(found.node).kind, Kind::Function | Kind::Class | Kind::File);
    if !wide {
        nodes.extend(graph.inside(found.node).skip(1).take(MAX_INSIDE));
    }
    nodes.extend(link::origins(graph, ends));
    // What the value is called once it is there says what it is.
    nodes.extend(graph.flows_from(found.node));
    for node in nodes {
        for label in file.labels.data_at(node) {
            all.push(DataAt { data: label.data, node: Some(node), why: Some(label.why.clone()) });
        }
        for label in file.labels.sources_at(node) {
            all.extend(label.gives.iter().map(|data| DataAt { data: *data, node: Some(node), why: Some(label.why.clone()) }));
        }
    }
    let mut seen = Vec::new();
    all.retain(|at| {
        let new = !seen.contains(&at.data);
        seen.push(at.data);
        new
    });
    all
}

impl Candidate<'_> {
    /// From the source to the use; data and context before the use.
    pub(super) fn trace(&self, pack: &Pack, file: &File, at: &Place) -> Vec<Step> {
        let mut steps = Vec::new();
        let step = |node: NodeId, kind: StepKind, note: String, why: Vec<Why>| {
            let span = place::head(&file.graph, node, &file.text);
            Step { at: place::of(file, span, node), kind, note, why }
        };
        if let Some((source, nodes)) = &self.way {
            steps.push(step(source.node, StepKind::Source, source.says.to_string(), vec![source.why.clone()]));
            let between = nodes.iter().skip(1).filter(|node| **node != self.found.node);
            let told: Vec<&NodeId> = between.filter(|node| tells(file, **node)).collect();
            let skipped = told.len().saturating_sub(MAX_FLOW);
            for node in told.into_iter().skip(skipped) {
                steps.push(step(*node, StepKind::Flow, moves(file.graph.node(*node).kind).to_owned(), Vec::new()));
            }
        } else if let Some(platform) = self.platform
            && let Some(label) = self.nearest(file, platform)
        {
            let kind = if self.nearness >= Nearness::Function { StepKind::Source } else { StepKind::Context };
            steps.push(step(label.node, kind, label.says.to_string(), vec![label.why.clone()]));
        }
        for data in self.data.iter().take(3) {
            if let Some(node) = data.node.filter(|node| *node != self.found.node) {
                let note = format!("this is {}", pack.data[usize::from(data.data)].title);
                steps.push(step(node, StepKind::Data, note, data.why.iter().cloned().collect()));
            }
        }
        for node in self.siblings.iter().take(MAX_SIBLINGS) {
            steps.push(step(*node, StepKind::Context, "so does this".to_owned(), Vec::new()));
        }
        for (node, shown) in &self.found.evidence {
            let why = Why { matched: shown.to_string(), ..self.found.why.clone() };
            let note = format!("beside it: {}", this(file.graph.node(*node).kind));
            let why = Why { supports: Vec::new(), against: Vec::new(), ..why };
            steps.push(step(*node, StepKind::Context, note, vec![why]));
        }
        let mut why = vec![self.found.why.clone()];
        why.extend(
            self.data
                .iter()
                .filter(|data| data.node.is_none_or(|node| node == self.found.node))
                .filter_map(|data| data.why.clone()),
        );
        steps.push(Step { at: at.clone(), kind: StepKind::Use, note: self.form.says.to_string(), why });
        let mut seen: Vec<crate::span::Span> = vec![at.span];
        let last = steps.len() - 1;
        let mut number = 0;
        steps.retain(|step| {
            let keep = number == last || step.kind == StepKind::Source || !seen.contains(&step.at.span);
            seen.push(step.at.span);
            number += 1;
            keep
        });
        steps
    }

    /// The platform's label nearest before the use, else the first one.
    fn nearest<'f>(&self, file: &'f File, platform: Id) -> Option<&'f crate::label::SourceLabel> {
        let of_platform = || file.labels.sources.iter().filter(move |label| label.platform == platform);
        let scope = file.graph.node(self.found.node).scope;
        let here = of_platform().filter(|label| file.graph.node(label.node).scope == scope && label.carries);
        here.max_by_key(|label| label.node).or_else(|| of_platform().find(|label| label.carries)).or_else(|| of_platform().next())
    }
}

/// Whether a node on the way says something to a reader.
fn tells(file: &File, node: NodeId) -> bool {
    let kind = file.graph.node(node).kind;
    matches!(kind, Kind::Assign | Kind::Call | Kind::Parameter | Kind::Loop | Kind::Return | Kind::Entry)
}

/// A node of this kind, in a sentence.
fn this(kind: Kind) -> &'static str {
    match kind {
        Kind::Call => "this call",
        Kind::Literal | Kind::Template => "this text",
        Kind::Entry => "this key",
        Kind::Loop => "this loop",
        Kind::Function => "this function",
        Kind::Class => "this type",
        Kind::Table => "this table",
        Kind::Column => "this column",
        Kind::Parameter => "this parameter",
        Kind::Import => "this import",
        Kind::Branch | Kind::Compare | Kind::Filter => "this condition",
        Kind::Assign => "this assignment",
        Kind::Query
        | Kind::Select
        | Kind::From
        | Kind::Join
        | Kind::Group
        | Kind::Case
        | Kind::Insert
        | Kind::Update
        | Kind::Delete => "this part of a query",
        _ => "this name",
    }
}

fn moves(kind: Kind) -> &'static str {
    match kind {
        Kind::Assign => "is kept in a variable",
        Kind::Call => "goes through this call",
        Kind::Parameter => "arrives as a parameter",
        Kind::Loop => "is taken one by one",
        Kind::Return => "is given back",
        _ => "is put under this key",
    }
}
