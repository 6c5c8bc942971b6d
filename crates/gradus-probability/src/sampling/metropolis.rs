//! Metropolis' walk.

use super::chain::{Chain, State, run};
use crate::error::{ProbabilityError, finite_positive};
use gradus_random::normal;
use gradus_random::rand::Rng;

/// Draws from a density that is known up to a factor, by Metropolis' random walk.
///
/// ```math
/// x' = x + h \, \xi, \quad \xi \sim N(0, I), \qquad \text{accepted with probability } \min \Bigl( 1, \frac{p(x')}{p(x)} \Bigr)
/// ```
///
/// where `ln_density` is $`\ln p`$ up to a constant and h the `step`. The walk is as likely to go from x to x' as back, so p stays as it
/// is (detailed balance); after many steps the draws are from p, wherever it started. Neighbors depend on each other:
/// [`effective_sample_size`](crate::effective_sample_size) tells how much. A step with a quarter of its proposals accepted is about right.
///
/// # Shapes
///
/// `start: d`; each draw has d coordinates.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | draws of a normal density have its mean and variance (fixed seed) | `chains_have_the_moments_of_their_density` |
/// | the same generator gives the same chain; a constant added to the density changes nothing | `chains_do_not_see_the_factor_of_a_density` |
///
/// # Errors
///
/// [`ProbabilityError::Domain`] unless the step is finite and positive, [`ProbabilityError::InvalidLogLikelihood`] if the density is 0, NaN
/// or infinite at the start, or infinite where the walk comes to, [`ProbabilityError::TableTooLarge`] for draws of more than $`2^{26}`$
/// numbers.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Key, metropolis};
///
/// let bell = |x: &[f64]| -0.5 * x[0] * x[0];
/// let chain = metropolis(bell, &[0.0], 2.4, 5000, &mut Key::new(1).rng())?;
/// let mean = chain.coordinate(0).iter().sum::<f64>() / 5000.0;
/// assert!(mean.abs() < 0.2 && chain.accepted > 0.3);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// N. Metropolis et al., *Equation of state calculations by fast computing machines*, J. Chem. Phys. 21 (1953), 1087–1092; A. Gelman et
/// al., *Bayesian Data Analysis*, 3rd ed. (2013), §11.2.
#[doc(alias = "MCMC")]
pub fn metropolis(
    ln_density: impl Fn(&[f64]) -> f64,
    start: &[f64],
    step: f64,
    draws: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Chain, ProbabilityError> {
    finite_positive("step", step)?;
    let at = |x: Vec<f64>| State {
        ln_density: ln_density(&x),
        x,
    };
    run(at(start.to_vec()), draws, rng, |now, rng| {
        let next = at(now.x.iter().map(|x| x + step * normal(rng)).collect());
        let ln_ratio = next.ln_density - now.ln_density;
        (next, ln_ratio)
    })
}
