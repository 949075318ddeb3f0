//! Names become values: each read of a name is joined to what was given to it, and to the import it stands for.
//!
//! Within one file: function scopes, closures, module code, attributes of the object a method works on.
//! Joins may be too many where branches and loops make them so, never too few for straight code.

use std::{collections::HashMap, sync::Arc};

use crate::{
    graph::{Graph, Kind, Node, NodeId, Slot},
    language::Habits,
    span::Span,
};

/// One name with more assignments in a scope than this is joined to the last ones only.
const MAX_DEFINITIONS: usize = 48;
/// A column of a query of more tables than this is taken to come from the first ones.
const MAX_TABLES: usize = 8;
/// A longer import path says no more.
const MAX_PATH: usize = 200;

/// A place that gives a name its value.
#[derive(Clone, Copy)]
struct Definition {
    node: NodeId,
    /// The branch, loop or function it stands in.
    block: NodeId,
    /// The outermost loop around it in its function, or the file.
    outer_loop: NodeId,
    statement: NodeId,
    /// Adds to the value instead of replacing it.
    adds: bool,
}

/// Adds the flows of `graph` and the import paths of its nodes.
pub(super) fn names(graph: &mut Graph, text: &str, habits: &Habits) {
    let mut resolver =
        Resolver { text, habits, blocks: Vec::new(), queries: queries(graph), definitions: HashMap::new(), flows: Vec::new() };
    resolver.carry(graph);
    resolver.blocks = blocks(graph);
    resolver.columns(graph);
    resolver.structure(graph);
    resolver.define(graph);
    resolver.give_back(graph);
    resolver.read(graph);
    // Twice: an attribute may be read above the method that sets it.
    let order = parts_first(graph);
    resolver.paths(graph, &order);
    resolver.paths(graph, &order);
    let mut flows = resolver.flows;
    flows.sort_unstable();
    flows.dedup();
    let mut backward: Vec<_> = flows.iter().map(|(from, to)| (*to, *from)).collect();
    backward.sort_unstable();
    graph.flows = flows;
    graph.backward = backward;
    bind(graph, text, habits);
    name_functions(graph);
    graph.iterators = graph.ids().filter(|id| iterates(graph, *id, text, habits)).collect();
}

/// What is handed to a call beside a statement that writes rows is in the rows: `execute("INSERT …", values)`.
fn bind(graph: &mut Graph, text: &str, habits: &Habits) {
    let writes: Vec<NodeId> = graph.ids().filter(|id| matches!(graph.node(*id).kind, Kind::Insert | Kind::Update)).collect();
    let mut bound = Vec::new();
    for write in writes {
        let Some(statement) = graph.around(write).find(|at| graph.node(*at).kind.is_text()) else { continue };
        let mut reached = vec![statement];
        let mut next = 0;
        while let Some(at) = reached.get(next).copied().filter(|_| next < MAX_BOUND) {
            next += 1;
            if let Some(call) = handed_or_asked(graph, at) {
                let others = graph.children(call).filter(|other| *other != at && graph.node(*other).slot == Slot::Argument);
                bound.extend(others.map(|other| (other, write)));
            }
            let node = graph.node(at);
            let kept = node.kind != Kind::Call || habits.preparers.contains(&node.name.map_or("", |name| name.of(text)));
            let given: Vec<NodeId> = graph.flows_from(at).filter(|to| kept && !reached.contains(to)).collect();
            reached.extend(given);
        }
    }
    if !bound.is_empty() {
        graph.flows.extend(&bound);
        graph.flows.sort_unstable();
        graph.flows.dedup();
        graph.backward = graph.flows.iter().map(|(from, to)| (*to, *from)).collect();
        graph.backward.sort_unstable();
    }
}

/// The call that a value is handed to, or that is made on it or on a member of it.
fn handed_or_asked(graph: &Graph, value: NodeId) -> Option<NodeId> {
    let slot = graph.node(value).slot;
    let parent = graph.node(value).parent;
    if graph.node(parent).kind == Kind::Call && slot == Slot::Argument {
        return Some(parent);
    }
    let mut member = Some(parent).filter(|_| slot == Slot::Object);
    while let Some(at) = member.filter(|at| graph.node(*at).kind == Kind::Member) {
        let node = graph.node(at);
        if node.slot == Slot::Callee {
            return Some(node.parent);
        }
        member = Some(node.parent).filter(|_| node.slot == Slot::Object);
    }
    None
}

