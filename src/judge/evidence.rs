//! What a finding rests on: the data of a use, and the trace that shows it.

use crate::{
    finding::{Confidence, Place, Step, StepKind, Why},
    graph::{Kind, NodeId},
    judge::{Candidate, Nearness, place},
    label::{Match, SourceLabel},
    link::{At, Explorer, File, Lineage, Passage, Reach},
    pack::{Form, Id, Pack},
};

/// A trace with more steps between its ends leaves out steps inside a function, the first ones first.
const MAX_FLOW: usize = 16;
/// More places than this that a finding also stands for are not shown.
const MAX_SIBLINGS: usize = 6;
/// More nodes than this inside a use are not asked for data.
const MAX_INSIDE: usize = 400;

/// Data that a use is of.
#[derive(Clone, Debug)]
pub(super) struct DataAt {
    pub(super) data: Id,
    /// Where the data shows; `None` where the use is about it by its nature.
    pub(super) at: Option<At>,
    pub(super) why: Option<Why>,
}

/// A way from a source to a use.
#[derive(Clone, Debug)]
pub(super) struct Way {
    /// The label where it starts.
    pub(super) source: SourceLabel,
    /// The places from the source to the use, each with how it is left.
    pub(super) places: Vec<(At, Passage)>,
}

/// The data of a use: by its nature, in its own name, where its conditions were met, inside it, and what flows in.
pub(super) fn data(
    lineage: &Lineage<'_>,
    number: u32,
    found: &Match,
    form: &Form,
    reach: &Reach,
    sources: &[(usize, &SourceLabel)],
) -> Vec<DataAt> {
    let mut all: Vec<DataAt> = form.about.iter().map(|data| DataAt { data: *data, at: None, why: None }).collect();
    let graph = &lineage.files[number as usize].graph;
    let mut nodes = vec![found.node];
    nodes.extend(found.evidence.iter().map(|(node, _)| *node));
    let wide = matches!(graph.node(found.node).kind, Kind::Function | Kind::Class | Kind::File);
    if !wide {
        nodes.extend(graph.inside(found.node).skip(1).take(MAX_INSIDE));
    }
    // What the value is called once it is there says what it is.
    nodes.extend(graph.flows_from(found.node));
    let own = nodes.into_iter().map(|node| At { file: number, node });
    // Of a statement in a text only the columns that are asked for get anywhere; they are visited themselves.
    let statement = |at: &At| {
        let graph = lineage.graph(*at);
        let text = matches!(graph.node(at.node).kind, Kind::Literal | Kind::Template);
        text && graph.children(at.node).any(|child| graph.node(child).kind == Kind::Query)
    };
    let reached = reach.visits.iter().filter(|visit| !visit.vague).map(|visit| visit.at);
    for at in own.chain(reached.filter(|at| !statement(at))) {
        let labels = &lineage.file(at).labels;
        for label in labels.data_at(at.node) {
            all.push(DataAt { data: label.data, at: Some(at), why: Some(label.why.clone()) });
        }
        for label in labels.sources_at(at.node) {
            all.extend(label.gives.iter().map(|data| DataAt { data: *data, at: Some(at), why: Some(label.why.clone()) }));
        }
    }
    for (index, label) in sources.iter().filter(|(index, _)| !reach.visits[*index].vague) {
        let at = Some(reach.visits[*index].at);
        all.extend(label.gives.iter().map(|data| DataAt { data: *data, at, why: Some(label.why.clone()) }));
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
    pub(super) fn trace(
        &self,
        pack: &Pack,
        lineage: &Lineage<'_>,
        number: u32,
        explorer: &Explorer<'_, '_>,
        at: &Place,
    ) -> Vec<Step> {
        let file = lineage.files[number as usize];
        let mut steps = Vec::new();
        let step_at = |at: At, kind: StepKind, note: String, why: Vec<Why>| {
            let file = lineage.file(at);
            let span = place::head(&file.graph, at.node, &file.text);
            Step { at: place::of(file, span, at.node), kind, note, why, confidence: None }
        };
        let step =
            |node: NodeId, kind: StepKind, note: String, why: Vec<Why>| step_at(At { file: number, node }, kind, note, why);
        if let Some(way) = &self.way {
            let first = way.places.first().map_or(At { file: number, node: way.source.node }, |(at, _)| *at);
            steps.push(step_at(first, StepKind::Source, way.source.says.to_string(), vec![way.source.why.clone()]));
            for told in told(pack, lineage, explorer, &way.places, At { file: number, node: self.found.node }) {
                let step = step_at(told.at, told.kind, told.note, Vec::new());
                steps.push(Step { confidence: told.confidence, ..step });
            }
        } else if let Some(platform) = self.platform
            && let Some(label) = self.nearest(file, platform)
        {
            let kind = if self.nearness >= Nearness::Function { StepKind::Source } else { StepKind::Context };
            steps.push(step(label.node, kind, label.says.to_string(), vec![label.why.clone()]));
        }
        for data in self.data.iter().take(3) {
            if let Some(at) = data.at.filter(|at| *at != (At { file: number, node: self.found.node })) {
                let note = format!("this is {}", pack.data[usize::from(data.data)].title);
                steps.push(step_at(at, StepKind::Data, note, data.why.iter().cloned().collect()));
            }
        }
        for shown in &self.together {
            steps.push(step_at(shown.at, StepKind::Context, shown.note.clone(), vec![shown.why.clone()]));
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
                .filter(|data| data.at.is_none_or(|at| at == (At { file: number, node: self.found.node })))
                .filter_map(|data| data.why.clone()),
        );
        steps.push(Step { at: at.clone(), kind: StepKind::Use, note: self.form.says.to_string(), why, confidence: None });
        let mut seen = vec![(at.file.clone(), at.span)];
        let last = steps.len() - 1;
        let mut number = 0;
        steps.retain(|step| {
            let keep = number == last || step.kind == StepKind::Source || !seen.contains(&(step.at.file.clone(), step.at.span));
            seen.push((step.at.file.clone(), step.at.span));
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

/// A place between source and use that says something to a reader.
struct Told {
    at: At,
    kind: StepKind,
    note: String,
    confidence: Option<Confidence>,
}

/// The places between source and use that say something to a reader, with what happens there.
fn told(pack: &Pack, lineage: &Lineage<'_>, explorer: &Explorer<'_, '_>, places: &[(At, Passage)], end: At) -> Vec<Told> {
    let mut all: Vec<Told> = Vec::new();
    let plain = |at: At| Told {
        at,
        kind: StepKind::Flow,
        note: moves(lineage.graph(at).node(at.node).kind).to_owned(),
        confidence: None,
    };
    for (index, (at, passage)) in places.iter().enumerate() {
        let (at, passage) = (*at, *passage);
        let file = lineage.file(at);
        let says = matches!(
            file.graph.node(at.node).kind,
            Kind::Assign | Kind::Call | Kind::Parameter | Kind::Loop | Kind::Return | Kind::Entry
        );
        if says && index > 0 && at != end {
            all.push(plain(at));
        }
        let crosses = |at: At, kind: StepKind, note: String| Told { at, kind, note, confidence: None };
        match passage {
            Passage::Argument | Passage::Through(_) => {
                let call = file.graph.around(at.node).find(|around| file.graph.node(*around).kind == Kind::Call);
                let call = At { file: at.file, node: call.unwrap_or(at.node) };
                all.push(crosses(call, StepKind::Call, format!("is handed to `{}`", file.name(call.node))));
            }
            Passage::Import => all.push(crosses(at, StepKind::Import, "is imported from here".to_owned())),
            Passage::Attribute => all.push(crosses(at, StepKind::Attribute, "is kept as an attribute".to_owned())),
            Passage::Artifact(number) => {
                let met = lineage.met(number);
                let title = pack.artifacts.get(met.kind).map_or("", |kind| &*kind.title);
                let confidence = Some(if met.weak { Confidence::Medium } else { Confidence::High });
                let met_at = |at: At, how: &str| Told {
                    at,
                    kind: StepKind::Artifact,
                    note: format!("is {how} the {title} `{}`", met.name),
                    confidence,
                };
                all.push(met_at(at, "written to"));
                all.extend(places.get(index + 1).map(|(read, _)| met_at(*read, "read from")));
            }
            Passage::Flow | Passage::Return => (),
        }
        if let Passage::Through(function) = passage {
            let inner = explorer.through(function, lineage.parameter_of(at, function)).into_iter();
            let says = |at: &At| matches!(lineage.graph(*at).node(at.node).kind, Kind::Parameter | Kind::Assign | Kind::Return);
            all.extend(inner.filter(says).map(plain));
        }
    }
    let mut surplus = all.len().saturating_sub(MAX_FLOW);
    all.retain(|told| {
        let drop = surplus > 0 && told.kind == StepKind::Flow;
        surplus -= usize::from(drop);
        !drop
    });
    all
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
