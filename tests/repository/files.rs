//! The files of the repository.

use std::path::Path;
use std::{fs, io};

/// What is made, not written. In a linked working tree `.git` is a file.
const MADE: [&str; 5] = ["target", "out", ".git", ".venv", "__pycache__"];

/// A text file, by its path from the root with `/` between names.
#[derive(Clone, Debug)]
pub(crate) struct Text {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
}

/// The content of one file.
pub(crate) fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

/// Every text file below a folder (`""`: all), sorted by path. Symbolic links are not followed.
pub(crate) fn texts(folder: &str) -> Result<Vec<Text>, String> {
    let mut found = Vec::new();
    walk(folder, &mut found).map_err(|error| format!("{folder}: {error}"))?;
    found.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(found)
}

/// The names of the folders of `crates/`, sorted: `gradus-autodiff`, ….
pub(crate) fn crates() -> Result<Vec<String>, String> {
    let mut names = Vec::new();
    let entries = fs::read_dir(root().join("crates")).map_err(|error| error.to_string())?;
    for entry in entries {
        let entry = entry.map_err(|error| error.to_string())?;
        if entry.path().join("Cargo.toml").exists() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

/// Whether a path ends with `.` and the extension.
pub(crate) fn is(path: &str, extension: &str) -> bool {
    Path::new(path)
        .extension()
        .is_some_and(|it| it == extension)
}

fn walk(folder: &str, found: &mut Vec<Text>) -> io::Result<()> {
    for entry in fs::read_dir(root().join(folder))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if folder.is_empty() {
            name.clone()
        } else {
            format!("{folder}/{name}")
        };
        let kind = entry.file_type()?;
        if MADE.contains(&name.as_str()) {
            continue;
        }
        if kind.is_dir() {
            walk(&path, found)?;
        } else if kind.is_file() && !is(&name, "gz") {
            // What is not UTF-8 is data, not text.
            if let Ok(text) = String::from_utf8(fs::read(entry.path())?) {
                found.push(Text { path, text });
            }
        }
    }
    Ok(())
}

#[test]
fn extensions_need_a_dot() {
    assert!(is("a/b.rs", "rs") && !is("a/rs", "rs"));
}

#[test]
fn made_folders_are_left_out() -> Result<(), String> {
    let files = texts("")?;
    let has = |path: &str| files.iter().any(|file| file.path == path);
    assert!(has("README.md") && has("crates/gradus-nn/src/lib.rs") && has(".ci/run"));
    assert!(!files.iter().any(|file| file.path.starts_with("target/")));
    Ok(())
}
