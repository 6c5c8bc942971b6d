//! The repository tests itself: what the documents say of the code is true.
//!
//! Every check is a function from text to a list of complaints, in a module beside this file, with tests that
//! show it complain.

#[path = "repository/accuracy.rs"]
mod accuracy;
#[path = "repository/book.rs"]
mod book;
#[path = "repository/budgets.rs"]
mod budgets;
#[path = "repository/catalogue.rs"]
mod catalogue;
#[path = "repository/files.rs"]
mod files;
#[path = "repository/formulas.rs"]
mod formulas;
#[path = "repository/golden.rs"]
mod golden;
#[path = "repository/invariants.rs"]
mod invariants;
#[path = "repository/items.rs"]
mod items;
#[path = "repository/ladder.rs"]
mod ladder;
#[path = "repository/laws.rs"]
mod laws;
#[path = "repository/markdown.rs"]
mod markdown;
#[path = "repository/planted.rs"]
mod planted;
#[path = "repository/rooms.rs"]
mod rooms;
#[path = "repository/sha256.rs"]
mod sha256;
#[path = "repository/topics.rs"]
mod topics;
#[path = "repository/vectorized.rs"]
mod vectorized;
#[path = "repository/words.rs"]
mod words;

use files::{crates, is, read, root, texts};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

/// Complaints, one a line.
struct Complaints(Vec<String>);

impl fmt::Debug for Complaints {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} complaints\n{}", self.0.len(), self.0.join("\n"))
    }
}

impl From<String> for Complaints {
    fn from(complaint: String) -> Self {
        Self(vec![complaint])
    }
}

fn none(complaints: Vec<String>) -> Result<(), Complaints> {
    if complaints.is_empty() {
        Ok(())
    } else {
        Err(Complaints(complaints))
    }
}

/// The names of all tests below a folder.
fn tests(folder: &str) -> Result<BTreeSet<String>, String> {
    let files = texts(folder)?
        .into_iter()
        .filter(|file| is(&file.path, "rs"));
    Ok(files.flat_map(|file| laws::tests(&file.text)).collect())
}

/// The code of the examples by their names: that of files, and of all files of folders with a `main.rs`.
fn examples() -> Result<BTreeMap<String, String>, String> {
    let mut found = BTreeMap::<String, String>::new();
    for file in texts("examples")?
        .iter()
        .filter(|file| is(&file.path, "rs"))
    {
        let name = file
            .path
            .trim_start_matches("examples/")
            .trim_end_matches(".rs");
        let name = name.split('/').next().unwrap_or(name);
        found
            .entry(name.to_owned())
            .or_default()
            .push_str(&file.text);
    }
    Ok(found)
}

/// Topics whose example is still to call one of their items.
const UNCALLED: [&str; 0] = [];

#[test]
fn the_tables_of_topics_lead_to_items_examples_and_tests() -> Result<(), Complaints> {
    let known = topics::Known {
        resolve: &items::resolve,
        read: &read,
        examples: &examples()?,
        tests: &tests("")?,
    };
    let page = read("docs/topics.md")?;
    let rows = topics::rows(&page)?;
    let mut complaints = topics::check(&rows, &known);
    complaints.extend(topics::dead_links(
        &page,
        &read("docs/topics-links.md")?,
        &rows,
        &known,
    ));
    let gap = |it: &String| {
        let topics = UNCALLED.iter().map(|topic| format!("topic {topic}"));
        it.ends_with("calls none of its items")
            && topics.into_iter().any(|topic| it.starts_with(&topic))
    };
    complaints.retain(|it| !gap(it));
    none(complaints)
}

#[test]
fn dependencies_go_down_the_ladder_and_stand_in_the_table() -> Result<(), Complaints> {
    let mut manifests = Vec::new();
    let beside = [
        "benches",
        "book",
        "book/live",
        "exercises",
        "exercises/judges",
        "tests",
        "tests/all_examples",
        "tests/repository",
    ];
    for folder in [""].into_iter().chain(beside) {
        manifests.push(ladder::manifest(&read(
            &Path::new(folder).join("Cargo.toml").to_string_lossy(),
        )?)?);
    }
    for name in crates()? {
        manifests.push(ladder::manifest(&read(&format!(
            "crates/{name}/Cargo.toml"
        ))?)?);
    }
    none(ladder::check(
        &manifests,
        &ladder::rungs(&read("ARCHITECTURE.md")?)?,
    ))
}

