//! Apps that say themselves what must be found in them.
//!
//! A folder of fixtures holds one folder for each rule, with `breaks` and `keeps` inside, or whole apps.
//! A file says `expect: rule-id` in a comment on the line, or alone on the line before; an `expected.txt`
//! at the top of an app says `file:line: rule-id` for formats without comments. `expect-later:` marks a
//! known miss. Findings of confidence medium and above must be exactly those.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::packs;
use crate::{
    error::Error,
    finding::Confidence,
    pack::Pack,
    scan,
    source::{self, Source},
};

/// A line on which a rule must fire: file inside the app, line from 1, rule.
type Expected = BTreeSet<(String, u32, String)>;

/// Every difference between what the apps under `folder` expect and what is found in them.
///
/// # Errors
/// `Error::Io` for a folder that cannot be read.
pub fn faults(pack: &Pack, folder: &Path) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    for app in apps(folder)? {
        let shown = app.strip_prefix(folder).unwrap_or(&app).display().to_string();
        let wanted = expected(&app)?;
        let report = match scan::report(&packs::settings(vec![app.clone()]), pack, &|_| ()) {
            Ok(report) => report,
            Err(error) => {
                faults.push(format!("{shown}: {error}"));
                continue;
            }
        };
        let sure = report.findings.iter().filter(|finding| finding.confidence >= Confidence::Medium && finding.status.counts());
        let found: Expected =
            sure.map(|finding| (finding.at.file.to_string(), finding.at.start.line, finding.rule.to_string())).collect();
        faults.extend(
            wanted
                .difference(&found)
                .map(|(file, line, rule)| format!("{shown}/{file}:{line}: {rule} is expected and not found")),
        );
        faults.extend(
            found
                .difference(&wanted)
                .map(|(file, line, rule)| format!("{shown}/{file}:{line}: {rule} is found and not expected")),
        );
        if app.ends_with("breaks") && wanted.is_empty() {
            faults.push(format!("{shown}: expects nothing"));
        }
    }
    Ok(faults)
}

/// The apps under a folder of fixtures.
///
/// # Errors
/// `Error::Io` for a folder that cannot be read.
pub fn apps(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut all = Vec::new();
    for child in folders(folder)? {
        let pair: Vec<PathBuf> = ["breaks", "keeps"].iter().map(|name| child.join(name)).filter(|path| path.is_dir()).collect();
        if pair.is_empty() { all.push(child) } else { all.extend(pair) }
    }
    Ok(all)
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let fault = |cause| Error::Io { path: folder.to_owned(), cause };
    let mut all = Vec::new();
    for entry in fs::read_dir(folder).map_err(fault)? {
        let path = entry.map_err(fault)?.path();
        if path.is_dir() {
            all.push(path);
        }
    }
    all.sort();
    Ok(all)
}

fn expected(app: &Path) -> Result<Expected, Error> {
    let mut all = Expected::new();
    let settings = packs::settings(vec![app.to_owned()]);
    for root in crate::walk::apps(&settings)? {
        for file in root.files {
            let Ok(Source { text, .. }) = source::read(&file.absolute, &settings.limits) else { continue };
            if file.path == "expected.txt" {
                all.extend(text.lines().filter_map(listed));
            } else {
                all.extend(commented(&text).into_iter().map(|(line, rule)| (file.path.clone(), line, rule)));
            }
        }
    }
    Ok(all)
}

/// `file:line: rule-id`.
fn listed(line: &str) -> Option<(String, u32, String)> {
    let (place, rule) = line.split_once(": ")?;
    let (file, number) = place.rsplit_once(':')?;
    Some((file.trim().to_owned(), number.parse().ok()?, rule.trim().to_owned()))
}

fn commented(text: &str) -> Vec<(u32, String)> {
    let mut all = Vec::new();
    let mut waiting: Vec<String> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let (code, said) = line.split_once("expect: ").unwrap_or((line, ""));
        let names = said.split([',', ' ']).map(|rule| rule.trim_matches(['*', '/', '>', '-'])).filter(|rule| rule.contains('-'));
        waiting.extend(names.map(str::to_owned));
        if code.trim_matches([' ', '\t', '#', '/', '-', '*', '<', '!']).is_empty() {
            continue;
        }
        all.extend(waiting.drain(..).map(|rule| (number, rule)));
    }
    all
}

#[cfg(test)]
mod tests {
    #[test]
    fn comments_say_what_must_be_found() {
        let text = "a = 1  # expect: x-a, x-b\n# expect: y-c\n\nb = 2\n-- expect: z-d\nselect 1\n";
        let found: Vec<String> = super::commented(text).into_iter().map(|(line, rule)| format!("{line} {rule}")).collect();
        assert_eq!(found, ["1 x-a", "1 x-b", "4 y-c", "6 z-d"]);
    }
}
