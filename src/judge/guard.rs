//! Whether a safeguard stands on every way to a use: before it, around it, or at whatever calls it; a record, after it.
//!
//! A check counts for the arm that it opens, and for what follows an arm that leaves; a demand counts for what follows it,
//! unless its failure is caught and passed over. What a function does not show, its callers must show, all of them.

use rustc_hash::FxHashSet;

use crate::{
    graph::{Graph, Kind, NodeId, Slot},
    label::Match,
    language::Habits,
    link::{At, File, Lineage},
    word,
};

/// Callers and callees are followed this deep.
const MAX_DEPTH: usize = 3;
/// A value is followed this far to the condition that it is tested by.
const MAX_STEPS: usize = 5;
/// Words with which the name of a question starts: asking it stops nothing.
const QUESTIONS: &[&str] = &["is", "has", "have", "can", "may", "should", "was", "are", "does"];

/// What the truth of a condition says of the safeguard.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Says {
    Nothing,
    Holds,
    Fails,
    /// It compares: which side is which, it does not show.
    Either,
}

/// The safeguards that count for one sentence.
pub(super) struct Guards<'g, 'a> {
    lineage: &'g Lineage<'a>,
    guards: FxHashSet<At>,
    habits: &'g Habits,
}

impl<'g, 'a> Guards<'g, 'a> {
    /// Those of the app for which `counts` holds.
    pub(super) fn new(lineage: &'g Lineage<'a>, habits: &'g Habits, counts: impl Fn(&Match) -> bool) -> Self {
        let mut guards = FxHashSet::default();
        for (number, file) in (0..).zip(&lineage.files) {
            let own = file.labels.safeguards.iter().filter(|found| counts(found));
            guards.extend(own.map(|found| At { file: number, node: called(&file.graph, found.node) }));
        }
        Self { lineage, guards, habits }
    }

    /// Whether there are none.
    pub(super) fn is_empty(&self) -> bool {
        self.guards.is_empty()
    }

    /// Whether a safeguard is one that something must get past: a check, or a demand.
    pub(super) fn is_gate(&self, at: At) -> bool {
        let graph = self.lineage.graph(at);
        let at = At { node: called(graph, at.node), ..at };
        let node = graph.node(at.node);
        if graph.around(at.node).any(|around| graph.node(around).kind == Kind::Decorator) {
            return true;
        }
        match node.kind {
            // What is defined or brought in is not yet done.
            Kind::Import | Kind::Function | Kind::Decorator | Kind::Branch => true,
            Kind::Compare => self.in_condition(graph, at.node),
            Kind::Name if graph.node(node.parent).kind == Kind::Import => true,
            Kind::Name if node.scope == NodeId::FILE => true,
            Kind::Call => {
                let around = graph.around(at.node).find(|around| !matches!(graph.node(*around).kind, Kind::Not | Kind::Compare));
                let holder = around.map_or(Kind::File, |around| graph.node(around).kind);
                let question = self.asks(at);
                node.slot == Slot::Body || self.in_condition(graph, at.node) || holder == Kind::Assign && question
            }
            Kind::Name | Kind::Member => self.in_condition(graph, at.node),
            _ => false,
        }
    }

    /// Whether one stands on every way to a place.
    pub(super) fn stand_before(&self, at: At) -> bool {
        self.guarded(at, 0)
    }

