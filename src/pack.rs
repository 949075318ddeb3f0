//! The rule pack as it judges: keys resolved, words and texts gathered, sentences ready.
//!
//! In: pack files as written (`pack/schema`), loaded and checked. Out: one `Pack` for the whole run.
//! No platform, category or word is known here by name.

use std::sync::Arc;

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use crate::{
    finding::Confidence,
    graph::{How, Kind},
    report::PackSummary,
    rule::{ClauseCard, RuleCard, RuleId},
};

pub mod check;
pub mod compile;
pub mod editor;
pub mod load;
mod nearest;
pub mod place;
pub mod schema;
pub mod terms;

/// A number that stands for a key of the pack, in the order in which the taxonomy or the files name them.
pub type Id = u16;

/// A whole pack, ready to judge.
#[derive(Debug)]
pub struct Pack {
    /// What reports say of it.
    pub summary: PackSummary,
    /// The data keys.
    pub data: Vec<Named>,
    /// The use keys.
    pub uses: Vec<Named>,
    /// The safeguard keys.
    pub safeguards: Vec<Named>,
    /// The platforms that have an API.
    pub platforms: Vec<Named>,
    /// Every word and phrase that anything asks for.
    pub lexicon: Lexicon,
    /// What is known of the words that mean data, by term.
    pub meanings: FxHashMap<Term, Vec<Meaning>>,
    /// Every call and module that anything asks for.
    pub apis: Apis,
    /// Every part of a string that anything asks for.
    pub texts: Vec<Text>,
    /// Libraries, by the first part of their module's name.
    pub sdks: FxHashMap<String, Vec<SdkModule>>,
    /// Calls that give data, by name.
    pub calls: FxHashMap<String, Vec<ApiCall>>,
    /// Ways in which code shows uses and safeguards.
    pub forms: Vec<Form>,
    /// What one place writes and another reads.
    pub artifacts: Vec<Artifact>,
    /// The sentences, sorted by name.
    pub sentences: Vec<Sentence>,
    /// The clauses, sorted by id.
    pub clauses: Vec<(String, ClauseCard)>,
    /// The kinds of findings, with what they are.
    pub categories: Vec<(Named, String)>,
    /// Kinds of paths.
    pub paths: Vec<PathKind>,
    /// What every match of a form rests on. Forms name them by number.
    pub literals: Vec<Literal>,
    /// The literals of each kind of data, by number.
    pub spoken: Vec<Spoken>,
    /// The literals of each platform, by number.
    pub signs: Vec<FixedBitSet>,
    /// Literals that make a file matter by themselves: modules of the platforms' libraries.
    pub presence: FixedBitSet,
    /// Literals of which the forms for hidden words make something.
    pub telling: FixedBitSet,
    /// Safeguards that fulfill a duty from anywhere in the app.
    pub fulfill: Vec<Id>,
}

/// Things of which a file must hold one.
#[derive(Clone, Debug, Default)]
pub struct Need {
    /// One of these literals is enough.
    pub any: Ids,
    /// So is a word for one of these kinds of data.
    pub data: Vec<Id>,
    /// So is a sign of one of these platforms.
    pub source: Vec<Id>,
}

impl Need {
    /// Whether nothing is needed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.any.is_empty() && self.data.is_empty() && self.source.is_empty()
    }
}

/// The literals that a kind of data rests on.
#[derive(Clone, Debug, Default)]
pub struct Spoken {
    /// One of these is enough.
    pub any: FixedBitSet,
    /// So is one of the first together with one of the second: a weak word and its company.
    pub both: (FixedBitSet, FixedBitSet),
}

impl Spoken {
    /// Whether a file that holds these literals can speak of it.
    #[must_use]
    pub fn met(&self, hits: &FixedBitSet) -> bool {
        let (weak, company) = &self.both;
        !self.any.is_disjoint(hits) || (!weak.is_disjoint(hits) && !company.is_disjoint(hits))
    }
}

/// A few numbers out of many, such as the terms that one form asks for; ascending.
#[derive(Clone, Debug, Default)]
pub struct Ids(Box<[u32]>);

impl Ids {
    /// Whether there are none.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether `id` is one of them.
    #[must_use]
    pub fn contains(&self, id: u32) -> bool {
        self.0.binary_search(&id).is_ok()
    }

    /// All of them, ascending.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = u32> + '_ {
        self.0.iter().copied()
    }
}

impl FromIterator<u32> for Ids {
    fn from_iter<T: IntoIterator<Item = u32>>(ids: T) -> Self {
        let mut ids: Vec<u32> = ids.into_iter().collect();
        ids.sort_unstable();
        ids.dedup();
        Self(ids.into())
    }
}

