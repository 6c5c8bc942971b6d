//! How parameters start.

use gradus_numeric::{Float, Shape};
use gradus_random::rand::Rng;
use gradus_random::{normal, uniform};

/// The law that the entries of a weight matrix are drawn from.
///
/// A dense layer multiplies the variance of its input by $`n \operatorname{Var} w`$, where `n` is the
/// number of inputs (fan in), and on the way back that of the gradient by $`m \operatorname{Var} w`$, where
/// `m` is the number of outputs (fan out). The named laws choose the variance so that neither grows nor
/// shrinks from layer to layer:
///
/// | law | variance | made for |
/// |---|---|---|
/// | Glorot | $`2 / (n + m)`$ | tanh, softmax: forward and backward in balance |
/// | He | $`2 / n`$ | relu, which halves the second moment |
/// | LeCun | $`1 / n`$ | linear and self-normalizing layers |
///
/// A uniform law on $`[-b, b]`$ has variance $`b^2 / 3`$, hence $`b = \sqrt{3 \operatorname{Var} w}`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | mean 0 and the stated variance, within 5σ | `initial_weights_have_the_stated_variance` |
/// | the same key draws the same bits | `initialization_is_keyed` |
///
/// # Examples
///
/// ```
/// use gradus_nn::Initializer;
/// use gradus_nn::Shape;
///
/// let shape = Shape::new(128, 10); // 10 inputs, 128 outputs
/// assert_eq!(Initializer::HeNormal.variance(shape), 0.2);
/// assert_eq!(Initializer::LeCunNormal.variance(shape), 0.1);
/// assert_eq!(Initializer::GlorotUniform.variance(shape), 2.0 / 138.0);
/// ```
///
/// # References
///
/// X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*,
/// AISTATS 2010, (12), (16); K. He et al., *Delving deep into rectifiers*, ICCV 2015, (10),
/// <https://arxiv.org/abs/1502.01852>; Y. LeCun et al., *Efficient BackProp*, 1998, §4.6.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Initializer {
    /// All zeros: what biases start with.
    Zeros,
    /// All ones: what the scales of a normalization start with.
    Ones,
    /// Uniform with variance $`2 / (n + m)`$; the default of dense layers, as in Keras.
    #[default]
    GlorotUniform,
    /// Normal with variance $`2 / (n + m)`$.
    GlorotNormal,
    /// Uniform with variance $`2 / n`$.
    HeUniform,
    /// Normal with variance $`2 / n`$.
    HeNormal,
    /// Uniform with variance $`1 / n`$.
    LeCunUniform,
    /// Normal with variance $`1 / n`$.
    LeCunNormal,
}

impl Initializer {
    /// The variance of an entry of a weight matrix with `shape` (outputs × inputs).
    #[must_use]
    pub fn variance(self, shape: Shape) -> f64 {
        let (m, n) = (shape.rows as f64, shape.columns as f64);
        match self {
            Self::Zeros | Self::Ones => 0.0,
            Self::GlorotUniform | Self::GlorotNormal => 2.0 / (n + m),
            Self::HeUniform | Self::HeNormal => 2.0 / n,
            Self::LeCunUniform | Self::LeCunNormal => 1.0 / n,
        }
    }

    /// Draws the entries of a weight matrix with `shape` (outputs × inputs).
    pub fn fill<T: Float>(self, weights: &mut [T], shape: Shape, rng: &mut (impl Rng + ?Sized)) {
        let deviation = self.variance(shape).sqrt();
        for w in weights {
            *w = T::from_f64(match self {
                Self::Zeros => 0.0,
                Self::Ones => 1.0,
                Self::GlorotUniform | Self::HeUniform | Self::LeCunUniform => {
                    deviation * unit_variance_uniform(rng)
                }
                Self::GlorotNormal | Self::HeNormal | Self::LeCunNormal => deviation * normal(rng),
            });
        }
    }
}

/// A uniform draw with mean 0 and variance 1: $`[-\sqrt 3, \sqrt 3]`$.
fn unit_variance_uniform(rng: &mut (impl Rng + ?Sized)) -> f64 {
    3.0_f64.sqrt() * (2.0 * uniform(rng) - 1.0)
}
