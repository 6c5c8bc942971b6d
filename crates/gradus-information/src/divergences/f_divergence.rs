//! All divergences of one form: by a convex function of the ratio.

use super::pairs::pairs;
use crate::error::InformationError;
use gradus_numeric::{CompensatedSum, Simplex};

/// The f-divergence of q from p with a convex generator f, $`f(1) = 0`$.
///
/// ```math
/// D_f(p \parallel q) = \sum_{i=1}^{n} q_i \, f \Bigl( \frac{p_i}{q_i} \Bigr), \qquad
/// 0 \, f \bigl( \tfrac{p_i}{0} \bigr) = p_i \lim_{t \to \infty} \frac{f(t)}{t}
/// ```
///
/// where `slope_at_infinity` is that limit. Every such divergence is non-negative, jointly convex, and falls when both
/// distributions go through the same channel:
///
/// | divergence | $`f(t)`$ | slope at ∞ |
/// |---|---|---|
/// | [`kl_divergence`](crate::kl_divergence) | $`t \ln t - t + 1`$ | ∞ |
/// | the same the other way round | $`-\ln t + t - 1`$ | 1 |
/// | [`total_variation`](crate::total_variation) | $`\tfrac12 \lvert t - 1 \rvert`$ | ½ |
/// | [`hellinger`](crate::hellinger) squared | $`\tfrac12 (\sqrt t - 1)^2`$ | ½ |
/// | [`chi_squared_divergence`](crate::chi_squared_divergence) | $`(t - 1)^2`$ | ∞ |
///
/// # Shapes
///
/// `p: n`, `q: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the divergences of the table | `generators_give_their_divergences` |
/// | processing both loses divergence | `processing_loses_divergence` |
///
/// # Numerics
///
/// A compensated sum of the values of f; the functions with names of their own keep more digits between almost equal
/// distributions. A ratio that overflows counts as infinite.
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] if `p` and `q` differ in length, [`InformationError::InvalidGenerator`] unless
/// $`f(1) = 0`$, or if a value of f that is needed is NaN.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, f_divergence};
///
/// let fair = Simplex::new(vec![0.5, 0.5])?;
/// let sure = Simplex::new(vec![1.0, 0.0])?;
/// let variation = |t: f64| 0.5 * (t - 1.0).abs();
/// assert_eq!(f_divergence(&sure, &fair, variation, 0.5)?, 0.5);
/// assert_eq!(f_divergence(&fair, &sure, variation, 0.5)?, 0.5);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// I. Csiszár, *Eine informationstheoretische Ungleichung*, Publ. Math. Inst. Hungar. Acad. Sci. 8 (1963), 85–108; F. Liese and
/// I. Vajda, *On divergences and informations in statistics and information theory*, IEEE Trans. Inform. Theory 52 (2006).
pub fn f_divergence(
    p: &Simplex,
    q: &Simplex,
    generator: impl Fn(f64) -> f64,
    slope_at_infinity: f64,
) -> Result<f64, InformationError> {
    let pairs = pairs(p, q)?;
    check(1.0, generator(1.0), generator(1.0) == 0.0)?;
    let mut sum = CompensatedSum::default();
    for (&p, &q) in pairs {
        let ratio = p / q;
        let term = if p == 0.0 && q == 0.0 {
            0.0
        } else if ratio == f64::INFINITY {
            p * slope_at_infinity
        } else {
            q * generator(ratio)
        };
        check(ratio, term, !term.is_nan())?;
        sum.add(term);
    }
    let value = sum.value();
    check(f64::INFINITY, value, !value.is_nan())?;
    Ok(value.max(0.0))
}

fn check(ratio: f64, value: f64, holds: bool) -> Result<(), InformationError> {
    if holds {
        Ok(())
    } else {
        Err(InformationError::InvalidGenerator { ratio, value })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn generators_that_are_none_are_errors() {
        let p = Simplex::new(vec![0.25, 0.75]).unwrap();
        let error = InformationError::InvalidGenerator {
            ratio: 1.0,
            value: 1.0,
        };
        assert_eq!(f_divergence(&p, &p, |t| t, 1.0), Err(error));
        let q = Simplex::new(vec![0.5, 0.5]).unwrap();
        let hole = |t: f64| if t == 1.0 { 0.0 } else { f64::NAN };
        assert!(f_divergence(&p, &q, hole, 0.0).is_err());
    }
}
