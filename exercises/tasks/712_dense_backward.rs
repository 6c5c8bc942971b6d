//! Back through a dense layer. Book: *Backpropagation*.

/// For $`z = W x + b`$ and the error $`\delta = \partial L / \partial z`$: the gradient by W, as rows, and the error by x, as a
/// pair. (The gradient by b is δ.)
pub fn dense_backward(w: &[Vec<f64>], x: &[f64], delta: &[f64]) -> (Vec<Vec<f64>>, Vec<f64>) {
    todo!("{w:?} {x:?} {delta:?}")
}

gradus_judges::judge!(dense_backward);
