//! Training that tells little about any one sample.

use super::clip::{Clipper, Step};
use super::gradient::Task;
use super::noise::add_noise;
use super::settings::Private;
use crate::data::Samples;
use crate::error::NnError;
use crate::memory::{check_room, filled};
use crate::network::Model;
use crate::training::epoch::check_samples;
use crate::training::settings::MAX_PLACES;
use crate::training::threads::{awake, each, pool};
use crate::training::trainer::with_frozen;
use gradus_linalg::Scalar;
use gradus_losses::Loss;
use gradus_optim::{Chain, Gradient, State};
use gradus_privacy::{Ledger, SampledGaussian, poisson_sample};
use rayon::ThreadPool;
use std::iter::zip;
use std::sync::Arc;

/// A model in private training: what it becomes tells little about any one sample.
///
/// ```math
/// \theta \leftarrow \theta + u\Bigl(\frac{1}{q n} \Bigl( \sum_{i \in S} \min\Bigl(1, \frac{C}{\lVert g_i \rVert}\Bigr) g_i
/// + \sigma C\, \xi \Bigr)\Bigr), \qquad \xi \sim N(0, I)
/// ```
///
/// where $`S`$ is a Poisson sample: each of the $`n`$ samples is in it with probability $`q`$ ([`Private::rate`]); $`g_i`$ is the gradient of the loss of one
/// sample, $`C`$ is [`Private::clip`], $`\sigma`$ is [`Private::noise`], and $`u`$ is the optimizer's update. One sample moves the sum by at most $`C`$, and the noise
/// hides that. The sum is divided by the *expected* number of samples, because the actual one would tell. A step whose sample is empty still adds noise.
///
/// [`ledger`](Self::ledger) tells what the steps cost together. It knows nothing else that is done with the data: a learning rate
/// that was chosen by trying costs as well. Losses on the training data are not told, because they are not private.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | clip ∞, noise 0, rate 1 is descent on all samples | `training_that_hides_nothing_is_full_batch_descent` |
/// | the sum moves by at most $`C`$ when a sample leaves | `clipped_sums_move_by_at_most_the_bound` |
/// | a gradient keeps its direction and is shortened to $`C`$ | `clipping_shortens_and_does_not_turn` |
/// | shards at once and samples one by one give the same | `lengths_need_no_gradients_of_samples` |
/// | noise of deviation $`\sigma C / q n`$ in every entry, also without samples | `a_step_without_samples_still_adds_noise` |
/// | equal keys give equal bits, for any number of threads | `private_training_is_keyed_and_threads_change_no_bit` |
/// | the ledger counts every step | `the_ledger_counts_every_step` |
/// | what learns from whole batches is refused | `batch_statistics_are_refused` |
/// | weights of samples and of classes are refused | `private_training_refuses_weights` |
/// | a dense layer that sees parts of samples is refused, or takes one sample at a time | `a_layer_that_sees_parts_of_samples_is_refused_or_takes_one_by_one` |
/// | a length is clipped even where the square of a factor is no number | `a_gradient_of_a_tiny_and_a_huge_factor_is_clipped` |
///
/// # Numerics
///
/// The gradient of a sample by a dense layer is $`\bar z x^\top`$, and its length needs no such matrix: $`\lVert \bar z \rVert^2 (\lVert x \rVert^2 + 1)`$ with the bias. So a shard takes one recording and
/// two ways back, one for the lengths, and one that computes the products $`(\bar Z F) X^\top`$ alone, with a factor for each sample. Networks with other parameters, frozen ones, tied ones, or layers that do not
/// [promise](crate::layers::Layer::is_samplewise) to keep samples apart take a recording for each sample, which is slower by the
/// number of samples in a shard.
///
/// The promise is one of exact arithmetic: sums and noise are rounded, and the noise is normal draws in double precision. Where the square
/// of $`\bar z`$ would underflow, the length is taken for a larger one, so that a gradient may be shortened too much, and never too little.
///
/// # Examples
///
/// ```
/// use gradus_nn::losses::{SoftmaxCrossEntropy, Target};
/// use gradus_nn::{Dataset, Features, Network, Output, Private, PrivateTraining, layers::dense};
/// use gradus_nn::{Key, MatrixRef, Order, Shape, optim::sgd};
///
/// let x: Vec<f64> = (0..100).map(|i| f64::from(i) / 100.0).collect();
/// let labels: Vec<u32> = (0..100).map(|i| u32::from(i >= 50)).collect();
/// let x = MatrixRef::new(&x, Shape::new(1, 100), Order::Columns)?;
/// let data = Dataset::new(Features::Numbers(x), Target::Labels(&labels))?;
/// let model = Network::<f64>::new(1, vec![dense(2)], Output::Softmax)?.initialize(Key::new(0))?;
/// let private = Private { rate: 0.2, clip: 1.0, noise: 2.0, key: Key::new(7), shard: 16, threads: 1 };
/// let mut training = PrivateTraining::new(model, sgd(0.5)?, Box::new(SoftmaxCrossEntropy::default()), private)?;
/// training.fit(50, &data)?;
/// let spent = training.ledger()?.epsilon(1e-5)?;
/// assert!(spent.epsilon > 3.0 && spent.epsilon < 4.5);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// M. Abadi et al., *Deep learning with differential privacy*, CCS 2016, algorithm 1; I. Goodfellow, *Efficient
/// per-example gradient computations*, 2015, <https://arxiv.org/abs/1510.01799> (the lengths).
#[doc(alias = "DP-SGD")]
#[derive(Debug)]
pub struct PrivateTraining<T: Scalar> {
    pub(super) model: Model<T>,
    pub(super) optimizer: Chain<T>,
    pub(super) state: State<T>,
    loss: Box<dyn Loss<T>>,
    pub(super) private: Private,
    at_once: bool,
    pub(super) steps: u64,
    places: Vec<Clipper<T>>,
    gradient: Vec<T>,
    pool: Arc<ThreadPool>,
}

