//! The one loop of all losses: sixteen samples (columns) at a time, down their rows.

use crate::error::LossError;
use crate::kernel::lanes::{Block, LANES, Lanes, block, load, store};
use crate::kernel::loss::check_denominator;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{Float, MatrixMut, MatrixRef, Order, vectorized};
use std::iter::zip;

/// Predictions and what they are compared with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Batch<'a, T> {
    pub(crate) prediction: MatrixRef<'a, T>,
    pub(crate) target: Target<'a, T>,
}

impl<T: Float> Batch<'_, T> {
    /// Row `i` of the predictions of a block.
    #[inline(always)]
    pub(crate) fn prediction(&self, i: usize, at: Block) -> Lanes<T> {
        load(self.prediction, i, at)
    }

    /// Row `i` of the targets of a block; labels as one-hot columns.
    #[inline(always)]
    pub(crate) fn target(&self, i: usize, at: Block) -> Lanes {
        match self.target {
            Target::Values(values) => load(values, i, at).map(T::to_f64),
            Target::Labels(labels) => {
                let mut one_hot = [0.0; LANES];
                for (q, label) in zip(&mut one_hot, block(labels, at, u32::MAX)) {
                    *q = if label as usize == i { 1.0 } else { 0.0 };
                }
                one_hot
            }
        }
    }
}

/// A loss that treats every sample for itself.
pub(crate) trait Columnwise {
    /// What the slopes of a block need to know of the block.
    type Known;

    /// Whether this target fits to this prediction; ignored samples are not looked at.
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError>;

    /// $`\ell`$ of each sample of the block; `keep(i, x)` hands `x` on to the slopes of row `i`.
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Known);

    /// $`\partial \ell / \partial p_i`$ of each sample of the block; `kept` is garbage if nothing was kept.
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        known: &Self::Known,
        kept: &Lanes<T>,
    ) -> Lanes;
}

/// [`Loss::per_sample`](crate::Loss::per_sample) of a columnwise loss.
pub(crate) fn per_sample<T: Float>(
    loss: &impl Columnwise,
    batch: Batch<'_, T>,
    losses: &mut [T],
) -> Result<(), LossError> {
    let samples = batch.prediction.columns();
    if losses.len() != samples {
        let losses = losses.len();
        return Err(LossError::LossCount { losses, samples });
    }
    check(loss, batch, Weights::Equal)?;
    vectorized(
        #[inline(always)]
        move || {
            for (b, block) in losses.chunks_mut(LANES).enumerate() {
                let at = Block {
                    start: b * LANES,
                    whole: false,
                };
                let (lanes, _) = loss.losses(batch, at, |_, _| ());
                zip(block, lanes).for_each(|(loss, lane)| *loss = T::from_f64(lane));
            }
        },
    );
    Ok(())
}

/// [`Loss::value`](crate::Loss::value) of a columnwise loss.
pub(crate) fn value<T: Float>(
    loss: &impl Columnwise,
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
    denominator: f64,
) -> Result<f64, LossError> {
    check_denominator(denominator)?;
    check(loss, batch, weights)?;
    let columns = batch.prediction.columns();
    let sum = vectorized(
        #[inline(always)]
        move || {
            let mut sum = 0.0;
            for start in (0..columns).step_by(LANES) {
                let at = Block {
                    start,
                    whole: false,
                };
                let (losses, _) = loss.losses(batch, at, |_, _| ());
                sum = add(sum, &losses, &weigh(weights, at), columns - start);
            }
            sum
        },
    );
    Ok(sum / denominator)
}

/// [`Loss::value_and_gradient`](crate::Loss::value_and_gradient) of a columnwise loss.
pub(crate) fn value_and_gradient<T: Float>(
    loss: &impl Columnwise,
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
    denominator: f64,
    mut gradient: MatrixMut<'_, T>,
) -> Result<f64, LossError> {
    let shape = batch.prediction.shape();
    if gradient.shape() != shape {
        let (prediction, gradient) = (shape, gradient.shape());
        return Err(LossError::GradientShape {
            prediction,
            gradient,
        });
    }
    check_denominator(denominator)?;
    check(loss, batch, weights)?;
    let step = Step {
        batch,
        weights,
        denominator,
    };
    let whole = whole_columns(batch, gradient.order());
    let sum = vectorized(
        #[inline(always)]
        move || {
            let mut sum = 0.0;
            for start in (0..whole).step_by(LANES) {
                let at = Block { start, whole: true };
                sum = add_block(loss, step, at, &mut gradient, sum);
            }
            for start in (whole..shape.columns).step_by(LANES) {
                let at = Block {
                    start,
                    whole: false,
                };
                sum = add_block(loss, step, at, &mut gradient, sum);
            }
            sum
        },
    );
    Ok(sum / denominator)
}

