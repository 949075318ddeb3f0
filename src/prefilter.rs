//! Which files can matter: those whose text holds the literals that some form of the pack rests on.
//!
//! In: the text of a file. Out: whether it must be parsed. A file that is left out holds no finding, so
//! the report is the same without this step; a test holds that.

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use fixedbitset::FixedBitSet;

use crate::{
    pack::{Form, Pack},
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
    own_name: usize,
}

/// How literals are found; all ways find the same.
#[derive(Debug)]
enum Finder {
    /// One after the other.
    Each,
    /// All at once.
    Together(Box<AhoCorasick>),
    /// No automaton could be made: every file matters.
    All,
}

impl<'p> Prefilter<'p> {
    /// A prefilter for about `bytes` of text.
    #[must_use]
    pub fn new(pack: &'p Pack, bytes: u64) -> Self {
        let kind = if bytes > LARGE { AhoCorasickKind::DFA } else { AhoCorasickKind::NoncontiguousNFA };
        let literals = pack.literals.iter().map(|literal| &**literal).chain([OWN_NAME]);
        let finder = match bytes <= SMALL {
            true => Finder::Each,
            false => AhoCorasick::builder()
                .ascii_case_insensitive(true)
                .kind(Some(kind))
                .build(literals)
                .map_or(Finder::All, |automaton| Finder::Together(Box::new(automaton))),
        };
        Self { pack, finder, own_name: pack.literals.len() }
    }

    /// Whether a file with this text can hold anything of interest.
    #[must_use]
    pub fn matters(&self, text: &str) -> bool {
        let mut hits = self.none();
        self.search(word::fold_if_needed(text).as_bytes(), &mut hits);
        self.decide(&hits)
    }

    /// A set of hits to be filled by `search`.
    #[must_use]
    pub fn none(&self) -> FixedBitSet {
        FixedBitSet::with_capacity(self.own_name + 1)
    }

    /// Adds the literals in `bytes` to `hits`.
    pub fn search(&self, bytes: &[u8], hits: &mut FixedBitSet) {
        match &self.finder {
            Finder::Each => {
                let bytes = bytes.to_ascii_lowercase();
                let literals = self.pack.literals.iter().map(|literal| &**literal).chain([OWN_NAME]);
                let found =
                    literals.enumerate().filter(|(_, literal)| memchr::memmem::find(&bytes, literal.as_bytes()).is_some());
                found.for_each(|(literal, _)| hits.insert(literal));
            }
            Finder::Together(automaton) => {
                automaton.find_overlapping_iter(bytes).for_each(|found| hits.insert(found.pattern().as_usize()));
            }
            Finder::All => hits.insert_range(..),
        }
    }

    /// Whether a file with these hits can hold anything of interest.
    #[must_use]
    pub fn decide(&self, hits: &FixedBitSet) -> bool {
        hits.contains(self.own_name) || !hits.is_disjoint(&self.pack.presence) || self.possible(hits).next().is_some()
    }

    /// The forms that a file with these hits may match.
    pub fn possible<'s>(&'s self, hits: &'s FixedBitSet) -> impl Iterator<Item = &'p Form> + 's {
        let met = |set: &FixedBitSet| !set.is_disjoint(hits);
        self.pack.forms.iter().filter(move |form| form.needs.iter().all(met))
    }
}