impl<T: Scalar> PrivateTraining<T> {
    /// A training that has not begun.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] if the settings make no sense, [`NnError::BatchStatistics`] if the network keeps numbers that it
    /// learns from whole batches, [`NnError::PrivateClassWeights`] if the loss weighs classes, [`NnError::TooLarge`] if there is no memory, [`NnError::Threads`] if the threads cannot be
    /// started.
    pub fn new(
        model: Model<T>,
        optimizer: Chain<T>,
        loss: Box<dyn Loss<T>>,
        private: Private,
    ) -> Result<Self, NnError> {
        private.check()?;
        if let Some(weights) = loss.class_weights() {
            let classes = weights.len();
            return Err(NnError::PrivateClassWeights { classes });
        }
        let network = model.network();
        if let Some(entry) = network.buffer_layout().entries().first() {
            let buffer = entry.name.clone();
            return Err(NnError::BatchStatistics { buffer });
        }
        let parameters = network.layout().len();
        // A gradient, an update, and what the optimizer remembers.
        let vectors = 2 + optimizer.names().len();
        check_room::<T>("the optimizer's state", parameters, vectors)?;
        let optimizer = with_frozen(optimizer, network);
        let zeros = |count| filled("private training", count, T::from_f64(0.0));
        Ok(Self {
            state: optimizer.init(network.layout(), model.theta())?,
            at_once: network.tells_lengths(),
            places: Vec::new(),
            gradient: zeros(parameters)?,
            pool: pool::<T>(private.threads)?,
            steps: 0,
            model,
            optimizer,
            loss,
            private,
        })
    }

