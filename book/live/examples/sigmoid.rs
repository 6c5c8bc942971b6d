//! The sigmoid and its slope.

gradus_live::export! {
    sigmoid_at(x: f64) -> f64;
}
