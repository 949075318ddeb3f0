//! `brightline explain`.

use std::{io, path::PathBuf};

use clap::Args;

use super::{Ended, packs, similar};
use crate::{
    error::Error,
    exit::Exit,
    output::{Style, card},
    pack::Pack,
};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A rule (`x-trait-inference`), a clause (`x.ru.sens`) or a category (`registry`).
    #[arg(value_name = "RULE|CLAUSE|CATEGORY")]
    key: String,
    /// Add the rule pack of this folder.
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

pub(super) fn run(arguments: &Arguments, style: &Style, out: &mut dyn io::Write) -> Ended {
    let loaded = packs::loaded(&arguments.rules)?;
    let pack = packs::compiled(&loaded);
    let key = arguments.key.as_str();
    if let Some(sentence) = pack.sentences.iter().find(|sentence| sentence.id.as_str() == key) {
        card::write(&sentence.card, style, out)?;
        return Ok(Exit::Clean);
    }
    if clause(&pack, key, out)? || category(&pack, key, out)? {
        return Ok(Exit::Clean);
    }
    let near = similar(&pack, key);
    let hint =
        if near.is_empty() { "`brightline rules` lists them".to_owned() } else { format!("did you mean {}?", near.join(", ")) };
    Err(Error::Usage(format!("there is no rule, clause or category {key}; {hint}")).into())
}

/// Writes what a clause says and which rules rest on it; `false` where there is none of that id.
fn clause(pack: &Pack, key: &str, out: &mut dyn io::Write) -> io::Result<bool> {
    let Some((_, clause)) = pack.clauses.iter().find(|(id, _)| id == key) else { return Ok(false) };
    writeln!(out, "{} · {}, {} {}", clause.id, clause.platform, clause.document, clause.section)?;
    writeln!(out, "{}", clause.url)?;
    let dated = if clause.dated.is_empty() { "undated".to_owned() } else { format!("dated {}", clause.dated) };
    writeln!(out, "{dated}, seen {}; a breach is {}\n", clause.seen, clause.severity.name())?;
    writeln!(out, "In our words: {}", clause.says)?;
    let rests = |sentence: &&crate::pack::Sentence| sentence.card.clauses.iter().any(|cited| cited.id == key);
    list(pack.sentences.iter().filter(rests), "\nRules that rest on it:", out)?;
    Ok(true)
}

/// Writes what a category is and which rules find it; `false` where there is none of that key.
fn category(pack: &Pack, key: &str, out: &mut dyn io::Write) -> io::Result<bool> {
    let Some((named, says)) = pack.categories.iter().find(|(named, _)| *named.key == *key) else { return Ok(false) };
    writeln!(out, "{} · {}\n\n{says}", named.key, named.title)?;
    let of = |sentence: &&crate::pack::Sentence| *sentence.card.category.0 == *key;
    list(pack.sentences.iter().filter(of), "\nRules that find it:", out)?;
    Ok(true)
}

fn list<'p>(sentences: impl Iterator<Item = &'p crate::pack::Sentence>, title: &str, out: &mut dyn io::Write) -> io::Result<()> {
    for (number, sentence) in sentences.enumerate() {
        if number == 0 {
            writeln!(out, "{title}")?;
        }
        writeln!(out, "  {:<40} {}", sentence.id, sentence.card.title)?;
    }
    Ok(())
}
