//! Where an axis is marked, and with which words.

/// At most `most` round numbers between `low` and `high`: multiples of 1, 2 or 5 times a power of ten.
pub(crate) fn ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let rough = (high - low) / most.max(1) as f64;
    if !(rough > 0.0 && rough.is_finite()) {
        return Vec::new();
    }
    let power = 10_f64.powf(rough.log10().floor());
    let step = [1.0, 2.0, 5.0, 10.0]
        .map(|m| m * power)
        .into_iter()
        .find(|&step| step >= rough)
        .unwrap_or(power);
    // A hair of tolerance, so that an end that is a round number is marked.
    let first = ((low / step) - 1e-9).ceil();
    (0..=most)
        .map(|i| (first + i as f64) * step)
        .take_while(|&x| x <= high + 1e-9 * step)
        .map(|x| if x.abs() < 1e-9 * step { 0.0 } else { x })
        .collect()
}

/// Round numbers between two positive ends for a logarithmic axis.
pub(crate) fn log_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    let (first, last) = (low.log10().floor(), high.log10().ceil());
    let decades = last - first;
    let factors: &[f64] = if decades * 3.0 <= most as f64 {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0]
    };
    let stride = (decades / most.max(1) as f64).ceil().max(1.0);
    let marks: Vec<f64> = (0..=most)
        .map(|i| 10_f64.powf(first + i as f64 * stride))
        .flat_map(|power| factors.iter().map(move |m| m * power))
        .filter(|&x| x >= low * (1.0 - 1e-9) && x <= high * (1.0 + 1e-9))
        .collect();
    if marks.len() < 2 {
        ticks(low, high, most)
    } else {
        marks
    }
}

/// The words for marks in rising order: as few digits as tell each from its neighbors, and where it is between them.
///
/// Plain numbers where they are short, powers of ten where these are shorter.
pub(crate) fn labels(marks: &[f64]) -> Vec<String> {
    let plain = |digits| move |x: f64| trimmed(&format!("{x:.digits$}"), "");
    let powers = |digits| {
        move |x: f64| {
            let text = format!("{x:.digits$e}");
            let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
            let power = if exponent == "0" {
                String::new()
            } else {
                format!("e{exponent}")
            };
            trimmed(mantissa, &power)
        }
    };
    let sizes = || marks.iter().map(|x| x.abs()).filter(|&size| size > 0.0);
    let usual = sizes().all(|size| (1e-3..1e6).contains(&size));
    let plain = (0..=DIGITS).map(|digits| written(marks, plain(digits)));
    let powers = (0..=DIGITS).map(|digits| written(marks, powers(digits)));
    let enough = |labels: &Vec<String>| tell_apart(marks, labels);
    // 400 digits are no label: outside of the usual sizes plain numbers are not even tried.
    let plain = if sizes().all(|size| (1e-12..1e12).contains(&size)) {
        plain.into_iter().find(enough)
    } else {
        None
    };
    let powers = powers.into_iter().find(enough);
    match (plain, powers) {
        (Some(plain), Some(powers)) if usual || longest(&plain) <= longest(&powers) => plain,
        (_, Some(powers)) => powers,
        (Some(plain), None) => plain,
        (None, None) => marks.iter().map(f64::to_string).collect(),
    }
}

/// How many characters the longest label has.
pub(crate) fn longest(labels: &[String]) -> usize {
    let lengths = labels.iter().map(|label| label.chars().count());
    lengths.max().unwrap_or(0)
}

fn written(marks: &[f64], word: impl Fn(f64) -> String) -> Vec<String> {
    marks.iter().map(|&x| word(x)).collect()
}

/// Whether every label is nearer to its mark than a hundredth of the way to the next one.
fn tell_apart(marks: &[f64], labels: &[String]) -> bool {
    marks.iter().zip(labels).enumerate().all(|(i, (x, label))| {
        let others = marks.iter().enumerate().filter(|&(j, _)| j != i);
        let gap = others
            .map(|(_, other)| (other - x).abs())
            .fold(x.abs(), f64::min);
        let value: f64 = label.parse().unwrap_or(f64::NAN);
        (value - x).abs() <= 0.01 * gap
    })
}

/// A number without zeros at the end of its fraction, and without a minus before nothing.
fn trimmed(number: &str, power: &str) -> String {
    let number = if number.contains('.') {
        number.trim_end_matches('0').trim_end_matches('.')
    } else {
        number
    };
    if number == "0" || number == "-0" {
        return "0".into();
    }
    format!("{number}{power}")
}

/// More digits than a double has.
const DIGITS: usize = 17;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        assert_eq!(
            ticks(0.0, 1.0, 5),
            [0.0, 0.2, 0.4, 0.6000000000000001, 0.8, 1.0]
        );
        assert_eq!(ticks(-3.0, 9.0, 4), [0.0, 5.0]);
        assert_eq!(ticks(1e-300, 5e-300, 5).len(), 5);
        assert_eq!(ticks(-1e300, 1e300, 4).len(), 5);
        assert!(ticks(1.0, 1.0, 5).is_empty());
        assert!(ticks(f64::NAN, 1.0, 5).is_empty());
    }

    #[test]
    fn log_ticks_are_decades_or_finer() {
        let close = |a: Vec<f64>, b: &[f64]| {
            assert_eq!(a.len(), b.len(), "{a:?}");
            assert!(
                a.iter().zip(b).all(|(a, b)| (a / b - 1.0).abs() < 1e-12),
                "{a:?}"
            );
        };
        close(
            log_ticks(0.01, 1.0, 6),
            &[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0],
        );
        close(log_ticks(1e-4, 1.0, 6), &[1e-4, 1e-3, 1e-2, 1e-1, 1.0]);
        close(
            log_ticks(1e-20, 1.0, 5),
            &[1e-20, 1e-16, 1e-12, 1e-8, 1e-4, 1.0],
        );
        close(log_ticks(0.91, 0.97, 3), &[0.92, 0.94, 0.96]);
    }

    #[test]
    fn labels_have_the_digits_that_tell_them_apart() {
        assert_eq!(
            labels(&ticks(0.0, 1.0, 5)),
            ["0", "0.2", "0.4", "0.6", "0.8", "1"]
        );
        assert_eq!(
            labels(&ticks(0.99909, 0.99951, 5)),
            ["0.9991", "0.9992", "0.9993", "0.9994", "0.9995"]
        );
        assert_eq!(
            labels(&ticks(1000.09, 1000.31, 5)),
            ["1000.1", "1000.15", "1000.2", "1000.25", "1000.3"]
        );
        assert_eq!(labels(&[-2.5, -0.0, 2.5]), ["-2.5", "0", "2.5"]);
        assert_eq!(labels(&[1e-10, 2e-10]), ["1e-10", "2e-10"]);
        assert_eq!(labels(&[1e8, 1e8 + 0.01]), ["100000000", "100000000.01"]);
        assert_eq!(labels(&[1e6, 1.5e6, 2e6]), ["1e6", "1.5e6", "2e6"]);
        assert_eq!(
            labels(&[0.001, 0.1, 10.0, 1000.0]),
            ["0.001", "0.1", "10", "1000"]
        );
        assert_eq!(labels(&[-1e300, 0.0, 1e300]), ["-1e300", "0", "1e300"]);
        assert_eq!(labels(&[1234.0]), ["1234"]);
        assert!(labels(&[]).is_empty());
    }
}
