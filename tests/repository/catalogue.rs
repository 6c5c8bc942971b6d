//! The catalogue of identities has every number once, and names tests that exist.

use crate::markdown::{cells, code_spans};
use std::collections::BTreeSet;

/// How many identities each part has.
pub(crate) const PARTS: [(&str, usize); 8] = [
    ("LA", 52),
    ("AD", 38),
    ("PR", 44),
    ("BY", 16),
    ("IT", 34),
    ("LO", 30),
    ("OP", 36),
    ("NN", 44),
];

/// What is wrong with the page.
pub(crate) fn check(page: &str, parts: &[(&str, usize)], tests: &BTreeSet<String>) -> Vec<String> {
    let rows: Vec<Vec<String>> = page.lines().filter_map(cells).collect();
    let rows: Vec<&Vec<String>> = rows
        .iter()
        .filter(|row| is_number(&row[0], parts))
        .collect();
    let told: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    let all = parts
        .iter()
        .flat_map(|(part, count)| (1..=*count).map(move |k| format!("{part}{k}")));
    let mut wrong = Vec::new();
    if !all.eq(told.iter().copied()) {
        wrong.push("docs/catalogue.md: not every number once and in order".to_owned());
    }
    for row in rows {
        let (number, place) = (&row[0], row.last().map_or("", String::as_str));
        let names: Vec<String> = code_spans(place)
            .into_iter()
            .filter(|span| is_name(span))
            .collect();
        let is_open = ["not yet: ", "outside: "]
            .iter()
            .any(|open| place.starts_with(open));
        if names.is_empty() && !is_open {
            wrong.push(format!(
                "{number}: neither a test nor \"not yet\" nor \"outside\""
            ));
        }
        let missing = names
            .iter()
            .filter(|name| !is_open && !tests.contains(*name));
        wrong.extend(missing.map(|name| format!("{number}: no test {name}")));
    }
    wrong
}

/// Not a formula.
fn is_name(span: &str) -> bool {
    span.contains('_') && span.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// Two letters of a part and a number.
fn is_number(cell: &str, parts: &[(&str, usize)]) -> bool {
    let digits = parts.iter().find_map(|(part, _)| cell.strip_prefix(part));
    digits.is_some_and(|digits| digits.parse::<usize>().is_ok())
}

#[test]
fn gaps_and_tests_that_are_none_are_found() {
    let known = BTreeSet::from(["a_is_a".to_owned()]);
    let page = |last: &str| {
        format!("| Number | Identity | Test |\n|---|---|---|\n| LA1 | A = A | `a_is_a` |\n{last}")
    };
    let parts = [("LA", 2)];
    assert!(
        check(
            &page("| LA2 | B = B | not yet: no `B` here |\n"),
            &parts,
            &known
        )
        .is_empty()
    );
    let outside = page("| LA2 | B = B | outside: no `B` here |\n");
    assert!(check(&outside, &parts, &known).is_empty());
    assert_eq!(check(&page(""), &parts, &known).len(), 1);
    assert_eq!(
        check(&page("| LA1 | A = A | `a_is_a` |\n"), &parts, &known).len(),
        1
    );
    assert_eq!(
        check(
            &page("| LA2 | B = B | in part: `b_is_b`; missing: C |\n"),
            &parts,
            &known
        )
        .len(),
        1
    );
    assert_eq!(
        check(&page("| LA2 | B = B | by definition |\n"), &parts, &known).len(),
        1
    );
}
