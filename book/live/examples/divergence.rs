//! Divergences of two normal laws.

gradus_live::export! {
    divergence(mean_p: f64, spread_p: f64, mean_q: f64, spread_q: f64) -> f64;
}