/// A piece of text that a file must hold, or something of the pack cannot match in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Literal {
    /// The text, folded; of a phrase, its words with a space between them.
    pub text: Arc<str>,
    /// Where words must start and end.
    pub edges: Edges,
    /// For a phrase: the literals of its words, each of which a file must hold. Empty for what is itself looked for.
    pub words: Box<[u32]>,
}

/// Which ends of a literal are ends of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Edges {
    /// None need be.
    Free,
    /// A word starts with it.
    Start,
    /// It is a whole word.
    Both,
}

/// A key and what people call it.
#[derive(Clone, Debug)]
pub struct Named {
    /// The key.
    pub key: Arc<str>,
    /// The phrase that stands for it in a sentence.
    pub title: Arc<str>,
}

/// The number of a word or phrase in the lexicon.
pub type Term = u32;

/// Words and phrases, found by their first word.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// The terms as written.
    pub terms: Vec<Arc<str>>,
    /// The words of each term after its first; the flag says that longer words match too.
    pub rest: Vec<Vec<(Box<str>, bool)>>,
    /// Terms by their whole first word.
    pub exact: FxHashMap<Arc<str>, Vec<Term>>,
    /// Terms by the start of their first word.
    pub prefixes: FxHashMap<Arc<str>, Vec<Term>>,
    /// The lengths of these starts, ascending, in bytes.
    pub lengths: Vec<usize>,
}

/// What a word means.
#[derive(Clone, Debug)]
pub struct Meaning {
    /// The data.
    pub data: Id,
    /// Whether it needs no company.
    pub strong: bool,
    /// The human language.
    pub language: Arc<str>,
    /// The list of words in the pack.
    pub entry: Arc<str>,
    /// Which word of that list, from 0.
    pub index: u16,
    /// Terms of which one must stand near a weak word.
    pub company: Arc<FixedBitSet>,
    /// Terms that speak against it.
    pub against: Arc<FixedBitSet>,
}

/// Patterns of resolved paths.
#[derive(Debug, Default)]
pub struct Apis {
    /// Each pattern's parts.
    pub patterns: Vec<Vec<Box<str>>>,
    /// Patterns by their first part; those that start with a wildcard stand under `*`.
    pub first: FxHashMap<Box<str>, Vec<Id>>,
    /// Patterns by their last part, where it is no wildcard.
    pub last: FxHashMap<Box<str>, Vec<Id>>,
}

/// A part of a string.
#[derive(Clone, Debug)]
pub struct Text {
    /// The part, folded.
    pub text: Arc<str>,
    /// What it shows, where a platform's file names it.
    pub shows: Vec<TextSource>,
}

/// What a part of a string shows of a platform.
#[derive(Clone, Debug)]
pub struct TextSource {
    /// The platform.
    pub platform: Id,
    /// The data that comes back.
    pub gives: Vec<Id>,
    /// Whether a value made with it is that platform's data.
    pub carries: bool,
    /// A phrase for the trace.
    pub says: Arc<str>,
    /// Where the pack says so.
    pub entry: Arc<str>,
}

/// A module of a platform's library.
#[derive(Clone, Debug)]
pub struct SdkModule {
    /// The module's parts.
    pub parts: Vec<Box<str>>,
    /// The platform.
    pub platform: Id,
    /// Where the pack says so.
    pub entry: Arc<str>,
}

/// A call that gives data.
#[derive(Clone, Debug)]
pub struct ApiCall {
    /// The platform.
    pub platform: Id,
    /// The data that comes back.
    pub gives: Vec<Id>,
    /// A phrase for the trace.
    pub says: Arc<str>,
    /// Where the pack says so.
    pub entry: Arc<str>,
}

/// What a form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shows {
    /// A use.
    Use(Id),
    /// A safeguard.
    Safeguard(Id),
}

/// How far a safeguard reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reach {
    /// The function, or the top-level code, it stands in.
    Function,
    /// The file.
    File,
    /// The files on the way to the use.
    Pipeline,
    /// The app.
    App,
}

