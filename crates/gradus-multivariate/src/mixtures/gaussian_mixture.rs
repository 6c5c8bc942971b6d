//! Several clouds at once.

use crate::error::{MultivariateError, check_finite, check_length};
use crate::families::multivariate_normal::MultivariateNormal;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::{CompensatedSum, argmax, log_sum_exp};
use gradus_probability::{Categorical, Discrete, ProbabilityError, Simplex};
use gradus_random::rand::Rng;

/// A mixture of normal laws: a component is drawn, then a vector from it.
///
/// ```math
/// p(x) = \sum_{k=1}^{K} \pi_k\, N(x; \mu_k, \Sigma_k), \qquad
/// r_k(x) = \frac{\pi_k\, N(x; \mu_k, \Sigma_k)}{p(x)}
/// ```
///
/// where $`\pi`$ are the `weights`. The *responsibility* $`r_k(x)`$ is the probability that x came from component k, by Bayes' rule:
/// soft clusters. With enough components a mixture comes near any density.
///
/// # Shapes
///
/// K components of d dimensions; samples d × n, one a column; responsibilities K × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | responsibilities of a sample sum to 1 | `responsibilities_sum_to_one` |
/// | $`\pi_k N(x; \mu_k, \Sigma_k) = r_k(x)\, p(x)`$ | `responsibilities_are_bayes_rule` |
/// | mean and covariance: within plus between (from draws, too) | `the_covariance_of_a_mixture_is_within_plus_between` |
/// | the order of components does not matter | `the_order_of_components_does_not_matter` |
///
/// # Numerics
///
/// In logarithms throughout: far from all components the responsibilities are still those of the nearest ones, not 0 / 0.
///
/// # Examples
///
/// ```
/// use gradus_multivariate::{GaussianMixture, MultivariateNormal, Simplex};
/// use gradus_multivariate::nalgebra::{DMatrix, DVector};
///
/// let cloud = |x: f64| MultivariateNormal::new(DVector::from_element(1, x), &DMatrix::identity(1, 1));
/// let two = GaussianMixture::new(Simplex::new(vec![0.5, 0.5])?, vec![cloud(-1.0)?, cloud(1.0)?])?;
/// // log-odds 2 x: 1 against 1 in the middle, e⁴ against 1 at x = 2, and no doubt at 1000
/// let r = two.responsibilities(&DMatrix::from_row_slice(1, 3, &[0.0, 2.0, 1000.0]))?;
/// assert_eq!((r[(1, 0)], r[(1, 2)]), (0.5, 1.0));
/// assert!((r[(1, 1)] - 1.0 / (1.0 + (-4.0_f64).exp())).abs() < 1e-15);
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.2.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "GMM")]
pub struct GaussianMixture {
    components: Vec<MultivariateNormal>,
    choice: Categorical,
}

impl GaussianMixture {
    /// The mixture of these components with these weights.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless there are as many weights as components, all of one dimension.
    pub fn new(
        weights: Simplex,
        components: Vec<MultivariateNormal>,
    ) -> Result<Self, MultivariateError> {
        check_length("weights", weights.len(), components.len())?;
        let d = components.first().map_or(0, MultivariateNormal::dimension);
        for component in &components {
            check_length("the mean of a component", component.dimension(), d)?;
        }
        Ok(Self {
            components,
            choice: Categorical::try_from(weights)?,
        })
    }

    /// $`\pi`$.
    #[must_use]
    pub fn weights(&self) -> &Simplex {
        self.choice.probabilities()
    }

    /// The components.
    #[must_use]
    pub fn components(&self) -> &[MultivariateNormal] {
        &self.components
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.components
            .first()
            .map_or(0, MultivariateNormal::dimension)
    }

    /// $`\ln(\pi_k N(x; \mu_k, \Sigma_k))`$ for each k.
    fn ln_joint(&self, x: &[f64]) -> Vec<f64> {
        let components = (0..).zip(&self.components);
        let terms = components.map(|(k, component)| {
            component.ln_pdf_at(component.ellipsoid.distance(x)) + self.choice.ln_pmf(k)
        });
        terms.collect()
    }

    /// $`\ln p(x)`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless x has d entries.
    pub fn ln_pdf(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        check_length("x", x.len(), self.dimension())?;
        Ok(log_sum_exp(&self.ln_joint(x.as_slice())))
    }

    /// $`p(x)`$, the exponential of `ln_pdf`.
    ///
    /// # Errors
    ///
    /// As [`ln_pdf`](Self::ln_pdf).
    pub fn pdf(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        self.ln_pdf(x).map(f64::exp)
    }

