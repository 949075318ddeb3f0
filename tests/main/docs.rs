//! What README.md says is so: its paths exist, its commands run, its rules load, and the parts that the
//! program can write are what the program writes (`UPDATE_GOLDEN=1` puts them in).

use std::{collections::BTreeSet, fs};

use brightline::{cli, exit::Exit};

use crate::{brightline, golden, here, tree};

fn readme() -> String {
    fs::read_to_string(here("README.md")).unwrap()
}

fn out(arguments: &[&str]) -> String {
    String::from_utf8(brightline(&here(""), arguments).stdout).unwrap()
}

/// The blocks fenced with the name of `language`, in order.
fn blocks(readme: &str, language: &str) -> Vec<String> {
    let fence = format!("```{language}\n");
    readme.split(&fence).skip(1).map(|rest| rest.split("```").next().unwrap_or(rest).to_owned()).collect()
}

fn fenced(text: &str) -> String {
    format!("```text\n{}\n```", text.trim_end())
}

fn table<'a>(head: [&str; 2], rows: impl Iterator<Item = (String, &'a str)>) -> String {
    let rows: Vec<String> = rows.map(|(key, says)| format!("| {key} | {says} |")).collect();
    format!("| {} | {} |\n|---|---|\n{}", head[0], head[1], rows.join("\n"))
}

/// One finding of the bundled app, and what was looked at; the pack's hash changes with each of its words.
fn scan() -> String {
    let out = out(&["scan", "fixtures/crowd-watch"]);
    let parts: Vec<&str> = out.split("\n\n").collect();
    let finding = parts.iter().find(|part| part.contains("--> ingest/stream.py:")).unwrap();
    let totals: Vec<&str> = parts.last().unwrap().lines().filter(|line| !line.starts_with("rule pack")).collect();
    fenced(&format!("…\n{finding}\n…\n{}\n…", totals.join("\n")))
}

/// `readme` with what the program says now between `<!-- part -->` and `<!-- end -->`.
fn renewed(readme: &str, part: &str, text: &str) -> String {
    let open = format!("<!-- {part} -->\n");
    let (before, rest) = readme.split_once(&open).unwrap_or_else(|| panic!("README.md has no {open}"));
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    format!("{before}{open}{text}\n<!-- end -->{after}")
}

#[test]
fn what_the_program_can_say_itself_is_what_it_says() {
    let pack = cli::builtin_pack();
    let categories = pack.categories.iter().map(|(category, says)| (format!("`{}`", category.key), says.as_str()));
    let codes = Exit::ALL.iter().map(|(exit, meaning)| (exit.code().to_string(), *meaning));
    let mut text = readme();
    for (part, says) in [
        ("scan", scan()),
        ("categories", table(["category", "what it is"], categories)),
        ("languages", fenced(&out(&["languages"]))),
        ("exit codes", table(["exit code", "meaning"], codes)),
    ] {
        text = renewed(&text, part, &says);
    }
    golden("README.md", &text);
}

#[test]
fn every_path_that_the_readme_names_exists() {
    let readme = readme();
    let tops = [".ci/", "benches/", "fixtures/", "rules/", "schema/", "src/", "tests/"];
    let words = readme.split(['`', '(', ')', ' ', '\n']).filter(|word| tops.iter().any(|top| word.starts_with(top)));
    let gone: Vec<&str> = words.filter(|word| !word.contains('<') && !here(word).exists()).collect();
    assert!(gone.is_empty(), "README.md names what is not there: {gone:?}");
    for link in ["LICENSE-MIT", "LICENSE-APACHE"] {
        assert!(readme.contains(&format!("({link})")) && here(link).exists(), "{link}");
    }
}

#[test]
fn every_platform_with_a_rule_is_named() {
    let (pack, readme) = (cli::builtin_pack(), readme());
    for platform in &pack.platforms {
        let has_rule = pack
            .sentences
            .iter()
            .any(|sentence| sentence.source.is_some_and(|id| pack.platforms[usize::from(id)].key == platform.key));
        assert!(!has_rule || readme.contains(&*platform.title), "README.md does not speak of {}", platform.title);
    }
}

