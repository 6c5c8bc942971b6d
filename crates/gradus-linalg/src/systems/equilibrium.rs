//! Rows and columns of very different size are first brought to the same size.

use crate::checked::scaled::{extend_scaled, rescaled, size};
use crate::error::LinalgError;
use crate::kernels::vector::{for_length, largest};
use crate::kernels::view::columns;
use crate::systems::step::Step;
use gradus_numeric::{Float, binary_exponent, ldexp};
use nalgebra::DMatrix;

/// $`\hat a_{ij} = 2^{-e - r_i - c_j} a_{ij}`$, the largest entry near one.
///
/// $`r`$ and $`c`$ are 0 (and empty here) unless rows or columns differ by more than $`2^{30}`$ in size; then
/// every row, and after that every column, gets a largest entry in $`[1, 2)`$.
#[derive(Debug)]
pub(crate) struct Equilibrium {
    /// $`\hat A`$.
    pub(crate) matrix: DMatrix<f64>,
    /// Sizes of the columns of $`\hat A`$; the largest is $`\lVert \hat A \rVert_1`$.
    pub(crate) column_sums: Sizes,
    /// Sizes of the rows; the largest is $`\lVert \hat A \rVert_\infty`$.
    pub(crate) row_sums: Sizes,
    common: i32,
    rows: Vec<i32>,
    columns: Vec<i32>,
}

impl Equilibrium {
    /// Refuses NaN and infinite entries before any arithmetic.
    pub(crate) fn new<T: Float>(a: &DMatrix<T>) -> Result<Self, LinalgError> {
        let size = size("a", a)?;
        let common = binary_exponent(size);
        let given = Self::with(rescaled(a, common), common, vec![], vec![]);
        if given.row_sums.are_near() && given.column_sums.are_near() {
            return Ok(given);
        }
        // A row of zeros need not have been one before it was scaled.
        let rows = row_sizes(a);
        let is_near = |s: f64| s == 0.0 || s >= size * SPREAD;
        if rows.iter().copied().all(is_near) && columns(a).map(largest).all(is_near) {
            return Ok(given);
        }
        let rows: Vec<i32> = rows.iter().map(|s| exponent_above(*s, common)).collect();
        let columns = columns(a).map(|column| {
            let entries = column.iter().zip(&rows);
            let exponents = entries.filter_map(|(x, r)| {
                let x = x.to_f64();
                (x != 0.0).then(|| binary_exponent(x) - common - r)
            });
            exponents.max().unwrap_or(0)
        });
        let columns: Vec<i32> = columns.collect();
        let matrix = DMatrix::from_fn(a.nrows(), a.ncols(), |i, j| {
            ldexp(a[(i, j)].to_f64(), -(common + rows[i] + columns[j]))
        });
        Ok(Self::with(matrix, common, rows, columns))
    }

    fn with(matrix: DMatrix<f64>, common: i32, rows: Vec<i32>, columns: Vec<i32>) -> Self {
        let [column_sums, row_sums] = sums(&matrix);
        Self {
            matrix,
            column_sums,
            row_sums,
            common,
            rows,
            columns,
        }
    }

    /// $`\hat b_{ij} = 2^{-r_i - e_j} b_{ij}`$ and the exponents $`e_j`$ of the unknowns, those of $`A`$
    /// subtracted.
    pub(crate) fn right_hand_sides<T: Float>(
        &self,
        b: &[T],
        n: usize,
        columns: usize,
    ) -> (DMatrix<f64>, Vec<i32>) {
        let mut scaled = Vec::with_capacity(b.len());
        let mut exponents = Vec::with_capacity(columns);
        for b in b.chunks_exact(n.max(1)) {
            let e = if self.rows.is_empty() {
                let e = binary_exponent(largest(b));
                extend_scaled(&mut scaled, b, -e, |b| b);
                e
            } else {
                let entries = b.iter().zip(&self.rows);
                let sizes = entries.clone().filter_map(|(b, r)| {
                    let b = b.to_f64();
                    (b != 0.0).then(|| binary_exponent(b) - r)
                });
                let e = sizes.max().unwrap_or(0);
                scaled.extend(entries.map(|(b, r)| ldexp(b.to_f64(), -(r + e))));
                e
            };
            exponents.push(e - self.common);
        }
        exponents.resize(columns, 0);
        (DMatrix::from_vec(n, columns, scaled), exponents)
    }

