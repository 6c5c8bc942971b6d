//! The reference answer to `538_calibration_error`.

pub fn calibration_error(truth: &[f64], p: &[f64], bins: usize) -> f64 {
    let edge = |b: usize| b as f64 / bins as f64;
    let distance = |b: usize| {
        let inside = |p: f64| p <= edge(b + 1) && (p > edge(b) || b == 0);
        let errors = truth.iter().zip(p).filter(|(_, p)| inside(**p));
        errors.map(|(y, p)| p - y).sum::<f64>().abs()
    };
    (0..bins).map(distance).sum::<f64>() / truth.len() as f64
}
