//! The normal distribution of vectors.

use crate::error::{MultivariateError, check_finite};
use crate::matrices::ellipsoid::Ellipsoid;
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_random::normal;
use gradus_random::rand::Rng;

/// The normal distribution of vectors: a cloud around a mean, with ellipsoids where the density is constant.
///
/// ```math
/// p(x) = \frac{1}{\sqrt{\det(2 \pi \Sigma)}} \exp\left(-\tfrac12 (x - \mu)^\top \Sigma^{-1} (x - \mu)\right), \qquad \Sigma = L L^\top
/// ```
///
/// where $`\mu`$ is `mean` and $`\Sigma`$ `covariance`, symmetric and positive definite. If the entries of $`z`$ are independent
/// standard normal numbers, this is the law of $`\mu + L z`$: a round cloud, sheared, stretched and moved. Parts of it, images under affine
/// maps, and what is left when a part is known are normal again. Of all distributions with this mean and this covariance it has the
/// largest entropy.
///
/// # Shapes
///
/// `mean: d`, `covariance: d × d`, `x: d`; d is at least 1.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | diagonal $`\Sigma`$: a product of normal laws of one variable | `a_diagonal_covariance_makes_coordinates_independent` |
/// | one dimension: [`Normal`](gradus_probability::Normal) | `in_one_dimension_it_is_the_normal_law` |
/// | $`\int p = 1`$, in two dimensions | `a_normal_density_of_two_variables_integrates_to_one` |
/// | given by covariance, by precision or by factor: the same law | `covariance_precision_and_factor_give_one_law` |
/// | a unit of measurement changes the density by its own factor, to the bit | `units_of_measurement_scale_the_density` |
/// | $`p(x_1, x_2) = p(x_1)\,p(x_2 \mid x_1)`$ | `the_joint_density_is_marginal_times_conditional` |
/// | conditional covariance: $`\Sigma_{22} - \Sigma_{21} \Sigma_{11}^{-1} \Sigma_{12}`$ | `what_is_left_of_the_covariance_is_the_schur_complement` |
/// | $`A X + b`$ has mean $`A \mu + b`$ and covariance $`A \Sigma A^\top`$ | `affine_images_of_normal_vectors_are_normal` |
/// | $`\operatorname{E} \ln p = -H`$, by [`kl`](Self::kl) | `divergence_is_cross_entropy_minus_entropy` |
/// | squared distances of draws are $`\chi^2_d`$ (Kolmogorov–Smirnov) | `squared_distances_of_draws_are_chi_squared` |
///
/// # Numerics
///
/// The law is held by $`L`$, every row in a unit of its own, a power of two: variances of 1e-300 beside 1e300 cost nothing, and a change of
/// units by powers of two changes no digit. Parts, images and conditional laws come from an orthogonal triangularization of rows of $`L`$. No covariance
/// is formed and nothing is subtracted: the error of a distance is that of the condition of what was given. A covariance of condition 1e12, rounded
/// to 16 digits, knows some distances to 4; its factor has condition 1e6 and knows them to 10.
///
/// # Examples
///
/// ```
/// use gradus_multivariate::MultivariateNormal;
/// use gradus_multivariate::nalgebra::{DMatrix, DVector};
///
/// // Height in cm and weight in kg.
/// let mean = DVector::from_row_slice(&[170.0, 70.0]);
/// let covariance = DMatrix::from_row_slice(2, 2, &[100.0, 60.0, 60.0, 100.0]);
/// let people = MultivariateNormal::new(mean, &covariance)?;
/// // Whoever is 10 cm taller weighs 6 kg more, give or take √(100 − 60²/100) = 8.
/// let tall = people.conditional(&[0], &DVector::from_element(1, 180.0))?;
/// assert!((tall.mean()[0] - 76.0).abs() < 1e-12);
/// assert!((tall.covariance()[(0, 0)] - 64.0).abs() < 1e-12);
/// // The most probable point has density 1 / (2π √det Σ), with √det Σ = 80.
/// let density = people.pdf(people.mean())?;
/// assert!((density * 160.0 * std::f64::consts::PI - 1.0).abs() < 1e-14);
/// # Ok::<(), gradus_multivariate::MultivariateError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §2.3; K. V. Mardia, J. T. Kent and J. M. Bibby, *Multivariate
/// Analysis* (1979), ch. 3.
#[derive(Clone, Debug, PartialEq)]
#[doc(alias = "Gaussian")]
pub struct MultivariateNormal {
    pub(crate) ellipsoid: Ellipsoid,
}

