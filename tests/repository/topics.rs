//! The tables of docs/topics.md.

use crate::markdown::{code_spans, table};
use std::collections::{BTreeMap, BTreeSet};

/// One line of a table of topics.
#[derive(Debug)]
pub(crate) struct Row {
    topic: String,
    places: Vec<String>,
    examples: Vec<String>,
    laws: Vec<String>,
    complete: bool,
}

/// What the tables may refer to.
pub(crate) struct Known<'a> {
    /// `Err` with a reason if a path names nothing.
    pub(crate) resolve: &'a dyn Fn(&str) -> Result<(), String>,
    /// The text of a file.
    pub(crate) read: &'a dyn Fn(&str) -> Result<String, String>,
    /// The code of the examples, by their names.
    pub(crate) examples: &'a BTreeMap<String, String>,
    /// Names of test functions.
    pub(crate) tests: &'a BTreeSet<String>,
}

/// The rows of all tables.
pub(crate) fn rows(page: &str) -> Result<Vec<Row>, String> {
    let head = [
        "Topic",
        "One formula",
        "Where",
        "Example",
        "Laws",
        "Reference",
    ];
    let mut rows = Vec::new();
    for section in page.split("\n## ").filter(|it| it.contains("| Topic |")) {
        rows.extend(table(section, &head)?.into_iter().map(|cells| Row {
            complete: cells.iter().all(|cell| !cell.is_empty()),
            topic: cells[0].clone(), // `table` gives rows as long as the head
            places: code_spans(&cells[2]),
            examples: code_spans(&cells[3]),
            laws: code_spans(&cells[4]),
        }));
    }
    if rows.is_empty() {
        return Err(format!("no table with the head {head:?}"));
    }
    Ok(rows)
}

/// What is wrong with the tables.
pub(crate) fn check(rows: &[Row], known: &Known<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut topics = BTreeSet::new();
    for row in rows {
        let again = !topics.insert(&row.topic);
        let mut complain = |what: String| wrong.push(format!("topic {}: {what}", row.topic));
        if !row.complete || row.places.is_empty() || row.laws.is_empty() {
            complain("a cell is empty (– says that there is no example)".into());
        }
        if again {
            complain("it stands in more than one row".into());
        }
        row.places
            .iter()
            .filter_map(|it| (known.resolve)(&format!("gradus::{it}")).err())
            .for_each(&mut complain);
        let laws = row.laws.iter().filter(|it| !known.tests.contains(*it));
        laws.map(|it| format!("no test {it}"))
            .for_each(&mut complain);
        let examples = row.examples.iter();
        let lost = examples.filter(|it| !known.examples.contains_key(*it));
        lost.map(|it| format!("no example {it}"))
            .for_each(&mut complain);
        uncalled(row, known.examples)
            .into_iter()
            .for_each(&mut complain);
    }
    let shown: BTreeSet<&String> = rows.iter().flat_map(|row| &row.examples).collect();
    let missing = known.examples.keys().filter(|it| !shown.contains(it));
    wrong.extend(missing.map(|it| format!("no topic shows the example {it}")));
    wrong
}

/// Examples that call no item of the row.
fn uncalled(row: &Row, examples: &BTreeMap<String, String>) -> Vec<String> {
    let calls_any = |code: &String| row.places.iter().any(|place| calls(code, place));
    let idle = row
        .examples
        .iter()
        .filter(|name| examples.get(*name).is_some_and(|code| !calls_any(code)));
    idle.map(|name| format!("{name} calls none of its items"))
        .collect()
}

/// Whether the code outside of comments and `use` names the last part of a path, or takes something from a module of
/// that path.
fn calls(code: &str, place: &str) -> bool {
    let name = place.rsplit("::").next().unwrap_or(place);
    if code.contains(&format!("gradus::{place}::")) {
        return true;
    }
    let word = |c: char| c.is_alphanumeric() || c == '_';
    let code: String = code
        .lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n");
    let statements = code.split_inclusive(';').filter(|statement| {
        let start = statement.trim_start();
        !start.starts_with("use ") && !start.starts_with("pub use ")
    });
    statements
        .flat_map(|statement| statement.split(|c| !word(c)))
        .any(|it| it == name)
}

