//! In: the report. Out: its bytes in one of the formats. Nothing here decides: what is found, counted
//! and sorted is settled before; a format only writes it down and escapes what strangers wrote.

pub mod card;
pub mod escape;
mod github;
mod json;
mod sarif;
mod text;
mod totals;

use std::io;

use crate::report::Report;

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people, with excerpts, in the manner of rustc.
    Text,
    /// The whole report, by the schema of [`schema`].
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// Workflow commands, which GitHub shows as annotations.
    Github,
}

impl Format {
    /// Every format, in the order in which the help lists them.
    pub const ALL: [Self; 4] = [Self::Text, Self::Json, Self::Sarif, Self::Github];

    /// The name on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
        }
    }

    /// The format of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }
}

/// How text for people looks; the other formats do not read it.
#[derive(Clone, Copy, Debug)]
pub struct Style {
    /// Whether colors are written.
    pub color: bool,
    /// Whether rule ids link to their clauses, for terminals that can.
    pub links: bool,
    /// The width of the terminal, in columns.
    pub width: usize,
    /// Whether each step says which entry of the pack made it matter.
    pub why: bool,
}

/// Writes the whole of `report` to `out`.
///
/// # Errors
///
/// Only those of `out`.
pub fn write(report: &Report, format: Format, style: &Style, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Text => text::write(report, style, out),
        Format::Json => json::write(report, out),
        Format::Sarif => sarif::write(report, out),
        Format::Github => github::write(report, out),
    }
}

/// The JSON Schema of the format `json`, pretty, with a last line end.
#[must_use]
pub fn schema() -> String {
    json::schema()
}

#[cfg(test)]
mod tests {
    use super::Format;

    #[test]
    fn every_format_is_found_by_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::named(format.name()), Some(format));
        }
        assert_eq!(Format::named("Text"), None);
    }
}
