//! A line that knows how sure it is.

use super::spectrum::{Precisions, Spectrum};
use crate::error::{MultivariateError, check_length, check_positive};
use crate::families::multivariate_normal::MultivariateNormal;
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::norm2;
use gradus_probability::Normal;

/// Linear regression with a normal prior of the weights: all lines, each as probable as the data make it.
///
/// ```math
/// w \sim N(0, \alpha^{-1} I), \qquad y_j = w^\top x_j + \varepsilon_j, \quad \varepsilon_j \sim N(0, \beta^{-1}); \qquad
/// w \mid y \sim N(\beta\, S X y,\; S), \quad S = (\alpha I + \beta\, X X^\top)^{-1}
/// ```
///
/// where $`\alpha`$ is the precision of the weights and $`\beta`$ that of the noise. The mean is ridge regression with $`\lambda = \alpha / \beta`$; the rest is
/// what ridge regression does not tell: how sure each weight is, how sure a prediction, and how probable the data were, the *evidence*, by
/// which models can be compared without a validation set. A constant term is a row of ones, with the same prior as the others; or
/// subtract the means first.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; `y: n`; weights: p.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | prior × likelihood = posterior × evidence | `the_posterior_of_weights_is_prior_times_likelihood` |
/// | the mean is ridge regression | `the_mean_of_weights_is_ridge_regression` |
/// | evidence: the density of y under $`N(0, \alpha^{-1} X^\top X + \beta^{-1} I)`$ | `the_evidence_is_the_density_of_the_observations` |
/// | a prediction is the conditional law of one more target | `predictions_are_conditional_laws` |
///
/// # Numerics
///
/// From the singular values of X: $`X X^\top`$, whose condition is the square of that of X, is not formed.
///
/// # Examples
///
/// ```
/// use gradus_multivariate::BayesianRegression;
/// use gradus_multivariate::nalgebra::{DMatrix, DVector};
///
/// // y = 2 x, three times; noise and prior of variance 1
/// let x = DMatrix::from_row_slice(1, 3, &[1.0, 1.0, 1.0]);
/// let fit = BayesianRegression::fit(&x, &DVector::from_element(3, 2.0), 1.0, 1.0)?;
/// assert!((fit.weights().mean()[0] - 1.5).abs() < 1e-15); // 3 · 2 / (1 + 3)
/// assert!((fit.weights().covariance()[(0, 0)] - 0.25).abs() < 1e-15);
/// let next = fit.predictive(&DVector::from_element(1, 2.0))?;
/// assert!((next.location() - 3.0).abs() < 1e-14);
/// assert!((next.standard_deviation() - 2.0_f64.sqrt()).abs() < 1e-15); // √(1 + 2² / 4)
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §3.3–3.5; D. J. C. MacKay, *Bayesian interpolation*, Neural Computation
/// 4 (1992), 415–447.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "ridge regression")]
pub struct BayesianRegression {
    weights: MultivariateNormal,
    at: Precisions,
    ln_evidence: f64,
    determined: f64,
}

impl BayesianRegression {
    /// What is believed of the weights after samples x with targets y, for these precisions of weights and noise.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Domain`] unless both precisions are finite and positive; [`MultivariateError::LengthMismatch`],
    /// [`MultivariateError::NonFinite`], [`MultivariateError::NoDimension`]; [`MultivariateError::Linalg`] if a variance of a weight is no number
    /// beside another.
    pub fn fit(
        x: &DMatrix<f64>,
        y: &DVector<f64>,
        alpha: f64,
        beta: f64,
    ) -> Result<Self, MultivariateError> {
        check_positive("alpha", alpha)?;
        check_positive("beta", beta)?;
        Self::at(&Spectrum::new(x, y)?, Precisions { alpha, beta })
    }

    pub(crate) fn at(spectrum: &Spectrum, at: Precisions) -> Result<Self, MultivariateError> {
        let factor = Factor::of_root(&spectrum.root(at))?;
        Ok(Self {
            weights: MultivariateNormal::with(spectrum.mean(at), factor)?,
            at,
            ln_evidence: spectrum.ln_evidence(at),
            determined: spectrum.determined(at),
        })
    }

    /// What is believed of the weights.
    #[must_use]
    pub fn weights(&self) -> &MultivariateNormal {
        &self.weights
    }

    /// $`\alpha`$, the precision of the weights.
    #[must_use]
    pub fn alpha(&self) -> f64 {
        self.at.alpha
    }

    /// $`\beta`$, the precision of the noise.
    #[must_use]
    pub fn beta(&self) -> f64 {
        self.at.beta
    }

    /// $`\ln p(y)`$: how probable the targets were.
    ///
    /// ```math
    /// \ln p(y) = \tfrac12 \left( p \ln \alpha + n \ln \tfrac{\beta}{2\pi} - \ln \det(\alpha I + \beta X X^\top)
    ///     - \beta \lVert y - X^\top m \rVert^2 - \alpha \lVert m \rVert^2 \right)
    /// ```
    #[must_use]
    #[doc(alias = "marginal likelihood")]
    pub fn ln_evidence(&self) -> f64 {
        self.ln_evidence
    }

    /// $`\gamma`$, how many weights the data determine and not the prior: between 0 and the smaller of p and n.
    #[must_use]
    #[doc(alias = "effective number of parameters")]
    pub fn determined(&self) -> f64 {
        self.determined
    }

    /// The law of the target of a sample: $`N(m^\top x,\; \beta^{-1} + x^\top S x)`$, noise and doubt of the weights.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless x has p entries; [`MultivariateError::Probability`] if mean or deviation is not
    /// finite.
    pub fn predictive(&self, x: &DVector<f64>) -> Result<Normal, MultivariateError> {
        check_length("x", x.len(), self.weights.dimension())?;
        let doubt = self.weights.cholesky_factor().transpose() * x;
        let deviation = norm2(doubt.as_slice()).hypot(1.0 / self.at.beta.sqrt());
        Ok(Normal::new(self.weights.mean().dot(x), deviation)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regressions_that_are_none() {
        let of = |p: usize, n: usize, alpha: f64, beta: f64| {
            let x = DMatrix::from_element(p, 2, 1.0);
            BayesianRegression::fit(&x, &DVector::zeros(n), alpha, beta).map(|_| ())
        };
        assert!(of(1, 2, 1.0, 1.0).is_ok());
        assert_eq!(of(0, 2, 1.0, 1.0), Err(MultivariateError::NoDimension));
        assert!(matches!(
            of(1, 3, 1.0, 1.0),
            Err(MultivariateError::LengthMismatch { .. })
        ));
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(
                of(1, 2, bad, 1.0),
                Err(MultivariateError::Domain { .. })
            ));
            assert!(matches!(
                of(1, 2, 1.0, bad),
                Err(MultivariateError::Domain { .. })
            ));
        }
        let nan = DMatrix::from_element(1, 1, f64::NAN);
        assert!(BayesianRegression::fit(&nan, &DVector::zeros(1), 1.0, 1.0).is_err());
    }

    #[test]
    fn without_samples_the_prior_stays() -> Result<(), MultivariateError> {
        let none = BayesianRegression::fit(&DMatrix::zeros(2, 0), &DVector::zeros(0), 4.0, 1.0)?;
        assert_eq!(
            none.weights().cholesky_factor(),
            DMatrix::identity(2, 2) * 0.5
        );
        assert_eq!((none.ln_evidence(), none.determined()), (0.0, 0.0));
        Ok(())
    }
}
