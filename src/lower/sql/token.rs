//! Splits SQL of any dialect into tokens, whatever is wrong with it.
//!
//! In: text. Out: tokens with byte ranges and the partner of each bracket, and the comments. Each byte is looked at a
//! bounded number of times: a quote, comment or bracket that never closes is remembered and not searched for again.
//! Placeholders, dollar quotes and version comments (`/*!40101 …*/`) are read through: what stands in them is code.

use super::key::Key;
use crate::span::Span;

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A bare identifier or keyword.
    Word,
    /// An identifier in quotes, backticks or brackets.
    Quoted,
    /// A string.
    Text,
    /// A number.
    Number,
    /// `=`, `<`, `>`, `~` and what is built of them.
    Compare,
    /// `=>` or `:=`.
    Arrow,
    /// `::`.
    Cast,
    /// One of `( ) [ ] , ; . * :`.
    Mark(u8),
    /// Any other operator or placeholder.
    Other,
}

/// One token.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) shape: Shape,
    pub(super) key: Key,
    pub(super) start: u32,
    pub(super) end: u32,
    /// For `(`, `[` and CASE: the number of the token that closes it, or of the end. Otherwise its own number.
    pub(super) partner: u32,
}

impl Token {
    pub(super) fn span(self) -> Span {
        Span { start: self.start, end: self.end }
    }

    /// The name or text without quotes.
    pub(super) fn inside(self, text: &str) -> Span {
        let whole = self.span().of(text);
        let quotes = match self.shape {
            Shape::Text => whole.find(['\'', '"']).unwrap_or(0) + 1,
            Shape::Quoted => 1,
            _ => return self.span(),
        };
        let inner = whole.len().saturating_sub(1).max(quotes);
        Span::new(self.start as usize + quotes, self.start as usize + inner)
    }
}

/// The tokens of `text` and its comments, both in order.
pub(super) fn split(text: &str) -> (Vec<Token>, Vec<Span>) {
    let mut splitter = Splitter { text: text.as_bytes(), at: 0, tokens: Vec::new(), comments: Vec::new(), lost: [false; 256] };
    while splitter.at < text.len() {
        let start = splitter.at;
        if let Some(shape) = splitter.step() {
            let key = if shape == Shape::Word { Key::of(text.get(start..splitter.at).unwrap_or("")) } else { Key::None };
            let Span { start, end } = Span::new(start, splitter.at);
            splitter.tokens.push(Token { shape, key, start, end, partner: 0 });
        }
    }
    pair(&mut splitter.tokens);
    (splitter.tokens, splitter.comments)
}

struct Splitter<'a> {
    text: &'a [u8],
    at: usize,
    tokens: Vec<Token>,
    comments: Vec<Span>,
    /// By first byte: what is opened so does not close in the rest of the text.
    lost: [bool; 256],
}