    /// The logarithm of the likelihood of samples, one a column: $`\sum_j \ln p(x_j)`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless they have d entries.
    pub fn ln_likelihood(&self, x: &DMatrix<f64>) -> Result<f64, MultivariateError> {
        check_length("a sample", x.nrows(), self.dimension())?;
        let samples = x.as_slice().chunks_exact(self.dimension());
        let terms = samples.map(|x| log_sum_exp(&self.ln_joint(x)));
        Ok(terms.collect::<CompensatedSum>().value())
    }

    /// $`r_k(x_j)`$ in row k and column j: the expectation step.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless samples have d entries; [`MultivariateError::NonFinite`];
    /// [`MultivariateError::Numeric`] for a sample so far out that the density of every component is 0, beyond $`10^{154}`$ standard
    /// deviations.
    #[doc(alias = "E-step")]
    pub fn responsibilities(&self, x: &DMatrix<f64>) -> Result<DMatrix<f64>, MultivariateError> {
        self.expectation(x).map(|(r, _)| r)
    }

    /// Responsibilities and the logarithm of the likelihood.
    pub(crate) fn expectation(
        &self,
        x: &DMatrix<f64>,
    ) -> Result<(DMatrix<f64>, f64), MultivariateError> {
        check_length("a sample", x.nrows(), self.dimension())?;
        check_finite("x, column by column,", x.as_slice())?;
        let mut ln_likelihood = CompensatedSum::default();
        let mut r = DMatrix::zeros(self.components.len(), x.ncols());
        for (x, mut r) in x
            .as_slice()
            .chunks_exact(self.dimension())
            .zip(r.column_iter_mut())
        {
            let joint = self.ln_joint(x);
            ln_likelihood.add(log_sum_exp(&joint));
            r.copy_from_slice(&gradus_numeric::softmax(&joint)?);
        }
        Ok((r, ln_likelihood.value()))
    }

    /// For each sample the component that is most probably responsible; of equal ones the first.
    ///
    /// # Errors
    ///
    /// As [`responsibilities`](Self::responsibilities).
    #[doc(alias = "predict")]
    pub fn most_responsible(&self, x: &DMatrix<f64>) -> Result<Vec<usize>, MultivariateError> {
        let r = self.responsibilities(x)?;
        let columns = r.column_iter();
        columns
            .map(|r| Ok(argmax(r.into_owned().as_slice())?))
            .collect()
    }

    /// $`\sum_k \pi_k \mu_k`$.
    #[must_use]
    pub fn mean(&self) -> DVector<f64> {
        let mut mean = DVector::zeros(self.dimension());
        for (w, component) in self.weights().as_slice().iter().zip(&self.components) {
            mean += component.mean() * *w;
        }
        mean
    }

    /// Within plus between: $`\sum_k \pi_k (\Sigma_k + (\mu_k - \mu)(\mu_k - \mu)^\top)`$.
    #[must_use]
    pub fn covariance(&self) -> DMatrix<f64> {
        let (mean, d) = (self.mean(), self.dimension());
        let mut covariance = DMatrix::zeros(d, d);
        for (w, component) in self.weights().as_slice().iter().zip(&self.components) {
            let away = component.mean() - &mean;
            covariance += (component.covariance() + &away * away.transpose()) * *w;
        }
        covariance
    }

    /// Draws a component and a vector from it.
    ///
    /// # Errors
    ///
    /// None in practice: what is drawn is one of the components.
    pub fn sample(
        &self,
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<(usize, DVector<f64>), MultivariateError> {
        let outcomes = self.components.len();
        let k = usize::try_from(self.choice.sample(rng)).unwrap_or(outcomes);
        let outside = ProbabilityError::OutcomeOutOfRange {
            outcome: k,
            outcomes,
        };
        let component = self.components.get(k).ok_or(outside)?;
        Ok((k, component.sample(rng)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mixtures_that_are_none() {
        let cloud =
            |d| MultivariateNormal::new(DVector::zeros(d), &DMatrix::identity(d, d)).unwrap();
        let half = || Simplex::uniform(2).unwrap();
        assert!(GaussianMixture::new(half(), vec![cloud(1)]).is_err());
        assert!(GaussianMixture::new(half(), vec![cloud(1), cloud(2)]).is_err());
        let two = GaussianMixture::new(half(), vec![cloud(1), cloud(1)]).unwrap();
        assert!(two.ln_pdf(&DVector::zeros(2)).is_err());
        assert!(two.responsibilities(&DMatrix::zeros(2, 1)).is_err());
        let nan = DMatrix::from_element(1, 1, f64::NAN);
        assert!(matches!(
            two.responsibilities(&nan),
            Err(MultivariateError::NonFinite { .. })
        ));
        let far = DMatrix::from_element(1, 1, 1e200);
        assert!(matches!(
            two.responsibilities(&far),
            Err(MultivariateError::Numeric(_))
        ));
        assert_eq!(two.ln_likelihood(&far), Ok(f64::NEG_INFINITY));
    }
}
