//! The order of the stages; nothing else knows it.
//!
//! roots → App → text → Graph → labels → Finding → Report. Files are read in parallel and collected in
//! their order, so the number of threads cannot change the report.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::Arc,
};

use aho_corasick::AhoCorasick;
use fixedbitset::FixedBitSet;
use rayon::prelude::*;

use crate::{
    error::Error,
    finding::{Confidence, Finding},
    graph::{Graph, Kind, NodeId},
    judge::{self, Facts},
    label::{Labeler, Match, SourceLabel},
    language::{self, Language},
    link::{self, Lineage, Paths, Wants, Written},
    lower::{self, Lowerer},
    pack::{Id, Pack, Reach, Sentence, Shows},
    plain::{self, Hints, Plain},
    prefilter::Prefilter,
    report::{Coverage, Entry, Report},
    rule::{RuleCard, RuleId},
    settings::Settings,
    settle::{self, Allow},
    source::{self, Encoding, Skip, Source},
    span::LineIndex,
    walk::{self, App},
};

/// How much of a large file is searched at a time. In bytes.
const CHUNK: usize = 1 << 20;
/// How many files are read at a time that may fulfill a duty of others.
const DEFERRED: usize = 64;

/// Scans the roots of `settings` against `pack`; calls `tick` after each file with how many there are.
///
/// # Errors
/// `Error::Io` for a root that is not there, `Error::NothingToScan` where no file could be looked at.
pub fn report(settings: &Settings, pack: &Pack, tick: &(dyn Fn(usize) + Sync)) -> Result<Report, Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(settings.threads).build();
    let pool = pool.map_err(|cause| Error::Usage(format!("{} threads cannot be started: {cause}", settings.threads)))?;
    pool.install(|| review(settings, pack, tick))
}

/// The findings in one text, as if it were an app of one file with this name.
#[must_use]
pub fn of_text(settings: &Settings, pack: &Pack, path: &str, text: &str) -> Vec<Finding> {
    let tools = Tools::new(settings, pack, 0);
    let read = [tools.alone(path, text)];
    let lineage = Lineage::new(read.iter().filter_map(Outcome::file).collect(), &pack.artifacts);
    tools.judge(&lineage, &tools.facts_of(&read), &mut Coverage::default())
}

