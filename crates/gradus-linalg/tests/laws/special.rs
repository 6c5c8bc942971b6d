//! Matrices with a name.

use crate::inputs::*;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::special::{
    circulant, hadamard_matrix, hilbert, hilbert_inverse, lauchli, pascal, random_orthogonal,
    random_symmetric, random_with_singular_values, toeplitz, vandermonde, wilkinson,
    wilkinson_growth,
};
use gradus_linalg::{LinalgError, kronecker, singular_values, symmetric_eigenvalues, trace};
use gradus_testkit::strategies::{integers, structured_vector, vector};
use gradus_testkit::{all_scaled, at_most, cases, same_bits, scaled};
use proptest::prelude::*;

#[expect(clippy::cast_possible_truncation, reason = "whole numbers below 2⁵³")]
fn integer(x: f64) -> i128 {
    assert_eq!(x.fract(), 0.0);
    x as i128
}

/// The determinant of a matrix of integers, in integers: every division is exact (Bareiss).
fn determinant(a: &DMatrix<f64>) -> i128 {
    let n = a.nrows();
    let mut rows: Vec<Vec<i128>> = (0..n)
        .map(|i| a.row(i).iter().map(|x| integer(*x)).collect())
        .collect();
    let (mut sign, mut last) = (1, 1);
    for k in 0..n {
        let Some(pivot) = (k..n).find(|&i| rows[i][k] != 0) else {
            return 0;
        };
        if pivot != k {
            rows.swap(pivot, k);
            sign = -sign;
        }
        for i in k + 1..n {
            for j in k + 1..n {
                rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) / last;
            }
        }
        last = rows[k][k];
    }
    sign * last
}

/// Singular values from 0 to 1e200: of one size, with ties and zeros, of all sizes.
fn spectrum(k: usize) -> impl Strategy<Value = Vec<f64>> {
    let each = prop_oneof![
        4 => (-6.0..0.0_f64).prop_map(|p| 10.0_f64.powf(p)),
        1 => Just(0.0),
        1 => Just(0.5),
    ];
    let size = prop_oneof![Just(1.0), Just(1e200), Just(1e-200)];
    (proptest::collection::vec(each, k), size)
        .prop_map(|(sigma, size)| sigma.iter().map(|s| s * size).collect())
}

