//! Sentences × lineage → findings.
//!
//! In: the labelled graphs of an app. Out: one finding for each place and category, with its trace and
//! with the sentences it breaks. What a finding means for the run is decided by `settle` and `report`.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    finding::{Confidence, Finding, Place, Status, Tier, Verdict},
    graph::{Graph, Kind, NodeId},
    label::{Match, SourceLabel},
    link::{self, At, Explorer, File, Lineage, Passage},
    pack::{Form, Id, Pack, Reach, Sentence, Shows},
    rule::{Category, RuleId},
};

mod evidence;
mod guard;
mod place;
mod together;

/// What is known of the whole app when one of its files is judged.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Platforms that some file of the app depends on.
    pub platforms: BTreeSet<Id>,
    /// Safeguards that stand anywhere in the app.
    pub safeguards: BTreeSet<Id>,
}

/// The findings of one file of an app, sorted by place; at most one for each category and line. And whether some way
/// back was too long to be followed whole.
#[must_use]
pub fn findings(pack: &Pack, lineage: &Lineage<'_>, number: u32, facts: &Facts) -> (Vec<Finding>, bool) {
    let file = lineage.files[number as usize];
    let explorer = Explorer::new(lineage);
    let mut cut = false;
    let at_most = path_limit(pack, &file.path);
    let mut best: BTreeMap<(Category, u32), Candidate<'_>> = BTreeMap::new();
    for found in &file.labels.uses {
        let place = Seen::new(pack, lineage, number, &explorer, facts, found);
        cut |= place.reach.cut;
        for sentence in &pack.sentences {
            let Some(mut candidate) = place.breaks(sentence) else { continue };
            candidate.confidence = candidate.confidence.min(at_most);
            let line = place.line();
            match best.entry((sentence.card.category.clone(), line)) {
                std::collections::btree_map::Entry::Vacant(entry) => {
                    entry.insert(candidate);
                }
                std::collections::btree_map::Entry::Occupied(mut entry) => {
                    let kept = entry.get_mut();
                    if candidate.rank() > kept.rank() {
                        std::mem::swap(kept, &mut candidate);
                    }
                    kept.also.append(&mut candidate.also);
                    kept.also.insert((sentence_id(&candidate), candidate.confidence));
                }
            }
        }
    }
    let kept = siblings(&file.graph, best.into_values().collect());
    let mut findings: Vec<Finding> =
        kept.into_iter().map(|candidate| candidate.finding(pack, lineage, number, &explorer)).collect();
    findings.sort_by(|a, b| (a.at.span, &a.rule).cmp(&(b.at.span, &b.rule)));
    (findings, cut)
}

/// The uses of one file of an app that break some sentence, as far as the joined files show.
#[must_use]
pub fn open(pack: &Pack, lineage: &Lineage<'_>, number: u32, facts: &Facts) -> Vec<NodeId> {
    let explorer = Explorer::new(lineage);
    let broken = |found: &&Match| {
        let place = Seen::new(pack, lineage, number, &explorer, facts, found);
        pack.sentences.iter().any(|sentence| !sentence.unless.is_empty() && place.breaks(sentence).is_some())
    };
    lineage.files[number as usize].labels.uses.iter().filter(broken).map(|found| found.node).collect()
}

/// Columns of one table, keys of one mapping and their kind that match one form for one rule and the same data are one finding:
/// the first stands for all, the others are told in its trace.
fn siblings<'a>(graph: &Graph, mut all: Vec<Candidate<'a>>) -> Vec<Candidate<'a>> {
    all.sort_by_key(|candidate| candidate.found.node);
    let mut kept: Vec<Candidate<'a>> = Vec::new();
    for candidate in all {
        let parent = graph.node(candidate.found.node).parent;
        let together = matches!(
            graph.node(parent).kind,
            Kind::List | Kind::Table | Kind::Class | Kind::Select | Kind::Group | Kind::Function
        );
        let like = |other: &&mut Candidate<'a>| {
            let same = other.sentence.id == candidate.sentence.id && other.found.form == candidate.found.form;
            let keys = |candidate: &Candidate<'_>| candidate.data.iter().map(|at| at.data).collect::<BTreeSet<Id>>();
            same && keys(other) == keys(&candidate)
                && other.confidence == candidate.confidence
                && graph.node(other.found.node).parent == parent
        };
        match kept.iter_mut().find(like).filter(|_| together) {
            Some(first) => first.siblings.push(candidate.found.node),
            None => kept.push(candidate),
        }
    }
    kept
}

