//! What every law on the line can be asked.

use super::draw::Draw;
use crate::error::ProbabilityError;
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::fmt::Debug;

/// A law with a density on the line.
///
/// ```math
/// F(x) = \operatorname{P}(X \le x) = \int_{-\infty}^x f(t) \, dt
/// ```
///
/// A value of such a type has been validated, so nothing here fails: every function is total, NaN gives NaN, outside of
/// the support the density is 0, and no probability leaves $`[0, 1]`$. Only a moment may be missing.
///
/// A family gives its density, both tails *at once* and their inverse; the rest follows. Of two complements the smaller
/// one has all its digits, and a point is found from the smaller one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F`$ rises from 0 to 1, $`F + (1 - F) = 1`$, $`F(q(p)) = p`$ | `continuous_laws_obey_the_contract` |
/// | parameters and arguments from $`10^{-300}`$ to $`10^{300}`$ give numbers, probabilities in $`[0, 1]`$ and quantiles that lead back | `extreme_parameters_give_numbers` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Gamma, StudentT};
///
/// /// What lies further out than `x` on both sides of the median.
/// fn beyond(law: &dyn Continuous, x: f64) -> f64 {
///     law.cdf(law.median() - x) + law.sf(law.median() + x)
/// }
/// let waiting = Gamma::new(1.0, 1.0)?;
/// assert_eq!(waiting.sf(1000.0), 0.0);
/// assert_eq!(waiting.ln_sf(1000.0), -1000.0);
/// assert!((beyond(&StudentT::new(0.0, 1.0, 1.0)?, 1.0) - 0.5).abs() < 1e-15); // the quartiles of Cauchy
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
pub trait Continuous: Debug + Draw<f64> {
    /// $`\ln f(x)`$: finite where $`f`$ underflows, $`-\infty`$ outside of the support.
    #[must_use]
    fn ln_pdf(&self, x: f64) -> f64;

    /// $`(F(x), 1 - F(x))`$, each with all its digits.
    #[must_use]
    fn tails(&self, x: f64) -> (f64, f64);

    /// $`(\ln F(x), \ln(1 - F(x)))`$, finite where these underflow.
    #[must_use]
    fn ln_tails(&self, x: f64) -> (f64, f64);

    /// The point with $`F(x) = p`$ and $`1 - F(x) = q`$, from the smaller of two numbers that sum to one.
    #[must_use]
    fn at_tails(&self, p: f64, q: f64) -> f64;

    /// $`\operatorname{E}[X]`$; $`\pm\infty`$ where the integral diverges to it.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] where it does not exist.
    fn mean(&self) -> Result<f64, ProbabilityError>;

    /// $`\operatorname{E}[(X - \operatorname{E}[X])^2]`$; $`+\infty`$ where the integral diverges.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] where there is no mean.
    fn variance(&self) -> Result<f64, ProbabilityError>;

    /// The density $`f(x)`$; $`+\infty`$ at a pole.
    #[must_use]
    fn pdf(&self, x: f64) -> f64 {
        self.ln_pdf(x).exp()
    }

    /// $`F(x) = \operatorname{P}(X \le x)`$.
    #[must_use]
    fn cdf(&self, x: f64) -> f64 {
        self.tails(x).0
    }

    /// $`\operatorname{P}(X > x)`$, exact where $`1 - F(x)`$ has no digits left.
    #[must_use]
    fn sf(&self, x: f64) -> f64 {
        self.tails(x).1
    }

    /// $`\ln F(x)`$.
    #[must_use]
    fn ln_cdf(&self, x: f64) -> f64 {
        self.ln_tails(x).0
    }

    /// $`\ln \operatorname{P}(X > x)`$.
    #[must_use]
    fn ln_sf(&self, x: f64) -> f64 {
        self.ln_tails(x).1
    }

    /// The point with $`F(x) = p`$: the ends of the support for 0 and 1, NaN outside of $`[0, 1]`$.
    #[must_use]
    fn quantile(&self, p: f64) -> f64 {
        if (0.0..=1.0).contains(&p) {
            self.at_tails(p, 1.0 - p)
        } else {
            f64::NAN
        }
    }

    /// The point that is exceeded with probability $`q`$; it keeps the digits of a q so small that $`1 - q`$ rounds to one.
    #[must_use]
    #[doc(alias = "isf")]
    fn upper_quantile(&self, q: f64) -> f64 {
        if (0.0..=1.0).contains(&q) {
            self.at_tails(1.0 - q, q)
        } else {
            f64::NAN
        }
    }

    /// The point with half of the mass on each side.
    #[must_use]
    fn median(&self) -> f64 {
        self.at_tails(0.5, 0.5)
    }

    /// Draws a number; by inversion unless the family knows better. For a `dyn Continuous` there is [`Draw`].
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> f64
    where
        Self: Sized,
    {
        let u = uniform(rng);
        self.at_tails(u, 1.0 - u)
    }
}

/// A law of any family.
impl<D: Continuous + ?Sized> Continuous for Box<D> {
    fn ln_pdf(&self, x: f64) -> f64 {
        (**self).ln_pdf(x)
    }
    fn tails(&self, x: f64) -> (f64, f64) {
        (**self).tails(x)
    }
    fn ln_tails(&self, x: f64) -> (f64, f64) {
        (**self).ln_tails(x)
    }
    fn at_tails(&self, p: f64, q: f64) -> f64 {
        (**self).at_tails(p, q)
    }
    fn cdf(&self, x: f64) -> f64 {
        (**self).cdf(x)
    }
    fn sf(&self, x: f64) -> f64 {
        (**self).sf(x)
    }
    fn mean(&self) -> Result<f64, ProbabilityError> {
        (**self).mean()
    }
    fn variance(&self) -> Result<f64, ProbabilityError> {
        (**self).variance()
    }
    /// What the law itself draws.
    fn sample(&self, mut rng: &mut (impl Rng + ?Sized)) -> f64 {
        (**self).draw(&mut rng)
    }
}
