//! How much noise a budget asks for.

use crate::boundary::boundary;
use crate::composition::Budget;
use crate::error::{PrivacyError, check_delta, check_rate};
use crate::renyi::ledger::{Ledger, Spent};
use crate::renyi::sampled_gaussian::SampledGaussian;

/// The smallest noise with which so many steps keep within a budget.
///
/// ```math
/// \min \{ \sigma : \epsilon(\sigma) \le \epsilon \}
/// ```
///
/// where $`\epsilon(\sigma)`$ is what a [`Ledger`](crate::Ledger) of the usual orders says after `steps` steps at the `rate`, for the δ of the `budget`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it keeps within the budget, and a little less noise does not | `calibrated_noise_just_keeps_within_the_budget` |
///
/// # Errors
///
/// [`PrivacyError::NotARate`], [`PrivacyError::NotADelta`] also for a δ of 0, which Gaussian noise cannot give,
/// [`PrivacyError::Unreachable`] if the orders end before so small an ε.
///
/// # Examples
///
/// ```
/// use gradus_privacy::{Budget, noise_for};
///
/// // Ten epochs of MNIST in batches of 256 with ε = 2, δ = 10⁻⁵.
/// let noise = noise_for(256.0 / 60000.0, 2340, Budget::new(2.0, 1e-5)?)?;
/// assert!((0.8..0.9).contains(&noise));
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
pub fn noise_for(rate: f64, steps: u64, budget: Budget) -> Result<f64, PrivacyError> {
    check_rate(rate)?;
    check_delta(budget.delta)?;
    let Budget { epsilon, delta } = Budget::new(budget.epsilon, budget.delta)?;
    let spent = |noise: f64| -> Result<Spent, PrivacyError> {
        let mut ledger = Ledger::new();
        ledger.spend(&SampledGaussian::new(rate, noise)?, steps)?;
        ledger.epsilon(delta)
    };
    let enough = |noise: f64| spent(noise).is_ok_and(|spent| spent.epsilon <= epsilon);
    if enough(0.0) {
        return Ok(0.0); // nothing is asked
    }
    let mut high = 1.0;
    while !enough(high) {
        if high > MOST {
            let smallest = spent(high)?.epsilon;
            return Err(PrivacyError::Unreachable { epsilon, smallest });
        }
        high *= 2.0;
    }
    Ok(boundary(0.0, high, enough))
}

/// Beyond, ε does not fall any more.
const MOST: f64 = 1e15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_noise_can_do_is_told() {
        let of = |rate, steps, epsilon, delta| noise_for(rate, steps, Budget { epsilon, delta });
        assert_eq!(of(0.0, 10, 0.0, 1e-5), Ok(0.0));
        assert_eq!(of(0.5, 0, 0.0, 1e-5), Ok(0.0));
        let refused = of(0.5, 10, 0.001, 1e-5);
        assert!(matches!(refused, Err(PrivacyError::Unreachable { .. })));
        assert!(of(0.5, 10, 1.0, 0.0).is_err() && of(2.0, 10, 1.0, 0.1).is_err());
        assert!(of(0.5, 10, f64::NAN, 0.1).is_err());
    }
}
