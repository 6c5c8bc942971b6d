//! A list put into order, as a whole.

use crate::classification::softmax::{Normalizer, maximum, normalizer, slope, sum_of_exponentials};
use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::logarithm::ln_1p;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::Float;

/// `ListNet`, top one: cross-entropy between the chances to stand first, in nats.
///
/// ```math
/// \ell(z, y) = -\sum_i \sigma(y)_i \ln \sigma(z)_i, \qquad \frac{\partial \ell}{\partial z} = \sigma(z) - \sigma(y)
/// ```
///
/// where $`z`$ are the predicted scores of the items of one list, $`y`$ their true relevances and $`\sigma`$ softmax: $`\sigma(z)_i`$ is the chance
/// that item $`i`$ comes first if a list is drawn item by item in proportion to $`e^{z_i}`$. Only differences within a list count.
/// The smallest value is the entropy of $`\sigma(y)`$, not 0.
///
/// # Shapes
///
/// `prediction: items × lists`, `target: items × lists`, as values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) with the target $`\sigma(y)`$ | `list_net_is_cross_entropy_of_the_chances` |
/// | smallest at $`z = y`$; constants added to scores or relevances change nothing | `list_net_is_smallest_at_the_relevances` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Errors
///
/// [`LossError::LabelsForValues`], [`LossError::TargetShape`]; [`LossError::TargetOutsideDomain`] for a relevance that is not finite;
/// [`LossError::NoClasses`] for lists without items.
///
/// # Examples
///
/// ```
/// use gradus_losses::{ListNet, Loss, MatrixRef, Target, Weights};
///
/// let relevance = MatrixRef::from_column(&[2.0, 2.0]); // both are as good
/// let scores = MatrixRef::from_column(&[5.0, 5.0]);
/// let value = ListNet.value(scores, Target::Values(relevance), Weights::Equal, 1.0)?;
/// assert_eq!(value, 2_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// Z. Cao et al., *Learning to rank: from pairwise approach to listwise approach* (2007), §5, equation 6.
#[doc(alias = "learning to rank")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct ListNet;

impl Columnwise for ListNet {
    /// The normalizer of $`\sigma(z)`$; $`\max y`$ and $`1 / \sum_j e^{y_j - \max y}`$.
    type Summary = (Normalizer, Lanes, Lanes);

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        if batch.prediction.rows() == 0 {
            return Err(LossError::NoClasses);
        }
        check::targets(batch, weights, Domain::Finite)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let (top_of_y, inverse) = chances(batch, at);
        let top = maximum(batch, at);
        let excess = sum_of_exponentials(batch, at, &top, keep);
        let (mut losses, mut total) = ([0.0; LANES], [0.0; LANES]);
        for i in 0..batch.prediction.rows() {
            let (z, q) = (
                batch.prediction(i, at),
                chance(batch, at, i, &top_of_y, &inverse),
            );
            for lane in 0..LANES {
                losses[lane] += q[lane] * (top[lane].to_f64() - z[lane].to_f64());
                total[lane] += q[lane];
            }
        }
        for lane in 0..LANES {
            losses[lane] += total[lane] * ln_1p(excess[lane]);
        }
        (losses, (normalizer(total, excess), top_of_y, inverse))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (normalizer, top_of_y, inverse): &Self::Summary,
        kept: &Lanes<T>,
    ) -> Lanes {
        let mut slopes = chance(batch, at, i, top_of_y, inverse);
        for lane in 0..LANES {
            slopes[lane] = slope(normalizer, lane, kept[lane].to_f64(), slopes[lane]);
        }
        slopes
    }
}

/// $`\max y`$ and $`1 / \sum_j e^{y_j - \max y}`$ of the relevances.
#[inline(always)]
fn chances<T: Float>(batch: Batch<'_, T>, at: Block) -> (Lanes, Lanes) {
    let Target::Values(prediction) = batch.target else {
        return ([f64::NAN; LANES], [f64::NAN; LANES]); // the check has refused labels
    };
    let relevances = Batch {
        prediction,
        target: batch.target,
    };
    let top = maximum(relevances, at).map(T::to_f64);
    let mut sum = [0.0; LANES];
    for i in 0..prediction.rows() {
        let y = batch.target(i, at);
        for lane in 0..LANES {
            sum[lane] += (y[lane] - top[lane]).exp();
        }
    }
    (top, sum.map(|sum| 1.0 / sum))
}

/// $`\sigma(y)_i`$.
#[inline(always)]
fn chance<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    i: usize,
    top: &Lanes,
    inverse: &Lanes,
) -> Lanes {
    let mut y = batch.target(i, at);
    for lane in 0..LANES {
        y[lane] = (y[lane] - top[lane]).exp() * inverse[lane];
    }
    y
}
