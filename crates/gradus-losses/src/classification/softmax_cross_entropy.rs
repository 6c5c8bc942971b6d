//! Softmax and cross-entropy in one: the loss of classification.

use crate::classification::long_softmax::one_by_one;
use crate::classification::softmax::{Normalizer, maximum, normalizer, slope, sum_of_exponentials};
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::logarithm::ln_1p;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::Float;
use std::iter::zip;

/// Cross-entropy of softmax probabilities from logits, in nats.
///
/// ```math
/// \ell(z, y) = -\sum_{i=1}^{K} q_i \ln \sigma(z)_i, \qquad
/// q_i = (1 - \alpha) y_i + \frac{\alpha}{K}, \qquad
/// \frac{\partial \ell}{\partial z_i} = \sigma(z)_i - q_i
/// ```
///
/// where $`z`$ are the logits of one sample, $`\sigma(z)_i = e^{z_i} / \sum_j e^{z_j}`$ the predicted
/// probabilities of the $`K`$ classes, $`y`$ the true ones (or a label, which stands for a one-hot column) and
/// $`\alpha \in [0, 1)`$ the label smoothing, in the form $`\alpha / K`$ of PyTorch, Keras and optax; the form
/// that gives $`\alpha' / (K - 1)`$ to each *wrong* class is the same with $`\alpha = \alpha' K / (K - 1)`$:
/// [`smoothing_the_others`](Self::smoothing_the_others).
///
#[doc = include_str!("../../docs/softmax_cross_entropy.md")]
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ell(z + c, y) = \ell(z, y)`$ | `softmax_cross_entropy_is_shift_invariant` |
/// | $`\ell = \operatorname{lse}(z) - z_y`$ | `softmax_cross_entropy_is_log_sum_exp_minus_logit` |
/// | $`\nabla \ell = \sigma(z) - q`$, sums to 0 | `the_gradient_is_softmax_minus_target` |
/// | $`\nabla^2 \ell = \operatorname{diag}(\sigma) - \sigma\sigma^\top`$ | `the_hessian_is_a_covariance` |
/// | finite for logits of ±1e4 and ±1e38 | `extreme_logits_cost_finitely` |
/// | a label is a one-hot column | `labels_are_one_hot_columns` |
/// | $`\ell \ge H(q)`$, equality at $`\sigma(z) = q`$ | `cross_entropy_is_at_least_the_entropy_of_the_target` |
/// | smoothing mixes with the uniform target | `label_smoothing_is_a_mixture` |
/// | smoothing over the wrong classes is less smoothing over all | `smoothing_over_the_others_is_less_smoothing_over_all` |
/// | convex in $`z`$ | `losses_are_convex_in_the_prediction` |
/// | slopes are Lipschitz with the constant $`\tfrac12`$ | `smooth_losses_are_cocoercive` |
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// With $`e_i = e^{z_i - \max z} \le 1`$ nothing overflows, and
/// $`\ell = \sum_i q_i (\max z - z_i) + \ln(1 + (\sum_i e_i - 1))`$ is a sum of terms that are not negative: no
/// digit cancels, so a loss of $`10^{-12}`$ keeps its relative accuracy. The exponentials are computed in
/// `T`, within one ULP, everything else in `f64`. The gradient is $`((e_i - q_i) - q_i (\sum_j e_j - 1)) / \sum_j e_j`$, which keeps
/// its relative accuracy for a right and certain prediction too. Target probabilities may come from single precision:
/// $`\sum_i q_i`$ multiplies the logarithm, so value and gradient are those of the numbers given.
///
/// # Errors
///
/// [`LossError::LabelOutOfRange`], [`LossError::LabelCount`], [`LossError::TargetShape`],
/// [`LossError::TargetOutOfRange`] and [`LossError::TargetNotNormalized`] (beyond $`4 K \varepsilon`$ of the type
/// that the probabilities come from: single precision if all of them fit into it) for the
/// target, [`LossError::InvalidSmoothing`] unless $`0 \le \alpha < 1`$, [`LossError::NoClasses`] if $`K = 0`$.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixMut, MatrixRef, Order, Shape, SoftmaxCrossEntropy, Target, Weights};
///
/// let shape = Shape::new(2, 2); // two classes, two samples
/// let logits = MatrixRef::new(&[0.0, 1e4, 0.0, 0.0], shape, Order::Rows)?;
/// let mut memory = [0.0; 4];
/// let gradient = MatrixMut::new(&mut memory, shape, Order::Rows)?;
/// let loss = SoftmaxCrossEntropy::default();
/// let sum = loss.value_and_gradient(
///     logits,
///     Target::Labels(&[0, 1]), // an even chance, and a wrong certainty
///     Weights::Equal,
///     1.0,
///     gradient,
/// )?;
/// assert_eq!(sum, 2.0_f64.ln() + 1e4);
/// assert_eq!(memory, [-0.5, 1.0, 0.5, -1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, 2016, section 6.2.2.3. Label smoothing:
/// C. Szegedy et al., *Rethinking the Inception Architecture*, 2016, section 7, arXiv:1512.00567.
#[doc(alias = "categorical cross-entropy")]
#[doc(alias = "cross entropy with logits")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SoftmaxCrossEntropy {
    /// $`\alpha \in [0, 1)`$: the share of the target that is spread evenly over all classes.
    pub label_smoothing: f64,
}

impl SoftmaxCrossEntropy {
    /// Label smoothing that takes a share $`\alpha'`$ from the label and spreads it over the $`K - 1`$ *other* classes.
    ///
    /// ```math
    /// q_y = 1 - \alpha', \quad q_i = \frac{\alpha'}{K - 1} \text{ for } i \ne y, \qquad \alpha = \frac{K}{K - 1}\, \alpha'
    /// ```
    ///
    /// where $`\alpha'`$ is `share`, $`K`$ is `classes` and $`\alpha`$ becomes `label_smoothing`.
    ///
    /// # Errors
    ///
    /// [`LossError::InvalidSmoothing`] unless $`0 \le \alpha' < (K - 1) / K`$: the label keeps more than each other class.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_losses::SoftmaxCrossEntropy;
    ///
    /// let loss = SoftmaxCrossEntropy::smoothing_the_others(0.375, 4)?; // ⅛ for each of the three others
    /// assert_eq!(loss.label_smoothing, 0.5); // ½ · ¼ for each of all four
    /// # Ok::<(), gradus_losses::LossError>(())
    /// ```
    pub fn smoothing_the_others(share: f64, classes: usize) -> Result<Self, LossError> {
        let others = classes.saturating_sub(1) as f64; // of one class there are none, and α is no number
        let label_smoothing = share * (classes as f64 / others);
        check_smoothing(label_smoothing)?;
        Ok(Self { label_smoothing })
    }
}

