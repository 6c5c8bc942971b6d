//! The contrastive loss of pairs.

use crate::embeddings::distance::Distance;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::hinge::hinge;
use crate::kernel::tuplewise::Tuplewise;

/// Two columns, and whether they show the same.
///
/// # Examples
///
/// See [`Contrastive`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Pair {
    /// The number of one column.
    pub left: usize,
    /// The number of the other column.
    pub right: usize,
    /// Whether they belong together.
    pub same: bool,
}

/// The contrastive loss: what belongs together comes together, what does not keeps a distance.
///
/// ```math
/// \ell = \begin{cases} \tfrac12 D^2 & \text{for a pair that belongs together} \\
/// \tfrac12 \max(0, m - D)^2 & \text{for another} \end{cases}, \qquad D = \lVert x_i - x_j \rVert_2
/// ```
///
/// where $`x_i`$ and $`x_j`$ are the embeddings of a [`Pair`] and $`m`$ is `margin`. A spring: the first kind pulls the columns together with
/// the force $`D`$, the second pushes them apart with the force $`m - D`$, and lets go at the margin. Without the second kind all
/// columns would fall onto one point. The two forces on a pair are opposite, so its middle does not move.
///
/// # Shapes
///
/// `columns: outputs × samples`, `tuples: pairs`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 0 with gradient 0 beyond the margin, and between equal columns of one kind | `beyond_the_margin_nothing_pulls` |
/// | moving all columns alike changes nothing: the gradients sum to 0 | `comparisons_of_distances_do_not_see_a_translation` |
/// | doubling columns and margin makes it four times as large | `contrastive_and_triplet_losses_have_a_unit` |
/// | gradient = differences; equals autodiff's | `comparison_gradients_are_derivatives`, `the_closed_forms_of_comparisons_are_their_gradients` |
///
/// # Numerics
///
/// Two equal columns that do not belong together are not pushed: no direction is better than another, and 0 is the subgradient of
/// least norm. The factor ½ is that of the paper; many programs leave it out.
///
/// # Errors
///
/// [`LossError::NotPositive`] for a margin that is not, [`LossError::NoComparisons`], [`LossError::ColumnOutOfRange`], and those of
/// weights and denominators.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Comparison, Contrastive, MatrixRef, Order, Pair, Shape, Weights};
///
/// let x = MatrixRef::new(&[0.0, 3.0, 0.0, 4.0, 0.5, 0.0], Shape::new(2, 3), Order::Rows)?; // (0, 4), (3, ½), (0, 0)
/// let pairs = [Pair { left: 0, right: 2, same: true }, Pair { left: 0, right: 2, same: false }];
/// let loss = Contrastive { margin: 5.0 };
/// assert_eq!(loss.value(x, &pairs[..1], Weights::Equal, 1.0)?, 8.0); // ½ · 4²
/// assert_eq!(loss.value(x, &pairs[1..], Weights::Equal, 1.0)?, 0.5); // ½ · (5 − 4)²
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// R. Hadsell, S. Chopra and Y. LeCun, *Dimensionality reduction by learning an invariant mapping* (2006), equations 2 to 4.
#[doc(alias = "siamese network")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Contrastive {
    /// $`m > 0`$: how far apart is far enough.
    pub margin: f64,
}

/// A margin of 1.
impl Default for Contrastive {
    fn default() -> Self {
        Self { margin: 1.0 }
    }
}

impl Tuplewise for Contrastive {
    type Tuple = Pair;

    fn check(&self, _rows: usize) -> Result<(), LossError> {
        check::positive("margin", self.margin)
    }

    fn columns(pair: &Pair) -> impl Iterator<Item = usize> {
        [pair.left, pair.right].into_iter()
    }

    fn distance(&self, a: &[f64], b: &[f64]) -> f64 {
        Distance::Euclidean.between(a, b)
    }

    fn slope(&self, difference: f64, distance: f64) -> f64 {
        Distance::Euclidean.slope(difference, distance)
    }

    fn loss(
        &self,
        pair: &Pair,
        distance: impl Fn([usize; 2]) -> f64,
        mut pull: impl FnMut([usize; 2], f64, f64),
    ) -> f64 {
        let between = [pair.left, pair.right];
        let distance = distance(between);
        let slope = if pair.same {
            distance
        } else {
            -hinge(self.margin - distance)
        };
        pull(between, distance, slope);
        0.5 * slope * slope
    }
}
