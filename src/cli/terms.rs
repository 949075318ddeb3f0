//! `brightline terms`: the documents that a pack rests on, and what a new copy of one changes.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use clap::{Args, Subcommand};

use super::{Ended, packs};
use crate::{
    error::Error,
    exit::Exit,
    output::escape,
    pack::{
        load::Loaded,
        schema::{self, Clause, Document, Terms},
        terms::{self, Change, Section},
    },
};

/// A larger copy is refused. In bytes.
const MAX_BYTES: u64 = 16 << 20;
/// Sentences that are shown of one section, of each kind.
const SHOWN: usize = 4;

#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Arguments {
    #[command(subcommand)]
    action: Option<Action>,
    /// Add the rule pack of this folder.
    #[arg(long, value_name = "DIR", global = true)]
    rules: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Compare two copies of a document: which sections changed, which clauses cite them, which rules rest on those.
    ///
    /// A copy is a file that you saved: a web page (.html), Markdown or plain text. Sections are told by their headings.
    /// Other line breaks are no change. A clause for which no section can be told is listed, to be looked at by hand.
    /// The exit code is 0 where nothing changed and 1 where something did.
    #[command(after_help = EXAMPLES)]
    Diff {
        /// The document, as `brightline terms` lists it: PLATFORM/DOCUMENT.
        #[arg(value_name = "PLATFORM/DOCUMENT")]
        document: String,
        /// The copy that the clauses were written from.
        #[arg(long, value_name = "FILE")]
        old: PathBuf,
        /// The copy of today.
        #[arg(long, value_name = "FILE")]
        new: PathBuf,
        /// Show every sentence that changed, not only the first ones.
        #[arg(long)]
        full: bool,
    },
}

const EXAMPLES: &str = "Examples:
  brightline terms                                               which documents there are, and when each was seen
  brightline terms diff x/agreement --old 2025.html --new now.html
  brightline rules --stale 180                                   which clauses are due for a look

When the copies differ: read each changed section, mend the clauses that cite it in terms.yaml, set `seen` (and
`dated`) of the document, and run `brightline rules --check` and `brightline rules test`.";

pub(super) fn run(arguments: &Arguments, out: &mut dyn io::Write) -> Ended {
    let loaded = packs::loaded(&arguments.rules)?;
    match &arguments.action {
        None => list(&loaded, out),
        Some(Action::Diff { document, old, new, full }) => {
            let (terms, document) = find(&loaded, document)?;
            let (old, new) = (terms::sections(&read(old)?), terms::sections(&read(new)?));
            diff(&loaded, terms, document, (&old, &new), *full, out)
        }
    }
}

/// All documents of a pack with the terms they belong to.
fn documents(loaded: &Loaded) -> impl Iterator<Item = (&Terms, &Document)> {
    let terms = loaded.files.iter().filter_map(|file| match &file.file {
        schema::File::Terms(terms) => Some(terms),
        _ => None,
    });
    terms.flat_map(|terms| terms.documents.iter().map(move |document| (terms, document)))
}

fn list(loaded: &Loaded, out: &mut dyn io::Write) -> Ended {
    for (terms, document) in documents(loaded) {
        let key = format!("{}/{}", terms.platform, document.key);
        let clauses = terms::clauses_of(terms, &document.key).len();
        writeln!(out, "{key:<36} seen {}  {clauses:>2} clauses  {}", document.seen, document.title)?;
    }
    Ok(Exit::Clean)
}

fn find<'l>(loaded: &'l Loaded, wanted: &str) -> Result<(&'l Terms, &'l Document), Error> {
    let key = |terms: &Terms, document: &Document| format!("{}/{}", terms.platform, document.key);
    if let Some(found) = documents(loaded).find(|(terms, document)| key(terms, document) == wanted) {
        return Ok(found);
    }
    let platform = wanted.split('/').next().unwrap_or(wanted);
    let keys: Vec<String> = documents(loaded).map(|(terms, document)| key(terms, document)).collect();
    let near = |known: &&String| known.split('/').next() == Some(platform) || strsim::damerau_levenshtein(known, wanted) <= 3;
    let near: Vec<&str> = keys.iter().filter(near).take(8).map(String::as_str).collect();
    let hint = match near[..] {
        [] => "`brightline terms` lists them".to_owned(),
        _ => format!("did you mean {}?", near.join(", ")),
    };
    Err(Error::Usage(format!("there is no document {wanted}; {hint}")))
}

