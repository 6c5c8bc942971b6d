//! Lists the pages, so that `cargo test --doc` runs their code. Both languages have the same code: one is enough.

use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("en/src");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        names.extend(name.strip_suffix(".md").map(str::to_owned));
    }
    names.sort();
    let page = |name: &String| {
        let path = folder.join(name).with_extension("md");
        let module = name.to_lowercase();
        let path = path.display();
        format!("#[doc = include_str!(r\"{path}\")]\nmod page_{module} {{}}\n")
    };
    let out = Path::new(&env::var("OUT_DIR").unwrap_or_default()).join("pages.rs");
    fs::write(out, names.iter().map(page).collect::<String>())
}
