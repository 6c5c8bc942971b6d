//! Cross-entropy of a yes-or-no question, from logits and from probabilities.

use crate::classification::softmax_cross_entropy::check_smoothing;
use crate::classification::yes_or_no::{check_yes_or_no, probability_of_yes, yes_and_no};
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::decay::decay;
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::logarithm::ln_1p_up_to_one;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use gradus_numeric::{Float, Real, pull, softplus, xlogy};

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
    surprise(prediction, target, R::from_f64(1.0) - target)
}

/// $`-a \ln p - b \ln(1 - p)`$ for the weights $`a`$ of "yes" and $`b`$ of "no".
#[inline(always)]
fn surprise<R: Real>(prediction: R, yes: R, no: R) -> R {
    // ln_1p keeps what 1 - p would round away
    -(xlogy(yes, prediction) + pull((-prediction).ln_1p(), no))
}

/// Binary cross-entropy of each sample from logits, summed over its outputs, in nats.
///
/// ```math
/// \ell(z, y) = \sum_{k=1}^{m} y'_k \operatorname{softplus}(-z_k) + (1 - y'_k) \operatorname{softplus}(z_k), \qquad
/// y'_k = (1 - \alpha) y_k + \frac{\alpha}{2}, \qquad
/// \frac{\partial \ell}{\partial z_k} = \sigma(z_k) - y'_k
/// ```
///
/// where $`z`$ are the logits of one sample (one yes-or-no question each), $`y_k \in [0, 1]`$ the true
/// probabilities of "yes", $`\sigma`$ the sigmoid and $`\alpha \in [0, 1)`$ the label smoothing. With one output the
/// target may be labels: 0 is "no", 1 is "yes".
///
/// Smoothing is that of Keras: a "yes" becomes $`1 - \alpha / 2`$ and a "no" $`\alpha / 2`$, the same as that of
/// [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for $`K = 2`$ classes. PyTorch has none: it wants the smoothed
/// target.
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
/// | smoothing mixes with the mean of "yes" and "no" | `binary_label_smoothing_is_a_mixture` |
/// | smoothing is that of the softmax of $`(0, z)`$ | `binary_label_smoothing_is_that_of_two_classes` |
/// | smoothing changes no even chance $`y = \tfrac12`$ | `binary_label_smoothing_leaves_an_even_chance` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// The gradient is $`(1 - y) \sigma(z) - y \sigma(-z)`$: $`\sigma(z) - 1`$ would lose its digits for large $`z`$. One exponential,
/// $`e^{-|z|}`$ in the precision of the logits, serves value and gradient. $`1 - y'`$ is computed as
/// $`(1 - \alpha)(1 - y) + \alpha / 2`$, which keeps the digits of a tiny $`\alpha`$; $`\alpha = 0`$ changes no bit.
///
/// # Errors
///
/// [`LossError::LabelsForValues`] for labels of several outputs, [`LossError::LabelOutOfRange`] for a label
/// above 1, [`LossError::TargetShape`] and [`LossError::TargetOutOfRange`] for values,
/// [`LossError::InvalidSmoothing`] unless $`0 \le \alpha < 1`$.
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
/// let loss = BinaryCrossEntropyLogits::default();
/// let sum = loss.value_and_gradient(logits, target, Weights::Equal, 1.0, gradient)?;
/// assert_eq!(sum, 2.0_f64.ln() + 1000.0);
/// assert_eq!(memory, [-0.5, 1.0]);
///
/// // Of a "no" smoothing makes a chance of ¼ for "yes": it costs ¾ of 1000.
/// let smooth = BinaryCrossEntropyLogits { label_smoothing: 0.5 };
/// assert_eq!(smooth.value(logits, target, Weights::Equal, 1.0)?, 2.0_f64.ln() + 750.0);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, equations (4.90) and (4.91).
/// Label smoothing: Keras, `keras.losses.BinaryCrossentropy(label_smoothing=…)`; C. Szegedy et al., *Rethinking the
/// Inception Architecture*, 2016, section 7, arXiv:1512.00567.
#[doc(alias = "sigmoid cross-entropy")]
#[doc(alias = "logistic loss")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BinaryCrossEntropyLogits {
    /// $`\alpha \in [0, 1)`$: the share of the target that is spread evenly over "yes" and "no".
    pub label_smoothing: f64,
}