/// The text of a copy; a web page as Markdown.
fn read(path: &Path) -> Result<String, Error> {
    let fault = |cause: io::Error| Error::Io { path: path.to_owned(), cause };
    let wrong = |what: &str| Error::Usage(format!("{}: {what}", path.display()));
    let length = fs::metadata(path).map_err(fault)?.len();
    if length > MAX_BYTES {
        return Err(wrong("is larger than 16 MiB; is it a copy of terms?"));
    }
    let text = String::from_utf8(fs::read(path).map_err(fault)?).map_err(|_| wrong("is not UTF-8; save it as text or HTML"))?;
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase()).unwrap_or_default();
    let page =
        matches!(extension.as_str(), "html" | "htm" | "xhtml") || text.trim_start().to_lowercase().starts_with("<!doctype html");
    let text = match page {
        true => {
            let reader = htmd::HtmlToMarkdown::builder().skip_tags(vec!["script", "style", "nav", "noscript", "svg"]).build();
            reader.convert(&text).map_err(|cause| wrong(&format!("cannot be read as a web page: {cause}")))?
        }
        false => text,
    };
    if text.trim().is_empty() {
        return Err(wrong("holds no text; a page that a script fills must be saved after it has loaded"));
    }
    Ok(text)
}

fn diff(
    loaded: &Loaded,
    terms: &Terms,
    document: &Document,
    (old, new): (&[Section], &[Section]),
    full: bool,
    out: &mut dyn io::Write,
) -> Ended {
    let changes = terms::changes(old, new);
    let clauses = terms::clauses_of(terms, &document.key);
    writeln!(out, "{}: {} sections before, {} now, {} changed", document.title, old.len(), new.len(), changes.len())?;
    let mut touched: Vec<&str> = Vec::new();
    for change in &changes {
        let cited: Vec<&Clause> = clauses.iter().copied().filter(|clause| change.is_cited_by(clause)).collect();
        touched.extend(cited.iter().map(|clause| clause.id.as_str()));
        tell(change, full, out)?;
        for clause in cited {
            writeln!(out, "    cited by {} ({}), on which rest: {}", clause.id, clause.section, resting(loaded, &clause.id))?;
        }
    }
    let lost: Vec<&str> =
        clauses.iter().filter(|clause| !terms::has_place(clause, old, new)).map(|clause| clause.id.as_str()).collect();
    if !lost.is_empty() && !changes.is_empty() {
        writeln!(out, "\nno section can be told for these, look at them by hand: {}", lost.join(", "))?;
    }
    touched.sort_unstable();
    touched.dedup();
    if !changes.is_empty() {
        writeln!(out, "\n{} of {} clauses of {} cite what changed", touched.len(), clauses.len(), document.key)?;
    }
    Ok(if changes.is_empty() { Exit::Clean } else { Exit::Findings })
}

fn tell(change: &Change, full: bool, out: &mut dyn io::Write) -> io::Result<()> {
    let heading = if change.heading().is_empty() { "(before the first heading)" } else { change.heading() };
    let heading = escape::visible(heading);
    let (gone, came) = match change {
        Change::Added(section) => {
            writeln!(out, "\nnew: {heading}")?;
            (&[][..], &section.sentences[..])
        }
        Change::Removed(section) => {
            writeln!(out, "\ngone: {heading}")?;
            (&section.sentences[..], &[][..])
        }
        Change::Changed { old, new, gone, came } => {
            writeln!(out, "\nchanged: {heading}")?;
            if old.heading != new.heading {
                writeln!(out, "    was headed: {}", escape::visible(&old.heading))?;
            }
            (&gone[..], &came[..])
        }
    };
    for (mark, sentences) in [('-', gone), ('+', came)] {
        let most = if full { usize::MAX } else { SHOWN };
        for sentence in sentences.iter().take(most) {
            writeln!(out, "  {mark} {}", escape::visible(sentence))?;
        }
        if sentences.len() > most {
            writeln!(out, "  {mark} … and {} more; --full shows them", sentences.len() - most)?;
        }
    }
    Ok(())
}

/// The rules that cite a clause.
fn resting(loaded: &Loaded, clause: &str) -> String {
    let rules: Vec<&str> = loaded
        .files
        .iter()
        .filter_map(|file| match &file.file {
            schema::File::Prohibition(rule) if rule.clauses.iter().any(|cited| cited == clause) => Some(rule.id.as_str()),
            _ => None,
        })
        .collect();
    if rules.is_empty() { "no rule".to_owned() } else { rules.join(", ") }
}
