//! The entropy of a coin.

gradus_live::export! {
    coin(p: f64) -> f64;
}
