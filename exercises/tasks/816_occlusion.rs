//! Cover one, and look. Book: *Asking a model*.

/// By how much the value falls when one feature is covered: $`f(x) - f(x\ \mathrm{with}\ x_i = b_i)`$ for each i, all other features as they are. b is
/// the baseline.
pub fn occlusion(f: &dyn Fn(&[f64]) -> f64, x: &[f64], baseline: &[f64]) -> Vec<f64> {
    todo!("{} {x:?} {baseline:?}", f(x))
}

gradus_judges::judge!(occlusion);
