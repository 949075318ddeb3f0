//! `brightline rules test --mutate`: conditions that no example and no fixture would miss.
//!
//! Each condition of each form, and each part of each sentence, is left out in turn. What is found in the examples and
//! the fixtures must then differ somewhere, or the condition is untested. Every app is read and labelled once: a form
//! that lacks a condition is tried on the nodes that it could match, and an app is judged anew only where it then
//! matches others.

use std::{
    collections::BTreeSet,
    io,
    path::PathBuf,
    sync::atomic::{AtomicBool, Ordering},
};

use rayon::prelude::*;

use super::{fixtures, packs};
use crate::{
    error::Error,
    finding::Confidence,
    label::Trial,
    link::{File, Lineage},
    pack::{Form, Ids, Pack, Sentence, Shows, load::Loaded},
    scan,
};

/// Something that is left out.
#[derive(Clone, Debug)]
struct Mutant {
    /// Where.
    at: At,
    /// What, for people.
    what: String,
}

#[derive(Clone, Copy, Debug)]
enum At {
    Form(usize, Part),
    Sentence(usize, Piece),
}

#[derive(Clone, Copy, Debug)]
enum Part {
    All(usize),
    Any(usize),
    None(usize),
    About(usize),
    Not,
    Pattern,
    Data,
    Text,
}

#[derive(Clone, Copy, Debug)]
enum Piece {
    Use(usize),
    Form(usize),
    Data,
    Source,
    Unless(usize),
    Together(usize),
}

/// Rule, file and line of what is found surely.
type Found = BTreeSet<(String, String, u32)>;

/// An app that says what must be found in it, or one of the two examples of a rule.
enum App {
    Folder(PathBuf),
    Text { path: String, text: String },
}

/// Writes which conditions nothing notices, and how many there are of each kind.
pub(super) fn run(loaded: &Loaded, pack: &Pack, folders: &[PathBuf], out: &mut dyn io::Write) -> Result<(), super::Stop> {
    let mutants = mutants(pack);
    let mut apps: Vec<App> = Vec::new();
    for folder in folders {
        apps.extend(fixtures::apps(folder)?.into_iter().map(App::Folder));
    }
    for sentence in &pack.sentences {
        let card = &sentence.card;
        let text = |text: &String| App::Text { path: card.example_file.clone(), text: text.clone() };
        apps.extend([text(&card.breaking), text(&card.keeping)]);
    }
    let noticed: Vec<AtomicBool> = mutants.iter().map(|_| AtomicBool::new(false)).collect();
    let tried: Result<Vec<()>, Error> =
        apps.par_iter().map_init(|| packs::compiled(loaded), |work, app| look(pack, work, app, &mutants, &noticed)).collect();
    tried?;
    let untested: Vec<&Mutant> =
        mutants.iter().zip(&noticed).filter(|(_, noticed)| !noticed.load(Ordering::Relaxed)).map(|(mutant, _)| mutant).collect();
    for mutant in &untested {
        writeln!(out, "untested: {}", mutant.what)?;
    }
    let of = |all: &mut dyn Iterator<Item = &Mutant>| all.filter(|mutant| matches!(mutant.at, At::Form(..))).count();
    let (forms, lost) = (of(&mut mutants.iter()), of(&mut untested.iter().copied()));
    let (parts, missed) = (mutants.len() - forms, untested.len() - lost);
    writeln!(out, "{forms} conditions of forms left out in turn, {lost} of them unnoticed")?;
    writeln!(out, "{parts} parts of sentences left out in turn, {missed} of them unnoticed")?;
    Ok(())
}

