//! Numbers and vectors as one writes them by hand.

/// 1000, -0.25, 1.5e-9, ∞, NaN: six digits at most, and all of a whole number.
pub(crate) fn number(x: f64) -> String {
    if x.is_nan() {
        return "NaN".into();
    }
    if x.is_infinite() {
        return if x > 0.0 { "∞" } else { "-∞" }.into();
    }
    if x != 0.0 && !(1e-4..1e7).contains(&x.abs()) {
        let text = format!("{x:.5e}");
        let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
        let whole = x.fract() == 0.0 && x.abs() < 1e15;
        if whole && text.parse() != Ok(x) {
            return format!("{x}");
        }
        return format!("{}e{power}", trimmed(digits));
    }
    if x == 0.0 {
        return "0".into(); // without the sign of -0
    }
    trimmed(&format!("{x:.6}")).to_owned()
}

/// Two numbers with as many digits as it takes to tell them apart.
pub(crate) fn apart(x: f64, y: f64) -> (String, String) {
    let short = (number(x), number(y));
    if short.0 == short.1 {
        (format!("{x:?}"), format!("{y:?}"))
    } else {
        short
    }
}

/// `[1, -0.5]`.
pub(crate) fn vector(x: &[f64]) -> String {
    let entries: Vec<String> = x.iter().map(|&x| number(x)).collect();
    format!("[{}]", entries.join(", "))
}

/// `[[1, 2], [3, 4]]`.
pub(crate) fn rows(a: &[Vec<f64>]) -> String {
    let rows: Vec<String> = a.iter().map(|row| vector(row)).collect();
    format!("[{}]", rows.join(", "))
}

/// Without zeros at the end of a fraction.
fn trimmed(digits: &str) -> &str {
    if digits.contains('.') {
        digits.trim_end_matches('0').trim_end_matches('.')
    } else {
        digits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let written = vector(&[1000.0, -0.25, 1.5e-9, f64::INFINITY, f64::NAN, 0.1 + 0.2]);
        assert_eq!(written, "[1000, -0.25, 1.5e-9, ∞, NaN, 0.3]");
        let whole = vector(&[-0.0, 1e9, 1e9 + 2.0, 1e16]);
        assert_eq!(whole, "[0, 1e9, 1000000002, 1e16]");
        assert_eq!(rows(&[vec![1.0], vec![2.0]]), "[[1], [2]]");
    }

    #[test]
    fn different_numbers_look_different() {
        let (x, y) = apart(0.3, 0.1 + 0.2);
        assert_eq!((x.as_str(), y.as_str()), ("0.3", "0.30000000000000004"));
    }
}
