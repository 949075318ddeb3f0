//! That values have the shape that their meaning asks for: keys, words, dates, addresses, sentences that say something.

use super::{Report, Site};
use crate::{
    pack::schema::{Api, Artifact, Condition, File, Form, Forms, Key, Prohibition, Sentence, Taxonomy, Terms, Words},
    rule,
};

/// Adds a fault for each value of one file that cannot be what it stands for.
pub(super) fn check(site: &Site<'_>, report: &mut Report) {
    match &site.file.file {
        File::Taxonomy(file) => taxonomy(site, file, report),
        File::Words(file) => words(site, file, report),
        File::Terms(file) => terms(site, file, report),
        File::Api(file) => api(site, file, report),
        File::Use(file) | File::Safeguard(file) => forms(site, file, report),
        File::Artifact(file) => artifact(site, file, report),
        File::Prohibition(file) => prohibition(site, file, report),
    }
}

fn taxonomy<'a>(site: &Site<'a>, file: &'a Taxonomy, report: &mut Report) {
    let sections: [(_, &[Key]); 4] =
        [("categories", &file.categories), ("uses", &file.uses), ("safeguards", &file.safeguards), ("lists", &file.lists)];
    for (section, keys) in sections {
        for (site, entry) in site.each(section, keys) {
            key(&site.key("key"), &entry.key, report);
            filled(&site, [("title", &entry.title), ("says", &entry.says)], report);
        }
    }
    for (site, data) in site.each("data", &file.data) {
        key(&site.key("key"), &data.key, report);
        filled(&site, [("title", &data.title), ("says", &data.says)], report);
        for (site, group) in site.each("groups", &data.groups) {
            key(&site, group, report);
        }
    }
    for (site, kind) in site.each("paths", &file.paths) {
        key(&site.key("kind"), &kind.kind, report);
        report.add_unless(!kind.parts.is_empty(), &site, "has no path parts");
        for (site, part) in site.each("parts", &kind.parts) {
            let good = !part.is_empty() && !part.contains('/') && is_lower(part);
            report.add_unless(good, &site, "a path part is the lower-case name of one folder or file, without `/`");
        }
    }
}

fn words<'a>(site: &Site<'a>, file: &'a Words, report: &mut Report) {
    report.add_unless(!file.vocabulary.is_empty(), site, "has no vocabulary");
    for (site, vocabulary) in site.each("vocabulary", &file.vocabulary) {
        let good = is_language(&vocabulary.language);
        report.add_unless(good, &site.key("language"), "is no language tag, such as `en`, `pt-BR` or `zh-Hans`");
        let empty = vocabulary.strong.is_empty() && vocabulary.weak.is_empty() && vocabulary.against.is_empty();
        report.add_unless(!empty, &site, "has no words");
        for (key, words) in [("strong", &vocabulary.strong), ("weak", &vocabulary.weak), ("against", &vocabulary.against)] {
            word_list(&site, key, words, report);
        }
    }
}

fn terms<'a>(site: &Site<'a>, file: &'a Terms, report: &mut Report) {
    key(&site.key("platform"), &file.platform, report);
    filled(site, [("title", &file.title)], report);
    for (site, document) in site.each("documents", &file.documents) {
        key(&site.key("key"), &document.key, report);
        filled(&site, [("title", &document.title)], report);
        report.add_unless(is_url(&document.url), &site.key("url"), "is no https:// address");
        let dated = document.dated.is_empty() || is_date(&document.dated);
        report.add_unless(dated, &site.key("dated"), "is no date as YYYY-MM-DD");
        report.add_unless(is_date(&document.seen), &site.key("seen"), "is no date as YYYY-MM-DD");
    }
    for (site, clause) in site.each("clauses", &file.clauses) {
        let rest = clause.id.strip_prefix(file.platform.as_str()).and_then(|rest| rest.strip_prefix('.'));
        if !rest.is_some_and(|rest| rest.split('.').all(rule::is_key)) {
            let message = format!("a clause's id is `{}.` and lower-case words joined by `-`", file.platform);
            report.add(&site.key("id"), message);
        }
        filled(&site, [("section", &clause.section), ("says", &clause.says)], report);
    }
}

fn api<'a>(site: &Site<'a>, file: &'a Api, report: &mut Report) {
    key(&site.key("platform"), &file.platform, report);
    for (site, sdk) in site.each("sdks", &file.sdks) {
        report.add_unless(!sdk.imports.is_empty(), &site, "has no imports");
        texts(&site, "imports", &sdk.imports, report);
    }
    for (site, call) in site.each("calls", &file.calls) {
        report.add_unless(!call.names.is_empty(), &site, "has no names");
        texts(&site, "names", &call.names, report);
        filled(&site, [("says", &call.says)], report);
    }
    for (site, text) in site.each("texts", &file.texts) {
        report.add_unless(!text.text.is_empty(), &site, "has no text");
        texts(&site, "text", &text.text, report);
        filled(&site, [("says", &text.says)], report);
    }
}

