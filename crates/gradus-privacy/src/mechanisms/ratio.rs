//! A privacy loss as a ratio of two integers: every floating-point number is one.

use crate::error::PrivacyError;
use gradus_numeric::ldexp;

/// $`\text{over} / \text{under}`$ in lowest terms, `under` a power of two.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Ratio {
    pub(crate) over: u128,
    pub(crate) under: u128,
}

impl Ratio {
    /// The exact value of ε; at most 63 bits over at most 73 bits.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a whole number below 2^64"
    )]
    pub(crate) fn of(epsilon: f64) -> Result<Self, PrivacyError> {
        if !(SMALLEST..=LARGEST).contains(&epsilon) {
            return Err(PrivacyError::EpsilonOutOfRange { epsilon });
        }
        // The first power of two that makes it whole: at most 52 + 20 of them.
        let whole = (0..=72_u8).find(|&k| ldexp(epsilon, i32::from(k)).fract() == 0.0);
        let power = whole.unwrap_or(72);
        Ok(Self {
            over: u128::from(ldexp(epsilon, i32::from(power)) as u64),
            under: 1 << power,
        })
    }
}

const SMALLEST: f64 = 1.0 / 1048576.0;
const LARGEST: f64 = 1024.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_number_is_a_ratio() {
        let of = |epsilon| Ratio::of(epsilon).map(|r| (r.over, r.under));
        assert_eq!(of(0.75), Ok((3, 4)));
        assert_eq!(of(1024.0), Ok((1024, 1)));
        assert_eq!(of(0.1), Ok((3602879701896397, 1 << 55))); // as printed by any exact calculator
        let last = SMALLEST.next_up();
        assert_eq!(of(last), Ok(((1 << 52) + 1, 1 << 72)));
        for epsilon in [0.0, SMALLEST.next_down(), LARGEST.next_up(), f64::NAN] {
            assert!(of(epsilon).is_err(), "{epsilon}");
        }
    }
}
