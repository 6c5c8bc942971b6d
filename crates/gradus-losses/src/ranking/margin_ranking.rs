//! The ranking loss of pairs of scores.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::hinge::hinge;
use crate::kernel::tuplewise::Tuplewise;

/// The margin ranking loss: the first score of a pair is higher than the second, by a margin.
///
/// ```math
/// \ell = \max\bigl(0,\; m - (s_i - s_j)\bigr)
/// ```
///
/// where $`s_i`$ is the score of what should stand first, $`s_j`$ that of the other and $`m`$ is `margin`. It is [`Hinge`](crate::Hinge) of the
/// difference of two scores, with another margin. A pair in order by the margin gives no gradient. With margin 0 the sum over all
/// pairs of different relevance is 0 for a list in order, and for constant scores too: take a positive margin.
///
/// # Shapes
///
/// `columns: 1 × samples`, `tuples: pairs` of the number of what should stand first and that of the other.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`m = 1`$ is [`Hinge`](crate::Hinge) of $`s_i - s_j`$ | `margin_ranking_is_a_hinge_of_differences` |
/// | 0 with gradient 0 beyond the margin | `beyond_the_margin_nothing_pulls` |
/// | a constant added to all scores changes nothing: the gradients sum to 0 | `comparisons_of_distances_do_not_see_a_translation` |
/// | gradient = differences; equals autodiff's | `comparison_gradients_are_derivatives`, `the_closed_forms_of_comparisons_are_their_gradients` |
///
/// # Numerics
///
/// PyTorch's `MarginRankingLoss` takes two vectors and a sign $`y`$: $`y = -1`$ is the pair the other way round. Its margin is 0 by
/// default, here it is 1.
///
/// # Errors
///
/// [`LossError::NotOneScore`] for columns of more or fewer numbers than one, [`LossError::OutsideInterval`] for a negative margin,
/// [`LossError::NoComparisons`], [`LossError::ColumnOutOfRange`], and those of weights and denominators.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Comparison, MarginRanking, MatrixRef, Weights};
///
/// let scores = MatrixRef::from_column(&[2.0, 1.5, 0.0]).transposed();
/// let loss = MarginRanking { margin: 1.0 };
/// let pairs = [[0, 1], [0, 2], [2, 1]]; // short by ½, in order, and wrong by 1½ and the margin
/// assert_eq!(loss.value(scores, &pairs, Weights::Equal, 1.0)?, 0.5 + 0.0 + 2.5);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// R. Herbrich, T. Graepel and K. Obermayer, *Large margin rank boundaries for ordinal regression* (2000), §3.
#[doc(alias = "RankSVM")]
#[doc(alias = "pairwise hinge")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarginRanking {
    /// $`m \ge 0`$.
    pub margin: f64,
}

/// A margin of 1.
impl Default for MarginRanking {
    fn default() -> Self {
        Self { margin: 1.0 }
    }
}

impl Tuplewise for MarginRanking {
    type Tuple = [usize; 2];

    fn check(&self, rows: usize) -> Result<(), LossError> {
        if rows != 1 {
            return Err(LossError::NotOneScore { rows });
        }
        check::not_negative("margin", self.margin)
    }

    fn columns(pair: &[usize; 2]) -> impl Iterator<Item = usize> {
        pair.iter().copied()
    }

    /// How much higher the first score is.
    fn distance(&self, a: &[f64], b: &[f64]) -> f64 {
        a[0] - b[0] // the check has seen to one row
    }

    fn slope(&self, _difference: f64, _distance: f64) -> f64 {
        1.0
    }

    fn loss(
        &self,
        &between: &[usize; 2],
        distance: impl Fn([usize; 2]) -> f64,
        mut pull: impl FnMut([usize; 2], f64, f64),
    ) -> f64 {
        let lead = distance(between);
        let loss = hinge(self.margin - lead);
        if loss != 0.0 {
            pull(between, lead, -1.0);
        }
        loss
    }
}