/// A function without a name that is given to one is called by it.
fn name_functions(graph: &mut Graph) {
    for id in graph.ids().collect::<Vec<_>>() {
        let node = graph.node(id);
        if node.kind == Kind::Function && node.name.is_none() && graph.node(node.parent).kind == Kind::Assign {
            let name = graph.child(node.parent, Slot::Target).and_then(|target| graph.node(target).name);
            graph.nodes[id.index()].name = name;
        }
    }
}

/// Whether a call runs a function that stands in it for each element.
fn iterates(graph: &Graph, id: NodeId, text: &str, habits: &Habits) -> bool {
    let node = graph.node(id);
    let named = node.kind == Kind::Call && habits.iterators.contains(&last_part(node.name.map_or("", |name| name.of(text))));
    named && graph.children(id).any(|child| graph.node(child).kind == Kind::Function)
}

/// How many places a statement is followed to, to what is handed over with it.
const MAX_BOUND: usize = 12;

/// Every node but the file, each after its parts and otherwise in source order.
fn parts_first(graph: &Graph) -> Vec<NodeId> {
    let mut order: Vec<NodeId> = graph.ids().skip(1).collect();
    order.sort_unstable_by_key(|id| (graph.node(*id).end, std::cmp::Reverse(*id)));
    order
}

/// Where a node stands.
#[derive(Clone, Copy)]
struct Block {
    block: NodeId,
    outer_loop: NodeId,
    statement: NodeId,
    class: NodeId,
}

fn blocks(graph: &Graph) -> Vec<Block> {
    let file = NodeId::FILE;
    let mut all = vec![Block { block: file, outer_loop: file, statement: file, class: file }];
    for id in graph.ids().skip(1) {
        let node = graph.node(id);
        let parent = graph.node(node.parent);
        let mut here = all[node.parent.index()];
        match parent.kind {
            Kind::Function => here = Block { block: node.parent, outer_loop: file, ..here },
            Kind::Branch | Kind::Catch => here.block = node.parent,
            Kind::Loop => {
                here.block = node.parent;
                if here.outer_loop == file {
                    here.outer_loop = node.parent;
                }
            }
            Kind::Class => here.class = node.parent,
            _ => (),
        }
        if graph.is_statement(id) {
            here.statement = id;
        }
        all.push(here);
    }
    all
}

/// For each node the innermost query that it stands in; the file where there is none.
fn queries(graph: &Graph) -> Vec<NodeId> {
    let mut all: Vec<NodeId> = Vec::with_capacity(graph.nodes.len());
    for id in graph.ids() {
        let parent = graph.node(id).parent;
        let around = all.get(parent.index()).copied().unwrap_or(NodeId::FILE);
        all.push(if graph.node(parent).kind == Kind::Query { parent } else { around });
    }
    all
}

struct Resolver<'a> {
    text: &'a str,
    habits: &'a Habits,
    blocks: Vec<Block>,
    /// For each node the query it stands in, itself not counted; the file where it stands in none.
    queries: Vec<NodeId>,
    definitions: HashMap<(NodeId, String), Vec<Definition>>,
    flows: Vec<(NodeId, NodeId)>,
}

