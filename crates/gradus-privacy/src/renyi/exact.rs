//! What many steps give exactly: a contour integral of their moments.

use crate::error::{PrivacyError, check_delta, check_epsilon};
use crate::renyi::any_order::ln_mixture;
use crate::renyi::ledger::Ledger;
use crate::renyi::sampled_gaussian::SampledGaussian;
use std::f64::consts::PI;
use std::iter::zip;

/// The δ that so many steps give for an ε, not as a bound but as it is.
///
/// ```math
/// \delta(\epsilon) = \mathbb{E}\bigl[(1 - e^{\epsilon - L})_+\bigr]
/// = \frac{1}{2 \pi i} \int_{c - i\infty}^{c + i\infty} \frac{e^{T K(s) - s \epsilon}}{s (s + 1)} \, ds, \qquad
/// K(s) = \ln \mathbb{E}\bigl[e^{s L_1}\bigr]
/// ```
///
/// where $`L = L_1 + \dots + L_T`$ is the privacy loss of the $`T`$ `steps`, the logarithm of how much likelier the outcome is with a person than without, and $`c`$
/// any positive number. $`K(s)`$ is $`s`$ times the Rényi divergence of order $`1 + s`$: a ledger knows it for a few real orders and bounds δ by the best of them; all
/// complex orders together determine it. The larger of two values counts: that of a person who joins and of one who leaves.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | Gaussians alone: what [`gaussian_delta`](crate::gaussian_delta) says | `exact_delta_of_gaussians_is_the_closed_form` |
/// | never above the bound of the ledger | `exact_values_lie_below_the_ledger` |
/// | between the lower and the upper estimate of dp-accounting | `exact_epsilons_are_golden` |
///
/// # Numerics
///
/// The line of integration goes through the saddle point of the integrand, where it falls like a bell, so that neither cancels nor
/// overflows; both integrals are trapezoidal rules that converge exponentially. The result is accurate, but no proven bound: for a
/// promise take the [`Ledger`](crate::Ledger).
///
/// # Errors
///
/// [`PrivacyError::NotAnEpsilon`]; [`PrivacyError::TooFine`] if the loss of so few steps at so low a rate is too far from smooth for
/// this integral, or for little noise.
///
/// # Examples
///
/// ```
/// use gradus_privacy::{SampledGaussian, exact_delta};
///
/// let step = SampledGaussian::new(0.01, 1.0)?;
/// let delta = exact_delta(&step, 1000, 2.0)?;
/// assert!(delta > 2.6e-6 && delta < 2.7e-6); // the ledger says 2.1e-5
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// W. Alghamdi et al., *The saddle-point method in differential privacy*, ICML 2023; S. Gopi, Y. T. Lee and L. Wutschitz,
/// *Numerical composition of differential privacy*, `NeurIPS` 2021.
#[doc(alias = "privacy loss distribution")]
pub fn exact_delta(what: &SampledGaussian, steps: u64, epsilon: f64) -> Result<f64, PrivacyError> {
    check_epsilon(epsilon)?;
    if steps == 0 || what.rate() == 0.0 {
        return Ok(0.0);
    }
    if what.noise() < LITTLE {
        let (order, noise) = (2.0, what.noise());
        return Err(PrivacyError::TooFine { order, noise });
    }
    let losses = Losses::new(what, steps, epsilon)?;
    let joins = losses.delta(steps, epsilon, |s| 1.0 + s)?;
    let most = -(steps as f64) * (-what.rate()).ln_1p(); // no loss of one who leaves is larger
    if what.rate() == 1.0 || epsilon >= most {
        return Ok(joins); // the same, or none
    }
    Ok(joins.max(losses.delta(steps, epsilon, |s| -s)?))
}

