//! What a preprocessor would take away: directives and macros that no grammar of C and its kin can read around.
//!
//! In: a text. Out: the text for the grammar, byte for byte as long, so that places stay what they are. Code of every
//! branch of a conditional is kept; where several branches open the same block, only the first one does.

use memchr::memmem;

use crate::language::Dialect;

/// Parts of the names of macros that only say something of what they stand beside.
const REMARKS: &[&str] = &[
    "NS_SWIFT",
    "NS_AVAILABLE",
    "NS_DEPRECATED",
    "NS_UNAVAILABLE",
    "NS_DESIGNATED",
    "NS_REQUIRES",
    "NS_FORMAT",
    "NS_RETURNS",
    "NS_REFINED",
    "NS_EXTENSIBLE",
    "NS_TYPED",
    "NS_NOESCAPE",
    "NS_ROOT_CLASS",
    "NS_ASSUME",
    "NS_HEADER",
    "CF_ASSUME",
    "API_AVAILABLE",
    "API_UNAVAILABLE",
    "API_DEPRECATED",
    "UI_APPEARANCE",
    "AVAILABLE_",
    "_AVAILABLE",
    "DEPRECATED",
    "_NOTHROW",
    "NORETURN",
    "WARN_UNUSED",
    "NONNULL",
    "_NULLABLE",
    "_PRINTF",
    "_UNUSED",
    "UNUSED_",
    "G_GNUC",
    "G_BEGIN_DECLS",
    "G_END_DECLS",
    "BEGIN_DECLS",
    "END_DECLS",
    "QT_BEGIN_",
    "QT_END_",
    "Q_DECL_",
    "Q_REQUIRED",
    "NOEXCEPT",
    "ALWAYS_INLINE",
    "FORCE_INLINE",
    "FORCEINLINE",
    "NO_INLINE",
    "NOINLINE",
    "IBOutlet",
    "IBInspectable",
    "IB_DESIGNABLE",
    "FORMAT_FUNCTION",
    "OBJC_EXPORT",
    "SWIFT_CLASS",
    "SWIFT_PROTOCOL",
    "NODISCARD",
    "NO_SANITIZE",
    "__unused",
    "__kindof",
    "__deprecated",
    "_Nullable",
    "_Nonnull",
    "__nullable",
    "__nonnull",
    "__null_unspecified",
    "__strong",
    "__autoreleasing",
    "__block",
    "__weak",
    "__unsafe_unretained",
    "__covariant",
    "__contravariant",
    "__bridge",
    "__init",
    "__exit",
    "__user",
    "__iomem",
    "__must_check",
    "__printf",
    "__pure",
];
/// What the names of macros that export what stands behind them end with.
const EXPORTS: &[&str] =
    &["EXPORT", "EXTERN", "_API", "_DLL", "_INLINE", "_PUBLIC", "_VISIBLE", "_HIDDEN", "_DEPRECATED", "_LOCAL"];

/// Words after which a name in capitals is that of a type.
const MODIFIERS: &[&[u8]] = &[
    b"const",
    b"struct",
    b"enum",
    b"union",
    b"class",
    b"static",
    b"unsigned",
    b"volatile",
    b"extern",
    b"typedef",
    b"return",
    b"case",
    b"new",
    b"goto",
    b"inline",
    b"else",
    b"signed",
    b"virtual",
    b"in",
    b"typename",
    b"constexpr",
    b"throw",
    b"delete",
];

/// `text` without what cannot be read, byte for byte as long.
pub(super) fn plain(text: &str, dialect: Dialect) -> String {
    let mut cleaner = Cleaner {
        from: text.as_bytes(),
        to: text.as_bytes().to_vec(),
        dialect,
        at: 0,
        groups: Vec::new(),
        parens: 0,
        before: b';',
        word: (0, 0),
    };
    cleaner.run();
    // What is put in place of something is plain ASCII, and whole characters are blanked.
    String::from_utf8(cleaner.to).unwrap_or_else(|_| text.to_owned())
}

/// A conditional that is open.
struct Group {
    /// Whether its first branch is past.
    later: bool,
    /// The brackets that the branch opened and did not close.
    open: Vec<usize>,
}

struct Cleaner<'t> {
    from: &'t [u8],
    to: Vec<u8>,
    dialect: Dialect,
    at: usize,
    groups: Vec<Group>,
    /// How many parentheses are open.
    parens: usize,
    /// The last byte that is no space, comment or directive.
    before: u8,
    /// The last word.
    word: (usize, usize),
}

