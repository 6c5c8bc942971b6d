//! The matrix exponential.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{det, matrix_exponential, matrix_norm1, max_norm};
use gradus_testkit::strategies::{matrix, orthogonal};
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::prelude::*;

/// Of every kind, with a norm from 0 to 5.
fn moderate(n: std::ops::Range<usize>) -> impl Strategy<Value = DMatrix<f64>> {
    let square = n.prop_flat_map(|n| any_matrix(move || n..n + 1, move || n..n + 1));
    (square, 0.0..5.0).prop_map(|(a, size)| {
        let a = unit(&a);
        match matrix_norm1(&a) {
            0.0 => a,
            norm => a * (size / norm),
        }
    })
}

/// What rounding may do to numbers of the size `scale` by way of an exponential of a matrix of norm ≤ 5.
fn tolerance(n: usize) -> f64 {
    60.0 * rounding(n, 1)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_exponential_of_the_opposite_is_the_inverse(a in moderate(0..8)) {
        let n = a.nrows();
        let (plus, minus) = (matrix_exponential(&a)?, matrix_exponential(&-&a)?);
        let scale = matrix_norm1(&plus) * matrix_norm1(&minus);
        at_most(max_norm(&(plus * minus - DMatrix::identity(n, n))), tolerance(n) * scale)?;
    }

    #[test]
    fn exponentials_of_commuting_matrices_multiply(a in moderate(1..8), [c0, c1, c2] in proptest::array::uniform3(-1.0..1.0)) {
        let n = a.nrows();
        let b = DMatrix::identity(n, n) * c0 + &a * c1 + &a * &a * (0.2 * c2);
        let (of_a, of_b) = (matrix_exponential(&a)?, matrix_exponential(&b)?);
        let scale = matrix_norm1(&of_a) * matrix_norm1(&of_b);
        let sum = matrix_exponential(&(&a + &b))?;
        at_most(max_norm(&(sum - &of_a * &of_b)), 2.0 * tolerance(n) * scale)?;
    }

    #[test]
    fn the_determinant_of_the_exponential_is_the_exponential_of_the_trace(a in moderate(1..8)) {
        let e = matrix_exponential(&a)?;
        relative(det(&e)?, a.trace().exp(), tolerance(a.nrows()) * condition(&e)?)?;
    }

    #[test]
    fn the_exponential_of_the_transpose_is_the_transpose(a in moderate(0..8)) {
        let (of_a, of_transpose) = (matrix_exponential(&a)?, matrix_exponential(&a.transpose())?);
        at_most(max_norm(&(of_transpose.transpose() - &of_a)), tolerance(a.nrows()) * matrix_norm1(&of_a))?;
    }

    #[test]
    fn the_exponential_acts_on_eigenvalues(q in orthogonal(1..8), lambda in proptest::collection::vec(-20.0..20.0, 8)) {
        let n = q.nrows();
        let found = matrix_exponential(&with_eigenvalues(&q, &lambda[..n]))?;
        let powers: Vec<f64> = lambda[..n].iter().map(|l| l.exp()).collect();
        let expected = with_eigenvalues(&q, &powers);
        // The condition number of a symmetric matrix is its norm, here up to 20; four squarings double that.
        at_most(relative_distance(&expected, &found), 40.0 * rounding(n, 1))?;
    }

    #[test]
    fn the_exponential_of_a_skew_matrix_is_orthogonal(a in moderate(0..8), turns in 0.0..20.0) {
        let skew = (&a - a.transpose()) * turns;
        let q = matrix_exponential(&skew)?;
        at_most(loss_of_orthogonality(&q), rounding(a.nrows(), 1) * (1.0 + matrix_norm1(&skew)))?;
    }

    #[test]
    fn diagonals_are_exponentiated_entry_by_entry(d in proptest::collection::vec(-30.0..30.0, 0..8)) {
        let found = matrix_exponential(&DMatrix::from_diagonal(&DVector::from_row_slice(&d)))?;
        for (i, d) in d.iter().enumerate() {
            // Eight squarings of an approximant whose terms are up to e⁴ times larger than their sum.
            scaled(found[(i, i)], d.exp(), 1000.0 * f64::EPSILON, d.exp())?;
        }
    }

    /// Powers of two on the diagonal of D: what is small in one unit is large in another.
    #[test]
    fn the_exponential_is_the_same_in_any_units((a, powers) in (1_usize..7).prop_flat_map(|n| (matrix(n, n), proptest::collection::vec(-60..60, n)))) {
        let n = a.nrows();
        let unit = |i: usize| 2.0_f64.powi(powers[i]);
        let e = matrix_exponential(&a)?;
        let elsewhere = matrix_exponential(&DMatrix::from_fn(n, n, |i, j| a[(i, j)] * (unit(j) / unit(i))))?;
        let back = DMatrix::from_fn(n, n, |i, j| elsewhere[(i, j)] * (unit(i) / unit(j)));
        at_most(max_norm(&(back - &e)), tolerance(n) * matrix_norm1(&e))?;
    }

    /// Entries of any size, in a triangle of either kind.
    #[test]
    fn the_exponential_of_a_triangle_is_known_beside_its_diagonal((d, above, powers) in (1_usize..6).prop_flat_map(|n| (proptest::collection::vec(-700.0..1.0_f64, n), matrix(n, n), proptest::collection::vec(0..60, n))), is_lower: bool) {
        let n = d.len();
        let t = DMatrix::from_fn(n, n, |i, j| match i.cmp(&j) {
            std::cmp::Ordering::Equal => d[i],
            std::cmp::Ordering::Less => above[(i, j)] * 2.0_f64.powi(powers[i]),
            std::cmp::Ordering::Greater => 0.0,
        });
        let e = if is_lower { matrix_exponential(&t.transpose())?.transpose() } else { matrix_exponential(&t)? };
        for i in 0..n {
            relative(e[(i, i)], d[i].exp(), 2.0 * f64::EPSILON)?;
            if i > 0 && (d[i] - d[i - 1]).abs() > 0.1 {
                let slope = (d[i].exp() - d[i - 1].exp()) / (d[i] - d[i - 1]);
                relative(e[(i - 1, i)], t[(i - 1, i)] * slope, 1e-14)?;
            }
        }
    }
}
