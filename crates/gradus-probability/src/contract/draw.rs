//! Draws behind a pointer.

use super::continuous::Continuous;
use super::discrete::Discrete;
use gradus_random::rand::Rng;

/// What a law draws that is known by its trait alone.
///
/// [`Continuous::sample`] and [`Discrete::sample`] are compiled for the generator that they are given, so a `dyn Continuous` cannot have them. It has
/// this: each law has it by its own `sample`, through the address of a generator. So a boxed law draws what the law draws.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | the same key gives the same draws, boxed or not | `a_boxed_law_draws_what_the_law_draws` |
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Draw, Exponential, Key, Normal};
///
/// let laws: [Box<dyn Continuous>; 2] =
///     [Box::new(Normal::STANDARD), Box::new(Exponential::new(1.0)?)];
/// let (mut rng, mut same) = (Key::new(0).rng(), Key::new(0).rng());
/// let drawn = laws.each_ref().map(|law| law.draw(&mut rng));
/// assert_eq!(drawn[0], Normal::STANDARD.sample(&mut same));
/// assert_eq!(drawn[1], Exponential::new(1.0)?.sample(&mut same));
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
pub trait Draw<X> {
    /// A draw: `f64` of a law with a density, `u64` of one of counts.
    #[must_use]
    fn draw(&self, rng: &mut dyn Rng) -> X;
}

impl<D: Continuous> Draw<f64> for D {
    fn draw(&self, rng: &mut dyn Rng) -> f64 {
        self.sample(rng)
    }
}

impl<D: Discrete> Draw<u64> for D {
    fn draw(&self, rng: &mut dyn Rng) -> u64 {
        self.sample(rng)
    }
}
