//! The training loop.

use super::callback::Callback;
use super::constrained::Constrained;
use super::count::{BatchWeights, Count};
use super::curvature::Curvature;
use super::early_stopping::{Best, EarlyStopping, Watch};
use super::evaluation::{Evaluation, Sums};
use super::history::History;
use super::metric::Metric;
use super::penalty::Penalty;
use super::settings::Settings;
use super::shard::Place;
use super::threads::pool;
use super::workspace::Workspaces;
use crate::data::Samples;
use crate::error::NnError;
use crate::exchange::{Exchange, Link};
use crate::memory::{check_room, filled};
use crate::network::{Model, Network};
use gradus_linalg::Scalar;
use gradus_losses::{Loss, LossError};
use gradus_optim::{Chain, State};
use rayon::ThreadPool;
use std::collections::HashSet;
use std::iter::zip;
use std::sync::Arc;

/// A model in training: the model, its loss, its optimizer and what they remember.
///
/// ```math
/// \theta \leftarrow \theta + u(\nabla_\theta L), \qquad
/// L = \frac{\sum_{i \in B} w_i\, \ell\bigl(f_\theta(x_i), y_i\bigr)}{\sum_{i \in B} w_i\, c_{y_i}} + R(\theta)
/// ```
///
/// where $`w`$ are the weights of the samples ([`Samples::gather_weights`]), $`c`$ those of the classes if the loss has some
/// ([`Loss::class_weights`]), all 1 where nothing is said, and $`R`$ the price of the parameters ([`Penalty`]).
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
/// | weights of classes and label smoothing give PyTorch's mean | `class_weights_give_the_mean_of_pytorch` |
/// | the weight of the positive class repeats the yes | `a_weighted_yes_is_a_repeated_yes` |
/// | a batch that counts nothing is refused by its number | `a_batch_of_weight_zero_is_refused` |
/// | an optimizer with [`SkipNonFinite`](gradus_optim::SkipNonFinite) leaves batches out whose loss or gradient is not finite, and counts them | `batches_that_are_not_finite_are_skipped_and_counted` |
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
    pub(super) penalties: Vec<Penalty<T>>,
    pub(super) constrained: Vec<Constrained>,
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
    pub(super) workspaces: Workspaces<T>,
    pub(super) next_buffers: Vec<T>,
    pub(super) order: Vec<u32>,
    pub(super) sums: Sums,
    /// Loss and sums of the metrics of every place of a batch.
    pub(super) heard: Vec<f64>,
    pub(super) link: Link<T>,
    pub(super) weights: BatchWeights<T>,
    pub(super) curvature: Curvature<T>,
    /// Loss and number of gradients of the last step.
    pub(super) step_loss: f64,
    pub(super) step_places: usize,
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
            workspaces: Workspaces::new(),
            pool: pool::<T>(settings.threads)?,
            metrics: Vec::new(),
            epoch: 0,
            batches: 0,
            samples: 0,
            watch: Watch::default(),
            history: History::default(),
            order: Vec::new(),
            sums: Sums::new::<T>(&[]),
            heard: Vec::new(),
            link: Link::default(),
            weights: BatchWeights::default(),
            curvature: Curvature::default(),
            penalties: Vec::new(),
            constrained: Vec::new(),
            step_loss: f64::NAN,
            step_places: 0,
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
        self.sums = Sums::new(&metrics);
        for place in &mut self.places {
            place.sum.metrics = vec![0.0; count];
        }
        self.metrics = metrics;
        self
    }

    /// The same training, in which parameters have a price that is added to the loss.
    ///
    /// # Errors
    ///
    /// [`NnError::Loss`] if the strength of a price makes no sense.
    pub fn with_penalties(mut self, penalties: Vec<Penalty<T>>) -> Result<Self, NnError> {
        let network = self.model.network();
        let attached = penalties.into_iter().map(|penalty| penalty.attach(network));
        self.penalties = attached.collect::<Result<_, _>>()?;
        Ok(self)
    }

    /// The same training, which stops when its loss does not improve any more.
    #[must_use]
    pub fn with_early_stopping(mut self, rule: EarlyStopping) -> Self {
        self.watch.rule = Some(rule);
        self
    }

    /// The same training as one of several processes, each of which works on its part of every batch.
    ///
    /// All processes are started alike: same model, optimizer, settings, samples and metrics. All of them end with the same
    /// parameters, which are those of one process, to the bit. Callbacks run in each of them; where one stops the training,
    /// it does so in all, because all see the same numbers.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | any number of processes gives the same bits | `processes_change_no_bit` |
    /// | what differs between two processes is named on all | `any_difference_is_named` |
    /// | an error in one process is an error in all | `an_error_in_one_rank_is_an_error_in_all` |
    #[must_use]
    pub fn with_exchange(mut self, exchange: Box<dyn Exchange>) -> Self {
        self.link = Link::new(exchange);
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

    /// The parameters to evaluate with: averages where the optimizer keeps some, as
    /// [`Average`](gradus_optim::Average) does, otherwise the model's own.
    ///
    /// # Errors
    ///
    /// [`NnError::TooLarge`] if there is no memory for them.
    pub fn evaluated_theta(&self) -> Result<Vec<T>, NnError> {
        let theta = self.model.theta();
        let mut to = filled("parameters to evaluate with", theta.len(), T::from_f64(0.0))?;
        self.optimizer.evaluate(&self.state, theta, &mut to)?;
        Ok(to)
    }

    /// The gradient of the last step, with that of the price of the parameters; empty before the first one.
    #[must_use]
    pub fn gradient(&self) -> Vec<T> {
        let mut places = self.places.iter().take(self.step_places);
        let first = places.next().map(|place| place.sum.gradient.to_vec());
        let mut gradient = first.unwrap_or_default();
        for place in places {
            zip(&mut gradient, &*place.sum.gradient).for_each(|(sum, &g)| *sum += g);
        }
        gradient
    }

    /// The model to use: with the best parameters if early stopping watched, otherwise with those to
    /// [evaluate with](Self::evaluated_theta).
    ///
    /// # Errors
    ///
    /// As [`Model::set_theta`]; the best parameters were evaluated, and finite.
    pub fn into_best(self) -> Result<Model<T>, NnError> {
        let (theta, buffers) = match &self.watch.best {
            Some(best) => (best.theta.clone(), best.buffers.clone()),
            None => (self.evaluated_theta()?, self.model.buffers().to_vec()),
        };
        let mut model = self.model;
        model.set_buffers(buffers)?;
        model.set_theta(theta)?;
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

    /// Mean loss, with the price of the parameters, and metrics on `samples`, without training.
    ///
    /// They are those of the parameters to [evaluate with](Self::evaluated_theta).
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | where the optimizer averages, the average is evaluated, kept and saved | `averages_are_evaluated_kept_and_saved` |
    ///
    /// # Errors
    ///
    /// [`NnError::FeatureCount`], [`NnError::SampleCount`], or what the loss says: of weights that are all 0, that they are.
    pub fn evaluate(&self, samples: &dyn Samples<T>) -> Result<Evaluation, NnError> {
        self.check(samples)?;
        let theta = self.evaluated_theta()?;
        let mut sums = Sums::new(&self.metrics);
        self.model
            .for_each_chunk(&theta, samples, |logits, target, weights| {
                let loss = &*self.loss;
                let count = Count::of(loss, target, weights, logits.columns());
                let value = if count.denominator == 0.0 {
                    0.0 // of a chunk that counts nothing
                } else {
                    loss.value(logits, target, weights, count.denominator)?
                };
                sums.add_loss(count, value);
                let metrics = self.metrics.iter();
                let metrics: Vec<f64> = metrics.map(|m| m.sum(logits, target, weights)).collect();
                sums.add_metrics(&metrics);
                Ok(())
            })?;
        if sums.is_empty() {
            return Err(LossError::ZeroWeights.into());
        }
        let mut mean = sums.mean().clone();
        for penalty in &self.penalties {
            mean.loss += penalty.value(&theta)?;
        }
        Ok(mean)
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
