//! Things that one place writes and another reads: tables, topics, queues, files and their kind, joined by their names.
//!
//! In: the values that names stand for. Out: edges from what writes to what reads. A name is what a text says, the holes
//! of a template filled where one value is known for them; where none is, the hole stands for any text and the edge is
//! weak.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    At, Edge, File, Passage,
    naming::{self, ANY, MAX_LOOKS, MAX_NAME},
    values::{Solver, Value},
};
use crate::{
    graph::{Kind, NodeId, Slot},
    language,
    pack::{Artifact, ArtifactEntry, Does, Naming},
};

/// More places than this that write one thing are not joined to each that reads it.
const MAX_WRITERS: usize = 64;

/// A name of an artifact, as its kind compares it: parts, the last one first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Name {
    kind: usize,
    /// As it is written, holes as `*`.
    shown: String,
    parts: Vec<String>,
}

impl Name {
    fn new(kind: usize, naming: Naming, written: &str) -> Option<Self> {
        let bare = written.trim().trim_matches(['"', '`', '\'', '[', ']']);
        let clean = |part: &str| part.trim_matches(['"', '`', '\'', '[', ']']).to_owned();
        let mut parts: Vec<String> = match naming {
            Naming::Exact => vec![bare.to_owned()],
            Naming::Dotted => bare.to_lowercase().split('.').map(clean).collect(),
            Naming::Path => {
                let path = bare.split_once("://").map_or(bare, |(_, path)| path);
                path.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | "..")).map(clean).collect()
            }
        };
        parts.reverse();
        let first = parts.first()?;
        let telling = first.chars().filter(|char| char.is_alphanumeric()).count() >= 2 && first.len() <= MAX_NAME;
        let one_line = !bare.contains(['\n', '\r']) && (naming == Naming::Exact || !bare.contains(char::is_whitespace));
        (telling && one_line).then(|| Self { kind, shown: bare.to_owned(), parts })
    }

    /// Whether it may be the same thing as `other`.
    fn is(&self, other: &Self) -> bool {
        self.kind == other.kind && self.parts.iter().zip(&other.parts).all(|(a, b)| a == b)
    }

    /// Whether this does not say it for sure.
    fn is_weak(&self) -> bool {
        self.shown.contains(ANY)
    }

    /// The part by which it is found in texts.
    pub(super) fn key(&self) -> Option<&str> {
        self.parts.first()?.split(ANY).max_by_key(|part| part.len()).filter(|part| part.len() > 1)
    }
}

/// A place that names an artifact.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The artifact.
    pub(super) name: Name,
    does: Does,
    /// The node whose value is written, or read.
    pub(super) at: At,
    /// The clause that tells which column each value is for.
    columns: Option<At>,
    /// The values go to parameters in their order: which one reads this.
    position: Option<usize>,
}

impl Mention {
    /// Kind, name, what is done, and where.
    pub(super) fn shown(&self) -> (usize, &str, Does, At) {
        (self.name.kind, &self.name.shown, self.does, self.at)
    }
}

/// What a writer and a reader both name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Met {
    /// Which kind, as an index of `Pack::artifacts`.
    pub kind: usize,
    /// Its name, the longer of the two.
    pub name: String,
    /// A part of the name is not known.
    pub weak: bool,
    /// Members in which a reader finds what was written.
    pub(super) wraps: Vec<Box<str>>,
}

/// Every mention of an artifact in these files.
///
/// And the calls that hand on what they read, with the parameters that they hand it to.
pub(super) fn mentions(solver: &Solver<'_, '_>, kinds: &[Artifact]) -> (Vec<Mention>, Vec<(At, At)>) {
    let of_file = |number: usize| {
        let file = solver.files[number];
        let (mut all, mut handed) = (Vec::new(), Vec::new());
        let number = u32::try_from(number).unwrap_or(u32::MAX);
        let mut found = Finder { solver, kinds, number, file, all: &mut all, handed: &mut handed };
        for id in file.graph.ids().skip(1) {
            found.node(id);
        }
        found.model();
        if language::is_config(&file.path) {
            found.entries();
        }
        (all, handed)
    };
    let (all, handed): (Vec<_>, Vec<_>) = (0..solver.files.len()).into_par_iter().map(of_file).unzip();
    (all.concat(), handed.concat())
}