#[test]
fn the_testkit_stands_on_the_ground() -> Result<(), Complaints> {
    let manifest = read("crates/gradus-testkit/Cargo.toml")?;
    let edges = manifest.lines().filter(|line| line.starts_with("gradus"));
    none(
        edges
            .map(|line| format!("gradus-testkit: {line}"))
            .collect(),
    )
}

/// Crates whose files are still to be moved into rooms.
const WITHOUT_ROOMS: [&str; 0] = [];

#[test]
fn arrows_between_the_rooms_of_a_crate_go_down() -> Result<(), Complaints> {
    let order = rooms::rooms(&read("ARCHITECTURE.md")?)?;
    let mut complaints = Vec::new();
    for name in crates()? {
        if !WITHOUT_ROOMS.contains(&name.as_str()) {
            let rooms = order.get(&name).map(Vec::as_slice).unwrap_or_default();
            complaints.extend(rooms::check(
                &name,
                &texts(&format!("crates/{name}/src"))?,
                rooms,
            ));
        }
    }
    none(complaints)
}

#[test]
fn libraries_keep_the_invariants() -> Result<(), Complaints> {
    let mut complaints = Vec::new();
    for name in crates()? {
        let manifest = read(&format!("crates/{name}/Cargo.toml"))?;
        if manifest.lines().any(|line| line == "[features]") {
            complaints.push(format!("{name} has features"));
        }
        for file in texts(&format!("crates/{name}/src"))? {
            if file.path.ends_with("prelude.rs") {
                complaints.push(format!("{}: a name has one path", file.path));
            }
            complaints.extend(invariants::hidden(&file.path, &file.text));
            complaints.extend(invariants::parameters(&file.path, &file.text));
        }
    }
    none(complaints)
}

/// Files that are still to write by `gradus-files`.
const WRITERS: [&str; 1] = ["examples/215_quadrature_and_roots.rs"];

#[test]
fn files_are_written_by_one_crate() -> Result<(), Complaints> {
    let files = [texts("crates")?, texts("examples")?].concat();
    let files = files.into_iter().filter(|file| {
        let library = file.path.contains("/src/") || file.path.starts_with("examples/");
        let numbered = WRITERS.iter().any(|it| file.path.starts_with(it));
        is(&file.path, "rs") && library && (!numbered || file.path.starts_with("examples/mnist/"))
    });
    none(
        files
            .flat_map(|file| invariants::writes(&file.path, &file.text))
            .collect(),
    )
}

#[test]
fn files_keep_to_their_budgets() -> Result<(), Complaints> {
    let files = texts("")?.into_iter().filter(|file| is(&file.path, "rs"));
    none(
        files
            .flat_map(|file| budgets::check(&file.path, &file.text))
            .collect(),
    )
}

#[test]
fn every_law_in_the_documentation_is_a_test() -> Result<(), Complaints> {
    let mut complaints = Vec::new();
    let facade = tests("tests")?;
    for name in crates()? {
        let folder = format!("crates/{name}");
        let known = &tests(&folder)? | &facade;
        let files = texts(&folder)?
            .into_iter()
            .filter(|file| is(&file.path, "rs") || is(&file.path, "md"));
        complaints.extend(files.flat_map(|file| laws::check(&file.path, &file.text, &known)));
    }
    none(complaints)
}

#[test]
fn the_catalogue_of_identities_names_tests() -> Result<(), Complaints> {
    let page = read("docs/catalogue.md")?;
    none(catalogue::check(&page, &catalogue::PARTS, &tests("")?))
}

#[test]
fn formulas_are_balanced() -> Result<(), Complaints> {
    let files = texts("")?
        .into_iter()
        .filter(|file| is(&file.path, "rs") || is(&file.path, "md"));
    // The checker's own tests quote formulas that are not.
    let files = files.filter(|file| !file.path.ends_with("repository/formulas.rs"));
    none(
        files
            .flat_map(|file| formulas::check(&file.path, &file.text))
            .collect(),
    )
}

#[test]
fn every_crate_is_introduced_and_shows_formulas() -> Result<(), Complaints> {
    let mut complaints = Vec::new();
    let readme = read("README.md")?;
    let rows = markdown::table(&readme, &["Rung", "Crates"])?;
    for name in crates()? {
        let link = format!("[{name}]: crates/{name}/README.md\n");
        let entry = format!("[{name}]: "); // and what to take it for
        if !rows.iter().any(|row| row[1].contains(&entry)) || !readme.contains(&link) {
            complaints.push(format!("README: the ladder does not link to {name}"));
        }
        let header = root().join(format!("crates/{name}/katex-header.html"));
        if std::fs::read_link(&header).ok().as_deref()
            != Some(Path::new("../../docs/katex-header.html"))
        {
            complaints.push(format!(
                "{}: not a link to docs/katex-header.html",
                header.display()
            ));
        }
    }
    none(complaints)
}

