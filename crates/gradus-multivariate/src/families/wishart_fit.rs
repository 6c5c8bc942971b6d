//! The most likely scale of Wishart's law.

use super::normal_fit::total_weight;
use super::wishart::Wishart;
use crate::error::{MultivariateError, check_length};
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::CompensatedSum;
use gradus_probability::Fit;

impl Wishart {
    /// The most likely law of some matrices, for known degrees of `freedom`: its scale is their mean by the degrees, $`\hat V = \overline W / \nu`$.
    ///
    /// # Shapes
    ///
    /// Each of `w`: d × d.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | no other scale makes the matrices more probable | `no_wishart_law_is_more_likely_than_the_fit` |
    /// | a weight of 2 counts a sample twice | `weights_of_t_and_wishart_fits_are_repetitions` |
    /// | the fit of many draws is within five standard errors of the truth | `t_and_wishart_fits_find_the_law_of_the_draws` |
    ///
    /// # Errors
    ///
    /// As [`fit_weighted`](Self::fit_weighted).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::Wishart;
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let w = [4.0, 12.0].map(|x| DMatrix::from_element(1, 1, x));
    /// let fit = Wishart::fit(2.0, &w)?;
    /// assert_eq!(fit.distribution.scale()[(0, 0)], 4.0); // 8 / 2
    /// assert!((fit.standard_errors[0] - 8.0_f64.sqrt()).abs() < 1e-14); // √(2 · 4² / (2 · 2))
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// T. W. Anderson, *An Introduction to Multivariate Statistical Analysis*, 3rd ed. (2003), §7.2 and §3.2.
    pub fn fit(freedom: f64, w: &[DMatrix<f64>]) -> Result<Fit<Self>, MultivariateError> {
        Self::fit_weighted(freedom, w, &vec![1.0; w.len()])
    }

    /// The same, of matrices that were seen `weights` times.
    ///
    /// Standard errors of the scale, column by column, $`\sqrt{(\hat v_{ij}^2 + \hat v_{ii} \hat v_{jj}) / n \nu}`$ with the sum n of the weights.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Linalg`] for a matrix that is not symmetric and positive definite; [`MultivariateError::LengthMismatch`] for matrices of another dimension
    /// than the first, or another number of weights; [`MultivariateError::Domain`] unless the degrees are more than d − 1 and at most 1e300;
    /// [`MultivariateError::Probability`] for a weight that is negative or not finite, or if nothing was seen; [`MultivariateError::NoDimension`].
    pub fn fit_weighted(
        freedom: f64,
        w: &[DMatrix<f64>],
        weights: &[f64],
    ) -> Result<Fit<Self>, MultivariateError> {
        check_length("weights", weights.len(), w.len())?;
        let n = total_weight(weights)?;
        let d = w[0].nrows();
        for w in w {
            check_length("a column of w", w.nrows(), d)?;
            Factor::of_matrix(w)?;
        }
        let mut scale = DMatrix::zeros(d, d);
        for (i, entry) in scale.iter_mut().enumerate() {
            let terms = w.iter().zip(weights).map(|(w, c)| w[i] / freedom * (c / n));
            *entry = terms.collect::<CompensatedSum>().value();
        }
        let distribution = Self::new(&scale, freedom)?;
        let mut ln_likelihood = CompensatedSum::default();
        for (w, c) in w.iter().zip(weights).filter(|(_, c)| **c > 0.0) {
            ln_likelihood.add(c * distribution.ln_pdf(w)?);
        }
        // of W itself they are those of a draw
        let errors = distribution
            .variance()
            .map(|v| v.sqrt() / freedom / n.sqrt());
        Ok(Fit {
            standard_errors: errors.as_slice().to_vec(),
            ln_likelihood: ln_likelihood.value(),
            distribution,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_probability::ProbabilityError;

    #[test]
    fn matrices_without_a_fit() {
        let one = DMatrix::<f64>::identity(2, 2);
        assert!(matches!(
            Wishart::fit(3.0, &[]),
            Err(MultivariateError::Probability(
                ProbabilityError::NoMaximum { .. }
            ))
        ));
        assert!(matches!(
            Wishart::fit(3.0, &[one.clone(), DMatrix::identity(3, 3)]),
            Err(MultivariateError::LengthMismatch { .. })
        ));
        assert!(Wishart::fit(3.0, &[one.clone(), -&one]).is_err());
        for freedom in [1.0, 0.0, f64::NAN, f64::INFINITY] {
            let fit = Wishart::fit(freedom, std::slice::from_ref(&one));
            assert!(fit.is_err(), "{freedom}");
        }
        for weight in [-1.0, f64::NAN, f64::INFINITY, 0.0] {
            let fit = Wishart::fit_weighted(3.0, std::slice::from_ref(&one), &[weight]);
            assert!(matches!(fit, Err(MultivariateError::Probability(_))));
        }
        assert!(Wishart::fit(3.0, &[DMatrix::zeros(0, 0)]).is_err());
    }
}
