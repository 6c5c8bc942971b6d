//! The exponential of a matrix.

use crate::checked::check::times;
use crate::checked::scaled::{Scaled, unscaled};
use crate::error::LinalgError;
use crate::kernels::view::{column, columns, shape, view};
use crate::scalar::Scalar;
use crate::systems::lu_factors::LuFactors;
use gradus_numeric::{binary_exponent, ldexp, norm_infinity, norm1};
use nalgebra::DMatrix;

/// The exponential of a square matrix.
///
/// ```math
/// e^A = \sum_{k=0}^{\infty} \frac{A^k}{k!}
/// ```
///
/// $`x(t) = e^{A t} x_0`$ is the solution of $`x' = A x`$: where the linear flow along $`A`$ leads in the time 1. It turns
/// sums that commute into products, skew-symmetric matrices into rotations, and eigenvalues λ into $`e^\lambda`$. It is
/// not the exponential of every entry.
///
/// # Shapes
///
/// `a: n × n`; the result too.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`e^A e^{-A} = I`$ | `the_exponential_of_the_opposite_is_the_inverse` |
/// | $`e^{A + B} = e^A e^B`$ if $`A B = B A`$ | `exponentials_of_commuting_matrices_multiply` |
/// | $`\det e^A = e^{\operatorname{tr} A}`$ | `the_determinant_of_the_exponential_is_the_exponential_of_the_trace` |
/// | $`e^{A^\top} = (e^A)^\top`$ | `the_exponential_of_the_transpose_is_the_transpose` |
/// | $`e^{Q D Q^\top} = Q e^D Q^\top`$ | `the_exponential_acts_on_eigenvalues` |
/// | a skew-symmetric matrix gives a rotation | `the_exponential_of_a_skew_matrix_is_orthogonal` |
///
/// # Numerics
///
/// The sum itself is a poor algorithm: for $`A = -30`$ it gives no right digit. Here
/// $`e^A = (r(2^{-s} A))^{2^s}`$: the matrix is halved $`s`$ times, until the Padé approximant
/// $`r(x) = p(x) / p(-x)`$ of degree 13 has an error below the rounding, and the approximant is squared $`s`$ times.
/// $`s`$ is chosen by the sizes of powers of $`A`$, not of $`A`$ alone, which halves no further than needed.
/// Computed in `f64`. The relative error is about $`2^s n u`$, where $`2^s \lesssim \max(1, \lVert A \rVert)`$: the
/// condition number of the problem is at least $`\lVert A \rVert`$.
///
/// # Errors
///
/// [`LinalgError::NotSquare`]; [`LinalgError::NonFinite`]; [`LinalgError::Overflow`] if an entry is too great for `T`,
/// or on the way for `f64`; [`LinalgError::Inaccurate`] if $`2^s u \ge 1`$, so that no digit is certain, unless the
/// result underflows to zero.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{matrix_exponential, nalgebra::DMatrix};
///
/// // A shear: its square is zero, so the series has two terms.
/// let shear = DMatrix::from_row_slice(2, 2, &[0.0, 5.0, 0.0, 0.0]);
/// assert_eq!(matrix_exponential(&shear)?, DMatrix::from_row_slice(2, 2, &[1.0, 5.0, 0.0, 1.0]));
///
/// // A quarter turn.
/// let turn = DMatrix::from_row_slice(2, 2, &[0.0, -1.0, 1.0, 0.0]) * std::f64::consts::FRAC_PI_2;
/// let rotation = matrix_exponential(&turn)?;
/// assert!((rotation[(1, 0)] - 1.0).abs() < 1e-15 && rotation[(0, 0)].abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// A. H. Al-Mohy and N. J. Higham, *A new scaling and squaring algorithm for the matrix exponential*, SIAM J. Matrix
/// Anal. Appl. 31 (2009), 970–989, algorithm 5.1 with degree 13 only, <https://doi.org/10.1137/09074721X>;
/// N. J. Higham, *The scaling and squaring method for the matrix exponential revisited*, SIAM J. Matrix Anal. Appl.
/// 26 (2005), 1179–1193, <https://doi.org/10.1137/04061101X>.
#[doc(alias = "expm")]
pub fn matrix_exponential<T: Scalar>(a: &DMatrix<T>) -> Result<DMatrix<T>, LinalgError> {
    if !a.is_square() {
        return Err(LinalgError::NotSquare {
            operation: OPERATION,
            shape: shape(a),
        });
    }
    let powers = Powers::new(&Scaled::new(a)?);
    let halvings = powers.halvings();
    let squarings = powers.halved + halvings;
    let (mut x, mut fades) = (powers.pade(halvings), false);
    for k in 1..=squarings {
        x = finite(times(view(&x), view(&x)))?;
        fades |= k <= TRUSTED && column_sum_norm(&x) < 0.5;
    }
    check_digits(squarings, fades, &x)?;
    unscaled(x, 0, OPERATION)
}

