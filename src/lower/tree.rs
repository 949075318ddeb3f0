//! The one walk that lowers every language with a grammar, by its table of roles.
//!
//! It runs along a `TreeCursor` with its own stack: queries and sibling steps are quadratic on wide
//! error nodes, and recursion overflows on deep ones.

mod parse;
mod quotes;
mod roles;

use tree_sitter::{Node as Syntax, Tree};

pub(super) use self::parse::{Parsers, unread};
use self::{
    quotes::{bare, inside_quotes, path_in},
    roles::{Known, Roles, named, near},
};
use super::{
    build::{self, Builder},
    sql,
};
use crate::{
    graph::{Kind, NodeId, Slot},
    language::{Language, Makes, Names, Part},
    span::Span,
};

/// What is known of one level of the walk.
struct Level<'r> {
    /// The syntax kind whose children are on this level decides their parts, where it has a role.
    known: Option<&'r Known>,
    /// The part that children without one of their own take.
    inherited: Part,
    /// How many nodes were opened for the syntax around this level.
    opened: u8,
    /// Holes of the string around this level, as ranges of the text.
    holes: Vec<Span>,
    /// Where the callee of the call around this level ends, as long as it is open.
    callee: Option<Callee>,
    /// What the first child and the others are, whatever the role of what is around this level says.
    pair: Option<(Slot, Slot)>,
    /// Whether the first child is past.
    past_first: bool,
    /// Whether an argument with a name is open in the call around this level.
    labelled: bool,
    /// Which table of roles holds.
    table: usize,
    /// Whether names on this level are given a value.
    targets: bool,
    /// Whether children before `=>` are keys.
    pairs: bool,
    /// Whether an entry is open that has no value yet.
    waits: bool,
    /// Whether a class is open that the next one ends.
    package: bool,
    /// For each child of a pipe but the first, the last one first, whether what it makes is open already.
    piped: Vec<bool>,
}

/// What a method call calls, put together from its parts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Callee {
    /// A member of an object; it ends here.
    Member(usize),
    /// A plain name.
    Name,
    /// What is called is known; further names in the call are those of its arguments.
    Past,
}

impl<'r> Level<'r> {
    /// Whether what stands on this level plays the part of what is around it.
    fn wraps(&self) -> bool {
        self.known.is_some_and(|known| known.role.makes == Makes::Wrap)
    }

    fn new(known: Option<&'r Known>, inherited: Part) -> Self {
        Self {
            known,
            inherited,
            opened: 0,
            holes: Vec::new(),
            callee: None,
            pair: None,
            past_first: false,
            labelled: false,
            table: 0,
            targets: false,
            pairs: false,
            waits: false,
            package: false,
            piped: Vec::new(),
        }
    }
}

/// Lowers a tree into the builder.
pub(super) fn walk(tree: &Tree, language: &'static Language, text: &str, builder: &mut Builder<'_>) {
    let roles = Roles::of(language);
    let mut cursor = tree.walk();
    let root = roles.get(0, cursor.node(), text);
    let mut levels = vec![Level::new(root, Part::In(Slot::Body))];
    if !cursor.goto_first_child() {
        note_errors(cursor.node(), builder);
        return;
    }
    loop {
        let syntax = cursor.node();
        let descend = enter(syntax, cursor.field_id().map(std::num::NonZero::get), roles, text, builder, &mut levels);
        let deep = levels.len() > builder.limits.max_depth;
        if descend && deep && syntax.child_count() > 0 {
            builder.gap(span(syntax), format!("nested deeper than {}", builder.limits.max_depth));
        }
        if descend && !deep && cursor.goto_first_child() {
            continue;
        }
        leave(text, builder, &mut levels);
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() || levels.len() <= 1 {
                return;
            }
            leave(text, builder, &mut levels);
        }
    }
}

