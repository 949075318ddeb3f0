//! brightline finds uses of platform data that developer terms prohibit, and reports each with its
//! evidence and the clause it breaks. README.md tells the way of the data through these rooms.

pub mod cli;
pub mod error;
pub mod excerpt;
pub mod exit;
pub mod finding;
pub mod graph;
pub mod inspect;
pub mod judge;
pub mod label;
pub mod language;
pub mod link;
pub mod lower;
pub mod output;
pub mod pack;
pub mod plain;
pub mod prefilter;
pub mod report;
pub mod rule;
pub mod scan;
pub mod settings;
pub mod settle;
pub mod source;
pub mod span;
pub mod walk;
pub mod word;
