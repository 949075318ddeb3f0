//! SQL, in files of its own and in strings of other languages.

use super::{Language, Reader};

/// SQL of any dialect, with or without dbt's Jinja.
pub(super) const SQL: Language = Language {
    name: "sql",
    extensions: &["sql", "ddl", "dml", "hql", "psql"],
    files: &[],
    aliases: &["postgresql", "mysql", "bigquery", "snowflake", "sparksql"],
    reader: Reader::Sql,
};
