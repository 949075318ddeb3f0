//! The files of a pack: those inside the binary, and those of folders that are named to add to them.
//!
//! In: nothing, or folders. Out: parsed files with their texts, sorted by path. A file of a folder takes the
//! place of the file with the same path inside the pack. Whether the files fit together is not asked here:
//! call `check::faults` on what comes out of [`with`].

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    path::{Path, PathBuf},
};

use crate::{
    error::{Error, PackFault},
    pack::{nearest, place, schema},
};

/// A larger pack file is refused. In bytes.
const MAX_BYTES: u64 = 1 << 20;

/// The built-in files as the build script parsed them.
static PACK: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pack.postcard"));

/// The same files, in the same order, as `rules/…` and text.
static TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// All files of a pack, as written.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// Sorted by path.
    pub files: Vec<LoadedFile>,
    /// Paths of built-in files that a folder's file stands in for, sorted.
    pub replaced: Vec<String>,
    /// Paths that no built-in file has, sorted.
    pub added: Vec<String>,
    /// Names this content: blake3 over every path and text, in hexadecimal.
    pub hash: String,
}

/// One file of a pack.
#[derive(Clone, Debug)]
pub struct LoadedFile {
    /// Inside the pack, with `/`, such as `words/religion.yaml`.
    pub path: String,
    /// As messages name it: `rules/words/religion.yaml`, or the path under the folder it came from.
    pub shown: String,
    /// What it says.
    pub file: schema::File,
    /// As written.
    pub text: Cow<'static, str>,
}

impl Loaded {
    /// The line, from 1, of an entry named as evidence names it: `rules/words/religion.yaml: vocabulary[en].strong[3]`.
    #[must_use]
    pub fn line(&self, entry: &str) -> Option<usize> {
        let (shown, entry) = entry.split_once(": ")?;
        let file = self.files.iter().find(|file| file.shown == shown)?;
        place::line_of_entry(&file.text, entry)
    }
}

