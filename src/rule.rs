//! The policy vocabulary that findings and reports speak: rule ids, categories, severities, clauses.
//!
//! Plain data. What a pack looks like on disk stands in `pack/schema`, what judges in `pack`.

use std::{fmt, sync::Arc};

/// A rule's name: lower-case words joined by `-`, unique in the pack, never reused.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RuleId(Arc<str>);

impl RuleId {
    /// `None` where `text` is not lower-case words joined by `-`.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        is_key(text).then(|| Self(text.into()))
    }

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RuleId {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// Whether `text` is lower-case words joined by `-`, as every key of a pack is.
#[must_use]
pub fn is_key(text: &str) -> bool {
    let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.split('-').all(word)
}

/// A kind of finding, as a key of the taxonomy.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category(pub Arc<str>);

impl fmt::Display for Category {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

/// How bad a breach is, by its clause, mildest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A matter of hygiene.
    Low,
    /// To be mended.
    Medium,
    /// Costs access when found.
    High,
    /// Harms people.
    Critical,
}

impl Severity {
    /// Every severity, mildest first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Medium, Self::High, Self::Critical];

    /// The word for it, lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }
}

/// What a report tells of a sentence of the pack.
#[derive(Clone, Debug)]
pub struct RuleCard {
    /// Its name.
    pub id: RuleId,
    /// One line for people, without a full stop.
    pub title: String,
    /// Its kind of finding.
    pub category: Category,
    /// By its first clause.
    pub severity: Severity,
    /// The sentence in words: `prohibited: USE of DATA from SOURCE, unless SAFEGUARD`.
    pub sentence: String,
    /// Why it matters.
    pub why: String,
    /// What to do instead.
    pub remedy: String,
    /// The clauses that say so; at least one.
    pub clauses: Vec<ClauseCard>,
    /// What would make the use lawful by these clauses: key and meaning.
    pub lawful_if: Vec<(String, String)>,
    /// What a person must ask for; empty where nothing is.
    pub ask: Vec<String>,
    /// The name of the example file.
    pub example_file: String,
    /// Code that breaks it.
    pub breaking: String,
    /// The same code, keeping it.
    pub keeping: String,
}

/// What a report tells of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClauseCard {
    /// Unique in the pack.
    pub id: String,
    /// The platform's or norm's name for people.
    pub platform: String,
    /// The document's title.
    pub document: String,
    /// The number or heading in it.
    pub section: String,
    /// Where the document is published.
    pub url: String,
    /// The date printed in it; empty where it has none.
    pub dated: String,
    /// The last day on which its text was seen.
    pub seen: String,
    /// What it says, in our words.
    pub says: String,
    /// How bad a breach is.
    pub severity: Severity,
}

#[cfg(test)]
mod tests {
    use super::RuleId;

    #[test]
    fn a_rule_id_is_lower_case_words_joined_by_hyphens() {
        for (text, good) in
            [("x-face-match", true), ("x", true), ("", false), ("X-a", false), ("a--b", false), ("a_b", false), ("-a", false)]
        {
            assert_eq!(RuleId::new(text).is_some(), good, "{text:?}");
        }
    }
}
