//! Every place of a pack that names something else, and whether it is there.

use std::collections::{BTreeMap, BTreeSet};

use super::{AT_MOST, DOES, NAMINGS, Report, SCOPES, SDK_KINDS, STANDS, Site, TEXT_KINDS, WITHIN};
use crate::{
    finding::Confidence,
    graph,
    pack::{
        load::Loaded,
        nearest,
        schema::{Condition, File, Form, Sentence},
    },
    rule::Severity,
};

/// As many known words are listed where none is near; more would bury the message.
const MAX_LISTED: usize = 40;

/// What a reference names.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Category,
    Clause,
    Confidence,
    /// A data key or a group of them.
    Data,
    Document,
    How,
    List,
    Node,
    Platform,
    Safeguard,
    Scope,
    Sdk,
    Severity,
    Text,
    /// A use key.
    Use,
    /// A use key, or a form of it.
    UseOrForm,
    AtMost,
    Within,
    Naming,
    Does,
    Stands,
    /// A data key or list key, as a file of words is named.
    Words,
    /// What keeps a weak word company: data keys, groups and lists.
    Company,
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Category => "category",
            Self::Clause => "clause",
            Self::Confidence | Self::AtMost => "confidence",
            Self::Data => "data key",
            Self::Document => "document of this file",
            Self::How => "way to hide a name",
            Self::List => "list of words",
            Self::Node => "kind of node",
            Self::Platform => "platform",
            Self::Safeguard => "safeguard",
            Self::Scope => "scope",
            Self::Sdk => "kind of library",
            Self::Severity => "severity",
            Self::Text => "kind of text",
            Self::Use => "use",
            Self::UseOrForm => "use or form of a use",
            Self::Within => "distance",
            Self::Naming => "way to compare names",
            Self::Does => "thing to do with an artifact",
            Self::Stands => "way to stand for an artifact",
            Self::Words | Self::Company => "data key or list of words",
        }
    }
}

/// A place that names something.
pub(super) struct Reference<'a> {
    /// Where.
    pub(super) site: Site<'a>,
    /// What kind of thing it names.
    pub(super) kind: Kind,
    /// The name; a list without its `@`.
    pub(super) name: &'a str,
}

/// Adds a fault for each name that nothing has.
pub(super) fn check(loaded: &Loaded, report: &mut Report) {
    let known = known(loaded);
    let none = BTreeSet::new();
    let with_words: BTreeSet<&str> = loaded.files.iter().filter_map(|file| listed(&file.file)).collect();
    for reference in all(loaded) {
        let local;
        let names = match reference.kind {
            Kind::Document => {
                local = documents(&reference.site.file.file);
                &local
            }
            kind => known.get(&kind).unwrap_or(&none),
        };
        if !names.contains(reference.name) {
            report.add(&reference.site, unknown(reference.kind, reference.name, names));
        } else if reference.kind == Kind::List && !with_words.contains(reference.name) {
            // An empty list would ask for nothing, and so fit everything.
            report.add(&reference.site, format!("the list `{0}` has no words; words/{0}.yaml is missing", reference.name));
        }
    }
}

fn unknown(kind: Kind, name: &str, names: &BTreeSet<String>) -> String {
    let kind = kind.name();
    match nearest::of(name, names.iter().map(String::as_str)) {
        Some(meant) => format!("unknown {kind} `{name}`; did you mean `{meant}`?"),
        None if names.is_empty() => format!("unknown {kind} `{name}`; none is defined"),
        None if names.len() <= MAX_LISTED => {
            let listed: Vec<_> = names.iter().map(|name| format!("`{name}`")).collect();
            format!("unknown {kind} `{name}`; there are {}", listed.join(", "))
        }
        None => format!("unknown {kind} `{name}`"),
    }
}

