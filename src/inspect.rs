//! What is known of a place, and of the data of a whole app: for people who ask, not for judging.
//!
//! In: the joined files of an app. Out: where a value comes from and goes to with its labels, and the map of an app's
//! data. Every line of both has a place in the code.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::{
    graph::{Kind, NodeId},
    link::{At, Explorer, File, Lineage, Passage, ends, has_value},
    pack::{Does, Id, Named, Pack, Shows},
};

/// More values of one line are not told of.
const MAX_VALUES: usize = 6;
/// More ways from or to a value are not told of.
const MAX_WAYS: usize = 8;

/// A place in the code.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Spot {
    /// The path inside the app.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
    /// The first line of the code there.
    pub code: String,
}

/// A step of a way, with what happens there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Where.
    pub at: Spot,
    /// How the value goes on from there.
    pub note: String,
}

/// What is known of one value.
#[derive(Clone, Debug)]
pub struct Value {
    /// Where it is.
    pub at: Spot,
    /// What it is in the graph.
    pub kind: &'static str,
    /// Its labels, each with the entry of the pack that says so.
    pub labels: Vec<(String, String)>,
    /// Ways from where it comes from, each from its start.
    pub from: Vec<Vec<Step>>,
    /// Ways to the uses that it gets to.
    pub to: Vec<Vec<Step>>,
}

/// What is known of the values on a line of a file; `None` where the app has no such file that is read.
#[must_use]
pub fn line(pack: &Pack, lineage: &Lineage<'_>, path: &str, line: u32) -> Option<Vec<Value>> {
    let (number, file) = (0..).zip(&lineage.files).find(|(_, file)| &*file.path == path)?;
    let explorer = Explorer::new(lineage);
    let starts = |id: NodeId| file.line_col(file.graph.node(id).span.start).line;
    let mut nodes: Vec<NodeId> = Vec::new();
    for id in file.graph.ids().skip(1) {
        let within = nodes.last().is_some_and(|last| id < file.graph.node(*last).end);
        if starts(id) == line && has_value(file.graph.node(id).kind) && !within {
            nodes.push(id);
        }
    }
    let values = nodes.into_iter().take(MAX_VALUES).map(|id| {
        let at = At { file: number, node: id };
        let mut labels = BTreeSet::new();
        for inner in file.graph.inside(id) {
            labels.extend(told(pack, file, inner));
        }
        Value {
            at: spot(lineage, at),
            kind: file.graph.node(id).kind.name(),
            labels: labels.into_iter().collect(),
            from: origins(pack, lineage, &explorer, at),
            to: uses(pack, lineage, &explorer, at),
        }
    });
    Some(values.collect())
}

/// The labels of a node, each with its entry.
fn told(pack: &Pack, file: &File, id: NodeId) -> Vec<(String, String)> {
    let key = |all: &[Named], id: Id| all.get(usize::from(id)).map_or_else(String::new, |named| named.key.to_string());
    let labels = &file.labels;
    let data = labels.data_at(id).map(|label| (format!("data {}", key(&pack.data, label.data)), label.why.entry.clone()));
    let sources = labels.sources_at(id).map(|label| {
        let gives: Vec<String> = label.gives.iter().map(|data| key(&pack.data, *data)).collect();
        let gives = if gives.is_empty() { String::new() } else { format!(", gives {}", gives.join(", ")) };
        (format!("source {}: {}{gives}", key(&pack.platforms, label.platform), label.says), label.why.entry.clone())
    });
    let matched = labels.uses.iter().chain(&labels.safeguards).filter(|found| found.node == id).map(|found| {
        let form = &pack.forms[found.form];
        let what = if matches!(form.shows, Shows::Use(_)) { "use" } else { "safeguard" };
        (format!("{what} {}: {}", form.id, form.says), form.entry.to_string())
    });
    data.chain(sources).chain(matched).collect()
}

