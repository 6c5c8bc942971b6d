//! A convolution in one dimension. Book: *Convolution*.

/// The sums $`y_i = \sum_k w_k x_{i + k}`$ for all places i where the whole of w fits: n − k + 1 of them. (Networks call this
/// a convolution; nothing is turned round.)
pub fn convolution(x: &[f64], w: &[f64]) -> Vec<f64> {
    todo!("{x:?} {w:?}")
}

gradus_judges::judge!(convolution);
