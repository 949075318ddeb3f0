//! brightline finds uses of platform data that developer terms prohibit, and reports each with its
//! evidence and the clause it breaks. README.md tells the way of the data through these rooms.

pub mod error;
pub mod excerpt;
pub mod finding;
pub mod graph;
pub mod lower;
pub mod pack;
pub mod report;
pub mod rule;
pub mod settings;
pub mod source;
pub mod span;
pub mod walk;
