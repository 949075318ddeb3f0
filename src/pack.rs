//! The rule pack.

pub mod schema;
