//! What is believed of mean and covariance of a normal law.

use crate::error::{MultivariateError, check_finite, check_length, check_positive};
use crate::families::bartlett::ln_multigamma;
use crate::families::inverse_wishart::InverseWishart;
use crate::families::multivariate_t::MultivariateT;
use crate::families::normal_fit::{centered, check_sample};
use crate::matrices::ellipsoid::Ellipsoid;
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use std::f64::consts::PI;

/// The conjugate prior of mean and covariance of normal vectors.
///
/// ```math
/// \Sigma \sim \operatorname{InverseWishart}(\Psi, \nu), \qquad \mu \mid \Sigma \sim N(m, \Sigma / \kappa)
/// ```
///
/// where $`m`$ is `location`, worth $`\kappa > 0`$ observations, `weight`, and $`\Psi`$ `scale`, worth $`\nu > d - 1`$ of them, `freedom`. After n observations with
/// mean $`\bar x`$
///
/// ```math
/// \kappa' = \kappa + n, \qquad \nu' = \nu + n, \qquad m' = \frac{\kappa m + n \bar x}{\kappa + n}, \qquad
/// \Psi' = \Psi + \sum_j (x_j - \bar x)(x_j - \bar x)^\top + \frac{\kappa n}{\kappa + n} (\bar x - m)(\bar x - m)^\top
/// ```
///
/// The next observation is of a t law: a normal one whose covariance is not known.
///
/// # Shapes
///
/// `location: d`, `scale: d × d`; observations: d × n, one a column.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one dimension: [`NormalInverseGamma`](gradus_probability::NormalInverseGamma) of ν/2 and Ψ/2 | `in_one_dimension_it_is_normal_inverse_gamma` |
/// | one after the other, in any order, is all at once | `observations_of_vectors_may_come_one_by_one` |
/// | prior × likelihood = posterior × evidence | `a_normal_inverse_wishart_posterior_is_prior_times_likelihood` |
/// | evidence: the product of the predictions | `the_evidence_of_vectors_is_the_product_of_predictions` |
///
/// # Numerics
///
/// $`\Psi`$ is held by its root, and an update is an orthogonal triangularization of the root beside the deviations: nothing is squared.
///
/// # Examples
///
/// ```
/// use gradus_multivariate::NormalInverseWishart;
/// use gradus_multivariate::nalgebra::{DMatrix, DVector};
///
/// let prior = NormalInverseWishart::new(DVector::zeros(2), 1.0, 3.0, &DMatrix::identity(2, 2))?;
/// let after = prior.updated(&DVector::from_row_slice(&[2.0, 0.0]))?;
/// assert_eq!((after.weight(), after.freedom()), (2.0, 4.0));
/// assert_eq!(after.location().as_slice(), [1.0, 0.0]); // half way
/// assert!((after.scale()[(0, 0)] - 3.0).abs() < 1e-14); // 1 + ½ · 2²
/// assert_eq!(prior.predictive()?.freedom(), 2.0); // ν − d + 1
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// A. Gelman et al., *Bayesian Data Analysis*, 3rd ed. (2013), §3.6; K. P. Murphy, *Conjugate Bayesian analysis of the Gaussian
/// distribution* (2007), §9.
#[derive(Clone, Debug, PartialEq)]
pub struct NormalInverseWishart {
    location: DVector<f64>,
    weight: f64,
    freedom: f64,
    factor: Factor,
}

impl NormalInverseWishart {
    /// The prior with this `location`, worth `weight` observations, and this `scale`, worth `freedom` of them.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Domain`] unless the weight is finite and positive, and the freedom more than d − 1 and at most 1e300;
    /// [`MultivariateError::Linalg`] unless the scale is symmetric and positive definite; [`MultivariateError::LengthMismatch`],
    /// [`MultivariateError::NonFinite`] for the location; [`MultivariateError::NoDimension`].
    pub fn new(
        location: DVector<f64>,
        weight: f64,
        freedom: f64,
        scale: &DMatrix<f64>,
    ) -> Result<Self, MultivariateError> {
        Self::with(location, weight, freedom, Factor::of_matrix(scale)?)
    }

    fn with(
        location: DVector<f64>,
        weight: f64,
        freedom: f64,
        factor: Factor,
    ) -> Result<Self, MultivariateError> {
        check_length("location", location.len(), factor.dimension())?;
        check_finite("location", location.as_slice())?;
        check_positive("weight", weight)?;
        InverseWishart::with(factor.clone(), freedom)?;
        Ok(Self {
            location,
            weight,
            freedom,
            factor,
        })
    }

    /// $`m`$.
    #[must_use]
    pub fn location(&self) -> &DVector<f64> {
        &self.location
    }

