//! How parameters start.

use crate::error::NnError;
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::qr;
use gradus_numeric::Float;
use gradus_random::rand::Rng;
use gradus_random::{normal, uniform};

/// The law that the entries of a parameter are drawn from.
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
/// A uniform law on $`[-b, b]`$ has variance $`b^2 / 3`$, hence $`b = \sqrt{3 \operatorname{Var} w}`$. Of a
/// convolution with `t` weights in a window, $`n = t \cdot \text{channels}`$ and $`m = t \cdot \text{outputs}`$.
///
/// An orthogonal matrix, $`W W^\top = g^2 I`$ or $`W^\top W = g^2 I`$, keeps every length and not only the mean one.
///
/// # Shapes
///
/// Dimensions are those in a file: the first counts the outputs, the second the inputs (channels), all further ones
/// the places of a window.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | mean 0 and the stated variance, within 5σ | `initial_weights_have_the_stated_variance` |
/// | an orthogonal matrix keeps lengths | `orthogonal_weights_keep_lengths` |
/// | an identity hands on what it gets | `layers_of_identities_hand_on_what_they_get` |
/// | the same key draws the same bits | `initialization_is_keyed` |
///
/// # Numerics
///
/// A truncated normal draw is repeated until it lies within two deviations, which takes 1.05 draws in the mean; its
/// variance is $`1 - 4 \varphi(2) / (2 \Phi(2) - 1) = 0.7737`$ of that of the normal law.
///
/// # Examples
///
/// ```
/// use gradus_nn::Initializer;
///
/// let dense = [128, 10]; // 128 outputs, 10 inputs
/// assert_eq!(Initializer::HeNormal.variance(&dense), 0.2);
/// assert_eq!(Initializer::LeCunNormal.variance(&dense), 0.1);
/// assert_eq!(Initializer::GlorotUniform.variance(&dense), 2.0 / 138.0);
/// let convolution = [16, 3, 5, 5]; // 16 outputs, 3 channels, windows of 5 × 5
/// assert_eq!(Initializer::GlorotUniform.variance(&convolution), 2.0 / (75.0 + 400.0));
/// ```
///
/// # References
///
/// X. Glorot and Y. Bengio, *Understanding the difficulty of training deep feedforward neural networks*,
/// AISTATS 2010, (12), (16); K. He et al., *Delving deep into rectifiers*, ICCV 2015, (10),
/// <https://arxiv.org/abs/1502.01852>; Y. LeCun et al., *Efficient BackProp*, 1998, §4.6; A. M. Saxe, J. L. `McClelland`
/// and S. Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear neural networks*, ICLR 2014,
/// <https://arxiv.org/abs/1312.6120>.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[doc(alias = "Xavier")]
#[doc(alias = "Kaiming")]
pub enum Initializer {
    /// All zeros: what biases start with.
    Zeros,
    /// All ones: what the scales of a normalization start with.
    Ones,
    /// One number everywhere.
    Constant(
        /// The number.
        f64,
    ),
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
    /// Uniform on $`[-b, b]`$.
    Uniform {
        /// $`b`$.
        bound: f64,
    },
    /// Normal with that standard deviation.
    Normal {
        /// $`\sigma`$.
        deviation: f64,
    },
    /// Normal with that standard deviation, without what lies beyond $`\pm 2 \sigma`$.
    TruncatedNormal {
        /// $`\sigma`$ of the whole law.
        deviation: f64,
    },
    /// Mean 0 and variance $`\text{scale} / \text{fan}`$: the family that the named laws belong to.
    VarianceScaling {
        /// By what the fan is divided.
        scale: f64,
        /// Which fan.
        fan: Fan,
        /// Which law.
        law: Law,
    },
    /// $`g`$ times the identity: 1 where output and input have the same number, of a convolution in the middle of the
    /// window, and 0 elsewhere. A layer without a bias then hands on what it gets.
    Identity {
        /// $`g`$.
        gain: f64,
    },
    /// Rows, or columns if there are fewer of them, that are orthogonal and of length $`g`$; uniform among those.
    Orthogonal {
        /// $`g`$.
        gain: f64,
    },
}