/// Joins what writes to what reads.
pub(super) fn join(solver: &mut Solver<'_, '_>, kinds: &[Artifact], mentions: &[Mention]) -> FxHashSet<At> {
    let mut by_last: BTreeMap<(usize, &str), Vec<usize>> = BTreeMap::new();
    for (index, mention) in mentions.iter().enumerate() {
        if let Some(last) = mention.name.parts.first() {
            by_last.entry((mention.name.kind, last)).or_default().push(index);
        }
    }
    let mut cut = FxHashSet::default();
    for same in by_last.values() {
        let does = |does: Does| same.iter().map(|index| &mentions[*index]).filter(move |mention| mention.does == does);
        for read in does(Does::Read) {
            let mut writers = 0;
            for write in does(Does::Write).filter(|write| write.name.is(&read.name) && write.at != read.at) {
                writers += 1;
                if writers > MAX_WRITERS {
                    cut.insert(read.at);
                    break;
                }
                let longer = if write.name.shown.len() > read.name.shown.len() { write } else { read };
                let weak = write.name.is_weak() || read.name.is_weak();
                let met = Met {
                    kind: read.name.kind,
                    name: longer.name.shown.clone(),
                    weak,
                    wraps: kinds[read.name.kind].wraps.clone(),
                };
                let passage = Passage::Artifact(solver.met(met));
                solver.edge(Edge { from: write.at, passage, columns: write.columns, position: read.position }, read.at);
            }
        }
    }
    cut
}

struct Finder<'f, 's, 'a> {
    solver: &'f Solver<'s, 'a>,
    kinds: &'f [Artifact],
    number: u32,
    file: &'a File,
    all: &'f mut Vec<Mention>,
    handed: &'f mut Vec<(At, At)>,
}

