//! Finds the files of each root.
//!
//! In: the roots, and whether the code is ours. Out: one `App` a root, with every input met in one of three lists.
//! No file is opened here. Links are never followed out of a root, so no file is met twice.

use std::{
    ffi::OsStr,
    fs::{self, FileType},
    io,
    path::{Path, PathBuf},
    sync::mpsc,
};

use ignore::{WalkBuilder, WalkState};
use walkdir::WalkDir;

use crate::{error::Error, settings::Settings};

/// Folders in which version control keeps its own data: no code of the app stands there.
const VERSION_CONTROL: &[&str] = &[".git", ".hg", ".svn"];

/// One root and all that was met under it.
#[derive(Clone, Debug)]
pub struct App {
    /// Where it stands: absolute, without links.
    pub root: PathBuf,
    /// As the user named it.
    pub name: String,
    /// What can be read, sorted by path.
    pub files: Vec<File>,
    /// What was left out on purpose, with the reason, sorted by path.
    pub skipped: Vec<(String, String)>,
    /// What could not be met, with the reason, sorted by path.
    pub failed: Vec<(String, String)>,
}

/// A file that can be read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct File {
    /// The path inside the root, with `/` between its parts; bytes that are not UTF-8 are replaced. Sorts the files.
    pub path: String,
    /// Where to read it.
    pub absolute: PathBuf,
    /// Its length when it was met, in bytes.
    pub len: u64,
}

/// Every root of `settings` as an app, in the order of the roots.
///
/// Own code: files that a `.gitignore` hides are no inputs. Untrusted code: everything is one, whatever the tree says.
///
/// # Errors
/// `Error::Io` for a root that does not exist or cannot be looked up.
pub fn apps(settings: &Settings) -> Result<Vec<App>, Error> {
    settings.roots.iter().map(|root| app(root, settings)).collect()
}

fn app(named: &Path, settings: &Settings) -> Result<App, Error> {
    let fault = |cause: io::Error| Error::Io { path: named.to_owned(), cause };
    let root = fs::canonicalize(named).map_err(fault)?;
    let folder = fs::metadata(&root).map_err(fault)?.is_dir();
    let mut app =
        App { name: named.to_string_lossy().into_owned(), root, files: Vec::new(), skipped: Vec::new(), failed: Vec::new() };
    let root = app.root.clone();
    let met = match (folder, settings.untrusted) {
        (false, _) => vec![alone(&root).map_err(fault)?],
        (true, true) => everything(&root),
        (true, false) => not_ignored(&root, settings.threads),
    };
    for one in met {
        match one {
            Met::File(file) => app.files.push(file),
            Met::Skipped(path, reason) => app.skipped.push((path, reason.to_owned())),
            Met::Failed(path, reason) => app.failed.push((path, reason)),
        }
    }
    app.files.sort_unstable();
    app.skipped.sort_unstable();
    app.failed.sort_unstable();
    Ok(app)
}

/// What became of one entry of a tree.
enum Met {
    File(File),
    Skipped(String, &'static str),
    Failed(String, String),
}

/// A root that is no folder.
fn alone(root: &Path) -> io::Result<Met> {
    let metadata = fs::metadata(root)?;
    let path = root.file_name().unwrap_or(root.as_os_str()).to_string_lossy().into_owned();
    Ok(match special(metadata.file_type()) {
        Some(reason) => Met::Skipped(path, reason),
        None => Met::File(File { path, absolute: root.to_owned(), len: metadata.len() }),
    })
}

/// All below `root`; no file of the tree has a say.
fn everything(root: &Path) -> Vec<Met> {
    let mut met = Vec::new();
    let mut walk = WalkDir::new(root).min_depth(1).follow_links(false).into_iter();
    while let Some(entry) = walk.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(fault) => {
                let path = inside(root, fault.path().unwrap_or(root));
                let cause = fault.io_error().map_or_else(|| fault.to_string(), io::Error::to_string);
                met.push(Met::Failed(path, cause));
                continue;
            }
        };
        let step = look(root, entry.path(), entry.file_type(), || entry.metadata().map(|metadata| metadata.len()));
        if matches!(step, Some(Met::Skipped(..))) && entry.file_type().is_dir() {
            walk.skip_current_dir();
        }
        met.extend(step);
    }
    met
}

/// All below `root` that no `.gitignore` hides.
fn not_ignored(root: &Path, threads: usize) -> Vec<Met> {
    let mut builder = WalkBuilder::new(root);
    builder.hidden(false).ignore(false).require_git(false).git_global(false).follow_links(false).threads(threads);
    let (sender, met) = mpsc::channel();
    builder.build_parallel().run(|| {
        let sender = sender.clone();
        Box::new(move |entry| {
            let step = match &entry {
                Err(fault) => Some(Met::Failed(inside(root, fault_path(fault).unwrap_or(root)), fault_cause(fault))),
                Ok(entry) if entry.depth() == 0 => None,
                Ok(entry) => entry
                    .file_type()
                    .and_then(|kind| look(root, entry.path(), kind, || entry.metadata().map(|metadata| metadata.len()))),
            };
            let leave = matches!(step, Some(Met::Skipped(..)));
            match step.map_or(Ok(()), |step| sender.send(step)) {
                Ok(()) if leave => WalkState::Skip,
                Ok(()) => WalkState::Continue,
                // The receiver lives until the walk is over.
                Err(_) => WalkState::Quit,
            }
        })
    });
    drop(sender);
    met.into_iter().collect()
}

/// What becomes of one entry; `None` for a folder to go into.
fn look<E: ToString>(root: &Path, path: &Path, kind: FileType, len: impl FnOnce() -> Result<u64, E>) -> Option<Met> {
    let name = path.file_name().and_then(OsStr::to_str);
    let reason = match name.is_some_and(|name| VERSION_CONTROL.contains(&name)) {
        true => Some("version control data"),
        false if kind.is_dir() => return None,
        false => special(kind),
    };
    let shown = inside(root, path);
    Some(match (reason, len) {
        (Some(reason), _) => Met::Skipped(shown, reason),
        (None, len) => match len() {
            Ok(len) => Met::File(File { path: shown, absolute: path.to_owned(), len }),
            Err(cause) => Met::Failed(shown, cause.to_string()),
        },
    })
}

/// Why an entry that is neither file nor folder is left out: a pipe would block, a device never ends.
fn special(kind: FileType) -> Option<&'static str> {
    match kind {
        kind if kind.is_file() => None,
        kind if kind.is_symlink() => Some("symbolic link"),
        _ => Some("pipe, socket or device"),
    }
}

/// The path of `path` inside `root`, with `/` between its parts; `.` for the root itself.
fn inside(root: &Path, path: &Path) -> String {
    let relative = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = relative.iter().map(OsStr::to_string_lossy).collect();
    match parts.is_empty() {
        true => ".".to_owned(),
        false => parts.join("/"),
    }
}

fn fault_path(fault: &ignore::Error) -> Option<&Path> {
    match fault {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => fault_path(err),
        ignore::Error::Loop { child, .. } => Some(child),
        ignore::Error::Partial(faults) => faults.iter().find_map(fault_path),
        _ => None,
    }
}

fn fault_cause(fault: &ignore::Error) -> String {
    fault.io_error().map_or_else(|| fault.to_string(), io::Error::to_string)
}

#[cfg(test)]
mod tests;
