//! Which function a call calls, whose object a member is taken of, and what a text says: the values that names stand for.
//!
//! In: the graphs of an app. Out: the bindings of its calls, and the edges that join its files. Values are followed
//! forward to a fixpoint: a function handed on is still that function, and an object is still one of its class.
//! What a value holds is not followed here; that is `reach`.

use std::collections::{BTreeSet, VecDeque};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    At, Bind, Edge, File, Passage,
    artifacts::{self, Mention, Met},
    configs,
    modules::Modules,
};
use crate::{
    graph::{Graph, Kind, Node, NodeId, Slot},
    language::{self, Habits},
    pack::Artifact,
};

/// More values than this at one place say nothing.
const MAX_VALUES: usize = 8;
/// Re-exports are followed through this many files.
const MAX_CHAIN: usize = 6;
/// A name that a file defines more often than this means its first definitions.
const MAX_SAME: usize = 48;
/// A longer text names nothing.
const MAX_TEXT: usize = 200;

/// What a name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Value {
    /// A function of the app.
    Function(At),
    /// A class of the app.
    Class(At),
    /// An object of a class of the app.
    Instance(At),
    /// A file of the app as a module.
    Module(u32),
    /// A mapping that is written out.
    Record(At),
    /// A string that is written out.
    Text(At),
    /// What an unknown call makes for a class of the app: what keeps its objects.
    Maker(At),
    /// What an unknown call makes for a name that is written out: a queue, a collection, a file.
    Handle(At),
}

/// Follows values.
pub(super) struct Solver<'s, 'a> {
    pub(super) files: &'s [&'a File],
    habits: Habits,
    modules: Modules,
    /// Files in formats of configs, by their names.
    pub(super) configs: FxHashMap<&'a str, Vec<u32>>,
    /// For each file, what its top-level code defines.
    tops: Vec<FxHashMap<&'a str, Vec<NodeId>>>,
    /// For each family of languages, what the top-level code of any of its files defines.
    shared: FxHashMap<(&'static str, &'a str), Vec<At>>,
    /// For each file, the files all of whose names it gives on.
    stars: Vec<Vec<u32>>,
    /// Files that call functions of these classes by their bare names.
    opened: Vec<(u32, At)>,
    /// For each file, what it gives as a whole.
    wholes: Vec<Vec<NodeId>>,
    /// Where an attribute of a class gets its value.
    attributes: FxHashMap<(At, &'a str), Vec<At>>,
    bases: FxHashMap<At, Vec<At>>,
    heirs: FxHashMap<At, Vec<At>>,
    returned: FxHashMap<At, Vec<Value>>,
    forward: FxHashMap<At, Vec<At>>,
    pending: BTreeSet<(At, Value)>,
    queue: VecDeque<(At, Value)>,
    joined: FxHashSet<(At, At)>,
    known: FxHashMap<Met, u32>,
    out: Joined,
}

/// What is known in the end.
#[derive(Default)]
pub(super) struct Joined {
    /// Edges into a node that no single file shows.
    pub(super) incoming: FxHashMap<At, Vec<Edge>>,
    /// What calls call.
    pub(super) calls: FxHashMap<At, Vec<Bind>>,
    /// Who calls a function.
    pub(super) callers: FxHashMap<At, Vec<At>>,
    /// What each place stands for.
    pub(super) values: FxHashMap<At, Vec<Value>>,
    /// The artifacts that edges are joined by.
    pub(super) met: Vec<Met>,
    /// The places that name an artifact.
    pub(super) mentions: Vec<Mention>,
    /// Reads that more writes meet than are followed.
    pub(super) cut: FxHashSet<At>,
}