/// Which count of connections a variance is divided by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fan {
    /// $`n`$, the inputs of a unit.
    In,
    /// $`m`$, the outputs of one.
    Out,
    /// $`(n + m) / 2`$.
    Mean,
}

/// A law with mean 0 and a given variance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    /// The uniform law.
    Uniform,
    /// The normal law.
    Normal,
    /// The normal law within two deviations, made wider so that it has the variance.
    TruncatedNormal,
}

impl Initializer {
    /// The variance of an entry of a parameter of these dimensions.
    #[must_use]
    pub fn variance(self, dimensions: &[usize]) -> f64 {
        let (m, n) = fans(dimensions);
        match self {
            Self::Zeros | Self::Ones | Self::Constant(_) | Self::Identity { .. } => 0.0,
            Self::VarianceScaling { scale, fan, .. } => match fan {
                Fan::In => scale / n,
                Fan::Out => scale / m,
                Fan::Mean => scale / f64::midpoint(n, m),
            },
            Self::GlorotUniform | Self::GlorotNormal => 2.0 / (n + m),
            Self::HeUniform | Self::HeNormal => 2.0 / n,
            Self::LeCunUniform | Self::LeCunNormal => 1.0 / n,
            Self::Uniform { bound } => bound * bound / 3.0,
            Self::Normal { deviation } => deviation * deviation,
            Self::TruncatedNormal { deviation } => TRUNCATED * deviation * deviation,
            Self::Orthogonal { gain } => {
                let [rows, columns] = matrix(dimensions);
                gain * gain / rows.max(columns).max(1) as f64
            }
        }
    }

    /// Draws a parameter of these dimensions, rows contiguous.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] for a constant, bound, deviation or gain that is not finite, or negative but for the
    /// constant, and where the law divides by a number of inputs or outputs that is 0; [`NnError::EntryCount`] unless
    /// there is a weight for each entry. Nothing is written.
    pub fn fill<T: Float>(
        self,
        weights: &mut [T],
        dimensions: &[usize],
        rng: &mut (impl Rng + ?Sized),
    ) -> Result<(), NnError> {
        self.check()?;
        let product = dimensions
            .iter()
            .try_fold(1_usize, |n, &d| n.checked_mul(d));
        let (expected, got) = (product.unwrap_or(usize::MAX), weights.len());
        if expected != got {
            return Err(NnError::EntryCount { expected, got });
        }
        let deviation = self.variance(dimensions).sqrt();
        if !deviation.is_finite() {
            return Err(NnError::Domain {
                name: "inputs or outputs of an initial weight",
                value: 0.0,
                domain: "1, 2, …",
            });
        }
        let draw = |rng: &mut _| match self {
            Self::Zeros | Self::Identity { .. } | Self::Orthogonal { .. } => 0.0,
            Self::Ones => 1.0,
            Self::Constant(c) => c,
            Self::GlorotUniform | Self::HeUniform | Self::LeCunUniform | Self::Uniform { .. } => {
                deviation * unit_variance_uniform(rng)
            }
            Self::GlorotNormal | Self::HeNormal | Self::LeCunNormal | Self::Normal { .. } => {
                deviation * normal(rng)
            }
            Self::TruncatedNormal { deviation } => deviation * truncated_normal(rng),
            Self::VarianceScaling { law, .. } => deviation * law.draw(rng),
        };
        if let Self::Orthogonal { gain } = self {
            return orthogonal(weights, matrix(dimensions), gain, rng);
        }
        for w in &mut *weights {
            *w = T::from_f64(draw(rng));
        }
        if let Self::Identity { gain } = self {
            identity(weights, dimensions, T::from_f64(gain));
        }
        Ok(())
    }

