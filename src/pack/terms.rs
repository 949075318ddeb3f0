//! Terms as published: their sections, what changed between two copies, and which clauses of a pack it touches.
//!
//! In: two texts with headings (Markdown, or numbered lines). Out: sections that changed, with the sentences that did.
//! Line breaks and spaces are no change. Nothing here reads a file or decides what a change means for a rule.

use similar::{ChangeTag, TextDiff};

use crate::pack::schema::{Clause, Terms};

/// A section that is more alike than this under another heading was renamed.
const ALIKE: f32 = 0.6;
/// A longer line is no heading of a plain text. In characters.
const HEADING: usize = 100;

/// A section of a document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    /// Its heading as written, without marks; empty before the first one.
    pub heading: String,
    /// Its number, with those of the sections around it: `xiv`, `b`.
    pub number: Vec<String>,
    /// Its text up to the next heading, sentence by sentence.
    pub sentences: Vec<String>,
}

/// What became of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is new.
    Added(Section),
    /// It is gone.
    Removed(Section),
    /// Its text is another, or its heading.
    Changed {
        /// As it was.
        old: Section,
        /// As it is.
        new: Section,
        /// Sentences that are gone.
        gone: Vec<String>,
        /// Sentences that are new.
        came: Vec<String>,
    },
}

impl Change {
    /// The section as it was and as it is.
    fn sides(&self) -> Vec<&Section> {
        match self {
            Self::Added(section) | Self::Removed(section) => vec![section],
            Self::Changed { old, new, .. } => vec![old, new],
        }
    }

    /// The heading, the new one where there are two.
    #[must_use]
    pub fn heading(&self) -> &str {
        self.sides().last().map_or("", |section| &section.heading)
    }

    /// Whether a clause cites the section.
    #[must_use]
    pub fn is_cited_by(&self, clause: &Clause) -> bool {
        self.sides().into_iter().any(|section| cites(clause, section))
    }
}

/// The clauses of a document.
pub fn clauses_of<'t>(terms: &'t Terms, document: &str) -> Vec<&'t Clause> {
    terms.clauses.iter().filter(|clause| clause.document == document).collect()
}

/// The sections of a text.
#[must_use]
pub fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut around: Vec<(usize, Vec<String>)> = Vec::new();
    let mut paragraph = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let line = line.trim();
        let underlined = lines.peek().is_some_and(|next| {
            let next = next.trim();
            next.len() >= 3 && (next.bytes().all(|byte| byte == b'=') || next.bytes().all(|byte| byte == b'-'))
        });
        let Some((level, heading)) = heading(line, underlined && !line.is_empty()) else {
            if line.is_empty() {
                end(&mut paragraph, &mut sections);
            } else if !line.bytes().all(|byte| matches!(byte, b'=' | b'-')) {
                paragraph.push_str(line);
                paragraph.push(' ');
            }
            continue;
        };
        end(&mut paragraph, &mut sections);
        around.retain(|(outer, _)| *outer < level);
        let own = number(&heading);
        // A number of several parts says where it stands by itself.
        let outer = around.last().map(|(_, number)| number.clone()).filter(|_| own.len() == 1).unwrap_or_default();
        let number: Vec<String> = if own.is_empty() { Vec::new() } else { outer.into_iter().chain(own).collect() };
        if !number.is_empty() {
            around.push((level, number.clone()));
        }
        sections.push(Section { heading, number, sentences: Vec::new() });
    }
    end(&mut paragraph, &mut sections);
    sections.retain(|section| !section.heading.is_empty() || !section.sentences.is_empty());
    sections
}

/// Puts what a paragraph says into the last section.
fn end(paragraph: &mut String, sections: &mut [Section]) {
    let text: Vec<&str> = paragraph.split_whitespace().collect();
    let Some(section) = sections.last_mut() else { return };
    let mut sentence = String::new();
    for (at, word) in text.iter().enumerate() {
        if !sentence.is_empty() {
            sentence.push(' ');
        }
        sentence.push_str(word);
        if word.ends_with(['.', ';', ':', '!', '?']) && word.len() > 3 || at + 1 == text.len() {
            section.sentences.push(std::mem::take(&mut sentence));
        }
    }
    paragraph.clear();
}

