//! The pack that a command works with.

use std::path::PathBuf;

use crate::{
    error::Error,
    pack::{Pack, check, compile, load, load::Loaded},
    report::PackSummary,
    settings::{Limits, Settings},
};

/// The built-in pack, or that one with the folders of `dirs` added.
///
/// # Errors
/// `Error::Pack` where a folder's files are wrong by themselves or together with the others.
pub(super) fn loaded(dirs: &[PathBuf]) -> Result<Loaded, Error> {
    if dirs.is_empty() {
        return Ok(load::builtin());
    }
    let loaded = load::with(dirs)?;
    let faults = check::faults(&loaded);
    if faults.is_empty() { Ok(loaded) } else { Err(Error::Pack(faults)) }
}

/// The pack of these files.
pub(super) fn compiled(loaded: &Loaded) -> Pack {
    let files: Vec<_> = loaded.files.iter().map(|file| (file.shown.as_str(), &file.file)).collect();
    let rules = files.iter().filter(|(_, file)| matches!(file, crate::pack::schema::File::Prohibition(_))).count();
    let summary =
        PackSummary { rules, hash: loaded.hash.clone(), replaced: loaded.replaced.clone(), added: loaded.added.clone() };
    compile::pack(&files, summary)
}

/// Settings for looking at a pack's own examples and fixtures.
pub(super) fn settings(roots: Vec<PathBuf>) -> Settings {
    Settings { roots, untrusted: false, prefilter: true, threads: 0, keep_info: true, limits: Limits::USUAL }
}