/// The highest confidence that a path allows.
fn path_limit(pack: &Pack, path: &str) -> Confidence {
    let path = path.to_lowercase();
    let name = path.rsplit('/').next().unwrap_or(&path);
    let fits = |part: &str| match part.contains('*') {
        true => wildcard(part, name),
        false => path.split('/').any(|folder| folder == part),
    };
    let limits = pack.paths.iter().filter(|kind| kind.parts.iter().any(|part| fits(part))).map(|kind| kind.at_most);
    limits.min().unwrap_or(Confidence::High)
}

/// Whether `name` is `pattern`, in which `*` stands for any text.
fn wildcard(pattern: &str, name: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|start| name.strip_prefix(start)) else { return false };
    let mut parts: Vec<&str> = parts.collect();
    let last = parts.pop().unwrap_or_default();
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

/// How near the platform's data is to the use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    Nowhere,
    App,
    File,
    Function,
    Traced,
}

/// A use in its surroundings.
struct Seen<'a> {
    pack: &'a Pack,
    lineage: &'a Lineage<'a>,
    number: u32,
    file: &'a File,
    facts: &'a Facts,
    found: &'a Match,
    form: &'a Form,
    /// All that gets to the use.
    reach: link::Reach,
    /// The platforms that its places read or name: the place as an index of `reach`, in order.
    sources: Vec<(usize, &'a SourceLabel)>,
    data: Vec<evidence::DataAt>,
}

impl<'a> Seen<'a> {
    fn new(
        pack: &'a Pack,
        lineage: &'a Lineage<'a>,
        number: u32,
        explorer: &Explorer<'_, 'a>,
        facts: &'a Facts,
        found: &'a Match,
    ) -> Self {
        let file = lineage.files[number as usize];
        let form = &pack.forms[found.form];
        let nodes: Vec<NodeId> = found.evidence.iter().map(|(node, _)| *node).collect();
        let ends = link::ends(&file.graph, found.node, &nodes);
        let ends: Vec<At> = ends.into_iter().map(|node| At { file: number, node }).collect();
        // What is done to rows is done to all of them, whichever column it goes by.
        let graph = &file.graph;
        let clause = matches!(graph.node(found.node).kind, Kind::Group | Kind::Filter | Kind::Case);
        let tables = graph
            .children(graph.node(found.node).parent)
            .filter(|id| clause && matches!(graph.node(*id).kind, Kind::From | Kind::Join));
        let tables: Vec<At> = tables.map(|node| At { file: number, node }).collect();
        let reach = explorer.back_with(&ends, &tables);
        let of_visit = |(index, visit): (usize, &link::Visit)| {
            explorer.sources(visit.at).into_iter().map(|label| (index, label)).collect::<Vec<_>>()
        };
        let sources: Vec<(usize, &SourceLabel)> = reach.visits.iter().enumerate().flat_map(of_visit).collect();
        let data = evidence::data(lineage, number, found, form, &reach, &sources);
        Self { pack, lineage, number, file, facts, found, form, reach, sources, data }
    }

    /// The shortest way from data of `platform` (of any, where `None`) to the use: each place, and how it is left.
    fn way(&self, platform: Option<Id>) -> Option<evidence::Way> {
        let wanted = |label: &&SourceLabel| label.carries && platform.is_none_or(|platform| label.platform == platform);
        let labelled = |index: usize| {
            let first = self.sources.partition_point(|(at, _)| *at < index);
            self.sources[first..].iter().take_while(|(at, _)| *at == index).map(|(_, label)| *label).find(wanted)
        };
        let all = 0..self.reach.visits.len();
        let nearest = all.clone().find(|index| labelled(*index).is_some())?;
        // A field of what a call gave shows the platform; the call is where the data enters.
        let called = |index: &usize| {
            let at = self.reach.visits[*index].at;
            self.lineage.graph(at).node(at.node).kind == Kind::Call
        };
        let through = |index: &usize| self.reach.way_of(*index).any(|step| step == nearest);
        let entry = all.skip(nearest).filter(|index| called(index) && labelled(*index).is_some()).find(through);
        let start = entry.filter(|_| !called(&nearest)).unwrap_or(nearest);
        let source = labelled(start)?.clone();
        let places = self.reach.way(start).map(|visit| (visit.at, visit.passage)).collect();
        Some(evidence::Way { source, places })
    }