#[test]
fn every_command_and_flag_that_the_readme_shows_is_there() {
    let readme = readme();
    let mut help = out(&["--help"]);
    for command in ["scan", "explain", "rules", "terms", "languages", "completions", "man"] {
        help.push_str(&out(&[command, "--help"]));
    }
    for command in ["test", "schema"] {
        help.push_str(&out(&["rules", command, "--help"]));
    }
    help.push_str(&out(&["terms", "diff", "--help"]));
    let flags = regex::Regex::new(r"--[a-z]+(-[a-z]+)*").unwrap();
    let known: BTreeSet<&str> = flags.find_iter(&help).map(|found| found.as_str()).collect();
    // Of cargo, in the same blocks.
    let others = ["--release", "--bench", "--path", "--locked", "--git"];
    let unknown: Vec<&str> = flags
        .find_iter(&readme)
        .map(|found| found.as_str())
        .filter(|flag| !known.contains(flag) && !others.contains(flag))
        .collect();
    assert!(unknown.is_empty(), "README.md shows flags that are not there: {unknown:?}");
    for line in blocks(&readme, "sh").concat().lines().filter_map(|line| line.strip_prefix("brightline ")) {
        let command = line.split(' ').next().unwrap();
        assert!(help.contains(&format!("  {command} ")), "there is no command {command}");
    }
}

#[test]
fn the_set_up_and_the_check_run_the_same_tests() {
    let ci = fs::read_to_string(here(".ci/run")).unwrap();
    let last = ci.lines().last().unwrap();
    let set_up = blocks(&readme(), "sh").remove(0);
    assert_eq!(set_up.lines().last(), Some(last), "README.md and .ci/run");
    assert_eq!(set_up.lines().next(), Some("cargo run --release -- scan fixtures/crowd-watch"));
}

/// A block whose first line is a comment with a path under `folder`: the path, and the text below.
fn files(folder: &str) -> Vec<(String, String)> {
    let blocks = blocks(&readme(), "yaml").into_iter();
    blocks
        .filter_map(|block| {
            let (path, text) = block.strip_prefix("# ")?.split_once('\n')?;
            path.starts_with(folder).then(|| (path.to_owned(), text.to_owned()))
        })
        .collect()
}

#[test]
fn what_is_shown_of_the_rules_stands_in_them() {
    let shown = files("rules/");
    assert_eq!(shown.len(), 2);
    for (path, text) in shown {
        let file = fs::read_to_string(here(&path)).unwrap();
        assert!(file.contains(&text), "{path} does not hold\n{text}");
    }
}

#[test]
fn the_rules_of_your_own_that_are_shown_load_and_do_what_they_say() {
    let files = files("house/");
    assert_eq!(files.len(), 2);
    let dir = tree(files.iter().map(|(path, text)| (path.as_str(), text.as_bytes())));
    let check = brightline(dir.path(), &["rules", "--check", "--rules", "house"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    let test = brightline(dir.path(), &["rules", "test", "--rules", "house"]);
    let said = String::from_utf8_lossy(&test.stdout);
    assert!(!said.lines().any(|line| line.starts_with("house-")), "{said}");
    assert!(said.contains("rules tested"), "{said}");
}

#[test]
fn the_comment_that_is_shown_allows_a_finding() {
    let line = blocks(&readme(), "python").remove(0);
    let dir = tree([("a.py", line.as_bytes())]);
    let run = brightline(dir.path(), &["scan"]);
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 finding allowed by comments"), "{said}");
}

#[test]
fn the_hook_is_the_program() {
    let hooks: Vec<serde_json::Value> =
        serde_yaml::from_str(&fs::read_to_string(here(".pre-commit-hooks.yaml")).unwrap()).unwrap();
    assert_eq!(hooks.len(), 1);
    assert_eq!(hooks[0]["id"], "brightline");
    assert_eq!(hooks[0]["entry"], "brightline scan");
    assert_eq!(hooks[0]["pass_filenames"], false, "a use is a join of files: the whole app is read");
}

#[test]
fn the_changelog_knows_this_version() {
    let changelog = fs::read_to_string(here("CHANGELOG.md")).unwrap();
    assert!(changelog.contains(&format!("## [{}]", env!("CARGO_PKG_VERSION"))));
}
