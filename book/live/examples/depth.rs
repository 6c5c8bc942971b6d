//! How large the gradient is in each layer of a deep stack, plain or with batch normalization.

gradus_live::export! {
    depth(scale: f64) -> usize;
}