fn largest_first(mut x: Vec<f64>) -> Vec<f64> {
    x.sort_by(|a, b| b.total_cmp(a));
    x
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_hilbert_matrix_times_its_inverse_is_the_identity(n in 0_usize..13) {
        let whole: i128 = [16, 9, 5, 7, 11, 13, 17, 19, 23].iter().product();
        let share = |i: usize, k: usize| whole / (i + k + 1) as i128;
        let (h, inverse) = (hilbert(n)?, hilbert_inverse(n)?);
        for (i, j) in (0..n).flat_map(|i| (0..n).map(move |j| (i, j))) {
            same_bits(h[(i, j)], share(i, j) as f64 / whole as f64)?;
            let entry: i128 = (0..n).map(|k| share(i, k) * integer(inverse[(k, j)])).sum();
            prop_assert_eq!(entry, if i == j { whole } else { 0 });
        }
    }

    #[test]
    fn the_vandermonde_matrix_evaluates_polynomials(x in integers(0..6), c in integers(0..6)) {
        let (x, c) = (DVector::from_vec(x), DVector::from_vec(c));
        let values = vandermonde(&x, c.len())? * &c;
        for (x, value) in x.iter().zip(&values) {
            prop_assert_eq!(*value, c.iter().rev().fold(0.0, |sum, c| sum * x + c));
        }
    }

    #[test]
    fn the_determinant_of_vandermonde_is_the_product_of_differences(x in integers(0..7)) {
        let n = x.len();
        let v = vandermonde(&DVector::from_vec(x.clone()), n)?;
        let differences = (0..n).flat_map(|j| (0..j).map(move |i| (i, j)));
        let product: i128 = differences.map(|(i, j)| integer(x[j] - x[i])).product();
        prop_assert_eq!(determinant(&v), product);
    }

    #[test]
    fn toeplitz_matrices_are_constant_along_diagonals(c in structured_vector(1..9), r in vector(0..9)) {
        let mut row = vec![c[0]];
        row.extend(r);
        let c = DVector::from_vec(c);
        for t in [toeplitz(&c, &DVector::from_vec(row.clone()))?, circulant(&c)?] {
            for (i, j) in (1..t.nrows()).flat_map(|i| (1..t.ncols()).map(move |j| (i, j))) {
                same_bits(t[(i, j)], t[(i - 1, j - 1)])?;
            }
            prop_assert_eq!(&t.column(0).into_owned(), &c);
        }
        prop_assert_eq!(toeplitz(&c, &DVector::from_vec(row.clone()))?.row(0).transpose(), DVector::from_vec(row));
    }

    #[test]
    fn toeplitz_matrices_convolve(p in integers(1..6), q in integers(1..6)) {
        let length = p.len() + q.len() - 1;
        let column = DVector::from_fn(length, |i, _| p.get(i).copied().unwrap_or(0.0));
        let row = DVector::from_fn(q.len(), |j, _| if j == 0 { p[0] } else { 0.0 });
        let product = toeplitz(&column, &row)? * DVector::from_vec(q.clone());
        for (k, entry) in product.iter().enumerate() {
            let expected: f64 = (0..q.len()).filter(|j| *j <= k).filter_map(|j| p.get(k - j).map(|p| p * q[j])).sum();
            prop_assert_eq!(*entry, expected);
        }
    }

    #[test]
    fn the_second_difference_has_the_spectrum_of_a_string(n in 1_usize..25) {
        let first = DVector::from_fn(n, |i, _| [2.0, -1.0].get(i).copied().unwrap_or(0.0));
        let lambda = symmetric_eigenvalues(&toeplitz(&first, &first)?)?;
        let tone = |k: usize| 2.0 - 2.0 * (k as f64 * std::f64::consts::PI / (n + 1) as f64).cos();
        let expected: Vec<f64> = (1..=n).rev().map(tone).collect();
        all_scaled(lambda.as_slice(), &expected, rounding(n, 1), 4.0)?;
    }

    #[test]
    fn circulant_matrices_commute((a, b) in (0_usize..9).prop_flat_map(|n| (integers(n), integers(n)))) {
        let (a, b) = (circulant(&DVector::from_vec(a))?, circulant(&DVector::from_vec(b))?);
        prop_assert_eq!(&a * &b, &b * &a);
    }

    #[test]
    fn rows_of_hadamard_matrices_are_perpendicular(k in 0_u32..8) {
        let n = 2_usize.pow(k);
        let h = hadamard_matrix(n)?;
        prop_assert_eq!(&h * h.transpose(), DMatrix::identity(n, n) * n as f64);
        prop_assert_eq!(&h, &h.transpose());
    }

    #[test]
    fn hadamard_matrices_double(k in 0_u32..7) {
        let n = 2_usize.pow(k);
        let h = hadamard_matrix(n)?;
        let two = DMatrix::from_row_slice(2, 2, &[1.0, 1.0, 1.0, -1.0]);
        prop_assert_eq!(hadamard_matrix(2 * n)?, kronecker(&two, &h)?);
        prop_assert_eq!(h.row(0).sum(), n as f64);
    }

    #[test]
    fn the_pascal_matrix_is_a_unit_triangle_times_its_transpose(n in 0_usize..30) {
        let mut triangle = DMatrix::<f64>::identity(n, n);
        for (i, j) in (1..n).flat_map(|i| (0..i).map(move |j| (i, j))) {
            let left = if j == 0 { 0.0 } else { triangle[(i - 1, j - 1)] };
            triangle[(i, j)] = left + triangle[(i - 1, j)];
        }
        prop_assert_eq!(&triangle * triangle.transpose(), pascal(n)?);
    }

    #[test]
    fn the_pascal_matrix_is_symmetric(n in 0_usize..120) {
        let p = pascal(n)?;
        prop_assert_eq!(&p, &p.transpose());
    }

    #[test]
    fn the_wilkinson_matrix_is_symmetric_about_both_diagonals(n in 0_usize..30) {
        let w = wilkinson(n)?;
        prop_assert_eq!(&w, &w.transpose());
        prop_assert_eq!(&w, &DMatrix::from_fn(n, n, |i, j| w[(n - 1 - i, n - 1 - j)]));
        prop_assert_eq!(4.0 * w.trace(), (n * n - n % 2) as f64);
        prop_assert_eq!(w.sum() - w.trace(), 2.0 * n.saturating_sub(1) as f64);
    }

    #[test]
    fn elimination_grows_to_a_power_of_two(n in 1_usize..53) {
        let mut l = DMatrix::from_element(n, n, -1.0).lower_triangle();
        l.fill_diagonal(1.0);
        let mut u = DMatrix::<f64>::identity(n, n);
        u.set_column(n - 1, &DVector::from_fn(n, |i, _| (1_u64 << i) as f64));
        prop_assert_eq!(l * u, wilkinson_growth(n)?);
    }

    #[test]
    fn the_lauchli_matrix_has_two_singular_values(n in 1_usize..12, mu in prop_oneof![-2.0..2.0, Just(1e-8), Just(0.0), Just(1e-200)]) {
        let sigma = singular_values(&lauchli(n, mu)?)?;
        let largest = (n as f64 + mu * mu).sqrt();
        let mut expected = vec![mu.abs(); n];
        expected[0] = largest;
        all_scaled(sigma.as_slice(), &expected, rounding(n, 1), largest)?;
    }

    #[test]
    fn random_orthogonal_matrices_are_orthogonal(n in 0_usize..12, seed in any::<u64>()) {
        let q = random_orthogonal(n, normal(seed))?;
        at_most(loss_of_orthogonality(&q), rounding(n, n))?;
        at_most(loss_of_orthogonality(&q.transpose()), rounding(n, n))?;
    }

    #[test]
    fn prescribed_singular_values_are_found((sigma, rows, columns) in (0_usize..9, 0_usize..9).prop_flat_map(|(m, n)| (spectrum(m.min(n)), Just(m), Just(n))), seed in any::<u64>()) {
        let sigma = largest_first(sigma);
        let a = random_with_singular_values(&DVector::from_vec(sigma.clone()), rows, columns, normal(seed))?;
        prop_assert_eq!(a.shape(), (rows, columns));
        let scale = sigma.first().copied().unwrap_or(0.0);
        all_scaled(singular_values(&a)?.as_slice(), &sigma, rounding(rows.max(columns), 4), scale)?;
    }

    #[test]
    fn prescribed_eigenvalues_are_found((lambda, signs) in (0_usize..10).prop_flat_map(|n| (spectrum(n), proptest::collection::vec(any::<bool>(), n))), seed in any::<u64>()) {
        let lambda: Vec<f64> = lambda.iter().zip(signs).map(|(l, negative)| if negative { -l } else { *l }).collect();
        let lambda = largest_first(lambda);
        let a = random_symmetric(&DVector::from_vec(lambda.clone()), normal(seed))?;
        prop_assert_eq!(&a, &a.transpose());
        let scale = lambda.iter().fold(0.0_f64, |scale, l| scale.max(l.abs()));
        let tolerance = rounding(lambda.len(), 4);
        all_scaled(symmetric_eigenvalues(&a)?.as_slice(), &lambda, tolerance, scale)?;
        let moduli = largest_first(lambda.iter().map(|l| l.abs()).collect());
        all_scaled(singular_values(&a)?.as_slice(), &moduli, tolerance, scale)?;
        scaled(trace(&a)?, lambda.iter().sum(), tolerance, lambda.len() as f64 * scale)?;
    }
}

