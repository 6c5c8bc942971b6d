//! The table of planted bugs is that of the present code: `tools/planted/plant` can plant each and run its law.

use std::collections::{BTreeMap, BTreeSet};

/// The laws of linear algebra are LA1, …, LA52.
const LAWS: usize = 52;

/// The lines `key: value` of one block.
type Block = BTreeMap<String, String>;

/// What is wrong with the table: laws without a bug, tests that are none, code that is not found exactly once.
pub(crate) fn check(
    table: &str,
    tests: &BTreeSet<String>,
    read: impl Fn(&str) -> Result<String, String>,
) -> Vec<String> {
    let mut wrong = Vec::new();
    let (mut law, mut seen) = (String::new(), BTreeSet::new());
    for block in blocks(table) {
        if let Some(name) = block.get("law") {
            law.clone_from(name);
            if !block.contains_key("says") {
                wrong.push(format!("{law} says nothing"));
            }
            continue;
        }
        seen.insert(law.clone());
        wrong.extend(
            complaints(&block, tests, &read).map(|complaint| format!("{law}: {complaint}")),
        );
    }
    let all = (1..=LAWS).map(|k| format!("LA{k}"));
    wrong.extend(
        all.filter(|law| !seen.contains(law))
            .map(|law| format!("{law} has no planted bug")),
    );
    wrong
}

/// Tests of the table whose name another test has, too: which one shall see the bug?
pub(crate) fn doubled(table: &str, tests: impl Iterator<Item = String>) -> Vec<String> {
    let blocks = blocks(table);
    let planted: BTreeSet<&String> = blocks.iter().filter_map(|bug| bug.get("test")).collect();
    let mut seen = BTreeSet::new();
    tests
        .filter(|name| planted.contains(name) && !seen.insert(name.clone()))
        .map(|name| format!("two tests are named {name}"))
        .collect()
}

/// What is wrong with one bug.
fn complaints(
    bug: &Block,
    tests: &BTreeSet<String>,
    read: impl Fn(&str) -> Result<String, String>,
) -> impl Iterator<Item = String> {
    let get = |key: &str| bug.get(key).map(String::as_str).unwrap_or_default();
    let known = ["test", "file", "code", "planted", "wrong"];
    let mut wrong = Vec::new();
    if !bug.keys().eq(&BTreeSet::from(known.map(str::to_owned))) {
        wrong.push(format!("not {known:?} but {:?}", bug.keys()));
    }
    if !tests.contains(get("test")) {
        wrong.push(format!("no test {}", get("test")));
    }
    let code = in_one_line(get("code"));
    if code == in_one_line(get("planted")) {
        wrong.push(format!("nothing is planted for {code}"));
    }
    match read(get("file")) {
        Ok(text) => {
            let count = in_one_line(&text).matches(&code).count();
            if count != 1 {
                wrong.push(format!("found {count} times in {}: {code}", get("file")));
            }
        }
        Err(error) => wrong.push(error),
    }
    wrong.into_iter()
}

/// The blocks. A blank line ends one, and `law` and `test` begin one; an indented line goes on with the value, `#` starts a
/// comment.
fn blocks(table: &str) -> Vec<Block> {
    let (mut blocks, mut key) = (vec![Block::new()], String::new());
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        if ["law: ", "test: "]
            .iter()
            .any(|first| line.starts_with(first))
        {
            blocks.push(Block::new());
        }
        let Some(block) = blocks.last_mut() else {
            break;
        };
        if line.trim().is_empty() {
            blocks.push(Block::new());
        } else if line.starts_with(' ') {
            let value = block.entry(key.clone()).or_default();
            *value += " ";
            *value += line.trim();
        } else {
            let (name, value) = line.split_once(": ").unwrap_or((line, ""));
            name.clone_into(&mut key);
            block.insert(key.clone(), value.trim().to_owned());
        }
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// However it was broken into lines.
fn in_one_line(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn tables_that_do_not_fit_are_found() {
    let tests = BTreeSet::from(["a_is_a".to_owned()]);
    let read = |path: &str| match path {
        "a.rs" => Ok("fn f() { a(\n    b,\n    c) + d; e + e }".to_owned()),
        _ => Err(format!("no file {path}")),
    };
    let bug = |test: &str, file: &str, code: &str, planted: &str| {
        format!("test: {test}\nfile: {file}\ncode: {code}\nplanted: {planted}\nwrong: words\n")
    };
    let check = |bug: String| {
        let laws = (2..=LAWS).map(|k| {
            let bug = "test: a_is_a\nfile: a.rs\ncode: + d\nplanted: - d\nwrong: words\n";
            format!("law: LA{k}\nsays: words\n\n{bug}\n")
        });
        let table = format!(
            "# Words.\n\nlaw: LA1\nsays: words\n\n{bug}\n{}",
            laws.collect::<String>()
        );
        check(&table, &tests, read)
    };
    assert!(check(bug("a_is_a", "a.rs", "a( b,\n  c)", "a(b, d)")).is_empty());
    assert_eq!(
        check(bug("a_is_b", "a.rs", "+ d", "- d")),
        ["LA1: no test a_is_b"]
    );
    assert_eq!(
        check(bug("a_is_a", "b.rs", "+ d", "- d")),
        ["LA1: no file b.rs"]
    );
    assert_eq!(
        check(bug("a_is_a", "a.rs", "e", "d")),
        ["LA1: found 2 times in a.rs: e"]
    );
    assert_eq!(
        check(bug("a_is_a", "a.rs", "+ d", "+\n  d")),
        ["LA1: nothing is planted for + d"]
    );
    assert_eq!(check(String::new()), ["LA1 has no planted bug"]);
    assert_eq!(check("code: + d\n".into()).len(), 3);
    let two = bug("a_is_a", "a.rs", "+ d", "- d") + &bug("a_is_b", "a.rs", "+ d", "- d");
    assert_eq!(check(two), ["LA1: no test a_is_b"]); // without a blank line between them, too
    let table = bug("a_is_a", "a.rs", "+ d", "- d");
    let named = |names: &[&str]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        doubled(&table, names.into_iter())
    };
    assert!(named(&["a_is_a", "a_is_b", "a_is_b"]).is_empty());
    assert_eq!(named(&["a_is_a", "a_is_a"]), ["two tests are named a_is_a"]);
}
