//! Apps that say themselves what must be found in them.
//!
//! A folder of fixtures holds one folder for each rule, with `breaks` and `keeps` inside, or whole apps.
//! A file says `expect: rule-id` in a comment on the line, or alone on the line before; an `expected.txt`
//! at the top of an app says `file:line: rule-id` for formats without comments. `expect-later:` marks a
//! known miss. Findings of confidence medium and above must be exactly those. `step: 2` (in the list
//! `file:line: step 2`) says that the trace of one of them passes that line, from 1, the source, on.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use super::packs;
use crate::{
    error::Error,
    finding::{Confidence, Finding},
    pack::Pack,
    scan,
    source::{self, Source},
};

/// A line on which a rule must fire: file inside the app, line from 1, rule.
type Expected = BTreeSet<(String, u32, String)>;
/// A line that a trace must pass: its number on the way, file inside the app, line from 1.
type Steps = BTreeSet<(u32, String, u32)>;

/// Every difference between what the apps under `folder` expect and what is found in them.
///
/// # Errors
/// `Error::Io` for a folder that cannot be read.
pub fn faults(pack: &Pack, folder: &Path) -> Result<Vec<String>, Error> {
    let mut faults = Vec::new();
    for app in apps(folder)? {
        let shown = app.strip_prefix(folder).unwrap_or(&app).display().to_string();
        let (wanted, steps) = expected(&app)?;
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
        if !steps.is_empty() && !report.findings.iter().any(|finding| passes(finding, &steps)) {
            let ways: Vec<String> =
                report.findings.iter().filter(|finding| finding.confidence >= Confidence::Medium).map(way).collect();
            faults.push(format!("{shown}: no trace passes the steps; there are: {}", ways.join("; ")));
        }
        if app.ends_with("breaks") && wanted.is_empty() {
            faults.push(format!("{shown}: expects nothing"));
        }
    }
    Ok(faults)
}

/// Whether the trace starts at the first of these lines and passes the others in their order.
fn passes(finding: &Finding, steps: &Steps) -> bool {
    let mut left = steps.iter().map(|(_, file, line)| (file.as_str(), *line)).peekable();
    let starts = finding.trace.first().map(|step| (&*step.at.file, step.at.start.line)) == left.peek().copied();
    for step in &finding.trace {
        while left.next_if_eq(&(&*step.at.file, step.at.start.line)).is_some() {}
    }
    starts && left.next().is_none() && finding.confidence >= Confidence::Medium
}

fn way(finding: &Finding) -> String {
    let steps = finding.trace.iter().map(|step| format!("{}:{}", step.at.file, step.at.start.line));
    format!("{} by {}", finding.rule, steps.collect::<Vec<_>>().join(" "))
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

fn expected(app: &Path) -> Result<(Expected, Steps), Error> {
    let (mut all, mut steps) = (Expected::new(), Steps::new());
    let mut sort = |file: String, line: u32, said: String| match said.strip_prefix("step ").map(str::parse) {
        Some(Ok(number)) => {
            steps.insert((number, file, line));
        }
        _ => {
            all.insert((file, line, said));
        }
    };
    let settings = packs::settings(vec![app.to_owned()]);
    for root in crate::walk::apps(&settings)? {
        for file in root.files {
            let Ok(Source { text, .. }) = source::read(&file.absolute, &settings.limits) else { continue };
            if file.path == "expected.txt" {
                text.lines().filter_map(listed).for_each(|(file, line, said)| sort(file, line, said));
            } else {
                commented(&text).into_iter().for_each(|(line, said)| sort(file.path.clone(), line, said));
            }
        }
    }
    Ok((all, steps))
}

/// `file:line: rule-id` or `file:line: step 2`.
fn listed(line: &str) -> Option<(String, u32, String)> {
    let (place, rule) = line.split_once(": ")?;
    let (file, number) = place.rsplit_once(':')?;
    Some((file.trim().to_owned(), number.parse().ok()?, rule.trim().to_owned()))
}

fn commented(text: &str) -> Vec<(u32, String)> {
    let mut all = Vec::new();
    let mut waiting: Vec<String> = Vec::new();
    for (line, number) in text.lines().zip(1..) {
        let marks = ["expect: ", "step: "].into_iter().filter_map(|mark| line.find(mark)).min();
        let (code, said) = line.split_at(marks.unwrap_or(line.len()));
        let words: Vec<&str> = said.split([',', ' ']).collect();
        let names = words.iter().map(|rule| rule.trim_matches(['*', '/', '>', '-'])).filter(|rule| rule.contains('-'));
        waiting.extend(names.map(str::to_owned));
        let steps = words.windows(2).filter(|pair| pair[0] == "step:" && pair[1].parse::<u32>().is_ok());
        waiting.extend(steps.map(|pair| format!("step {}", pair[1])));
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
        let text = "a = 1  # expect: x-a, x-b step: 2\n# expect: y-c\n\nb = 2  # step: 1\n-- expect: z-d\nselect 1\n";
        let found: Vec<String> = super::commented(text).into_iter().map(|(line, rule)| format!("{line} {rule}")).collect();
        assert_eq!(found, ["1 x-a", "1 x-b", "1 step 2", "4 y-c", "4 step 1", "6 z-d"]);
    }
}