impl Columnwise for SoftmaxCrossEntropy {
    type Summary = Normalizer;

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check_smoothing(self.label_smoothing)?;
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Normalizer) {
        let top = maximum(batch, at);
        let excess = sum_of_exponentials(batch, at, &top, keep);
        let total = total(batch, at);
        let mut losses = gap(batch, at, self.label_smoothing, &top);
        for lane in 0..LANES {
            losses[lane] += total[lane] * ln_1p(excess[lane]);
        }
        (losses, normalizer(total, excess))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        normalizer: &Normalizer,
        kept: &Lanes<T>,
    ) -> Lanes {
        let mut slopes = smoothed(batch, at, i, self.label_smoothing);
        for lane in 0..LANES {
            slopes[lane] = slope(normalizer, lane, kept[lane].to_f64(), slopes[lane]);
        }
        slopes
    }

    fn together<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
        denominator: f64,
        gradient: &mut [T],
    ) -> Option<f64> {
        match batch.target {
            Target::Labels(labels) if self.label_smoothing == 0.0 => {
                one_by_one(batch.prediction, labels, weights, denominator, gradient)
            }
            _ => None,
        }
    }
}

/// $`0 \le \alpha < 1`$.
pub(crate) fn check_smoothing(label_smoothing: f64) -> Result<(), LossError> {
    if (0.0..1.0).contains(&label_smoothing) {
        Ok(())
    } else {
        Err(LossError::InvalidSmoothing { label_smoothing })
    }
}