/// The level and the text of a heading.
fn heading(line: &str, underlined: bool) -> Option<(usize, String)> {
    let marks = line.bytes().take_while(|byte| *byte == b'#').count();
    let bare = line.trim_matches(['#', '*', '_', ' ']);
    if bare.is_empty() {
        return None;
    }
    if (1..=6).contains(&marks) && line.as_bytes().get(marks) == Some(&b' ') {
        return Some((marks, bare.to_owned()));
    }
    if underlined {
        return Some((1, bare.to_owned()));
    }
    // In a plain text, a short line with a number and no end of a sentence; or a line all in bold.
    let bold = line.starts_with("**") && line.ends_with("**") && line.len() > 4;
    let own = number(bare);
    let short = bare.chars().count() <= HEADING && !bare.ends_with(['.', ';', ',', ':']);
    let titled = bare.split_whitespace().nth(1).is_some_and(|word| word.chars().next().is_some_and(char::is_uppercase));
    (short && (bold || !own.is_empty() && titled)).then(|| (6 + own.len(), bare.to_owned()))
}

/// The parts of the number with which a heading or a citation starts: `XIV.B(c) User Protection` gives `xiv`, `b`, `c`.
fn number(text: &str) -> Vec<String> {
    let mut words = text.split_whitespace().map(|word| word.trim_matches([',', ':', '§']));
    let mut first = words.next().unwrap_or("");
    if matches!(first.to_lowercase().as_str(), "article" | "section" | "art." | "sec." | "" | "rule" | "part") {
        first = words.next().unwrap_or("");
    }
    let parts: Vec<String> = first.split(['.', '(', ')']).filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let roman = |part: &String| part.bytes().all(|byte| b"ivxlc".contains(&byte));
    let letter = |part: &String| part.len() == 1 && part.bytes().all(|byte| byte.is_ascii_lowercase());
    let fits = |part: &String| part.bytes().all(|byte| byte.is_ascii_digit()) || roman(part) || letter(part);
    // A word of one letter is a number only with a mark after it.
    let marked = first.contains(['.', '(', ')']) || first.bytes().all(|byte| byte.is_ascii_digit());
    if !parts.is_empty() && marked && parts.iter().all(fits) { parts } else { Vec::new() }
}

/// Whether a clause cites a section: by its number, or by its heading.
fn cites(clause: &Clause, section: &Section) -> bool {
    if clause.section.to_lowercase().starts_with("whole") {
        return true;
    }
    let cited = number(&clause.section);
    if !cited.is_empty() && !section.number.is_empty() {
        let shorter = cited.len().min(section.number.len());
        return cited[..shorter] == section.number[..shorter];
    }
    let (cited, own) = (title(&clause.section), title(&section.heading));
    let inside = |some: &[String], all: &[String]| !some.is_empty() && some.iter().all(|word| all.contains(word));
    inside(&own, &cited) || inside(&cited, &own)
}

/// The words of a heading that say something.
fn title(text: &str) -> Vec<String> {
    let words = text.split(|char: char| !char.is_alphanumeric()).map(str::to_lowercase);
    words
        .filter(|word| word.chars().count() > 2 && !matches!(word.as_str(), "the" | "and" | "article" | "section" | "for"))
        .collect()
}

/// Whether some section of either copy is the one that a clause cites.
#[must_use]
pub fn has_place(clause: &Clause, old: &[Section], new: &[Section]) -> bool {
    old.iter().chain(new).any(|section| cites(clause, section))
}

/// What changed from `old` to `new`, in the order of the new text; what is gone stands at the end.
#[must_use]
pub fn changes(old: &[Section], new: &[Section]) -> Vec<Change> {
    let same = |a: &Section, b: &Section| title(&a.heading) == title(&b.heading) && a.number == b.number;
    let mut left: Vec<&Section> = old.iter().collect();
    let mut paired: Vec<(Option<&Section>, &Section)> = Vec::new();
    for section in new {
        let at = left.iter().position(|other| same(other, section));
        paired.push((at.map(|at| left.remove(at)), section));
    }
    for (before, section) in &mut paired {
        if before.is_none() {
            let alike = |other: &&Section| ratio(other, section);
            let best = left.iter().enumerate().map(|(at, other)| (at, alike(other))).max_by(|a, b| a.1.total_cmp(&b.1));
            if let Some((at, _)) = best.filter(|(_, ratio)| *ratio >= ALIKE) {
                *before = Some(left.remove(at));
            }
        }
    }
    let mut changes: Vec<Change> = Vec::new();
    for (before, section) in paired {
        match before {
            None => changes.push(Change::Added(section.clone())),
            Some(before) => changes.extend(changed(before, section)),
        }
    }
    changes.extend(left.into_iter().cloned().map(Change::Removed));
    changes
}

