//! Statements that change something: INSERT, UPDATE, DELETE, MERGE, CREATE, ALTER, TRUNCATE.

use super::{key::Key, reader::Reader, token::Shape};
use crate::graph::{Kind, Slot};

/// How far ahead the word is looked for that tells a statement from a word that starts like one.
const AHEAD: usize = 40;

impl Reader<'_> {
    /// Whether a statement that changes something starts there.
    pub(super) fn changes(&self, at: usize) -> bool {
        match self.key(at) {
            Key::Insert => {
                let into = (at + 1..at + 4).any(|at| matches!(self.key(at), Key::Into | Key::Overwrite));
                let (after, _) = self.path(at + 1, usize::MAX);
                into || self.name(at + 1) && (self.mark(after, b'(') || matches!(self.key(after), Key::Values | Key::Select))
            }
            Key::Replace => self.key(at + 1) == Key::Into,
            Key::Update => {
                let set = (at + 2..at + AHEAD).find(|at| self.key(*at) == Key::Set || self.mark(*at, b';'));
                !matches!(self.key(at + 1), Key::Set | Key::On) && set.is_some_and(|at| self.key(at) == Key::Set)
            }
            Key::Delete => self.key(at + 1) == Key::From || self.name(at + 1) && self.key(at + 2) == Key::From,
            Key::Truncate => self.key(at + 1) == Key::Table || self.name(at + 1),
            Key::Merge => self.key(at + 1) == Key::Into || (at + 2..at + 6).any(|at| self.key(at) == Key::Using),
            Key::Create => self.created(at).is_some() || self.word(at + 1, "type"),
            Key::Alter => self.key(at + 1) == Key::Table || self.word(at + 1, "type"),
            _ => false,
        }
    }

    /// Reads the statement that `changes` saw, and gives the token after it.
    pub(super) fn change(&mut self, at: usize, end: usize) -> usize {
        match self.key(at) {
            Key::Insert | Key::Replace => self.insert(at, end),
            Key::Update => self.update(at, end),
            Key::Delete => self.delete(at, end),
            Key::Truncate => {
                let first = if self.key(at + 1) == Key::Table { at + 2 } else { at + 1 };
                self.headed(Kind::Delete, at, first, end)
            }
            Key::Merge => self.merge(at, end),
            _ if self.word(at + 1, "type") => self.enumeration(at, end),
            Key::Create => self.create(at, end),
            _ => self.alter(at, end),
        }
    }

    /// A node of `kind` over `at` and the name that starts at `first`; the token after the name.
    fn headed(&mut self, kind: Kind, at: usize, first: usize, end: usize) -> usize {
        let (after, last) = self.path(first, end);
        self.leaf(kind, Slot::Body, at, after, self.inside(last));
        after
    }

    fn insert(&mut self, at: usize, end: usize) -> usize {
        let node = self.open(Kind::Insert, Slot::Body, at);
        let skip =
            |key| matches!(key, Key::Insert | Key::Into | Key::Overwrite | Key::Table | Key::Or | Key::Replace | Key::Ignore);
        let mut first = at;
        while first < end && (skip(self.key(first)) || self.key(first + 1) == Key::Into) {
            first += 1;
        }
        let (mut after, last) = self.path(first, end);
        self.set_name(node, self.inside(last));
        while after < end && (self.name(after) || matches!(self.key(after), Key::As | Key::Partition)) {
            after += 1;
        }
        if self.mark(after, b'(') && !self.queries(after) && after < end {
            after = self.bracket(after, end, Slot::Target);
        }
        after = match self.key(after) {
            _ if after >= end => end,
            Key::Values => {
                let stop = self.clause_end(after + 1, end);
                self.expression(after + 1, stop, Slot::Value);
                stop
            }
            Key::Set => self.assignments(after + 1, end),
            _ if self.queries(after) => self.query(after, end, Slot::Value),
            _ => after,
        };
        after = self.body(after, end);
        self.close(node, after);
        after
    }

    fn update(&mut self, at: usize, end: usize) -> usize {
        let node = self.open(Kind::Update, Slot::Body, at);
        let set = (at + 1..end).find(|at| self.key(*at) == Key::Set).unwrap_or(end);
        let first = if matches!(self.key(at + 1), Key::Only | Key::Ignore) { at + 2 } else { at + 1 };
        let (after, last) = self.path(first, end);
        self.set_name(node, self.inside(last));
        self.body(after, set);
        let stop = self.assignments(set + 1, end);
        self.close(node, stop);
        self.body(stop, end)
    }

    /// The assignments after SET, and the token after them.
    pub(super) fn assignments(&mut self, at: usize, end: usize) -> usize {
        let stop = self.clause_end(at, end).max(at.min(end));
        self.assigned(at, stop);
        stop
    }

    fn assigned(&mut self, at: usize, end: usize) {
        for (from, to) in self.split(at, end) {
            let (after, last) = self.path(from, to);
            if after >= to || !matches!(self.shape(after), Shape::Compare | Shape::Arrow) {
                self.expression(from, to, Slot::Value);
                continue;
            }
            let node = self.open(Kind::Assign, Slot::Body, from);
            self.set_name(node, self.inside(last));
            self.expression(after + 1, to, Slot::Value);
            self.close(node, to);
        }
    }

    fn delete(&mut self, at: usize, end: usize) -> usize {
        let from = self.find(at, end, |reader, at| reader.key(at) == Key::From);
        let first = if self.key(from + 1) == Key::Only { from + 2 } else { from + 1 };
        let after = self.headed(Kind::Delete, at, first, end);
        match self.key(after) {
            Key::Using if after < end => {
                let stop = self.tables(after + 1, end);
                self.body(stop, end)
            }
            _ => self.body(after, end),
        }
    }

    /// ON CONFLICT … DO UPDATE SET …, ON DUPLICATE KEY UPDATE …, or a stray condition of a join.
    pub(super) fn on(&mut self, at: usize, end: usize) -> usize {
        if !self.word(at + 1, "conflict") && !self.word(at + 1, "duplicate") {
            return self.clause(Kind::Filter, at, at + 1, end);
        }
        let ends = |reader: &Self, at| reader.key(at) == Key::Update || reader.word(at, "nothing") || reader.mark(at, b';');
        let update = self.find(at + 2, end, ends);
        match self.key(update + 1) {
            Key::Set => update + 1,
            _ if self.key(update) == Key::Update => self.assignments(update + 1, end),
            _ => (update + 1).min(end),
        }
    }

    fn merge(&mut self, at: usize, end: usize) -> usize {
        let first = if self.key(at + 1) == Key::Into { at + 2 } else { at + 1 };
        let (after, last) = self.path(first, end);
        let target = self.inside(last);
        let end = self.find(after, end, |reader, at| reader.mark(at, b';') || reader.mark(at, b')'));
        let mut at = self.find(after, end, |reader, at| reader.key(at) == Key::Using);
        at = self.tables(at + 1, end);
        let when = |reader: &Self, at| reader.key(at) == Key::When;
        while at < end {
            let stop = self.find(at + 1, end, when);
            let then = self.find(at, stop, |reader, at| reader.key(at) == Key::Then);
            match self.key(at) {
                Key::On => self.wrapped(Kind::Filter, at, at + 1, stop),
                Key::When => {
                    // After MATCHED or NOT MATCHED.
                    let and = self.find(at + 1, then, |reader, at| reader.key(at) == Key::And);
                    self.expression(and + 1, then, Slot::Condition);
                    self.merged(then + 1, stop, target);
                }
                _ => self.expression(at, stop, Slot::Body),
            }
            at = stop;
        }
        end
    }

    /// What MERGE does to its target.
    fn merged(&mut self, at: usize, end: usize, target: Option<crate::span::Span>) {
        let kind = match self.key(at) {
            Key::Update => Kind::Update,
            Key::Insert => Kind::Insert,
            Key::Delete => Kind::Delete,
            _ => return,
        };
        let node = self.open(kind, Slot::Body, at);
        self.set_name(node, target);
        let values = self.find(at, end, |reader, at| reader.key(at) == Key::Values);
        match kind {
            Kind::Update => self.assigned((at + 2).min(end), end),
            _ => {
                self.expression(at + 1, values, Slot::Target);
                self.expression(values + 1, end, Slot::Value);
            }
        }
        self.close(node, end);
    }

    // CREATE and ALTER.

    /// The token TABLE, VIEW or INDEX of a CREATE that makes one.
    fn created(&self, at: usize) -> Option<usize> {
        let made = |at: &usize| matches!(self.key(*at), Key::Table | Key::View | Key::Index);
        let modifier = |at: &usize| {
            made(at) || matches!(self.key(*at), Key::Or | Key::Replace | Key::Materialized | Key::Recursive) || self.name(*at)
        };
        (at + 1..at + 8).take_while(modifier).find(made)
    }

    fn create(&mut self, at: usize, end: usize) -> usize {
        let made = self.created(at).unwrap_or(at);
        let node = self.open(Kind::Table, Slot::Body, at);
        let first = self.named_thing(made + 1, end);
        let (after, last) = self.path(first, end);
        self.set_name(node, self.inside(last));
        let after = match self.key(made) {
            Key::Index => self.index(node, made + 1, end),
            _ => self.columns_and_query(after, end),
        };
        self.close(node, after);
        after
    }

    /// CREATE TYPE … AS ENUM, and what adds a value to one.
    fn enumeration(&mut self, at: usize, end: usize) -> usize {
        let node = self.open(Kind::Class, Slot::Body, at);
        let (after, last) = self.path(at + 2, end);
        self.set_name(node, self.inside(last));
        let stop = self.find(after, end, |reader, at| reader.mark(at, b';') || reader.starts(at));
        self.strings(after, stop);
        self.close(node, stop);
        stop
    }

    /// Past IF [NOT] EXISTS.
    fn named_thing(&self, mut at: usize, end: usize) -> usize {
        while at < end && matches!(self.key(at), Key::If | Key::Not | Key::Exists | Key::Only) {
            at += 1;
        }
        at
    }

    /// An index sorts the rows of its table by the names in it.
    fn index(&mut self, node: usize, at: usize, end: usize) -> usize {
        let on = self.find(at, end, |reader, at| reader.key(at) == Key::On || reader.mark(at, b';'));
        let (after, last) = self.path(self.named_thing(on + 1, end), end);
        self.set_name(node, self.inside(last));
        let open = self.find(after, end, |reader, at| reader.mark(at, b'(') || reader.mark(at, b';'));
        let stop = self.next(open, end);
        self.expression(open, stop, Slot::Value);
        self.body(stop, end)
    }

    fn columns_and_query(&mut self, mut at: usize, end: usize) -> usize {
        if self.mark(at, b'(') && !self.queries(at + 1) && at < end {
            let close = self.partner(at, end);
            for (from, to) in self.split(at + 1, close) {
                self.column(from, to);
            }
            at = (close + 1).min(end);
        }
        if matches!(self.key(at), Key::Like | Key::Clone) && at < end {
            at = self.headed(Kind::From, at, at + 1, end);
        }
        let query = self.find(at, end, |reader, at| {
            reader.mark(at, b';')
                || reader.mark(at, b')')
                || reader.starts(at)
                || reader.key(at) == Key::As && reader.queries(at + 1)
        });
        self.strings(at, query);
        match self.key(query) {
            _ if query >= end || self.mark(query, b';') || self.mark(query, b')') => query,
            Key::As => self.query(query + 1, end, Slot::Value),
            Key::Select | Key::With => self.query(query, end, Slot::Value),
            _ => query,
        }
    }

    /// One column of a table, or a constraint on several.
    pub(super) fn column(&mut self, at: usize, end: usize) {
        let check = self.find(at, end, |reader, at| reader.word(at, "check"));
        let constraints =
            ["primary", "foreign", "unique", "constraint", "check", "key", "index", "fulltext", "exclude", "period"];
        if constraints.iter().any(|word| self.word(at, word)) && self.shape(at) == Shape::Word && end > at + 1 {
            return self.expression(check + 1, end, Slot::Body);
        }
        if !matches!(self.shape(at), Shape::Word | Shape::Quoted) || self.key(at) == Key::Like {
            return;
        }
        let node = self.open(Kind::Column, Slot::Body, at);
        self.set_name(node, self.inside(at));
        self.strings(at + 1, end);
        self.close(node, end);
    }

    /// Only the strings in `at..end`: values of an enumeration, defaults, comments.
    fn strings(&mut self, at: usize, end: usize) {
        for at in at..end {
            if self.shape(at) == Shape::Text {
                self.leaf(Kind::Literal, Slot::Value, at, at + 1, self.inside(at));
            }
        }
    }

    fn alter(&mut self, at: usize, end: usize) -> usize {
        let node = self.open(Kind::Table, Slot::Body, at);
        let (after, last) = self.path(self.named_thing(at + 2, end), end);
        self.set_name(node, self.inside(last));
        let stop = self.find(after, end, |reader, at| {
            let fresh = reader.starts(at) && !matches!(reader.key(at), Key::Alter | Key::Truncate);
            reader.mark(at, b';') || reader.mark(at, b')') || fresh || reader.key(at) == Key::Go
        });
        for (from, to) in self.split(after, stop) {
            self.altered(from, to);
        }
        // A key or owner that is changed makes no table.
        self.demote_if_empty(node);
        self.close(node, stop);
        stop
    }

    fn altered(&mut self, at: usize, end: usize) {
        let column = |at: usize| if self.key(at) == Key::Column { at + 1 } else { at };
        let first = self.named_thing(column(at + 1), end);
        match self.key(at) {
            Key::Add if self.mark(first, b'(') => {
                for (from, to) in self.split(first + 1, self.partner(first, end)) {
                    self.column(from, to);
                }
            }
            Key::Add => self.column(first, end),
            Key::Rename => {
                let to = self.find(first, end, |reader, at| reader.key(at) == Key::To);
                if first < to && to + 1 < end {
                    self.column(to + 1, end);
                }
            }
            _ if self.word(at, "change") => self.column(column(at + 1) + 1, end),
            _ => (),
        }
    }
}