/// The ε that so many steps give for a δ, not as a bound but as it is.
///
/// # Laws
///
/// As [`exact_delta`].
///
/// # Errors
///
/// As [`exact_delta`], and [`PrivacyError::NotADelta`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::{SampledGaussian, exact_epsilon};
///
/// let step = SampledGaussian::new(256.0 / 60000.0, 1.1)?;
/// let epsilon = exact_epsilon(&step, 3510, 1e-5)?;
/// assert!((epsilon - 1.1328).abs() < 2e-4); // the ledger says 1.2804
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
pub fn exact_epsilon(what: &SampledGaussian, steps: u64, delta: f64) -> Result<f64, PrivacyError> {
    check_delta(delta)?;
    let mut ledger = Ledger::new();
    ledger.spend(what, steps)?;
    let bound = ledger.epsilon(delta)?.epsilon;
    exact_delta(what, steps, bound)?; // what goes wrong is told here
    let enough = |epsilon: f64| exact_delta(what, steps, epsilon).is_ok_and(|d| d <= delta);
    if enough(0.0) {
        return Ok(0.0);
    }
    let (mut low, mut high) = (0.0, bound);
    while high - low > DIGITS * high {
        let middle = f64::midpoint(low, high);
        if enough(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    Ok(high)
}

/// The loss of one step on a grid of outcomes, and the logarithms of their probabilities without the person.
struct Losses {
    ln_weight: Vec<f64>,
    loss: Vec<f64>,
    /// The largest real part that the grid is wide enough for.
    widest: f64,
}

impl Losses {
    fn new(what: &SampledGaussian, steps: u64, epsilon: f64) -> Result<Self, PrivacyError> {
        let (q, noise) = (what.rate(), what.noise());
        let variance = noise * noise;
        // The saddle point lies near the best order of the bound.
        let mut ledger = Ledger::new();
        ledger.spend(what, steps)?;
        let widest = 2.0 * ledger.delta_order(epsilon);
        // On the line of integration the losses turn, by at most the largest imaginary part over the variance.
        let turns = SPAN / (steps as f64 * q * q / variance).sqrt();
        let step = (variance / 3.0).min(noise / (2.0 + turns / (3.0 * noise)));
        let (from, to) = (-widest - REACH * noise, widest + 1.0 + REACH * noise);
        let points = (to - from) / step;
        if points.is_nan() || points > MOST {
            let order = widest;
            return Err(PrivacyError::TooFine { order, noise });
        }
        let (mut ln_weight, mut loss, mut k) = (Vec::new(), Vec::new(), 0.0);
        while k <= points {
            let z = from + k * step;
            ln_weight.push(-z * z / (2.0 * variance) + (step / (noise * (2.0 * PI).sqrt())).ln());
            loss.push(ln_mixture(q, (z - 0.5) / variance));
            k += 1.0;
        }
        Ok(Self {
            ln_weight,
            loss,
            widest,
        })
    }

    /// $`\ln \mathbb{E}[e^{(x + i y) L}]`$ without the person: real part and angle.
    fn cumulant(&self, x: f64, y: f64) -> (f64, f64) {
        let (mut a, mut b) = (0.0, 0.0); // the moment is 1 + a + i b: near 1 for a small rate
        for (&ln_weight, &loss) in zip(&self.ln_weight, &self.loss) {
            let size = (ln_weight + x * loss).exp();
            let (sin, cos) = (y * loss).sin_cos();
            a += size * cos - ln_weight.exp();
            b += size * sin;
        }
        ((2.0 * a + a * a + b * b).ln_1p() / 2.0, b.atan2(1.0 + a))
    }

    /// The integral along the line through the saddle point; `order` tells the moment from $`s`$.
    fn delta(
        &self,
        steps: u64,
        epsilon: f64,
        order: impl Fn(f64) -> f64,
    ) -> Result<f64, PrivacyError> {
        let steps = steps as f64;
        // e^(T K(s) − s ε) / s (s + 1): logarithm of the size, and angle.
        let turned = order(1.0) - order(0.0); // whether the moment's imaginary part has the sign of that of s
        let integrand = |x: f64, y: f64| {
            let (size, angle) = self.cumulant(order(x), turned * y);
            let divisor = (x.hypot(y) * (x + 1.0).hypot(y)).ln();
            let angle = steps * angle - y * epsilon - y.atan2(x) - y.atan2(x + 1.0);
            (steps * size - x * epsilon - divisor, angle)
        };
        let c = lowest(SMALLEST, self.widest, |x| integrand(x, 0.0).0);
        let top = integrand(c, 0.0).0;
        // How sharply it bends there tells how wide the bell is.
        let d = 0.05 * c;
        let bend = (integrand(c + d, 0.0).0 - 2.0 * top + integrand(c - d, 0.0).0) / (d * d);
        let step = (c / 8.0).min(0.5 / bend.abs().sqrt());
        let (mut sum, mut k) = (0.5, 0.0); // the top, once for both sides
        loop {
            k += 1.0;
            let (size, angle) = integrand(c, k * step);
            if size - top < NOTHING {
                return Ok((top.exp() * sum * step / PI).clamp(0.0, 1.0));
            }
            if k > LONGEST {
                let (order, noise) = (c, f64::NAN);
                return Err(PrivacyError::TooFine { order, noise });
            }
            sum += (size - top).exp() * angle.cos();
        }
    }
}

/// Where a convex function of the logarithm is lowest, by golden sections.
fn lowest(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let share = (5.0_f64.sqrt() - 1.0) / 2.0;
    let (mut a, mut b) = (low.ln(), high.ln());
    for _ in 0..SECTIONS {
        let (left, right) = (b - share * (b - a), a + share * (b - a));
        if f(left.exp()) <= f(right.exp()) {
            b = right;
        } else {
            a = left;
        }
    }
    f64::midpoint(a, b).exp()
}

/// Below this noise moments overflow.
const LITTLE: f64 = 0.25;
/// In standard deviations; beyond them the integrand is below e⁻¹⁰⁰ of its height.
const REACH: f64 = 15.0;
/// A bell is below e⁻⁴⁰ at nine deviations.
const SPAN: f64 = 9.0;
/// As many points as are counted in an instant.
const MOST: f64 = 65536.0;
/// The line of integration keeps that far from the pole at 0.
const SMALLEST: f64 = 1e-3;
/// e⁻⁴⁵ is below the rounding of the sum.
const NOTHING: f64 = -45.0;
/// An integrand that is not over by then is no bell.
const LONGEST: f64 = 4000.0;
/// Ten digits: more than δ has.
const DIGITS: f64 = 1e-10;
/// The place of the minimum to a few digits: any line will do.
const SECTIONS: u32 = 24;