/// The pack inside the binary. It is known to be without faults: a test holds that.
#[must_use]
pub fn builtin() -> Loaded {
    let files: Vec<(String, schema::File)> = postcard::from_bytes(PACK).expect("the build script wrote it from the same shapes");
    let whole = |((path, file), (shown, text)): ((String, schema::File), &(&str, &'static str))| LoadedFile {
        path,
        shown: (*shown).to_owned(),
        file,
        text: Cow::Borrowed(*text),
    };
    loaded(files.into_iter().zip(TEXTS).map(whole).collect(), BTreeSet::new(), BTreeSet::new())
}

/// The pack inside the binary with the files of `dirs` added to it; later folders win over earlier ones.
///
/// # Errors
/// `Error::Pack` with every file that cannot be read or is not of its kind's shape, sorted by file and line.
pub fn with(dirs: &[PathBuf]) -> Result<Loaded, Error> {
    let mut files: BTreeMap<String, LoadedFile> = builtin().files.into_iter().map(|file| (file.path.clone(), file)).collect();
    let own: BTreeSet<String> = files.keys().cloned().collect();
    let (mut replaced, mut added, mut faults) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for dir in dirs {
        let mut here: BTreeMap<String, String> = BTreeMap::new();
        for (path, on_disk) in folder(dir, &mut faults) {
            let shown = slashed(&on_disk);
            if let Some(other) = here.insert(path.clone(), shown.clone()) {
                faults.push(fault(&shown, 0, 0, format!("is the same pack file as {other}")));
            }
            match read(&path, &shown, &on_disk) {
                Ok(file) => {
                    let kind = if own.contains(&path) { &mut replaced } else { &mut added };
                    kind.insert(path.clone());
                    files.insert(path, file);
                }
                Err(found) => faults.extend(found),
            }
        }
    }
    if faults.is_empty() {
        return Ok(loaded(files.into_values().collect(), replaced, added));
    }
    faults.sort();
    faults.dedup();
    Err(Error::Pack(faults))
}

fn loaded(files: Vec<LoadedFile>, replaced: BTreeSet<String>, added: BTreeSet<String>) -> Loaded {
    let hash = hash(&files);
    Loaded { files, replaced: replaced.into_iter().collect(), added: added.into_iter().collect(), hash }
}

/// The lengths are hashed too, so that no two packs give the same bytes.
fn hash(files: &[LoadedFile]) -> String {
    let mut hasher = blake3::Hasher::new();
    for part in files.iter().flat_map(|file| [file.path.as_bytes(), file.text.as_bytes()]) {
        hasher.update(&part.len().to_le_bytes()[..4]);
        hasher.update(part);
    }
    hasher.finalize().to_hex().to_string()
}

/// The pack files under `dir`: path inside the pack and path on disk, sorted. Hidden ones and editors' schemas are none.
fn folder(dir: &Path, faults: &mut Vec<PackFault>) -> Vec<(String, PathBuf)> {
    if dir.is_file() {
        faults.push(fault(&slashed(dir), 0, 0, "is a file; a folder with pack files is wanted".to_owned()));
        return Vec::new();
    }
    let before = faults.len();
    let mut found = Vec::new();
    let wanted = |entry: &walkdir::DirEntry| {
        entry.depth() == 0
            || !(entry.file_name().as_encoded_bytes().starts_with(b".") || entry.depth() == 1 && entry.file_name() == "schema")
    };
    for entry in walkdir::WalkDir::new(dir).follow_links(true).sort_by_file_name().into_iter().filter_entry(wanted) {
        match entry {
            Ok(entry) if entry.file_type().is_file() => found.extend(inside(dir, entry.into_path())),
            Ok(_) => (),
            Err(error) => {
                let at = slashed(error.path().unwrap_or(dir));
                let message = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                faults.push(fault(&at, 0, 0, message));
            }
        }
    }
    if found.is_empty() && faults.len() == before {
        faults.push(fault(&slashed(dir), 0, 0, "holds no pack file, whose name ends with .yaml".to_owned()));
    }
    found
}

/// The path inside the pack of a file under `dir`; `.yml` counts as `.yaml`. `None` for other files.
fn inside(dir: &Path, on_disk: PathBuf) -> Option<(String, PathBuf)> {
    let path = slashed(on_disk.strip_prefix(dir).unwrap_or(&on_disk));
    let stem = path.strip_suffix(".yaml").or_else(|| path.strip_suffix(".yml"))?;
    Some((format!("{stem}.yaml"), on_disk))
}

fn read(path: &str, shown: &str, on_disk: &Path) -> Result<LoadedFile, Vec<PackFault>> {
    let whole = |message: String| vec![fault(shown, 0, 0, message)];
    let mut bytes = Vec::new();
    let file = fs::File::open(on_disk).map_err(|cause| whole(cause.to_string()))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|cause| whole(cause.to_string()))?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(whole("is larger than 1 MiB; split it".to_owned()));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
        vec![fault(shown, line, 0, "is not UTF-8".to_owned())]
    })?;
    parse(path, shown, Cow::Owned(text))
}

/// Reads one file's text.
///
/// # Errors
/// What is wrong with its nesting, its keys or its shape.
pub fn parse(path: &str, shown: &str, text: Cow<'static, str>) -> Result<LoadedFile, Vec<PackFault>> {
    let before: Vec<_> =
        place::faults(&text).into_iter().map(|(line, column, message)| fault(shown, line, column, message)).collect();
    if !before.is_empty() {
        return Err(before);
    }
    match schema::File::read(path, &text) {
        Ok(file) => Ok(LoadedFile { path: path.to_owned(), shown: shown.to_owned(), file, text }),
        Err((line, column, message)) => Err(vec![fault(shown, line, column, with_hint(message))]),
    }
}

/// Adds which key was meant to serde's ``unknown field `x`, expected one of `y`, `z` ``.
fn with_hint(message: String) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let meant = message.contains("unknown field").then(|| quoted.next()).flatten().and_then(|wrong| nearest::of(wrong, quoted));
    match meant {
        Some(meant) => format!("{message}; did you mean `{meant}`?"),
        None => message,
    }
}