fn artifact<'a>(site: &Site<'a>, file: &'a Artifact, report: &mut Report) {
    key(&site.key("artifact"), &file.artifact, report);
    filled(site, [("title", &file.title)], report);
    texts(site, "classes", &file.classes, report);
    texts(site, "members", &file.members, report);
    texts(site, "wraps", &file.wraps, report);
    for (site, call) in site.each("calls", &file.calls) {
        report.add_unless(!call.calls.is_empty(), &site, "has no calls");
        report.add_unless(!call.named.is_empty(), &site, "does not say where the name stands");
        texts(&site, "calls", &call.calls, report);
        texts(&site, "named", &call.named, report);
        texts(&site, "without", &call.without, report);
        word_list(&site, "on", &call.on, report);
    }
    for (site, entry) in site.each("entries", &file.entries) {
        report.add_unless(!entry.keys.is_empty(), &site, "has no keys");
        texts(&site, "keys", &entry.keys, report);
    }
    for (site, function) in site.each("functions", &file.functions) {
        report.add_unless(!function.decorators.is_empty(), &site, "has no decorators");
        texts(&site, "decorators", &function.decorators, report);
    }
}

fn forms<'a>(site: &Site<'a>, file: &'a Forms, report: &mut Report) {
    report.add_unless(!file.forms.is_empty(), site, "has no forms");
    conditions(site, "none", &file.none, report);
    for (site, entry) in site.each("forms", &file.forms) {
        form(&site, entry, report);
    }
}

fn form<'a>(site: &Site<'a>, form: &'a Form, report: &mut Report) {
    key(&site.key("id"), &form.id, report);
    filled(site, [("says", &form.says)], report);
    report.add_unless(!form.node.is_empty(), site, "says of no kind of node that it may be it");
    word_list(site, "name", &form.name, report);
    word_list(site, "not", &form.not, report);
    texts(site, "text", &form.text, report);
    paths(site, "api", &form.api, report);
    let own = [&form.name, &form.api, &form.text, &form.data, &form.hidden].into_iter().any(|list| !list.is_empty());
    let around = form.all.iter().chain(&form.any).any(is_telling);
    report.add_unless(
        own || around,
        site,
        "has nothing to match; give it `name`, `api`, `text`, `data` or `hidden`, or a condition that has",
    );
    if !form.pattern.is_empty() {
        let site = site.key("pattern");
        report.add_unless(!form.text.is_empty(), &site, "needs `text` beside it: the parts that are searched first");
        if let Err(error) = regex::Regex::new(&form.pattern) {
            // The last line says what is wrong; those before draw it.
            let message = error.to_string();
            let last = message.lines().last().unwrap_or("").trim_start_matches("error: ");
            report.add(&site, format!("is no regular expression: {last}"));
        }
    }
    for (key, list) in [("all", &form.all), ("any", &form.any), ("none", &form.none)] {
        conditions(site, key, list, report);
    }
}

fn conditions<'a>(site: &Site<'a>, key: &'a str, conditions: &'a [Condition], report: &mut Report) {
    for (site, condition) in site.each(key, conditions) {
        let good = is_telling(condition) || !condition.node.is_empty();
        report.add_unless(good, &site, "asks for nothing; give it `node`, `words`, `api`, `text`, `data` or `source`");
        word_list(&site, "words", &condition.words, report);
        texts(&site, "text", &condition.text, report);
        paths(&site, "api", &condition.api, report);
    }
}

/// Whether a condition asks for more than a kind of node.
pub(super) fn is_telling(condition: &Condition) -> bool {
    [&condition.words, &condition.api, &condition.text, &condition.data, &condition.source]
        .into_iter()
        .any(|list| !list.is_empty())
}

fn prohibition<'a>(site: &Site<'a>, file: &'a Prohibition, report: &mut Report) {
    key(&site.key("id"), &file.id, report);
    filled(site, [("title", &file.title), ("why", &file.why), ("remedy", &file.remedy)], report);
    let example = &file.example;
    filled(
        &site.key("example"),
        [("file", &example.file), ("breaking", &example.breaking), ("keeping", &example.keeping)],
        report,
    );
    report.add_unless(!file.clauses.is_empty(), &site.key("clauses"), "names no clause; a rule without one does not load");
    match (&file.prohibited, &file.required) {
        (Some(sentence), None) => says(&site.key("prohibited"), sentence, report),
        (None, Some(duty)) => {
            let site = site.key("required");
            report.add_unless(!duty.safeguard.is_empty(), &site.key("safeguard"), "names no safeguard");
            says(&site.key("whenever"), &duty.whenever, report);
        }
        (Some(_), Some(_)) => report.add(&site.key("required"), "a rule has `prohibited` or `required`, not both"),
        (None, None) => report.add(site, "has neither `prohibited` nor `required`"),
    }
}

