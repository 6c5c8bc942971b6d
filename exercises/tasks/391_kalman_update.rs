//! Move, see, believe. Book: *Tracking a state*.

/// One step of Kalman's filter in one dimension, from mean and variance of what is believed of a place to the next two. First it moves by an
/// unknown step of the variance `disturbance`; then it is `seen` with an error of the variance `noise`.
///
/// After the move the variance is $`p = v + q`$. The gain is $`K = p / (p + r)`$; the mean becomes $`m + K (y - m)`$ and the variance
/// $`(1 - K)\,p`$.
pub fn kalman_update(state: (f64, f64), disturbance: f64, seen: f64, noise: f64) -> (f64, f64) {
    todo!("{state:?} {disturbance:?} {seen:?} {noise:?}")
}

gradus_judges::judge!(kalman_update);
