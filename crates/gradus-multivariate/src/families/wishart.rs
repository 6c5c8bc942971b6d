//! Wishart's distribution of covariances.

use super::bartlett::{Bartlett, square};
use crate::error::{MultivariateError, check_length};
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::norm2;
use gradus_probability::ProbabilityError;
use gradus_random::rand::Rng;

/// Wishart's distribution: the law of the sum of squares of normal vectors.
///
/// ```math
/// p(W) = \frac{(\det W)^{(\nu - d - 1) / 2}\, e^{-\frac12 \operatorname{tr}(V^{-1} W)}}{2^{\nu d / 2} (\det V)^{\nu / 2}\, \Gamma_d(\tfrac\nu2)}, \qquad
/// \Gamma_d(a) = \pi^{d (d - 1) / 4} \prod_{i=0}^{d-1} \Gamma(a - \tfrac i2)
/// ```
///
/// where $`V`$ is `scale`, symmetric and positive definite, and $`\nu > d - 1`$ `freedom`. For a whole number $`\nu`$ it is the law of
/// $`\sum_{i=1}^{\nu} x_i x_i^\top`$ with $`x_i \sim N(0, V)`$: what a sample says about a covariance. In one dimension it is $`V \chi^2_\nu`$.
///
/// # Shapes
///
/// `scale: d × d`, `w: d × d`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one dimension: [`Gamma`](gradus_probability::Gamma) of shape ν/2 and rate 1/2V | `in_one_dimension_wishart_is_gamma` |
/// | $`A W A^\top`$ is Wishart's with scale $`A V A^\top`$ | `congruent_wishart_matrices_are_wishart` |
/// | mean and variances, from draws | `draws_of_wishart_have_its_moments` |
/// | a diagonal entry, by its scale, is $`\chi^2_\nu`$ (Kolmogorov–Smirnov) | `diagonals_of_wishart_draws_are_chi_squared` |
/// | the density is largest at the mode | `the_modes_of_matrices_are_modes` |
/// | entropy: the mean of $`-\ln p`$ of draws | `the_entropy_of_wishart_is_the_mean_of_minus_ln_p` |
/// | entropy of $`\nu \to \infty`$: that of normal numbers with the variances of the entries | `entropies_of_many_degrees_of_freedom_are_normal` |
/// | divergence: at least 0, and 0 exactly for the same law | `divergences_of_wishart_laws_are_zero_for_the_same_law_alone` |
///
/// # Numerics
///
/// The trace is $`\lVert L_V^{-1} L_W \rVert_F^2`$ with the roots, a sum of squares. Draws are Bartlett's: d (d − 1) / 2 normal and d chi-squared
/// numbers, whatever ν is.
///
/// # Examples
///
/// ```
/// use gradus_multivariate::Wishart;
/// use gradus_multivariate::nalgebra::DMatrix;
///
/// let scale = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 1.0, 3.0]);
/// let law = Wishart::new(&scale, 10.0)?;
/// assert!((law.mean() - &scale * 10.0).amax() < 1e-13);
/// assert!((law.mode()? - &scale * 7.0).amax() < 1e-13); // ν − d − 1
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// J. Wishart, *The generalised product moment distribution in samples from a normal multivariate population*, Biometrika 20A (1928),
/// 32–52; T. W. Anderson, *An Introduction to Multivariate Statistical Analysis*, 3rd ed. (2003), §7.2; M. S. Bartlett, *On the theory of
/// statistical regression* (1933), for the draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Wishart {
    pub(super) parts: Bartlett,
}

impl Wishart {
    /// The law with this `scale` and these degrees of `freedom`.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Linalg`] unless the scale is symmetric and positive definite; [`MultivariateError::Domain`] unless the
    /// degrees are more than d − 1 and at most 1e300; [`MultivariateError::NoDimension`].
    pub fn new(scale: &DMatrix<f64>, freedom: f64) -> Result<Self, MultivariateError> {
        let parts = Bartlett::new(Factor::of_matrix(scale)?, freedom)?;
        Ok(Self { parts })
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.parts.dimension()
    }

    /// $`V`$, symmetric to the bit.
    #[must_use]
    pub fn scale(&self) -> DMatrix<f64> {
        self.parts.factor.matrix()
    }

    /// $`\nu`$.
    #[must_use]
    pub fn freedom(&self) -> f64 {
        self.parts.freedom
    }

    /// $`\nu V`$.
    #[must_use]
    pub fn mean(&self) -> DMatrix<f64> {
        self.scale() * self.freedom()
    }

