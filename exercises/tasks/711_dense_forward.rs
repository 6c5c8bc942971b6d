//! A dense layer. Book: *Neurons and layers*.

/// The pre-activations $`z = W x + b`$ of a dense layer for one sample; W is given as rows, one row a unit.
pub fn dense_forward(w: &[Vec<f64>], b: &[f64], x: &[f64]) -> Vec<f64> {
    todo!("{w:?} {b:?} {x:?}")
}

gradus_judges::judge!(dense_forward);
