//! The reference answer to `461_fisher_information`.

pub fn fisher_information(p: f64) -> f64 {
    1.0 / (p * (1.0 - p))
}
