//! Optimizers on a valley whose sides are κ times as steep as its floor.

gradus_live::export! {
    descend(method: u32, rate: f64, mu: f64, kappa: f64, steps: usize) -> f64;
}
