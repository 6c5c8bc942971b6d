//! Cross-entropy of a yes-or-no question, from logits and from probabilities.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::decay::decay;
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::logarithm::ln_1p_up_to_one;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{Float, Real, Shape, pull, softplus, xlogy};

/// Cross-entropy of one yes-or-no question from a logit, in nats.
///
/// ```math
/// \ell(z, y) = -y \ln \sigma(z) - (1 - y) \ln(1 - \sigma(z))
///            = y \operatorname{softplus}(-z) + (1 - y) \operatorname{softplus}(z)
/// ```
///
/// where $`z`$ is the logit, $`\sigma(z) = 1 / (1 + e^{-z})`$ the predicted probability of "yes" and
/// $`y \in [0, 1]`$ the true one.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(z, 1) = \operatorname{softplus}(-z)`$ | `binary_cross_entropy_of_a_yes_is_softplus` |
/// | $`\ell(z, y) = \ell(-z, 1 - y)`$ | `binary_cross_entropy_is_symmetric` |
/// | $`\ell(z, y) = \ell_\text{prob}(\sigma(z), y)`$ | `from_logits_is_from_probabilities_of_the_sigmoid` |
///
/// # Numerics
///
/// The usual form $`\max(z, 0) - z y + \ln(1 + e^{-|z|})`$ subtracts equal numbers for a large logit of a true
/// "yes": at $`z = 40`$ it gives 0, not $`4.2 \cdot 10^{-18}`$. Here both terms are positive.
///
/// # Examples
///
/// ```
/// use gradus_losses::binary_cross_entropy_from_logit;
///
/// assert_eq!(binary_cross_entropy_from_logit(0.0, 1.0), 2.0_f64.ln());
/// assert_eq!(binary_cross_entropy_from_logit(-800.0, 1.0), 800.0);
/// ```
#[inline(always)]
pub fn binary_cross_entropy_from_logit<R: Real>(logit: R, target: R) -> R {
    let (yes, no) = (target, R::from_f64(1.0) - target);
    pull(softplus(-logit), yes) + pull(softplus(logit), no)
}

/// Cross-entropy of one yes-or-no question from a probability, in nats.
///
/// ```math
/// \ell(p, y) = -y \ln p - (1 - y) \ln(1 - p), \qquad 0 \ln 0 = 0
/// ```
///
/// where $`p \in [0, 1]`$ is the predicted probability of "yes" and $`y \in [0, 1]`$ the true one. A certain
/// "no" to a true "yes" costs $`+\infty`$: nothing is clipped.
///
/// # Examples
///
/// ```
/// use gradus_losses::binary_cross_entropy;
///
/// assert_eq!(binary_cross_entropy(0.25, 1.0), 4.0_f64.ln());
/// assert_eq!(binary_cross_entropy(0.0, 0.0), 0.0);
/// assert_eq!(binary_cross_entropy(0.0, 1.0), f64::INFINITY);
/// ```
#[inline(always)]
pub fn binary_cross_entropy<R: Real>(prediction: R, target: R) -> R {
    let no = R::from_f64(1.0) - target;
    // ln_1p keeps what 1 - p would round away
    -(xlogy(target, prediction) + pull((-prediction).ln_1p(), no))
}

/// Binary cross-entropy of each sample from logits, summed over its outputs, in nats.
///
/// ```math
/// \ell(z, y) = \sum_{k=1}^{m} y_k \operatorname{softplus}(-z_k) + (1 - y_k) \operatorname{softplus}(z_k),
/// \qquad \frac{\partial \ell}{\partial z_k} = \sigma(z_k) - y_k
/// ```
///
/// where $`z`$ are the logits of one sample (one yes-or-no question each), $`y_k \in [0, 1]`$ the true
/// probabilities of "yes" and $`\sigma`$ the sigmoid. With one output the target may be labels: 0 is "no",
/// 1 is "yes".
///
#[doc = include_str!("../../docs/binary_cross_entropy.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(z, 1) = \operatorname{softplus}(-z)`$ | `binary_cross_entropy_of_a_yes_is_softplus` |
/// | $`\ell(z, y) = \ell(-z, 1 - y)`$ | `binary_cross_entropy_is_symmetric` |
/// | it is the softmax cross-entropy of $`(0, z)`$ | `binary_is_softmax_of_two_classes` |
/// | it is [`BinaryCrossEntropy`] of $`\sigma(z)`$ | `from_logits_is_from_probabilities_of_the_sigmoid` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// The gradient is $`(1 - y) \sigma(z) - y \sigma(-z)`$: $`\sigma(z) - 1`$ would lose its digits for large $`z`$. One exponential,
/// $`e^{-|z|}`$ in the precision of the logits, serves value and gradient.
///
/// # Errors
///
/// [`LossError::LabelsForValues`] for labels of several outputs, [`LossError::LabelOutOfRange`] for a label
/// above 1, [`LossError::TargetShape`] and [`LossError::TargetOutOfRange`] for values.
///
/// # Examples
///
/// ```
/// use gradus_losses::{BinaryCrossEntropyLogits, Loss, MatrixMut, MatrixRef, Order, Shape, Target, Weights};
///
/// let shape = Shape::new(1, 2); // one question, two samples
/// let logits = MatrixRef::new(&[0.0, 1000.0], shape, Order::Rows)?;
/// let mut memory = [0.0; 2];
/// let gradient = MatrixMut::new(&mut memory, shape, Order::Rows)?;
/// let target = Target::Labels(&[1, 0]);
/// let sum =
///     BinaryCrossEntropyLogits.value_and_gradient(logits, target, Weights::Equal, 1.0, gradient)?;
/// assert_eq!(sum, 2.0_f64.ln() + 1000.0);
/// assert_eq!(memory, [-0.5, 1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, equations (4.90) and (4.91).
#[doc(alias = "sigmoid cross-entropy")]
#[doc(alias = "logistic loss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct BinaryCrossEntropyLogits;

