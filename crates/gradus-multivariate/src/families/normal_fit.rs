//! The most likely normal law of a sample.

use super::multivariate_normal::{LN_SQRT_2PI, MultivariateNormal};
use crate::error::{MultivariateError, check_finite, check_length};
use crate::matrices::factor::Factor;
use gradus_linalg::LinalgError;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::{CompensatedSum, binary_exponent, ldexp};
use gradus_probability::{Fit, ProbabilityError};

impl MultivariateNormal {
    /// The most likely law of a sample: its mean and its covariance.
    ///
    /// ```math
    /// \hat\mu = \frac1n \sum_j x_j, \qquad \hat\Sigma = \frac1n \sum_j (x_j - \hat\mu)(x_j - \hat\mu)^\top
    /// ```
    ///
    /// # Shapes
    ///
    /// `x: d × n`, one sample a column.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | no other law makes the sample more probable | `no_normal_law_is_more_likely_than_the_fit` |
    /// | the fit of $`A x + b`$ is the image of the fit | `the_fit_follows_affine_maps` |
    /// | a weight of 2 counts a sample twice | `a_weight_of_two_counts_a_sample_twice` |
    ///
    /// # Numerics
    ///
    /// Two passes; the root of the covariance comes from an orthogonal triangularization of the deviations, so a sample whose spread
    /// differs by 1e12 from one direction to another has a fit, though its covariance has condition 1e24.
    ///
    /// # Errors
    ///
    /// As [`fit_weighted`](Self::fit_weighted).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::MultivariateNormal;
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let corners = DMatrix::from_row_slice(2, 4, &[0.0, 2.0, 0.0, 2.0, 0.0, 0.0, 4.0, 4.0]);
    /// let fit = MultivariateNormal::fit(&corners)?;
    /// assert_eq!(fit.distribution.mean().as_slice(), [1.0, 2.0]);
    /// assert!((fit.distribution.covariance() - DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 4.0])).amax() < 1e-14);
    /// assert!((fit.standard_errors[1] - 1.0).abs() < 1e-15); // of the second mean: √(4 / 4)
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// Mardia, Kent and Bibby (1979), §4.2.2; T. W. Anderson, *An Introduction to Multivariate Statistical Analysis*, 3rd ed. (2003), theorem 3.2.1.
    pub fn fit(x: &DMatrix<f64>) -> Result<Fit<Self>, MultivariateError> {
        Self::fit_weighted(x, &vec![1.0; x.ncols()])
    }

    /// The same, of samples that were seen `weights` times.
    ///
    /// Standard errors are those of the mean, $`\sqrt{\hat\sigma_{ii} / n}`$, and then those of the covariance, column by column,
    /// $`\sqrt{(\hat\sigma_{ii} \hat\sigma_{jj} + \hat\sigma_{ij}^2) / n}`$, with n the sum of the weights.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::NoSpread`] if the samples lie in a plane, so if there are no more than d of them;
    /// [`MultivariateError::NonFinite`]; [`MultivariateError::LengthMismatch`]; [`MultivariateError::Probability`] for a weight that is negative
    /// or not finite, or if all are 0; [`MultivariateError::NoDimension`].
    pub fn fit_weighted(x: &DMatrix<f64>, weights: &[f64]) -> Result<Fit<Self>, MultivariateError> {
        let total = check_sample(x, weights)?;
        let (mean, root) = centered(x, weights, total);
        let factor = Factor::of_root(&root).map_err(no_spread)?;
        let distribution = Self::with(mean, factor)?;
        let d = x.nrows() as f64;
        let ln_determinant = distribution.ellipsoid.factor.ln_determinant();
        Ok(Fit {
            standard_errors: standard_errors(&distribution.covariance(), total),
            ln_likelihood: -total * (d * (0.5 + LN_SQRT_2PI) + ln_determinant),
            distribution,
        })
    }
}

/// The sum of the weights, if sample and weights are finite and something was seen.
pub(crate) fn check_sample(x: &DMatrix<f64>, weights: &[f64]) -> Result<f64, MultivariateError> {
    check_length("weights", weights.len(), x.ncols())?;
    if x.nrows() == 0 {
        return Err(MultivariateError::NoDimension);
    }
    check_finite("x, column by column,", x.as_slice())?;
    total_weight(weights)
}

/// The sum of the weights, if something was seen.
pub(crate) fn total_weight(weights: &[f64]) -> Result<f64, MultivariateError> {
    let is_weight = |w: &f64| *w >= 0.0 && w.is_finite();
    if let Some(index) = weights.iter().position(|w| !is_weight(w)) {
        let value = weights[index];
        return Err(ProbabilityError::InvalidObservation { index, value }.into());
    }
    let total = weights.iter().copied().collect::<CompensatedSum>().value();
    if total > 0.0 && total.is_finite() {
        return Ok(total);
    }
    let reason = "there are no observations";
    Err(ProbabilityError::NoMaximum { reason }.into())
}