/// Every reference of the pack, in the order of its files.
pub(super) fn all(loaded: &Loaded) -> Vec<Reference<'_>> {
    let mut found = Found(Vec::new());
    for file in &loaded.files {
        let site = Site::of(file);
        match &file.file {
            File::Taxonomy(taxonomy) => {
                for (site, kind) in site.each("paths", &taxonomy.paths) {
                    found.one(&site.key("at_most"), Kind::AtMost, &kind.at_most);
                }
            }
            File::Words(words) => {
                found.one(&site.key("words"), Kind::Words, &words.words);
                found.list(&site, "company", Kind::Company, &words.company);
            }
            File::Terms(terms) => {
                for (site, clause) in site.each("clauses", &terms.clauses) {
                    found.one(&site.key("document"), Kind::Document, &clause.document);
                    found.list(&site, "safeguards", Kind::Safeguard, &clause.safeguards);
                    found.one(&site.key("severity"), Kind::Severity, &clause.severity);
                }
            }
            File::Api(api) => {
                for (site, sdk) in site.each("sdks", &api.sdks) {
                    found.one(&site.key("kind"), Kind::Sdk, &sdk.kind);
                }
                for (site, call) in site.each("calls", &api.calls) {
                    found.list(&site, "gives", Kind::Data, &call.gives);
                }
                for (site, text) in site.each("texts", &api.texts) {
                    found.one(&site.key("kind"), Kind::Text, &text.kind);
                    found.list(&site, "gives", Kind::Data, &text.gives);
                }
            }
            File::Use(forms) => {
                found.one(&site.key("shows"), Kind::Use, &forms.shows);
                found.forms(&site, &forms.none, &forms.forms);
            }
            File::Safeguard(forms) => {
                found.one(&site.key("shows"), Kind::Safeguard, &forms.shows);
                found.forms(&site, &forms.none, &forms.forms);
            }
            File::Artifact(artifact) => {
                found.one(&site.key("names"), Kind::Naming, &artifact.names);
                for (site, call) in site.each("calls", &artifact.calls) {
                    found.one(&site.key("does"), Kind::Does, &call.does);
                }
                for (site, entry) in site.each("entries", &artifact.entries) {
                    found.one(&site.key("does"), Kind::Does, &entry.does);
                }
                for (site, function) in site.each("functions", &artifact.functions) {
                    found.one(&site.key("does"), Kind::Stands, &function.does);
                }
            }
            File::Prohibition(rule) => {
                found.one(&site.key("category"), Kind::Category, &rule.category);
                if let Some(sentence) = &rule.prohibited {
                    found.sentence(&site.key("prohibited"), sentence);
                }
                if let Some(duty) = &rule.required {
                    let site = site.key("required");
                    found.list(&site, "safeguard", Kind::Safeguard, &duty.safeguard);
                    found.one(&site.key("within"), Kind::Within, &duty.within);
                    found.sentence(&site.key("whenever"), &duty.whenever);
                }
                found.list(&site, "clauses", Kind::Clause, &rule.clauses);
            }
        }
    }
    found.0
}

struct Found<'a>(Vec<Reference<'a>>);

impl<'a> Found<'a> {
    fn one(&mut self, site: &Site<'a>, kind: Kind, name: &'a str) {
        self.0.push(Reference { site: site.clone(), kind, name });
    }

    fn list(&mut self, site: &Site<'a>, key: &'a str, kind: Kind, names: &'a [String]) {
        for (site, name) in site.each(key, names) {
            self.one(&site, kind, name);
        }
    }

    /// The lists among words, which stand there as `@list`.
    fn lists(&mut self, site: &Site<'a>, key: &'a str, words: &'a [String]) {
        for (site, word) in site.each(key, words) {
            if let Some(list) = word.strip_prefix('@') {
                self.one(&site, Kind::List, list);
            }
        }
    }

    /// Platforms, or `any`.
    fn sources(&mut self, site: &Site<'a>, names: &'a [String]) {
        for (site, name) in site.each("source", names).filter(|(_, name)| *name != "any") {
            self.one(&site, Kind::Platform, name);
        }
    }

    fn forms(&mut self, site: &Site<'a>, none: &'a [Condition], forms: &'a [Form]) {
        self.conditions(site, "none", none);
        for (site, form) in site.each("forms", forms) {
            found_form(self, &site, form);
        }
    }

    fn conditions(&mut self, site: &Site<'a>, key: &'a str, conditions: &'a [Condition]) {
        for (site, condition) in site.each(key, conditions) {
            self.one(&site.key("in"), Kind::Scope, &condition.scope);
            self.list(&site, "node", Kind::Node, &condition.node);
            self.lists(&site, "words", &condition.words);
            self.list(&site, "data", Kind::Data, &condition.data);
            self.sources(&site, &condition.source);
        }
    }

    fn sentence(&mut self, site: &Site<'a>, sentence: &'a Sentence) {
        self.list(site, "use", Kind::UseOrForm, &sentence.uses);
        self.list(site, "data", Kind::Data, &sentence.data);
        if sentence.source != "any" {
            self.one(&site.key("source"), Kind::Platform, &sentence.source);
        }
        for (site, fact) in site.each("together", &sentence.together) {
            self.one(&site.key("within"), Kind::Within, &fact.within);
            self.list(&site, "use", Kind::UseOrForm, &fact.uses);
            self.list(&site, "data", Kind::Data, &fact.data);
        }
    }
}

