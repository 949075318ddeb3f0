//! Text that is written so that its plain form does not show, made plain.
//!
//! In: the text of a file. Out: the same text with plain words in place of look-alike letters, invisible characters,
//! needless escapes, split strings and encoded ones, and the way back to each place. A text is touched only where
//! its plain form says something to the pack that the text as written does not, so that code which hides nothing
//! stays as it is, byte for byte. Nothing of the code is run: only what it says outright is put together.

use fixedbitset::FixedBitSet;

use crate::{
    graph::{Graph, Hidden, How},
    language::{Language, Reader},
    lower::Lowerer,
    settings::Limits,
    span::Span,
};

mod decode;
mod fold;
mod hints;
mod tokens;

pub use hints::Hints;

/// How often a text that was made plain is looked at again.
const DEPTH: usize = 4;
/// More of a plain form is not told. In characters.
const TOLD: usize = 60;

/// What the pack makes of a text.
pub struct Ear<'a> {
    /// The literals that a text holds.
    pub hits: &'a dyn Fn(&str) -> FixedBitSet,
    /// Those that are worth hiding.
    pub telling: &'a FixedBitSet,
}

impl Ear<'_> {
    /// Whether the pack sees in `plain` what it does not see in `written`.
    fn gains(&self, plain: &str, written: &str) -> bool {
        let mut hits = (self.hits)(plain);
        if hits.is_clear() {
            return false;
        }
        hits.difference_with(&(self.hits)(written));
        !hits.is_clear()
    }

    /// Whether what it sees there is worth hiding.
    fn tells(&self, plain: &str, written: &str) -> bool {
        let mut hits = (self.hits)(plain);
        hits.intersect_with(self.telling);
        hits.difference_with(&(self.hits)(written));
        !hits.is_clear()
    }

    /// The way in which `plain` is hidden, where that is worth telling.
    fn worth(&self, plain: &str, written: &str, how: Option<How>) -> Option<How> {
        how.filter(|_| self.tells(plain, written))
    }

    fn hears(&self, text: &str) -> bool {
        !(self.hits)(text).is_clear()
    }
}

/// A text in place of another.
#[derive(Clone, Debug)]
struct Edit {
    /// What is replaced.
    span: Span,
    /// What stands there then.
    plain: String,
    /// How it was hidden; `None` where it is only said in another way.
    how: Option<How>,
}

/// A text that was made plain.
#[derive(Debug)]
pub struct Plain {
    /// The plain text.
    pub text: String,
    /// What was hidden, at its place in the plain text, sorted.
    pub hidden: Vec<Hidden>,
    /// The way back.
    pub back: Back,
}

/// The way back from a plain text to the text as written.
#[derive(Clone, Debug, Default)]
pub struct Back {
    /// For each time the text was made plainer: ranges of the plainer text with what stood there before, ascending.
    layers: Vec<Vec<(Span, Span)>>,
}

impl Back {
    /// The range of the text as written for one of the plain text.
    #[must_use]
    pub fn span(&self, span: Span) -> Span {
        self.layers.iter().rev().fold(span, |span, pairs| {
            let point = |offset: u32, end: bool| {
                let after = pairs.partition_point(|(plain, _)| if end { plain.end < offset } else { plain.end <= offset });
                let inside = pairs.get(after).filter(|(plain, _)| plain.start < offset + u32::from(!end));
                match (inside, after.checked_sub(1).map(|before| pairs[before])) {
                    (Some((_, written)), _) => {
                        if end {
                            written.end
                        } else {
                            written.start
                        }
                    }
                    (None, Some((plain, written))) => written.end + (offset - plain.end),
                    (None, None) => offset,
                }
            };
            let start = point(span.start, false);
            let end = if span.end > span.start { point(span.end, true) } else { start };
            Span { start, end: end.max(start) }
        })
    }
}

/// `text` made plain, where it is not plain already; and the graph of what it is then, where that had to be made.
///
/// Strings are put together where `hints` says that it can matter, or where the file `matters` anyway.
#[must_use]
pub fn text(
    hints: &Hints,
    lowerer: &mut Lowerer,
    text: &str,
    language: &'static Language,
    limits: &Limits,
    matters: bool,
    ear: &Ear<'_>,
) -> (Option<Plain>, Option<Graph>) {
    let mut plain: Option<Plain> = None;
    for _ in 0..DEPTH {
        let now = plain.as_ref().map_or(text, |plain| &plain.text);
        let notebook = matches!(language.reader, Reader::Notebook);
        let mut edits = tokens::edits(now, notebook, ear);
        // Letters come first: a name is known only when they are plain.
        if edits.is_empty() && !matches!(language.reader, Reader::Sql) && (matters || hints.speak(now, notebook, ear)) {
            let graph = lowerer.graph(now, language, limits);
            edits = fold::edits(&graph, now, language, ear);
            if edits.is_empty() {
                return (plain, Some(graph));
            }
        }
        if edits.is_empty() {
            break;
        }
        let (text, hidden, pairs) = apply(now, edits);
        let plain = plain.get_or_insert_with(|| Plain { text: String::new(), hidden: Vec::new(), back: Back::default() });
        plain.hidden.iter_mut().for_each(|known| known.span = forward(known.span, &pairs));
        plain.hidden.extend(hidden);
        plain.hidden.sort_by_key(|hidden| (hidden.span, hidden.how));
        plain.back.layers.push(pairs);
        plain.text = text;
    }
    (plain, None)
}

type Applied = (String, Vec<Hidden>, Vec<(Span, Span)>);

/// The text after these edits, of which none overlaps another.
fn apply(text: &str, mut edits: Vec<Edit>) -> Applied {
    edits.sort_by_key(|edit| (edit.span.start, std::cmp::Reverse(edit.span.end)));
    let (mut out, mut hidden, mut pairs, mut done) = (String::with_capacity(text.len()), Vec::new(), Vec::new(), 0);
    for edit in edits {
        let Some(before) = text.get(done..edit.span.start as usize) else { continue };
        out.push_str(before);
        let start = out.len();
        out.push_str(&edit.plain);
        done = edit.span.end as usize;
        let span = Span::new(start, out.len());
        pairs.push((span, edit.span));
        if let Some(how) = edit.how {
            hidden.push(Hidden { span, how, plain: told(&edit.plain).into() });
        }
    }
    out.push_str(text.get(done..).unwrap_or(""));
    (out, hidden, pairs)
}

/// Where a range of a text stands after these edits.
fn forward(span: Span, pairs: &[(Span, Span)]) -> Span {
    let point = |offset: u32, end: bool| {
        let after = pairs.partition_point(|(_, written)| written.end <= offset && !(end && written.end == offset));
        let inside = pairs.get(after).filter(|(_, written)| written.start < offset + u32::from(!end));
        match (inside, after.checked_sub(1).map(|before| pairs[before])) {
            (Some((plain, _)), _) => {
                if end {
                    plain.end
                } else {
                    plain.start
                }
            }
            (None, Some((plain, written))) => plain.end + (offset - written.end),
            (None, None) => offset,
        }
    };
    let (start, end) = (point(span.start, false), point(span.end, true));
    Span { start, end: end.max(start) }
}

fn told(plain: &str) -> String {
    let plain = plain.trim_matches(['"', '\'', '`', '\\']);
    match plain.char_indices().nth(TOLD) {
        Some((cut, _)) => format!("{}…", &plain[..cut]),
        None => plain.to_owned(),
    }
}
