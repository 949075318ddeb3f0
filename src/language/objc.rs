//! Objective-C: C's roles, and messages, blocks and literals of objects.

use super::{
    Dialect, Imports, Language, Makes, Names, Part, Reader, Role, Syntax,
    c::{NAMES, roles},
};
use crate::graph::{Kind, Slot};

/// Objective-C; a message is a call whose name is the first part of its selector, and the other parts name arguments.
pub(super) const OBJC: Language = Language {
    name: "objc",
    extensions: &["m", "mm"],
    files: &[],
    aliases: &["objective-c", "objectivec", "obj-c"],
    reader: Reader::Tree(&Syntax {
        grammar: || tree_sitter_objc::LANGUAGE.into(),
        roles: ROLES,
        names: Names {
            receivers: &["self"],
            fillers: &[
                "addObject",
                "addObjectsFromArray",
                "setObject",
                "appendString",
                "appendFormat",
                "setValue",
                "insertObject",
            ],
            carriers: &["resume", "execute", "start", "save"],
            counters: &["count", "length", "strlen"],
            comparers: &["isEqualToString", "isEqual", "caseInsensitiveCompare", "compare", "strcmp", "strcasecmp"],
            makers: &["alloc", "new", "shared", "sharedInstance", "sharedManager", "sharedClient"],
            constructors: &["init"],
            attributes: &["_"],
            iterators: &["enumerateObjectsUsingBlock", "enumerateKeysAndObjectsUsingBlock"],
            ..NAMES
        },
        imports: Imports::Last,
        gives_last: false,
        shares: Some("c"),
        retry: Some("cpp"),
        guard: None,
        dialect: Some(Dialect::Objc),
    }),
};

const ROLES: &[Role] = roles![
    Role::plain(&["module_import"], Makes::Path, Slot::Value),
    Role::plain(
        &["implementation_definition", "instance_variables", "try_statement", "finally_clause", "synchronized_statement"],
        Makes::Block,
        Slot::Body,
    ),
    Role::plain(
        &[
            "method_declaration",
            "protocol_forward_declaration",
            "class_declaration",
            "compatibility_alias_declaration",
            "property_implementation",
            "property_attributes_declaration",
            "parameterized_arguments",
            "protocol_reference_list",
            "typeof_specifier",
            "availability_attribute_specifier",
            "visibility_specification",
        ],
        Makes::Skip,
        Slot::Value,
    ),
    Role::node(
        &["class_interface", "class_implementation", "protocol_declaration"],
        Kind::Class,
        &[("superclass", Part::In(Slot::Type)), ("category", Part::Out), (":identifier", Part::In(Slot::Name))],
        Slot::Body,
    ),
    Role::node(&["property_declaration", "instance_variable"], Kind::Assign, &[], Slot::Type),
    Role::new(&["struct_declaration"], Makes::Block, &[(":struct_declarator", Part::In(Slot::Target))], Slot::Type),
    Role { syntax: &["struct_declarator", "block_pointer_declarator"], makes: Makes::Wrap, fields: &[], rest: Part::Same },
    Role { syntax: &["generic_specifier"], makes: Makes::Wrap, fields: &[(":type_name", Part::Out)], rest: Part::Same },
    Role::node(
        &["function_definition"],
        Kind::Function,
        &[("declarator", Part::In(Slot::Name)), ("type", Part::In(Slot::Type)), ("body", Part::In(Slot::Body))],
        Slot::Body,
    ),
    Role::node(
        &["method_definition"],
        Kind::Function,
        &[(":method_type", Part::In(Slot::Type)), (":identifier", Part::In(Slot::Name)), (":method_parameter", Part::Parameters),],
        Slot::Body,
    ),
    Role::node(
        &["method_parameter"],
        Kind::Parameter,
        &[(":method_type", Part::In(Slot::Type)), (":identifier", Part::In(Slot::Name))],
        Slot::Type,
    ),
    Role::node(
        &["block_literal"],
        Kind::Function,
        &[(":parameter_list", Part::Parameters), (":type_name", Part::In(Slot::Type))],
        Slot::Body,
    ),
    Role::new(
        &["message_expression"],
        Makes::Method,
        &[("receiver", Part::In(Slot::Object)), ("method", Part::In(Slot::Property))],
        Slot::Argument
    ),
    Role::node(&["array_literal"], Kind::List, &[], Slot::Value),
    Role::node(&["dictionary_literal"], Kind::List, &[(":dictionary_pair", Part::Entry)], Slot::Value),
    Role::node(
        &["subscript_expression"],
        Kind::Member,
        &[("argument", Part::In(Slot::Object)), ("index", Part::In(Slot::Index))],
        Slot::Index,
    ),
    Role::node(
        &["for_statement"],
        Kind::Loop,
        &[
            ("initializer", Part::In(Slot::Body)),
            ("condition", Part::In(Slot::Condition)),
            ("update", Part::In(Slot::Body)),
            ("body", Part::In(Slot::Body)),
            ("type", Part::In(Slot::Type)),
            (":pointer_declarator", Part::In(Slot::Target)),
            (":identifier", Part::In(Slot::Iterable)),
            (":message_expression", Part::In(Slot::Iterable)),
            (":field_expression", Part::In(Slot::Iterable)),
            (":call_expression", Part::In(Slot::Iterable)),
            (":subscript_expression", Part::In(Slot::Iterable)),
            (":array_literal", Part::In(Slot::Iterable)),
        ],
        Slot::Body,
    ),
    Role::node(&["catch_clause"], Kind::Catch, &[(":type_name", Part::Out)], Slot::Body),
    Role::node(&["throw_statement"], Kind::Leave, &[], Slot::Value),
    Role::leaf(&["selector_expression"], Kind::Value),
];