    /// The line that it is told by; a statement that writes rows is one with the call that it is handed to.
    fn line(&self) -> u32 {
        let graph = &self.file.graph;
        let writes = matches!(graph.node(self.found.node).kind, Kind::Insert | Kind::Update);
        let query = Some(graph.node(self.found.node).parent).filter(|_| writes);
        let text = query.map(|query| graph.node(query).parent).filter(|text| graph.node(*text).kind.is_text());
        let call = text.map(|text| graph.node(text).parent).filter(|call| graph.node(*call).kind == Kind::Call);
        self.file.line_col(place::head(graph, call.unwrap_or(self.found.node), &self.file.text).start).line
    }

    /// What `sentence` makes of this use; `None` where it does not speak of it or holds it lawful.
    fn breaks(&self, sentence: &'a Sentence) -> Option<Candidate<'a>> {
        if !sentence.speaks_of(self.form) {
            return None;
        }
        let data: Vec<&evidence::DataAt> =
            self.data.iter().filter(|at| sentence.data.is_empty() || sentence.data.contains(&at.data)).collect();
        if data.is_empty() && !sentence.data.is_empty() {
            return None;
        }
        let way = self.way(sentence.source);
        let nearness = if way.is_some() { Nearness::Traced } else { self.nearness(sentence.source) };
        if sentence.source.is_some() && nearness == Nearness::Nowhere {
            return None;
        }
        let together = together::shown(self, &sentence.together)?;
        if self.lawful(sentence) {
            return None;
        }
        // A name of which a part is not known joins what may be two things.
        let weak = way.as_ref().is_some_and(|way| {
            way.places.iter().any(|(_, passage)| matches!(passage, Passage::Artifact(number) if self.lineage.met(*number).weak))
        });
        let most = if weak { Confidence::Medium } else { Confidence::High };
        let confidence = confidence(self.form.alone, nearness, sentence.source.is_some()).min(most);
        Some(Candidate {
            sentence,
            form: self.form,
            found: self.found,
            data: data.into_iter().cloned().collect(),
            together,
            way,
            platform: sentence.source,
            tier: tier(nearness, confidence),
            confidence,
            nearness,
            distance: self.distance(sentence.source),
            also: BTreeSet::new(),
            siblings: Vec::new(),
        })
    }

    /// How far the nearest sign of `platform` is, in nodes.
    fn distance(&self, platform: Option<Id>) -> u32 {
        let of_platform = self.file.labels.sources.iter().filter(|label| Some(label.platform) == platform);
        of_platform.map(|label| label.node.0.abs_diff(self.found.node.0)).min().unwrap_or(u32::MAX)
    }

    /// Where the platform shows, apart from a trace.
    fn nearness(&self, platform: Option<Id>) -> Nearness {
        let wanted = |id: Id| platform.is_none_or(|platform| platform == id);
        let graph = &self.file.graph;
        let function = graph.node(self.found.node).scope;
        let mut nearest = if self.facts.platforms.iter().any(|id| wanted(*id)) { Nearness::App } else { Nearness::Nowhere };
        for label in self.file.labels.sources.iter().filter(|label| wanted(label.platform)) {
            let here = graph.node(label.node).scope == function || label.node == function;
            nearest = nearest.max(if here && label.node != NodeId::FILE { Nearness::Function } else { Nearness::File });
            if nearest == Nearness::Function {
                break;
            }
        }
        nearest
    }

    /// Whether one of the sentence's safeguards stands within its reach.
    fn lawful(&self, sentence: &Sentence) -> bool {
        if sentence.duty == Some(Reach::App) && sentence.unless.iter().any(|id| self.facts.safeguards.contains(id)) {
            return true;
        }
        let reach_of = |form: &Form| {
            // What reaches a whole app fulfills duties; it makes no single use lawful from afar.
            sentence.duty.unwrap_or(if form.reach == Reach::App { Reach::Function } else { form.reach })
        };
        let counts = |guard: &Match| {
            let Shows::Safeguard(id) = self.pack.forms[guard.form].shows else { return false };
            sentence.unless.contains(&id)
        };
        let near = |guard: &Match| counts(guard) && reach_of(&self.pack.forms[guard.form]) == Reach::Function;
        let gates = guard::Guards::new(self.lineage, self.lineage.habits(), near);
        // In the other files on the way to the use.
        let on_the_way = || {
            let files: BTreeSet<u32> = self.reach.visits.iter().map(|visit| visit.at.file).collect();
            let mut guards = files.into_iter().flat_map(|file| &self.lineage.files[file as usize].labels.safeguards);
            guards.any(|guard| counts(guard) && reach_of(&self.pack.forms[guard.form]) == Reach::Pipeline)
        };
        let found = self.file.labels.safeguards.iter().any(|guard| {
            let reach = reach_of(&self.pack.forms[guard.form]);
            let gate = reach == Reach::Function && gates.is_gate(At { file: self.number, node: guard.node });
            let inside = self.found.node <= guard.node && guard.node < self.file.graph.node(self.found.node).end;
            counts(guard)
                && (!gate || inside)
                && self.reaches(guard.node, reach)
                && guard::holds_for_all(self.file, guard, self.found.node)
        });
        let here = At { file: self.number, node: self.found.node };
        let records = || {
            let after = |guard: &Match| near(guard) && self.pack.forms[guard.form].after;
            guard::Guards::new(self.lineage, self.lineage.habits(), after).stand_after(here)
        };
        found || on_the_way() || !gates.is_empty() && (gates.stand_before(here) || records())
    }

    fn reaches(&self, guard: NodeId, reach: Reach) -> bool {
        if reach > Reach::Function {
            return true;
        }
        let graph = &self.file.graph;
        let scope = graph.node(guard).scope;
        let own = graph.node(self.found.node).scope;
        let inside = self.found.node <= guard && guard < graph.node(self.found.node).end;
        inside
            || std::iter::successors(Some(own), |at| Some(graph.node(*at).scope).filter(|outer| outer != at))
                .any(|at| at == scope || at == guard)
    }
}

fn sentence_id(candidate: &Candidate<'_>) -> RuleId {
    candidate.sentence.id.clone()
}

/// How sure form and nearness make us together.
fn confidence(alone: Confidence, nearness: Nearness, of_platform: bool) -> Confidence {
    match nearness {
        Nearness::Traced if alone >= Confidence::Medium => Confidence::High,
        Nearness::Traced => Confidence::Medium,
        Nearness::Function if alone >= Confidence::Low => alone.max(Confidence::Medium),
        Nearness::File if !of_platform => alone,
        Nearness::File if alone >= Confidence::Low => alone.max(Confidence::Medium),
        Nearness::Function | Nearness::File => Confidence::Low,
        Nearness::App if of_platform => alone.min(Confidence::Low),
        Nearness::App | Nearness::Nowhere => alone,
    }
}

fn tier(nearness: Nearness, confidence: Confidence) -> Tier {
    match nearness {
        Nearness::Traced => Tier::E1,
        _ if confidence >= Confidence::Medium => Tier::E2,
        Nearness::Nowhere => Tier::E4,
        _ => Tier::E3,
    }
}

/// A finding before it is told.
#[derive(Clone)]
struct Candidate<'a> {
    sentence: &'a Sentence,
    form: &'a Form,
    found: &'a Match,
    data: Vec<evidence::DataAt>,
    /// Where what the sentence asks for besides shows.
    together: Vec<together::Shown>,
    way: Option<evidence::Way>,
    platform: Option<Id>,
    tier: Tier,
    confidence: Confidence,
    nearness: Nearness,
    /// How far the platform's nearest sign is from the use, in nodes.
    distance: u32,
    /// Other sentences that the place breaks, and how surely.
    also: BTreeSet<(RuleId, Confidence)>,
    /// Other nodes that this finding stands for.
    siblings: Vec<NodeId>,
}

