//! Orthonormal bases that follow the eigenvectors of a symmetric matrix.
//!
//! A basis is a square matrix by rows, one vector a row. Sums are taken in double precision.

use gradus_numeric::Float;
use std::iter::zip;

/// The eigenvectors of a symmetric matrix of `n` rows, which ends nearly diagonal, by Jacobi's rotations.
///
/// A rotation of two rows and columns makes one entry zero; a sweep over all entries leaves the square of what was left
/// (G. H. Golub and C. F. Van Loan, *Matrix Computations*, 4th edition (2013), algorithm 8.5.3).
pub(crate) fn diagonalize<T: Float>(a: &mut [T], basis: &mut [T], n: usize) {
    basis.fill(T::default());
    basis
        .iter_mut()
        .step_by(n + 1)
        .for_each(|x| *x = T::from_f64(1.0));
    let mut sweeps = 0;
    while sweep(a, basis, n) && sweeps < SWEEPS {
        sweeps += 1;
    }
    orthonormalize(basis, n); // the rotations were rounded
}

/// Makes every entry beside the diagonal zero for a moment; whether one was there.
fn sweep<T: Float>(a: &mut [T], basis: &mut [T], n: usize) -> bool {
    let mut rotated = false;
    for (p, q) in (0..n).flat_map(|p| (p + 1..n).map(move |q| (p, q))) {
        let [app, apq, aqq] = [a[p * n + p], a[p * n + q], a[q * n + q]].map(T::to_f64);
        if apq.abs() > T::EPSILON.to_f64() * (app.abs() * aqq.abs()).sqrt() {
            let (c, s) = rotation(app, apq, aqq);
            rotate_columns(a, n, p, q, c, s);
            rotate_rows(a, n, p, q, c, s);
            rotate_rows(basis, n, p, q, c, s);
            rotated = true;
        }
    }
    rotated
}

/// Cosine and sine of the rotation that makes $`a_{pq}`$ zero, by at most an eighth of a turn.
fn rotation(app: f64, apq: f64, aqq: f64) -> (f64, f64) {
    let tau = (aqq - app) / (2.0 * apq);
    let t = if tau.is_infinite() {
        0.0
    } else {
        tau.signum() / (tau.abs() + tau.hypot(1.0))
    };
    let c = 1.0 / t.hypot(1.0);
    (c, t * c)
}

fn rotate_rows<T: Float>(a: &mut [T], n: usize, p: usize, q: usize, c: f64, s: f64) {
    (0..n).for_each(|k| rotate(a, p * n + k, q * n + k, c, s));
}

fn rotate_columns<T: Float>(a: &mut [T], n: usize, p: usize, q: usize, c: f64, s: f64) {
    (0..n).for_each(|k| rotate(a, k * n + p, k * n + q, c, s));
}

fn rotate<T: Float>(a: &mut [T], i: usize, j: usize, c: f64, s: f64) {
    let [x, y] = [a[i], a[j]].map(T::to_f64);
    a[i] = T::from_f64(c * x - s * y);
    a[j] = T::from_f64(s * x + c * y);
}

/// Makes rows orthonormal, each by what it has not in common with those before it (Gram and Schmidt).
///
/// A row that is a combination of them, to rounding, gives way to the axis that is farthest from them.
pub(crate) fn orthonormalize<T: Float>(rows: &mut [T], n: usize) {
    for i in 0..n {
        let (before, rest) = rows.split_at_mut(i * n);
        let row = &mut rest[..n];
        // Rounding leaves a part along the others; twice is enough, unless nothing is left.
        for _ in 0..2 {
            if !project(before, row) {
                farthest_axis(before, row);
            }
        }
    }
}

/// Takes the part along `before` from a row and makes its length 1; `false` if no more than rounding is left.
fn project<T: Float>(before: &[T], row: &mut [T]) -> bool {
    let (n, length) = (row.len(), norm(row));
    if length == 0.0 || !length.is_finite() {
        return false;
    }
    divide(row, length);
    for other in before.chunks_exact(n) {
        let along = dot(other, row);
        for (x, y) in zip(&mut *row, other) {
            *x = T::from_f64(x.to_f64() - along * y.to_f64());
        }
    }
    let left = norm(row);
    if left <= 8.0 * n as f64 * T::EPSILON.to_f64() {
        return false;
    }
    divide(row, left);
    true
}

