//! What gets to a place: the way back along values, from a use to where they come from.
//!
//! A call is gone back through with its own arguments: what another caller hands to the same function does not come
//! out here. For this a step knows whether it may still leave the function for its callers, and a function is
//! summed up by which of its parameters it gives back. Members are followed: of `post.author.name` only the `name` of
//! its `author`.

use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{At, Lineage, Passage, values};
use crate::{
    graph::{Graph, Kind, NodeId, Slot},
    label::SourceLabel,
    pack::Id,
};

/// More steps than this are not taken back from one use.
const MAX_VISITS: usize = 6_000;
/// Functions in functions are summed up to this depth.
const MAX_NESTING: usize = 24;
/// More steps than this are not taken through one function.
const MAX_INSIDE: usize = 1_500;

/// More members of members than this are not told apart.
const MAX_MEMBERS: usize = 3;

/// Which member of a value is asked for, or which member of it: a number of `Fields`; 0 for all of it.
type Field = u32;

/// The members that were asked for so far.
#[derive(Default)]
struct Fields {
    known: BTreeMap<(String, Field), Field>,
    /// For each number from 1, the member's name, what is asked for of it, and how many members that is.
    all: Vec<(String, Field, usize)>,
}

impl Fields {
    fn get(&self, field: Field) -> Option<&(String, Field, usize)> {
        self.all.get(usize::try_from(field).ok()?.checked_sub(1)?)
    }

    /// Of the member `name` what `rest` asks for.
    fn of(&mut self, name: &str, rest: Field) -> Field {
        let (rest, depth) = match self.get(rest) {
            Some((first, _, depth)) if *depth >= MAX_MEMBERS => {
                let first = first.clone();
                (self.of(&first, 0), 1)
            }
            Some((_, _, depth)) => (rest, *depth),
            None => (0, 0),
        };
        let key = (normal(name), rest);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.all.push((key.0.clone(), rest, depth + 1));
        let number = Field::try_from(self.all.len()).unwrap_or(Field::MAX);
        self.known.insert(key, number);
        number
    }
}

/// A member's name in the one spelling in which such names are compared.
fn normal(name: &str) -> String {
    name.trim_matches(['"', '\'', '`', '[', ']']).to_lowercase()
}

/// A step of the way back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct State {
    at: At,
    /// Inside a function that was entered by its call: it is left only by that call.
    inside: bool,
    field: Field,
    /// A member was asked for that did not show, so that it may be any of them.
    vague: bool,
}

/// A place that was reached.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// Where.
    pub at: At,
    /// Whether it may be another member that gets to the use.
    pub vague: bool,
    /// The place it goes to next, as an index; its own for the use itself.
    pub next: usize,
    /// How it gets there.
    pub passage: Passage,
}

/// All that gets to a use, nearest first.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// The places.
    pub visits: Vec<Visit>,
    /// Whether there is more.
    pub cut: bool,
}

impl Reach {
    /// The way from a visit to the use, with how each place was left.
    pub fn way(&self, from: usize) -> impl Iterator<Item = &Visit> {
        self.way_of(from).map(|at| &self.visits[at])
    }

    /// The same, as indexes of `visits`.
    pub fn way_of(&self, from: usize) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(from), |at| Some(self.visits[*at].next).filter(|next| next != at))
    }
}

/// A parameter that a function gives back, and which member of it.
type Summary = Vec<(At, Field, bool)>;

/// Goes back from uses; keeps what it learns of functions.
pub struct Explorer<'l, 'a> {
    lineage: &'l Lineage<'a>,
    fields: RefCell<Fields>,
    summaries: RefCell<FxHashMap<(At, Field), Summary>>,
    /// Whether a call works for a platform.
    clients: RefCell<FxHashMap<(At, Id), bool>>,
}

impl<'l, 'a> Explorer<'l, 'a> {
    /// One that knows nothing yet.
    #[must_use]
    pub fn new(lineage: &'l Lineage<'a>) -> Self {
        Self { lineage, fields: RefCell::default(), summaries: RefCell::default(), clients: RefCell::default() }
    }

