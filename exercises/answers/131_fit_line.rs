//! The reference answer to `131_fit_line`.

pub fn fit_line(t: &[f64], y: &[f64]) -> (f64, f64) {
    let n = t.len() as f64;
    let (mean_t, mean_y) = (t.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let products = t.iter().zip(y).map(|(t, y)| (t - mean_t) * (y - mean_y));
    let squares = t.iter().map(|t| (t - mean_t) * (t - mean_t));
    let slope = products.sum::<f64>() / squares.sum::<f64>();
    (mean_y - slope * mean_t, slope)
}
