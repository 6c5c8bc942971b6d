//! Hinges of several classes.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Crammer and Singer's hinge: the class that comes nearest to the true one must stay behind by 1.
///
/// ```math
/// \ell(z, y) = \max_i (z_i + 1 - q_i) - q^\top z = \max\Bigl(0,\; 1 + \max_{i \ne y} z_i - z_y\Bigr), \qquad
/// \frac{\partial \ell}{\partial z} = e_{i^*} - q
/// ```
///
/// where $`z`$ are the decision values of the classes for one sample, $`q`$ the target ($`e_y`$ for a label) and $`i^*`$ the first
/// class where the maximum is attained. One rival pulls, however many there are.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | for two classes it is [`Hinge`](crate::Hinge) of the difference | `multiclass_hinges_of_two_classes_are_the_hinge` |
/// | it is at most [`WestonWatkins`] | `one_rival_costs_less_than_all` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// Those of [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{CrammerSinger, Loss, MatrixRef, Target, Weights};
///
/// let z = MatrixRef::from_column(&[2.0, 1.5, -1.0]);
/// let value = CrammerSinger.value(z, Target::Labels(&[0]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.5); // 1 + 1.5 − 2
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// K. Crammer and Y. Singer, *On the algorithmic implementation of multiclass kernel-based vector machines*, JMLR 2
/// (2001), 265–292, equation 5.
#[doc(alias = "multiclass SVM")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CrammerSinger;

/// Weston and Watkins' hinge: every other class must stay behind the true one by 1.
///
/// ```math
/// \ell(z, y) = \sum_i (1 - q_i) \max(0, 1 + z_i - q^\top z), \qquad
/// \frac{\partial \ell}{\partial z_k} = a_k - q_k \sum_i a_i, \quad a_i = (1 - q_i)\,[1 + z_i > q^\top z]
/// ```
///
/// where $`z`$ are the decision values of the classes for one sample and $`q`$ the target ($`e_y`$ for a label, which makes it
/// $`\sum_{i \ne y} \max(0, 1 + z_i - z_y)`$). PyTorch's `multi_margin_loss` divides by the number of classes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | for two classes it is [`Hinge`](crate::Hinge) of the difference | `multiclass_hinges_of_two_classes_are_the_hinge` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// Those of [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixRef, Target, Weights, WestonWatkins};
///
/// let z = MatrixRef::from_column(&[2.0, 1.5, 1.25]);
/// let value = WestonWatkins.value(z, Target::Labels(&[0]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 0.5 + 0.25);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// J. Weston and C. Watkins, *Support vector machines for multi-class pattern recognition* (1999), §3.
#[doc(alias = "multiclass SVM")]
#[doc(alias = "multi_margin_loss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct WestonWatkins;

impl Columnwise for CrammerSinger {
    /// The class where the maximum is attained.
    type Summary = [usize; LANES];

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        _keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let (mut most, mut best) = ([f64::NEG_INFINITY; LANES], [0; LANES]);
        let truth = scores_of_the_truth(batch, at);
        for i in 0..batch.prediction.rows() {
            let (z, q) = (batch.prediction(i, at), batch.target(i, at));
            for lane in 0..LANES {
                let rival = z[lane].to_f64() + (1.0 - q[lane]);
                // NaN takes the place of any number and keeps it.
                if rival > most[lane] || rival.is_nan() {
                    (most[lane], best[lane]) = (rival, i);
                }
            }
        }
        for lane in 0..LANES {
            most[lane] -= truth[lane];
        }
        (most, best)
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        best: &Self::Summary,
        _kept: &Lanes<T>,
    ) -> Lanes {
        let mut slopes = batch.target(i, at);
        for lane in 0..LANES {
            slopes[lane] = if best[lane] == i { 1.0 } else { 0.0 } - slopes[lane];
        }
        slopes
    }
}

impl Columnwise for WestonWatkins {
    /// $`q^\top z`$ and $`\sum a_i`$.
    type Summary = (Lanes, Lanes);

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        _keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let truth = scores_of_the_truth(batch, at);
        let (mut losses, mut active) = ([0.0; LANES], [0.0; LANES]);
        for i in 0..batch.prediction.rows() {
            let (z, q) = (batch.prediction(i, at), batch.target(i, at));
            for lane in 0..LANES {
                let (lack, others) = (1.0 + z[lane].to_f64() - truth[lane], 1.0 - q[lane]);
                losses[lane] += others * if lack <= 0.0 { 0.0 } else { lack }; // NaN stays NaN
                active[lane] += others * if lack > 0.0 { 1.0 } else { 0.0 };
            }
        }
        (losses, (truth, active))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (truth, active): &Self::Summary,
        _kept: &Lanes<T>,
    ) -> Lanes {
        let (z, mut slopes) = (batch.prediction(i, at), batch.target(i, at));
        for lane in 0..LANES {
            let (q, lack) = (slopes[lane], 1.0 + z[lane].to_f64() - truth[lane]);
            let own = if lack > 0.0 { 1.0 - q } else { 0.0 };
            slopes[lane] = own - q * active[lane];
        }
        slopes
    }
}

/// $`q^\top z`$ of each sample.
#[inline(always)]
fn scores_of_the_truth<T: Float>(batch: Batch<'_, T>, at: Block) -> Lanes {
    let mut sum = [0.0; LANES];
    for i in 0..batch.prediction.rows() {
        let (z, q) = (batch.prediction(i, at), batch.target(i, at));
        for lane in 0..LANES {
            // 0 · ∞ = 0: a class that is not asked for does not count.
            sum[lane] += if q[lane] == 0.0 {
                0.0
            } else {
                q[lane] * z[lane].to_f64()
            };
        }
    }
    sum
}
