//! What all parts of the clause reader share: the tokens, the nodes so far, and how to move over both.

use super::{
    Event,
    key::Key,
    token::{Shape, Token},
};
use crate::{
    graph::{Gap, Kind, Slot},
    span::Span,
};

/// Deeper nesting is read flat, so that a stranger's parentheses cannot overflow the stack.
const DEPTH: usize = 100;

/// A node whose end is known once it is closed.
struct Node {
    kind: Kind,
    slot: Slot,
    span: Span,
    name: Option<Span>,
    /// One past its last descendant.
    until: usize,
}

/// Reads ranges of tokens into nodes. Its methods stand with the part of SQL that they read.
pub(super) struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    nodes: Vec<Node>,
    depth: usize,
    too_deep: Option<Span>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Self {
        Self { text, tokens, nodes: Vec::new(), depth: 0, too_deep: None }
    }

    pub(super) fn gaps(self) -> Vec<Gap> {
        let reason = "SQL is nested too deeply".to_owned();
        self.too_deep.map(|span| Gap { span, reason }).into_iter().collect()
    }

    /// Hands out the nodes with the comments among them, each where it stands.
    pub(super) fn replay(&self, comments: &[Span], out: &mut dyn FnMut(Event)) {
        let mut comments = comments.iter().copied().peekable();
        let mut flush = |before: u32, out: &mut dyn FnMut(Event)| {
            while let Some(span) = comments.next_if(|comment| comment.start < before) {
                out(Event::Open { kind: Kind::Comment, slot: Slot::Body, span, name: Some(span) });
                out(Event::Close);
            }
        };
        let mut open: Vec<&Node> = Vec::new();
        for (number, node) in self.nodes.iter().enumerate() {
            while let Some(over) = open.pop_if(|over| over.until <= number) {
                flush(over.span.end, out);
                out(Event::Close);
            }
            flush(node.span.start, out);
            out(Event::Open { kind: node.kind, slot: node.slot, span: node.span, name: node.name });
            open.push(node);
        }
        while let Some(over) = open.pop() {
            flush(over.span.end, out);
            out(Event::Close);
        }
        flush(u32::MAX, out);
    }

    // Tokens.

    pub(super) fn key(&self, at: usize) -> Key {
        self.tokens.get(at).map_or(Key::None, |token| token.key)
    }

    pub(super) fn shape(&self, at: usize) -> Shape {
        self.tokens.get(at).map_or(Shape::Mark(b';'), |token| token.shape)
    }

    pub(super) fn mark(&self, at: usize, mark: u8) -> bool {
        self.shape(at) == Shape::Mark(mark)
    }

    /// Whether a name that is no keyword stands there.
    pub(super) fn name(&self, at: usize) -> bool {
        match self.shape(at) {
            Shape::Quoted => true,
            Shape::Word => self.key(at) == Key::None,
            _ => false,
        }
    }

    /// Whether the word there is `word`, which is no key.
    pub(super) fn word(&self, at: usize, word: &str) -> bool {
        self.shape(at) == Shape::Word && self.tokens[at].span().of(self.text).eq_ignore_ascii_case(word)
    }

    /// The inside of the token: its name without quotes.
    pub(super) fn inside(&self, at: usize) -> Option<Span> {
        self.tokens.get(at).map(|token| token.inside(self.text))
    }

    /// The text of the token, without quotes.
    pub(super) fn spelled(&self, at: usize) -> &'a str {
        self.inside(at).map_or("", |span| span.of(self.text))
    }

    /// One past the token, or past what it opens, yet not past `end`.
    pub(super) fn next(&self, at: usize, end: usize) -> usize {
        self.partner(at, end).saturating_add(1).min(end)
    }

    /// The token that closes the bracket or CASE, or `end`.
    pub(super) fn partner(&self, at: usize, end: usize) -> usize {
        self.tokens.get(at).map_or(end, |token| token.partner as usize).min(end)
    }

    /// The first token of this level, from `at` on, for which `stop` holds; `end` if there is none.
    pub(super) fn find(&self, mut at: usize, end: usize, stop: impl Fn(&Self, usize) -> bool) -> usize {
        while at < end && !stop(self, at) {
            at = self.next(at, end);
        }
        at.min(end)
    }

    /// One past a name with its qualifiers (`a.b.c`), and the token of its last part.
    pub(super) fn path(&self, at: usize, end: usize) -> (usize, usize) {
        let mut last = at;
        while last + 2 < end && self.mark(last + 1, b'.') && matches!(self.shape(last + 2), Shape::Word | Shape::Quoted) {
            last += 2;
        }
        ((last + 1).min(end), last)
    }

    /// The ranges between the commas of this level.
    pub(super) fn split(&self, at: usize, end: usize) -> Vec<(usize, usize)> {
        let mut parts = Vec::new();
        let mut start = at;
        while start < end {
            let stop = self.find(start, end, |reader, at| reader.mark(at, b','));
            if start < stop {
                parts.push((start, stop));
            }
            start = stop + 1;
        }
        parts
    }

    // Nodes.

    /// Opens a node at a token.
    pub(super) fn open(&mut self, kind: Kind, slot: Slot, at: usize) -> usize {
        let start = self.tokens.get(at).map_or(self.text.len(), |token| token.start as usize);
        self.nodes.push(Node { kind, slot, span: Span::new(start, start), name: None, until: 0 });
        self.nodes.len() - 1
    }

    pub(super) fn set_name(&mut self, node: usize, name: Option<Span>) {
        self.nodes[node].name = name;
    }

    /// Closes a node before the token `end`.
    pub(super) fn close(&mut self, node: usize, end: usize) {
        let end = end.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.end);
        let until = self.nodes.len();
        let node = &mut self.nodes[node];
        node.span.end = node.span.end.max(end);
        node.until = until;
    }

    /// Turns a node that turned out to hold nothing into a mere name.
    pub(super) fn demote_if_empty(&mut self, node: usize) {
        if node + 1 == self.nodes.len() {
            self.nodes[node].kind = Kind::Name;
        }
    }

    /// A node without inside, over the tokens `at..end`.
    pub(super) fn leaf(&mut self, kind: Kind, slot: Slot, at: usize, end: usize, name: Option<Span>) {
        let node = self.open(kind, slot, at);
        self.set_name(node, name);
        self.close(node, end);
    }

    /// Reads the inside `at..end` of a bracket one level deeper; flat, where that would be too deep.
    pub(super) fn deeper(&mut self, at: usize, end: usize, slot: Slot, read: impl FnOnce(&mut Self)) {
        if self.depth < DEPTH {
            self.depth += 1;
            read(self);
            self.depth -= 1;
            return;
        }
        if let (Some(first), Some(last)) = (self.tokens.get(at), self.tokens.get(end.saturating_sub(1))) {
            self.too_deep.get_or_insert(Span { start: first.start, end: last.end.max(first.start) });
        }
        self.flat(at, end, slot);
    }

    /// Only the names and strings in `at..end`.
    pub(super) fn flat(&mut self, at: usize, end: usize, slot: Slot) {
        for at in at..end {
            let kind = match self.shape(at) {
                Shape::Text => Kind::Literal,
                Shape::Word | Shape::Quoted if self.name(at) => Kind::Name,
                _ => continue,
            };
            self.leaf(kind, slot, at, at + 1, self.inside(at));
        }
    }
}
