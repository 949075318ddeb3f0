//! From pack files as written to the pack that judges.
//!
//! `pack/check` has refused every key that does not exist, so a lookup that fails here leaves nothing out
//! that was asked for; unknown keys are simply not there.

use std::{collections::BTreeMap, sync::Arc};

use fixedbitset::FixedBitSet;
use rustc_hash::FxHashMap;

use super::{
    ApiCall, Apis, Artifact, ArtifactCall, ArtifactEntry, Condition, Does, Edges, Fact, Form, Id, Ids, LazyRegex, Lexicon,
    Literal, Meaning, Named, Naming, Need, Pack, PathKind, Reach, Scope, SdkModule, Sentence, Shows, Spoken, Term, Text,
    TextSource, Where, schema,
};
use crate::{
    finding::Confidence,
    graph::{How, Kind},
    report::PackSummary,
    rule::{Category, ClauseCard, RuleCard, RuleId, Severity},
    word,
};

/// A shorter name of a call says nothing by itself. In bytes.
const LONG_NAME: usize = 8;

/// The pack of these files (with the names they are shown under), all of them checked.
#[must_use]
pub fn pack(files: &[(&str, &schema::File)], summary: PackSummary) -> Pack {
    let mut compiler = Compiler::default();
    for (_, file) in files {
        if let schema::File::Taxonomy(taxonomy) = file {
            compiler.taxonomy(taxonomy);
        }
    }
    for (_, file) in files {
        if let schema::File::Words(words) = file {
            compiler.gather(words);
        }
        if let schema::File::Terms(terms) = file {
            compiler.terms(terms);
        }
    }
    for (shown, file) in files {
        match file {
            schema::File::Words(words) => compiler.meanings(shown, words),
            schema::File::Api(api) => compiler.api(shown, api),
            _ => (),
        }
    }
    for (shown, file) in files {
        match file {
            schema::File::Use(forms) => compiler.forms(shown, forms, false),
            schema::File::Safeguard(forms) => compiler.forms(shown, forms, true),
            schema::File::Artifact(written) => compiler.artifacts.push(artifact(written)),
            _ => (),
        }
    }
    for (_, file) in files {
        if let schema::File::Prohibition(rule) = file {
            compiler.sentence(rule);
        }
    }
    compiler.finish(summary)
}

/// The confidence of that name.
#[must_use]
pub fn confidence(name: &str) -> Option<Confidence> {
    [Confidence::Info, Confidence::Low, Confidence::Medium, Confidence::High].into_iter().find(|level| level.name() == name)
}

/// The severity of that name.
#[must_use]
pub fn severity(name: &str) -> Option<Severity> {
    Severity::ALL.into_iter().find(|level| level.name() == name)
}

/// The reach of that name; an empty one is the usual.
#[must_use]
pub fn reach(name: &str) -> Option<Reach> {
    match name {
        "" | "function" => Some(Reach::Function),
        "file" => Some(Reach::File),
        "pipeline" => Some(Reach::Pipeline),
        "app" => Some(Reach::App),
        _ => None,
    }
}

fn artifact(written: &schema::Artifact) -> Artifact {
    let does = |does: &str| if does == "write" { Does::Write } else { Does::Read };
    let boxed = |all: &[String]| all.iter().map(|text| text.as_str().into()).collect::<Vec<Box<str>>>();
    let mut calls: FxHashMap<Box<str>, Vec<ArtifactCall>> = FxHashMap::default();
    for call in &written.calls {
        let place = |place: &String| match (place.as_str(), place.parse()) {
            (_, Ok(position)) => Where::Position(position),
            ("object", _) => Where::Object,
            ("member", _) => Where::Member,
            (key, _) => Where::Key(key.into()),
        };
        let made = ArtifactCall {
            does: does(&call.does),
            named: call.named.iter().map(place).collect(),
            on: boxed(&call.on),
            without: boxed(&call.without),
        };
        for name in &call.calls {
            calls.entry(name.as_str().into()).or_default().push(made.clone());
        }
    }
    let entries = written.entries.iter();
    let functions = written.functions.iter();
    Artifact {
        key: written.artifact.as_str().into(),
        title: written.title.as_str().into(),
        naming: Naming::ALL.iter().find(|(_, name)| *name == written.names).map_or(Naming::Exact, |(naming, _)| *naming),
        sql: written.sql,
        classes: boxed(&written.classes),
        members: boxed(&written.members),
        wraps: written.wraps.iter().map(|name| name.to_lowercase().into()).collect(),
        calls,
        entries: entries
            .flat_map(|entry| {
                let made = |key: &String| ArtifactEntry {
                    does: does(&entry.does),
                    key: key.as_str().into(),
                    under: entry.under.as_str().into(),
                };
                entry.keys.iter().map(made)
            })
            .collect(),
        functions: functions
            .flat_map(|function| function.decorators.iter().map(|name| (name.as_str().into(), function.does == "returned")))
            .collect(),
    }
}

