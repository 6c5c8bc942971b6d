//! Batch normalization.

use crate::error::{Misfit, NnError};
use crate::onnx::Attribute;
use crate::recording::Initializer;
use crate::recording::{Batch, Export, Layer, Mode, Pass, Value};
use gradus_autodiff::rules::{Moments, Normalize};
use gradus_linalg::Scalar;

/// Batch normalization: each channel with mean 0 and variance 1 over the samples, then scaled and shifted.
///
/// ```math
/// y = \gamma \, \frac{x - \mu}{\sqrt{v + \varepsilon}} + \beta
/// ```
///
/// In training $`\mu, v`$ are the moments of the shard, over places and samples; a running mean of them,
/// $`r \leftarrow (1 - m)\,r + m\,\mu`$, stands in for them in evaluation, where every sample is alone.
///
/// A shard is normalized by itself ("ghost" batches): so shards stay independent and the number of threads
/// changes no bit. With `shard = batch` it is the batch, as in PyTorch on one device.
///
/// # Shapes
///
/// Any sample; `weight` ($`\gamma`$), `bias` ($`\beta`$), and the buffers `running_mean`, `running_var`: channels.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each channel of a shard has mean 0 and variance 1 | `batch_norm_brings_each_channel_to_mean_zero_and_variance_one` |
/// | a step has its share of the running moments | `running_moments_take_their_share` |
/// | those of PyTorch and of Keras | `running_moments_are_those_of_pytorch_and_keras` |
/// | threads change no bit of the running moments | `threads_change_no_bit_of_parameters_or_buffers` |
/// | a sample alone is refused | `batch_norm_refuses_a_sample_alone_before_the_first_step` |
///
/// # Numerics
///
/// Variances are those of the shard (divided by the count), as the formula says; running variances are unbiased, as
/// PyTorch's, unless told otherwise ([`RunningVariance`]). A variance of 0 leaves $`y = \beta`$.
///
/// PyTorch's `momentum` is the share of a step, ours; Keras' is what stays, $`1 - m`$: see [`BatchNorm::keras`].
///
/// # Errors
///
/// [`Misfit::OneValue`] in training if a channel has one value only: a sample alone, with one place.
///
/// # References
///
/// S. Ioffe and C. Szegedy, *Batch normalization*, ICML 2015; E. Hoffer, I. Hubara and D. Soudry, *Train longer,
/// generalize better*, `NeurIPS` 2017, algorithm 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BatchNorm {
    /// What is added to the variance.
    pub epsilon: f64,
    /// The share of a step in the running moments.
    pub momentum: f64,
    /// Which variance of a shard runs.
    pub running_variance: RunningVariance,
}

/// Which variance of a shard of $`n`$ values of a channel goes into the running one; libraries differ.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | those of PyTorch and of Keras | `running_moments_are_those_of_pytorch_and_keras` |
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::{BatchNorm, RunningVariance};
///
/// assert_eq!(BatchNorm::default().running_variance, RunningVariance::Unbiased);
/// assert_eq!(BatchNorm::keras().running_variance, RunningVariance::Biased);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RunningVariance {
    /// The sum of squares over $`n - 1`$: the paper's algorithm 2, PyTorch.
    #[default]
    Unbiased,
    /// The sum of squares over $`n`$, by which the shard is normalized: Keras, JAX.
    Biased,
}

impl BatchNorm {
    /// The settings of Keras: $`\varepsilon = 10^{-3}`$, running moments that keep 0.99 of what they were, and the variance of
    /// the shard as it is.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::layers::BatchNorm;
    ///
    /// assert!((BatchNorm::keras().momentum - 0.01).abs() < 1e-16); // Keras calls it 0.99
    /// ```
    #[must_use]
    pub const fn keras() -> Self {
        Self {
            epsilon: 1e-3,
            momentum: 1.0 - 0.99,
            running_variance: RunningVariance::Biased,
        }
    }
}

/// The settings of PyTorch.
impl Default for BatchNorm {
    fn default() -> Self {
        Self {
            epsilon: 1e-5,
            momentum: 0.1,
            running_variance: RunningVariance::Unbiased,
        }
    }
}

impl<T: Scalar> Layer<T> for BatchNorm {
    fn kind(&self) -> &'static str {
        "batch norm"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let (channels, epsilon) = (x.sample.channels(), self.epsilon);
        let scales = pass.pair(
            ["weight", "bias"],
            channels,
            [Initializer::Ones, Initializer::Zeros],
        )?;
        let running = pass.buffers(["running_mean", "running_var"], channels, [0.0, 1.0])?;
        let moments = pass.rule(|| Moments { channels })?;
        let normalize = pass.rule(|| Normalize { channels, epsilon })?;
        let moments = match pass.mode() {
            Mode::Evaluation => pass.constant(running),
            Mode::Training { .. } => {
                let m = x.sample.places().saturating_mul(x.matrix.shape().columns);
                if m < 2 {
                    return Err(pass.misfit(x, Misfit::OneValue));
                }
                let seen = x.matrix.apply(moments);
                let factor = T::from_f64(match self.running_variance {
                    RunningVariance::Unbiased => m as f64 / (m - 1) as f64,
                    RunningVariance::Biased => 1.0,
                });
                let share = T::from_f64(self.momentum);
                pass.update(running, seen, |i, now, seen| {
                    let seen = if i < channels { seen } else { seen * factor };
                    now + share * (seen - now)
                });
                seen
            }
        };
        let tape = pass.tape();
        Ok(x.map(|x| tape.apply(normalize, [x, moments, scales])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let (gamma, beta) = (graph.tensor("weight")?, graph.tensor("bias")?);
        let (mean, variance) = (graph.tensor("running_mean")?, graph.tensor("running_var")?);
        let epsilon = [("epsilon", Attribute::Float(self.epsilon))];
        let inputs = [&*x.name, &gamma, &beta, &mean, &variance];
        let name = graph.node("BatchNormalization", &inputs, &epsilon);
        Ok(Value { name, ..x })
    }
}
