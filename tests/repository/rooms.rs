//! The rooms of a crate: arrows between its folders go down, and never in a circle.
//!
//! A folder of a crate is a chapter. The table of rooms in ARCHITECTURE.md lists the chapters of each crate from the
//! ground up; what one file takes from another, by `use` or by a path in the code, is an arrow between their folders.

use crate::files::{Text, is};
use crate::markdown::{code_spans, table};
use std::collections::{BTreeMap, BTreeSet};

/// A module by the names on its way from the root of the crate: `["functions", "special"]`.
type Path = Vec<String>;

/// The modules of a crate and what each makes available under another name.
struct Tree {
    texts: BTreeMap<Path, String>,
    names: BTreeMap<Path, Vec<Import>>,
}

/// One leaf of a `use`: `crate::a::{b as c}` is the name `c` for the path `crate::a::b`.
#[derive(Clone, Debug, PartialEq)]
struct Import {
    path: Path,
    name: String,
}

/// Rooms by crate, from the ground up.
pub(crate) fn rooms(architecture: &str) -> Result<BTreeMap<String, Vec<String>>, String> {
    let rows = table(architecture, &["Crate", "Rooms, from the ground up"])?;
    Ok(rows
        .iter()
        .map(|row| (code_spans(&row[0]).concat(), code_spans(&row[1])))
        .collect())
}

/// What is wrong with the rooms of a crate. `files` are those below `crates/NAME/src`.
pub(crate) fn check(name: &str, files: &[Text], order: &[String]) -> Vec<String> {
    let tree = tree(name, files);
    let (arrows, mut wrong) = arrows(&tree);
    for (parent, edges) in &arrows {
        let place = [vec![name.to_owned()], parent.clone()].concat().join("/");
        wrong.extend(circles(&tree, parent, edges).map(|it| format!("{place}: a circle: {it}")));
    }
    let rooms = tree.texts.keys().filter(|path| path.len() > 1);
    let rooms: BTreeSet<&String> = rooms.map(|path| &path[0]).collect();
    let unnamed = rooms.iter().filter(|room| !order.contains(room));
    wrong.extend(
        unnamed.map(|room| format!("{name}: ARCHITECTURE's table of rooms leaves out {room}")),
    );
    let empty = order
        .iter()
        .filter(|room| !tree.texts.contains_key(&vec![(*room).clone()]));
    wrong.extend(empty.map(|room| format!("{name}: ARCHITECTURE names {room}, which is no room")));
    let height = |room: &String| order.iter().position(|it| it == room);
    for ((from, to), why) in arrows.get(&vec![]).into_iter().flatten() {
        if let (Some(a), Some(b)) = (height(from), height(to))
            && a < b
        {
            wrong.push(format!("{name}: {from} reaches up to {to}: {why}"));
        }
    }
    wrong
}

/// Arrows between the children of one module, each with a place where it is drawn.
type Edges = BTreeMap<(String, String), String>;

/// All arrows, by the module whose children they join, and paths that lead nowhere.
fn arrows(tree: &Tree) -> (BTreeMap<Path, Edges>, Vec<String>) {
    let (mut found, mut wrong) = (BTreeMap::<Path, Edges>::new(), Vec::new());
    for (from, text) in &tree.texts {
        if from.is_empty() {
            continue; // lib.rs re-exports
        }
        for path in paths(text) {
            let Some(to) = resolve(tree, from, &path, 0) else {
                wrong.push(format!(
                    "{}: where does {} lead?",
                    from.join("/"),
                    path.join("::")
                ));
                continue;
            };
            let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
            if let (Some(a), Some(b)) = (from.get(shared), to.get(shared)) {
                let edges = found.entry(from[..shared].to_vec()).or_default();
                let why = format!("{} in {}", path.join("::"), from.join("/"));
                edges.entry((a.clone(), b.clone())).or_insert(why);
            }
        }
    }
    (found, wrong)
}