/// $`\sum_i q_i`$, which smoothing does not change: probabilities sum to 1 within the rounding of single precision
/// only, and value and gradient have to belong to the same numbers.
#[inline(always)]
fn total<T: Float>(batch: Batch<'_, T>, at: Block) -> Lanes {
    let mut total = [0.0; LANES];
    match batch.target {
        Target::Labels(_) => total = [1.0; LANES],
        Target::Values(_) => {
            for i in 0..batch.prediction.rows() {
                zip(&mut total, batch.target(i, at)).for_each(|(total, q)| *total += q);
            }
        }
    }
    total
}

/// $`q_i = (1 - \alpha) y_i + \alpha / K`$.
#[inline(always)]
pub(crate) fn smoothed<T: Float>(batch: Batch<'_, T>, at: Block, i: usize, alpha: f64) -> Lanes {
    let mut q = batch.target(i, at);
    if alpha > 0.0 {
        let uniform = 1.0 / batch.prediction.rows() as f64;
        for q in &mut q {
            *q = (1.0 - alpha) * *q + alpha * uniform;
        }
    }
    q
}

/// $`\sum_i q_i (\max z - z_i)`$, where $`0 \cdot \infty = 0`$.
#[inline(always)]
fn gap<T: Float>(batch: Batch<'_, T>, at: Block, alpha: f64, top: &Lanes<T>) -> Lanes {
    if let (Target::Labels(labels), 0.0) = (batch.target, alpha) {
        return gap_of_labels(batch, labels, at, top);
    }
    let mut gap = [0.0; LANES];
    for i in 0..batch.prediction.rows() {
        let (z, q) = (batch.prediction(i, at), smoothed(batch, at, i, alpha));
        for lane in 0..LANES {
            let distance = top[lane].to_f64() - z[lane].to_f64();
            gap[lane] += if q[lane] == 0.0 {
                0.0
            } else {
                q[lane] * distance
            };
        }
    }
    gap
}

/// $`\max z - z_y`$: what the sum above is for one-hot $`q`$.
#[inline(always)]
fn gap_of_labels<T: Float>(
    batch: Batch<'_, T>,
    labels: &[u32],
    at: Block,
    top: &Lanes<T>,
) -> Lanes {
    let mut gap = [0.0; LANES];
    for (lane, &label) in zip(0..LANES, &labels[at.start..]) {
        let z = batch.prediction.get(label as usize, at.start + lane);
        // only the label of an ignored sample can be out of range
        gap[lane] = z.map_or(f64::NAN, |z| top[lane].to_f64() - z.to_f64());
    }
    gap
}

#[cfg(test)]
mod tests {
    use super::SoftmaxCrossEntropy;
    use crate::{Loss, LossError, Reduction, Target, Weights};
    use gradus_numeric::{Float, MatrixMut, MatrixRef, Order, Shape};

    fn one<T: Float>(logits: &[T], label: u32) -> (f64, Vec<T>) {
        let mut gradient = logits.to_vec();
        let shape = Shape::new(logits.len(), 1);
        let value = SoftmaxCrossEntropy::default().value_and_gradient(
            MatrixRef::from_column(logits),
            Target::Labels(&[label]),
            Weights::Equal,
            1.0,
            MatrixMut::new(&mut gradient, shape, Order::Rows).unwrap(),
        );
        (value.unwrap(), gradient)
    }

    #[test]
    fn equal_logits_cost_the_logarithm_of_the_number_of_classes() {
        assert_eq!(
            one(&[7.0; 4], 2),
            (4.0_f64.ln(), vec![0.25, 0.25, -0.75, 0.25])
        );
        assert_eq!(one(&[-3.0_f32], 0), (0.0, vec![0.0]));
    }