/// Opens what `syntax` makes and pushes the level of its children; says whether to look at them.
fn enter<'r>(
    syntax: Syntax<'_>,
    field: Option<u16>,
    roles: &'r Roles,
    text: &str,
    builder: &mut Builder<'_>,
    levels: &mut Vec<Level<'r>>,
) -> bool {
    note_errors(syntax, builder);
    let here = span(syntax);
    if let Some(around) = levels.last_mut()
        && let Some(Callee::Member(end)) = around.callee
        && syntax.start_byte() >= end
    {
        close_callee(builder, around);
    }
    let later = levels.last().is_some_and(|around| around.past_first);
    let mut part = part_of(field, syntax, levels.last_mut());
    if let Some(around) = levels.last_mut()
        && part == Part::In(Slot::Property)
        && around.callee == Some(Callee::Past)
    {
        label(here, builder, around);
        levels.push(Level::new(None, Part::Out));
        return false;
    }
    if part == Part::Parameters && levels.last().is_some_and(Level::wraps) {
        part = match builder.node(builder.top()).kind {
            // What looks like a function that is declared in another may be an object that is made.
            Kind::Assign => Part::In(Slot::Value),
            Kind::Parameter => Part::Out,
            _ => part,
        };
    }
    let mut level = Level::new(None, part);
    let table = levels.last().map_or(0, |around| around.table);
    let known = roles.get(table, syntax, text);
    level.table = known.and_then(|known| known.inside).unwrap_or(table);
    if let Some(around) = levels.last_mut().filter(|_| syntax.is_named() && !syntax.is_extra()) {
        // What it makes was opened with the pipe.
        if later && let Some(opened) = around.piped.pop() {
            level.opened = u8::from(opened);
            level.known = known;
            level.inherited = Part::In(Slot::Callee);
            levels.push(level);
            return true;
        }
        if let Some(entered) = entry(known, syntax, &mut part, text, roles, builder, around, &mut level) {
            levels.push(level);
            return entered;
        }
    }
    let wrapper = match part {
        Part::Else => Some((Kind::Branch, Slot::Else, Slot::Body)),
        Part::Unless => Some((Kind::Not, Slot::Condition, Slot::Value)),
        Part::Lambda => Some((Kind::Function, Slot::Argument, Slot::Body)),
        _ => None,
    };
    if let Some((kind, outer, inner)) = wrapper {
        if syntax.is_named() {
            level.opened += u8::from(builder.open(kind, outer, here, None).is_some());
        }
        part = Part::In(inner);
        level.inherited = part;
    }
    if part == Part::Entry && syntax.is_named() {
        let slot = if builder.node(builder.top()).kind == Kind::Call { Slot::Argument } else { Slot::Value };
        level.opened += u8::from(builder.open(Kind::Entry, slot, here, None).is_some());
        level.known = known;
        level.pair = Some((Slot::Key, Slot::Value));
        levels.push(level);
        return true;
    }
    let mut descend = syntax.is_named() && part != Part::Out;
    let wraps_name =
        known.is_some_and(|known| known.role.makes == Makes::Node(Kind::Name) && known.role.rest == Part::In(Slot::Name));
    if let Part::In(Slot::Name | Slot::Key | Slot::Property) = part
        && wraps_name
        && syntax.named_child_count() > 0
    {
        // A sigil stands before the name.
    } else if let Part::In(Slot::Name | Slot::Key | Slot::Property) = part
        && descend
        && known.is_some_and(|known| matches!(known.role.makes, Makes::Wrap | Makes::Scoped))
    {
        // The name is in it.
        level.known = known;
    } else if let Part::In(slot @ (Slot::Name | Slot::Key | Slot::Property)) = part
        && descend
    {
        if slot == Slot::Name && builder.node(builder.top()).kind == Kind::Parameter && syntax.named_child_count() > 0 {
            level.inherited = Part::In(Slot::Target);
            level.known = known.filter(|known| known.role.makes == Makes::Node(Kind::List));
        } else {
            name_top(here, text, roles.names, builder);
            descend = false;
        }
    } else if let Some(known) = known.filter(|_| descend) {
        descend = make(known, syntax, part, text, roles, builder, levels, &mut level);
    }
    levels.push(level);
    descend
}

