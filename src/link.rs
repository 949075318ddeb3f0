//! Lineage: how values get from where platform data enters to where it is used, over the whole app.
//!
//! In: the labelled graphs of one app. Out: for any place, what got there and on which way, the shortest one first and
//! stable between runs. Functions, files and artifacts are joined here; what a way means is `judge`'s matter.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::{
    graph::{Graph, Kind, NodeId},
    label::Labels,
    language::Habits,
    pack::{Artifact, Does},
    plain::Back,
    span::{LineCol, LineIndex, Span},
};

mod artifacts;
mod configs;
mod modules;
mod naming;
mod reach;
mod values;
mod wants;

pub use artifacts::Met;
pub use reach::{Explorer, Reach, Visit};
pub use wants::{Paths, Wants, stand_in};

/// A text as its author wrote it.
#[derive(Clone, Debug)]
pub struct Written {
    /// The text.
    pub text: String,
    /// The way back to it from the plain one.
    pub back: Back,
}

/// One file, labelled.
#[derive(Clone, Debug)]
pub struct File {
    /// Which root.
    pub app: usize,
    /// The path inside the root.
    pub path: Arc<str>,
    /// Its text, made plain.
    pub text: String,
    /// The lines of its text as written.
    pub lines: LineIndex,
    /// Its text as written, where that is not the plain one.
    pub written: Option<Box<Written>>,
    /// Its graph.
    pub graph: Graph,
    /// Its labels.
    pub labels: Labels,
}

impl File {
    /// The text as people see it.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.written.as_ref().map_or(&self.text, |written| &written.text)
    }

    /// The range of the text as people see it.
    #[must_use]
    pub fn shown_span(&self, span: Span) -> Span {
        self.written.as_ref().map_or(span, |written| written.back.span(span))
    }

    /// Where an offset of the plain text is for people.
    #[must_use]
    pub fn line_col(&self, offset: u32) -> LineCol {
        self.lines.line_col(self.shown(), self.shown_span(Span { start: offset, end: offset }).start)
    }

    /// A node's own name.
    #[must_use]
    pub fn name(&self, node: NodeId) -> &str {
        self.graph.node(node).name.map_or("", |name| name.of(&self.text))
    }
}

/// A node of some file of an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The file, as an index of `Lineage::files`.
    pub file: u32,
    /// The node.
    pub node: NodeId,
}

/// How a value gets from one place to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Passage {
    /// Inside one file, by an assignment or as part of an expression.
    Flow,
    /// As an argument that becomes a parameter.
    Argument,
    /// As what a function gives back.
    Return,
    /// Into a call, through the function that it calls, and back.
    Through(At),
    /// By an import.
    Import,
    /// As an attribute of an object.
    Attribute,
    /// By something that one place writes and another reads: an index for `Lineage::met`.
    Artifact(u32),
}

/// An edge into a place.
#[derive(Clone, Copy, Debug)]
struct Edge {
    from: At,
    passage: Passage,
    /// The clause that tells in which order the values of a call are the columns of a table.
    columns: Option<At>,
    /// Which of the values of a call it is.
    position: Option<usize>,
}

/// A call, and one function that it calls.
#[derive(Clone, Debug)]
struct Bind {
    function: At,
    /// Arguments with the parameters that they become.
    pairs: Vec<(At, At)>,
    /// The function makes the object that the call gives.
    makes: bool,
    /// The function is not called by name but handed to somebody else's.
    loose: bool,
}

/// The files of an app, joined.
#[derive(Debug)]
pub struct Lineage<'a> {
    /// The files.
    pub files: Vec<&'a File>,
    incoming: FxHashMap<At, Vec<Edge>>,
    calls: FxHashMap<At, Vec<Bind>>,
    callers: FxHashMap<At, Vec<At>>,
    values: FxHashMap<At, Vec<values::Value>>,
    met: Vec<Met>,
    mentions: Vec<artifacts::Mention>,
    /// Reads of what is written in more places than are followed.
    cut: FxHashSet<At>,
    habits: Habits,
}

impl<'a> Lineage<'a> {
    /// Joins the files of one app, given in the order of their paths.
    #[must_use]
    pub fn new(files: Vec<&'a File>, kinds: &[Artifact]) -> Self {
        let values::Joined { incoming, calls, callers, values, met, mentions, cut } = values::Solver::new(&files).solved(kinds);
        Self { files, incoming, calls, callers, values, met, mentions, cut, habits: Habits::all() }
    }

    /// Every place that writes or reads an artifact: the kind as an index of `Pack::artifacts`, its name, what is done, where.
    pub fn artifacts(&self) -> impl Iterator<Item = (usize, &str, Does, At)> {
        self.mentions.iter().map(artifacts::Mention::shown)
    }

    /// What a passage by an artifact goes by.
    #[must_use]
    pub fn met(&self, number: u32) -> &Met {
        &self.met[number as usize]
    }

    /// The file of a place.
    #[must_use]
    pub fn file(&self, at: At) -> &'a File {
        self.files[at.file as usize]
    }

    /// Whether a call of this name gives back what each of its arguments gives.
    fn gathers(&self, name: &str) -> bool {
        self.habits.gatherers.contains(&name.rsplit('.').next().unwrap_or(name))
    }

    /// What is known of the value at a place.
    fn values_at(&self, at: At) -> &[values::Value] {
        self.values.get(&at).map_or(&[], Vec::as_slice)
    }

    /// The parameter of `function` that an argument becomes; the function itself where it becomes none.
    #[must_use]
    pub fn parameter_of(&self, argument: At, function: At) -> At {
        let graph = self.graph(argument);
        let calls = graph.around(argument.node).filter_map(|node| self.calls.get(&At { file: argument.file, node }));
        let mut pairs = calls.flatten().filter(|bind| bind.function == function).flat_map(|bind| &bind.pairs);
        pairs.find(|(own, _)| *own == argument).map_or(function, |(_, parameter)| *parameter)
    }

    /// The functions of the app that a call calls by name.
    pub fn callees(&self, call: At) -> impl Iterator<Item = At> {
        self.calls.get(&call).into_iter().flatten().filter(|bind| !bind.loose && !bind.makes).map(|bind| bind.function)
    }

    /// The calls that call a function of the app, or hand it to somebody else's.
    #[must_use]
    pub fn callers_of(&self, function: At) -> &[At] {
        self.callers.get(&function).map_or(&[], Vec::as_slice)
    }

    /// What all languages call things.
    #[must_use]
    pub fn habits(&self) -> &Habits {
        &self.habits
    }

    /// The graph of the file of a place.
    #[must_use]
    pub fn graph(&self, at: At) -> &'a Graph {
        &self.files[at.file as usize].graph
    }
}

/// The nodes whose incoming values count as incoming to a use.
///
/// For an expression that is the node itself; a statement that has no value of its own (a loop, a
/// function, a table) takes in what its parts do.
#[must_use]
pub fn ends(graph: &Graph, node: NodeId, evidence: &[NodeId]) -> Vec<NodeId> {
    let mut all = vec![node];
    // What is done with what a call is handed does not show in what it gives back.
    if graph.node(node).kind == Kind::Call {
        all.extend(graph.arguments(node));
    }
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
