//! What losses of the probability given to the truth share: cross-entropy's gradient, with other targets.

use crate::classification::softmax::{Normalizer, maximum, normalizer, slope, sum_of_exponentials};
use crate::kernel::columnwise::Batch;
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::logarithm::ln_1p;
use gradus_numeric::Float;
use std::iter::zip;

/// What the slopes share: the normalizer of softmax whose total is $`\sum_i a_i`$, and $`\operatorname{lse}(z)`$ as
/// $`\max z`$ and the rest.
pub(crate) type Shared = (Normalizer, Lanes, Lanes);

/// $`\sum_i q_i \varphi(\ln p_i)`$ of each sample, where $`p = \sigma(z)`$; `loss` is $`\varphi`$ and `pull` is $`-\varphi'`$.
#[inline(always)]
pub(crate) fn losses<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    keep: impl FnMut(usize, &Lanes<T>),
    loss: impl Fn(f64) -> f64,
    pull: impl Fn(f64) -> f64,
) -> (Lanes, Shared) {
    let top = maximum(batch, at);
    let excess = sum_of_exponentials(batch, at, &top, keep);
    let (top, rest) = (top.map(T::to_f64), excess.map(ln_1p));
    let (mut losses, mut total) = ([0.0; LANES], [0.0; LANES]);
    for i in 0..batch.prediction.rows() {
        let (q, l) = (
            batch.target(i, at),
            log_probability(batch, at, i, &top, &rest),
        );
        for lane in 0..LANES {
            losses[lane] += share(q[lane], l[lane], &loss);
            total[lane] += share(q[lane], l[lane], &pull);
        }
    }
    (losses, (normalizer(total, excess), top, rest))
}

/// $`p_i \sum_k a_k - a_i`$, where $`a_i = -q_i \varphi'(\ln p_i)`$ stands where cross-entropy has $`q_i`$.
#[inline(always)]
pub(crate) fn slopes<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    i: usize,
    (normalizer, top, rest): &Shared,
    kept: &Lanes<T>,
    pull: impl Fn(f64) -> f64,
) -> Lanes {
    let (q, l) = (
        batch.target(i, at),
        log_probability(batch, at, i, top, rest),
    );
    let mut slopes = [0.0; LANES];
    for lane in 0..LANES {
        let a = share(q[lane], l[lane], &pull);
        slopes[lane] = slope(normalizer, lane, kept[lane].to_f64(), a);
    }
    slopes
}

/// $`\ln p_i = (z_i - \max z) - \ln \sum_j e^{z_j - \max z}`$.
#[inline(always)]
pub(crate) fn log_probability<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    i: usize,
    top: &Lanes,
    rest: &Lanes,
) -> Lanes {
    let mut l = batch.prediction(i, at).map(T::to_f64);
    for (l, (top, rest)) in zip(&mut l, zip(top, rest)) {
        *l = (*l - top) - rest;
    }
    l
}

/// $`q f(l)`$, where $`0 \cdot \infty = 0`$: a class that is not asked for does not count.
#[inline(always)]
fn share(q: f64, l: f64, f: &impl Fn(f64) -> f64) -> f64 {
    if q == 0.0 { 0.0 } else { q * f(l) }
}
