//! The page on accuracy is that of the present code, and the budgets of the tests are those of the page.

use crate::files::{Text, is};
use crate::markdown::cells;
use crate::sha256::sha256;

const COMMAND: &str = "run tools/accuracy/measure";

/// Names in the table of the example `measure` without a row in the page.
pub(crate) fn missing(measure: &str, page: &str) -> Vec<String> {
    functions(measure)
        .filter(|name| !rows(page).any(|row| row.name == *name))
        .map(|name| format!("docs/accuracy.md has no row for {name}: {COMMAND}"))
        .collect()
}

/// The first argument of every `row("…"`.
fn functions(measure: &str) -> impl Iterator<Item = &str> {
    measure.lines().filter_map(|line| {
        let row = line.trim_start().strip_prefix("row(\"")?;
        row.split('"').next()
    })
}

/// A line of one of the tables in double precision.
struct Row {
    name: String,
    here: f64,
    /// The distance in doubles that the tests allow; the second table has none.
    budget: Option<u64>,
}

fn rows(page: &str) -> impl Iterator<Item = Row> {
    page.lines().filter_map(|line| {
        let cells = cells(line)?;
        let name = cells.first()?.strip_prefix('`')?.split('`').next()?;
        let number = |at: usize| cells.get(at)?.trim_matches('*').parse().ok();
        let (here, budget) = match cells.len() {
            9 if cells[1].parse::<u64>().is_ok() => (number(2)?, cells[4].parse().ok()),
            9 => (number(3)?, None),
            _ => return None,
        };
        Some(Row {
            name: name.to_owned(),
            here,
            budget,
        })
    })
}

/// Sections that were measured of other code, by the digests that they carry.
pub(crate) fn stale(page: &str, files: &[Text], needed: &[&str]) -> Vec<String> {
    let told = |start: &'static str| {
        let comments = page
            .lines()
            .filter_map(move |line| line.strip_prefix(start));
        comments.filter_map(|rest| rest.strip_suffix(" -->"))
    };
    let sections: Vec<_> = told("<!-- measured: ")
        .zip(told("<!-- SHA-256 of this code: "))
        .collect();
    let named = |path: &&&str| {
        !sections
            .iter()
            .any(|(paths, _)| paths.split(' ').any(|p| p == **path))
    };
    let forgotten = needed.iter().filter(named);
    let forgotten =
        forgotten.map(|path| format!("docs/accuracy.md was not measured of {path}: {COMMAND}"));
    let changed =
        sections
            .iter()
            .enumerate()
            .filter_map(|(at, (paths, digest))| {
                let sweep = if at == 0 { "" } else { " --sweep" };
                (digest_of(files, paths) != *digest).then(|| {
            format!("docs/accuracy.md is not that of the present code in {paths}: {COMMAND}{sweep}")
        })
            });
    changed.chain(forgotten).collect()
}

/// Of files and of all Rust files below folders, as in `tools/accuracy/digest.py`.
fn digest_of(files: &[Text], paths: &str) -> String {
    let below = |file: &Text, path: &str| {
        let rest = file.path.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') && is(rest, "rs"))
    };
    let read = files
        .iter()
        .filter(|file| paths.split(' ').any(|path| below(file, path)));
    let texts: Vec<String> = read
        .map(|file| format!("{}\n{}\n", file.path, code(&file.text)))
        .collect();
    sha256(&texts.concat())
}

/// The lines without comments, blanks and tests.
fn code(text: &str) -> String {
    let lines = text.lines().map(str::trim);
    let lines = lines.take_while(|line| *line != "#[cfg(test)]");
    let kept = lines.filter(|line| !line.is_empty() && !line.starts_with("//"));
    kept.collect::<Vec<_>>().join("\n")
}

/// Budgets in the golden tests that are not those of the page: whole ones are the largest in its rows of the
/// function, others at least the largest error there, and at most one half more.
pub(crate) fn disagreeing(golden: &str, page: &str) -> Vec<String> {
    let rows: Vec<Row> = rows(page).collect();
    budgets(golden)
        .into_iter()
        .filter_map(|(name, told)| {
            let mut of_name = rows.iter().filter(|row| row.name == name).peekable();
            of_name.peek()?;
            let agrees = if let Ok(whole) = told.parse::<u64>() {
                of_name.filter_map(|row| row.budget).max() == Some(whole)
            } else {
                let scaled = of_name.filter(|row| row.budget.is_none());
                let here = scaled.map(|row| row.here).fold(0.0, f64::max);
                let budget: f64 = told.parse().unwrap_or(f64::NAN);
                here <= budget && budget <= here + 0.5
            };
            (!agrees).then(|| {
                format!("golden.rs allows {name} {told}, which is not what docs/accuracy.md found")
            })
        })
        .collect()
}

/// The file's name and the number after every `include_str!("golden/NAME.csv"), NUMBER,`.
fn budgets(golden: &str) -> Vec<(String, String)> {
    let text: String = golden.split_whitespace().collect();
    let tables = text.split("include_str!(\"golden/").skip(1);
    tables
        .filter_map(|rest| {
            let (name, rest) = rest.split_once(".csv\"),")?;
            let (number, _) = rest.split_once(',')?;
            number.parse::<f64>().ok()?;
            Some((name.to_owned(), number.to_owned()))
        })
        .collect()
}

