//! The t distribution of vectors.

use super::multivariate_normal::LN_SQRT_2PI;
use crate::error::{MultivariateError, check_positive};
use crate::matrices::ellipsoid::Ellipsoid;
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_numeric::{digamma, ln_beta, ln_gamma};
use gradus_probability::{ChiSquared, Continuous, ProbabilityError};
use gradus_random::normal;
use gradus_random::rand::Rng;

/// Student's t distribution of vectors: a normal cloud whose overall width is itself uncertain.
///
/// ```math
/// p(x) = \frac{\Gamma(\frac{\nu + d}2)}{\Gamma(\frac\nu2)\,\sqrt{\det(\nu \pi S)}}
///     \left(1 + \frac{(x - m)^\top S^{-1} (x - m)}{\nu}\right)^{-\frac{\nu + d}2}
/// ```
///
/// where $`m`$ is `location`, $`S`$ `scale`, symmetric and positive definite, and $`\nu > 0`$ `freedom`, the degrees of freedom: the law of
/// $`m + \sqrt{\nu / w}\, L z`$ with $`S = L L^\top`$, z standard normal and w chi-squared. One width for all coordinates: they are not independent even if S is
/// diagonal, for a far one says that the others may be far too. It is the predictive law of a normal one whose covariance is unknown; for
/// $`\nu \to \infty`$ it is the normal law.
///
/// # Shapes
///
/// `location: d`, `scale: d × d`, `x: d`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one dimension: [`StudentT`](gradus_probability::StudentT) | `in_one_dimension_it_is_students_law` |
/// | $`\nu \to \infty`$: the normal law | `with_many_degrees_of_freedom_it_is_normal` |
/// | $`p(x_1, x_2) = p(x_1)\,p(x_2 \mid x_1)`$ | `a_joint_t_density_is_marginal_times_conditional` |
/// | images under affine maps | `affine_images_of_t_vectors_are_t` |
/// | squared distances of draws, by d, are $`F_{d, \nu}`$ (Kolmogorov–Smirnov) | `squared_distances_of_t_draws_are_f` |
/// | entropy, from draws | `the_entropy_of_a_t_law_is_the_mean_of_minus_ln_p` |
/// | divergence from a normal law: cross-entropy minus entropy | `the_divergence_of_a_t_law_is_cross_entropy_minus_entropy` |
///
/// # Numerics
///
/// The quotient of the two gamma functions is $`\Gamma(\frac d2) / \mathrm B(\frac\nu2, \frac d2)`$, which does not cancel for large $`\nu`$; the power goes by
/// $`\ln(1 + \cdot)`$, and where the square overflows by the logarithm of the distance: the density of a point at $`10^{300}`$ is known.
///
/// # Examples
///
/// ```
/// use gradus_multivariate::MultivariateT;
/// use gradus_multivariate::nalgebra::{DMatrix, DVector};
///
/// // In the plane with one degree of freedom: p = (1 + r²)^(−3/2) / 2π
/// let law = MultivariateT::new(DVector::zeros(2), &DMatrix::identity(2, 2), 1.0)?;
/// let p = law.pdf(&DVector::from_row_slice(&[1.0, 2.0_f64.sqrt()]))?;
/// assert!((p * 16.0 * std::f64::consts::PI - 1.0).abs() < 1e-15);
/// assert!(law.mean().is_err()); // the integral does not exist
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// S. Kotz and S. Nadarajah, *Multivariate t Distributions and Their Applications* (2004), ch. 1; P. Ding, *On the conditional
/// distribution of the multivariate t distribution*, The American Statistician 70 (2016), 293–295.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "Student")]
pub struct MultivariateT {
    pub(super) ellipsoid: Ellipsoid,
    freedom: f64,
    mixing: ChiSquared,
}

impl MultivariateT {
    /// The cloud around `location` with this `scale`, which is not the covariance, and `freedom` degrees of freedom.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Linalg`] unless the scale is symmetric and positive definite; [`MultivariateError::Domain`] unless the degrees are
    /// finite and positive; [`MultivariateError::LengthMismatch`], [`MultivariateError::NonFinite`] for the location;
    /// [`MultivariateError::NoDimension`].
    pub fn new(
        location: DVector<f64>,
        scale: &DMatrix<f64>,
        freedom: f64,
    ) -> Result<Self, MultivariateError> {
        Self::with(
            Ellipsoid::new(location, Factor::of_matrix(scale)?)?,
            freedom,
        )
    }

