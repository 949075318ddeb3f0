//! Platforms: their libraries through imports and aliases, their calls, and what strings show of them.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use rustc_hash::FxHashSet;

use super::{Labels, SourceLabel};
use crate::{
    finding::Why,
    graph::{Graph, Kind, Node, NodeId, Slot},
    pack::{Apis, Id, Pack, SdkModule},
    word,
};

pub(super) fn find(pack: &Pack, texts: &Texts<'_>, graph: &Graph, text: &str, own: &BTreeSet<String>, labels: &mut Labels) {
    let finder = Finder { pack, graph, text, own };
    let imported = finder.imports(labels);
    let roots: FxHashSet<&str> = graph
        .nodes
        .iter()
        .filter(|node| node.kind == Kind::Import)
        .filter_map(|node| node.path.as_deref()?.split('.').next())
        .collect();
    for id in graph.ids() {
        let node = graph.node(id);
        match node.kind {
            Kind::Literal | Kind::Template => {
                finder.texts(texts, id, node, labels);
                finder.events(id, node, &imported, labels);
                finder.hidden_module(id, node, labels);
            }
            Kind::Call | Kind::Member | Kind::Function | Kind::Decorator | Kind::Import => {
                finder.named(id, node, &imported, &roots, labels)
            }
            Kind::Name if node.slot == Slot::Callee => finder.named(id, node, &imported, &roots, labels),
            _ => (),
        }
    }
    labels.texts.sort_unstable();
    labels.texts.dedup();
    labels.apis.sort_unstable();
    labels.apis.dedup();
    labels.sources.sort_by(|a, b| (a.node, a.platform, !a.carries, &a.why).cmp(&(b.node, b.platform, !b.carries, &b.why)));
    labels.sources.dedup_by(|b, a| (a.node, a.platform, &a.why) == (b.node, b.platform, &b.why));
}

struct Finder<'a> {
    pack: &'a Pack,
    graph: &'a Graph,
    text: &'a str,
    own: &'a BTreeSet<String>,
}