/// One way in which code shows a use or a safeguard.
#[derive(Clone, Debug)]
pub struct Form {
    /// What it shows.
    pub shows: Shows,
    /// `use/form`.
    pub id: Arc<str>,
    /// What the code does.
    pub says: Arc<str>,
    /// Where the pack says so.
    pub entry: Arc<str>,
    /// Kinds of nodes.
    pub kinds: Vec<Kind>,
    /// Terms of its name; empty where any will do.
    pub name: Ids,
    /// Terms that its name must not have.
    pub not: Ids,
    /// Paths it resolves to; empty where any will do.
    pub api: Vec<Id>,
    /// Parts of its text; empty where any will do.
    pub text: Vec<Id>,
    /// What its text must match as well.
    pub pattern: Option<LazyRegex>,
    /// Data that its name must carry; empty where any will do.
    pub data: Vec<Id>,
    /// How its name must have been hidden; empty where it need not be.
    pub hidden: Vec<How>,
    /// Data it is about by its nature.
    pub about: Vec<Id>,
    /// Each must hold.
    pub all: Vec<Condition>,
    /// One must hold, where there are any.
    pub any: Vec<Condition>,
    /// None may hold.
    pub none: Vec<Condition>,
    /// How sure it makes us by itself.
    pub alone: Confidence,
    /// For safeguards: how far it reaches.
    pub reach: Reach,
    /// For safeguards: whether it may follow the use.
    pub after: bool,
    /// What a file must hold, each of it, or the form cannot match in it.
    pub needs: Vec<Need>,
}

/// A regular expression that is compiled when first needed.
#[derive(Clone, Debug)]
pub struct LazyRegex {
    source: Arc<str>,
    made: std::sync::OnceLock<Option<regex::Regex>>,
}

impl LazyRegex {
    /// The expression of this source, which `pack/check` has found good.
    #[must_use]
    pub fn new(source: &str) -> Self {
        Self { source: source.into(), made: std::sync::OnceLock::new() }
    }

    /// Whether `text` matches.
    #[must_use]
    pub fn matches(&self, text: &str) -> bool {
        let make = || regex::RegexBuilder::new(&self.source).case_insensitive(true).build().ok();
        self.made.get_or_init(make).as_ref().is_some_and(|regex| regex.is_match(text))
    }
}

/// Where a condition looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// The node itself.
    Own,
    /// The node and all inside it.
    Inside,
    /// What it stands inside, one by one.
    Around,
    /// The statement it is part of.
    Statement,
    /// The nearest loop around it.
    Loop,
    /// What flows into it.
    Into,
    /// What it flows on to.
    Out,
    /// The function it stands in.
    Function,
    /// The file.
    File,
}

impl Scope {
    /// Every scope, with the name that pack files use.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Own, "self"),
        (Self::Inside, "inside"),
        (Self::Around, "around"),
        (Self::Statement, "statement"),
        (Self::Loop, "loop"),
        (Self::Into, "into"),
        (Self::Out, "out"),
        (Self::Function, "function"),
        (Self::File, "file"),
    ];
}

/// Something that must stand in a scope: one node that has all of this.
#[derive(Clone, Debug)]
pub struct Condition {
    /// Unique in the pack.
    pub id: u32,
    /// Where.
    pub scope: Scope,
    /// Kinds of nodes; empty where any will do.
    pub kinds: Vec<Kind>,
    /// Terms of its name; `None` where any will do.
    pub words: Option<Ids>,
    /// Paths; empty where any will do.
    pub api: Vec<Id>,
    /// Parts of its text; empty where any will do.
    pub text: Vec<Id>,
    /// Data; empty where any will do.
    pub data: Vec<Id>,
    /// Platforms; empty where it need not be a source.
    pub source: Vec<Id>,
}

impl Condition {
    /// What it asks for, for people.
    #[must_use]
    pub fn shown(&self, pack: &Pack) -> String {
        let scope = Scope::ALL.iter().find(|(scope, _)| *scope == self.scope).map_or("", |(_, name)| name);
        let words =
            self.words.iter().flat_map(Ids::iter).filter_map(|term| pack.lexicon.terms.get(term as usize)).map(|term| &**term);
        let name = |id: &Id, all: &'_ [Named]| all.get(usize::from(*id)).map(|named| named.key.to_string()).unwrap_or_default();
        let parts = [
            ("node", self.kinds.iter().map(|kind| kind.name().to_owned()).collect::<Vec<_>>()),
            ("words", words.take(5).map(str::to_owned).collect()),
            ("call", self.api.iter().map(|id| pack.apis.patterns[usize::from(*id)].join(".")).collect()),
            ("text", self.text.iter().map(|id| pack.texts[usize::from(*id)].text.to_string()).collect()),
            ("data", self.data.iter().map(|id| name(id, &pack.data)).collect()),
            ("source", self.source.iter().map(|id| name(id, &pack.platforms)).collect()),
        ];
        let said = parts.into_iter().filter(|(_, list)| !list.is_empty()).map(|(label, list)| {
            let more = if list.len() > 4 { ", …" } else { "" };
            format!("{label} {}{more}", list[..list.len().min(4)].join(", "))
        });
        format!("{} in {scope}", said.collect::<Vec<_>>().join(" with "))
    }
}

