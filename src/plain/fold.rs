//! Strings that code puts together or decodes, and code in strings: what they come to, as far as the code says it.
//!
//! In: the graph of a text. Out: for each expression that has one value whatever happens, a plain string in its place.
//! Names count as what they are given, where that happens once in the file.

use std::{borrow::Cow, cell::Cell, collections::BTreeMap};

use rustc_hash::FxHashMap;

use super::{
    Ear, Edit,
    decode::{self, Encoding},
    hints,
};
use crate::{
    graph::{Graph, How, Kind, NodeId, Slot},
    language::{Language, Reader},
    span::Span,
};

/// What stands between strings that become one.
const OPERATORS: &[&str] = &["+", ".", "..", "&", "~", "||", "<>", "++", "^"];
/// Calls that give the text that they are handed, or are called on.
const SAME: &[&str] = &[
    "decode",
    "toString",
    "String",
    "str",
    "encode",
    "strip",
    "trim",
    "to_s",
    "force_encoding",
    "getString",
    "GetString",
    "string",
    "split",
    "list",
    "decodeToString",
    "getBytes",
    "GetBytes",
    "unpack1",
    "first",
    "repr",
    "freeze",
    "to_str",
];
/// Calls that decode what they are handed.
const DECODERS: &[(&str, Encoding)] = &[
    ("b64decode", Encoding::Base64),
    ("urlsafe_b64decode", Encoding::Base64),
    ("standard_b64decode", Encoding::Base64),
    ("decodebytes", Encoding::Base64),
    ("a2b_base64", Encoding::Base64),
    ("atob", Encoding::Base64),
    ("base64_decode", Encoding::Base64),
    ("decode64", Encoding::Base64),
    ("urlsafe_decode64", Encoding::Base64),
    ("strict_decode64", Encoding::Base64),
    ("FromBase64String", Encoding::Base64),
    ("decodeBase64", Encoding::Base64),
    ("b32decode", Encoding::Base32),
    ("fromhex", Encoding::Hex),
    ("unhexlify", Encoding::Hex),
    ("a2b_hex", Encoding::Hex),
    ("hex2bin", Encoding::Hex),
    ("FromHexString", Encoding::Hex),
    ("unhex", Encoding::Hex),
    ("decodeURIComponent", Encoding::Percent),
    ("decodeURI", Encoding::Percent),
    ("unescape", Encoding::Percent),
    ("unquote", Encoding::Percent),
    ("unquote_plus", Encoding::Percent),
    ("urldecode", Encoding::Percent),
    ("rawurldecode", Encoding::Percent),
    ("QueryUnescape", Encoding::Percent),
    ("PathUnescape", Encoding::Percent),
    ("str_rot13", Encoding::Rot13),
];
/// Calls that make a text of numbers.
const NUMBERS: &[&str] = &["chr", "Chr", "fromCharCode", "fromCodePoint", "bytes", "bytearray", "pack", "mb_chr"];
/// Calls that run the code that they are handed, by language.
const RUNNERS: &[(&str, &[&str])] = &[
    ("python", &["exec", "eval"]),
    ("javascript", &["eval", "Function"]),
    ("typescript", &["eval", "Function"]),
    ("tsx", &["eval", "Function"]),
    ("php", &["eval"]),
    ("ruby", &["eval", "instance_eval", "class_eval"]),
    ("lua", &["load", "loadstring"]),
    ("r", &["eval"]),
];
/// Objects that hold what can be called without them.
const GLOBALS: &[&str] = &["globalThis", "window", "self", "global", "builtins", "__builtins__", "top"];
/// Expressions are followed no deeper.
const DEEP: usize = 24;
/// Parts of one expression that are looked at.
const PARTS: usize = 4_000;
/// Parts of all expressions of a file that are looked at.
const MOST: usize = 4_000_000;
/// A longer string is not put together. In bytes.
const LONGEST: usize = 64 << 10;
/// A longer string that is put together at the ends of words is no name or address. In bytes.
const NAME: usize = 120;
/// A shorter string without a call that decodes it is taken as it is. In bytes.
const ALONE: usize = 16;

/// A string that an expression comes to.
#[derive(Clone, Debug)]
struct Value {
    text: String,
    /// How that is hidden; `None` for a plain string.
    how: Option<How>,
    /// Whether the expression itself makes it of something else: what a name is given is made plain where that happens.
    made: bool,
}