fn says(site: &Site<'_>, sentence: &Sentence, report: &mut Report) {
    report.add_unless(!sentence.uses.is_empty(), &site.key("use"), "names no use");
    for (site, fact) in site.each("together", &sentence.together) {
        report.add_unless(!(fact.uses.is_empty() && fact.data.is_empty()), &site, "names neither a use nor data");
        let vague = fact.within == "app" && !fact.data.is_empty();
        report.add_unless(!vague, &site.key("data"), "data anywhere in an app says too little; take `pipeline` or a use");
    }
}

fn key(site: &Site<'_>, text: &str, report: &mut Report) {
    if !rule::is_key(text) {
        report.add(site, format!("`{text}` is no key: lower-case words joined by `-`"));
    }
}

fn filled<'a, const N: usize>(site: &Site<'a>, texts: [(&'a str, &str); N], report: &mut Report) {
    for (key, text) in texts {
        if text.trim().is_empty() {
            report.add(&site.key(key), format!("`{key}` says nothing"));
        }
    }
}

/// An empty part would be found in every text.
fn texts<'a>(site: &Site<'a>, key: &'a str, list: &'a [String], report: &mut Report) {
    for (site, text) in site.each(key, list) {
        report.add_unless(!text.trim().is_empty(), &site, "is empty, so it would stand everywhere");
    }
}

fn paths<'a>(site: &Site<'a>, key: &'a str, list: &'a [String], report: &mut Report) {
    for (site, path) in site.each(key, list) {
        let good = path.split('.').all(|part| !part.is_empty()) && !path.contains(char::is_whitespace);
        report.add_unless(good, &site, "is no path of names joined by `.`");
    }
}

fn word_list<'a>(site: &Site<'a>, key: &'a str, words: &'a [String], report: &mut Report) {
    for (site, word) in site.each(key, words).filter(|(_, word)| !word.starts_with('@')) {
        if let Some(message) = wrong_word(word) {
            report.add(&site, format!("the word `{word}` {message}"));
        }
    }
}

fn wrong_word(word: &str) -> Option<&'static str> {
    let parts = || word.split(' ');
    if parts().any(str::is_empty) {
        return Some("is empty or has a space too many");
    }
    if !is_lower(word) {
        return Some("is not lower case, so no name would have it");
    }
    let starred = parts().any(|part| part == "*" || part.strip_suffix('*').unwrap_or(part).contains('*'));
    starred.then_some("has a `*` that does not end a word")
}

fn is_lower(text: &str) -> bool {
    text.to_lowercase() == text
}

/// The commonest shapes of BCP 47: a language, then perhaps a script and a region.
fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let language =
        parts.next().is_some_and(|part| matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_lowercase()));
    language
        && parts.all(|part| match part.as_bytes() {
            [first, rest @ ..] if rest.len() == 3 && first.is_ascii_uppercase() => rest.iter().all(u8::is_ascii_lowercase),
            region if region.len() == 2 => region.iter().all(u8::is_ascii_uppercase),
            region => region.len() == 3 && region.iter().all(u8::is_ascii_digit),
        })
}

fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return false };
    let number = |part: &str, digits: usize| {
        (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().unwrap_or(0))
    };
    let (Some(year), Some(month), Some(day)) = (number(year, 4), number(month, 2), number(day, 2)) else { return false };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days: u32 = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&day)
}

fn is_url(text: &str) -> bool {
    text.strip_prefix("https://").is_some_and(|rest| rest.contains('.')) && !text.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::{is_date, is_language, wrong_word};

    #[test]
    fn a_date_is_one_of_the_calendar() {
        for (text, good) in [
            ("2026-02-28", true),
            ("2024-02-29", true),
            ("2026-02-29", false),
            ("2026-13-01", false),
            ("2026-1-1", false),
            ("", false),
            ("2026-04-31", false),
        ] {
            assert_eq!(is_date(text), good, "{text}");
        }
    }

    #[test]
    fn a_language_tag_is_a_language_a_script_and_a_region() {
        for (text, good) in [
            ("en", true),
            ("pt-BR", true),
            ("zh-Hans", true),
            ("es-419", true),
            ("und", true),
            ("english", false),
            ("EN", false),
            ("en_US", false),
            ("", false),
        ] {
            assert_eq!(is_language(text), good, "{text}");
        }
    }

    #[test]
    fn a_word_is_lower_case_and_a_star_ends_it() {
        for (word, good) in [
            ("church", true),
            ("predict*", true),
            ("sit in", true),
            ("信仰", true),
            ("Church", false),
            ("", false),
            ("a  b", false),
            ("*", false),
            ("pre*dict", false),
        ] {
            assert_eq!(wrong_word(word).is_none(), good, "{word}");
        }
    }
}
