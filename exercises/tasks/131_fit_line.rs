//! The line of least squares. Book: *Least squares*.

/// Intercept and slope $`(c_0, c_1)`$ of the line $`c_0 + c_1 t`$ with the smallest sum of squared errors. There are at least
/// two different t.
pub fn fit_line(t: &[f64], y: &[f64]) -> (f64, f64) {
    todo!("{t:?} {y:?}")
}

gradus_judges::judge!(fit_line);
