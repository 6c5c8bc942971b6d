//! The reference answer to `111_back_substitution`.

pub fn back_substitution(u: &[Vec<f64>], c: &[f64]) -> Vec<f64> {
    let n = c.len();
    let mut x = vec![0.0; n];
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| u[i][j] * x[j]).sum();
        x[i] = (c[i] - known) / u[i][i];
    }
    x
}
