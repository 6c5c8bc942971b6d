//! The triangular root of a positive definite matrix.

use super::substitution::{substitute, substituted};
use crate::error::{MultivariateError, check_finite};
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{LinalgError, cholesky, qr};
use gradus_numeric::{CompensatedSum, binary_exponent, ldexp, norm2};
use std::f64::consts::LN_2;
use std::ops::Range;

/// A positive definite matrix by its triangular root, every row of it in a unit of its own.
///
/// ```math
/// A = D L L^\top D, \qquad D = \operatorname{diag}(2^{e_1}, \dots, 2^{e_n})
/// ```
///
/// The units are powers of two near the standard deviations, so that neither millimeters beside light years nor their squares
/// cost a digit or overflow.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Factor {
    units: Vec<i32>,
    l: DMatrix<f64>,
}

impl Factor {
    /// The root of a matrix that has to be symmetric and positive definite.
    pub(crate) fn of_matrix(a: &DMatrix<f64>) -> Result<Self, MultivariateError> {
        check_some(a.nrows())?;
        let units = units_of(a);
        let l = cholesky(&in_units(a, &units)).map_err(|error| restored(error, &units))?;
        Ok(Self { units, l })
    }

    /// The root of the inverse of such a matrix.
    ///
    /// Backwards, from the last row to the first, $`P = U U^\top`$ with an upper triangle, and $`L = U^{-\top}`$ is a lower one:
    /// one substitution instead of an inverse, and the condition of the root instead of that of the matrix.
    pub(crate) fn of_inverse(p: &DMatrix<f64>) -> Result<Self, MultivariateError> {
        let n = p.nrows();
        let last = |i: usize| n - 1 - i;
        let turned = DMatrix::from_fn(n, p.ncols(), |i, j| p[(last(i), p.ncols() - 1 - j)]);
        let Self { units, l: m } =
            Self::of_matrix(&turned).map_err(|error| turned_back(error, n))?;
        // Uᵀ = J Mᵀ J in units; it is lower triangular
        let upper = DMatrix::from_fn(n, n, |i, j| m[(last(j), last(i))]);
        let units: Vec<i32> = units.iter().rev().map(|e| -e).collect();
        Self::normalized(&substituted(&upper, DMatrix::identity(n, n)), &units)
    }

    /// The root of $`B B^\top`$, by an orthogonal triangularization of $`B^\top`$: the product, whose condition is the square of
    /// that of B, is not formed.
    ///
    /// A pivot that is no more than the rounding errors of its own row counts as zero.
    pub(crate) fn of_root(b: &DMatrix<f64>) -> Result<Self, MultivariateError> {
        let (n, k) = b.shape();
        check_some(n)?;
        let units: Vec<i32> = (0..n).map(|i| row_unit(b, i)).collect();
        let transposed = DMatrix::from_fn(k, n, |j, i| ldexp(b[(i, j)], -units[i]));
        let r = qr(&transposed)?.r;
        let noise = |j: usize| NOISE * (j + 1) as f64 * (k as f64).sqrt();
        if let Some(index) = (0..n).find(|&j| j >= k || r[(j, j)] <= noise(j)) {
            let root = if index < k { r[(index, index)] } else { 0.0 };
            let pivot = ldexp(root * root, 2 * units[index]);
            return Err(LinalgError::NotPositiveDefinite { index, pivot }.into());
        }
        Ok(Self {
            units,
            l: r.transpose(),
        })
    }

    /// A root that is given: a lower triangle with a positive diagonal, whose inverse does not overflow in its units.
    pub(crate) fn of_triangle(l: &DMatrix<f64>) -> Result<Self, MultivariateError> {
        let n = l.nrows();
        check_some(n)?;
        crate::error::check_length("a row of the factor", l.ncols(), n)?;
        for (column, entries) in l.as_slice().chunks_exact(n).enumerate() {
            check_finite("a column of the factor", entries)?;
            if let Some(row) = entries[..column].iter().position(|entry| *entry != 0.0) {
                let value = entries[row];
                return Err(MultivariateError::NotTriangular { row, column, value });
            }
        }
        let factor = Self::normalized(l, &vec![0; n])?;
        let inverse = substituted(&factor.l, DMatrix::identity(n, n));
        if inverse.iter().all(|w| w.is_finite()) {
            return Ok(factor);
        }
        let operation = "from_cholesky_factor";
        Err(MultivariateError::Overflow { operation })
    }

