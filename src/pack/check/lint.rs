//! What a pack can do without, and what would make it hard to keep.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Report, Site,
    reference::{self, Kind},
    shape,
};
use crate::pack::{
    load::Loaded,
    schema::{File, Form, Key, Taxonomy},
};

/// Rule ids say what is found; these beginnings say the opposite.
const BAD_STARTS: &[&str] = &["no-", "ban-", "disallow-"];

/// Adds a lint for each thing that nothing uses, that repeats, or that cannot be found quickly.
pub(super) fn check(loaded: &Loaded, report: &mut Report) {
    let mut used: BTreeSet<(Kind, &str)> = BTreeSet::new();
    let mut defined: BTreeSet<(Kind, &str)> = BTreeSet::new();
    for reference in reference::all(loaded) {
        // What a file is about is its definition; every other reference is a use of the name.
        let about = matches!(reference.kind, Kind::Words | Kind::Use)
            || reference.kind == Kind::Safeguard && matches!(reference.site.file.file, File::Safeguard(_));
        let set = if about { &mut defined } else { &mut used };
        set.insert((reference.kind, reference.name));
    }
    let mut titles: BTreeMap<&str, &str> = BTreeMap::new();
    for file in &loaded.files {
        let site = Site::of(file);
        named_after_its_content(&site, report);
        match &file.file {
            File::Taxonomy(taxonomy) => keys(&site, taxonomy, &used, &defined, report),
            File::Terms(terms) => {
                for (site, clause) in site.each("clauses", &terms.clauses) {
                    let cited = used.contains(&(Kind::Clause, clause.id.as_str()));
                    report.add_unless(cited, &site.key("id"), "no rule cites this clause");
                }
                for (site, document) in site.each("documents", &terms.documents) {
                    let cited = terms.clauses.iter().any(|clause| clause.document == document.key);
                    report.add_unless(cited, &site.key("key"), "no clause stands in this document");
                }
            }
            File::Use(forms) | File::Safeguard(forms) => {
                for (site, form) in site.each("forms", &forms.forms) {
                    report.add_unless(
                        can_be_searched(form),
                        &site.key("id"),
                        "has no word, path or text that every match holds, so the prefilter cannot help it",
                    );
                }
            }
            File::Prohibition(rule) => {
                if let Some(other) = titles.insert(rule.title.as_str(), &file.shown) {
                    report.add(&site.key("title"), format!("{other} has the same title"));
                }
                report.add_unless(!rule.title.ends_with('.'), &site.key("title"), "ends with a full stop");
                let good = !BAD_STARTS.iter().any(|start| rule.id.starts_with(start));
                report.add_unless(good, &site.key("id"), "names the rule's wish; a rule is named after what it finds");
            }
            File::Api(_) | File::Words(_) | File::Artifact(_) => (),
        }
    }
}

fn keys<'a>(
    site: &Site<'a>,
    taxonomy: &'a Taxonomy,
    used: &BTreeSet<(Kind, &str)>,
    defined: &BTreeSet<(Kind, &str)>,
    report: &mut Report,
) {
    let any = |set: &BTreeSet<(Kind, &str)>, kinds: &[Kind], key: &str| kinds.iter().any(|kind| set.contains(&(*kind, key)));
    let with_form = |key: &str| used.iter().any(|(kind, name)| *kind == Kind::UseOrForm && name.split('/').next() == Some(key));
    let sections: [(_, &[Key]); 4] = [
        ("categories", &taxonomy.categories),
        ("uses", &taxonomy.uses),
        ("safeguards", &taxonomy.safeguards),
        ("lists", &taxonomy.lists),
    ];
    for (section, keys) in sections {
        for (site, entry) in site.each(section, keys) {
            let (key, site) = (entry.key.as_str(), site.key("key"));
            let (is_used, is_defined) = match section {
                "categories" => (any(used, &[Kind::Category], key), true),
                "uses" => (with_form(key), any(defined, &[Kind::Use], key)),
                "safeguards" => (any(used, &[Kind::Safeguard], key), any(defined, &[Kind::Safeguard], key)),
                _ => (any(used, &[Kind::List, Kind::Company], key), any(defined, &[Kind::Words], key)),
            };
            report.add_unless(is_used, &site, "nothing uses this key");
            report.add_unless(is_defined, &site, "no file shows what this key looks like in code");
        }
    }
    for (site, data) in site.each("data", &taxonomy.data) {
        let is_defined = any(defined, &[Kind::Words], &data.key) || any(used, &[Kind::Data], &data.key);
        report.add_unless(is_defined, &site.key("key"), "has neither words nor a call that gives it");
    }
}

/// A file is replaced by its path, so the path should tell what it holds.
fn named_after_its_content(site: &Site<'_>, report: &mut Report) {
    let (key, name) = match &site.file.file {
        File::Taxonomy(_) => return,
        File::Words(words) => ("words", &words.words),
        File::Terms(terms) => ("platform", &terms.platform),
        File::Api(api) => ("platform", &api.platform),
        File::Use(forms) | File::Safeguard(forms) => ("shows", &forms.shows),
        File::Artifact(artifact) => ("artifact", &artifact.artifact),
        File::Prohibition(rule) => ("id", &rule.id),
    };
    let mut parts = site.file.path.split('/');
    let place = parts.nth(1).unwrap_or("").trim_end_matches(".yaml");
    if place != name {
        report.add(&site.key(key), format!("`{name}` stands in a file or folder named `{place}`"));
    }
}

/// Whether there is something literal in every match of a form.
fn can_be_searched(form: &Form) -> bool {
    let literal = |path: &String| path.split('.').any(|part| part.chars().filter(|c| c.is_alphanumeric()).count() > 1);
    let own = match (form.name.is_empty(), form.api.is_empty()) {
        (true, true) => false,
        // Of name and path one is enough, so both must be literal.
        (_, _) => form.api.iter().all(literal),
    };
    own || !form.text.is_empty()
        || !form.data.is_empty()
        || form.all.iter().any(shape::is_telling)
        || !form.any.is_empty() && form.any.iter().all(shape::is_telling)
}
