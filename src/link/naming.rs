//! What code calls its artifacts: the texts that stand at a place or made what stands there, the holes of templates filled.
//!
//! In: the values that names stand for. Out: names as they would be written out; `*` for what is not known.

use super::{
    At, File, configs,
    values::{Solver, Value},
};
use crate::{
    graph::{Graph, Kind, NodeId, Slot},
    language,
    pack::{Artifact, ArtifactCall, Where},
    span::Span,
};

/// Names are looked for this deep in values, objects and templates.
const MAX_DEPTH: usize = 6;
/// More places than this are not looked at for one name.
pub(super) const MAX_LOOKS: usize = 24;
/// A longer name names nothing.
pub(super) const MAX_NAME: usize = 200;
/// Stands for what a hole may hold.
pub(super) const ANY: &str = "*";

/// Whether a call fits a form, apart from the name.
pub(super) fn applies(file: &File, form: &ArtifactCall, call: NodeId) -> bool {
    let graph = &file.graph;
    let object = graph.object(call);
    let on = || {
        let Some(object) = object else { return false };
        let mut found = false;
        let text = graph.node(object).span.of(&file.text);
        crate::word::split(text.get(..text.len().min(MAX_NAME)).unwrap_or(text), &mut |word| {
            found |= form.on.iter().any(|wanted| **wanted == *word);
        });
        found
    };
    let without = || {
        let arguments = graph.arguments(call);
        let values = arguments.map(|id| match graph.node(id).kind {
            Kind::Entry => graph.child(id, Slot::Value).unwrap_or(id),
            _ => id,
        });
        let mut said = values.filter(|id| graph.node(*id).kind == Kind::Literal).map(|id| file.name(id));
        !said.any(|said| form.without.iter().any(|word| **word == *said))
    };
    (form.on.is_empty() || on()) && (form.without.is_empty() || without())
}

/// The argument at a place of a call; under a key also one level down, in a mapping that is handed over.
fn argument(file: &File, call: NodeId, place: &Where) -> Option<NodeId> {
    let graph = &file.graph;
    let arguments = || graph.arguments(call);
    let value = |entry: NodeId| graph.child(entry, Slot::Value);
    match place {
        Where::Position(position) => arguments().filter(|id| graph.node(*id).kind != Kind::Entry).nth(*position),
        Where::Key(key) => {
            let is = |id: &NodeId| graph.node(*id).kind == Kind::Entry && file.name(*id) == &**key;
            let lists = arguments().filter(|id| graph.node(*id).kind == Kind::List);
            let entry = arguments().find(is).or_else(|| lists.flat_map(|list| graph.children(list)).find(is))?;
            // `{ index }` names the value as well.
            Some(value(entry).unwrap_or(entry))
        }
        Where::Object | Where::Member => graph.object(call),
    }
}

/// The names that a call gives its artifact.
pub(super) fn named(solver: &Solver<'_, '_>, form: &ArtifactCall, call: At) -> Vec<String> {
    let file = solver.files[call.file as usize];
    for place in &form.named {
        let Some(node) = argument(file, call.node, place) else { continue };
        let mut names = Vec::new();
        match place {
            Where::Member => {
                let graph = &file.graph;
                let member = graph.node(node).kind == Kind::Member;
                names.extend(member.then(|| file.name(node).to_owned()));
            }
            Where::Object => {
                let mut node = Some(node);
                for _ in 0..MAX_DEPTH {
                    let Some(id) = node else { break };
                    says(solver, At { node: id, ..call }, 0, &mut names);
                    if !names.is_empty() {
                        break;
                    }
                    node = within(&file.graph, id);
                }
            }
            Where::Position(_) | Where::Key(_) => says(solver, At { node, ..call }, 0, &mut names),
        }
        names.retain(|name| !name.is_empty());
        if !names.is_empty() {
            return names;
        }
    }
    Vec::new()
}

/// What a member or call is taken of.
fn within(graph: &Graph, id: NodeId) -> Option<NodeId> {
    match graph.node(id).kind {
        Kind::Call => graph.object(id),
        Kind::Member => graph.child(id, Slot::Object),
        _ => None,
    }
}

/// The names of the artifacts that classes stand for, where a call is given or called on one.
pub(super) fn classes(solver: &Solver<'_, '_>, kind: &Artifact, form: &ArtifactCall, call: At) -> Vec<String> {
    let file = solver.files[call.file as usize];
    let mut names = Vec::new();
    for place in form.named.iter().filter(|place| **place != Where::Member) {
        let mut node = argument(file, call.node, place);
        for _ in 0..MAX_DEPTH {
            let Some(id) = node else { break };
            // Of several that are handed over, each may be one.
            let parts: Vec<NodeId> = match file.graph.node(id).kind {
                Kind::List => file.graph.children(id).collect(),
                _ => vec![id],
            };
            for part in parts {
                for value in solver.at(At { node: part, ..call }) {
                    match value {
                        Value::Class(class) | Value::Instance(class) => names.extend(model(solver, kind, *class)),
                        // `getRepository(Post)` gives what works on posts.
                        Value::Maker(class) => names.extend(model(solver, kind, *class)),
                        _ => (),
                    }
                }
            }
            if !names.is_empty() || *place != Where::Object {
                break;
            }
            node = within(&file.graph, id);
        }
        if !names.is_empty() {
            break;
        }
    }
    names.sort();
    names.dedup();
    names
}