impl Resolver<'_> {
    fn name<'t>(&self, node: &Node) -> &'t str
    where
        Self: 't,
    {
        node.name.map_or("", |name| name.of(self.text))
    }

    /// A call of a method that only sets going what it is called on is named by both: `insertSession.run`.
    fn carry(&self, graph: &mut Graph) {
        let carried = |id: NodeId| {
            let node = graph.node(id);
            let own = node.name.filter(|_| node.kind == Kind::Call && self.habits.carriers.contains(&self.name(node)))?;
            let callee = graph.child(id, Slot::Callee)?;
            let object = graph.node(graph.children(callee).find(|child| graph.node(*child).slot == Slot::Object)?);
            let start = object.name.filter(|_| matches!(object.kind, Kind::Member | Kind::Name))?.start;
            (start < own.start).then_some((id, Span { start, end: own.end }))
        };
        let named: Vec<(NodeId, Span)> = graph.ids().filter_map(carried).collect();
        for (id, name) in named {
            graph.nodes[id.index()].name = Some(name);
        }
    }

    /// The columns of a query come from the tables that it reads, and a table that it names first is what it is there.
    fn columns(&mut self, graph: &Graph) {
        let mut tables: HashMap<NodeId, Vec<NodeId>> = HashMap::new();
        let mut named: HashMap<&str, NodeId> = HashMap::new();
        for id in graph.ids().skip(1) {
            let node = graph.node(id);
            let query = self.queries[id.index()];
            match node.kind {
                Kind::Assign if node.slot == Slot::Body && query != NodeId::FILE => {
                    named.insert(self.name(node), id);
                    self.flows.extend(graph.children(id).map(|child| (child, id)));
                }
                Kind::From | Kind::Join => {
                    tables.entry(query).or_default().push(id);
                    let first = named.get(self.name(node)).filter(|first| statement(graph, **first) == statement(graph, id));
                    self.flows.extend(first.map(|first| (*first, id)));
                }
                _ => (),
            }
        }
        for id in graph.ids().skip(1) {
            let node = graph.node(id);
            let read = matches!(node.slot, Slot::Value | Slot::Argument | Slot::Condition);
            if node.kind != Kind::Name || !read || self.name(node).is_empty() || self.queries[id.index()] == NodeId::FILE {
                continue;
            }
            let all = tables.get(&self.queries[id.index()]).map_or(&[][..], Vec::as_slice);
            let written = node.span.of(self.text);
            let holder = written.rsplit('.').nth(1).map(|part| part.trim_matches(['"', '`', '[', ']', ' ']));
            let is_of = |table: &&NodeId| {
                let alias = graph.children(**table).map(|child| graph.node(child)).find(|child| child.slot == Slot::Name);
                let name = alias.map_or_else(|| self.name(graph.node(**table)), |alias| self.name(alias));
                holder.is_some_and(|holder| name.eq_ignore_ascii_case(holder))
            };
            match all.iter().find(is_of) {
                Some(table) => self.flows.push((*table, id)),
                None => self.flows.extend(all.iter().take(MAX_TABLES).map(|table| (*table, id))),
            }
        }
    }

    /// Flows that syntax alone shows: from the parts of an expression to the whole.
    fn structure(&mut self, graph: &Graph) {
        for id in graph.ids().skip(1) {
            let node = graph.node(id);
            let parent = graph.node(node.parent);
            if carries(parent.kind, node.slot) {
                self.flows.push((id, node.parent));
            }
            match node.kind {
                // What is given back by a function written in place is the value of that function.
                Kind::Return if node.scope != NodeId::FILE => self.flows.push((id, node.scope)),
                Kind::Name | Kind::Member if node.slot == Slot::Target => {
                    let giver = self.giver(graph, id);
                    self.flows.push((giver, id));
                }
                Kind::Function if matches!(node.slot, Slot::Argument | Slot::Value) => self.callback(graph, id),
                _ => (),
            }
            if node.kind == Kind::Function && self.habits.gives_last {
                self.flows.extend(last_given(graph, id).map(|last| (last, id)));
            }
            if node.kind == Kind::Branch && parent.kind == Kind::Branch {
                self.matches(graph, id);
            }
        }
    }

    /// An arm that binds names takes their values from what the branch around it is about.
    fn matches(&mut self, graph: &Graph, arm: NodeId) {
        let pattern = graph.child(arm, Slot::Target).is_some();
        let about = graph.children(graph.node(arm).parent).filter(|id| pattern && graph.node(*id).slot == Slot::Condition);
        self.flows.extend(about.map(|id| (id, arm)));
    }

    /// The assignment, loop or pattern that gives a target its value.
    fn giver(&self, graph: &Graph, target: NodeId) -> NodeId {
        graph
            .around(target)
            .find(|id| graph.node(*id).slot != Slot::Target || graph.node(*id).kind != Kind::List)
            .unwrap_or(NodeId::FILE)
    }

    /// A function handed to a call receives what the call works on.
    fn callback(&mut self, graph: &Graph, function: NodeId) {
        // A mapping of handlers is given like one.
        let given = std::iter::once(function).chain(graph.around(function)).find(|id| {
            let node = graph.node(*id);
            !matches!(graph.node(node.parent).kind, Kind::Entry | Kind::List)
        });
        let Some(given) = given.filter(|given| graph.node(*given).slot == Slot::Argument) else { return };
        let call = graph.node(given).parent;
        let feeds: Vec<NodeId> =
            graph.children(call).filter(|id| *id != given && graph.node(*id).kind != Kind::Function).collect();
        for parameter in graph.children(function).filter(|id| graph.node(*id).kind == Kind::Parameter) {
            self.flows.extend(feeds.iter().map(|feed| (*feed, parameter)));
        }
        if self.habits.implicit.is_empty() {
            return;
        }
        for name in graph.inside(function).filter(|id| graph.node(*id).scope == function) {
            let node = graph.node(name);
            if node.kind == Kind::Name && self.habits.implicit.contains(&self.name(node)) {
                self.flows.extend(feeds.iter().map(|feed| (*feed, name)));
            }
        }
    }

    fn define(&mut self, graph: &Graph) {
        for id in graph.ids().skip(1) {
            let node = graph.node(id);
            if self.queries[id.index()] != NodeId::FILE {
                continue;
            }
            let name = self.name(node);
            match node.kind {
                Kind::Parameter if !name.is_empty() => self.add(node.scope, name, id, false),
                // A member of a type that is written out gives no name a value.
                Kind::Name if node.slot == Slot::Target && is_typed(graph, node.parent) => (),
                Kind::Name if node.slot == Slot::Target => match self.attribute(graph, id) {
                    Some(key) => self.add(self.blocks[id.index()].class, &key, id, true),
                    None => self.add(node.scope, name, id, false),
                },
                Kind::Function | Kind::Class if !name.is_empty() => self.add(node.scope, name, id, false),
                Kind::Import if graph.node(node.parent).kind == Kind::Import && !renamed(graph, id) => {
                    let whole = graph.node(node.parent).name.is_some();
                    let local = match (whole, self.habits.last_parts) {
                        (true, _) => name,
                        (false, true) => name.rsplit(['.', '/', '\\', ':']).next().unwrap_or(name),
                        (false, false) => name.split('.').next().unwrap_or(name),
                    };
                    self.add(node.scope, local, id, false);
                }
                Kind::Member if node.slot == Slot::Target => self.define_member(graph, id),
                // What is handed over by its place may be given a value there.
                Kind::Name if node.slot == Slot::Argument && self.is_out(node) => self.add(node.scope, name, node.parent, true),
                Kind::Call if self.habits.copiers.contains(&name) => {
                    let first = graph.arguments(id).next();
                    let whole = |first: &NodeId| graph.node(*first).kind == Kind::Name;
                    if let Some(filled) = first.and_then(|first| Some(first).filter(whole).or_else(|| self.root(graph, first))) {
                        let filled = graph.node(filled);
                        self.add(filled.scope, self.name(filled), id, true);
                    }
                }
                Kind::Call if self.habits.fillers.contains(&last_part(name)) => {
                    if let Some(root) = self.root(graph, id) {
                        let receiver = graph.node(root);
                        self.add(receiver.scope, self.name(receiver), id, true);
                    }
                }
                _ => (),
            }
        }
    }

    /// What is put into a parameter gets to whoever handed it over, as what is given back does.
    fn give_back(&mut self, graph: &Graph) {
        if self.habits.outs.is_empty() {
            return;
        }
        let is_parameter = |definition: &Definition| graph.node(definition.node).kind == Kind::Parameter;
        let behind = |definition: &Definition| {
            let node = graph.node(definition.node);
            definition.adds || self.text[..node.span.start as usize].ends_with('*')
        };
        let put = |((scope, _), all): (&(NodeId, String), &Vec<Definition>)| {
            let scope = *scope;
            let handed = scope != NodeId::FILE && all.iter().any(is_parameter);
            let put = all.iter().filter(|definition| handed && !is_parameter(definition) && behind(definition));
            put.map(|definition| (definition.node, scope)).collect::<Vec<_>>()
        };
        let flows: Vec<_> = self.definitions.iter().flat_map(put).collect();
        self.flows.extend(flows);
    }

    /// Whether a mark of the language says that an argument may be given a value.
    fn is_out(&self, node: &Node) -> bool {
        let before = &self.text[..node.span.start as usize];
        self.habits.outs.iter().any(|mark| before.ends_with(mark))
    }

    fn define_member(&mut self, graph: &Graph, id: NodeId) {
        if let Some(key) = self.attribute(graph, id) {
            self.add(self.blocks[id.index()].class, &key, id, true);
        } else if let Some(root) = self.root(graph, id) {
            let holder = graph.node(root);
            self.add(holder.scope, self.name(holder), id, true);
        }
    }

    /// `self.name` for a member of the object that a method works on.
    fn attribute(&self, graph: &Graph, id: NodeId) -> Option<String> {
        if graph.node(id).kind == Kind::Name {
            let bare = self.habits.attributes.iter().find_map(|mark| self.name(graph.node(id)).strip_prefix(mark))?;
            return Some(format!("self.{bare}"));
        }
        let object = graph.children(id).next().map(|child| graph.node(child))?;
        let own = object.kind == Kind::Name && object.slot == Slot::Object && self.habits.receivers.contains(&self.name(object));
        own.then(|| format!("self.{}", self.name(graph.node(id))))
    }

    /// The name at the start of a chain of members and calls.
    fn root(&self, graph: &Graph, id: NodeId) -> Option<NodeId> {
        let mut at = id;
        loop {
            at = graph.children(at).find(|child| matches!(graph.node(*child).slot, Slot::Object | Slot::Callee))?;
            match graph.node(at).kind {
                Kind::Name => return Some(at),
                Kind::Member | Kind::Call => (),
                _ => return None,
            }
        }
    }

    fn add(&mut self, scope: NodeId, name: &str, node: NodeId, adds: bool) {
        let Block { block, outer_loop, statement, .. } = self.blocks[node.index()];
        let definition = Definition { node, block, outer_loop, statement, adds };
        let all = self.definitions.entry((scope, name.to_owned())).or_default();
        // In source order, which is nearly always the order in which they come.
        let at = all.partition_point(|other| other.node <= node);
        all.insert(at, definition);
    }

    fn read(&mut self, graph: &Graph) {
        let mut found = Vec::new();
        for id in graph.ids().skip(1) {
            for definition in self.definitions_for(graph, id) {
                found.push((definition.node, id));
            }
        }
        self.flows.extend(found);
    }

    /// What may have given the value that is read at `id`, in source order.
    fn definitions_for(&self, graph: &Graph, id: NodeId) -> Vec<Definition> {
        let node = graph.node(id);
        if self.queries[id.index()] != NodeId::FILE {
            return Vec::new();
        }
        match node.kind {
            Kind::Name | Kind::Member if node.slot != Slot::Target && node.slot != Slot::Type => {
                let Some(key) = self.attribute(graph, id) else {
                    return if node.kind == Kind::Name { self.visible(graph, id, self.name(node)) } else { Vec::new() };
                };
                let class = self.blocks[id.index()].class;
                self.definitions.get(&(class, key)).map_or_else(Vec::new, |all| last(all))
            }
            _ => Vec::new(),
        }
    }

    fn visible(&self, graph: &Graph, id: NodeId, name: &str) -> Vec<Definition> {
        if name.is_empty() {
            return Vec::new();
        }
        let mut scope = graph.node(id).scope;
        let own = scope;
        // What only adds to a name has it from the code around.
        let mut added = Vec::new();
        loop {
            if let Some(all) = self.definitions.get(&(scope, name.to_owned())) {
                let seen = if scope == own { self.reaching(graph, id, all) } else { last(all) };
                added.splice(0..0, seen);
                if all.iter().any(|definition| !definition.adds) {
                    return added;
                }
            }
            if scope == NodeId::FILE {
                return added;
            }
            scope = graph.node(scope).scope;
        }
    }

    /// Definitions of the same scope that a read can see: those before it, and later ones of a loop around both.
    fn reaching(&self, graph: &Graph, id: NodeId, all: &[Definition]) -> Vec<Definition> {
        let Block { statement, outer_loop, .. } = self.blocks[id.index()];
        let holds = |outer: NodeId| outer != NodeId::FILE && outer <= id && id < graph.node(outer).end;
        let (before, after) = all.split_at(all.partition_point(|definition| definition.node < id));
        let end = |around: NodeId| if around == NodeId::FILE { id } else { graph.node(around).end };
        let around = end(statement).max(end(outer_loop));
        let after = &after[..after.partition_point(|definition| definition.node < around)];
        let later = |definition: &Definition| definition.statement == statement || holds(definition.outer_loop);
        let seen: Vec<Definition> = last(before).into_iter().chain(last(after).into_iter().filter(later)).collect();
        // A plain assignment before the read, in a block that also holds the read, hides the ones before it.
        let hides = |definition: &Definition| {
            let block = graph.node(definition.block);
            !definition.adds
                && definition.node < id
                && definition.block <= id
                && id < block.end
                && definition.statement != statement
        };
        let first = seen.iter().rposition(hides).unwrap_or(0);
        last(&seen[first..])
    }

    fn paths(&self, graph: &mut Graph, order: &[NodeId]) {
        for id in order.iter().copied() {
            if graph.node(id).path.is_some() {
                continue;
            }
            let path = self.path(graph, id).filter(|path| !path.is_empty() && path.len() <= MAX_PATH);
            graph.nodes[id.index()].path = path.map(Arc::from);
        }
    }

    fn path(&self, graph: &Graph, id: NodeId) -> Option<String> {
        let node = graph.node(id);
        let of = |id: NodeId| graph.node(id).path.as_deref();
        match node.kind {
            Kind::Import => Some(self.import(graph, id)),
            Kind::Name if node.slot == Slot::Target => self.target(graph, id),
            Kind::Name | Kind::Parameter if node.slot == Slot::Type || node.kind == Kind::Parameter => {
                let declared = graph.child(id, Slot::Type);
                match declared {
                    Some(declared) => of(declared).map(str::to_owned),
                    None => self
                        .definitions
                        .get(&(NodeId::FILE, self.name(node).to_owned()))
                        .and_then(|all| of(all.first()?.node))
                        .filter(|_| node.kind == Kind::Name)
                        .map(str::to_owned),
                }
            }
            Kind::Name if self.attribute(graph, id).is_some() => {
                let key = self.attribute(graph, id)?;
                let all = self.definitions.get(&(self.blocks[id.index()].class, key))?;
                all.iter().find_map(|definition| self.target(graph, definition.node))
            }
            Kind::Name => {
                let seen = self.visible(graph, id, self.name(node));
                // What nothing in the file defines is the platform's or the language's own.
                let own = |names: &[&str]| names.contains(&self.name(node));
                if seen.is_empty()
                    && matches!(node.slot, Slot::Object | Slot::Callee)
                    && !own(&self.habits.receivers)
                    && !own(&self.habits.implicit)
                {
                    return Some(module_path(self.name(node)));
                }
                let giver = seen.iter().rev().find(|definition| !definition.adds)?.node;
                of(giver).map(str::to_owned).or_else(|| self.target(graph, giver))
            }
            Kind::Member => {
                let object = graph.child(id, Slot::Object)?;
                if let Some(path) = of(object) {
                    let mut path = path.to_owned();
                    // `a::b::c` is one member with several objects.
                    let between = graph.children(id).filter(|child| *child != object && graph.node(*child).slot == Slot::Object);
                    for part in between.filter(|child| graph.node(*child).kind == Kind::Name) {
                        path = format!("{path}.{}", self.name(graph.node(part)));
                    }
                    return Some(format!("{path}.{}", self.name(node)));
                }
                let key = self.attribute(graph, id)?;
                let all = self.definitions.get(&(self.blocks[id.index()].class, key))?;
                all.iter().find_map(|definition| self.target(graph, definition.node))
            }
            Kind::Call => {
                let callee = graph.child(id, Slot::Callee)?;
                let imports = self.habits.importers.contains(&self.name(node));
                if imports || self.habits.loaders.contains(&self.name(node)) {
                    let names = |child: &NodeId| {
                        let node = graph.node(*child);
                        node.kind == Kind::Literal || imports && node.kind == Kind::Name && node.slot == Slot::Argument
                    };
                    let module = graph.children(id).find(names)?;
                    return Some(module_path(self.name(graph.node(module))));
                }
                of(callee).map(str::to_owned)
            }
            _ => None,
        }
    }

    fn import(&self, graph: &Graph, id: NodeId) -> String {
        let node = graph.node(id);
        let parent = graph.node(node.parent);
        if parent.kind != Kind::Import {
            return module_path(self.name(node));
        }
        let own = module_path(self.name(node));
        if parent.name.is_some() {
            return format!("{}.{own}", module_path(self.name(parent)));
        }
        // `import a.b` binds `a`; `import a.b as c` binds all of it.
        if renamed(graph, id) || self.habits.last_parts { own } else { own.split('.').next().unwrap_or_default().to_owned() }
    }

    /// The path of a name or member that is given a value: that of the value.
    fn target(&self, graph: &Graph, id: NodeId) -> Option<String> {
        let giver = self.giver(graph, id);
        let node = graph.node(giver);
        match node.kind {
            Kind::Import => Some(graph.node(giver).path.as_deref()?.to_owned()),
            Kind::Assign => {
                let slot = |slot: Slot| graph.children(giver).filter(move |child| graph.node(*child).slot == slot);
                let mut values = slot(Slot::Value);
                let (value, next) = (values.next(), values.next());
                if next.is_some() {
                    return None;
                }
                // What is only declared is of its type.
                let path = value.and_then(|value| graph.node(value).path.as_deref());
                let declared = || slot(Slot::Type).find_map(|of| graph.node(of).path.as_deref());
                let path = path.or_else(declared)?;
                let picked = graph.node(graph.node(id).parent).kind == Kind::List;
                Some(if picked { format!("{path}.{}", self.name(graph.node(id))) } else { path.to_owned() })
            }
            _ => None,
        }
    }
}

