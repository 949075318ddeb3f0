//! brightline finds uses of platform data that developer terms prohibit, and reports each with its
//! evidence and the clause it breaks. README.md tells the way of the data through these rooms.

pub mod error;
pub mod finding;
pub mod graph;
pub mod label;
pub mod language;
pub mod lower;
pub mod output;
pub mod pack;
pub mod report;
pub mod rule;
pub mod settings;
pub mod span;
pub mod word;
