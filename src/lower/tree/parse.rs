//! Parsing within a budget of time.

use std::{
    collections::HashMap,
    ops::ControlFlow,
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use tree_sitter::{ParseOptions, Parser, Tree};

use crate::language::{Language, Reader};

/// A shorter text is parsed soon, whatever it is. In bytes.
const PATIENT: usize = 4 << 10;

/// One parser for each language, made when first needed.
#[derive(Default)]
pub(in crate::lower) struct Parsers {
    made: HashMap<&'static str, Parser>,
}

impl Parsers {
    /// The tree of `text`; `None` where it takes much longer than `millis`.
    ///
    /// Some steps of recovery from errors are long and cannot be stopped, so that a longer text is parsed on a thread
    /// that is left behind when it does not come back. It ends with the program.
    pub(in crate::lower) fn parse(&mut self, language: &'static Language, text: &str, millis: u64) -> Option<Tree> {
        if text.len() <= PATIENT {
            return parse(self.made.entry(language.name).or_default(), language, text, millis);
        }
        let (sender, receiver) = mpsc::channel();
        let text = text.to_owned();
        thread::spawn(move || {
            // Nobody waits any longer where this cannot be sent.
            drop(sender.send(parse(&mut Parser::new(), language, &text, millis)));
        });
        receiver.recv_timeout(Duration::from_millis(2 * millis)).ok().flatten()
    }
}

fn parse(parser: &mut Parser, language: &'static Language, text: &str, millis: u64) -> Option<Tree> {
    let Reader::Tree(syntax) = &language.reader else { return None };
    if parser.language().is_none() {
        // A grammar of the table that the library refuses would be met by the first test of that language.
        parser.set_language(&(syntax.grammar)()).ok()?;
    }
    let deadline = Instant::now() + Duration::from_millis(millis);
    let mut late = |_: &tree_sitter::ParseState| {
        if Instant::now() > deadline { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let bytes = text.as_bytes();
    let mut read = |at: usize, _| bytes.get(at..).unwrap_or(&[]);
    let tree = parser.parse_with_options(&mut read, None, Some(ParseOptions::new().progress_callback(&mut late)));
    if tree.is_none() {
        parser.reset();
    }
    tree
}

/// How many bytes of its text a tree has no syntax for.
pub(in crate::lower) fn unread(tree: &Tree) -> usize {
    let mut cursor = tree.walk();
    let mut unread = 0;
    loop {
        let syntax = cursor.node();
        let wrong = syntax.is_error() || syntax.is_missing();
        if wrong {
            unread += (syntax.end_byte() - syntax.start_byte()).max(1);
        }
        if !wrong && syntax.has_error() && cursor.goto_first_child() {
            continue;
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return unread;
            }
        }
    }
}
