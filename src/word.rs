//! Words: how identifiers and strings are split, and the one spelling in which words are compared.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Text in the one spelling in which words are compared: compatibility forms resolved, lower case, no diacritics.
#[must_use]
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.nfkd().filter(|c| !is_accent(*c)).flat_map(char::to_lowercase).collect())
}

/// Whether a mark changes no word: an accent, a point, a voicing mark. The vowels of Indic scripts are marks as well,
/// and without them other words remain.
fn is_accent(c: char) -> bool {
    const NUKTA: [char; 3] = ['\u{93c}', '\u{9bc}', '\u{a3c}'];
    is_combining_mark(c) && (NUKTA.contains(&c) || !matches!(c, '\u{900}'..='\u{1aaf}'))
}

/// Text in which folded literals are found by a search that takes no notice of ASCII case: the case of ASCII
/// letters stays, since it shows where words start.
#[must_use]
pub fn fold_marks(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let lower = |c: char| {
        let kept = c.is_ascii().then_some(c);
        let lowered = (!c.is_ascii()).then(|| c.to_lowercase());
        kept.into_iter().chain(lowered.into_iter().flatten())
    };
    Cow::Owned(text.nfkd().filter(|c| !is_accent(*c)).flat_map(lower).collect())
}

/// Calls `each` with every word of an identifier or string, folded, in order.
///
/// A word is a run of letters or a run of digits; a change from lower to upper case starts a new word,
/// and so does the last capital of a run before a lower-case letter: `HTTPServer2` is `http`, `server`, `2`.
/// Han characters, which no space separates, are words one by one; hiragana and katakana are words apart.
pub fn split(text: &str, each: &mut dyn FnMut(&str)) {
    let mut start = None;
    let mut before = Class::Other;
    let mut previous = 0;
    for (at, c) in text.char_indices() {
        let class = Class::of(c);
        let breaks = match (before, class) {
            (_, Class::Other | Class::Han) | (Class::Other | Class::Han, _) => true,
            (Class::Hiragana, class) => class != Class::Hiragana,
            (Class::Katakana, class) => class != Class::Katakana,
            (_, Class::Hiragana | Class::Katakana) => true,
            (Class::Upper, Class::Lower) => {
                // The capital before belongs to this word.
                if start.is_some_and(|from| from < previous) {
                    emit(text, start, previous, each);
                    start = Some(previous);
                }
                false
            }
            (Class::Lower | Class::Digit, Class::Upper)
            | (Class::Digit, Class::Lower)
            | (Class::Lower | Class::Upper, Class::Digit) => true,
            _ => false,
        };
        if breaks {
            emit(text, start, at, each);
            start = (class != Class::Other).then_some(at);
        }
        before = class;
        previous = at;
    }
    emit(text, start, text.len(), each);
}

fn emit(text: &str, start: Option<usize>, end: usize, each: &mut dyn FnMut(&str)) {
    if let Some(word) = start.and_then(|start| text.get(start..end)).filter(|word| !word.is_empty()) {
        each(&fold(word));
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Lower,
    Upper,
    Digit,
    Han,
    Hiragana,
    Katakana,
    Other,
}

impl Class {
    fn of(c: char) -> Self {
        match c {
            _ if c.is_ascii() => (),
            '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => return Self::Han,
            '\u{3041}'..='\u{309f}' => return Self::Hiragana,
            '\u{30a1}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => return Self::Katakana,
            _ => (),
        }
        if c.is_uppercase() {
            Self::Upper
        } else if c.is_alphabetic() || is_combining_mark(c) {
            Self::Lower
        } else if c.is_numeric() {
            Self::Digit
        } else {
            Self::Other
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn identifiers_split_where_people_see_words() {
        for (text, words) in [
            ("likelyRace5way", "likely race 5 way"),
            ("HTTPServer2", "http server 2"),
            ("user_id", "user id"),
            ("ETHNIC-affinity", "ethnic affinity"),
            ("Prénom, ethnicité", "prenom ethnicite"),
            ("isMuslim", "is muslim"),
            ("raceCondition", "race condition"),
            ("broadcaster", "broadcaster"),
            ("ＲＡＣＥ", "race"),
            ("用户宗教信仰ID", "用 户 宗 教 信 仰 id"),
            ("イスラム教徒のuser", "イスラム 教 徒 の user"),
            ("मज़हब दलित दौलत", "मजहब दलित दौलत"),
            ("ムスリムフラグ", "ムスリムフラク"),
            ("", ""),
        ] {
            let mut found = Vec::new();
            super::split(text, &mut |word| found.push(word.to_owned()));
            assert_eq!(found.join(" "), words, "{text}");
        }
    }
}