/// The means of some terms over 4000 draws, to five standard errors; no term has a standard deviation above 2.
fn means_are<const N: usize>(
    expected: [f64; N],
    mut terms: impl FnMut() -> Result<[f64; N], LinalgError>,
) -> Result<(), Box<dyn std::error::Error>> {
    const DRAWS: u32 = 4000;
    let mut sums = [0.0; N];
    for _ in 0..DRAWS {
        for (sum, term) in sums.iter_mut().zip(terms()?) {
            *sum += term;
        }
    }
    let means = sums.map(|sum| sum / f64::from(DRAWS));
    let five = 5.0 / f64::from(DRAWS).sqrt();
    Ok(all_scaled(&means, &expected, five, 2.0)?)
}

/// Of a uniform orthogonal matrix the trace has mean 0 and mean square 1, every entry mean 0 and mean square 1/n, and the
/// determinant mean 0: reflections are as likely as rotations.
#[test]
fn random_orthogonal_matrices_are_uniform() -> Result<(), Box<dyn std::error::Error>> {
    let mut draw = normal(2026);
    means_are([0.0, 1.0, 0.0, 1.0 / 3.0, 0.0], || {
        let q = random_orthogonal(3, &mut draw)?;
        let determinant = q.column(0).cross(&q.column(1)).dot(&q.column(2));
        let (trace, corner) = (q.trace(), q[(0, 0)]);
        Ok([trace, trace.powi(2), corner, corner.powi(2), determinant])
    })
}

/// Of $`u v^\top`$ the trace is $`v^\top u`$.
#[test]
fn left_and_right_singular_vectors_are_independent() -> Result<(), Box<dyn std::error::Error>> {
    let mut draw = normal(2027);
    let sigma = DVector::from_row_slice(&[1.0, 0.0, 0.0]);
    means_are([0.0, 1.0 / 3.0], || {
        let trace = random_with_singular_values(&sigma, 3, 3, &mut draw)?.trace();
        Ok([trace, trace.powi(2)])
    })
}

/// Wilkinson (1965), §5.45: λ₁ = 10.746194182903393, λ₂ = 10.746194182903322.
#[test]
fn the_largest_eigenvalues_of_wilkinson_21_agree_to_14_digits() -> Result<(), LinalgError> {
    let lambda = symmetric_eigenvalues(&wilkinson(21)?)?;
    assert!((lambda[0] - 10.746194182903393).abs() < 4e-14);
    assert!((lambda[1] - 10.746194182903322).abs() < 4e-14);
    Ok(())
}
