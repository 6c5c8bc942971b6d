//! The tape of y = (a + b) b: values forward, adjoints backward.

gradus_live::export! {
    tape(a: f64, b: f64) -> f64;
}
