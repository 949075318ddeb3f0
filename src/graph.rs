//! The small graph that every language is lowered to.
//!
//! Nodes stand in source order (preorder), so the inside of a node is the range up to its `end`.
//! Edges say which values flow where. A node's name and span are ranges of the file's text.
//! Nothing here knows a language, a word or a rule.

use std::{collections::BTreeMap, sync::Arc};

use crate::span::Span;

/// A node's number: its place in `Graph::nodes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(pub u32);

impl NodeId {
    /// The file itself, the root of every graph.
    pub const FILE: Self = Self(0);

    /// As an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

macro_rules! kinds {
    ($($variant:ident $name:literal $doc:literal,)*) => {
        /// What a node is.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $(#[doc = $doc] $variant,)* }

        impl Kind {
            /// Every kind, with the name that pack files use.
            pub const ALL: &'static [(Self, &'static str)] = &[$((Self::$variant, $name),)*];

            /// The name that pack files use.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }
        }
    };
}

kinds! {
    File "file" "The whole file; also the scope of top-level code.",
    Import "import" "A name brought in from a module.",
    Function "function" "A function, method or lambda.",
    Class "class" "A class, interface, record or enumeration.",
    Table "table" "A table, view or model that is created.",
    Column "column" "A column of a created table.",
    Parameter "parameter" "A parameter of a function.",
    Name "name" "A use of a name.",
    Member "member" "A member or element of a value: `a.b`, `a[b]`.",
    Literal "literal" "A string.",
    Template "template" "A string with holes.",
    Value "value" "A number or another constant.",
    Call "call" "A call; its name is the callee's last part.",
    Entry "entry" "A key with its value: in a mapping, a config, or as a named argument.",
    List "list" "A list, tuple, set or mapping.",
    Compare "compare" "A comparison.",
    Not "not" "A negation.",
    Branch "branch" "A condition with what it guards; also each other arm of it.",
    Assign "assign" "A value given to a name, member or element.",
    Return "return" "A value given back.",
    Leave "leave" "What leaves a block without a value: an error raised, the next turn of a loop.",
    Loop "loop" "A loop or comprehension clause.",
    Catch "catch" "What is done when something fails.",
    Decorator "decorator" "A decorator or annotation.",
    Query "query" "An SQL statement.",
    Select "select" "The columns that a query gives.",
    From "from" "A table that a query reads.",
    Join "join" "A table that a query joins, and on what.",
    Filter "filter" "A condition on rows: WHERE, HAVING.",
    Group "group" "What rows are grouped or partitioned by.",
    Case "case" "A CASE expression.",
    Insert "insert" "A table that a query writes rows to.",
    Update "update" "A table whose rows a query changes.",
    Delete "delete" "A table that a query deletes rows of.",
    Comment "comment" "A comment.",
}

impl Kind {
    /// Words of which one stands in every text that has a node of this kind; empty where any text may have one.
    #[must_use]
    pub fn keywords(self) -> &'static [&'static str] {
        match self {
            Self::Group => &["group", "partition", "distinct", "pivot", "cluster", "distribute"],
            Self::Insert => &["insert", "into"],
            Self::Update => &["update"],
            Self::Select => &["select"],
            Self::Table | Self::Column => &["create", "alter", "model"],
            Self::Case => &["case"],
            _ => &[],
        }
    }

    /// Whether it is a text, which may hold SQL.
    #[must_use]
    pub fn is_text(self) -> bool {
        matches!(self, Self::Literal | Self::Template)
    }

    /// Whether it is a clause of an SQL statement, not a statement of its own.
    #[must_use]
    pub fn is_clause(self) -> bool {
        matches!(self, Self::Select | Self::From | Self::Join | Self::Filter | Self::Group | Self::Case | Self::Column)
    }
}

/// The part that a node plays in its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// One of a sequence of statements or members: no value moves.
    Body,
    /// What is called.
    Callee,
    /// What is handed to a call.
    Argument,
    /// What a member is taken of.
    Object,
    /// The name of a member.
    Property,
    /// The index of an element.
    Index,
    /// What is assigned to, or bound by a loop.
    Target,
    /// What the parent's value is made of.
    Value,
    /// The key of an entry.
    Key,
    /// A condition.
    Condition,
    /// What happens where the condition does not hold.
    Else,
    /// What a loop runs over.
    Iterable,
    /// The name of a definition, import or alias.
    Name,
    /// A declared type.
    Type,
    /// The default of a parameter.
    Default,
}

/// One node.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it is.
    pub kind: Kind,
    /// The part it plays in its parent.
    pub slot: Slot,
    /// All of it, in the file's text.
    pub span: Span,
    /// Its own name: identifier, key, callee's last part, column, table, or the inside of a string.
    pub name: Option<Span>,
    /// What it stands inside; the file stands inside itself.
    pub parent: NodeId,
    /// One past its last descendant.
    pub end: NodeId,
    /// The function or file whose code it is part of. A function's own node belongs to the scope around it.
    pub scope: NodeId,
    /// The import path it resolves to, such as `tweepy.Client.get_users_followers`; parts are joined by `.`.
    pub path: Option<Arc<str>>,
    /// Which notebook cell it stands in, from 1; 0 outside notebooks.
    pub cell: u32,
}

