//! A network with one hidden layer that learns a curve from few noisy points, with dropout.

gradus_live::export! {
    dropout(p: f64, steps: usize) -> f64;
}
