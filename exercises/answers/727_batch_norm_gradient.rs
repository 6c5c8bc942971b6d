//! The reference answer to `727_batch_norm_gradient`.

pub fn batch_norm_gradient(x: &[f64], g: &[f64]) -> Vec<f64> {
    let m = x.len() as f64;
    let mean = x.iter().sum::<f64>() / m;
    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / m;
    let deviation = (variance + 1e-5).sqrt();
    let y: Vec<f64> = x.iter().map(|x| (x - mean) / deviation).collect();
    let mean_g = g.iter().sum::<f64>() / m;
    let mean_gy = g.iter().zip(&y).map(|(g, y)| g * y).sum::<f64>() / m;
    let entry = |(g, y): (&f64, &f64)| (g - mean_g - y * mean_gy) / deviation;
    g.iter().zip(&y).map(entry).collect()
}