/// Keys of entries that have no syntax of their own, and their values; says whether to look inside, where it is one.
#[expect(clippy::too_many_arguments, reason = "a step of `enter`, which has them all")]
fn entry<'r>(
    known: Option<&'r Known>,
    syntax: Syntax<'_>,
    part: &mut Part,
    text: &str,
    roles: &Roles,
    builder: &mut Builder<'_>,
    around: &mut Level<'r>,
    level: &mut Level<'r>,
) -> Option<bool> {
    let here = span(syntax);
    let makes = known.map(|known| known.role.makes);
    let flag = makes == Some(Makes::Flag);
    if around.waits && makes != Some(Makes::Skip) {
        around.waits = false;
        if flag {
            builder.close();
        } else {
            // The entry closes with its value.
            level.opened = 1;
            *part = Part::In(Slot::Value);
            level.inherited = *part;
            return None;
        }
    }
    let key = flag || around.pairs && text[here.end as usize..].trim_start().starts_with("=>");
    if !key {
        return None;
    }
    let slot = if builder.node(builder.top()).kind == Kind::Call { Slot::Argument } else { Slot::Value };
    around.waits = builder.open(Kind::Entry, slot, here, None).is_some();
    if around.waits {
        name_top(here, text, roles.names, builder);
    }
    Some(false)
}

/// Opens what each child of a pipe but the first makes, so that what stands before it is handed to it.
fn pipe<'r>(syntax: Syntax<'_>, mut slot: Slot, roles: &Roles, text: &str, builder: &mut Builder<'_>, level: &mut Level<'r>) {
    let mut cursor = syntax.walk();
    let parts: Vec<Syntax<'_>> = syntax.named_children(&mut cursor).filter(|child| !child.is_extra()).collect();
    if parts.len() > builder.limits.max_depth {
        return builder.gap(span(syntax), format!("nested deeper than {}", builder.limits.max_depth));
    }
    for next in parts.iter().skip(1).rev() {
        let kind = match roles.get(level.table, *next, text).map(|known| known.role.makes) {
            Some(Makes::Node(kind) | Makes::NodeIn(kind, _) | Makes::NodeOf(kind)) => kind,
            _ => Kind::Call,
        };
        let whole = Span::new(syntax.start_byte(), next.end_byte());
        level.piped.push(builder.open(kind, slot, whole, None).is_some());
        slot = match kind {
            Kind::Call => Slot::Argument,
            Kind::Branch => Slot::Condition,
            Kind::Loop => Slot::Iterable,
            _ => Slot::Value,
        };
    }
    level.pair = Some((slot, slot));
}

