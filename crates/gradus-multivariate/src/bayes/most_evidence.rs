//! Precisions that make the data most probable.

use super::linear_regression::BayesianRegression;
use super::spectrum::{Precisions, Spectrum};
use crate::error::{MultivariateError, check_positive};
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_probability::ProbabilityError;

/// A regression whose precisions were fitted, and the way to it; made by [`BayesianRegression::with_most_evidence`].
#[derive(Clone, Debug, PartialEq)]
pub struct EvidenceFit {
    /// The regression with the precisions after the last iteration.
    pub regression: BayesianRegression,
    /// The logarithm of the evidence, at the start and after each iteration.
    pub ln_evidences: Vec<f64>,
    /// Whether the last iteration changed neither precision by more than the tolerance.
    pub converged: bool,
}

impl BayesianRegression {
    /// Finds the precisions of weights and noise that make the targets most probable, from those that are given.
    ///
    /// ```math
    /// \gamma = \sum_i \frac{\beta s_i^2}{\alpha + \beta s_i^2}, \qquad
    /// \alpha \leftarrow \frac{\gamma}{\lVert m \rVert^2}, \qquad \beta \leftarrow \frac{n - \gamma}{\lVert y - X^\top m \rVert^2}
    /// ```
    ///
    /// with the singular values $`s_i`$ of X: $`\gamma`$ weights are determined by the data, and their squares tell $`\alpha`$; the other $`n - \gamma`$ degrees of
    /// freedom tell the noise. How strong to regularize is so answered by the training samples alone.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | no precisions near by have more evidence | `no_precisions_near_by_have_more_evidence` |
    /// | targets in other units: precisions in other units | `precisions_are_measured_in_units_of_the_targets` |
    ///
    /// # Numerics
    ///
    /// One singular value decomposition, then p operations an iteration. The tolerance is for the relative change of a precision.
    /// The evidence may have several maxima; the one that is found depends on the precisions to begin with.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Probability`] with [`ProbabilityError::NoMaximum`] if the evidence has none: it is largest if the weights are all 0, the targets
    /// are met up to rounding, or a precision leaves the range of numbers; [`MultivariateError::Domain`] unless precisions and tolerance are finite and positive;
    /// otherwise as [`fit`](Self::fit). Iterations that run out are no error: `converged` tells.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::BayesianRegression;
    /// use gradus_multivariate::nalgebra::{DMatrix, DVector};
    ///
    /// let x = DMatrix::from_row_slice(1, 4, &[1.0, -1.0, 2.0, -2.0]);
    /// let y = DVector::from_row_slice(&[3.1, -2.9, 5.9, -6.1]); // 3 x, give or take 0.1
    /// let fit = BayesianRegression::with_most_evidence(&x, &y, 1.0, 1.0, 1e-12, 100)?;
    /// assert!(fit.converged);
    /// assert!((fit.regression.weights().mean()[0] - 3.0).abs() < 0.01);
    /// assert!((fit.regression.beta() - 75.0).abs() < 0.2); // 4 − 1 degrees of freedom, squares of 0.04
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// D. J. C. MacKay, *Bayesian interpolation*, Neural Computation 4 (1992), 415–447, §4; Bishop (2006), §3.5.2. scikit-learn's
    /// `BayesianRidge` with its four hyperparameters at 0.
    #[doc(alias = "type II maximum likelihood")]
    #[doc(alias = "empirical Bayes")]
    pub fn with_most_evidence(
        x: &DMatrix<f64>,
        y: &DVector<f64>,
        alpha: f64,
        beta: f64,
        tolerance: f64,
        iterations: usize,
    ) -> Result<EvidenceFit, MultivariateError> {
        check_positive("alpha", alpha)?;
        check_positive("beta", beta)?;
        check_positive("tolerance", tolerance)?;
        let spectrum = Spectrum::new(x, y)?;
        let mut at = Precisions { alpha, beta };
        let (mut ln_evidences, mut converged) = (vec![spectrum.ln_evidence(at)], false);
        while !converged && ln_evidences.len() <= iterations {
            let next = improved(&spectrum, at)?;
            let change = |a: f64, b: f64| (a / b - 1.0).abs();
            converged = change(next.alpha, at.alpha) <= tolerance
                && change(next.beta, at.beta) <= tolerance;
            ln_evidences.push(spectrum.ln_evidence(next));
            at = next;
        }
        Ok(EvidenceFit {
            regression: Self::at(&spectrum, at)?,
            ln_evidences,
            converged,
        })
    }
}

/// MacKay's fixed point, once.
fn improved(spectrum: &Spectrum, at: Precisions) -> Result<Precisions, MultivariateError> {
    let gamma = spectrum.determined(at);
    let (weights, residual) = spectrum.squares(at);
    let alpha = gamma / weights;
    let beta = (spectrum.samples() - gamma) / residual;
    // where the data determine no weight up to rounding, the evidence rises with α for ever
    let reason = if !(alpha > 0.0 && alpha.is_finite() && gamma > f64::EPSILON) {
        "the weights are all 0, or nothing is known of them"
    } else if !(beta > 0.0 && beta.is_finite() && residual > spectrum.noise()) {
        "the targets are met without an error"
    } else {
        return Ok(Precisions { alpha, beta });
    };
    Err(ProbabilityError::NoMaximum { reason }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evidence_without_a_maximum() {
        let of = |x: &[f64], y: &[f64]| {
            let (x, y) = (
                DMatrix::from_row_slice(1, x.len(), x),
                DVector::from_row_slice(y),
            );
            BayesianRegression::with_most_evidence(&x, &y, 1.0, 1.0, 1e-9, 1000)
        };
        assert!(of(&[1.0, 2.0], &[0.0, 0.0]).is_err());
        assert!(of(&[0.0, 0.0], &[1.0, 2.0]).is_err());
        assert!(of(&[], &[]).is_err());
        // met exactly: the noise shrinks until it is that of rounding
        assert!(of(&[1.0, 2.0], &[2.0, 4.0]).is_err());
        assert!(of(&[0.1, 0.2], &[0.3, 0.6]).is_err());
        // no relation at all: the weights shrink for ever
        assert!(of(&[1.0, 1.0], &[1.0, -1.0]).is_err());
        assert!(of(&[1.0, 2.0], &[-2.1, 1.0]).is_err());
    }
}
