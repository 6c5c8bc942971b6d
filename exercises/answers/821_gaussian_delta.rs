//! The reference answer to `821_gaussian_delta`.

pub fn gaussian_delta(noise: f64, epsilon: f64) -> f64 {
    let cdf = gradus_numeric::normal_cdf::<f64>;
    let (half, shift) = (0.5 / noise, epsilon * noise);
    cdf(half - shift) - epsilon.exp() * cdf(-half - shift)
}
