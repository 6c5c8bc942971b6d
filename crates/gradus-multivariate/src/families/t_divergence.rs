//! How far a t law of vectors is from a normal one.

use super::multivariate_normal::MultivariateNormal;
use super::multivariate_t::MultivariateT;
use crate::error::{MultivariateError, check_length};
use gradus_numeric::functions::StirlingError;
use gradus_numeric::{Unary, stirling_error};

impl MultivariateT {
    /// The Kullback–Leibler divergence $`D(p \parallel q)`$ of this law from a normal one, in nats.
    ///
    /// ```math
    /// D(p \parallel q) = D \bigl( N(m, \tfrac{\nu}{\nu - 2} S) \parallel q \bigr) + J, \qquad
    /// J = \tfrac d2 \ln \frac{2 \pi e \, \nu}{\nu - 2} - H
    /// ```
    ///
    /// for $`\nu > 2`$, where H is the [entropy](Self::entropy) for $`S = I`$: the nearest normal law has the same mean and covariance, and J, the negentropy, is how far
    /// that one is. What it costs to take heavy tails for a normal law; $`+\infty`$ for $`\nu \le 2`$, where no covariance exists.
    ///
    /// There is no such formula for two t laws, nor for the divergence of a normal law from a t law: the mean of the logarithm of $`1 + r^2 / \nu`$ has no closed form unless r is
    /// the distance of the law that is drawn from. A mean of [`ln_pdf`](Self::ln_pdf) over [draws](Self::sample) estimates them.
    ///
    /// # Shapes
    ///
    /// Both laws have d dimensions; the result is a scalar.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`D(p \parallel q) = -H(p) - \operatorname{E}_p \ln q`$ | `the_divergence_of_a_t_law_is_cross_entropy_minus_entropy` |
    /// | smallest for the normal law of the same mean and covariance, $`J \approx d (d + 2) / 4 \nu^2`$ | `the_nearest_normal_law_has_the_moments_of_the_t_law` |
    ///
    /// # Numerics
    ///
    /// With $`a = \tfrac\nu2`$, $`b = \tfrac{\nu + d}2`$ and what Stirling's formula lacks, δ, it is
    /// $`J = -\tfrac d2 \ln (1 - \tfrac1a) - \tfrac12 \ln \tfrac ba - \tfrac d{4 a} + \delta(b) - \delta(a) - b \, (\delta'(b) - \delta'(a))`$, and beyond $`10^8`$ degrees of freedom its leading term:
    /// about 8 digits at worst, where J is $`10^{-16}`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] if the dimensions differ.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::{MultivariateNormal, MultivariateT};
    /// use gradus_multivariate::nalgebra::{DMatrix, DVector};
    ///
    /// let t = MultivariateT::new(DVector::zeros(2), &DMatrix::identity(2, 2), 4.0)?;
    /// let normal = MultivariateNormal::new(DVector::zeros(2), &(DMatrix::identity(2, 2) * 2.0))?; // ν / (ν − 2)
    /// let expected = 2.0_f64.ln() - 0.5; // in the plane −ln(1 − 2 / ν) − 2 / ν
    /// assert!((t.kl_normal(&normal)? - expected).abs() < 1e-15);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    ///
    /// # References
    ///
    /// S. Kotz and S. Nadarajah, *Multivariate t Distributions and Their Applications* (2004), §1.9, for the entropy.
    #[doc(alias = "Kullback-Leibler")]
    #[doc(alias = "negentropy")]
    pub fn kl_normal(&self, other: &MultivariateNormal) -> Result<f64, MultivariateError> {
        let d = self.dimension();
        check_length("the mean of the other law", other.dimension(), d)?;
        let nu = self.freedom();
        if nu <= 2.0 {
            return Ok(f64::INFINITY);
        }
        let width = (nu / (nu - 2.0)).sqrt();
        let factor = self.ellipsoid.factor.scaled(width)?;
        let nearest = MultivariateNormal::with(self.location().clone(), factor)?;
        Ok(nearest.kl(other)? + negentropy(nu, d as f64))
    }
}

/// How far the t law is from the normal one of the same mean and covariance, J.
fn negentropy(nu: f64, d: f64) -> f64 {
    if nu > FAR {
        return 0.25 * d * (d + 2.0) / nu / nu;
    }
    let (a, b) = (0.5 * nu, 0.5 * (nu + d));
    let slope = |x: f64| StirlingError.slope(x, 0.0);
    let of_widths = -0.5 * d * (-1.0 / a).ln_1p() - 0.5 * (0.5 * d / a).ln_1p() - 0.25 * d / a;
    let lacks = stirling_error(b) - stirling_error(a) - b * (slope(b) - slope(a));
    (of_widths + lacks).max(0.0)
}

/// Beyond, the leading term has more digits than the sum.
const FAR: f64 = 1e8;

#[cfg(test)]
mod tests {
    use super::*;

    /// By mpmath with 80 digits.
    #[test]
    fn values_of_a_table() {
        for (nu, d, expected, tolerance) in [
            (2.5, 1.0, 0.3758974188458014, 1e-14),
            (2.5, 4.0, 1.7622180453258753, 1e-14),
            (5.0, 3.0, 0.1870348254466601, 2e-14),
            (40.0, 2.0, 0.0012932943875505335, 1e-13),
            (1000.0, 5.0, 8.744214690559318e-06, 1e-11),
            (1000000.0, 2.0, 2.0000026666706667e-12, 1e-08),
            (300000000.0, 3.0, 4.166666675925926e-17, 1e-07),
        ] {
            let found = negentropy(nu, d);
            assert!(
                (found / expected - 1.0).abs() < tolerance,
                "{nu} {d}: {found:e} {expected:e}"
            );
        }
    }
}