    /// All that gets to `ends`.
    #[must_use]
    pub fn back(&self, ends: &[At]) -> Reach {
        self.back_with(ends, &[])
    }

    /// The same, and all that gets to `beside`, of which it is not said what of it the use is of.
    #[must_use]
    pub fn back_with(&self, ends: &[At], beside: &[At]) -> Reach {
        let mut reach = Reach::default();
        let mut seen: FxHashSet<State> = FxHashSet::default();
        let mut queue: VecDeque<(State, usize)> = VecDeque::new();
        let all = ends.iter().map(|at| (at, false)).chain(beside.iter().map(|at| (at, true)));
        for (at, vague) in all {
            let state = State { at: *at, inside: false, field: 0, vague };
            if seen.insert(state) {
                let index = reach.visits.len();
                reach.visits.push(Visit { at: *at, vague, next: index, passage: Passage::Flow });
                queue.push_back((state, index));
            }
        }
        let mut found = Vec::new();
        while let Some((state, index)) = queue.pop_front() {
            found.clear();
            reach.cut |= self.lineage.cut.contains(&state.at);
            self.before(state, None, 0, &mut found);
            for (state, passage) in found.iter().copied() {
                if seen.contains(&state) {
                    continue;
                }
                if reach.visits.len() >= MAX_VISITS {
                    reach.cut = true;
                    return reach;
                }
                seen.insert(state);
                queue.push_back((state, reach.visits.len()));
                reach.visits.push(Visit { at: state.at, vague: state.vague, next: index, passage });
            }
        }
        reach
    }