/// The ways from platforms to a value; where there is none, from where it starts.
fn origins(pack: &Pack, lineage: &Lineage<'_>, explorer: &Explorer<'_, '_>, at: At) -> Vec<Vec<Step>> {
    let reach = explorer.back(&[at]);
    let carries = |index: &usize| explorer.sources(reach.visits[*index].at).iter().any(|label| label.carries);
    let nexts: BTreeSet<usize> = reach.visits.iter().map(|visit| visit.next).collect();
    let mut starts: Vec<usize> = (0..reach.visits.len()).filter(carries).collect();
    if starts.is_empty() {
        starts = (1..reach.visits.len()).filter(|index| !nexts.contains(index)).collect();
    }
    let mut seen = BTreeSet::new();
    let ways = starts.into_iter().map(|start| steps(pack, lineage, reach.way(start).map(|visit| (visit.at, visit.passage))));
    ways.filter(|way: &Vec<Step>| way.first().is_some_and(|first| seen.insert(first.at.clone()))).take(MAX_WAYS).collect()
}

/// The ways from a value to uses.
fn uses(pack: &Pack, lineage: &Lineage<'_>, explorer: &Explorer<'_, '_>, at: At) -> Vec<Vec<Step>> {
    let inside = |other: At| {
        let end = lineage.graph(at).node(at.node).end;
        other.file == at.file && at.node <= other.node && other.node < end
    };
    let mut all = Vec::new();
    for (number, file) in (0..).zip(&lineage.files) {
        for found in &file.labels.uses {
            let nodes: Vec<NodeId> = found.evidence.iter().map(|(node, _)| *node).collect();
            let ends: Vec<At> = ends(&file.graph, found.node, &nodes).into_iter().map(|node| At { file: number, node }).collect();
            let reach = explorer.back(&ends);
            let Some(start) = reach.visits.iter().position(|visit| inside(visit.at)) else { continue };
            let mut way = steps(pack, lineage, reach.way(start).map(|visit| (visit.at, visit.passage)));
            let form = &pack.forms[found.form];
            way.push(Step { at: spot(lineage, At { file: number, node: found.node }), note: form.says.to_string() });
            all.push(way);
        }
    }
    // A query and its clause are one use to who reads this.
    let mut seen = BTreeSet::new();
    all.retain(|way: &Vec<Step>| {
        let places: Vec<(String, u32)> = way.iter().map(|step| (step.at.file.clone(), step.at.line)).collect();
        seen.insert((places, way.last().map(|step| step.note.clone())))
    });
    all.truncate(MAX_WAYS);
    all
}

/// A way as steps, one for each line that it passes.
fn steps(pack: &Pack, lineage: &Lineage<'_>, places: impl Iterator<Item = (At, Passage)>) -> Vec<Step> {
    let mut all: Vec<Step> = Vec::new();
    for (at, passage) in places {
        let note = match passage {
            Passage::Flow => "",
            Passage::Argument => "is handed to a function",
            Passage::Return => "is given back",
            Passage::Through(_) => "goes through a function",
            Passage::Import => "is imported",
            Passage::Attribute => "is kept as an attribute",
            Passage::Artifact(number) => {
                let met = lineage.met(number);
                let title = pack.artifacts.get(met.kind).map_or("", |kind| &*kind.title);
                all.push(Step { at: spot(lineage, at), note: format!("is written to the {title} `{}`", met.name) });
                continue;
            }
        };
        let at = spot(lineage, at);
        match all.last_mut() {
            Some(last) if last.at.file == at.file && last.at.line == at.line => {
                if last.note.is_empty() {
                    last.note = note.to_owned();
                }
            }
            _ => all.push(Step { at, note: note.to_owned() }),
        }
    }
    all
}

fn spot(lineage: &Lineage<'_>, at: At) -> Spot {
    let file = lineage.file(at);
    let span = file.graph.node(at.node).span;
    let code = span.of(&file.text).lines().next().unwrap_or_default().trim().to_owned();
    Spot { file: file.path.to_string(), line: file.line_col(span.start).line, code }
}

/// The data of an app.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct DataMap {
    /// The app.
    pub app: String,
    /// The nodes, in the order of their places.
    pub nodes: Vec<MapNode>,
    /// From which node data gets to which, as indexes of `nodes`.
    pub edges: Vec<MapEdge>,
}

/// What a node of the map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// A platform's data enters here.
    Enters,
    /// It is put somewhere.
    Stored,
    /// Something is done with it.
    Used,
}

/// A node of the map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MapNode {
    /// What it is.
    pub part: Part,
    /// The platform, the artifact, or the use.
    pub name: String,
    /// What happens there.
    pub says: String,
    /// Which kinds of data.
    pub data: Vec<String>,
    /// Where.
    pub at: Spot,
}

