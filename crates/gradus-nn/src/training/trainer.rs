//! The training loop.

use super::callback::{Callback, Event};
use super::evaluation::{Evaluation, Sums};
use super::history::{EpochRecord, History};
use super::metric::Metric;
use super::settings::{MAX_SHARDS, Settings};
use super::shard::{Shard, Task};
use crate::error::NnError;
use crate::model::Model;
use crate::number::Number;
use crate::samples::Samples;
use gradus_losses::{Loss, Weights};
use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};
use gradus_optim::{Chain, Gradient, Pass, State};
use gradus_random::{Key, permute};
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::mem::{replace, take};
use std::ops::ControlFlow;
use std::sync::Arc;

/// A model in training: the model, its loss, its optimizer and what they remember.
///
/// ```math
/// \theta \leftarrow \theta + u\Bigl(\nabla_\theta \, \frac{1}{|B|} \sum_{i \in B} \ell\bigl(f_\theta(x_i), y_i\bigr)\Bigr)
/// ```
///
/// An epoch visits every sample once, in the order of a permutation keyed by (seed, epoch), in batches
/// `B`. A batch is cut into shards of fixed width that run on a thread pool; their gradients are added in
/// shard order, so the number of threads changes no bit.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | any number of threads gives the same bits | `threads_change_no_bit` |
/// | an epoch visits every sample once | `an_epoch_visits_every_sample_once` |
/// | two times `m` epochs are `2m` epochs | `training_goes_on_where_it_stopped` |
/// | the gradient of the batch is the sum over its parts | `shards_add_up_to_the_batch` |
/// | the width of a shard changes rounding and nothing else | `shard_width_changes_only_rounding` |
///
/// # Examples
///
/// The line $`y = 2x + 1`$ from four points:
///
/// ```
/// use gradus_losses::{SquaredError, Target};
/// use gradus_nn::{Dataset, Features, Network, Output, Settings, Training, layers::dense};
/// use gradus_numeric::{MatrixRef, Order, Shape};
/// use gradus_optim::sgd;
/// use gradus_random::Key;
///
/// let row = |x| MatrixRef::new(x, Shape::new(1, 4), Order::Columns);
/// let (x, y) = (row(&[0.0, 1.0, 2.0, 3.0])?, row(&[1.0, 3.0, 5.0, 7.0])?);
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let model = Network::<f64>::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0));
/// let settings = Settings { batch: 4, ..Settings::default() };
/// let mut training = Training::new(model, sgd(0.1)?, Box::new(SquaredError::default()), settings)?;
/// training.fit(500, &data, &mut [])?;
/// let line = training.model().theta();
/// assert!((line[0] - 2.0).abs() < 1e-6 && (line[1] - 1.0).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Training<T: Number> {
    model: Model<T>,
    optimizer: Chain<T>,
    state: State<T>,
    loss: Box<dyn Loss<T>>,
    metrics: Vec<Metric<T>>,
    settings: Settings,
    epoch: u64,
    history: History,
    shards: Vec<Shard<T>>,
    order: Vec<u32>,
    sums: Sums,
    pool: Arc<ThreadPool>,
}

impl<T: Number> Training<T> {
    /// A training that has not begun.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] or [`NnError::TooManyShards`] if the settings make no sense,
    /// [`NnError::Threads`] if the threads cannot be started.
    pub fn new(
        model: Model<T>,
        optimizer: Chain<T>,
        loss: Box<dyn Loss<T>>,
        settings: Settings,
    ) -> Result<Self, NnError> {
        settings.check()?;
        let threads = settings.threads;
        let pool = ThreadPoolBuilder::new().num_threads(threads).build();
        let pool = pool.map_err(|_| NnError::Threads { threads })?;
        pool.broadcast(|_| warm_up::<T>());
        let (parameters, buffers) = (model.theta().len(), model.buffers().len());
        Ok(Self {
            state: optimizer.init(model.network().layout(), model.theta())?,
            shards: (0..settings.shards())
                .map(|_| Shard::new(parameters, buffers, 0))
                .collect(),
            pool: Arc::new(pool),
            metrics: Vec::new(),
            epoch: 0,
            history: History::default(),
            order: Vec::new(),
            sums: Sums::new(0),
            model,
            optimizer,
            loss,
            settings,
        })
    }

    /// The same training with metrics to be watched.
    #[must_use]
    pub fn with_metrics(mut self, metrics: Vec<Metric<T>>) -> Self {
        let count = metrics.len();
        self.history = History::new(metrics.iter().map(Metric::name).collect());
        self.sums = Sums::new(count);
        for shard in &mut self.shards {
            shard.metrics = vec![0.0; count];
        }
        self.metrics = metrics;
        self
    }

    /// The model as it is now.
    #[must_use]
    pub const fn model(&self) -> &Model<T> {
        &self.model
    }