fn mutants(pack: &Pack) -> Vec<Mutant> {
    let mut all = Vec::new();
    for (number, form) in pack.forms.iter().enumerate() {
        let mut add = |part: Part, what: String| {
            let what = format!("{}: {}: {what}", form.entry, form.id);
            all.push(Mutant { at: At::Form(number, part), what });
        };
        for (at, condition) in form.all.iter().enumerate() {
            add(Part::All(at), format!("all[{at}]: {}", condition.shown(pack)));
        }
        for (at, condition) in form.any.iter().enumerate() {
            add(Part::Any(at), format!("any[{at}]: {}", condition.shown(pack)));
        }
        for (at, condition) in form.none.iter().enumerate() {
            add(Part::None(at), format!("none[{at}]: {}", condition.shown(pack)));
        }
        for (at, data) in form.about.iter().enumerate() {
            add(Part::About(at), format!("about: {}", pack.data[usize::from(*data)].key));
        }
        let named = !form.name.is_empty() || !form.api.is_empty();
        let lists = [
            (!form.not.is_empty(), Part::Not, "not"),
            (form.pattern.is_some(), Part::Pattern, "pattern"),
            (!form.data.is_empty() && (named || !form.text.is_empty()), Part::Data, "data"),
            (!form.text.is_empty() && form.pattern.is_none() && (named || !form.data.is_empty()), Part::Text, "text"),
        ];
        for (_, part, what) in lists.into_iter().filter(|(there, ..)| *there) {
            add(part, what.to_owned());
        }
    }
    for (number, sentence) in pack.sentences.iter().enumerate() {
        all.extend(pieces(pack, number, sentence));
    }
    all
}

fn pieces(pack: &Pack, number: usize, sentence: &Sentence) -> Vec<Mutant> {
    let mut all = Vec::new();
    let mut add = |piece: Piece, what: String| {
        all.push(Mutant { at: At::Sentence(number, piece), what: format!("{}: {what}", sentence.id) });
    };
    if sentence.uses.len() + sentence.forms.len() > 1 {
        for (at, id) in sentence.uses.iter().enumerate() {
            add(Piece::Use(at), format!("use {}", pack.uses[usize::from(*id)].key));
        }
        for (at, form) in sentence.forms.iter().enumerate() {
            add(Piece::Form(at), format!("use {form}"));
        }
    }
    if !sentence.data.is_empty() {
        add(Piece::Data, "data".to_owned());
    }
    if let Some(platform) = sentence.source {
        add(Piece::Source, format!("source {}", pack.platforms[usize::from(platform)].key));
    }
    for (at, id) in sentence.unless.iter().enumerate() {
        add(Piece::Unless(at), format!("safeguard {}", pack.safeguards[usize::from(*id)].key));
    }
    for at in 0..sentence.together.len() {
        add(Piece::Together(at), format!("together[{at}]"));
    }
    all
}

/// Tries all mutants that nothing has noticed yet on one app; `work` is a pack like `pack`, and left as it was.
fn look(pack: &Pack, work: &mut Pack, app: &App, mutants: &[Mutant], noticed: &[AtomicBool]) -> Result<(), Error> {
    let mut each = |lineage: &Lineage<'_>| {
        let usual = found(pack, lineage);
        let mut trials: Vec<Trial<'_>> =
            lineage.files.iter().map(|file| Trial::new(pack, &file.graph, &file.text, &file.labels)).collect();
        for (mutant, noticed) in mutants.iter().zip(noticed) {
            if noticed.load(Ordering::Relaxed) {
                continue;
            }
            let other = match mutant.at {
                At::Form(number, part) => with_form(pack, work, lineage, &mut trials, number, part),
                At::Sentence(number, piece) => with_sentence(pack, work, lineage, number, piece),
            };
            if other.is_some_and(|other| other != usual) {
                noticed.store(true, Ordering::Relaxed);
            }
        }
    };
    match app {
        App::Folder(folder) => scan::inspect(&packs::settings(vec![folder.clone()]), pack, &mut |_, lineage| each(lineage)),
        App::Text { path, text } => {
            scan::inspect_text(&packs::settings(Vec::new()), pack, path, text, &mut each);
            Ok(())
        }
    }
}

fn found(pack: &Pack, lineage: &Lineage<'_>) -> Found {
    let sure = scan::findings(pack, lineage).into_iter().filter(|finding| finding.confidence >= Confidence::Medium);
    sure.map(|finding| (finding.rule.to_string(), finding.at.file.to_string(), finding.at.start.line)).collect()
}