fn found_form<'a>(found: &mut Found<'a>, site: &Site<'a>, form: &'a Form) {
    found.list(site, "node", Kind::Node, &form.node);
    found.lists(site, "name", &form.name);
    found.lists(site, "not", &form.not);
    found.list(site, "data", Kind::Data, &form.data);
    found.list(site, "hidden", Kind::How, &form.hidden);
    found.list(site, "about", Kind::Data, &form.about);
    found.conditions(site, "all", &form.all);
    found.conditions(site, "any", &form.any);
    found.conditions(site, "none", &form.none);
    if !form.alone.is_empty() {
        found.one(&site.key("alone"), Kind::Confidence, &form.alone);
    }
}

/// Every name that may be used, by what it names.
fn known(loaded: &Loaded) -> BTreeMap<Kind, BTreeSet<String>> {
    let mut known: BTreeMap<Kind, BTreeSet<String>> = BTreeMap::new();
    let mut add =
        |kind: Kind, names: &mut dyn Iterator<Item = &str>| known.entry(kind).or_default().extend(names.map(str::to_owned));
    add(Kind::Scope, &mut SCOPES.iter().copied());
    add(Kind::Within, &mut WITHIN.iter().copied());
    add(Kind::Naming, &mut NAMINGS.iter().copied());
    add(Kind::Does, &mut DOES.iter().copied());
    add(Kind::Stands, &mut STANDS.iter().copied());
    add(Kind::Sdk, &mut SDK_KINDS.iter().copied());
    add(Kind::Text, &mut TEXT_KINDS.iter().copied());
    add(Kind::AtMost, &mut AT_MOST.iter().copied());
    add(Kind::Node, &mut graph::Kind::ALL.iter().map(|(_, name)| *name));
    add(Kind::How, &mut graph::How::ALL.iter().map(|(_, name)| *name));
    add(Kind::Severity, &mut Severity::ALL.into_iter().map(Severity::name));
    let confidences = [Confidence::Info, Confidence::Low, Confidence::Medium, Confidence::High];
    add(Kind::Confidence, &mut confidences.into_iter().map(Confidence::name));
    for file in &loaded.files {
        match &file.file {
            File::Taxonomy(taxonomy) => {
                let groups = || taxonomy.data.iter().flat_map(|data| &data.groups).map(String::as_str);
                let data = || taxonomy.data.iter().map(|data| data.key.as_str());
                let lists = || taxonomy.lists.iter().map(|list| list.key.as_str());
                let uses = || taxonomy.uses.iter().map(|key| key.key.as_str());
                add(Kind::Category, &mut taxonomy.categories.iter().map(|key| key.key.as_str()));
                add(Kind::Data, &mut data().chain(groups()));
                add(Kind::List, &mut lists());
                add(Kind::Words, &mut data().chain(lists()));
                add(Kind::Company, &mut data().chain(groups()).chain(lists()));
                add(Kind::Use, &mut uses());
                add(Kind::UseOrForm, &mut uses());
                add(Kind::Safeguard, &mut taxonomy.safeguards.iter().map(|key| key.key.as_str()));
            }
            File::Terms(terms) => {
                add(Kind::Clause, &mut terms.clauses.iter().map(|clause| clause.id.as_str()));
                if file.path.starts_with("platforms/") {
                    add(Kind::Platform, &mut [terms.platform.as_str()].into_iter());
                }
            }
            File::Api(api) => add(Kind::Platform, &mut [api.platform.as_str()].into_iter()),
            File::Use(forms) => {
                let ids: Vec<String> = forms.forms.iter().map(|form| format!("{}/{}", forms.shows, form.id)).collect();
                add(Kind::UseOrForm, &mut ids.iter().map(String::as_str));
            }
            File::Words(_) | File::Safeguard(_) | File::Artifact(_) | File::Prohibition(_) => (),
        }
    }
    known
}

/// What a file of words is about.
fn listed(file: &File) -> Option<&str> {
    match file {
        File::Words(words) => Some(&words.words),
        _ => None,
    }
}

/// A clause may only name a document of its own file.
fn documents(file: &File) -> BTreeSet<String> {
    match file {
        File::Terms(terms) => terms.documents.iter().map(|document| document.key.clone()).collect(),
        _ => BTreeSet::new(),
    }
}