/// Reads every file of each app whole, and hands the app's name and its joined files to `look`.
///
/// # Errors
/// Those of [`report`].
pub fn inspect(settings: &Settings, pack: &Pack, look: &mut dyn FnMut(&str, &Lineage<'_>)) -> Result<(), Error> {
    let apps = walk::apps(settings)?;
    let whole = Settings { prefilter: false, ..settings.clone() };
    let tools = Tools::new(&whole, pack, 0);
    let mut met = 0;
    for (number, app) in apps.iter().enumerate() {
        let read = tools.read(number, app, &|| ());
        let files: Vec<&link::File> = read.iter().filter_map(Outcome::file).collect();
        met += files.len();
        look(&app.name, &Lineage::new(files, &pack.artifacts));
    }
    if met == 0 {
        return Err(Error::NothingToScan(apps.into_iter().map(|app| app.name).collect()));
    }
    Ok(())
}

/// The same for one text, as if it were an app of one file with this name.
pub fn inspect_text(settings: &Settings, pack: &Pack, path: &str, text: &str, look: &mut dyn FnMut(&Lineage<'_>)) {
    let tools = Tools::new(settings, pack, 0);
    let read = [tools.alone(path, text)];
    look(&Lineage::new(read.iter().filter_map(Outcome::file).collect(), &pack.artifacts));
}

/// The findings of an app that was read whole, before comments of its owner are heard.
#[must_use]
pub fn findings(pack: &Pack, lineage: &Lineage<'_>) -> Vec<Finding> {
    let mut facts = Facts::default();
    for file in &lineage.files {
        let shown = facts_of(pack, file);
        facts.platforms.extend(shown.platforms);
        facts.safeguards.extend(shown.safeguards);
    }
    let wanted = (0..).zip(&lineage.files).filter(|(_, file)| !file.labels.uses.is_empty());
    wanted.flat_map(|(number, _)| judge::findings(pack, lineage, number, &facts).0).collect()
}

fn review(settings: &Settings, pack: &Pack, tick: &(dyn Fn(usize) + Sync)) -> Result<Report, Error> {
    let apps = walk::apps(settings)?;
    let files: usize = apps.iter().map(|app| app.files.len()).sum();
    let bytes = apps.iter().flat_map(|app| &app.files).map(|file| file.len).sum();
    let tools = Tools::new(settings, pack, bytes);
    let mut coverage = Coverage::default();
    let (mut findings, mut allows) = (Vec::new(), Vec::new());
    for (number, app) in apps.iter().enumerate() {
        let mut read = tools.read(number, app, &|| tick(files));
        findings.extend(tools.findings(number, app, &mut read, &mut coverage));
        allows.extend(read.iter().filter_map(Outcome::file).flat_map(comments));
    }
    if coverage.files == 0 {
        return Err(Error::NothingToScan(apps.into_iter().map(|app| app.name).collect()));
    }
    coverage.partial.sort();
    let known = |rule: &str| pack.sentences.iter().any(|sentence| sentence.id.as_str() == rule);
    let faults = settle::allows(&mut findings, &allows, settings.untrusted, known);
    let all = findings.len();
    findings.retain(|finding: &Finding| settings.keep_info || finding.confidence > Confidence::Info);
    Ok(Report {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        pack: pack.summary.clone(),
        apps: apps.into_iter().map(|app| app.name).collect(),
        info_left_out: all - findings.len(),
        rules: cards(pack, &findings),
        findings,
        coverage,
        allows: faults,
    })
}

/// The sentences that findings name.
fn cards(pack: &Pack, findings: &[Finding]) -> BTreeMap<RuleId, RuleCard> {
    let named: BTreeSet<&RuleId> =
        findings.iter().flat_map(|finding| std::iter::once(&finding.rule).chain(&finding.also)).collect();
    let cards = pack.sentences.iter().filter(|sentence| named.contains(&sentence.id));
    cards.map(|sentence| (sentence.id.clone(), sentence.card.clone())).collect()
}

/// What one file came to.
enum Outcome {
    /// Looked at; with what it shows for the whole app, and itself where it is to be judged.
    Scanned { bytes: u64, gaps: Option<String>, facts: Facts, file: Option<Box<link::File>> },
    /// Looked at by its literals, which can be no use, though they may fulfill a duty of other files.
    Deferred { bytes: u64 },
    /// Too large to be parsed.
    Searched { bytes: u64, reason: String },
    /// Left out.
    Left(Skip),
}

/// What a first look at a text gave.
struct Seen {
    /// The text made plain, where something in it is hidden.
    plain: Option<Plain>,
    /// The graph of the plain text, where it had to be made.
    graph: Option<Graph>,
    /// Whether the file can hold anything of interest by itself.
    matters: bool,
    /// The forms that can match in it, by number; `None` for all.
    forms: Option<FixedBitSet>,
}

/// Names that are looked for as they are written.
struct Names {
    none: bool,
    automaton: Option<AhoCorasick>,
}

impl Names {
    fn new(names: &BTreeSet<String>) -> Self {
        Self { none: names.is_empty(), automaton: AhoCorasick::new(names).ok() }
    }

    /// Whether one of them stands in `text` as a whole name.
    fn stand_in(&self, text: &str) -> bool {
        // Where no automaton can be made, any file may hold one.
        !self.none && self.automaton.as_ref().is_none_or(|names| link::stand_in(names, text))
    }
}

impl Outcome {
    /// The file, where it was read.
    fn file(&self) -> Option<&link::File> {
        match self {
            Self::Scanned { file: Some(file), .. } => Some(file),
            _ => None,
        }
    }

    /// Whether it was looked at by its literals only.
    fn is_quiet(&self) -> bool {
        matches!(self, Self::Scanned { file: None, .. } | Self::Deferred { .. })
    }

    /// The forms of use that a file matches.
    fn uses(&self) -> impl Iterator<Item = usize> {
        let Self::Scanned { file: Some(file), .. } = self else { return Vec::new().into_iter() };
        file.labels.uses.iter().map(|found| found.form).collect::<Vec<_>>().into_iter()
    }

    /// Whether a file shows one of these safeguards.
    fn shows_one_of(&self, safeguards: &[Id]) -> bool {
        matches!(self, Self::Scanned { facts, .. } if safeguards.iter().any(|id| facts.safeguards.contains(id)))
    }
}

/// What stays the same for all files.
struct Tools<'a> {
    settings: &'a Settings,
    pack: &'a Pack,
    labeler: Labeler<'a>,
    prefilter: Prefilter<'a>,
    hints: Hints,
}

impl<'a> Tools<'a> {
    fn new(settings: &'a Settings, pack: &'a Pack, bytes: u64) -> Self {
        Self { settings, pack, labeler: Labeler::new(pack), prefilter: Prefilter::new(pack, bytes), hints: Hints::default() }
    }

    /// A text that is an app by itself.
    fn alone(&self, path: &str, text: &str) -> Outcome {
        let source = Source { text: text.to_owned(), encoding: Encoding::Utf8, bytes: text.len() as u64, truncated: false };
        let mut lowerer = Lowerer::default();
        let seen = language::of_file(path).map(|language| self.plain(&mut lowerer, text, language, None));
        let seen = seen.unwrap_or(Seen { plain: None, graph: None, matters: true, forms: None });
        self.text(&mut lowerer, 0, path, source, &BTreeSet::new(), seen)
    }

    fn read(&self, number: usize, app: &App, tick: &(dyn Fn() + Sync)) -> Vec<Outcome> {
        let own = own_modules(app);
        let whole = !self.settings.prefilter;
        let read = |lowerer: &mut Lowerer, file: &walk::File| {
            let outcome = self.file(lowerer, number, file, &own, whole);
            tick();
            outcome
        };
        let mut read: Vec<Outcome> = app.files.par_iter().map_init(Lowerer::default, read).collect();
        let deferred = (0..read.len()).filter(|at| matches!(read[*at], Outcome::Deferred { .. }));
        // Only until each duty is fulfilled: what else would fulfill it changes nothing.
        for some in deferred.collect::<Vec<_>>().chunks(DEFERRED) {
            if self.owed(&read).is_empty() {
                break;
            }
            let again = |lowerer: &mut Lowerer, at: &usize| self.file(lowerer, number, &app.files[*at], &own, true);
            let outcomes: Vec<Outcome> = some.par_iter().map_init(Lowerer::default, again).collect();
            some.iter().zip(outcomes).for_each(|(at, outcome)| read[*at] = outcome);
        }
        read
    }

    /// Judges an app by the files on the way to some use, whether they matter by themselves or not; those that were not
    /// read are read.
    ///
    /// What they call for is looked for by name in all others, until no way leads to a file that is left out. Each file is
    /// put into its bucket of `coverage`.
    fn findings(&self, number: usize, app: &App, read: &mut [Outcome], coverage: &mut Coverage) -> Vec<Finding> {
        let own = own_modules(app);
        let paths = Paths::new(app.files.iter().map(|file| &*file.path).collect());
        let whole = !self.settings.prefilter;
        let mut joined: BTreeSet<usize> = (0..read.len()).filter(|at| whole || read[*at].uses().next().is_some()).collect();
        let mut asked = Wants::default();
        loop {
            let lineage = Lineage::new(joined.iter().filter_map(|at| read[*at].file()).collect(), &self.pack.artifacts);
            let facts = self.facts_of(read);
            let open = |number: u32| judge::open(self.pack, &lineage, number, &facts);
            let wants = match joined.len() == read.len() {
                true => Wants::default(),
                false => lineage.wants(&paths, &self.pack.artifacts, &open).beyond(&asked),
            };
            let mut joining = self.wanted(app, read, &joined, &wants);
            if joining.is_empty() {
                take_stock(number, app, read, coverage);
                return self.judge(&lineage, &facts, coverage);
            }
            // Where most of an app is on some way, what is left is read sooner than looked for.
            if 2 * (joined.len() + joining.len()) > read.len() {
                joining = (0..read.len()).filter(|at| !joined.contains(at)).collect();
            }
            let unread: Vec<usize> = joining.iter().copied().filter(|at| read[*at].is_quiet()).collect();
            let again = |lowerer: &mut Lowerer, at: &usize| self.file(lowerer, number, &app.files[*at], &own, true);
            let outcomes: Vec<Outcome> = unread.par_iter().map_init(Lowerer::default, again).collect();
            unread.into_iter().zip(outcomes).for_each(|(at, outcome)| read[at] = outcome);
            joined.extend(joining);
            asked.extend(wants);
        }
    }

    /// The files that hold what is wanted, apart from those that are joined already.
    fn wanted(&self, app: &App, read: &[Outcome], joined: &BTreeSet<usize>, wants: &Wants) -> Vec<usize> {
        let names = Names::new(&wants.names);
        let wanted = |at: &usize| {
            let file = &app.files[*at];
            wants.files.contains(&*file.path)
                || match &read[*at] {
                    Outcome::Scanned { file: Some(file), .. } => names.stand_in(&file.text),
                    quiet if quiet.is_quiet() => {
                        source::read(&file.absolute, &self.settings.limits).is_ok_and(|source| names.stand_in(&source.text))
                    }
                    _ => false,
                }
        };
        let others: Vec<usize> = (0..read.len()).filter(|at| !joined.contains(at)).collect();
        others.into_par_iter().filter(wanted).collect()
    }

    /// The duties towards an app that uses in these files call for, and that nothing in them fulfills.
    fn owed(&self, read: &[Outcome]) -> Vec<&'a Sentence> {
        let mut owed: Vec<&Sentence> = self.pack.sentences.iter().filter(|duty| duty.duty == Some(Reach::App)).collect();
        let forms: BTreeSet<usize> = read.iter().flat_map(Outcome::uses).collect();
        owed.retain(|duty| {
            forms.iter().any(|form| duty.speaks_of(&self.pack.forms[*form]))
                && !read.iter().any(|outcome| outcome.shows_one_of(&duty.unless))
        });
        owed
    }

    /// Reads one file; where it is not to be read `whole`, only if it can matter.
    fn file(&self, lowerer: &mut Lowerer, app: usize, file: &walk::File, own: &BTreeSet<String>, whole: bool) -> Outcome {
        let Some(language) = language::of_file(&file.path) else {
            return Outcome::Left(Skip::Skipped(unknown(&file.path)));
        };
        let source = match source::read(&file.absolute, &self.settings.limits) {
            Ok(source) => source,
            // Some bytes that make a file look binary are no hiding place either.
            Err(Skip::Skipped(reason)) => return self.search(file, &reason, true),
            Err(skip) => return Outcome::Left(skip),
        };
        if source.truncated {
            let limit = self.settings.limits.max_file_bytes;
            return self.search(file, &format!("larger than {limit} bytes"), false);
        }
        let hits = self.prefilter.hits(&source.text);
        let seen = self.plain(lowerer, &source.text, language, Some(&hits));
        if whole || seen.matters {
            return self.text(lowerer, app, &file.path, source, own, seen);
        }
        match self.prefilter.may_fulfill(&hits) {
            true => Outcome::Deferred { bytes: source.bytes },
            false => Outcome::Scanned { bytes: source.bytes, gaps: None, facts: Facts::default(), file: None },
        }
    }

    /// The text made plain, where something in it is hidden.
    ///
    /// The literals that it holds are `known`, unless the text matters whatever it holds.
    fn plain(&self, lowerer: &mut Lowerer, text: &str, language: &'static Language, known: Option<&FixedBitSet>) -> Seen {
        let matters = known.is_none_or(|hits| self.prefilter.matters(hits));
        let hits = |text: &str| self.prefilter.hits_of_part(text);
        let ear = plain::Ear { hits: &hits, telling: &self.pack.telling };
        let (plain, graph) = plain::text(&self.hints, lowerer, text, language, &self.settings.limits, matters, &ear);
        // Without the prefilter every form is tried on every text, so that a test can hold it against this.
        let forms = known.filter(|_| self.settings.prefilter).map(|hits| match &plain {
            Some(plain) => self.prefilter.forms(&self.prefilter.hits(&plain.text)),
            None => self.prefilter.forms(hits),
        });
        Seen { matters: matters || plain.is_some(), plain, graph, forms }
    }

    /// Reads one text; where it cannot matter, its literals have been searched whole, whatever its syntax.
    fn text(&self, lowerer: &mut Lowerer, app: usize, path: &str, source: Source, own: &BTreeSet<String>, seen: Seen) -> Outcome {
        let Some(language) = language::of_file(path) else {
            return Outcome::Left(Skip::Skipped(unknown(path)));
        };
        let Source { text, bytes, .. } = source;
        let lines = LineIndex::new(&text);
        let (text, hidden, written) = match seen.plain {
            Some(Plain { text: plain, hidden, back }) => (plain, hidden, Some(Box::new(Written { text, back }))),
            None => (text, Vec::new(), None),
        };
        let mut graph = seen.graph.unwrap_or_else(|| lowerer.graph(&text, language, &self.settings.limits));
        graph.hidden = hidden;
        let labels = self.labeler.labels(&graph, &text, own, seen.forms.as_ref());
        let path: Arc<str> = path.into();
        let file = link::File { app, path, text, lines, written, graph, labels };
        let line = |offset: u32| file.line_col(offset).line as usize;
        let gaps = lower::gaps(&file.graph, line).filter(|_| seen.matters);
        let facts = facts_of(self.pack, &file);
        Outcome::Scanned { bytes, gaps, facts, file: Some(Box::new(file)) }
    }

    /// Searches the literals of a file that is not parsed, so that padding is no hiding place.
    ///
    /// Where none of a use are in it, a file that `may_be_left` is left out for the same reason.
    fn search(&self, file: &walk::File, reason: &str, may_be_left: bool) -> Outcome {
        let mut hits = self.prefilter.none();
        let longest = self.pack.literals.iter().map(|literal| literal.text.len()).max().unwrap_or(0);
        let limits = &self.settings.limits;
        if may_be_left && file.len > limits.max_file_bytes {
            return Outcome::Left(Skip::Skipped(reason.to_owned()));
        }
        let mut search = |piece: &[u8]| self.prefilter.search(piece, &mut hits);
        let searched = source::chunks(&file.absolute, CHUNK, longest, limits.max_searched_bytes, &mut search);
        let bytes = match searched {
            Ok(bytes) => bytes,
            Err(cause) => return Outcome::Left(Skip::Failed(cause.to_string())),
        };
        let uses = self.prefilter.possible(&hits).filter(|form| matches!(form.shows, Shows::Use(_)));
        let mut uses: Vec<&str> = uses.filter_map(|form| form.id.split('/').next()).collect();
        uses.sort_unstable();
        uses.dedup();
        if uses.is_empty() && may_be_left {
            return Outcome::Left(Skip::Skipped(reason.to_owned()));
        }
        let found = match uses[..] {
            [] => "its words were searched and can be no prohibited use".to_owned(),
            _ => format!("its words were searched and could be: {}", uses.join(", ")),
        };
        let found = match bytes < file.len {
            true => format!("{found}; only its first {bytes} bytes were searched"),
            false => found,
        };
        Outcome::Searched { bytes, reason: format!("{reason}, so it was not parsed; {found}") }
    }

    /// Judges the joined files of one app.
    fn judge(&self, lineage: &Lineage<'_>, facts: &Facts, coverage: &mut Coverage) -> Vec<Finding> {
        let files = &lineage.files;
        let wanted: Vec<u32> =
            (0..).zip(files).filter(|(_, file)| !file.labels.uses.is_empty()).map(|(number, _)| number).collect();
        let mut findings = Vec::new();
        let judged: Vec<(Vec<Finding>, bool)> =
            wanted.par_iter().map(|number| judge::findings(self.pack, lineage, *number, facts)).collect();
        for (number, (mut found, cut)) in wanted.iter().zip(judged) {
            let file = files[*number as usize];
            if cut {
                coverage.cut(file.app, &file.path, "a way back was too long to be followed whole");
            }
            let most = self.settings.limits.max_findings;
            if let Some(first) = found.get(most) {
                let reason = format!("more than {most} findings; {} are not listed", found.len() - most);
                coverage.cut(first.at.app, &first.at.file, &reason);
                found.truncate(most);
            }
            findings.extend(found);
        }
        judge::tell_apart(&mut findings);
        findings
    }

    /// What all files together show for their app.
    fn facts_of(&self, read: &[Outcome]) -> Facts {
        let mut facts = Facts::default();
        for outcome in read {
            if let Outcome::Scanned { facts: shown, .. } = outcome {
                facts.platforms.extend(&shown.platforms);
                facts.safeguards.extend(&shown.safeguards);
            }
        }
        facts
    }
}