/// The name of the artifact that a class stands for: what it says itself, else its own.
fn model(solver: &Solver<'_, '_>, kind: &Artifact, class: At) -> Option<String> {
    let file = solver.files[class.file as usize];
    let graph = &file.graph;
    let marks = |name: &str| kind.classes.iter().any(|class| **class == *name.rsplit('.').next().unwrap_or(name));
    for id in graph.inside(class.node).skip(1).filter(|id| graph.node(*id).kind == Kind::Assign) {
        if marks(file.name(id)) {
            let value = graph.child(id, Slot::Value)?;
            let mut names = Vec::new();
            says(solver, At { node: value, ..class }, 0, &mut names);
            return names.into_iter().next();
        }
    }
    for id in graph.decorators(class.node).filter(|id| marks(file.name(*id))) {
        if let Some(text) = graph.inside(id).find(|inside| graph.node(*inside).kind == Kind::Literal) {
            return Some(file.name(text).to_owned());
        }
    }
    Some(file.name(class.node).to_owned()).filter(|name| !name.is_empty())
}

/// The texts that a place may stand for, or that made what it stands for.
pub(super) fn written(solver: &Solver<'_, '_>, at: At, budget: &mut usize, out: &mut Vec<At>) {
    if *budget == 0 {
        return;
    }
    *budget -= 1;
    for value in solver.at(at) {
        match value {
            Value::Text(text) => out.push(*text),
            Value::Handle(call) => handled(solver, *call, budget, out),
            _ => (),
        }
    }
}

/// The texts that made what a call gives: those of its first argument that has any.
pub(super) fn handled(solver: &Solver<'_, '_>, call: At, budget: &mut usize, out: &mut Vec<At>) {
    let file = solver.files[call.file as usize];
    let graph = &file.graph;
    let joins = solver.joins(file.name(call.node));
    for argument in graph.arguments(call.node) {
        let before = out.len();
        let value = match graph.node(argument).kind {
            Kind::Entry => graph.child(argument, Slot::Value).unwrap_or(argument),
            _ => argument,
        };
        written(solver, At { file: call.file, node: value }, budget, out);
        // What joins the parts of a name ends with the one that tells.
        if joins && before > 0 && out.len() > before {
            out.drain(..before);
        }
        if !joins && out.len() > before {
            return;
        }
    }
}

/// What a place says: the texts that it may stand for, filled.
pub(super) fn says(solver: &Solver<'_, '_>, at: At, depth: usize, out: &mut Vec<String>) {
    let mut texts = Vec::new();
    written(solver, at, &mut { MAX_LOOKS }, &mut texts);
    for text in texts {
        let file = solver.files[text.file as usize];
        let span = file.graph.node(text.node).span;
        let inner = file.graph.node(text.node).name.unwrap_or(span);
        let said = filled(solver, text, inner, depth + 1);
        let said = configs::assigned(&said)
            .filter(|_| language::is_config(&file.path))
            .map_or(said.as_str(), |(_, value)| value)
            .to_owned();
        if !out.contains(&said) {
            out.push(said);
        }
    }
}

/// A part of a text, the holes in it filled with what they say; `*` where that is not known.
pub(super) fn filled(solver: &Solver<'_, '_>, text: At, part: Span, depth: usize) -> String {
    let file = solver.files[text.file as usize];
    let graph = &file.graph;
    let node = graph.node(text.node);
    if node.kind != Kind::Template {
        return part.of(&file.text).to_owned();
    }
    // Texts that follow each other are one text.
    let pieces: Vec<NodeId> = graph.children(text.node).filter(|child| part.holds(graph.node(*child).span)).collect();
    let joined = !pieces.is_empty() && graph.node(pieces[0]).span.start == node.span.start;
    let mut said = String::new();
    let mut at = part.start;
    for piece in pieces.into_iter().filter(|piece| graph.node(*piece).kind != Kind::Query) {
        let span = graph.node(piece).span;
        if span.start < at {
            continue;
        }
        let between = Span { start: at, end: span.start };
        if !joined {
            said.push_str(between.of(&file.text).trim_end_matches(['{', '$', ' ']));
        }
        let mut known = Vec::new();
        if depth <= MAX_DEPTH {
            says(solver, At { node: piece, ..text }, depth + 1, &mut known);
        }
        match &known[..] {
            [one] => said.push_str(one),
            _ => said.push_str(ANY),
        }
        at = span.end;
    }
    if !joined {
        let rest = Span { start: at.min(part.end), end: part.end }.of(&file.text);
        said.push_str(if at > part.start { rest.trim_start_matches([' ', '}']) } else { rest });
    }
    let start = ["f\"", "f'", "\"", "'", "`", "rf\"", "F\""].iter().find_map(|quote| said.strip_prefix(quote));
    start.map_or(said.as_str(), |start| start.trim_end_matches(['"', '\'', '`'])).to_owned()
}
