//! The way back through a convolution. Book: *Convolution*.

/// For $`y_i = \sum_k w_k x_{i + k}`$ and the slopes $`\delta_i = \partial \ell / \partial y_i`$: the slopes of the loss by the weights of the window. There are
/// as many places as `delta` has entries, and at least as many numbers in x.
pub fn window_gradient(x: &[f64], delta: &[f64]) -> Vec<f64> {
    todo!("{x:?} {delta:?}")
}

gradus_judges::judge!(window_gradient);
