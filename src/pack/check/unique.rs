//! That no name of a pack is taken twice.

use std::collections::BTreeMap;

use super::{Report, Site};
use crate::pack::{
    load::Loaded,
    schema::{File, Forms, Taxonomy, Vocabulary},
};

/// Adds a fault for each name that is defined again, with the place of its first definition.
pub(super) fn check(loaded: &Loaded, report: &mut Report) {
    let mut names = Names { first: BTreeMap::new(), report };
    for file in &loaded.files {
        let site = Site::of(file);
        match &file.file {
            File::Taxonomy(taxonomy) => keys(&mut names, &site, taxonomy),
            File::Words(words) => {
                names.add("words of", "", &words.words, site.key("words"));
                vocabularies(&mut names, &site, &file.path, &words.vocabulary);
            }
            File::Terms(terms) => {
                names.add("terms of", "", &terms.platform, site.key("platform"));
                for (site, document) in site.each("documents", &terms.documents) {
                    names.add("document", &file.path, &document.key, site.key("key"));
                }
                for (site, clause) in site.each("clauses", &terms.clauses) {
                    names.add("clause", "", &clause.id, site.key("id"));
                }
            }
            File::Api(api) => names.add("interface of", "", &api.platform, site.key("platform")),
            File::Use(forms) => form_ids(&mut names, &site, "use", forms),
            File::Safeguard(forms) => form_ids(&mut names, &site, "safeguard", forms),
            File::Artifact(artifact) => names.add("artifact", "", &artifact.artifact, site.key("artifact")),
            File::Prohibition(rule) => names.add("rule", "", &rule.id, site.key("id")),
        }
    }
}

/// Data, groups and lists share one space of names, since they stand in the same places.
fn keys<'a>(names: &mut Names<'a, '_>, site: &Site<'a>, taxonomy: &'a Taxonomy) {
    for (section, kind, keys) in [
        ("categories", "category", &taxonomy.categories),
        ("uses", "use key", &taxonomy.uses),
        ("safeguards", "safeguard key", &taxonomy.safeguards),
        ("lists", "key of data or words", &taxonomy.lists),
    ] {
        for (site, key) in site.each(section, keys) {
            names.add(kind, "", &key.key, site.key("key"));
        }
    }
    for (site, data) in site.each("data", &taxonomy.data) {
        names.add("key of data or words", "", &data.key, site.key("key"));
    }
    let mut groups: Vec<&str> = Vec::new();
    for (site, data) in site.each("data", &taxonomy.data) {
        for (site, group) in site.each("groups", &data.groups) {
            if !groups.contains(&group.as_str()) {
                groups.push(group);
                names.add("key of data or words", "", group, site);
            }
        }
    }
    for (site, kind) in site.each("paths", &taxonomy.paths) {
        names.add("kind of path", "", &kind.kind, site.key("kind"));
    }
}

/// A word is strong, weak or against, not two of these.
fn vocabularies<'a>(names: &mut Names<'a, '_>, site: &Site<'a>, path: &'a str, vocabularies: &'a [Vocabulary]) {
    for (site, vocabulary) in site.each("vocabulary", vocabularies) {
        names.add("language", path, &vocabulary.language, site.key("language"));
        let space = [path, &vocabulary.language].concat();
        for (key, words) in [("strong", &vocabulary.strong), ("weak", &vocabulary.weak), ("against", &vocabulary.against)] {
            for (site, word) in site.each(key, words) {
                names.add("word", &space, word, site);
            }
        }
    }
}

fn form_ids<'a>(names: &mut Names<'a, '_>, site: &Site<'a>, kind: &'static str, forms: &'a Forms) {
    names.add(kind, "", &forms.shows, site.key("shows"));
    for (site, form) in site.each("forms", &forms.forms) {
        names.add("form", &site.file.path, &form.id, site.key("id"));
    }
}

/// Where each name was defined first, by kind, the space in which it must be unique, and name.
struct Names<'a, 'r> {
    first: BTreeMap<(&'static str, String, &'a str), Site<'a>>,
    report: &'r mut Report,
}

impl<'a> Names<'a, '_> {
    fn add(&mut self, kind: &'static str, space: &str, name: &'a str, site: Site<'a>) {
        match self.first.get(&(kind, space.to_owned(), name)) {
            Some(first) => {
                let (line, column) = first.place();
                self.report
                    .add(&site, format!("{kind} `{name}` is defined twice, first at {}:{line}:{column}", first.file.shown));
            }
            None => drop(self.first.insert((kind, space.to_owned(), name), site)),
        }
    }
}