impl<'s, 'a> Solver<'s, 'a> {
    /// The values that stand in these files by themselves.
    pub(super) fn new(files: &'s [&'a File]) -> Self {
        let habits = Habits::all();
        let modules = Modules::new(files.iter().map(|file| &*file.path));
        let mut solver = Self {
            files,
            habits,
            modules,
            configs: configs::configs(files),
            tops: Vec::new(),
            shared: FxHashMap::default(),
            stars: vec![Vec::new(); files.len()],
            opened: Vec::new(),
            wholes: vec![Vec::new(); files.len()],
            attributes: FxHashMap::default(),
            bases: FxHashMap::default(),
            heirs: FxHashMap::default(),
            returned: FxHashMap::default(),
            forward: FxHashMap::default(),
            pending: BTreeSet::new(),
            queue: VecDeque::new(),
            joined: FxHashSet::default(),
            known: FxHashMap::default(),
            out: Joined::default(),
        };
        for number in 0..u32::try_from(files.len()).unwrap_or(u32::MAX) {
            let tops = solver.tops(number);
            if let Some(family) = language::shares(&files[number as usize].path) {
                let of = &files[number as usize].graph;
                let defines = |id: &NodeId| match of.node(*id).kind {
                    Kind::Class | Kind::Function => true,
                    // A function that is given to a name.
                    Kind::Name => {
                        of.child(of.node(*id).parent, Slot::Value).is_some_and(|value| of.node(value).kind == Kind::Function)
                    }
                    _ => false,
                };
                let named = tops.iter().flat_map(|(name, nodes)| nodes.iter().take(MAX_SAME).map(move |node| (*node, *name)));
                let mut named: Vec<(NodeId, &str)> = named.filter(|(node, _)| defines(node)).collect();
                named.sort_unstable();
                for (node, name) in named {
                    solver.shared.entry((family, name)).or_default().push(At { file: number, node });
                }
            }
            solver.tops.push(tops);
        }
        for number in 0..u32::try_from(files.len()).unwrap_or(u32::MAX) {
            solver.start(number);
        }
        solver.open_classes();
        solver
    }

    /// All that follows from them.
    pub(super) fn solved(mut self, kinds: &[Artifact]) -> Joined {
        self.solve();
        configs::configure(&mut self, kinds);
        self.hand_over();
        self.solve();
        let (mentions, handed) = artifacts::mentions(&self, kinds);
        for (call, parameter) in handed {
            self.edge(Edge { from: call, passage: Passage::Argument, columns: None, position: None }, parameter);
        }
        self.out.cut = artifacts::join(&mut self, kinds, &mentions);
        self.out.mentions = mentions;
        self.out
    }

    /// The number of what a writer and a reader both name.
    pub(super) fn met(&mut self, met: Met) -> u32 {
        let next = u32::try_from(self.out.met.len()).unwrap_or(u32::MAX);
        let number = *self.known.entry(met.clone()).or_insert(next);
        if number == next {
            self.out.met.push(met);
        }
        number
    }

    /// Adds an edge by which data gets to a place, and no value.
    pub(super) fn edge(&mut self, edge: Edge, to: At) {
        let edges = self.out.incoming.entry(to).or_default();
        if !edges.iter().any(|known| known.from == edge.from && known.position == edge.position) {
            edges.push(edge);
        }
    }

    /// Follows all values that wait, and looks again for members of which too little was known.
    pub(super) fn solve(&mut self) {
        for _ in 0..MAX_CHAIN {
            while let Some((at, value)) = self.queue.pop_front() {
                self.step(at, value);
            }
            for (at, value) in std::mem::take(&mut self.pending) {
                self.select(value, at);
            }
            if self.queue.is_empty() {
                return;
            }
        }
    }

    /// The values at a place.
    pub(super) fn at(&self, at: At) -> &[Value] {
        self.out.values.get(&at).map_or(&[], Vec::as_slice)
    }

    /// Whether a call of this name joins the parts of a path.
    pub(super) fn joins(&self, name: &str) -> bool {
        let mut joins = false;
        crate::word::split(name, &mut |word| joins |= self.habits.joiners.contains(&word));
        joins
    }

    fn graph(&self, file: u32) -> &'a Graph {
        &self.files[file as usize].graph
    }

    fn node(&self, at: At) -> &'a Node {
        self.graph(at.file).node(at.node)
    }

    fn name(&self, at: At) -> &'a str {
        self.files[at.file as usize].name(at.node)
    }

    /// The class that a node stands in.
    fn class(&self, at: At) -> Option<At> {
        let graph = self.graph(at.file);
        graph.around(at.node).find(|around| graph.node(*around).kind == Kind::Class).map(|node| At { file: at.file, node })
    }

    /// The classes that a function is written for outside of them, as its name says: `Store::posts`.
    fn owners(&self, function: At) -> Vec<At> {
        let graph = self.graph(function.file);
        let named = graph.children(function.node).filter(|id| graph.node(*id).slot == Slot::Object).last();
        let (Some(named), Some(family)) = (named, language::shares(&self.files[function.file as usize].path)) else {
            return Vec::new();
        };
        self.classes(function.file, family, self.name(At { file: function.file, node: named }))
    }

    /// The names that the top-level code of a file defines.
    fn tops(&mut self, file: u32) -> FxHashMap<&'a str, Vec<NodeId>> {
        let graph = self.graph(file);
        let text = &self.files[file as usize].text;
        let mut tops: FxHashMap<&'a str, Vec<NodeId>> = FxHashMap::default();
        let exported: Vec<&str> = self.habits.exports.iter().filter_map(|whole| whole.strip_suffix(" =")).collect();
        for id in graph.ids().skip(1) {
            let node = graph.node(id);
            if node.scope != NodeId::FILE {
                continue;
            }
            let at = At { file, node: id };
            let name = self.name(at);
            match node.kind {
                Kind::Function | Kind::Class | Kind::Name if !name.is_empty() => {
                    let defines = match node.kind {
                        Kind::Name => node.slot == Slot::Target,
                        _ => matches!(node.slot, Slot::Body | Slot::Else),
                    };
                    if defines && self.class(at).is_none() {
                        tops.entry(name).or_default().push(id);
                    }
                }
                Kind::Import if graph.node(node.parent).kind == Kind::Import => tops.entry(name).or_default().push(id),
                Kind::Entry if matches!(node.slot, Slot::Body) => {
                    let value = graph.children(id).find(|child| graph.node(*child).kind == Kind::Name);
                    let shown =
                        if name.is_empty() { value.map_or("", |value| self.files[file as usize].name(value)) } else { name };
                    tops.entry(shown).or_default().extend(value);
                }
                Kind::Member if node.slot == Slot::Target => {
                    let holder = node.span.of(text).rsplit_once('.').map_or("", |(holder, _)| holder);
                    if exported.iter().any(|whole| *whole == holder || whole.rsplit('.').next() == Some(holder)) {
                        tops.entry(name).or_default().push(id);
                    }
                }
                _ => (),
            }
            let before = text[..node.span.start as usize].trim_end();
            if self.habits.exports.iter().any(|whole| before.ends_with(whole)) && graph.node(node.parent).scope == NodeId::FILE {
                self.wholes[file as usize].push(id);
            }
        }
        tops
    }

    /// What another file of the family defines under a name that this one does not: in its folder, else the only one.
    fn elsewhere(&self, file: u32, family: &'static str, name: &str) -> Vec<At> {
        let folder = |file: u32| self.files[file as usize].path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let all = self.shared.get(&(family, name)).map_or(&[][..], Vec::as_slice);
        let others = || all.iter().copied().filter(|at| at.file != file);
        let beside: Vec<At> = others().filter(|at| folder(at.file) == folder(file)).collect();
        let files: BTreeSet<u32> = others().map(|at| at.file).collect();
        match beside.is_empty() {
            false => beside,
            true if files.len() == 1 => others().collect(),
            true => Vec::new(),
        }
    }

    /// The classes of the family that are known by that name in a file: its own, else those of others.
    fn classes(&self, file: u32, family: &'static str, name: &str) -> Vec<At> {
        let mut classes = self.namesakes(file, family, name);
        if classes.iter().any(|class| class.file == file) {
            classes.retain(|class| class.file == file);
        }
        classes
    }

    /// The classes of the family that have that name, those of the file first.
    fn namesakes(&self, file: u32, family: &'static str, name: &str) -> Vec<At> {
        let own = self.tops[file as usize].get(name).into_iter().flatten().map(|node| At { file, node: *node });
        let others = self.elsewhere(file, family, name);
        own.chain(others).filter(|at| self.node(*at).kind == Kind::Class).take(MAX_VALUES).collect()
    }

    /// The classes of the family that are known by that whole name in a file, or the functions of one.
    fn whole(&self, file: u32, family: &'static str, name: &str) -> Vec<At> {
        let found = self.classes(file, family, name);
        match name.rsplit_once("::").filter(|_| found.is_empty()) {
            Some((class, function)) => {
                self.classes(file, family, class).into_iter().flat_map(|class| self.own_members(class, function)).collect()
            }
            None => found,
        }
    }

    /// What imports open is called by its bare name, but for classes of which objects are made.
    fn open_classes(&mut self) {
        let mut opened = std::mem::take(&mut self.opened);
        opened.sort_unstable();
        opened.dedup();
        for calls in opened.chunk_by(|(one, _), (other, _)| one == other) {
            let file = calls[0].0;
            let graph = self.graph(file);
            let mut names: FxHashMap<&str, Vec<NodeId>> = FxHashMap::default();
            for id in graph.ids().filter(|id| graph.node(*id).slot != Slot::Object && is_open(graph, *id)) {
                names.entry(self.name(At { file, node: id })).or_default().push(id);
            }
            for (_, class) in calls {
                let of = self.graph(class.file);
                let functions: Vec<At> = of
                    .children(class.node)
                    .filter(|id| of.node(*id).kind == Kind::Function)
                    .map(|node| At { file: class.file, node })
                    .collect();
                if functions.iter().any(|function| self.habits.constructors.contains(&self.name(*function))) {
                    continue;
                }
                for function in functions {
                    for id in names.get(self.name(function)).into_iter().flatten() {
                        self.join(function, At { file, node: *id }, Passage::Import);
                    }
                }
            }
        }
    }

    /// Values that stand in a file by themselves.
    fn start(&mut self, file: u32) {
        let graph = self.graph(file);
        let family = language::shares(&self.files[file as usize].path);
        for id in graph.ids().skip(1) {
            let node = graph.node(id);
            let at = At { file, node: id };
            let of_type = node.kind == Kind::Member && node.slot == Slot::Type;
            if let Some(family) = family
                && (of_type || is_open(graph, id))
                && !self.tops[file as usize].contains_key(self.name(at))
            {
                let mut found = self.elsewhere(file, family, self.name(at));
                if found.is_empty() && self.name(at).contains("::") {
                    found = self.whole(file, family, self.name(at));
                }
                for definition in found {
                    self.join(definition, at, Passage::Import);
                }
            }
            match node.kind {
                Kind::Function => {
                    self.add(at, Value::Function(at));
                    for class in self.owners(at) {
                        self.attributes.entry((class, self.name(at))).or_default().push(at);
                    }
                }
                Kind::Class => {
                    self.add(at, Value::Class(at));
                    // Its declaration and what is written for it may be two, and are one.
                    let path = &self.files[file as usize].path;
                    if let Some(family) = language::shares(path).filter(|_| language::is_preprocessed(path)) {
                        let others = self.namesakes(file, family, self.name(at));
                        self.bases.entry(at).or_default().extend(others.into_iter().filter(|other| *other != at));
                    }
                }
                Kind::List if node.slot != Slot::Target => self.add(at, Value::Record(at)),
                Kind::Literal | Kind::Template if node.slot != Slot::Body => {
                    let holds = node.end.0 > id.0 + 1;
                    if holds || node.span.end - node.span.start <= MAX_TEXT as u32 {
                        self.add(at, Value::Text(at));
                    }
                }
                Kind::Import if graph.node(node.parent).kind != Kind::Import => self.import(at),
                Kind::Call if self.habits.loaders.contains(&self.name(at)) => self.load(at),
                Kind::Name if node.slot == Slot::Type => {
                    let defined = self.tops[file as usize].get(self.name(at)).map_or(&[][..], Vec::as_slice);
                    let first: Vec<NodeId> = defined.iter().copied().take(MAX_SAME).collect();
                    for definition in first {
                        self.copy(At { file, node: definition }, at);
                    }
                }
                Kind::Name if node.slot != Slot::Target && self.habits.receivers.contains(&self.name(at)) => {
                    if let Some(class) = self.class(at) {
                        self.add(at, Value::Instance(class));
                    }
                }
                Kind::Member if node.slot == Slot::Target => {
                    let object = graph.child(id, Slot::Object);
                    let own = object.is_some_and(|object| self.habits.receivers.contains(&self.name(At { file, node: object })));
                    if let Some(class) = self.class(at).filter(|_| own) {
                        self.attributes.entry((class, self.name(at))).or_default().push(at);
                    }
                }
                // A field that is declared in a class, or a parameter of its constructor that is one.
                Kind::Assign if graph.node(node.parent).kind == Kind::Class => {
                    let class = At { file, node: node.parent };
                    let target = graph.child(id, Slot::Target);
                    if let Some(target) = target {
                        let target = At { file, node: target };
                        self.attributes.entry((class, self.name(target))).or_default().push(target);
                    }
                }
                Kind::Parameter if self.habits.constructors.contains(&self.name(At { file, node: node.parent })) => {
                    if let Some(class) = self.class(at) {
                        self.attributes.entry((class, self.name(at))).or_default().push(at);
                    }
                }
                _ => (),
            }
        }
    }

    fn import(&mut self, at: At) {
        let graph = self.graph(at.file);
        let path = &self.files[at.file as usize].path;
        let module = self.name(at);
        let family = language::shares(path);
        let whole = |solver: &Self, name: &str| family.map_or(Vec::new(), |family| solver.whole(at.file, family, name));
        let mut named = false;
        for child in graph.children(at.node) {
            let child = At { file: at.file, node: child };
            let (leaf, symbol) = match self.node(child).kind {
                Kind::Import => (child, self.name(child)),
                Kind::Entry => {
                    let Some(value) = graph.children(child.node).next() else { continue };
                    let value = At { file: at.file, node: value };
                    (value, self.name(value))
                }
                Kind::Name => {
                    named = true;
                    for file in self.modules.resolve(path, module) {
                        self.add(child, Value::Module(file));
                        for given in self.wholes[file as usize].clone() {
                            self.join(At { file, node: given }, child, Passage::Import);
                        }
                    }
                    continue;
                }
                _ => continue,
            };
            named = true;
            if module.is_empty() {
                let last = symbol.rsplit(['.', '/', '\\', ':']).next().unwrap_or(symbol);
                for class in whole(self, symbol) {
                    self.join(class, leaf, Passage::Import);
                }
                for file in self.modules.resolve(path, symbol) {
                    let defined = if family.is_some() { self.symbols(file, last, 0) } else { Vec::new() };
                    if defined.is_empty() {
                        self.add_module(leaf, symbol, file);
                    }
                    for definition in defined {
                        self.join(definition, leaf, Passage::Import);
                    }
                }
                continue;
            }
            let joint = if module.ends_with('.') {
                ""
            } else if module.contains('/') {
                "/"
            } else {
                "."
            };
            let joined = format!("{module}{joint}{symbol}");
            for class in whole(self, &joined) {
                self.join(class, leaf, Passage::Import);
            }
            for file in self.modules.resolve(path, &joined) {
                self.add(leaf, Value::Module(file));
            }
            for file in self.modules.resolve(path, module) {
                for definition in self.symbols(file, symbol, 0) {
                    self.join(definition, leaf, Passage::Import);
                }
            }
        }
        if !named {
            let all = self.modules.resolve(path, module);
            self.stars[at.file as usize].extend(all);
            let classes = whole(self, module);
            self.opened.extend(classes.into_iter().map(|class| (at.file, class)));
        }
    }

    /// `import a.b` binds `a`, and the module is what the path `a.b` says.
    fn add_module(&mut self, leaf: At, written: &str, file: u32) {
        let graph = self.graph(leaf.file);
        self.add(leaf, Value::Module(file));
        if written.contains('.') {
            let text = &self.files[leaf.file as usize].text;
            let spelled = graph.ids().filter(|id| {
                let node = graph.node(*id);
                node.kind == Kind::Member && node.span.of(text) == written
            });
            for id in spelled.collect::<Vec<_>>() {
                self.add(At { file: leaf.file, node: id }, Value::Module(file));
            }
        }
    }

    /// A module that is loaded by a call.
    fn load(&mut self, at: At) {
        let graph = self.graph(at.file);
        let Some(written) = graph.children(at.node).find(|child| graph.node(*child).kind == Kind::Literal) else { return };
        let spec = self.name(At { file: at.file, node: written });
        for file in self.modules.resolve(&self.files[at.file as usize].path, spec) {
            self.add(at, Value::Module(file));
            for whole in self.wholes[file as usize].clone() {
                self.join(At { file, node: whole }, at, Passage::Import);
            }
        }
    }

    /// What a module gives under a name.
    fn symbols(&self, file: u32, name: &str, depth: usize) -> Vec<At> {
        let defined = self.tops[file as usize].get(name).into_iter().flatten();
        let mut all: Vec<At> = defined.map(|node| At { file, node: *node }).collect();
        let graph = self.graph(file);
        for whole in &self.wholes[file as usize] {
            let entries = graph.children(*whole).filter(|_| graph.node(*whole).kind == Kind::List);
            let of_name = entries.filter(|entry| self.files[file as usize].name(*entry) == name);
            let value = |entry: NodeId| graph.child(entry, Slot::Value);
            all.extend(of_name.map(|entry| At { file, node: value(entry).unwrap_or(entry) }));
        }
        if all.is_empty() && depth < MAX_CHAIN {
            for other in &self.stars[file as usize] {
                all.extend(self.symbols(*other, name, depth + 1));
            }
        }
        all
    }

    fn add(&mut self, at: At, value: Value) {
        let known = self.out.values.entry(at).or_default();
        if known.len() < MAX_VALUES && !known.contains(&value) {
            known.push(value);
            self.queue.push_back((at, value));
        }
    }

    /// What `from` stands for, `to` stands for as well.
    fn copy(&mut self, from: At, to: At) {
        if self.joined.insert((from, to)) {
            self.forward.entry(from).or_default().push(to);
            for value in self.at(from).to_vec() {
                self.add(to, value);
            }
        }
    }

    /// The same, and what `from` holds gets to `to`.
    pub(super) fn join(&mut self, from: At, to: At, passage: Passage) {
        if !self.joined.contains(&(from, to)) {
            self.out.incoming.entry(to).or_default().push(Edge { from, passage, columns: None, position: None });
            self.copy(from, to);
        }
    }

    fn step(&mut self, at: At, value: Value) {
        for to in self.forward.get(&at).cloned().unwrap_or_default() {
            self.add(to, value);
        }
        let graph = self.graph(at.file);
        let node = graph.node(at.node);
        if node.slot == Slot::Type {
            self.declared(At { file: at.file, node: node.parent }, value);
        }
        for to in graph.flows_from(at.node) {
            self.pass(at, At { file: at.file, node: to }, value);
        }
    }

    /// A value stands where a type is declared.
    fn declared(&mut self, of: At, value: Value) {
        let Value::Class(class) = value else { return };
        let graph = self.graph(of.file);
        match self.node(of).kind {
            Kind::Parameter => self.add(of, Value::Instance(class)),
            Kind::Assign => {
                let target = graph.child(of.node, Slot::Target);
                if let Some(node) = target {
                    self.add(At { file: of.file, node }, Value::Instance(class));
                }
            }
            Kind::Class if class != of => {
                self.bases.entry(of).or_default().push(class);
                self.heirs.entry(class).or_default().push(of);
            }
            _ => (),
        }
    }

    /// Whether and as what a value gets along a flow inside a file.
    fn pass(&mut self, from: At, to: At, value: Value) {
        let (m, n) = (self.node(from), self.node(to));
        let graph = self.graph(to.file);
        match n.kind {
            Kind::Name | Kind::Member if n.slot == Slot::Target && !inside(n, m) => match m.kind {
                Kind::Loop | Kind::Catch => (),
                _ if picked(graph, to.node).is_some() => self.select(value, to),
                _ if several(graph, from.node, to.node) => (),
                _ => self.add(to, value),
            },
            Kind::Member if inside(n, m) && m.slot != Slot::Object => (),
            Kind::Member if inside(n, m) => self.select(value, to),
            Kind::Name | Kind::Member => {
                // What is put into a thing is not what the thing is.
                let put = m.kind == Kind::Call || (m.kind == Kind::Member && n.kind == Kind::Name);
                if !put {
                    self.add(to, value);
                }
            }
            Kind::Import | Kind::Branch | Kind::Return => self.add(to, value),
            Kind::Assign if m.slot == Slot::Value => self.add(to, value),
            Kind::Parameter if m.slot == Slot::Default => self.add(to, value),
            Kind::Function if m.kind == Kind::Return || m.slot == Slot::Value => self.give_back(to, value),
            Kind::Call if m.slot == Slot::Callee => self.call(to, value),
            Kind::Call
                // A module is known by its file, or not at all.
                if m.slot == Slot::Argument
                    && m.kind != Kind::Entry
                    && matches!(value, Value::Text(_) | Value::Handle(_))
                    && !self.habits.loaders.contains(&self.name(to)) =>
            {
                self.add(to, Value::Handle(to));
            }
            Kind::Call if m.slot == Slot::Argument => {
                if let Value::Class(class) = value {
                    self.add(to, Value::Maker(class));
                }
            }
            _ => (),
        }
    }

    fn give_back(&mut self, function: At, value: Value) {
        let known = self.returned.entry(function).or_default();
        if known.len() < MAX_VALUES && !known.contains(&value) {
            known.push(value);
            for call in self.out.callers.get(&function).cloned().unwrap_or_default() {
                self.add(call, value);
            }
        }
    }

    /// The member or picked part `at` of a value.
    fn select(&mut self, value: Value, at: At) {
        let graph = self.graph(at.file);
        let key = picked(graph, at.node).map_or_else(|| self.name(at), |node| self.name(At { file: at.file, node }));
        let makes = |names: &[&str]| names.contains(&key);
        let found = match value {
            // A class makes its objects by a method that is its constructor.
            Value::Class(_) if makes(&self.habits.makers) && makes(&self.habits.constructors) => {
                self.add(at, value);
                true
            }
            Value::Module(file) => {
                let found = self.symbols(file, key, 0);
                for definition in &found {
                    self.join(*definition, at, Passage::Import);
                }
                !found.is_empty()
            }
            Value::Handle(call) => {
                if let Some(root) = configs::config(self, call) {
                    self.select(Value::Record(root), at);
                }
                true
            }
            Value::Record(list) => {
                let of = self.graph(list.file);
                let entries = of.children(list.node).filter(|entry| self.files[list.file as usize].name(*entry) == key);
                for entry in entries.collect::<Vec<_>>() {
                    let entry = At { file: list.file, node: entry };
                    let value = of.child(entry.node, Slot::Value);
                    if value.is_some_and(|value| of.node(value).kind == Kind::Entry) {
                        // A table of a config is a mapping by itself.
                        self.add(at, Value::Record(entry));
                        continue;
                    }
                    let from = match self.node(entry).kind {
                        Kind::Function => entry,
                        _ => value.map_or(entry, |node| At { file: list.file, node }),
                    };
                    self.join(from, at, Passage::Attribute);
                }
                true
            }
            Value::Instance(class) | Value::Class(class) => {
                let found = self.members(class, key);
                for member in &found {
                    // Inside its own class a file joins them by itself.
                    if *member != at {
                        self.join(*member, at, Passage::Attribute);
                    }
                }
                if found.is_empty() && matches!(value, Value::Class(_)) && self.habits.makers.contains(&key) {
                    self.add(at, value);
                }
                !found.is_empty()
            }
            Value::Function(_) if self.habits.carriers.contains(&key) => {
                self.add(at, value);
                true
            }
            _ => true,
        };
        if !found {
            self.pending.insert((at, value));
        }
    }

    /// Methods and attributes of that name: of the class, else of what it is made of, else of what is made of it.
    fn members(&self, class: At, key: &str) -> Vec<At> {
        let mut seen = vec![class];
        let mut next = 0;
        while next < seen.len() && seen.len() < 16 {
            let own = self.own_members(seen[next], key);
            if !own.is_empty() {
                return own;
            }
            let more = self.bases.get(&seen[next]).into_iter().flatten().copied();
            let more: Vec<At> = more.filter(|base| !seen.contains(base)).collect();
            seen.extend(more);
            next += 1;
        }
        self.heirs.get(&class).into_iter().flatten().flat_map(|heir| self.own_members(*heir, key)).collect()
    }

    fn own_members(&self, class: At, key: &str) -> Vec<At> {
        let graph = self.graph(class.file);
        let of_name = |id: &NodeId| {
            let node = graph.node(*id);
            node.kind == Kind::Function && node.end.0 > id.0 + 1 && self.name(At { file: class.file, node: *id }) == key
        };
        let methods = graph.children(class.node).filter(of_name).map(|node| At { file: class.file, node });
        methods.chain(self.attributes.get(&(class, key)).into_iter().flatten().copied()).collect()
    }

    /// A value is called.
    fn call(&mut self, call: At, value: Value) {
        match value {
            Value::Function(function) => self.bind(call, function, false),
            Value::Class(class) => {
                self.add(call, Value::Instance(class));
                let makers = self.habits.constructors.clone();
                let made = makers.iter().map(|maker| self.members(class, maker)).find(|found| !found.is_empty());
                for maker in made.unwrap_or_default() {
                    if self.node(maker).kind == Kind::Function {
                        self.bind(call, maker, true);
                    }
                }
            }
            _ => (),
        }
    }

    /// The arguments of `call` become the parameters of `function`.
    fn bind(&mut self, call: At, function: At, makes: bool) {
        if self.out.calls.get(&call).is_some_and(|binds| binds.iter().any(|bind| bind.function == function)) {
            return;
        }
        let graph = self.graph(call.file);
        let of = self.graph(function.file);
        let mut parameters: Vec<At> = of
            .children(function.node)
            .filter(|id| of.node(*id).kind == Kind::Parameter)
            .map(|node| At { file: function.file, node })
            .collect();
        let mut pairs = Vec::new();
        if parameters.first().is_some_and(|first| self.habits.receivers.contains(&self.name(*first))) {
            let own = parameters.remove(0);
            let callee = graph.child(call.node, Slot::Callee);
            let object = callee.and_then(|callee| graph.child(callee, Slot::Object));
            pairs.extend(object.filter(|_| !makes).map(|node| (At { file: call.file, node }, own)));
        }
        let mut position = 0;
        for argument in graph.arguments(call.node) {
            let argument = At { file: call.file, node: argument };
            if self.node(argument).kind == Kind::Entry {
                let name = self.name(argument);
                let named = parameters.iter().find(|parameter| self.name(**parameter) == name);
                let rest = || parameters.iter().rev().find(|parameter| self.spread(**parameter));
                // Where callers call it something else, its place says which one it is.
                let placed = parameters.get(position).filter(|_| named.is_none());
                position += usize::from(placed.is_some());
                pairs.extend(named.or_else(rest).or(placed).map(|parameter| (argument, *parameter)));
            } else if self.spread(argument) {
                pairs.extend(parameters.iter().skip(position).map(|parameter| (argument, *parameter)));
            } else {
                let rest = || parameters.last().filter(|last| self.spread(**last));
                pairs.extend(parameters.get(position).or_else(rest).map(|parameter| (argument, *parameter)));
                position += 1;
            }
        }
        for (argument, parameter) in &pairs {
            let from = match self.node(*argument).kind {
                Kind::Entry => graph.child(argument.node, Slot::Value),
                _ => Some(argument.node),
            };
            if let Some(node) = from {
                self.copy(At { file: call.file, node }, *parameter);
            }
        }
        self.out.calls.entry(call).or_default().push(Bind { function, pairs, makes, loose: false });
        self.out.callers.entry(function).or_default().push(call);
        if !makes {
            for value in self.returned.get(&function).cloned().unwrap_or_default() {
                self.add(call, value);
            }
        }
    }

    /// Whether `*` or `...` stands before it: it is many values, or takes many.
    fn spread(&self, at: At) -> bool {
        let file = self.files[at.file as usize];
        let before = file.text[..self.node(at).span.start as usize].trim_end();
        before.ends_with("...") || (before.ends_with('*') && !language::is_preprocessed(&file.path))
    }

    /// A function of the app that is handed to a call of somebody else's is called with what that call works on.
    fn hand_over(&mut self) {
        let files = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        for file in 0..files {
            let graph = self.graph(file);
            for id in graph.ids().filter(|id| graph.node(*id).kind == Kind::Call) {
                let call = At { file, node: id };
                if self.out.calls.contains_key(&call) {
                    continue;
                }
                let parts: Vec<At> = graph
                    .children(id)
                    .filter(|child| matches!(graph.node(*child).slot, Slot::Argument | Slot::Callee))
                    .map(|node| At { file, node })
                    .collect();
                for part in &parts {
                    let given = graph.inside(part.node).map(|node| At { file, node }).filter(|at| {
                        let node = self.node(*at);
                        node.kind == Kind::Name && (at.node == part.node || node.slot == Slot::Value)
                    });
                    let given: Vec<At> = given.take(16).collect();
                    let functions: BTreeSet<At> = given
                        .iter()
                        .filter(|_| self.node(*part).slot == Slot::Argument)
                        .flat_map(|at| self.at(*at))
                        .filter_map(|value| match value {
                            Value::Function(function) => Some(*function),
                            _ => None,
                        })
                        .collect();
                    for function in functions {
                        let of = self.graph(function.file);
                        let parameters = of.children(function.node).filter(|id| of.node(*id).kind == Kind::Parameter);
                        let parameters: Vec<At> = parameters
                            .map(|node| At { file: function.file, node })
                            .filter(|at| !self.habits.receivers.contains(&self.name(*at)))
                            .collect();
                        let feeds = parts.iter().filter(|other| *other != part);
                        let pairs = feeds.flat_map(|feed| parameters.iter().map(|parameter| (*feed, *parameter))).collect();
                        self.out.calls.entry(call).or_default().push(Bind { function, pairs, makes: false, loose: true });
                        self.out.callers.entry(function).or_default().push(call);
                    }
                }
            }
        }
    }
}

