//! Languages and formats: for each a row, and for those with a grammar a table of roles.
//!
//! A role says what a kind of syntax is in the graph that all languages share. Nothing else in the
//! program knows a language by name: to add one, add a file with its row and name it in `LANGUAGES`.

use crate::graph::{Kind, Slot};

mod bash;
mod c;
mod cpp;
mod csharp;
mod dart;
mod elixir;
mod go;
mod graphql;
mod hcl;
mod java;
mod javascript;
mod json;
mod kotlin;
mod lua;
mod notebook;
mod objc;
mod perl;
mod php;
mod powershell;
mod prisma;
mod properties;
mod python;
mod r;
mod ruby;
mod rust;
mod scala;
mod sql;
mod swift;
mod toml;
mod typescript;
pub mod yaml;

/// Every language, in the order in which `brightline languages` prints them.
pub static LANGUAGES: &[Language] = &[
    python::PYTHON,
    javascript::JAVASCRIPT,
    typescript::TYPESCRIPT,
    typescript::TSX,
    go::GO,
    kotlin::KOTLIN,
    ruby::RUBY,
    php::PHP,
    java::JAVA,
    dart::DART,
    swift::SWIFT,
    scala::SCALA,
    rust::RUST,
    r::R,
    lua::LUA,
    csharp::CSHARP,
    c::C,
    cpp::CPP,
    objc::OBJC,
    elixir::ELIXIR,
    perl::PERL,
    bash::BASH,
    powershell::POWERSHELL,
    sql::SQL,
    notebook::NOTEBOOK,
    yaml::YAML,
    json::JSON,
    toml::TOML,
    properties::PROPERTIES,
    prisma::PRISMA,
    graphql::GRAPHQL,
    hcl::HCL,
];

/// A language or format.
#[derive(Debug)]
pub struct Language {
    /// Its name, lower case, unique.
    pub name: &'static str,
    /// File extensions, lower case, without the dot.
    pub extensions: &'static [&'static str],
    /// Whole file names, lower case.
    pub files: &'static [&'static str],
    /// Names that others give it: in notebook kernels, cell magics and fences.
    pub aliases: &'static [&'static str],
    /// How it is read.
    pub reader: Reader,
}

impl Language {
    /// Whether its calls are seen.
    #[must_use]
    pub fn calls(&self) -> bool {
        self.makes(|kind| kind == Kind::Call)
    }

    /// Whether values are followed through its functions.
    #[must_use]
    pub fn flows(&self) -> bool {
        self.calls() && self.makes(|kind| kind == Kind::Function)
    }

    /// Whether it is SQL or has strings in which SQL is read.
    #[must_use]
    pub fn sql(&self) -> bool {
        matches!(self.reader, Reader::Sql) || self.makes(Kind::is_text)
    }

    /// Whether its table makes nodes of such a kind; a notebook has those of all tables.
    fn makes(&self, is_such: impl Fn(Kind) -> bool) -> bool {
        match &self.reader {
            Reader::Tree(syntax) => all(syntax.roles).into_iter().filter_map(|role| role.makes.kind()).any(is_such),
            Reader::Sql => false,
            Reader::Notebook => true,
        }
    }
}

impl Makes {
    /// The kind of node, where it makes one of a kind of its own.
    fn kind(self) -> Option<Kind> {
        match self {
            Self::Node(kind)
            | Self::NodeWith(kind, _)
            | Self::NodeIf(kind, _)
            | Self::NodeOf(kind)
            | Self::Joined(kind)
            | Self::NodeIn(kind, _)
            | Self::Keyword(kind) => Some(kind),
            Self::Method => Some(Kind::Call),
            _ => None,
        }
    }
}

