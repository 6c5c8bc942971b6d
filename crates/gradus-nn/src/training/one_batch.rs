//! Whether a model can learn at all.

use super::callback::Event;
use super::trainer::Training;
use crate::data::{Samples, Subset};
use crate::error::NnError;
use gradus_linalg::Scalar;
use gradus_random::{Key, permute};
use std::ops::ControlFlow;

/// Trains on one batch of the samples, over and over, and tells the loss before each step.
///
/// A model with enough parameters learns a single batch by heart: its loss falls to almost nothing. If it does not, then
/// something is wrong that no amount of data or patience cures: labels that do not belong to their samples, features
/// that say nothing, a learning rate far off, a layer that lets no gradient through. It takes seconds, so it is the first
/// thing to try with a new network. The batch is drawn with the seed of the training, whose parameters it changes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | enough parameters learn a batch by heart | `one_batch_is_learned_by_heart` |
/// | samples that are all the same cannot be told apart: $`L \ge H(y)`$ | `what_cannot_be_learned_stays_above_its_entropy` |
///
/// # Errors
///
/// Those of [`Training::fit`].
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::{dense, tanh};
/// use gradus_nn::losses::{SoftmaxCrossEntropy, Target};
/// use gradus_nn::optim::adam;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Order, Output, Settings, Shape, Training, learn_one_batch};
///
/// let x = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
/// let x = MatrixRef::new(&x, Shape::new(2, 4), Order::Columns)?;
/// let data = Dataset::new(Features::Numbers(x), Target::Labels(&[0, 1, 1, 0]))?;
/// let model = Network::<f64>::new(2, vec![dense(8), tanh(), dense(2)], Output::Softmax)?.initialize(Key::new(1))?;
/// let loss = Box::new(SoftmaxCrossEntropy::default());
/// let mut training = Training::new(model, adam(0.05)?, loss, Settings::default())?;
/// let losses = learn_one_batch(&mut training, &data, 200)?;
/// assert!(losses[199] < 0.05 * losses[0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// A. Karpathy, *A recipe for training neural networks* (2019), "overfit one batch",
/// <https://karpathy.github.io/2019/04/25/recipe/>.
#[doc(alias = "overfit one batch")]
pub fn learn_one_batch<T: Scalar>(
    training: &mut Training<T>,
    samples: &dyn Samples<T>,
    steps: u64,
) -> Result<Vec<f64>, NnError> {
    let count = training.check(samples)?;
    let mut order = vec![0; count as usize];
    let seed = training.settings.seed;
    let permuted = permute(&mut order, &mut Key::new(seed).stream(BATCH).rng());
    permuted.map_err(|_| NnError::SampleCount {
        samples: samples.len(),
    })?;
    order.truncate(training.settings.batch);
    let batch = Subset::new(samples, order)?;
    let mut losses = Vec::new();
    let mut note = |event: &Event<'_, T>| {
        if let Event::Step { loss, .. } = event {
            losses.push(*loss);
        }
        ControlFlow::Continue(())
    };
    training.fit(steps, &batch, &mut [&mut note])?; // an epoch is a step
    Ok(losses)
}

/// Stream of the batch.
const BATCH: u64 = 3;
