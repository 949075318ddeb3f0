//! Uses and safeguards: nodes that match a form of the pack.

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::{Labels, Match, scope, scope::Nodes};
use crate::{
    finding::Why,
    graph::{Graph, Kind, NodeId, Slot},
    pack::{Condition, Form, Id, Ids, Pack, Scope, Shows, Term},
};

pub(super) fn find(pack: &Pack, index: &Index, possible: Option<&FixedBitSet>, graph: &Graph, text: &str, labels: &mut Labels) {
    let mut matcher = Matcher { pack, graph, text, labels, kinds: by_kind(graph), known: FxHashMap::default() };
    let (mut uses, mut safeguards) = (Vec::new(), Vec::new());
    let mut candidates: Vec<usize> = Vec::new();
    for id in graph.ids() {
        index.candidates(matcher.labels, graph, id, &mut candidates);
        for number in candidates.iter().filter(|number| possible.is_none_or(|forms| forms.contains(**number))) {
            let form = &pack.forms[*number];
            if let Some(evidence) = matcher.matches(form, id) {
                let why = matcher.why(form, id);
                let found = Match { node: id, form: *number, evidence, why };
                match form.shows {
                    Shows::Use(_) => uses.push(found),
                    Shows::Safeguard(_) => safeguards.push(found),
                }
            }
        }
    }
    labels.uses = uses;
    labels.safeguards = safeguards;
}

/// Tries forms that are not quite those of the pack on a file that was labelled with it.
pub struct Trial<'a> {
    matcher: Matcher<'a>,
}

impl<'a> Trial<'a> {
    /// A trial on this graph, whose text is `text`.
    #[must_use]
    pub fn new(pack: &'a Pack, graph: &'a Graph, text: &'a str, labels: &'a Labels) -> Self {
        Self { matcher: Matcher { pack, graph, text, labels, kinds: by_kind(graph), known: FxHashMap::default() } }
    }

    /// The nodes that are what a form says of the node itself, whatever stands around them.
    #[must_use]
    pub fn own(&self, form: &Form) -> Vec<NodeId> {
        let nodes = form.kinds.iter().filter_map(|kind| self.matcher.kinds.get(kind)).flatten().copied();
        let mut nodes: Vec<NodeId> = nodes.filter(|id| self.matcher.own(form, *id)).collect();
        nodes.sort_unstable();
        nodes
    }

    /// Those of these nodes that match a form, which stands in the pack under `number`.
    pub fn matches(&mut self, number: usize, form: &Form, nodes: &[NodeId]) -> Vec<Match> {
        let found = |id: &NodeId| {
            let evidence = self.matcher.matches(form, *id)?;
            Some(Match { node: *id, form: number, evidence, why: self.matcher.why(form, *id) })
        };
        nodes.iter().filter_map(found).collect()
    }
}

/// Forms by what a node must carry to match them.
#[derive(Debug)]
pub(super) struct Index {
    by_term: FxHashMap<Term, Vec<usize>>,
    by_api: FxHashMap<Id, Vec<usize>>,
    by_text: FxHashMap<Id, Vec<usize>>,
    by_data: FxHashMap<Id, Vec<usize>>,
    by_kind: FxHashMap<Kind, Vec<usize>>,
}

impl Index {
    pub(super) fn new(pack: &Pack) -> Self {
        let mut index = Self {
            by_term: FxHashMap::default(),
            by_api: FxHashMap::default(),
            by_text: FxHashMap::default(),
            by_data: FxHashMap::default(),
            by_kind: FxHashMap::default(),
        };
        for (number, form) in pack.forms.iter().enumerate() {
            for api in &form.api {
                index.by_api.entry(*api).or_default().push(number);
            }
            if !form.name.is_empty() {
                for term in form.name.iter() {
                    index.by_term.entry(term).or_default().push(number);
                }
            } else if form.api.is_empty() {
                let (map, keys) =
                    if form.text.is_empty() { (&mut index.by_data, &form.data) } else { (&mut index.by_text, &form.text) };
                for key in keys {
                    map.entry(*key).or_default().push(number);
                }
                if keys.is_empty() {
                    for kind in &form.kinds {
                        index.by_kind.entry(*kind).or_default().push(number);
                    }
                }
            }
        }
        index
    }