impl Finder<'_> {
    fn name(&self, node: &Node) -> &str {
        node.name.map_or("", |name| name.of(self.text))
    }

    /// Labels imports of platform libraries; gives the platforms imported.
    fn imports(&self, labels: &mut Labels) -> BTreeSet<Id> {
        let mut platforms = BTreeSet::new();
        for id in self.graph.ids() {
            let node = self.graph.node(id);
            // A module that is loaded by a call is as good as one that is imported.
            let loads = node.kind == Kind::Import || node.kind == Kind::Call;
            let Some(path) = node.path.as_deref().filter(|_| loads) else { continue };
            for sdk in self.sdks(path) {
                platforms.insert(sdk.platform);
                if node.kind == Kind::Import || node.slot == Slot::Body {
                    let says = format!("imports a library of {}", self.pack.platforms[usize::from(sdk.platform)].title);
                    labels.sources.push(SourceLabel {
                        node: id,
                        platform: sdk.platform,
                        gives: Vec::new(),
                        carries: false,
                        says: says.into(),
                        why: why(&sdk.entry, path),
                    });
                }
            }
        }
        platforms
    }

    /// A library whose name is hidden shows that the platform is there by that alone.
    fn hidden_module(&self, id: NodeId, node: &Node, labels: &mut Labels) {
        if self.graph.hidden_at(id).next().is_none() {
            return;
        }
        let path = self.name(node).replace('/', ".");
        for sdk in self.sdks(&path) {
            labels.sources.push(SourceLabel {
                node: id,
                platform: sdk.platform,
                gives: Vec::new(),
                carries: false,
                says: format!("names a library of {}", self.pack.platforms[usize::from(sdk.platform)].title).into(),
                why: why(&sdk.entry, &path),
            });
        }
    }

    /// The platform libraries that a path starts with, unless the app is that library itself.
    fn sdks(&self, path: &str) -> impl Iterator<Item = &SdkModule> {
        let first = path.split('.').next().unwrap_or(path);
        let known = if self.own.contains(first) { None } else { self.pack.sdks.get(first) };
        known.into_iter().flatten().filter(move |sdk| starts(path, sdk) && !self.own.contains(&sdk.parts.join(".")))
    }

    fn named(&self, id: NodeId, node: &Node, imported: &BTreeSet<Id>, roots: &FxHashSet<&str>, labels: &mut Labels) {
        let name = self.name(node);
        if let Some(path) = node.path.as_deref() {
            matching(&self.pack.apis, path, &mut |pattern| labels.apis.push((id, pattern)));
        }
        if !known(node, roots) && node.kind != Kind::Function {
            // The object is unknown, yet the module is there: the name is taken for the module's.
            for pattern in self.pack.apis.last.get(name).into_iter().flatten() {
                let first = &self.pack.apis.patterns[usize::from(*pattern)][0];
                if roots.contains(&**first) {
                    labels.apis.push((id, *pattern));
                }
            }
        }
        self.call(id, node, name, imported, known(node, roots), labels);
    }

    fn call(&self, id: NodeId, node: &Node, name: &str, imported: &BTreeSet<Id>, known: bool, labels: &mut Labels) {
        let path = node.path.as_deref();
        let platforms: BTreeSet<Id> = path.map(|path| self.sdks(path).map(|sdk| sdk.platform).collect()).unwrap_or_default();
        for call in self.pack.calls.get(name).into_iter().flatten() {
            let resolved = platforms.contains(&call.platform);
            let unknown = imported.contains(&call.platform) && !known;
            let label = |node: NodeId| SourceLabel {
                node,
                platform: call.platform,
                gives: call.gives.clone(),
                carries: true,
                says: call.says.clone(),
                why: why(&call.entry, name),
            };
            if !resolved && !unknown {
                let object = node.kind == Kind::Call && self.graph.object(id).is_some();
                labels.maybe.extend(object.then(|| label(id)));
                continue;
            }
            if node.kind == Kind::Function {
                if !self.handles(id, call.platform, imported) {
                    continue;
                }
                // A handler of the library is called with its data.
                let inside = self.graph.inside(id).skip(1).filter(|at| self.graph.node(*at).kind == Kind::Parameter);
                labels.sources.extend(inside.filter(|at| self.graph.node(*at).parent == id).map(label));
            } else {
                labels.sources.push(label(id));
            }
        }
        if let (Some(path), Some(sdk)) = (path, path.and_then(|path| self.sdks(path).next()))
            && matches!(node.kind, Kind::Call | Kind::Decorator)
            && !self.works_on_data(path, sdk.platform)
        {
            let says = format!("calls a library of {}", self.pack.platforms[usize::from(sdk.platform)].title);
            let label = SourceLabel {
                node: id,
                platform: sdk.platform,
                gives: Vec::new(),
                carries: false,
                says: says.into(),
                why: why(&sdk.entry, path),
            };
            labels.sources.push(label);
        }
    }

    /// Whether a path goes through a call that gives data, so that its last part works on that data.
    fn works_on_data(&self, path: &str, platform: Id) -> bool {
        let before = path.rsplit_once('.').map_or("", |(before, _)| before);
        let gives =
            |part: &str| self.pack.calls.get(part).is_some_and(|calls| calls.iter().any(|call| call.platform == platform));
        before.split('.').skip(1).any(gives)
    }

    /// Whether a function is given to a library of `platform`: by a decorator before it, by the class it stands in,
    /// or by the call that makes an object of a class without a name.
    fn handles(&self, function: NodeId, platform: Id, imported: &BTreeSet<Id>) -> bool {
        let of_platform = |id: &NodeId| {
            let node = self.graph.node(*id);
            let path = node.path.as_deref();
            let gives =
                || self.pack.calls.get(self.name(node)).is_some_and(|calls| calls.iter().any(|call| call.platform == platform));
            path.is_some_and(|path| self.sdks(path).any(|sdk| sdk.platform == platform))
                || imported.contains(&platform) && gives()
        };
        let holder = self.graph.around(function).find(|id| matches!(self.graph.node(*id).kind, Kind::Class | Kind::Call));
        let made = holder.is_some_and(|holder| self.graph.node(holder).kind == Kind::Call && of_platform(&holder));
        let class = holder.filter(|holder| self.graph.node(*holder).kind == Kind::Class);
        let bases = class.into_iter().flat_map(|class| self.graph.inside(class).take_while(|id| *id < function));
        let mut bases = bases.filter(|id| self.graph.node(*id).slot == Slot::Type);
        let parent = self.graph.node(function).parent;
        let mut before = (parent.0..function.0).rev().map(NodeId).take(12);
        let mut decorators = before.by_ref().take_while(|id| {
            let around = std::iter::once(*id).chain(self.graph.around(*id));
            around.into_iter().any(|at| self.graph.node(at).kind == Kind::Decorator)
        });
        made || bases.any(|id| of_platform(&id)) || decorators.any(|id| of_platform(&id))
    }

    /// Names of events and methods that are given as strings.
    fn events(&self, id: NodeId, node: &Node, imported: &BTreeSet<Id>, labels: &mut Labels) {
        let name = self.name(node);
        if node.slot != Slot::Argument || name.len() > 60 {
            return;
        }
        for call in self.pack.calls.get(name).into_iter().flatten().filter(|call| imported.contains(&call.platform)) {
            labels.sources.push(SourceLabel {
                node: id,
                platform: call.platform,
                gives: call.gives.clone(),
                carries: true,
                says: call.says.clone(),
                why: why(&call.entry, name),
            });
        }
    }

    fn texts(&self, texts: &Texts<'_>, id: NodeId, node: &Node, labels: &mut Labels) {
        let content = word::fold(node.name.unwrap_or(node.span).of(self.text));
        texts.find(self.pack, &content, &mut |number| {
            labels.texts.push((id, number));
            let text = &self.pack.texts[usize::from(number)];
            for source in &text.shows {
                labels.sources.push(SourceLabel {
                    node: id,
                    platform: source.platform,
                    gives: source.gives.clone(),
                    carries: source.carries,
                    says: source.says.clone(),
                    why: why(&source.entry, &text.text),
                });
            }
        });
    }
}