/// The roles of a table and all that stand inside them.
fn all(roles: &'static [Role]) -> Vec<&'static Role> {
    let inside = |role: &'static Role| match role.makes {
        Makes::Worded(_, worded) => worded.iter().flat_map(|(_, role)| all(std::slice::from_ref(role))).collect(),
        Makes::NodeIn(_, roles) | Makes::Through(roles) => all(roles),
        _ => Vec::new(),
    };
    roles.iter().flat_map(|role| std::iter::once(role).chain(inside(role))).collect()
}

/// How a language is read.
#[derive(Debug)]
pub enum Reader {
    /// With a grammar and a table of roles.
    Tree(&'static Syntax),
    /// With the clause reader of `lower/sql`.
    Sql,
    /// As cells of code in other languages.
    Notebook,
}

/// A grammar, and what its syntax means.
#[derive(Debug)]
pub struct Syntax {
    /// The tree-sitter grammar.
    pub grammar: fn() -> tree_sitter::Language,
    /// What each kind of syntax is; kinds that are not named are transparent.
    pub roles: &'static [Role],
    /// What the language calls things.
    pub names: Names,
    /// How an import names what it brings in.
    pub imports: Imports,
    /// Whether a function gives back its last expression.
    pub gives_last: bool,
    /// The family of languages whose files see each other's names without an import that says the file.
    pub shares: Option<&'static str>,
    /// The language to try on a file in which this one meets errors.
    pub retry: Option<&'static str>,
    /// The line, from 1, for which a text must not reach the grammar, since its scanner is not safe there.
    pub guard: Option<fn(&str) -> Option<usize>>,
    /// What a preprocessor reads first: imports name files, and `*` follows a pointer.
    pub dialect: Option<Dialect>,
}

/// What a preprocessor takes a text for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// C.
    C,
    /// C++.
    Cpp,
    /// Objective-C.
    Objc,
}

/// How an import names what it brings in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Imports {
    /// By the first part of its path: `import a.b` brings in `a`.
    First,
    /// By the last part of its path: `import a.b.C` brings in `C`.
    Last,
}

macro_rules! names {
    ($($field:ident $doc:literal,)*) => {
        /// What a language calls things.
        #[derive(Clone, Copy, Debug)]
        pub struct Names { $(#[doc = $doc] pub $field: &'static [&'static str],)* }

        impl Names {
            /// A language that has none of them.
            pub(crate) const NONE: Self = Self { $($field: &[],)* };
        }

        /// What one or several languages call things: the lists of `Names`.
        #[derive(Clone, Debug, Default)]
        pub struct Habits {
            $(#[doc = $doc] pub $field: Vec<&'static str>,)*
            /// Whether imports name what they bring in by the last part of its path.
            pub last_parts: bool,
            /// Whether a function gives back its last expression.
            pub gives_last: bool,
        }

        impl Habits {
            fn add(&mut self, names: &Names) {
                $(self.$field.extend(names.$field);)*
            }
        }
    };
}

names! {
    receivers "Names of the object that a method works on.",
    importers "Calls that bring in the package that their first argument names, also without quotes.",
    loaders "Calls whose one string argument is a module and whose value is that module.",
    fillers "Methods that put their arguments into the object they are called on.",
    carriers "Methods that only set going what they are called on, so that its name is theirs too.",
    gatherers "Calls that give back what each of their arguments gives, in their order.",
    installers "Methods that put what they are handed before all that is registered on the same object.",
    joiners "Words in the names of calls that join the parts of a path.",
    counters "Calls and members that say only how many there are.",
    copiers "Calls that put all their arguments into the first one.",
    outs "What stands before an argument that a call may give a value to.",
    numberers "Calls that give each element with its number or key.",
    comparers "Methods that compare what they are called on with what they are handed.",
    preparers "Calls that make a statement ready to which values are handed later.",
    constructors "Names of the function that makes an object of its class.",
    returners "Calls that give back what they are handed from the function around them.",
    makers "Members of a class that are called to make an object of it.",
    iterators "Methods that run the function they are handed for each element, as a loop does.",
    attributes "What stands before the name of an attribute of the object that a method works on.",
    implicit "Names that a function has for what it is handed without declaring them.",
    sigils "What stands before a name and is no part of it.",
    packages "Names, without extension, of files that stand for their folder.",
    exports "What stands before a value that is all that its module gives.",
}

/// What some kinds of syntax are in the graph.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// Kinds of the grammar.
    pub syntax: &'static [&'static str],
    /// What they make.
    pub makes: Makes,
    /// What the children in these fields are to it; `:kind` stands for children of a kind, and `0` for the first one.
    pub fields: &'static [(&'static str, Part)],
    /// What all other children are to it.
    pub rest: Part,
}