/// What all blocks of a step share.
#[derive(Clone, Copy)]
struct Step<'a, T> {
    batch: Batch<'a, T>,
    weights: Weights<'a, T>,
    denominator: f64,
}

/// `sum` and the losses of a block; writes its gradient.
#[inline(always)]
fn add_block<T: Float>(
    loss: &impl Columnwise,
    Step {
        batch,
        weights,
        denominator,
    }: Step<'_, T>,
    at: Block,
    gradient: &mut MatrixMut<'_, T>,
    sum: f64,
) -> f64 {
    let (losses, known) = loss.losses(
        batch,
        at,
        #[inline(always)]
        |i, x| store(gradient, i, at, x),
    );
    let weight = weigh(weights, at);
    let factor = weight.map(|w| w / denominator);
    for i in 0..batch.prediction.rows() {
        let kept = load(gradient.as_ref(), i, at);
        let slopes = loss.slopes(batch, at, i, &known, &kept);
        store(gradient, i, at, &scale(&slopes, &factor));
    }
    let samples = batch.prediction.columns() - at.start;
    add(sum, &losses, &weight, samples)
}

/// How many columns lie in whole blocks.
fn whole_columns<T: Float>(batch: Batch<'_, T>, gradient: Order) -> usize {
    let target = match batch.target {
        Target::Labels(_) => Order::Rows,
        Target::Values(values) => values.order(),
    };
    if [batch.prediction.order(), target, gradient] == [Order::Rows; 3] {
        batch.prediction.columns() / LANES * LANES
    } else {
        0
    }
}

fn check<T: Float>(
    loss: &impl Columnwise,
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    if batch.prediction.columns() == 0 {
        return Err(LossError::EmptyBatch);
    }
    weights.check(batch.prediction.columns())?;
    loss.check(batch, weights)
}

/// The weights of a block; what stands beyond the end of the batch is not read.
#[inline(always)]
fn weigh<T: Float>(weights: Weights<'_, T>, at: Block) -> Lanes {
    match weights {
        Weights::Equal => [1.0; LANES],
        Weights::PerSample(weights) => block(weights, at, T::from_f64(0.0)).map(T::to_f64),
    }
}

/// `sum` + Σ wᵢ ℓᵢ over `samples` lanes, one after the other; what is ignored adds nothing, were it NaN.
#[inline(always)]
fn add(sum: f64, losses: &Lanes, weight: &Lanes, samples: usize) -> f64 {
    let counted = zip(losses, weight).take(samples);
    counted.fold(
        sum,
        |sum, (&loss, &w)| if w == 0.0 { sum } else { sum + w * loss },
    )
}

/// The slopes times wᵢ / d; what is ignored has gradient 0, were its slope NaN.
#[inline(always)]
fn scale<T: Float>(slopes: &Lanes, factor: &Lanes) -> Lanes<T> {
    let mut scaled = [T::from_f64(0.0); LANES];
    for (scaled, (&slope, &factor)) in zip(&mut scaled, zip(slopes, factor)) {
        *scaled = T::from_f64(if factor == 0.0 { 0.0 } else { slope * factor });
    }
    scaled
}

/// Implements [`Loss`](crate::Loss) by the functions above.
macro_rules! columnwise {
    ($loss:ty) => {
        impl<T: gradus_numeric::Float> $crate::Loss<T> for $loss {
            fn per_sample(
                &self,
                prediction: gradus_numeric::MatrixRef<'_, T>,
                target: $crate::Target<'_, T>,
                losses: &mut [T],
            ) -> Result<(), $crate::LossError> {
                let batch = $crate::kernel::columnwise::Batch { prediction, target };
                $crate::kernel::columnwise::per_sample(self, batch, losses)
            }

            fn value_and_gradient(
                &self,
                prediction: gradus_numeric::MatrixRef<'_, T>,
                target: $crate::Target<'_, T>,
                weights: $crate::Weights<'_, T>,
                denominator: f64,
                gradient: gradus_numeric::MatrixMut<'_, T>,
            ) -> Result<f64, $crate::LossError> {
                let batch = $crate::kernel::columnwise::Batch { prediction, target };
                $crate::kernel::columnwise::value_and_gradient(
                    self,
                    batch,
                    weights,
                    denominator,
                    gradient,
                )
            }

            fn value(
                &self,
                prediction: gradus_numeric::MatrixRef<'_, T>,
                target: $crate::Target<'_, T>,
                weights: $crate::Weights<'_, T>,
                denominator: f64,
            ) -> Result<f64, $crate::LossError> {
                let batch = $crate::kernel::columnwise::Batch { prediction, target };
                $crate::kernel::columnwise::value(self, batch, weights, denominator)
            }
        }
    };
}
pub(crate) use columnwise;