pub(super) fn edits(graph: &Graph, text: &str, language: &'static Language, ear: &Ear<'_>) -> Vec<Edit> {
    let folder = Folder::new(graph, text, language, ear);
    let mut edits: Vec<Edit> = Vec::new();
    // The ranges that are replaced, end by start.
    let mut taken: BTreeMap<u32, u32> = BTreeMap::new();
    let free =
        |taken: &BTreeMap<u32, u32>, span: Span| taken.range(..span.end).next_back().is_none_or(|(_, end)| *end <= span.start);
    for parent in graph.ids() {
        let start = graph.node(parent).span.start;
        if !free(&taken, Span { start, end: start + 1 }) {
            continue;
        }
        let whole = folder.ran(parent).or_else(|| folder.attribute(parent)).filter(|edit| free(&taken, edit.span));
        let found = whole.map_or_else(|| folder.plainer(parent), |edit| vec![edit]);
        for edit in found {
            if free(&taken, edit.span) {
                taken.insert(edit.span.start, edit.span.end);
                edits.push(edit);
            }
        }
    }
    edits
}

struct Folder<'a> {
    graph: &'a Graph,
    text: &'a str,
    notebook: bool,
    /// Whether it is code, in which a string may be decoded later, and no format of data.
    code: bool,
    runners: &'static [&'static str],
    python: bool,
    ear: &'a Ear<'a>,
    /// The one assignment to each name; `None` where there are several.
    given: FxHashMap<&'a str, Option<NodeId>>,
    /// Parts looked at, of this expression and of all.
    parts: Cell<usize>,
    steps: Cell<usize>,
}

impl<'a> Folder<'a> {
    fn new(graph: &'a Graph, text: &'a str, language: &'static Language, ear: &'a Ear<'a>) -> Self {
        let mut given: FxHashMap<&str, Option<NodeId>> = FxHashMap::default();
        for id in graph.ids().filter(|id| graph.node(*id).kind == Kind::Assign) {
            let Some(target) = graph.child(id, Slot::Target).filter(|target| graph.node(*target).kind == Kind::Name) else {
                continue;
            };
            let Some(name) = graph.node(target).name else { continue };
            given.entry(name.of(text)).and_modify(|known| *known = None).or_insert(Some(id));
        }
        let name = language.name;
        Self {
            graph,
            text,
            notebook: matches!(language.reader, Reader::Notebook),
            code: graph.ids().any(|id| graph.node(id).kind == Kind::Call),
            runners: RUNNERS.iter().find(|(known, _)| *known == name).map_or(&[], |(_, runners)| runners),
            python: name == "python",
            ear,
            given,
            parts: Cell::new(0),
            steps: Cell::new(0),
        }
    }