#[derive(Default)]
struct Compiler {
    data: Vec<Named>,
    groups: FxHashMap<String, Vec<Id>>,
    uses: Vec<Named>,
    safeguards: Vec<(Named, String)>,
    platforms: Vec<Named>,
    titles: FxHashMap<String, String>,
    lexicon: Lexicon,
    known: FxHashMap<Arc<str>, Term>,
    lists: FxHashMap<String, Vec<Term>>,
    weak: FxHashMap<String, Vec<Term>>,
    meanings: FxHashMap<Term, Vec<Meaning>>,
    apis: Apis,
    known_apis: FxHashMap<String, Id>,
    texts: Vec<Text>,
    known_texts: FxHashMap<String, Id>,
    sdks: FxHashMap<String, Vec<SdkModule>>,
    calls: FxHashMap<String, Vec<ApiCall>>,
    /// For each platform, the literals of which a file that is a source of it holds one.
    signs: Vec<FixedBitSet>,
    data_literals: FxHashMap<Id, Spoken>,
    /// The literal of each term.
    term_literals: Vec<u32>,
    categories: Vec<(Named, String)>,
    clauses: BTreeMap<String, (ClauseCard, Vec<String>, String)>,
    forms: Vec<Form>,
    artifacts: Vec<Artifact>,
    conditions: u32,
    sentences: Vec<Sentence>,
    paths: Vec<PathKind>,
    literals: Vec<Literal>,
    known_literals: FxHashMap<Literal, u32>,
    presence: Vec<u32>,
    telling: FixedBitSet,
}

impl Compiler {
    fn taxonomy(&mut self, taxonomy: &schema::Taxonomy) {
        for (id, key) in (0..).zip(&taxonomy.data) {
            self.data.push(named(&key.key, &key.title));
            self.groups.insert(key.key.clone(), vec![id]);
        }
        for (id, key) in (0..).zip(&taxonomy.data) {
            for group in &key.groups {
                self.groups.entry(group.clone()).or_default().push(id);
            }
        }
        self.uses = taxonomy.uses.iter().map(|key| named(&key.key, &key.title)).collect();
        self.safeguards = taxonomy.safeguards.iter().map(|key| (named(&key.key, &key.title), key.says.clone())).collect();
        self.categories =
            taxonomy.categories.iter().map(|key| (named(&key.key, &key.title), key.says.trim().to_owned())).collect();
        self.paths = taxonomy
            .paths
            .iter()
            .map(|path| PathKind {
                kind: path.kind.as_str().into(),
                parts: path.parts.iter().map(|part| part.to_lowercase().into()).collect(),
                at_most: confidence(&path.at_most).unwrap_or(Confidence::Low),
            })
            .collect();
    }

    /// The words of a file as terms, so that lists can be named before their meanings are known.
    fn gather(&mut self, words: &schema::Words) {
        let (mut strong, mut weak) = (Vec::new(), Vec::new());
        for vocabulary in &words.vocabulary {
            strong.extend(vocabulary.strong.iter().map(|word| self.term(word)));
            weak.extend(vocabulary.weak.iter().map(|word| self.term(word)));
        }
        self.lists.entry(words.words.clone()).or_default().extend(strong);
        self.weak.entry(words.words.clone()).or_default().extend(weak);
    }

