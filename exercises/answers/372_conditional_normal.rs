//! The reference answer to `372_conditional_normal`.

pub fn conditional_normal(mean: [f64; 2], covariance: [[f64; 2]; 2], first: f64) -> (f64, f64) {
    let slope = covariance[1][0] / covariance[0][0];
    let mean = mean[1] + slope * (first - mean[0]);
    (mean, covariance[1][1] - slope * covariance[1][0])
}