#[expect(clippy::too_many_arguments, reason = "a step of `enter`, which has them all")]
fn make<'r>(
    known: &'r Known,
    syntax: Syntax<'_>,
    part: Part,
    text: &str,
    roles: &Roles,
    builder: &mut Builder<'_>,
    levels: &mut [Level<'r>],
    level: &mut Level<'r>,
) -> bool {
    let here = span(syntax);
    let slot = match part {
        Part::In(slot) => slot,
        Part::Parameters | Part::Out | Part::Else | Part::Unless | Part::Entry | Part::Lambda | Part::Same => Slot::Name,
    };
    level.known = Some(known);
    match known.role.makes {
        Makes::Skip => return false,
        Makes::Block if part == Part::Parameters => level.known = None,
        Makes::Block | Makes::Wrap | Makes::Again | Makes::Through(_) | Makes::Worded(..) => (),
        Makes::Scoped => return open(Kind::Member, slot, part, syntax, text, builder, level),
        Makes::Declaration => {
            let local = builder.node(builder.top()).scope != NodeId::FILE || builder.node(builder.top()).kind == Kind::Function;
            if !local && declares_function(syntax) {
                return false;
            }
            return open(Kind::Assign, slot, part, syntax, text, builder, level);
        }
        Makes::Key | Makes::Flag => {
            name_top(here, text, roles.names, builder);
            return false;
        }
        Makes::Pairs => {
            level.known = None;
            level.pairs = true;
        }
        Makes::Pipe => pipe(syntax, slot, roles, text, builder, level),
        Makes::Keyword(kind) => {
            let descend = open(kind, slot, part, syntax, text, builder, level);
            let keyword = syntax.child(0).filter(|_| level.opened > 0);
            if let Some(keyword) = keyword {
                name_top(span(keyword), text, &Names::NONE, builder);
            }
            return descend;
        }
        Makes::Package => {
            let held = near(syntax).any(|child| known.kinds.iter().any(|(kind, _)| *kind == child.kind_id()));
            let around = levels.last_mut().filter(|_| !held);
            let Some(around) = around else { return open(Kind::Class, slot, part, syntax, text, builder, level) };
            if std::mem::take(&mut around.package) {
                builder.close();
                around.opened = around.opened.saturating_sub(1);
            }
            let whole = builder.local(builder.top()).map_or(here.end, |whole| whole.end);
            let rest = Span { start: here.start, end: whole.max(here.end) };
            around.package = builder.open(Kind::Class, slot, rest, None).is_some();
            around.opened += u8::from(around.package);
            if let Some(name) = syntax.child_by_field_name("name").filter(|_| around.package) {
                name_top(span(name), text, roles.names, builder);
            }
            return false;
        }
        Makes::Hole => {
            let top = builder.top();
            builder.node_mut(top).kind = Kind::Template;
            if let Some(string) = levels.iter_mut().rev().find(|level| level.opened > 0) {
                string.holes.push(here);
            }
        }
        Makes::Short => {
            level.opened += u8::from(builder.open(Kind::Entry, slot, here, Some(here)).is_some());
            level.opened += u8::from(builder.open(Kind::Name, Slot::Value, here, Some(here)).is_some());
        }
        Makes::Path => {
            let name = path_in(here, text);
            level.opened += u8::from(builder.open(Kind::Import, slot, here, Some(name)).is_some());
            return false;
        }
        Makes::Method => {
            let field = |wanted: Slot| {
                let part = known.role.fields.iter().find(|(_, part)| *part == Part::In(wanted))?.0;
                named(syntax, part)
            };
            let (object, name) = (field(Slot::Object), field(Slot::Property));
            let mut handed = known.role.fields.iter().filter(|(_, part)| *part == Part::In(Slot::Argument)).peekable();
            let bare = handed.peek().is_some() && handed.all(|(part, _)| named(syntax, part).is_none());
            // Without parentheses it may be an attribute, and where its value is used it is as good as one.
            if bare && object.is_some() && slot != Slot::Body {
                return open(Kind::Member, slot, part, syntax, text, builder, level);
            }
            let called = |names: &[&str]| name.is_some_and(|name| names.contains(&span(name).of(text)));
            // What runs a function for each element is a loop over its elements.
            let function = syntax.child_by_field_name("block").is_some();
            let (mut slot, mut part) = (slot, part);
            if function && called(known.names.iterators) {
                level.opened += u8::from(builder.open(Kind::Loop, slot, here, None).is_some());
                (slot, part) = (Slot::Iterable, Part::In(Slot::Iterable));
            }
            let compares = called(known.names.comparers);
            let kind = if compares { Kind::Compare } else { Kind::Call };
            let descend = open(kind, slot, part, syntax, text, builder, level);
            level.callee = match (object, name) {
                (Some(object), Some(name)) => {
                    let whole = Span::new(object.start_byte(), name.end_byte().max(object.end_byte()));
                    let opened = builder.open(Kind::Member, Slot::Callee, whole, None).is_some();
                    level.opened += u8::from(opened);
                    opened.then_some(Callee::Member(whole.end as usize))
                }
                _ => Some(Callee::Name),
            };
            return descend;
        }
        Makes::Operator => {
            if let Some(operator) = syntax.child_by_field_name("operator")
                && span(operator).of(text) == "=>"
            {
                level.pair = Some((Slot::Key, Slot::Value));
                return open(Kind::Entry, slot, part, syntax, text, builder, level);
            }
            // An operator before its operand may have no name.
            let operator = syntax.child_by_field_name("operator").or_else(|| syntax.child(0).filter(|child| !child.is_named()));
            let written = |operator: Syntax<'_>| span(operator).of(text);
            let assigns = operator.is_some_and(|operator| matches!(written(operator), "<-" | "<<-" | "=" | ":=" | "+="));
            let kind = operator.and_then(|operator| match written(operator) {
                "==" | "!=" | "===" | "!==" | "<" | ">" | "<=" | ">=" | "in" | "instanceof" | "~=" | "<>" | "%in%" | "=~"
                | "<=>" | "is" | "!~" | "not in" => Some(Kind::Compare),
                "!" | "not" => Some(Kind::Not),
                _ => None,
            });
            match kind {
                Some(kind) => level.opened += u8::from(builder.open(kind, slot, here, None).is_some()),
                None if assigns => {
                    level.opened += u8::from(builder.open(Kind::Assign, slot, here, None).is_some());
                    level.pair = Some((Slot::Target, Slot::Value));
                }
                None => level.known = None,
            }
        }
        Makes::NodeWith(kind, field) if syntax.child_by_field_name(field).is_some() => {
            return open(kind, slot, part, syntax, text, builder, level);
        }
        Makes::NodeWith(..) => (),
        Makes::NodeOf(kind) if syntax.named_child_count() > 1 => {
            return open(kind, slot, part, syntax, text, builder, level);
        }
        Makes::NodeIf(kind, field) if syntax.child_by_field_name(field).is_some() => {
            return open(kind, slot, part, syntax, text, builder, level);
        }
        Makes::NodeOf(_) | Makes::NodeIf(..) => level.known = None,
        // What is handed to an object that is made is no parameter.
        Makes::Node(Kind::Parameter) if part == Part::In(Slot::Value) => level.known = None,
        // What stands behind the sigil is no name.
        Makes::Node(Kind::Name)
            if known.role.rest == Part::In(Slot::Name)
                && syntax.named_child(0).is_some_and(|child| {
                    child.named_child_count() > 0 && roles.get(0, child, text).is_some_and(|known| known.inside.is_some())
                }) =>
        {
            level.known = None;
        }
        Makes::Node(kind) | Makes::NodeIn(kind, _) | Makes::Joined(kind) => {
            let compares = kind == Kind::Call && !known.names.comparers.is_empty() && compares(known, syntax, text);
            let kind = if compares { Kind::Compare } else { kind };
            let through = |level: &Level<'_>| level.known.is_some_and(|known| matches!(known.role.makes, Makes::Through(_)));
            let around = levels.iter_mut().rev().take(3).find(|level| !through(level));
            if let Some(string) = around.filter(|level| level.known.is_some_and(is_string))
                && kind != Kind::Literal
            {
                // An expression in a string is a hole without a syntax of its own.
                let top = builder.top();
                builder.node_mut(top).kind = Kind::Template;
                string.holes.push(here);
            }
            return open(kind, slot, part, syntax, text, builder, level);
        }
    }
    true
}

