//! Matrix products.

use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{accumulate, matmul, product, view, view_mut};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Real};
use gradus_testkit::strategies::{integer_matrix, matrix};
use gradus_testkit::{cases, scaled};
use proptest::prelude::*;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn product_is_within_its_rounding_bound((a, b) in (0_usize..20).prop_flat_map(|k| (matrix(0..9, k), matrix(k, 0..9)))) {
        let c = matmul(&a, &b)?;
        for (i, j) in (0..c.nrows()).flat_map(|i| (0..c.ncols()).map(move |j| (i, j))) {
            let (x, y): (Vec<f64>, Vec<f64>) = (view(&a).row(i).collect(), view(&b).column(j).collect());
            let size: f64 = x.iter().zip(&y).map(|(x, y)| (x * y).abs()).sum();
            scaled(c[(i, j)], exact_dot(&x, &y), gamma(a.ncols(), U), size * (1.0 + 1e-12))?;
        }
        let single = matmul(&a.map(f32::from_f64), &b.map(f32::from_f64))?;
        let double = matmul(&a.map(|x| f64::from(f32::from_f64(x))), &b.map(|x| f64::from(f32::from_f64(x))))?;
        let size = a.abs() * b.abs();
        for (at, c) in single.iter().enumerate() {
            scaled(f64::from(*c), double[at], gamma(a.ncols() + 2, U * 2.0_f64.powi(29)), size[at])?;
        }
    }

    #[test]
    fn integer_product_is_exact((a, b) in (0_usize..40).prop_flat_map(|k| (integer_matrix(0..20, k), integer_matrix(k, 0..20)))) {
        let c = matmul(&a, &b)?;
        // Whole numbers below 2⁵²: every order of summation is exact.
        let exact = |i, j| (0..a.ncols()).map(|k| a[(i, k)] * b[(k, j)]).sum();
        prop_assert_eq!(c, DMatrix::from_fn(a.nrows(), b.ncols(), exact));
    }

    #[test]
    fn product_does_not_depend_on_storage_order((a, b) in (0_usize..20).prop_flat_map(|k| (integer_matrix(0..20, k), integer_matrix(k, 0..20)))) {
        let (at, bt) = (a.transpose(), b.transpose());
        let expected = matmul(&a, &b)?;
        // The transpose by columns lies in memory as the matrix by rows.
        for a in [view(&a), view(&at).transposed()] {
            for b in [view(&b), view(&bt).transposed()] {
                let mut by_columns = DMatrix::zeros(a.rows(), b.columns());
                let mut by_rows = DMatrix::zeros(b.columns(), a.rows());
                product(a, b, view_mut(&mut by_columns))?;
                product(a, b, view_mut(&mut by_rows).transposed())?;
                prop_assert_eq!(&by_columns, &expected);
                prop_assert_eq!(&by_rows.transpose(), &expected);
            }
        }
    }

    #[test]
    fn accumulate_adds_the_product((a, b, c) in (0_usize..9, 0_usize..9, 0_usize..9)
        .prop_flat_map(|(m, k, n)| (integer_matrix(m, k), integer_matrix(k, n), integer_matrix(m, n))))
    {
        let mut sum = c.clone();
        accumulate(view(&a), view(&b), view_mut(&mut sum))?;
        prop_assert_eq!(sum, c + matmul(&a, &b)?);
    }

    #[test]
    fn identity_and_zero_multiply_exactly(a in rectangle()) {
        let (m, n) = a.shape();
        prop_assert_eq!(&matmul(&DMatrix::identity(m, m), &a)?, &a);
        prop_assert_eq!(&matmul(&a, &DMatrix::identity(n, n))?, &a);
        prop_assert_eq!(matmul(&a, &DMatrix::zeros(n, 3))?, DMatrix::zeros(m, 3));
    }

    #[test]
    fn a_transposed_product_is_the_product_of_transposes_reversed((a, b) in (0_usize..12).prop_flat_map(|k| (matrix(0..12, k), matrix(k, 0..12)))) {
        let left = matmul(&a, &b)?.transpose();
        let right = matmul(&b.transpose(), &a.transpose())?;
        let size = (a.abs() * b.abs()).transpose();
        for at in 0..left.len() {
            scaled(left[at], right[at], 2.0 * gamma(a.ncols(), U), size[at])?;
        }
    }

    #[test]
    fn transposing_twice_gives_the_matrix_back(a in rectangle()) {
        let twice = view(&a).transposed().transposed();
        prop_assert_eq!(twice, view(&a));
        let by_rows = MatrixRef::new(a.as_slice(), view(&a).shape().transposed(), Order::Rows)?;
        prop_assert_eq!(by_rows.transposed(), view(&a));
        let mut memory = a.as_slice().to_vec();
        let same = MatrixMut::new(&mut memory, view(&a).shape(), Order::Columns)?;
        prop_assert_eq!(same.as_ref(), view(&a));
    }
}