/// What a kind of syntax makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Makes {
    /// A node.
    Node(Kind),
    /// A node where it has this field, else what `Block` makes.
    NodeWith(Kind, &'static str),
    /// A node where it has this field, else nothing.
    NodeIf(Kind, &'static str),
    /// A node where it has several children, else nothing.
    NodeOf(Kind),
    /// No node; its children are statements of what stands around it.
    Block,
    /// No node; what stands inside plays the part that it plays.
    Wrap,
    /// A member; where it gives a name, only its last part does.
    Scoped,
    /// An assignment; nothing where it only declares a function that is written elsewhere.
    Declaration,
    /// A node for strings that stand side by side and are one.
    Joined(Kind),
    /// No node; a hole in the string around it, which thereby is a template.
    Hole,
    /// The key of the entry around it.
    Key,
    /// An entry whose key is also the name of its value.
    Short,
    /// A call with its object, name and arguments side by side: the first two are the member that is called.
    Method,
    /// An import, named by the whole of its text.
    Path,
    /// A comparison, a negation or an assignment where its operator is one, else nothing.
    Operator,
    /// What the first role makes among whose words the text of this part is; a role without words is for all others.
    /// The part is a field, `:kind` for a child of that kind, or empty for any mark or keyword of its own.
    Worded(&'static str, &'static [(&'static [&'static str], Role)]),
    /// A node inside which these roles hold before the language's own.
    NodeIn(Kind, &'static [Role]),
    /// No node; children take the part of what stands around it, and inside it these roles hold before the language's own.
    Through(&'static [Role]),
    /// What `Block` makes; inside it only the language's own roles hold again.
    Again,
    /// A node that is named by the keyword it starts with.
    Keyword(Kind),
    /// Its children in a row, each handed to the next one.
    Pipe,
    /// The key of an entry whose value is what stands next to it, unless that is such a key as well.
    Flag,
    /// No node; a child before `=>` is the key of an entry whose value is the next child.
    Pairs,
    /// A piece of the code around it that opens a class which lasts to the next one, or a class where it has a body.
    Package,
    /// Nothing, nor does anything inside it.
    Skip,
}

/// What a child is to a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// It fills this slot.
    In(Slot),
    /// It is a list of parameters.
    Parameters,
    /// It is what happens where a condition does not hold, without a syntax of its own around it.
    Else,
    /// It is a condition that must not hold.
    Unless,
    /// It is an entry: its first child is the key, the others are the value.
    Entry,
    /// It plays the part of what is around it.
    Same,
    /// It is the body of a function that is handed over, without a syntax of its own around it.
    Lambda,
    /// It is left out.
    Out,
}

impl Role {
    const fn node(syntax: &'static [&'static str], kind: Kind, fields: &'static [(&'static str, Part)], rest: Slot) -> Self {
        Self::new(syntax, Makes::Node(kind), fields, rest)
    }

    const fn leaf(syntax: &'static [&'static str], kind: Kind) -> Self {
        Self::node(syntax, kind, &[], Slot::Value)
    }

    const fn plain(syntax: &'static [&'static str], makes: Makes, rest: Slot) -> Self {
        Self::new(syntax, makes, &[], rest)
    }

    const fn new(syntax: &'static [&'static str], makes: Makes, fields: &'static [(&'static str, Part)], rest: Slot) -> Self {
        Self { syntax, makes, fields, rest: Part::In(rest) }
    }
}