fn open(
    kind: Kind,
    slot: Slot,
    part: Part,
    syntax: Syntax<'_>,
    text: &str,
    builder: &mut Builder<'_>,
    level: &mut Level<'_>,
) -> bool {
    let here = span(syntax);
    let pattern = kind == Kind::List && (slot == Slot::Target || part == Part::Parameters);
    // A name among parameters is one; a string that is a statement says nothing to the program.
    let kind = match kind {
        Kind::Name if part == Part::Parameters => Kind::Parameter,
        // What a class is made with is what it holds.
        Kind::Parameter if builder.node(builder.top()).kind == Kind::Class => Kind::Assign,
        Kind::List if part == Part::Parameters => Kind::Parameter,
        // What is picked out under a key.
        Kind::Entry if slot == Slot::Target => Kind::List,
        Kind::Literal if slot == Slot::Body && !level.known.is_some_and(|known| known.gives_last) => Kind::Comment,
        other => other,
    };
    let slot = match kind {
        // What a pattern is compared with.
        Kind::Literal | Kind::Value | Kind::Compare
            if slot == Slot::Target && builder.node(builder.top()).kind == Kind::Branch =>
        {
            Slot::Condition
        }
        _ => slot,
    };
    let names = level.known.map_or(&Names::NONE, |known| known.names);
    let name = match kind {
        Kind::Name | Kind::Parameter if syntax.named_child_count() == 0 => Some(bare(here, text, names)),
        Kind::Import if syntax.named_child_count() == 0 => Some(here),
        Kind::Literal | Kind::Comment => Some(inside_quotes(here, text)),
        _ => None,
    };
    if kind == Kind::Parameter && part == Part::Parameters {
        level.inherited = Part::In(Slot::Target);
    }
    level.targets = pattern || kind == Kind::List && slot == Slot::Target;
    let opened = builder.open(kind, slot, here, name).is_some();
    level.opened += u8::from(opened);
    opened
}

