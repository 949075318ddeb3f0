//! The rule pack.

pub mod check;
pub mod editor;
pub mod load;
mod nearest;
pub mod place;
pub mod schema;
