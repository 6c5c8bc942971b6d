//! How near to singular a matrix is, for the price of a few solutions.

use crate::lu::Lu;
use faer::Mat;
use gradus_numeric::{norm_infinity, norm1};

/// Estimate of the reciprocal condition number.
///
/// ```math
/// \frac{1}{\kappa_1(A)} = \frac{1}{\lVert A \rVert_1 \lVert A^{-1} \rVert_1}
/// ```
///
/// 1 for the empty matrix, 0 if a pivot is zero. Never too small but for rounding, and rarely more than
/// three times too great: [`inverse_norm1`] is a lower bound.
pub(crate) fn reciprocal_condition(a: &Mat<f64>, lu: &Lu) -> f64 {
    if a.nrows() == 0 {
        return 1.0;
    }
    if lu.is_singular() {
        return 0.0;
    }
    let norm = norm_infinity(
        &(0..a.ncols())
            .map(|j| norm1(&column(a, j)))
            .collect::<Vec<_>>(),
    );
    let rcond = 1.0 / norm / inverse_norm1(lu, a.nrows());
    if rcond.is_finite() { rcond } else { 0.0 }
}

/// Lower bound of $`\lVert A^{-1} \rVert_1`$: climbs the convex function
/// $`f(x) = \lVert A^{-1} x \rVert_1`$ over $`\lVert x \rVert_1 \le 1`$ from vertex to vertex.
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), algorithm 15.4; W. W.
/// Hager, *Condition estimates*, SIAM J. Sci. Stat. Comput. 5 (1984), 311–316.
fn inverse_norm1(lu: &Lu, n: usize) -> f64 {
    const STEPS: usize = 5;
    let mut x = Mat::from_fn(n, 1, |_, _| 1.0 / n as f64);
    let mut estimate = 0.0;
    for _ in 0..STEPS {
        let y = lu.solve(&x);
        let f = norm1(&column(&y, 0));
        if !f.is_finite() {
            return f64::INFINITY;
        }
        if f <= estimate {
            break;
        }
        estimate = f;
        let slope = lu.solve_transposed(&Mat::from_fn(n, 1, |i, _| 1.0_f64.copysign(y[(i, 0)])));
        let steepest = index_of_greatest(&column(&slope, 0));
        x = Mat::from_fn(n, 1, |i, _| f64::from(u8::from(i == steepest)));
    }
    estimate.max(alternating_estimate(lu, n))
}

/// Higham's safeguard against the matrices that deceive the climber.
fn alternating_estimate(lu: &Lu, n: usize) -> f64 {
    let step = 1.0 / (n.max(2) - 1) as f64;
    let sign = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
    let y = lu.solve(&Mat::from_fn(n, 1, |i, _| {
        sign(i) * (1.0 + i as f64 * step)
    }));
    2.0 * norm1(&column(&y, 0)) / (3.0 * n as f64)
}

fn column(a: &Mat<f64>, j: usize) -> Vec<f64> {
    a.col(j).iter().copied().collect()
}

fn index_of_greatest(x: &[f64]) -> usize {
    let greatest = norm_infinity(x);
    x.iter().position(|x| x.abs() == greatest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::reciprocal_condition;
    use crate::lu::Lu;
    use faer::{Mat, mat};

    fn rcond(a: &Mat<f64>) -> f64 {
        reciprocal_condition(a, &Lu::new(a))
    }

    #[test]
    fn the_identity_is_perfectly_conditioned() {
        assert_eq!(rcond(&Mat::identity(5, 5)), 1.0);
        assert_eq!(rcond(&Mat::zeros(0, 0)), 1.0);
    }

    #[test]
    fn a_singular_matrix_has_reciprocal_condition_zero() {
        assert_eq!(rcond(&mat![[1.0, 2.0], [2.0, 4.0]]), 0.0);
        assert_eq!(rcond(&Mat::zeros(1, 1)), 0.0);
    }

    /// The inverse is [[-2, 1], [1.5, -0.5]]: column sums 6 and 3.5.
    #[test]
    fn a_small_matrix_gets_its_exact_condition() {
        let kappa = 1.0 / rcond(&mat![[1.0, 2.0], [3.0, 4.0]]);
        assert!((kappa - 21.0).abs() < 1e-12);
    }

    /// I − 1000 e₀ wᵀ, whose inverse is I + 1000 e₀ wᵀ: w is perpendicular to both fixed starting vectors,
    /// so only the climb finds the great column.
    #[test]
    fn the_climb_finds_what_the_fixed_vectors_miss() {
        let w = [0.0, 11.0, -2.0, -9.0];
        let identity = Mat::<f64>::identity(4, 4);
        let a = Mat::from_fn(4, 4, |i, j| {
            identity[(i, j)] - if i == 0 { 1000.0 * w[j] } else { 0.0 }
        });
        let kappa = 1.0 / rcond(&a);
        assert!((kappa / 11_001.0_f64.powi(2) - 1.0).abs() < 1e-9);
    }
}
