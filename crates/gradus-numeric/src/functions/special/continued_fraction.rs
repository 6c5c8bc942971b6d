//! Continued fractions.

/// $`\cfrac{1}{\beta_0 + \cfrac{\alpha_1}{\beta_1 + \cfrac{\alpha_2}{\beta_2 + \cdots}}}`$ from $`\beta_0`$ and
/// $`n \mapsto (\alpha_n, \beta_n)`$, by Steed's algorithm: the sum of the differences of the convergents,
///
/// ```math
/// D_0 = \Delta_0 = \frac{1}{\beta_0}, \qquad
/// D_n = \frac{1}{\beta_n + \alpha_n D_{n - 1}}, \qquad
/// \Delta_n = -\alpha_n D_{n - 1} D_n \, \Delta_{n - 1}
/// ```
///
/// The differences shrink, and their rounding errors with them; in a product of quotients (Lentz's algorithm) every
/// step of a hundred adds its own. NIST *Digital Library of Mathematical Functions*, §3.10(iii).
pub(super) fn fraction(first: f64, terms: impl Fn(f64) -> (f64, f64)) -> f64 {
    let mut inverse = 1.0 / first;
    let (mut sum, mut difference, mut n) = (inverse, inverse, 0.0);
    for _ in 0..MOST_STEPS {
        n += 1.0;
        let (alpha, beta) = terms(n);
        let next = 1.0 / (beta + alpha * inverse);
        difference *= -alpha * inverse * next;
        sum += difference;
        inverse = next;
        if difference.abs() <= TINY * sum {
            break;
        }
    }
    sum
}

/// The fractions of this crate need a few hundred at most.
const MOST_STEPS: usize = 5000;
/// Differences below are not seen.
const TINY: f64 = f64::EPSILON / 4.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_golden_ratio_and_a_tangent() {
        let golden = (5.0_f64.sqrt() - 1.0) / 2.0; // 1 / (1 + 1 / (1 + ...))
        assert!((fraction(1.0, |_| (1.0, 1.0)) - golden).abs() <= f64::EPSILON);
        let tangent = fraction(1.0, |n| (-1.0, 2.0 * n + 1.0)); // tan 1, DLMF 4.25.1
        assert!((tangent - 1.0_f64.tan()).abs() <= 2.0 * f64::EPSILON);
    }

    #[test]
    fn a_fraction_that_ends() {
        assert_eq!(fraction(4.0, |_| (0.0, 1.0)), 0.25);
    }
}
