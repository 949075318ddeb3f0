//! Which files that were not read could still take part: those that a way back leads to.
//!
//! In: the files read so far, and the uses in them. Out: names that a file must hold, and files by their path, so that
//! what is left unread is on no way to any use. The report is the same as if all had been read; a test holds that.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashMap;

use super::{
    At, Explorer, File, Lineage,
    artifacts::Mention,
    configs, ends,
    modules::Modules,
    values::{self, Value},
};
use crate::{
    graph::{Kind, NodeId, Slot},
    language::{self, Habits},
    pack::Artifact,
};

/// What to look for among the files that were not read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wants {
    /// A file matters where it holds one of these names.
    pub names: BTreeSet<String>,
    /// Files that matter, by their path.
    pub files: BTreeSet<String>,
}

impl Wants {
    /// Those that are not among `asked`.
    #[must_use]
    pub fn beyond(&self, asked: &Self) -> Self {
        Self { names: &self.names - &asked.names, files: &self.files - &asked.files }
    }

    /// Adds those of `others`.
    pub fn extend(&mut self, others: Self) {
        self.names.extend(others.names);
        self.files.extend(others.files);
    }
}

/// The paths of an app's files, as imports name them.
pub struct Paths<'p> {
    paths: Vec<&'p str>,
    modules: Modules,
    habits: Habits,
}

impl<'p> Paths<'p> {
    /// Those of all files of an app, read or not.
    #[must_use]
    pub fn new(paths: Vec<&'p str>) -> Self {
        let habits = Habits::all();
        Self { modules: Modules::new(paths.iter().copied()), paths, habits }
    }
}

impl Lineage<'_> {
    /// What the uses of these files call for; `open` tells those of a file that a safeguard could make lawful.
    #[must_use]
    pub fn wants(&self, paths: &Paths<'_>, kinds: &[Artifact], open: &dyn Fn(u32) -> Vec<NodeId>) -> Wants {
        let explorer = Explorer::new(self);
        let mut mentions: FxHashMap<At, Vec<&Mention>> = FxHashMap::default();
        for mention in &self.mentions {
            mentions.entry(mention.at).or_default().push(mention);
        }
        let mut seeker = Seeker {
            lineage: self,
            paths,
            kinds,
            mentions,
            joined: (0..).zip(&self.files).map(|(number, file)| (&*file.path, number)).collect(),
            keys: BTreeSet::new(),
            methods: BTreeSet::new(),
            wants: Wants::default(),
            seen: BTreeSet::new(),
            functions: BTreeSet::new(),
            files: BTreeSet::new(),
        };
        for (number, file) in (0..).zip(&self.files).filter(|(_, file)| !file.labels.uses.is_empty()) {
            for node in open(number) {
                seeker.surrounding_calls(&explorer, At { file: number, node }, 0);
            }
            for found in &file.labels.uses {
                let nodes: Vec<NodeId> = found.evidence.iter().map(|(node, _)| *node).collect();
                let ends = ends(&file.graph, found.node, &nodes);
                seeker.seek(&explorer, &ends.into_iter().map(|node| At { file: number, node }).collect::<Vec<_>>());
            }
        }
        seeker.receivers(&explorer);
        seeker.artifacts();
        seeker.wants
    }
}

struct Seeker<'l, 'a, 'p> {
    lineage: &'l Lineage<'a>,
    paths: &'l Paths<'p>,
    kinds: &'l [Artifact],
    mentions: FxHashMap<At, Vec<&'l Mention>>,
    /// The files read so far, by path.
    joined: FxHashMap<&'l str, u32>,
    /// Parts of names of artifacts that are read.
    keys: BTreeSet<String>,
    /// Functions whose callers are looked for, by name.
    methods: BTreeSet<String>,
    wants: Wants,
    seen: BTreeSet<At>,
    functions: BTreeSet<At>,
    files: BTreeSet<u32>,
}

