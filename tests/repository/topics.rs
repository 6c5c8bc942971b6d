//! The table of topics in README.md.

use crate::markdown::{code_spans, table};
use std::collections::BTreeSet;

/// One line of the table of topics.
#[derive(Debug)]
pub(crate) struct Row {
    topic: String,
    places: Vec<String>,
    examples: Vec<String>,
    laws: Vec<String>,
    complete: bool,
}

/// What the table may refer to.
pub(crate) struct Known<'a> {
    /// `Err` with a reason if a path names nothing.
    pub(crate) resolve: &'a dyn Fn(&str) -> Result<(), String>,
    /// Stems of the files under `examples/`.
    pub(crate) examples: &'a BTreeSet<String>,
    /// Names of test functions.
    pub(crate) tests: &'a BTreeSet<String>,
}

/// The rows of README's table of topics.
pub(crate) fn rows(readme: &str) -> Result<Vec<Row>, String> {
    let head = [
        "Topic",
        "One formula",
        "Where",
        "Example",
        "Laws",
        "Reference",
    ];
    let rows = table(readme, &head)?.into_iter().map(|cells| Row {
        complete: cells.iter().all(|cell| !cell.is_empty()),
        topic: cells[0].clone(), // `table` gives rows as long as the head
        places: code_spans(&cells[2]),
        examples: code_spans(&cells[3]),
        laws: code_spans(&cells[4]),
    });
    Ok(rows.collect())
}

/// What is wrong with the table.
pub(crate) fn check(rows: &[Row], known: &Known<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for row in rows {
        let mut complain =
            |what: String| wrong.push(format!("README, topic {}: {what}", row.topic));
        if !row.complete || row.places.is_empty() || row.laws.is_empty() {
            complain("a cell is empty (– says that there is no example)".into());
        }
        row.places
            .iter()
            .filter_map(|it| (known.resolve)(it).err())
            .for_each(&mut complain);
        let examples = row
            .examples
            .iter()
            .filter(|it| !known.examples.contains(*it));
        examples
            .map(|it| format!("no example {it}"))
            .for_each(&mut complain);
        let laws = row.laws.iter().filter(|it| !known.tests.contains(*it));
        laws.map(|it| format!("no test {it}"))
            .for_each(&mut complain);
    }
    let shown: BTreeSet<&String> = rows.iter().flat_map(|row| &row.examples).collect();
    let missing = known.examples.iter().filter(|it| !shown.contains(it));
    wrong.extend(missing.map(|it| format!("README: no topic shows the example {it}")));
    wrong
}

#[test]
fn wrong_rows_are_found() -> Result<(), String> {
    let head =
        "| Topic | One formula | Where | Example | Laws | Reference |\n|---|---|---|---|---|---|\n";
    let check = |row: &str| -> Result<usize, String> {
        let known = Known {
            resolve: &|path| {
                if path == "gradus::a::b" {
                    Ok(())
                } else {
                    Err("no".into())
                }
            },
            examples: &BTreeSet::from(["110_a".to_owned()]),
            tests: &BTreeSet::from(["a_is_a".to_owned()]),
        };
        Ok(check(&rows(&format!("{head}{row}\n"))?, &known).len())
    };
    assert_eq!(
        check("| A | x | `gradus::a::b` | `110_a` | `a_is_a` | Euclid |")?,
        0
    );
    assert_eq!(
        check("| A | x | `gradus::a::c` | `110_a` | `a_is_a` | Euclid |")?,
        1
    );
    assert_eq!(
        check("| A | x | `gradus::a::b` | `110_a`, `120_b` | `a_is_a` | Euclid |")?,
        1
    );
    assert_eq!(
        check("| A | x | `gradus::a::b` | – | `a_is_a` | Euclid |")?,
        1
    ); // 110_a is not shown
    assert_eq!(
        check("| A | x | `gradus::a::b` | `110_a` | `a_is_b` | Euclid |")?,
        1
    );
    assert_eq!(
        check("| A |  | `gradus::a::b` | `110_a` | `a_is_a` | Euclid |")?,
        1
    );
    assert_eq!(
        check("| A | x | gradus::a::b | `110_a` | `a_is_a` | Euclid |")?,
        1
    );
    assert!(check("| A | x |").is_err());
    assert!(rows("no table").is_err());
    Ok(())
}
