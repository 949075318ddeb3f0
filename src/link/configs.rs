//! Configs: values that they give to variables of the environment, and the values that code loads from them.
//!
//! In: the files of an app in formats that have keys and values. Out: edges to where code reads them.

use rustc_hash::FxHashMap;

use super::{
    At, File, Passage,
    naming::{self, MAX_LOOKS},
    values::Solver,
};
use crate::{
    graph::{Kind, NodeId, Slot},
    language,
    pack::Artifact,
};

/// More values than this are not given to one variable.
const MAX_GIVEN: usize = 64;

/// Gives configured values to the members that stand for them.
pub(super) fn configure(solver: &mut Solver<'_, '_>, kinds: &[Artifact]) {
    let mut given: FxHashMap<&str, Vec<At>> = FxHashMap::default();
    let files = solver.files;
    for (number, file) in (0..).zip(files) {
        if !language::is_config(&file.path) {
            continue;
        }
        for id in file.graph.ids() {
            let node = file.graph.node(id);
            let at = At { file: number, node: id };
            match node.kind {
                Kind::Entry => {
                    let value = file.graph.child(id, Slot::Value);
                    let value = value.filter(|value| file.graph.node(*value).kind == Kind::Literal);
                    let key = file.name(id);
                    if is_variable(key)
                        && let Some(value) = value
                    {
                        given.entry(key).or_default().push(At { node: value, ..at });
                    }
                }
                Kind::Literal => {
                    if let Some((key, _)) = assigned(file.name(id)) {
                        given.entry(key).or_default().push(at);
                    }
                }
                _ => (),
            }
        }
    }
    for kind in kinds.iter().filter(|kind| !kind.members.is_empty()) {
        for (number, file) in (0..).zip(files) {
            if language::is_config(&file.path) {
                continue;
            }
            for id in file.graph.ids() {
                let at = At { file: number, node: id };
                let Some(key) = variable(solver, kind, at).filter(|key| is_variable(key)) else { continue };
                let all = given.get(key.as_str()).map_or(&[][..], Vec::as_slice);
                for value in nearest(files, all, &file.path) {
                    solver.join(value, at, Passage::Import);
                }
            }
        }
    }
    solver.solve();
}

/// The variable of the environment that a node reads.
fn variable(solver: &Solver<'_, '_>, kind: &Artifact, at: At) -> Option<String> {
    let file = solver.files[at.file as usize];
    let graph = &file.graph;
    let node = graph.node(at.node);
    match node.kind {
        Kind::Member if node.slot != Slot::Target => {
            let object = graph.child(at.node, Slot::Object)?;
            let known = kind.members.iter().any(|member| **member == *file.name(object));
            known.then(|| file.name(at.node).to_owned()).filter(|name| !name.is_empty())
        }
        Kind::Call => {
            let name = file.name(at.node).rsplit('.').next().unwrap_or_default();
            let call = kind.calls.get(name)?.iter().find(|call| naming::applies(file, call, at.node))?;
            naming::named(solver, call, at).into_iter().next()
        }
        _ => None,
    }
}

/// The values that a config gives a variable; where it gives several, those beside the path of the code.
fn nearest(files: &[&File], all: &[At], path: &str) -> Vec<At> {
    let said = |at: &At| files[at.file as usize].name(at.node);
    let beside = |at: &At| {
        let file = files[at.file as usize];
        let folder = |id: NodeId| {
            let name = file.name(id).trim_start_matches("./").trim_end_matches('/');
            let literal = file.graph.node(id).kind == Kind::Literal;
            literal && !name.is_empty() && path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
        };
        file.graph.around(at.node).take(4).any(|around| file.graph.inside(around).any(folder))
    };
    let mut kept: Vec<At> = all.iter().take(MAX_GIVEN).copied().collect();
    if kept.iter().any(|at| said(at) != said(&all[0])) && kept.iter().any(beside) {
        kept.retain(beside);
    }
    kept.truncate(8);
    kept
}

/// `KEY=value`, as lists of an environment have it.
pub(super) fn assigned(text: &str) -> Option<(&str, &str)> {
    let (key, value) = text.split_once('=')?;
    (is_variable(key) && !value.is_empty()).then_some((key, value))
}

/// Whether a name is one of the environment, as they are written.
pub(super) fn is_variable(name: &str) -> bool {
    name.len() > 1 && name.chars().all(|char| char.is_ascii_uppercase() || char.is_ascii_digit() || char == '_')
}

/// The config of the app that a value was loaded from.
pub(super) fn config(solver: &Solver<'_, '_>, call: At) -> Option<At> {
    let mut texts = Vec::new();
    naming::handled(solver, call, &mut { MAX_LOOKS }, &mut texts);
    let said = texts.first().map(|text| solver.files[text.file as usize].name(text.node).trim_start_matches("./"))?;
    let is = |number: &&u32| {
        let path = &solver.files[**number as usize].path;
        path.strip_suffix(said).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
    };
    let number = *solver.configs.get(last_part(said))?.iter().find(is)?;
    let graph = &solver.files[number as usize].graph;
    let parts: Vec<NodeId> = graph.children(NodeId::FILE).filter(|id| graph.node(*id).kind != Kind::Comment).collect();
    let root = match parts[..] {
        [list] if graph.node(list).kind == Kind::List => list,
        _ => NodeId::FILE,
    };
    Some(At { file: number, node: root })
}

/// The configs among these files, by their names.
pub(super) fn configs<'a>(files: &[&'a File]) -> FxHashMap<&'a str, Vec<u32>> {
    let mut all: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (number, file) in (0..).zip(files).filter(|(_, file)| language::is_config(&file.path)) {
        all.entry(last_part(&file.path)).or_default().push(number);
    }
    all
}

fn last_part(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
