//! The words and phrases of every name and string, matched whole against the lexicon.

use super::{Labels, speaks};
use crate::{
    graph::Graph,
    pack::{Lexicon, Pack, Term},
    word,
};

/// Words after this many of one string are not looked at.
const MAX_WORDS: usize = 4_000;

pub(super) fn find(pack: &Pack, graph: &Graph, text: &str, labels: &mut Labels) {
    let mut words = Words::default();
    labels.starts.reserve(graph.nodes.len() + 1);
    for node in &graph.nodes {
        labels.starts.push(u32::try_from(labels.terms.len()).unwrap_or(u32::MAX));
        let Some(name) = node.name.filter(|_| speaks(node.kind)) else { continue };
        words.read(name.of(text));
        let first = labels.terms.len();
        words.terms(&pack.lexicon, &mut labels.terms);
        labels.terms[first..].sort_unstable();
        let mut kept = first;
        for at in first..labels.terms.len() {
            if at == first || labels.terms[at] != labels.terms[kept - 1] {
                labels.terms[kept] = labels.terms[at];
                kept += 1;
            }
        }
        labels.terms.truncate(kept);
    }
    labels.starts.push(u32::try_from(labels.terms.len()).unwrap_or(u32::MAX));
}

/// The words of one name, kept in one buffer.
#[derive(Default)]
pub(super) struct Words {
    buffer: String,
    ends: Vec<usize>,
}

impl Words {
    pub(super) fn read(&mut self, text: &str) {
        self.buffer.clear();
        self.ends.clear();
        let (buffer, ends) = (&mut self.buffer, &mut self.ends);
        word::split(text, &mut |word| {
            if ends.len() < MAX_WORDS {
                buffer.push_str(word);
                ends.push(buffer.len());
            }
        });
    }

    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        self.buffer.get(start..end)
    }

    /// Adds every term that the words hold.
    fn terms(&self, lexicon: &Lexicon, out: &mut Vec<Term>) {
        for index in 0..self.len() {
            let Some(first) = self.get(index) else { return };
            if let Some(terms) = lexicon.exact.get(first) {
                out.extend(terms.iter().filter(|term| self.follows(lexicon, **term, index)));
            }
            for length in &lexicon.lengths {
                let Some(start) = first.get(..*length) else { continue };
                if let Some(terms) = lexicon.prefixes.get(start) {
                    out.extend(terms.iter().filter(|term| self.follows(lexicon, **term, index)));
                }
            }
        }
    }

    /// Whether the other words of a term follow the first one, which stands at `index`.
    fn follows(&self, lexicon: &Lexicon, term: Term, index: usize) -> bool {
        let rest = &lexicon.rest[term as usize];
        rest.iter().zip(1..).all(|((word, stem), offset)| {
            let here = self.get(index + offset);
            here.is_some_and(|here| if *stem { here.starts_with(&**word) } else { *here == **word })
        })
    }
}