/// Bounds in the documentation of functions, `N ULP ([measured](crate#accuracy))`, below the largest error of the page.
pub(crate) fn exceeded(source: &str, page: &str) -> Vec<String> {
    let rows: Vec<Row> = rows(page).filter(|row| row.budget.is_some()).collect();
    let mut complaints = Vec::new();
    let mut documentation = String::new();
    for line in source.lines().map(str::trim) {
        if let Some(words) = line.strip_prefix("///") {
            documentation.push_str(words);
        } else if let Some(item) = line.strip_prefix("pub fn ") {
            let name = item.split(['(', '<']).next().unwrap_or_default();
            let of_name = rows.iter().filter(|row| row.name == name);
            let here = of_name.map(|row| row.here).fold(f64::NAN, f64::max);
            let wrong = bounds(&documentation).filter(|&bound| here.is_nan() || here > bound);
            complaints.extend(wrong.map(|bound| {
                format!(
                    "{name} is documented to be within {bound} ULP, docs/accuracy.md found {here}"
                )
            }));
            documentation.clear();
        } else if !line.starts_with('#') {
            documentation.clear();
        }
    }
    complaints
}

fn bounds(documentation: &str) -> impl Iterator<Item = f64> {
    let parts = documentation.split(" ULP ([measured](crate#accuracy))");
    let mut before: Vec<&str> = parts.collect();
    before.pop(); // what follows the last one
    let number = |text: &str| text.split_whitespace().last()?.parse().ok();
    before
        .into_iter()
        .map(move |text| number(text).unwrap_or(0.0)) // no number is no bound
}

#[test]
fn a_bound_below_the_page_is_named() {
    let page = "| `exp` | 9 | 1.20 | 1 | 1 | – | – | – | – |\n";
    let source = |bound: &str, name: &str| {
        format!(
            "/// Words.\n///\n/// At most {bound} ULP\n/// ([measured](crate#accuracy)).\n#[inline]\npub fn {name}<R>(x: R) {{}}\n"
        )
    };
    assert!(exceeded(&source("2", "exp"), page).is_empty());
    assert_eq!(exceeded(&source("1", "exp"), page).len(), 1);
    assert_eq!(exceeded(&source("2", "ln"), page).len(), 1); // nothing measured it
}

#[test]
fn a_function_without_a_row_is_named() {
    let measure = "    row(\"exp\", f),\n    row(\"hypot\", f).textbook(g),\n";
    let exp = "| `exp`, small | 9 | 0.50 | 1 | 1 | – | – | – | – |\n";
    assert_eq!(functions(measure).collect::<Vec<_>>(), ["exp", "hypot"]);
    assert_eq!(missing(measure, exp).len(), 1);
    let hypot = "| `hypot` | ULP | 9 | **2.50** | 2 | – | – | – | – |\n";
    assert!(missing(measure, &[exp, hypot].concat()).is_empty());
}

#[test]
fn code_has_no_comments_and_no_tests() {
    let text = "//! Words.\n\nfn f() {} // kept\n    // Words.\n#[cfg(test)]\nmod tests {}\n";
    assert_eq!(code(text), "fn f() {} // kept");
}

#[test]
fn a_page_of_other_code_is_stale() {
    let file = |path: &str, text: &str| Text {
        path: path.into(),
        text: text.into(),
    };
    let files = |one: &str| [file("a/b.rs", "fn f() {}\n"), file("a/c.rs", one)];
    let digest = sha256("a/b.rs\nfn f() {}\na/c.rs\none\n");
    let page = format!("<!-- measured: a -->\n<!-- SHA-256 of this code: {digest} -->\n");
    assert!(stale(&page, &files("one\n"), &["a"]).is_empty());
    assert!(stale(&page, &files("// Words.\none\n"), &["a"]).is_empty());
    assert_eq!(stale(&page, &files("two\n"), &["a"]).len(), 1);
    assert!(stale(&page, &files("one\n"), &["a", "b"])[0].contains("not measured of b"));
}

#[test]
fn a_budget_other_than_the_page_is_named() {
    let page = "| `exp` | 9 | 1.20 | 1 | 1 | – | – | – | – |\n| `exp`, far | 9 | 2.20 | 1 | 2 | – | – | – | – |\n\
                | `sum` | ε | 9 | 0.70 | 4 | – | – | – | – |\n";
    let golden = |exp: &str, sum: &str| {
        format!(
            "check(include_str!(\"golden/exp.csv\"), {exp}, f)?;\ncheck_scaled(\n    include_str!(\"golden/sum.csv\"),\n    {sum},\n    f)"
        )
    };
    assert!(disagreeing(&golden("2", "1.0"), page).is_empty());
    assert_eq!(disagreeing(&golden("3", "0.5"), page).len(), 2);
    assert_eq!(disagreeing(&golden("1", "2.0"), page).len(), 2);
}
