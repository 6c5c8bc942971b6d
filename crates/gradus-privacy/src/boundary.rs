//! Where a condition begins to hold.

/// The smallest number from which a condition holds, between one where it does not and one where it does.
///
/// Halves the interval until no number lies between its ends; where rounding makes the condition flicker, one of the
/// numbers there. The result satisfies it.
pub(crate) fn boundary(mut fails: f64, mut holds: f64, condition: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = f64::midpoint(fails, holds);
        if middle <= fails.min(holds) || middle >= fails.max(holds) {
            return holds;
        }
        if condition(middle) {
            holds = middle;
        } else {
            fails = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::boundary;

    #[test]
    fn the_last_bit_is_found() {
        assert_eq!(boundary(0.0, 2.0, |x| x * x >= 2.0), 2.0_f64.sqrt());
        assert_eq!(boundary(8.0, 0.0, |x| x <= 3.0), 3.0); // from above
        assert_eq!(boundary(0.0, 1.0, |x| x > 0.0), f64::from_bits(1));
    }
}