#[test]
fn the_readme_has_the_two_commands_and_the_check_runs_the_tests() -> Result<(), Complaints> {
    let (readme, check) = (read("README.md")?, read(".ci/run")?);
    let mut complaints = Vec::new();
    for command in [
        "cargo run --release --example mnist",
        "cargo test --tests && cargo test --doc",
    ] {
        if !readme.contains(&format!("```sh\n{command}\n```\n")) {
            complaints.push(format!("README: no block with nothing but {command}"));
        }
    }
    for command in ["cargo test --tests", "cargo test --doc"] {
        if !check.lines().any(|line| line == command) {
            complaints.push(format!(".ci/run does not run {command}"));
        }
    }
    none(complaints)
}

#[test]
fn the_readme_is_short_and_its_links_lead_somewhere_in_the_documentation() -> Result<(), Complaints>
{
    const WORDS: usize = 600;
    let (readme, links) = (read("README.md")?, read("docs/readme-links.md")?);
    let mut complaints = Vec::new();
    let words = readme.split_whitespace().count();
    if words > WORDS {
        complaints.push(format!("README: {words} words, at most {WORDS}"));
    }
    // Of two definitions of a link the first one counts, and the links are included before the page.
    let names: Vec<_> = markdown::definitions(&readme)
        .map(|(name, _)| name)
        .collect();
    let lost = markdown::definitions(&links).filter(|(name, _)| !names.contains(name));
    complaints
        .extend(lost.map(|(name, _)| format!("docs/readme-links.md: README has no [{name}]")));
    for name in names {
        let target = markdown::definitions(&links).find(|(it, _)| *it == name);
        if !target.is_some_and(|(_, to)| to.starts_with("https://") || to.starts_with("crate::")) {
            complaints.push(format!(
                "docs/readme-links.md: [{name}] leads to no item or address"
            ));
        }
    }
    none(complaints)
}

#[test]
fn links_between_documents_lead_to_files() -> Result<(), Complaints> {
    let mut complaints = Vec::new();
    for file in texts("")?.iter().filter(|file| is(&file.path, "md")) {
        let folder = root().join(&file.path);
        let folder = folder.parent().unwrap_or(root());
        let dead = markdown::links(&file.text)
            .into_iter()
            // Pictures of the book are made when it is built, and it checks them then.
            .filter(|link| !folder.join(link).exists() && !link.starts_with("pictures/"));
        complaints.extend(dead.map(|link| format!("{}: no file {link}", file.path)));
    }
    none(complaints)
}

#[test]
fn pages_of_the_book_name_what_exists() -> Result<(), Complaints> {
    let known = book::Known {
        tests: &tests("")?,
        examples: &examples()?.into_keys().collect(),
        resolve: &items::resolve,
    };
    let pages = [texts("book/en")?, texts("book/zh")?].concat();
    let complaints = pages.iter().flat_map(|page| book::check(page, &known));
    none(complaints.collect())
}

#[test]
fn every_exercise_has_its_hints_answer_judge_and_test() -> Result<(), Complaints> {
    none(book::exercises()?)
}

#[test]
fn every_exercise_is_on_the_page_that_it_names() -> Result<(), Complaints> {
    let (tasks, pages) = (texts("exercises/tasks")?, texts("book/en/src")?);
    none(book::homes(&tasks, &pages))
}

#[test]
fn the_page_of_errata_lists_its_tests() -> Result<(), Complaints> {
    let rows = markdown::table(&read("docs/errata.md")?, &["Where", "What it says or does"])?;
    let listed: BTreeSet<String> = rows
        .iter()
        .flat_map(|row| markdown::code_spans(&row[3]))
        .collect();
    let tests = laws::tests(&read("tests/errata.rs")?);
    let lost = listed.symmetric_difference(&tests);
    none(
        lost.map(|name| format!("{name} is not in both docs/errata.md and tests/errata.rs"))
            .collect(),
    )
}

/// Files and folders that are still to be read with the table of words.
const UNREAD: [&str; 1] = ["docs/accuracy.md"];

