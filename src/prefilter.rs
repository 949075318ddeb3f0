//! Which files can matter: those whose text holds the literals that some form of the pack rests on.
//!
//! In: the text of a file. Out: whether it must be parsed. A file that is left out holds no finding, so
//! the report is the same without this step; a test holds that. Words are looked for as words: `age` is
//! not in `page`, as far as ASCII text shows where a word starts and ends.

use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use fixedbitset::FixedBitSet;

use crate::{
    pack::{Edges, Form, Id, Literal, Need, Pack, Shows},
    word,
};

/// What marks a comment that speaks to us: it is read whatever else the file says.
const OWN_NAME: &str = "brightline:";
/// Up to this much text, making an automaton costs more than it saves. In bytes.
const SMALL: u64 = 64 << 10;
/// From this much text on, the faster automaton pays for its making. In bytes.
const LARGE: u64 = 8 << 20;

/// Finds the literals of a pack.
#[derive(Debug)]
pub struct Prefilter<'p> {
    pack: &'p Pack,
    finder: Finder,
    /// The literals that are looked for as they are, by the order in which the finder knows them: ASCII ones first.
    sought: Vec<usize>,
    /// How many of them are ASCII.
    ascii: usize,
    /// Those that stand where all their words do.
    phrases: Vec<usize>,
    /// For many short texts, made when there is a first one.
    parts: OnceLock<Finder>,
    own_name: usize,
}

/// How literals are found; all ways find the same.
#[derive(Debug)]
enum Finder {
    /// One after the other.
    Each,
    /// All at once: ASCII ones, and, where a text is more than ASCII, the others. One automaton for both would have
    /// several times the states, and most texts are ASCII.
    Together(Box<[AhoCorasick; 2]>),
    /// No automaton could be made: every file matters.
    All,
}

impl<'p> Prefilter<'p> {
    /// A prefilter for about `bytes` of text.
    #[must_use]
    pub fn new(pack: &'p Pack, bytes: u64) -> Self {
        let kind = if bytes > LARGE { AhoCorasickKind::DFA } else { AhoCorasickKind::NoncontiguousNFA };
        let (mut sought, phrases): (Vec<usize>, Vec<usize>) =
            (0..pack.literals.len()).partition(|number| pack.literals[*number].words.is_empty());
        let is_ascii = |number: &usize| pack.literals[*number].text.is_ascii();
        sought.sort_by_key(|number| !is_ascii(number));
        let ascii = sought.partition_point(is_ascii);
        let finder = if bytes <= SMALL { Finder::Each } else { together(pack, sought.split_at(ascii), kind) };
        Self { pack, finder, sought, ascii, phrases, parts: OnceLock::new(), own_name: pack.literals.len() }
    }

    /// The literals of a text.
    #[must_use]
    pub fn hits(&self, text: &str) -> FixedBitSet {
        let mut hits = self.none();
        self.search(word::fold_marks(text).as_bytes(), &mut hits);
        hits
    }

    /// The same for a short text, of which a file may have many.
    #[must_use]
    pub fn hits_of_part(&self, text: &str) -> FixedBitSet {
        let finder = match &self.finder {
            Finder::Each => {
                let literals = self.sought.split_at(self.ascii);
                self.parts.get_or_init(|| together(self.pack, literals, AhoCorasickKind::NoncontiguousNFA))
            }
            other => other,
        };
        let mut hits = self.none();
        self.search_with(finder, word::fold_marks(text).as_bytes(), &mut hits);
        hits
    }

    /// A set of hits to be filled by `search`.
    #[must_use]
    pub fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.own_name + 1)
    }

    /// Adds the literals in `bytes` to `hits`.
    pub fn search(&self, bytes: &[u8], hits: &mut FixedBitSet) {
        self.search_with(&self.finder, bytes, hits);
    }

    fn search_with(&self, finder: &Finder, bytes: &[u8], hits: &mut FixedBitSet) {
        match finder {
            Finder::Each => {
                let lower = bytes.to_ascii_lowercase();
                // Most literals have two neighbors that the text has nowhere, which is seen sooner than sought.
                let pair = |two: &[u8]| usize::from(two[0]) << 8 | usize::from(two[1]);
                let mut pairs = FixedBitSet::with_capacity(1 << 16);
                lower.windows(2).for_each(|two| pairs.insert(pair(two)));
                let may = |text: &str| text.as_bytes().windows(2).all(|two| pairs.contains(pair(two)));
                let find = |text: &str| {
                    memchr::memmem::find_iter(&lower, text.as_bytes()).map(|at| (at, at + text.len())).collect::<Vec<_>>()
                };
                for number in self.sought.iter().copied() {
                    let literal = &self.pack.literals[number];
                    if may(&literal.text)
                        && find(&literal.text).into_iter().any(|(start, end)| stands(literal, bytes, start, end))
                    {
                        hits.insert(number);
                    }
                }
                if !find(OWN_NAME).is_empty() {
                    hits.insert(self.own_name);
                }
            }
            Finder::Together(automata) => {
                let (ascii, others) = self.sought.split_at(self.ascii);
                let mut find = |automaton: &AhoCorasick, sought: &[usize]| {
                    for found in automaton.find_overlapping_iter(bytes) {
                        let number = sought.get(found.pattern().as_usize()).copied().unwrap_or(self.own_name);
                        let literal = self.pack.literals.get(number);
                        if !hits.contains(number)
                            && literal.is_none_or(|literal| stands(literal, bytes, found.start(), found.end()))
                        {
                            hits.insert(number);
                        }
                    }
                };
                find(&automata[0], ascii);
                if !bytes.is_ascii() {
                    find(&automata[1], others);
                }
            }
            Finder::All => hits.insert_range(..),
        }
        // A phrase may stand where all its words do.
        if hits.is_clear() {
            return;
        }
        for number in self.phrases.iter().copied() {
            if self.pack.literals[number].words.iter().all(|word| hits.contains(*word as usize)) {
                hits.insert(number);
            }
        }
    }

    /// Whether a file with these hits can hold anything of interest by itself.
    #[must_use]
    pub fn matters(&self, hits: &FixedBitSet) -> bool {
        let uses = |form: &Form| matches!(form.shows, Shows::Use(_));
        hits.contains(self.own_name) || !hits.is_disjoint(&self.pack.presence) || self.possible(hits).any(uses)
    }

    /// Whether a file with these hits can fulfill a duty of other files.
    #[must_use]
    pub fn may_fulfill(&self, hits: &FixedBitSet) -> bool {
        let fulfills = |form: &Form| matches!(form.shows, Shows::Safeguard(id) if self.pack.fulfill.contains(&id));
        self.possible(hits).any(fulfills)
    }

    /// The forms that a file with these hits may match.
    pub fn possible<'s>(&'s self, hits: &'s FixedBitSet) -> impl Iterator<Item = &'p Form> + 's {
        let known = self.known(hits);
        self.pack.forms.iter().filter(move |form| form.needs.iter().all(|need| known.meets(need)))
    }

    /// The same by number, with those for what is hidden, of which literals say nothing.
    #[must_use]
    pub fn forms(&self, hits: &FixedBitSet) -> FixedBitSet {
        let known = self.known(hits);
        let possible = |form: &Form| !form.hidden.is_empty() || form.needs.iter().all(|need| known.meets(need));
        self.pack.forms.iter().enumerate().filter(|(_, form)| possible(form)).map(|(number, _)| number).collect()
    }

    fn known<'s>(&self, hits: &'s FixedBitSet) -> Known<'s> {
        Known {
            hits,
            data: self.pack.spoken.iter().map(|spoken| spoken.met(hits)).collect(),
            source: self.pack.signs.iter().map(|signs| !signs.is_disjoint(hits)).collect(),
        }
    }
}

