use std::{fs, path::Path};

use super::{App, apps};
use crate::{
    error::Error,
    settings::{Limits, Settings},
};

fn walked(root: &Path, untrusted: bool) -> App {
    let settings = Settings {
        roots: vec![root.to_owned()],
        untrusted,
        prefilter: true,
        threads: 2,
        keep_info: false,
        limits: Limits::USUAL,
    };
    apps(&settings).unwrap().remove(0)
}

fn paths(app: &App) -> Vec<&str> {
    app.files.iter().map(|file| file.path.as_str()).collect()
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn tree() -> tempfile::TempDir {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(root, ".gitignore", "hidden.py\nout/\n");
    write(root, ".ignore", "b.py\n");
    write(root, ".git/config", "x");
    write(root, ".github/ci.yml", "on: push");
    write(root, "b.py", "x = 1");
    write(root, "a/hidden.py", "x = 1");
    write(root, "a/.hg/store", "x");
    write(root, "out/built.js", "1");
    dir
}

#[test]
fn own_code_leaves_out_what_git_ignores_and_nothing_else() {
    let dir = tree();
    let app = walked(dir.path(), false);
    assert_eq!(paths(&app), [".github/ci.yml", ".gitignore", ".ignore", "b.py"]);
    let skipped: Vec<_> = app.skipped.iter().map(|(path, reason)| format!("{path}: {reason}")).collect();
    assert_eq!(skipped, [".git: version control data", "a/.hg: version control data"]);
}

#[test]
fn untrusted_code_steers_nothing() {
    let dir = tree();
    let app = walked(dir.path(), true);
    let all = [".github/ci.yml", ".gitignore", ".ignore", "a/hidden.py", "b.py", "out/built.js"];
    assert_eq!(paths(&app), all);
    assert_eq!(app.skipped.len(), 2);
    assert_eq!(app.files[4].len, 5);
}

#[test]
fn a_single_file_is_an_app_of_one_and_a_missing_root_is_an_error() {
    let dir = tree();
    let app = walked(&dir.path().join("a/hidden.py"), false);
    assert_eq!(paths(&app), ["hidden.py"], "named by the user, so it counts although git ignores it");
    let settings = Settings {
        roots: vec![dir.path().join("gone")],
        untrusted: true,
        prefilter: true,
        threads: 1,
        keep_info: false,
        limits: Limits::USUAL,
    };
    assert!(matches!(apps(&settings), Err(Error::Io { .. })));
}

#[cfg(unix)]
#[test]
fn links_are_listed_and_never_followed() {
    use std::os::unix::fs::symlink;

    let dir = tempfile::tempdir().unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    write(dir.path(), "a/x.py", "1");
    write(elsewhere.path(), "secret", "1");
    symlink("..", dir.path().join("a/loop")).unwrap();
    symlink(elsewhere.path(), dir.path().join("escape")).unwrap();
    symlink("nowhere", dir.path().join("broken")).unwrap();
    for untrusted in [false, true] {
        let app = walked(dir.path(), untrusted);
        assert_eq!(paths(&app), ["a/x.py"]);
        let links: Vec<_> = app.skipped.iter().map(|(path, reason)| (path.as_str(), reason.as_str())).collect();
        assert_eq!(links, [("a/loop", "symbolic link"), ("broken", "symbolic link"), ("escape", "symbolic link")]);
    }
    let link = elsewhere.path().join("app");
    symlink(dir.path(), &link).unwrap();
    assert_eq!(paths(&walked(&link, false)), ["a/x.py"], "a root that the user named may be a link");
}

#[cfg(unix)]
#[test]
fn names_that_are_not_utf_8_are_shown_with_replacements() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    let dir = tempfile::tempdir().unwrap();
    if fs::write(dir.path().join(OsStr::from_bytes(b"a\xff.py")), "1").is_err() {
        return; // Some file systems refuse such names.
    }
    assert_eq!(paths(&walked(dir.path(), true)), ["a\u{fffd}.py"]);
}
