//! Matrices of every kind, and the figures that laws are judged by.

use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{LinalgError, frobenius_norm, inverse, matrix_norm1, max_norm};
use gradus_testkit::strategies::{integer_matrix, matrix, orthogonal, structured_matrix};
use proptest::prelude::*;

/// Half the distance from 1 to the next number.
pub(crate) const U: f64 = 0.5 * f64::EPSILON;

/// What rounding may leave of zero: $`10\,m\,n\,u`$.
pub(crate) fn rounding(m: usize, n: usize) -> f64 {
    10.0 * U * (m.max(1) * n.max(1)) as f64
}

/// $`\gamma_k = k u / (1 - k u)`$.
pub(crate) fn gamma(k: usize, u: f64) -> f64 {
    k as f64 * u / (1.0 - k as f64 * u)
}

/// Away from the ends of the number range, where answers overflow or lose digits.
pub(crate) fn in_range(a: DMatrix<f64>) -> DMatrix<f64> {
    match max_norm(&a) {
        huge if huge > 1e300 => a * 1e-8,
        tiny if tiny < 1e-290 => a * 1e30,
        _ => a,
    }
}

/// Uniform, integer, structured, tiny, huge, and of deficient rank.
pub(crate) fn any_matrix(
    m: impl Fn() -> std::ops::Range<usize>,
    n: impl Fn() -> std::ops::Range<usize>,
) -> impl Strategy<Value = DMatrix<f64>> {
    prop_oneof![
        matrix(m(), n()),
        integer_matrix(m(), n()),
        structured_matrix(m(), n()).prop_map(in_range),
        matrix(m(), n()).prop_map(|a| a * 1e200),
        matrix(m(), n()).prop_map(|a| a * 1e-200),
        (matrix(m(), 2), matrix(2, n())).prop_map(|(a, b)| a * b),
    ]
}

pub(crate) fn rectangle() -> impl Strategy<Value = DMatrix<f64>> {
    any_matrix(|| 0..13, || 0..13)
}

pub(crate) fn square() -> impl Strategy<Value = DMatrix<f64>> {
    (0_usize..11).prop_flat_map(|n| any_matrix(move || n..n + 1, move || n..n + 1))
}

/// $`Q_1 \Sigma Q_2`$ with singular values from 1 down to $`10^{-5}`$.
pub(crate) fn well_conditioned(n: usize) -> impl Strategy<Value = DMatrix<f64>> {
    let sigma = proptest::collection::vec(-5.0..0.0_f64, n);
    (orthogonal(n), sigma, orthogonal(n)).prop_map(|(p, powers, q)| {
        let sigma = DVector::from_iterator(powers.len(), powers.iter().map(|p| 10.0_f64.powf(*p)));
        p * DMatrix::from_diagonal(&sigma) * q
    })
}

/// $`\lVert A - B \rVert_F / \lVert A \rVert_F`$ for entries of any size.
pub(crate) fn relative_distance(a: &DMatrix<f64>, b: &DMatrix<f64>) -> f64 {
    let size = max_norm(a);
    if size == 0.0 {
        return max_norm(b);
    }
    frobenius_norm(&(a / size - b / size)) / frobenius_norm(&(a / size))
}

/// $`\lVert Q^\top Q - I \rVert_{\max}`$.
pub(crate) fn loss_of_orthogonality(q: &DMatrix<f64>) -> f64 {
    max_norm(&(q.transpose() * q - DMatrix::identity(q.ncols(), q.ncols())))
}

pub(crate) fn condition(a: &DMatrix<f64>) -> Result<f64, LinalgError> {
    Ok(matrix_norm1(a) * matrix_norm1(&inverse(a)?))
}

/// $`2^k`$ and vectors that keep their bits when multiplied by it.
pub(crate) fn power_of_two() -> impl Strategy<Value = f64> {
    (-700..700).prop_map(|k| 2.0_f64.powi(k))
}

/// $`x \cdot y`$ as if in twice the precision (Ogita, Rump and Oishi).
pub(crate) fn exact_dot(x: &[f64], y: &[f64]) -> f64 {
    let (sum, error) = x.iter().zip(y).fold((0.0, 0.0), |(sum, error), (&x, &y)| {
        let product: f64 = x * y;
        let total: f64 = sum + product;
        let part = total - sum;
        let lost = x.mul_add(y, -product) + ((sum - (total - part)) + (product - part));
        (total, error + lost)
    });
    sum + error
}

/// Divided by its largest entry: near one, unless zero.
pub(crate) fn unit(a: &DMatrix<f64>) -> DMatrix<f64> {
    match max_norm(a) {
        0.0 => a.clone(),
        size => a / size,
    }
}

/// $`n \times n`$ of every kind of [`any_matrix`], its upper triangle mirrored.
pub(crate) fn symmetric_of_order(n: usize) -> impl Strategy<Value = DMatrix<f64>> {
    any_matrix(move || n..n + 1, move || n..n + 1)
        .prop_map(|a| DMatrix::from_fn(a.nrows(), a.nrows(), |i, j| a[(i.min(j), i.max(j))]))
}

pub(crate) fn symmetric_square() -> impl Strategy<Value = DMatrix<f64>> {
    (0_usize..11).prop_flat_map(symmetric_of_order)
}

/// Standard normal numbers, by a counter mixed to 64 bits (splitmix64) and the method of Box and Muller.
pub(crate) fn normal(seed: u64) -> impl FnMut() -> f64 {
    let mut state = seed;
    let mut uniform = move || {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    };
    move || (-2.0 * (1.0 - uniform()).ln()).sqrt() * (std::f64::consts::TAU * uniform()).cos()
}

/// $`Q \Lambda Q^\top`$.
pub(crate) fn with_eigenvalues(q: &DMatrix<f64>, lambda: &[f64]) -> DMatrix<f64> {
    let a = q * DMatrix::from_diagonal(&DVector::from_row_slice(lambda)) * q.transpose();
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| a[(i.max(j), i.min(j))])
}

/// The mean slope of $`\ln r_k`$ from where r is below $`10^{-3}`$ on.
pub(crate) fn logarithmic_slope(residuals: &[f64]) -> f64 {
    let tail: Vec<f64> = residuals
        .iter()
        .copied()
        .skip_while(|r| *r > 1e-3)
        .collect();
    match tail.as_slice() {
        [first, .., last] => (last.ln() - first.ln()) / (tail.len() - 1) as f64,
        _ => f64::NAN,
    }
}