/// One line for every set of children that reach each other, if a folder is among them.
fn circles(tree: &Tree, parent: &Path, edges: &Edges) -> impl Iterator<Item = String> {
    let nodes: BTreeSet<&String> = edges.keys().flat_map(|(a, b)| [a, b]).collect();
    let reach: BTreeMap<&String, BTreeSet<&String>> = nodes
        .iter()
        .map(|&node| (node, reached(node, edges)))
        .collect();
    let ring = |node: &String| -> Vec<String> {
        let back = |other: &&String| reach[other].contains(node) && reach[node].contains(other);
        nodes.iter().copied().filter(back).cloned().collect()
    };
    let rings: BTreeSet<Vec<String>> = nodes.iter().map(|node| ring(node)).collect();
    let folder = |node: &String| {
        let path = [parent.clone(), vec![node.clone()]].concat();
        tree.texts
            .keys()
            .any(|it| it.len() > path.len() && it.starts_with(&path))
    };
    let rings = rings
        .into_iter()
        .filter(move |ring| ring.len() > 1 && ring.iter().any(folder));
    let told: Vec<String> = rings
        .map(|ring| {
            let inside = edges
                .iter()
                .filter(|((a, b), _)| ring.contains(a) && ring.contains(b));
            let lines = inside.map(|((a, b), why)| format!("{a} → {b} ({why})"));
            lines.collect::<Vec<_>>().join(", ")
        })
        .collect();
    told.into_iter()
}

/// Everything that arrows lead to from a node.
fn reached<'a>(node: &'a String, edges: &'a Edges) -> BTreeSet<&'a String> {
    let (mut found, mut open) = (BTreeSet::new(), vec![node]);
    while let Some(at) = open.pop() {
        let next = edges.keys().filter(|(a, _)| a == at).map(|(_, b)| b);
        open.extend(next.filter(|b| found.insert(*b)));
    }
    found
}

/// The module in which the item of a path is defined, or the module that the path names.
fn resolve(tree: &Tree, from: &Path, path: &[String], depth: usize) -> Option<Path> {
    if depth > 8 {
        return None; // a name that stands for itself
    }
    let (mut at, mut rest) = match path.first().map(String::as_str)? {
        "crate" => (vec![], &path[1..]),
        "self" => (from.clone(), &path[1..]),
        _ => (from.clone(), path),
    };
    while let [first, after @ ..] = rest
        && first == "super"
    {
        at.pop();
        rest = after;
    }
    while let [name, after @ ..] = rest {
        let child = [at.clone(), vec![name.clone()]].concat();
        if tree.texts.contains_key(&child) {
            (at, rest) = (child, after);
            continue;
        }
        let imports = tree.names.get(&at).map(Vec::as_slice).unwrap_or_default();
        // `pub(crate) use columnwise;` gives a macro of this module a path: it is defined here.
        let own = |import: &Import| import.path == std::slice::from_ref(name);
        let named = |import: &&Import| import.name == *name && !own(import);
        if let Some(import) = imports.iter().find(named) {
            return resolve(tree, &at, &import.path, depth + 1);
        }
        let globs = imports.iter().filter(|import| import.name == "*");
        let through = globs.filter_map(|glob| resolve(tree, &at, &glob.path, depth + 1));
        let defined = |module: &Path| declares(&tree.texts[module], name);
        let here = at.is_empty() && !declares(&tree.texts[&at], name) && name != "*";
        return through.into_iter().find(defined).or((!here).then_some(at));
    }
    Some(at)
}

/// Whether a module's text defines a name.
fn declares(text: &str, name: &str) -> bool {
    let kinds = [
        "fn",
        "struct",
        "enum",
        "trait",
        "type",
        "const",
        "static",
        "macro_rules!",
    ];
    let starts = |line: &str, kind: &str| {
        let rest = line
            .split_once(&format!("{kind} {name}"))
            .map(|(_, rest)| rest);
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
    };
    text.lines()
        .any(|line| kinds.iter().any(|kind| starts(line, kind)))
}

/// Modules by their paths, with comments and tests taken out of their texts.
fn tree(name: &str, files: &[Text]) -> Tree {
    let prefix = format!("crates/{name}/src/");
    let mut texts: BTreeMap<Path, String> = files
        .iter()
        .filter(|file| is(&file.path, "rs"))
        .filter_map(|file| Some((module(file.path.strip_prefix(&prefix)?), code(&file.text))))
        .collect();
    let for_tests: Vec<Path> = texts
        .iter()
        .flat_map(|(path, text)| {
            let modules = text.split("#[cfg(test)]\nmod ").skip(1);
            let names = modules.filter_map(|rest| Some(rest.split_once(';')?.0.to_owned()));
            names.map(|name| [path.clone(), vec![name]].concat())
        })
        .collect();
    texts.retain(|path, _| !for_tests.contains(path));
    let names = texts
        .iter()
        .map(|(path, text)| (path.clone(), imports(text)))
        .collect();
    Tree { texts, names }
}