    /// Whether the numbers of the law make sense.
    pub(super) fn check(self) -> Result<(), NnError> {
        let (name, value, smallest) = match self {
            Self::Constant(c) => ("initial constant", c, f64::NEG_INFINITY),
            Self::Uniform { bound } => ("initial bound", bound, 0.0),
            Self::Normal { deviation } | Self::TruncatedNormal { deviation } => {
                ("initial deviation", deviation, 0.0)
            }
            Self::Orthogonal { gain } => ("initial gain", gain, 0.0),
            Self::Identity { gain } => ("initial gain", gain, f64::NEG_INFINITY),
            Self::VarianceScaling { scale, .. } => ("initial scale", scale, 0.0),
            _ => return Ok(()),
        };
        if value.is_finite() && value >= smallest {
            return Ok(());
        }
        let domain = if smallest == 0.0 {
            "[0, ∞)"
        } else {
            "(−∞, ∞)"
        };
        Err(NnError::Domain {
            name,
            value,
            domain,
        })
    }
}

impl Law {
    /// A draw with variance 1.
    fn draw(self, rng: &mut (impl Rng + ?Sized)) -> f64 {
        match self {
            Self::Uniform => unit_variance_uniform(rng),
            Self::Normal => normal(rng),
            Self::TruncatedNormal => truncated_normal(rng) / TRUNCATED.sqrt(),
        }
    }
}

/// Writes the gain where output and input have the same number, in the middle of the window.
fn identity<T: Float>(weights: &mut [T], dimensions: &[usize], gain: T) {
    let [_, columns] = matrix(dimensions);
    let window = dimensions.get(2..).unwrap_or(&[]);
    let taps: usize = window.iter().product();
    let middle = window.iter().fold(0, |at, &d| at * d + d / 2);
    for (o, row) in weights.chunks_mut(columns.max(1)).enumerate() {
        if let Some(w) = row.get_mut(o * taps + middle) {
            *w = gain;
        }
    }
}

/// Fan out and fan in, $`m`$ and $`n`$.
fn fans(dimensions: &[usize]) -> (f64, f64) {
    let (outputs, rest) = dimensions.split_first().unwrap_or((&1, &[]));
    let (inputs, window) = rest.split_first().unwrap_or((&1, &[]));
    let places: f64 = window.iter().map(|&d| d as f64).product();
    (*outputs as f64 * places, *inputs as f64 * places)
}

/// Rows and columns: the first dimension counts the rows.
fn matrix(dimensions: &[usize]) -> [usize; 2] {
    let (rows, rest) = dimensions.split_first().unwrap_or((&1, &[]));
    [*rows, rest.iter().product()]
}

/// A uniform draw with mean 0 and variance 1: $`[-\sqrt 3, \sqrt 3]`$.
fn unit_variance_uniform(rng: &mut (impl Rng + ?Sized)) -> f64 {
    3.0_f64.sqrt() * (2.0 * uniform(rng) - 1.0)
}

/// A normal draw within two deviations.
fn truncated_normal(rng: &mut (impl Rng + ?Sized)) -> f64 {
    loop {
        let z = normal(rng);
        if z.abs() <= 2.0 {
            return z;
        }
    }
}

/// $`g Q`$ of normal draws $`A = Q R`$; the diagonal of $`R`$ is positive, and so $`Q`$ is uniform (F. Mezzadri, *How to generate random matrices from the classical compact groups*,
/// Notices AMS 54 (2007), §5).
fn orthogonal<T: Float>(
    weights: &mut [T],
    [rows, columns]: [usize; 2],
    gain: f64,
    rng: &mut (impl Rng + ?Sized),
) -> Result<(), NnError> {
    let (long, short) = (rows.max(columns), rows.min(columns));
    let a = DMatrix::from_fn(long, short, |_, _| normal(rng));
    let q = qr(&a)?.q;
    for (k, w) in weights.iter_mut().enumerate() {
        let (i, j) = (k / columns, k % columns); // rows contiguous; no entry if there is no column
        let entry = if rows >= columns {
            q[(i, j)]
        } else {
            q[(j, i)]
        }; // long × short
        *w = T::from_f64(gain * entry);
    }
    Ok(())
}

/// $`1 - 4 \varphi(2) / (2 \Phi(2) - 1)`$ with the density $`\varphi`$ and the distribution $`\Phi`$ of the normal law.
const TRUNCATED: f64 = 0.7737413035499232;
