//! Ruby.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Ruby, with rake files and gem specifications.
pub(super) const RUBY: Language = Language {
    name: "ruby",
    extensions: &["rb", "rake", "ru", "gemspec", "jbuilder"],
    files: &["rakefile", "gemfile", "guardfile", "capfile", "vagrantfile", "podfile", "fastfile"],
    aliases: &["rb", "iruby"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_ruby::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["self"],
            loaders: &["require", "require_relative"],
            fillers: &["push", "append", "concat", "merge!", "add", "store", "unshift", "update"],
            carriers: &["new", "execute", "run", "call", "perform", "perform_later", "perform_async", "perform_now"],
            gatherers: &["zip"],
            installers: &["before_action", "use"],
            joiners: &["join", "path", "expand"],
            counters: &["size", "length", "count"],
            numberers: &["each_with_index", "each_pair"],
            comparers: &["eql?", "equal?", "match?", "include?"],
            constructors: &["initialize"],
            makers: &["new", "create", "create!"],
            iterators: &[
                "each",
                "each_with_index",
                "each_slice",
                "find_each",
                "map",
                "flat_map",
                "select",
                "reject",
                "times",
                "loop",
                "collect",
                "any?",
                "each_pair",
            ],
            attributes: &["@"],
            preparers: &["prepare"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: true,
        shares: Some("ruby"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(
        &["program", "body_statement", "block_body", "then", "do", "begin", "ensure", "parenthesized_statements"],
        Makes::Block,
        Slot::Body,
    ),
    Role::node(
        &["class", "module"],
        Kind::Class,
        &[("name", Part::In(Slot::Name)), ("superclass", Part::In(Slot::Type))],
        Slot::Body,
    ),
    Role::node(
        &["method", "singleton_method"],
        Kind::Function,
        &[("object", Part::Out), ("name", Part::In(Slot::Name)), ("parameters", Part::Parameters)],
        Slot::Body,
    ),
    Role::node(&["block", "do_block", "lambda"], Kind::Function, &[("parameters", Part::Parameters)], Slot::Body),
    Role::node(
        &["keyword_parameter", "optional_parameter", "splat_parameter", "hash_splat_parameter", "block_parameter"],
        Kind::Parameter,
        &[("name", Part::In(Slot::Name)), ("value", Part::In(Slot::Default))],
        Slot::Default,
    ),
    Role::new(
        &["call"],
        Makes::Method,
        &[
            ("receiver", Part::In(Slot::Object)),
            ("method", Part::In(Slot::Property)),
            ("arguments", Part::In(Slot::Argument)),
            ("block", Part::In(Slot::Argument)),
        ],
        Slot::Argument,
    ),
    Role::node(
        &["scope_resolution"],
        Kind::Member,
        &[("scope", Part::In(Slot::Object)), ("name", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(&["element_reference"], Kind::Member, &[("object", Part::In(Slot::Object))], Slot::Index),
    Role::node(&["pair"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(&["hash", "array", "string_array", "symbol_array"], Kind::List, &[], Slot::Value),
    Role::node(
        &["assignment", "operator_assignment"],
        Kind::Assign,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
        Slot::Value,
    ),
    Role::node(
        &["if", "elsif", "if_modifier"],
        Kind::Branch,
        &[("condition", Part::In(Slot::Condition)), ("alternative", Part::In(Slot::Else))],
        Slot::Body,
    ),
    Role::node(
        &["unless", "unless_modifier"],
        Kind::Branch,
        &[("condition", Part::Unless), ("alternative", Part::In(Slot::Else))],
        Slot::Body,
    ),
    Role::node(&["else"], Kind::Branch, &[], Slot::Body),
    Role::node(&["case"], Kind::Branch, &[("value", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["when", "in_clause"], Kind::Branch, &[("pattern", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["conditional"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Value),
    Role::node(
        &["while", "until", "while_modifier", "until_modifier"],
        Kind::Loop,
        &[("condition", Part::In(Slot::Condition))],
        Slot::Body,
    ),
    Role::node(&["for"], Kind::Loop, &[("pattern", Part::In(Slot::Target)), ("value", Part::In(Slot::Iterable))], Slot::Body),
    Role::plain(&["binary", "unary"], Makes::Operator, Slot::Value),
    Role::node(
        &["rescue", "rescue_modifier"],
        Kind::Catch,
        &[("exceptions", Part::Out), ("variable", Part::In(Slot::Target))],
        Slot::Body,
    ),
    Role::node(&["return", "yield"], Kind::Return, &[], Slot::Value),
    Role::node(&["next", "break", "redo"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["string", "simple_symbol", "delimited_symbol", "bare_string", "bare_symbol", "regex"], Kind::Literal),
    // It stands after the statement that takes it.
    Role::leaf(&["heredoc_body"], Kind::Template),
    Role::plain(&["interpolation", "heredoc_end"], Makes::Hole, Slot::Value),
    Role::leaf(&["integer", "float", "true", "false", "nil"], Kind::Value),
    Role::leaf(
        &["identifier", "constant", "instance_variable", "class_variable", "global_variable", "self", "super"],
        Kind::Name,
    ),
    Role::leaf(&["comment"], Kind::Comment),
];
