//! What a sentence asks for besides the use: other data or another use, within a stated distance.

use super::Seen;
use crate::{
    finding::Why,
    graph::NodeId,
    link::{At, File},
    pack::{Fact, Reach},
};

/// A place that shows such a fact.
#[derive(Clone, Debug)]
pub(super) struct Shown {
    pub(super) at: At,
    /// What it shows, for people.
    pub(super) note: String,
    pub(super) why: Why,
}

/// Where each of the facts shows, the nearest place for each; `None` where one of them does not.
pub(super) fn shown(place: &Seen<'_>, facts: &[Fact]) -> Option<Vec<Shown>> {
    facts.iter().map(|fact| nearest(place, fact)).collect()
}

fn nearest(place: &Seen<'_>, fact: &Fact) -> Option<Shown> {
    let own = At { file: place.number, node: place.found.node };
    match fact.within {
        Reach::Function | Reach::File => {
            let graph = &place.file.graph;
            let scope = graph.node(own.node).scope;
            // The functions of a script are not part of its top-level code.
            let holds = |node: NodeId| match (fact.within, scope) {
                (Reach::File, _) => true,
                (_, NodeId::FILE) => graph.node(node).scope == scope,
                (_, function) => function <= node && node < graph.node(function).end,
            };
            let mut all = in_file(place, place.number, fact);
            all.retain(|shown| holds(shown.at.node));
            all.into_iter().min_by_key(|shown| (shown.at.node.0.abs_diff(own.node.0), shown.at))
        }
        Reach::Pipeline => place.reach.visits.iter().filter(|visit| !visit.vague).find_map(|visit| {
            let at = visit.at;
            let graph = place.lineage.graph(at);
            // The value is what the fact is about, or part of it.
            let holds = |node: NodeId| node <= at.node && at.node < graph.node(node).end;
            in_file(place, at.file, fact).into_iter().filter(|shown| holds(shown.at.node)).max_by_key(|shown| shown.at)
        }),
        Reach::App => {
            let mut files = 0..u32::try_from(place.lineage.files.len()).unwrap_or(u32::MAX);
            files.find_map(|number| in_file(place, number, fact).into_iter().min_by_key(|shown| shown.at))
        }
    }
}

/// All places of a file that show the fact, apart from the use itself.
fn in_file(place: &Seen<'_>, number: u32, fact: &Fact) -> Vec<Shown> {
    let file: &File = place.lineage.files[number as usize];
    let pack = place.pack;
    let other = |node: NodeId| (number, node) != (place.number, place.found.node);
    let of_data = file.labels.data.iter().filter(|label| fact.data.contains(&label.data)).map(|label| Shown {
        at: At { file: number, node: label.node },
        note: format!("together with it: {}", pack.data[usize::from(label.data)].title),
        why: label.why.clone(),
    });
    let given = file.labels.sources.iter().filter_map(|label| {
        let data = label.gives.iter().find(|data| fact.data.contains(data))?;
        Some(Shown {
            at: At { file: number, node: label.node },
            note: format!("together with it: {}", pack.data[usize::from(*data)].title),
            why: label.why.clone(),
        })
    });
    let uses = file.labels.uses.iter().filter(|found| fact.speaks_of(&pack.forms[found.form])).map(|found| Shown {
        at: At { file: number, node: found.node },
        note: format!("together with it: {}", pack.forms[found.form].says),
        why: found.why.clone(),
    });
    of_data.chain(given).chain(uses).filter(|shown| other(shown.at.node)).collect()
}