    /// $`x_{ij} = 2^{e_j - c_i} \hat x_{ij}`$ in `T`, unless an entry is too large for it.
    pub(crate) fn unknowns<T: Float>(
        &self,
        x: &DMatrix<f64>,
        exponents: &[i32],
        operation: &'static str,
    ) -> Result<Vec<T>, LinalgError> {
        let mut given = Vec::with_capacity(x.nrows() * x.ncols());
        for (column, e) in columns(x).zip(exponents) {
            if self.columns.is_empty() {
                extend_scaled(&mut given, column, *e, T::from_f64);
                continue;
            }
            let column = column.iter().enumerate();
            given.extend(column.map(|(i, x)| T::from_f64(ldexp(*x, e - self.column(i)))));
        }
        if largest(&given).is_nan() {
            return Err(LinalgError::Overflow { operation });
        }
        Ok(given)
    }

    /// The inverse of [`Self::unknowns`].
    pub(crate) fn unknowns_back<T: Float>(&self, x: &[T], exponents: &[i32]) -> DMatrix<f64> {
        let n = self.matrix.nrows();
        let mut scaled = Vec::with_capacity(x.len());
        for (x, e) in x.chunks_exact(n.max(1)).zip(exponents) {
            if self.columns.is_empty() {
                extend_scaled(&mut scaled, x, -e, |x| x);
            } else {
                let x = x.iter().zip(&self.columns);
                scaled.extend(x.map(|(x, c)| ldexp(x.to_f64(), c - e)));
            }
        }
        DMatrix::from_vec(n, exponents.len(), scaled)
    }

    /// The step in the system as it was given: `rows` are the exponents of the rows in their present
    /// order, `e` that of the unknowns.
    pub(crate) fn unscaled_step(&self, step: Step, rows: &[i32], e: i32) -> Step {
        match step {
            Step::Swap { .. } => step,
            Step::Eliminate {
                row,
                pivot_row,
                factor,
            } => Step::Eliminate {
                row,
                pivot_row,
                factor: ldexp(factor, rows[row] - rows[pivot_row]),
            },
            Step::BackSubstitute { row, value } => Step::BackSubstitute {
                row,
                value: ldexp(value, e - self.column(row)),
            },
        }
    }

    /// $`r_i`$ of every row.
    pub(crate) fn row_exponents(&self, n: usize) -> Vec<i32> {
        if self.rows.is_empty() {
            vec![0; n]
        } else {
            self.rows.clone()
        }
    }

    /// $`k`$ with $`\det A = 2^k \det \hat A`$, for n × n matrices.
    pub(crate) fn determinant_exponent(&self, n: usize) -> i64 {
        let each = self.rows.iter().chain(&self.columns).map(|e| i64::from(*e));
        // A matrix has at most 2⁶⁰ rows in any memory.
        i64::from(self.common) * i64::try_from(n).unwrap_or(0) + each.sum::<i64>()
    }

    fn column(&self, j: usize) -> i32 {
        self.columns.get(j).copied().unwrap_or(0)
    }
}

/// Sizes that differ by less are left alone: 2⁻³⁰, half the digits of a number.
const SPREAD: f64 = 1.0 / (1 << 30) as f64;

/// The smallest and the largest of some sizes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sizes {
    smallest: f64,
    pub(crate) largest: f64,
}

impl Sizes {
    fn of(sizes: impl Iterator<Item = f64>) -> Self {
        let (mut smallest, mut largest) = (f64::INFINITY, 0.0);
        for size in sizes {
            smallest = if size < smallest { size } else { smallest };
            largest = if size > largest { size } else { largest };
        }
        Self { smallest, largest }
    }