/// Whether an assignment is a member of the type of a parameter or variable.
fn is_typed(graph: &Graph, assign: NodeId) -> bool {
    let node = graph.node(assign);
    let around = graph.node(node.parent).kind;
    node.kind == Kind::Assign && node.slot == Slot::Body && matches!(around, Kind::Parameter | Kind::Assign)
}

/// The last expressions of a function, or of the arms of the branch that it ends with.
fn last_given(graph: &Graph, function: NodeId) -> impl Iterator<Item = NodeId> {
    let ends = |id: NodeId| {
        let body = graph.children(id).filter(|child| graph.is_statement(*child) && graph.node(*child).kind != Kind::Comment);
        body.last()
    };
    let mut given = Vec::new();
    let mut waiting: Vec<NodeId> = ends(function).into_iter().collect();
    while let Some(id) = waiting.pop() {
        match graph.node(id).kind {
            Kind::Branch => {
                let arms = graph.children(id).filter(|child| graph.is_statement(*child));
                let last = ends(id);
                waiting.extend(arms.filter(|arm| graph.node(*arm).kind == Kind::Branch || Some(*arm) == last));
                // What holds where the condition does stands before the other arm.
                let before = graph.children(id).filter(|child| graph.node(*child).slot == Slot::Body).last();
                waiting.extend(before.filter(|before| Some(*before) != last && graph.node(*before).kind != Kind::Branch));
            }
            kind if gives(kind) => given.push(id),
            _ => (),
        }
    }
    given.into_iter()
}

