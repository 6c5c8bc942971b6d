//! What is believed of a covariance.

use super::bartlett::{Bartlett, square};
use crate::error::{MultivariateError, check_length};
use crate::matrices::factor::Factor;
use crate::matrices::substitution::substituted;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::norm2;
use gradus_probability::ProbabilityError;
use gradus_random::rand::Rng;

/// The inverse Wishart distribution: the law of the inverse of a Wishart matrix, and what is believed of a covariance.
///
/// ```math
/// p(S) = \frac{(\det \Psi)^{\nu / 2}}{2^{\nu d / 2}\, \Gamma_d(\tfrac\nu2)} (\det S)^{-(\nu + d + 1) / 2}\, e^{-\frac12 \operatorname{tr}(\Psi S^{-1})}
/// ```
///
/// where $`\Psi`$ is `scale` and $`\nu > d - 1`$ `freedom`: $`S^{-1}`$ is of [`Wishart`](crate::Wishart)'s law with scale $`\Psi^{-1}`$. It is as if $`\nu`$ vectors had
/// been seen, whose squares sum to $`\Psi`$.
///
/// # Shapes
///
/// `scale: d × d`, `s: d × d`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one dimension: [`InverseGamma`](gradus_probability::InverseGamma) of ν/2 and Ψ/2 | `in_one_dimension_inverse_wishart_is_inverse_gamma` |
/// | density of the inverse of a Wishart matrix, by $`(\det S)^{-(d + 1)}`$ | `inverses_of_wishart_matrices_are_inverse_wishart` |
/// | mean, from draws; a diagonal entry of the inverse is chi-squared | `draws_of_inverse_wishart_have_its_mean` |
/// | the density is largest at the mode | `the_modes_of_matrices_are_modes` |
/// | entropy: that of the Wishart law of the inverses, plus $`(d + 1) \operatorname{E} \ln \det S`$ | `the_entropy_of_inverses_counts_their_volumes` |
///
/// # Examples
///
/// ```
/// use gradus_multivariate::InverseWishart;
/// use gradus_multivariate::nalgebra::DMatrix;
///
/// let law = InverseWishart::new(&DMatrix::identity(2, 2), 7.0)?;
/// assert_eq!(law.mean()?[(0, 0)], 0.25); // 1 / (ν − d − 1)
/// assert_eq!(law.mode()[(0, 0)], 0.1); // 1 / (ν + d + 1)
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// K. V. Mardia, J. T. Kent and J. M. Bibby, *Multivariate Analysis* (1979), §3.8; A. Gelman et al., *Bayesian Data Analysis*, 3rd ed.
/// (2013), §3.6.
#[derive(Clone, Debug, PartialEq)]
pub struct InverseWishart {
    pub(super) parts: Bartlett,
}

impl InverseWishart {
    /// The law with this `scale` and these degrees of `freedom`.
    ///
    /// # Errors
    ///
    /// As [`Wishart::new`](crate::Wishart::new).
    pub fn new(scale: &DMatrix<f64>, freedom: f64) -> Result<Self, MultivariateError> {
        Self::with(Factor::of_matrix(scale)?, freedom)
    }

    pub(crate) fn with(factor: Factor, freedom: f64) -> Result<Self, MultivariateError> {
        let parts = Bartlett::new(factor, freedom)?;
        Ok(Self { parts })
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.parts.dimension()
    }

    /// $`\Psi`$, symmetric to the bit.
    #[must_use]
    pub fn scale(&self) -> DMatrix<f64> {
        self.parts.factor.matrix()
    }

    /// $`\nu`$.
    #[must_use]
    pub fn freedom(&self) -> f64 {
        self.parts.freedom
    }

    /// $`\Psi / (\nu - d - 1)`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] unless $`\nu > d + 1`$.
    pub fn mean(&self) -> Result<DMatrix<f64>, MultivariateError> {
        let excess = self.freedom() - self.dimension() as f64 - 1.0;
        if excess > 0.0 {
            return Ok(self.scale() / excess);
        }
        let (moment, needs) = ("mean", "more degrees of freedom than the dimension and 1");
        Err(ProbabilityError::NoMoment { moment, needs }.into())
    }

    /// Where the density is largest: $`\Psi / (\nu + d + 1)`$.
    #[must_use]
    #[doc(alias = "MAP")]
    pub fn mode(&self) -> DMatrix<f64> {
        self.scale() / (self.freedom() + self.dimension() as f64 + 1.0)
    }

    /// $`\ln p(S)`$.
    ///
    /// # Errors
    ///
    /// As [`Wishart::ln_pdf`](crate::Wishart::ln_pdf).
    pub fn ln_pdf(&self, s: &DMatrix<f64>) -> Result<f64, MultivariateError> {
        check_length("a column of s", s.nrows(), self.dimension())?;
        let s = Factor::of_matrix(s)?;
        let trace = norm2(s.relative(&self.parts.factor).as_slice()).powi(2);
        let power = self.freedom() + self.dimension() as f64 + 1.0;
        let scale = self.freedom() * self.parts.factor.ln_determinant();
        Ok(scale - self.parts.ln_gamma() - power * s.ln_determinant() - 0.5 * trace)
    }

    /// $`\operatorname{E} \ln \det S = \ln \det \Psi - \psi_d(\tfrac\nu2) - d \ln 2`$.
    #[must_use]
    pub fn mean_ln_determinant(&self) -> f64 {
        2.0 * self.parts.factor.ln_determinant() - self.parts.digamma()
    }

    /// The differential entropy in nats, over the d (d + 1) / 2 entries of a triangle.
    ///
    /// ```math
    /// -\tfrac\nu2 \ln \det \Psi + \ln (2^{\nu d / 2}\, \Gamma_d(\tfrac\nu2)) + \tfrac{\nu + d + 1}2 \operatorname{E} \ln \det S + \tfrac{\nu d}2
    /// ```
    ///
    /// With many degrees of freedom it keeps its digits, as that of [`Wishart`](crate::Wishart::entropy).
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::InverseWishart;
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let law = InverseWishart::new(&DMatrix::from_element(1, 1, 2.0), 2.0)?;
    /// // in one dimension 1 / S is exponential: 1 + 2 γ
    /// assert!((law.entropy() - 1.0 - 2.0 * 0.577_215_664_901_532_9).abs() < 4e-15);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        self.parts.entropy(-1.0)
    }

    /// Draws $`L (A A^\top)^{-1} L^\top`$ with Bartlett's triangle A.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Overflow`] if an entry is beyond the numbers, as most are for less than d − 1 + 0.01 degrees of freedom.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::{InverseWishart, Key};
    /// use gradus_multivariate::nalgebra::DMatrix;
    ///
    /// let law = InverseWishart::new(&DMatrix::identity(2, 2), 5.0)?;
    /// let s = law.sample(&mut Key::new(3).rng())?;
    /// assert!(s[(0, 1)] == s[(1, 0)] && law.ln_pdf(&s)?.is_finite());
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> Result<DMatrix<f64>, MultivariateError> {
        let d = self.dimension();
        let inverse = substituted(&self.parts.triangle(rng), DMatrix::identity(d, d));
        let draw = square(&(self.parts.factor.triangle() * inverse.transpose()));
        if draw.iter().all(|s| s.is_finite()) {
            return Ok(draw);
        }
        let operation = "a draw of an inverse Wishart law";
        Err(MultivariateError::Overflow { operation })
    }
}