impl MultivariateNormal {
    /// The law with this `mean` and this `covariance`.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::Linalg`] if the covariance is not square, not finite, not symmetric up to rounding, or not positive definite (the
    /// error tells the pivot); [`MultivariateError::LengthMismatch`], [`MultivariateError::NonFinite`] for the mean;
    /// [`MultivariateError::NoDimension`].
    pub fn new(mean: DVector<f64>, covariance: &DMatrix<f64>) -> Result<Self, MultivariateError> {
        Self::with(mean, Factor::of_matrix(covariance)?)
    }

    /// The law with this `mean` and the covariance $`P^{-1}`$.
    ///
    /// The precision tells what is known of each coordinate when all others are known: $`p_{ij} = 0`$ says that i and j are
    /// then independent.
    ///
    /// # Numerics
    ///
    /// $`P`$ is taken apart from its last row upwards, $`P = U U^\top`$; then $`L = U^{-\top}`$ is a lower triangle, found by
    /// substitution. $`P`$ is not inverted.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new), about the precision.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::MultivariateNormal;
    /// use gradus_multivariate::nalgebra::{DMatrix, DVector};
    ///
    /// let precision = DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 4.0]);
    /// let law = MultivariateNormal::from_precision(DVector::zeros(2), &precision)?;
    /// assert_eq!(law.covariance(), DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 0.25]));
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    pub fn from_precision(
        mean: DVector<f64>,
        precision: &DMatrix<f64>,
    ) -> Result<Self, MultivariateError> {
        Self::with(mean, Factor::of_inverse(precision)?)
    }

    /// The law of $`\mu + L z`$ with a lower triangle $`L`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::NotTriangular`] for an entry above the diagonal; [`MultivariateError::Linalg`] unless the diagonal is
    /// positive; [`MultivariateError::Overflow`] if the inverse overflows, though its rows are measured by their largest entries;
    /// otherwise as [`new`](Self::new).
    pub fn from_cholesky_factor(
        mean: DVector<f64>,
        l: &DMatrix<f64>,
    ) -> Result<Self, MultivariateError> {
        Self::with(mean, Factor::of_triangle(l)?)
    }

    /// The law of independent coordinates with these `variances`.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new): the variances have to be positive.
    pub fn from_variances(
        mean: DVector<f64>,
        variances: &DVector<f64>,
    ) -> Result<Self, MultivariateError> {
        Self::new(mean, &DMatrix::from_diagonal(variances))
    }

    pub(crate) fn with(mean: DVector<f64>, factor: Factor) -> Result<Self, MultivariateError> {
        let ellipsoid = Ellipsoid::new(mean, factor)?;
        Ok(Self { ellipsoid })
    }

    /// d.
    #[must_use]
    pub fn dimension(&self) -> usize {
        self.ellipsoid.dimension()
    }

    /// $`\mu`$: mean, mode and center of symmetry.
    #[must_use]
    pub fn mean(&self) -> &DVector<f64> {
        &self.ellipsoid.center
    }

    /// $`\Sigma = L L^\top`$, symmetric to the bit.
    #[must_use]
    pub fn covariance(&self) -> DMatrix<f64> {
        self.ellipsoid.factor.matrix()
    }

    /// $`\Sigma^{-1}`$, symmetric to the bit.
    #[must_use]
    pub fn precision(&self) -> DMatrix<f64> {
        self.ellipsoid.factor.inverse()
    }