impl Finder<'_, '_, '_> {
    fn at(&self, node: NodeId) -> At {
        At { file: self.number, node }
    }

    fn add(&mut self, kind: usize, written: &str, does: Does, node: NodeId) {
        if let Some(name) = Name::new(kind, self.kinds[kind].naming, written) {
            self.all.push(Mention { name, does, at: self.at(node), columns: None, position: None });
        }
    }

    fn tables(&self) -> impl Iterator<Item = usize> + use<> {
        let sql: Vec<usize> = (0..self.kinds.len()).filter(|kind| self.kinds[*kind].sql).collect();
        sql.into_iter()
    }

    fn node(&mut self, id: NodeId) {
        let graph = &self.file.graph;
        let node = graph.node(id);
        match node.kind {
            // A table of the same statement is joined in the file.
            Kind::From | Kind::Join if graph.flows_into(id).next().is_none() => {
                for kind in self.tables() {
                    let name = self.table(id);
                    self.add(kind, &name, Does::Read, id);
                }
            }
            Kind::Insert | Kind::Update | Kind::Table if graph.children(id).next().is_some() => {
                let name = self.table(id);
                let called = node.kind != Kind::Table && self.carrier(id);
                for kind in self.tables().filter(|_| !called) {
                    self.add(kind, &name, Does::Write, id);
                }
            }
            Kind::Call => {
                self.call(id);
                self.statement(id);
            }
            Kind::Function => self.function(id),
            _ => (),
        }
    }

    /// The table that a clause names, the hole of a template filled.
    fn table(&self, id: NodeId) -> String {
        let graph = &self.file.graph;
        let Some(span) = graph.node(id).name else { return String::new() };
        let text = graph.around(id).find(|around| matches!(graph.node(*around).kind, Kind::Literal | Kind::Template));
        let own = match text {
            Some(text) => naming::filled(self.solver, self.at(text), span, 0),
            None => self.file.name(id).to_owned(),
        };
        // The schema stands before it; in a template that names a source, so does the source.
        let before = &self.file.text[graph.node(NodeId::FILE).span.start as usize..span.start as usize];
        let plain = |char: char| char.is_alphanumeric() || matches!(char, '_' | '.' | '"' | '`' | '[' | ']' | '-');
        let start = before.char_indices().rev().take_while(|(_, char)| plain(*char)).last().map_or(before.len(), |(at, _)| at);
        let prefix = before.get(start..).unwrap_or_default();
        let hole = before.rsplit_once("{{").map(|(_, hole)| hole).filter(|hole| hole.len() < MAX_NAME && !hole.contains("}}"));
        let source = hole.filter(|hole| hole.contains("source")).and_then(|hole| hole.split(['\'', '"']).nth(1));
        match source {
            Some(source) => format!("{source}.{own}"),
            None if prefix.contains('.') => format!("{prefix}{own}"),
            None => own,
        }
    }

    /// Whether a clause takes its values from the call that its text is handed to.
    fn carrier(&self, id: NodeId) -> bool {
        let graph = &self.file.graph;
        let text = graph.around(id).any(|around| matches!(graph.node(around).kind, Kind::Literal | Kind::Template));
        text && !graph.inside(id).any(|inside| matches!(graph.node(inside).kind, Kind::Query | Kind::From))
    }

    /// A call that is handed a statement which writes.
    fn statement(&mut self, call: NodeId) {
        let graph = &self.file.graph;
        let arguments: Vec<NodeId> = graph.arguments(call).collect();
        for argument in arguments {
            let mut texts = Vec::new();
            naming::written(self.solver, self.at(argument), &mut { MAX_LOOKS }, &mut texts);
            for text in texts {
                let file = self.solver.files[text.file as usize];
                let clauses =
                    file.graph.inside(text.node).filter(|id| matches!(file.graph.node(*id).kind, Kind::Insert | Kind::Update));
                for clause in clauses.collect::<Vec<_>>() {
                    let (all, handed) = (&mut Vec::new(), &mut Vec::new());
                    let there = Finder { solver: self.solver, kinds: self.kinds, number: text.file, file, all, handed };
                    if !there.carrier(clause) {
                        continue;
                    }
                    let name = there.table(clause);
                    for kind in self.tables() {
                        let before = self.all.len();
                        self.add(kind, &name, Does::Write, call);
                        for mention in &mut self.all[before..] {
                            mention.columns = Some(At { file: text.file, node: clause });
                        }
                    }
                }
            }
        }
    }

    fn call(&mut self, id: NodeId) {
        let name = self.file.name(id).rsplit('.').next().unwrap_or_default();
        let kinds = self.kinds;
        for (kind, artifact) in kinds.iter().enumerate().filter(|(_, kind)| kind.members.is_empty()) {
            let forms = artifact.calls.get(name).into_iter().flatten().filter(|form| naming::applies(self.file, form, id));
            for form in forms {
                let names = naming::named(self.solver, form, self.at(id));
                let models = match artifact.classes.is_empty() {
                    true => Vec::new(),
                    false => naming::classes(self.solver, artifact, form, self.at(id)),
                };
                for written in names.iter().chain(&models) {
                    self.add(kind, written, form.does, id);
                }
                if form.does == Does::Read && !(names.is_empty() && models.is_empty()) {
                    self.handlers(id);
                }
            }
        }
    }

    /// What is read arrives at the functions that are handed to what reads.
    fn handlers(&mut self, call: NodeId) {
        let graph = &self.file.graph;
        let from = self.at(call);
        for argument in graph.arguments(call) {
            for part in graph.inside(argument).take(32) {
                for value in self.solver.at(self.at(part)) {
                    let Value::Function(function) = value else { continue };
                    let of = &self.solver.files[function.file as usize].graph;
                    let parameters = of.children(function.node).filter(|id| of.node(*id).kind == Kind::Parameter);
                    self.handed.extend(parameters.map(|node| (from, At { file: function.file, node })));
                }
            }
        }
    }

    /// A function that stands for an artifact of its name.
    fn function(&mut self, id: NodeId) {
        let graph = &self.file.graph;
        let name = self.file.name(id);
        let decorators: Vec<&str> =
            graph.decorators(id).map(|node| self.file.name(node).rsplit('.').next().unwrap_or_default()).collect();
        if decorators.is_empty() || name.is_empty() {
            return;
        }
        let parameters: Vec<NodeId> = graph.children(id).filter(|child| graph.node(*child).kind == Kind::Parameter).collect();
        let kinds = self.kinds;
        for (kind, artifact) in kinds.iter().enumerate() {
            for (_, returned) in artifact.functions.iter().filter(|(decorator, _)| decorators.contains(&&**decorator)) {
                if *returned {
                    self.add(kind, name, Does::Write, id);
                    for parameter in &parameters {
                        self.add(kind, self.file.name(*parameter), Does::Read, *parameter);
                    }
                    continue;
                }
                let stem = self.file.path.rsplit_once('.').map_or(&*self.file.path, |(stem, _)| stem);
                let module = format!("{}.{name}", stem.replace('/', "."));
                let own = |id: &&NodeId| !matches!(self.file.name(**id), "self" | "cls");
                for (position, parameter) in parameters.iter().filter(own).enumerate() {
                    let before = self.all.len();
                    for name in [name, &module] {
                        self.add(kind, name, Does::Read, *parameter);
                    }
                    self.all[before..].iter_mut().for_each(|mention| mention.position = Some(position));
                }
            }
        }
    }

    /// A file of one bare query makes the table of its name.
    fn model(&mut self) {
        let graph = &self.file.graph;
        let queries: Vec<NodeId> = graph.children(NodeId::FILE).filter(|id| graph.node(*id).kind == Kind::Query).collect();
        let [query] = queries[..] else { return };
        let name = self.file.path.rsplit('/').next().unwrap_or_default();
        let Some(stem) = name.strip_suffix(".sql") else { return };
        let makes = |id: NodeId| matches!(graph.node(id).kind, Kind::Table | Kind::Insert | Kind::Update | Kind::Delete);
        if !graph.children(query).any(makes) {
            for kind in self.tables() {
                self.add(kind, stem, Does::Write, query);
            }
        }
    }

    /// A name of a config under the names of what it stands in: what has an entry of the same key.
    fn qualified(&self, entry: NodeId, written: &str) -> String {
        let graph = &self.file.graph;
        let key = self.file.name(entry);
        let mut name = written.to_owned();
        let mut below = entry;
        for around in graph.around(entry) {
            let same = |id: &NodeId| *id != below && graph.node(*id).kind == Kind::Entry && self.file.name(*id) == key;
            let outer = graph.children(around).find(same).filter(|_| graph.node(below).parent == around && below != entry);
            let value = outer.and_then(|outer| graph.children(outer).find(|child| graph.node(*child).kind == Kind::Literal));
            if let Some(value) = value {
                name = format!("{}.{name}", self.file.name(value));
            }
            below = around;
        }
        name
    }

    /// What the nearest mapping around an entry says under another key.
    fn said_around(&self, entry: NodeId, key: &str) -> Option<&str> {
        let graph = &self.file.graph;
        let of_key = |id: &NodeId| graph.node(*id).kind == Kind::Entry && self.file.name(*id) == key;
        let said = |id: NodeId| graph.child(id, Slot::Value).filter(|value| graph.node(*value).kind == Kind::Literal);
        graph
            .around(entry)
            .find_map(|around| graph.children(around).find(of_key).and_then(said))
            .map(|value| self.file.name(value))
    }

    /// What a config says is read and written.
    fn entries(&mut self) {
        let graph = &self.file.graph;
        let mut found: Vec<(usize, Does, &str, NodeId, String)> = Vec::new();
        for id in graph.ids().filter(|id| graph.node(*id).kind == Kind::Entry) {
            let value = graph.child(id, Slot::Value);
            let value = value.filter(|value| graph.node(*value).kind == Kind::Literal);
            let Some(value) = value else { continue };
            let around = graph.around(id).filter(|around| graph.node(*around).kind == Kind::Entry);
            let mut keys: Vec<&str> = std::iter::once(id).chain(around).map(|id| self.file.name(id)).collect();
            keys.reverse();
            let path = keys.join(".");
            for (kind, artifact) in self.kinds.iter().enumerate() {
                for ArtifactEntry { does, key, under } in &artifact.entries {
                    if path.strip_suffix(&**key).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')) {
                        let name = self.file.name(value);
                        let name = match (&**under, self.said_around(id, under)) {
                            ("", _) => name.to_owned(),
                            (_, Some(before)) => format!("{before}.{name}"),
                            (_, None) => continue,
                        };
                        found.push((kind, *does, key, id, name));
                    }
                }
            }
        }
        for (kind, does, key, id, written) in &found {
            if *does == Does::Read {
                continue;
            }
            // The nearest thing around that says what is read, as long as it says no other time what is written.
            let all = || std::iter::once(NodeId::FILE).chain(graph.around(*id));
            let mut around: Vec<NodeId> = all().collect();
            around.sort_by_key(|node| graph.node(*node).end.0 - node.0);
            for outer in around {
                let inside = |node: NodeId| outer <= node && node < graph.node(outer).end;
                if found
                    .iter()
                    .any(|(_, other, same, node, _)| *other == Does::Write && same == key && node != id && inside(*node))
                {
                    break;
                }
                let reads: Vec<NodeId> = found
                    .iter()
                    .filter(|(_, does, ..)| *does == Does::Read)
                    .map(|(_, _, _, node, _)| *node)
                    .filter(|node| inside(*node))
                    .collect();
                if !reads.is_empty() {
                    for read in reads {
                        if let Some((other, _, _, _, name)) =
                            found.iter().find(|(_, does, _, node, _)| *node == read && *does == Does::Read)
                        {
                            // What is read here is what the entry that writes gets.
                            let (other, name) = (*other, name.clone());
                            self.add(other, &name, Does::Read, *id);
                        }
                    }
                    self.add(*kind, &self.qualified(*id, written), Does::Write, *id);
                    break;
                }
            }
        }
    }
}