    pub(crate) fn with(ellipsoid: Ellipsoid, freedom: f64) -> Result<Self, MultivariateError> {
        check_positive("freedom", freedom)?;
        Ok(Self {
            ellipsoid,
            freedom,
            mixing: ChiSquared::new(freedom)?,
        })
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.ellipsoid.dimension()
    }

    /// $`m`$: mode and center of symmetry.
    #[must_use]
    pub fn location(&self) -> &DVector<f64> {
        &self.ellipsoid.center
    }

    /// $`S`$, symmetric to the bit.
    #[must_use]
    pub fn scale(&self) -> DMatrix<f64> {
        self.ellipsoid.factor.matrix()
    }

    /// $`\nu`$.
    #[must_use]
    pub fn freedom(&self) -> f64 {
        self.freedom
    }

    /// $`m`$, if the integral exists.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] for one degree of freedom or less.
    pub fn mean(&self) -> Result<&DVector<f64>, MultivariateError> {
        self.needs(1.0, "mean", "more than 1 degree of freedom")?;
        Ok(self.location())
    }

    /// $`\frac{\nu}{\nu - 2} S`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] for two degrees of freedom or less.
    pub fn covariance(&self) -> Result<DMatrix<f64>, MultivariateError> {
        self.needs(2.0, "covariance", "more than 2 degrees of freedom")?;
        Ok(self.scale() * (self.freedom / (self.freedom - 2.0)))
    }

    fn needs(
        &self,
        more_than: f64,
        moment: &'static str,
        needs: &'static str,
    ) -> Result<(), ProbabilityError> {
        if self.freedom > more_than {
            Ok(())
        } else {
            Err(ProbabilityError::NoMoment { moment, needs })
        }
    }

    /// $`\sqrt{(x - m)^\top S^{-1} (x - m)}`$; NaN if an entry of x is, infinite if one is.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless x has d entries.
    pub fn mahalanobis(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        self.ellipsoid.checked_distance(x)
    }

    /// $`\ln p(x)`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless x has d entries.
    pub fn ln_pdf(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        let r = self.mahalanobis(x)? / self.freedom.sqrt();
        let ln = if r > FAR {
            2.0 * r.ln()
        } else {
            (r * r).ln_1p()
        };
        Ok(-0.5 * (self.freedom + self.dimension() as f64) * ln - self.ln_normalizer())
    }

    /// $`p(x)`$, the exponential of `ln_pdf`.
    ///
    /// # Errors
    ///
    /// As [`ln_pdf`](Self::ln_pdf).
    pub fn pdf(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        self.ln_pdf(x).map(f64::exp)
    }

    /// $`\ln (\mathrm B(\frac\nu2, \frac d2)\, \sqrt{\det(\nu \pi S)} / \Gamma(\frac d2))`$.
    fn ln_normalizer(&self) -> f64 {
        let (half, d) = (0.5 * self.freedom, self.dimension() as f64);
        let gammas = ln_beta(half, 0.5 * d) + 0.5 * d * half.ln() - ln_gamma(0.5 * d);
        gammas + d * LN_SQRT_2PI + self.ellipsoid.factor.ln_determinant()
    }

