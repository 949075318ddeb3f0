//! Walks JSON in place: no tree, no recursion over what is passed by, and each string knows where it stands.

use super::short;

/// What is handed each member of an object.
type Member<'f, 'a> = &'f mut dyn FnMut(&mut Scanner<'a>, &str) -> Result<(), String>;
/// What is handed each element of an array.
type Element<'f, 'a> = &'f mut dyn FnMut(&mut Scanner<'a>) -> Result<(), String>;

/// A place in JSON, always before a value.
pub(super) struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut scanner = Self { text, at: if text.starts_with('\u{feff}') { 3 } else { 0 } };
        scanner.blanks();
        scanner
    }

    /// Where the next value starts.
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// A second scanner, at a place of the first.
    pub(super) fn again(&self, place: usize) -> Self {
        Self { text: self.text, at: place }
    }

    fn byte(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or(0)
    }

    fn blanks(&mut self) {
        while self.byte().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    fn wrong<T>(&self) -> Result<T, String> {
        Err(format!("not valid JSON at byte {}", self.at))
    }

    /// Past `byte` and the blanks after it, if it is next.
    fn eat(&mut self, byte: u8) -> bool {
        let here = self.at < self.text.len() && self.byte() == byte;
        if here {
            self.at += 1;
            self.blanks();
        }
        here
    }

    /// Hands the value of each member to `each`, which must read or skip it. What is no object is skipped.
    pub(super) fn members(&mut self, each: Member<'_, 'a>) -> Result<(), String> {
        if self.byte() != b'{' {
            return self.skip();
        }
        self.eat(b'{');
        while !self.eat(b'}') {
            let key = self.string()?;
            if !self.eat(b':') {
                return self.wrong();
            }
            each(self, &key)?;
            if !self.eat(b',') && self.byte() != b'}' {
                return self.wrong();
            }
        }
        Ok(())
    }

    /// Hands each element to `each`, which must read or skip it. What is no array is skipped.
    pub(super) fn elements(&mut self, each: Element<'_, 'a>) -> Result<(), String> {
        if self.byte() != b'[' {
            return self.skip();
        }
        self.eat(b'[');
        while !self.eat(b']') {
            each(self)?;
            if !self.eat(b',') && self.byte() != b']' {
                return self.wrong();
            }
        }
        Ok(())
    }

    /// The value if it is a string; else it is skipped.
    pub(super) fn text(&mut self) -> Result<Option<String>, String> {
        match self.byte() {
            b'"' => self.string().map(Some),
            _ => self.skip().map(|()| None),
        }
    }

    /// A string, or an array of strings put together; with pairs (offset in it, offset in the file).
    pub(super) fn joined(&mut self) -> Result<(String, Vec<(u32, u32)>), String> {
        let (mut text, mut map) = (String::new(), Vec::new());
        match self.byte() {
            b'"' => self.decode(&mut text, Some(&mut map))?,
            _ => self.elements(&mut |scanner| match scanner.byte() {
                b'"' => scanner.decode(&mut text, Some(&mut map)),
                _ => scanner.skip(),
            })?,
        }
        Ok((text, map))
    }

    fn string(&mut self) -> Result<String, String> {
        let mut text = String::new();
        self.decode(&mut text, None)?;
        Ok(text)
    }

    /// Passes over one value, however deep.
    pub(super) fn skip(&mut self) -> Result<(), String> {
        let mut depth = 0_usize;
        loop {
            let start = self.at;
            match self.byte() {
                b'"' => self.pass_string()?,
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1).map_or_else(|| self.wrong(), Ok)?;
                    self.at += 1;
                }
                b',' | b':' if depth > 0 => self.at += 1,
                _ => {
                    while matches!(self.byte(), b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'+' | b'-' | b'.') {
                        self.at += 1;
                    }
                }
            }
            if self.at == start {
                return self.wrong();
            }
            self.blanks();
            if depth == 0 {
                return Ok(());
            }
        }
    }

    fn pass_string(&mut self) -> Result<(), String> {
        self.at += 1;
        while self.at < self.text.len() {
            match self.byte() {
                b'"' => {
                    self.at += 1;
                    return Ok(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.wrong()
    }

    /// Appends the string that starts here to `text`, and to `map` each place from which both offsets grow alike.
    fn decode(&mut self, text: &mut String, mut map: Option<&mut Vec<(u32, u32)>>) -> Result<(), String> {
        if self.byte() != b'"' {
            return self.wrong();
        }
        self.at += 1;
        loop {
            let rest = self.text.get(self.at..).unwrap_or("");
            let Some(plain) = rest.find(['"', '\\']) else { return self.wrong() };
            let mut point = |text: &String, at: usize| {
                let point = (short(text.len()), short(at));
                if let Some(map) = map.as_deref_mut().filter(|map| map.last() != Some(&point)) {
                    map.push(point);
                }
            };
            point(text, self.at);
            text.push_str(rest.get(..plain).unwrap_or(""));
            self.at += plain;
            point(text, self.at);
            if self.eat(b'"') {
                return Ok(());
            }
            text.push(self.escape()?);
        }
    }

    /// The character of the escape that starts here; an unknown one is the character itself.
    fn escape(&mut self) -> Result<char, String> {
        let Some(char) = self.text.get(self.at + 1..).and_then(|rest| rest.chars().next()) else { return self.wrong() };
        if char != 'u' {
            self.at += 1 + char.len_utf8();
            return Ok(match char {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\u{8}',
                'f' => '\u{c}',
                char => char,
            });
        }
        let first = self.unit(self.at);
        let second = self.unit(self.at + 6);
        let pair = first.zip(second).map(|(first, second)| char::decode_utf16([first, second]).next());
        let (char, length) = match (pair, first) {
            (Some(Some(Ok(char))), _) if char > '\u{ffff}' => (char, 12),
            (_, Some(unit)) => (char::from_u32(u32::from(unit)).unwrap_or(char::REPLACEMENT_CHARACTER), 6),
            _ => return self.wrong(),
        };
        self.at += length;
        Ok(char)
    }

    /// The code unit of the `\uXXXX` at `at`.
    fn unit(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 6)?.strip_prefix("\\u")?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(digits, 16).unwrap_or(0))
    }
}