    fn meanings(&mut self, shown: &str, words: &schema::Words) {
        let Some(data) = self.data_id(&words.words) else { return };
        // Two weak words of different kinds are company for each other, two of one kind are not.
        let others = words.company.iter().filter(|key| **key != words.words).filter_map(|key| self.weak.get(key));
        let company = words.company.iter().filter_map(|key| self.lists.get(key)).chain(others);
        let company: Vec<Term> = company.flatten().copied().collect();
        let mut against = Vec::new();
        for vocabulary in &words.vocabulary {
            against.extend(vocabulary.against.iter().map(|word| self.term(word)));
        }
        for term in &company {
            let literal = self.term_literals[*term as usize];
            put(&mut self.data_literals.entry(data).or_default().both.1, literal);
        }
        let (company, against) = (Arc::new(set(company)), Arc::new(set(against)));
        for (number, vocabulary) in words.vocabulary.iter().enumerate() {
            let language: Arc<str> = vocabulary.language.as_str().into();
            for (list, strong) in [(&vocabulary.strong, true), (&vocabulary.weak, false)] {
                let entry: Arc<str> = format!("{shown}: vocabulary[{number}].{}", if strong { "strong" } else { "weak" }).into();
                for (index, word) in (0..).zip(list) {
                    let term = self.term(word);
                    let literal = self.term_literals[term as usize];
                    let need = self.data_literals.entry(data).or_default();
                    put(if strong { &mut need.any } else { &mut need.both.0 }, literal);
                    let meaning = Meaning {
                        data,
                        strong,
                        language: language.clone(),
                        entry: entry.clone(),
                        index,
                        company: company.clone(),
                        against: against.clone(),
                    };
                    self.meanings.entry(term).or_default().push(meaning);
                }
            }
        }
    }

    fn terms(&mut self, terms: &schema::Terms) {
        self.titles.insert(terms.platform.clone(), terms.title.clone());
        for clause in &terms.clauses {
            let Some(document) = terms.documents.iter().find(|document| document.key == clause.document) else { continue };
            let card = ClauseCard {
                id: clause.id.clone(),
                platform: terms.title.clone(),
                document: document.title.clone(),
                section: clause.section.clone(),
                url: document.url.clone(),
                dated: document.dated.clone(),
                seen: document.seen.clone(),
                says: clause.says.trim().to_owned(),
                severity: severity(&clause.severity).unwrap_or(Severity::Medium),
            };
            self.clauses.insert(clause.id.clone(), (card, clause.safeguards.clone(), clause.ask.clone()));
        }
    }

    fn api(&mut self, shown: &str, api: &schema::Api) {
        let platform = Id::try_from(self.platforms.len()).unwrap_or(Id::MAX);
        let title = self.titles.get(&api.platform).cloned().unwrap_or_else(|| api.platform.clone());
        self.platforms.push(named(&api.platform, &title));
        for (number, sdk) in api.sdks.iter().enumerate() {
            let entry: Arc<str> = format!("{shown}: sdks[{number}]").into();
            for import in &sdk.imports {
                let parts = path_parts(import);
                let literal = self.module(import, &parts);
                self.presence.push(literal);
                put(self.signs_of(platform), literal);
                let Some(first) = parts.first().map(|part| part.to_string()) else { continue };
                self.sdks.entry(first).or_default().push(SdkModule { parts, platform, entry: entry.clone() });
            }
        }
        for (number, call) in api.calls.iter().enumerate() {
            let gives = self.data_ids(&call.gives);
            for name in &call.names {
                let literal = self.literal(name);
                for data in &gives {
                    put(&mut self.data_literals.entry(*data).or_default().any, literal);
                }
                let entry: Arc<str> = format!("{shown}: calls[{number}]").into();
                let known = ApiCall { platform, gives: gives.clone(), says: call.says.as_str().into(), entry };
                self.calls.entry(name.clone()).or_default().push(known);
            }
        }
        for (number, text) in api.texts.iter().enumerate() {
            let gives = self.data_ids(&text.gives);
            let entry: Arc<str> = format!("{shown}: texts[{number}]").into();
            for part in &text.text {
                let id = self.text(part);
                let literal = self.literal(part);
                put(self.signs_of(platform), literal);
                for data in &gives {
                    put(&mut self.data_literals.entry(*data).or_default().any, literal);
                }
                let carries = text.kind != "scope";
                let source =
                    TextSource { platform, gives: gives.clone(), carries, says: text.says.as_str().into(), entry: entry.clone() };
                self.texts[usize::from(id)].shows.push(source);
            }
        }
    }

