//! How far one normal law is from another.

use super::multivariate_normal::MultivariateNormal;
use crate::error::{MultivariateError, check_length};
use gradus_numeric::{CompensatedSum, deviance};

impl MultivariateNormal {
    /// The Kullback–Leibler divergence $`D(p \parallel q)`$ of this law from another, in nats.
    ///
    /// ```math
    /// D(p \parallel q) = \tfrac12 \left( \operatorname{tr}(\Sigma_q^{-1} \Sigma_p) - d - \ln \frac{\det \Sigma_p}{\det \Sigma_q}
    ///     + (\mu_p - \mu_q)^\top \Sigma_q^{-1} (\mu_p - \mu_q) \right)
    /// ```
    ///
    /// What a code made for q costs beyond one made for p. Not symmetric: if q misses where p has mass, it is large, but not the
    /// other way round.
    ///
    /// # Shapes
    ///
    /// Both laws have d dimensions; the result is a scalar.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`D(p \parallel q) \ge 0`$, and 0 if p = q | `the_divergence_of_normal_laws_is_at_least_zero` |
    /// | cross-entropy minus entropy | `divergence_is_cross_entropy_minus_entropy` |
    /// | an affine map of both changes nothing | `affine_maps_do_not_change_the_divergence` |
    ///
    /// # Numerics
    ///
    /// With $`W = L_q^{-1} L_p`$, a triangle, the bracket is
    /// $`\sum_i (w_{ii}^2 - 1 - \ln w_{ii}^2) + \sum_{i > j} w_{ij}^2 + \lVert L_q^{-1} (\mu_p - \mu_q) \rVert^2`$: no term is
    /// negative and nothing cancels, also where the laws nearly agree. $`+\infty`$ where it overflows.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] if the dimensions differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::MultivariateNormal;
    /// use gradus_multivariate::nalgebra::DVector;
    ///
    /// let p = MultivariateNormal::from_variances(DVector::zeros(2), &DVector::from_element(2, 1.0))?;
    /// let q = MultivariateNormal::from_variances(DVector::from_row_slice(&[3.0, 4.0]), &DVector::from_element(2, 1.0))?;
    /// assert_eq!(p.kl(&q)?, 12.5); // half of the squared distance
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// S. Kullback, *Information Theory and Statistics* (1959), ch. 9, §1, eq. 1.2.
    #[doc(alias = "Kullback-Leibler")]
    #[doc(alias = "relative entropy")]
    pub fn kl(&self, other: &Self) -> Result<f64, MultivariateError> {
        check_length(
            "the mean of the other law",
            other.dimension(),
            self.dimension(),
        )?;
        let w = other.ellipsoid.factor.relative(&self.ellipsoid.factor);
        let distance = other.ellipsoid.distance(self.mean().as_slice());
        let mut sum = CompensatedSum::default();
        for j in 0..self.dimension() {
            sum.add(excess(w[(j, j)], || {
                self.ellipsoid.factor.ln_pivot(j) - other.ellipsoid.factor.ln_pivot(j)
            }));
            (j + 1..self.dimension()).for_each(|i| sum.add(w[(i, j)] * w[(i, j)]));
        }
        sum.add(distance * distance);
        let divergence = 0.5 * sum.value();
        // no term is negative, so what is not a number has overflowed
        Ok(if divergence.is_nan() {
            f64::INFINITY
        } else {
            divergence
        })
    }
}

/// $`w^2 - 1 - \ln w^2`$, also where the square, or w itself, is too small for a number.
pub(super) fn excess(w: f64, ln: impl Fn() -> f64) -> f64 {
    if w > 0.5 && w < 2.0 {
        deviance(1.0, w * w)
    } else {
        w.mul_add(w, -1.0) - 2.0 * ln()
    }
}
