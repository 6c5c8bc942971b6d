//! Whether a path such as `gradus::numeric::softmax` names something public, by looking at the source.

use crate::files::{read, texts};
use std::collections::BTreeSet;

/// `Ok` if the path leads from the facade to a public item, module or method.
pub(crate) fn resolve(path: &str) -> Result<(), String> {
    let names: Vec<&str> = path.split("::").collect();
    let [facade, module, rest @ ..] = names.as_slice() else {
        return Err(format!("{path}: write gradus::module::item"));
    };
    let reexport = format!("pub use gradus_{module} as {module};");
    if *facade != "gradus" || !read("src/lib.rs")?.contains(&reexport) {
        return Err(format!("{path}: the facade has no module {module}"));
    }
    descend(&format!("crates/gradus-{module}/src"), "lib.rs", rest)
        .map_err(|e| format!("{path}: {e}"))
}

/// Follows the names from one file into the files of its public modules.
fn descend(folder: &str, file: &str, names: &[&str]) -> Result<(), String> {
    let [name, rest @ ..] = names else {
        return Ok(());
    };
    let text = read(&format!("{folder}/{file}"))?;
    if !exported(&text).contains(*name) {
        return Err(format!("{folder}/{file} has no public {name}"));
    }
    if text.contains(&format!("pub mod {name};")) {
        let inner = format!("{folder}/{name}");
        return descend(&inner, "mod.rs", rest)
            .or_else(|_| descend(folder, &format!("{name}.rs"), rest));
    }
    match rest {
        [] => Ok(()),
        [method] if has_method(folder, name, method)? => Ok(()),
        _ => Err(format!("{name} has no {}", rest.join("::"))),
    }
}

/// Whether some file of the folder implements a type and has a public function of this name.
fn has_method(folder: &str, name: &str, method: &str) -> Result<bool, String> {
    Ok(texts(folder)?
        .iter()
        .any(|file| methods(&file.text, name).contains(method)))
}

/// The public functions of a type's `impl` blocks.
pub(crate) fn methods(text: &str, name: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut inside = false;
    for line in text.lines() {
        if line.starts_with("impl") || line.starts_with("pub trait") {
            inside = words(line).any(|word| word == name);
        } else if line.starts_with('}') {
            inside = false;
        } else if inside {
            found.extend(declared(line.trim_start().trim_start_matches("pub ")));
        }
    }
    found
}

/// Every name that a source file makes public.
pub(crate) fn exported(text: &str) -> BTreeSet<String> {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    let code = lines.collect::<Vec<_>>().join("\n");
    let mut found = BTreeSet::new();
    for line in code.lines() {
        found.extend(line.strip_prefix("pub ").and_then(declared));
    }
    for statement in code.split("pub use ").skip(1) {
        if let Some(tree) = statement.split(';').next() {
            found.extend(tree.split([',', '{', '}']).filter_map(last_name));
        }
    }
    found
}

/// The name after `fn`, `struct`, … at the start of a declaration.
fn declared(line: &str) -> Option<String> {
    const KINDS: [&str; 8] = [
        "fn", "struct", "enum", "trait", "type", "const", "static", "mod",
    ];
    let mut words =
        words(line).skip_while(|word| ["const", "async"].contains(word) && line.contains(" fn "));
    KINDS
        .contains(&words.next()?)
        .then(|| words.next().map(str::to_owned))?
}

/// The last name of `a::b` or of `a::b as c`.
fn last_name(path: &str) -> Option<String> {
    let name = words(path).last()?;
    (name != "self" && !path.trim_end().ends_with("::")).then(|| name.to_owned())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
}

#[test]
fn public_names_are_found_and_private_ones_not() {
    let text = "mod hidden;\npub mod shown;\n// pub fn no()\npub use a::{b::C, d as E,\n    f::{g}};\npub use rand;\npub const fn h() {}\npub const I: u8 = 1;\nfn j() {}\npub struct K<T>(T);\n";
    let names = ["C", "E", "I", "K", "g", "h", "rand", "shown"];
    assert!(exported(text).iter().eq(names), "{:?}", exported(text));
}

#[test]
fn methods_belong_to_their_type() {
    let text = "impl A {\n    pub fn a(&self) {}\n}\nimpl<T> B<T> {\n    pub const fn b() {}\n}\npub trait D {\n    fn d();\n}\n";
    assert!(methods(text, "A").iter().eq(["a"]) && methods(text, "B").iter().eq(["b"]));
    assert!(methods(text, "D").iter().eq(["d"]) && methods(text, "C").is_empty());
}

#[test]
fn paths_that_lead_nowhere_are_found() {
    assert_eq!(resolve("gradus::numeric::softmax"), Ok(()));
    assert_eq!(resolve("gradus::nn::layers::dense"), Ok(()));
    assert_eq!(resolve("gradus::random::Key::new"), Ok(()));
    for wrong in [
        "softmax",
        "numeric::softmax",
        "gradus::alchemy::gold",
        "gradus::numeric::softmaxx",
        "gradus::numeric::softmax::of",
        "gradus::nn::layers::tense",
        "gradus::random::Key::forge",
    ] {
        assert!(resolve(wrong).is_err(), "{wrong}");
    }
}