fn changed(old: &Section, new: &Section) -> Option<Change> {
    let (mut gone, mut came) = (Vec::new(), Vec::new());
    let (before, after) = (texts(old), texts(new));
    for change in TextDiff::from_slices(&before, &after).iter_all_changes() {
        match change.tag() {
            ChangeTag::Delete => gone.push(change.value().to_owned()),
            ChangeTag::Insert => came.push(change.value().to_owned()),
            ChangeTag::Equal => (),
        }
    }
    let moved = old.heading != new.heading;
    (moved || !gone.is_empty() || !came.is_empty()).then(|| Change::Changed { old: old.clone(), new: new.clone(), gone, came })
}

fn texts(section: &Section) -> Vec<&str> {
    section.sentences.iter().map(String::as_str).collect()
}

fn ratio(old: &Section, new: &Section) -> f32 {
    let (before, after) = (texts(old), texts(new));
    if before.is_empty() && after.is_empty() { 0.0 } else { TextDiff::from_slices(&before, &after).ratio() }
}

#[cfg(test)]
mod tests {
    use super::{Change, changes, number, sections};
    use crate::pack::schema::Clause;

    const OLD: &str = "# Rules\n\nHello there.\n\n## 3. Use of data\n\nYou may read posts. You may not\nwatch people.\n\n## 4. Ending\n\nWe may end this.\n";

    #[test]
    fn a_number_is_what_a_heading_starts_with() {
        for (text, parts) in [
            ("XIV.B(c) User Protection", "xiv b c"),
            ("Article 9(1)", "9 1"),
            ("4.2", "4 2"),
            ("3.3 Content removal", "3 3"),
            ("A closer look", ""),
            ("Sensitive data", ""),
            ("B. User Protection", "b"),
        ] {
            assert_eq!(number(text).join(" "), parts, "{text}");
        }
    }

    #[test]
    fn other_line_breaks_are_no_change() {
        let new = OLD.replace("not\nwatch", "not watch").replace("Hello there.", "Hello\n  there.");
        assert_eq!(changes(&sections(OLD), &sections(&new)), []);
    }

    #[test]
    fn a_changed_sentence_names_its_section_and_the_clauses_that_cite_it() {
        let new = OLD.replace("watch people", "follow people").replace("## 4. Ending", "## 4. Termination");
        let found = changes(&sections(OLD), &sections(&new));
        let [Change::Changed { gone, came, .. }, Change::Changed { gone: none, .. }] = &found[..] else { panic!("{found:?}") };
        assert_eq!(
            (gone.join("|").as_str(), came.join("|").as_str()),
            ("You may not watch people.", "You may not follow people.")
        );
        assert!(none.is_empty(), "a new heading over the same text");
        let cites = |section: &str| {
            let clause = Clause { section: section.to_owned(), ..Clause::default() };
            found.iter().map(|change| change.is_cited_by(&clause)).collect::<Vec<_>>()
        };
        assert_eq!(cites("3(b) Use of data"), [true, false]);
        assert_eq!(cites("Use of data"), [true, false]);
        assert_eq!(cites("whole document"), [true, true]);
        assert_eq!(cites("5"), [false, false]);
    }

    #[test]
    fn sections_come_and_go() {
        let new = OLD.replace("## 4. Ending\n\nWe may end this.", "## 5. Fees\n\nEach call costs money now.");
        let found = changes(&sections(OLD), &sections(&new));
        assert!(
            matches!(&found[..], [Change::Added(new), Change::Removed(old)] if new.heading == "5. Fees" && old.heading == "4. Ending"),
            "{found:?}"
        );
    }

    #[test]
    fn a_plain_text_has_numbered_headings() {
        let found =
            sections("Welcome to all.\n\nXIV. Restrictions\n\nText one.\n\nB. User Protection\nText two, as\n1 more line.\n");
        let shown: Vec<String> =
            found.iter().map(|section| format!("{}={}", section.heading, section.number.join("."))).collect();
        assert_eq!(shown, ["=", "XIV. Restrictions=xiv", "B. User Protection=b"]);
    }
}
