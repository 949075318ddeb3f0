//! Lines that IPython understands and its language does not: `%%sql`, `%time`, `!pip`, `name?`.

use super::CodeCell;

/// Cell magics after which the cell is in another language. Databricks writes them with one `%`.
const LANGUAGES: &[(&str, &str)] = &[
    ("sql", "sql"),
    ("bigquery", "sql"),
    ("sparksql", "sql"),
    ("read_sql", "sql"),
    ("bash", "bash"),
    ("sh", "bash"),
    ("script", "bash"),
    ("javascript", "javascript"),
    ("js", "javascript"),
    ("typescript", "typescript"),
    ("html", "html"),
    ("svg", "html"),
    ("latex", "latex"),
    ("markdown", "markdown"),
    ("md", "markdown"),
    ("r", "r"),
    ("scala", "scala"),
    ("ruby", "ruby"),
    ("perl", "perl"),
    ("writefile", "text"),
    ("python", "python"),
    ("python3", "python"),
    ("pypy", "python"),
    ("pyspark", "python"),
];

/// Magics whose argument is code of the cell's own language.
const WRAPPERS: &[&str] = &["time", "timeit", "prun", "memit", "lprun", "mprun"];

/// Appends `cell` with its magic lines masked, and each line in another language as a piece of its own.
pub(super) fn split(mut cell: CodeCell, out: &mut Vec<CodeCell>) {
    let start = cell.text.len() - cell.text.trim_start().len();
    let first = start..start + cell.text[start..].find('\n').unwrap_or(cell.text.len() - start);
    let line = &cell.text[first.clone()];
    let double = line.starts_with("%%");
    let language = line.strip_prefix('%').and_then(|rest| language(rest.trim_start_matches('%')));
    let alone = line.trim_start_matches('%').split_whitespace().count() == 1;
    if let Some(language) = language.filter(|_| double || alone) {
        cell.language = language.to_owned();
        cell.text.replace_range(first.clone(), &" ".repeat(first.len()));
    }
    if cell.language != "python" {
        out.push(cell);
        return;
    }
    let mut parts = Vec::new();
    let mut masked = cell.text.clone().into_bytes();
    let (mut at, mut continued) = (0, false);
    for line in cell.text.split_inclusive('\n') {
        let body = line.trim_end();
        let indent = body.len() - body.trim_start().len();
        let code = &body[indent..];
        let (from, to) = (at + indent, at + body.len());
        let magic = magical(code) || continued;
        if let Some((language, rest)) = other_language(code) {
            parts.push(cell.part(to - rest, to, language));
        }
        match magic {
            true if !continued && wraps(code) => masked[from..to - argument(code)].fill(b' '),
            true if !code.is_empty() => hide(&mut masked, from, to, indent),
            _ => (),
        }
        if let Some(call) = assigned(code) {
            masked[from + call..to].fill(b' ');
            masked[from + call] = b'0';
        }
        continued = magic && body.ends_with('\\');
        at += line.len();
    }
    // Whole lines, or ASCII at their starts, were replaced by ASCII, so this cannot fail.
    cell.text = String::from_utf8(masked).unwrap_or(cell.text);
    out.push(cell);
    out.append(&mut parts);
}

/// The language that the magic at the start of `rest` tells.
fn language(rest: &str) -> Option<&'static str> {
    let word = rest.split_whitespace().next().unwrap_or("").to_lowercase();
    LANGUAGES.iter().find(|(magic, _)| *magic == word).map(|(_, language)| *language)
}

/// Whether a line, without its indent, is IPython's.
fn magical(code: &str) -> bool {
    let mut chars = code.chars();
    match (chars.next(), chars.next()) {
        (Some('%'), Some(next)) => next.is_alphabetic() || next == '%',
        (Some('!'), Some(next)) => next != '=',
        (Some('?'), Some(_)) => true,
        _ => {
            code.ends_with('?') && code.trim_end_matches('?').chars().all(|char| char.is_alphanumeric() || "_.%*".contains(char))
        }
    }
}

fn wraps(code: &str) -> bool {
    let word = code.trim_start_matches('%').split_whitespace().next().unwrap_or("");
    code.starts_with('%') && WRAPPERS.contains(&word)
}

/// The length of what a wrapping magic runs, past its options.
fn argument(code: &str) -> usize {
    let mut rest = code.trim_start_matches('%').split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim_start();
    while rest.starts_with('-') {
        rest = rest.split_once(char::is_whitespace).map_or("", |(_, rest)| rest).trim_start();
        rest = rest.trim_start_matches(|char: char| char.is_ascii_digit()).trim_start();
    }
    rest.len()
}

/// `%sql SELECT 1`: the language, and the length of what is written in it.
fn other_language(code: &str) -> Option<(&'static str, usize)> {
    let magic =
        code.split_once('%').filter(|(before, _)| before.is_empty() || assigned(code).is_some()).map(|(_, magic)| magic)?;
    let rest = magic.split_once(char::is_whitespace).map_or("", |(_, rest)| rest.trim_start());
    let language = language(magic).filter(|language| *language != "python")?;
    (!rest.is_empty()).then_some((language, rest.len()))
}

/// `files = !ls`, `rows = %sql SELECT 1`: where what is not Python starts.
fn assigned(code: &str) -> Option<usize> {
    let (target, value) = code.split_once('=')?;
    let name = |char: char| char.is_alphanumeric() || "_., ".contains(char);
    let value = value.trim_start();
    let mut chars = value.chars();
    let starts = matches!((chars.next(), chars.next()), (Some('!'), Some(_)) | (Some('%'), Some('a'..='z')));
    (starts && !target.is_empty() && target.chars().all(name)).then(|| code.len() - value.len())
}

/// Makes a comment of a line, in its indent where there is one: its words stay for who reads the excerpt.
fn hide(masked: &mut [u8], from: usize, to: usize, indent: usize) {
    match masked[from] {
        first if matches!(first, b'%' | b'!' | b'?') || first.is_ascii() && indent == 0 => masked[from] = b'#',
        _ if indent > 0 && masked[from - 1].is_ascii() => masked[from - 1] = b'#',
        _ => masked[from..to].fill(b' '),
    }
}
