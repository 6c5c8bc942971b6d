//! A law that is moved and stretched.

use crate::contract::continuous::Continuous;
use crate::contract::mode::Mode;
use crate::contract::standardized_moments::StandardizedMoments;
use crate::error::{ProbabilityError, finite, finite_positive};
use gradus_random::rand::Rng;

/// A law moved by $`\mu`$ and stretched by $`\sigma > 0`$: that of $`X = \mu + \sigma Z`$.
///
/// ```math
/// F_X(x) = F_Z(z), \qquad p_X(x) = \frac{1}{\sigma} p_Z(z), \qquad z = \frac{x - \mu}{\sigma}
/// ```
///
/// where $`\mu`$ is `location` and $`\sigma`$ `scale`. A family of location and scale is all such laws of one standard law Z:
/// [`Cauchy`](crate::Cauchy), [`Gumbel`](crate::Gumbel), [`Laplace`](crate::Laplace) and [`Logistic`](crate::Logistic)
/// are.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the contract of a law | `continuous_laws_obey_the_contract` |
/// | $`F_X(\mu + \sigma z) = F_Z(z)`$; mean $`\mu + \sigma \operatorname{E} Z`$, variance $`\sigma^2 \operatorname{Var} Z`$ | `moved_and_stretched_laws_are_the_same_law` |
///
/// # Numerics
///
/// The difference $`x - \mu`$ is taken by halves where it overflows.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Affine, Continuous, Exponential};
///
/// // at least a minute of walking, then a bus every ten
/// let way = Affine::of(Exponential::new(0.1)?, 1.0, 1.0)?;
/// assert_eq!((way.cdf(1.0), way.mean()?, way.variance()?), (0.0, 11.0, 100.0));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// G. Casella and R. L. Berger, *Statistical Inference*, 2nd ed. (2002), §3.5, theorem 3.5.6.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "location-scale family")]
pub struct Affine<D> {
    law: D,
    location: f64,
    scale: f64,
    ln_scale: f64,
    plain: bool, // no difference overflows and no quotient underflows
}

impl<D: Default> Affine<D> {
    /// The member of a family with this `location` and `scale`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless both are finite and the scale is positive.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Continuous, Laplace};
    ///
    /// assert_eq!(Laplace::new(3.0, 0.5)?.median(), 3.0);
    /// assert!(Laplace::new(3.0, 0.0).is_err());
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    pub fn new(location: f64, scale: f64) -> Result<Self, ProbabilityError> {
        Self::of(D::default(), location, scale)
    }
}

impl<D> Affine<D> {
    /// The law of $`\mu + \sigma Z`$ for a draw Z of `law`.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless location and scale are finite and the scale is positive.
    pub fn of(law: D, location: f64, scale: f64) -> Result<Self, ProbabilityError> {
        finite("location", location)?;
        finite_positive("scale", scale)?;
        Ok(Self {
            law,
            location,
            scale,
            ln_scale: scale.ln(),
            plain: location.abs() <= 1e290 && (scale <= 1.0 || location.abs() >= scale * 1e-290),
        })
    }

    /// The law of $`Z`$.
    #[must_use]
    pub fn law(&self) -> &D {
        &self.law
    }

    /// $`\mu`$.
    #[must_use]
    pub fn location(&self) -> f64 {
        self.location
    }

    /// $`\sigma`$.
    #[must_use]
    pub fn scale(&self) -> f64 {
        self.scale
    }

    #[inline]
    fn standardized(&self, x: f64) -> f64 {
        if self.plain {
            (x - self.location) / self.scale
        } else {
            standardized(x, self.location, self.scale)
        }
    }
}

impl<D: Continuous> Continuous for Affine<D> {
    #[inline]
    fn ln_pdf(&self, x: f64) -> f64 {
        self.law.ln_pdf(self.standardized(x)) - self.ln_scale
    }

    #[inline]
    fn tails(&self, x: f64) -> (f64, f64) {
        self.law.tails(self.standardized(x))
    }

    fn ln_tails(&self, x: f64) -> (f64, f64) {
        self.law.ln_tails(self.standardized(x))
    }

    #[inline]
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        self.location + self.law.at_tails(p, q) * self.scale
    }

    #[inline]
    fn cdf(&self, x: f64) -> f64 {
        self.law.cdf(self.standardized(x))
    }

    #[inline]
    fn sf(&self, x: f64) -> f64 {
        self.law.sf(self.standardized(x))
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.law.mean()?.mul_add(self.scale, self.location))
    }

    fn variance(&self) -> Result<f64, ProbabilityError> {
        Ok(self.law.variance()? * self.scale * self.scale)
    }

    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        self.location + self.law.sample(rng) * self.scale
    }
}

/// Those of $`Z`$.
impl<D: StandardizedMoments> StandardizedMoments for Affine<D> {
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        self.law.skewness()
    }

    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        self.law.excess_kurtosis()
    }
}

impl<D: Mode<Outcome = f64>> Mode for Affine<D> {
    type Outcome = f64;

    fn mode(&self) -> Result<f64, ProbabilityError> {
        Ok(self.law.mode()?.mul_add(self.scale, self.location))
    }
}

/// $`z = (x - \mu) / \sigma`$.
#[inline]
pub(super) fn standardized(x: f64, location: f64, scale: f64) -> f64 {
    let z = (x - location) / scale;
    // neither 0 nor infinite nor NaN
    if z.abs().to_bits().wrapping_sub(1) < f64::INFINITY.to_bits() - 1 {
        z
    } else {
        standardized_at_the_ends(x, location, scale)
    }
}

/// The same by halves where the difference of two large numbers overflows, and the smallest number where the quotient underflows: still on its
/// side of the location, where the mass of a law may leap.
#[cold]
fn standardized_at_the_ends(x: f64, location: f64, scale: f64) -> f64 {
    let distance = x - location;
    let z = if distance.is_finite() {
        distance / scale
    } else {
        (0.5 * x - 0.5 * location) / scale * 2.0
    };
    if z == 0.0 && distance != 0.0 {
        f64::from_bits(1).copysign(distance)
    } else {
        z
    }
}
