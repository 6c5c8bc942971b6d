//! The same matrix in the other storage order.

use super::form::Form;
use super::rule::{Point, Rule};
use crate::element::Element;
use gradus_numeric::{MatrixMut, MatrixRef, Order};

/// The same matrix in the other storage order; $`\bar X`$ is $`\bar Y`$ in the order of $`X`$.
///
/// The tape inserts it where a rule needs its inputs to lie alike.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reorder;

impl<T: Element> Rule<T> for Reorder {
    fn name(&self) -> &'static str {
        "reordering"
    }
    fn form(&self, _: [bool; 3]) -> Form {
        Form::Affine
    }
    fn order(&self, [x, ..]: &[Order; 3]) -> Order {
        x.transposed()
    }
    fn value(&self, [x, ..]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        reorder(*x, y);
    }
    fn pullback(&self, _: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        reorder(at.y_bar, x_bar);
    }
}

/// Copies `x` to `y`, which has the same shape and the other order.
fn reorder<T: Copy>(x: MatrixRef<'_, T>, y: MatrixMut<'_, T>) {
    let (order, shape) = (y.order(), y.shape());
    let lines = y.into_slice();
    match order {
        Order::Rows => {
            for (i, line) in lines.chunks_exact_mut(shape.columns.max(1)).enumerate() {
                line.iter_mut().zip(x.row(i)).for_each(|(y, x)| *y = x);
            }
        }
        Order::Columns => {
            for (j, line) in lines.chunks_exact_mut(shape.rows.max(1)).enumerate() {
                line.iter_mut().zip(x.column(j)).for_each(|(y, x)| *y = x);
            }
        }
    }
}
