//! C++: C's roles, and classes, templates and lambdas.

use super::{
    Dialect, Imports, Language, Makes, Names, Part, Reader, Role, Syntax,
    c::{NAMES, roles},
};
use crate::graph::{Kind, Slot};

/// C++.
pub(super) const CPP: Language = Language {
    name: "cpp",
    extensions: &["cc", "cpp", "cxx", "c++", "hh", "hpp", "hxx", "h++", "ipp", "tpp", "ino", "cu", "cuh"],
    files: &[],
    aliases: &["c++", "xcpp", "xcpp17", "arduino"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_cpp::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["this"],
            fillers: &["push_back", "emplace_back", "append", "insert", "emplace", "push", "add", "write", "push_front"],
            carriers: &["exec", "execute", "run", "start", "perform"],
            counters: &["size", "length", "count", "strlen"],
            comparers: &["strcmp", "strncmp", "strcasecmp", "strncasecmp", "compare", "equals", "iequals"],
            iterators: &["for_each", "transform", "copy_if", "any_of", "all_of", "find_if"],
            preparers: &["prepare", "prepareStatement"],
            ..NAMES
        },
        imports: Imports::Last,
        gives_last: false,
        shares: Some("c"),
        retry: Some("objc"),
        guard: None,
        dialect: Some(Dialect::Cpp),
    }),
};

const ROLES: &[Role] = roles![
    Role::new(&["namespace_definition"], Makes::Block, &[("name", Part::Out)], Slot::Body),
    Role::new(&["template_declaration"], Makes::Block, &[("parameters", Part::Out)], Slot::Body),
    Role::plain(
        &[
            "access_specifier",
            "using_declaration",
            "namespace_alias_definition",
            "friend_declaration",
            "static_assert_declaration",
            "template_instantiation",
            "template_argument_list",
            "concept_definition",
            "decltype",
            "placeholder_type_specifier",
            "literal_suffix",
            "lambda_capture_specifier",
            "requires_clause",
            "trailing_return_type",
            "virtual_specifier",
        ],
        Makes::Skip,
        Slot::Value,
    ),
    Role::new(
        &["class_specifier"],
        Makes::NodeIf(Kind::Class, "body"),
        &[("name", Part::In(Slot::Name)), ("body", Part::In(Slot::Body)), (":base_class_clause", Part::In(Slot::Type))],
        Slot::Type
    ),
    Role::node(&["alias_declaration"], Kind::Class, &[("name", Part::In(Slot::Name))], Slot::Type),
    Role {
        syntax: &["qualified_identifier"],
        makes: Makes::Scoped,
        fields: &[("scope", Part::In(Slot::Object)), ("name", Part::In(Slot::Property))],
        rest: Part::Out,
    },
    Role {
        syntax: &["template_type", "template_function", "template_method", "dependent_name", "dependent_type"],
        makes: Makes::Wrap,
        fields: &[("arguments", Part::Out)],
        rest: Part::Same,
    },
    Role { syntax: &["reference_declarator", "variadic_declarator"], makes: Makes::Wrap, fields: &[], rest: Part::Same },
    Role::node(
        &["function_definition"],
        Kind::Function,
        &[
            ("declarator", Part::In(Slot::Name)),
            ("type", Part::In(Slot::Type)),
            ("body", Part::In(Slot::Body)),
            (":default_method_clause", Part::Out),
            (":delete_method_clause", Part::Out),
        ],
        Slot::Body,
    ),
    Role::node(
        &["optional_parameter_declaration", "variadic_parameter_declaration"],
        Kind::Parameter,
        &[("declarator", Part::In(Slot::Name)), ("type", Part::In(Slot::Type)), ("default_value", Part::In(Slot::Default)),],
        Slot::Type,
    ),
    Role::node(&["field_initializer"], Kind::Assign, &[("0", Part::In(Slot::Target))], Slot::Value),
    Role::node(
        &["lambda_expression"],
        Kind::Function,
        &[("captures", Part::Out), ("declarator", Part::In(Slot::Name)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(&["structured_binding_declarator"], Kind::List, &[], Slot::Target),
    Role::node(
        &["new_expression"],
        Kind::Call,
        &[("type", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument)), ("placement", Part::Out)],
        Slot::Argument,
    ),
    Role::node(
        &["subscript_expression"],
        Kind::Member,
        &[("argument", Part::In(Slot::Object)), ("indices", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::node(&["for_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(
        &["for_range_loop"],
        Kind::Loop,
        &[
            ("type", Part::In(Slot::Type)),
            ("declarator", Part::In(Slot::Target)),
            ("right", Part::In(Slot::Iterable)),
            ("body", Part::In(Slot::Body)),
        ],
        Slot::Body,
    ),
    Role::plain(&["try_statement", "init_statement"], Makes::Block, Slot::Body),
    Role::node(&["catch_clause"], Kind::Catch, &[("parameters", Part::Out)], Slot::Body),
    Role::node(&["co_return_statement", "co_yield_statement"], Kind::Return, &[], Slot::Value),
    Role::node(&["throw_statement"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["raw_string_literal"], Kind::Literal),
    Role::leaf(&["namespace_identifier", "this"], Kind::Name),
];
