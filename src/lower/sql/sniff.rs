//! Tells statements from sentences that start with the same word.

use super::{key::Key, reader::Reader, token, token::Shape};

/// No more of a string is looked at. In bytes.
const MOST: usize = 8 << 10;

/// Words that English puts where SQL has a name.
const ARTICLES: &[&str] =
    &["the", "a", "an", "your", "our", "my", "their", "his", "her", "its", "this", "that", "these", "those", "one", "some"];

/// Whether `text` is a statement: its first word, then what must follow, and no sign of prose.
pub(super) fn looks_like_sql(text: &str) -> bool {
    let mut cut = text.len().min(MOST);
    while !text.is_char_boundary(cut) {
        cut -= 1;
    }
    let text = text.get(..cut).unwrap_or("");
    if !opens(text) {
        return false;
    }
    let (tokens, _) = token::split(text);
    let reader = Reader::new(text, &tokens);
    let mut at = 0;
    while reader.mark(at, b'(') {
        at += 1;
    }
    if reader.word(at, "explain") {
        at += if reader.word(at + 1, "analyze") { 2 } else { 1 };
    }
    let sentence = text.trim_end().ends_with(['.', '!']) || text.contains(". ");
    !sentence && reader.statement_at(at, tokens.len())
}

/// Whether the first word is that of a statement, or a comment stands before it: cheap, as most strings are neither.
pub(super) fn opens(text: &str) -> bool {
    let start = text.trim_start_matches(|char: char| char.is_whitespace() || char == '(');
    let word = start.split(|char: char| !char.is_ascii_alphabetic()).next().unwrap_or("");
    let keys = [Key::Select, Key::With, Key::Insert, Key::Replace, Key::Update, Key::Delete, Key::Create, Key::Alter];
    let known = keys.contains(&Key::of(word)) || matches!(Key::of(word), Key::Merge | Key::Truncate);
    known || word.eq_ignore_ascii_case("explain") || start.starts_with("--") || start.starts_with("/*")
}

impl Reader<'_> {
    fn statement_at(&self, at: usize, end: usize) -> bool {
        match self.key(at) {
            Key::Select => self.selects(at, end),
            Key::With => self.starts(at) && self.find(at, end, |reader, at| reader.mark(at, b'(')) < end,
            Key::Insert | Key::Replace => {
                let into = (at..(at + 4).min(end)).find(|at| matches!(self.key(*at), Key::Into | Key::Overwrite));
                into.is_some_and(|into| {
                    let first = if self.key(into + 1) == Key::Table { into + 2 } else { into + 1 };
                    let (after, _) = self.path(first, end);
                    let follows = matches!(self.key(after), Key::Values | Key::Select | Key::With | Key::Set | Key::Partition);
                    self.noun(first) && (follows || self.mark(after, b'(') || self.shouts(at) && after >= end)
                })
            }
            Key::Update => {
                let set = self.find(at + 1, end.min(at + 12), |reader, at| reader.key(at) == Key::Set);
                let (after, _) = self.path(set + 1, end);
                self.noun(at + 1)
                    && self.key(set) == Key::Set
                    && (self.shape(after) == Shape::Compare || self.shouts(at) && after >= end)
            }
            Key::Delete => {
                let (after, _) = self.path(at + 2, end);
                let follows =
                    matches!(self.key(after), Key::Where | Key::Using | Key::Returning) || after < end && self.mark(after, b';');
                self.key(at + 1) == Key::From && self.noun(at + 2) && (follows || self.shouts(at) && after >= end)
            }
            Key::Create => self.creates(at, end),
            Key::Alter => {
                let (after, _) = self.path(at + 2, end);
                let actions = ["modify", "change", "owner", "enable", "disable", "attach"];
                let known = matches!(self.key(after), Key::Add | Key::Drop | Key::Alter | Key::Rename | Key::Set);
                self.changes(at) && self.noun(at + 2) && (known || actions.iter().any(|word| self.word(after, word)))
            }
            Key::Merge => self.changes(at) && self.find(at, end, |reader, at| reader.key(at) == Key::Using) < end,
            Key::Truncate => {
                let (after, _) = self.path(at + 2, end);
                self.key(at + 1) == Key::Table && self.noun(at + 2) && (after >= end || self.mark(after, b';'))
            }
            _ => false,
        }
    }

    fn selects(&self, at: usize, end: usize) -> bool {
        let from = self.find(at + 1, end, |reader, at| reader.key(at) == Key::From && !reader.mark(at + 1, b'.'));
        // A query without FROM is told by what it calls: `SELECT set_config('a', 'b')`.
        if from >= end {
            return self.shouts(at) && self.name(at + 1) && self.mark(at + 2, b'(');
        }
        if from == at + 1
            || self.article(at + 1) && self.name(at + 2)
            || !(self.noun(from + 1) || from + 1 >= end || !self.wordy(from + 1))
        {
            return false;
        }
        let plain = (at + 1..from).all(|at| self.name(at));
        let words = from - at - 1;
        let after = self.find(from + 1, end, |reader, at| {
            matches!(reader.key(at), Key::Where | Key::Join | Key::Group | Key::Order | Key::Limit) || reader.mark(at, b';')
        });
        let named = (at + 1..end).any(|at| self.spelled(at).contains('_'));
        let titled = self.spelled(at).starts_with('S') && !self.shouts(at);
        match plain {
            false => !titled || after < end || named || self.mark(at + 1, b'*'),
            true => self.shouts(at) && self.shouts(from) || after < end || named || !titled && words == 1 && from + 2 >= end,
        }
    }

    fn creates(&self, at: usize, end: usize) -> bool {
        let mut made = at + 1;
        while made < end && !matches!(self.key(made), Key::Table | Key::View | Key::Index) && made < at + 8 {
            made += 1;
        }
        let mut first = made + 1;
        while matches!(self.key(first), Key::If | Key::Not | Key::Exists) {
            first += 1;
        }
        let (after, _) = self.path(first, end);
        let follows = self.mark(after, b'(') || matches!(self.key(after), Key::As | Key::Like | Key::On | Key::Using);
        self.changes(at) && self.noun(first) && (follows || self.shouts(at) && after >= end)
    }

    /// Whether all letters of the word are capitals.
    fn shouts(&self, at: usize) -> bool {
        self.spelled(at).bytes().all(|byte| byte.is_ascii_uppercase())
    }

    fn wordy(&self, at: usize) -> bool {
        self.shape(at) == Shape::Word
    }

    fn article(&self, at: usize) -> bool {
        self.wordy(at) && ARTICLES.iter().any(|article| self.word(at, article))
    }

    /// Whether the name of a table can stand there.
    fn noun(&self, at: usize) -> bool {
        self.name(at) && !self.article(at) || self.mark(at, b'(') || self.mark(at, b'[')
    }
}
