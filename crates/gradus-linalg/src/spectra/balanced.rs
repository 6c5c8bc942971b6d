//! Balancing: coordinates in which rows and columns are of one size.

use crate::kernels::view::{column, column_mut};
use gradus_numeric::{binary_exponent, ldexp, norm2};
use nalgebra::{Complex, DMatrix};

/// $`B = D^{-1} A D`$ with $`D = \operatorname{diag}(2^{e_1}, \dots, 2^{e_n})`$: row i and column i of $`B`$ are of about
/// the same length.
///
/// A change of units: the eigenvalues stay, and so do all digits. Rounding errors of an algorithm are as large as the
/// largest entries; a small eigenvalue survives them only where the entries that make it are not small beside others
/// for their units.
///
/// # References
///
/// B. N. Parlett and C. Reinsch, *Balancing a matrix for calculation of eigenvalues and eigenvectors*, Numer. Math. 13
/// (1969), 293–304, algorithm 3; R. James, J. Langou and B. R. Lowery, *On matrix balancing and eigenvector
/// computation* (2014), <https://arxiv.org/abs/1401.5766>, for lengths with the diagonal, without which balancing can do
/// harm.
#[derive(Debug)]
pub(crate) struct Balanced {
    pub(crate) matrix: DMatrix<f64>,
    exponents: Vec<i32>,
}

impl Balanced {
    pub(crate) fn new(a: &DMatrix<f64>) -> Self {
        /// A few are enough, except for chains of rows that are balanced one after the other.
        const SWEEPS: usize = 40;
        let mut balanced = Self {
            matrix: a.clone(),
            exponents: vec![0; a.nrows()],
        };
        for _ in 0..SWEEPS {
            if !balanced.sweep() {
                break;
            }
        }
        balanced
    }

    /// Balances one row and its column after the other; whether there was something to do.
    fn sweep(&mut self) -> bool {
        let mut is_changed = false;
        for i in 0..self.exponents.len() {
            let row: Vec<f64> = self.matrix.row(i).iter().copied().collect();
            let e = balancing_exponent(norm2(column(&self.matrix, i)), norm2(&row));
            if e == 0 {
                continue;
            }
            for (j, x) in row.iter().enumerate() {
                self.matrix[(i, j)] = ldexp(*x, -e);
            }
            for x in column_mut(&mut self.matrix, i) {
                *x = ldexp(*x, e);
            }
            // Of both, the diagonal keeps its entry.
            self.matrix[(i, i)] = row[i];
            self.exponents[i] += e;
            is_changed = true;
        }
        is_changed
    }

    /// $`D X D^{-1}`$: a function of $`B`$ as one of $`A`$.
    pub(crate) fn undone(&self, x: &DMatrix<f64>) -> DMatrix<f64> {
        let e = &self.exponents;
        DMatrix::from_fn(x.nrows(), x.ncols(), |i, j| ldexp(x[(i, j)], e[i] - e[j]))
    }

    /// Whether $`B = A`$.
    pub(crate) fn is_unchanged(&self) -> bool {
        self.exponents.iter().all(|e| *e == 0)
    }

    /// $`v = D w`$ for an eigenvector $`w`$ of $`B`$, up to a power of two that keeps it near one.
    pub(crate) fn restored(&self, w: &[Complex<f64>]) -> Vec<Complex<f64>> {
        let entries = w.iter().zip(&self.exponents);
        let sizes = entries.clone().filter(|(w, _)| **w != Complex::ZERO);
        let sizes = sizes.map(|(w, e)| binary_exponent(w.re.abs().max(w.im.abs())) + e);
        let common = sizes.max().unwrap_or(0);
        let restored =
            entries.map(|(w, e)| Complex::new(ldexp(w.re, e - common), ldexp(w.im, e - common)));
        restored.collect()
    }
}

/// $`e`$ that brings the lengths $`2^e c`$ and $`2^{-e} r`$ together, or 0 if their sum hardly shrinks by that.
fn balancing_exponent(c: f64, r: f64) -> i32 {
    /// Of the sum, so much may remain.
    const SHRINKS: f64 = 0.95;
    if c == 0.0 || r == 0.0 {
        return 0;
    }
    let e = (binary_exponent(r) - binary_exponent(c)) / 2;
    if ldexp(c, e) + ldexp(r, -e) < SHRINKS * (c + r) {
        e
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::{Balanced, balancing_exponent};
    use nalgebra::{Complex, DMatrix};

    #[test]
    fn rows_and_columns_meet_in_the_middle() {
        assert_eq!(balancing_exponent(1.0, 1024.0), 5);
        assert_eq!(balancing_exponent(1024.0, 1.0), -5);
        assert_eq!(balancing_exponent(1.0, 2.0), 0);
        assert_eq!(
            balancing_exponent(0.0, 2.0) + balancing_exponent(2.0, 0.0),
            0
        );
    }

    #[test]
    fn units_are_undone() {
        let a = DMatrix::from_row_slice(2, 2, &[1.0, 3.0 * 1024.0, 2.0 / 1024.0, 4.0]);
        let balanced = Balanced::new(&a);
        assert_eq!(
            balanced.matrix,
            DMatrix::from_row_slice(2, 2, &[1.0, 3.0, 2.0, 4.0])
        );
        // (1, 0) and (0, 1) in the new units, in the old ones as long as they were.
        let [one, zero] = [Complex::ONE, Complex::ZERO];
        let v = balanced.restored(&[one, one]);
        assert_eq!(v[0] / v[1], Complex::from(1024.0));
        assert_eq!(balanced.restored(&[zero, one]), [zero, one]);
        assert_eq!(balanced.restored(&[zero, zero]), [zero, zero]);
    }

    /// 2⁻⁶⁰ times it would have lost digits.
    #[test]
    fn the_diagonal_keeps_its_digits() {
        let a = DMatrix::from_row_slice(2, 2, &[1e-300, 1.0, 2.0_f64.powi(-120), 1.0]);
        let balanced = Balanced::new(&a);
        assert!(!balanced.is_unchanged());
        assert_eq!(balanced.matrix.diagonal(), a.diagonal());
    }

    #[test]
    fn what_is_balanced_stays() {
        for a in [
            DMatrix::zeros(3, 3),
            DMatrix::identity(2, 2),
            DMatrix::zeros(0, 0),
        ] {
            let balanced = Balanced::new(&a);
            assert!(balanced.is_unchanged() && balanced.matrix == a);
        }
        let triangle = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 0.0, 3.0]);
        assert!(Balanced::new(&triangle).is_unchanged());
    }
}
