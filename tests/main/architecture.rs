//! `src` stands in floors: a module uses only what stands below it. README.md draws them, and is read here.

use std::{collections::BTreeMap, fs};

use crate::here;

/// Outside the house: the door, and the list of the rooms.
const OUTSIDE: &[&str] = &["main", "lib"];

/// The floor of each module, from the rows `| 3 | rooms | … |` of README.md.
fn floors() -> BTreeMap<String, usize> {
    let readme = fs::read_to_string(here("README.md")).unwrap();
    let mut floors = BTreeMap::new();
    for line in readme.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let ["", floor, rooms, _, ""] = cells[..] else { continue };
        let Ok(floor) = floor.parse::<usize>() else { continue };
        for room in rooms.split('`').skip(1).step_by(2) {
            assert_eq!(floors.insert(room.to_owned(), floor), None, "README.md puts {room} on two floors");
        }
    }
    floors
}

/// Each file of `src` with the module of the top floor that it belongs to.
fn sources() -> Vec<(String, String, String)> {
    let src = here("src");
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(&src).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let inside = path.strip_prefix(&src).unwrap();
        let module = inside.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
        all.push((module, inside.display().to_string(), fs::read_to_string(&path).unwrap()));
    }
    all
}

#[test]
fn every_module_stands_on_a_floor_and_every_floor_is_built() {
    let mut modules: Vec<String> = sources().into_iter().map(|(module, ..)| module).collect();
    modules.sort();
    modules.dedup();
    modules.retain(|module| !OUTSIDE.contains(&module.as_str()));
    assert_eq!(modules, floors().into_keys().collect::<Vec<_>>(), "src, and the floors of README.md");
}

#[test]
fn modules_use_only_what_stands_below_them() {
    let floors = floors();
    let uses = regex::Regex::new(r"\bcrate::(?:\{([^;]*)\}|(\w+))").unwrap();
    let mut wrong = Vec::new();
    for (module, file, text) in sources() {
        let Some(floor) = floors.get(&module) else { continue };
        let code: Vec<&str> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        for found in uses.captures_iter(&code.join("\n")) {
            let names = found.get(1).or(found.get(2)).unwrap().as_str();
            for name in rooms(names) {
                let other = floors.get(name).unwrap_or_else(|| panic!("{file}: crate::{name} stands on no floor"));
                if name != module && other >= floor {
                    wrong.push(format!("{file}: uses crate::{name}, which does not stand below {module}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_engine_knows_no_platform_and_no_category_by_name() {
    let pack = brightline::cli::builtin_pack();
    // One letter is no name.
    let platforms = pack.platforms.iter().map(|platform| &*platform.key).filter(|key| key.len() > 1);
    let categories = pack.categories.iter().map(|(category, _)| &*category.key).filter(|key| key.contains('-'));
    let names: Vec<&str> = platforms.chain(categories).collect();
    let mut wrong = Vec::new();
    for (_, file, text) in sources() {
        // Tests and the help speak in examples.
        let code = text.split("#[cfg(test)]").next().unwrap_or(&text);
        // A format for a platform's own checks is called as it is.
        if file.ends_with("tests.rs") || file == "output.rs" {
            continue;
        }
        for (line, number) in code.lines().zip(1..).filter(|(line, _)| !line.trim_start().starts_with("//")) {
            wrong.extend(
                names
                    .iter()
                    .filter(|name| line.contains(&format!("\"{name}\"")))
                    .map(|name| format!("src/{file}:{number}: {name}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `error::{At, Error}, span::Span` gives `error` and `span`.
fn rooms(group: &str) -> Vec<&str> {
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (at, char) in group.char_indices().chain([(group.len(), ',')]) {
        match char {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                names.push(group[start..at].trim().split("::").next().unwrap_or_default());
                start = at + 1;
            }
            _ => (),
        }
    }
    names.retain(|name| !name.is_empty());
    names
}