impl Columnwise for BinaryCrossEntropyLogits {
    type Summary = ();

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_yes_or_no(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, ()) {
        (losses_of_logits(batch, at, 1.0, keep), ())
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (): &(),
        kept: &Lanes<T>,
    ) -> Lanes {
        slopes_of_logits(batch, at, i, 1.0, kept)
    }
}

/// The losses of a block where a "yes" has a weight; keeps $`e^{-|z|}`$.
#[inline(always)]
pub(crate) fn losses_of_logits<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    weight: f64,
    mut keep: impl FnMut(usize, &Lanes<T>),
) -> Lanes {
    let mut losses = [0.0; LANES];
    for i in 0..batch.prediction.rows() {
        let (z, y) = (batch.prediction(i, at), probability_of_yes(batch, i, at));
        let mut e = z;
        for e in &mut e {
            *e = decay(-e.abs());
        }
        for lane in 0..LANES {
            let weights = [weight * y[lane], 1.0 - y[lane]];
            losses[lane] += of_logit(z[lane].to_f64(), weights, e[lane].to_f64());
        }
        keep(i, &e);
    }
    losses
}

/// The slopes that belong to these losses.
#[inline(always)]
pub(crate) fn slopes_of_logits<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    i: usize,
    weight: f64,
    kept: &Lanes<T>,
) -> Lanes {
    let (z, mut slopes) = (batch.prediction(i, at), probability_of_yes(batch, i, at));
    for lane in 0..LANES {
        let (positive, y) = (z[lane] >= T::from_f64(0.0), slopes[lane]);
        slopes[lane] = by_logit(positive, [weight * y, 1.0 - y], kept[lane].to_f64());
    }
    slopes
}

/// $`a \operatorname{softplus}(-z) + b \operatorname{softplus}(z)`$ for the weights $`a`$ of "yes" and $`b`$ of "no", with
/// $`\operatorname{softplus}(z) = \max(z, 0) + \ln(1 + e)`$ and $`e = e^{-|z|}`$. What is not asked for costs nothing:
/// $`0 \cdot \infty = 0`$.
#[inline(always)]
fn of_logit(z: f64, [yes, no]: [f64; 2], e: f64) -> f64 {
    let (up, down) = if z > 0.0 { (z, 0.0) } else { (0.0, -z) };
    let rest = ln_1p_up_to_one(e);
    share(yes, down + rest) + share(no, up + rest)
}

/// $`w x`$ with $`0 \cdot \infty = 0`$.
#[inline(always)]
fn share(weight: f64, x: f64) -> f64 {
    if weight == 0.0 { 0.0 } else { weight * x }
}

/// $`b\, \sigma(z) - a\, \sigma(-z)`$; of $`\sigma(\pm z)`$ one is $`1 / (1 + e)`$ and the other $`e / (1 + e)`$.
#[inline(always)]
fn by_logit(positive: bool, [yes, no]: [f64; 2], e: f64) -> f64 {
    let (at_yes, at_no) = if positive { (e, 1.0) } else { (1.0, e) };
    (no * at_no - yes * at_yes) / (1.0 + e)
}

