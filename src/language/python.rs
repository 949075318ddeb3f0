//! Python.

use super::{Language, Makes, Part, Reader, Role, Syntax};
use crate::graph::{Kind, Slot};

/// Python 3 (and most of Python 2).
pub(super) const PYTHON: Language = Language {
    name: "python",
    extensions: &["py", "pyi", "pyw", "pyx"],
    files: &["sconstruct", "snakefile"],
    aliases: &["python3", "python2", "py", "ipython", "pyspark"],
    reader: Reader::Tree(Syntax {
        grammar: || tree_sitter_python::LANGUAGE.into(),
        roles: ROLES,
        receivers: &["self", "cls"],
        loaders: &["__import__", "import_module"],
        fillers: &["append", "add", "extend", "insert", "update", "setdefault", "put", "put_nowait", "appendleft"],
        retry: None,
        guard: None,
    }),
};

const ROLES: &[Role] = &[
    Role::plain(&["module", "block", "expression_statement", "else_clause", "finally_clause"], Makes::Block, Slot::Body),
    Role::node(&["import_statement"], Kind::Import, &[], Slot::Value),
    Role::node(&["import_from_statement"], Kind::Import, &[("module_name", Part::In(Slot::Name))], Slot::Value),
    Role::node(&["future_import_statement"], Kind::Import, &[], Slot::Value),
    Role::leaf(&["dotted_name"], Kind::Import),
    Role::node(&["aliased_import"], Kind::Import, &[("name", Part::In(Slot::Name)), ("alias", Part::In(Slot::Target))], Slot::Value),
    Role::node(
        &["function_definition"],
        Kind::Function,
        &[("name", Part::In(Slot::Name)), ("parameters", Part::Parameters), ("return_type", Part::In(Slot::Type)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(&["lambda"], Kind::Function, &[("parameters", Part::Parameters), ("body", Part::In(Slot::Value))], Slot::Value),
    Role::node(
        &["default_parameter", "typed_default_parameter", "typed_parameter"],
        Kind::Parameter,
        &[("name", Part::In(Slot::Name)), ("value", Part::In(Slot::Default)), ("type", Part::In(Slot::Type))],
        Slot::Name,
    ),
    Role::node(
        &["class_definition"],
        Kind::Class,
        &[("name", Part::In(Slot::Name)), ("superclasses", Part::In(Slot::Type)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(&["decorator"], Kind::Decorator, &[], Slot::Value),
    Role::node(&["call"], Kind::Call, &[("function", Part::In(Slot::Callee)), ("arguments", Part::In(Slot::Argument))], Slot::Argument),
    Role::node(&["attribute"], Kind::Member, &[("object", Part::In(Slot::Object)), ("attribute", Part::In(Slot::Property))], Slot::Object),
    Role::node(&["subscript"], Kind::Member, &[("value", Part::In(Slot::Object)), ("subscript", Part::In(Slot::Index))], Slot::Index),
    Role::node(
        &["assignment", "augmented_assignment"],
        Kind::Assign,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Value)), ("type", Part::In(Slot::Type))],
        Slot::Value,
    ),
    Role::node(&["named_expression"], Kind::Assign, &[("name", Part::In(Slot::Target)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(&["as_pattern"], Kind::Assign, &[("alias", Part::In(Slot::Target))], Slot::Value),
    Role::node(&["pair"], Kind::Entry, &[("key", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(&["keyword_argument"], Kind::Entry, &[("name", Part::In(Slot::Key)), ("value", Part::In(Slot::Value))], Slot::Value),
    Role::node(
        &["list", "tuple", "set", "dictionary", "list_comprehension", "set_comprehension", "dictionary_comprehension", "generator_expression"],
        Kind::List,
        &[],
        Slot::Value,
    ),
    Role::node(&["for_in_clause"], Kind::Loop, &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Iterable))], Slot::Body),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[("left", Part::In(Slot::Target)), ("right", Part::In(Slot::Iterable)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(&["while_statement"], Kind::Loop, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["if_statement", "elif_clause", "if_clause"], Kind::Branch, &[("condition", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["match_statement"], Kind::Branch, &[("subject", Part::In(Slot::Condition))], Slot::Body),
    Role::node(&["case_clause"], Kind::Branch, &[], Slot::Body),
    Role::node(&["conditional_expression"], Kind::Branch, &[], Slot::Value),
    Role::node(&["comparison_operator"], Kind::Compare, &[], Slot::Value),
    Role::node(&["except_clause"], Kind::Catch, &[], Slot::Body),
    Role::node(&["return_statement", "yield"], Kind::Return, &[], Slot::Value),
    Role::leaf(&["string"], Kind::Literal),
    Role::plain(&["interpolation"], Makes::Hole, Slot::Value),
    Role::node(&["concatenated_string"], Kind::Template, &[], Slot::Value),
    Role::leaf(&["integer", "float", "true", "false", "none"], Kind::Value),
    Role::leaf(&["identifier"], Kind::Name),
    Role::leaf(&["comment"], Kind::Comment),
    Role::plain(&["format_specifier", "type_conversion", "type_parameter"], Makes::Skip, Slot::Value),
];