    /// The forms that a node may match, ascending.
    fn candidates(&self, labels: &Labels, graph: &Graph, id: NodeId, out: &mut Vec<usize>) {
        out.clear();
        let mut add = |forms: Option<&Vec<usize>>| out.extend(forms.into_iter().flatten());
        add(self.by_kind.get(&graph.node(id).kind));
        if labels.marked.binary_search(&id).is_ok() {
            labels.terms(id).iter().for_each(|term| add(self.by_term.get(term)));
            labels.data_at(id).for_each(|label| add(self.by_data.get(&label.data)));
            let of = |all: &[(NodeId, Id)], map: &FxHashMap<Id, Vec<usize>>, add: &mut dyn FnMut(Option<&Vec<usize>>)| {
                let first = all.partition_point(|(at, _)| *at < id);
                all[first..].iter().take_while(|(at, _)| *at == id).for_each(|(_, key)| add(map.get(key)));
            };
            of(&labels.apis, &self.by_api, &mut add);
            of(&labels.texts, &self.by_text, &mut add);
        }
        out.sort_unstable();
        out.dedup();
    }
}

fn by_kind(graph: &Graph) -> FxHashMap<Kind, Vec<NodeId>> {
    let mut all: FxHashMap<Kind, Vec<NodeId>> = FxHashMap::default();
    for id in graph.ids() {
        all.entry(graph.node(id).kind).or_default().push(id);
    }
    all
}

struct Matcher<'a> {
    pack: &'a Pack,
    graph: &'a Graph,
    text: &'a str,
    labels: &'a Labels,
    kinds: FxHashMap<Kind, Vec<NodeId>>,
    /// Answers for scopes that many nodes share.
    known: FxHashMap<(u32, (NodeId, NodeId)), Option<NodeId>>,
}