/// An edge of the map.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct MapEdge {
    /// From this node.
    pub from: usize,
    /// To this one.
    pub to: usize,
    /// The artifacts that it goes by.
    pub by: Vec<String>,
}

/// Which platform data enters an app where, where it is put, and what is done with it.
#[must_use]
pub fn map(pack: &Pack, lineage: &Lineage<'_>, app: &str) -> DataMap {
    let explorer = Explorer::new(lineage);
    let mut ends_of: Vec<(MapNode, Vec<At>)> = Vec::new();
    for (number, file) in (0..).zip(&lineage.files) {
        for found in &file.labels.uses {
            let form = &pack.forms[found.form];
            let nodes: Vec<NodeId> = found.evidence.iter().map(|(node, _)| *node).collect();
            let ends = ends(&file.graph, found.node, &nodes).into_iter().map(|node| At { file: number, node }).collect();
            let name = form.id.split('/').next().unwrap_or_default().to_owned();
            let at = spot(lineage, At { file: number, node: found.node });
            ends_of.push((MapNode { part: Part::Used, name, says: form.says.to_string(), data: Vec::new(), at }, ends));
        }
    }
    for (kind, name, does, at) in lineage.artifacts().filter(|(_, _, does, _)| *does == Does::Write) {
        debug_assert_eq!(does, Does::Write);
        let title = pack.artifacts.get(kind).map_or("", |kind| &*kind.title);
        let says = format!("is written to the {title} `{name}`");
        ends_of.push((
            MapNode { part: Part::Stored, name: format!("{title} {name}"), says, data: Vec::new(), at: spot(lineage, at) },
            vec![at],
        ));
    }
    let mut nodes: BTreeMap<MapNode, BTreeSet<(MapNode, Vec<String>)>> = BTreeMap::new();
    let mut told = BTreeSet::new();
    for (mut node, ends) in ends_of {
        let reach = explorer.back(&ends);
        let mut data = BTreeSet::new();
        let mut sources: BTreeMap<MapNode, Vec<String>> = BTreeMap::new();
        for (index, visit) in reach.visits.iter().enumerate() {
            let file = lineage.file(visit.at);
            if !visit.vague {
                data.extend(file.labels.data_at(visit.at.node).map(|label| key(&pack.data, label.data)));
            }
            for label in explorer.sources(visit.at).into_iter().filter(|label| label.carries) {
                // A field of what a call gave is no entrance of its own.
                if !matches!(
                    lineage.graph(visit.at).node(visit.at.node).kind,
                    Kind::Call | Kind::Literal | Kind::Template | Kind::Parameter
                ) {
                    continue;
                }
                data.extend(label.gives.iter().map(|data| key(&pack.data, *data)));
                let enters = MapNode {
                    part: Part::Enters,
                    name: key(&pack.platforms, label.platform),
                    says: label.says.to_string(),
                    data: label.gives.iter().map(|data| key(&pack.data, *data)).collect(),
                    at: spot(lineage, visit.at),
                };
                let by = || {
                    let passages = reach.way(index).filter_map(|visit| match visit.passage {
                        Passage::Artifact(number) => Some(lineage.met(number)),
                        _ => None,
                    });
                    let title = |kind: usize| pack.artifacts.get(kind).map_or("", |kind| &*kind.title);
                    passages.map(|met| format!("{} {}", title(met.kind), met.name)).collect()
                };
                sources.entry(enters).or_insert_with(by);
            }
        }
        if sources.is_empty() || !told.insert((node.name.clone(), node.says.clone(), node.at.file.clone(), node.at.line)) {
            continue;
        }
        node.data = data.into_iter().collect();
        nodes.entry(node).or_default().extend(sources);
    }
    let all: BTreeSet<MapNode> =
        nodes.keys().cloned().chain(nodes.values().flatten().map(|(source, _)| source.clone())).collect();
    let all: Vec<MapNode> = all.into_iter().collect();
    let index = |node: &MapNode| all.binary_search(node).unwrap_or_default();
    let mut edges: Vec<MapEdge> = Vec::new();
    for (to, sources) in &nodes {
        edges.extend(sources.iter().map(|(from, by)| MapEdge { from: index(from), to: index(to), by: by.clone() }));
    }
    edges.sort();
    DataMap { app: app.to_owned(), nodes: all, edges }
}

fn key(all: &[Named], id: Id) -> String {
    all.get(usize::from(id)).map_or_else(String::new, |named| named.key.to_string())
}
