//! The reference answer to `342_importance_mean`.

pub fn importance_mean(values: &[f64], ln_weights: &[f64]) -> f64 {
    let largest = ln_weights.iter().fold(f64::NEG_INFINITY, |a, l| a.max(*l));
    let weights: Vec<f64> = ln_weights.iter().map(|l| (l - largest).exp()).collect();
    let sum: f64 = values.iter().zip(&weights).map(|(f, w)| f * w).sum();
    sum / weights.iter().sum::<f64>()
}