    /// A triangle in other units than its own.
    fn normalized(l: &DMatrix<f64>, given: &[i32]) -> Result<Self, MultivariateError> {
        let n = l.nrows();
        let shifts: Vec<i32> = (0..n).map(|i| row_unit(l, i)).collect();
        let l = DMatrix::from_fn(n, n, |i, j| ldexp(l[(i, j)], -shifts[i]));
        if let Some(index) = (0..n).find(|&i| l[(i, i)].is_nan() || l[(i, i)] <= 0.0) {
            let root = ldexp(l[(index, index)], shifts[index] + given[index]);
            let pivot = root * root.abs();
            return Err(LinalgError::NotPositiveDefinite { index, pivot }.into());
        }
        let units = given.iter().zip(shifts).map(|(e, shift)| e + shift);
        Ok(Self {
            units: units.collect(),
            l,
        })
    }

    /// The block of the root at these rows and columns: the root of the covariance that is left when those before are known.
    pub(crate) fn block(&self, rows: Range<usize>) -> Result<Self, MultivariateError> {
        let (first, n) = (rows.start, rows.len());
        let l = DMatrix::from_fn(n, n, |i, j| self.l[(first + i, first + j)]);
        Self::normalized(&l, &self.units[rows])
    }

    pub(crate) fn dimension(&self) -> usize {
        self.units.len()
    }

    /// $`D L`$.
    pub(crate) fn triangle(&self) -> DMatrix<f64> {
        let n = self.dimension();
        DMatrix::from_fn(n, n, |i, j| ldexp(self.l[(i, j)], self.units[i]))
    }

    /// $`A`$, symmetric to the bit.
    pub(crate) fn matrix(&self) -> DMatrix<f64> {
        let l = &self.l;
        let product = |i: usize, j: usize| (0..=j).map(|k| l[(i, k)] * l[(j, k)]).sum();
        symmetric(&self.units, product)
    }

    /// $`A^{-1}`$, symmetric to the bit.
    pub(crate) fn inverse(&self) -> DMatrix<f64> {
        let n = self.dimension();
        // L⁻ᵀ, every row in a unit of its own: the squares of its entries may overflow
        let w = substituted(&self.l, DMatrix::identity(n, n)).transpose();
        let shifts: Vec<i32> = (0..n).map(|i| row_unit(&w, i)).collect();
        let w = DMatrix::from_fn(n, n, |i, k| ldexp(w[(i, k)], -shifts[i]));
        let units = shifts.iter().zip(&self.units).map(|(shift, e)| shift - e);
        symmetric(&units.collect::<Vec<_>>(), |i, j| {
            (i..n).map(|k| w[(i, k)] * w[(j, k)]).sum()
        })
    }

    /// $`\ln \det(D L)`$, half of that of A.
    pub(crate) fn ln_determinant(&self) -> f64 {
        let pivots = (0..self.dimension()).map(|i| self.ln_pivot(i));
        pivots.collect::<CompensatedSum>().value()
    }

    /// $`\ln (2^{e_i} l_{ii})`$.
    pub(crate) fn ln_pivot(&self, i: usize) -> f64 {
        self.l[(i, i)].ln() + f64::from(self.units[i]) * LN_2
    }

    /// $`z`$ and s with $`D L z\, 2^s = d\, 2^t`$ for finite entries of d.
    pub(crate) fn whitened(&self, d: &[f64], t: i32) -> (Vec<f64>, i32) {
        let exponents = d.iter().zip(&self.units).filter(|(d, _)| **d != 0.0);
        let s = exponents.map(|(d, e)| binary_exponent(*d) - e).max();
        let s = s.unwrap_or(0);
        let in_units = d.iter().zip(&self.units).map(|(d, e)| ldexp(*d, -e - s));
        let mut z: Vec<f64> = in_units.collect();
        substitute(&self.l, &mut z);
        (z, s + t)
    }

    /// $`\sqrt{d^\top A^{-1} d}\, 2^t`$; NaN if an entry is NaN, and infinite if one is, or if it overflows.
    pub(crate) fn length(&self, d: &[f64], t: i32) -> f64 {
        if d.iter().any(|d| d.is_nan()) {
            return f64::NAN;
        }
        if d.iter().any(|d| d.is_infinite()) {
            return f64::INFINITY;
        }
        let (z, s) = self.whitened(d, t);
        let length = norm2(&z);
        // an overflow inside of the substitution
        if length.is_nan() {
            return f64::INFINITY;
        }
        ldexp(length, s)
    }

