//! From the text of a file to the graph that all languages share.
//!
//! In: decoded text and its language. Out: a graph whose spans are ranges of that text. A file may hold
//! regions of other languages (cells of a notebook, SQL in a string); they are lowered into the same graph.
//! Nothing here knows what a word means.

use crate::{
    graph::{Gap, Graph, Slot},
    language::{self, Habits, Language, Reader},
    settings::Limits,
    span::Span,
};

mod build;
mod notebook;
mod preprocessor;
mod resolve;
mod sql;
mod tree;

use build::{Builder, Offsets};

/// Lowers files; keeps parsers between them, so one stands on each thread.
#[derive(Default)]
pub struct Lowerer {
    parsers: tree::Parsers,
}

impl Lowerer {
    /// The graph of `text`. What cannot be read is listed in `Graph::gaps`.
    #[must_use]
    pub fn graph(&mut self, text: &str, language: &'static Language, limits: &Limits) -> Graph {
        let mut builder = Builder::new(text, limits);
        match &language.reader {
            Reader::Tree(_) => self.tree(&mut builder, text, language, limits),
            Reader::Sql => build::sql(&mut builder, text, Slot::Body),
            Reader::Notebook => self.notebook(&mut builder, text, limits),
        }
        let habits = Habits::of(language);
        let mut graph = builder.finish();
        resolve::names(&mut graph, text, &habits);
        graph
    }

    fn tree(&mut self, builder: &mut Builder<'_>, text: &str, language: &'static Language, limits: &Limits) {
        let Reader::Tree(syntax) = &language.reader else { return };
        if let Some(line) = syntax.guard.and_then(|guard| guard(text)) {
            let start = text.split_inclusive('\n').take(line - 1).map(str::len).sum();
            return builder
                .gap(Span::new(start, text.len()), "nested too deep, or too many holes in strings, to be parsed".to_owned());
        }
        let Some(tree) = self.parse(language, text, limits) else {
            builder.gap(Span::new(0, text.len()), format!("parsing took longer than {} ms", limits.max_parse_millis));
            return;
        };
        let mut best = (tree::unread(&tree), tree, language);
        let mut tried = vec![language.name];
        let mut next = syntax.retry;
        while let Some(second) = next.filter(|name| best.0 > 0 && !tried.contains(name)).and_then(language::named) {
            let Reader::Tree(syntax) = &second.reader else { break };
            if let Some(again) = self.parse(second, text, limits) {
                let unread = tree::unread(&again);
                if unread < best.0 {
                    best = (unread, again, second);
                }
            }
            tried.push(second.name);
            next = syntax.retry;
        }
        tree::walk(&best.1, best.2, text, builder);
    }

    fn parse(&mut self, language: &'static Language, text: &str, limits: &Limits) -> Option<tree_sitter::Tree> {
        let Reader::Tree(syntax) = &language.reader else { return None };
        let plain = syntax.dialect.map(|dialect| preprocessor::plain(text, dialect));
        self.parsers.parse(language, plain.as_deref().unwrap_or(text), limits.max_parse_millis)
    }

    fn notebook(&mut self, builder: &mut Builder<'_>, text: &str, limits: &Limits) {
        let cells = match notebook::cells(text) {
            Ok(cells) => cells,
            Err(reason) => return builder.gap(Span::new(0, text.len()), reason),
        };
        for cell in cells {
            let Some(language) = language::named(&cell.language) else { continue };
            builder.enter(cell.number, &cell.text, Offsets::Points(cell.map));
            match &language.reader {
                Reader::Tree(_) => self.tree(builder, &cell.text, language, limits),
                Reader::Sql => build::sql(builder, &cell.text, Slot::Body),
                Reader::Notebook => (),
            }
        }
    }
}

/// The gaps of a graph in one phrase: the first one's reason and line, and how many more there are.
#[must_use]
pub fn gaps(graph: &Graph, line: impl Fn(u32) -> usize) -> Option<String> {
    let Gap { span, reason } = graph.gaps.first()?;
    let place = format!("{reason} at line {}", line(span.start));
    Some(match graph.gaps.len() {
        1 => place,
        more => format!("{place} and {} more", more - 1),
    })
}
