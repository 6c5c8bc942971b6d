//! The simplex: weights that are not negative and have a given sum.

use crate::core::counted::{of_length, positive, within};
use crate::error::MinimizeError;
use crate::projections::set::{ConvexSet, LinearMinimum};

/// The simplex $`\{x : x_i \ge 0, \sum_i x_i = s\}`$: the probability simplex for $`s = 1`$.
///
/// ```math
/// P(x)_i = \max(x_i - \tau, 0) \quad \text{with } \tau \text{ such that} \quad \sum_i \max(x_i - \tau, 0) = s
/// ```
///
/// Of the sorted entries, the largest $`\rho`$ stay positive; $`\tau`$ is the mean by which their sum exceeds $`s`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the sum is $`s`$, no entry is negative | `points_of_the_simplex_are_weights` |
///
/// # Numerics
///
/// Sorting costs $`n \ln n`$. The largest entry is taken off first, which changes nothing but the digits of $`\tau`$:
/// the sums are then of the size of $`s`$ and not of the entries.
///
/// # Errors
///
/// [`MinimizeError::Domain`] unless `sum` is positive and finite and `n` at least 1.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{ConvexSet, ScaledSimplex};
///
/// let simplex = ScaledSimplex::new(3, 1.0)?;
/// assert_eq!(simplex.project(&[0.75, 0.5, -7.0]), [0.625, 0.375, 0.0]);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// J. Duchi et al., *Efficient projections onto the l1-ball for learning in high dimensions* (2008), figure 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaledSimplex {
    n: usize,
    sum: f64,
}

impl ScaledSimplex {
    /// The simplex of `n` weights with the given sum.
    ///
    /// # Errors
    ///
    /// As [`ScaledSimplex`] says.
    pub fn new(n: usize, sum: f64) -> Result<Self, MinimizeError> {
        within("n", n as f64, n > 0, "at least 1")?;
        let sum = positive("sum", sum)?;
        Ok(Self { n, sum })
    }

    /// Refuses a point that is not in the simplex, but for rounding.
    pub(crate) fn admits(&self, x: &[f64]) -> Result<(), MinimizeError> {
        of_length("start", x.len(), self.n)?;
        let total: f64 = x.iter().sum();
        let slack = self.n as f64 * f64::EPSILON * self.sum;
        let distance = (total - self.sum).abs();
        if x.iter().all(|x| *x >= 0.0) && distance <= slack {
            Ok(())
        } else {
            Err(MinimizeError::StartNotInSet { distance })
        }
    }
}

impl ConvexSet for ScaledSimplex {
    fn project(&self, x: &[f64]) -> Vec<f64> {
        onto_simplex(x, self.sum)
    }
}

impl LinearMinimum for ScaledSimplex {
    /// Everything on the first of the smallest entries.
    fn linear_minimum(&self, c: &[f64]) -> Vec<f64> {
        let mut y = vec![0.0; c.len()];
        let best = (0..c.len()).reduce(|i, j| if c[j] < c[i] { j } else { i });
        if let Some(best) = best {
            y[best] = self.sum;
        }
        y
    }
}

/// The nearest weights with this sum.
pub(crate) fn onto_simplex(x: &[f64], sum: f64) -> Vec<f64> {
    let largest = x.iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
    let mut sorted: Vec<f64> = x.iter().map(|x| x - largest).collect();
    sorted.sort_by(|a, b| b.total_cmp(a));
    let (mut total, mut tau) = (0.0, 0.0);
    for (k, u) in sorted.iter().enumerate() {
        total += u;
        let mean = (total - sum) / (k + 1) as f64;
        if *u <= mean {
            break;
        }
        tau = mean;
    }
    x.iter().map(|x| (x - largest - tau).max(0.0)).collect()
}