    /// $`L`$: lower triangular with a positive diagonal.
    #[must_use]
    pub fn cholesky_factor(&self) -> DMatrix<f64> {
        self.ellipsoid.factor.triangle()
    }

    /// Mahalanobis' distance, $`\sqrt{(x - \mu)^\top \Sigma^{-1} (x - \mu)}`$: how many standard deviations x is from the mean.
    ///
    /// NaN if an entry of x is; infinite if one is, or beyond $`10^{308}`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless x has d entries.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::MultivariateNormal;
    /// use gradus_multivariate::nalgebra::DVector;
    ///
    /// let variances = DVector::from_row_slice(&[1.0, 100.0]);
    /// let law = MultivariateNormal::from_variances(DVector::zeros(2), &variances)?;
    /// assert_eq!(law.mahalanobis(&DVector::from_row_slice(&[3.0, 40.0]))?, 5.0);
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    pub fn mahalanobis(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        self.ellipsoid.checked_distance(x)
    }

    /// $`\ln p(x)`$; finite where `pdf` underflows, −∞ beyond a distance of $`10^{154}`$.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless x has d entries.
    pub fn ln_pdf(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        Ok(self.ln_pdf_at(self.mahalanobis(x)?))
    }

    /// $`p(x)`$, the exponential of `ln_pdf`.
    ///
    /// # Errors
    ///
    /// As [`ln_pdf`](Self::ln_pdf).
    pub fn pdf(&self, x: &DVector<f64>) -> Result<f64, MultivariateError> {
        self.ln_pdf(x).map(f64::exp)
    }

    /// The density at a distance.
    pub(crate) fn ln_pdf_at(&self, distance: f64) -> f64 {
        -0.5 * distance * distance - self.ln_normalizer()
    }

    /// $`\tfrac12 \ln \det(2 \pi \Sigma)`$.
    fn ln_normalizer(&self) -> f64 {
        self.dimension() as f64 * LN_SQRT_2PI + self.ellipsoid.factor.ln_determinant()
    }

    /// The differential entropy in nats: $`\tfrac12 \ln \det(2 \pi e \Sigma)`$.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        0.5 * self.dimension() as f64 + self.ln_normalizer()
    }

    /// $`L^{-1} (x - \mu)`$: independent standard normal numbers, if x was drawn from this law.
    ///
    /// # Errors
    ///
    /// [`MultivariateError::LengthMismatch`] unless x has d entries, [`MultivariateError::NonFinite`], [`MultivariateError::Overflow`].
    #[doc(alias = "whitening")]
    pub fn standardized(&self, x: &DVector<f64>) -> Result<DVector<f64>, MultivariateError> {
        let operation = "standardized";
        self.mahalanobis(x)?;
        check_finite("x", x.as_slice())?;
        let z = self.ellipsoid.standardized(x.as_slice());
        if z.iter().all(|z| z.is_finite()) {
            Ok(DVector::from_vec(z))
        } else {
            Err(MultivariateError::Overflow { operation })
        }
    }

    /// Draws $`\mu + L z`$.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_multivariate::{Key, MultivariateNormal};
    /// use gradus_multivariate::nalgebra::{DMatrix, DVector};
    ///
    /// let law = MultivariateNormal::new(DVector::zeros(2), &DMatrix::identity(2, 2))?;
    /// let draw = || law.sample(&mut Key::new(7).rng());
    /// assert_eq!(draw(), draw());
    /// # Ok::<(), gradus_multivariate::MultivariateError>(())
    /// ```
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> DVector<f64> {
        let z: Vec<f64> = (0..self.dimension()).map(|_| normal(rng)).collect();
        self.ellipsoid.point(&z)
    }
}

/// $`\tfrac12 \ln 2\pi`$, mpmath.
pub(crate) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_741_78;

#[cfg(test)]
mod tests {
    use super::*;
    use gradus_linalg::LinalgError;

    fn standard(d: usize) -> MultivariateNormal {
        MultivariateNormal::new(DVector::zeros(d), &DMatrix::identity(d, d)).unwrap()
    }