    fn forms(&mut self, shown: &str, forms: &schema::Forms, safeguard: bool) {
        let found = if safeguard {
            self.safeguards.iter().position(|(named, _)| *named.key == *forms.shows)
        } else {
            self.uses.iter().position(|named| *named.key == *forms.shows)
        };
        let Some(id) = found.and_then(|found| Id::try_from(found).ok()) else { return };
        for (number, form) in forms.forms.iter().enumerate() {
            let shows = if safeguard { Shows::Safeguard(id) } else { Shows::Use(id) };
            let made = self.form(shown, forms, number, form, shows);
            self.forms.push(made);
        }
    }

    fn form(&mut self, shown: &str, file: &schema::Forms, number: usize, form: &schema::Form, shows: Shows) -> Form {
        let mut none: Vec<Condition> = file.none.iter().map(|condition| self.condition(condition)).collect();
        none.extend(form.none.iter().map(|condition| self.condition(condition)));
        let mut made = Form {
            shows,
            id: format!("{}/{}", file.shows, form.id).into(),
            says: form.says.as_str().into(),
            entry: format!("{shown}: forms[{number}]").into(),
            kinds: kinds(&form.node),
            name: self.words(&form.name).into_iter().collect(),
            not: self.words(&form.not).into_iter().collect(),
            api: form.api.iter().map(|path| self.path(path)).collect(),
            text: form.text.iter().map(|part| self.text(part)).collect(),
            pattern: (!form.pattern.is_empty()).then(|| LazyRegex::new(&form.pattern)),
            data: self.data_ids(&form.data),
            hidden: form.hidden.iter().filter_map(|name| How::named(name)).collect(),
            about: self.data_ids(&form.about),
            all: form.all.iter().map(|condition| self.condition(condition)).collect(),
            any: form.any.iter().map(|condition| self.condition(condition)).collect(),
            none,
            alone: confidence(&form.alone).unwrap_or(Confidence::Info),
            reach: reach(&file.within).unwrap_or(Reach::Function),
            after: file.after,
            needs: Vec::new(),
        };
        made.needs = self.needs(&made);
        made
    }

    fn condition(&mut self, condition: &schema::Condition) -> Condition {
        self.conditions += 1;
        let words = self.words(&condition.words);
        let any = condition.source.iter().any(|key| key == "any");
        let source =
            (0..).zip(&self.platforms).filter(|(_, platform)| any || condition.source.iter().any(|key| **key == *platform.key));
        Condition {
            id: self.conditions,
            scope: Scope::ALL.iter().find(|(_, name)| *name == condition.scope).map_or(Scope::Own, |(scope, _)| *scope),
            kinds: kinds(&condition.node),
            source: source.map(|(id, _)| id).collect(),
            words: (!condition.words.is_empty()).then(|| words.into_iter().collect()),
            api: condition.api.iter().map(|path| self.path(path)).collect(),
            text: condition.text.iter().map(|part| self.text(part)).collect(),
            data: self.data_ids(&condition.data),
        }
    }

    /// For each thing that must stand in the file, the literals of which one must be in its text.
    fn needs(&mut self, form: &Form) -> Vec<Need> {
        let mut own = self.of_terms(&form.name);
        own.extend(self.of_apis(&form.api));
        let mut all = vec![plain(own), plain(self.of_texts(&form.text)), of_data(&form.data), plain(self.of_kinds(&form.kinds))];
        for condition in &form.all {
            all.extend(self.needs_of(condition));
        }
        if !form.hidden.is_empty() {
            // What is hidden is not found by literals: such a file matters by another way.
            self.tell(form);
            let never = self.literal("\u{0}hidden\u{0}");
            all.push(plain(vec![never]));
        }
        // Of several conditions of which one must hold, each must need something, or nothing is needed.
        let mut one_of: Vec<Need> = Vec::new();
        for condition in &form.any {
            let needs = self.needs_of(condition);
            let Some(need) = needs.into_iter().filter(|need| !need.is_empty()).min_by_key(|need| self.size(need)) else {
                one_of.clear();
                break;
            };
            one_of.push(need);
        }
        all.push(one_of_all(&one_of));
        all.retain(|need| !need.is_empty());
        all
    }