    /// The text of a range, as the code of a notebook has it.
    fn raw(&self, span: Span) -> Cow<'a, str> {
        let raw = span.of(self.text);
        if !self.notebook {
            return Cow::Borrowed(raw);
        }
        // The lines of a cell are strings of their own.
        let joined: String = raw.split("\",").map(str::trim_start).enumerate().fold(String::new(), |all, (number, part)| {
            all + if number > 0 { part.strip_prefix('"').unwrap_or(part) } else { part }
        });
        Cow::Owned(joined.replace("\\\"", "\"").replace("\\n", "\n").replace("\\\\", "\\"))
    }

    fn name(&self, id: NodeId) -> &'a str {
        self.graph.node(id).name.map_or("", |name| name.of(self.text))
    }

    /// The children of a node that play one part, those together that an operator puts together.
    fn groups(&self, parent: NodeId, slot: Slot) -> Vec<Vec<NodeId>> {
        let mut groups: Vec<Vec<NodeId>> = Vec::new();
        for child in self.graph.children(parent).filter(|child| self.graph.node(*child).slot == slot) {
            match groups.last_mut() {
                Some(group) if group.last().is_some_and(|last| self.joined(parent, *last, child)) => group.push(child),
                _ => groups.push(vec![child]),
            }
        }
        groups
    }

    fn joined(&self, parent: NodeId, left: NodeId, right: NodeId) -> bool {
        let between = Span { start: self.graph.node(left).span.end, end: self.graph.node(right).span.start };
        if between.end < between.start || between.end - between.start > 200 {
            return false;
        }
        let between = self.raw(between);
        let bare = between.trim_matches(|char: char| char.is_whitespace() || matches!(char, '\\' | '(' | ')'));
        OPERATORS.contains(&bare) || bare.is_empty() && self.graph.node(parent).kind == Kind::Template
    }

    /// What expressions put together by an operator come to.
    fn sum(&self, group: &[NodeId], depth: usize) -> Option<Value> {
        if let [only] = group {
            return self.value(*only, depth);
        }
        self.put_together(group.iter().map(|id| self.value(*id, depth)), "")
    }

    fn put_together(&self, parts: impl Iterator<Item = Option<Value>>, between: &str) -> Option<Value> {
        let (mut text, mut how, mut count, mut made) = (String::new(), None, 0, false);
        for part in parts {
            let part = part?;
            if count > 0 {
                text.push_str(between);
                let word = |char: Option<char>| char.is_some_and(char::is_alphanumeric);
                if word(text.chars().last()) && word(part.text.chars().next()) {
                    how = how.max(Some(How::Split));
                }
            }
            how = how.max(part.how);
            made |= part.made || count > 0;
            text.push_str(&part.text);
            count += 1;
            if text.len() > LONGEST {
                return None;
            }
        }
        (count > 0).then_some(Value { text, how, made })
    }

    /// The string that a node comes to.
    fn value(&self, id: NodeId, depth: usize) -> Option<Value> {
        if depth == 0 {
            self.parts.set(0);
        }
        self.parts.set(self.parts.get() + 1);
        self.steps.set(self.steps.get() + 1);
        if depth > DEEP || self.parts.get() > PARTS || self.steps.get() > MOST {
            return None;
        }
        let node = self.graph.node(id);
        match node.kind {
            Kind::Literal => Some(Value { text: self.literal(id), how: None, made: false }),
            Kind::Template => self.template(id, depth + 1),
            Kind::Name => {
                let assign = (*self.given.get(self.name(id))?)?;
                match &self.groups(assign, Slot::Value)[..] {
                    [group] => self.sum(group, depth + 4).map(|value| Value { how: None, made: false, ..value }),
                    _ => None,
                }
            }
            Kind::Call => self.call(id, self.graph.object(id), depth + 1),
            // The whole of a string, from its end to its start.
            Kind::Member if self.raw(node.span).ends_with("[::-1]") => {
                let value = self.value(self.graph.child(id, Slot::Object)?, depth + 1)?;
                Some(backwards(&value))
            }
            // A method that is called without parentheses.
            Kind::Member if matches!(self.name(id), "join" | "reverse" | "freeze" | "to_s" | "strip") => {
                self.call(id, self.graph.child(id, Slot::Object), depth + 1)
            }
            _ => None,
        }
    }

    fn literal(&self, id: NodeId) -> String {
        let node = self.graph.node(id);
        let raw = self.raw(node.span);
        let inside = match self.notebook {
            true => raw.trim_start_matches(|char: char| char.is_ascii_alphabetic()).trim_matches(['"', '\'']).to_owned(),
            false => self.name(id).to_owned(),
        };
        let prefix: String = raw.chars().take_while(char::is_ascii_alphabetic).collect();
        if prefix.contains(['r', 'R']) { inside } else { unescaped(&inside) }
    }

    /// A string with holes, or strings that follow each other.
    fn template(&self, id: NodeId, depth: usize) -> Option<Value> {
        let node = self.graph.node(id);
        let children: Vec<NodeId> = self.graph.children(id).collect();
        let Some(name) = node.name else {
            return self.put_together(children.iter().map(|child| self.value(*child, depth)), "");
        };
        if self.notebook || children.is_empty() {
            return None;
        }
        let (mut parts, mut at) = (Vec::new(), name.start);
        for child in children {
            let span = self.graph.node(child).span;
            let before = Span { start: at, end: span.start }.of(self.text);
            let before = ["{@", "{", "$("].iter().find_map(|open| before.strip_suffix(open)).unwrap_or(before);
            parts.push(Some(Value { text: before.trim_end_matches(['$', '#']).to_owned(), how: None, made: false }));
            parts.push(self.value(child, depth));
            at = span.end;
            let opened = self.text.as_bytes().get((span.start as usize).saturating_sub(2)..span.start as usize);
            let close = if opened == Some(b"$(") { b')' } else { b'}' };
            if self.text.as_bytes().get(at as usize) == Some(&close) {
                at += 1;
            }
        }
        parts.push(Some(Value {
            text: Span { start: at, end: name.end.max(at) }.of(self.text).to_owned(),
            how: None,
            made: false,
        }));
        self.put_together(parts.into_iter().filter(|part| part.as_ref().is_none_or(|part| !part.text.is_empty())), "")
    }

    fn call(&self, id: NodeId, object: Option<NodeId>, depth: usize) -> Option<Value> {
        let name = self.name(id);
        let arguments = || self.groups(id, Slot::Argument);
        let handed = |number: usize| self.sum(arguments().get(number)?, depth);
        let own = || self.value(object?, depth);
        let either = || handed(0).or_else(own);
        let on = object.map_or(Cow::Borrowed(""), |object| self.raw(self.graph.node(object).span));
        if let Some((_, encoding)) = DECODERS.iter().find(|(known, _)| *known == name) {
            return decoded(&either()?, *encoding);
        }
        match name {
            "join" | "implode" => self.join(id, object, &arguments(), depth),
            "concat" | "Concat" => {
                let parts = object.filter(|_| !on.ends_with("tring")).map(|object| self.value(object, depth));
                self.put_together(parts.into_iter().chain(arguments().iter().map(|group| self.sum(group, depth))), "")
            }
            "format" => self.format(own()?, &arguments(), depth),
            "DecodeString" => {
                decoded(&handed(0)?, if on.contains("ex") && !on.contains("64") { Encoding::Hex } else { Encoding::Base64 })
            }
            "from" if on.ends_with("Buffer") => match handed(1).and_then(|name| Encoding::named(&name.text)) {
                Some(encoding) => decoded(&handed(0)?, encoding),
                None => handed(0),
            },
            "decode" if on.contains("ase64") && handed(0).is_some() => decoded(&handed(0)?, Encoding::Base64),
            "decode" if on.ends_with("codecs") => decoded(&handed(0)?, Encoding::named(&handed(1)?.text)?),
            "decode" if on.ends_with("URLDecoder") => decoded(&handed(0)?, Encoding::Percent),
            "decode" if handed(0).is_some_and(|name| Encoding::named(&name.text).is_some()) => {
                decoded(&own()?, Encoding::named(&handed(0)?.text)?)
            }
            "reverse" | "reversed" | "strrev" => either().map(|value| backwards(&value)),
            "replace" | "replaceAll" | "gsub" if object.is_some() => {
                let (value, from, to) = (own()?, handed(0)?, handed(1)?);
                (!from.text.is_empty()).then(|| Value {
                    text: value.text.replace(&from.text, &to.text),
                    how: Some(How::Encoded),
                    made: true,
                })
            }
            _ if NUMBERS.contains(&name) => self.numbers(id).or_else(|| handed(0)),
            "split" if handed(0).is_none_or(|by| !by.text.is_empty()) => None,
            _ if SAME.contains(&name) => own().or_else(|| handed(0)),
            _ => None,
        }
    }

    fn join(&self, id: NodeId, object: Option<NodeId>, arguments: &[Vec<NodeId>], depth: usize) -> Option<Value> {
        let kind = |id: NodeId| self.graph.node(id).kind;
        let list = |id: NodeId| -> Option<Vec<Option<Value>>> {
            (kind(id) == Kind::List).then(|| self.groups(id, Slot::Value).iter().map(|group| self.sum(group, depth)).collect())
        };
        let first = arguments.first().and_then(|group| group.first().copied());
        // A list of numbers that become characters.
        let raw = self.raw(self.graph.node(id).span);
        if raw.contains("chr") || raw.contains("fromCharCode") || raw.contains("toChar") {
            return self.numbers(id);
        }
        let plain = |id: NodeId| self.value(id, depth).map(|value| value.text);
        let (parts, between) = match (object, first, arguments.get(1).and_then(|group| group.first())) {
            (Some(object), Some(first), _) if kind(object) == Kind::Literal => (list(first)?, plain(object)?),
            (Some(object), first, _) if kind(object) == Kind::List => (list(object)?, first.map_or(Some(String::new()), plain)?),
            (Some(object), Some(first), _) if self.raw(self.graph.node(object).span).ends_with("tring") => {
                (arguments[1..].iter().map(|group| self.sum(group, depth)).collect(), plain(first)?)
            }
            (Some(object), first, _) if first.is_none_or(|first| plain(first).as_deref() == Some("")) => {
                return self.value(object, depth);
            }
            (None, Some(first), Some(second)) => (list(*second)?, plain(first)?),
            _ => return None,
        };
        self.put_together(parts.into_iter(), &between)
    }

    /// `"{}{}".format(a, b)`.
    fn format(&self, pattern: Value, arguments: &[Vec<NodeId>], depth: usize) -> Option<Value> {
        let pieces: Vec<&str> = pattern.text.split("{}").collect();
        if pieces.len() != arguments.len() + 1 {
            return None;
        }
        let plain = |text: &str| Some(Value { text: text.to_owned(), how: None, made: false });
        let mut parts = vec![plain(pieces[0])];
        for (group, piece) in arguments.iter().zip(&pieces[1..]) {
            parts.push(self.sum(group, depth));
            parts.push(plain(piece));
        }
        self.put_together(parts.into_iter().filter(|part| part.as_ref().is_none_or(|part| !part.text.is_empty())), "")
    }

    /// The text of the numbers that stand inside a node, where there are no other ones.
    fn numbers(&self, id: NodeId) -> Option<Value> {
        let mut points = Vec::new();
        for inner in self.graph.inside(id).take(2_000) {
            let node = self.graph.node(inner);
            match node.kind {
                Kind::Value => points.push(decode::number(&self.raw(node.span))?),
                Kind::Literal if !self.name(inner).is_empty() && points.is_empty() => return None,
                _ => (),
            }
        }
        Some(Value { text: decode::numbers(&points)?, how: Some(How::Encoded), made: true })
    }

    /// The children of a node that have a plainer form.
    fn plainer(&self, parent: NodeId) -> Vec<Edit> {
        let mut edits = Vec::new();
        let mut slots: Vec<Slot> = self.graph.children(parent).map(|child| self.graph.node(child).slot).collect();
        slots.sort_unstable_by_key(|slot| *slot as u8);
        slots.dedup();
        for group in slots.into_iter().flat_map(|slot| self.groups(parent, slot)) {
            // What is put together with something unknown is put together all the same.
            for run in group.split(|id| !self.is_text(*id)).filter(|run| !run.is_empty()) {
                edits.extend(self.edit(run));
            }
        }
        edits
    }

    fn is_text(&self, id: NodeId) -> bool {
        matches!(self.graph.node(id).kind, Kind::Literal | Kind::Template | Kind::Call | Kind::Member | Kind::Name)
            && self.value(id, 0).is_some()
    }

    fn edit(&self, run: &[NodeId]) -> Option<Edit> {
        let (first, last) = (self.graph.node(*run.first()?), self.graph.node(*run.last()?));
        let span = Span { start: first.span.start, end: last.span.end };
        let written = self.raw(span);
        let value = match run {
            // A name stays as it is: its value is made plain where it stands.
            [_] if first.kind == Kind::Name => return None,
            [_] if first.kind == Kind::Literal => {
                // No call is seen that decodes it, so it has to say something by itself.
                let encoded = self.code && first.span.end - first.span.start >= ALONE as u32;
                let plain = hints::decoded(&self.literal(run[0])).filter(|_| encoded)?;
                return self.ear.tells(&plain, &written).then(|| self.quoted(span, &plain, Some(How::Encoded)));
            }
            _ => self.sum(run, 0).filter(|value| value.made)?,
        };
        let how = value.how;
        if how.is_none() && value.text.len() > NAME {
            return None;
        }
        // What is decoded here may be encoded once more.
        let text = hints::decoded(&value.text).filter(|_| how == Some(How::Encoded)).unwrap_or(value.text);
        // What one part says plainly, here or where it got its name, is not hidden by the others.
        let said = run.iter().filter_map(|id| self.value(*id, 0)).filter(|part| part.how.is_none());
        let said = said.fold(written.to_string(), |said, part| said + "\n" + &part.text);
        self.ear.gains(&text, &written).then(|| self.quoted(span, &text, self.ear.worth(&text, &said, how)))
    }

    /// A string that says `plain`, in the quotes that stand there or in double ones.
    fn quoted(&self, span: Span, plain: &str, how: Option<How>) -> Edit {
        let quote = self.raw(span).chars().find(|char| matches!(char, '"' | '\'')).unwrap_or('"');
        let mut text = String::from(quote);
        for char in plain.chars() {
            match char {
                '\n' => text.push_str("\\n"),
                '\r' => text.push_str("\\r"),
                '\\' => text.push_str("\\\\"),
                char if char == quote => text.extend(['\\', char]),
                char => text.push(char),
            }
        }
        text.push(quote);
        if self.notebook {
            text = text.replace('\\', "\\\\").replace('"', "\\\"");
        }
        Edit { span, plain: text, how }
    }

    /// Code in a string, in place of the call that runs it.
    fn ran(&self, id: NodeId) -> Option<Edit> {
        let node = self.graph.node(id);
        if node.kind != Kind::Call || self.notebook || !self.runners.contains(&self.name(id)) {
            return None;
        }
        if self.graph.object(id).is_some_and(|object| !GLOBALS.contains(&self.name(object))) {
            return None;
        }
        let groups = self.groups(id, Slot::Argument);
        let group = if self.name(id) == "Function" { groups.last()? } else { groups.first()? };
        let code = self.sum(group, 0)?;
        let telling =
            if code.how.is_some() { self.ear.gains(&code.text, &self.raw(node.span)) } else { self.ear.hears(&code.text) };
        if !telling || !code.text.contains(['(', '=', '.', ' ']) {
            return None;
        }
        let line = self.text[..node.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        let before = &self.text[line..node.span.start as usize];
        let statement = node.slot == Slot::Body && before.trim().is_empty() && self.name(id) != "eval"
            || !self.python && node.slot == Slot::Body;
        let plain = match statement {
            true if self.python => code.text.trim_end().replace('\n', &format!("\n{before}")),
            true => format!("\n{}\n", code.text),
            false => format!("({})", code.text.trim().trim_end_matches(';')),
        };
        let how = self.ear.worth(&code.text, &self.raw(node.span), code.how);
        Some(Edit { span: node.span, plain, how })
    }

    /// A method that is asked for by a string, in place of what asks for it.
    fn attribute(&self, id: NodeId) -> Option<Edit> {
        let node = self.graph.node(id);
        if node.slot != Slot::Callee || self.notebook {
            return None;
        }
        let simple = |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let (object, name) = match node.kind {
            Kind::Call if self.name(id) == "getattr" => {
                let groups = self.groups(id, Slot::Argument);
                (*groups.first()?.first()?, self.sum(groups.get(1)?, 0)?)
            }
            Kind::Member => {
                let groups = self.groups(id, Slot::Index);
                (self.graph.child(id, Slot::Object)?, self.sum(groups.first()?, 0)?)
            }
            _ => return None,
        };
        if !simple(&name.text) || !(self.ear.hears(&name.text) || self.runners.contains(&name.text.as_str())) {
            return None;
        }
        let how = self.ear.worth(&name.text, &self.raw(node.span), name.how);
        Some(Edit { span: node.span, plain: format!("{}.{}", self.raw(self.graph.node(object).span), name.text), how })
    }
}

fn decoded(value: &Value, encoding: Encoding) -> Option<Value> {
    Some(Value { text: decode::decode(&value.text, encoding)?, how: Some(How::Encoded), made: true })
}

fn backwards(value: &Value) -> Value {
    Value { text: value.text.chars().rev().collect(), how: Some(How::Encoded), made: true }
}

/// A string without its escapes.
fn unescaped(text: &str) -> String {
    if !text.contains('\\') {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(char) = chars.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        let rest = chars.as_str();
        let coded = |digits: usize| {
            let code = rest.get(1..=digits)?;
            char::from_u32(u32::from_str_radix(code, 16).ok()?).map(|char| (char, digits + 1))
        };
        match rest.chars().next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('x' | 'u') => {
                let (char, len) = coded(if rest.starts_with('x') { 2 } else { 4 }).unwrap_or(('\\', 0));
                out.push(char);
                chars = rest.get(len..).unwrap_or("").chars();
                continue;
            }
            Some(other) => out.push(other),
            None => break,
        }
        chars.next();
    }
    out
}
