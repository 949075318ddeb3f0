//! Build script.

fn main() {
    println!("cargo::rustc-check-cfg=cfg(brightline_schema)");
    println!("cargo::rustc-cfg=brightline_schema");
}
