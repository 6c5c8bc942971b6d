//! Hamiltonian Monte Carlo: proposals far away that are still accepted.

use super::chain::{Chain, State, run};
use crate::error::{ProbabilityError, finite_positive};
use gradus_random::normal;
use gradus_random::rand::Rng;
use std::iter::zip;

/// Draws from a density that is known up to a factor, with its gradient: Hamiltonian Monte Carlo.
///
/// ```math
/// H(x, v) = -\ln p(x) + \tfrac12 \lVert v \rVert^2, \qquad \dot x = v, \qquad \dot v = \nabla \ln p(x)
/// ```
///
/// The density is a landscape, the point a ball that gets a random push $`v \sim N(0, I)`$ and rolls for `leaps` steps of length `step` ([`leapfrog`]). The
/// energy H would stay the same if time did not go in steps; what is lost or gained, the acceptance $`\min(1, e^{H - H'})`$ makes up for.
/// `density` gives $`\ln p(x)`$ up to a constant and its gradient, for example by automatic differentiation.
///
/// # Shapes
///
/// `start: d`; the gradient and each draw have d coordinates.
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
/// As [`metropolis`](crate::metropolis), and [`ProbabilityError::LengthMismatch`] if the gradient at the start has another length.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Key, hamiltonian};
///
/// let bell = |x: &[f64]| (-0.5 * x[0] * x[0], vec![-x[0]]);
/// let chain = hamiltonian(bell, &[0.0], 0.3, 5, 1000, &mut Key::new(1).rng())?;
/// let square = chain.coordinate(0).iter().map(|x| x * x).sum::<f64>() / 1000.0;
/// assert!((square - 1.0).abs() < 0.2 && chain.accepted > 0.9);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// S. Duane et al., *Hybrid Monte Carlo*, Phys. Lett. B 195 (1987), 216–222; R. M. Neal, *MCMC using Hamiltonian dynamics*, Handbook
/// of Markov Chain Monte Carlo (2011), §5.3, <https://arxiv.org/abs/1206.1901>.
#[doc(alias = "HMC")]
pub fn hamiltonian(
    density: impl Fn(&[f64]) -> (f64, Vec<f64>),
    start: &[f64],
    step: f64,
    leaps: u32,
    draws: usize,
    rng: &mut (impl Rng + ?Sized),
) -> Result<Chain, ProbabilityError> {
    finite_positive("step", step)?;
    let (ln_density, gradient) = density(start);
    let (left, right) = (start.len(), gradient.len());
    if left != right {
        return Err(ProbabilityError::LengthMismatch { left, right });
    }
    let first = State {
        x: start.to_vec(),
        ln_density,
    };
    run(first, draws, rng, |now, rng| {
        let v: Vec<_> = now.x.iter().map(|_| normal(rng)).collect();
        let (x, w) = leapfrog(|x| density(x).1, &now.x, &v, step, leaps);
        let ln_density = density(&x).0;
        let ln_ratio = ln_density - now.ln_density + kinetic(&v) - kinetic(&w);
        (State { x, ln_density }, ln_ratio)
    })
}

/// Rolls a ball through a landscape: `leaps` steps of Störmer and Verlet's method.
///
/// ```math
/// v \leftarrow v + \tfrac h2 g(x), \qquad x \leftarrow x + h v, \qquad v \leftarrow v + \tfrac h2 g(x)
/// ```
///
/// where g is the `force`, the gradient of $`\ln p`$, and h the `step`. It can be run backwards to where it came from, keeps volumes, and so its
/// energy errs by $`O(h^2)`$ however long it rolls.
///
/// # Shapes
///
/// `x: d`, `v: d`; the result is the last pair of them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | with the opposite speed it goes back | `a_leapfrog_goes_back_to_where_it_came_from` |
/// | the energy errs like the square of the step | `the_energy_of_a_leapfrog_errs_like_the_square_of_the_step` |
/// | it keeps areas | `a_leapfrog_keeps_areas` |
///
/// # Examples
///
/// ```
/// use gradus_probability::leapfrog;
///
/// let (x, v) = leapfrog(|x: &[f64]| vec![-x[0]], &[1.0], &[0.0], 0.5, 1);
/// assert_eq!((x[0], v[0]), (0.875, -0.46875)); // 1 − ½ · ½², −¼ − ¼ · 0.875
/// ```
///
/// # References
///
/// Neal (2011), §5.2.3; E. Hairer, C. Lubich and G. Wanner, *Geometric Numerical Integration*, 2nd ed. (2006), §I.1.4.
#[doc(alias = "Verlet")]
pub fn leapfrog(
    force: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    v: &[f64],
    step: f64,
    leaps: u32,
) -> (Vec<f64>, Vec<f64>) {
    let (mut x, mut v) = (x.to_vec(), v.to_vec());
    let push = |v: &mut [f64], x: &[f64]| zip(v, force(x)).for_each(|(v, g)| *v += 0.5 * step * g);
    for _ in 0..leaps {
        push(&mut v, &x);
        zip(&mut x, &v).for_each(|(x, v)| *x += step * v);
        push(&mut v, &x);
    }
    (x, v)
}

fn kinetic(v: &[f64]) -> f64 {
    0.5 * v.iter().map(|v| v * v).sum::<f64>()
}
