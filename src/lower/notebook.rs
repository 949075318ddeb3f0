//! Reads the code cells of a Jupyter notebook, of format 3 or 4.
//!
//! In: the text of an `.ipynb`. Out: its code cells, decoded, each with a map back to the file. Markdown and outputs
//! are not read. The JSON is walked in place, without a tree: a notebook of a million cells costs a few times its size.

mod json;
mod magic;

use json::Scanner;

/// One piece of code of a notebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CodeCell {
    /// The cell, from 1, counting all cells.
    pub(super) number: u32,
    /// What the code is written in, lower case: the kernel's language, or that of a magic such as `%%sql`.
    pub(super) language: String,
    /// The code, decoded; lines that only IPython understands are masked, byte for byte.
    pub(super) text: String,
    /// Pairs (offset in `text`, offset in the file), ascending; from each on, both grow alike up to the next.
    /// Where a string of the file ends and the next starts, two pairs have the same first offset.
    pub(super) map: Vec<(u32, u32)>,
}

impl CodeCell {
    /// Where what starts at `offset` starts in the file.
    fn start(&self, offset: u32) -> u32 {
        let after = self.map.partition_point(|(decoded, _)| *decoded <= offset);
        let Some((decoded, place)) = after.checked_sub(1).and_then(|at| self.map.get(at)) else { return 0 };
        place + (offset - decoded)
    }

    /// The part `start..end` of the text as a piece of its own.
    fn part(&self, start: usize, end: usize, language: &str) -> Self {
        let (from, to) = (short(start), short(end));
        let first = self.map.partition_point(|(decoded, _)| *decoded <= from);
        let inner = self.map[first..].iter().take_while(|(decoded, _)| *decoded <= to);
        let map = std::iter::once((0, self.start(from))).chain(inner.map(|(decoded, place)| (decoded - from, *place)));
        let text = self.text.get(start..end).unwrap_or("").to_owned();
        Self { number: self.number, language: language.to_owned(), text, map: map.collect() }
    }
}

/// The code cells of the notebook `text`, in order. A line such as `%sql SELECT 1` is a further piece of its cell.
///
/// # Errors
/// What is wrong with the notebook, where it is no JSON or has no cells.
pub(super) fn cells(text: &str) -> Result<Vec<CodeCell>, String> {
    let mut scanner = Scanner::new(text);
    let mut notebook = Notebook::default();
    let mut found = false;
    scanner.members(&mut |scanner, key| match key {
        "cells" => {
            found = true;
            scanner.elements(&mut |scanner| notebook.cell(scanner))
        }
        "worksheets" => {
            found = true;
            scanner.elements(&mut |scanner| {
                scanner.members(&mut |scanner, key| match key {
                    "cells" => scanner.elements(&mut |scanner| notebook.cell(scanner)),
                    _ => scanner.skip(),
                })
            })
        }
        "metadata" => notebook.metadata(scanner),
        _ => scanner.skip(),
    })?;
    if !found {
        return Err("not a notebook: it has no cells".to_owned());
    }
    let kernel = notebook.language.filter(|language| !language.is_empty()).unwrap_or_else(|| "python".to_owned());
    let mut read = Vec::new();
    for mut cell in notebook.code {
        if cell.language.is_empty() {
            cell.language.clone_from(&kernel);
        }
        magic::split(cell, &mut read);
    }
    Ok(read)
}

#[derive(Default)]
struct Notebook {
    /// How many cells there were.
    cells: u32,
    code: Vec<CodeCell>,
    language: Option<String>,
}

impl Notebook {
    fn cell(&mut self, scanner: &mut Scanner<'_>) -> Result<(), String> {
        self.cells = self.cells.saturating_add(1);
        let (mut code, mut source, mut language) = (false, None, String::new());
        scanner.members(&mut |scanner, key| {
            match key {
                "cell_type" => code = scanner.text()?.is_some_and(|kind| kind == "code"),
                // Its kind may come later, so the source is read once the cell is over.
                "source" | "input" => {
                    source = Some(scanner.place());
                    scanner.skip()?;
                }
                "language" => language = scanner.text()?.unwrap_or_default().to_lowercase(),
                _ => scanner.skip()?,
            }
            Ok(())
        })?;
        let (true, Some(source)) = (code, source) else { return Ok(()) };
        let (text, map) = scanner.again(source).joined()?;
        self.code.push(CodeCell { number: self.cells, language, text, map });
        Ok(())
    }

    fn metadata(&mut self, scanner: &mut Scanner<'_>) -> Result<(), String> {
        let language = &mut self.language;
        scanner.members(&mut |scanner, key| {
            let wanted = match key {
                "kernelspec" => "language",
                "language_info" => "name",
                _ => return scanner.skip(),
            };
            scanner.members(&mut |scanner, key| match key == wanted {
                true => {
                    let named = scanner.text()?.map(|name| name.to_lowercase());
                    *language = language.take().or(named);
                    Ok(())
                }
                false => scanner.skip(),
            })
        })
    }
}

fn short(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
