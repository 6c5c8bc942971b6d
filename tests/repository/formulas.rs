//! Formulas in documentation: what opens closes.

use crate::markdown::lines;

/// What is wrong with the formulas of a file.
pub(crate) fn check(path: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut fence: Option<(String, String)> = None; // what opened it, and its text
    let mut paragraph = String::new();
    for (number, line) in lines(path, text).into_iter().enumerate() {
        let mut complain = |what: String| wrong.push(format!("{path}:{}: {what}", number + 1));
        let line = line.unwrap_or_default();
        let mark = line.trim_start();
        match fence.take() {
            Some((open, inside)) if is_end(&open, mark) => {
                if open.ends_with("math") {
                    balance(&inside).err().into_iter().for_each(&mut complain);
                }
            }
            Some((open, inside)) => fence = Some((open, format!("{inside}{line}\n"))),
            None if mark.starts_with("```") => {
                fence = Some((mark.trim_end().into(), String::new()));
            }
            None if mark.is_empty() => {
                inline(&paragraph).into_iter().for_each(&mut complain);
                paragraph.clear();
            }
            None => {
                paragraph.push_str(line);
                paragraph.push('\n');
            }
        }
    }
    wrong.extend(
        inline(&paragraph)
            .into_iter()
            .map(|what| format!("{path}: {what}")),
    );
    wrong.extend(fence.map(|(open, _)| format!("{path}: {open} is never closed")));
    wrong
}

/// Whether a line closes the fence that `open` opened: as many backticks, and nothing else.
fn is_end(open: &str, line: &str) -> bool {
    let ticks = open.len() - open.trim_start_matches('`').len();
    line.trim_end().len() >= ticks && line.trim_end().chars().all(|c| c == '`')
}

/// What is wrong with the inline formulas of a paragraph.
fn inline(paragraph: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut rest = paragraph;
    while let Some((_, after)) = rest.split_once("$`") {
        let Some((formula, next)) = after.split_once("`$") else {
            wrong.push(format!(
                "a formula is never closed: {}",
                after.lines().next().unwrap_or_default()
            ));
            break;
        };
        wrong.extend(balance(formula).err());
        rest = next;
    }
    wrong
}

/// `Err` unless braces, `\left` and `\right`, `\begin` and `\end` pair up.
pub(crate) fn balance(formula: &str) -> Result<(), String> {
    let mut open: Vec<String> = Vec::new();
    let mut rest = formula;
    while let Some(at) = rest.find(['\\', '{', '}']) {
        let (token, after) = token(&rest[at..]);
        let environment = after
            .split_once('}')
            .map(|(name, _)| name.trim_start_matches('{'));
        let expected = match token {
            "{" | "\\left" => {
                open.push(token.into());
                None
            }
            "\\begin" => {
                open.push(format!("\\begin {}", environment.unwrap_or_default()));
                None
            }
            "}" => Some("{".to_owned()),
            "\\right" => Some("\\left".to_owned()),
            "\\end" => Some(format!("\\begin {}", environment.unwrap_or_default())),
            _ => None,
        };
        if expected.is_some() && open.pop() != expected {
            return Err(format!("{token} closes nothing in {}", formula.trim()));
        }
        rest = after;
    }
    match open.last() {
        Some(token) => Err(format!("{token} is never closed in {}", formula.trim())),
        None => Ok(()),
    }
}

/// Splits off a brace, a command or an escaped character.
fn token(text: &str) -> (&str, &str) {
    let letters = text[1..]
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(text.len() - 1);
    let next = text[1..].chars().next().map_or(0, char::len_utf8);
    let length = match text.as_bytes() {
        [b'\\', ..] if letters > 0 => 1 + letters,
        [b'\\', ..] => 1 + next,
        _ => 1,
    };
    text.split_at(length)
}

#[test]
fn balanced_formulas_pass() {
    for formula in [
        "",
        "x",
        "\\frac{a}{b}",
        "\\{ x : x > 0 \\}",
        "\\left( \\frac{1}{2} \\right)",
        "\\theta \\leftarrow \\theta - \\eta g",
        "a \\Rightarrow b \\rightarrow c",
        "\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}",
        "\\left\\{ \\begin{matrix} 1 \\end{matrix} \\right.",
        "\\",
        "π \\,π",
    ] {
        assert_eq!(balance(formula), Ok(()), "{formula}");
    }
}

#[test]
fn unbalanced_formulas_are_found() {
    for formula in [
        "\\frac{a}{b",
        "a}",
        "\\{ x }",
        "\\left( x",
        "x \\right)",
        "\\left( { \\right) }",
        "\\begin{aligned} a",
        "a \\end{aligned}",
        "\\begin{aligned} a \\end{matrix}",
    ] {
        assert!(balance(formula).is_err(), "{formula}");
    }
}

#[test]
fn formulas_are_found_in_comments() {
    assert_eq!(check("a.rs", "/// $`{`$\nfn a() {}\n").len(), 1);
    assert_eq!(
        check("a.rs", "/// ```math\n/// {\n/// ```\nfn a() {}\n").len(),
        1
    );
    assert_eq!(check("a.rs", "/// a $`x\n///\n/// y`$\n").len(), 1);
    assert_eq!(
        check(
            "a.rs",
            "/// a $`x\n/// y`$\n/// ```\n/// let s = \"{\"; // $`{`$\n/// ```\n"
        )
        .len(),
        0
    );
    assert_eq!(check("a.md", "```math\nx\n").len(), 1);
    assert_eq!(check("a.md", "````text\n```math\n{\n```\n````\n").len(), 0);
}
