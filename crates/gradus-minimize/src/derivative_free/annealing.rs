//! Simulated annealing.

use crate::core::counted::{Plain, positive, within};
use crate::core::report::{Iterate, Report, Stop};
use crate::error::MinimizeError;
use gradus_random::rand::Rng;
use gradus_random::{normal, uniform};

/// The temperatures and steps of [`simulated_annealing`].
///
/// # Examples
///
/// ```
/// use gradus_minimize::Annealing;
///
/// let patient = Annealing { moves: 100_000, ..Annealing::default() };
/// assert_eq!(patient.hot, 1.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Annealing {
    /// The temperature at the start, in the unit of the function's values; hills of this height are climbed often.
    pub hot: f64,
    /// The temperature at the end.
    pub cold: f64,
    /// The standard deviation of a move at the start; it shrinks as the root of the temperature.
    pub step: f64,
    /// How many moves are tried.
    pub moves: usize,
}

/// From 1 to $`10^{-6}`$ with steps of 1 in 10 000 moves.
impl Default for Annealing {
    fn default() -> Self {
        Self {
            hot: 1.0,
            cold: 1e-6,
            step: 1.0,
            moves: 10_000,
        }
    }
}

/// Minimizes a function of many valleys by random moves that climb less and less often.
///
/// ```math
/// P(\text{accept}) = \min\bigl(1, e^{-(f(x') - f(x)) / T}\bigr), \qquad T_k = T_0 \, (T_{\text{end}} / T_0)^{k / m}
/// ```
///
/// A move $`x'`$ is $`x`$ plus normal noise. Metropolis' rule makes points appear as often as $`e^{-f/T}`$ says; while the
/// temperature falls slowly, they gather in the deepest valley. The answer is the best point that was seen; nothing
/// proves that it is the minimum. All `moves` are made: the report's stop is [`Stop::Iterations`], its residual the last
/// temperature.
///
/// # Shapes
///
/// `start: n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | one key, one answer | `random_methods_repeat_with_their_key` |
/// | at a constant temperature points follow $`e^{-f/T}`$ | `annealing_at_a_constant_temperature_is_boltzmanns_law` |
///
/// # Errors
///
/// [`MinimizeError::Domain`] unless $`T_0 \ge T_{\text{end}} > 0`$ and the step is positive;
/// [`MinimizeError::StartOutside`], [`MinimizeError::NonFinite`].
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Annealing, simulated_annealing};
/// use gradus_random::Key;
///
/// // Waves on a bowl: local minima near every integer, the lowest at 0.
/// let f = |x: &[f64]| 0.1 * x[0] * x[0] - (std::f64::consts::TAU * x[0]).cos();
/// let mut rng = Key::new(1).rng();
/// let report = simulated_annealing(f, &[5.0], Annealing::default(), &mut rng, |_| ())?;
/// assert!(report.x[0].abs() < 0.01);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// S. Kirkpatrick, C. D. Gelatt and M. P. Vecchi, *Optimization by simulated annealing* (1983).
pub fn simulated_annealing(
    mut f: impl FnMut(&[f64]) -> f64,
    start: &[f64],
    settings: Annealing,
    rng: &mut (impl Rng + ?Sized),
    mut observe: impl FnMut(Iterate<'_>),
) -> Result<Report, MinimizeError> {
    let Annealing {
        hot,
        cold,
        step,
        moves,
    } = settings;
    positive("hot", hot)?;
    within(
        "cold",
        cold,
        cold > 0.0 && cold <= hot,
        "positive, at most hot",
    )?;
    positive("step", step)?;
    let mut f = Plain::new(&mut f);
    let (mut value, mut x) = (f.start(start)?, start.to_vec());
    let mut best = (value, x.clone());
    let temperature = |k: usize| hot * (cold / hot).powf(k as f64 / moves as f64);
    for k in 0..=moves {
        let t = if moves == 0 { hot } else { temperature(k) };
        observe(Iterate {
            iteration: k,
            evaluations: f.evaluations,
            x: &x,
            value,
            residual: t,
        });
        if k == moves {
            break;
        }
        let width = step * (t / hot).sqrt();
        let proposal: Vec<f64> = x.iter().map(|x| x + width * normal(rng)).collect();
        let proposed = f.at(&proposal);
        // Drawn in any case, so that the stream does not depend on values.
        let chance = uniform(rng);
        if chance < ((value - proposed) / t).exp() {
            (value, x) = (proposed, proposal);
        }
        if value < best.0 {
            best = (value, x.clone());
        }
    }
    Ok(Report {
        x: best.1,
        value: best.0,
        residual: if moves == 0 { hot } else { cold },
        stop: Stop::Iterations,
        iterations: moves,
        evaluations: f.evaluations,
    })
}
