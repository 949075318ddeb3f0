//! Statements and the clauses of queries: SELECT, FROM, JOIN, WHERE, GROUP BY and their kin.

use super::{key::Key, reader::Reader, token::Shape};
use crate::graph::{Kind, Slot};

impl Reader<'_> {
    /// Reads every statement in `at..end`; of what is none, only names and strings.
    pub(super) fn statements(&mut self, mut at: usize, end: usize) {
        while at < end {
            at = match self.key(at) {
                Key::Grant | Key::Revoke => {
                    let stop = self.find(at, end, |reader, at| reader.mark(at, b';'));
                    self.flat(at, stop, Slot::Body);
                    stop
                }
                _ if self.starts(at) => self.query(at, end, Slot::Body).max(at + 1),
                _ => {
                    self.flat(at, at + 1, Slot::Body);
                    at + 1
                }
            };
        }
    }

    /// Whether a statement starts there.
    pub(super) fn starts(&self, at: usize) -> bool {
        if at > 0 && self.mark(at - 1, b'.') {
            return false;
        }
        match self.key(at) {
            Key::Select => true,
            Key::With => self.key(at + 1) == Key::Recursive || (self.name(at + 1) && self.cte(at + 1)),
            _ => self.changes(at),
        }
    }

    fn cte(&self, at: usize) -> bool {
        self.key(at + 1) == Key::As || (self.mark(at + 1, b'(') && self.key(self.next(at + 1, usize::MAX)) == Key::As)
    }

    /// Whether a query starts there, perhaps in brackets of its own.
    pub(super) fn queries(&self, mut at: usize) -> bool {
        for _ in 0..8 {
            if !self.mark(at, b'(') {
                break;
            }
            at += 1;
        }
        self.starts(at)
    }

    /// Reads one statement that starts at `at`, and gives the token after it.
    pub(super) fn query(&mut self, at: usize, end: usize, slot: Slot) -> usize {
        let mut after = end;
        self.deeper(at, end, slot, |reader| after = reader.statement(at, end, slot));
        after
    }

    fn statement(&mut self, at: usize, end: usize, slot: Slot) -> usize {
        let node = self.open(Kind::Query, slot, at);
        let first = if self.key(at) == Key::With { self.ctes(at + 1, end) } else { at };
        let after = match self.key(first) {
            Key::Select => self.body(first, end),
            _ if self.changes(first) => self.change(first, end),
            _ => self.body(first, end),
        };
        self.close(node, after);
        after
    }

    fn ctes(&mut self, at: usize, end: usize) -> usize {
        let mut at = if self.key(at) == Key::Recursive { at + 1 } else { at };
        while at < end && self.name(at) && self.cte(at) {
            let node = self.open(Kind::Assign, Slot::Body, at);
            self.set_name(node, self.inside(at));
            let columns = self.find(at + 1, end, |reader, at| reader.key(at) == Key::As);
            self.expression(at + 1, columns, Slot::Name);
            let open = self.find(columns + 1, end, |reader, at| reader.mark(at, b'('));
            let after = self.bracket(open, end, Slot::Value);
            self.close(node, after);
            at = if self.mark(after, b',') { after + 1 } else { after };
        }
        at
    }

    /// Reads clauses up to the end of the statement, and gives the token after it.
    pub(super) fn body(&mut self, mut at: usize, end: usize) -> usize {
        let mut fresh = true;
        while at < end && !self.mark(at, b';') && !self.mark(at, b')') {
            let key = self.key(at);
            let was_fresh = std::mem::take(&mut fresh);
            at = match key {
                Key::Select if was_fresh => self.select(at, end),
                _ if was_fresh && self.mark(at, b'(') && self.queries(at) => self.nested(at, end),
                _ if self.stops(at) => return at,
                Key::From => self.tables(at + 1, end),
                Key::Union | Key::Intersect | Key::Except | Key::Minus => {
                    fresh = true;
                    at + 1
                }
                Key::All | Key::Distinct | Key::By if !self.mark(at + 1, b'.') => {
                    fresh = was_fresh || key != Key::By;
                    at + 1
                }
                _ if self.joins(at) => self.join(at, end),
                Key::Where | Key::Having | Key::Qualify | Key::Prewhere | Key::Using => {
                    self.clause(Kind::Filter, at, at + 1, end)
                }
                Key::On => self.on(at, end),
                Key::Group => self.clause(Kind::Group, at, at + 2, end),
                Key::Pivot | Key::Unpivot => self.clause(Kind::Group, at, at + 1, end),
                Key::Set => self.assignments(at + 1, end),
                Key::Into => self.into(at, end),
                Key::Returning => self.select(at, end),
                _ => {
                    let first = if self.boundary(at) { at + 1 } else { at };
                    let stop = self.clause_end(first, end).max(at + 1);
                    self.expression(first, stop, Slot::Body);
                    stop
                }
            };
        }
        at.min(end)
    }

    /// A query in brackets that is a part of a query (of a union, say).
    fn nested(&mut self, at: usize, end: usize) -> usize {
        self.bracket(at, end, Slot::Body)
    }

    /// Where the clause whose inside starts at `at` ends.
    pub(super) fn clause_end(&self, at: usize, end: usize) -> usize {
        self.find(at, end, |reader, at| reader.mark(at, b';') || reader.mark(at, b')') || reader.boundary(at) || reader.stops(at))
    }

    /// A node of `kind` from `at`, with the expressions from `first` on.
    pub(super) fn clause(&mut self, kind: Kind, at: usize, first: usize, end: usize) -> usize {
        let stop = self.clause_end(first, end).max(at + 1);
        self.wrapped(kind, at, first.min(stop), stop);
        stop
    }

    /// Whether another statement starts there, or one that we do not read.
    fn stops(&self, at: usize) -> bool {
        let other = matches!(self.key(at), Key::Drop | Key::Grant | Key::Go | Key::Create | Key::Alter);
        self.key(at) != Key::With && self.starts(at) || other && !self.mark(at + 1, b'.')
    }

    /// Whether a clause of the same query starts there.
    fn boundary(&self, at: usize) -> bool {
        use Key::{Array, Distinct, Is, Not};
        let before = at.checked_sub(1);
        let qualified = self.mark(at + 1, b'.') || before.is_some_and(|before| self.mark(before, b'.'));
        let before = before.map_or(Key::None, |before| self.key(before));
        match self.key(at) {
            Key::None => false,
            _ if qualified => false,
            Key::From => !(before == Distinct && at > 1 && matches!(self.key(at - 2), Is | Not)),
            Key::Where | Key::Having | Key::Qualify | Key::Prewhere | Key::Returning | Key::Into | Key::On => true,
            Key::Union | Key::Intersect | Key::Using => true,
            Key::Group | Key::Order | Key::Cluster | Key::Distribute | Key::Sort => self.key(at + 1) == Key::By,
            Key::Except | Key::Minus => {
                matches!(self.key(at + 1), Key::Select | Key::All | Distinct) || self.mark(at + 1, b'(') && self.queries(at + 1)
            }
            Key::Pivot | Key::Unpivot => self.mark(at + 1, b'('),
            Key::Lateral => self.key(at + 1) == Key::View,
            Key::Set => self.name(at + 1),
            Key::Values => at > 0 && self.mark(at + 1, b'(') && !matches!(self.shape(at - 1), Shape::Compare | Shape::Other),
            Key::Limit | Key::Offset | Key::Fetch => {
                at > 0 && !matches!(self.shape(at - 1), Shape::Compare | Shape::Mark(b',')) && before != Array
            }
            Key::Window => self.name(at + 1) && self.key(at + 2) == Key::As,
            _ => self.joins(at),
        }
    }

    // SELECT.

    fn select(&mut self, at: usize, end: usize) -> usize {
        let node = self.open(Kind::Select, Slot::Body, at);
        let mut first = at + 1;
        loop {
            first = match (self.key(first), self.key(first + 1)) {
                (Key::Distinct, Key::On) => {
                    let after = self.next(first + 2, end);
                    self.wrapped(Kind::Group, first, first + 2, after);
                    after
                }
                (Key::Top, _) => self.next(first + 1, end),
                (Key::All | Key::Distinct, _) => first + 1,
                (Key::As, _) => first + 2,
                _ => break,
            };
        }
        let stop = self.clause_end(first, end).max(at + 1);
        for (from, to) in self.split(first, stop) {
            self.item(from, to);
        }
        self.close(node, stop);
        stop
    }

    /// One column that a query gives, as an assignment where it has an alias.
    fn item(&mut self, at: usize, end: usize) {
        let star = self.find(at, end, |reader, at| reader.mark(at, b'*'));
        let (path, _) = self.path(at, end);
        if star == at || star < end && star == path + 1 && self.mark(path, b'.') {
            self.leaf(Kind::Name, Slot::Value, at, star + 1, None);
            let replaced = self.find(star, end, |reader, at| reader.key(at) == Key::Replace);
            // The columns of EXCEPT are not selected.
            for (from, to) in self.split(replaced + 2, self.partner(replaced + 1, end)) {
                self.item(from, to);
            }
            return;
        }
        match self.alias(at, end) {
            Some((value, name)) => {
                let node = self.open(Kind::Assign, Slot::Value, at);
                self.set_name(node, self.inside(name));
                self.expression(at, value, Slot::Value);
                self.close(node, end);
            }
            None => self.expression(at, end, Slot::Value),
        }
    }

    /// The end of the value and the token of the alias, if `at..end` ends in one.
    fn alias(&self, at: usize, end: usize) -> Option<(usize, usize)> {
        let name = end.checked_sub(1).filter(|name| at < *name)?;
        let before = name - 1;
        if self.key(before) == Key::As && at < before {
            return Some((before, name));
        }
        let value = matches!(self.shape(before), Shape::Quoted | Shape::Text | Shape::Number | Shape::Mark(b')' | b']'))
            || self.name(before)
            || matches!(self.key(before), Key::End | Key::Null | Key::True | Key::False);
        (self.name(name) && value).then_some((name, name))
    }

    /// SELECT … INTO: a new table.
    fn into(&mut self, at: usize, end: usize) -> usize {
        let first = if self.key(at + 1) == Key::Table { at + 2 } else { at + 1 };
        let (after, last) = self.path(first, end);
        self.leaf(Kind::Insert, Slot::Body, at, after, self.inside(last));
        after.max(at + 1)
    }

    // FROM and JOIN.

    fn joins(&self, at: usize) -> bool {
        let join = |at| matches!(self.key(at), Key::Join | Key::Apply);
        self.key(at).joins()
            && (join(at) || join(at + 1) || join(at + 2) && self.key(at + 1).joins() || join(at + 3) && self.key(at + 2).joins())
            || self.key(at) == Key::Lateral && self.key(at + 1) == Key::View
    }

    pub(super) fn tables(&mut self, at: usize, end: usize) -> usize {
        let stop = self.clause_end(at, end);
        for (from, to) in self.split(at, stop) {
            let node = self.open(Kind::From, Slot::Body, from);
            self.table(node, from, to);
            self.close(node, to);
        }
        stop.max(at)
    }

    fn join(&mut self, at: usize, end: usize) -> usize {
        let node = self.open(Kind::Join, Slot::Body, at);
        let skip = |key: Key| key.joins() || matches!(key, Key::Lateral | Key::View);
        let mut first = at;
        while first < end && skip(self.key(first)) {
            first += 1;
        }
        let mut stop = self.clause_end(first, end);
        self.table(node, first, stop);
        if stop < end && matches!(self.key(stop), Key::On | Key::Using) {
            stop = self.clause(Kind::Filter, stop, stop + 1, end);
        }
        self.close(node, stop);
        stop.max(at + 1)
    }

    /// A table, query or call with its alias, the whole of `at..end`.
    pub(super) fn table(&mut self, node: usize, mut at: usize, end: usize) {
        while at < end && matches!(self.key(at), Key::Lateral | Key::Only | Key::Outer) {
            at += 1;
        }
        let (path, last) = self.path(at, end);
        let mut after = match self.shape(at) {
            _ if at >= end => return,
            Shape::Mark(b'(') if self.queries(at + 1) => self.bracket(at, end, Slot::Value),
            Shape::Mark(b'(') => {
                let close = self.partner(at, end);
                self.deeper(at + 1, close, Slot::Value, |reader| {
                    let joined = reader.tables(at + 1, close);
                    reader.body(joined, close);
                });
                (close + 1).min(end)
            }
            Shape::Word | Shape::Quoted if path < end && self.mark(path, b'(') => {
                let called = self.next(path, end);
                self.expression(at, called, Slot::Value);
                called
            }
            Shape::Word | Shape::Quoted | Shape::Text => {
                self.set_name(node, self.inside(last));
                path
            }
            _ => at,
        };
        if self.key(after) == Key::As && after < end {
            after += 1;
        }
        if after < end && self.name(after) {
            self.leaf(Kind::Name, Slot::Name, after, after + 1, self.inside(after));
            after += 1;
        }
        if self.key(after) != Key::With {
            self.expression(after, end, Slot::Name);
        }
    }
}
