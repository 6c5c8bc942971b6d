//! A model over one feature. Book: *Asking a model*.

/// The partial dependence of a model at one value of a feature: the mean of f over all samples, in each of which that feature was set to the
/// value and all others stay. There is one sample at least.
pub fn partial_dependence(
    f: &dyn Fn(&[f64]) -> f64,
    samples: &[Vec<f64>],
    feature: usize,
    value: f64,
) -> f64 {
    todo!("{:?} {feature} {value}", f(&samples[0]))
}

gradus_judges::judge!(partial_dependence);