    /// Whether one follows a place for sure, as the record of what was done there does; where what was done failed, a
    /// branch may leave before it.
    pub(super) fn stand_after(&self, at: At) -> bool {
        let graph = self.lineage.graph(at);
        let text = &self.file(at).text;
        let asked = |branch: NodeId| {
            let condition = graph.children(branch).find(|child| graph.node(*child).slot == Slot::Condition)?;
            Some(graph.node(condition).span.of(text))
        };
        // What was asked before the place is asked again where its record depends on it.
        let mut under: Vec<&str> = Vec::new();
        let mut child = at.node;
        while child != NodeId::FILE && graph.node(child).kind != Kind::Function {
            let parent = graph.node(child).parent;
            if graph.node(parent).kind == Kind::Branch {
                under.extend(asked(parent));
            } else {
                for next in graph.children(parent).filter(|next| *next > child) {
                    let here = At { node: next, ..at };
                    match graph.node(next).kind {
                        Kind::Function | Kind::Class | Kind::Import | Kind::Comment | Kind::Loop | Kind::Catch => (),
                        Kind::Branch => {
                            let again = asked(next).is_some_and(|condition| under.contains(&condition));
                            let done =
                                |arm: NodeId| graph.node(arm).slot == Slot::Body && self.demands(At { node: arm, ..at }, 0);
                            if again && graph.children(next).any(done) {
                                return true;
                            }
                        }
                        _ if self.demands(here, 0) => return true,
                        Kind::Return | Kind::Leave => break,
                        _ => (),
                    }
                }
            }
            child = parent;
        }
        false
    }

    fn in_condition(&self, graph: &Graph, id: NodeId) -> bool {
        std::iter::once(id)
            .chain(graph.around(id))
            .take_while(|around| !graph.is_statement(*around) || *around == id)
            .any(|around| graph.node(around).slot == Slot::Condition)
    }

