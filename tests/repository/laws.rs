//! The tables under `# Laws` name tests that exist.

use crate::markdown::{cells, code_spans, is_rule, lines};
use std::collections::BTreeSet;

/// The functions that carry `#[test]`, in `proptest!` blocks as well.
pub(crate) fn tests(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut lines = text.lines().map(str::trim);
    while lines.by_ref().any(|line| line == "#[test]") {
        let mut rest = lines
            .by_ref()
            .skip_while(|line| line.starts_with('#') || line.starts_with("//"));
        let name = rest
            .next()
            .and_then(|line| line.strip_prefix("fn ")?.split(['(', '<']).next());
        found.extend(name.map(str::to_owned));
    }
    found
}

/// What is wrong with the tables of laws in the documentation of a file. `As [`item`].` stands for its table.
pub(crate) fn check(path: &str, text: &str, tests: &BTreeSet<String>) -> Vec<String> {
    let documentation = lines(path, text);
    let mut wrong = Vec::new();
    for (start, _) in documentation
        .iter()
        .enumerate()
        .filter(|(_, line)| is_heading(**line))
    {
        let mut complain = |what: String| wrong.push(format!("{path}:{}: {what}", start + 1));
        let body = documentation[start + 1..].iter().map_while(|line| *line);
        let section: Vec<_> = body.take_while(|line| !line.starts_with('#')).collect();
        let rows = section.iter().filter_map(|line| cells(line));
        let rows: Vec<_> = rows.filter(|row| !is_rule(row)).skip(1).collect();
        let refers = section.iter().any(|line| line.starts_with("As [`"));
        if rows.is_empty() && !refers {
            complain("no table of laws".into());
        }
        for row in rows {
            let names = row.last().map(|cell| code_spans(cell)).unwrap_or_default();
            if names.is_empty() {
                complain(format!("no test for the law {}", row.join(" ")));
            }
            let missing = names.iter().filter(|name| !tests.contains(*name));
            missing
                .map(|name| format!("no test {name}"))
                .for_each(&mut complain);
        }
    }
    wrong
}

fn is_heading(line: Option<&str>) -> bool {
    line.is_some_and(|line| line.trim_start_matches('#') == " Laws" && line.starts_with('#'))
}

#[test]
fn tests_are_told_from_other_functions() {
    let text = "fn a() {}\n#[test]\nfn b() {}\n    #[test]\n    /// C.\n    #[ignore]\n    fn c(x in 0..1) {}\n";
    assert!(tests(text).iter().eq(["b", "c"]));
}

#[test]
fn laws_without_tests_are_found() {
    let known = BTreeSet::from(["a_is_a".to_owned()]);
    let check = |rows: &str| {
        let text = format!(
            "/// A.\n///\n/// # Laws\n///\n{rows}///\n/// # Errors\n///\n/// | `x` | `y` |\nfn a() {{}}\n"
        );
        check("a.rs", &text, &known).len()
    };
    let head = "/// | law | test |\n/// |---|---|\n";
    assert_eq!(check(&format!("{head}/// | A = A | `a_is_a` |\n")), 0);
    assert_eq!(check(&format!("{head}/// | A = B | `a_is_b` |\n")), 1);
    assert_eq!(
        check(&format!("{head}/// | A = A | `a_is_a` `a_is_b` |\n")),
        1
    );
    assert_eq!(check(&format!("{head}/// | A = A | by definition |\n")), 1);
    assert_eq!(check("/// A is A.\n"), 1);
    assert_eq!(check("/// As [`a`].\n"), 0);
}