impl Columnwise for BinaryCrossEntropyLogits {
    type Summary = ();

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_smoothing(self.label_smoothing)?;
        check_yes_or_no(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, ()) {
        (
            losses_of_logits(batch, at, 1.0, self.label_smoothing, keep),
            (),
        )
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
        slopes_of_logits(batch, at, i, 1.0, self.label_smoothing, kept)
    }
}

/// The losses of a block where a "yes", after smoothing, has a weight; keeps $`e^{-|z|}`$.
#[inline(always)]
pub(crate) fn losses_of_logits<T: Float>(
    batch: Batch<'_, T>,
    at: Block,
    weight: f64,
    label_smoothing: f64,
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
            let [yes, no] = yes_and_no(y[lane], label_smoothing);
            losses[lane] += of_logit(z[lane].to_f64(), [weight * yes, no], e[lane].to_f64());
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
    label_smoothing: f64,
    kept: &Lanes<T>,
) -> Lanes {
    let (z, mut slopes) = (batch.prediction(i, at), probability_of_yes(batch, i, at));
    for lane in 0..LANES {
        let positive = z[lane] >= T::from_f64(0.0);
        let [yes, no] = yes_and_no(slopes[lane], label_smoothing);
        slopes[lane] = by_logit(positive, [weight * yes, no], kept[lane].to_f64());
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
/// \ell(p, y) = -\sum_{k=1}^{m} y'_k \ln p_k + (1 - y'_k) \ln(1 - p_k),
/// \qquad y'_k = (1 - \alpha) y_k + \frac{\alpha}{2},
/// \qquad \frac{\partial \ell}{\partial p_k} = -\frac{y'_k}{p_k} + \frac{1 - y'_k}{1 - p_k},
/// \qquad 0 \ln 0 = 0, \quad \tfrac{0}{0} = 0
/// ```
///
/// where $`p_k \in [0, 1]`$ are the predicted and $`y_k \in [0, 1]`$ the true probabilities of "yes", and
/// $`\alpha \in [0, 1)`$ is the label smoothing, as in [`BinaryCrossEntropyLogits`]. With one output the target may be
/// labels: 0 is "no", 1 is "yes".
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
/// | smoothing mixes with the mean of "yes" and "no" | `binary_label_smoothing_is_a_mixture` |
/// | smallest at $`p = y'`$ | `the_best_probability_is_the_smoothed_target` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// Exact at 0 and 1, with value $`+\infty`$ and slope $`\pm\infty`$ where a certainty was wrong; nothing is
/// clipped. A small probability keeps its digits in $`\ln(1 - p)`$. With smoothing no certainty is right, so both cost
/// $`+\infty`$.
///
/// # Errors
///
/// [`LossError::PredictionOutOfRange`] for a prediction outside of [0, 1], NaN included; and those of
/// [`BinaryCrossEntropyLogits`], that of the smoothing included.
///
/// # Examples
///
/// ```
/// use gradus_losses::{BinaryCrossEntropy, Loss, MatrixRef, Target, Weights};
///
/// let prediction = MatrixRef::from_column(&[0.5]);
/// let loss = BinaryCrossEntropy::default();
/// let value = loss.value(prediction, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert_eq!(value, 2.0_f64.ln());
///
/// // y' = ¾: ¾ ln 4 + ¼ ln (4 / 3)
/// let (smooth, quarter) = (BinaryCrossEntropy { label_smoothing: 0.5 }, MatrixRef::from_column(&[0.25]));
/// let value = smooth.value(quarter, Target::Labels(&[1]), Weights::Equal, 1.0)?;
/// assert!((value - (4.0_f64.ln() - 0.25 * 3.0_f64.ln())).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning*, 2006, equation (4.90).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct BinaryCrossEntropy {
    /// $`\alpha \in [0, 1)`$: the share of the target that is spread evenly over "yes" and "no".
    pub label_smoothing: f64,
}

impl Pointwise for BinaryCrossEntropy {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_smoothing(self.label_smoothing)?;
        check_yes_or_no(batch, weights)?;
        check::predicted_probabilities(batch, weights)
    }

    #[inline(always)]
    fn loss(&self, p: f64, y: f64) -> f64 {
        let [yes, no] = yes_and_no(y, self.label_smoothing);
        surprise(p, yes, no)
    }

    #[inline(always)]
    fn slope(&self, p: f64, y: f64) -> f64 {
        let [yes, no] = yes_and_no(y, self.label_smoothing);
        ratio(no, 1.0 - p) - ratio(yes, p)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Loss, Target, Weights};
    use gradus_numeric::{MatrixRef, sigmoid};

    fn slope(z: f64, y: f64) -> f64 {
        by_logit(z >= 0.0, [y, 1.0 - y], (-z.abs()).exp())
    }

    #[test]
    fn by_hand() {
        assert_eq!(binary_cross_entropy_from_logit(0.0, 0.5), 2.0_f64.ln());
        assert_eq!(binary_cross_entropy(0.5, 0.5), 2.0_f64.ln());
        assert_eq!(slope(0.0, 0.25), 0.25);
        assert_eq!(BinaryCrossEntropy::default().slope(0.25, 1.0), -4.0);
        assert_eq!(BinaryCrossEntropy::default().slope(0.25, 0.0), 4.0 / 3.0);
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
        assert_eq!(BinaryCrossEntropy::default().slope(1.0, 1.0), -1.0);
        assert_eq!(BinaryCrossEntropy::default().slope(0.0, 0.0), 1.0);
    }

    /// pytorch#103316, sklearn#24315: clipping the logarithm hides a wrong certainty.
    #[test]
    fn regression_pytorch_103316_a_wrong_certainty_is_not_clipped() {
        assert_eq!(binary_cross_entropy(0.0, 1.0), f64::INFINITY);
        assert_eq!(binary_cross_entropy(1.0, 0.0), f64::INFINITY);
        assert_eq!(
            BinaryCrossEntropy::default().slope(0.0, 1.0),
            f64::NEG_INFINITY
        );
        assert_eq!(BinaryCrossEntropy::default().slope(1.0, 0.0), f64::INFINITY);
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
            BinaryCrossEntropy::default()
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
            BinaryCrossEntropyLogits::default().value(
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
            BinaryCrossEntropyLogits::default().value(
                MatrixRef::from_column(&[0.5, 0.5]),
                labels,
                Weights::Equal,
                1.0
            ),
            Err(LossError::LabelsForValues { outputs: 2 })
        );
    }

    /// α = 2⁻⁶⁰ vanishes in y′ = 1 − α / 2, and counts: ½ α · 40 beside e⁻⁴⁰.
    #[test]
    fn a_tiny_smoothing_keeps_its_digits() {
        let label_smoothing = f64::powi(2.0, -60);
        let of = |loss: &dyn Loss<f64>, x: f64| {
            let prediction = MatrixRef::from_column(std::slice::from_ref(&x));
            loss.value(prediction, Target::Labels(&[1]), Weights::Equal, 1.0)
                .unwrap()
        };
        let found = of(&BinaryCrossEntropyLogits { label_smoothing }, 40.0);
        let expected = (-40.0_f64).exp() + 20.0 * label_smoothing;
        assert!((found / expected - 1.0).abs() < 4.0 * f64::EPSILON);
        // ½ α · ln 2⁵² at p = 1 − 2⁻⁵², beside −ln p = 2⁻⁵²
        let found = of(&BinaryCrossEntropy { label_smoothing }, 1.0 - f64::EPSILON);
        let expected = f64::EPSILON + 0.5 * label_smoothing * 52.0 * 2.0_f64.ln();
        assert!((found / expected - 1.0).abs() < 4.0 * f64::EPSILON);
    }

    /// Keras: `y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing`.
    #[test]
    fn smoothing_is_checked_and_takes_certainty_away() {
        let of = |loss: &dyn Loss<f64>, x: &[f64]| {
            let prediction = MatrixRef::from_column(x);
            loss.value(prediction, Target::Labels(&[1]), Weights::Equal, 1.0)
        };
        for label_smoothing in [1.0, -0.1, f64::NAN, f64::INFINITY] {
            let logits = of(&BinaryCrossEntropyLogits { label_smoothing }, &[0.0]);
            let probabilities = of(&BinaryCrossEntropy { label_smoothing }, &[0.5]);
            for refused in [logits, probabilities] {
                assert!(matches!(refused, Err(LossError::InvalidSmoothing { .. })));
            }
        }
        let smooth = BinaryCrossEntropy {
            label_smoothing: 0.5,
        };
        assert_eq!(yes_and_no(1.0, 0.5), [0.75, 0.25]);
        assert_eq!(yes_and_no(0.0, 0.5), [0.25, 0.75]);
        assert_eq!(of(&smooth, &[1.0]), Ok(f64::INFINITY));
        assert_eq!(of(&smooth, &[0.0]), Ok(f64::INFINITY));
        assert_eq!(
            (smooth.slope(0.5, 1.0), smooth.slope(0.75, 1.0)),
            (-1.0, 0.0)
        );
    }
}