impl Seeker<'_, '_, '_> {
    fn seek(&mut self, explorer: &Explorer<'_, '_>, ends: &[At]) {
        for visit in explorer.back(ends).visits {
            if self.seen.insert(visit.at) {
                self.want(visit.at);
            }
        }
    }

    fn want(&mut self, at: At) {
        let file = self.lineage.file(at);
        let graph = &file.graph;
        let node = graph.node(at.node);
        if self.files.insert(at.file) {
            self.surroundings(file);
        }
        let named = self.mentions.get(&at).into_iter().flatten().filter_map(|mention| mention.name.key());
        self.keys.extend(named.map(str::to_owned));
        match node.kind {
            Kind::Parameter => self.callers(at),
            Kind::Import | Kind::Name | Kind::Entry if graph.node(node.parent).kind == Kind::Import => self.import(at),
            Kind::Call if self.paths.habits.loaders.contains(&file.name(at.node)) => {
                let written = graph.children(at.node).find(|child| graph.node(*child).kind == Kind::Literal);
                if let Some(written) = written {
                    self.module(file, file.name(written));
                }
            }
            Kind::Literal => self.config(file.name(at.node)),
            Kind::Name if values::is_open(graph, at.node) && language::shares(&file.path).is_some() => {
                self.wants.names.insert(file.name(at.node).to_owned());
            }
            Kind::Member => {
                let object = graph.children(at.node).next().map(|node| At { file: at.file, node });
                let holder = object.map_or("", |object| file.name(object.node));
                if self.kinds.iter().any(|kind| kind.members.iter().any(|member| **member == *holder)) {
                    self.wants.names.insert(file.name(at.node).to_owned());
                }
                for value in object.iter().flat_map(|object| self.lineage.values_at(*object)) {
                    if let Value::Instance(class) | Value::Class(class) = value {
                        self.wants.names.insert(self.lineage.file(*class).name(class.node).to_owned());
                    }
                }
            }
            _ => (),
        }
    }

    /// A safeguard may stand in what is called before a use, or in what calls the function around it.
    fn surrounding_calls(&mut self, explorer: &Explorer<'_, '_>, at: At, depth: usize) {
        let graph = &self.lineage.file(at).graph;
        let function = std::iter::once(at.node).chain(graph.around(at.node)).find(|id| graph.node(*id).kind == Kind::Function);
        let Some(function) = function.map(|node| At { node, ..at }) else { return };
        if depth > 3 || !self.functions.insert(function) {
            return;
        }
        let calls = graph.inside(function.node).filter(|id| graph.node(*id).kind == Kind::Call);
        let callees = calls.filter_map(|call| graph.child(call, Slot::Callee));
        for callee in callees.collect::<Vec<_>>() {
            self.seek(explorer, &[At { node: callee, ..at }]);
        }
        self.callers_of(function);
        for call in self.lineage.callers_of(function).to_vec() {
            self.surrounding_calls(explorer, call, depth + 1);
        }
    }

    /// Whoever calls the function of a parameter names it, or its class, or its module.
    fn callers(&mut self, parameter: At) {
        let graph = &self.lineage.file(parameter).graph;
        let function = graph.around(parameter.node).find(|at| graph.node(*at).kind == Kind::Function);
        if let Some(node) = function {
            self.callers_of(At { node, ..parameter });
        }
    }

    fn callers_of(&mut self, function: At) {
        let file = self.lineage.file(function);
        let graph = &file.graph;
        // What stands in a function is known outside by what that function gives.
        let outermost = std::iter::once(function.node).chain(graph.around(function.node));
        let function = outermost.filter(|id| graph.node(*id).kind == Kind::Function).last().unwrap_or(function.node);
        let class = graph.around(function).find(|at| graph.node(*at).kind == Kind::Class);
        let holder = graph.node(graph.node(function).parent);
        let given = matches!(holder.kind, Kind::Assign | Kind::Entry).then(|| file.name(graph.node(function).parent));
        let makes = self.paths.habits.constructors.contains(&file.name(function));
        let names = [Some(file.name(function)).filter(|_| !makes), class.filter(|_| makes).map(|class| file.name(class)), given];
        let names: Vec<&str> = names.into_iter().flatten().filter(|name| !name.is_empty()).collect();
        self.methods.extend(names.iter().map(|name| (*name).to_owned()));
        self.wants.names.extend(names.into_iter().map(str::to_owned));
        let before = file.text[..graph.node(function).span.start as usize].trim_end();
        if self.paths.habits.exports.iter().any(|whole| before.ends_with(whole)) || file.name(function).is_empty() {
            let parts = file.path.rsplit('/').map(|part| part.split('.').next().unwrap_or(part));
            let stem = parts.into_iter().find(|part| !language::packages(&file.path).contains(part));
            self.wants.names.extend(stem.map(str::to_owned));
        }
    }

    /// A text may name a config that values are loaded from.
    fn config(&mut self, written: &str) {
        let written = written.trim_start_matches("./");
        if written.contains('.') && language::is_config(written) {
            let ends = |path: &&&str| path.strip_suffix(written).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'));
            self.wants.files.extend(self.paths.paths.iter().filter(ends).map(|path| (*path).to_owned()));
        }
    }

    /// Whatever names what is read: its name, what stands for the name, and a file that has it.
    fn artifacts(&mut self) {
        let Ok(keys) = AhoCorasick::new(&self.keys) else { return };
        for file in &self.lineage.files {
            let graph = &file.graph;
            for id in graph.ids().filter(|id| matches!(graph.node(*id).kind, Kind::Literal | Kind::Template)) {
                let text = graph.node(id).span.of(&file.text);
                // A name has no spaces, unless a statement has it.
                let names = graph.node(id).end.0 > id.0 + 1 || !text.contains(char::is_whitespace);
                if names && stand_in(&keys, text) {
                    self.wants.names.extend(holders(file, id).into_iter().filter(|name| name.len() > 1));
                }
            }
        }
        let stem = |path: &str| path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or_default().to_lowercase();
        self.wants
            .files
            .extend(self.paths.paths.iter().filter(|path| self.keys.contains(&stem(path))).map(|path| (*path).to_owned()));
        self.wants.names.append(&mut self.keys);
    }

    fn import(&mut self, at: At) {
        let file = self.lineage.file(at);
        let parent = file.graph.node(at.node).parent;
        let module = file.name(parent);
        let symbol = match file.graph.node(at.node).kind {
            Kind::Import => file.name(at.node),
            _ => "",
        };
        if !module.is_empty() {
            self.module(file, module);
        }
        if !symbol.is_empty() {
            let joint = if module.is_empty() || module.ends_with('.') {
                ""
            } else if module.contains('/') {
                "/"
            } else {
                "."
            };
            self.module(file, &format!("{module}{joint}{symbol}"));
        }
    }

    fn module(&mut self, file: &File, spec: &str) {
        for number in self.paths.modules.resolve(&file.path, spec) {
            let path = self.paths.paths[number as usize];
            self.wants.files.insert(path.to_owned());
            // What is looked for in it may be what it gives on whole.
            if let Some(number) = self.joined.get(path).copied()
                && self.files.insert(number)
            {
                self.surroundings(self.lineage.files[number as usize]);
            }
        }
    }

    /// What a file on some way needs at any rate: modules whose names it takes or gives on whole, and its types.
    fn surroundings(&mut self, file: &File) {
        let graph = &file.graph;
        let typed: BTreeSet<&str> = graph.ids().filter(|id| graph.node(*id).slot == Slot::Type).map(|id| file.name(id)).collect();
        let family = language::shares(&file.path);
        if family.is_some() {
            // A class has a file of its name.
            let named = |path: &&&str| {
                let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
                language::shares(path) == family && typed.contains(stem)
            };
            self.wants.files.extend(self.paths.paths.iter().filter(named).map(|path| (*path).to_owned()));
        }
        for id in graph.ids().filter(|id| graph.node(*id).kind == Kind::Import) {
            if graph.node(graph.node(id).parent).kind == Kind::Import {
                continue;
            }
            let mut bare = true;
            for child in graph.children(id) {
                bare = false;
                let renamed = graph.child(child, Slot::Target);
                let name = file.name(renamed.unwrap_or(child));
                let bare = if family.is_some() { name.rsplit(['.', '\\', ':']).next().unwrap_or(name) } else { name };
                if typed.contains(bare) || graph.node(child).kind == Kind::Entry {
                    let module = Some(file.name(id)).filter(|module| !module.is_empty()).unwrap_or(name);
                    self.module(file, module);
                }
            }
            if bare {
                self.module(file, file.name(id));
            }
        }
    }

    /// Calls of a wanted name on an object that is not known: where the object comes from.
    fn receivers(&mut self, explorer: &Explorer<'_, '_>) {
        for (number, file) in (0..).zip(&self.lineage.files) {
            let graph = &file.graph;
            for id in graph.ids().filter(|id| graph.node(*id).kind == Kind::Call) {
                if !self.methods.contains(file.name(id)) || self.lineage.calls.contains_key(&At { file: number, node: id }) {
                    continue;
                }
                let callee = graph.child(id, Slot::Callee);
                let from = callee.map(|callee| graph.children(callee).next().unwrap_or(callee));
                self.seek(explorer, &from.map(|node| At { file: number, node }).into_iter().collect::<Vec<_>>());
            }
        }
    }
}

