//! Functions to explain, and points to explain them at.

use gradus_explain::{MatrixRef, NumericError, Order, Shape};
use proptest::collection::vec;
use proptest::prelude::*;
use std::iter::zip;

pub(crate) const EPSILON: f64 = f64::EPSILON;

/// Σ aᵢ bᵢ
pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b).map(|(a, b)| a * b).sum()
}

/// The sum of magnitudes: what rounding of a sum is measured by.
pub(crate) fn size(a: &[f64]) -> f64 {
    a.iter().map(|a| a.abs()).sum()
}

/// Samples, one a column.
pub(crate) fn columns(
    features: usize,
    samples: &[f64],
) -> Result<MatrixRef<'_, f64>, NumericError> {
    let shape = Shape::new(features, samples.len() / features);
    MatrixRef::new(samples, shape, Order::Columns)
}

/// Several vectors of one length.
pub(crate) fn vectors<const K: usize>(
    lengths: std::ops::Range<usize>,
) -> impl Strategy<Value = [Vec<f64>; K]> {
    lengths.prop_flat_map(|n| std::array::from_fn(|_| entries(n)))
}

/// Numbers of many kinds of a usual size: zeros, ones and others.
pub(crate) fn entries(n: usize) -> impl Strategy<Value = Vec<f64>> {
    vec(
        prop_oneof![6 => -5.0..5.0, 1 => Just(0.0), 1 => Just(1.0), 1 => Just(-1.0)],
        n,
    )
}

/// A smooth function with interactions of every order.
pub(crate) fn bent(x: &[f64]) -> f64 {
    let sum: f64 = x.iter().sum();
    (sum / 3.0).tanh() + x[0] * x[x.len() - 1] / 5.0
}

/// Its gradient.
pub(crate) fn bent_slope(x: &[f64]) -> Vec<f64> {
    let (sum, last) = (x.iter().sum::<f64>(), x.len() - 1);
    let common = (1.0 - (sum / 3.0).tanh().powi(2)) / 3.0;
    let mut slope = vec![common; x.len()];
    slope[0] += x[last] / 5.0;
    slope[last] += x[0] / 5.0;
    slope
}