    fn file(&self, at: At) -> &'a File {
        self.lineage.file(at)
    }

    fn is(&self, at: At) -> bool {
        self.guards.contains(&at)
    }

    /// Whether the name of a call is that of a question.
    fn asks(&self, at: At) -> bool {
        let mut first = None;
        word::split(self.file(at).name(at.node).rsplit('.').next().unwrap_or_default(), &mut |word| {
            first.get_or_insert_with(|| QUESTIONS.contains(&word));
        });
        first.unwrap_or(false)
    }

    fn guarded(&self, at: At, depth: usize) -> bool {
        let graph = self.lineage.graph(at);
        let mut child = at.node;
        loop {
            let own = graph.node(child);
            if own.kind == Kind::Call && self.installed(At { node: child, ..at }) {
                return true;
            }
            if child == NodeId::FILE {
                return false;
            }
            let parent = own.parent;
            let outer = graph.node(parent);
            let handed = outer.kind == Kind::Call && own.slot == Slot::Argument;
            if handed && (self.is(At { node: parent, ..at }) || self.registered(At { node: parent, ..at }, NodeId(u32::MAX))) {
                return true;
            }
            if outer.kind == Kind::Branch {
                let says = self.condition(At { node: parent, ..at });
                let opens = match own.slot {
                    Slot::Body | Slot::Value => matches!(says, Says::Holds | Says::Either),
                    Slot::Else => matches!(says, Says::Fails | Says::Either),
                    _ => false,
                };
                if opens {
                    return true;
                }
            }
            if own.slot != Slot::Else && !is_switch(graph, parent) && self.before(At { node: parent, ..at }, child, depth) {
                return true;
            }
            if own.kind == Kind::Function {
                return self.entered(At { node: child, ..at }, depth);
            }
            child = parent;
        }
    }

    /// Whether what stands before `child` in a block lets nothing pass without a safeguard.
    fn before(&self, block: At, child: NodeId, depth: usize) -> bool {
        let graph = self.lineage.graph(block);
        let text = &self.file(block).text;
        let all: Vec<NodeId> = graph.children(block.node).take_while(|sibling| *sibling < child).collect();
        all.iter().enumerate().any(|(index, sibling)| {
            let at = At { node: *sibling, ..block };
            // `approved && act()`
            let end = all.get(index + 1).copied().unwrap_or(child);
            let between = text.get(graph.node(*sibling).span.end as usize..graph.node(end).span.start as usize).unwrap_or("");
            let operator = between.trim().trim_matches(['(', ')']).trim();
            if end == child && self.tests(at, MAX_STEPS) {
                let negated = graph.node(*sibling).kind == Kind::Not;
                match operator.split([' ', '(', '\n']).next() {
                    Some("&&" | "and") => return !negated,
                    Some("||" | "or") => return negated,
                    _ => (),
                }
            }
            !matches!(graph.node(*sibling).kind, Kind::Return | Kind::Leave)
                && self.settles(at, depth)
                && !self.swallowed(block, &all[index + 1..])
        })
    }

    /// Whether a failure is caught after and passed over.
    fn swallowed(&self, block: At, after: &[NodeId]) -> bool {
        let graph = self.lineage.graph(block);
        after.iter().any(|id| {
            graph.node(*id).kind == Kind::Catch
                && !graph.children(*id).any(|child| matches!(graph.node(child).kind, Kind::Return | Kind::Leave))
        })
    }

    /// Whether nothing gets past a statement without a safeguard.
    fn settles(&self, at: At, depth: usize) -> bool {
        let graph = self.lineage.graph(at);
        let node = graph.node(at.node);
        match node.kind {
            Kind::Return => true,
            // What ends an arm of a switch goes on after it.
            Kind::Leave => {
                !(node.span.of(&self.file(at).text).starts_with("break") && is_switch(graph, graph.node(node.parent).parent))
            }
            Kind::Function | Kind::Class | Kind::Import | Kind::Comment | Kind::Loop | Kind::Catch | Kind::Decorator => false,
            Kind::Branch => self.branch_settles(at, depth),
            _ => self.demands(at, depth),
        }
    }

    fn branch_settles(&self, at: At, depth: usize) -> bool {
        let graph = self.lineage.graph(at);
        let children = || graph.children(at.node).map(|node| At { node, ..at });
        if is_switch(graph, at.node) {
            let arms = || children().filter(|arm| graph.node(arm.node).kind == Kind::Branch);
            let bare = |arm: At| !graph.children(arm.node).any(|child| graph.node(child).slot == Slot::Condition);
            return arms().any(bare) && arms().all(|arm| self.block_settles(arm, Slot::Body, depth));
        }
        let says = self.condition(at);
        let body = matches!(says, Says::Holds | Says::Either) || self.block_settles(at, Slot::Body, depth);
        let mut others = children().filter(|child| graph.node(child.node).slot == Slot::Else).peekable();
        let otherwise = matches!(says, Says::Fails | Says::Either)
            || others.peek().is_some()
                && others.all(|other| match graph.node(other.node).kind {
                    Kind::Branch if graph.children(other.node).any(|child| graph.node(child).slot == Slot::Condition) => {
                        self.branch_settles(other, depth)
                    }
                    Kind::Branch => self.block_settles(other, Slot::Body, depth),
                    _ => self.settles(other, depth),
                });
        body && otherwise
    }

    fn block_settles(&self, block: At, slot: Slot, depth: usize) -> bool {
        let graph = self.lineage.graph(block);
        let all: Vec<NodeId> = graph.children(block.node).filter(|id| graph.node(*id).slot == slot).collect();
        (0..all.len())
            .any(|index| self.settles(At { node: all[index], ..block }, depth) && !self.swallowed(block, &all[index + 1..]))
    }

    /// Whether a statement makes a demand: by itself, or in a function of the app that it calls.
    fn demands(&self, at: At, depth: usize) -> bool {
        let graph = self.lineage.graph(at);
        let mut next = at.node;
        let end = graph.node(at.node).end;
        while next < end {
            let here = At { node: next, ..at };
            let node = graph.node(next);
            // What a function or an arm holds is not done for sure.
            if matches!(node.kind, Kind::Function | Kind::Branch) && next != at.node {
                next = node.end;
                continue;
            }
            if node.kind == Kind::Call {
                if self.is(here) && !self.asks(here) {
                    return true;
                }
                let callees = self.lineage.callees(here).filter(|_| depth < MAX_DEPTH);
                if callees.into_iter().any(|function| self.block_settles_inside(function, depth + 1)) {
                    return true;
                }
            }
            next.0 += 1;
        }
        false
    }

    fn block_settles_inside(&self, function: At, depth: usize) -> bool {
        let graph = self.lineage.graph(function);
        let all: Vec<NodeId> = graph.children(function.node).filter(|id| graph.node(*id).slot == Slot::Body).collect();
        (0..all.len()).any(|index| {
            let at = At { node: all[index], ..function };
            !matches!(graph.node(at.node).kind, Kind::Return | Kind::Leave)
                && self.settles(at, depth)
                && !self.swallowed(function, &all[index + 1..])
        })
    }

    /// What the condition of a branch says.
    fn condition(&self, branch: At) -> Says {
        let graph = self.lineage.graph(branch);
        let text = &self.file(branch).text;
        for condition in graph.children(branch.node).filter(|child| graph.node(*child).slot == Slot::Condition) {
            if self.is(branch) {
                return match graph.node(condition).kind {
                    Kind::Not => Says::Fails,
                    Kind::Compare => Says::Either,
                    _ => Says::Holds,
                };
            }
            for id in graph.inside(condition) {
                let at = At { node: id, ..branch };
                if !self.tests(at, MAX_STEPS) {
                    continue;
                }
                let around = || std::iter::once(id).chain(graph.around(id)).take_while(|around| *around >= condition);
                if around().any(|around| graph.node(around).kind == Kind::Compare) {
                    return Says::Either;
                }
                let negated = around().filter(|around| graph.node(*around).kind == Kind::Not).count() % 2 == 1;
                let said = graph.node(condition).span.of(text);
                let end = graph.node(branch.node).span.start as usize..graph.node(condition).span.end as usize;
                let said = text.get(end).unwrap_or(said);
                let either = said.contains("||") || said.contains(" or ");
                let both = said.contains("&&") || said.contains(" and ");
                return match negated {
                    true if both => Says::Nothing,
                    true => Says::Fails,
                    false if either => Says::Nothing,
                    false => Says::Holds,
                };
            }
        }
        Says::Nothing
    }

    /// Whether a value is what a safeguard says: it is one, or was kept from one.
    fn tests(&self, at: At, steps: usize) -> bool {
        let graph = self.lineage.graph(at);
        if self.is(at) {
            return true;
        }
        if steps == 0 || !matches!(graph.node(at.node).kind, Kind::Name | Kind::Assign | Kind::Not) {
            return false;
        }
        graph.flows_into(at.node).any(|from| self.tests(At { node: from, ..at }, steps - 1))
    }

    /// Whether a function is entered only past a safeguard: its decorators, what it is registered with, its callers.
    fn entered(&self, function: At, depth: usize) -> bool {
        let graph = self.lineage.graph(function);
        let parent = graph.node(function.node).parent;
        let mut right = Vec::new();
        for child in graph.children(parent).take_while(|child| *child < function.node) {
            match graph.node(child).kind {
                Kind::Decorator => right.push(child),
                Kind::Comment => (),
                _ => right.clear(),
            }
        }
        right.extend(graph.children(function.node).filter(|child| graph.node(*child).kind == Kind::Decorator));
        right.extend(graph.children(function.node).filter(|child| graph.node(*child).kind == Kind::Parameter));
        if right.into_iter().any(|decorator| self.holds_one(At { node: decorator, ..function })) {
            return true;
        }
        // A function that is written in place is where it is handed over; one that stands as a statement is where it is called.
        if graph.node(function.node).slot == Slot::Argument && self.registered(At { node: parent, ..function }, function.node) {
            return true;
        }
        if depth >= MAX_DEPTH {
            return false;
        }
        let callers = self.lineage.callers_of(function);
        if callers.is_empty() {
            return graph.node(function.node).slot == Slot::Argument
                && graph.node(parent).kind == Kind::Call
                && self.guarded(At { node: parent, ..function }, depth + 1);
        }
        callers.iter().all(|call| self.registered(*call, NodeId(u32::MAX)) || self.guarded(*call, depth + 1))
    }

    /// Whether a call is handed a safeguard before `function`.
    fn registered(&self, call: At, function: NodeId) -> bool {
        let graph = self.lineage.graph(call);
        let mut arguments =
            graph.children(call.node).filter(|child| graph.node(*child).slot == Slot::Argument && *child < function);
        arguments.any(|node| graph.node(node).kind != Kind::Function && self.holds_one(At { node, ..call }))
    }

    /// Whether all that is registered on the same object passes a safeguard first.
    fn installed(&self, call: At) -> bool {
        let graph = self.lineage.graph(call);
        let file = self.file(call);
        let object = |call: NodeId| {
            let callee = graph.child(call, Slot::Callee)?;
            let object = graph.child(callee, Slot::Object)?;
            Some(graph.node(object).span.of(&file.text))
        };
        let Some(own) = object(call.node) else { return false };
        graph.ids().take_while(|id| *id < call.node).any(|id| {
            graph.node(id).kind == Kind::Call
                && self.habits.installers.contains(&file.name(id).rsplit('.').next().unwrap_or_default())
                && object(id) == Some(own)
                && self.registered(At { node: id, ..call }, NodeId(u32::MAX))
        })
    }

    /// Whether a safeguard stands in an expression, or it names a function of the app that makes the demand.
    fn holds_one(&self, at: At) -> bool {
        let graph = self.lineage.graph(at);
        graph.inside(at.node).any(|node| self.is(At { node, ..at }))
    }
}

