//! Averages of the parameters, to evaluate with.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::{Now, Reach};
use crate::error::{OptimError, below_one};
use gradus_numeric::Float;

/// Keeps an exponential average of the parameters; training does not notice.
///
/// ```math
/// a \leftarrow \beta a + (1 - \beta)(\theta + g), \qquad u = g, \qquad \text{evaluated: } a / (1 - \beta^t)
/// ```
///
/// The last word of a sentence; [`Chain::evaluate`](crate::Chain::evaluate) reads the average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Average {
    /// $`\beta`$.
    pub beta: f64,
}

impl<T: Float> Entrywise<T> for Average {
    const VECTORS: &'static [&'static str] = &["average"];
    const NUMBERS: &'static [&'static str] = &["weight"];

    fn check(&self) -> Result<(), OptimError> {
        below_one("beta", self.beta)
    }

    fn prepare(&self, now: &Now<'_>, numbers: &mut [f64]) -> Result<(), OptimError> {
        numbers.fill(crate::transformations::adam::correction(
            self.beta, now.step,
        ));
        Ok(())
    }

    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        let [beta, gain] = [self.beta, 1.0 - self.beta].map(T::from_f64);
        #[inline(always)]
        move |g: T, theta: T, state: &mut [T]| {
            let [a] = state else { return g };
            *a = beta * *a + gain * (theta + g);
            g
        }
    }

    fn evaluate(&self, numbers: &[f64], theta: T, state: &[T]) -> T {
        match state {
            [a] if numbers[0] > 0.0 => *a / T::from_f64(numbers[0]),
            _ => theta,
        }
    }

    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        reach.g
    }
}
