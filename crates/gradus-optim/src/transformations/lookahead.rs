//! Lookahead: k steps forward, one step back.

use crate::core::entrywise::{At, Entrywise};
use crate::core::settings::{at_least_one, below_one, positive};
use crate::core::transformation::{Now, Reach, Vector};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Every `every` steps the parameters return to a slow copy that has come a part of the way.
///
/// ```math
/// \phi \leftarrow \phi + \alpha (\theta + g - \phi), \qquad u = \phi - \theta \qquad \text{if } k \mid t,
/// \qquad \text{else } u = g
/// ```
///
/// where $`k`$ is `every`, $`\alpha`$ is `alpha`, $`t`$ counts the steps from 1 and $`\phi`$ is the state vector `slow`,
/// at first the parameters themselves. The fast parameters explore, the slow ones average what was found: the
/// variance of a noisy quadratic shrinks, its mean does not move. It is the last link of a chain.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | every $`k`$ steps $`\phi_{j+1} = (1 - \alpha) \phi_j + \alpha\, \theta`$ of $`k`$ plain steps from $`\phi_j`$ | `lookahead_interpolates_between_starts_and_ends` |
///
/// # Errors
///
/// [`chain`](crate::chain) refuses `every: 0` and $`\alpha \notin (0, 1)`$; $`\alpha = 1`$ is the chain without it.
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, Lookahead, Shape, sgd};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 1))?;
/// let optimizer = sgd(1.0)?.before(Lookahead { every: 2, alpha: 0.5 })?;
/// let mut theta = [0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// for expected in [-1.0, -1.0, -2.0, -2.0] {
///     optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
///     assert_eq!(theta, [expected]); // -1, then -2 → half of it, -2, then -3 → -2
/// }
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// M. R. Zhang et al., *Lookahead optimizer: k steps forward, 1 step back* (2019), algorithm 1,
/// <https://arxiv.org/abs/1907.08610>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lookahead {
    /// $`k`$: how many fast steps make a slow one; 5 in the paper.
    pub every: u64,
    /// $`\alpha`$: how far the slow copy goes towards the fast one; 0.5 in the paper.
    pub alpha: f64,
}

impl<T: Float> Entrywise<T> for Lookahead {
    const VECTORS: &'static [Vector] = &[Vector::signed("slow")];
    const NUMBERS: &'static [&'static str] = &["back"];

    fn check(&self) -> Result<(), OptimError> {
        at_least_one("every", self.every)?;
        positive::<T>("alpha", self.alpha)?;
        below_one::<T>("alpha", self.alpha)
    }

    fn start(&self, theta: T, state: &mut [T]) {
        state.fill(theta);
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        let back = now.step.is_multiple_of(self.every);
        numbers.fill(if back { self.alpha } else { 0.0 });
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let alpha = T::from_f64(at.numbers[0]);
        let back = at.numbers[0] > 0.0;
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let [slow] = state else { return g };
            let next = *slow + alpha * (theta + g - *slow);
            *slow = if back { next } else { *slow };
            if back { next - theta } else { g }
        }
    }

    /// The slow copy was a parameter vector with which a step began.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * (reach.theta + reach.g)
    }

    fn bound_of_any_past(&self, reach: Reach, numbers: &[f64]) -> f64 {
        Entrywise::<T>::bound(self, reach, numbers)
    }

    fn admits(&self, reach: Reach, _numbers: &[f64], state: &[T]) -> bool {
        state.iter().all(|slow| slow.to_f64().abs() <= reach.theta)
    }
}
