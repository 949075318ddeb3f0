//! A folder made to harm the scanner: it must end, in bounded time and memory, with every input accounted for.

use std::{
    fs::{self, File},
    io::{Read, Write},
    path::Path,
    process::{Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

/// A scan that takes longer than this hangs, as far as a reviewer can tell.
const PATIENCE: Duration = Duration::from_secs(120);

/// What a scan came to.
struct Scan {
    code: Option<i32>,
    report: Value,
    /// The whole of the standard output.
    out: Vec<u8>,
    err: String,
}

/// Scans `root` as someone else's code, and fails if that takes too long.
fn scan(root: &Path, more: &[&str]) -> Scan {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brightline"));
    command.args(["scan", "--untrusted", "--format", "json"]).args(more).arg(root);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let out = drain(child.stdout.take().unwrap());
    let err = drain(child.stderr.take().unwrap());
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("the scan of {} hangs", root.display());
        }
        thread::sleep(Duration::from_millis(20));
    };
    let (out, err) = (out.join().unwrap(), String::from_utf8_lossy(&err.join().unwrap()).into_owned());
    let report = serde_json::from_slice(&out).unwrap_or(Value::Null);
    Scan { code: status.code(), report, out, err }
}

fn drain(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        bytes
    })
}

impl Scan {
    /// How many entries a bucket of the coverage has.
    fn count(&self, bucket: &str) -> u64 {
        let bucket = &self.report["coverage"][bucket];
        bucket.as_u64().unwrap_or_else(|| bucket.as_array().map_or(0, Vec::len) as u64)
    }

    /// The reason for which the file is in the bucket.
    fn reason(&self, bucket: &str, file: &str) -> Option<&str> {
        let entries = self.report["coverage"][bucket].as_array()?;
        let entry = entries.iter().find(|entry| entry["file"] == file)?;
        entry["reason"].as_str()
    }

    fn holds_up(&self) {
        assert!(matches!(self.code, Some(0 | 1)), "exit code {:?}\n{}", self.code, self.err);
        let buckets = ["scanned", "partial", "skipped", "failed"].map(|bucket| self.count(bucket));
        assert_eq!(self.count("files"), buckets.iter().sum::<u64>(), "{buckets:?}");
        assert!(!self.err.contains("panicked"), "{}", self.err);
    }
}

/// A scrap of code that matters to the pack, so that no prefilter spares the parser the rest of the file.
const MATTERS: &str = "note = 'brightline: read this'";