/// What is found with a form that lacks a part; `None` where it is the same without a doubt.
fn with_form(
    pack: &Pack,
    work: &mut Pack,
    lineage: &Lineage<'_>,
    trials: &mut [Trial<'_>],
    number: usize,
    part: Part,
) -> Option<Found> {
    let form = &pack.forms[number];
    let changed = without(form, part);
    // What a form is about changes no match of it.
    let matched = |file: &File| own_matches(form, file).any(|found| found.form == number);
    if matches!(part, Part::About(_)) {
        if !lineage.files.iter().any(|file| matched(file)) {
            return None;
        }
        return Some(judged(work, lineage, number, changed));
    }
    let mut files: Vec<Option<File>> = Vec::new();
    for (file, trial) in lineage.files.iter().zip(trials.iter_mut()) {
        let nodes = trial.own(&changed);
        let new = if nodes.is_empty() { Vec::new() } else { trial.matches(number, &changed, &nodes) };
        let old: Vec<_> = own_matches(form, file).filter(|found| found.form == number).collect();
        let same =
            old.len() == new.len() && old.iter().zip(&new).all(|(old, new)| old.node == new.node && old.evidence == new.evidence);
        if same {
            files.push(None);
            continue;
        }
        let mut other = (**file).clone();
        let list = if matches!(form.shows, Shows::Use(_)) { &mut other.labels.uses } else { &mut other.labels.safeguards };
        list.retain(|found| found.form != number);
        list.extend(new);
        list.sort_by_key(|found| (found.node, found.form));
        files.push(Some(other));
    }
    if files.iter().all(Option::is_none) {
        return None;
    }
    let joined: Vec<&File> = lineage.files.iter().zip(&files).map(|(file, other)| other.as_ref().unwrap_or(file)).collect();
    Some(judged(work, &Lineage::new(joined, &pack.artifacts), number, changed))
}

fn own_matches<'f>(form: &Form, file: &'f File) -> impl Iterator<Item = &'f crate::label::Match> {
    if matches!(form.shows, Shows::Use(_)) { file.labels.uses.iter() } else { file.labels.safeguards.iter() }
}

/// What is found when `form` stands in the pack under `number`.
fn judged(work: &mut Pack, lineage: &Lineage<'_>, number: usize, form: Form) -> Found {
    let usual = std::mem::replace(&mut work.forms[number], form);
    let found = found(work, lineage);
    work.forms[number] = usual;
    found
}

fn without(form: &Form, part: Part) -> Form {
    let mut form = form.clone();
    match part {
        Part::All(at) => drop(form.all.remove(at)),
        Part::Any(at) => drop(form.any.remove(at)),
        Part::None(at) => drop(form.none.remove(at)),
        Part::About(at) => drop(form.about.remove(at)),
        Part::Not => form.not = Ids::default(),
        Part::Pattern => form.pattern = None,
        Part::Data => form.data.clear(),
        Part::Text => form.text.clear(),
    }
    form
}

/// What is found with a sentence that lacks a part; `None` where the app has no use that it speaks of.
fn with_sentence(pack: &Pack, work: &mut Pack, lineage: &Lineage<'_>, number: usize, piece: Piece) -> Option<Found> {
    let sentence = &pack.sentences[number];
    let mut uses = lineage.files.iter().flat_map(|file| &file.labels.uses);
    if !uses.any(|found| sentence.speaks_of(&pack.forms[found.form])) {
        return None;
    }
    let mut changed = sentence.clone();
    match piece {
        Piece::Use(at) => drop(changed.uses.remove(at)),
        Piece::Form(at) => drop(changed.forms.remove(at)),
        Piece::Data => changed.data.clear(),
        Piece::Source => changed.source = None,
        Piece::Unless(at) => drop(changed.unless.remove(at)),
        Piece::Together(at) => drop(changed.together.remove(at)),
    }
    let usual = std::mem::replace(&mut work.sentences[number], changed);
    let found = found(work, lineage);
    work.sentences[number] = usual;
    Some(found)
}
