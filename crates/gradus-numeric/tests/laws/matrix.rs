//! Matrices without a matrix type.

use gradus_numeric::{MatrixMut, MatrixRef, NumericError, Order, Shape};
use gradus_testkit::cases;
use proptest::prelude::*;

fn shape() -> impl Strategy<Value = Shape> {
    (0..6_usize, 0..6_usize).prop_map(|(rows, columns)| Shape::new(rows, columns))
}

fn order() -> impl Strategy<Value = Order> {
    prop_oneof![Just(Order::Rows), Just(Order::Columns)]
}

/// Different entries, so that no two places can be confused.
fn entries(shape: Shape) -> Vec<usize> {
    (0..shape.rows * shape.columns).collect()
}

/// All entries by rows, whatever the storage order.
fn by_rows(a: MatrixRef<'_, usize>) -> Vec<usize> {
    (0..a.rows()).flat_map(|i| a.row(i)).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn transposing_twice_changes_nothing(shape in shape(), order in order()) {
        let data = entries(shape);
        let a = MatrixRef::new(&data, shape, order)?;
        prop_assert_eq!(a.transposed().transposed(), a);
        prop_assert_eq!(a.transposed().shape(), shape.transposed());
        prop_assert_eq!(a.transposed().as_slice(), a.as_slice());
    }

    #[test]
    fn the_transpose_exchanges_rows_and_columns(shape in shape(), order in order()) {
        let data = entries(shape);
        let a = MatrixRef::new(&data, shape, order)?;
        for i in 0..=shape.rows {
            prop_assert!(a.row(i).eq(a.transposed().column(i)));
            for j in 0..=shape.columns {
                prop_assert_eq!(a.get(i, j), a.transposed().get(j, i));
            }
        }
    }

    #[test]
    fn rows_and_columns_are_made_of_entries(shape in shape(), order in order()) {
        let data = entries(shape);
        let a = MatrixRef::new(&data, shape, order)?;
        for i in 0..shape.rows {
            let row: Option<Vec<_>> = (0..shape.columns).map(|j| a.get(i, j)).collect();
            prop_assert_eq!(row, Some(a.row(i).collect()));
        }
        for j in 0..shape.columns {
            let column: Option<Vec<_>> = (0..shape.rows).map(|i| a.get(i, j)).collect();
            prop_assert_eq!(column, Some(a.column(j).collect()));
        }
    }

    /// The definition of the storage orders.
    #[test]
    fn rows_are_contiguous_in_one_order_and_columns_in_the_other(shape in shape()) {
        let data = entries(shape);
        prop_assert_eq!(by_rows(MatrixRef::new(&data, shape, Order::Rows)?), data.clone());
        let by_columns = MatrixRef::new(&data, shape, Order::Columns)?.transposed();
        prop_assert_eq!(by_rows(by_columns), data);
    }

    #[test]
    fn a_copy_in_the_other_order_is_the_same_matrix(shape in shape(), order in order()) {
        let data = entries(shape);
        let a = MatrixRef::new(&data, shape, order)?;
        let mut memory = vec![usize::MAX; data.len()];
        let mut copy = MatrixMut::new(&mut memory, shape, order.transposed())?;
        for i in 0..shape.rows {
            for j in 0..shape.columns {
                if let (Some(to), Some(from)) = (copy.get_mut(i, j), a.get(i, j)) {
                    *to = from;
                }
            }
        }
        prop_assert_eq!(by_rows(copy.as_ref()), by_rows(a));
    }

    #[test]
    fn what_is_written_through_the_transpose_is_read(shape in shape(), order in order(), i in 0..6_usize, j in 0..6_usize) {
        let mut memory = vec![0; shape.rows * shape.columns];
        let mut a = MatrixMut::new(&mut memory, shape, order)?;
        let written = a.reborrow().transposed().get_mut(j, i).map(|entry| *entry = 1).is_some();
        prop_assert_eq!(written, i < shape.rows && j < shape.columns);
        prop_assert_eq!(a.as_ref().get(i, j), written.then_some(1));
        prop_assert_eq!(a.into_slice().iter().sum::<i32>(), i32::from(written));
    }

    #[test]
    fn nothing_lies_outside(shape in shape(), order in order()) {
        let data = entries(shape);
        let a = MatrixRef::new(&data, shape, order)?;
        for far in [0, 1, usize::MAX / 2, usize::MAX - shape.rows.max(shape.columns)] {
            prop_assert_eq!(a.get(shape.rows + far, 0), None);
            prop_assert_eq!(a.get(0, shape.columns + far), None);
            prop_assert_eq!(a.row(shape.rows + far).count(), 0);
            prop_assert_eq!(a.column(shape.columns + far).count(), 0);
        }
    }

    #[test]
    fn a_slice_of_another_length_is_refused(shape in shape(), order in order(), length in 0..40_usize) {
        let mut memory = vec![0; length];
        let fits = length == shape.rows * shape.columns;
        let wrong = NumericError::WrongLength { shape, length };
        let read = MatrixRef::new(&memory, shape, order).map(|a| a.shape());
        prop_assert_eq!(read, if fits { Ok(shape) } else { Err(wrong) });
        let write = MatrixMut::new(&mut memory, shape, order).map(|a| a.shape());
        prop_assert_eq!(write, if fits { Ok(shape) } else { Err(wrong) });
    }

    /// The number of entries wraps around to 0, which an empty slice seems to fit.
    #[test]
    fn a_shape_that_cannot_be_counted_is_refused(bits in 1..usize::BITS, order in order()) {
        let shape = Shape::new(1 << bits, 1 << (usize::BITS - bits));
        prop_assert_eq!(shape.checked_len(), None);
        let wrong = NumericError::WrongLength { shape, length: 0 };
        prop_assert_eq!(MatrixRef::<f64>::new(&[], shape, order), Err(wrong));
    }
}