impl Splitter<'_> {
    fn byte(&self, ahead: usize) -> u8 {
        self.text.get(self.at + ahead).copied().unwrap_or(0)
    }

    /// Reads on past one token, comment or blank; what it was, if a token.
    fn step(&mut self) -> Option<Shape> {
        match (self.byte(0), self.byte(1)) {
            (b'-', b'-') => self.line_comment(),
            (b'/', b'/') | (b'#', _) if self.line_starts() => self.line_comment(),
            (b'/', b'*') if self.byte(2) == b'!' => {
                self.at += 3;
                self.skip(|byte| byte.is_ascii_digit());
                None
            }
            (b'/', b'*') => self.block_comment(),
            (quote @ (b'\'' | b'"' | b'`'), _) => self.quoted(quote, false),
            (b'[', _) if self.bracketed() => Some(Shape::Quoted),
            (b'$', _) => Some(self.dollar()),
            (byte, _) if byte.is_ascii_digit() => Some(self.number()),
            (byte, _) if starts_word(byte) => self.word(),
            _ => self.symbol(),
        }
    }

    fn skip(&mut self, belongs: impl Fn(u8) -> bool) {
        while self.text.get(self.at).is_some_and(|byte| belongs(*byte)) {
            self.at += 1;
        }
    }

    /// Whether only blanks stand before this place on its line: the only place for `#` and `//` comments.
    fn line_starts(&self) -> bool {
        let token = self.tokens.last().map_or(0, |token| token.end as usize);
        let comment = self.comments.last().map_or(0, |comment| comment.end as usize);
        let before = &self.text[token.max(comment)..self.at];
        self.tokens.is_empty() || before.contains(&b'\n')
    }

    fn line_comment(&mut self) -> Option<Shape> {
        let start = self.at;
        self.skip(|byte| byte != b'\n');
        self.comments.push(Span::new(start, self.at));
        None
    }

    fn block_comment(&mut self) -> Option<Shape> {
        let rest = &self.text[self.at + 2..];
        let close = if self.lost[usize::from(b'/')] { None } else { rest.windows(2).position(|two| two == b"*/") };
        match close {
            Some(length) => {
                self.comments.push(Span::new(self.at, self.at + length + 4));
                self.at += length + 4;
            }
            None => {
                self.lost[usize::from(b'/')] = true;
                self.at += 2;
            }
        }
        None
    }

    /// A string or quoted name; after a letter that is no prefix, `'` is an apostrophe.
    fn quoted(&mut self, quote: u8, prefixed: bool) -> Option<Shape> {
        let apostrophe = !prefixed && quote == b'\'' && self.at > 0 && continues_word(self.text[self.at - 1]);
        let opened = self.at;
        self.skip(|byte| byte == quote);
        let run = self.at - opened;
        let shape = if quote == b'\'' { Shape::Text } else { Shape::Quoted };
        if run.is_multiple_of(2) {
            return Some(shape);
        }
        if apostrophe || self.lost[usize::from(quote)] {
            return None;
        }
        let after = self.at;
        while let Some(found) = self.text[self.at..].iter().position(|byte| *byte == quote) {
            let close = self.at + found;
            self.at = close;
            self.skip(|byte| byte == quote);
            // `it\'s`: an escape in some dialects; `'\'` is not.
            let escaped = self.text[close - 1] == b'\\' && self.byte(0).is_ascii_alphanumeric();
            if !(self.at - close).is_multiple_of(2) && !escaped {
                return Some(shape);
            }
        }
        self.lost[usize::from(quote)] = true;
        self.at = after;
        None
    }

    /// `[a name]`, not an index: nothing that an index could follow stands right before it.
    fn bracketed(&mut self) -> bool {
        if self.at > 0 && (continues_word(self.text[self.at - 1]) || matches!(self.text[self.at - 1], b')' | b']')) {
            return false;
        }
        let name = |byte: &u8| continues_word(*byte) || *byte == b' ';
        let length = self.text[self.at + 1..].iter().take(128).take_while(|byte| name(byte)).count();
        let fits = starts_word(self.byte(1)) && self.byte(length + 1) == b']';
        self.at += if fits { length + 2 } else { 0 };
        fits
    }

    /// `$1`, or the tag of a dollar quote, whose inside is read as statements of its own.
    fn dollar(&mut self) -> Shape {
        self.at += 1;
        let start = self.at;
        self.skip(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let tag = self.byte(0) == b'$' && !self.text.get(start).is_some_and(u8::is_ascii_digit);
        self.at += usize::from(tag);
        if tag { Shape::Mark(b';') } else { Shape::Other }
    }

    fn number(&mut self) -> Shape {
        let start = self.at;
        while continues_word(self.byte(0)) || (self.byte(0) == b'.' && self.byte(1).is_ascii_digit()) {
            self.at += 1;
        }
        let letters = self.text[start..self.at].iter().filter(|byte| byte.is_ascii_alphabetic() || !byte.is_ascii()).count();
        if letters > 1 { Shape::Word } else { Shape::Number }
    }

    /// A word, or the string that it is the prefix of (`N'…'`, `E'…'`).
    fn word(&mut self) -> Option<Shape> {
        let start = self.at;
        self.skip(continues_word);
        let blank = |byte: &[u8]| byte == "\u{feff}".as_bytes() || byte == "\u{a0}".as_bytes();
        let word = &self.text[start..self.at];
        if blank(word) {
            return None;
        }
        match word {
            [b'n' | b'N' | b'e' | b'E' | b'r' | b'R' | b'b' | b'B' | b'x' | b'X'] if self.byte(0) == b'\'' => {
                self.quoted(b'\'', true).or(Some(Shape::Other))
            }
            _ => Some(Shape::Word),
        }
    }

    fn symbol(&mut self) -> Option<Shape> {
        let byte = self.byte(0);
        self.at += 1;
        match (byte, self.byte(0)) {
            (b'(' | b')' | b'[' | b']' | b',' | b';' | b'.' | b'*', _) => Some(Shape::Mark(byte)),
            (b':', b':') | (b'=' | b':', b'>' | b'=') if !(byte == b'=' && self.byte(0) == b'=') => {
                self.at += 1;
                Some(if self.text[self.at - 1] == b':' { Shape::Cast } else { Shape::Arrow })
            }
            (b':', _) => Some(Shape::Mark(byte)),
            (b'=' | b'<' | b'>' | b'~', _) | (b'!', b'=' | b'~') => {
                self.skip(|byte| matches!(byte, b'=' | b'<' | b'>' | b'~' | b'*'));
                Some(Shape::Compare)
            }
            (b'-', b'>') => {
                self.skip(|byte| byte == b'>');
                Some(Shape::Other)
            }
            (b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\x0b', _) => {
                self.skip(|byte| byte.is_ascii_whitespace());
                None
            }
            _ => Some(Shape::Other),
        }
    }
}

fn starts_word(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'#' | b'@') || !byte.is_ascii()
}

fn continues_word(byte: u8) -> bool {
    starts_word(byte) || byte.is_ascii_digit() || byte == b'$'
}

/// Finds what closes each bracket and CASE. What a later closing one shows to be open ends there.
fn pair(tokens: &mut [Token]) {
    let end = u32::try_from(tokens.len()).unwrap_or(u32::MAX);
    let mut open: Vec<usize> = Vec::new();
    let mut parens = 0;
    for at in 0..tokens.len() {
        let here = u32::try_from(at).unwrap_or(u32::MAX);
        tokens[at].partner = here;
        match (tokens[at].shape, tokens[at].key) {
            (Shape::Mark(b'('), _) => {
                parens += 1;
                open.push(at);
            }
            (Shape::Mark(b'['), _) | (_, Key::Case) => open.push(at),
            (Shape::Mark(b')'), _) if parens > 0 => {
                parens -= 1;
                while let Some(last) = open.pop() {
                    tokens[last].partner = here;
                    if tokens[last].shape == Shape::Mark(b'(') {
                        break;
                    }
                }
            }
            (shape @ Shape::Mark(b']'), _) | (shape, Key::End) => {
                let fits = |last: &usize| match shape {
                    Shape::Mark(_) => tokens[*last].shape == Shape::Mark(b'['),
                    _ => tokens[*last].key == Key::Case,
                };
                if let Some(last) = open.pop_if(|last| fits(last)) {
                    tokens[last].partner = here;
                }
            }
            _ => (),
        }
    }
    for last in open {
        tokens[last].partner = end;
    }
}
