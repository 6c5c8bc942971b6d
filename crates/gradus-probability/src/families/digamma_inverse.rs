//! Where the digamma function has a given value.

use gradus_numeric::{digamma, trigamma};

/// The positive a with $`\psi(a) = y`$, for a finite y: Newton's steps from Minka's start. For y above 709 it is infinite.
///
/// T. P. Minka, *Estimating a Dirichlet distribution* (2000), appendix C: $`\psi(a) \approx \ln(a - \tfrac12)`$ for large a, and
/// $`\psi(a) \approx -1/a - \gamma`$ for small.
pub(crate) fn digamma_inverse(y: f64) -> f64 {
    let mut a = if y >= MIDDLE {
        y.exp() + 0.5
    } else {
        -1.0 / (y + EULER)
    };
    for _ in 0..STEPS {
        let step = (digamma(a) - y) / trigamma(a);
        // ψ is concave: a step from the right may lead too far to the left
        let next = (a - step).max(0.5 * a);
        let settled = (next - a).abs() <= 2.0 * f64::EPSILON * a;
        a = next;
        if settled || !a.is_finite() {
            break;
        }
    }
    a
}

/// Where the two approximations are equally good.
const MIDDLE: f64 = -2.22;

/// $`\gamma`$, minus the digamma of 1.
const EULER: f64 = 0.577_215_664_901_532_9;

/// Four are usual.
const STEPS: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_undoes_the_digamma_function() {
        for a in [1e-300, 1e-8, 0.3, 1.0, 1.46, 7.0, 1e5, 1e300] {
            let found = digamma_inverse(digamma(a));
            // ψ of a large a is its logarithm, whose last digit is many of a
            let condition = 1.0 + digamma(a).abs() / (a * trigamma(a));
            assert!(
                (found / a - 1.0).abs() <= 4.0 * f64::EPSILON * condition,
                "{a}"
            );
        }
        assert!((digamma_inverse(-EULER) - 1.0).abs() < 1e-15);
        assert_eq!(digamma_inverse(710.0), f64::INFINITY);
    }
}
