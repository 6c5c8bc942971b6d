//! Closures that run vectorized are inlined: otherwise the loop in them is compiled for the oldest processor.

use crate::files::Text;
use std::collections::BTreeSet;

/// Closures handed to `vectorized`, directly or through a function that hands its argument on, without
/// `#[inline(always)]`. Nothing but time would show it.
pub(crate) fn check(files: &[Text]) -> Vec<String> {
    let codes: Vec<(&str, String)> = files
        .iter()
        .map(|file| (file.path.as_str(), code(&file.text)))
        .collect();
    let mut runners = BTreeSet::from(["vectorized".to_owned()]);
    runners.extend(codes.iter().flat_map(|(_, code)| handing_on(code)));
    let mut wrong = Vec::new();
    for (path, code) in &codes {
        for runner in &runners {
            let forgotten = calls(code, runner).filter(|call| {
                let closure = call.split_once('|');
                closure.is_some_and(|(before, _)| !before.contains("#[inline(always)]"))
            });
            wrong.extend(forgotten.map(|call| {
                let first = call.lines().next().unwrap_or_default();
                format!("{path}: {runner}({first}: the closure is not #[inline(always)]")
            }));
        }
    }
    wrong
}

/// The lines without comments.
fn code(text: &str) -> String {
    let lines = text.lines().map(str::trim_start);
    let kept: Vec<_> = lines.filter(|line| !line.starts_with("//")).collect();
    kept.join("\n")
}

/// What follows the opening parenthesis of every call, up to the end of the statement or block.
fn calls<'a>(code: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let pattern = format!("{name}(");
    let starts: Vec<usize> = code.match_indices(&pattern).map(|(at, _)| at).collect();
    let length = pattern.len();
    starts.into_iter().filter_map(move |at| {
        let before = &code[..at];
        let other = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '"');
        let statement = code[at + length..]
            .split([';', '}'])
            .next()
            .unwrap_or_default();
        (!other && !before.ends_with("fn ")).then_some(statement)
    })
}

/// Functions that hand a closure they were given to `vectorized`.
fn handing_on(code: &str) -> Vec<String> {
    let parts: Vec<&str> = code.split("vectorized(").collect();
    let mut names = Vec::new();
    let mut before = String::new();
    for pair in parts.windows(2) {
        before.push_str(pair[0]);
        let argument = pair[1].split(')').next().unwrap_or_default();
        if !argument.is_empty() && argument.chars().all(|c| c.is_alphanumeric() || c == '_') {
            let name = before.rsplit("fn ").next().unwrap_or_default();
            let name = name.split(['<', '(']).next().unwrap_or_default();
            names.push(name.to_owned());
        }
    }
    names
}

#[test]
fn a_closure_that_is_not_inlined_is_named() {
    let files = |text: &str| {
        [Text {
            path: "a.rs".into(),
            text: text.into(),
        }]
    };
    let inlined =
        "fn f() {\n    vectorized(\n        #[inline(always)]\n        || g(),\n    );\n}\n";
    assert!(check(&files(inlined)).is_empty());
    let others = "/// `vectorized(|| g())`\npub fn vectorized<R>(body: impl FnOnce() -> R) {}\n";
    assert!(check(&files(others)).is_empty());
    let forgotten = "fn f() {\n    let a = vectorized(move || {\n        g()\n    });\n}\n";
    assert_eq!(check(&files(forgotten)).len(), 1);
    let in_one_line = "fn f() {\n    vectorized(|| g())\n}\n";
    assert!(check(&files(&[inlined, in_one_line].concat()))[0].contains("|| g()"));
}

#[test]
fn a_closure_that_is_handed_on_is_looked_at_where_it_is_written() {
    let files = |call: &str| {
        let on = "fn wide<R>(n: usize, body: impl FnOnce() -> R) -> R {\n    vectorized(body)\n}\n";
        [Text {
            path: "a.rs".into(),
            text: format!("{on}fn f() {{\n    wide(3, {call});\n}}\n"),
        }]
    };
    assert!(check(&files("#[inline(always)] || g()")).is_empty());
    assert_eq!(check(&files("|| g()")).len(), 1);
}
