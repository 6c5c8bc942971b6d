//! Products other than the usual one, and the trace.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{
    LinalgError, frobenius_norm, hadamard, kronecker, matmul, max_norm, outer, rank, trace,
};
use gradus_numeric::{Shape, compensated_dot, norm2};
use gradus_testkit::strategies::{integer_matrix, integers, matrix, vector};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

/// The columns below each other.
fn vec(a: &DMatrix<f64>) -> DMatrix<f64> {
    DMatrix::from_column_slice(a.len(), 1, a.as_slice())
}

/// Two matrices of one shape, of the same kind.
fn pair() -> impl Strategy<Value = (DMatrix<f64>, DMatrix<f64>)> {
    (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| {
        let any = move || any_matrix(move || m..m + 1, move || n..n + 1);
        (any(), any())
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_hadamard_product_commutes((a, b) in pair()) {
        let (ab, ba) = (hadamard(&a, &b)?, hadamard(&b, &a)?);
        prop_assert_eq!(&ab, &ba);
        prop_assert!(ab.iter().zip(a.iter().zip(&b)).all(|(c, (a, b))| *c == a * b));
    }

    #[test]
    fn a_hadamard_form_is_a_trace((a, b, x, y) in (0_usize..8, 0_usize..8).prop_flat_map(|(m, n)| (integer_matrix(m, n), integer_matrix(m, n), integers(m), integers(n)))) {
        let (x, y) = (DVector::from_vec(x), DVector::from_vec(y));
        let form = compensated_dot(x.as_slice(), (hadamard(&a, &b)? * &y).as_slice())?;
        let product = DMatrix::from_diagonal(&x) * a * DMatrix::from_diagonal(&y) * b.transpose();
        same_bits(form + 0.0, trace(&product)? + 0.0)?;
    }

    #[test]
    fn kronecker_products_multiply_factor_by_factor((a, b, c, d) in (0_usize..4, 0_usize..4, 0_usize..4, 0_usize..4, 0_usize..4, 0_usize..4)
        .prop_flat_map(|(m, k, n, p, l, q)| (matrix(m, k), integer_matrix(p, l), integer_matrix(k, n), matrix(l, q))))
    {
        let left = matmul(&kronecker(&a, &b)?, &kronecker(&c, &d)?)?;
        let right = kronecker(&matmul(&a, &c)?, &matmul(&b, &d)?)?;
        prop_assert_eq!(left.shape(), right.shape());
        let size = kronecker(&a.abs(), &b.abs())? * kronecker(&c.abs(), &d.abs())?;
        for at in 0..left.len() {
            scaled(left[at], right[at], 2.0 * gamma(a.ncols() * b.ncols() + 3, U), size[at])?;
        }
    }

    #[test]
    fn a_two_sided_product_is_a_kronecker_product((a, x, b) in (0_usize..5, 0_usize..5, 0_usize..5, 0_usize..5)
        .prop_flat_map(|(m, k, l, n)| (integer_matrix(m, k), integer_matrix(k, l), integer_matrix(l, n))))
    {
        let product = matmul(&matmul(&a, &x)?, &b)?;
        prop_assert_eq!(vec(&product), matmul(&kronecker(&b.transpose(), &a)?, &vec(&x))?);
    }

    #[test]
    fn a_transposed_kronecker_product_is_that_of_the_transposes(a in rectangle(), b in (0_usize..4, 0_usize..4).prop_flat_map(|(m, n)| matrix(m, n))) {
        prop_assert_eq!(kronecker(&a, &b)?.transpose(), kronecker(&a.transpose(), &b.transpose())?);
    }

    #[test]
    fn norms_of_kronecker_and_outer_products_multiply(a in rectangle(), b in matrix(0..5, 0..5), x in vector(0..20), y in vector(0..20)) {
        let tolerance = 8.0 * f64::EPSILON;
        relative(frobenius_norm(&kronecker(&a, &b)?), frobenius_norm(&a) * frobenius_norm(&b), tolerance)?;
        relative(max_norm(&kronecker(&a, &b)?), max_norm(&a) * max_norm(&b), tolerance)?;
        let product = outer(&DVector::from_vec(x.clone()), &DVector::from_vec(y.clone()))?;
        relative(frobenius_norm(&product), norm2(&x) * norm2(&y), tolerance)?;
    }

    #[test]
    fn an_outer_product_sends_everything_along_its_first_vector((x, y, z) in (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| (integers(m), integers(n), integers(n)))) {
        let along = compensated_dot(&y, &z)?;
        let (x, y, z) = (DVector::from_vec(x), DVector::from_vec(y), DVector::from_vec(z));
        prop_assert_eq!(outer(&x, &y)? * z, x * along);
    }

    #[test]
    fn an_outer_product_has_rank_one((x, y) in (vector(1..12), vector(1..12)), factor in prop_oneof![Just(1.0), Just(1e200), Just(1e-200)]) {
        let product = outer(&(DVector::from_vec(x) * factor), &DVector::from_vec(y))?;
        let expected = usize::from(product.iter().any(|x| *x != 0.0));
        prop_assert_eq!(rank(&product, 1e-14)?, expected);
    }

    #[test]
    fn the_trace_of_a_product_does_not_depend_on_the_order((a, b) in (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| (any_matrix(move || m..m + 1, move || n..n + 1), integer_matrix(n, m)))) {
        let tolerance = a.len().max(1) as f64 * gamma(a.len().max(1), U);
        let (ab, ba) = (trace(&matmul(&a, &b)?)?, trace(&matmul(&b, &a)?)?);
        scaled(ab, ba, tolerance, frobenius_norm(&a) * frobenius_norm(&b))?;
    }

    #[test]
    fn the_trace_is_linear((a, b) in (0_usize..12).prop_flat_map(|n| (integer_matrix(n, n), integer_matrix(n, n))), alpha in -9_i32..9, factor in power_of_two()) {
        let alpha = f64::from(alpha);
        let sum = trace(&((&a * alpha + &b) * factor))?;
        same_bits(sum, (alpha * trace(&a)? + trace(&b)?) * factor)?;
    }

    #[test]
    fn the_trace_is_an_inner_product_of_matrices((a, b) in (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| (matrix(m, n), matrix(m, n)))) {
        let entries = compensated_dot(a.as_slice(), b.as_slice())?;
        let scale = frobenius_norm(&a) * frobenius_norm(&b);
        scaled(trace(&matmul(&a.transpose(), &b)?)?, entries, gamma(a.nrows() + 2, U) * (a.ncols().max(1) as f64), scale)?;
        at_most(entries.abs(), scale * (1.0 + 8.0 * U))?;
    }
}

#[test]
fn products_too_great_for_memory_are_refused() {
    let none = DVector::<f64>::zeros(0);
    assert_eq!(
        outer(&none, &DVector::zeros(5)).map(|a| a.shape()),
        Ok((0, 5))
    );
    let wide = DMatrix::<f64>::zeros(0, usize::MAX);
    let answer = kronecker(&wide, &DMatrix::zeros(0, 2));
    let shape = Shape::new(0, usize::MAX);
    let operation = "kronecker";
    assert_eq!(answer, Err(LinalgError::TooLarge { operation, shape }));
}
