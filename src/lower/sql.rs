//! Reads SQL of any dialect, whole or broken, into the nodes of the graph.
//!
//! In: text, with the holes of templates masked. Out: opening and closing events, properly nested, in source order.
//! It knows clauses, not grammars: what it does not know it passes over, so that one odd word costs one clause at most.
//! The tokenizer is our own: a dialect's tokenizer stops at the first open quote, and starting it again is quadratic.

mod clause;
mod define;
mod expression;
mod jinja;
mod key;
mod reader;
mod sniff;
mod token;

use crate::{
    graph::{Gap, Kind, Slot},
    span::Span,
};

/// One step of the walk over a statement's nodes. Spans are bytes of the text that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// A node starts; what follows until its `Close` stands inside it.
    Open {
        /// What it is.
        kind: Kind,
        /// The part it plays in the node around it.
        slot: Slot,
        /// All of it.
        span: Span,
        /// Its own name: of a table, column or function; the inside of a string.
        name: Option<Span>,
    },
    /// The node that was opened last and is not yet closed ends.
    Close,
}

/// Hands every node of the statements in `text` to `out`, and gives back what could not be read.
///
/// Takes time linear in the length of `text`. What is nested deeper than a hundred levels is read flat, as names and
/// strings.
pub(super) fn read(text: &str, out: &mut dyn FnMut(Event)) -> Vec<Gap> {
    let (tokens, comments) = token::split(text);
    let mut reader = reader::Reader::new(text, &tokens);
    reader.statements(0, tokens.len());
    reader.replay(&comments, out);
    reader.gaps()
}

/// `text` with the Jinja of dbt masked, byte for byte as long: `{{ ref('orders') }}` leaves `orders` in its place, other
/// holes leave the expression in them, `{% … %}` leaves blanks, `{# … #}` a comment.
#[must_use]
pub(super) fn mask_jinja(text: &str) -> String {
    jinja::mask(text)
}

/// Whether a text starts like a statement of SQL: cheap, as most strings do not.
#[must_use]
pub(super) fn opens_like_sql(text: &str) -> bool {
    sniff::opens(text)
}

/// Whether a string of a program is a statement of SQL, rather than a sentence that starts like one.
#[must_use]
pub(super) fn looks_like_sql(text: &str) -> bool {
    sniff::looks_like_sql(text)
}

#[cfg(test)]
mod tests;