    fn are_near(self) -> bool {
        self.smallest >= self.largest * SPREAD
    }
}

/// $`\sum_i |a_{ij}|`$ of the columns and $`\sum_j |a_{ij}|`$ of the rows, in one walk.
fn sums(a: &DMatrix<f64>) -> [Sizes; 2] {
    let mut rows = vec![0.0; a.nrows()];
    let sums = rows.as_mut_slice();
    let of_columns = for_length(
        a.nrows(),
        #[inline(always)]
        move || Sizes::of(columns(a).map(|column| add_sizes(sums, column))),
    );
    [of_columns, Sizes::of(rows.into_iter())]
}

/// $`s_i \leftarrow s_i + |x_i|`$, and $`\sum_i |x_i|`$.
#[inline(always)]
fn add_sizes(sums: &mut [f64], x: &[f64]) -> f64 {
    const LANES: usize = 4;
    let (chunks, rest) = x.as_chunks::<LANES>();
    let (sum_chunks, sum_rest) = sums.as_chunks_mut::<LANES>();
    let mut total = [0.0; LANES];
    for (sum, x) in sum_chunks.iter_mut().zip(chunks) {
        (0..LANES).for_each(|l| sum[l] += x[l].abs());
        (0..LANES).for_each(|l| total[l] += x[l].abs());
    }
    let [p, q, r, s] = total;
    let mut total = (p + r) + (q + s);
    for (sum, x) in sum_rest.iter_mut().zip(rest) {
        *sum += x.abs();
        total += x.abs();
    }
    total
}

/// The exponent of a size over the common one; 0 for a row of zeros.
fn exponent_above(size: f64, common: i32) -> i32 {
    if size == 0.0 {
        0
    } else {
        binary_exponent(size) - common
    }
}

/// $`\max_j |a_{ij}|`$ of every row.
fn row_sizes<T: Float>(a: &DMatrix<T>) -> Vec<f64> {
    let size = |row| {
        (0..a.ncols())
            .map(|j| a[(row, j)].to_f64().abs())
            .fold(0.0, f64::max)
    };
    (0..a.nrows()).map(size).collect()
}

#[cfg(test)]
mod tests {
    use super::Equilibrium;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn columns_and_rows_are_summed_by_size() -> Result<(), LinalgError> {
        // Scaled by 2⁻²: columns 4 and 6, rows 3 and 7.
        let a = Equilibrium::new(&DMatrix::from_row_slice(2, 2, &[1.0, -2.0, -3.0, 4.0]))?;
        assert_eq!((a.column_sums.largest, a.row_sums.largest), (1.5, 1.75));
        assert_eq!((a.column_sums.smallest, a.row_sums.smallest), (1.0, 0.75));
        Ok(())
    }

    #[test]
    fn a_row_of_zeros_is_no_reason_to_balance_others() -> Result<(), LinalgError> {
        for a in [[-4.0, 0.0, 3.0, 0.0], [-4.0, 3.0, 0.0, 0.0]] {
            let balanced = Equilibrium::new(&DMatrix::from_row_slice(2, 2, &a))?;
            assert_eq!(balanced.matrix, DMatrix::from_row_slice(2, 2, &a) / 4.0);
        }
        Ok(())
    }

    #[test]
    fn rows_or_columns_that_differ_are_balanced() -> Result<(), LinalgError> {
        for a in [
            [1e200, 0.0, 0.0, 1e-200],
            [1.0, 0.0, 0.0, 1e-12],
            [1.0, 2.0, 1e-12, 3e-12],
            [1.0, 1e-12, 2.0, 3e-12],
        ] {
            let balanced = Equilibrium::new(&DMatrix::from_row_slice(2, 2, &a))?.matrix;
            let sizes = balanced.row_iter().map(|row| row.amax());
            let sizes = sizes.chain(balanced.column_iter().map(|column| column.amax()));
            assert!(
                sizes.into_iter().all(|s| (0.5..2.0).contains(&s)),
                "{balanced}"
            );
        }
        Ok(())
    }
}
