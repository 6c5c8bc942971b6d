//! How near to singular a matrix is, for the price of two solutions.

use crate::kernels::vector::largest;
use crate::systems::lu_factors::LuFactors;

/// The solution of $`A x = b`$, and beside it a lower bound of $`\lVert A^{-1} \rVert_1`$: NaN if a pivot is zero or it
/// overflows, 0 for the empty matrix.
///
/// ```math
/// \lVert A^{-1} \rVert_1 = \max_{j,\, s \in \{-1, 1\}^n} \lvert s^\top A^{-1} e_j \rvert
/// ```
///
/// Signs $`s`$ that come near to the maximum are those of images $`A^{-1} y`$: of a vector of equal entries, of one that
/// alternates and grows, which few matrices shrink that shrink the former, and of one without a pattern. They share
/// one walk through the factors with $`b`$. The bound is rarely more than three times too small, and is exact where one
/// direction is shrunk much more than all others.
///
/// # References
///
/// N. J. Higham and F. Tisseur, *A block algorithm for matrix 1-norm estimation, with an application to 1-norm
/// pseudospectra*, SIAM J. Matrix Anal. Appl. 21 (2000), 1185–1201, the first half step of algorithm 2.4; W. W.
/// Hager, *Condition estimates*, SIAM J. Sci. Stat. Comput. 5 (1984), 311–316.
pub(crate) fn solve_with_inverse_norm(lu: &LuFactors, b: impl Fn(usize) -> f64) -> (Vec<f64>, f64) {
    let starts = starts(lu.permutation().len());
    let mut images = lu.solve_rows(|i| {
        let [s, t, u] = starts(i);
        [b(i), s, t, u]
    });
    let x = images.iter().map(|[x, ..]| *x).collect();
    let sign = |y: f64| 1.0_f64.copysign(y);
    for [x, s, t, u] in &mut images {
        [*x, *s, *t, *u] = [0.0, sign(*s), sign(*t), sign(*u)];
    }
    lu.solve_transposed(&mut images);
    (x, largest(images.as_flattened()))
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

/// Row by row, the vectors $`y`$.
fn starts(n: usize) -> impl Fn(usize) -> [f64; 3] {
    let step = 1.0 / (n.max(2) - 1) as f64;
    move |i| {
        let growing = 1.0 + i as f64 * step;
        [
            1.0,
            if i.is_multiple_of(2) {
                growing
            } else {
                -growing
            },
            scattered(i),
        ]
    }
}

/// Between −1 and 1, spread evenly and in disorder: the fractional part of $`i \varphi`$ with the golden ratio.
fn scattered(i: usize) -> f64 {
    const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15; // (φ − 1) 2⁶⁴
    let turn = (i as u64).wrapping_mul(GOLDEN);
    (turn >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
}

#[cfg(test)]
mod tests {
    use super::{reciprocal_condition, solve_with_inverse_norm, starts};
    use crate::error::LinalgError;
    use crate::kernels::vector::absolute_sum;
    use crate::kernels::view::columns;
    use crate::null_space;
    use crate::systems::lu_factors::LuFactors;
    use nalgebra::DMatrix;

    fn rcond(a: &DMatrix<f64>) -> f64 {
        let norm = columns(a).map(absolute_sum).fold(0.0, f64::max);
        let (_, inverse_norm) = solve_with_inverse_norm(&LuFactors::new(a), |_| 0.0);
        reciprocal_condition(norm, inverse_norm)
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

    /// I − 1000 e₀ wᵀ, whose inverse is I + 1000 e₀ wᵀ: w is perpendicular to e₀ and to all fixed vectors, whose
    /// images tell nothing of it. The signs find the large column.
    #[test]
    fn signs_find_what_the_fixed_vectors_miss() -> Result<(), LinalgError> {
        let n = 6;
        let fixed = DMatrix::from_fn(4, n, |p, i| {
            let [s, t, u] = starts(n)(i);
            [s, t, u, f64::from(u8::from(i == 0))][p]
        });
        let w = null_space(&fixed)?.column(0).into_owned();
        let mut a = DMatrix::<f64>::identity(n, n);
        (0..n).for_each(|j| a[(0, j)] -= 1000.0 * w[j]);
        let norm = 1.0 + 1000.0 * w.amax();
        assert!((rcond(&a) * norm * norm - 1.0).abs() < 1e-9);
        Ok(())
    }
}
