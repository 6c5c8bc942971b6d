//! The one loop of all losses: sixteen samples (columns) at a time, down their rows.

use crate::error::LossError;
use crate::kernel::compensated::BlockSum;
use crate::kernel::lanes::{Block, LANES, Lanes, block, load, store};
use crate::kernel::loss::{Loss, check_denominator};
use crate::kernel::target::{Target, Weights};
use crate::kernel::turned::Turned;
use gradus_numeric::{Float, MatrixMut, MatrixRef, Order, vectorized};
use std::fmt::Debug;
use std::iter::zip;

/// Predictions and what they are compared with, as a loss of one's own sees them.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Batch, Block, MatrixRef, Target};
///
/// let prediction = MatrixRef::from_column(&[0.5_f32, 0.25, 0.25]);
/// let batch = Batch { prediction, target: Target::Labels(&[2]) };
/// let at = Block::from_sample(0);
/// assert_eq!(batch.prediction(1, at)[0], 0.25);
/// assert_eq!([0, 1, 2].map(|i| batch.target(i, at)[0]), [0.0, 0.0, 1.0]); // one-hot
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a, T> {
    /// One column per sample.
    pub prediction: MatrixRef<'a, T>,
    /// One label, or one column, per sample.
    pub target: Target<'a, T>,
}

impl<T: Float> Batch<'_, T> {
    /// Row `i` of the predictions of a block.
    #[inline(always)]
    #[must_use]
    pub fn prediction(&self, i: usize, at: Block) -> Lanes<T> {
        load(self.prediction, i, at)
    }

    /// Row `i` of the targets of a block; labels as one-hot columns.
    #[inline(always)]
    #[must_use]
    pub fn target(&self, i: usize, at: Block) -> Lanes {
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

/// A loss that treats every sample for itself: what a loss of one's own needs if its entries depend on each other.
///
/// ```math
/// \ell = \ell(p, y), \qquad \frac{\partial \ell}{\partial p_i} = s_i(p, y, k), \qquad k = k(p, y)
/// ```
///
/// where $`p`$ is a column of the prediction, $`y`$ its target and $`k`$ what the slopes share, such as the sum of the
/// exponentials of softmax. Sixteen samples go side by side through both functions, in double precision. Whatever is
/// `Columnwise` is a [`Loss`]: shapes, weights, denominators, storage orders and ignored samples are dealt with. Losses
/// that are sums over the entries of a sample are simpler: see [`Pointwise`](crate::Pointwise).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | both storage orders, shards and ignored samples: the same bits | `a_loss_of_ones_own_obeys_the_laws_of_all`, `long_samples_of_both_orders_give_the_same_bits` |
///
/// # Examples
///
/// One minus the cosine of the angle between two directions, $`\ell = 1 - p^\top y / \lVert p \rVert`$ for targets of length 1:
///
/// ```
/// use gradus_losses::{Batch, Block, Columnwise, Float, Lanes, Loss, LossError, MatrixRef, Target, Weights, check};
///
/// #[derive(Debug)]
/// struct Direction;
///
/// impl Columnwise for Direction {
///     type Summary = (Lanes, Lanes); // |p| and pᵀy / |p|
///
///     fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
///         check::values(batch).map(drop)
///     }
///
///     fn losses<T: Float>(
///         &self,
///         batch: Batch<'_, T>,
///         at: Block,
///         _keep: impl FnMut(usize, &Lanes<T>),
///     ) -> (Lanes, Self::Summary) {
///         let (mut length, mut cosine): (Lanes, Lanes) = Default::default();
///         for i in 0..batch.prediction.rows() {
///             let (p, y) = (batch.prediction(i, at), batch.target(i, at));
///             for lane in 0..p.len() {
///                 length[lane] += p[lane].to_f64() * p[lane].to_f64();
///                 cosine[lane] += p[lane].to_f64() * y[lane];
///             }
///         }
///         for lane in 0..length.len() {
///             length[lane] = length[lane].sqrt();
///             cosine[lane] /= length[lane];
///         }
///         (cosine.map(|cosine| 1.0 - cosine), (length, cosine))
///     }
///
///     fn slopes<T: Float>(
///         &self,
///         batch: Batch<'_, T>,
///         at: Block,
///         i: usize,
///         (length, cosine): &Self::Summary,
///         _kept: &Lanes<T>,
///     ) -> Lanes {
///         let (p, mut slopes) = (batch.prediction(i, at), batch.target(i, at));
///         for lane in 0..p.len() {
///             slopes[lane] = (cosine[lane] * p[lane].to_f64() / length[lane] - slopes[lane]) / length[lane];
///         }
///         slopes
///     }
/// }
///
/// let prediction = MatrixRef::from_column(&[3.0, 4.0]);
/// let target = Target::Values(MatrixRef::from_column(&[0.0, 1.0]));
/// let value = Direction.value(prediction, target, Weights::Equal, 1.0)?;
/// assert!((value - 0.2).abs() < 1e-15); // 1 − 4/5
/// # Ok::<(), LossError>(())
/// ```
pub trait Columnwise: Debug + Send + Sync {
    /// What the slopes of a block need to know of the block.
    type Summary;

    /// Whether this target fits this prediction; ignored samples, of weight zero, need not be looked at.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit.
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
    ) -> (Lanes, Self::Summary);

    /// $`\partial \ell / \partial p_i`$ of each sample of the block; `kept` means nothing if nothing was kept.
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        summary: &Self::Summary,
        kept: &Lanes<T>,
    ) -> Lanes;

    /// $`\sum_i w_i \ell_i`$ of a batch whose samples (and those of gradient and target) each lie together, and its gradient over the
    /// denominator, if the loss has a faster way for such than sixteen samples side by side; with the same bits. Everything was checked.
    fn together<T: Float>(
        &self,
        _batch: Batch<'_, T>,
        _weights: Weights<'_, T>,
        _denominator: f64,
        _gradient: &mut [T],
    ) -> Option<f64> {
        None
    }

    /// [`Loss::class_weights`].
    fn class_weights(&self) -> Option<&[f64]> {
        None
    }
}