    /// $`D L z\, 2^s`$.
    pub(crate) fn colored(&self, z: &[f64], s: i32) -> Vec<f64> {
        let row = |i: usize| (0..=i).map(|j| self.l[(i, j)] * z[j]).sum();
        let rows = (0..self.dimension()).map(|i| ldexp(row(i), self.units[i] + s));
        rows.collect()
    }

    /// These rows of the root times z: what is known of them from the first entries of a white vector.
    pub(crate) fn image(&self, row: usize, z: &[f64], s: i32) -> f64 {
        let known: f64 = (0..z.len()).map(|j| self.l[(row, j)] * z[j]).sum();
        ldexp(known, self.units[row] + s)
    }

    /// $`(D L)^{-1} D' L'`$ with the root of another matrix: how it looks where this one is the identity.
    pub(crate) fn relative(&self, other: &Self) -> DMatrix<f64> {
        let n = self.dimension();
        let entry = |i: usize, j: usize| ldexp(other.l[(i, j)], other.units[i] - self.units[i]);
        substituted(&self.l, DMatrix::from_fn(n, n, entry))
    }

    /// The root of c² A.
    pub(crate) fn scaled(&self, c: f64) -> Result<Self, MultivariateError> {
        Self::normalized(&(&self.l * c), &self.units)
    }
}

/// $`2^{e_i + e_j} a_{ij}`$ with the lower triangle of a given by a function.
fn symmetric(units: &[i32], lower: impl Fn(usize, usize) -> f64) -> DMatrix<f64> {
    let mut a = DMatrix::zeros(units.len(), units.len());
    for j in 0..units.len() {
        for i in j..units.len() {
            a[(i, j)] = ldexp(lower(i, j), units[i] + units[j]);
            a[(j, i)] = a[(i, j)];
        }
    }
    a
}

/// Exponents with $`2^{-2 e_i} a_{ii}`$ in $`[1, 4)`$, if a can be positive definite; any other is left as it is, to be refused.
fn units_of(a: &DMatrix<f64>) -> Vec<i32> {
    let n = a.nrows();
    if !a.is_square() || (0..n).any(|i| !(a[(i, i)] > 0.0 && a[(i, i)].is_finite())) {
        return vec![0; n];
    }
    let units: Vec<i32> = (0..n).map(|i| binary_exponent(a[(i, i)]) >> 1).collect();
    if in_units(a, &units).iter().all(|a| a.abs() < 4.0) {
        units
    } else {
        vec![0; n]
    }
}

/// $`2^{-e_i - e_j} a_{ij}`$.
fn in_units(a: &DMatrix<f64>, units: &[i32]) -> DMatrix<f64> {
    if units.iter().all(|e| *e == 0) {
        return a.clone();
    }
    DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
        ldexp(a[(i, j)], -units[i] - units[j])
    })
}

/// The exponent of the largest entry of a row.
fn row_unit(b: &DMatrix<f64>, row: usize) -> i32 {
    let entries = b.row(row).iter().fold(0.0_f64, |most, b| most.max(b.abs()));
    if entries.is_finite() {
        binary_exponent(entries)
    } else {
        0
    }
}

/// An error in the units that were given.
fn restored(error: LinalgError, units: &[i32]) -> LinalgError {
    match error {
        LinalgError::NotPositiveDefinite { index, pivot } => LinalgError::NotPositiveDefinite {
            index,
            pivot: ldexp(pivot, 2 * units[index]),
        },
        LinalgError::NotSymmetric {
            row,
            column,
            asymmetry,
        } => LinalgError::NotSymmetric {
            row,
            column,
            asymmetry: ldexp(asymmetry, units[row] + units[column]),
        },
        other => other,
    }
}

/// An error about the matrix whose rows and columns stand in the opposite order.
fn turned_back(error: MultivariateError, n: usize) -> MultivariateError {
    match error {
        MultivariateError::Linalg(LinalgError::NotPositiveDefinite { index, pivot }) => {
            let index = n - 1 - index;
            LinalgError::NotPositiveDefinite { index, pivot }.into()
        }
        MultivariateError::Linalg(LinalgError::NotSymmetric {
            row,
            column,
            asymmetry,
        }) => LinalgError::NotSymmetric {
            row: n - 1 - column,
            column: n - 1 - row,
            asymmetry,
        }
        .into(),
        MultivariateError::Linalg(LinalgError::NonFinite {
            argument,
            row,
            column,
            value,
        }) => LinalgError::NonFinite {
            argument,
            row: n - 1 - row,
            column: n - 1 - column,
            value,
        }
        .into(),
        other => other,
    }
}