/// Closes the member that a call calls, before its arguments come.
fn close_callee(builder: &mut Builder<'_>, level: &mut Level<'_>) {
    let member = builder.top();
    builder.close();
    name_by_child(member, builder);
    level.opened = level.opened.saturating_sub(1);
    level.callee = Some(Callee::Past);
}

/// Names the next argument of a call, which is open until another one is named or the call ends.
fn label(here: Span, builder: &mut Builder<'_>, level: &mut Level<'_>) {
    if level.labelled {
        builder.close();
        level.opened = level.opened.saturating_sub(1);
    }
    level.labelled = builder.open(Kind::Entry, Slot::Argument, here, Some(here)).is_some();
    level.opened += u8::from(level.labelled);
}

/// Whether a declaration is of a function and not of a pointer to one.
fn declares_function(syntax: Syntax<'_>) -> bool {
    let first = syntax.child_by_field_name("declarator").filter(|first| first.child_by_field_name("value").is_none());
    let mut nested =
        std::iter::successors(first, |of| of.child_by_field_name("declarator").or_else(|| of.named_child(0))).take(8);
    nested.any(|inner| {
        let named = inner.child_by_field_name("declarator");
        inner.child_by_field_name("parameters").is_some() && named.is_some_and(|named| named.kind() != "parenthesized_declarator")
    })
}

/// Whether a call compares what it is handed, by the last part of what it calls.
fn compares(known: &Known, syntax: Syntax<'_>, text: &str) -> bool {
    let callee = known.role.fields.iter().find(|(_, part)| *part == Part::In(Slot::Callee));
    let written = callee.and_then(|(field, _)| syntax.child_by_field_name(field)).map_or("", |callee| span(callee).of(text));
    known.names.comparers.contains(&written.rsplit(['.', ':', '>']).next().unwrap_or(written))
}

/// Closes what was opened for the level left.
fn leave(text: &str, builder: &mut Builder<'_>, levels: &mut Vec<Level<'_>>) {
    let Some(level) = levels.pop() else { return };
    for _ in 0..level.opened + u8::from(level.waits) {
        let id = builder.top();
        let kind = builder.node(id).kind;
        let whole = level.known.is_some_and(joins);
        if kind.is_text() && (whole || !levels.last().and_then(|around| around.known).is_some_and(joins)) {
            let gaps = if whole { builder.gaps_between(id) } else { Vec::new() };
            lower_sql(id, &level.holes, &gaps, text, builder);
        }
        builder.close();
        name_by_child(id, builder);
        let returners = level.known.map_or(&[][..], |known| known.names.returners);
        if kind == Kind::Call && !returners.is_empty() && builder.says(id, text).is_some_and(|name| returners.contains(&name)) {
            builder.node_mut(id).kind = Kind::Return;
        }
    }
}

/// A call is named by its callee, an assignment by its target, a member by its index.
fn name_by_child(id: NodeId, builder: &mut Builder<'_>) {
    let node = builder.node(id);
    if node.name.is_some() {
        return;
    }
    let giver = match node.kind {
        Kind::Call => Slot::Callee,
        Kind::Assign => Slot::Target,
        Kind::Member => Slot::Index,
        Kind::Decorator => Slot::Value,
        _ => return,
    };
    let first = NodeId(id.0 + 1);
    let mut child = first;
    while child < node.end {
        let at = builder.node(child);
        if at.slot == giver && matches!(at.kind, Kind::Name | Kind::Member | Kind::Literal | Kind::Call) {
            let name = at.name;
            builder.node_mut(id).name = name;
            return;
        }
        child = at.end;
    }
}