    /// burn#315, NNlib#68, theano#3162, tensorflow#2327, tiny-dnn#410, Flux#435: exp(1e4) is infinite.
    #[test]
    fn regression_burn_315_logits_of_ten_thousand() {
        let naive =
            |z: &[f64], y: usize| -(z[y].exp() / z.iter().map(|z| z.exp()).sum::<f64>()).ln();
        assert!(naive(&[1e4, 0.0], 0).is_nan());
        assert_eq!(one(&[1e4, 0.0], 0), (0.0, vec![0.0, 0.0]));
        assert_eq!(one(&[1e4, 0.0], 1), (1e4, vec![1.0, -1.0]));
        assert_eq!(one(&[-1e4, -1e4], 0), (2.0_f64.ln(), vec![-0.5, 0.5]));
        let huge = 1e38_f32; // the true loss, 2e38, is a float too
        assert_eq!(
            one(&[huge, -huge], 1),
            (2.0 * f64::from(huge), vec![1.0, -1.0])
        );
    }

    #[test]
    fn a_small_loss_keeps_its_digits() {
        let (value, gradient) = one(&[40.0, 0.0], 0);
        assert_eq!(value, (-40.0_f64).exp()); // and not ln 1
        assert_eq!(gradient[1], (-40.0_f64).exp());
        assert_eq!(one(&[0.0, 40.0], 1).0, value); // wherever the largest stands
        let (value, gradient) = one(&[25.0_f32, 0.0], 0);
        assert!((value / (-25.0_f64).exp() - 1.0).abs() < 1e-7);
        assert!((gradient[0] + gradient[1]).abs() < f32::EPSILON * gradient[1]); // 1.4e-11 each
    }

    #[test]
    fn impossible_classes_and_nan() {
        let (value, gradient) = one(&[0.0, f64::NEG_INFINITY], 0);
        assert_eq!((value, gradient), (0.0, vec![0.0, 0.0]));
        assert_eq!(one(&[0.0, f64::NEG_INFINITY], 1).0, f64::INFINITY);
        for nan in [[f64::NAN, 0.0], [0.0, f64::NAN]] {
            assert!(one(&nan, 0).0.is_nan() && one(&nan, 1).0.is_nan());
        }
    }

    /// optax gives NaN, torch 1.0 read out of bounds (pytorch#12670).
    #[test]
    fn regression_pytorch_12670_labels_out_of_range_are_refused() {
        let prediction = MatrixRef::new(&[0.0; 6], Shape::new(3, 2), Order::Rows).unwrap();
        let value = |labels: &[u32], weights| {
            SoftmaxCrossEntropy::default().value(prediction, Target::Labels(labels), weights, 1.0)
        };
        let (label, classes, sample) = (3, 3, 1);
        let refused = Err(LossError::LabelOutOfRange {
            label,
            classes,
            sample,
        });
        assert_eq!(value(&[0, 3], Weights::Equal), refused);
        assert_eq!(
            value(&[0, 3], Weights::PerSample(&[1.0, 0.0])),
            Ok(2.0_f64.ln_1p())
        );
        let (labels, samples) = (1, 2);
        assert_eq!(
            value(&[0], Weights::Equal),
            Err(LossError::LabelCount { labels, samples })
        );
    }

    /// pytorch#75181, pytorch#116349: the mean over nothing was NaN. The sum over nothing is 0, and the mean an error.
    #[test]
    fn regression_pytorch_75181_samples_that_are_all_ignored_cost_nothing() {
        let shape = Shape::new(3, 2);
        let prediction = MatrixRef::new(&[f64::NAN; 6], shape, Order::Rows).unwrap();
        let (target, weights) = (Target::Labels(&[7, 8]), Weights::PerSample(&[0.0, 0.0]));
        let mut memory = [1.0; 6];
        let gradient = MatrixMut::new(&mut memory, shape, Order::Rows).unwrap();
        let loss = SoftmaxCrossEntropy::default();
        let sum = loss.value_and_gradient(prediction, target, weights, 1.0, gradient);
        assert_eq!((sum, memory), (Ok(0.0), [0.0; 6]));
        let mean = Reduction::WeightedMean.weighted_denominator(weights, shape);
        assert_eq!(mean, Err(LossError::ZeroWeights));
    }