impl Habits {
    /// Those of a language; for notebooks those of all languages, since cells mix them.
    #[must_use]
    pub fn of(language: &Language) -> Self {
        let mixed = matches!(language.reader, Reader::Notebook);
        Self::merged(LANGUAGES.iter().filter(|other| mixed || other.name == language.name))
    }

    /// Those of every language.
    #[must_use]
    pub fn all() -> Self {
        Self::merged(LANGUAGES.iter())
    }

    fn merged(languages: impl Iterator<Item = &'static Language>) -> Self {
        let mut all = Self::default();
        for language in languages {
            if let Reader::Tree(syntax) = &language.reader {
                all.add(&syntax.names);
                all.last_parts |= syntax.imports == Imports::Last;
                all.gives_last |= syntax.gives_last;
            }
        }
        all
    }
}

/// The language of a file with this name; `None` where it is none of ours.
#[must_use]
pub fn of_file(path: &str) -> Option<&'static Language> {
    let file = path.rsplit('/').next().unwrap_or(path).to_ascii_lowercase();
    let named = LANGUAGES.iter().find(|language| language.files.contains(&file.as_str()));
    named.or_else(|| {
        let (_, extension) = file.rsplit_once('.')?;
        LANGUAGES.iter().find(|language| language.extensions.contains(&extension))
    })
}

/// Whether a preprocessor reads a file with this name first.
#[must_use]
pub fn is_preprocessed(path: &str) -> bool {
    match of_file(path).map(|language| &language.reader) {
        Some(Reader::Tree(syntax)) => syntax.dialect.is_some(),
        _ => false,
    }
}

/// The names of files that stand for their folder, in the language of a file with this name.
#[must_use]
pub fn packages(path: &str) -> &'static [&'static str] {
    match of_file(path).map(|language| &language.reader) {
        Some(Reader::Tree(syntax)) => syntax.names.packages,
        _ => &[],
    }
}

/// Whether a file with this name is written in a format that has keys and values, and no calls.
#[must_use]
pub fn is_config(path: &str) -> bool {
    of_file(path).is_some_and(|language| matches!(language.reader, Reader::Tree(_)) && !language.calls())
}

/// The family of languages whose files see each other's names, for a file with this name.
#[must_use]
pub fn shares(path: &str) -> Option<&'static str> {
    match of_file(path).map(|language| &language.reader) {
        Some(Reader::Tree(syntax)) => syntax.shares,
        _ => None,
    }
}

/// The language of this name or alias.
#[must_use]
pub fn named(name: &str) -> Option<&'static Language> {
    let name = name.to_ascii_lowercase();
    LANGUAGES.iter().find(|language| language.name == name || language.aliases.contains(&name.as_str()))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{LANGUAGES, Reader, all};

    #[test]
    fn every_row_owns_its_extensions_and_names_syntax_that_its_grammar_has() {
        let (mut owners, mut wrong) = (BTreeMap::new(), Vec::new());
        for language in LANGUAGES {
            for extension in language.extensions {
                assert_eq!(owners.insert(extension, language.name), None, ".{extension} is claimed twice");
            }
            let Reader::Tree(syntax) = &language.reader else { continue };
            let grammar = (syntax.grammar)();
            for role in all(syntax.roles) {
                for kind in role.syntax {
                    let known = (0..grammar.node_kind_count()).any(|id| grammar.node_kind_for_id(id as u16) == Some(kind));
                    wrong.extend((!known).then(|| format!("{}: no syntax {kind}", language.name)));
                }
                for (field, _) in role.fields.iter().filter(|(field, _)| *field != "0") {
                    let known = match field.strip_prefix(':') {
                        Some(kind) => grammar.id_for_node_kind(kind, true) != 0,
                        None => grammar.field_id_for_name(field).is_some(),
                    };
                    wrong.extend((!known).then(|| format!("{}: no field {field}", language.name)));
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