    #[test]
    fn values_by_hand() -> Result<(), MultivariateError> {
        let x = DVector::from_row_slice(&[3.0, 4.0]);
        assert_eq!(standard(2).mahalanobis(&x)?, 5.0);
        let ln = -12.5 - (2.0 * std::f64::consts::PI).ln();
        assert!((standard(2).ln_pdf(&x)? - ln).abs() <= 4.0 * f64::EPSILON * 15.0);
        assert!((standard(3).entropy() - 3.0 * 1.418_938_533_204_672_7).abs() < 1e-15);
        assert_eq!(standard(2).standardized(&x)?, x);
        Ok(())
    }

    /// Of whole numbers every step is exact, whatever the condition: 4e12 of the covariance here.
    #[test]
    fn a_condition_of_1e12_costs_whole_numbers_nothing() -> Result<(), MultivariateError> {
        let l = DMatrix::from_row_slice(2, 2, &[1e6, 0.0, 1e6 - 1.0, 1.0]);
        let law = MultivariateNormal::new(DVector::zeros(2), &(&l * l.transpose()))?;
        assert_eq!(law.cholesky_factor(), l);
        let x = &l * DVector::from_row_slice(&[3.0, 4.0]);
        assert_eq!(law.mahalanobis(&x)?, 5.0);
        let given = law.conditional(&[0], &DVector::from_element(1, 3e6))?;
        let (mean, deviation) = (given.mean()[0], given.cholesky_factor()[(0, 0)]);
        assert!((mean - 3.0 * (1e6 - 1.0)).abs() < 1e-8 && (deviation - 1.0).abs() < 1e-9);
        Ok(())
    }

    #[test]
    fn laws_that_are_none() {
        let of = |rows: &[f64], d: usize| {
            MultivariateNormal::new(DVector::zeros(2), &DMatrix::from_row_slice(d, d, rows))
        };
        let pivot = LinalgError::NotPositiveDefinite {
            index: 1,
            pivot: -3.0,
        };
        assert_eq!(of(&[1.0, 2.0, 2.0, 1.0], 2), Err(pivot.into()));
        assert!(matches!(
            of(&[1.0, 0.5, 0.0, 1.0], 2),
            Err(MultivariateError::Linalg(LinalgError::NotSymmetric { .. }))
        ));
        assert!(matches!(
            of(&[1.0], 1),
            Err(MultivariateError::LengthMismatch {
                found: 2,
                expected: 1,
                ..
            })
        ));
        assert_eq!(of(&[], 0), Err(MultivariateError::NoDimension));
        let wide = DMatrix::from_row_slice(1, 2, &[1.0, 0.0]);
        let law = MultivariateNormal::new(DVector::zeros(1), &wide);
        assert!(matches!(
            law,
            Err(MultivariateError::Linalg(LinalgError::NotSquare { .. }))
        ));
        let nowhere = DVector::from_element(1, f64::NAN);
        let law = MultivariateNormal::new(nowhere, &DMatrix::identity(1, 1));
        assert!(matches!(
            law,
            Err(MultivariateError::NonFinite { index: 0, .. })
        ));
    }

    #[test]
    fn limits_and_nan() -> Result<(), MultivariateError> {
        let at = |x: f64| standard(2).ln_pdf(&DVector::from_row_slice(&[0.0, x]));
        assert_eq!(
            (at(f64::INFINITY)?, at(1e200)?),
            (f64::NEG_INFINITY, f64::NEG_INFINITY)
        );
        assert!(at(f64::NAN)?.is_nan() && at(1e153)?.is_finite());
        assert!(standard(2).ln_pdf(&DVector::zeros(3)).is_err());
        // the difference from the mean overflows, the distance does not
        let far = DVector::from_element(1, -1e308);
        let l = DMatrix::from_element(1, 1, 1e308);
        let law = MultivariateNormal::from_cholesky_factor(far, &l)?;
        assert!((law.mahalanobis(&DVector::from_element(1, 1e308))? - 2.0).abs() < 1e-15);
        Ok(())
    }
}