/// What a file shows for the whole of its app.
fn facts_of(pack: &Pack, file: &link::File) -> Facts {
    let guard = |guard: &Match| match pack.forms[guard.form].shows {
        Shows::Safeguard(id) => Some(id),
        Shows::Use(_) => None,
    };
    // An app depends on a platform through a library: an address in a string is no more than a mention.
    let imports = |label: &&SourceLabel| matches!(file.graph.node(label.node).kind, Kind::Import | Kind::Call);
    Facts {
        platforms: file.labels.sources.iter().filter(imports).map(|label| label.platform).collect(),
        safeguards: file.labels.safeguards.iter().filter_map(guard).collect(),
    }
}

/// Puts every input of an app into its bucket.
fn take_stock(number: usize, app: &App, read: &[Outcome], coverage: &mut Coverage) {
    let entry = |file: &str, reason: &str| Entry { app: number, file: file.to_owned(), reason: reason.to_owned() };
    coverage.files += app.files.len() + app.skipped.len() + app.failed.len();
    coverage.skipped.extend(app.skipped.iter().map(|(file, reason)| entry(file, reason)));
    coverage.failed.extend(app.failed.iter().map(|(file, reason)| entry(file, reason)));
    for (file, outcome) in app.files.iter().zip(read) {
        match outcome {
            Outcome::Scanned { bytes, gaps, .. } => {
                coverage.bytes += *bytes;
                match gaps {
                    Some(reason) => coverage.partial.push(entry(&file.path, reason)),
                    None => coverage.scanned += 1,
                }
            }
            Outcome::Deferred { bytes } => {
                coverage.bytes += *bytes;
                coverage.scanned += 1;
            }
            Outcome::Searched { bytes, reason } => {
                coverage.bytes += *bytes;
                coverage.partial.push(entry(&file.path, reason));
            }
            Outcome::Left(Skip::Skipped(reason)) => coverage.skipped.push(entry(&file.path, reason)),
            Outcome::Left(Skip::Failed(reason)) => coverage.failed.push(entry(&file.path, reason)),
        }
    }
    coverage.skipped.sort();
    coverage.failed.sort();
}