const OPERATION: &str = "matrix_exponential";

/// After so many squarings four digits are still right.
const TRUSTED: i32 = 40;

/// $`2^{-h} A`$ and the powers that both the choice of $`s`$ and the approximant need.
///
/// $`h`$ is 0 unless tenth powers could overflow.
struct Powers {
    halved: i32,
    a: DMatrix<f64>,
    a2: DMatrix<f64>,
    a4: DMatrix<f64>,
    a6: DMatrix<f64>,
}

impl Powers {
    fn new(scaled: &Scaled) -> Self {
        const GREATEST_EXPONENT: i32 = 80;
        let halved = (scaled.exponent - GREATEST_EXPONENT).max(0);
        let a = doubled(&scaled.matrix, scaled.exponent - halved);
        let a2 = times(view(&a), view(&a));
        let a4 = times(view(&a2), view(&a2));
        let a6 = times(view(&a2), view(&a4));
        Self {
            halved,
            a,
            a2,
            a4,
            a6,
        }
    }

    /// How often the matrix must be halved for the approximant to be exact to rounding.
    ///
    /// ```math
    /// s = \lceil \log_2 (\eta / \theta) \rceil, \qquad
    /// \eta = \min\bigl(\max(d_6, d_8), \max(d_8, d_{10})\bigr), \qquad d_k = \lVert A^k \rVert_1^{1/k}
    /// ```
    ///
    /// and a few times more where rounding needs it. $`\theta = 4.25`$ keeps the denominator well conditioned.
    ///
    /// # References
    ///
    /// Al-Mohy and Higham (2009), (5.5) and table 3.1.
    fn halvings(&self) -> i32 {
        let d = |power: &DMatrix<f64>, k: f64| column_sum_norm(power).powf(1.0 / k);
        let d6 = d(&self.a6, 6.0);
        let d8 = d(&times(view(&self.a4), view(&self.a4)), 8.0);
        let d10 = d(&times(view(&self.a4), view(&self.a6)), 10.0);
        let eta = d6.max(d8).min(d8.max(d10));
        let s = halvings_below(eta / THETA);
        s + more_halvings(&doubled(&self.a, -s))
    }

    /// The Padé approximant $`r(B) = (V - U)^{-1} (V + U)`$ of $`e^B`$, $`B = 2^{-s} A`$, with the odd powers in
    /// $`U`$ and the even ones in $`V`$ (Higham 2005, (2.9)).
    fn pade(&self, s: i32) -> DMatrix<f64> {
        let n = self.a.nrows();
        let b = doubled(&self.a, -s);
        let powers = [
            &DMatrix::<f64>::identity(n, n),
            &doubled(&self.a2, -2 * s),
            &doubled(&self.a4, -4 * s),
            &doubled(&self.a6, -6 * s),
        ];
        let half = |parity: usize| {
            let c = |k: usize| COEFFICIENTS[2 * k + parity] / COEFFICIENTS[0];
            let high = combination(powers, [0.0, c(4), c(5), c(6)]);
            combination(powers, [c(0), c(1), c(2), c(3)]) + times(view(powers[3]), view(&high))
        };
        let (u, v) = (times(view(&b), view(&half(1))), half(0));
        LuFactors::new(&(&v - &u)).solve(&(&v + &u))
    }
}

/// The bound on the powers of $`2^{-s} A`$: Al-Mohy and Higham (2009), (5.5).
const THETA: f64 = 4.25;