fn write(root: &Path, path: &str, bytes: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// How deep the syntax is nested.
const DEEP: usize = 10_000;

/// `count` times `open`, then `count` times `close`.
fn nested(open: &str, close: &str, count: usize) -> String {
    format!("{}{}", open.repeat(count), close.repeat(count))
}

#[test]
fn deep_nesting_is_read_or_said_to_be_too_deep() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(root, "brackets.py", format!("{MATTERS}\nx = {}\n", nested("[", "]", DEEP)));
    write(root, "calls.py", format!("{MATTERS}\nx = {}\n", nested("f(", ")", DEEP)));
    let blocks: String = (0..1000).map(|depth| format!("{}if religion:\n", " ".repeat(depth))).collect();
    write(root, "blocks.py", format!("{MATTERS}\n{blocks}{}pass\n", " ".repeat(1000)));
    write(root, "brackets.js", format!("{MATTERS};\nx = {};\n", nested("[", "]", DEEP)));
    write(root, "braces.c", format!("// {MATTERS}\nvoid f(void) {}\n", nested("{", "}", DEEP)));
    write(root, "calls.cpp", format!("// {MATTERS}\nint x = {};\n", nested("f(", ")", DEEP)));
    write(root, "messages.m", format!("// {MATTERS}\nid x = {};\n", nested("[a ", "b]", DEEP)));
    write(root, "blocks.ts", format!("{MATTERS};\n{}\n", nested("{", "}", DEEP)));
    write(root, "functions.js", format!("{MATTERS};\n{}\n", nested("(() => ", ")", DEEP)));
    write(root, "elements.tsx", format!("{MATTERS};\nx = {};\n", nested("<a>", "</a>", DEEP)));
    write(root, "arrays.json", format!("{{\"brightline:\": {}}}", nested("[", "]", DEEP)));
    write(root, "objects.json", format!("{}\"brightline:\"{}", "{\"a\":".repeat(DEEP), "}".repeat(DEEP)));
    write(root, "flow.yaml", format!("brightline: {}\n", nested("[", "]", DEEP)));
    let maps: String = (0..1000).map(|depth| format!("{}brightline:\n", " ".repeat(depth))).collect();
    write(root, "maps.yaml", maps);
    write(root, "brackets.sql", format!("-- brightline: read this\nselect religion, {} from voters", nested("(", ")", DEEP)));
    write(
        root,
        "queries.sql",
        format!("-- brightline: read this\nselect religion from {}voters", "(select religion from ".repeat(DEEP)),
    );
    let wide = ["(", "[", "{", "'", "\"", "`", "f(", "a.", "a,", "\\", "{{", "<a>", "- ", "a: "];
    for (number, unit) in wide.iter().enumerate() {
        for ending in ["py", "js", "sql", "json", "yaml"] {
            write(root, &format!("wide{number}.{ending}"), format!("religion = {}", unit.repeat(50_000 / unit.len())));
        }
    }
    let scan = scan(root, &[]);
    scan.holds_up();
    assert_eq!(scan.count("files"), 16 + 5 * wide.len() as u64);
    assert_eq!(scan.count("skipped") + scan.count("failed"), 0);
    for file in [
        "braces.c",
        "calls.cpp",
        "messages.m",
        "brackets.py",
        "calls.py",
        "brackets.js",
        "blocks.ts",
        "arrays.json",
        "objects.json",
        "flow.yaml",
        "queries.sql",
    ] {
        assert!(
            scan.reason("partial", file).is_some_and(|reason| reason.contains("nested")),
            "{file} is too deep to be read whole"
        );
    }
}

#[test]
fn scripts_made_to_break_their_scanners_are_read_in_part() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(root, "pipes.ex", format!("{MATTERS}\nx = a{}\n", " |> f()".repeat(40_000)));
    write(root, "holes.ex", format!("{MATTERS}\nx = {}\n", nested("\"#{", "}\"", DEEP)));
    write(root, "blocks.ex", format!("{MATTERS}\n{}", nested("if religion do\n", "end\n", DEEP)));
    write(root, "pipes.ps1", format!("{MATTERS}\n$x{}\n", " | f".repeat(40_000)));
    write(root, "holes.ps1", format!("{MATTERS}\n$x = {}\n", nested("\"$(", ")\"", DEEP)));
    write(root, "here.ps1", format!("{MATTERS}\n$x = {}\n", "@\"\n".repeat(5000)));
    write(root, "blocks.pl", format!("{MATTERS}\n{}", nested("if ($religion) {\n", "}\n", DEEP)));
    write(root, "here.pl", format!("{MATTERS}\nprint {}1;\nx\n", "<<A . ".repeat(2000)));
    write(root, "mark.pl", format!("{MATTERS}\nprint <<{0};\nx\n{0}\n", "A".repeat(20_000)));
    write(root, "packages.pl", format!("{MATTERS}\n{}", "package A;\nsub b { shift }\n".repeat(5000)));
    write(root, "path.pl", format!("{MATTERS}\nmy $religion = {}b(1);\n", "A::".repeat(60_000)));
    let scan = scan(root, &[]);
    scan.holds_up();
    assert_eq!(scan.count("files"), 11);
    assert_eq!(scan.count("skipped") + scan.count("failed"), 0);
    for file in ["pipes.ex", "holes.ex", "blocks.ex", "pipes.ps1", "holes.ps1", "blocks.pl"] {
        assert!(scan.reason("partial", file).is_some(), "{file} is too deep to be read whole");
    }
}