fn unknown(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() && extension.len() <= 12 => {
            format!("no reader for .{}", extension.to_ascii_lowercase())
        }
        _ => "no reader for files of this name".to_owned(),
    }
}

/// Modules that the app itself is: packages of Python, what manifests call themselves, and the packages of folders of
/// sources on the Java machine.
fn own_modules(app: &App) -> BTreeSet<String> {
    let mut own = BTreeSet::new();
    for file in &app.files {
        let (folder, name) = file.path.rsplit_once('/').unwrap_or(("", &file.path));
        let last = folder.rsplit('/').next().unwrap_or(folder);
        if name == "__init__.py" && !last.is_empty() {
            own.insert(last.to_owned());
        }
        if let Some((stem, "csproj" | "gemspec" | "fsproj" | "podspec")) = name.rsplit_once('.') {
            own.insert(stem.to_owned());
        }
        let sources = ["src/main/java/", "src/main/kotlin/", "src/main/scala/"];
        if let Some((_, package)) = sources.iter().find_map(|sources| folder.split_once(sources)) {
            let parts: Vec<&str> = package.split('/').collect();
            own.extend((2..=parts.len()).map(|length| parts[..length].join(".")));
        }
        let first = |key: &str| {
            let text = fs::read_to_string(&file.absolute).ok()?;
            let line = text.lines().find_map(|line| line.trim().strip_prefix(key).map(str::to_owned))?;
            Some(line.trim_matches(['=', ' ', '"']).replace('/', "."))
        };
        own.extend(match name {
            "go.mod" => first("module "),
            "Cargo.toml" => first("name ").map(|name| name.replace('-', "_")),
            _ => None,
        });
        // A manifest that cannot be read here is read, and told of, as a file of the app.
        if name == "package.json"
            && let Ok(text) = fs::read_to_string(&file.absolute)
            && let Ok(manifest) = serde_json::from_str::<serde_json::Value>(&text)
            && let Some(module) = manifest.get("name").and_then(|name| name.as_str())
        {
            own.insert(module.replace('/', "."));
        }
    }
    own
}