/// With `/` on every system. Names that are not UTF-8 keep a mark in place of the bytes.
fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn fault(shown: &str, line: usize, column: usize, message: String) -> PackFault {
    PackFault { file: shown.to_owned(), line, column, message }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::{builtin, with};
    use crate::{error::Error, pack::schema};

    fn write(dir: &Path, path: &str, text: impl AsRef<[u8]>) {
        let file = dir.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// The faults of a folder, without the folder's own path.
    fn faults(dir: &Path) -> Vec<String> {
        let Err(Error::Pack(found)) = with(&[dir.to_owned()]) else { panic!("no fault") };
        let start = format!("{}/", dir.display());
        found.iter().map(|fault| fault.to_string().replace(&start, "")).collect()
    }

    const WORDS: &str = "words: new-key\nvocabulary:\n  - language: en\n    strong: [church]\n";

    #[test]
    fn every_built_in_file_has_its_text_and_its_path() {
        let pack = builtin();
        assert_eq!(pack.hash.len(), 64);
        for file in &pack.files {
            assert_eq!(file.shown, format!("rules/{}", file.path));
            assert!(schema::File::read(&file.path, &file.text).is_ok(), "{}", file.shown);
        }
        assert!(pack.files.is_sorted_by(|a, b| a.path < b.path));
    }

    #[test]
    fn a_folder_adds_files_and_later_folders_win() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        write(first.path(), "words/new-key.yml", WORDS);
        write(first.path(), ".git/config.yaml", "not: ours");
        write(first.path(), "schema/words.yaml", "not: ours");
        write(first.path(), "README.md", "not ours");
        write(second.path(), "words/new-key.yaml", WORDS.replace("church", "temple"));
        let one = with(&[first.path().to_owned()]).unwrap();
        let both = with(&[first.path().to_owned(), second.path().to_owned()]).unwrap();
        assert_eq!(one.added, ["words/new-key.yaml"]);
        assert_eq!(both.added, one.added);
        assert_ne!(one.hash, both.hash);
        let file = both.files.iter().find(|file| file.path == "words/new-key.yaml").unwrap();
        assert!(file.text.contains("temple"));
        assert_eq!(both.line(&format!("{}: vocabulary[en].strong[0]", file.shown)), Some(4));
    }

    #[test]
    fn a_file_with_a_built_in_path_takes_its_place() {
        for own in builtin().files.iter().take(1) {
            let dir = tempfile::tempdir().unwrap();
            write(dir.path(), &own.path, &*own.text);
            let pack = with(&[dir.path().to_owned()]).unwrap();
            assert_eq!(pack.replaced, [own.path.as_str()]);
            assert!(pack.added.is_empty());
            assert_eq!(pack.hash, builtin().hash, "the hash is of the content, wherever it comes from");
            assert_eq!(pack.files.len(), builtin().files.len());
            assert_ne!(pack.files[0].shown, own.shown);
        }
    }

    #[test]
    fn every_fault_is_listed_with_its_place() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "words/a.yaml", WORDS.replace("strong", "stron"));
        write(dir.path(), "words/b.yaml", format!("{WORDS}words: again\n"));
        write(dir.path(), "words/c.yaml", b"words: a\n# \xff\n");
        write(dir.path(), "words/d.yaml", "words: [\n");
        write(dir.path(), "words/e.yaml", "#".repeat((1 << 20) + 1));
        write(dir.path(), "words/f.yaml", "- ".repeat(1000));
        write(dir.path(), "words/g.yaml", "words: 3\nvocabulary: x\n");
        write(dir.path(), "words/h.yaml", WORDS);
        write(dir.path(), "words/h.yml", WORDS);
        write(dir.path(), "word/i.yaml", WORDS);
        let found = faults(dir.path());
        for (fault, start) in found.iter().zip([
            "word/i.yaml: is no pack file; a pack has",
            "words/a.yaml:4:5: vocabulary[0]: unknown field `stron`, expected one of",
            "words/b.yaml:5:1: the key `words` is given twice, first in line 1",
            "words/c.yaml:2: is not UTF-8",
            "words/d.yaml:1:8: words: invalid type: sequence, expected a string",
            "words/e.yaml: is larger than 1 MiB",
            "words/f.yaml:1: is nested deeper than 64 levels",
            "words/g.yaml:2:13: vocabulary: invalid type: string \"x\", expected a sequence",
            "words/h.yml: is the same pack file as words/h.yaml",
        ]) {
            assert!(fault.starts_with(start), "{fault}\n{start}");
            assert!(!fault.contains(" at line "), "the place is told once: {fault}");
        }
        assert!(found[1].ends_with("did you mean `strong`?"), "{}", found[1]);
        assert_eq!(found.len(), 9, "{found:#?}");
    }

    #[test]
    fn a_folder_without_pack_files_is_a_fault() {
        let dir = tempfile::tempdir().unwrap();
        assert!(faults(dir.path())[0].ends_with("holds no pack file, whose name ends with .yaml"));
        assert!(faults(&dir.path().join("gone"))[0].contains("No such file"));
        write(dir.path(), "words.yaml", WORDS);
        assert!(faults(&dir.path().join("words.yaml"))[0].contains("is a file"));
    }
}