fn check_some(dimension: usize) -> Result<(), MultivariateError> {
    if dimension == 0 {
        Err(MultivariateError::NoDimension)
    } else {
        Ok(())
    }
}

/// Ten rounding errors, the constant of theorem 19.4 of Higham (2002) rounded up.
const NOISE: f64 = 5.0 * f64::EPSILON;

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> DMatrix<f64> {
        DMatrix::from_row_slice(2, 2, &[4.0, 2.0, 2.0, 10.0])
    }

    #[test]
    fn four_ways_lead_to_one_root() -> Result<(), MultivariateError> {
        let a = Factor::of_matrix(&example())?;
        let l = DMatrix::from_row_slice(2, 2, &[2.0, 0.0, 1.0, 3.0]);
        assert_eq!((a.triangle(), a.matrix()), (l.clone(), example()));
        assert_eq!(Factor::of_triangle(&l)?.matrix(), example());
        let near = |b: DMatrix<f64>, c: &DMatrix<f64>| (b - c).amax() <= 8.0 * f64::EPSILON;
        assert!(near(Factor::of_inverse(&a.inverse())?.triangle(), &l));
        let root = DMatrix::from_row_slice(2, 3, &[0.0, 2.0, 0.0, 3.0, 1.0, 0.0]);
        assert!(near(Factor::of_root(&root)?.triangle(), &l));
        assert_eq!(a.ln_determinant(), 6.0_f64.ln());
        assert_eq!(a.length(&[2.0, 7.0], 0), 5.0_f64.sqrt()); // z = (1, 2)
        assert_eq!(a.colored(&[1.0, 2.0], 0), [2.0, 7.0]);
        Ok(())
    }

    #[test]
    fn units_may_be_as_far_apart_as_numbers_are() -> Result<(), MultivariateError> {
        let (tiny, huge) = (2.0_f64.powi(-1000), 2.0_f64.powi(1000));
        let a = Factor::of_matrix(&DMatrix::from_row_slice(2, 2, &[tiny, 0.5, 0.5, huge]))?;
        assert_eq!(a.matrix()[(0, 1)], 0.5);
        let length = a.length(&[tiny.sqrt(), 0.0], 0);
        assert!((length - (4.0_f64 / 3.0).sqrt()).abs() < 1e-15); // 1 / (1 − ¼)
        Ok(())
    }

    #[test]
    fn what_is_no_root_is_refused() {
        let refused = |rows: [f64; 4], index: usize, pivot: f64| {
            let error: MultivariateError = LinalgError::NotPositiveDefinite { index, pivot }.into();
            let a = DMatrix::from_row_slice(2, 2, &rows);
            assert_eq!(Factor::of_matrix(&a), Err(error));
        };
        refused([1.0, 2.0, 2.0, 1.0], 1, -3.0);
        refused([0.0, 0.0, 0.0, 1.0], 0, 0.0);
        let beyond = DMatrix::from_row_slice(2, 2, &[1e-300, 1e300, 1e300, 1.0]);
        assert!(Factor::of_matrix(&beyond).is_err());
        let inverse = DMatrix::from_row_slice(2, 2, &[-1.0, 0.0, 0.0, 1.0]);
        let error = LinalgError::NotPositiveDefinite {
            index: 0,
            pivot: -1.0,
        };
        assert_eq!(Factor::of_inverse(&inverse), Err(error.into()));
        let line = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 6.0]);
        assert!(matches!(
            Factor::of_root(&line),
            Err(MultivariateError::Linalg(
                LinalgError::NotPositiveDefinite { index: 1, .. }
            ))
        ));
        let full = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 6.0]);
        let (row, column, value) = (0, 1, 2.0);
        let error = MultivariateError::NotTriangular { row, column, value };
        assert_eq!(Factor::of_triangle(&full), Err(error));
        let none = DMatrix::zeros(0, 0);
        for error in [
            Factor::of_matrix(&none),
            Factor::of_inverse(&none),
            Factor::of_triangle(&none),
        ] {
            assert_eq!(error, Err(MultivariateError::NoDimension));
        }
    }
}
