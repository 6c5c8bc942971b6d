//! How near to singular a matrix is, for the price of a few solutions.

use crate::elimination::Elimination;
use crate::vector::{absolute_sum, greatest};

/// Estimate of $`\lVert A^{-1} \rVert_1`$ from the factors: infinite if a pivot is zero, 0 for the empty
/// matrix.
///
/// Never too great but for rounding, and rarely more than three times too small.
pub(crate) fn inverse_norm(lu: &Elimination) -> f64 {
    let n = lu.permutation().len();
    if lu.is_singular() {
        return f64::INFINITY;
    }
    let mut scratch = vec![0.0; n];
    norm1_estimate(n, |question, x, y| match question {
        Question::Image => lu.solve_column(x, y),
        Question::TransposedImage => lu.solve_transposed_column(x, &mut scratch, y),
    })
}

/// The reciprocal condition number; 1 for the empty matrix, 0 for a singular one.
///
/// ```math
/// \frac{1}{\kappa_1(A)} = \frac{1}{\lVert A \rVert_1 \lVert A^{-1} \rVert_1}
/// ```
pub(crate) fn reciprocal_condition(norm: f64, inverse_norm: f64) -> f64 {
    if norm == 0.0 && inverse_norm == 0.0 {
        return 1.0;
    }
    let rcond = 1.0 / norm / inverse_norm;
    if rcond.is_finite() { rcond } else { 0.0 }
}

/// What [`norm1_estimate`] asks about its map $`M`$.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Question {
    /// $`y = M x`$.
    Image,
    /// $`y = M^\top x`$.
    TransposedImage,
}

/// Lower bound of $`\lVert M \rVert_1`$ of an n × n map: climbs the convex function
/// $`f(x) = \lVert M x \rVert_1`$ over $`\lVert x \rVert_1 \le 1`$ from vertex to vertex.
///
/// # References
///
/// N. J. Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002), algorithm 15.4; W. W.
/// Hager, *Condition estimates*, SIAM J. Sci. Stat. Comput. 5 (1984), 311–316.
pub(crate) fn norm1_estimate(n: usize, mut map: impl FnMut(Question, &[f64], &mut [f64])) -> f64 {
    const STEPS: usize = 5;
    if n == 0 {
        return 0.0;
    }
    let (mut x, mut y) = (vec![1.0 / n as f64; n], vec![0.0; n]);
    let (mut estimate, mut vertex, mut signs) = (0.0, None, vec![0.0; n]);
    for _ in 0..STEPS {
        map(Question::Image, &x, &mut y);
        let f = absolute_sum(&y);
        if !f.is_finite() {
            return f64::INFINITY;
        }
        if f <= estimate {
            break;
        }
        estimate = f;
        let sign = |y: &f64| 1.0_f64.copysign(*y);
        if y.iter().map(sign).eq(signs.iter().copied()) {
            break; // The slope is that of the last vertex, which had its climb.
        }
        signs.iter_mut().zip(&y).for_each(|(s, y)| *s = sign(y));
        map(Question::TransposedImage, &signs, &mut x);
        let steepest = index_of_greatest(&x);
        let slope_here = vertex.map_or_else(|| x.iter().sum::<f64>() / n as f64, |at: usize| x[at]);
        // The function lies above its tangent: no vertex promises more than this point.
        if x[steepest].abs() <= slope_here {
            break;
        }
        vertex = Some(steepest);
        x.fill(0.0);
        x[steepest] = 1.0;
    }
    // Higham's safeguard against the matrices that deceive the climber.
    let step = 1.0 / (n.max(2) - 1) as f64;
    let sign = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
    (0..n).for_each(|i| x[i] = sign(i) * (1.0 + i as f64 * step));
    map(Question::Image, &x, &mut y);
    estimate.max(2.0 * absolute_sum(&y) / (3.0 * n as f64))
}

fn index_of_greatest(x: &[f64]) -> usize {
    let greatest = greatest(x);
    x.iter().position(|x| x.abs() == greatest).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{inverse_norm, reciprocal_condition};
    use crate::elimination::Elimination;
    use crate::vector::absolute_sum;
    use crate::view::columns;
    use nalgebra::DMatrix;

    fn rcond(a: &DMatrix<f64>) -> f64 {
        let norm = columns(a).map(absolute_sum).fold(0.0, f64::max);
        reciprocal_condition(norm, inverse_norm(&Elimination::new(a)))
    }

    #[test]
    fn the_identity_is_perfectly_conditioned() {
        assert_eq!(rcond(&DMatrix::identity(5, 5)), 1.0);
        assert_eq!(rcond(&DMatrix::zeros(0, 0)), 1.0);
    }

    #[test]
    fn a_singular_matrix_has_reciprocal_condition_zero() {
        assert_eq!(
            rcond(&DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 2.0, 4.0])),
            0.0
        );
        assert_eq!(rcond(&DMatrix::zeros(1, 1)), 0.0);
    }

    /// The inverse is [[-2, 1], [1.5, -0.5]]: column sums 6 and 3.5.
    #[test]
    fn a_small_matrix_gets_its_exact_condition() {
        let kappa = 1.0 / rcond(&DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]));
        assert!((kappa - 21.0).abs() < 1e-12);
    }

    /// I − 1000 e₀ wᵀ, whose inverse is I + 1000 e₀ wᵀ: w is perpendicular to both fixed starting vectors,
    /// so only the climb finds the great column.
    #[test]
    fn the_climb_finds_what_the_fixed_vectors_miss() {
        let w = [0.0, 11.0, -2.0, -9.0];
        let identity = DMatrix::<f64>::identity(4, 4);
        let a = DMatrix::from_fn(4, 4, |i, j| {
            identity[(i, j)] - if i == 0 { 1000.0 * w[j] } else { 0.0 }
        });
        let kappa = 1.0 / rcond(&a);
        assert!((kappa / 11_001.0_f64.powi(2) - 1.0).abs() < 1e-9);
    }
}