/// What is wrong with where the names lead: at the end of the page to files that define them, in the links for the
/// documentation to items.
pub(crate) fn dead_links(page: &str, links: &str, rows: &[Row], known: &Known<'_>) -> Vec<String> {
    let mut wrong = Vec::new();
    for place in rows.iter().flat_map(|row| &row.places) {
        if !links.contains(&format!("[`{place}`]: crate::{place}\n")) {
            wrong.push(format!("docs/topics-links.md has no {place}"));
        }
        let name = place.rsplit("::").next().unwrap_or(place);
        match file(page, place).map(|file| (file, (known.read)(file))) {
            Some((_, Ok(text)))
                if text
                    .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                    .any(|it| it == name) => {}
            // A module has the name of its file, or of the folder of its mod.rs.
            Some((file, Ok(_))) if file.contains(&format!("/{name}")) => {}
            Some((file, _)) => wrong.push(format!("{place} is not in {file}")),
            None => wrong.push(format!("docs/topics.md does not tell where {place} leads")),
        }
    }
    for example in rows.iter().flat_map(|row| &row.examples) {
        if file(page, example).is_none_or(|file| (known.read)(file).is_err()) {
            wrong.push(format!(
                "docs/topics.md does not tell where {example} leads"
            ));
        }
    }
    if !wrong.is_empty() {
        wrong.push("run tools/link-topics".into());
    }
    wrong
}

/// The file that a name leads to, from the root.
fn file<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let start = format!("[`{name}`]: ../");
    page.lines().find_map(|line| line.strip_prefix(&*start))
}

#[cfg(test)]
mod tests {
    use super::{Known, calls, check, dead_links, rows};
    use std::collections::{BTreeMap, BTreeSet};

    fn complaints(row: &str) -> Result<Vec<String>, String> {
        let head = "## A\n\n| Topic | One formula | Where | Example | Laws | Reference |\n|---|---|---|---|---|---|\n";
        let known = Known {
            resolve: &|path| match path {
                "gradus::a::b" | "gradus::a::d" => Ok(()),
                _ => Err("no".into()),
            },
            read: &|path| match path {
                "crates/a/b.rs" | "examples/110_a.rs" => Ok("pub fn b() {}".into()),
                _ => Err("no".into()),
            },
            examples: &BTreeMap::from([(
                "110_a".to_owned(),
                "use a::d;\nfn main() { b(); }".to_owned(),
            )]),
            tests: &BTreeSet::from(["a_is_a".to_owned()]),
        };
        let page =
            format!("{head}{row}\n\n[`a::b`]: ../crates/a/b.rs\n[`110_a`]: ../examples/110_a.rs\n");
        let rows = rows(&page)?;
        let mut wrong = check(&rows, &known);
        wrong.extend(dead_links(
            &page,
            "[`a::b`]: crate::a::b\n[`a::d`]: crate::a::d\n",
            &rows,
            &known,
        ));
        Ok(wrong)
    }

    #[test]
    fn wrong_rows_are_found() -> Result<(), String> {
        let count = |row: &str| complaints(row).map(|wrong| wrong.len());
        assert_eq!(
            count("| A | x | [`a::b`] | [`110_a`] | `a_is_a` | Euclid |")?,
            0
        );
        assert_eq!(
            count("| A | x | [`a::b`] | [`110_a`] | `a_is_b` | Euclid |")?,
            1
        );
        assert_eq!(
            count("| A |  | [`a::b`] | [`110_a`] | `a_is_a` | Euclid |")?,
            1
        );
        assert_eq!(count("| A | x | [`a::b`] | – | `a_is_a` | Euclid |")?, 1); // 110_a is not shown
        let lost = complaints("| A | x | [`a::b`] | [`110_a`], [`120_b`] | `a_is_a` | Euclid |")?;
        assert_eq!(lost.len(), 3, "{lost:?}"); // no such example, no link, what to run
        let other = complaints("| A | x | [`a::d`], [`a::b`] | [`110_a`] | `a_is_a` | Euclid |")?;
        assert!(
            other.iter().any(|it| it.contains("where a::d leads")),
            "{other:?}"
        );
        let idle = complaints("| A | x | [`a::d`] | [`110_a`] | `a_is_a` | Euclid |")?;
        assert!(
            idle[0].ends_with("110_a calls none of its items"),
            "{idle:?}"
        );
        assert!(count("| A | x | [`a::c`] | [`110_a`] | `a_is_a` | Euclid |")? > 2);
        assert!(count("| A | x | no code | [`110_a`] | `a_is_a` | Euclid |")? > 0);
        let row = "| A | x | [`a::b`] | [`110_a`] | `a_is_a` | Euclid |";
        assert_eq!(count(&format!("{row}\n{row}"))?, 1);
        assert!(count("| A | x |").is_err());
        assert!(rows("no table").is_err());
        Ok(())
    }

    #[test]
    fn calls_are_told_from_imports_and_comments() {
        let code = "use a::{b,\n    c};\n//! d\nfn main() { c(1); x.e(); /* f */ let Some(g) = h else {}; } // i";
        for called in ["a::c", "a::X::e", "a::h"] {
            assert!(calls(code, called), "{called}");
        }
        for other in ["a::b", "a::d", "a::i"] {
            assert!(!calls(code, other), "{other}");
        }
    }
}
