//! Matrix products.

use crate::criteria::*;
use crate::inputs::*;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{accumulate, frobenius_norm, hadamard, kronecker, matmul, view, view_mut};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Real};
use gradus_testkit::strategies::{integer_matrix, matrix};
use gradus_testkit::{at_most, cases, same_bits, scaled};
use proptest::prelude::*;

/// Two matrices of any kind and of size one, of which the first has as many columns as the second has rows.
fn factors(most: usize) -> impl Strategy<Value = (DMatrix<f64>, DMatrix<f64>)> {
    let pair = |k| {
        let (a, b) = (
            any_matrix(|| 0..9, move || k..k + 1),
            any_matrix(move || k..k + 1, || 0..9),
        );
        (a, b).prop_map(|(a, b)| (unit(&a), unit(&b)))
    };
    (0..most).prop_flat_map(pair)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn product_is_within_its_rounding_bound((a, b) in factors(20)) {
        let c = matmul(&a, &b)?;
        for (i, j) in (0..c.nrows()).flat_map(|i| (0..c.ncols()).map(move |j| (i, j))) {
            let (x, y): (Vec<f64>, Vec<f64>) = (view(&a).row(i).collect(), view(&b).column(j).collect());
            let size: f64 = x.iter().zip(&y).map(|(x, y)| (x * y).abs()).sum();
            // Below, products lose digits to underflow.
            scaled(c[(i, j)], exact_dot(&x, &y), gamma(a.ncols(), U), size.max(1e-290) * (1.0 + 1e-12))?;
        }
        let single = matmul(&a.map(f32::from_f64), &b.map(f32::from_f64))?;
        let double = matmul(&a.map(|x| f64::from(f32::from_f64(x))), &b.map(|x| f64::from(f32::from_f64(x))))?;
        let size = a.abs() * b.abs();
        for (at, c) in single.iter().enumerate() {
            scaled(f64::from(*c), double[at], gamma(a.ncols() + 2, U * 2.0_f64.powi(29)), size[at].max(1e-30))?;
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
        products_are_exact(&a, &b)?;
    }

    #[test]
    fn scalar_products_commute_to_the_bit((x, y) in (0_usize..100).prop_flat_map(|k| (any_matrix(|| 1..2, move || k..k + 1), any_matrix(|| 1..2, move || k..k + 1)))) {
        let (x, y) = (unit(&x), unit(&y));
        let (xy, yx) = (matmul(&x, &y.transpose())?, matmul(&y, &x.transpose())?);
        same_bits(xy[(0, 0)], yx[(0, 0)])?;
        // Cauchy and Schwarz.
        let bound = frobenius_norm(&x) * frobenius_norm(&y);
        at_most(xy[(0, 0)].abs(), bound * (1.0 + (x.len() + 4) as f64 * U))?;
    }

    #[test]
    fn products_scale_by_powers_of_two_to_the_bit((a, b) in (0_usize..80).prop_flat_map(|k| (matrix(0..20, k), matrix(k, 0..20))), factor in power_of_two()) {
        let expected = matmul(&a, &b)? * factor;
        prop_assert_eq!(&matmul(&(&a * factor), &b)?, &expected);
        prop_assert_eq!(&matmul(&a, &(&b * factor))?, &expected);
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
        let one = DMatrix::from_element(1, 1, 1.0);
        prop_assert_eq!(&kronecker(&one, &a)?, &a);
        prop_assert_eq!(&kronecker(&a, &one)?, &a);
        prop_assert_eq!(&hadamard(&DMatrix::from_element(m, n, 1.0), &a)?, &a);
    }

    #[test]
    fn a_transposed_product_is_the_product_of_transposes_reversed((a, b) in factors(12)) {
        let left = matmul(&a, &b)?.transpose();
        let right = matmul(&b.transpose(), &a.transpose())?;
        let size = (a.abs() * b.abs()).transpose();
        for at in 0..left.len() {
            scaled(left[at], right[at], 2.0 * gamma(a.ncols(), U), size[at].max(1e-290))?;
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