/// How parts of strings are found; both ways find the same.
pub(super) enum Texts<'a> {
    /// Only these are in the file at all.
    Each(Vec<Id>),
    /// All of the pack's at once.
    Together(&'a AhoCorasick),
}

impl Texts<'_> {
    fn find(&self, pack: &Pack, content: &str, each: &mut dyn FnMut(Id)) {
        match self {
            Self::Each(held) => {
                held.iter().filter(|id| content.contains(&*pack.texts[usize::from(**id)].text)).for_each(|id| each(*id))
            }
            Self::Together(automaton) => {
                let found = automaton.find_overlapping_iter(content);
                found.filter_map(|found| Id::try_from(found.pattern().as_usize()).ok()).for_each(each);
            }
        }
    }
}

/// Whether a node's path starts with a module that the file imports.
fn known(node: &Node, roots: &FxHashSet<&str>) -> bool {
    node.path.as_deref().is_some_and(|path| roots.contains(path.split('.').next().unwrap_or(path)))
}

fn why(entry: &str, matched: &str) -> Why {
    Why {
        entry: entry.to_owned(),
        matched: matched.to_owned(),
        language: String::new(),
        supports: Vec::new(),
        against: Vec::new(),
    }
}

fn starts(path: &str, sdk: &SdkModule) -> bool {
    let mut parts = path.split('.');
    sdk.parts.iter().all(|part| parts.next() == Some(&**part))
}

/// Calls `each` with every pattern that `path` matches.
fn matching(apis: &Apis, path: &str, each: &mut dyn FnMut(Id)) {
    let first = path.split('.').next().unwrap_or(path);
    let candidates = apis.first.get(first).into_iter().chain(apis.first.get("*")).flatten();
    let mut parts: Vec<&str> = Vec::new();
    for pattern in candidates {
        if parts.is_empty() {
            parts.extend(path.split('.'));
        }
        if fits(&apis.patterns[usize::from(*pattern)], &parts) {
            each(*pattern);
        }
    }
}

/// `*` is one part, `**` any number of parts.
fn fits(pattern: &[Box<str>], parts: &[&str]) -> bool {
    match pattern.split_first() {
        None => parts.is_empty(),
        Some((first, rest)) if &**first == "**" => (0..=parts.len()).any(|skip| fits(rest, &parts[skip..])),
        Some((first, rest)) => {
            parts.split_first().is_some_and(|(part, others)| (&**first == "*" || *part == &**first) && fits(rest, others))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn one_star_is_one_part_and_two_are_any() {
        for (pattern, path, good) in [
            ("a.b", "a.b", true),
            ("a.b", "a.b.c", false),
            ("a.*", "a.b", true),
            ("a.*", "a", false),
            ("a.**.c", "a.c", true),
            ("a.**.c", "a.x.y.c", true),
            ("**.c", "c", true),
            ("*.c", "c", false),
        ] {
            let parts: Vec<Box<str>> = pattern.split('.').map(Into::into).collect();
            let path: Vec<&str> = path.split('.').collect();
            assert_eq!(fits(&parts, &path), good, "{pattern} {path:?}");
        }
    }
}
