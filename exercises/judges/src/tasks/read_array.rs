//! The judge of `739_read_array`.

use crate::judging::comparison::rows_are;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use gradus_numeric::{MatrixRef, Order, Shape};
use proptest::strategy::Strategy;

/// Numbers, rows, columns and whether columns come first, to rows.
pub type ReadArray = fn(&[f64], usize, usize, bool) -> Vec<Vec<f64>>;

/// Judges the order of numbers in memory, on 0, 1, 2, …
#[must_use]
pub fn read_array(answer: ReadArray) -> Verdict {
    /// Rows and columns, and 1 where columns come first.
    type Case = (usize, usize, usize);
    let numbers = |n: usize| -> Vec<f64> { (0..n).map(|i| i as f64).collect() };
    let call = |&(rows, columns, fortran): &Case| {
        let data = vector(&numbers(rows * columns));
        format!("read_array({data}, {rows}, {columns}, {})", fortran == 1)
    };
    let check = |&(rows, columns, fortran): &Case| {
        let data = numbers(rows * columns);
        let order = if fortran == 1 {
            Order::Columns
        } else {
            Order::Rows
        };
        let Ok(matrix) = MatrixRef::new(&data, Shape::new(rows, columns), order) else {
            return Ok(());
        };
        if data.is_empty() {
            return Ok(()); // not asked for
        }
        let row = |i: usize| (0..columns).filter_map(|j| matrix.get(i, j)).collect();
        let right: Vec<Vec<f64>> = (0..rows).map(row).collect();
        rows_are(&answer(&data, rows, columns, fortran == 1), &right, 0.0)
    };
    let more = |order: usize| {
        (1..5_usize, 1..5_usize).prop_map(move |(rows, columns)| (rows, columns, order))
    };
    Judge::new(&call)
        .law(
            Law(
                "arrays_of_numpy_come_back_to_the_bit",
                say!("C order: row after row", "C 次序：逐行存放"),
            ),
            &[(1, 1, 0), (1, 2, 0), (2, 1, 0), (2, 3, 0), (3, 2, 0)],
            &more(0),
            check,
        )
        .law(
            Law(
                "arrays_of_numpy_come_back_to_the_bit",
                say!(
                    "Fortran order: column after column",
                    "Fortran 次序：逐列存放"
                ),
            ),
            &[(2, 2, 1), (2, 3, 1), (3, 2, 1)],
            &more(1),
            check,
        )
        .verdict()
}
