//! Elixir: its definitions and branches are calls, told apart by what they call.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Elixir, also as scripts.
pub(super) const ELIXIR: Language = Language {
    name: "elixir",
    extensions: &["ex", "exs"],
    files: &[],
    aliases: &["livebook"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_elixir::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            counters: &["count", "length", "map_size", "size"],
            gatherers: &["zip"],
            numberers: &["with_index"],
            joiners: &["join", "path", "expand"],
            implicit: &["1", "2", "3"],
            sigils: &[":"],
            iterators: &["each", "map", "flat_map", "filter", "reject", "reduce", "any?", "all?", "find", "async_stream"],
            preparers: &["prepare"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: true,
        shares: Some("elixir"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["source", "body", "block", "after_block"], Makes::Block, Slot::Body),
    Role::new(
        &["do_block"],
        Makes::Again,
        &[(":else_block", Part::In(Slot::Else)), (":rescue_block", Part::In(Slot::Else)), (":catch_block", Part::In(Slot::Else))],
        Slot::Body,
    ),
    Role::node(&["else_block"], Kind::Branch, &[], Slot::Body),
    Role::node(&["rescue_block", "catch_block"], Kind::Catch, &[], Slot::Body),
    Role::plain(&["call"], Makes::Worded("target", CALLS), Slot::Value),
    // `call.(…)` has nothing behind the dot.
    Role::new(
        &["dot"],
        Makes::NodeOf(Kind::Member),
        &[("left", Part::In(Slot::Object)), ("right", Part::In(Slot::Property))],
        Slot::Object,
    ),
    Role::node(
        &["access_call"],
        Kind::Member,
        &[("target", Part::In(Slot::Object)), ("key", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::new(
        &["anonymous_function"],
        Makes::NodeIn(
            Kind::Function,
            &[Role::new(
                &["stab_clause"],
                Makes::Through(PARAMETERS),
                &[("left", Part::Parameters), ("right", Part::In(Slot::Body))],
                Slot::Body,
            )],
        ),
        &[],
        Slot::Body,
    ),
    Role::node(&["stab_clause"], Kind::Branch, &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Body))], Slot::Body),
    OPERATION,
    Role::plain(&["unary_operator"], Makes::Worded("operator", UNARY), Slot::Value),
    Role::plain(&["pair"], Makes::Worded("key", PAIRS), Slot::Value),
    Role::node(&["list", "tuple", "map", "bitstring"], Kind::List, &[], Slot::Value),
    Role::leaf(&["string", "charlist", "sigil", "atom", "quoted_atom"], Kind::Literal),
    Role::plain(&["interpolation"], Makes::Hole, Slot::Value),
    Role::plain(&["sigil_name", "sigil_modifiers"], Makes::Skip, Slot::Value),
    Role::leaf(&["integer", "float", "boolean", "nil", "char"], Kind::Value),
    Role::leaf(&["identifier", "alias"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
];

/// What a call is by the name of what it calls.
const CALLS: &[(&[&str], Role)] = &[
    (
        &["defmodule", "defprotocol", "defimpl"],
        Role::node(
            &["call"],
            Kind::Class,
            &[("target", Part::Out), (":arguments", Part::In(Slot::Name)), (":do_block", Part::In(Slot::Body))],
            Slot::Body,
        ),
    ),
    (
        &["def", "defp", "defmacro", "defmacrop"],
        Role::new(
            &["call"],
            Makes::NodeIn(Kind::Function, HEAD),
            &[("target", Part::Out), (":arguments", Part::Parameters), (":do_block", Part::In(Slot::Body))],
            Slot::Body,
        ),
    ),
    (&["alias"], Role::new(&["call"], Makes::NodeIn(Kind::Import, ALIASED), &[("target", Part::Out)], Slot::Value)),
    (
        &["import", "use", "require"],
        Role::new(&["call"], Makes::NodeIn(Kind::Import, IMPORTED), &[("target", Part::Out)], Slot::Value),
    ),
    (&["if", "case", "with"], Role::node(&["call"], Kind::Branch, IF, Slot::Body)),
    (&["unless"], Role::node(&["call"], Kind::Branch, UNLESS, Slot::Body)),
    (&["cond"], Role::new(&["call"], Makes::NodeIn(Kind::Branch, CONDITIONS), IF, Slot::Body)),
    (&["receive", "try"], Role::new(&["call"], Makes::Block, &[("target", Part::Out)], Slot::Body)),
    (
        &["for"],
        Role::node(
            &["call"],
            Kind::Loop,
            &[("target", Part::Out), (":arguments", Part::In(Slot::Iterable)), (":do_block", Part::In(Slot::Body))],
            Slot::Body,
        ),
    ),
    (&["raise", "reraise", "throw", "exit"], Role::node(&["call"], Kind::Leave, &[("target", Part::Out)], Slot::Value)),
    (&["from"], Role::new(&["call"], Makes::NodeIn(Kind::Call, QUERIED), CALLED, Slot::Argument)),
    (&[], Role::new(&["call"], Makes::NodeOf(Kind::Call), CALLED, Slot::Argument)),
];

const CALLED: &[(&str, Part)] =
    &[("target", Part::In(Slot::Callee)), (":arguments", Part::In(Slot::Argument)), (":do_block", Part::In(Slot::Body))];

/// `from u in User, join: p in Post` names rows of what it reads.
const QUERIED: &[Role] = &[
    Role::new(
        &["binary_operator"],
        Makes::Worded(
            "operator",
            &[
                (
                    &["in"],
                    Role::node(
                        &["binary_operator"],
                        Kind::Assign,
                        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
                        Slot::Value,
                    ),
                ),
                (&[], Role::plain(&["binary_operator"], Makes::Operator, Slot::Value)),
            ],
        ),
        &[],
        Slot::Value,
    ),
    Role::new(
        &["pair"],
        Makes::Worded(
            "key",
            &[
                (&["join:", "inner_join:", "left_join:", "right_join:", "full_join:", "cross_join:"], ENTRY),
                (&[], Role::new(&["pair"], Makes::NodeIn(Kind::Entry, COMPARED), ENTERED, Slot::Value)),
            ],
        ),
        &[],
        Slot::Value,
    ),
];

const COMPARED: &[Role] = &[OPERATION];

const IF: &[(&str, Part)] =
    &[("target", Part::Out), (":arguments", Part::In(Slot::Condition)), (":do_block", Part::In(Slot::Body))];
const UNLESS: &[(&str, Part)] = &[("target", Part::Out), (":arguments", Part::Unless), (":do_block", Part::In(Slot::Body))];

/// In `cond` what stands before an arrow is a condition.
const CONDITIONS: &[Role] = &[
    Role::plain(&["do_block"], Makes::Block, Slot::Body),
    Role::node(
        &["stab_clause"],
        Kind::Branch,
        &[("left", Part::In(Slot::Condition)), ("right", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::plain(&["body"], Makes::Again, Slot::Body),
];

/// What stands before the body of a definition: its name and parameters.
const HEAD: &[Role] = &[
    Role::new(
        &["call"],
        Makes::Through(PARAMETERS),
        &[("target", Part::In(Slot::Name)), (":arguments", Part::Parameters)],
        Slot::Body,
    ),
    Role::plain(&["identifier"], Makes::Key, Slot::Name),
    WHEN,
    KEYWORDS,
];

const PARAMETERS: &[Role] = &[
    Role::new(
        &["binary_operator"],
        Makes::Worded(
            "operator",
            &[
                (
                    &["\\\\"],
                    Role::node(
                        &["binary_operator"],
                        Kind::Parameter,
                        &[("left", Part::In(Slot::Name)), ("right", Part::In(Slot::Default))],
                        Slot::Default,
                    ),
                ),
                (
                    &["="],
                    Role::node(
                        &["binary_operator"],
                        Kind::Parameter,
                        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Name))],
                        Slot::Target,
                    ),
                ),
                UNGUARDED,
                (&[], Role::plain(&["binary_operator"], Makes::Through(&[]), Slot::Value)),
            ],
        ),
        &[],
        Slot::Value,
    ),
    Role::plain(&["body"], Makes::Again, Slot::Body),
    KEYWORDS,
];

/// A guard says nothing of what is handed over.
const UNGUARDED: (&[&str], Role) =
    (&["when"], Role::new(&["binary_operator"], Makes::Through(&[]), &[("right", Part::Out)], Slot::Value));

const WHEN: Role = Role::new(&["binary_operator"], Makes::Worded("operator", &[UNGUARDED]), &[], Slot::Value);

/// `do: …` in place of a block.
const BODY: (&[&str], Role) = (&["do:"], Role::new(&["pair"], Makes::Again, &[("key", Part::Out)], Slot::Body));

const KEYWORDS: Role = Role::new(&["pair"], Makes::Worded("key", &[BODY, (&[], ENTRY)]), &[], Slot::Value);

const PAIRS: &[(&[&str], Role)] = &[
    BODY,
    (&["else:"], Role { syntax: &["pair"], makes: Makes::Again, fields: &[("key", Part::Out)], rest: Part::Else }),
    (&[], ENTRY),
];

const ENTRY: Role = Role::node(&["pair"], Kind::Entry, ENTERED, Slot::Value);

const ENTERED: &[(&str, Part)] = &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))];

/// `alias A.{B, C}` and `alias A.B, as: C`.
const ALIASED: &[Role] = &[
    Role::new(&["arguments"], Makes::NodeOf(Kind::Import), &[("0", Part::In(Slot::Name))], Slot::Target),
    Role::new(&["dot"], Makes::Through(&[]), &[("left", Part::In(Slot::Name))], Slot::Value),
    Role::plain(&["tuple"], Makes::Through(&[]), Slot::Value),
    Role::leaf(&["alias"], Kind::Import),
    Role::new(
        &["pair"],
        Makes::Through(&[Role::leaf(&["alias"], Kind::Name)]),
        &[("key", Part::Out), ("value", Part::In(Slot::Target))],
        Slot::Target,
    ),
];

/// `import A.B, only: […]` and its kind.
const IMPORTED: &[Role] = &[Role::plain(&["alias"], Makes::Key, Slot::Name), Role::plain(&["pair"], Makes::Skip, Slot::Value)];

const OPERATION: Role = Role::plain(&["binary_operator"], Makes::Worded("operator", OPERATORS), Slot::Value);

const OPERATORS: &[(&[&str], Role)] = &[
    (&["|>"], Role::plain(&["binary_operator"], Makes::Pipe, Slot::Value)),
    (&["when"], Role::new(&["binary_operator"], Makes::Through(&[]), &[("right", Part::In(Slot::Condition))], Slot::Value)),
    (&[], Role::plain(&["binary_operator"], Makes::Operator, Slot::Value)),
];

const UNARY: &[(&[&str], Role)] = &[
    (
        &["&"],
        Role::new(
            &["unary_operator"],
            Makes::Worded(
                "operand",
                &[
                    (
                        &["1", "2", "3"],
                        Role::node(&["unary_operator"], Kind::Name, &[("operand", Part::In(Slot::Name))], Slot::Name),
                    ),
                    (&[], Role::plain(&["unary_operator"], Makes::NodeIn(Kind::Function, CAPTURED), Slot::Body)),
                ],
            ),
            &[],
            Slot::Value,
        ),
    ),
    (&["@"], Role::plain(&["unary_operator"], Makes::Through(ATTRIBUTE), Slot::Value)),
    (&[], Role::plain(&["unary_operator"], Makes::Operator, Slot::Value)),
];

/// `&Module.name/1` calls that function with what it is handed.
const CAPTURED: &[Role] = &[Role::new(
    &["binary_operator"],
    Makes::Worded(
        "operator",
        &[
            (
                &["/"],
                Role::new(
                    &["binary_operator"],
                    Makes::NodeIn(Kind::Call, &[Role::leaf(&["integer"], Kind::Name)]),
                    &[("left", Part::In(Slot::Callee)), ("right", Part::In(Slot::Argument))],
                    Slot::Argument,
                ),
            ),
            (&[], Role::plain(&["binary_operator"], Makes::Operator, Slot::Value)),
        ],
    ),
    &[],
    Slot::Value,
)];

/// `@name value` gives an attribute of the module its value.
const ATTRIBUTE: &[Role] = &[
    Role::new(
        &["call"],
        Makes::Worded(
            "target",
            &[
                (&["doc", "moduledoc", "typedoc", "shortdoc"], Role { rest: Part::Out, ..Role::leaf(&["call"], Kind::Comment) }),
                (
                    &["spec", "type", "typep", "opaque", "callback", "macrocallback", "impl", "behaviour", "dialyzer"],
                    Role::plain(&["call"], Makes::Skip, Slot::Value),
                ),
                (
                    &[],
                    Role::node(
                        &["call"],
                        Kind::Assign,
                        &[("target", Part::In(Slot::Target)), (":arguments", Part::In(Slot::Value))],
                        Slot::Value,
                    ),
                ),
            ],
        ),
        &[],
        Slot::Value,
    ),
    Role::plain(&["arguments"], Makes::Again, Slot::Value),
];
