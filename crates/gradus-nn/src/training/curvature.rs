//! What an optimizer that learns the curvature is told every few steps.

use super::count::Count;
use super::settings::MAX_PLACES;
use super::step::slices;
use super::trainer::Training;
use crate::data::{Samples, TargetBuffer};
use crate::error::NnError;
use crate::network::Output;
use gradus_linalg::Scalar;
use gradus_losses::{BinaryCrossEntropyLogits, Loss, SoftmaxCrossEntropy, SquaredError};
use gradus_numeric::{MatrixRef, sigmoid};
use gradus_random::{Key, normal, uniform};

impl<T: Scalar> Training<T> {
    /// The same training, whose optimizer is shown an estimate of the Hessian's diagonal before its first step and every `every` steps,
    /// as [`ScaleBySophia`](gradus_optim::ScaleBySophia) needs it.
    ///
    /// The estimate is that of Gauss, Newton and Bartlett:
    ///
    /// ```math
    /// \hat h = \hat g \odot \hat g, \qquad
    /// \hat g = \frac{1}{\sqrt{w}} \sum_{i \in B} \sqrt{w_i}\, \nabla_\theta\, \ell\bigl(f_\theta(x_i), \hat y_i\bigr), \qquad
    /// \hat y_i \sim p\bigl(\cdot \mid f_\theta(x_i)\bigr), \qquad w = \sum_{i \in B} w_i
    /// ```
    ///
    /// where $`\hat y`$ are outcomes that are *drawn from the model*, as its [`Output`] says: a class of softmax, a yes or a no of each
    /// sigmoid, and of numbers as they are a normal draw of variance ½ around each. $`\ell`$ is the loss that belongs to it:
    /// cross-entropy, or the squared error. The gradient of a drawn outcome has the mean 0 and, as its covariance, the curvature that
    /// $`\ell`$ has by the outputs; so $`\mathrm{E}[\hat h]`$ is the diagonal of Gauss and Newton's matrix, which is never negative. With
    /// equal weights it is the $`B\, \hat g \odot \hat g`$ of the paper, of the gradient of a mean.
    ///
    /// Hutchinson's estimate would need the product of the Hessian with a vector: two numbers in the place of each on the tape,
    /// through all kernels, and memory twice as large. This one is a gradient, computed by the same shards on the same threads.
    ///
    /// It costs a gradient, every `every` steps. Weights of classes, label smoothing and prices of parameters
    /// ([`Penalty`](crate::Penalty)) are not in it.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | the mean of the estimate is the diagonal of Gauss and Newton's matrix | `estimates_of_the_curvature_have_the_right_mean` |
    /// | threads, processes and a stop at any step change no bit | `the_curvature_is_learned_to_the_same_bits` |
    /// | without an optimizer that learns it, nothing changes but an error | `a_curvature_that_no_link_learns_is_refused` |
    ///
    /// # Numerics
    ///
    /// Outcomes are keyed by seed, step and place in the batch. If outputs are not finite there is no estimate; the step, which sees
    /// the same outputs, tells. A sum of shards is squared in the precision of the parameters: beyond the root of the largest number
    /// it is refused.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] if `every` is 0. From then on a step fails, and changes nothing, with
    /// [`NoCurvature`](gradus_optim::OptimError::NoCurvature) if no link of the optimizer learns, and with
    /// [`BadCurvature`](gradus_optim::OptimError::BadCurvature) if an estimate overflows.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::layers::{dense, tanh};
    /// use gradus_nn::losses::{SoftmaxCrossEntropy, Target};
    /// use gradus_nn::optim::{ScaleBySophia, descend};
    /// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Order, Output, Settings, Shape, Training};
    ///
    /// let x = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
    /// let x = MatrixRef::new(&x, Shape::new(2, 4), Order::Columns)?;
    /// let data = Dataset::new(Features::Numbers(x), Target::Labels(&[0, 1, 1, 0]))?;
    /// let model = Network::<f64>::new(2, vec![dense(8), tanh(), dense(2)], Output::Softmax)?.initialize(Key::new(1))?;
    /// let sophia = descend(ScaleBySophia { gamma: 0.05, ..ScaleBySophia::default() }, 0.05)?;
    /// let training = Training::new(model, sophia, Box::new(SoftmaxCrossEntropy::default()), Settings::default())?;
    /// let mut training = training.with_curvature(10)?;
    /// training.fit(200, &data, &mut [])?;
    /// assert!(training.evaluate(&data)?.loss < 0.1); // exclusive or
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # References
    ///
    /// H. Liu et al., *Sophia: a scalable stochastic second-order optimizer for language model pre-training* (2023), algorithm 2,
    /// <https://arxiv.org/abs/2305.14342>; J. Martens, *New insights and perspectives on the natural gradient method* (2020), section 9.
    #[doc(alias = "Gauss–Newton–Bartlett")]
    pub fn with_curvature(mut self, every: u64) -> Result<Self, NnError> {
        if every == 0 {
            return Err(NnError::Domain {
                name: "every",
                value: 0.0,
                domain: "1, 2, 3, …",
            });
        }
        self.curvature.every = Some(every);
        Ok(self)
    }