    /// What a form asks of a hidden word is what makes it worth telling that it is hidden.
    fn tell(&mut self, form: &Form) {
        let mut telling = std::mem::take(&mut self.telling);
        self.of_terms(&form.name).into_iter().for_each(|literal| put(&mut telling, literal));
        form.data.iter().filter_map(|id| self.data_literals.get(id)).for_each(|spoken| join(&mut telling, &spoken.any));
        for platform in form.all.iter().flat_map(|condition| &condition.source) {
            self.signs.get(usize::from(*platform)).into_iter().for_each(|literals| join(&mut telling, literals));
            let calls = self.calls.iter().filter(|(_, calls)| calls.iter().any(|call| call.platform == *platform));
            let long: Vec<String> = calls.map(|(name, _)| name.clone()).filter(|name| name.len() >= LONG_NAME).collect();
            long.iter().for_each(|name| put(&mut telling, self.literal(name)));
        }
        self.telling = telling;
    }

    fn needs_of(&mut self, condition: &Condition) -> Vec<Need> {
        let words = condition.words.as_ref().map_or_else(Vec::new, |terms| self.of_terms(terms));
        let apis = self.of_apis(&condition.api);
        let sources = Need { source: condition.source.clone(), ..Need::default() };
        let texts = self.of_texts(&condition.text);
        let kinds = self.of_kinds(&condition.kinds);
        vec![plain(words), plain(apis), plain(texts), of_data(&condition.data), sources, plain(kinds)]
    }

    fn sentence(&mut self, rule: &schema::Prohibition) {
        let Some(id) = RuleId::new(&rule.id) else { return };
        let said = rule.prohibited.as_ref().or(rule.required.as_ref().map(|duty| &duty.whenever));
        let Some(said) = said else { return };
        let cited: Vec<_> = rule.clauses.iter().filter_map(|id| self.clauses.get(id)).cloned().collect();
        let mut keys: Vec<&String> = cited.iter().flat_map(|(_, safeguards, _)| safeguards).collect();
        if let Some(duty) = &rule.required {
            keys.extend(&duty.safeguard);
        }
        keys.sort_unstable();
        keys.dedup();
        let place = |key: &str| self.safeguards.iter().position(|(named, _)| *named.key == *key);
        let unless: Vec<Id> = keys.iter().filter_map(|key| Id::try_from(place(key)?).ok()).collect();
        let lawful_if = keys.iter().filter_map(|key| Some(((*key).clone(), self.safeguards[place(key)?].1.clone()))).collect();
        let mut ask: Vec<String> = cited.iter().map(|(_, _, ask)| ask.clone()).filter(|ask| !ask.is_empty()).collect();
        ask.dedup();
        let (uses, forms) = self.uses_named(&said.uses);
        let fact = |fact: &schema::Fact| {
            let (uses, forms) = self.uses_named(&fact.uses);
            Fact { within: reach(&fact.within).unwrap_or(Reach::Function), data: self.data_ids(&fact.data), uses, forms }
        };
        let category = Category(rule.category.as_str().into());
        let card = RuleCard {
            id: id.clone(),
            title: rule.title.clone(),
            category,
            severity: cited.first().map_or(Severity::Medium, |(card, _, _)| card.severity),
            sentence: self.said(rule, said, &keys),
            why: rule.why.trim().to_owned(),
            remedy: rule.remedy.trim().to_owned(),
            clauses: cited.into_iter().map(|(card, _, _)| card).collect(),
            lawful_if,
            ask,
            example_file: rule.example.file.clone(),
            breaking: rule.example.breaking.clone(),
            keeping: rule.example.keeping.clone(),
        };
        self.sentences.push(Sentence {
            id,
            card,
            uses,
            forms,
            data: self.data_ids(&said.data),
            source: self.platforms.iter().position(|platform| *platform.key == *said.source).and_then(|at| Id::try_from(at).ok()),
            unless,
            duty: rule.required.as_ref().map(|duty| reach(&duty.within).unwrap_or(Reach::Function)),
            together: said.together.iter().map(fact).collect(),
        });
    }

