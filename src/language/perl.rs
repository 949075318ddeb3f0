//! Perl 5.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Perl 5, with modules, tests and CGI scripts.
pub(super) const PERL: Language = Language {
    name: "perl",
    extensions: &["pl", "pm", "t", "cgi", "psgi", "fcgi"],
    files: &["makefile.pl", "cpanfile"],
    aliases: &["perl5"],
    reader: Reader::Tree(&Syntax {
        grammar: || ts_parser_perl::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["self", "class", "this"],
            loaders: &["require", "do"],
            fillers: &["push", "add", "append", "bind_param", "insert"],
            carriers: &["execute", "run", "fetchall_arrayref", "fetchrow_hashref", "all", "first"],
            joiners: &["join", "path", "catfile", "catdir"],
            counters: &["count"],
            comparers: &["contains"],
            constructors: &["new"],
            makers: &["new"],
            implicit: &["_"],
            sigils: &["&"],
            preparers: &["prepare", "prepare_cached"],
            ..Names::NONE
        },
        imports: Imports::Last,
        gives_last: true,
        shares: Some("perl"),
        retry: None,
        guard: None,
        dialect: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["source_file", "block", "expression_statement", "do_expression", "eval_expression"], Makes::Block, Slot::Body),
    Role::new(
        &["package_statement", "class_statement"],
        Makes::Package,
        &[("name", Part::In(Slot::Name)), (":block", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(&["require_expression"], Kind::Import, &[], Slot::Name),
    Role::plain(&["use_statement"], Makes::Worded("module", USES), Slot::Value),
    Role::node(
        &["subroutine_declaration_statement", "method_declaration_statement"],
        Kind::Function,
        &[("name", Part::In(Slot::Name)), (":signature", Part::Parameters), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["anonymous_subroutine_expression"],
        Kind::Function,
        &[(":signature", Part::Parameters), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["mandatory_parameter", "optional_parameter", "slurpy_parameter", "named_parameter"],
        Kind::Parameter,
        &[("default", Part::In(Slot::Default))],
        Slot::Name,
    ),
    Role::plain(&["assignment_expression"], Makes::Worded("right", ASSIGNED), Slot::Value),
    Role::new(
        &["function_call_expression", "ambiguous_function_call_expression"],
        Makes::Worded(
            "function",
            &[
                (
                    &["die", "croak", "confess", "exit"],
                    Role::node(&["function_call_expression"], Kind::Leave, CALLED, Slot::Value),
                ),
                (&[], Role::node(&["function_call_expression"], Kind::Call, CALLED, Slot::Argument)),
            ],
        ),
        &[],
        Slot::Argument,
    ),
    Role::node(&["coderef_call_expression"], Kind::Call, &[("0", Part::In(Slot::Callee))], Slot::Argument),
    Role::new(
        &["method_call_expression"],
        Makes::Method,
        &[("invocant", Part::In(Slot::Object)), ("method", Part::In(Slot::Property)), ("arguments", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::new(
        &["map_grep_expression", "sort_expression"],
        Makes::Keyword(Kind::Call),
        &[("callback", Part::Lambda), ("list", Part::In(Slot::Argument))],
        Slot::Argument,
    ),
    Role::node(
        &["hash_element_expression", "array_element_expression", "slice_expression", "keyval_expression"],
        Kind::Member,
        &[("0", Part::In(Slot::Object))],
        Slot::Index,
    ),
    Role::plain(&["list_expression"], Makes::Pairs, Slot::Value),
    Role::node(&["anonymous_hash_expression", "anonymous_array_expression"], Kind::List, &[], Slot::Value),
    Role::plain(&["quoted_word_list"], Makes::NodeIn(Kind::List, &[Role::leaf(&["string_content"], Kind::Literal)]), Slot::Value),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[
            ("variable", Part::In(Slot::Target)),
            ("variables", Part::In(Slot::Target)),
            ("list", Part::In(Slot::Iterable)),
            ("block", Part::In(Slot::Body)),
        ],
        Slot::Iterable,
    ),
    Role::node(&["postfix_for_expression"], Kind::Loop, &[("list", Part::In(Slot::Iterable))], Slot::Body),
    Role::node(
        &["loop_statement", "cstyle_for_statement", "postfix_loop_expression"],
        Kind::Loop,
        &[("condition", Part::In(Slot::Condition))],
        Slot::Body,
    ),
    Role::new(
        &["conditional_statement", "postfix_conditional_expression"],
        Makes::Worded(
            "",
            &[
                (&["unless"], Role::node(&["conditional_statement"], Kind::Branch, UNLESS, Slot::Body)),
                (&[], Role::node(&["conditional_statement"], Kind::Branch, IF, Slot::Body)),
            ],
        ),
        &[],
        Slot::Body,
    ),
    Role::new(
        &["lowprec_logical_expression"],
        Makes::Worded(
            "operator",
            &[
                (&["or"], Role::node(&["lowprec_logical_expression"], Kind::Branch, &[("left", Part::Unless)], Slot::Body)),
                (
                    &["and"],
                    Role::node(&["lowprec_logical_expression"], Kind::Branch, &[("left", Part::In(Slot::Condition))], Slot::Body),
                ),
            ],
        ),
        &[],
        Slot::Value,
    ),
    Role::node(&["elsif"], Kind::Branch, IF, Slot::Body),
    Role::node(&["else"], Kind::Branch, &[], Slot::Body),
    Role::node(&["conditional_expression"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Value),
    Role::plain(&["binary_expression", "unary_expression"], Makes::Operator, Slot::Value),
    Role::node(&["equality_expression", "relational_expression"], Kind::Compare, &[], Slot::Value),
    Role::node(&["return_expression"], Kind::Return, &[], Slot::Value),
    Role::node(&["loopex_expression"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["string_literal", "interpolated_string_literal", "regexp_content"], Kind::Literal),
    Role::plain(&["string_content"], Makes::Through(&[]), Slot::Value),
    Role::leaf(&["autoquoted_bareword", "command_string"], Kind::Literal),
    // It stands after the statement that takes it.
    Role::leaf(&["heredoc_content"], Kind::Template),
    Role::plain(&["heredoc_end"], Makes::Hole, Slot::Value),
    Role::plain(&["heredoc_token", "replacement", "match_regexp_modifiers"], Makes::Skip, Slot::Value),
    Role::leaf(&["number", "undef_expression", "boolean"], Kind::Value),
    Role::node(
        &["scalar", "array", "hash", "arraylen", "container_variable", "slice_container_variable", "keyval_container_variable"],
        Kind::Name,
        &[],
        Slot::Name,
    ),
    Role::node(&["function"], Kind::Name, &[], Slot::Name),
    Role::leaf(&["bareword"], Kind::Name),
    // `@{ … }`
    Role::plain(
        &["varname"],
        Makes::Through(&[Role::plain(&["block", "expression_statement"], Makes::Through(&[]), Slot::Value)]),
        Slot::Value,
    ),
    Role::leaf(&["comment"], Kind::Comment),
    Role::plain(&["pod", "data_section", "eof_marker"], Makes::Skip, Slot::Value),
];

const CALLED: &[(&str, Part)] =
    &[("function", Part::In(Slot::Callee)), (":indirect_object", Part::Out), ("arguments", Part::In(Slot::Argument))];

const IF: &[(&str, Part)] = &[
    ("condition", Part::In(Slot::Condition)),
    ("block", Part::In(Slot::Body)),
    (":elsif", Part::In(Slot::Else)),
    (":else", Part::In(Slot::Else)),
];
const UNLESS: &[(&str, Part)] = &[
    ("condition", Part::Unless),
    ("block", Part::In(Slot::Body)),
    (":elsif", Part::In(Slot::Else)),
    (":else", Part::In(Slot::Else)),
];

/// What a `use` is by what it uses.
const USES: &[(&[&str], Role)] = &[
    (&["constant"], Role::new(&["use_statement"], Makes::Block, &[("module", Part::Out)], Slot::Body)),
    (
        &["strict", "warnings", "utf8", "vars", "lib", "feature", "parent", "base", "integer", "open", "overload"],
        Role::plain(&["use_statement"], Makes::Skip, Slot::Value),
    ),
    (
        &[],
        Role {
            rest: Part::Out,
            ..Role::node(&["use_statement"], Kind::Import, &[("module", Part::In(Slot::Name))], Slot::Value)
        },
    ),
];

/// `my ($self, $other) = @_` and `my $next = shift` say what a function is handed.
const ASSIGNED: &[(&[&str], Role)] = &[
    (
        &["@_", "shift", "shift()", "shift @_", "shift(@_)"],
        Role {
            rest: Part::Out,
            ..Role::new(&["assignment_expression"], Makes::Block, &[("left", Part::Parameters)], Slot::Value)
        },
    ),
    (
        &[],
        Role::node(
            &["assignment_expression"],
            Kind::Assign,
            &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
            Slot::Value,
        ),
    ),
];