/// Whether one of these names stands in a text as a whole one.
#[must_use]
pub fn stand_in(names: &AhoCorasick, text: &str) -> bool {
    let bytes = text.as_bytes();
    let part = |at: Option<usize>| {
        let byte = at.and_then(|at| bytes.get(at));
        byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_' || !byte.is_ascii())
    };
    let whole = |start: usize, end: usize| {
        let ends = |at: usize| bytes.get(at).is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii());
        (!ends(start) || !part(start.checked_sub(1))) && (!ends(end - 1) || !part(Some(end)))
    };
    names.find_overlapping_iter(text).any(|found| whole(found.start(), found.end()))
}

/// What code elsewhere calls a text by: the constant or attribute that is given it, the class that it is said of, the
/// variable of the environment or the config that holds it.
fn holders(file: &File, text: NodeId) -> Vec<String> {
    let graph = &file.graph;
    if language::is_config(&file.path) {
        let entries = graph.around(text).filter(|around| graph.node(*around).kind == Kind::Entry).map(|entry| file.name(entry));
        let assigned = configs::assigned(file.name(text)).map(|(key, _)| key);
        let variable = entries.chain(assigned).find(|key| configs::is_variable(key));
        let whole = file.path.rsplit('/').next().unwrap_or(&file.path);
        return vec![variable.unwrap_or(whole).to_owned()];
    }
    let mut names = Vec::new();
    let mut key = None;
    for around in graph.around(text) {
        let node = graph.node(around);
        match node.kind {
            Kind::Function if node.scope != NodeId::FILE => return names,
            Kind::Entry if node.slot != Slot::Argument => key = key.or(Some(file.name(around).to_owned())),
            Kind::Assign => names.push(file.name(around).to_owned()),
            Kind::Decorator | Kind::Class => {
                let class = if node.kind == Kind::Class { Some(around) } else { graph.decorated(around) };
                names.extend(class.map(|class| file.name(class).to_owned()));
                return names;
            }
            _ => (),
        }
    }
    if names.is_empty() {
        names.extend(key);
    }
    names
}
