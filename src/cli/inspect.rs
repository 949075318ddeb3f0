//! `brightline trace` and `brightline map`.

use std::{io, path::PathBuf};

use clap::{Args, ValueEnum};

use super::{Ended, packs};
use crate::{
    error::Error,
    exit::Exit,
    inspect::{self, DataMap, Part, Step, Value},
    output::escape::{json, short, visible},
    scan,
    settings::{Limits, Settings},
};

/// More of a line of code is not shown.
const MAX_CODE: usize = 90;

#[derive(Debug, Args)]
pub(super) struct TraceArguments {
    /// A line of a file of the app, by its path inside the app's folder: `src/jobs.py:12`.
    #[arg(value_name = "FILE:LINE")]
    place: String,
    /// The app's folder.
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Someone else's code: read everything.
    #[arg(long)]
    untrusted: bool,
    /// Add the rule pack of this folder.
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct MapArguments {
    /// Folders, each one app.
    #[arg(default_value = ".", value_name = "PATH")]
    roots: Vec<PathBuf>,
    /// Someone else's code: read everything.
    #[arg(long)]
    untrusted: bool,
    /// How to write the map.
    #[arg(long, value_enum, default_value = "table")]
    format: MapFormat,
    /// Add the rule pack of this folder.
    #[arg(long, value_name = "DIR")]
    rules: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum MapFormat {
    /// For reading.
    Table,
    /// Nodes and edges, each with its place.
    Json,
    /// A flowchart.
    Mermaid,
}

fn settings(roots: Vec<PathBuf>, untrusted: bool) -> Settings {
    Settings { roots, untrusted, prefilter: false, threads: 0, keep_info: true, limits: Limits::USUAL }
}

pub(super) fn trace(arguments: &TraceArguments, out: &mut dyn io::Write) -> Ended {
    let wrong = || Error::Usage(format!("{} is no FILE:LINE, such as src/jobs.py:12", arguments.place));
    let (file, line) = arguments.place.rsplit_once(':').ok_or_else(wrong)?;
    let line: u32 = line.parse().map_err(|_| wrong())?;
    let file = file.trim_start_matches("./");
    let pack = packs::compiled(&packs::loaded(&arguments.rules)?);
    let mut found = None;
    let settings = settings(vec![arguments.root.clone()], arguments.untrusted);
    scan::inspect(&settings, &pack, &mut |_, lineage| found = inspect::line(&pack, lineage, file, line))?;
    let values = found.ok_or_else(|| Error::Usage(format!("{} has no file {file} that is read", arguments.root.display())))?;
    if values.is_empty() {
        writeln!(out, "{}:{line}: no value starts on this line", visible(file))?;
    }
    for value in values {
        write_value(&value, out)?;
    }
    Ok(Exit::Clean)
}

fn write_value(value: &Value, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}:{} {} `{}`", visible(&value.at.file), value.at.line, value.kind, short(&value.at.code, MAX_CODE))?;
    for (label, entry) in &value.labels {
        writeln!(out, "  is {} ({})", visible(label), visible(entry))?;
    }
    for (title, ways) in [("comes from", &value.from), ("goes to", &value.to)] {
        for way in ways {
            writeln!(out, "  {title}")?;
            for step in way {
                write_step(step, out)?;
            }
        }
    }
    Ok(())
}

fn write_step(step: &Step, out: &mut dyn io::Write) -> io::Result<()> {
    let note = if step.note.is_empty() { String::new() } else { format!("  — {}", step.note) };
    writeln!(out, "    {}:{} `{}`{}", visible(&step.at.file), step.at.line, short(&step.at.code, MAX_CODE), visible(&note))
}

pub(super) fn map(arguments: &MapArguments, out: &mut dyn io::Write) -> Ended {
    let pack = packs::compiled(&packs::loaded(&arguments.rules)?);
    let mut maps: Vec<DataMap> = Vec::new();
    let settings = settings(arguments.roots.clone(), arguments.untrusted);
    scan::inspect(&settings, &pack, &mut |app, lineage| maps.push(inspect::map(&pack, lineage, app)))?;
    match arguments.format {
        MapFormat::Json => json(&maps, out)?,
        MapFormat::Table => maps.iter().try_for_each(|map| table(map, out))?,
        MapFormat::Mermaid => mermaid(&maps, out)?,
    }
    Ok(Exit::Clean)
}

fn table(map: &DataMap, out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "{}", visible(&map.app))?;
    for (part, title) in [(Part::Enters, "Enters"), (Part::Stored, "Is stored"), (Part::Used, "Is used")] {
        let of_part = || map.nodes.iter().enumerate().filter(move |(_, node)| node.part == part);
        if of_part().next().is_none() {
            continue;
        }
        writeln!(out, "\n{title}")?;
        for (index, node) in of_part() {
            let place = format!("{}:{}", node.at.file, node.at.line);
            writeln!(out, "  [{index}] {}: {} ({})", visible(&node.name), visible(&node.says), node.data.join(", "))?;
            writeln!(out, "      {}", visible(&place))?;
            for edge in map.edges.iter().filter(|edge| edge.to == index) {
                let by = if edge.by.is_empty() { String::new() } else { format!(", by {}", edge.by.join(", ")) };
                writeln!(out, "      from [{}]{}", edge.from, visible(&by))?;
            }
        }
    }
    if map.nodes.is_empty() {
        writeln!(out, "  no platform data is followed to where it is stored or used")?;
    }
    Ok(())
}

fn mermaid(maps: &[DataMap], out: &mut dyn io::Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    // What a stranger wrote must not end the quotes.
    let quoted =
        |text: &str| visible(text).replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;");
    for (number, map) in maps.iter().enumerate() {
        for (index, node) in map.nodes.iter().enumerate() {
            let (open, close) = match node.part {
                Part::Enters => ("([", "])"),
                Part::Stored => ("[(", ")]"),
                Part::Used => ("[", "]"),
            };
            let says = format!("{}<br/>{}:{}", quoted(&node.name), quoted(&node.at.file), node.at.line);
            writeln!(out, "  a{number}n{index}{open}\"{says}\"{close}")?;
        }
        for edge in &map.edges {
            let label = if edge.by.is_empty() { String::new() } else { format!("|\"{}\"|", quoted(&edge.by.join(", "))) };
            writeln!(out, "  a{number}n{} -->{label} a{number}n{}", edge.from, edge.to)?;
        }
    }
    Ok(())
}