impl Matcher<'_> {
    /// The evidence for `form` at `id`; `None` where it does not match.
    fn matches(&mut self, form: &Form, id: NodeId) -> Option<Vec<(NodeId, std::sync::Arc<str>)>> {
        if !self.own(form, id) || form.none.iter().any(|condition| self.meets(condition, id).is_some()) {
            return None;
        }
        let mut evidence = Vec::new();
        for condition in &form.all {
            evidence.push((self.meets_near(condition, id)?, condition.shown(self.pack).into()));
        }
        if !form.any.is_empty() {
            let met =
                form.any.iter().find_map(|condition| Some((self.meets_near(condition, id)?, condition.shown(self.pack).into())));
            evidence.push(met?);
        }
        evidence.retain(|(node, _)| *node != id);
        evidence.dedup_by_key(|(node, _)| *node);
        Some(evidence)
    }

    fn own(&self, form: &Form, id: NodeId) -> bool {
        let node = self.graph.node(id);
        if !form.kinds.contains(&node.kind) || self.defines(form, id) {
            return false;
        }
        let terms = self.labels.terms(id);
        let has = |set: &Ids| !set.is_empty() && terms.iter().any(|term| set.contains(*term));
        // What a resolved call is, no word of its name can deny.
        let named = !form.name.is_empty() && has(&form.name) && !has(&form.not);
        let called = !form.api.is_empty() && self.labels.has_api(id, &form.api);
        let free = form.name.is_empty() && form.api.is_empty() && !has(&form.not);
        if !(named || called || free) {
            return false;
        }
        let hidden = || self.graph.hidden_at(id).any(|hidden| form.hidden.contains(&hidden.how));
        if !form.hidden.is_empty() && !hidden() {
            return false;
        }
        let said = form.text.is_empty() || self.labels.has_text(id, &form.text);
        let meant = form.data.is_empty() || self.labels.data_at(id).any(|label| form.data.contains(&label.data));
        said && meant && form.pattern.as_ref().is_none_or(|pattern| pattern.matches(node.name.unwrap_or(node.span).of(self.text)))
    }

    /// Whether an assignment gives a function to a name: what is said of assignments is not said of the function's code.
    fn defines(&self, form: &Form, id: NodeId) -> bool {
        let value = || self.graph.child(id, Slot::Value);
        let function = |id: NodeId| self.graph.node(id).kind == Kind::Function;
        let asked = |condition: &Condition| condition.scope == Scope::Inside && condition.kinds.contains(&Kind::Function);
        let meant = form.kinds.contains(&Kind::Function) || form.all.iter().any(asked);
        self.graph.node(id).kind == Kind::Assign && !meant && value().is_some_and(function)
    }

    /// The first node that meets a condition of `id`.
    fn meets(&mut self, condition: &Condition, id: NodeId) -> Option<NodeId> {
        let nodes = scope::nodes(self.graph, id, condition.scope);
        // What must not be there is looked for in the whole function, what must be there nearby.
        let Some(key) = nodes.range() else { return self.search(condition, &nodes) };
        let key = (condition.id, key);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let found = self.search(condition, &nodes);
        self.known.insert(key, found);
        found
    }

    /// The same, near `id` where the scope is a long function or a long script.
    fn meets_near(&mut self, condition: &Condition, id: NodeId) -> Option<NodeId> {
        if condition.scope != Scope::Function || !condition.source.is_empty() {
            return self.meets(condition, id);
        }
        let nodes = scope::nodes(self.graph, id, condition.scope);
        match nodes.near(self.graph, id) {
            Some(near) => self.search(condition, &near),
            None => self.meets(condition, id),
        }
    }

    fn search(&self, condition: &Condition, nodes: &Nodes) -> Option<NodeId> {
        let fits = |id: &NodeId| self.fits(condition, *id);
        let bare = condition.words.is_none()
            && condition.api.is_empty()
            && condition.text.is_empty()
            && condition.data.is_empty()
            && condition.source.is_empty();
        match nodes {
            Nodes::Some(all) => all.iter().copied().find(fits),
            Nodes::Range(first, end) if bare => {
                condition.kinds.iter().filter_map(|kind| within(self.kinds.get(kind)?, *first, *end).first().copied()).min()
            }
            Nodes::Range(first, end) => within(&self.labels.marked, *first, *end).iter().copied().find(fits),
            Nodes::TopLevel(first, end) => {
                let top = |id: &NodeId| self.graph.node(*id).scope == NodeId::FILE;
                if bare {
                    let of_kind = |kind| within(self.kinds.get(kind)?, *first, *end).iter().copied().find(top);
                    return condition.kinds.iter().filter_map(of_kind).min();
                }
                within(&self.labels.marked, *first, *end).iter().copied().filter(top).find(fits)
            }
        }
    }

    fn fits(&self, condition: &Condition, id: NodeId) -> bool {
        let labels = self.labels;
        (condition.kinds.is_empty() || condition.kinds.contains(&self.graph.node(id).kind))
            && condition.words.as_ref().is_none_or(|words| labels.terms(id).iter().any(|term| words.contains(*term)))
            && (condition.api.is_empty() || labels.has_api(id, &condition.api))
            && (condition.text.is_empty() || labels.has_text(id, &condition.text))
            && (condition.data.is_empty() || self.carries(id, &condition.data))
            && (condition.source.is_empty() || labels.sources_at(id).any(|label| condition.source.contains(&label.platform)))
    }

    fn carries(&self, id: NodeId, data: &[Id]) -> bool {
        self.labels.data_at(id).any(|label| data.contains(&label.data))
            || self.labels.sources_at(id).any(|label| label.gives.iter().any(|given| data.contains(given)))
    }

    fn why(&self, form: &Form, id: NodeId) -> Why {
        let terms = self.labels.terms(id).iter().filter(|term| form.name.contains(**term));
        let words: Vec<&str> = terms.map(|term| &*self.pack.lexicon.terms[*term as usize]).collect();
        let plain = match self.graph.hidden_at(id).find(|hidden| form.hidden.contains(&hidden.how)) {
            Some(hidden) => format!(", which reads `{}`", hidden.plain),
            None => String::new(),
        };
        let words = if words.is_empty() { String::new() } else { format!(" by {}", words.join(", ")) };
        Why {
            entry: form.entry.to_string(),
            matched: format!("{}{words}{plain}", form.id),
            language: String::new(),
            supports: form.all.iter().chain(&form.any).map(|condition| condition.shown(self.pack)).collect(),
            against: form.none.iter().map(|condition| condition.shown(self.pack)).collect(),
        }
    }
}

fn within(all: &[NodeId], first: NodeId, end: NodeId) -> &[NodeId] {
    let from = all.partition_point(|id| *id < first);
    let to = all.partition_point(|id| *id < end);
    &all[from..to.max(from)]
}
