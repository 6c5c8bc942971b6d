//! The training loop.

use super::callback::Callback;
use super::early_stopping::{Best, EarlyStopping, Watch};
use super::evaluation::{Evaluation, Sums};
use super::history::History;
use super::metric::Metric;
use super::settings::Settings;
use super::shard::Place;
use super::threads::pool;
use crate::data::Samples;
use crate::error::NnError;
use crate::memory::{check_room, filled};
use crate::network::{Model, Network};
use gradus_linalg::Scalar;
use gradus_losses::{Loss, Weights};
use gradus_optim::{Chain, State};
use rayon::ThreadPool;
use std::collections::HashSet;
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
/// | a training that was stopped at any step ends with the same bits | `a_resumed_training_ends_with_the_same_bits` |
/// | what cannot be done changes nothing | `what_does_not_fit_is_refused_and_changes_nothing` |
/// | a batch of any size is the sum of its shards | `batches_of_any_size_are_the_sum_of_their_shards` |
/// | the gradient of the batch is the sum over its parts | `shards_add_up_to_the_batch` |
/// | the width of a shard changes rounding and nothing else | `shard_width_changes_only_rounding` |
///
/// # Examples
///
/// The line $`y = 2x + 1`$ from four points:
///
/// ```
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::{Dataset, Features, Network, Output, Settings, Training, layers::dense};
/// use gradus_nn::{MatrixRef, Order, Shape};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::Key;
///
/// let row = |x| MatrixRef::new(x, Shape::new(1, 4), Order::Columns);
/// let (x, y) = (row(&[0.0, 1.0, 2.0, 3.0])?, row(&[1.0, 3.0, 5.0, 7.0])?);
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let model = Network::<f64>::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// let settings = Settings { batch: 4, ..Settings::default() };
/// let mut training = Training::new(model, sgd(0.1)?, Box::new(SquaredError::default()), settings)?;
/// training.fit(500, &data, &mut [])?;
/// let line = training.model().theta();
/// assert!((line[0] - 2.0).abs() < 1e-6 && (line[1] - 1.0).abs() < 1e-6);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Training<T: Scalar> {
    pub(super) model: Model<T>,
    pub(super) optimizer: Chain<T>,
    pub(super) state: State<T>,
    pub(super) loss: Box<dyn Loss<T>>,
    pub(super) metrics: Vec<Metric<T>>,
    pub(super) settings: Settings,
    /// How many epochs are done.
    pub(super) epoch: u64,
    /// How many batches of the next one are done.
    pub(super) batches: usize,
    /// How many samples the last epoch had.
    pub(super) samples: usize,
    pub(super) watch: Watch<T>,
    pub(super) history: History,
    pub(super) places: Vec<Place<T>>,
    pub(super) next_buffers: Vec<T>,
    pub(super) order: Vec<u32>,
    pub(super) sums: Sums,
    pub(super) pool: Arc<ThreadPool>,
}

impl<T: Scalar> Training<T> {
    /// A training that has not begun.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] if the settings make no sense, [`NnError::TooLarge`] if there is no memory for the
    /// optimizer's state, [`NnError::Threads`] if the threads cannot be started.
    pub fn new(
        model: Model<T>,
        optimizer: Chain<T>,
        loss: Box<dyn Loss<T>>,
        settings: Settings,
    ) -> Result<Self, NnError> {
        settings.check()?;
        let (network, parameters) = (model.network(), model.theta().len());
        // A gradient, an update, and what the optimizer remembers.
        check_room::<T>(
            "the optimizer's state",
            parameters,
            2 + optimizer.names().len(),
        )?;
        let optimizer = with_frozen(optimizer, network);
        Ok(Self {
            state: optimizer.init(network.layout(), model.theta())?,
            next_buffers: filled("buffers", model.buffers().len(), T::from_f64(0.0))?,
            places: Vec::new(),
            pool: pool::<T>(settings.threads)?,
            metrics: Vec::new(),
            epoch: 0,
            batches: 0,
            samples: 0,
            watch: Watch::default(),
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
        for place in &mut self.places {
            place.sum.metrics = vec![0.0; count];
        }
        self.metrics = metrics;
        self
    }

    /// The same training, which stops when its loss does not improve any more.
    #[must_use]
    pub fn with_early_stopping(mut self, rule: EarlyStopping) -> Self {
        self.watch.rule = Some(rule);
        self
    }

    /// The best epoch so far, if early stopping watches.
    #[must_use]
    pub const fn best(&self) -> Option<&Best<T>> {
        self.watch.best.as_ref()
    }

    /// How many epochs are done.
    #[must_use]
    pub const fn epochs(&self) -> u64 {
        self.epoch
    }

    /// How many epochs are left of `total`; none if early stopping has stopped the training.
    ///
    /// So a program that is started again does what is left: `training.fit(training.remaining(100), …)`.
    #[must_use]
    pub const fn remaining(&self, total: u64) -> u64 {
        if self.watch.stopped {
            0
        } else {
            total.saturating_sub(self.epoch)
        }
    }

    /// The model with the best parameters, or as it is now if early stopping did not watch.
    ///
    /// # Errors
    ///
    /// As [`Model::set_theta`]; the best parameters were the model's own, and finite.
    pub fn into_best(self) -> Result<Model<T>, NnError> {
        let mut model = self.model;
        if let Some(best) = self.watch.best {
            model.set_buffers(best.buffers)?;
            model.set_theta(best.theta)?;
        }
        Ok(model)
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

    /// Trains for `epochs` further epochs; the rest of one that a callback has stopped counts as one.
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
}

/// The optimizer, which leaves alone what the network has frozen.
pub(super) fn with_frozen<T: Scalar>(optimizer: Chain<T>, network: &Network<T>) -> Chain<T> {
    let entries = network.declaration().entries();
    let frozen = entries.filter(|(_, parameter)| parameter.frozen);
    let names: HashSet<String> = frozen.map(|(entry, _)| entry.name.clone()).collect();
    if names.is_empty() {
        optimizer
    } else {
        optimizer.freeze(move |entry| names.contains(&entry.name))
    }
}
