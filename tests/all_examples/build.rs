//! Makes a module of every example: a copy in which `main` can be called and `crate` is the module.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../..");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap_or_default());
    // What the examples say of themselves is the root package's.
    println!("cargo::rustc-env=ROOT={}", root.canonicalize()?.display());
    println!(
        "cargo::rerun-if-changed={}",
        root.join("examples").display()
    );
    let (mut modules, mut arms) = (String::new(), String::new());
    for path in sorted(&root.join("examples"))? {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let module = format!("example_{name}");
        let file = if path.join("main.rs").exists() {
            let folder = out.join(&module);
            fs::create_dir_all(&folder)?;
            for part in sorted(&path)? {
                let to = folder.join(part.file_name().unwrap_or_default());
                copy(&part, &to, &module)?;
            }
            folder.join("main.rs")
        } else if path.extension().is_some_and(|it| it == "rs") {
            let to = out.join(format!("{module}.rs"));
            copy(&path, &to, &module)?;
            to
        } else {
            continue;
        };
        let _ = writeln!(modules, "#[path = {file:?}]\nmod {module};");
        let _ = writeln!(arms, "{name:?} => Some({module}::main().report()),");
    }
    let run =
        format!("fn run(name: &str) -> Option<ExitCode> {{ match name {{ {arms} _ => None }} }}");
    fs::write(out.join("examples.rs"), modules + &run)
}

fn sorted(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    fs::read_dir(folder)?
        .map(|entry| Ok(entry?.path()))
        .collect()
}

fn copy(from: &Path, to: &Path, module: &str) -> io::Result<()> {
    let text = fs::read_to_string(from)?
        .replace("\nfn main()", "\npub(crate) fn main()")
        .replace("crate::", &format!("crate::{module}::"))
        .replace("env!(\"CARGO_MANIFEST_DIR\")", "env!(\"ROOT\")");
    fs::write(to, text)
}
