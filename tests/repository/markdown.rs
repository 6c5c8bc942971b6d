//! As much of Markdown as the checks read: documentation lines, tables, code spans.

/// The documentation of a file, line by line: all of a Markdown file, the `///` and `//!` comments of a Rust
/// file. `None` stands for a line of code, where a documentation comment ends.
pub(crate) fn lines<'a>(path: &str, text: &'a str) -> Vec<Option<&'a str>> {
    let rust = crate::files::is(path, "rs");
    text.lines()
        .map(|line| if rust { comment(line) } else { Some(line) })
        .collect()
}

/// What stands after `///` or `//!`.
fn comment(line: &str) -> Option<&str> {
    let line = line.trim_start();
    let text = line
        .strip_prefix("///")
        .or_else(|| line.strip_prefix("//!"))?;
    Some(text.strip_prefix(' ').unwrap_or(text))
}

/// The cells of a row `| a | b |`, or nothing where a line is no row. `\|` does not part cells.
pub(crate) fn cells(line: &str) -> Option<Vec<String>> {
    let inside = line.trim().strip_prefix('|')?.strip_suffix('|')?;
    let hidden = inside.replace("\\|", "\u{0}");
    Some(
        hidden
            .split('|')
            .map(|cell| cell.trim().replace('\u{0}', "|"))
            .collect(),
    )
}

/// Whether a row is the line `|---|:--|` below a table's head.
pub(crate) fn is_rule(cells: &[String]) -> bool {
    cells
        .iter()
        .all(|cell| !cell.is_empty() && cell.chars().all(|c| c == '-' || c == ':'))
}

/// The rows of the first table whose head begins with these cells.
pub(crate) fn table(text: &str, head: &[&str]) -> Result<Vec<Vec<String>>, String> {
    let mut rows = text
        .lines()
        .map(cells)
        .skip_while(|row| {
            !row.as_ref().is_some_and(|row| {
                row.iter()
                    .map(String::as_str)
                    .take(head.len())
                    .eq(head.iter().copied())
            })
        })
        .map_while(|row| row);
    let width = rows
        .next()
        .ok_or(format!("no table with the head {head:?}"))?
        .len();
    let rows: Vec<_> = rows.filter(|row| !is_rule(row)).collect();
    match rows.iter().find(|row| row.len() != width) {
        Some(row) => Err(format!("{} cells instead of {width}: {row:?}", row.len())),
        None => Ok(rows),
    }
}

/// The texts between single backticks.
pub(crate) fn code_spans(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The names and targets of the lines `[name]: target`.
pub(crate) fn definitions(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let lines = text.lines();
    let pairs = lines.filter_map(|line| line.strip_prefix('[')?.split_once("]: "));
    pairs.filter(|(_, target)| !target.contains(' '))
}

/// The targets of `[text](target)` and of `[name]: target` that are files of the repository.
pub(crate) fn links(text: &str) -> Vec<String> {
    let targets = text
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next());
    let targets = targets.chain(definitions(text).map(|(_, target)| target));
    let files = targets.map(|target| target.split('#').next().unwrap_or_default());
    let local =
        files.filter(|path| !path.is_empty() && !path.contains("://") && !path.contains("::"));
    local
        .filter(|path| path.contains('/') || path.contains('.'))
        .map(str::to_owned)
        .collect()
}

#[test]
fn documentation_is_told_from_code() {
    let text = "//! Head.\nfn f() {}\n    /// Inner.\n///\n// no\n";
    assert_eq!(
        lines("a.rs", text),
        [Some("Head."), None, Some("Inner."), Some(""), None]
    );
    assert_eq!(lines("a.md", "x\ny"), [Some("x"), Some("y")]);
}

#[test]
fn tables_are_read_and_uneven_ones_refused() -> Result<(), String> {
    let text = "x\n| a | b |\n|---|--:|\n| 1 \\| 2 | `c` `d` |\n\n| not | here |\n";
    assert_eq!(table(text, &["a"])?, [["1 | 2", "`c` `d`"]]);
    assert_eq!(code_spans("`c`, `d`"), ["c", "d"]);
    assert!(table(text, &["b"]).is_err());
    assert!(table("| a | b |\n|---|---|\n| 1 |\n", &["a", "b"]).is_err());
    Ok(())
}

#[test]
fn links_to_files_are_found() {
    let text = "[a](b/c.md#d) [e](https://f.g) [h](#i) [j](k::l) [m](n.md)\n[o]: p.rs\n[q]: r::s\n";
    assert_eq!(links(text), ["b/c.md", "n.md", "p.rs"]);
    assert_eq!(
        definitions(text).collect::<Vec<_>>(),
        [("o", "p.rs"), ("q", "r::s")]
    );
}
