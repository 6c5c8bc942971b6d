//! Backpropagation by hand. Book: *Backpropagation*.

/// The gradient of a network of two layers for one sample: hidden units $`h_i = \tanh(\sum_j w_{ij} x_j)`$, output
/// $`p = \sum_i v_i h_i`$, loss $`(p - y)^2`$.
///
/// Returns one flat vector: the derivatives by `w`, row after row, and then those by `v`.
pub fn two_layer_gradient(w: &[Vec<f64>], v: &[f64], x: &[f64], y: f64) -> Vec<f64> {
    todo!("{w:?} {v:?} {x:?} {y:?}")
}

gradus_judges::judge!(two_layer_gradient);
