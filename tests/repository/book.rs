//! The book and the exercises: pages name what exists, lists are the folders.

use crate::files::{Text, read, texts};
use crate::markdown::code_spans;
use std::collections::BTreeSet;

/// What a page may name.
pub(crate) struct Known<'a> {
    /// Tests of the library.
    pub(crate) tests: &'a BTreeSet<String>,
    /// Examples.
    pub(crate) examples: &'a BTreeSet<String>,
    /// `Err` unless a path such as `gradus::numeric::softmax` names something.
    pub(crate) resolve: &'a dyn Fn(&str) -> Result<(), String>,
}

/// What is wrong with the names in a page: laws of its topic, examples to run, paths into the library.
pub(crate) fn check(page: &Text, known: &Known<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let plain = without_fences(&page.text);
    for paragraph in plain.split("\n\n").flat_map(|it| it.split("\n- ")) {
        let spans = code_spans(paragraph);
        let laws = paragraph.contains("laws of this topic") || paragraph.contains("本主题的定律");
        let unknown = spans.iter().filter(|it| laws && !known.tests.contains(*it));
        wrong.extend(unknown.map(|it| format!("{}: no law {it}", page.path)));
        for span in &spans {
            if let Some(rest) = span.split("--example ").nth(1) {
                let name = rest.split(' ').next().unwrap_or_default();
                if !known.examples.contains(name) {
                    wrong.push(format!("{}: no example {name}", page.path));
                }
            }
            let is_path = span.starts_with("gradus::") && !span.contains(['(', '<', '{', ' ']);
            if is_path && let Err(error) = (known.resolve)(span) {
                wrong.push(format!("{}: {error}", page.path));
            }
        }
    }
    wrong
}

/// A page without blocks of code and formulas.
fn without_fences(text: &str) -> String {
    text.split("\n```")
        .step_by(2)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// The names of the files of a folder that end so, without the end.
fn names(folder: &str, end: &str) -> Result<BTreeSet<String>, String> {
    let files = texts(folder)?;
    let names = files
        .iter()
        .filter_map(|file| file.path.rsplit('/').next()?.strip_suffix(end));
    Ok(names.map(str::to_owned).collect())
}

/// What is wrong with the lists of the exercises: every task has hints, an answer, a judge and a test, and is a target.
pub(crate) fn exercises() -> Result<Vec<String>, String> {
    let tasks = names("exercises/tasks", ".rs")?;
    let mut wrong = Vec::new();
    let folders = [
        ("exercises/answers", ".rs"),
        ("exercises/hints/en", ".md"),
        ("exercises/hints/zh", ".md"),
    ];
    for (folder, end) in folders {
        let lost = names(folder, end)?;
        let lost = lost.symmetric_difference(&tasks);
        wrong.extend(lost.map(|it| format!("{it}: not in both exercises/tasks and {folder}")));
    }
    let functions: BTreeSet<String> = tasks.iter().map(|it| it[4..].to_owned()).collect();
    for (folder, but) in [
        ("exercises/judges/src/tasks", "mod"),
        ("exercises/tests/judges", "main"),
    ] {
        let mut files = names(folder, ".rs")?;
        files.remove(but);
        let list = read(&format!("{folder}/{but}.rs"))?;
        for name in files.symmetric_difference(&functions) {
            wrong.push(format!("{name}: not in both exercises/tasks and {folder}"));
        }
        let unlisted = files
            .iter()
            .filter(|name| !list.contains(&format!("mod {name};")));
        wrong.extend(unlisted.map(|it| format!("{folder}/{but}.rs does not list {it}")));
    }
    let manifest = read("exercises/Cargo.toml")?;
    for name in tasks {
        let target = format!("name = \"{name}\"\npath = \"tasks/{name}.rs\"\n");
        if !manifest.contains(&target) {
            wrong.push(format!("exercises/Cargo.toml does not list {name}"));
        }
    }
    Ok(wrong)
}

/// What is wrong between exercises and pages: the first line of a task names a page by its title, and that page links to
/// the task.
pub(crate) fn homes(tasks: &[Text], pages: &[Text]) -> Vec<String> {
    let page_of = |title: &str| {
        let head = format!("# {title}\n");
        pages.iter().find(|page| page.text.starts_with(&head))
    };
    let mut wrong = Vec::new();
    for task in tasks {
        let title = task.text.lines().next().and_then(|it| it.split('*').nth(1));
        match title.and_then(page_of) {
            None => wrong.push(format!("{}: the book has no page {title:?}", task.path)),
            Some(page) if page.text.contains(&task.path) => {}
            Some(page) => wrong.push(format!("{} does not link to {}", page.path, task.path)),
        }
    }
    wrong
}

#[test]
fn pages_that_name_nothing_are_found() {
    let tests = BTreeSet::from(["a_is_a".to_owned()]);
    let examples = BTreeSet::from(["110_a".to_owned()]);
    let known = Known {
        tests: &tests,
        examples: &examples,
        resolve: &|path| (path == "gradus::a::b").then_some(()).ok_or("no".into()),
    };
    let count = |text: &str| {
        let (path, text) = (String::new(), text.to_owned());
        check(&Text { path, text }, &known).len()
    };
    assert_eq!(count("- The laws of this topic: `a_is_a`."), 0);
    assert_eq!(count("x\n- 本主题的定律：`a_is_b`、`a_is_a`。"), 1);
    assert_eq!(count("`a_is_b` is no law of a topic"), 0);
    assert_eq!(count("run `cargo run --example 110_a`"), 0);
    assert_eq!(count("run `cargo run --example 120_b -- x`"), 1);
    assert_eq!(count("`gradus::a::b` and `gradus::a::c`"), 1);
    assert_eq!(count("a\n```rust\n`gradus::a::c`\n```\nb"), 0);
}

#[test]
fn tasks_without_a_page_are_found() {
    let text = |path: &str, text: &str| Text {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let pages = [text("110_a.md", "# A\n\nTry [`111`](../tasks/111_b.rs).\n")];
    let count = |path, task| homes(&[text(path, task)], &pages).len();
    assert_eq!(count("tasks/111_b.rs", "//! B. Book: *A*.\n"), 0);
    assert_eq!(count("tasks/112_c.rs", "//! C. Book: *A*.\n"), 1);
    assert_eq!(count("tasks/111_b.rs", "//! B. Book: *Another*.\n"), 1);
    assert_eq!(count("tasks/111_b.rs", "//! B.\n"), 1);
}
