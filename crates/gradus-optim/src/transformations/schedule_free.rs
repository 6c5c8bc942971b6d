//! Schedule-free learning: an average in place of a falling rate.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Reach};
use crate::error::{OptimError, below_one, positive};
use gradus_numeric::Float;

/// Trains at a point between the iterate and its average, evaluates at the average.
///
/// ```math
/// z \leftarrow z + g, \qquad x \leftarrow \Bigl(1 - \frac{1}{t}\Bigr) x + \frac{1}{t} z, \qquad
/// \theta = (1 - \beta) z + \beta x
/// ```
///
/// The last word of a sentence; $`x = (\theta - (1 - \beta) z) / \beta`$ is what is evaluated.
///
/// # References
///
/// A. Defazio et al., *The road less scheduled* (2024), equations 3–5.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScheduleFree {
    /// $`\beta`$, between 0 and 1.
    pub beta: f64,
}

impl<T: Float> Entrywise<T> for ScheduleFree {
    const VECTORS: &'static [&'static str] = &["z"];
    const NUMBERS: &'static [&'static str] = &["share"];

    fn check(&self) -> Result<(), OptimError> {
        positive("beta", self.beta)?;
        below_one("beta", self.beta)
    }

    fn start(&self, theta: T, state: &mut [T]) {
        state.fill(theta);
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill(1.0 / now.step as f64);
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [beta, rest] = [self.beta, 1.0 - self.beta].map(T::from_f64);
        let [keep, share] = [1.0 - at.numbers[0], at.numbers[0]].map(T::from_f64);
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let [z] = state else { return g };
            let x = (theta - rest * *z) / beta;
            *z += g;
            let x = keep * x + share * *z;
            beta * x + rest * *z - theta
        }
    }

    fn evaluate(&self, _numbers: &[f64], theta: T, state: &[T]) -> T {
        let [beta, rest] = [self.beta, 1.0 - self.beta].map(T::from_f64);
        match state {
            [z] => (theta - rest * *z) / beta,
            _ => theta,
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        4.0 * (reach.theta + reach.g) / self.beta
    }
}
