//! Many noisy descents at once, at a rate that stays and at one that falls.

gradus_live::export! {
    schedule(rate: f64, warm_up: usize) -> f64;
}