/// Whether a node of this kind is an expression that a function gives back as its last one.
fn gives(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Name | Kind::Member | Kind::Call | Kind::List | Kind::Literal | Kind::Template | Kind::Compare | Kind::Query
    )
}

/// The last definitions of a list that may be long.
fn last(all: &[Definition]) -> Vec<Definition> {
    all[all.len().saturating_sub(MAX_DEFINITIONS)..].to_vec()
}

/// The outermost query around a node.
fn statement(graph: &Graph, id: NodeId) -> Option<NodeId> {
    graph.around(id).filter(|at| graph.node(*at).kind == Kind::Query).last()
}

/// What stands after the last dot.
fn last_part(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

/// Whether an import gives its name a new one.
fn renamed(graph: &Graph, id: NodeId) -> bool {
    graph.children(id).any(|child| graph.node(child).slot == Slot::Target)
}

/// A module's name with its parts joined by `.`, whatever the language joins them with.
fn module_path(name: &str) -> String {
    name.trim_start_matches("node:")
        .trim_start_matches("package:")
        .trim_start_matches('\\')
        .replace("::", ".")
        .replace(['/', ':', '\\'], ".")
}

/// Whether the value of a child in this slot is part of the value of its parent.
fn carries(parent: Kind, slot: Slot) -> bool {
    match parent {
        Kind::Call => matches!(slot, Slot::Callee | Slot::Argument),
        Kind::Member => matches!(slot, Slot::Object | Slot::Index),
        Kind::Parameter => slot == Slot::Default,
        Kind::Loop => slot == Slot::Iterable,
        Kind::Assign
        | Kind::Entry
        | Kind::List
        | Kind::Literal
        | Kind::Template
        | Kind::Compare
        | Kind::Not
        | Kind::Branch
        | Kind::Function => slot == Slot::Value,
        Kind::Return => matches!(slot, Slot::Value | Slot::Argument),
        Kind::Query
        | Kind::Select
        | Kind::From
        | Kind::Join
        | Kind::Case
        | Kind::Insert
        | Kind::Update
        | Kind::Table
        | Kind::Group => true,
        _ => false,
    }
}
