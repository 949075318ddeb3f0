//! Build script: reads every YAML file of `rules` and writes what the binary embeds.
//!
//! In: `rules/**/*.yaml` without `rules/schema`; a missing folder is an empty pack. Out, in `OUT_DIR`:
//! `pack.postcard`, the files as parsed, so that no YAML is read at start-up, and `texts.rs`, the same
//! files as written, in the same order, for the places that messages name. References between files are
//! not followed here: `pack/check` does that, and a test holds that it finds nothing.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "so cargo speaks with a build script")]
#![expect(clippy::use_debug, reason = "the debug form of a text is a Rust literal")]
#![expect(unexpected_cfgs, reason = "this script sets brightline_schema for the library, not for itself")]

#[expect(unreachable_pub, reason = "the library's shapes")]
#[path = "schema.rs"]
mod schema;

use std::{env, fmt::Write as _, fs, io, path::Path};

fn main() -> io::Result<()> {
    println!("cargo::rustc-check-cfg=cfg(brightline_schema)");
    println!("cargo::rustc-cfg=brightline_schema");
    println!("cargo::rerun-if-changed=src/pack/schema.rs");
    println!("cargo::rerun-if-changed=rules");
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let rules = Path::new(&root).join("rules");
    let mut paths = Vec::new();
    if rules.is_dir() {
        list(&rules, "", &mut paths)?;
    }
    paths.sort();
    let mut pack = Vec::new();
    let mut texts = String::new();
    for path in paths {
        let file = rules.join(&path);
        let text = fs::read_to_string(&file).map_err(|cause| io::Error::other(format!("rules/{path}: {cause}")))?;
        match schema::File::read(&path, &text) {
            Ok(parsed) => {
                let shown = format!("rules/{path}");
                writeln!(texts, "({shown:?}, include_str!({file:?})),").map_err(io::Error::other)?;
                pack.push((path, parsed));
            }
            // Cargo fails the build after the script has ended, so every fault is shown.
            Err((line, column, message)) => {
                let place = if line == 0 { String::new() } else { format!(":{line}:{column}") };
                println!("cargo::error=rules/{path}{place}: {}", message.replace('\n', " "));
            }
        }
    }
    let out = env::var("OUT_DIR").map_err(io::Error::other)?;
    fs::write(Path::new(&out).join("pack.postcard"), postcard::to_stdvec(&pack).map_err(io::Error::other)?)?;
    fs::write(Path::new(&out).join("texts.rs"), format!("&[\n{texts}]\n"))
}

/// Adds the pack files under `folder` to `paths`, relative to the pack, with `/` between their parts.
fn list(folder: &Path, inside: &str, paths: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name =
            entry.file_name().into_string().map_err(|name| io::Error::other(format!("{}: is not UTF-8", name.display())))?;
        let path = format!("{inside}{name}");
        let whole = entry.path();
        if whole.is_dir() {
            if path != "schema" {
                println!("cargo::rerun-if-changed=rules/{path}");
                list(&whole, &format!("{path}/"), paths)?;
            }
        } else if name.ends_with(".yaml") {
            paths.push(path);
        }
    }
    Ok(())
}