    /// Makes so many further steps.
    ///
    /// # Errors
    ///
    /// [`NnError::FeatureCount`] and [`NnError::SampleCount`] if the samples do not fit,
    /// [`NnError::PrivateSampleWeights`] if they have weights, [`NnError::SampleGradient`] if a gradient is not
    /// finite, [`NnError::ColumnCount`] if a layer [promises](crate::layers::Layer::is_samplewise) what it does not keep, or
    /// what the loss or the optimizer says. The parameters are those before that step.
    pub fn fit(&mut self, steps: u64, samples: &dyn Samples<T>) -> Result<(), NnError> {
        let count = check_samples(self.model.network(), samples)?;
        let mut weights = Vec::new();
        samples.gather_weights(&[0], &mut weights); // all samples have one, or none has
        if let Some(weight) = weights.first() {
            let weight = weight.to_f64();
            return Err(NnError::PrivateSampleWeights { weight });
        }
        let pool = Arc::clone(&self.pool);
        let mut outcome = Ok(());
        awake(&pool, &mut || {
            outcome = (0..steps).try_for_each(|_| self.step(count, samples));
        });
        outcome
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

    /// How many steps are done.
    #[must_use]
    pub const fn steps(&self) -> u64 {
        self.steps
    }

    /// What the steps have cost together, so far.
    ///
    /// # Errors
    ///
    /// None that [`new`](Self::new) has not told.
    pub fn ledger(&self) -> Result<Ledger, NnError> {
        let mut ledger = Ledger::new();
        let step = SampledGaussian::new(self.private.rate, self.private.noise)?;
        ledger.spend(&step, self.steps)?;
        Ok(ledger)
    }

    /// One step, done as a whole or not at all.
    fn step(&mut self, count: u32, samples: &dyn Samples<T>) -> Result<(), NnError> {
        let key = self.private.key.round(self.steps);
        let rng = &mut key.stream(key.stream + SAMPLE).rng();
        let sample = poisson_sample(count, self.private.rate, rng)?;
        self.sum_clipped(&sample, samples)?;
        let deviation = self.private.deviation();
        add_noise(
            &mut self.gradient,
            deviation,
            key.stream(key.stream + NOISE),
        );
        let expected = T::from_f64(self.private.rate * f64::from(count));
        self.gradient.iter_mut().for_each(|g| *g = *g / expected);
        let gradients = [&self.gradient[..]];
        let (_, theta, _) = self.model.parts_mut();
        self.optimizer
            .update(&mut self.state, theta, Gradient::sum_of(&gradients))?;
        self.steps += 1;
        Ok(())
    }

    /// The sum of the clipped gradients of a sample, shard by shard, in `self.gradient`.
    fn sum_clipped(&mut self, sample: &[u32], samples: &dyn Samples<T>) -> Result<(), NnError> {
        self.gradient.fill(T::from_f64(0.0));
        if sample.is_empty() {
            return Ok(());
        }
        let parameters = self.gradient.len();
        let cut = self.private.cutting().cut(sample.len());
        while self.places.len() < cut.places().min(MAX_PLACES) {
            let place = Clipper::new(parameters)?;
            self.places.push(place);
        }
        let step = Step {
            task: Task {
                network: self.model.network(),
                theta: self.model.theta(),
                loss: &*self.loss,
                samples,
                key: self
                    .private
                    .key
                    .stream(self.private.key.stream + LAYERS)
                    .round(self.steps),
            },
            private: &self.private,
            sample,
            cut,
            at_once: self.at_once,
            number: self.steps + 1,
        };
        let places = &mut self.places[..cut.places()]; // made above
        each(places, 0, &|number, place: &mut Clipper<T>| {
            place.run(number, &step);
        });
        for place in places {
            std::mem::replace(&mut place.outcome, Ok(()))?;
            for (sum, &part) in zip(&mut self.gradient, &place.sum) {
                *sum += part;
            }
        }
        Ok(())
    }
}

/// Streams behind that of the caller's key.
const SAMPLE: u64 = 0;
const NOISE: u64 = 1;
/// First stream of the layers.
const LAYERS: u64 = 1 << 32;
