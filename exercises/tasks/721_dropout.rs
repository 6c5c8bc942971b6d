//! Dropout of one layer. Book: *Dropout*.

/// Dropout in training: entries where `keep` is false become 0, the others are divided by $`1 - p`$, so that the mean stays;
/// p is the probability of being dropped.
pub fn dropout(x: &[f64], keep: &[bool], p: f64) -> Vec<f64> {
    todo!("{x:?} {keep:?} {p:?}")
}

gradus_judges::judge!(dropout);
