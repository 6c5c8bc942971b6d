//! From the exponential of a small part of a matrix to that of the matrix, by squaring.

use crate::checked::check::{largest_entry, ratio, times};
use crate::error::LinalgError;
use crate::functions::pade::column_sum_norm;
use crate::kernels::view::view;
use gradus_numeric::ldexp;
use nalgebra::DMatrix;

/// $`X^{2^s}`$ of $`X \approx e^{2^{-s} A}`$.
///
/// A squaring doubles the relative error, as it does for numbers, so $`2^s u \ge 1`$ leaves no digit. There is one
/// exception: if the norm has fallen below ½ while digits were still right, the powers go to zero, and zero is the answer.
pub(crate) fn squared(mut x: DMatrix<f64>, s: i32) -> Result<DMatrix<f64>, LinalgError> {
    /// After so many squarings four digits are still right.
    const TRUSTED: i32 = 40;
    let mut fades = false;
    for k in 1..=s {
        x = finite(times(view(&x), view(&x)))?;
        fades |= k <= TRUSTED && column_sum_norm(&x) < 0.5;
    }
    let error = ldexp(0.5 * f64::EPSILON, s);
    if fades && column_sum_norm(&x) == 0.0 {
        return Ok(x);
    }
    checked(x, error)
}

/// $`X^{2^s}`$ of $`X \approx e^{2^{-s} T}`$ for an upper triangle $`T`$.
///
/// ```math
/// (e^T)_{ii} = e^{t_{ii}}, \qquad
/// (e^T)_{i,i+1} = t_{i,i+1} \frac{e^{t_{i+1,i+1}} - e^{t_{ii}}}{t_{i+1,i+1} - t_{ii}}
/// ```
///
/// These entries are put in again after each squaring. No error is left on the diagonal that a squaring could double, so
/// any number of squarings leaves digits. The errors $`E`$ of the other entries are followed by a bound:
/// $`\lvert X^2 - \hat X^2 \rvert \le \lvert X \rvert E + E \lvert X \rvert + \gamma_n \lvert X \rvert^2`$.
///
/// # References
///
/// A. H. Al-Mohy and N. J. Higham, *A new scaling and squaring algorithm for the matrix exponential*, SIAM J. Matrix
/// Anal. Appl. 31 (2009), code fragment 2.1; Higham, *Accuracy and Stability of Numerical Algorithms*, 2nd ed. (2002),
/// (3.13), for $`\gamma_n`$.
pub(crate) fn triangle_squared(
    t: &DMatrix<f64>,
    mut x: DMatrix<f64>,
    s: i32,
) -> Result<DMatrix<f64>, LinalgError> {
    let gamma = t.nrows() as f64 * f64::EPSILON;
    put_exact_entries(&mut x, t, -s);
    let mut error = x.map(f64::abs) * gamma;
    clear_exact_entries(&mut error);
    for k in (0..s).rev() {
        let size = x.map(f64::abs);
        error = times(view(&size), view(&error)) + times(view(&error), view(&size));
        error += times(view(&size), view(&size)) * gamma;
        clear_exact_entries(&mut error);
        x = times(view(&x), view(&x));
        put_exact_entries(&mut x, t, -k);
        x = finite(x)?;
    }
    let error = ratio(column_sum_norm(&error), column_sum_norm(&x));
    checked(finite(x)?, error)
}

/// Diagonal and superdiagonal of $`e^{2^k T}`$.
fn put_exact_entries(x: &mut DMatrix<f64>, t: &DMatrix<f64>, k: i32) {
    let lambda = |i: usize| ldexp(t[(i, i)], k);
    for i in 0..t.nrows() {
        x[(i, i)] = lambda(i).exp();
        // A zero above the diagonal stays one, also where the exponentials overflow.
        if i > 0 && t[(i - 1, i)] != 0.0 {
            x[(i - 1, i)] = ldexp(t[(i - 1, i)], k) * divided_difference(lambda(i - 1), lambda(i));
        }
    }
}

/// What [`put_exact_entries`] puts in is right to a few roundings.
fn clear_exact_entries(error: &mut DMatrix<f64>) {
    for i in 0..error.nrows() {
        error[(i, i)] = 0.0;
        if i > 0 {
            error[(i - 1, i)] = 0.0;
        }
    }
}

/// $`(e^b - e^a) / (b - a)`$, or $`e^a`$ for $`a = b`$: $`e^{\max} (1 - e^{-\delta}) / \delta`$ with
/// $`\delta = \lvert b - a \rvert`$, in which nothing cancels and nothing overflows that need not.
fn divided_difference(a: f64, b: f64) -> f64 {
    let delta = (b - a).abs();
    let mean = if delta == 0.0 {
        1.0
    } else {
        -(-delta).exp_m1() / delta
    };
    a.max(b).exp() * mean
}

/// The matrix, unless squaring has overflowed.
fn finite(x: DMatrix<f64>) -> Result<DMatrix<f64>, LinalgError> {
    if largest_entry(&x).is_finite() {
        Ok(x)
    } else {
        let operation = "matrix_exponential";
        Err(LinalgError::Overflow { operation })
    }
}

/// The matrix, if the relative error leaves it a digit.
fn checked(x: DMatrix<f64>, error: f64) -> Result<DMatrix<f64>, LinalgError> {
    if error < 1.0 {
        return Ok(x);
    }
    Err(LinalgError::Inaccurate {
        operation: "matrix_exponential, rounding after all squarings",
        found: error,
        bound: 1.0,
    })
}

#[cfg(test)]
mod tests {
    use super::{divided_difference, triangle_squared};
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn divided_differences_keep_their_digits() {
        assert_eq!(divided_difference(0.0, 0.0), 1.0);
        let e = std::f64::consts::E;
        assert!((divided_difference(1.0, 0.0) - (e - 1.0)).abs() <= 2.0 * f64::EPSILON);
        assert_eq!(divided_difference(0.0, 1.0), divided_difference(1.0, 0.0));
        assert!((divided_difference(1e-9, -1e-9) - 1.0).abs() <= f64::EPSILON);
        assert_eq!(divided_difference(-1e300, 0.0), 1.0 / 1e300);
        assert_eq!(divided_difference(-1e308, -1e308), (-1e308_f64).exp());
    }

    /// Zeros on the diagonal, and a corner that nothing but squaring finds: t²/2 = 1/2 for t = 1.
    #[test]
    fn what_is_not_put_in_is_squared() -> Result<(), LinalgError> {
        let mut t = DMatrix::<f64>::zeros(3, 3);
        (t[(0, 1)], t[(1, 2)]) = (1.0, 1.0);
        // I + N/4 + (N/4)²/2, with a wrong diagonal and superdiagonal.
        let mut x = DMatrix::from_element(3, 3, 0.0);
        x[(0, 2)] = 1.0 / 32.0;
        let e = triangle_squared(&t, x, 2)?;
        assert_eq!(
            e,
            DMatrix::from_row_slice(3, 3, &[1.0, 1.0, 0.5, 0.0, 1.0, 1.0, 0.0, 0.0, 1.0])
        );
        Ok(())
    }
}
