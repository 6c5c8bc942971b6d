//! The most likely F distribution.

use super::digamma_gap::{ln_minus_digamma, trigamma_excess};
use super::fisher_f::FisherF;
use super::ln_1p_gap::gap;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Concave, Fit, maximum, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{deviance, stirling_error};

impl FisherF {
    /// The most likely F distribution: both degrees of freedom at once, by Newton's steps.
    ///
    /// With $`a = d/2`$, $`b = e/2`$, $`y = (a + b) x / (a x + b)`$ and $`v = (a + b) / (a x + b)`$ the slopes of the log-likelihood are
    ///
    /// ```math
    /// \gamma(a) - \gamma(a + b) - \overline{y - 1 - \ln y}, \qquad \gamma(b) - \gamma(a + b) - \overline{v - 1 - \ln v}, \qquad \gamma(a) = \ln a - \psi(a),
    /// ```
    ///
    /// in which nothing cancels. There is no scale to be chosen: the ratio is about 1. Standard errors come from the observed information.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an observation that is not positive and finite. [`ProbabilityError::NoMaximum`] if there are none,
    /// or if the likelihood rises with the degrees of freedom of a mean square, here beyond $`10^7`$: the data are then more like a mean square, or
    /// the reciprocal of one, than like a ratio of two; or they are all 1.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::FisherF;
    ///
    /// let ratios = [0.2, 0.5, 1.0, 2.0, 5.0]; // with each one its reciprocal
    /// let fit = FisherF::fit(&ratios)?;
    /// let (d, e) = (fit.distribution.numerator(), fit.distribution.denominator());
    /// assert!((d / e - 1.0).abs() < 1e-12); // by symmetry
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// N. L. Johnson, S. Kotz and N. Balakrishnan, *Continuous Univariate Distributions*, vol. 2, 2nd ed. (1995), ch. 27.
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let (n, _) = weighted_mean(x, weights, |x| x > 0.0)?;
        // ψ'(a) + ψ'(b) is about the variance of the logarithm: with equal shapes 1/a + 1/2a² is half of it
        let half = 0.5 * mean_of(x, weights, n, |x| x.ln().powi(2));
        let start = ((1.0 + (1.0 + 2.0 * half).sqrt()) / (2.0 * half)).ln();
        let within = |ln_shape: f64| ln_shape <= LN_MOST; // not so for NaN
        if !within(start) {
            return Err(NO_END);
        }
        let f = |at: [f64; 2]| mean_ln_likelihood(at, x, weights, n);
        let at = maximum([start; 2], f);
        if !(within(at[0]) && within(at[1])) {
            return Err(NO_END);
        }
        let [by_a, by_both, by_b] = f(at).bend;
        let determinant = n * (by_a * by_b - by_both * by_both);
        let law = Self::new(2.0 * at[0].exp(), 2.0 * at[1].exp())?;
        let errors = vec![
            law.numerator() * (by_b / determinant).sqrt(),
            law.denominator() * (by_a / determinant).sqrt(),
        ];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }
}

/// The mean log-likelihood, but for what does not depend on the shapes, as a function of their logarithms.
fn mean_ln_likelihood([ln_a, ln_b]: [f64; 2], x: &[f64], weights: &[f64], n: f64) -> Concave {
    let (a, b) = (ln_a.exp(), ln_b.exp());
    let s = a + b;
    let mean = |f: &dyn Fn(f64) -> f64| mean_of(x, weights, n, f);
    // (x − 1) / (a x + b), of which the product may overflow
    let q = |x: f64| {
        if x > 1.0 {
            (x - 1.0) / x / (a + b / x)
        } else {
            (x - 1.0) / (a * x + b)
        }
    };
    // y = (a + b) x / (a x + b) and v = y / x by a quotient of numbers of size a and b
    let of_a = mean(&|x| {
        let (quotient, part) = if x > 1.0 {
            (s / (a + b / x), 1.0)
        } else {
            (s / (a * x + b), x)
        };
        surplus(b * q(x), quotient, part)
    });
    let of_b = mean(&|x| {
        let (quotient, part) = if x > 1.0 {
            (s / (a + b / x), 1.0 / x)
        } else {
            (s / (a * x + b), 1.0)
        };
        surplus(-a * q(x), quotient, part)
    });
    let squares = mean(&|x| q(x).powi(2)) / s;
    let (gap_of_sum, bend_of_sum) = (ln_minus_digamma(s), trigamma_excess(s) / s);
    let slopes = [
        a * (ln_minus_digamma(a) - gap_of_sum - of_a),
        b * (ln_minus_digamma(b) - gap_of_sum - of_b),
    ];
    let roots = 0.5 * (ln_a + ln_b - s.ln());
    let stirling = stirling_error(s) - stirling_error(a) - stirling_error(b);
    let bend = |a: f64, b: f64| a * trigamma_excess(a) - a * a * (bend_of_sum + b * b * squares);
    Concave {
        value: roots + stirling - a * of_a - b * of_b,
        bend: [
            bend(a, b) - slopes[0],
            -a * b * (bend_of_sum - a * b * squares),
            bend(b, a) - slopes[1],
        ],
        slopes,
    }
}

/// $`y - 1 - \ln y`$ of a product, from $`y - 1`$ where that is small, by its logarithms where it underflows.
fn surplus(less_one: f64, quotient: f64, part: f64) -> f64 {
    let y = quotient * part;
    if less_one.abs() < 0.5 {
        less_one * less_one * gap(less_one)
    } else if y.is_normal() {
        deviance(1.0, y)
    } else {
        y - 1.0 - (quotient.ln() + part.ln())
    }
}

/// The logarithm of half of $`10^7`$ degrees of freedom: of more, the likelihood differs from that of a mean square that is certain in its last digits only.
const LN_MOST: f64 = 15.424_948_470_398_375;

const NO_END: ProbabilityError = ProbabilityError::NoMaximum {
    reason: "the likelihood rises with the degrees of freedom of a mean square without end",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratios_without_a_fit() {
        let refused =
            |x: &[f64]| matches!(FisherF::fit(x), Err(ProbabilityError::NoMaximum { .. }));
        assert!(refused(&[]) && refused(&[1.0, 1.0]));
        // reciprocals vary less about 1 than those of mean squares with their logarithm do
        assert!(refused(&[0.9, 1.0, 1.05, 1.1, 0.95, 1.0, 8.0_f64.recip()]));
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let fit = FisherF::fit(&[1.0, bad]);
            assert!(matches!(
                fit,
                Err(ProbabilityError::InvalidObservation { index: 1, .. })
            ));
        }
    }

    #[test]
    fn ratios_of_any_size() {
        for x in [
            [1e-300, 1e300, 1.0],
            [5e-324, 1e308, 2.0],
            [1e-9, 2.0, 3e20],
        ] {
            match FisherF::fit(&x) {
                Ok(fit) => assert!(
                    fit.ln_likelihood.is_finite() && fit.standard_errors.iter().all(|e| *e > 0.0),
                    "{x:?}: {fit:?}"
                ),
                Err(error) => assert!(matches!(error, ProbabilityError::NoMaximum { .. })),
            }
        }
    }
}
