//! Limits on files: length, names, what they start with.

/// How many lines of code a file may have.
pub(crate) const CODE_LINES: usize = 400;

/// How many lines an example may have, its comments included: what is read in one sitting.
pub(crate) const EXAMPLE_LINES: usize = 150;

/// Lines of code: without blank lines, comments and the tests at the bottom.
pub(crate) fn code_lines(text: &str) -> usize {
    let mut count = 0;
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let opens_tests = lines
            .peek()
            .is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'));
        if line == "#[cfg(test)]" && opens_tests {
            lines.by_ref().find(|line| *line == "}");
        } else if !line.trim().is_empty() && !line.trim_start().starts_with("//") {
            count += 1;
        }
    }
    count
}

/// What is wrong with a Rust file.
pub(crate) fn check(path: &str, text: &str) -> Vec<String> {
    const JUNK: [&str; 8] = [
        "utils", "util", "common", "helpers", "helper", "misc", "prelude", "tools",
    ];
    let mut wrong = Vec::new();
    let names = path.strip_suffix(".rs").unwrap_or(path).split('/');
    if names.clone().any(|name| JUNK.contains(&name)) {
        wrong.push(format!("{path}: name the concept, not the drawer"));
    }
    if !text.starts_with("//!") && !text.starts_with("#![doc") {
        wrong.push(format!("{path}: does not start with //!"));
    }
    let lines = code_lines(text);
    let tests = names.clone().any(|name| name == "tests");
    if lines > CODE_LINES && !tests {
        wrong.push(format!(
            "{path}: {lines} lines of code, at most {CODE_LINES}"
        ));
    }
    let numbered = path.strip_prefix("examples/").is_some_and(|name| {
        name.starts_with(|digit: char| digit.is_ascii_digit()) && !name.contains('/')
    });
    let all = text.lines().count();
    if numbered && all > EXAMPLE_LINES {
        wrong.push(format!(
            "{path}: {all} lines, at most {EXAMPLE_LINES}: split it, or use what the libraries have"
        ));
    }
    // The exports of live pictures to JavaScript need #[unsafe(no_mangle)], which `forbid` refuses.
    let forbids = path.ends_with("src/lib.rs") && path != "book/live/src/lib.rs";
    if forbids && !text.lines().any(|line| line == "#![forbid(unsafe_code)]") {
        wrong.push(format!("{path}: no #![forbid(unsafe_code)]"));
    }
    wrong
}

#[test]
fn code_is_counted_without_tests_and_comments() {
    let text =
        "//! A.\n\nfn a() {\n    // b\n}\n\n#[cfg(test)]\nmod tests {\n    fn c() {\n    }\n}\n";
    assert_eq!(code_lines(text), 2);
    assert_eq!(code_lines("#[cfg(test)]\nmod replay;\nmod a;\n"), 3);
    assert_eq!(
        code_lines("#[cfg(test)]\nmod tests {\n}\nfn after() {}\n"),
        1
    );
}

#[test]
fn files_beyond_their_budget_are_found() {
    let good = "//! A.\n#![forbid(unsafe_code)]\n";
    assert!(check("src/lib.rs", good).is_empty());
    assert_eq!(check("src/lib.rs", "//! A.\n").len(), 1);
    assert_eq!(check("src/a.rs", "fn a() {}\n").len(), 1);
    assert_eq!(check("src/utils.rs", good).len(), 1);
    assert_eq!(check("src/misc/a.rs", good).len(), 1);
    assert_eq!(
        check(
            "src/a.rs",
            &format!("//! A.\n{}", "x;\n".repeat(CODE_LINES))
        )
        .len(),
        0
    );
    assert_eq!(
        check(
            "src/a.rs",
            &format!("//! A.\n{}", "x;\n".repeat(CODE_LINES + 1))
        )
        .len(),
        1
    );
}

#[test]
fn examples_that_are_too_long_are_found() {
    let lines = |count: usize| format!("//! A.\n{}", "// b\n".repeat(count - 1));
    assert!(check("examples/010_a.rs", &lines(EXAMPLE_LINES)).is_empty());
    assert_eq!(
        check("examples/010_a.rs", &lines(EXAMPLE_LINES + 1)).len(),
        1
    );
    // A program of several files has none but the budget of files.
    assert!(check("examples/mnist/main.rs", &lines(EXAMPLE_LINES + 1)).is_empty());
    assert!(check("src/010_a.rs", &lines(EXAMPLE_LINES + 1)).is_empty());
}
