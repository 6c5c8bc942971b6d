//! Scores and their probabilities.

gradus_live::export! {
    softmax(n: usize, temperature: f64) -> f64;
}
