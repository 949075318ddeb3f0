//! Which file of the app an import means.
//!
//! In: the paths of the app's files, and what an import says. It knows no language: parts of a path are parts of a
//! path, whatever joins them, and some files stand for their folder.

use std::collections::BTreeMap;

use crate::language;

/// The files of an app, by the names that imports give them.
#[derive(Debug)]
pub(super) struct Modules {
    /// For each file the folders above it and its name without extension; of a file that stands for its folder, the folders.
    parts: Vec<Vec<String>>,
    /// Files by the last of their parts.
    by_last: BTreeMap<String, Vec<u32>>,
}

impl Modules {
    pub(super) fn new<'p>(paths: impl Iterator<Item = &'p str>) -> Self {
        let parts: Vec<Vec<String>> = paths.map(parts_of).collect();
        let mut by_last: BTreeMap<String, Vec<u32>> = BTreeMap::new();
        for (file, parts) in (0..).zip(&parts) {
            if let Some(last) = parts.last() {
                by_last.entry(last.clone()).or_default().push(file);
            }
        }
        Self { parts, by_last }
    }

    /// The files that `spec` may mean in the file of that number at `path`: the ones nearest to it.
    pub(super) fn resolve(&self, path: &str, spec: &str) -> Vec<u32> {
        let folder: Vec<&str> = path.rsplit_once('/').map_or(Vec::new(), |(folder, _)| folder.split('/').collect());
        // A header stands for the file that is written for it as well.
        let header = spec.rsplit_once('.').filter(|(_, ending)| language::is_preprocessed(path) && !ending.contains('/'));
        let spec = header.map_or(spec, |(stem, _)| stem);
        let (up, parts) = split(spec);
        if let Some(up) = up {
            let Some(kept) = folder.len().checked_sub(up) else { return Vec::new() };
            let wanted: Vec<&str> = folder[..kept].iter().copied().chain(parts).collect();
            return self.named(&wanted).filter(|file| self.parts_are(*file, &wanted)).collect();
        }
        if parts.is_empty() {
            return Vec::new();
        }
        // One word may be anybody's library: it is a file only where one looks for it first.
        let near = |file: &u32| {
            let before = self.parts[*file as usize].len() - parts.len();
            let around = &self.parts[*file as usize][..before];
            parts.len() > 1
                || around.is_empty()
                || around == folder
                || matches!(around, [only] if matches!(&**only, "src" | "lib" | "include"))
        };
        let found: Vec<u32> = self.named(&parts).filter(|file| self.ends_with(*file, &parts)).filter(near).collect();
        let shared = |file: &u32| self.parts[*file as usize].iter().zip(&folder).take_while(|(a, b)| a == *b).count();
        let most = found.iter().map(shared).max();
        found.into_iter().filter(|file| Some(shared(file)) == most).take(4).collect()
    }

    fn named(&self, parts: &[&str]) -> impl Iterator<Item = u32> + '_ {
        let last = parts.last().and_then(|last| self.by_last.get(*last));
        last.into_iter().flatten().copied()
    }

    fn parts_are(&self, file: u32, wanted: &[&str]) -> bool {
        self.parts[file as usize].iter().eq(wanted)
    }

    fn ends_with(&self, file: u32, wanted: &[&str]) -> bool {
        let own = &self.parts[file as usize];
        own.len() >= wanted.len() && own[own.len() - wanted.len()..].iter().eq(wanted)
    }
}

fn parts_of(path: &str) -> Vec<String> {
    let mut parts: Vec<String> = path.split('/').map(str::to_owned).collect();
    if let Some(last) = parts.last_mut() {
        let stem = last.rsplit_once('.').map_or(last.as_str(), |(stem, _)| stem).trim_end_matches(".d").to_owned();
        *last = stem;
    }
    if parts.len() > 1 && parts.last().is_some_and(|last| language::packages(path).contains(&last.as_str())) {
        parts.pop();
    }
    parts
}

/// How many folders up a relative import starts (`None` for one that is not relative), and the parts of its path.
fn split(spec: &str) -> (Option<usize>, Vec<&str>) {
    if spec.contains('/') || spec == "." || spec == ".." {
        // `package:app/store.dart` is a file of the package `app`.
        let file = spec.strip_prefix("package:").and_then(|spec| spec.split_once('/')).map_or(spec, |(_, file)| file);
        let parts: Vec<&str> = file.split('/').filter(|part| !part.is_empty()).collect();
        let up = parts.iter().filter(|part| **part == "..").count();
        let relative = matches!(parts.first(), Some(&"." | &".."));
        let mut named: Vec<&str> = parts.into_iter().filter(|part| !matches!(*part, "." | ".." | "@" | "~" | "#")).collect();
        if let Some(last) = named.last_mut() {
            let written =
                last.rsplit_once('.').filter(|(_, extension)| matches!(extension.len(), 2 | 3) && is_extension(extension));
            *last = written.map_or(*last, |(stem, _)| stem);
        }
        if let Some(first) = named.first_mut().filter(|_| !relative) {
            *first = first.trim_start_matches(['@', '~', '#']);
        }
        return (relative.then_some(up), named);
    }
    let dots = spec.bytes().take_while(|byte| *byte == b'.').count();
    let parts = spec[dots..].split(['.', ':', '\\']).filter(|part| !part.is_empty()).collect();
    (dots.checked_sub(1), parts)
}

fn is_extension(extension: &str) -> bool {
    crate::language::of_file(&format!("x.{extension}")).is_some()
}

#[cfg(test)]
mod tests {
    use super::Modules;

    #[test]
    fn an_import_means_the_file_that_its_parts_name() {
        let paths = [
            "ingest/store.py",
            "ingest/__init__.py",
            "app/main.ts",
            "app/lib/post.service.ts",
            "app/lib/index.ts",
            "util.py",
            "deep/er/requests.py",
        ];
        let modules = Modules::new(paths.into_iter());
        for (from, spec, wanted) in [
            ("main.py", "ingest.store", &["ingest/store.py"][..]),
            ("ingest/run.py", ".store", &["ingest/store.py"]),
            ("ingest/deep/run.py", "..store", &["ingest/store.py"]),
            ("main.py", "ingest", &["ingest/__init__.py"]),
            ("ingest/run.py", ".", &["ingest/__init__.py"]),
            ("main.py", "util", &["util.py"]),
            ("main.py", "requests", &[]),
            ("app/main.ts", "./lib/post.service", &["app/lib/post.service.ts"]),
            ("app/main.ts", "./lib/post.service.js", &["app/lib/post.service.ts"]),
            ("app/main.ts", "./lib", &["app/lib/index.ts"]),
            ("app/lib/x.ts", "../main", &["app/main.ts"]),
            ("app/lib/x.ts", "@/lib/post.service", &["app/lib/post.service.ts"]),
            ("app/lib/x.ts", "../../../main", &[]),
            ("app/main.ts", "react", &[]),
        ] {
            let found: Vec<&str> = modules.resolve(from, spec).into_iter().map(|file| paths[file as usize]).collect();
            assert_eq!(found, wanted, "{spec} in {from}");
        }
    }
}
