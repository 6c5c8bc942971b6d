//! The interface of losses that compare samples with each other.

use crate::error::LossError;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, MatrixMut, MatrixRef};
use std::fmt::Debug;

/// A loss of columns that are compared with each other: embeddings, or scores.
///
/// ```math
/// L = \frac{1}{d} \sum_k w_k \, \ell(x_i : i \in t_k), \qquad
/// \frac{\partial L}{\partial x_i} = \frac{1}{d} \sum_{k : i \in t_k} w_k \, \frac{\partial \ell}{\partial x_i}
/// ```
///
/// where $`x_i`$ is column $`i`$, tuple $`t_k`$ says which columns comparison $`k`$ looks at, $`w_k`$ is its weight and $`d`$ the
/// denominator. The tuples are pairs or triplets of numbers of columns; a column may stand in many of them, or in none. So the
/// network is asked once a step, for all columns, and one gradient goes back into it. For a mean the denominator is the number of
/// tuples, for a weighted mean the sum of their weights.
///
/// This is not a [`Loss`](crate::Loss): a loss of a batch is a sum over its columns, so that threads may share them out, and a
/// loss of pairs is not.
///
/// # Shapes
///
/// `columns: outputs × samples`, `tuples: comparisons`, `weights: comparisons`, `gradient: outputs × samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | both storage orders give the same bits | `comparisons_of_both_orders_of_storage_give_the_same_bits` |
/// | an ignored comparison is a removed one, to the bit | `ignored_comparisons_are_removed_comparisons` |
/// | gradient = differences | `comparison_gradients_are_derivatives` |
///
/// # Numerics
///
/// Everything is computed in `f64`, and a gradient is rounded once, however many comparisons a column stands in. This takes memory
/// for two copies of the columns. A comparison of weight 0 is not looked at. NaN in a column flows to the value.
///
/// # Examples
///
/// Three anchors, then three columns that belong to them, then three that do not, as another library would give them in
/// three matrices:
///
/// ```
/// use gradus_losses::{Comparison, MatrixMut, MatrixRef, Order, Shape, Triplet, Weights};
///
/// let x = [0.0, 5.0, 9.0, 1.0, 5.0, 8.0, 0.5, 9.0, 2.0]; // one coordinate, nine columns
/// let triplets = [0, 1, 2].map(|k| [k, 3 + k, 6 + k]);
/// let shape = Shape::new(1, 9);
/// let (x, mut memory) = (MatrixRef::new(&x, shape, Order::Rows)?, [0.0; 9]);
/// let gradient = MatrixMut::new(&mut memory, shape, Order::Rows)?;
/// let loss = Triplet::default(); // margin 1
/// let sum = loss.value_and_gradient(x, &triplets, Weights::Equal, 1.0, gradient)?;
/// assert_eq!(sum, 1.0 - 0.5 + 1.0); // the other two triplets are in order
/// assert_eq!(memory, [0.0, 0.0, 0.0, 1.0, 0.0, 0.0, -1.0, 0.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Comparison<T: Float>: Debug + Send + Sync {
    /// Which columns are compared.
    type Tuple;

    /// $`\sum_k w_k \ell_k / d`$, and its gradient by the columns, every entry of which is written.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit; nothing has been written then.
    fn value_and_gradient(
        &self,
        columns: MatrixRef<'_, T>,
        tuples: &[Self::Tuple],
        weights: Weights<'_, T>,
        denominator: f64,
        gradient: MatrixMut<'_, T>,
    ) -> Result<f64, LossError>;

    /// $`\sum_k w_k \ell_k / d`$ alone, the same bits.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit.
    fn value(
        &self,
        columns: MatrixRef<'_, T>,
        tuples: &[Self::Tuple],
        weights: Weights<'_, T>,
        denominator: f64,
    ) -> Result<f64, LossError>;
}
