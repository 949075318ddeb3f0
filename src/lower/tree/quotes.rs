//! What a string, a name or a path says, without the marks around it.

use crate::{language::Names, span::Span};

/// A name without the sigil before it and the colon after it, where the language has them.
pub(super) fn bare(here: Span, text: &str, names: &Names) -> Span {
    let all = here.of(text);
    if names.sigils.is_empty() {
        return here;
    }
    let after = names.sigils.iter().find_map(|sigil| all.strip_prefix(sigil)).filter(|after| !after.is_empty());
    let name = after.unwrap_or(all).trim_end().trim_end_matches(':');
    let start = here.start as usize + all.len() - after.unwrap_or(all).len();
    if name.is_empty() { here } else { Span::new(start, start + name.len()) }
}

/// The path in an import statement: without its keyword, what ends it, and wildcards.
pub(super) fn path_in(here: Span, text: &str) -> Span {
    let all = here.of(text).trim_end_matches([';', '_', '*', '.', ':', ' ']);
    if let Some(header) = all.strip_prefix('#').map(str::trim_start) {
        let written = header.trim_start_matches(|letter: char| letter.is_ascii_alphabetic()).trim_start();
        let path = written.trim_end().trim_matches(['<', '>', '"']);
        let start = here.start as usize + all.len() - written.trim_start_matches(['<', '"']).len();
        return Span::new(start, start + path.len());
    }
    let keyword = ["@import ", "import static ", "import ", "pub use ", "use ", "using static ", "using "];
    let path = keyword.iter().find_map(|keyword| all.strip_prefix(keyword)).unwrap_or(all).trim_start();
    let start = here.start as usize + all.len() - path.len();
    Span::new(start, start + path.len())
}

/// The inside of a string: without its prefix letters and quotes. Text without quotes is itself.
pub(super) fn inside_quotes(here: Span, text: &str) -> Span {
    let all = here.of(text);
    if let Some(sigil) = all.strip_prefix('~').filter(|sigil| sigil.starts_with(|char: char| char.is_ascii_alphabetic())) {
        return inside_sigil(here, sigil);
    }
    if let Some(inner) = inside_delimiters(all) {
        return Span { end: here.end - 1, start: here.end - 1 - inner };
    }
    let prefix = all.bytes().take_while(|byte| b"rRbBuUfFsScCL8@$#".contains(byte)).count().min(4);
    let after = &all[prefix..];
    if let Some(inside) = raw(&all[..prefix], after) {
        let start = here.start as usize + prefix + inside.0;
        return Span::new(start, start + inside.1);
    }
    let (after, marks) = match after.trim_end_matches('#') {
        bare if prefix > 0 => (bare, after.len() - bare.len()),
        _ => (after, 0),
    };
    let closes = |(open, close): &(&str, &str)| {
        after.len() >= open.len() + close.len() && after.starts_with(*open) && after.ends_with(*close)
    };
    let quotes = [
        ("\"\"\"", "\"\"\""),
        ("'''", "'''"),
        ("[[", "]]"),
        ("\"", "\"@"),
        ("'", "'@"),
        ("\"", "\""),
        ("'", "'"),
        ("`", "`"),
        (":", ""),
    ];
    let Some((open, close)) = quotes.into_iter().find(closes) else { return here };
    Span::new(here.start as usize + prefix + open.len(), here.end as usize - close.len() - marks)
}

/// Where the inside of `R"name(…)name"` starts, and how long it is.
fn raw(prefix: &str, after: &str) -> Option<(usize, usize)> {
    let (name, rest) = after.strip_prefix('"').filter(|_| prefix.ends_with('R'))?.split_once('(')?;
    let inside = rest.strip_suffix('"')?.strip_suffix(name)?.strip_suffix(')')?;
    (name.len() <= 16).then_some((name.len() + 2, inside.len()))
}

/// The inside of `~s(…)`, of which `sigil` is all but the first character: without its letters and delimiters.
fn inside_sigil(here: Span, sigil: &str) -> Span {
    let inner = sigil.trim_start_matches(|char: char| char.is_ascii_alphanumeric());
    let until = inner.trim_end_matches(|char: char| char.is_ascii_alphanumeric());
    let delimiter = ["\"\"\"", "'''"].into_iter().find(|quotes| inner.starts_with(quotes)).map_or(1, str::len);
    let start = here.end as usize - inner.len();
    let end = start + until.len();
    let cut =
        until.len() >= 2 * delimiter && until.is_char_boundary(delimiter) && until.is_char_boundary(until.len() - delimiter);
    if cut { Span::new(start + delimiter, end - delimiter) } else { here }
}

/// How long the inside of `q{…}` or `qq(…)` is, in bytes; `None` for what is written in another way.
fn inside_delimiters(all: &str) -> Option<u32> {
    let inner = all.strip_prefix("qq").or_else(|| all.strip_prefix('q'))?.trim_start();
    let open = inner.chars().next()?;
    let close = match open {
        '{' => '}',
        '(' => ')',
        '[' => ']',
        '<' => '>',
        '|' | '/' | '!' | '~' | '\'' | '"' => open,
        _ => return None,
    };
    let inner = inner.strip_prefix(open)?.strip_suffix(close)?;
    u32::try_from(inner.len()).ok()
}
