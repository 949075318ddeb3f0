//! The one integration-test binary: a module for each thing that the whole of brightline must hold.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

#[path = "main/hostile.rs"]
mod hostile;
#[path = "main/output.rs"]
mod output;
#[path = "main/pack.rs"]
mod pack;

use std::{env, fs, path::Path};

/// Compares `got` with the file at `path` in this repository; `UPDATE_GOLDEN=1` writes it instead.
fn golden(path: &str, got: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&file, got).unwrap();
    }
    let want = fs::read_to_string(&file).unwrap_or_default();
    assert!(want == got, "{path} differs\n--- want\n{want}\n--- got\n{got}\n(UPDATE_GOLDEN=1 accepts)");
}
