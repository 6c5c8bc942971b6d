//! Invariants of ARCHITECTURE.md that can be read off the code of a library.

use crate::rooms::code;

/// What a library does not touch, why, and where it may.
const HIDDEN: [(&str, &str, &str); 12] = [
    (
        "std::env::",
        "reads the environment",
        "crates/gradus-testkit/src/cases.rs",
    ),
    ("env::var", "reads the environment", ""),
    ("Instant::now", "reads the clock", ""),
    ("SystemTime::now", "reads the clock", ""),
    ("rand::rng(", "draws from entropy", ""),
    ("from_os_rng", "draws from entropy", ""),
    ("thread_rng", "draws from entropy", ""),
    ("RandomState", "draws from entropy", ""),
    ("static mut", "keeps global state", ""),
    ("thread_local!", "keeps global state", ""),
    (": std::sync::", "keeps global state", ""),
    // Numbers of temporary files are no result; an atomic number on the stack, by which threads wait for each other, is no state.
    (
        ": Atomic",
        "keeps global state",
        "crates/gradus-files/src/temporary.rs",
    ),
];

/// Hidden inputs and state in a file of a library.
pub(crate) fn hidden(path: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let found = HIDDEN
        .iter()
        .filter(|(token, _, allowed)| code.contains(token) && path != *allowed);
    found
        .map(|(token, what, _)| format!("{path} {what}: {token}"))
        .collect()
}

/// Writing that is not that of `gradus-files`.
pub(crate) fn writes(path: &str, text: &str) -> Vec<String> {
    let code = code(text);
    let tokens = ["fs::write", "File::create", "fs::rename", "OpenOptions"];
    let found = tokens.iter().filter(|token| code.contains(**token));
    let own = path.starts_with("crates/gradus-files/");
    found
        .filter(|_| !own)
        .map(|token| format!("{path}: {token} instead of gradus_files::write"))
        .collect()
}

/// Public items with more than two type parameters.
pub(crate) fn parameters(path: &str, text: &str) -> Vec<String> {
    const MOST: usize = 2;
    let code = code(text);
    let mut wrong = Vec::new();
    for item in code.split("pub ").skip(1) {
        let mut words = item.split(|c: char| c.is_whitespace() || c == '<' || c == '(');
        let kind = words.find(|word| *word != "const").unwrap_or_default();
        if !["fn", "struct", "enum", "trait", "type"].contains(&kind) {
            continue;
        }
        let name = words.next().unwrap_or_default();
        let generics = item
            .split_once(&format!("{kind} {name}"))
            .and_then(|(_, rest)| rest.strip_prefix('<'))
            .map(types)
            .unwrap_or_default();
        if generics > MOST {
            wrong.push(format!(
                "{path}: {name} has {generics} type parameters, at most {MOST}"
            ));
        }
    }
    wrong
}

/// How many types are named up to the `>` that closes; lifetimes and constants are none.
fn types(generics: &str) -> usize {
    let (mut depth, mut last) = (0, ' ');
    let mut names = vec![String::new()];
    for c in generics.chars() {
        match c {
            '<' | '(' | '[' => depth += 1,
            '>' if last == '-' => {} // an arrow
            '>' | ')' | ']' if depth == 0 => break,
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => names.push(String::new()),
            _ => {}
        }
        if let Some(name) = names.last_mut().filter(|_| depth > 0 || c != ',') {
            name.push(c);
        }
        last = c;
    }
    let is_type = |name: &&String| {
        let name = name.trim();
        !name.is_empty() && !name.starts_with('\'') && !name.starts_with("const ")
    };
    names.iter().filter(is_type).count()
}

#[test]
fn hidden_inputs_are_found_outside_of_tests() {
    let count = |text: &str| hidden("a.rs", text).len();
    assert_eq!(count("fn f() { std::time::Instant::now(); }"), 1);
    assert_eq!(
        count("// Instant::now\n#[cfg(test)]\nmod tests {\n    use std::env::var;\n}\n"),
        0
    );
    assert_eq!(
        hidden(
            "crates/gradus-files/src/temporary.rs",
            "static N: AtomicU64"
        )
        .len(),
        0
    );
    assert_eq!(count("static N: AtomicU64"), 1);
    assert_eq!(count("static N: std::sync::atomic::AtomicU64"), 1);
    assert_eq!(
        count("fn f(done: &AtomicBool) { let more = AtomicBool::new(true); }"),
        0
    );
}

#[test]
fn other_writing_is_found() {
    assert_eq!(
        writes("crates/a/src/b.rs", "std::fs::write(path, text)").len(),
        1
    );
    assert_eq!(
        writes("crates/gradus-files/src/write.rs", "fs::rename(a, b)").len(),
        0
    );
    assert_eq!(
        writes("crates/a/src/b.rs", "gradus_files::write(path, text)").len(),
        0
    );
}

#[test]
fn type_parameters_are_counted() {
    let count = |text: &str| parameters("a.rs", text).len();
    assert_eq!(
        count("pub fn f<'a, T: Into<Vec<U>>, F, const N: usize>(x: T) {}"),
        0
    );
    assert_eq!(count("pub fn f<A, B, F: Fn(A, B) -> A>(f: F) {}"), 1);
    assert_eq!(
        count("pub struct S<\n    A,\n    B,\n>(A, B);\npub const fn g<A>() {}"),
        0
    );
    assert_eq!(
        count("fn private<A, B, C>() {}\npub(crate) fn h<A, B, C>() {}"),
        0
    );
}
