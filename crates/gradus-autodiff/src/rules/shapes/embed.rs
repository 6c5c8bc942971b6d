//! Rows of a table, looked up by their numbers.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Form, Point, Rule, mismatch};
use gradus_numeric::{MatrixMut, MatrixRef, Shape};
use std::iter::zip;

/// Looks up rows of a table by their numbers.
///
/// ```math
/// y_{(d, s),\,n} = w_{x_{sn},\, d}, \qquad
/// \bar w_{k d} = \sum_{(s, n)\,:\; x_{sn} = k} \bar y_{(d, s),\,n}
/// ```
///
/// It is the product of the table with a column that is 1 at the number and 0 elsewhere, without the multiplications.
/// Numbers of rows have no slope: $`\bar x = 0`$.
///
/// # Shapes
///
/// `W: rows × dimensions`, `X: steps × n`, `Y: (dimensions · steps) × n`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the product with columns of one 1, forward and back | `looking_up_is_a_product_with_columns_of_one_one` |
///
/// # Numerics
///
/// What comes back to a row is summed in the order of samples, then of steps. A number that is no row of the table, such
/// as 0.5 or −1, gives a column of NaN: whoever has the numbers refuses it before.
///
/// # Errors
///
/// [`AutodiffError::ShapeMismatch`] if `usize` cannot count the rows of `Y`.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::{Order, Shape, Tape, rules::Embed};
///
/// let tape = Tape::new(&[1.0, 2.0, 3.0, 4.0]); // two rows of two
/// let w = tape.parameter(0, Shape::new(2, 2));
/// let x = tape.constant(Shape::new(3, 1), Order::Rows, |x| x.copy_from_slice(&[1.0, 0.0, 1.0]));
/// let y = tape.apply(&Embed, [w, x]);
/// assert_eq!(y.value()?.as_slice(), [3.0, 1.0, 3.0, 4.0, 2.0, 4.0]);
/// assert_eq!(tape.gradient(y.sum())?, [1.0, 1.0, 2.0, 2.0]); // how often each row was looked up
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// Y. Bengio et al., *A neural probabilistic language model*, JMLR 3 (2003), 1137–1155, §2.
#[derive(Clone, Copy, Debug)]
#[doc(alias = "embedding")]
pub struct Embed;

impl<T: Element> Rule<T> for Embed {
    fn name(&self) -> &'static str {
        "looking up rows"
    }
    fn form(&self, [_, x, _]: [bool; 3]) -> Form {
        if x { Form::General } else { Form::Affine }
    }
    fn inputs(&self) -> usize {
        2
    }
    fn shape(&self, [w, x, _]: &[Shape; 3]) -> Result<Shape, AutodiffError> {
        let rows = w.columns.checked_mul(x.rows);
        rows.map(|rows| Shape::new(rows, x.columns))
            .ok_or_else(|| mismatch("looking up rows", *w, *x))
    }
    fn needs_rows(&self) -> bool {
        true
    }
    fn value(&self, [w, x, _]: &[MatrixRef<'_, T>; 3], y: MatrixMut<'_, T>, _: &mut [T]) {
        let (w, dimensions, x, y) = (w.as_slice(), w.columns(), x.as_slice(), y.into_slice());
        for (place, &number) in x.iter().enumerate() {
            let row = row_of(number).and_then(|row| w.get(row.checked_mul(dimensions)?..));
            for d in 0..dimensions {
                let entry = row.and_then(|row| row.get(d));
                y[d * x.len() + place] = entry.copied().unwrap_or(T::from_f64(f64::NAN)); // dimensions × places
            }
        }
    }
    fn pullback(&self, k: usize, at: &Point<'_, T>, x_bar: MatrixMut<'_, T>) {
        let [w, x, _] = at.x;
        let (y_bar, places) = (at.y_bar.as_slice(), x.as_slice().len());
        let w_bar = x_bar.into_slice();
        w_bar.fill(T::from_f64(0.0));
        if k != 0 {
            return;
        }
        for n in 0..x.columns() {
            for place in (n..places).step_by(x.columns()) {
                let row = row_of(x.as_slice()[place]); // a place of x
                let own = row.and_then(|row| w_bar.get_mut(row.checked_mul(w.columns())?..));
                let bars = y_bar.iter().skip(place).step_by(places.max(1));
                let entries = own.into_iter().flatten().take(w.columns());
                zip(entries, bars).for_each(|(w, &y)| *w += y);
            }
        }
    }
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "what was cut off is seen by the comparison"
)]
/// The number of a row; `None` for what is no natural number.
fn row_of<T: Element>(number: T) -> Option<usize> {
    let number = number.to_f64();
    let row = number as usize;
    (row as f64 == number).then_some(row)
}