#[test]
fn what_a_preprocessor_would_read_is_bounded() {
    let dir = tempfile::tempdir().unwrap();
    let macros: String = (0..20_000).map(|number| format!("#define RELIGION_{number}(x) f(x, {number})\n")).collect();
    let cases: String = (0..40_000).map(|number| format!("case {number}: g(religion);\n")).collect();
    let conditionals = "#if RELIGION\n#else\nf({\n".repeat(20_000);
    for ending in ["c", "cpp", "m"] {
        write(dir.path(), &format!("macros.{ending}"), &macros);
        write(dir.path(), &format!("cases.{ending}"), format!("void f(int x) {{ switch (x) {{\n{cases}}} }}\n"));
        write(dir.path(), &format!("conditionals.{ending}"), &conditionals);
        write(dir.path(), &format!("half.{ending}"), "auto religion = R\"x(\"\n".repeat(5_000));
    }
    let scan = scan(dir.path(), &["--no-prefilter"]);
    scan.holds_up();
    assert_eq!(scan.count("scanned") + scan.count("partial"), 12);
}

#[test]
fn a_bomb_of_aliases_stays_as_small_as_it_is_written() {
    let dir = tempfile::tempdir().unwrap();
    let mut bomb = "a0: &a0 [religion, religion]\n".to_owned();
    for level in 1..30 {
        let before = format!("*a{}", level - 1);
        bomb += &format!("a{level}: &a{level} [{}]\n", [before.as_str(); 9].join(", "));
    }
    bomb += "loop: &loop [*loop]\nmerge: &merge\n  <<: *merge\n";
    write(dir.path(), "bomb.yaml", bomb);
    let scan = scan(dir.path(), &[]);
    scan.holds_up();
    assert_eq!(scan.count("scanned") + scan.count("partial"), 1);
}

#[test]
fn a_file_too_large_to_parse_is_searched_and_told() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    for (name, start) in [("words.js", "predict_religion(user);"), ("plain.js", "x = 1;")] {
        let mut file = File::create(root.join(name)).unwrap();
        file.write_all(start.as_bytes()).unwrap();
        let line = vec![b'x'; 1 << 20];
        for _ in 0..100 {
            file.write_all(&line).unwrap();
        }
    }
    // Nothing but a hole: no text, and never read whole.
    File::create(root.join("hole.js")).unwrap().set_len(8 << 30).unwrap();
    let scan = scan(root, &[]);
    scan.holds_up();
    assert_eq!(scan.count("files"), 3);
    assert!(scan.reason("partial", "words.js").is_some() && scan.reason("partial", "plain.js").is_some());
    assert_eq!(scan.reason("skipped", "hole.js"), Some("binary"));
}

#[test]
fn a_notebook_of_a_million_cells_is_bounded() {
    let dir = tempfile::tempdir().unwrap();
    let notebook = |cells: usize| {
        let cell = "{\"cell_type\":\"code\",\"source\":\"deepface.DeepFace.find(x)\\n\"}";
        format!("{{\"cells\":[{}],\"metadata\":{{}}}}", vec![cell; cells].join(","))
    };
    write(dir.path(), "million.ipynb", notebook(1_000_000));
    write(dir.path(), "many.ipynb", notebook(90_000));
    write(dir.path(), "cut.ipynb", &notebook(1000)[..40_000]);
    let scan = scan(dir.path(), &[]);
    scan.holds_up();
    assert!(scan.reason("partial", "million.ipynb").is_some(), "larger than the cap");
    assert!(scan.reason("partial", "cut.ipynb").is_some() || scan.reason("failed", "cut.ipynb").is_some());
    assert_eq!(scan.count("files"), 3);
}