/// Whether some comment of the file speaks to us.
fn speaks(file: &link::File) -> bool {
    file.text.contains("brightline:")
}

/// The comments of a file that allow something.
fn comments(file: &link::File) -> Vec<Allow> {
    if !speaks(file) {
        return Vec::new();
    }
    let comments = file.graph.ids().filter(|id| file.graph.node(*id).kind == Kind::Comment);
    comments.filter_map(|id| allow(file, id)).collect()
}

fn allow(file: &link::File, id: NodeId) -> Option<Allow> {
    let span = file.graph.node(id).span;
    let text = span.of(&file.text);
    // A string that stands as a statement is no comment.
    if !text.starts_with(['#', '/', '-', '<', '*', ';', '%']) {
        return None;
    }
    let (rules, reason) = settle::read(text)?;
    let at = judge::place_of(file, span, id);
    Some(Allow { line: spoken_of(file, id), at, rules, reason })
}

/// The line that a comment speaks of: its own where code stands before it, else that of the next code.
fn spoken_of(file: &link::File, id: NodeId) -> u32 {
    let (graph, text) = (&file.graph, &file.text);
    let span = graph.node(id).span;
    let start = text[..span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line = |offset: u32| file.line_col(offset).line;
    if !text[start..span.start as usize].trim().is_empty() {
        return line(span.start);
    }
    let after = graph.ids().skip(id.index() + 1).map(|next| graph.node(next));
    let code =
        after.into_iter().find(|node| !matches!(node.kind, Kind::Comment | Kind::Decorator) && node.span.start >= span.end);
    code.map_or(line(span.start), |node| line(node.span.start))
}
