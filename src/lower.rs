//! Files become graphs: the readers of the formats that no grammar serves well.

pub mod notebook;
pub mod sql;
