//! Overlap of regions: Dice, Jaccard, Tversky.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// One minus the overlap of a predicted and a true region, both soft.
///
/// ```math
/// \ell(p, q) = 1 - \frac{T + s}{T + \alpha F^+ + \beta F^- + s}, \qquad
/// T = \sum_i p_i q_i, \quad F^+ = \sum_i p_i (1 - q_i), \quad F^- = \sum_i (1 - p_i)\, q_i
/// ```
///
/// where $`p_i`$ is the predicted probability that pixel $`i`$ of a sample belongs to the region, $`q_i`$ the true one, 0 or 1, and $`s`$ is
/// `smoothing`. $`T`$ counts the pixels in both, $`F^+`$ the false alarms, $`F^-`$ the misses. Unlike cross-entropy it
/// does not count the background, so small regions matter as much as large ones. $`\beta > \alpha`$ makes misses dearer.
///
/// | name | $`\alpha = \beta`$ | overlap of sets |
/// |------|------|---------|
/// | [`Tversky::dice`] | ½ | $`2 \lvert A \cap B \rvert / (\lvert A \rvert + \lvert B \rvert)`$ |
/// | [`Tversky::jaccard`] | 1 | $`\lvert A \cap B \rvert / \lvert A \cup B \rvert`$ |
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`0 \le \ell \le 1`$, and 0 for equal sets | `overlap_losses_lie_between_zero_and_one` |
/// | Jaccard's overlap is $`D / (2 - D)`$ of Dice's | `jaccard_is_a_function_of_dice` |
/// | gradient = differences | `overlap_gradients_are_derivatives` |
///
/// # Numerics
///
/// If both regions are empty and $`s = 0`$, they are equal: the loss is 0 and so is its gradient.
///
/// Conventions elsewhere: optax's `dice_loss` has the same $`\alpha`$, $`\beta`$ and $`s`$. Keras' `tversky` (3.15) has $`\alpha`$ and $`\beta`$ the other way
/// round, since it calls false alarms what are misses. Where Dice is written $`(2 T + s) / (\dots + s)`$, that $`s`$ is twice this one.
///
/// # Errors
///
/// [`LossError::PredictionOutOfRange`], [`LossError::TargetOutOfRange`] for what is no probability,
/// [`LossError::LabelsForValues`] for labels, [`LossError::TargetShape`]; [`LossError::OutsideInterval`] for a negative setting.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Target, Tversky, Weights};
///
/// let (p, q) = ([1.0, 1.0, 0.0, 0.0], [1.0, 0.0, 1.0, 0.0]); // one pixel of three in common
/// let target = Target::Values(MatrixRef::from_column(&q));
/// let of = |loss: Tversky| loss.value(MatrixRef::from_column(&p), target, Weights::Equal, 1.0);
/// assert_eq!(of(Tversky::dice(0.0))?, 0.5);
/// assert_eq!(of(Tversky::jaccard(0.0))?, 1.0 - 1.0 / 3.0);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// F. Milletari, N. Navab and S.-A. Ahmadi, *V-Net* (2016), §3, whose denominator has squares; S. S. M. Salehi, D. Erdogmus
/// and A. Gholipour, *Tversky loss function for image segmentation using 3D fully convolutional deep networks* (2017).
#[doc(alias = "Dice")]
#[doc(alias = "Jaccard")]
#[doc(alias = "intersection over union")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tversky {
    /// $`\alpha \ge 0`$, the price of a false alarm.
    pub alpha: f64,
    /// $`\beta \ge 0`$, the price of a miss.
    pub beta: f64,
    /// $`s \ge 0`$, often 1: what makes the loss of an empty region smooth.
    pub smoothing: f64,
}

impl Tversky {
    /// Dice's overlap: $`\alpha = \beta = \tfrac12`$.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(gradus_losses::Tversky::dice(1.0).alpha, 0.5);
    /// ```
    #[must_use]
    pub fn dice(smoothing: f64) -> Self {
        Self {
            alpha: 0.5,
            beta: 0.5,
            smoothing,
        }
    }

    /// Jaccard's overlap, intersection over union: $`\alpha = \beta = 1`$.
    ///
    /// # Examples
    ///
    /// ```
    /// assert_eq!(gradus_losses::Tversky::jaccard(1.0).beta, 1.0);
    /// ```
    #[must_use]
    pub fn jaccard(smoothing: f64) -> Self {
        Self {
            alpha: 1.0,
            beta: 1.0,
            smoothing,
        }
    }
}

impl Columnwise for Tversky {
    /// Numerator and denominator.
    type Summary = (Lanes, Lanes);

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        for (name, value) in [
            ("alpha", self.alpha),
            ("beta", self.beta),
            ("smoothing", self.smoothing),
        ] {
            check::not_negative(name, value)?;
        }
        check::target_probabilities(batch, weights)?;
        check::predicted_probabilities(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        _keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let (mut above, mut below) = ([self.smoothing; LANES], [self.smoothing; LANES]);
        for i in 0..batch.prediction.rows() {
            let (p, q) = (batch.prediction(i, at), batch.target(i, at));
            for lane in 0..LANES {
                let (p, q) = (p[lane].to_f64(), q[lane]);
                above[lane] += p * q;
                below[lane] += p * q + self.alpha * p * (1.0 - q) + self.beta * (1.0 - p) * q;
            }
        }
        let mut losses = [0.0; LANES];
        for lane in 0..LANES {
            let both_empty = below[lane] == 0.0;
            losses[lane] = if both_empty {
                0.0
            } else {
                1.0 - above[lane] / below[lane]
            };
        }
        (losses, (above, below))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (above, below): &Self::Summary,
        _kept: &Lanes<T>,
    ) -> Lanes {
        let mut slopes = batch.target(i, at);
        for lane in 0..LANES {
            let (q, n, d) = (slopes[lane], above[lane], below[lane]);
            let of_below = q + self.alpha * (1.0 - q) - self.beta * q;
            slopes[lane] = if d == 0.0 {
                0.0
            } else {
                (n / d * of_below - q) / d
            };
        }
        slopes
    }
}