impl Candidate<'_> {
    /// Surer first, then the sentence of a platform, the nearest one, then the graver one, then the first by name.
    fn rank(&self) -> impl Ord {
        let near = (self.nearness, std::cmp::Reverse(self.distance));
        (self.confidence, self.platform.is_some(), near, self.sentence.card.severity, std::cmp::Reverse(self.sentence.id.clone()))
    }

    fn finding(self, pack: &Pack, lineage: &Lineage<'_>, number: u32, explorer: &Explorer<'_, '_>) -> Finding {
        let file = lineage.files[number as usize];
        let card = &self.sentence.card;
        // A sentence that the place breaks less surely than this one adds nothing.
        let sure =
            |(id, confidence): &&(RuleId, Confidence)| *id != card.id && *confidence >= self.confidence.min(Confidence::Medium);
        let mut also: Vec<RuleId> = self.also.iter().filter(sure).map(|(id, _)| id.clone()).collect();
        also.dedup();
        let platform = self.platform.or(self.way.as_ref().map(|way| way.source.platform));
        let mut data: Vec<String> = self.data.iter().map(|at| pack.data[usize::from(at.data)].key.to_string()).collect();
        data.sort_unstable();
        data.dedup();
        let at = place::of(file, place::head(&file.graph, self.found.node, &file.text), self.found.node);
        let source = platform.map(|id| pack.platforms[usize::from(id)].key.to_string());
        let use_key = self.form.id.split('/').next().unwrap_or_default().to_owned();
        Finding {
            rule: card.id.clone(),
            category: card.category.clone(),
            severity: card.severity,
            confidence: self.confidence,
            tier: self.tier,
            verdict: self.verdict(),
            message: self.message(pack, platform),
            fingerprint: self.fingerprint(file, &data, source.as_deref()),
            trace: self.trace(pack, lineage, number, explorer, &at),
            at,
            data,
            source,
            use_key,
            also,
            status: Status::Open,
        }
    }

    fn verdict(&self) -> Verdict {
        let card = &self.sentence.card;
        match () {
            () if self.sentence.duty.is_some() => Verdict::Hygiene,
            () if !card.ask.is_empty() => Verdict::NeedsHuman,
            () if card.lawful_if.is_empty() && self.tier <= Tier::E2 && self.confidence >= Confidence::Medium => {
                Verdict::Violation
            }
            () => Verdict::Likely,
        }
    }

    /// `what the code does: which data, with data from whom`.
    fn message(&self, pack: &Pack, platform: Option<Id>) -> String {
        let mut titles: Vec<&str> = Vec::new();
        for at in &self.data {
            let title = &*pack.data[usize::from(at.data)].title;
            if !titles.contains(&title) && titles.len() < 3 {
                titles.push(title);
            }
        }
        let mut message = self.form.says.to_string();
        if !titles.is_empty() {
            message.push_str(&format!(": {}", titles.join(", ")));
        }
        if let Some(platform) = platform {
            let title = &pack.platforms[usize::from(platform)].title;
            let how = match self.nearness {
                Nearness::Traced => "with data from",
                Nearness::Function => "in code that uses",
                Nearness::File => "in a file that uses",
                Nearness::App | Nearness::Nowhere => "in an app that uses",
            };
            message.push_str(&format!(", {how} {title}"));
        }
        message
    }

    /// What the finding is, whatever line and file it stands in.
    fn fingerprint(&self, file: &File, data: &[String], source: Option<&str>) -> String {
        let graph = &file.graph;
        let node = graph.node(self.found.node);
        let name = |id: NodeId| graph.node(id).name.map_or("", |name| name.of(&file.text));
        let own: String = node.name.map_or("", |name| name.of(&file.text)).split_whitespace().collect();
        let mut hash = blake3::Hasher::new();
        let parts = [
            self.sentence.card.category.0.as_ref(),
            &self.form.id,
            node.kind.name(),
            &own,
            name(node.scope),
            source.unwrap_or(""),
        ];
        for part in parts.into_iter().chain(data.iter().map(String::as_str)) {
            hash.update(part.as_bytes());
            hash.update(&[0]);
        }
        hash.finalize().to_hex()[..24].to_owned()
    }
}

/// Numbers findings that would else share a fingerprint, in their order.
pub fn tell_apart(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = format!("{}-{count}", finding.fingerprint);
        }
    }
}

/// The place of a span that is no use, such as a comment.
#[must_use]
pub fn place_of(file: &File, span: crate::span::Span, node: NodeId) -> Place {
    place::of(file, span, node)
}
