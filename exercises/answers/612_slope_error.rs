//! The reference answer to `612_slope_error`.

pub fn slope_error(x: &[f64], y: &[f64]) -> f64 {
    let n = x.len() as f64;
    let (mx, my) = (x.iter().sum::<f64>() / n, y.iter().sum::<f64>() / n);
    let sxx: f64 = x.iter().map(|x| (x - mx) * (x - mx)).sum();
    let sxy: f64 = x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum();
    let slope = sxy / sxx;
    let residuals = x.iter().zip(y).map(|(x, y)| y - my - slope * (x - mx));
    let squares: f64 = residuals.map(|r| r * r).sum();
    (squares / (n - 2.0) / sxx).sqrt()
}