    /// Shows the optimizer an estimate, if it is time.
    pub(super) fn learn_curvature(
        &mut self,
        batch: &[u32],
        samples: &dyn Samples<T>,
    ) -> Result<(), NnError> {
        let done = self.state.step();
        if !matches!(self.curvature.every, Some(every) if done.is_multiple_of(every)) {
            return Ok(());
        }
        let outcomes = Outcomes {
            output: self.model.network().output(),
            key: Key::new(self.settings.seed)
                .stream(OUTCOMES)
                .round(done + 1),
        };
        let cut = self.settings.cut(batch.len());
        let count = self.weights.gather(outcomes.loss(), samples, batch)?;
        if count.weight == 0.0 {
            return Ok(()); // the step refuses such a batch
        }
        self.weights.take_roots();
        let count = Count {
            denominator: count.weight.sqrt(),
            ..count
        };
        self.run_shards(batch, samples, (count, cut), Some(outcomes));
        self.hear_all(cut, done + 1)?;
        let loss: f64 = self.heard.iter().step_by(1 + self.metrics.len()).sum();
        if !loss.is_finite() {
            return Ok(());
        }
        let own = self.link.own(cut.places());
        let mut memory = [&[][..]; MAX_PLACES];
        let gradients = slices(&self.places[..own.len()], |sum| &sum.gradient, &mut memory);
        let estimate = &mut self.curvature.estimate;
        estimate.resize(self.model.theta().len(), T::from_f64(0.0));
        self.link.add(gradients, estimate, own.start > 0)?;
        for g in &mut *estimate {
            *g = *g * *g;
        }
        Ok(self.optimizer.learn_curvature(&mut self.state, estimate)?)
    }
}

/// When the curvature is estimated, and memory for the estimate.
#[derive(Debug)]
pub(super) struct Curvature<T> {
    /// After how many steps again; `None` for never.
    pub(super) every: Option<u64>,
    estimate: Vec<T>,
}

impl<T> Default for Curvature<T> {
    fn default() -> Self {
        Self {
            every: None,
            estimate: Vec::new(),
        }
    }
}

/// Outcomes that the model itself believes in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Outcomes {
    output: Output,
    key: Key,
}

impl Outcomes {
    /// The loss whose curvature outcomes of this kind tell: their negative log-likelihood.
    pub(super) fn loss<T: Scalar>(self) -> &'static dyn Loss<T> {
        const CLASSES: SoftmaxCrossEntropy = SoftmaxCrossEntropy {
            label_smoothing: 0.0,
        };
        const ANSWERS: BinaryCrossEntropyLogits = BinaryCrossEntropyLogits {
            label_smoothing: 0.0,
        };
        match self.output {
            Output::Identity => &SquaredError,
            Output::Sigmoid => &ANSWERS,
            Output::Softmax => &CLASSES,
        }
    }

    /// An outcome for each column of `z`, which has the samples of the batch from `first` on.
    pub(super) fn draw<T: Scalar>(
        self,
        z: MatrixRef<'_, T>,
        first: u64,
        targets: &mut TargetBuffer<T>,
    ) {
        let samples = (first..).zip(0..z.columns());
        let each = samples.map(|(number, j)| (self.key.index(number).rng(), z.column(j)));
        match self.output {
            Output::Softmax => {
                targets.set_labels(each.map(|(mut rng, z)| class(z, uniform(&mut rng))));
            }
            Output::Sigmoid => {
                let answers = each.flat_map(|(mut rng, z)| {
                    z.map(move |z| f64::from(u8::from(uniform(&mut rng) < sigmoid(z.to_f64()))))
                });
                targets.set_values(z.rows(), answers.map(T::from_f64));
            }
            Output::Identity => {
                let deviation = 0.5_f64.sqrt();
                let numbers = each.flat_map(|(mut rng, z)| {
                    z.map(move |z| z.to_f64() + deviation * normal(&mut rng))
                });
                targets.set_values(z.rows(), numbers.map(T::from_f64));
            }
        }
    }
}

/// The class in whose part of $`[0, 1)`$ the number `u` lies, where class k has a part of length $`\sigma(z)_k`$.
fn class<T: Scalar>(z: impl Iterator<Item = T> + Clone, u: f64) -> u32 {
    let z = z.map(T::to_f64);
    let top = z.clone().fold(f64::NEG_INFINITY, f64::max);
    let shares = z.map(|z| (z - top).exp());
    let mut rest = u * shares.clone().sum::<f64>();
    let mut last = 0; // rounding may leave some of `rest` after the last class that is possible
    for (k, share) in (0..).zip(shares) {
        if rest < share {
            return k;
        }
        rest -= share;
        last = if share > 0.0 { k } else { last };
    }
    last
}

/// Stream of the outcomes; the layers have those from 2³² on.
const OUTCOMES: u64 = 4;

#[cfg(test)]
mod tests {
    use super::class;

    #[test]
    fn classes_have_parts_as_long_as_their_probabilities() {
        let z = [1.0_f64, 2.0, 1.0].map(f64::ln); // a quarter, a half, a quarter
        let of = |u| class(z.into_iter(), u);
        assert_eq!(
            [0.0, 0.24, 0.26, 0.74, 0.76, 0.999].map(of),
            [0, 0, 1, 1, 2, 2]
        );
        let possible = [0.0, f64::NEG_INFINITY];
        assert_eq!(class(possible.into_iter(), 1.0 - f64::EPSILON / 2.0), 0);
        assert_eq!(class([-1e4_f64, 1e4].into_iter(), 0.0), 1);
    }
}
