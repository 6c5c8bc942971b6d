//! Plain words: the table in CONTRIBUTING.md names what documentation and messages do without.

use crate::files::is;
use crate::markdown::{code_spans, lines, table};

/// Words that are refused, each with what to write instead and the phrases in which it may stand.
pub(crate) struct Refused {
    words: Vec<String>,
    instead: String,
    phrases: Vec<String>,
}

/// The table of words.
pub(crate) fn refused(contributing: &str) -> Result<Vec<Refused>, String> {
    let rows = table(contributing, &["Not", "But", "Except in"])?;
    let rows = rows.into_iter().map(|cells| Refused {
        words: code_spans(&cells[0]),
        instead: cells[1].clone(), // `table` gives rows as long as the head
        phrases: code_spans(&cells[2]),
    });
    Ok(rows.collect())
}

/// Refused words in the documentation and the error messages of a file.
pub(crate) fn check(path: &str, text: &str, refused: &[Refused]) -> Vec<String> {
    let mut wrong = Vec::new();
    for (line, paragraph) in paragraphs(path, text) {
        for it in refused {
            let plain = it
                .phrases
                .iter()
                .fold(paragraph.clone(), |text, phrase| text.replace(phrase, ""));
            let words = plain.split(|c: char| !(c.is_alphanumeric() || c == '_'));
            let found = words.filter(|word| it.words.iter().any(|other| other == word));
            wrong.extend(
                found.map(|word| format!("{path}:{line}: not “{word}” but {}", it.instead)),
            );
        }
    }
    wrong
}

/// Paragraphs in lower case without code and formulas, each with the number of its first line.
fn paragraphs(path: &str, text: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let (mut open, mut fenced) = (false, false);
    for (number, line) in lines(path, text).into_iter().enumerate() {
        let line = line.unwrap_or_default();
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            open = false;
        } else if fenced || line.trim().is_empty() {
            open = false;
        } else if let Some((_, paragraph)) = found.last_mut().filter(|_| open) {
            *paragraph += " ";
            *paragraph += line.trim();
        } else {
            found.push((number + 1, line.trim().to_owned()));
            open = true;
        }
    }
    if is(path, "rs") {
        found.extend(messages(text));
    }
    let plain = |text: String| -> String {
        let outside_of_code = text.split('`').step_by(2);
        outside_of_code.collect::<Vec<_>>().join(" ").to_lowercase()
    };
    found
        .into_iter()
        .map(|(number, text)| (number, plain(text)))
        .collect()
}

/// The texts of `#[error("…")]`.
fn messages(text: &str) -> Vec<(usize, String)> {
    let attribute = "#[error(";
    let at = text.match_indices(attribute);
    let quoted = at.filter_map(|(at, _)| {
        let message = text[at + attribute.len()..]
            .trim_start()
            .strip_prefix('"')?;
        let number = text[..at].lines().count();
        // What stands between braces is code.
        let parts = message.split('"').next()?.split(['{', '}']).step_by(2);
        Some((number, parts.collect::<Vec<_>>().join(" ")))
    });
    quoted.collect()
}

#[test]
fn refused_words_are_found_outside_of_code() -> Result<(), String> {
    let page = "| Not | But | Except in |\n|---|---|---|\n| `least` | smallest | `at least`, `least squares` |\n| `lest`, `nought` | zero | |\n";
    let refused = refused(page)?;
    let count = |path: &str, text: &str| check(path, text, &refused).len();
    assert_eq!(
        check("a.md", "The least of all.", &refused),
        ["a.md:1: not “least” but smallest"]
    );
    assert_eq!(
        count(
            "a.md",
            "At least two, by least\nsquares, `least`.\n\n```\nleast\n```\n"
        ),
        0
    );
    assert_eq!(count("a.md", "Nought. Lest"), 2);
    assert_eq!(count("a.rs", "/// The least.\nfn least() {} // least\n"), 1);
    assert_eq!(count("a.rs", "#[error(\"the least is {least}\")]\nA,\n"), 1);
    assert_eq!(count("a.rs", "#[error(\n    \"at least {n}\"\n)]\nB,\n"), 0);
    Ok(())
}