    /// The differential entropy in nats.
    ///
    /// ```math
    /// \tfrac{\nu + d}2 \left(\psi(\tfrac{\nu + d}2) - \psi(\tfrac\nu2)\right) - \ln p(m)
    /// ```
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let (half, d) = (0.5 * self.freedom, self.dimension());
        (half + 0.5 * d as f64) * digamma_rise(half, d) + self.ln_normalizer()
    }

    /// The law of some coordinates alone: t with the same degrees of freedom.
    ///
    /// # Errors
    ///
    /// As [`MultivariateNormal::marginal`](crate::MultivariateNormal::marginal).
    pub fn marginal(&self, coordinates: &[usize]) -> Result<Self, MultivariateError> {
        Self::with(self.ellipsoid.shadow(coordinates)?, self.freedom)
    }

    /// The law of the other coordinates, in their order, when those in `known` have these `values`.
    ///
    /// ```math
    /// X_2 \mid x_1 \sim t_{\nu + d_1}\left(m_2 + S_{21} S_{11}^{-1} (x_1 - m_1),\;
    ///     \frac{\nu + r^2}{\nu + d_1} \left(S_{22} - S_{21} S_{11}^{-1} S_{12}\right)\right)
    /// ```
    ///
    /// with the $`d_1`$ known coordinates at a distance r from their location. Unlike that of a normal law the spread depends on the
    /// values: surprising ones tell that the cloud is wide.
    ///
    /// # Errors
    ///
    /// As [`MultivariateNormal::conditional`](crate::MultivariateNormal::conditional).
    pub fn conditional(
        &self,
        known: &[usize],
        values: &DVector<f64>,
    ) -> Result<Self, MultivariateError> {
        let section = self.ellipsoid.section(known, values)?;
        let freedom = self.freedom + known.len() as f64;
        // √((ν + r²) / (ν + d₁)): the square may overflow, the root does not
        let width = self.freedom.sqrt().hypot(section.distance) / freedom.sqrt();
        let center = section.rest.center;
        let factor = section.rest.factor.scaled(width)?;
        Self::with(Ellipsoid::new(center, factor)?, freedom)
    }

    /// The law of $`A X + b`$: t with the same degrees of freedom.
    ///
    /// # Errors
    ///
    /// As [`MultivariateNormal::affine`](crate::MultivariateNormal::affine).
    pub fn affine(&self, a: &DMatrix<f64>, b: &DVector<f64>) -> Result<Self, MultivariateError> {
        Self::with(self.ellipsoid.image(a, b)?, self.freedom)
    }

    /// Draws $`m + \sqrt{\nu / w}\, L z`$.
    ///
    /// For few degrees of freedom, below 0.01 or so, many draws are beyond the numbers: infinite.
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> DVector<f64> {
        let z: Vec<f64> = (0..self.dimension()).map(|_| normal(rng)).collect();
        let width = (self.freedom / self.mixing.sample(rng)).sqrt();
        let step = DVector::from_vec(self.ellipsoid.factor.colored(&z, 0));
        // one by one: an infinite width times an entry that is 0 is no number
        DVector::from_fn(z.len(), |i, _| {
            let step = if step[i] == 0.0 { 0.0 } else { width * step[i] };
            self.location()[i] + step
        })
    }
}

/// $`\psi(a + \tfrac d2) - \psi(a)`$: whole steps by the recurrence $`\psi(a + 1) = \psi(a) + 1 / a`$, and a half step that is left.
///
/// For large a the two functions of the half step agree in nearly all digits, and their difference is
/// $`\frac1{2a} + \frac1{8a^2} - \frac1{64a^4} + \frac1{128a^6} - \dots`$ (DLMF 5.11.2), to the last digit from 100 on.
fn digamma_rise(a: f64, d: usize) -> f64 {
    let first = if d.is_multiple_of(2) { a } else { a + 0.5 };
    let whole: f64 = (0..d / 2).map(|j| 1.0 / (first + j as f64)).sum();
    if d.is_multiple_of(2) {
        return whole;
    }
    let b = 1.0 / a;
    let half = if a < 100.0 {
        digamma(a + 0.5) - digamma(a)
    } else {
        b * (0.5 + b * (0.125 + b * b * (-1.0 / 64.0 + b * b / 128.0)))
    };
    half + whole
}

/// Beyond it $`1 + r^2`$ is $`r^2`$.
const FAR: f64 = 1e9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn laws_that_are_none() {
        let of = |freedom: f64| {
            MultivariateT::new(DVector::zeros(2), &DMatrix::identity(2, 2), freedom).map(|_| ())
        };
        for freedom in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(matches!(of(freedom), Err(MultivariateError::Domain { .. })));
        }
        let law = MultivariateT::new(DVector::zeros(1), &DMatrix::identity(1, 1), 2.0).unwrap();
        assert!(law.mean().is_ok() && law.covariance().is_err());
        assert!(law.ln_pdf(&DVector::zeros(2)).is_err());
    }

    #[test]
    fn points_far_out_have_a_density() -> Result<(), MultivariateError> {
        let law = MultivariateT::new(DVector::zeros(2), &DMatrix::identity(2, 2), 1.0)?;
        let at = |x: f64| law.ln_pdf(&DVector::from_row_slice(&[x, 0.0]));
        // (1 + r²)^(−3/2) / 2π
        let expected = -3.0 * 1e300_f64.ln() - (2.0 * std::f64::consts::PI).ln();
        assert!((at(1e300)? / expected - 1.0).abs() < 4.0 * f64::EPSILON);
        assert_eq!(at(f64::INFINITY)?, f64::NEG_INFINITY);
        assert!(at(f64::NAN)?.is_nan());
        Ok(())
    }
}
