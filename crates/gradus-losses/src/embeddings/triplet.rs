//! The triplet loss.

use crate::embeddings::distance::Distance;
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::hinge::hinge;
use crate::kernel::tuplewise::Tuplewise;

/// The triplet loss: an anchor is nearer to its own kind than to another, by a margin.
///
/// ```math
/// \ell = \max\bigl(0,\; D(a, p) - D(a, n) + m\bigr)
/// ```
///
/// where $`a`$, $`p`$ and $`n`$ are the columns of a triplet of numbers: the anchor, one that belongs to it (*positive*) and one that does
/// not (*negative*), and $`m`$ is `margin`. Unlike the [contrastive](crate::Contrastive) loss it asks for an order of distances and
/// leaves their size free. Most triplets of a trained network are in order and give no gradient, so those that are not should be
/// looked for.
///
/// # Shapes
///
/// `columns: outputs × samples`, `tuples: triplets` of an anchor, a positive and a negative.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 0 with gradient 0 beyond the margin | `beyond_the_margin_nothing_pulls` |
/// | moving all columns alike changes nothing: the gradients sum to 0 | `comparisons_of_distances_do_not_see_a_translation` |
/// | doubling columns and margin doubles it, or makes it four times as large if distances are squared | `contrastive_and_triplet_losses_have_a_unit` |
/// | with the nearer negative it is at least as large | `the_nearer_negative_costs_more` |
/// | gradient = differences; equals autodiff's | `comparison_gradients_are_derivatives`, `the_closed_forms_of_comparisons_are_their_gradients` |
///
/// # Numerics
///
/// Where two columns are equal, their distance has the gradient 0, and so has the loss where it becomes 0. PyTorch's
/// `TripletMarginLoss` has `p` ([`Distance`]: 1 and 2), `swap` ([`Negative`]) and an `eps` of 1e-6, added to every difference, which
/// is not here.
///
/// # Errors
///
/// [`LossError::OutsideInterval`] for a negative margin, [`LossError::NoComparisons`], [`LossError::ColumnOutOfRange`], and those of
/// weights and denominators.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Comparison, Distance, MatrixRef, Negative, Order, Shape, Triplet, Weights};
///
/// let x = MatrixRef::new(&[0.0, 2.0, 5.0], Shape::new(1, 3), Order::Rows)?; // distances 2, 5 and 3
/// let of = |loss: Triplet| loss.value(x, &[[0, 1, 2]], Weights::Equal, 1.0);
/// let loss = Triplet { margin: 4.0, ..Triplet::default() };
/// assert_eq!(of(loss)?, 2.0 - 5.0 + 4.0);
/// assert_eq!(of(Triplet { negative: Negative::Nearer, ..loss })?, 2.0 - 3.0 + 4.0);
/// assert_eq!(of(Triplet { distance: Distance::SquaredEuclidean, ..loss })?, 0.0); // 4 − 25 + 4
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// F. Schroff, D. Kalenichenko and J. Philbin, *`FaceNet`: a unified embedding for face recognition and clustering* (2015), equation 2,
/// where distances are squared. The nearer negative: V. Balntas et al., *Learning local feature descriptors with triplets and shallow
/// convolutional neural networks* (2016), §3.3.
#[doc(alias = "TripletMarginLoss")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Triplet {
    /// $`m \ge 0`$: by how much the positive has to be nearer.
    pub margin: f64,
    /// $`D`$.
    pub distance: Distance,
    /// From where the negative is seen.
    pub negative: Negative,
}

/// From where the distance to the negative is measured.
///
/// # Examples
///
/// See [`Triplet`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Negative {
    /// $`D(a, n)`$; the default.
    #[default]
    FromAnchor,
    /// $`\min(D(a, n), D(p, n))`$: anchor and positive may change places; PyTorch's `swap=True`.
    Nearer,
}

/// A margin of 1 of Euclidean distances, as in PyTorch.
impl Default for Triplet {
    fn default() -> Self {
        Self {
            margin: 1.0,
            distance: Distance::Euclidean,
            negative: Negative::FromAnchor,
        }
    }
}

impl Tuplewise for Triplet {
    type Tuple = [usize; 3];

    fn check(&self, _rows: usize) -> Result<(), LossError> {
        check::not_negative("margin", self.margin)
    }

    fn columns(triplet: &[usize; 3]) -> impl Iterator<Item = usize> {
        triplet.iter().copied()
    }

    fn distance(&self, a: &[f64], b: &[f64]) -> f64 {
        self.distance.between(a, b)
    }

    fn slope(&self, difference: f64, distance: f64) -> f64 {
        self.distance.slope(difference, distance)
    }

    fn loss(
        &self,
        &[a, p, n]: &[usize; 3],
        distance: impl Fn([usize; 2]) -> f64,
        mut pull: impl FnMut([usize; 2], f64, f64),
    ) -> f64 {
        let (near, mut far, mut rival) = (distance([a, p]), distance([a, n]), [a, n]);
        if self.negative == Negative::Nearer {
            let other = distance([p, n]);
            if other < far {
                (far, rival) = (other, [p, n]);
            }
        }
        let loss = hinge(near - far + self.margin);
        if loss != 0.0 {
            pull([a, p], near, 1.0);
            pull(rival, far, -1.0);
        }
        loss
    }
}
