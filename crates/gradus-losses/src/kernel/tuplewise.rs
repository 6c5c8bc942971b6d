//! The one loop of losses of pairs and triplets: distances, and what pulls at them.

use crate::error::LossError;
use crate::kernel::comparison::Comparison;
use crate::kernel::gathered::{Gathered, check_gradient};
use crate::kernel::loss::check_denominator;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, MatrixMut, MatrixRef, Shape};
use std::fmt::Debug;
use std::iter::zip;

/// A loss of a few distances between columns: what a comparison of one's own needs.
///
/// ```math
/// \ell = f\bigl(D(x_i, x_j), \dots\bigr), \qquad
/// \frac{\partial \ell}{\partial x_i} = \sum_j \frac{\partial f}{\partial D}\, \frac{\partial D}{\partial a}(x_i, x_j)
/// ```
///
/// where $`D(a, b)`$ is a function of $`a - b`$, a distance or the signed difference of two scores, and $`f`$ says what its size
/// costs. Whatever is `Tuplewise` is a [`Comparison`]: shapes, weights, denominators, storage orders and ignored comparisons are
/// dealt with.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | both storage orders and ignored comparisons: the same bits | `a_comparison_of_ones_own_obeys_the_laws_of_all` |
///
/// # Examples
///
/// A triplet loss without a margin, $`\ln(1 + e^{D(a, p) - D(a, n)})`$, of one number a column:
///
/// ```
/// use gradus_losses::{Comparison, LossError, MatrixMut, MatrixRef, Order, Shape, Tuplewise, Weights};
///
/// #[derive(Debug)]
/// struct SoftTriplet;
///
/// impl Tuplewise for SoftTriplet {
///     type Tuple = [usize; 3];
///
///     fn check(&self, _rows: usize) -> Result<(), LossError> {
///         Ok(())
///     }
///     fn columns(triplet: &[usize; 3]) -> impl Iterator<Item = usize> {
///         triplet.iter().copied()
///     }
///     fn distance(&self, a: &[f64], b: &[f64]) -> f64 {
///         (a[0] - b[0]).abs()
///     }
///     fn slope(&self, difference: f64, _distance: f64) -> f64 {
///         difference.signum()
///     }
///     fn loss(
///         &self,
///         &[a, p, n]: &[usize; 3],
///         distance: impl Fn([usize; 2]) -> f64,
///         mut pull: impl FnMut([usize; 2], f64, f64),
///     ) -> f64 {
///         let (near, far) = (distance([a, p]), distance([a, n]));
///         let doubt = 1.0 / (1.0 + (far - near).exp());
///         pull([a, p], near, doubt);
///         pull([a, n], far, -doubt);
///         (near - far).exp().ln_1p()
///     }
/// }
///
/// let shape = Shape::new(1, 3);
/// let x = MatrixRef::new(&[0.0, 1.0, -1.0], shape, Order::Rows)?; // as near as far
/// let mut memory = [0.0; 3];
/// let gradient = MatrixMut::new(&mut memory, shape, Order::Rows)?;
/// let value = SoftTriplet.value_and_gradient(x, &[[0, 1, 2]], Weights::Equal, 1.0, gradient)?;
/// assert_eq!(value, 2_f64.ln());
/// assert_eq!(memory, [-1.0, 0.5, 0.5]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Tuplewise: Debug + Send + Sync {
    /// Which columns are compared.
    type Tuple;

    /// Whether settings make sense for columns of so many rows.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit.
    fn check(&self, rows: usize) -> Result<(), LossError>;

    /// The columns that are compared.
    fn columns(tuple: &Self::Tuple) -> impl Iterator<Item = usize>;

    /// $`D(a, b)`$.
    fn distance(&self, a: &[f64], b: &[f64]) -> f64;

    /// $`\partial D / \partial a_k`$ from $`a_k - b_k`$ and $`D`$; $`\partial D / \partial b_k`$ is its negative.
    fn slope(&self, difference: f64, distance: f64) -> f64;

    /// $`\ell`$; `pull([i, j], D, s)` says that $`s = \partial \ell / \partial D`$ for the distance between columns $`i`$ and $`j`$.
    fn loss(
        &self,
        tuple: &Self::Tuple,
        distance: impl Fn([usize; 2]) -> f64,
        pull: impl FnMut([usize; 2], f64, f64),
    ) -> f64;
}