/// `a/b.rs` and `a/b/mod.rs` are the module `a::b`; `lib.rs` is the root.
fn module(file: &str) -> Path {
    let stem = file.strip_suffix(".rs").unwrap_or(file);
    let stem = stem.strip_suffix("/mod").unwrap_or(stem);
    let names = stem.split('/').filter(|name| *name != "lib");
    names.map(str::to_owned).collect()
}

/// The text without comments and without the tests at the bottom.
pub(crate) fn code(text: &str) -> String {
    let mut kept = Vec::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let opens = |next: &&str| next.starts_with("mod ") && next.ends_with('{');
        if line == "#[cfg(test)]" && lines.peek().is_some_and(opens) {
            lines.by_ref().find(|line| *line == "}");
        } else {
            kept.push(line.split("//").next().unwrap_or_default());
        }
    }
    kept.join("\n")
}

/// Every path of the text that starts with `crate::`, `super::` or `self::`.
fn paths(text: &str) -> Vec<Path> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("::") {
        let before = &text[..at];
        let name = before
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_'))
            .next();
        let name = name.unwrap_or_default();
        let start = at - name.len();
        let inside = text[..start].ends_with("::") || text[..start].ends_with("in ");
        if ["crate", "super", "self"].contains(&name) && !inside {
            found.extend(leaves(&text[start..]).into_iter().map(|import| import.path));
        }
    }
    found
}

/// The leaves of every `use` statement.
fn imports(text: &str) -> Vec<Import> {
    let starts = text.match_indices("use ").filter(|(at, _)| {
        let line = text[..*at].rsplit('\n').next().unwrap_or_default().trim();
        line.is_empty() || line.starts_with("pub")
    });
    starts
        .flat_map(|(at, word)| leaves(&text[at + word.len()..]))
        .collect()
}

/// The leaves of the tree at the start of a text: `a::{b, c as d}` has `a::b` and `a::c`.
fn leaves(text: &str) -> Vec<Import> {
    let mut found = Vec::new();
    branch(text, &mut Vec::new(), &mut found);
    found
}

/// Reads one branch, and gives what follows it.
fn branch<'a>(text: &'a str, path: &mut Path, found: &mut Vec<Import>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = branch(rest, &mut path.clone(), found).trim_start();
            match rest.strip_prefix(',') {
                Some(after) if !after.trim_start().starts_with('}') => rest = after,
                Some(after) => return after.trim_start().strip_prefix('}').unwrap_or(after),
                None => return rest.strip_prefix('}').unwrap_or(rest),
            }
        }
    }
    let word = |c: char| c.is_alphanumeric() || c == '_' || c == '*';
    let end = text.find(|c| !word(c)).unwrap_or(text.len());
    let (name, mut rest) = text.split_at(end);
    if name != "self" || path.is_empty() {
        path.extend((!name.is_empty()).then(|| name.to_owned()));
    }
    let next = rest
        .strip_prefix("::")
        .filter(|next| next.starts_with(|c| word(c) || c == '{'));
    if let Some(next) = next {
        return branch(next, path, found);
    }
    let mut name = path.last().cloned().unwrap_or_default();
    if let Some(after) = rest.trim_start().strip_prefix("as ") {
        let end = after.find(|c| !word(c)).unwrap_or(after.len());
        (name, rest) = (after[..end].to_owned(), &after[end..]);
    }
    if name == "*" {
        path.pop();
    }
    found.push(Import {
        path: path.clone(),
        name,
    });
    rest
}

#[cfg(test)]
mod tests {
    use super::{Text, check, leaves, paths, rooms};

    fn complaints(order: &[&str], files: &[(&str, &str)]) -> Vec<String> {
        let file = |(path, text): &(&str, &str)| Text {
            path: format!("crates/x/src/{path}"),
            text: (*text).to_owned(),
        };
        let files: Vec<Text> = files.iter().map(file).collect();
        let order: Vec<String> = order.iter().map(|&room| room.to_owned()).collect();
        check("x", &files, &order)
    }

