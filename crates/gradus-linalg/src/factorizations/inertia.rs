//! How many eigenvalues are positive, negative, zero.

use crate::checked::check::times;
use crate::kernels::as_faer::{faer, faer_mut};
use crate::kernels::view::view;
use crate::scalar::Scalar;
use faer::Par;
use faer::linalg::triangular_solve::solve_unit_lower_triangular_in_place;
use gradus_numeric::{Float, binary_exponent, ldexp, norm_infinity};
use nalgebra::DMatrix;

/// How many eigenvalues of a symmetric matrix are positive, negative and zero; made by
/// [`Ldlt::inertia`](crate::Ldlt::inertia).
///
/// ```math
/// \operatorname{inertia} A = (\#\{\lambda_i > 0\},\ \#\{\lambda_i < 0\},\ \#\{\lambda_i = 0\})
/// ```
///
/// For a Hessian: along how many directions a function rises, falls, and is flat to second order.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{Inertia, ldlt, nalgebra::DMatrix};
///
/// let a = DMatrix::from_row_slice(3, 3, &[0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0]); // x y on space
/// assert_eq!(ldlt(&a)?.inertia(), Inertia { positive: 1, negative: 1, zero: 1 });
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// R. A. Horn and C. R. Johnson, *Matrix Analysis*, 2nd ed. (2013), definition 4.5.6.
#[doc(alias = "signature")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Inertia {
    /// Positive eigenvalues.
    pub positive: usize,
    /// Negative eigenvalues.
    pub negative: usize,
    /// Eigenvalues that cannot be told from zero.
    pub zero: usize,
}

impl Inertia {
    /// Of $`L D L^\top`$ with unit lower $`L`$ and blocks of order 1 and 2 in $`D`$; of the leading squares that both
    /// have, if one was changed.
    pub(crate) fn of<T: Scalar>(l: &DMatrix<T>, d: &DMatrix<T>) -> Self {
        let orders = [l.nrows(), l.ncols(), d.nrows(), d.ncols()];
        let n = orders.into_iter().fold(usize::MAX, usize::min);
        let (l, d) = (double(l, 0, n), double(d, exponent(d), n));
        let noise = noise::<T>(&l, &d);
        let mut inertia = Self::default();
        for pivot in pivots(&d) {
            match pivot {
                Pivot::One(k) => inertia.count_one(d[(k, k)], noise[k]),
                Pivot::Two(k) => {
                    let noise = noise[k].sqrt() * noise[k + 1].sqrt();
                    inertia.count_two(d[(k + 1, k)], noise);
                }
            }
        }
        inertia
    }

    fn count_one(&mut self, pivot: f64, noise: f64) {
        if pivot > noise {
            self.positive += 1;
        } else if pivot < -noise {
            self.negative += 1;
        } else {
            self.zero += 1;
        }
    }

    /// The determinant of a block of order 2 is negative: otherwise its diagonal would have had a pivot.
    fn count_two(&mut self, off_diagonal: f64, noise: f64) {
        if off_diagonal.abs() > noise {
            self.positive += 1;
            self.negative += 1;
        } else {
            self.zero += 2;
        }
    }
}

/// A block of $`D`$, by its first index.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Pivot {
    One(usize),
    Two(usize),
}

impl Pivot {
    pub(crate) fn order(self) -> usize {
        match self {
            Self::One(_) => 1,
            Self::Two(_) => 2,
        }
    }
}

/// The blocks of order 1 and 2 on the diagonal, in order.
pub(crate) fn pivots(d: &DMatrix<f64>) -> Vec<Pivot> {
    let (n, mut k) = (d.nrows(), 0);
    let mut pivots = Vec::with_capacity(n);
    while k < n {
        let is_two = k + 1 < n && d[(k + 1, k)] != 0.0;
        let pivot = if is_two { Pivot::Two(k) } else { Pivot::One(k) };
        pivots.push(pivot);
        k += pivot.order();
    }
    pivots
}

/// What a backward error $`5\,n\,\varepsilon\,\lvert L \rvert \lvert D \rvert \lvert L \rvert^\top`$ may
/// change of the pivots: to first order, the diagonal of $`W \lvert D \rvert W^\top`$ with
/// $`W = \lvert L^{-1} \rvert \lvert L \rvert`$, times $`5\,n\,\varepsilon`$.
fn noise<T: Float>(l: &DMatrix<f64>, d: &DMatrix<f64>) -> Vec<f64> {
    let n = d.nrows();
    let mut inverse = DMatrix::identity(n, n);
    solve_unit_lower_triangular_in_place(faer(l), faer_mut(&mut inverse), Par::Seq);
    let moduli = |a: &DMatrix<f64>| DMatrix::from_fn(n, n, |i, j| a[(i, j)].abs());
    let w = times(view(&moduli(&inverse)), view(&moduli(l)));
    let product = |k: usize, i: usize, j: usize| w[(k, i)] * d[(i, j)].abs() * w[(k, j)];
    let size = |k: usize| -> f64 {
        // D is zero elsewhere.
        let on_the_diagonal = (0..=k).map(|i| product(k, i, i));
        let beside_it = (1..=k).map(|i| 2.0 * product(k, i, i - 1));
        on_the_diagonal.chain(beside_it).sum()
    };
    let factor = 5.0 * n as f64 * T::EPSILON.to_f64();
    (0..n).map(|k| factor * size(k)).collect()
}

/// The leading square of order n of $`2^{-e} A`$.
fn double<T: Scalar>(a: &DMatrix<T>, e: i32, n: usize) -> DMatrix<f64> {
    DMatrix::from_fn(n, n, |i, j| ldexp(a[(i, j)].to_f64(), -e))
}

fn exponent<T: Scalar>(a: &DMatrix<T>) -> i32 {
    binary_exponent(norm_infinity(a.as_slice()).to_f64())
}

#[cfg(test)]
mod tests {
    use super::{Inertia, Pivot, pivots};
    use nalgebra::DMatrix;

    #[test]
    fn blocks_are_found_in_order() {
        let d = DMatrix::from_row_slice(
            4,
            4,
            &[
                1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 3.0,
            ],
        );
        assert_eq!(pivots(&d), [Pivot::One(0), Pivot::Two(1), Pivot::One(3)]);
        assert_eq!(pivots(&DMatrix::zeros(0, 0)), []);
    }

    #[test]
    fn factors_of_different_order_count_as_far_as_they_go() {
        let (l, d) = (DMatrix::identity(3, 2), DMatrix::<f64>::identity(5, 5));
        assert_eq!(Inertia::of(&l, &d).positive, 2);
        assert_eq!(Inertia::of(&DMatrix::zeros(0, 0), &d), Inertia::default());
    }

    #[test]
    fn zero_is_judged_by_what_was_subtracted() {
        let inertia = |l21: f64, d: [f64; 2]| {
            let l = DMatrix::from_row_slice(2, 2, &[1.0, 0.0, l21, 1.0]);
            let d = DMatrix::from_row_slice(2, 2, &[d[0], 0.0, 0.0, d[1]]);
            let Inertia {
                positive,
                negative,
                zero,
            } = Inertia::of(&l, &d);
            (positive, negative, zero)
        };
        assert_eq!(inertia(0.0, [1e150, -1e-150]), (1, 1, 0));
        assert_eq!(inertia(0.5, [1.0, 1e-16]), (1, 0, 1));
        assert_eq!(inertia(0.5, [-1.0, 1e-14]), (1, 1, 0));
        assert_eq!(inertia(0.5, [0.0, 0.0]), (0, 0, 2));
    }
}
