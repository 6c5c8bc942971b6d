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

/// A number in few characters: three digits, without zeros at the end.
pub(crate) fn short(x: f64) -> String {
    let size = x.abs();
    if x == 0.0 {
        "0".into()
    } else if (1e-3..1e6).contains(&size) {
        let decimals = [100.0, 10.0, 1.0, 0.1, 0.01]
            .iter()
            .filter(|&&limit| size < limit)
            .count();
        let text = format!("{x:.decimals$}");
        trim_zeros(&text).to_owned()
    } else {
        let text = format!("{x:.2e}");
        let (digits, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        format!("{}e{exponent}", trim_zeros(digits))
    }
}

fn trim_zeros(text: &str) -> &str {
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.')
    } else {
        text
    }
}

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
    fn numbers_are_short() {
        let pairs = [
            (0.0, "0"),
            (-0.0, "0"),
            (0.5, "0.5"),
            (0.6000000000000001, "0.6"),
            (1234.0, "1234"),
            (-2.5, "-2.5"),
        ];
        for (x, text) in pairs {
            assert_eq!(short(x), text);
        }
        assert_eq!(short(0.001), "0.001");
        assert_eq!(short(1e-10), "1e-10");
        assert_eq!(short(-1.234e300), "-1.23e300");
    }
}