/// Binary cross-entropy of each sample from probabilities, summed over its outputs, in nats.
///
/// ```math
/// \ell(p, y) = -\sum_{k=1}^{m} y_k \ln p_k + (1 - y_k) \ln(1 - p_k),
/// \qquad \frac{\partial \ell}{\partial p_k} = -\frac{y_k}{p_k} + \frac{1 - y_k}{1 - p_k},
/// \qquad 0 \ln 0 = 0, \quad \tfrac{0}{0} = 0
/// ```
///
/// where $`p_k \in [0, 1]`$ are the predicted and $`y_k \in [0, 1]`$ the true probabilities of "yes". With
/// one output the target may be labels: 0 is "no", 1 is "yes".
///
/// Prefer [`BinaryCrossEntropyLogits`] wherever there are logits: a probability that was rounded to 0 or 1
/// has lost what the loss is about.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(y, y) \le \ell(p, y)`$: it is proper | `binary_cross_entropy_is_minimal_at_the_truth` |
/// | of $`\sigma(z)`$ it is [`BinaryCrossEntropyLogits`] | `from_logits_is_from_probabilities_of_the_sigmoid` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// Exact at 0 and 1, with value $`+\infty`$ and slope $`\pm\infty`$ where a certainty was wrong; nothing is
/// clipped. A small probability keeps its digits in $`\ln(1 - p)`$.
///
/// # Errors
///
/// [`LossError::PredictionOutOfRange`] for a prediction outside of [0, 1], NaN included; and those of
/// [`BinaryCrossEntropyLogits`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{BinaryCrossEntropy, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[0.5]);
/// let value = BinaryCrossEntropy.value(prediction, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 2.0_f64.ln());
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, equation (4.90).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct BinaryCrossEntropy;

impl Pointwise for BinaryCrossEntropy {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_yes_or_no(batch, weights)?;
        check::predicted_probabilities(batch, weights)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        binary_cross_entropy(p, y)
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        ratio(1.0 - y, 1.0 - p) - ratio(y, p)
    }

    #[inline(always)]
    fn target<T: Float>(&self, batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
        probability_of_yes(batch, i, at)
    }
}

/// $`q / p`$ with $`0 / 0 = 0`$.
#[inline(always)]
pub(crate) fn ratio(q: f64, p: f64) -> f64 {
    if q == 0.0 { 0.0 } else { q / p }
}

/// Labels 0 and 1 of one output, or one probability per output.
pub(crate) fn check_yes_or_no<T: Float>(
    batch: Batch<'_, T>,
    weights: Weights<'_, T>,
) -> Result<(), LossError> {
    match (batch.target, batch.prediction.shape()) {
        (Target::Labels(labels), Shape { rows: 1, columns }) => {
            check::labels(labels, Shape::new(2, columns), weights)
        }
        _ => check::target_probabilities(batch, weights),
    }
}