/// How often $`B`$ must be halved for the rounding errors of the approximant to be harmless: until
/// $`c \lVert |B|^{27} \rVert_1 / \lVert B \rVert_1 \le u`$, of which a halving takes $`2^{26}`$.
///
/// # References
///
/// Al-Mohy and Higham (2009), §4 and (5.1).
fn more_halvings(b: &DMatrix<f64>) -> i32 {
    /// $`1 / (\binom{26}{13}\, 27!)`$, the leading coefficient of the backward error.
    const C: f64 = 1.0 / (10_400_600.0 * 1.088_886_945_041_835_2e28);
    let size = column_sum_norm(b);
    if size == 0.0 {
        return 0;
    }
    // |B| is not negative: the column sums of its powers are powers of its transpose times ones.
    let times_columns = |sums: Vec<f64>| {
        let sum = |j| {
            column(b, j)
                .iter()
                .zip(&sums)
                .map(|(b, sum)| b.abs() * sum)
                .sum()
        };
        (0..b.ncols()).map(sum).collect()
    };
    let sums = (0..27).fold(vec![1.0; b.nrows()], |sums, _| times_columns(sums));
    let excess = C * norm_infinity(&sums) / size / (0.5 * f64::EPSILON);
    if excess.is_finite() {
        halvings_below(excess.powf(1.0 / 26.0))
    } else {
        halvings_below(size / THETA)
    }
}

/// The least $`k \ge 0`$ with $`x < 2^k`$.
fn halvings_below(x: f64) -> i32 {
    if x < 1.0 { 0 } else { binary_exponent(x) + 1 }
}

/// $`2^k A`$.
fn doubled(a: &DMatrix<f64>, k: i32) -> DMatrix<f64> {
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| ldexp(a[(i, j)], k))
}

/// The coefficients of $`p`$: $`c_j = \frac{(26 - j)!\,13!}{26!\,j!\,(13 - j)!}`$, times $`c_{13}^{-1}`$.
const COEFFICIENTS: [f64; 14] = [
    64_764_752_532_480_000.0,
    32_382_376_266_240_000.0,
    7_771_770_303_897_600.0,
    1_187_353_796_428_800.0,
    129_060_195_264_000.0,
    10_559_470_521_600.0,
    670_442_572_800.0,
    33_522_128_640.0,
    1_323_241_920.0,
    40_840_800.0,
    960_960.0,
    16_380.0,
    182.0,
    1.0,
];

/// $`\sum_k c_k A_k`$.
fn combination(powers: [&DMatrix<f64>; 4], c: [f64; 4]) -> DMatrix<f64> {
    let [p, q, r, s] = powers;
    DMatrix::from_fn(p.nrows(), p.ncols(), |i, j| {
        c[0] * p[(i, j)] + c[1] * q[(i, j)] + c[2] * r[(i, j)] + c[3] * s[(i, j)]
    })
}

/// $`\lVert A \rVert_1`$.
fn column_sum_norm(a: &DMatrix<f64>) -> f64 {
    norm_infinity(&columns(a).map(norm1).collect::<Vec<_>>())
}

/// The matrix, unless squaring has overflowed.
fn finite(x: DMatrix<f64>) -> Result<DMatrix<f64>, LinalgError> {
    if x.iter().all(|x| x.is_finite()) {
        Ok(x)
    } else {
        Err(LinalgError::Overflow {
            operation: OPERATION,
        })
    }
}

/// $`s`$ squarings multiply the relative error by $`2^s`$: at $`2^s u \ge 1`$ nothing can be told but
/// a zero that was seen coming, while there were digits, by a norm below ½.
fn check_digits(halvings: i32, fades: bool, x: &DMatrix<f64>) -> Result<(), LinalgError> {
    let found = ldexp(0.5 * f64::EPSILON, halvings);
    if found < 1.0 || (fades && column_sum_norm(x) == 0.0) {
        return Ok(());
    }
    Err(LinalgError::Inaccurate {
        operation: "matrix_exponential, rounding after all squarings",
        found,
        bound: 1.0,
    })
}

