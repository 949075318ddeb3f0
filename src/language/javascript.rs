//! JavaScript, with JSX.

use super::{Imports, Language, Makes, Names, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// JavaScript; files with type annotations are read again as TSX.
pub(super) const JAVASCRIPT: Language = Language {
    name: "javascript",
    extensions: &["js", "jsx", "mjs", "cjs", "es6", "gs"],
    files: &["jakefile"],
    aliases: &["js", "node", "nodejs", "ijavascript"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_javascript::LANGUAGE.into(),
        roles: ROLES,
        names: NAMES,
        imports: Imports::First,
        gives_last: false,
        shares: None,
        retry: Some("tsx"),
        guard: None,
        dialect: None,
    }),
};

/// What JavaScript and its kin call things.
pub(super) const NAMES: Names = Names {
    receivers: &["this"],
    loaders: &["require", "import"],
    fillers: &["push", "unshift", "add", "set", "append", "splice", "concat", "subscribe"],
    carriers: &["run", "exec", "execute", "call", "apply", "invoke", "mutate"],
    gatherers: &["all", "allSettled"],
    installers: &["use"],
    joiners: &["join", "path", "resolve"],
    counters: &["length", "size"],
    numberers: &["entries"],
    constructors: &["constructor"],
    packages: &["index"],
    exports: &["export default", "export =", "module.exports ="],
    iterators: &[
        "forEach",
        "map",
        "flatMap",
        "filter",
        "find",
        "some",
        "every",
        "reduce",
        "each",
        "eachSeries",
        "eachLimit",
        "mapSeries",
        "concurrentMap",
    ],
    preparers: &["prepare"],
    ..Names::NONE
};

macro_rules! roles {
    ($($more:expr),* $(,)?) => {
        &[
            Role::plain(&["program", "statement_block", "expression_statement", "class_body", "finally_clause"], Makes::Block, Slot::Body),
            Role::node(&["import_statement"], Kind::Import, &[("source", Part::In(Slot::Name))], Slot::Target),
            Role::new(&["export_statement"], Makes::NodeWith(Kind::Import, "source"), &[("source", Part::In(Slot::Name))], Slot::Body),
            Role::node(&["export_specifier"], Kind::Entry, &[("name", Part::In(Slot::Value)), ("alias", Part::In(Slot::Key))], Slot::Value),
            Role::node(&["import_specifier"], Kind::Import, &[("name", Part::In(Slot::Name)), ("alias", Part::In(Slot::Target))], Slot::Value),
            Role::node(
                &["function_declaration", "function_expression", "generator_function", "generator_function_declaration", "method_definition"],
                Kind::Function,
                &[("name", Part::In(Slot::Name)), ("parameters", Part::Parameters), ("body", Part::In(Slot::Body))],
                Slot::Body,
            ),
            Role::node(
                &["arrow_function"],
                Kind::Function,
                &[("parameter", Part::Parameters), ("parameters", Part::Parameters), ("body", Part::In(Slot::Value))],
                Slot::Value,
            ),
            Role::node(&["assignment_pattern"], Kind::Parameter, &[("left", Part::In(Slot::Name)), ("right", Part::In(Slot::Default))], Slot::Name),
            Role::node(&["class_declaration", "class"], Kind::Class, &[("name", Part::In(Slot::Name)), ("body", Part::In(Slot::Body))], Slot::Type),
            Role::node(&["decorator"], Kind::Decorator, &[], Slot::Value),
            Role::node(&["call_expression"], Kind::Call, &[("function", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))], Slot::Argument),
            Role::node(&["new_expression"], Kind::Call, &[("constructor", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))], Slot::Argument),
            Role::leaf(&["import"], Kind::Name),
            Role::node(&["member_expression"], Kind::Member, &[("object", Part::In(Slot::Object)), ("property", Part::In(Slot::Property))], Slot::Object),
            Role::node(&["subscript_expression"], Kind::Member, &[("object", Part::In(Slot::Object)), ("index", Part::In(Slot::Index))], Slot::Index),
            Role::node(&["variable_declarator"], Kind::Assign, &[("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))], Slot::Type),
            Role::node(
                &["assignment_expression", "augmented_assignment_expression"],
                Kind::Assign,
                &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value))],
                Slot::Value,
            ),
            Role::node(&["object_pattern"], Kind::List, &[], Slot::Target),
            Role::node(&["pair_pattern"], Kind::List, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Target))], Slot::Target),
            Role::node(&["pair"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
            Role::plain(&["shorthand_property_identifier"], Makes::Short, Slot::Value),
            Role::node(&["object", "array"], Kind::List, &[], Slot::Value),
            Role::node(
                &["for_in_statement"],
                Kind::Loop,
                &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Iterable)), ("body", Part::In(Slot::Body))],
                Slot::Body,
            ),
            Role::node(&["for_statement", "while_statement", "do_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
            Role::node(
                &["if_statement"],
                Kind::Branch,
                &[("condition", Part::In(Slot::Condition)), ("alternative", Part::In(Slot::Else))],
                Slot::Body,
            ),
            Role::node(&["else_clause"], Kind::Branch, &[], Slot::Body),
            Role::node(&["switch_statement"], Kind::Branch, &[("value", Part::In(Slot::Condition))], Slot::Body),
            Role::node(&["switch_default"], Kind::Branch, &[], Slot::Body),
            Role::node(&["switch_case"], Kind::Branch, &[("value", Part::In(Slot::Condition))], Slot::Body),
            Role::node(&["ternary_expression"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Value),
            Role::plain(&["binary_expression", "unary_expression"], Makes::Operator, Slot::Value),
            Role::node(&["catch_clause"], Kind::Catch, &[("parameter", Part::In(Slot::Target))], Slot::Body),
            Role::node(&["return_statement", "yield_expression"], Kind::Return, &[], Slot::Value),
            Role::node(&["throw_statement", "break_statement", "continue_statement"], Kind::Leave, &[], Slot::Value),
            Role::leaf(&["string", "template_string", "regex"], Kind::Literal),
            Role::plain(&["template_substitution"], Makes::Hole, Slot::Value),
            Role::leaf(&["number", "true", "false", "null", "undefined"], Kind::Value),
            Role::leaf(
                &["identifier", "property_identifier", "private_property_identifier", "shorthand_property_identifier_pattern", "this"],
                Kind::Name,
            ),
            Role::leaf(&["comment"], Kind::Comment),
            $($more),*
        ]
    };
}
pub(super) use roles;

const ROLES: &[Role] = roles![Role::node(
    &["field_definition"],
    Kind::Assign,
    &[("property", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))],
    Slot::Value
)];