#[test]
fn any_bytes_are_text_or_said_to_be_none() {
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    let wide: Vec<u8> = format!("\u{feff}{MATTERS}\n").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let noise: Vec<u8> = (0..4096_u32).map(|number| (number.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    for (name, bytes) in [
        ("empty.py", &b""[..]),
        ("mark.py", b"\xef\xbb\xbfx = 1\n"),
        ("wide.py", &wide),
        ("latin.py", b"# caf\xe9\nx = 1\n"),
        ("zero.js", b"// a zero byte: \0, in a comment that is long enough not to count as other data ...\nx = 1;\n"),
        ("returns.py", b"x = 1\r\ry = 2\r"),
        ("escape.py", b"x = '\x1b[31m\x1b]8;;http://a\x07'\n"),
    ] {
        write(root, name, bytes);
    }
    write(root, "zeros.py", [0; 5000]);
    write(root, "noise.py", noise);
    let scan = scan(root, &["--no-prefilter"]);
    scan.holds_up();
    assert_eq!(scan.count("files"), 9);
    assert_eq!(scan.reason("skipped", "zeros.py"), Some("binary"));
    assert_eq!(scan.reason("skipped", "noise.py"), Some("binary"));
    assert_eq!(scan.count("skipped"), 2);
    assert_eq!(scan.count("failed"), 0);
}

#[cfg(unix)]
#[test]
fn nothing_in_a_folder_leads_out_of_it_or_blocks() {
    use std::os::unix::{fs::symlink, net::UnixListener};

    let dir = tempfile::tempdir().unwrap();
    let root = dir.path().join("app");
    write(dir.path(), "secret.py", MATTERS);
    write(&root, "a/x.py", "x = 1\n");
    write(&root, ".git/config", "x");
    symlink("..", root.join("a/loop")).unwrap();
    symlink("self", root.join("self")).unwrap();
    symlink("../secret.py", root.join("escape.py")).unwrap();
    symlink("/", root.join("all")).unwrap();
    let made = Command::new("mkfifo").arg(root.join("pipe.py")).status();
    let pipe = made.is_ok_and(|status| status.success());
    let _socket = UnixListener::bind(root.join("socket.py")).unwrap();
    let deep = (0..60).map(|_| "folder").collect::<Vec<_>>().join("/");
    write(&root, &format!("{deep}/y.py"), "y = 1\n");
    let found = scan(&root, &[]);
    found.holds_up();
    assert_eq!(found.code, Some(0), "the secret is outside");
    for link in ["a/loop", "self", "escape.py", "all"] {
        assert_eq!(found.reason("skipped", link), Some("symbolic link"), "{link}");
    }
    assert!(found.reason("skipped", ".git").is_some());
    assert!(found.reason("skipped", "socket.py").is_some());
    assert_eq!(found.reason("skipped", "pipe.py").is_some(), pipe);
    assert_eq!(found.count("scanned"), 2);
    if pipe {
        let alone = scan(&root.join("pipe.py"), &[]);
        assert!(matches!(alone.code, Some(0 | 4)), "a pipe named as the root is no file, and must not block");
    }
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told() {
    use std::os::unix::fs::PermissionsExt;

    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    write(root, "open.py", "x = 1\n");
    write(root, "shut.py", MATTERS);
    write(root, "closed/y.py", MATTERS);
    let shut = |path: &str, mode: u32| fs::set_permissions(root.join(path), fs::Permissions::from_mode(mode)).unwrap();
    shut("shut.py", 0);
    shut("closed", 0);
    // Whoever may read all, as root may, cannot try this.
    if File::open(root.join("shut.py")).is_err() {
        let scan = scan(root, &["--strict"]);
        assert!(scan.reason("failed", "shut.py").is_some());
        assert!(scan.reason("failed", "closed").is_some());
        assert_eq!(scan.code, Some(3));
    }
    shut("closed", 0o700);
}

#[cfg(unix)]
#[test]
fn names_cannot_speak_to_a_terminal() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};

    let dir = tempfile::tempdir().unwrap();
    let names = [&b"a\x1b[2J.py"[..], b"b\n::error::x.py", b"c\xff.py", "d\u{202e}yp.py".as_bytes(), b"-e.py", b"%0A.py"];
    let mut written = 0;
    for name in names {
        // Some file systems refuse some of these.
        written += u64::from(fs::write(dir.path().join(OsStr::from_bytes(name)), format!("{MATTERS}\n")).is_ok());
    }
    let json = scan(dir.path(), &["--no-prefilter"]);
    json.holds_up();
    assert_eq!(json.count("files"), written);
    let text = scan(dir.path(), &["--format", "text", "--format", "github", "--min-confidence", "info"]);
    assert!(!text.out.contains(&0x1b), "an escape sequence reached the output");
    assert!(!text.out.windows(3).any(|bytes| bytes == "\u{202e}".as_bytes()), "an override of direction reached the output");
    assert!(!text.out.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"::error::x")), "a name became a command");
}