#[cfg(test)]
mod tests {
    use super::{COEFFICIENTS, matrix_exponential};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};
    use std::f64::consts::{E, PI};

    fn exp(n: usize, a: &[f64]) -> Result<DMatrix<f64>, LinalgError> {
        matrix_exponential(&DMatrix::from_row_slice(n, n, a))
    }

    fn assert_near(found: &DMatrix<f64>, expected: &[f64], tolerance: f64) {
        let n = found.nrows();
        let expected = DMatrix::from_row_slice(n, n, expected);
        let size = expected.amax();
        assert!(
            (found - &expected).amax() <= tolerance * size,
            "{found} is not {expected}"
        );
    }

    #[test]
    fn coefficients_follow_their_recurrence() {
        for j in 0..13 {
            let next = COEFFICIENTS[j] * (13 - j) as f64 / ((26 - j) * (j + 1)) as f64;
            assert_eq!(COEFFICIENTS[j + 1], next);
        }
    }

    #[test]
    fn zero_and_nothing() {
        assert_eq!(exp(0, &[]), Ok(DMatrix::zeros(0, 0)));
        assert_eq!(exp(3, &[0.0; 9]), Ok(DMatrix::identity(3, 3)));
    }

    #[test]
    fn nilpotent_matrices_have_finite_series() -> Result<(), LinalgError> {
        let n = [0.0, 2.0, 3.0, 0.0, 0.0, 4.0, 0.0, 0.0, 0.0];
        assert_near(
            &exp(3, &n)?,
            &[1.0, 2.0, 7.0, 0.0, 1.0, 4.0, 0.0, 0.0, 1.0],
            1e-15,
        );
        // Far from normal: halving by the norm of A would lose every digit.
        let far = exp(2, &[0.0, 1e20, 0.0, 0.0])?;
        assert_eq!((far[(0, 0)], far[(0, 1)], far[(1, 1)]), (1.0, 1e20, 1.0));
        let far = exp(2, &[5.0, 1e20, 0.0, -5.0])?;
        assert!((far[(0, 0)] / 5.0_f64.exp() - 1.0).abs() < 1e-14);
        assert!((far[(1, 1)] / (-5.0_f64).exp() - 1.0).abs() < 1e-14);
        assert!((far[(0, 1)] / (1e20 * 5.0_f64.sinh() / 5.0) - 1.0).abs() < 1e-14);
        Ok(())
    }

    #[test]
    fn diagonals_and_rotations() -> Result<(), LinalgError> {
        assert_near(
            &exp(2, &[1.0, 0.0, 0.0, -2.0])?,
            &[E, 0.0, 0.0, (-2.0_f64).exp()],
            16.0 * f64::EPSILON,
        );
        let angle = 7.0 * PI / 3.0;
        let (sin, cos) = (0.75_f64.sqrt(), 0.5);
        let turn = exp(2, &[0.0, -angle, angle, 0.0])?;
        assert_near(&turn, &[cos, -sin, sin, cos], 16.0 * f64::EPSILON);
        // [[1, 1], [0, 1]]: e times a shear.
        assert_near(
            &exp(2, &[1.0, 1.0, 0.0, 1.0])?,
            &[E, E, 0.0, E],
            16.0 * f64::EPSILON,
        );
        Ok(())
    }

    #[test]
    fn scalars_agree_with_the_exponential_of_numbers() -> Result<(), LinalgError> {
        for x in [1e-300, -1e-9, 0.5, -3.0, 20.0, -30.0, 200.0, -700.0, 709.0] {
            let found = exp(1, &[x])?[(0, 0)];
            assert!((found / x.exp() - 1.0).abs() <= 8.0 * f64::EPSILON * x.abs().max(1.0));
        }
        assert_eq!(exp(1, &[-1e300])?[(0, 0)], 0.0);
        let single = matrix_exponential(&DMatrix::from_element(1, 1, 1.0_f32))?;
        assert_eq!(single[(0, 0)], std::f32::consts::E);
        Ok(())
    }

    #[test]
    fn what_overflows_or_has_no_digits_is_refused() {
        for x in [710.0, 1e4, 1e300, f64::MAX] {
            assert!(matches!(exp(1, &[x]), Err(LinalgError::Overflow { .. })));
        }
        let large = DMatrix::from_diagonal(&DVector::from_row_slice(&[89.0_f32, 1.0]));
        assert!(matches!(
            matrix_exponential(&large),
            Err(LinalgError::Overflow { .. })
        ));
        for angle in [1e17, 1e300] {
            assert!(exp(2, &[0.0, -angle, angle, 0.0]).is_err());
        }
        let far = exp(2, &[5.0, 1e300, 0.0, -5.0]);
        assert!(matches!(
            far,
            Err(LinalgError::Inaccurate { bound: 1.0, .. })
        ));
    }

    #[test]
    fn what_is_not_a_square_of_numbers_is_refused() {
        let wide = DMatrix::<f64>::zeros(2, 3);
        assert!(matches!(
            matrix_exponential(&wide),
            Err(LinalgError::NotSquare { .. })
        ));
        let bad = exp(2, &[1.0, 0.0, f64::NAN, 1.0]);
        assert!(matches!(
            bad,
            Err(LinalgError::NonFinite {
                row: 1,
                column: 0,
                ..
            })
        ));
    }
}