    /// The model, when the training is over.
    #[must_use]
    pub fn into_model(self) -> Model<T> {
        self.model
    }

    /// What the optimizer remembers.
    #[must_use]
    pub const fn state(&self) -> &State<T> {
        &self.state
    }

    /// All epochs so far.
    #[must_use]
    pub const fn history(&self) -> &History {
        &self.history
    }

    /// Trains for `epochs` further epochs.
    ///
    /// # Errors
    ///
    /// Whatever makes a step impossible: features that do not fit, a label out of range, a loss or a
    /// gradient that is not finite. The parameters are those before that step.
    pub fn fit(
        &mut self,
        epochs: u64,
        samples: &dyn Samples<T>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<(), NnError> {
        self.run(epochs, samples, None, callbacks)
    }

    /// Trains for `epochs` further epochs and evaluates on `validation` after each.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit).
    pub fn fit_validated(
        &mut self,
        epochs: u64,
        samples: &dyn Samples<T>,
        validation: &dyn Samples<T>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<(), NnError> {
        self.run(epochs, samples, Some(validation), callbacks)
    }

    /// Mean loss and metrics on `samples`, without training.
    ///
    /// # Errors
    ///
    /// [`NnError::FeatureCount`], [`NnError::SampleCount`], or what the loss says.
    pub fn evaluate(&self, samples: &dyn Samples<T>) -> Result<Evaluation, NnError> {
        self.check(samples)?;
        let mut sums = Sums::new(self.metrics.len());
        self.model.for_each_chunk(samples, |logits, target| {
            let count = logits.columns();
            sums.add_loss(
                count,
                self.loss
                    .value(logits, target, Weights::Equal, count as f64)?,
            );
            let metrics: Vec<f64> = self.metrics.iter().map(|m| m.sum(logits, target)).collect();
            sums.add_metrics(&metrics);
            Ok(())
        })?;
        Ok(sums.mean().clone())
    }

    fn check(&self, samples: &dyn Samples<T>) -> Result<u32, NnError> {
        let (expected, got) = (self.model.network().inputs(), samples.features());
        if expected != got {
            return Err(NnError::FeatureCount { expected, got });
        }
        match u32::try_from(samples.len()) {
            Ok(count) if count > 0 => Ok(count),
            _ => Err(NnError::SampleCount {
                samples: samples.len(),
            }),
        }
    }

    fn run(
        &mut self,
        epochs: u64,
        samples: &dyn Samples<T>,
        validation: Option<&dyn Samples<T>>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<(), NnError> {
        let count = self.check(samples)?;
        self.order.resize(count as usize, 0);
        for _ in 0..epochs {
            self.epoch += 1;
            let epoch = self.epoch;
            let mut flow = tell(callbacks, &Event::EpochStart { epoch });
            if flow.is_continue() {
                flow = self.train_epoch(samples, callbacks)?;
            }
            if flow.is_break() {
                break;
            }
            flow = tell(callbacks, &Event::EpochTrained { epoch });
            let validation = validation
                .map(|samples| self.evaluate(samples))
                .transpose()?;
            let training = self.sums.mean().clone();
            let record = EpochRecord {
                epoch,
                training,
                validation,
            };
            let told = tell(
                callbacks,
                &Event::EpochEnd {
                    record: &record,
                    theta: self.model.theta(),
                },
            );
            self.history.push(record);
            if flow.is_break() || told.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// All steps of an epoch.
    fn train_epoch(
        &mut self,
        samples: &dyn Samples<T>,
        callbacks: &mut [&mut dyn Callback<T>],
    ) -> Result<ControlFlow<()>, NnError> {
        let mut rng = Key::new(self.settings.seed)
            .stream(SHUFFLE)
            .epoch(self.epoch)
            .rng();
        let mut order = take(&mut self.order);
        let permuted = permute(&mut order, &mut rng);
        permuted.map_err(|_| NnError::SampleCount {
            samples: samples.len(),
        })?;
        self.sums.clear();
        let pool = Arc::clone(&self.pool);
        let flow = pool.install(|| {
            for batch in order.chunks(self.settings.batch) {
                self.step(batch, samples)?;
                let (epoch, seen, of) = (self.epoch, self.sums.samples(), order.len());
                let so_far = self.sums.mean();
                if tell(
                    callbacks,
                    &Event::Step {
                        epoch,
                        samples: seen,
                        of,
                        so_far,
                    },
                )
                .is_break()
                {
                    return Ok(ControlFlow::Break(()));
                }
            }
            Ok(ControlFlow::Continue(()))
        });
        self.order = order;
        flow
    }

    /// One step: gradients of the shards, their sum in order, the optimizer's update.
    fn step(&mut self, batch: &[u32], samples: &dyn Samples<T>) -> Result<(), NnError> {
        let (network, theta, buffers) = self.model.parts_mut();
        let step = self.state.step() + 1;
        let task = Task {
            network,
            theta,
            buffers,
            loss: &*self.loss,
            metrics: &self.metrics,
            samples,
            batch,
            settings: &self.settings,
            key: Key::new(self.settings.seed).stream(LAYERS).epoch(step),
        };
        let shards = &mut self.shards[..task.shards()]; // a batch has at most settings.batch samples
        each(shards, 0, &|number, shard: &mut Shard<T>| {
            shard.run(number, &task);
        });
        let loss = mean_loss(shards)?;
        if !loss.is_finite() {
            return Err(NnError::NonFiniteLoss {
                epoch: self.epoch,
                step,
                loss,
            });
        }
        let threads = self.settings.threads;
        descend(
            &self.optimizer,
            &mut self.state,
            theta,
            loss,
            shards,
            threads,
        )?;
        mean_of_buffers(buffers, batch.len(), shards);
        self.sums.add(batch.len(), loss, shards);
        Ok(())
    }
}

/// Tells everybody; breaks if anybody does.
fn tell<T>(callbacks: &mut [&mut dyn Callback<T>], event: &Event<'_, T>) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    for callback in callbacks {
        if callback.on(event).is_break() {
            flow = ControlFlow::Break(());
        }
    }
    flow
}

/// The mean loss of the batch, shard by shard, or the first thing that went wrong.
fn mean_loss<T: Number>(shards: &mut [Shard<T>]) -> Result<f64, NnError> {
    let mut total = 0.0;
    for shard in shards {
        total += replace(&mut shard.loss, Ok(0.0))?;
    }
    Ok(total)
}

/// The buffers after a step: the mean of what the shards wish, weighted by their samples, in shard order.
fn mean_of_buffers<T: Number>(buffers: &mut [T], samples: usize, shards: &[Shard<T>]) {
    buffers.fill(T::from_f64(0.0));
    for shard in shards {
        let share = T::from_f64(shard.samples as f64 / samples as f64);
        for (buffer, &wish) in buffers.iter_mut().zip(&shard.buffers) {
            *buffer += share * wish;
        }
    }
}

/// One step of the optimizer along the sum of the shard gradients, on all threads.
fn descend<T: Number>(
    optimizer: &Chain<T>,
    state: &mut State<T>,
    theta: &mut [T],
    loss: f64,
    shards: &[Shard<T>],
    threads: usize,
) -> Result<(), NnError> {
    let mut gradients: [&[T]; MAX_SHARDS] = [&[]; MAX_SHARDS];
    for (gradient, shard) in gradients.iter_mut().zip(shards) {
        *gradient = &shard.gradient;
    }
    let gradients = &gradients[..shards.len()]; // at most MAX_SHARDS by the settings
    let gradient = if shards.iter().all(|shard| shard.finite) {
        Gradient::known_ordinary(gradients)
    } else {
        Gradient::sum_of(gradients)
    };
    let mut step = optimizer.prepare(state, theta, gradient.with_loss(loss))?;
    while let Some(pass) = step.next_pass() {
        update(pass, threads);
    }
    Ok(())
}

/// Runs a pass in parts, one per thread.
fn update<T: Number>(pass: Pass<'_, T>, threads: usize) {
    if threads <= 1 || pass.blocks() <= 1 {
        return pass.run();
    }
    let (left, right) = pass.halves();
    let half = threads / 2;
    rayon::join(|| update(left, threads - half), || update(right, half));
}

/// Does `work` on each item, with its number, on all threads of the pool.
fn each<I: Send>(items: &mut [I], first: usize, work: &(impl Fn(usize, &mut I) + Sync)) {
    match items {
        [] => {}
        [item] => work(first, item),
        _ => {
            let half = items.len().div_ceil(2);
            let (left, right) = items.split_at_mut(half);
            rayon::join(
                || each(left, first, work),
                || each(right, first + half, work),
            );
        }
    }
}

/// One product on this thread: what a thread allocates once in its life, to take part in the pool and to
/// pack matrices into, is then not left to the step that it first works in.
fn warm_up<T: Number>() {
    let numbers = [T::from_f64(0.0); WIDTH * WIDTH];
    let mut product = numbers;
    let shape = Shape::new(WIDTH, WIDTH);
    let a = MatrixRef::new(&numbers, shape, Order::Columns);
    let c = MatrixMut::new(&mut product, shape, Order::Columns);
    if let (Ok(a), Ok(c)) = (a, c) {
        // Nobody needs the product, and the shapes fit.
        let _ = gradus_linalg::product(a, a, c);
    }
}

/// Wide enough that the product packs its factors.
const WIDTH: usize = 32;
/// Stream of the permutations.
const SHUFFLE: u64 = 0;
/// First stream of the layers; initialization has the stream of the caller's key.
const LAYERS: u64 = 1 << 32;