fn divide<T: Float>(row: &mut [T], by: f64) {
    for x in row {
        *x = T::from_f64(x.to_f64() / by);
    }
}

/// Writes the axis that has the smallest part along `before`.
fn farthest_axis<T: Float>(before: &[T], row: &mut [T]) {
    let n = row.len();
    let along = |k: usize| -> f64 {
        let entries = before.chunks_exact(n).map(|other| other[k].to_f64());
        entries.map(|x| x * x).sum()
    };
    let farthest = (0..n).min_by(|&i, &j| along(i).total_cmp(&along(j)));
    row.fill(T::default());
    if let Some(k) = farthest {
        row[k] = T::from_f64(1.0);
    }
}

/// Sorts rows by falling size, and tells of every exchange.
pub(crate) fn sort_rows<T: Float>(
    rows: &mut [T],
    size: &mut [T],
    n: usize,
    mut exchanged: impl FnMut(usize, usize),
) {
    for i in 0..n {
        let largest = (i..n).fold(i, |best, j| if size[j] > size[best] { j } else { best });
        if largest != i {
            size.swap(i, largest);
            (0..n).for_each(|k| rows.swap(i * n + k, largest * n + k));
            exchanged(i, largest);
        }
    }
}

/// $`\max_{ij} \lvert (B B^\top - I)_{ij} \rvert`$.
pub(crate) fn skewness<T: Float>(basis: &[T], n: usize) -> f64 {
    let mut worst = 0.0_f64;
    for (i, a) in basis.chunks_exact(n.max(1)).enumerate() {
        for (j, b) in basis.chunks_exact(n.max(1)).enumerate() {
            let off = dot(a, b) - if i == j { 1.0 } else { 0.0 };
            worst = worst.max(if off.is_nan() {
                f64::INFINITY
            } else {
                off.abs()
            });
        }
    }
    worst
}

pub(crate) fn dot<T: Float>(a: &[T], b: &[T]) -> f64 {
    zip(a, b).map(|(a, b)| a.to_f64() * b.to_f64()).sum()
}

/// Divided by the largest entry first, so that no square overflows or vanishes.
fn norm<T: Float>(x: &[T]) -> f64 {
    let largest = x.iter().fold(0.0, |top: f64, x| top.max(x.to_f64().abs()));
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    let squares = x.iter().map(|x| (x.to_f64() / largest).powi(2));
    largest * squares.sum::<f64>().sqrt()
}

/// The entries beside the diagonal fall quadratically: six sweeps do for a thousand rows, and ten are safe.
const SWEEPS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Eigenvalues 3 and 1 along the diagonals.
        let (mut a, mut basis) = ([2.0, 1.0, 1.0, 2.0], [0.0; 4]);
        diagonalize(&mut a, &mut basis, 2);
        let half = 0.5_f64.sqrt();
        assert!(basis.iter().all(|x: &f64| (x.abs() - half).abs() < 1e-15));
        assert!(a[1].abs() < 1e-15 && a[2].abs() < 1e-15 && (a[0] * a[3] - 3.0).abs() < 1e-14);
    }

    #[test]
    fn dependent_rows_give_way_to_axes() {
        let mut rows = [3.0, 0.0, 0.0, 6.0, 0.0, 0.0, 0.0, 0.0, 0.0];
        orthonormalize(&mut rows, 3);
        assert_eq!(rows, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn rows_are_sorted_by_falling_size() {
        let (mut rows, mut size, mut moves) = ([1.0, 1.0, 2.0, 2.0], [0.5, 4.0], Vec::new());
        sort_rows(&mut rows, &mut size, 2, |i, j| moves.push((i, j)));
        assert_eq!((rows, moves), ([2.0, 2.0, 1.0, 1.0], vec![(0, 1)]));
    }
}
