//! The one integration-test binary: a module for each thing that the whole of brightline must hold.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "main/architecture.rs"]
mod architecture;
#[path = "main/cli.rs"]
mod cli;
#[path = "main/coverage.rs"]
mod coverage;
#[path = "main/docs.rs"]
mod docs;
#[path = "main/evasion.rs"]
mod evasion;
#[path = "main/fixtures.rs"]
mod fixtures;
#[path = "main/hostile.rs"]
mod hostile;
#[path = "main/inspect.rs"]
mod inspect;
#[path = "main/output.rs"]
mod output;
#[path = "main/pack.rs"]
mod pack;
#[path = "main/property.rs"]
mod property;
#[path = "main/rules.rs"]
mod rules;
#[path = "main/upkeep.rs"]
mod upkeep;
#[path = "main/words.rs"]
mod words;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// The path inside this repository.
fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Runs the program in `folder`.
fn brightline(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_brightline")).current_dir(folder).args(arguments).output().unwrap()
}

/// Writes `files` into a new folder that is removed when it is dropped.
fn tree<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    dir
}

/// Compares `got` with the file at `path` in this repository; `UPDATE_GOLDEN=1` writes it instead.
fn golden(path: &str, got: &str) {
    let file = here(path);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, got).unwrap();
    }
    let want = fs::read_to_string(&file).unwrap_or_default();
    assert!(want == got, "{path} differs\n--- want\n{want}\n--- got\n{got}\n(UPDATE_GOLDEN=1 accepts)");
}