impl<T: Float, L: Columnwise> Loss<T> for L {
    fn per_sample(
        &self,
        prediction: MatrixRef<'_, T>,
        target: Target<'_, T>,
        losses: &mut [T],
    ) -> Result<(), LossError> {
        per_sample(self, Batch { prediction, target }, losses)
    }

    fn value_and_gradient(
        &self,
        prediction: MatrixRef<'_, T>,
        target: Target<'_, T>,
        weights: Weights<'_, T>,
        denominator: f64,
        gradient: MatrixMut<'_, T>,
    ) -> Result<f64, LossError> {
        value_and_gradient(
            self,
            Batch { prediction, target },
            weights,
            denominator,
            gradient,
        )
    }

    fn value(
        &self,
        prediction: MatrixRef<'_, T>,
        target: Target<'_, T>,
        weights: Weights<'_, T>,
        denominator: f64,
    ) -> Result<f64, LossError> {
        value(self, Batch { prediction, target }, weights, denominator)
    }

    fn class_weights(&self) -> Option<&[f64]> {
        Columnwise::class_weights(self)
    }
}

/// [`Loss::per_sample`](crate::Loss::per_sample) of a columnwise loss.
fn per_sample<T: Float>(
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
fn value<T: Float>(
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
            let mut sum = BlockSum::new();
            for start in (0..columns).step_by(LANES) {
                let at = Block {
                    start,
                    whole: false,
                };
                let (losses, _) = loss.losses(batch, at, |_, _| ());
                sum.add(&losses, &weigh(weights, at), columns - start);
            }
            sum.value()
        },
    );
    Ok(sum / denominator)
}

/// [`Loss::value_and_gradient`](crate::Loss::value_and_gradient) of a columnwise loss.
fn value_and_gradient<T: Float>(
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
    if lie_together(batch, gradient.order()) {
        let faster = loss.together(batch, weights, denominator, gradient.as_mut_slice());
        if let Some(sum) = faster {
            return Ok(sum / denominator);
        }
    }
    let shared = Shared {
        batch,
        weights,
        denominator,
    };
    let mut turned = Turned::of_long_samples(batch, gradient.order(), T::from_f64(0.0));
    let whole = match turned {
        Some(_) => 0,
        None => whole_columns(batch, gradient.order()),
    };
    let sum = vectorized(
        #[inline(always)]
        move || {
            let mut sum = BlockSum::new();
            for start in (0..whole).step_by(LANES) {
                let at = Block { start, whole: true };
                add_block(loss, shared, at, &mut gradient, &mut sum);
            }
            let done = match &mut turned {
                Some(turned) => add_turned(loss, shared, turned, &mut gradient, &mut sum),
                None => whole,
            };
            for start in (done..shape.columns).step_by(LANES) {
                let at = Block {
                    start,
                    whole: false,
                };
                add_block(loss, shared, at, &mut gradient, &mut sum);
            }
            sum.value()
        },
    );
    Ok(sum / denominator)
}