#[test]
fn documentation_and_messages_use_plain_words() -> Result<(), Complaints> {
    let refused = words::refused(&read("CONTRIBUTING.md")?)?;
    let files = texts("")?.into_iter().filter(|file| {
        let unread = UNREAD.iter().any(|start| file.path.starts_with(start));
        (is(&file.path, "rs") || is(&file.path, "md")) && !unread
    });
    none(
        files
            .flat_map(|file| words::check(&file.path, &file.text, &refused))
            .collect(),
    )
}

/// Whether a text names a file below the folder of the machine that it was written on.
fn names_the_machine(text: &str) -> bool {
    let folder = ["/wo", "rk/"].concat();
    let inside_a_path =
        |before: &str| before.ends_with(|c: char| c.is_alphanumeric() || "/.-_~$}".contains(c));
    text.match_indices(&folder)
        .any(|(at, _)| !inside_a_path(&text[..at]))
}

#[test]
fn no_file_names_the_machine_it_was_written_on() -> Result<(), Complaints> {
    let files = texts("")?
        .into_iter()
        .filter(|file| names_the_machine(&file.text));
    none(
        files
            .map(|file| format!("{} names a folder of a machine", file.path))
            .collect(),
    )
}

#[test]
fn machine_paths_are_told_from_others() {
    let path = ["/wo", "rk/main"].concat();
    assert!(names_the_machine(&path) && names_the_machine(&format!("see `{path}`")));
    assert!(!names_the_machine(&format!("https://example.org{path}")));
    assert!(!names_the_machine("home/work and/or"));
}

#[test]
fn every_measured_function_has_its_accuracy() -> Result<(), Complaints> {
    let measure = read("crates/gradus-numeric/examples/measure/main.rs")?;
    none(accuracy::missing(&measure, &read("docs/accuracy.md")?))
}

#[test]
fn the_page_on_accuracy_is_that_of_the_present_code() -> Result<(), Complaints> {
    let needed = [
        "crates/gradus-numeric/src/functions",
        "crates/gradus-numeric/src/scalars",
        "crates/gradus-numeric/src/scalars/single.rs",
        "crates/gradus-numeric/examples/measure/main.rs",
        "crates/gradus-numeric/examples/measure/sweep.rs",
        "tools/accuracy/table.py",
    ];
    none(accuracy::stale(
        &read("docs/accuracy.md")?,
        &texts("")?,
        &needed,
    ))
}

#[test]
fn budgets_of_the_golden_tables_are_those_of_the_page() -> Result<(), Complaints> {
    let golden = read("crates/gradus-numeric/tests/golden.rs")?;
    none(accuracy::disagreeing(&golden, &read("docs/accuracy.md")?))
}

#[test]
fn documented_bounds_are_not_below_the_page_on_accuracy() -> Result<(), Complaints> {
    let page = read("docs/accuracy.md")?;
    let files = texts("crates/gradus-numeric/src")?;
    none(
        files
            .iter()
            .flat_map(|file| accuracy::exceeded(&file.text, &page))
            .collect(),
    )
}

#[test]
fn golden_tables_are_those_of_the_present_scripts() -> Result<(), Complaints> {
    none(golden::check(&texts("crates")?))
}

#[test]
fn the_worst_points_stand_in_the_golden_tables() -> Result<(), Complaints> {
    let folder = "crates/gradus-numeric/tests/golden";
    let worst = read(&format!("{folder}/worst.csv"))?;
    none(golden::missing(&worst, |name| {
        read(&format!("{folder}/{name}.csv"))
    }))
}

#[test]
fn every_law_of_linear_algebra_has_a_bug_that_fits_the_code() -> Result<(), Complaints> {
    let table = read("tools/planted/bugs.txt")?;
    let mut known = tests("crates")?;
    known.extend(tests("tests")?); // the bridges
    let mut wrong = planted::check(&table, &known, read);
    let files = [texts("crates")?, texts("tests")?].concat();
    let of_laws = files.iter().filter(|file| file.path.contains("tests/"));
    wrong.extend(planted::doubled(
        &table,
        of_laws.flat_map(|file| laws::tests(&file.text)),
    ));
    none(wrong)
}

#[test]
fn every_vectorized_closure_is_inlined() -> Result<(), Complaints> {
    let mut files = texts("crates")?;
    files.retain(|file| is(&file.path, "rs"));
    none(vectorized::check(&files))
}