    /// The platforms that a place reads or names, also by a client that another file makes.
    #[must_use]
    pub fn sources(&self, at: At) -> Vec<&'a SourceLabel> {
        let labels = &self.lineage.file(at).labels;
        let mut all: Vec<&SourceLabel> = labels.sources_at(at.node).collect();
        all.extend(labels.maybe_at(at.node).filter(|label| self.works_for(at, label.platform)));
        all
    }

    /// Whether what a call is called on comes from a library of a platform.
    fn works_for(&self, call: At, platform: Id) -> bool {
        if let Some(known) = self.clients.borrow().get(&(call, platform)) {
            return *known;
        }
        let Some(object) = self.lineage.graph(call).object(call.node) else { return false };
        let works = self.back(&[At { node: object, ..call }]).visits.iter().any(|visit| {
            let kind = self.lineage.graph(visit.at).node(visit.at.node).kind;
            let code = !matches!(kind, Kind::Literal | Kind::Template);
            let mut labels = self.lineage.file(visit.at).labels.sources_at(visit.at.node);
            code && labels.any(|label| label.platform == platform && !label.carries)
        });
        self.clients.borrow_mut().insert((call, platform), works);
        works
    }

    /// The nodes of a function by which the parameter `from` gets to what it gives back.
    #[must_use]
    pub fn through(&self, function: At, from: At) -> Vec<At> {
        let mut next: FxHashMap<State, State> = FxHashMap::default();
        let start = State { at: function, inside: true, field: 0, vague: false };
        let mut queue = VecDeque::from([start]);
        let mut found = Vec::new();
        while let Some(state) = queue.pop_front() {
            if state.at == from {
                return std::iter::successors(Some(state), |at| next.get(at).copied()).map(|state| state.at).collect();
            }
            found.clear();
            self.before(state, Some(function), 0, &mut found);
            for (before, _) in found.iter().copied() {
                if before != start && next.len() < MAX_INSIDE && !next.contains_key(&before) {
                    next.insert(before, state);
                    queue.push_back(before);
                }
            }
        }
        Vec::new()
    }

    /// Of the member `name` what `rest` asks for.
    fn member(&self, name: &str, rest: Field) -> Field {
        self.fields.borrow_mut().of(name, rest)
    }

    /// The element at a position, from 0, and of it what `rest` asks for.
    fn element(&self, position: usize, rest: Field) -> Field {
        self.member(&format!("#{position}"), rest)
    }

    /// Whether it is a member of this name that is asked for.
    fn is(&self, field: Field, name: &str) -> bool {
        field != 0 && self.fields.borrow().get(field).is_some_and(|(first, ..)| *first == normal(name))
    }

    /// What is asked for of the member.
    fn rest(&self, field: Field) -> Field {
        self.fields.borrow().get(field).map_or(0, |(_, rest, _)| *rest)
    }

    /// Which parameters a function gives back where `field` of its result is asked for.
    fn summary(&self, function: At, field: Field, nesting: usize) -> Summary {
        if nesting > MAX_NESTING {
            return Vec::new();
        }
        if let Some(known) = self.summaries.borrow().get(&(function, field)) {
            return known.clone();
        }
        // While it is being summed up it gives nothing back, so that a function that calls itself ends.
        self.summaries.borrow_mut().insert((function, field), Vec::new());
        let graph = self.lineage.graph(function);
        let start = State { at: function, inside: true, field, vague: false };
        let mut seen: FxHashSet<State> = FxHashSet::from_iter([start]);
        let mut queue = VecDeque::from([start]);
        let mut all = Summary::new();
        let mut found = Vec::new();
        while let Some(state) = queue.pop_front() {
            let node = graph.node(state.at.node);
            if node.kind == Kind::Parameter && node.parent == function.node {
                all.push((state.at, state.field, state.vague));
            }
            found.clear();
            self.before(state, Some(function), nesting, &mut found);
            for (state, _) in found.iter().copied() {
                if seen.len() < MAX_INSIDE && seen.insert(state) {
                    queue.push_back(state);
                }
            }
        }
        all.sort_unstable();
        all.dedup();
        self.summaries.borrow_mut().insert((function, field), all.clone());
        all
    }

    /// The states before one; inside `within` only, where that is given.
    fn before(&self, state: State, within: Option<At>, nesting: usize, out: &mut Vec<(State, Passage)>) {
        let from = out.len();
        self.local(state, within, nesting, out);
        match within {
            None => self.joined(state, out),
            Some(function) => {
                let graph = self.lineage.graph(function);
                let end = graph.node(function.node).end;
                let holds = |at: At| at.file == function.file && function.node <= at.node && at.node < end;
                let mut kept = from;
                for index in from..out.len() {
                    if holds(out[index].0.at) {
                        out.swap(kept, index);
                        kept += 1;
                    }
                }
                out.truncate(kept);
            }
        }
    }

    /// What only the app as a whole shows: callers, other files, attributes of objects.
    fn joined(&self, state: State, out: &mut Vec<(State, Passage)>) {
        let lineage = self.lineage;
        for edge in lineage.incoming.get(&state.at).into_iter().flatten() {
            // What is kept in an object or a module is there for every caller.
            let field = match edge.position {
                Some(position) => self.element(position, state.field),
                None if self.wraps(edge.passage, state.field) => self.rest(state.field),
                None => edge.columns.map_or(state.field, |clause| self.column(clause, edge.from, state.field)),
            };
            out.push((State { at: edge.from, inside: false, field, ..state }, edge.passage));
        }
        let graph = lineage.graph(state.at);
        let node = graph.node(state.at.node);
        if node.kind != Kind::Parameter || state.inside {
            return;
        }
        let function = At { file: state.at.file, node: node.parent };
        for call in lineage.callers.get(&function).into_iter().flatten() {
            for bind in lineage.calls.get(call).into_iter().flatten().filter(|bind| bind.function == function) {
                for (argument, _) in bind.pairs.iter().filter(|(_, parameter)| *parameter == state.at) {
                    out.push((State { at: *argument, ..state }, Passage::Argument));
                }
            }
        }
    }

    /// What syntax and names of the file show.
    fn local(&self, state: State, within: Option<At>, nesting: usize, out: &mut Vec<(State, Passage)>) {
        let lineage = self.lineage;
        let graph = lineage.graph(state.at);
        let id = state.at.node;
        let node = graph.node(id);
        let at = |node: NodeId| At { file: state.at.file, node };
        let flow = |id: NodeId, field: Field, vague: bool| (State { at: at(id), field, vague, ..state }, Passage::Flow);
        match node.kind {
            Kind::Call => self.call(state, nesting, out),
            Kind::Member if lineage.habits.counters.contains(&self.name(state.at)) => (),
            Kind::Member if node.slot != Slot::Target => {
                let own: Vec<NodeId> = graph.flows_into(id).filter(|from| graph.node(*from).parent != id).collect();
                let elsewhere = within.is_none() && self.is_set_elsewhere(state.at);
                let index = graph.child(id, Slot::Index);
                let fixed = index.is_none_or(|index| matches!(graph.node(index).kind, Kind::Literal | Kind::Value));
                let number = index.filter(|index| graph.node(*index).kind == Kind::Value);
                let field = match number.map(|index| graph.node(index).span.of(&lineage.file(state.at).text).parse()) {
                    Some(Ok(position)) => self.element(position, state.field),
                    _ if fixed => self.member(self.name(state.at), state.field),
                    _ => state.field,
                };
                out.extend(own.iter().map(|from| self.leave(graph, id, flow(*from, state.field, state.vague))));
                for child in graph.children(id) {
                    match graph.node(child).slot {
                        Slot::Object if own.is_empty() && !elsewhere => {
                            out.push(flow(child, field, state.vague));
                        }
                        Slot::Index if !fixed => out.push(flow(child, 0, state.vague)),
                        _ => (),
                    }
                }
            }
            Kind::List => self.list(state, out),
            Kind::Return => {
                let values: Vec<NodeId> = graph.children(id).collect();
                let one = self.position(state.field).filter(|_| values.len() > 1).and_then(|index| values.get(index));
                match one {
                    Some(one) => out.push(flow(*one, self.rest(state.field), state.vague)),
                    None => out.extend(graph.flows_into(id).map(|from| flow(from, state.field, state.vague))),
                }
            }
            Kind::Query => self.query(state, out),
            Kind::Insert => self.insert(state, out),
            Kind::Function => {
                let back = graph.flows_into(id);
                out.extend(back.map(|from| (State { at: at(from), inside: true, ..state }, Passage::Return)));
            }
            Kind::Name if node.slot != Slot::Target && self.in_query(graph, id) => {
                let field = self.member(self.name(state.at), state.field);
                out.extend(graph.flows_into(id).map(|from| flow(from, field, false)));
            }
            Kind::Parameter => {
                let function = at(node.parent);
                let call = graph.node(node.parent).parent;
                // What a function written in place is called with, the function that it is handed to says.
                let known = lineage.calls.get(&at(call)).is_some_and(|binds| binds.iter().any(|bind| !bind.loose));
                let called = lineage.callers.contains_key(&function) && within.is_none() && known;
                let feeds = graph.flows_into(id).filter(|from| !called || graph.node(*from).parent == id);
                out.extend(feeds.map(|from| flow(from, state.field, state.vague)));
            }
            _ => {
                for from in graph.flows_into(id) {
                    if let Some(step) = self.step(state, from) {
                        out.push(self.leave(graph, id, step));
                    }
                }
            }
        }
    }

    /// A plain flow inside a file.
    fn step(&self, state: State, from: NodeId) -> Option<(State, Passage)> {
        let graph = self.lineage.graph(state.at);
        let (m, n) = (graph.node(from), graph.node(state.at.node));
        let at = At { file: state.at.file, node: from };
        let go = |field: Field| Some((State { at, field, ..state }, Passage::Flow));
        match (m.kind, n.kind) {
            // What is put into a member does not come from what it is a member of.
            (_, Kind::Member) if m.parent == state.at.node => None,
            // A target takes its own part of what it is given.
            (_, Kind::Name | Kind::Member) if n.slot == Slot::Target && m.parent != state.at.node => {
                if matches!(m.kind, Kind::Loop | Kind::Catch) {
                    return go(state.field);
                }
                if let Some(key) = values::picked(graph, state.at.node) {
                    return go(self.member(self.name(At { file: at.file, node: key }), state.field));
                }
                if let Some(position) = position_of(graph, state.at.node) {
                    return go(self.element(position, state.field));
                }
                go(state.field)
            }
            // What is put into a member is there only under its name.
            (Kind::Member, Kind::Name) if m.slot == Slot::Target && state.field != 0 => {
                if self.is(state.field, self.name(at)) {
                    go(self.rest(state.field))
                } else {
                    None
                }
            }
            _ => go(state.field),
        }
    }

    /// Where a flow leads out of the function it is in, by a name of the code around it, every caller counts again.
    fn leave(&self, graph: &Graph, to: NodeId, (state, passage): (State, Passage)) -> (State, Passage) {
        let (m, n) = (graph.node(state.at.node), graph.node(to));
        let inside = state.inside && (m.scope == n.scope || m.kind == Kind::Function);
        (State { inside, ..state }, passage)
    }

    /// Whether an attribute gets its value where its object is made or worked on, and not as an argument of what makes it.
    fn is_set_elsewhere(&self, at: At) -> bool {
        self.lineage.incoming.get(&at).into_iter().flatten().any(|edge| {
            let graph = self.lineage.graph(edge.from);
            let holder = graph.node(graph.node(graph.node(edge.from.node).parent).parent);
            edge.passage != Passage::Attribute || holder.kind != Kind::Class
        })
    }

    fn call(&self, state: State, nesting: usize, out: &mut Vec<(State, Passage)>) {
        let lineage = self.lineage;
        let graph = lineage.graph(state.at);
        let binds = lineage.calls.get(&state.at).map_or(&[][..], Vec::as_slice);
        let mut known = false;
        for bind in binds.iter().filter(|bind| !bind.makes && !bind.loose) {
            known = true;
            out.push((State { at: bind.function, inside: true, ..state }, Passage::Return));
            for (parameter, field, vague) in self.summary(bind.function, state.field, nesting + 1) {
                for (argument, _) in bind.pairs.iter().filter(|(_, own)| *own == parameter) {
                    let vague = vague || state.vague;
                    out.push((State { at: *argument, field, vague, ..state }, Passage::Through(bind.function)));
                }
            }
        }
        if known {
            return;
        }
        for bind in binds.iter().filter(|bind| bind.loose) {
            out.push((State { at: bind.function, inside: true, field: 0, ..state }, Passage::Return));
        }
        // How many there are is nothing of what they are.
        if lineage.habits.counters.contains(&self.name(state.at)) {
            return;
        }
        let numbered = lineage.habits.numberers.contains(&self.name(state.at).rsplit('.').next().unwrap_or_default());
        // A number or key and what it is of: whose members are asked for next is not known of a mapping.
        let state = State { field: if numbered { 0 } else { state.field }, ..state };
        let at = |node: NodeId| At { file: state.at.file, node };
        let children: Vec<NodeId> = graph.children(state.at.node).collect();
        let argument = |child: &&NodeId| graph.node(**child).slot == Slot::Argument;
        let entry = |child: &&NodeId| argument(child) && graph.node(**child).kind == Kind::Entry;
        let asked = children.iter().filter(entry).find(|child| self.is(state.field, self.name(at(**child))));
        let rest = self.rest(state.field);
        if let Some(asked) = asked {
            let values = graph.flows_into(*asked);
            out.extend(values.map(|from| (State { at: at(from), field: rest, ..state }, Passage::Flow)));
            return;
        }
        let one = self.position(state.field).filter(|_| self.lineage.gathers(self.name(state.at)));
        if let Some(one) = one
            .and_then(|index| children.iter().filter(argument).nth(index))
            .filter(|_| children.iter().filter(argument).count() > 1)
        {
            out.push((State { at: at(*one), field: rest, ..state }, Passage::Flow));
            return;
        }
        let taken = self.name(state.at).rsplit('.').next() == Some("get");
        let keyed = |first: &&NodeId| graph.node(**first).kind == Kind::Literal && !self.name(at(**first)).contains('/');
        let key = children.iter().find(argument).filter(|first| taken && keyed(first)).copied();
        let field = key.map_or(state.field, |key| self.member(self.name(at(key)), state.field));
        for child in children {
            let node = graph.node(child);
            match node.slot {
                Slot::Callee if node.kind == Kind::Member => {
                    for object in graph.children(child).filter(|object| graph.node(*object).slot == Slot::Object) {
                        out.push((State { at: at(object), field, ..state }, Passage::Flow));
                    }
                    let defined = graph.flows_into(child).filter(|from| graph.node(*from).parent != child);
                    out.extend(defined.map(|from| (State { at: at(from), ..state }, Passage::Flow)));
                    for edge in lineage.incoming.get(&at(child)).into_iter().flatten() {
                        out.push((State { at: edge.from, inside: false, ..state }, edge.passage));
                    }
                }
                Slot::Callee | Slot::Argument if Some(child) != key => {
                    out.push((State { at: at(child), ..state }, Passage::Flow));
                }
                _ => (),
            }
        }
    }

    /// Of a list or mapping the entry that is asked for; all of it where it has no such entry.
    fn list(&self, state: State, out: &mut Vec<(State, Passage)>) {
        let graph = self.lineage.graph(state.at);
        let at = |node: NodeId| At { file: state.at.file, node };
        let all: Vec<NodeId> = graph.flows_into(state.at.node).collect();
        let entries = || all.iter().copied().filter(|child| graph.node(*child).kind == Kind::Entry);
        let keyed = entries().next().is_some();
        // A mapping where one of several was asked for is each of them.
        let position = self.position(state.field);
        let field = if keyed && position.is_some() { self.rest(state.field) } else { state.field };
        let asked = entries().filter(|entry| self.is(field, self.name(at(*entry))));
        let mut found: Vec<NodeId> = asked.flat_map(|entry| graph.flows_into(entry)).collect();
        let each = graph.children(state.at.node).any(|child| graph.node(child).kind == Kind::Loop);
        if found.is_empty() && !each && !keyed {
            found.extend(position.and_then(|index| all.get(index)));
        }
        if !found.is_empty() {
            let field = self.rest(field);
            out.extend(found.into_iter().map(|from| (State { at: at(from), field, ..state }, Passage::Flow)));
            return;
        }
        let others: Vec<NodeId> = all.iter().copied().filter(|child| graph.node(*child).kind != Kind::Entry).collect();
        if field != 0 && keyed && others.is_empty() {
            out.extend(all.into_iter().map(|from| (State { at: at(from), field: 0, vague: true, ..state }, Passage::Flow)));
            return;
        }
        let parts = if field != 0 && keyed { others } else { all };
        out.extend(parts.into_iter().map(|from| (State { at: at(from), field, ..state }, Passage::Flow)));
    }

    /// Of a query the column that is asked for.
    fn query(&self, state: State, out: &mut Vec<(State, Passage)>) {
        let graph = self.lineage.graph(state.at);
        let at = |node: NodeId| At { file: state.at.file, node };
        let children = || graph.children(state.at.node);
        if state.field != 0
            && let Some(select) = children().find(|child| graph.node(*child).kind == Kind::Select)
        {
            let columns: Vec<NodeId> = graph.children(select).collect();
            let of = |field: Field| {
                let named = columns.iter().find(|column| self.is(field, self.name(at(**column))));
                named.or_else(|| self.position(field).and_then(|index| columns.get(index)))
            };
            // What a driver gives may hold the rows in a member of its own.
            let fields = std::iter::successors(Some(state.field), |field| Some(self.rest(*field)).filter(|rest| *rest != 0));
            if let Some((field, column)) = fields.into_iter().find_map(|field| Some((field, of(field)?))) {
                out.push((State { at: at(*column), field: self.rest(field), ..state }, Passage::Flow));
                return;
            }
            let tables = children().filter(|child| matches!(graph.node(*child).kind, Kind::From | Kind::Join));
            let everything = columns.iter().any(|column| self.name(at(*column)).is_empty());
            let vague = state.vague || !everything;
            out.extend(tables.map(|from| (State { at: at(from), vague, ..state }, Passage::Flow)));
            return;
        }
        // Where every column is named, what a table gives comes by them.
        let selects = children().filter(|child| graph.node(*child).kind == Kind::Select);
        let columns: Vec<NodeId> = selects.flat_map(|select| graph.children(select)).collect();
        let by_columns = !columns.is_empty() && columns.iter().all(|column| !self.name(at(*column)).is_empty());
        let table = |id: NodeId| matches!(graph.node(id).kind, Kind::From | Kind::Join);
        let all = graph.flows_into(state.at.node).filter(|from| !(by_columns && table(*from)));
        out.extend(all.map(|from| (State { at: at(from), ..state }, Passage::Flow)));
    }

    /// Of what is written to a table the value of the column that is asked for.
    fn insert(&self, state: State, out: &mut Vec<(State, Passage)>) {
        let graph = self.lineage.graph(state.at);
        let at = |node: NodeId| At { file: state.at.file, node };
        let targets = graph.children(state.at.node).filter(|child| graph.node(*child).slot == Slot::Target);
        let index = targets.zip(0..).find(|(target, _)| self.is(state.field, self.name(at(*target))));
        for child in graph.children(state.at.node).filter(|child| graph.node(*child).slot != Slot::Target) {
            let field = index.map_or(state.field, |(_, index)| self.element(index, self.rest(state.field)));
            out.push((State { at: at(child), field, ..state }, Passage::Flow));
        }
        // What is handed over with the statement; which of it is for a column, `column` knows.
        let handed = graph.flows_into(state.at.node).filter(|from| graph.node(*from).parent != state.at.node);
        out.extend(handed.filter(|_| state.field == 0).map(|from| (State { at: at(from), ..state }, Passage::Flow)));
    }

    /// Whether a member of what is read is only what all that was written comes in.
    fn wraps(&self, passage: Passage, field: Field) -> bool {
        let Passage::Artifact(number) = passage else { return false };
        let wraps = &self.lineage.met(number).wraps;
        wraps.iter().any(|name| self.is(field, name))
    }

    /// Which of the values that a call hands to a statement is for a column.
    fn column(&self, clause: At, call: At, field: Field) -> Field {
        let graph = self.lineage.graph(clause);
        let targets = graph.children(clause.node).filter(|child| graph.node(*child).slot == Slot::Target);
        let found = targets.zip(0..).find(|(target, _)| self.is(field, self.name(At { file: clause.file, node: *target })));
        let of = self.lineage.graph(call);
        // Values under their names are taken by them.
        let named = of.arguments(call.node).any(|argument| {
            self.lineage.values_at(At { file: call.file, node: argument }).iter().any(|value| match value {
                values::Value::Record(list) => {
                    let of = self.lineage.graph(*list);
                    of.children(list.node).any(|child| of.node(child).kind == Kind::Entry)
                }
                _ => false,
            })
        });
        found.filter(|_| !named).map_or(field, |(_, index)| self.element(index, self.rest(field)))
    }

    fn in_query(&self, graph: &Graph, id: NodeId) -> bool {
        graph.flows_into(id).any(|from| matches!(graph.node(from).kind, Kind::From | Kind::Join))
    }

    /// `#2` is the third of several.
    fn position(&self, field: Field) -> Option<usize> {
        self.fields.borrow().get(field)?.0.strip_prefix('#')?.parse().ok()
    }

    fn name(&self, at: At) -> &'a str {
        self.lineage.file(at).name(at.node)
    }
}

/// Which of several targets of one assignment it is.
fn position_of(graph: &Graph, target: NodeId) -> Option<usize> {
    let giver = graph.node(target).parent;
    let targets = || graph.children(giver).filter(|child| graph.node(*child).slot == Slot::Target);
    (graph.node(giver).kind == Kind::Assign && targets().count() > 1).then(|| targets().position(|at| at == target))?
}
