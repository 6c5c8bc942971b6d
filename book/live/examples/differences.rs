//! Difference quotients of the sine.

gradus_live::export! {
    differences(x: f64, h: f64) -> f64;
}