/// $`\partial \ell / \partial D`$ of the distance between two columns, times weight and reduction.
#[derive(Clone, Copy, Debug)]
struct Pull {
    between: [usize; 2],
    distance: f64,
    slope: f64,
}

impl<T: Float, L: Tuplewise> Comparison<T> for L {
    type Tuple = L::Tuple;

    fn value_and_gradient(
        &self,
        columns: MatrixRef<'_, T>,
        tuples: &[L::Tuple],
        weights: Weights<'_, T>,
        denominator: f64,
        gradient: MatrixMut<'_, T>,
    ) -> Result<f64, LossError> {
        check_gradient(columns.shape(), &gradient)?;
        check(self, columns.shape(), tuples, weights, denominator)?;
        let (x, mut slopes) = (Gathered::of(columns), Gathered::zeros(columns.shape()));
        let sum = sum(self, &x, tuples, weights, |pull| {
            let slope = pull.slope / denominator;
            add(self, &x, Pull { slope, ..pull }, &mut slopes);
        });
        slopes.write(gradient);
        Ok(sum / denominator)
    }

    fn value(
        &self,
        columns: MatrixRef<'_, T>,
        tuples: &[L::Tuple],
        weights: Weights<'_, T>,
        denominator: f64,
    ) -> Result<f64, LossError> {
        check(self, columns.shape(), tuples, weights, denominator)?;
        let x = Gathered::of(columns);
        Ok(sum(self, &x, tuples, weights, |_| ()) / denominator)
    }
}

/// $`\sum_k w_k \ell_k`$; shows every pull, times its weight, to `pulled`.
fn sum<T: Float, L: Tuplewise>(
    loss: &L,
    x: &Gathered,
    tuples: &[L::Tuple],
    weights: Weights<'_, T>,
    mut pulled: impl FnMut(Pull),
) -> f64 {
    let distance = |[i, j]: [usize; 2]| loss.distance(x.column(i), x.column(j));
    let mut sum = 0.0;
    for (k, tuple) in counted(tuples, weights) {
        let weight = weights.of(k);
        let value = loss.loss(tuple, distance, |between, distance, slope| {
            pulled(Pull {
                between,
                distance,
                slope: weight * slope,
            });
        });
        sum += weight * value;
    }
    sum
}

/// Adds what a pull does to the gradients of both of its columns.
fn add<L: Tuplewise>(loss: &L, x: &Gathered, pull: Pull, slopes: &mut Gathered) {
    let [i, j] = pull.between;
    for (column, slope) in [(i, pull.slope), (j, -pull.slope)] {
        let differences = zip(x.column(i), x.column(j)).map(|(a, b)| a - b);
        for (entry, difference) in zip(slopes.column_mut(column), differences) {
            *entry += slope * loss.slope(difference, pull.distance);
        }
    }
}

/// Everything fits; comparisons of weight 0 are not looked at.
fn check<T: Float, L: Tuplewise>(
    loss: &L,
    shape: Shape,
    tuples: &[L::Tuple],
    weights: Weights<'_, T>,
    denominator: f64,
) -> Result<(), LossError> {
    loss.check(shape.rows)?;
    check_weights(tuples.len(), weights, denominator)?;
    let named = counted(tuples, weights);
    let mut named = named.flat_map(|(k, tuple)| L::columns(tuple).map(move |column| (k, column)));
    named.try_for_each(|(k, column)| check_column(column, shape.columns, k))
}

/// There is something to compare, and the weights fit.
pub(crate) fn check_weights<T: Float>(
    tuples: usize,
    weights: Weights<'_, T>,
    denominator: f64,
) -> Result<(), LossError> {
    if tuples == 0 {
        return Err(LossError::NoComparisons);
    }
    weights.check(tuples)?;
    check_denominator(denominator)
}

/// A comparison names a column that is there.
pub(crate) fn check_column(
    column: usize,
    columns: usize,
    comparison: usize,
) -> Result<(), LossError> {
    if column < columns {
        return Ok(());
    }
    Err(LossError::ColumnOutOfRange {
        column,
        columns,
        comparison,
    })
}

/// The comparisons that are not ignored, and their numbers.
pub(crate) fn counted<'a, T: Float, Tuple>(
    tuples: &'a [Tuple],
    weights: Weights<'a, T>,
) -> impl Iterator<Item = (usize, &'a Tuple)> {
    let all = tuples.iter().enumerate();
    all.filter(move |(k, _)| weights.of(*k) != 0.0)
}