    /// $`\kappa`$.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.weight
    }

    /// $`\nu`$.
    #[must_use]
    pub fn freedom(&self) -> f64 {
        self.freedom
    }

    /// $`\Psi`$, symmetric to the bit.
    #[must_use]
    pub fn scale(&self) -> DMatrix<f64> {
        self.factor.matrix()
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.location.len()
    }

    /// What is believed of the covariance.
    ///
    /// # Errors
    ///
    /// None in practice: scale and freedom were checked.
    pub fn covariance(&self) -> Result<InverseWishart, MultivariateError> {
        InverseWishart::with(self.factor.clone(), self.freedom)
    }

    /// What is believed of the mean: a t law of $`\nu - d + 1`$ degrees of freedom with scale $`\Psi / (\kappa (\nu - d + 1))`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Linalg`] if the scale overflows or underflows.
    pub fn mean(&self) -> Result<MultivariateT, MultivariateError> {
        self.student(1.0 / self.weight)
    }

    /// The law of the next observation: t of $`\nu - d + 1`$ degrees of freedom with scale
    /// $`\frac{\kappa + 1}{\kappa (\nu - d + 1)} \Psi`$.
    ///
    /// # Errors
    ///
    /// As [`mean`](Self::mean).
    pub fn predictive(&self) -> Result<MultivariateT, MultivariateError> {
        self.student(1.0 + 1.0 / self.weight)
    }

    fn student(&self, width: f64) -> Result<MultivariateT, MultivariateError> {
        let freedom = self.freedom - self.dimension() as f64 + 1.0;
        let factor = self.factor.scaled((width / freedom).sqrt())?;
        MultivariateT::with(Ellipsoid::new(self.location.clone(), factor)?, freedom)
    }

    /// The most probable pair of mean and covariance: $`(m, \Psi / (\nu + d + 2))`$.
    #[must_use]
    #[doc(alias = "MAP")]
    pub fn mode(&self) -> (DVector<f64>, DMatrix<f64>) {
        let total = self.freedom + self.dimension() as f64 + 2.0;
        (self.location.clone(), self.scale() / total)
    }

    /// The posterior after one observation.
    ///
    /// # Errors
    ///
    /// As [`posterior`](Self::posterior).
    pub fn updated(&self, x: &DVector<f64>) -> Result<Self, MultivariateError> {
        self.posterior(&DMatrix::from_column_slice(x.len(), 1, x.as_slice()))
    }

    /// The posterior after all observations, one a column; of none it is the prior.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless they have d entries; [`MultivariateError::NonFinite`], also if a
    /// deviation overflows.
    pub fn posterior(&self, x: &DMatrix<f64>) -> Result<Self, MultivariateError> {
        check_length("an observation", x.nrows(), self.dimension())?;
        if x.ncols() == 0 {
            return Ok(self.clone());
        }
        let (d, n) = (x.nrows(), x.ncols());
        let ones = vec![1.0; n];
        let total = check_sample(x, &ones)?;
        let (mean, deviations) = centered(x, &ones, total);
        let weight = self.weight + total;
        let step = mean - &self.location;
        check_finite(
            "the distance of the observations from the location",
            step.as_slice(),
        )?;
        // (root of Ψ, deviations from the mean of the observations, that mean's from the location)
        let mut root = DMatrix::zeros(d, d + n + 1);
        root.columns_mut(0, d).copy_from(&self.factor.triangle());
        root.columns_mut(d, n)
            .copy_from(&(deviations * total.sqrt()));
        root.column_mut(d + n)
            .copy_from(&(&step * (self.weight / weight * total).sqrt()));
        let location = &self.location + step * (total / weight);
        Self::with(
            location,
            weight,
            self.freedom + total,
            Factor::of_root(&root)?,
        )
    }

    /// The logarithm of the density of the next observation.
    ///
    /// # Errors
    ///
    /// As [`predictive`](Self::predictive); [`MultivariateError::LengthMismatch`].
    pub fn ln_predictive(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        self.predictive()?.ln_pdf(x)
    }

    /// The logarithm of the evidence: how probable all observations were before any was seen.
    ///
    /// ```math
    /// \ln p(x_1, \dots, x_n) = \ln \frac{\Gamma_d(\nu' / 2)}{\Gamma_d(\nu / 2)} + \tfrac\nu2 \ln \det \Psi - \tfrac{\nu'}2 \ln \det \Psi'
    ///     + \tfrac d2 \ln \frac\kappa{\kappa'} - \tfrac{n d}2 \ln \pi
    /// ```
    ///
    /// # Errors
    ///
    /// As [`posterior`](Self::posterior).
    #[doc(alias = "marginal likelihood")]
    pub fn ln_evidence(&self, x: &DMatrix<f64>) -> Result<f64, MultivariateError> {
        let after = self.posterior(x)?;
        let (d, n) = (self.dimension(), x.ncols() as f64);
        let part = |law: &Self| {
            let half = 0.5 * law.freedom;
            let scale = law.freedom * law.factor.ln_determinant();
            ln_multigamma(d, half) - scale - 0.5 * d as f64 * law.weight.ln()
        };
        Ok(part(&after) - part(self) - 0.5 * n * d as f64 * PI.ln())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn priors_and_observations_that_are_none() {
        let of = |weight: f64, freedom: f64| {
            NormalInverseWishart::new(DVector::zeros(2), weight, freedom, &DMatrix::identity(2, 2))
        };
        for (weight, freedom) in [
            (0.0, 3.0),
            (f64::NAN, 3.0),
            (1.0, 1.0),
            (1.0, f64::INFINITY),
        ] {
            assert!(matches!(
                of(weight, freedom),
                Err(MultivariateError::Domain { .. })
            ));
        }
        let prior = of(1.0, 3.0).unwrap();
        assert!(prior.updated(&DVector::zeros(3)).is_err());
        let nan = DVector::from_row_slice(&[0.0, f64::NAN]);
        assert!(matches!(
            prior.updated(&nan),
            Err(MultivariateError::NonFinite { .. })
        ));
        assert_eq!(prior.posterior(&DMatrix::zeros(2, 0)), Ok(prior.clone()));
        assert_eq!(prior.ln_evidence(&DMatrix::zeros(2, 0)), Ok(0.0));
    }
}