/// The graph of one file.
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// In source order; the first is the file.
    pub nodes: Vec<Node>,
    /// Pairs (value, where it goes), sorted by the first, without repeats.
    pub flows: Vec<(NodeId, NodeId)>,
    /// The same pairs turned round, sorted.
    pub backward: Vec<(NodeId, NodeId)>,
    /// Calls that run a function for each element, as loops do, in order.
    pub iterators: Vec<NodeId>,
    /// What could not be read, with its place: syntax errors, limits reached.
    pub gaps: Vec<Gap>,
    /// Where the lines of each notebook cell start in the file's text, by cell number.
    pub cells: BTreeMap<u32, Vec<u32>>,
    /// What stood there in another way before it was made plain, sorted by place.
    pub hidden: Vec<Hidden>,
}

/// A part of the text whose plain form did not show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Where its plain form stands.
    pub span: Span,
    /// How it was hidden.
    pub how: How,
    /// The plain form, cut where it is long.
    pub plain: Arc<str>,
}

/// How the plain form of a text is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum How {
    /// Letters of another script that look like it.
    Lookalike,
    /// Characters inside it that nobody sees.
    Invisible,
    /// Escapes of letters that need none.
    Escaped,
    /// Pieces that are put together when it runs.
    Split,
    /// Text that is decoded when it runs.
    Encoded,
}

impl How {
    /// Every way, with the name that pack files use.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Lookalike, "lookalike"),
        (Self::Invisible, "invisible"),
        (Self::Escaped, "escaped"),
        (Self::Split, "split"),
        (Self::Encoded, "encoded"),
    ];

    /// The way of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(how, _)| *how)
    }
}

/// A part of a file that could not be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gap {
    /// Where.
    pub span: Span,
    /// Why, in a few words.
    pub reason: String,
}

impl Graph {
    /// The node of that number.
    #[must_use]
    pub fn node(&self, id: NodeId) -> &Node {
        &self.nodes[id.index()]
    }

    /// What of a node's own name was hidden.
    pub fn hidden_at(&self, id: NodeId) -> impl Iterator<Item = &Hidden> {
        let name = self.node(id).name.unwrap_or_default();
        let before = self.hidden.partition_point(|hidden| hidden.span.start < name.end);
        // Only what is hidden in several layers overlaps, so that few of those before can reach the name.
        self.hidden[..before].iter().rev().take(8).filter(move |hidden| name.start < hidden.span.end)
    }

    /// Whether a node is a statement: part of a sequence, and no mere clause of one.
    #[must_use]
    pub fn is_statement(&self, id: NodeId) -> bool {
        let node = self.node(id);
        matches!(node.slot, Slot::Body | Slot::Else) && !node.kind.is_clause()
    }

    /// Every node's number, in source order.
    pub fn ids(&self) -> impl Iterator<Item = NodeId> + use<> {
        (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).map(NodeId)
    }

    /// The numbers of a node and all that stands inside it.
    pub fn inside(&self, id: NodeId) -> impl Iterator<Item = NodeId> + use<> {
        (id.0..self.node(id).end.0).map(NodeId)
    }

    /// The nodes right inside a node, in source order.
    pub fn children(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let end = self.node(id).end;
        let first = Some(NodeId(id.0 + 1)).filter(|first| *first < end);
        std::iter::successors(first, move |at| Some(self.node(*at).end).filter(|next| *next < end))
    }

    /// The first node right inside a node that plays this part.
    #[must_use]
    pub fn child(&self, id: NodeId, slot: Slot) -> Option<NodeId> {
        self.children(id).find(|child| self.node(*child).slot == slot)
    }

    /// What a call is handed, in order.
    pub fn arguments(&self, call: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        self.children(call).filter(|child| self.node(*child).slot == Slot::Argument)
    }

    /// What a method is called on.
    #[must_use]
    pub fn object(&self, call: NodeId) -> Option<NodeId> {
        self.child(self.child(call, Slot::Callee)?, Slot::Object)
    }

    /// The decorators of a function or class, which stand right before it or inside it.
    pub fn decorators(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        let mut before = Vec::new();
        for child in self.children(self.node(id).parent).take_while(|child| *child < id) {
            match self.node(child).kind {
                Kind::Decorator => before.push(child),
                Kind::Comment => (),
                _ => before.clear(),
            }
        }
        before.into_iter().chain(self.children(id).filter(|child| self.node(*child).kind == Kind::Decorator))
    }

    /// The function or class that a decorator is put on.
    #[must_use]
    pub fn decorated(&self, decorator: NodeId) -> Option<NodeId> {
        let parent = self.node(decorator).parent;
        let defines = |id: NodeId| matches!(self.node(id).kind, Kind::Function | Kind::Class);
        let mut after = self.children(parent).skip_while(|child| *child <= decorator);
        let next = after.find(|child| !matches!(self.node(*child).kind, Kind::Decorator | Kind::Comment));
        next.into_iter().chain([parent]).find(|id| defines(*id))
    }

    /// What stands around a node, nearest first, without the file.
    pub fn around(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        std::iter::successors(Some(id), |at| Some(self.node(*at).parent)).skip(1).take_while(|at| *at != NodeId::FILE)
    }

    /// Where a node's value goes next.
    pub fn flows_from(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        neighbors(&self.flows, id)
    }

    /// What a node's value is made of.
    pub fn flows_into(&self, id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
        neighbors(&self.backward, id)
    }
}

fn neighbors(edges: &[(NodeId, NodeId)], id: NodeId) -> impl Iterator<Item = NodeId> + '_ {
    let first = edges.partition_point(|(from, _)| *from < id);
    edges[first..].iter().take_while(move |(from, _)| *from == id).map(|(_, to)| *to)
}