/// An automaton for all literals that are looked for.
fn together(pack: &Pack, (ascii, others): (&[usize], &[usize]), kind: AhoCorasickKind) -> Finder {
    let texts = |numbers: &[usize]| numbers.iter().map(|number| pack.literals[*number].text.clone()).collect::<Vec<_>>();
    let build = |literals: Vec<Arc<str>>, kind| {
        let literals = literals.iter().map(|literal| literal.as_bytes());
        AhoCorasick::builder().ascii_case_insensitive(true).kind(Some(kind)).build(literals)
    };
    let mut known = texts(ascii);
    known.push(OWN_NAME.into());
    match (build(known, kind), build(texts(others), AhoCorasickKind::ContiguousNFA)) {
        (Ok(ascii), Ok(others)) => Finder::Together(Box::new([ascii, others])),
        _ => Finder::All,
    }
}

/// What a file holds.
struct Known<'s> {
    hits: &'s FixedBitSet,
    /// For each kind of data, whether the file can speak of it.
    data: Vec<bool>,
    /// For each platform, whether there is a sign of it.
    source: Vec<bool>,
}

impl Known<'_> {
    fn meets(&self, need: &Need) -> bool {
        let holds = |all: &[bool], id: &Id| all.get(usize::from(*id)).copied().unwrap_or(false);
        need.any.iter().any(|literal| self.hits.contains(literal as usize))
            || need.data.iter().any(|id| holds(&self.data, id))
            || need.source.iter().any(|id| holds(&self.source, id))
    }
}

/// Whether the literal found at `start..end` can be the word that it must be.
fn stands(literal: &Literal, bytes: &[u8], start: usize, end: usize) -> bool {
    match literal.edges {
        Edges::Free => true,
        Edges::Start => breaks(bytes, start),
        Edges::Both => breaks(bytes, start) && breaks(bytes, end),
    }
}

/// Whether a word may end before `at` and another one start there; sure for ASCII, `true` where in doubt.
fn breaks(bytes: &[u8], at: usize) -> bool {
    let (Some(before), Some(after)) = (at.checked_sub(1).and_then(|before| bytes.get(before)), bytes.get(at)) else {
        return true;
    };
    let lower = u8::is_ascii_lowercase;
    let (upper, digit) = (u8::is_ascii_uppercase, u8::is_ascii_digit);
    match () {
        () if !before.is_ascii_alphanumeric() || !after.is_ascii_alphanumeric() => true,
        () if digit(before) && digit(after) => false,
        () if lower(after) => digit(before),
        // `HTTPServer` breaks before the last capital.
        () if upper(before) && upper(after) => bytes.get(at + 1).is_none_or(|next| lower(next) || !next.is_ascii()),
        () => true,
    }
}

#[cfg(test)]
mod tests {
    use super::breaks;
    use crate::word;

    #[test]
    fn a_word_may_start_wherever_words_are_split() {
        for text in
            ["likelyRace5way", "HTTPServer2", "user_id", "ETHNICaffinity", "x2y", "page", "isMuslim", "A", "aB", "ABc", "A1B"]
        {
            let mut starts = Vec::new();
            let mut from = 0;
            word::split(text, &mut |word| {
                let at = text[from..].to_ascii_lowercase().find(word).unwrap() + from;
                starts.push(at);
                from = at + word.len();
            });
            for start in starts {
                assert!(breaks(text.as_bytes(), start), "{text} at {start}");
            }
        }
        assert!(!breaks(b"page", 1), "age is not in page");
    }
}
