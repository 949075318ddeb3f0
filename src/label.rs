//! What nodes mean, and why: words and phrases, kinds of data, platforms, uses and safeguards.
//!
//! In: the graph of one file. Out: labels, each with the entry of the pack that put it there.
//! Where labels lead is not known here; that is `link` and `judge`.

use std::{
    collections::BTreeSet,
    sync::{Arc, OnceLock},
};

use aho_corasick::AhoCorasick;
use fixedbitset::FixedBitSet;

use crate::{
    finding::Why,
    graph::{Graph, Kind, NodeId},
    pack::{Id, Pack, Term},
    word,
};

mod data;
mod forms;
mod scope;
mod sources;
mod terms;

pub use forms::Trial;

/// Up to this length, looking for one part of a string after the other is cheaper than an automaton. In bytes.
const SMALL: usize = 16 << 10;

/// Puts labels on graphs; made once for a run.
#[derive(Debug)]
pub struct Labeler<'p> {
    pack: &'p Pack,
    /// Forms by what they ask of a node.
    index: forms::Index,
    /// Finds the parts of strings that the pack asks for, made when a file is large enough to need it.
    texts: OnceLock<Option<AhoCorasick>>,
}

/// The labels of one graph. Lists of labels are sorted by node.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// For each node, where its terms start in `terms`; one more at the end.
    starts: Vec<u32>,
    terms: Vec<Term>,
    /// Nodes that carry anything at all.
    marked: Vec<NodeId>,
    /// Parts of strings.
    texts: Vec<(NodeId, Id)>,
    /// Resolved paths.
    apis: Vec<(NodeId, Id)>,
    /// Kinds of data.
    pub data: Vec<DataLabel>,
    /// Platforms.
    pub sources: Vec<SourceLabel>,
    /// Calls that read a platform if what they are called on comes from a library of it, which this file does not show.
    pub maybe: Vec<SourceLabel>,
    /// Uses.
    pub uses: Vec<Match>,
    /// Safeguards.
    pub safeguards: Vec<Match>,
}

/// A kind of data that a node's name means.
#[derive(Clone, Debug)]
pub struct DataLabel {
    /// Where.
    pub node: NodeId,
    /// The data.
    pub data: Id,
    /// Why.
    pub why: Why,
}

/// A platform that a node reads or names.
#[derive(Clone, Debug)]
pub struct SourceLabel {
    /// Where.
    pub node: NodeId,
    /// The platform.
    pub platform: Id,
    /// The data that comes from it.
    pub gives: Vec<Id>,
    /// Whether the node's value is the platform's data; else it only shows that the platform is there.
    pub carries: bool,
    /// A phrase for the trace.
    pub says: Arc<str>,
    /// Why.
    pub why: Why,
}

/// A form that a node matches.
#[derive(Clone, Debug)]
pub struct Match {
    /// The node.
    pub node: NodeId,
    /// The form, as an index of `Pack::forms`.
    pub form: usize,
    /// The nodes that its conditions were met by, with what each asked for.
    pub evidence: Vec<(NodeId, Arc<str>)>,
    /// Why.
    pub why: Why,
}

impl<'p> Labeler<'p> {
    /// A labeler for this pack.
    #[must_use]
    pub fn new(pack: &'p Pack) -> Self {
        Self { pack, index: forms::Index::new(pack), texts: OnceLock::new() }
    }

    /// The parts of strings that `text` holds anywhere, where it is short; else an automaton for all of them.
    fn texts(&self, text: &str) -> sources::Texts<'_> {
        let parts = || self.pack.texts.iter().map(|text| &*text.text);
        if text.len() > SMALL {
            // The pack's texts are checked to be short; an automaton that cannot be built would be far larger.
            let made = self.texts.get_or_init(|| AhoCorasick::builder().ascii_case_insensitive(true).build(parts()).ok());
            if let Some(automaton) = made {
                return sources::Texts::Together(automaton);
            }
        }
        let text = word::fold(text);
        let held = parts().zip(0..).filter(|(part, _)| text.contains(part)).map(|(_, id)| id);
        sources::Texts::Each(held.collect())
    }

    /// The labels of `graph`, whose text is `text`. Modules named in `own` are the app's own; only these `forms` of the
    /// pack can match, by number, or any.
    #[must_use]
    pub fn labels(&self, graph: &Graph, text: &str, own: &BTreeSet<String>, forms: Option<&FixedBitSet>) -> Labels {
        let mut labels = Labels::default();
        terms::find(self.pack, graph, text, &mut labels);
        sources::find(self.pack, &self.texts(text), graph, text, own, &mut labels);
        data::find(self.pack, graph, text, &mut labels);
        labels.mark(graph);
        forms::find(self.pack, &self.index, forms, graph, text, &mut labels);
        labels
    }
}

impl Labels {
    /// The words and phrases of a node's own name.
    #[must_use]
    pub fn terms(&self, node: NodeId) -> &[Term] {
        let start = self.starts[node.index()] as usize;
        let end = self.starts[node.index() + 1] as usize;
        &self.terms[start..end]
    }

    /// The kinds of data that a node's own name means.
    pub fn data_at(&self, node: NodeId) -> impl Iterator<Item = &DataLabel> {
        let first = self.data.partition_point(|label| label.node < node);
        self.data[first..].iter().take_while(move |label| label.node == node)
    }

    /// The platforms that a node reads or names.
    pub fn sources_at(&self, node: NodeId) -> impl Iterator<Item = &SourceLabel> {
        let first = self.sources.partition_point(|label| label.node < node);
        self.sources[first..].iter().take_while(move |label| label.node == node)
    }

    /// The platforms that a call may read.
    pub fn maybe_at(&self, node: NodeId) -> impl Iterator<Item = &SourceLabel> {
        let first = self.maybe.partition_point(|label| label.node < node);
        self.maybe[first..].iter().take_while(move |label| label.node == node)
    }

    fn has_text(&self, node: NodeId, wanted: &[Id]) -> bool {
        has(&self.texts, node, wanted)
    }

    fn has_api(&self, node: NodeId, wanted: &[Id]) -> bool {
        has(&self.apis, node, wanted)
    }

    fn mark(&mut self, graph: &Graph) {
        let mut marked: Vec<NodeId> = graph.ids().filter(|id| !self.terms(*id).is_empty()).collect();
        marked.extend(self.texts.iter().chain(&self.apis).map(|(node, _)| *node));
        marked.extend(self.data.iter().map(|label| label.node));
        marked.extend(self.sources.iter().map(|label| label.node));
        marked.sort_unstable();
        marked.dedup();
        self.marked = marked;
    }
}

fn has(all: &[(NodeId, Id)], node: NodeId, wanted: &[Id]) -> bool {
    let first = all.partition_point(|(at, _)| *at < node);
    all[first..].iter().take_while(|(at, _)| *at == node).any(|(_, id)| wanted.contains(id))
}

/// Whether a node of this kind speaks through its name.
fn speaks(kind: Kind) -> bool {
    !matches!(kind, Kind::Comment | Kind::Value | Kind::List | Kind::File)
}
