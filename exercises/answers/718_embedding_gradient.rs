//! The reference answer to `718_embedding_gradient`.

pub fn embedding_gradient(rows: usize, index: &[usize], g: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let mut gradient = vec![vec![0.0; g[0].len()]; rows];
    for (&row, g) in index.iter().zip(g) {
        for (sum, g) in gradient[row].iter_mut().zip(g) {
            *sum += g;
        }
    }
    gradient
}