    #[test]
    fn trees_of_use_are_read() {
        let told = |text: &str| -> Vec<String> {
            let join =
                |import: super::Import| format!("{}={}", import.path.join("::"), import.name);
            leaves(text).into_iter().map(join).collect()
        };
        assert_eq!(
            told("crate::a::{self, b, c::{D, E as F,},};"),
            [
                "crate::a=a",
                "crate::a::b=b",
                "crate::a::c::D=D",
                "crate::a::c::E=F"
            ]
        );
        assert_eq!(told("crate::a::*;"), ["crate::a=*"]);
        assert_eq!(told("crate::f::<T>(x)"), ["crate::f=f"]);
        let inline = "pub(in crate::a) fn f(x: &crate::b::C) { x.d(super::e::<u8>) }";
        let read: Vec<String> = paths(inline).iter().map(|path| path.join("::")).collect();
        assert_eq!(read, ["crate::b::C", "super::e"]);
    }

    #[test]
    fn arrows_down_are_allowed() {
        let lib = ("lib.rs", "mod a;\nmod b;\nmod error;\npub use a::c::D;\n");
        let files = [
            lib,
            ("error.rs", ""),
            ("a/mod.rs", "pub(crate) mod c;\n"),
            ("a/c.rs", "use crate::error::E;\npub struct D;\n"),
            ("b.rs", "mod e;\n// crate::nothing::here\n"),
            (
                "b/e.rs",
                "use crate::D;\nfn f() { crate::a::c::g(); super::h() }\n",
            ),
        ];
        assert_eq!(complaints(&["a", "b"], &files), [""; 0]);
        let wrong = complaints(&["b", "a"], &files);
        assert_eq!(wrong.len(), 1, "{wrong:?}");
        assert!(wrong[0].contains("b reaches up to a"), "{wrong:?}");
        assert_eq!(complaints(&["a"], &files).len(), 1); // b has no place
        assert_eq!(complaints(&["a", "b", "c"], &files).len(), 1); // c is no room
    }

    #[test]
    fn circles_are_found() {
        let circle = |b: &str| {
            let files = [
                (
                    "lib.rs",
                    "mod a;\nmod b;\npub use a::c::D;\npub use b::e::*;\n",
                ),
                ("a/mod.rs", "mod c;\n"),
                ("a/c.rs", "use crate::b::e::F;\npub struct D;\n"),
                ("b/mod.rs", "mod e;\n"),
                ("b/e.rs", b),
            ];
            let wrong = complaints(&["b", "a"], &files);
            wrong.iter().filter(|it| it.contains("a circle")).count()
        };
        assert_eq!(circle("pub struct F;\n"), 0);
        assert_eq!(circle("use crate::D;\n"), 1); // through lib.rs
        assert_eq!(circle("fn f() -> crate::a::c::D {}\n"), 1); // without use
        assert_eq!(circle("use super::super::a::c::D;\n"), 1);
        assert_eq!(
            circle("#[cfg(test)]\nmod tests {\n    use crate::D;\n}\n"),
            0
        );
    }

    #[test]
    fn circles_of_inner_rooms_and_of_files_with_rooms_are_found() {
        let inner = [
            ("lib.rs", "mod a;\n"),
            ("a/mod.rs", "pub mod b;\npub mod c;\n"),
            ("a/b/mod.rs", "pub mod d;\n"),
            ("a/b/d.rs", "use crate::a::c::e;\n"),
            ("a/c.rs", "use super::b::d::f;\nfn e() {}\n"),
        ];
        assert_eq!(complaints(&["a"], &inner).len(), 1);
        let files = [
            ("lib.rs", "mod a;\nmod b;\n"),
            ("a.rs", "use crate::b::c;\n"),
            ("b.rs", "use crate::a::d;\n"),
        ];
        assert_eq!(complaints(&[], &files), [""; 0]); // one room, the root
        let nowhere = [("lib.rs", "mod a;\n"), ("a.rs", "use crate::Lost;\n")];
        assert_eq!(complaints(&[], &nowhere).len(), 1);
    }

    #[test]
    fn the_table_of_rooms_is_read() -> Result<(), String> {
        let text = "| Crate | Rooms, from the ground up |\n|---|---|\n| `x` | `a` · `b` |\n";
        assert_eq!(rooms(text)?["x"], ["a", "b"]);
        Ok(())
    }
}
