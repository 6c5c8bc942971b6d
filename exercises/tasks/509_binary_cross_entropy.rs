//! Cross-entropy from a logit. Book: *Binary cross-entropy*.

/// The loss $`-y \ln \sigma(z) - (1 - y) \ln (1 - \sigma(z))`$ of the logit z and the truth y, which is 0 or 1.
///
/// It is finite for every finite z: of z = 1000 and y = 0 it is 1000.
pub fn binary_cross_entropy(z: f64, y: f64) -> f64 {
    todo!("{z:?} {y:?}")
}

gradus_judges::judge!(binary_cross_entropy);
