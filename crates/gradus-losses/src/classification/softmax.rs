//! Softmax of sixteen samples side by side: the exponentials, and what normalizes them.

use crate::kernel::columnwise::Batch;
use crate::kernel::decay::decay;
use crate::kernel::lanes::{Block, LANES, Lanes};
use gradus_numeric::Float;
use std::iter::zip;

/// What $`\sigma(z)_i = e_i / \sum_j e_j`$ needs besides $`e_i = e^{z_i - \max z}`$, which are kept: the sum
/// $`\sum_i w_i q_i`$, which is 1 but for rounding and class weights, $`\sum_j e_j - 1`$ and $`1 / \sum_j e_j`$.
pub(crate) type Normalizer = [Lanes; 3];

#[inline(always)]
pub(crate) fn normalizer(total: Lanes, excess: Lanes) -> Normalizer {
    [total, excess, excess.map(|excess| 1.0 / (1.0 + excess))]
}

/// $`(\sum_j w_j q_j)\, \sigma(z)_i - w_i q_i`$ from $`e_i`$ and $`w_i q_i`$.
#[inline(always)]
pub(crate) fn slope([total, excess, inverse]: &Normalizer, lane: usize, e: f64, q: f64) -> f64 {
    ((total[lane] * e - q) - q * excess[lane]) * inverse[lane]
}

/// The largest logit of each sample.
#[inline(always)]
pub(crate) fn maximum<T: Float>(batch: Batch<'_, T>, at: Block) -> Lanes<T> {
    let mut top = batch.prediction(0, at);
    for i in 1..batch.prediction.rows() {
        for (top, z) in zip(&mut top, batch.prediction(i, at)) {
            *top = if *top < z { z } else { *top };
        }
    }
    top
}

/// $`\sum_i e_i - 1`$ where $`e_i = e^{z_i - \max z}`$, in sixteen parts, to each of which goes every sixteenth: so a sample that lies
/// together is added up by vectors, too, and to the same bits.
#[inline(always)]
pub(crate) fn sum_of_exponentials<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    top: &Lanes<T>,
    mut keep: impl FnMut(usize, &Lanes<T>),
) -> Lanes {
    let (mut ones, mut others) = ([-1.0; LANES], [0.0; LANES]);
    let rows = batch.prediction.rows();
    for first in 0..rows.min(LANES) {
        let mut part = [0.0; LANES];
        for i in (first..rows).step_by(LANES) {
            let e = exponentials(batch.prediction(i, at), top);
            add_apart(&e, &mut ones, &mut part);
            keep(i, &e);
        }
        zip(&mut others, part).for_each(|(other, part)| *other += part);
    }
    zip(&mut others, ones).for_each(|(other, one)| *other += one);
    others
}

/// $`e^{z - \max z}`$.
#[inline(always)]
pub(crate) fn exponentials<T: Float>(mut z: Lanes<T>, top: &Lanes<T>) -> Lanes<T> {
    for (z, &top) in zip(&mut z, top) {
        *z = decay(*z - top);
    }
    z
}

/// The largest exponentials, which are ones, and the others are summed apart, so that nothing of the others is lost; NaN flows.
#[inline(always)]
pub(crate) fn add_apart<T: Float>(e: &Lanes<T>, ones: &mut Lanes, others: &mut Lanes) {
    for lane in 0..LANES {
        let largest = e[lane] >= T::from_f64(1.0);
        ones[lane] += if largest { 1.0 } else { 0.0 };
        others[lane] += if largest { 0.0 } else { e[lane].to_f64() };
    }
}
