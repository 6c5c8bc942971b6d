//! Element-wise loops and sums along rows.

use gradus_numeric::{
    MatrixMut, MatrixRef, Order, Real, Shape, add_column, compensated_sum, map, map2, map3,
    sigmoid, sum_rows,
};
use gradus_testkit::strategies::{finite, integers, vector};
use gradus_testkit::{all_same_bits, at_most, cases, scaled};
use proptest::prelude::*;
use std::iter::zip;

/// A shape, its entries as whole numbers, and a whole number for each row.
fn matrix_and_column() -> impl Strategy<Value = (Shape, Vec<f64>, Vec<f64>)> {
    (0..6_usize, 0..70_usize).prop_flat_map(|(rows, columns)| {
        (
            Just(Shape::new(rows, columns)),
            integers(rows * columns),
            integers(rows),
        )
    })
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b).map(|(a, b)| a * b).sum()
}

proptest! {
    #![proptest_config(cases())]

    /// Whole numbers: every sum is exact, in both orders.
    #[test]
    fn sum_rows_is_the_transpose_of_add_column((shape, a, b) in matrix_and_column()) {
        for order in [Order::Rows, Order::Columns] {
            let mut spread = vec![0.0; a.len()];
            add_column(MatrixMut::new(&mut spread, shape, order)?, &b);
            let mut sums = vec![f64::NAN; shape.rows];
            sum_rows(MatrixRef::new(&a, shape, order)?, &mut sums);
            prop_assert_eq!(dot(&spread, &a), dot(&b, &sums));
        }
    }

    #[test]
    fn sums_of_rows_are_sums_of_entries((shape, a, _) in matrix_and_column()) {
        for order in [Order::Rows, Order::Columns] {
            let a = MatrixRef::new(&a, shape, order)?;
            let mut sums = vec![f64::NAN; shape.rows];
            sum_rows(a, &mut sums);
            for (i, sum) in sums.into_iter().enumerate() {
                prop_assert_eq!(sum, a.row(i).sum::<f64>());
            }
        }
    }

    #[test]
    fn a_row_errs_by_the_length_of_its_lanes(row in vector(0..200)) {
        let mut sum = [0.0];
        sum_rows(MatrixRef::new(&row, Shape::new(1, row.len()), Order::Rows)?, &mut sum);
        let exact = compensated_sum(&row);
        let additions = (row.len().div_ceil(16) + 4) as f64;
        let magnitudes: f64 = row.iter().map(|x| x.abs()).sum();
        at_most((sum[0] - exact).abs(), additions * f64::EPSILON / 2.0 * magnitudes)?;
    }

    #[test]
    fn kernels_do_what_plain_loops_do(x in prop::collection::vec((finite(), finite(), finite()), 0..70)) {
        let column = |f: fn(&(f64, f64, f64)) -> f64| x.iter().map(f).collect::<Vec<f64>>();
        let (a, b, c) = (column(|x| x.0), column(|x| x.1), column(|x| x.2));
        let mut y = vec![0.0; x.len()];
        map(&a, &mut y, #[inline(always)] |a| a * a + 1.0);
        all_same_bits(&y, &column(|x| x.0 * x.0 + 1.0))?;
        map2(&a, &b, &mut y, #[inline(always)] |a: f64, b: f64| a.max(b) - 1.0);
        all_same_bits(&y, &column(|x| x.0.max(x.1) - 1.0))?;
        map3(&a, &b, &c, &mut y, #[inline(always)] |a, b, c| if a > b { c } else { -c });
        all_same_bits(&y, &column(|x| if x.0 > x.1 { x.2 } else { -x.2 }))?;
    }

    /// Wide and narrow vectors, and one number at a time: the same bits.
    #[test]
    fn the_place_in_the_slice_does_not_matter(x in vector(1..70), k in any::<prop::sample::Index>()) {
        let k = k.index(x.len());
        let single: Vec<f32> = x.iter().map(|&x| f32::from_f64(x)).collect();
        let mut all = vec![0.0; x.len()];
        map(&single, &mut all, sigmoid);
        let mut one = [0.0];
        map(&single[k..=k], &mut one, sigmoid);
        prop_assert_eq!(all[k].to_bits(), one[0].to_bits());
        scaled(all[k].into(), sigmoid(f64::from(single[k])), f64::from(f32::EPSILON), 1.0)?;
    }
}
