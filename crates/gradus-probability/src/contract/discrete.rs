//! What every law on the counts can be asked.

use super::draw::Draw;
use crate::error::ProbabilityError;
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::fmt::Debug;

/// A law on 0, 1, 2, ….
///
/// ```math
/// F(k) = \operatorname{P}(X \le k) = \sum_{i \le k} \operatorname{P}(X = i)
/// ```
///
/// As [`Continuous`](crate::Continuous), with whole outcomes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | the same for parameters from $`10^{-300}`$ to $`10^{300}`$ and all 64 bits of a count | `extreme_counts_give_numbers` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Discrete, Poisson};
///
/// let calls = Poisson::new(4.0)?;
/// assert_eq!(calls.quantile(0.5), Some(4));
/// assert_eq!(calls.quantile(1.0), None); // there is no largest one
/// assert!((calls.cdf(4) + calls.sf(4) - 1.0).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
pub trait Discrete: Debug + Draw<u64> {
    /// $`\ln \operatorname{P}(X = k)`$; $`-\infty`$ for what cannot happen.
    #[must_use]
    fn ln_pmf(&self, k: u64) -> f64;

    /// $`(F(k), 1 - F(k))`$, each with all its digits.
    #[must_use]
    fn tails(&self, k: u64) -> (f64, f64);

    /// $`(\ln F(k), \ln(1 - F(k)))`$, finite where these underflow.
    #[must_use]
    fn ln_tails(&self, k: u64) -> (f64, f64);

    /// The smallest possible k with $`F(k) \ge p`$, that is $`1 - F(k) \le q`$, judged by the smaller of two numbers that sum
    /// to one; `None` if there is none.
    #[must_use]
    fn at_tails(&self, p: f64, q: f64) -> Option<u64>;

    /// $`\operatorname{E}[X]`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] where it does not exist.
    fn mean(&self) -> Result<f64, ProbabilityError>;

    /// $`\operatorname{E}[(X - \operatorname{E}[X])^2]`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] where it does not exist.
    fn variance(&self) -> Result<f64, ProbabilityError>;

    /// $`\operatorname{P}(X = k)`$.
    #[must_use]
    fn pmf(&self, k: u64) -> f64 {
        self.ln_pmf(k).exp()
    }

    /// $`F(k) = \operatorname{P}(X \le k)`$.
    #[must_use]
    fn cdf(&self, k: u64) -> f64 {
        self.tails(k).0
    }

    /// $`\operatorname{P}(X > k)`$, exact where $`1 - F(k)`$ has no digits left.
    #[must_use]
    fn sf(&self, k: u64) -> f64 {
        self.tails(k).1
    }

    /// $`\ln F(k)`$.
    #[must_use]
    fn ln_cdf(&self, k: u64) -> f64 {
        self.ln_tails(k).0
    }

    /// $`\ln \operatorname{P}(X > k)`$.
    #[must_use]
    fn ln_sf(&self, k: u64) -> f64 {
        self.ln_tails(k).1
    }

    /// The smallest possible k with $`F(k) \ge p`$; `None` outside of $`[0, 1]`$, and where there is no such count.
    #[must_use]
    fn quantile(&self, p: f64) -> Option<u64> {
        let within = (0.0..=1.0).contains(&p);
        within.then(|| self.at_tails(p, 1.0 - p)).flatten()
    }

    /// The smallest possible k that is exceeded with probability at most $`q`$; `None` as above.
    #[must_use]
    #[doc(alias = "isf")]
    fn upper_quantile(&self, q: f64) -> Option<u64> {
        let within = (0.0..=1.0).contains(&q);
        within.then(|| self.at_tails(1.0 - q, q)).flatten()
    }

    /// Draws a count; by inversion unless the family knows better. For a `dyn Discrete` there is [`Draw`].
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64
    where
        Self: Sized,
    {
        let u = uniform(rng);
        self.at_tails(u, 1.0 - u).unwrap_or(u64::MAX)
    }
}

/// A distribution of any family.
impl<D: Discrete + ?Sized> Discrete for Box<D> {
    fn ln_pmf(&self, k: u64) -> f64 {
        (**self).ln_pmf(k)
    }
    fn tails(&self, k: u64) -> (f64, f64) {
        (**self).tails(k)
    }
    fn ln_tails(&self, k: u64) -> (f64, f64) {
        (**self).ln_tails(k)
    }
    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        (**self).at_tails(p, q)
    }
    fn cdf(&self, k: u64) -> f64 {
        (**self).cdf(k)
    }
    fn sf(&self, k: u64) -> f64 {
        (**self).sf(k)
    }
    fn mean(&self) -> Result<f64, ProbabilityError> {
        (**self).mean()
    }
    fn variance(&self) -> Result<f64, ProbabilityError> {
        (**self).variance()
    }
    /// What the law itself draws.
    fn sample(&self, mut rng: &mut (impl Rng + ?Sized)) -> u64 {
        (**self).draw(&mut rng)
    }
}