    /// The variances of the entries: $`\operatorname{Var} w_{ij} = \nu (v_{ij}^2 + v_{ii} v_{jj})`$.
    #[must_use]
    pub fn variance(&self) -> DMatrix<f64> {
        let v = self.scale();
        DMatrix::from_fn(v.nrows(), v.ncols(), |i, j| {
            self.freedom() * (v[(i, j)] * v[(i, j)] + v[(i, i)] * v[(j, j)])
        })
    }

    /// Where the density is largest: $`(\nu - d - 1) V`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] unless $`\nu > d + 1`$: the density is then largest at a boundary, or has no bound.
    pub fn mode(&self) -> Result<DMatrix<f64>, MultivariateError> {
        let excess = self.freedom() - self.dimension() as f64 - 1.0;
        if excess > 0.0 {
            return Ok(self.scale() * excess);
        }
        let (moment, needs) = ("mode", "more degrees of freedom than the dimension and 1");
        Err(ProbabilityError::NoMoment { moment, needs }.into())
    }

    /// $`\ln p(W)`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] for another dimension; [`MultivariateError::Linalg`] unless w is symmetric and
    /// positive definite: anything else is no draw of this law.
    pub fn ln_pdf(&self, w: &DMatrix<f64>) -> Result<f64, MultivariateError> {
        check_length("a column of w", w.nrows(), self.dimension())?;
        let w = Factor::of_matrix(w)?;
        let trace = norm2(self.parts.factor.relative(&w).as_slice()).powi(2);
        let power = self.freedom() - self.dimension() as f64 - 1.0;
        let scale = self.freedom() * self.parts.factor.ln_determinant();
        Ok(power * w.ln_determinant() - 0.5 * trace - scale - self.parts.ln_gamma())
    }

    /// $`\operatorname{E} \ln \det W = \psi_d(\tfrac\nu2) + d \ln 2 + \ln \det V`$.
    #[must_use]
    pub fn mean_ln_determinant(&self) -> f64 {
        self.parts.digamma() + 2.0 * self.parts.factor.ln_determinant()
    }

    /// The differential entropy in nats, over the d (d + 1) / 2 entries of a triangle.
    ///
    /// ```math
    /// \tfrac\nu2 \ln \det V + \ln (2^{\nu d / 2}\, \Gamma_d(\tfrac\nu2)) - \tfrac{\nu - d - 1}2 \operatorname{E} \ln \det W + \tfrac{\nu d}2
    /// ```
    ///
    /// With many degrees of freedom the entries are nearly normal, and so is the entropy: it keeps its digits there.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.parts.entropy(1.0)
    }

    /// Draws $`L A A^\top L^\top`$ with Bartlett's triangle A.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::{Key, Wishart};
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let law = Wishart::new(&DMatrix::identity(2, 2), 5.0)?;
    /// let w = law.sample(&mut Key::new(3).rng());
    /// assert!(w[(0, 1)] == w[(1, 0)] && law.ln_pdf(&w)?.is_finite());
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> DMatrix<f64> {
        square(&(self.parts.factor.triangle() * self.parts.triangle(rng)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laws_that_are_none() {
        let of = |freedom: f64| Wishart::new(&DMatrix::identity(3, 3), freedom).map(|_| ());
        for freedom in [2.0, 0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(
                matches!(of(freedom), Err(MultivariateError::Domain { .. })),
                "{freedom}"
            );
        }
        assert!(of(2.0 + 1e-9).is_ok());
        let none = Wishart::new(&DMatrix::zeros(0, 0), 1.0);
        assert_eq!(none, Err(MultivariateError::NoDimension));
        let law = Wishart::new(&DMatrix::identity(2, 2), 3.0).unwrap();
        assert!(law.mode().is_err());
        assert!(law.ln_pdf(&DMatrix::identity(3, 3)).is_err());
        assert!(law.ln_pdf(&DMatrix::zeros(2, 2)).is_err());
    }

    #[test]
    fn a_value_by_hand() -> Result<(), MultivariateError> {
        // d = 2, ν = 3, V = I at W = I: e⁻¹ / (2³ Γ₂(3/2)), and Γ₂(3/2) = √π Γ(3/2) Γ(1) = π / 2
        let law = Wishart::new(&DMatrix::identity(2, 2), 3.0)?;
        let expected = -1.0 - (4.0 * std::f64::consts::PI).ln();
        assert!((law.ln_pdf(&DMatrix::identity(2, 2))? - expected).abs() < 1e-15 * 4.0);
        Ok(())
    }
}