    /// Whole uses, and forms of uses, by their names.
    fn uses_named(&self, names: &[String]) -> (Vec<Id>, Vec<Arc<str>>) {
        let (forms, whole): (Vec<&String>, Vec<&String>) = names.iter().partition(|name| name.contains('/'));
        let number = |name: &&String| Id::try_from(self.uses.iter().position(|named| *named.key == ***name)?).ok();
        (whole.iter().filter_map(number).collect(), forms.iter().map(|name| name.as_str().into()).collect())
    }

    /// The sentence in words.
    fn said(&self, rule: &schema::Prohibition, said: &schema::Sentence, safeguards: &[&String]) -> String {
        let data = if said.data.is_empty() { "any data".to_owned() } else { said.data.join(", ") };
        let source = match said.source.as_str() {
            "any" => "anyone",
            platform => self.titles.get(platform).map_or(platform, String::as_str),
        };
        let mut use_of = format!("{} of {data} from {source}", said.uses.join(", "));
        for fact in &said.together {
            let what: Vec<&str> = fact.uses.iter().chain(&fact.data).map(String::as_str).collect();
            use_of.push_str(&format!(", together with {} in the same {}", what.join(" or "), fact.within));
        }
        match &rule.required {
            Some(duty) => format!("required: {} whenever {use_of}", duty.safeguard.join(" or ")),
            None if safeguards.is_empty() => format!("prohibited: {use_of}"),
            None => format!(
                "prohibited: {use_of}, unless {}",
                safeguards.iter().map(|key| key.as_str()).collect::<Vec<_>>().join(" or ")
            ),
        }
    }

    fn finish(mut self, summary: PackSummary) -> Pack {
        self.sentences.sort_by(|a, b| a.id.cmp(&b.id));
        let duties = self.sentences.iter().filter(|sentence| sentence.duty == Some(Reach::App));
        let mut fulfill: Vec<Id> = duties.flat_map(|sentence| sentence.unless.iter().copied()).collect();
        fulfill.sort_unstable();
        fulfill.dedup();
        self.lexicon.lengths.sort_unstable();
        self.lexicon.lengths.dedup();
        let spoken = (0..self.data.len()).filter_map(|id| Id::try_from(id).ok());
        let spoken = spoken.map(|id| self.data_literals.remove(&id).unwrap_or_default()).collect();
        Pack {
            summary,
            data: self.data,
            uses: self.uses,
            safeguards: self.safeguards.into_iter().map(|(named, _)| named).collect(),
            platforms: self.platforms,
            lexicon: self.lexicon,
            meanings: self.meanings,
            apis: self.apis,
            texts: self.texts,
            sdks: self.sdks,
            calls: self.calls,
            forms: self.forms,
            artifacts: self.artifacts,
            sentences: self.sentences,
            clauses: self.clauses.into_iter().map(|(id, (card, _, _))| (id, card)).collect(),
            categories: self.categories,
            paths: self.paths,
            spoken,
            signs: self.signs,
            presence: set(self.presence),
            telling: self.telling,
            fulfill,
            literals: self.literals,
        }
    }

    fn words(&mut self, words: &[String]) -> Vec<Term> {
        let mut all = Vec::new();
        for word in words {
            match word.strip_prefix('@') {
                Some(list) => all.extend(self.lists.get(list).into_iter().flatten()),
                None => all.push(self.term(word)),
            }
        }
        all
    }

    fn term(&mut self, text: &str) -> Term {
        let text = word::fold(text.trim());
        if let Some(term) = self.known.get(text.as_ref()) {
            return *term;
        }
        let term = Term::try_from(self.lexicon.terms.len()).unwrap_or(Term::MAX);
        let text: Arc<str> = text.as_ref().into();
        let plain = text.bytes().all(|byte| byte.is_ascii_lowercase());
        let literal = if plain {
            self.lexicon.exact.entry(text.clone()).or_default().push(term);
            self.lexicon.rest.push(Vec::new());
            self.word_literal(&text, false)
        } else {
            self.phrase(&text, term)
        };
        self.term_literals.push(literal);
        self.lexicon.terms.push(text.clone());
        self.known.insert(text, term);
        term
    }