/// Whether a node is the use of a name that nothing in its file gives a value.
pub(super) fn is_open(graph: &Graph, id: NodeId) -> bool {
    let node = graph.node(id);
    let read = !matches!(node.slot, Slot::Target | Slot::Property);
    let bound = |from: NodeId| graph.node(from).kind != Kind::Import && graph.node(from).parent != id;
    node.kind == Kind::Name && read && !graph.flows_into(id).any(bound) && graph.node(node.parent).kind != Kind::Import
}

/// Whether a node stands inside another.
fn inside(outer: &Node, inner: &Node) -> bool {
    outer.span.holds(inner.span)
}

/// The name under which a target is picked out of a mapping, where it is.
pub(super) fn picked(graph: &Graph, target: NodeId) -> Option<NodeId> {
    let node = graph.node(target);
    let holder = graph.node(node.parent);
    if node.slot != Slot::Target {
        return None;
    }
    let by_pattern = holder.kind == Kind::List && holder.slot == Slot::Target;
    let by_parameter = holder.kind == Kind::Parameter;
    match (by_pattern, holder.name) {
        (true, Some(_)) => Some(node.parent),
        (true, None) => Some(target),
        _ => by_parameter.then_some(target),
    }
}

/// Whether an assignment gives values to several targets, one each.
pub(super) fn several(graph: &Graph, giver: NodeId, target: NodeId) -> bool {
    let targets = graph.children(giver).filter(|child| graph.node(*child).slot == Slot::Target);
    graph.node(giver).kind == Kind::Assign && graph.node(target).parent == giver && targets.count() > 1
}