    #[test]
    fn targets_are_distributions() {
        let value = |q: &[f64]| {
            let target = Target::Values(MatrixRef::from_column(q));
            let logits = MatrixRef::from_column(&[1.0, 2.0]);
            SoftmaxCrossEntropy::default().value(logits, target, Weights::Equal, 1.0)
        };
        let (sample, sum) = (0, 1.25);
        assert_eq!(
            value(&[1.0, 0.25]),
            Err(LossError::TargetNotNormalized { sample, sum })
        );
        // a softmax in single precision, widened; the same sum of doubles is no rounding
        let single = [0.1_f32, 0.9].map(f64::from);
        assert!((single[0] + single[1] - 1.0).abs() > 8.0 * f64::EPSILON);
        assert!(value(&single).is_ok());
        assert!(value(&[0.1, single[0] + single[1] - 0.1]).is_err());
        assert!(matches!(
            value(&[1.5, -0.5]),
            Err(LossError::TargetOutOfRange { .. })
        ));
        assert!(matches!(
            value(&[f64::NAN, 1.0]),
            Err(LossError::TargetOutOfRange { .. })
        ));
        let (prediction, target) = (Shape::new(2, 1), Shape::new(1, 1));
        assert_eq!(
            value(&[1.0]),
            Err(LossError::TargetShape { prediction, target })
        );
    }

    /// A softmax computed in single precision is a valid target in double precision.
    #[test]
    fn a_widened_single_precision_softmax_is_a_target() {
        let widened = |n: u16| {
            let e: Vec<f32> = (0..n).map(|i| f32::from(i % 7).sin().exp()).collect();
            let sum: f32 = e.iter().sum();
            e.iter().map(|e| f64::from(e / sum)).collect::<Vec<_>>()
        };
        for n in [2, 10, 1000] {
            let q = widened(n);
            let sum: f64 = q.iter().sum();
            let logits = vec![0.0; q.len()];
            let target = Target::Values(MatrixRef::from_column(&q));
            let value = SoftmaxCrossEntropy::default().value(
                MatrixRef::from_column(&logits),
                target,
                Weights::Equal,
                1.0,
            );
            let expected = sum * f64::from(n).ln();
            assert!((value.unwrap() / expected - 1.0).abs() < 1e-13);
        }
    }

    #[test]
    fn settings_are_checked() {
        let loss = |label_smoothing| SoftmaxCrossEntropy { label_smoothing };
        let (logits, target) = (MatrixRef::from_column(&[0.0; 2]), Target::Labels(&[0]));
        for smoothing in [1.0, -0.1, f64::NAN] {
            let refused = loss(smoothing).value(logits, target, Weights::Equal, 1.0);
            assert!(matches!(refused, Err(LossError::InvalidSmoothing { .. })));
        }
        for denominator in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            let refused = loss(0.0).value(logits, target, Weights::Equal, denominator);
            assert!(matches!(refused, Err(LossError::InvalidDenominator { .. })));
        }
        let empty = MatrixRef::<f64>::new(&[], Shape::new(2, 0), Order::Rows).unwrap();
        let refused = loss(0.0).value(empty, Target::Labels(&[]), Weights::Equal, 1.0);
        assert_eq!(refused, Err(LossError::EmptyBatch));
        let flat = MatrixRef::<f64>::new(&[], Shape::new(0, 2), Order::Rows).unwrap();
        let refused = loss(0.0).value(flat, Target::Labels(&[0, 0]), Weights::Equal, 1.0);
        assert_eq!(refused, Err(LossError::NoClasses));
    }
}