    /// Adds a term that is more than one plain word; gives the literal that a file must hold for it.
    fn phrase(&mut self, text: &str, term: Term) -> u32 {
        let words = words_of(text);
        let literals: Vec<u32> = words.iter().map(|(word, stem)| self.word_literal(word, *stem)).collect();
        let mut words = words.into_iter();
        if let Some((first, stem)) = words.next() {
            let map = if stem { &mut self.lexicon.prefixes } else { &mut self.lexicon.exact };
            map.entry(first.as_ref().into()).or_default().push(term);
            if stem {
                self.lexicon.lengths.push(first.len());
            }
        }
        self.lexicon.rest.push(words.collect());
        match literals[..] {
            [only] => only,
            _ => self.literal_of(Literal { text: text.into(), edges: Edges::Free, words: literals.into() }),
        }
    }

    fn word_literal(&mut self, word: &str, stem: bool) -> u32 {
        let edges = if stem { Edges::Start } else { Edges::Both };
        self.literal_of(Literal { text: word.into(), edges, words: Box::default() })
    }

    fn path(&mut self, path: &str) -> Id {
        if let Some(id) = self.known_apis.get(path) {
            return *id;
        }
        let id = Id::try_from(self.apis.patterns.len()).unwrap_or(Id::MAX);
        let parts = path_parts(path);
        let wild = |part: &str| part == "*" || part == "**";
        if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
            let first: Box<str> = if wild(first) { "*".into() } else { first.clone() };
            self.apis.first.entry(first).or_default().push(id);
            if !wild(last) {
                self.apis.last.entry(last.clone()).or_default().push(id);
            }
        }
        self.apis.patterns.push(parts);
        self.known_apis.insert(path.to_owned(), id);
        id
    }

    fn text(&mut self, part: &str) -> Id {
        let part = word::fold(part).into_owned();
        if let Some(id) = self.known_texts.get(&part) {
            return *id;
        }
        let id = Id::try_from(self.texts.len()).unwrap_or(Id::MAX);
        self.texts.push(Text { text: part.as_str().into(), shows: Vec::new() });
        self.known_texts.insert(part, id);
        id
    }

    /// The number of a literal that may stand anywhere in a word.
    fn literal(&mut self, text: &str) -> u32 {
        let text = word::fold(text).as_ref().into();
        self.literal_of(Literal { text, edges: Edges::Free, words: Box::default() })
    }

    /// A module stands in a file only with each part of its path as a whole word; short parts are in every file.
    fn module(&mut self, import: &str, parts: &[Box<str>]) -> u32 {
        let longest = parts.iter().max_by_key(|part| part.len());
        let telling = parts.iter().filter(|part| part.len() > 4 || Some(*part) == longest);
        let literals: Vec<u32> = telling.map(|part| self.word_literal(&word::fold(part), false)).collect();
        match literals[..] {
            [only] => only,
            _ => self.literal_of(Literal { text: import.into(), edges: Edges::Free, words: literals.into() }),
        }
    }

    fn literal_of(&mut self, literal: Literal) -> u32 {
        if let Some(id) = self.known_literals.get(&literal) {
            return *id;
        }
        let id = u32::try_from(self.literals.len()).unwrap_or(u32::MAX);
        self.literals.push(literal.clone());
        self.known_literals.insert(literal, id);
        id
    }

    fn of_terms(&self, terms: &Ids) -> Vec<u32> {
        terms.iter().map(|term| self.term_literals[term as usize]).collect()
    }

    /// A path stands in a file only with all its parts: those of its module where that is imported.
    fn of_apis(&mut self, apis: &[Id]) -> Vec<u32> {
        let mut out = Vec::new();
        for api in apis {
            let parts = self.apis.patterns[usize::from(*api)].clone();
            let parts: Vec<u32> =
                parts.iter().filter(|part| !part.contains('*') && !part.is_empty()).map(|part| self.literal(part)).collect();
            match parts[..] {
                [] => (),
                [only] => out.push(only),
                _ => {
                    let text = self.apis.patterns[usize::from(*api)].join(" ").into();
                    let literal = self.literal_of(Literal { text, edges: Edges::Free, words: parts.into() });
                    out.push(literal);
                }
            }
        }
        out
    }

    fn of_texts(&mut self, texts: &[Id]) -> Vec<u32> {
        let mut out = Vec::new();
        for id in texts {
            let text = self.texts[usize::from(*id)].text.clone();
            out.push(self.literal(&text));
        }
        out
    }

    fn signs_of(&mut self, platform: Id) -> &mut FixedBitSet {
        let platform = usize::from(platform);
        if self.signs.len() <= platform {
            self.signs.resize_with(platform + 1, FixedBitSet::new);
        }
        &mut self.signs[platform]
    }

    /// How many literals meet a need.
    fn size(&self, need: &Need) -> usize {
        let data = need.data.iter().filter_map(|id| self.data_literals.get(id)).map(|spoken| spoken.any.count_ones(..));
        let source = need.source.iter().filter_map(|id| self.signs.get(usize::from(*id))).map(|signs| signs.count_ones(..));
        need.any.iter().len() + data.chain(source).sum::<usize>()
    }

    fn of_kinds(&mut self, kinds: &[Kind]) -> Vec<u32> {
        let mut out = Vec::new();
        if kinds.iter().all(|kind| !kind.keywords().is_empty()) {
            for word in kinds.iter().flat_map(|kind| kind.keywords()) {
                out.push(self.literal(word));
            }
        }
        out
    }

    fn data_id(&self, key: &str) -> Option<Id> {
        self.data.iter().position(|named| *named.key == *key).and_then(|at| Id::try_from(at).ok())
    }

    fn data_ids(&self, keys: &[String]) -> Vec<Id> {
        let mut all: Vec<Id> = keys.iter().filter_map(|key| self.groups.get(key)).flatten().copied().collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

fn named(key: &str, title: &str) -> Named {
    Named { key: key.into(), title: title.trim().into() }
}

fn kinds(names: &[String]) -> Vec<Kind> {
    Kind::ALL.iter().filter(|(_, name)| names.iter().any(|wanted| wanted == name)).map(|(kind, _)| *kind).collect()
}

fn path_parts(path: &str) -> Vec<Box<str>> {
    path.split(['.', '/', ':', '\\']).filter(|part| !part.is_empty()).map(Into::into).collect()
}

fn set(terms: impl IntoIterator<Item = Term>) -> FixedBitSet {
    let terms: Vec<Term> = terms.into_iter().collect();
    let mut set = FixedBitSet::with_capacity(terms.iter().max().map_or(0, |last| *last as usize + 1));
    terms.into_iter().for_each(|term| set.insert(term as usize));
    set
}

/// The words of a term; the flag says that longer words match too.
fn words_of(text: &str) -> Vec<(Box<str>, bool)> {
    let mut words: Vec<(Box<str>, bool)> = Vec::new();
    for part in text.split_whitespace() {
        word::split(part, &mut |word| words.push((word.into(), false)));
        if let Some(last) = words.last_mut().filter(|_| part.ends_with('*')) {
            last.1 = true;
        }
    }
    words
}

fn put(set: &mut FixedBitSet, literal: u32) {
    set.grow_and_insert(literal as usize);
}

fn plain(any: Vec<u32>) -> Need {
    Need { any: any.into_iter().collect(), ..Need::default() }
}

fn of_data(data: &[Id]) -> Need {
    Need { data: data.to_vec(), ..Need::default() }
}

/// What meets one of these needs.
fn one_of_all(needs: &[Need]) -> Need {
    Need {
        any: needs.iter().flat_map(|need| need.any.iter()).collect(),
        data: needs.iter().flat_map(|need| need.data.iter().copied()).collect(),
        source: needs.iter().flat_map(|need| need.source.iter().copied()).collect(),
    }
}

fn join(set: &mut FixedBitSet, other: &FixedBitSet) {
    set.grow(other.len());
    set.union_with(other);
}