/// How names of artifacts compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// They are the same.
    Exact,
    /// Parts joined by `.`, in any case; a shorter name is the end of a longer one.
    Dotted,
    /// Parts joined by `/`; a shorter name is the end of a longer one.
    Path,
}

impl Naming {
    /// Every way, with the name that pack files use.
    pub const ALL: &'static [(Self, &'static str)] = &[(Self::Exact, "exact"), (Self::Dotted, "dotted"), (Self::Path, "path")];
}

/// What is done with an artifact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Does {
    /// Something is put there.
    Write,
    /// Something is taken from there.
    Read,
}

/// A kind of thing that one place writes and another reads.
#[derive(Clone, Debug)]
pub struct Artifact {
    /// Its key.
    pub key: Arc<str>,
    /// A noun for the trace.
    pub title: Arc<str>,
    /// How its names compare.
    pub naming: Naming,
    /// Whether tables of SQL are of this kind.
    pub sql: bool,
    /// Attributes and decorators that name the artifact of a class.
    pub classes: Vec<Box<str>>,
    /// Objects whose members are names that configs give values to.
    pub members: Vec<Box<str>>,
    /// Members in which a reader finds what was written, folded.
    pub wraps: Vec<Box<str>>,
    /// Calls, by name.
    pub calls: FxHashMap<Box<str>, Vec<ArtifactCall>>,
    /// Keys of configs, with the keys around them.
    pub entries: Vec<ArtifactEntry>,
    /// Decorators of functions that stand for it; whether it is what they give back.
    pub functions: Vec<(Box<str>, bool)>,
}

/// An entry of a config that names an artifact.
#[derive(Clone, Debug)]
pub struct ArtifactEntry {
    /// What is done with it.
    pub does: Does,
    /// Its key, with keys around it before it.
    pub key: Box<str>,
    /// A key around it whose value stands before the name; empty where there is none.
    pub under: Box<str>,
}

/// A call that writes or reads.
#[derive(Clone, Debug)]
pub struct ArtifactCall {
    /// What it does.
    pub does: Does,
    /// Where the name stands.
    pub named: Vec<Where>,
    /// Words, of which one must stand in what it is called on.
    pub on: Vec<Box<str>>,
    /// Strings that must not be among the arguments.
    pub without: Vec<Box<str>>,
}

/// Where the name of an artifact stands in a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// At a position among the arguments.
    Position(usize),
    /// Under a key.
    Key(Box<str>),
    /// In what the method is called on.
    Object,
    /// It is the name of what the method is called on.
    Member,
}

/// A sentence of terms.
#[derive(Clone, Debug)]
pub struct Sentence {
    /// Its name.
    pub id: RuleId,
    /// What reports tell of it.
    pub card: RuleCard,
    /// The uses: whole ones, or single forms by their number.
    pub uses: Vec<Id>,
    /// Forms, where only some of a use count.
    pub forms: Vec<Arc<str>>,
    /// Data; empty where any will do.
    pub data: Vec<Id>,
    /// The platform; `None` for any personal data.
    pub source: Option<Id>,
    /// Safeguards that make it lawful.
    pub unless: Vec<Id>,
    /// For a duty: how far one of the safeguards may stand away.
    pub duty: Option<Reach>,
    /// What must show as well.
    pub together: Vec<Fact>,
}

/// What must show besides a use.
#[derive(Clone, Debug)]
pub struct Fact {
    /// How far away.
    pub within: Reach,
    /// One of these data.
    pub data: Vec<Id>,
    /// Or one of these uses.
    pub uses: Vec<Id>,
    /// Or one of these forms of a use.
    pub forms: Vec<Arc<str>>,
}

impl Fact {
    /// Whether `form` shows it.
    #[must_use]
    pub fn speaks_of(&self, form: &Form) -> bool {
        matches!(form.shows, Shows::Use(shown) if self.uses.contains(&shown) || self.forms.contains(&form.id))
    }
}

impl Sentence {
    /// Whether the sentence is about the use that `form` shows.
    #[must_use]
    pub fn speaks_of(&self, form: &Form) -> bool {
        matches!(form.shows, Shows::Use(shown) if self.uses.contains(&shown) || self.forms.contains(&form.id))
    }
}

/// A kind of path.
#[derive(Clone, Debug)]
pub struct PathKind {
    /// Its name.
    pub kind: Arc<str>,
    /// Folder names, and file names with `*`.
    pub parts: Vec<Arc<str>>,
    /// The highest confidence there.
    pub at_most: Confidence,
}