/// What all blocks share.
#[derive(Clone, Copy)]
struct Shared<'a, T> {
    batch: Batch<'a, T>,
    weights: Weights<'a, T>,
    denominator: f64,
}

/// Adds the losses of all whole blocks of long samples and writes their gradients; tells how many samples those are.
#[inline(always)]
fn add_turned<T: Float>(
    loss: &impl Columnwise,
    shared: Shared<'_, T>,
    turned: &mut Turned<T>,
    gradient: &mut MatrixMut<'_, T>,
    sum: &mut BlockSum,
) -> usize {
    let mut done = 0;
    while done + LANES <= shared.batch.prediction.columns() {
        let Some((batch, weights, mut slopes)) = turned.block(shared.batch, shared.weights, done)
        else {
            break;
        };
        let block = Shared {
            batch,
            weights,
            ..shared
        };
        let (start, whole) = (0, true);
        add_block(loss, block, Block { start, whole }, &mut slopes, sum);
        turned.store(gradient, done);
        done += LANES;
    }
    done
}

/// Adds the losses of a block to `sum` and writes its gradient.
#[inline(always)]
fn add_block<T: Float>(
    loss: &impl Columnwise,
    Shared {
        batch,
        weights,
        denominator,
    }: Shared<'_, T>,
    at: Block,
    gradient: &mut MatrixMut<'_, T>,
    sum: &mut BlockSum,
) {
    let (losses, summary) = loss.losses(
        batch,
        at,
        #[inline(always)]
        |i, x| store(gradient, i, at, x),
    );
    let weight = weigh(weights, at);
    let factor = weight.map(|w| w / denominator);
    for i in 0..batch.prediction.rows() {
        let kept = load(gradient.as_ref(), i, at);
        let slopes = loss.slopes(batch, at, i, &summary, &kept);
        store(gradient, i, at, &scale(&slopes, &factor));
    }
    if weight.contains(&0.0) {
        clear_ignored(gradient, at, &weight);
    }
    let samples = batch.prediction.columns() - at.start;
    sum.add(&losses, &weight, samples);
}

/// What is ignored has gradient 0, were its slope NaN: apart, so that the loop over the rows has no branch for it.
fn clear_ignored<T: Float>(gradient: &mut MatrixMut<'_, T>, at: Block, weight: &Lanes) {
    for i in 0..gradient.rows() {
        let mut slopes = load(gradient.as_ref(), i, at);
        for (slope, &w) in zip(&mut slopes, weight) {
            *slope = if w == 0.0 { T::from_f64(0.0) } else { *slope };
        }
        store(gradient, i, at, &slopes);
    }
}

/// Whether each sample is contiguous, in the gradient as well.
pub(crate) fn lie_together<T>(batch: Batch<'_, T>, gradient: Order) -> bool {
    let target = match batch.target {
        Target::Labels(_) => Order::Columns,
        Target::Values(values) => values.order(),
    };
    [batch.prediction.order(), target, gradient] == [Order::Columns; 3]
}

/// How many columns lie in whole blocks: where rows are contiguous, and one row alone is in either order.
fn whole_columns<T: Float>(batch: Batch<'_, T>, gradient: Order) -> usize {
    let by_rows = |rows: usize, order: Order| rows == 1 || order == Order::Rows;
    let target = match batch.target {
        Target::Labels(_) => true,
        Target::Values(values) => by_rows(values.rows(), values.order()),
    };
    let (rows, columns) = (batch.prediction.rows(), batch.prediction.columns());
    if by_rows(rows, batch.prediction.order()) && target && by_rows(rows, gradient) {
        columns / LANES * LANES
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

/// The slopes times wᵢ / d.
#[inline(always)]
fn scale<T: Float>(slopes: &Lanes, factor: &Lanes) -> Lanes<T> {
    let mut scaled = [T::from_f64(0.0); LANES];
    for (scaled, (&slope, &factor)) in zip(&mut scaled, zip(slopes, factor)) {
        *scaled = T::from_f64(slope * factor);
    }
    scaled
}
