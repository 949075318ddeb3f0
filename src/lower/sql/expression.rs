//! Expressions: names, calls, strings, comparisons and CASE.

use super::{key::Key, reader::Reader, token::Shape};
use crate::graph::{Kind, Slot};

impl Reader<'_> {
    /// Reads `at..end` as expressions, separated by commas, AND, OR and the words of CASE.
    pub(super) fn expression(&mut self, at: usize, end: usize, slot: Slot) {
        match (self.key(at), self.key(at + 1)) {
            _ if at >= end => (),
            (Key::Partition, Key::By) => self.partition(at, end),
            (Key::Where, _) => self.wrapped(Kind::Filter, at, at + 1, end),
            _ => self.list(at, end, slot),
        }
    }

    fn list(&mut self, at: usize, end: usize, slot: Slot) {
        let (mut slot, mut start, mut here, mut between) = (slot, at, at, false);
        while here < end {
            let separates = match self.key(here) {
                Key::And if between => {
                    between = false;
                    false
                }
                Key::And | Key::Or | Key::When | Key::Then | Key::Else => true,
                Key::Not => start == here,
                Key::Between => {
                    between = true;
                    false
                }
                _ => self.mark(here, b',') || self.mark(here, b';'),
            };
            if separates {
                self.comparison(start, here, slot);
                slot = match self.key(here) {
                    Key::When => Slot::Condition,
                    Key::Then | Key::Else => Slot::Value,
                    _ => slot,
                };
                start = here + 1;
                between = false;
            }
            here = if separates { here + 1 } else { self.next(here, end) };
        }
        self.comparison(start, end, slot);
    }

    /// A node of `kind` from `at`, with the expressions `first..end` inside.
    pub(super) fn wrapped(&mut self, kind: Kind, at: usize, first: usize, end: usize) {
        let node = self.open(kind, Slot::Body, at);
        self.list(first, end, Slot::Value);
        self.close(node, end);
    }

    /// PARTITION BY … in the brackets of a window.
    fn partition(&mut self, at: usize, end: usize) {
        let ends = |reader: &Self, at| matches!(reader.key(at), Key::Order | Key::Rows | Key::Range | Key::Groups);
        let stop = self.find(at + 2, end, ends);
        self.wrapped(Kind::Group, at, at + 2, stop);
        self.list(stop, end, Slot::Body);
    }

    /// Reads one part of a condition.
    fn comparison(&mut self, at: usize, end: usize, slot: Slot) {
        if at >= end {
            return;
        }
        let operator = |reader: &Self, at| reader.shape(at) == Shape::Compare || reader.key(at).compares();
        if self.find(at, end, operator) == end {
            return self.terms(at, end, slot);
        }
        let node = self.open(Kind::Compare, slot, at);
        self.terms(at, end, Slot::Value);
        self.close(node, end);
    }

    fn terms(&mut self, mut at: usize, end: usize, slot: Slot) {
        while at < end {
            at = match self.shape(at) {
                Shape::Text => {
                    self.leaf(Kind::Literal, slot, at, at + 1, self.inside(at));
                    at + 1
                }
                Shape::Number => {
                    self.leaf(Kind::Value, slot, at, at + 1, None);
                    at + 1
                }
                // The type that a value is cast to says nothing of it.
                Shape::Cast => {
                    let (after, _) = self.path(at + 1, end);
                    if self.mark(after, b'(') { self.next(after, end) } else { after }
                }
                Shape::Mark(b'(' | b'[') => self.bracket(at, end, slot),
                Shape::Quoted if self.valued(at, end) => {
                    self.leaf(Kind::Literal, slot, at, at + 1, self.inside(at));
                    at + 1
                }
                Shape::Word | Shape::Quoted => self.named(at, end, slot),
                _ => at + 1,
            };
        }
    }

    /// A word or quoted name, with what belongs to it.
    fn named(&mut self, at: usize, end: usize, slot: Slot) -> usize {
        let qualified = self.mark(at + 1, b'.');
        match self.key(at) {
            Key::Case => return self.case(at, end, slot),
            Key::As => return end,
            Key::Null | Key::True | Key::False => {
                self.leaf(Kind::Value, slot, at, at + 1, None);
                return at + 1;
            }
            key if !key.calls() && !qualified => return at + 1,
            _ => (),
        }
        let (after, last) = self.path(at, end);
        if after < end && self.mark(after, b'(') {
            return self.call(at, last, after, end, slot);
        }
        if after < end && self.shape(after) == Shape::Arrow {
            let node = self.open(Kind::Entry, slot, at);
            self.set_name(node, self.inside(last));
            self.terms(after + 1, end, Slot::Value);
            self.close(node, end);
            return end;
        }
        let typed = ["date", "time", "timestamp", "interval", "json", "jsonb"];
        let prefix = self.shape(after) == Shape::Text && after < end && typed.iter().any(|word| self.word(at, word));
        if self.key(at) == Key::None && !prefix || qualified {
            self.leaf(Kind::Name, slot, at, after, self.inside(last));
        }
        after
    }

    fn call(&mut self, at: usize, last: usize, paren: usize, end: usize, slot: Slot) -> usize {
        let close = self.partner(paren, end);
        let node = self.open(Kind::Call, slot, at);
        self.set_name(node, self.inside(last));
        self.deeper(paren + 1, close, Slot::Argument, |reader| match reader.queries(paren + 1) {
            true => {
                reader.query(paren + 1, close, Slot::Argument);
            }
            false => reader.expression(paren + 1, close, Slot::Argument),
        });
        let after = (close + 1).min(end);
        self.close(node, after);
        after
    }

    /// What stands in brackets: a query, or expressions.
    pub(super) fn bracket(&mut self, at: usize, end: usize, slot: Slot) -> usize {
        let close = self.partner(at, end);
        self.deeper(at + 1, close, slot, |reader| match reader.queries(at + 1) {
            true => {
                reader.query(at + 1, close, slot);
            }
            false => reader.expression(at + 1, close, slot),
        });
        (close + 1).min(end)
    }

    fn case(&mut self, at: usize, end: usize, slot: Slot) -> usize {
        let close = self.partner(at, end);
        let node = self.open(Kind::Case, slot, at);
        self.deeper(at + 1, close, Slot::Value, |reader| reader.expression(at + 1, close, Slot::Value));
        let after = (close + 1).min(end);
        self.close(node, after);
        after
    }

    /// Whether double quotes hold a string, as in MySQL and BigQuery: they stand where a value is compared or given.
    fn valued(&self, at: usize, end: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let qualified = self.mark(at + 1, b'.') && at + 1 < end;
        let compares = self.shape(before) == Shape::Compare || matches!(self.key(before), Key::Like | Key::Then | Key::Else);
        let listed = before > 0
            && match self.shape(before) {
                Shape::Mark(b'(') => self.key(before - 1) == Key::In,
                Shape::Mark(b',') => self.shape(before - 1) == Shape::Text,
                _ => false,
            };
        !qualified && (compares || listed)
    }
}