impl Cleaner<'_> {
    fn run(&mut self) {
        let mut fresh = true;
        while let Some(byte) = self.from.get(self.at).copied() {
            let start = self.at;
            match byte {
                b'\n' => {
                    fresh = true;
                    self.at += 1;
                    continue;
                }
                b' ' | b'\t' | b'\r' => {
                    self.at += 1;
                    continue;
                }
                b'#' if fresh => {
                    self.directive();
                    continue;
                }
                b'/' if self.comment() => continue,
                b'"' | b'\'' => self.at = self.quoted(start),
                b'(' | b'{' | b'[' => self.open(),
                b')' | b'}' | b']' => self.close(),
                _ if is_word(byte) => {
                    self.at = self.end_of_word(start);
                    self.step(start);
                    fresh = false;
                    continue;
                }
                _ => self.at += 1,
            }
            fresh = false;
            self.before = self.from[self.at.min(self.from.len()) - 1];
        }
    }

    /// Passes over a comment, where one starts.
    fn comment(&mut self) -> bool {
        let rest = &self.from[self.at..];
        let length = if rest.starts_with(b"//") {
            rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len())
        } else if rest.starts_with(b"/*") {
            memmem::find(&rest[2..], b"*/").map_or(rest.len(), |at| at + 4)
        } else {
            return false;
        };
        self.at += length;
        true
    }

    /// The end of the string or character that starts here: at most of its line.
    fn quoted(&self, start: usize) -> usize {
        let quote = self.from[start];
        if quote == b'"' && start > 0 && self.from[start - 1] == b'R' && self.dialect == Dialect::Cpp {
            return self.raw(start);
        }
        let mut at = start + 1;
        while let Some(byte) = self.from.get(at) {
            match byte {
                b'\\' => at += 1,
                b'\n' => return at,
                byte if *byte == quote => return at + 1,
                _ => (),
            }
            at += 1;
        }
        self.from.len()
    }

    fn raw(&self, start: usize) -> usize {
        let rest = &self.from[start + 1..];
        let Some(length) = rest.iter().take(17).position(|byte| *byte == b'(') else { return start + 1 };
        let closing = [&b")"[..], &rest[..length], &b"\""[..]].concat();
        let end = memmem::find(rest, &closing);
        end.map_or(self.from.len(), |end| start + 1 + end + closing.len())
    }

    fn open(&mut self) {
        if self.from[self.at] == b'(' {
            self.parens += 1;
        }
        let close = self.next(self.at + 1);
        if self.dialect == Dialect::Cpp && self.parens > 0 && self.before == b'=' && self.from[self.at..].starts_with(b"{}") {
            // `name = {}` among parameters
            let follows = self.from.get(self.next(close + 1));
            let equals = self.from[..self.at].iter().rposition(|byte| *byte == b'=').unwrap_or(self.at);
            if follows.is_some_and(|byte| matches!(byte, b',' | b')')) {
                self.take(equals, close + 1);
                return;
            }
        }
        if let Some(group) = self.groups.last_mut() {
            group.open.push(self.at);
        }
        self.at += 1;
    }

    fn close(&mut self) {
        if self.from[self.at] == b')' {
            self.parens = self.parens.saturating_sub(1);
        }
        if let Some(group) = self.groups.last_mut()
            && group.open.pop().is_none()
            && group.later
        {
            self.to[self.at] = b' ';
        }
        self.at += 1;
    }

    /// Leaves a branch of a conditional: of a later one, what it opened and did not close is taken away.
    fn end_branch(&mut self) {
        let Some(group) = self.groups.last_mut() else { return };
        let open = std::mem::take(&mut group.open);
        for at in open.into_iter().filter(|_| group.later) {
            if self.from[at] == b'(' {
                self.parens = self.parens.saturating_sub(1);
            }
            self.to[at] = b' ';
        }
    }

    fn directive(&mut self) {
        let start = self.at;
        let end = self.end_of_directive(start);
        let mut name = start + 1;
        while self.from.get(name).is_some_and(|byte| matches!(byte, b' ' | b'\t')) {
            name += 1;
        }
        let word = &self.from[name..self.end_of_word(name).min(end)];
        self.at = end;
        match word {
            b"include" | b"import" | b"define" if self.parens == 0 => return,
            b"if" | b"ifdef" | b"ifndef" => {
                let condition = self.from[name + word.len()..end].trim_ascii();
                self.groups.push(Group { later: false, open: Vec::new() });
                if word == b"if" && condition == b"0" {
                    self.leave_out(end);
                }
            }
            b"else" | b"elif" | b"elifdef" | b"elifndef" => {
                self.end_branch();
                if let Some(group) = self.groups.last_mut() {
                    group.later = true;
                }
            }
            b"endif" => {
                self.end_branch();
                if let Some(group) = self.groups.pop()
                    && let Some(around) = self.groups.last_mut()
                {
                    around.open.extend(group.open);
                }
            }
            _ => (),
        }
        self.blank(start, end);
    }

    /// Takes away what nobody compiles: all that stands between `#if 0` and its next branch or end.
    fn leave_out(&mut self, start: usize) {
        let mut depth = 0;
        let mut at = start;
        while at < self.from.len() {
            let line = &self.from[at..];
            let length = line.iter().position(|byte| *byte == b'\n').map_or(line.len(), |end| end + 1);
            if let Some(directive) = line[..length].trim_ascii_start().strip_prefix(b"#").map(<[u8]>::trim_ascii_start) {
                if directive.starts_with(b"if") {
                    depth += 1;
                } else if depth == 0 && (directive.starts_with(b"el") || directive.starts_with(b"endif")) {
                    break;
                } else if directive.starts_with(b"endif") {
                    depth -= 1;
                }
            }
            at += length;
        }
        self.blank(start, at);
        self.at = at;
    }

    /// The end of the line, or of the last one that it goes on in; comments and strings do not matter.
    fn end_of_directive(&self, start: usize) -> usize {
        let mut at = start;
        while let Some(byte) = self.from.get(at) {
            match byte {
                b'\n' if self.ends_with_backslash(at) => (),
                b'\n' => return at,
                b'/' if self.from[at..].starts_with(b"/*") => {
                    let close = memmem::find(&self.from[at + 2..], b"*/");
                    at += close.map_or(self.from.len() - at, |close| close + 3);
                }
                _ => (),
            }
            at += 1;
        }
        self.from.len()
    }

    fn ends_with_backslash(&self, newline: usize) -> bool {
        let line = self.from[..newline].strip_suffix(b"\r").unwrap_or(&self.from[..newline]);
        line.ends_with(b"\\")
    }

    /// A word of the code was passed.
    fn step(&mut self, start: usize) {
        let end = self.at;
        let word = &self.from[start..end];
        let next = self.next(end);
        let after = self.from.get(next).copied().unwrap_or(b'\n');
        let text = text_of(word);
        let qt = self.dialect == Dialect::Cpp;
        let (word_start, word_end) = self.word;
        let last = &self.from[word_start..word_end];
        let starts = matches!(self.before, b';' | b'{' | b'}' | b')' | b':') || (last == b"end" && self.dialect == Dialect::Objc);
        let marked = text.contains('_') || text.starts_with("IB");
        // The name of a value stands where values do.
        let stands = !text.as_bytes()[0].is_ascii_uppercase()
            || is_word(after)
            || matches!(after, b';' | b'{' | b'(' | b'@' | b'#' | b'*' | b'[');
        if marked && stands && after != b'=' && REMARKS.iter().any(|remark| text.contains(remark)) {
            let whole = if after == b'(' && !text.starts_with("__bridge") { self.end_of_group(next) } else { end };
            self.take(start, whole);
        } else if text == "IBAction" {
            self.put(start, end, b"void");
        } else if EXPORTS.iter().any(|mark| text.ends_with(mark)) && is_word(after) && is_loud(text) {
            self.take(start, end);
        } else if qt && matches!(text, "signals" | "Q_SIGNALS") && starts && after == b':' {
            self.put(start, end, b"public");
        } else if qt
            && ((starts && matches!(text, "emit" | "Q_EMIT") && is_word(after))
                || (matches!(text, "slots" | "Q_SLOTS") && after == b':'))
        {
            self.take(start, end);
        } else if qt && matches!(text, "foreach" | "Q_FOREACH" | "BOOST_FOREACH") && after == b'(' {
            self.each(start, end, next);
        } else if self.dialect == Dialect::Objc
            && matches!(text, "nullable" | "nonnull" | "oneway")
            && self.before == b'('
            && is_word(after)
        {
            self.take(start, end);
        } else if text.ends_with("_ENUM") || text.ends_with("_OPTIONS") {
            self.enumeration(start, end, next);
        } else if starts && self.parens == 0 && is_loud(text) && self.before != b')' {
            let name = self.end_of_word(next);
            // `MACRO type name` and not `TYPE name`.
            if is_word(after) && self.from.get(self.next(name)).is_some_and(|byte| is_word(*byte) || *byte == b'*') {
                self.take(start, end);
            } else {
                self.alone(start, end, next, after);
            }
        } else if is_loud(text) && is_word(self.before) && is_word(after) && !MODIFIERS.contains(&last) {
            // `type MACRO name(`
            if self.from.get(self.next(self.end_of_word(next))) == Some(&b'(') {
                self.take(start, end);
            }
        } else if is_loud(text) && self.before == b']' && after == b'(' {
            self.take(start, self.end_of_group(next));
        } else if qt && self.before == b':' && after == b'=' && word.iter().all(u8::is_ascii_digit) {
            // `bool name : 1 = false`
            let colon = self.from[..start].iter().rposition(|byte| *byte == b':').unwrap_or(start);
            self.take(colon, end);
        } else if self.dialect == Dialect::Objc && text == "id" && self.before == b'(' && is_word(after) && next == end + 1 {
            // An object of any class in a loop: a pointer, for the grammar.
            let name = self.end_of_word(next);
            let follows = self.next(name);
            if self.from[follows..].starts_with(b"in ") {
                self.put(start, next, b"A *");
            }
        }
        if self.to[start] != b' ' {
            self.word = (start, end);
            // What was passed as a whole is a statement.
            self.before = if self.at == end { self.from[end - 1] } else { b';' };
        }
    }

    /// A macro that stands where a declaration or statement starts, without what would end one.
    fn alone(&mut self, start: usize, end: usize, next: usize, after: u8) {
        let with = after == b'(';
        let whole = if with { self.end_of_group(next) } else { end };
        let follows = self.next(whole);
        let after = self.from.get(follows).copied().unwrap_or(b'}');
        let ends_line = self.from[whole..follows.min(self.from.len())].contains(&b'\n') || follows >= self.from.len();
        let goes_on = is_word(after) || matches!(after, b'}' | b'#' | b'@' | b'~' | b'-' | b'+' | b'*' | b'[' | b'/');
        if !ends_line || !goes_on || (!with && self.before == b'{' && after == b'}') || (!with && matches!(after, b'*' | b'[')) {
            return;
        }
        match with {
            false => self.take(start, end),
            true if after == b'@' => self.take(start, whole),
            true if self.dialect == Dialect::Cpp && text_of(&self.from[start..end]).starts_with("Q_") => self.take(start, whole),
            // It is called, and nothing more.
            true => {
                if let Some(space) = self.to.get_mut(whole).filter(|byte| byte.is_ascii_whitespace()) {
                    *space = b';';
                    self.at = whole;
                }
            }
        }
    }

    /// `NS_ENUM(type, Name)` is `enum Name`.
    fn enumeration(&mut self, start: usize, end: usize, next: usize) {
        if self.from.get(next) != Some(&b'(') {
            return;
        }
        let whole = self.end_of_group(next);
        let Some(comma) = self.from[next..whole].iter().position(|byte| *byte == b',').map(|at| next + at) else { return };
        if self.from.get(self.next(whole)).is_none_or(|byte| !matches!(byte, b'{' | b';')) {
            return;
        }
        let (word_start, word_end) = self.word;
        if &self.from[word_start..word_end] == b"typedef" {
            self.blank(word_start, word_end);
        }
        self.put(start, end, b"enum");
        self.blank(next, comma + 1);
        self.blank(whole - 1, whole);
        self.at = whole;
    }

    /// `foreach (a, b)` is `for (a : b)`.
    fn each(&mut self, start: usize, end: usize, next: usize) {
        let whole = self.end_of_group(next);
        let mut depth = 0usize;
        for at in next..whole {
            match self.from[at] {
                b'(' | b'<' => depth += 1,
                b')' | b'>' => depth = depth.saturating_sub(1),
                b',' if depth == 1 => {
                    self.to[at] = b':';
                    break;
                }
                _ => (),
            }
        }
        self.put(start, end, b"for");
    }

    /// Takes a macro away; what follows stands where it stood.
    fn take(&mut self, start: usize, end: usize) {
        self.blank(start, end);
        self.at = end;
    }

    fn put(&mut self, start: usize, end: usize, word: &[u8]) {
        self.blank(start, end);
        if let Some(place) = self.to.get_mut(start..start + word.len()).filter(|_| start + word.len() <= end) {
            place.copy_from_slice(word);
        }
    }

    fn blank(&mut self, start: usize, end: usize) {
        for byte in &mut self.to[start..end] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Where the next byte stands that is no space.
    fn next(&self, from: usize) -> usize {
        let rest = &self.from[from.min(self.from.len())..];
        from + rest.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(rest.len())
    }

    fn end_of_word(&self, start: usize) -> usize {
        let rest = &self.from[start.min(self.from.len())..];
        start + rest.iter().position(|byte| !is_word(*byte)).unwrap_or(rest.len())
    }

    /// The end of the parenthesis that opens here; a long one is none of a macro.
    fn end_of_group(&self, open: usize) -> usize {
        let mut depth = 0usize;
        let mut at = open;
        while at < self.from.len().min(open + 2000) {
            match self.from[at] {
                b'"' | b'\'' => at = self.quoted(at) - 1,
                b'(' => depth += 1,
                b')' => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        return at + 1;
                    }
                }
                _ => (),
            }
            at += 1;
        }
        open
    }
}

fn text_of(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

/// Whether a name is written in capitals, as those of macros are.
fn is_loud(name: &str) -> bool {
    name.len() > 2
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && !name.as_bytes()[0].is_ascii_digit()
}
