//! Substitution in a triangle of which it is known that no pivot is small.

use gradus_linalg::nalgebra::DMatrix;

/// $`L^{-1} b`$ in the place of b, column by column: each unknown, once found, is taken out of the equations that are left.
///
/// No check is made: substitution is backward stable, row by row, whatever the condition (Higham 2002, theorem 8.5).
pub(crate) fn substitute(l: &DMatrix<f64>, b: &mut [f64]) {
    let n = b.len();
    for (j, column) in l.as_slice().chunks_exact(n.max(1)).enumerate() {
        b[j] /= column[j];
        let (known, rest) = b.split_at_mut(j + 1);
        for (b, l) in rest.iter_mut().zip(&column[j + 1..]) {
            *b -= l * known[j];
        }
    }
}

/// $`L^{-1} B`$, a column at a time.
pub(crate) fn substituted(l: &DMatrix<f64>, mut b: DMatrix<f64>) -> DMatrix<f64> {
    let n = l.nrows().max(1);
    for column in b.as_mut_slice().chunks_exact_mut(n) {
        substitute(l, column);
    }
    b
}
