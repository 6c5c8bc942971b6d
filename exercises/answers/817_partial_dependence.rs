//! The reference answer to `817_partial_dependence`.

pub fn partial_dependence(
    f: &dyn Fn(&[f64]) -> f64,
    samples: &[Vec<f64>],
    feature: usize,
    value: f64,
) -> f64 {
    let at = |sample: &Vec<f64>| {
        let mut changed = sample.clone();
        changed[feature] = value;
        f(&changed)
    };
    samples.iter().map(at).sum::<f64>() / samples.len() as f64
}