/// The mean, and a root of the covariance: $`\sqrt{w_j / n}\,(x_j - \mu)`$ in column j.
///
/// Every feature is divided by a power of two first, so that neither its sum nor a deviation overflows. The mean of the deviations
/// from the first mean is what that mean lost to rounding.
pub(crate) fn centered(
    x: &DMatrix<f64>,
    weights: &[f64],
    total: f64,
) -> (DVector<f64>, DMatrix<f64>) {
    let mut mean = DVector::<f64>::zeros(x.nrows());
    let mut root = x.clone();
    for i in 0..x.nrows() {
        let largest = x.row(i).iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let e = binary_exponent(largest) + 1;
        let mut row: Vec<f64> = x.row(i).iter().map(|x| ldexp(*x, -e)).collect();
        for _ in 0..2 {
            let terms = row.iter().zip(weights).map(|(x, w)| x * (w / total));
            let part = terms.collect::<CompensatedSum>().value();
            mean[i] += part;
            for x in &mut row {
                *x -= part;
            }
        }
        mean[i] = ldexp(mean[i], e);
        for (j, x) in row.iter().enumerate() {
            root[(i, j)] = ldexp((weights[j] / total).sqrt() * x, e);
        }
    }
    (mean, root)
}

/// A pivot of a sample, in its own words.
pub(crate) fn no_spread(error: MultivariateError) -> MultivariateError {
    match error {
        MultivariateError::Linalg(LinalgError::NotPositiveDefinite { index, pivot }) => {
            MultivariateError::NoSpread {
                feature: index,
                left: pivot,
            }
        }
        other => other,
    }
}

fn standard_errors(covariance: &DMatrix<f64>, n: f64) -> Vec<f64> {
    let c = |i: usize, j: usize| covariance[(i, j)];
    let d = covariance.nrows();
    let means = (0..d).map(|i| (c(i, i) / n).sqrt());
    let pairs = (0..d).flat_map(|j| (0..d).map(move |i| (i, j)));
    let covariances = pairs.map(|(i, j)| ((c(i, i) * c(j, j) + c(i, j) * c(i, j)) / n).sqrt());
    means.chain(covariances).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_in_a_plane_have_no_most_likely_law() {
        let refused = |x: DMatrix<f64>, feature: usize| {
            let error = MultivariateNormal::fit(&x);
            assert!(
                matches!(error, Err(MultivariateError::NoSpread { feature: f, .. }) if f == feature),
                "{error:?}"
            );
        };
        refused(DMatrix::from_row_slice(2, 2, &[0.0, 1.0, 0.0, 3.0]), 1);
        refused(
            DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 4.0, 3.0, 3.0, 3.0]),
            1,
        );
        refused(
            DMatrix::from_row_slice(2, 3, &[0.1, 0.1, 0.1, 3.0, 4.0, 3.0]),
            0,
        );
        refused(
            DMatrix::from_row_slice(2, 4, &[0.1, 0.2, 0.4, 0.7, 0.3, 0.6, 1.2, 2.1]),
            1,
        );
        refused(DMatrix::from_row_slice(1, 1, &[5.0]), 0);
    }

    #[test]
    fn samples_that_are_none() {
        let of = |x: &DMatrix<f64>, w: &[f64]| MultivariateNormal::fit_weighted(x, w).map(|_| ());
        let x = DMatrix::from_row_slice(1, 2, &[0.0, 1.0]);
        assert_eq!(
            of(&DMatrix::zeros(0, 2), &[1.0, 1.0]),
            Err(MultivariateError::NoDimension)
        );
        assert!(matches!(
            of(&x, &[1.0]),
            Err(MultivariateError::LengthMismatch { .. })
        ));
        for weights in [
            [1.0, -1.0],
            [f64::NAN, 1.0],
            [0.0, 0.0],
            [1.0, f64::INFINITY],
        ] {
            assert!(matches!(
                of(&x, &weights),
                Err(MultivariateError::Probability(_))
            ));
        }
        let nan = DMatrix::from_row_slice(1, 2, &[0.0, f64::NAN]);
        assert!(matches!(
            of(&nan, &[1.0; 2]),
            Err(MultivariateError::NonFinite { index: 1, .. })
        ));
        assert!(MultivariateNormal::fit(&DMatrix::zeros(2, 0)).is_err());
    }

    #[test]
    fn large_means_and_large_numbers_cost_no_digits() -> Result<(), MultivariateError> {
        let x = DMatrix::from_row_slice(1, 3, &[1e8 + 1.0, 1e8 + 2.0, 1e8 + 3.0]);
        let law = MultivariateNormal::fit(&x)?.distribution;
        assert!((law.covariance()[(0, 0)] - 2.0 / 3.0).abs() < 1e-15);
        let x = DMatrix::from_row_slice(1, 3, &[-1.5e308, 1.5e308, 0.0]);
        let law = MultivariateNormal::fit(&x)?.distribution;
        assert_eq!(law.mean()[0], 0.0);
        assert!((law.cholesky_factor()[(0, 0)] / 1.5e308 - (2.0_f64 / 3.0).sqrt()).abs() < 1e-15);
        Ok(())
    }
}
