//! `brightline rules --stale`: clauses whose documents nobody has looked at for long.

use std::io;

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::Ended;
use crate::{
    error::Error,
    exit::Exit,
    pack::{load::Loaded, schema, terms},
};

pub(super) fn run(loaded: &Loaded, days: u32, today: Option<&str>, out: &mut dyn io::Write) -> Ended {
    let today = match today {
        Some(text) => date(text).ok_or_else(|| Error::Usage(format!("{text} is no date; write it as 2026-11-27")))?,
        None => TimeZone::UTC.to_datetime(Timestamp::now()).date(),
    };
    let (mut all, mut old) = (0, 0);
    for file in &loaded.files {
        let schema::File::Terms(written) = &file.file else { continue };
        for document in &written.documents {
            let clauses = terms::clauses_of(written, &document.key);
            all += clauses.len();
            let Some(seen) = date(&document.seen) else { continue };
            let age = (today - seen).get_days();
            if age <= i32::try_from(days).unwrap_or(i32::MAX) || clauses.is_empty() {
                continue;
            }
            old += clauses.len();
            writeln!(out, "{}/{}: seen {}, {age} days ago: {}", written.platform, document.key, document.seen, document.url)?;
            for clause in clauses {
                writeln!(out, "  {:<32} {}", clause.id, clause.section)?;
            }
        }
    }
    writeln!(out, "{old} of {all} clauses were last seen more than {days} days before {today}")?;
    Ok(if old == 0 { Exit::Clean } else { Exit::Findings })
}

/// `YYYY-MM-DD`.
fn date(text: &str) -> Option<Date> {
    // A date that is none is refused when a pack is checked, and told on the command line.
    text.parse().ok()
}