/// The target; of a label, the second row of its one-hot column: 1 for "yes".
#[inline(always)]
pub(crate) fn probability_of_yes<T: Float>(batch: Batch<'_, T>, i: usize, at: Block) -> Lanes {
    match batch.target {
        Target::Labels(_) => batch.target(1, at),
        Target::Values(_) => batch.target(i, at),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Loss, Weights};
    use gradus_numeric::{MatrixRef, sigmoid};

    fn slope(z: f64, y: f64) -> f64 {
        by_logit(z >= 0.0, [y, 1.0 - y], (-z.abs()).exp())
    }

    #[test]
    fn by_hand() {
        assert_eq!(binary_cross_entropy_from_logit(0.0, 0.5), 2.0_f64.ln());
        assert_eq!(binary_cross_entropy(0.5, 0.5), 2.0_f64.ln());
        assert_eq!(slope(0.0, 0.25), 0.25);
        assert_eq!(BinaryCrossEntropy.slope(0.25, 1.0), -4.0);
        assert_eq!(BinaryCrossEntropy.slope(0.25, 0.0), 4.0 / 3.0);
    }

    /// candle#2561: NaN for a logit of 17 or more with target 1, in single precision.
    #[test]
    fn regression_candle_2561_large_logits_give_no_nan() {
        let loss = binary_cross_entropy_from_logit::<f32>;
        assert!(loss(17.0, 1.0) > 0.0);
        assert_eq!(loss(30.0, 1.0), Real::exp(-30.0_f32)); // the next term is e⁻⁶⁰ / 2
        for z in [1e4, 1e38, f32::MAX] {
            assert_eq!((loss(z, 1.0), loss(-z, 0.0)), (0.0, 0.0));
            assert_eq!((loss(z, 0.0), loss(-z, 1.0)), (z, z));
        }
    }

    /// keras#9664, mlx#1280, articles 001 §4.2 and 003 §4.2: 0 · ln 0 is NaN where nothing looks after it.
    #[test]
    fn erratum_a_right_certainty_costs_nothing() {
        let naive = |p: f64, y: f64| -(y * p.ln() + (1.0 - y) * (1.0 - p).ln());
        assert!(naive(1.0, 1.0).is_nan() && naive(0.0, 0.0).is_nan());
        assert_eq!(binary_cross_entropy(1.0, 1.0), 0.0);
        assert_eq!(binary_cross_entropy(0.0, 0.0), 0.0);
        assert_eq!(BinaryCrossEntropy.slope(1.0, 1.0), -1.0);
        assert_eq!(BinaryCrossEntropy.slope(0.0, 0.0), 1.0);
    }

    /// pytorch#103316, sklearn#24315: clipping the logarithm hides a wrong certainty.
    #[test]
    fn regression_pytorch_103316_a_wrong_certainty_is_not_clipped() {
        assert_eq!(binary_cross_entropy(0.0, 1.0), f64::INFINITY);
        assert_eq!(binary_cross_entropy(1.0, 0.0), f64::INFINITY);
        assert_eq!(BinaryCrossEntropy.slope(0.0, 1.0), f64::NEG_INFINITY);
        assert_eq!(BinaryCrossEntropy.slope(1.0, 0.0), f64::INFINITY);
        let clipped = |p: f64| -p.ln().max(-100.0);
        assert!(clipped(1e-50) < binary_cross_entropy(1e-50, 1.0)); // 100 < 115.1
    }

    /// Article 001 §4.2 multiplies by ŷ(1 − ŷ) though the loss is a cross-entropy.
    #[test]
    fn erratum_the_derivative_of_the_sigmoid_cancels() {
        let (z, y, h) = (2.0, 0.0, 1e-3);
        let loss = |z: f64| binary_cross_entropy_from_logit(z, y);
        let difference = (loss(z + h) - loss(z - h)) / (2.0 * h);
        let p = sigmoid(z);
        let articles = (p - y) * p * (1.0 - p);
        assert!((slope(z, y) - difference).abs() < h * h); // error h²ℓ‴/6
        assert!((articles - difference).abs() > 0.7);
        // and the sign: y − ŷ ascends
        assert!(loss(z - 0.1 * (p - y)) < loss(z) && loss(z - 0.1 * (y - p)) > loss(z));
    }

    /// Article 001 §4.2: one linear layer cannot learn XOR; its best is ln 2.
    #[test]
    fn erratum_one_linear_layer_cannot_do_better_than_ln_2_on_xor() {
        let xor = [
            ([0.0, 0.0], 0.0),
            ([0.0, 1.0], 1.0),
            ([1.0, 0.0], 1.0),
            ([1.0, 1.0], 0.0),
        ];
        let mean = |[a, b, c]: [f64; 3]| {
            let loss = |(x, y): &([f64; 2], f64)| {
                binary_cross_entropy_from_logit(a * x[0] + b * x[1] + c, *y)
            };
            xor.iter().map(loss).sum::<f64>() / 4.0
        };
        assert_eq!(mean([0.0; 3]), 2.0_f64.ln()); // and there the gradient is zero, of a convex function
        for w in [[1.0, -1.0, 0.0], [0.1, 0.1, -0.1], [-2.0, 3.0, 0.5]] {
            assert!(mean(w) > 2.0_f64.ln());
        }
    }

    #[test]
    fn small_probabilities_keep_their_digits() {
        assert_eq!(binary_cross_entropy(1e-20, 0.0), 1e-20); // 1 - 1e-20 rounds to 1
        assert_eq!(
            binary_cross_entropy_from_logit(40.0, 1.0),
            (-40.0_f64).exp()
        );
        assert_eq!(slope(40.0, 1.0), -(-40.0_f64).exp());
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        let out = |prediction: &[f64], target: &[f64]| {
            let target = Target::Values(MatrixRef::from_column(target));
            BinaryCrossEntropy
                .value(
                    MatrixRef::from_column(prediction),
                    target,
                    Weights::Equal,
                    1.0,
                )
                .unwrap_err()
        };
        let (row, column) = (1, 0);
        let value = 1.5;
        assert_eq!(
            out(&[0.5, 1.5], &[1.0, 1.0]),
            LossError::PredictionOutOfRange { row, column, value }
        );
        let value = -0.5;
        assert_eq!(
            out(&[0.5, 0.5], &[1.0, -0.5]),
            LossError::TargetOutOfRange { row, column, value }
        );
        assert!(matches!(
            out(&[f64::NAN], &[1.0]),
            LossError::PredictionOutOfRange { .. }
        ));
        let labels = Target::Labels(&[2]);
        assert_eq!(
            BinaryCrossEntropyLogits.value(
                MatrixRef::from_column(&[0.5]),
                labels,
                Weights::Equal,
                1.0
            ),
            Err(LossError::LabelOutOfRange {
                label: 2,
                classes: 2,
                sample: 0
            })
        );
        assert_eq!(
            BinaryCrossEntropyLogits.value(
                MatrixRef::from_column(&[0.5, 0.5]),
                labels,
                Weights::Equal,
                1.0
            ),
            Err(LossError::LabelsForValues { outputs: 2 })
        );
    }
}
