//! The reference answer to `371_mahalanobis`.

pub fn mahalanobis(x: &[f64], mean: &[f64], l: &[Vec<f64>]) -> f64 {
    let mut z: Vec<f64> = Vec::new();
    for (i, row) in l.iter().enumerate() {
        let known: f64 = row.iter().zip(&z).map(|(l, z)| l * z).sum();
        z.push((x[i] - mean[i] - known) / row[i]);
    }
    z.iter().map(|z| z * z).sum::<f64>().sqrt()
}
