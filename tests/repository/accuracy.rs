//! The page on accuracy has a row for every function that the command behind it knows.

/// Names in the table of `measure.rs` without a row in the page.
pub(crate) fn missing(measure: &str, page: &str) -> Vec<String> {
    functions(measure)
        .filter(|name| !page.contains(&format!("\n| `{name}` |")))
        .map(|name| format!("docs/accuracy.md has no row for {name}: run tools/accuracy/measure"))
        .collect()
}

/// The first argument of every `one("…"` and `many("…"`.
fn functions(measure: &str) -> impl Iterator<Item = &str> {
    measure.lines().filter_map(|line| {
        let line = line.trim_start();
        let row = line
            .strip_prefix("one(\"")
            .or_else(|| line.strip_prefix("many(\""))?;
        row.split('"').next()
    })
}

#[test]
fn a_function_without_a_row_is_named() {
    let measure = "    one(\"exp\", f, g, h),\n    many(\"hypot\", f, g),\n";
    assert_eq!(functions(measure).collect::<Vec<_>>(), ["exp", "hypot"]);
    assert_eq!(missing(measure, "\n| `exp` | 1 |\n").len(), 1);
    assert!(missing(measure, "\n| `exp` | 1 |\n| `hypot` | 2 |\n").is_empty());
}
