//! The softmax of each column.

use crate::element::Element;
use crate::reverse::{MatrixVar, Point, Rule};
use crate::rules::reductions::scattered_sum;
use gradus_numeric::{MatrixMut, MatrixRef, pull};

/// The softmax of each column.
///
/// ```math
/// y_i = \frac{e^{x_i}}{\sum_k e^{x_k}}, \qquad
/// \bar x = y \circ (\bar y - \langle y, \bar y \rangle)
/// ```
///
/// The Jacobian $`\operatorname{diag}(y) - y y^\top`$ is symmetric, so the pullback is the push-forward.
/// For training use a cross-entropy of the scores themselves: it never divides by a small probability.
///
/// # Shapes
///
/// `X`, `Y: classes × samples`, in the same storage order.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | columns sum to one, so the gradient of their sum is 0 | `softmax_columns_sum_to_one_whatever_the_scores` |
///
/// # Numerics
///
/// The largest score is subtracted first, so finite scores give neither overflow nor NaN; sums are compensated.
/// A probability that underflows to 0 passes nothing back, even if the adjoint is infinite, as that of an entropy.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::Tape;
/// use gradus_autodiff::Shape;
///
/// let tape = Tape::new(&[0.0, 0.0]);
/// let y = tape.parameter(0, Shape::new(2, 1)).softmax();
/// assert_eq!(y.with(|y| y.get(0, 0))?, Some(0.5));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Softmax;

impl<T: Element> Rule<T> for Softmax {
    fn name(&self) -> &'static str {
        "softmax"
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], mut y: MatrixMut<'_, T>, _: &mut [T]) {
        for j in 0..x.columns() {
            let largest = x.column(j).reduce(|a, b| if a < b { b } else { a });
            let top = largest.unwrap_or(T::from_f64(0.0));
            let total = scattered_sum(x.column(j).map(|x| (x - top).exp()));
            for (i, x) in x.column(j).enumerate() {
                write(&mut y, i, j, (x - top).exp() / total);
            }
        }
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, mut x_bar: MatrixMut<'_, T>) {
        let weigh = |y: T, y_bar| pull(y.slope_of("softmax"), y_bar);
        for j in 0..at.y.columns() {
            let column = || at.y.column(j).zip(at.y_bar.column(j));
            let mean = scattered_sum(column().map(|(y, y_bar)| weigh(y, y_bar)));
            for (i, (y, y_bar)) in column().enumerate() {
                write(&mut x_bar, i, j, weigh(y, y_bar - mean));
            }
        }
    }
}

impl<T: Element> MatrixVar<'_, T> {
    /// The softmax of each column; see [`Softmax`].
    #[must_use]
    pub fn softmax(self) -> Self {
        self.apply(&Softmax)
    }
}

fn write<T>(y: &mut MatrixMut<'_, T>, i: usize, j: usize, value: T) {
    if let Some(entry) = y.get_mut(i, j) {
        *entry = value;
    }
}