/// Lowers the inside of a string that is SQL.
///
/// Expressions stand in its `holes`, and nothing in its `gaps`.
fn lower_sql(id: NodeId, holes: &[Span], gaps: &[Span], text: &str, builder: &mut Builder<'_>) {
    let Some(here) = builder.local(id) else { return };
    let inside = inside_quotes(here, text);
    let content = inside.of(text);
    if content.len() < 12 || !sql::opens_like_sql(content) {
        return;
    }
    let mut masked = content.as_bytes().to_vec();
    let filled = holes.iter().map(|hole| (hole, b'_')).chain(gaps.iter().map(|gap| (gap, b' ')));
    for (hole, filling) in filled {
        let from = (hole.start.max(inside.start) - inside.start) as usize;
        let to = (hole.end.min(inside.end).max(inside.start) - inside.start) as usize;
        if let Some(bytes) = masked.get_mut(from..to) {
            bytes.fill(filling);
        }
    }
    mask_escapes(&mut masked);
    if let Ok(masked) = String::from_utf8(masked)
        && sql::looks_like_sql(&masked)
    {
        build::sql_at(builder, &masked, inside.start, Slot::Value);
    }
}

/// Turns `\n`, `\"` and their kind into spaces, so that the text keeps its length.
fn mask_escapes(bytes: &mut [u8]) {
    let mut at = 0;
    while at + 1 < bytes.len() {
        if bytes[at] == b'\\' && bytes[at + 1].is_ascii() {
            bytes[at] = b' ';
            if !matches!(bytes[at + 1], b'\'' | b'"') {
                bytes[at + 1] = b' ';
            }
            at += 1;
        }
        at += 1;
    }
}

fn name_top(here: Span, text: &str, names: &Names, builder: &mut Builder<'_>) {
    let top = builder.top();
    if builder.node(top).name.is_none() {
        let name = builder.file_span(inside_quotes(bare(here, text, names), text));
        builder.node_mut(top).name = Some(name);
    }
}

/// Whether it is several strings that are one, since they stand side by side.
fn joins(known: &Known) -> bool {
    matches!(known.role.makes, Makes::Joined(_))
}

fn is_string(known: &Known) -> bool {
    matches!(known.role.makes, Makes::Node(Kind::Literal | Kind::Template) | Makes::Joined(_))
}

fn part_of(field: Option<u16>, syntax: Syntax<'_>, around: Option<&mut Level<'_>>) -> Part {
    let Some(level) = around else { return Part::In(Slot::Body) };
    let Some(known) = level.known else {
        level.past_first |= syntax.is_named() && !syntax.is_extra();
        return level.inherited;
    };
    let first = !level.past_first && syntax.is_named() && !syntax.is_extra();
    level.past_first |= first;
    if let Some((key, value)) = level.pair {
        let value = if level.targets { Slot::Target } else { value };
        return Part::In(if first { key } else { value });
    }
    let by_field = || field.and_then(|field| known.fields.iter().find(|(id, _)| *id == field));
    let by_kind = || known.kinds.iter().find(|(id, _)| *id == syntax.kind_id());
    let by_place = known.first.filter(|_| first).map(|part| (0, part));
    let named = by_field().or_else(by_kind).copied().or(by_place);
    let rest = if matches!(known.role.makes, Makes::Through(_)) { level.inherited } else { known.role.rest };
    match named.map_or(rest, |(_, part)| part) {
        Part::Same => level.inherited,
        Part::In(Slot::Argument) if level.labelled => Part::In(Slot::Value),
        Part::In(Slot::Value) if level.targets => Part::In(Slot::Target),
        Part::In(Slot::Property) if level.callee == Some(Callee::Name) => Part::In(Slot::Callee),
        part => part,
    }
}

fn note_errors(syntax: Syntax<'_>, builder: &mut Builder<'_>) {
    if syntax.is_error() || syntax.is_missing() {
        builder.gap(span(syntax), "syntax error".to_owned());
    }
}

fn span(syntax: Syntax<'_>) -> Span {
    Span::new(syntax.start_byte(), syntax.end_byte())
}