/// The call that a name is the callee of; else itself.
fn called(graph: &Graph, id: NodeId) -> NodeId {
    let mut at = id;
    while matches!(graph.node(at).slot, Slot::Callee | Slot::Object) {
        at = graph.node(at).parent;
    }
    if graph.node(at).kind == Kind::Call { at } else { id }
}

/// Whether a branch has its arms as cases.
fn is_switch(graph: &Graph, id: NodeId) -> bool {
    let body = || graph.children(id).filter(|child| graph.node(*child).slot == Slot::Body);
    let plain = |child: &NodeId| !matches!(graph.node(*child).kind, Kind::Comment);
    graph.node(id).kind == Kind::Branch
        && body().filter(plain).count() > 1
        && body()
            .filter(plain)
            .all(|child| graph.node(child).kind == Kind::Branch && graph.node(id).span.start < graph.node(child).span.start)
        && graph.children(id).any(|child| graph.node(child).slot == Slot::Condition)
}

/// Whether a condition of a query holds for all that the query gives: it is not one of several of which one is enough.
pub(super) fn holds_for_all(file: &File, guard: &Match, used: NodeId) -> bool {
    let graph = &file.graph;
    let queries = |id: NodeId| std::iter::once(id).chain(graph.around(id)).filter(|id| graph.node(*id).kind == Kind::Query);
    let Some(statement) = queries(guard.node).last() else { return true };
    let filters = std::iter::once(guard.node).chain(graph.around(guard.node));
    let Some(filter) = filters.into_iter().find(|id| graph.node(*id).kind == Kind::Filter) else { return true };
    if statement > used || used >= graph.node(statement).end {
        return false;
    }
    let whole = graph.node(filter).span;
    let inside = |id: &NodeId| filter < *id && *id < graph.node(filter).end;
    let mut said: Vec<NodeId> = guard.evidence.iter().map(|(node, _)| *node).chain([guard.node]).filter(inside).collect();
    if said.is_empty() {
        said.push(filter);
    }
    said.into_iter().all(|id| {
        let own = graph.node(id).span;
        if id == filter {
            return !alternatives(&file.text[whole.start as usize..whole.end as usize]);
        }
        let left: String = file.text[whole.start as usize..own.start as usize].chars().rev().collect();
        let right = &file.text[own.end as usize..whole.end.max(own.end) as usize];
        !(open(&left, ')', '(', "ro") || open(right, '(', ')', "or"))
    })
}

/// Whether `or` stands outside of all parentheses, or in one that is not closed.
fn open(text: &str, opens: char, closes: char, or: &str) -> bool {
    let mut depth = 0usize;
    let mut word = String::new();
    for char in text.chars().chain([' ']) {
        if char.is_alphanumeric() || char == '_' {
            word.push(char.to_ascii_lowercase());
            continue;
        }
        if depth == 0 && word == or {
            return true;
        }
        word.clear();
        if char == opens {
            depth += 1;
        } else if char == closes {
            depth = depth.saturating_sub(1);
        }
    }
    false
}

fn alternatives(text: &str) -> bool {
    open(text, '(', ')', "or")
}
