//! `brightline rules`: list them, check a pack, test it.

use std::{io, path::PathBuf};

use clap::{Args, Subcommand};

use super::{Ended, fixtures, mutate, packs, stale};
use crate::{
    error::Error,
    exit::Exit,
    pack::{Pack, check, editor},
    scan,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Check the pack: every reference, and what is odd though not wrong.
    #[arg(long)]
    check: bool,
    /// List clauses whose document was last seen more than so many days ago; exit code 1 where there are any.
    #[arg(long, value_name = "DAYS", conflicts_with = "check")]
    stale: Option<u32>,
    /// The day from which --stale counts, YYYY-MM-DD; else that of the machine's clock, in UTC.
    #[arg(long, value_name = "DATE", requires = "stale")]
    today: Option<String>,
    /// Add the rule pack of this folder.
    #[arg(long, value_name = "DIR", global = true)]
    rules: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Run the examples of all rules, and the fixtures in folders: DIR/<rule>/breaks and DIR/<rule>/keeps.
    Test {
        /// Folders of fixtures, whose files say `expect: rule-id` where a finding must be.
        #[arg(value_name = "DIR")]
        fixtures: Vec<PathBuf>,
        /// Leave out each condition of each form and each part of each sentence in turn, and list those of which no
        /// example and no fixture notices it. They are untested; the exit code stays that of the tests.
        #[arg(long)]
        mutate: bool,
    },
    /// Write the JSON Schemas of pack files into a folder, so that editors help.
    Schema {
        /// The folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn io::Write) -> Ended {
    let loaded = packs::loaded(&arguments.rules)?;
    if arguments.check {
        let faults = check::faults(&loaded);
        if !faults.is_empty() {
            return Err(Error::Pack(faults).into());
        }
        let odd = check::lints(&loaded);
        for lint in &odd {
            writeln!(out, "{lint}")?;
        }
        writeln!(out, "{} files checked; no faults, {} lints", loaded.files.len(), odd.len())?;
        return Ok(Exit::Clean);
    }
    if let Some(days) = arguments.stale {
        return stale::run(&loaded, days, arguments.today.as_deref(), out);
    }
    let pack = packs::compiled(&loaded);
    match &arguments.action {
        None => list(&pack, out),
        Some(Action::Test { fixtures, mutate }) => {
            let ended = test(&pack, fixtures, out)?;
            if *mutate {
                mutate::run(&loaded, &pack, fixtures, out)?;
            }
            Ok(ended)
        }
        Some(Action::Schema { folder }) => schema(folder, out),
    }
}

fn list(pack: &Pack, out: &mut dyn io::Write) -> Ended {
    let mut category = None;
    let mut sentences: Vec<_> = pack.sentences.iter().collect();
    sentences.sort_by_key(|sentence| (&sentence.card.category, &sentence.id));
    for sentence in sentences {
        if category != Some(&sentence.card.category) {
            category = Some(&sentence.card.category);
            writeln!(out, "{}", sentence.card.category)?;
        }
        writeln!(out, "  {:<40} {:<9} {}", sentence.id, sentence.card.severity.name(), sentence.card.title)?;
    }
    writeln!(out, "{} rules, pack {}", pack.sentences.len(), &pack.summary.hash[..12.min(pack.summary.hash.len())])?;
    Ok(Exit::Clean)
}

/// Runs examples and fixtures; every fault is written.
fn test(pack: &Pack, folders: &[PathBuf], out: &mut dyn io::Write) -> Ended {
    let mut faults = examples(pack);
    for folder in folders {
        faults.extend(fixtures::faults(pack, folder)?);
    }
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    writeln!(out, "{} rules tested, {} faults", pack.sentences.len(), faults.len())?;
    Ok(if faults.is_empty() { Exit::Clean } else { Exit::Findings })
}

/// Rules whose breaking example they do not find, or whose keeping example they do.
#[must_use]
pub(super) fn examples(pack: &Pack) -> Vec<String> {
    let settings = packs::settings(Vec::new());
    let mut faults = Vec::new();
    for sentence in &pack.sentences {
        let card = &sentence.card;
        let found = |text: &str| {
            let findings = scan::of_text(&settings, pack, &card.example_file, text);
            findings.iter().any(|finding| finding.rule == card.id || finding.also.contains(&card.id))
        };
        if !found(&card.breaking) {
            faults.push(format!("{}: its breaking example is not found", card.id));
        }
        if found(&card.keeping) {
            faults.push(format!("{}: its keeping example is reported", card.id));
        }
    }
    faults
}

fn schema(folder: &std::path::Path, out: &mut dyn io::Write) -> Ended {
    for (name, text) in editor::schemas() {
        let path = folder.join(format!("{name}.schema.json"));
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&path, text));
        written.map_err(|cause| Error::Io { path: path.clone(), cause })?;
        writeln!(out, "{}", path.display())?;
    }
    Ok(Exit::Clean)
}
