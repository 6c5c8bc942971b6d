//! The reference answer to `462_heavy_tails_step`.

pub fn heavy_tails_step(x: &[f64], (center, scale): (f64, f64), freedom: f64) -> (f64, f64) {
    let weight = |x: f64| 1.0 / (freedom + ((x - center) / scale).powi(2));
    let mean = |of: &dyn Fn(f64) -> f64| {
        let total: f64 = x.iter().map(|x| weight(*x)).sum();
        x.iter().map(|x| weight(*x) * of(*x)).sum::<f64>() / total
    };
    let next = mean(&|x| x);
    (next, mean(&|x| (x - next) * (x - next)).sqrt())
}
