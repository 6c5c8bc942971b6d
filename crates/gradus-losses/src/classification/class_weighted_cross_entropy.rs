//! Softmax cross-entropy with a weight per class: what rare classes are worth.

use crate::classification::softmax::{Normalizer, maximum, normalizer, slope, sum_of_exponentials};
use crate::classification::softmax_cross_entropy::{check_smoothing, smoothed};
use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::logarithm::ln_1p;
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// Softmax cross-entropy with a weight per class, in nats.
///
/// ```math
/// \ell(z, y) = -\sum_{i=1}^{K} w_i\, q_i \ln \sigma(z)_i, \qquad q_i = (1 - \alpha) y_i + \frac{\alpha}{K}, \qquad
/// \frac{\partial \ell}{\partial z_i} = \Bigl(\sum_j w_j q_j\Bigr) \sigma(z)_i - w_i q_i
/// ```
///
/// where $`z`$ are the logits of one sample, $`\sigma`$ the softmax, $`y`$ the true probabilities of the $`K`$ classes or a
/// label, $`w`$ the class weights and $`\alpha`$ the label smoothing. With $`w_i = n / (K n_i)`$ for $`n_i`$ of $`n`$ samples
/// in class $`i`$ every class counts alike, however rare.
///
/// *Weights of classes are not weights of samples.* Both agree without smoothing: the class weight of the label, given
/// as the weight of the sample. With smoothing a sample weight multiplies all terms of a sample, a class weight only its
/// own, and the losses differ.
///
/// *The denominator.* PyTorch's `CrossEntropyLoss(weight=w, label_smoothing=α)` divides the sum of the losses by
/// $`\sum_n w_{y_n}`$, the weights of the labels; [`denominator`](Self::denominator) computes it, without the samples that
/// are ignored. For target probabilities PyTorch divides by the number of samples, which is
/// [`Reduction::Mean`](crate::Reduction::Mean).
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | equal weights: $`w`$ times [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) | `equal_class_weights_scale_the_loss` |
/// | without smoothing, class weights are sample weights of the labels | `class_weights_are_sample_weights_without_smoothing` |
/// | linear in $`w`$ | `the_loss_is_linear_in_its_class_weights` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Numerics
///
/// As [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy): nothing overflows, all terms are positive.
///
/// # Errors
///
/// [`LossError::ClassWeightCount`], [`LossError::InvalidClassWeight`] and [`LossError::InvalidSmoothing`] for the settings;
/// those of [`SoftmaxCrossEntropy`](crate::SoftmaxCrossEntropy) for the target.
///
/// # Examples
///
/// ```
/// use gradus_losses::{ClassWeightedCrossEntropy, Loss, MatrixRef, Order, Shape, Target, Weights};
///
/// let loss = ClassWeightedCrossEntropy::new(vec![1.0, 3.0], 0.0)?;
/// let logits = MatrixRef::new(&[0.0; 4], Shape::new(2, 2), Order::Rows)?; // two even chances
/// let labels = [0, 1];
/// let denominator = loss.denominator(&labels, Weights::<f64>::Equal)?;
/// assert_eq!(denominator, 4.0);
/// let value = loss.value(logits, Target::Labels(&labels), Weights::Equal, denominator)?;
/// assert_eq!(value, 2_f64.ln()); // (1 · ln 2 + 3 · ln 2) / 4
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # References
///
/// G. King and L. Zeng, *Logistic regression in rare events data*, Political Analysis 9 (2001), 137–163, section 4.2,
/// <https://doi.org/10.1093/oxfordjournals.pan.a004868>; PyTorch, `torch.nn.CrossEntropyLoss`.
#[doc(alias = "imbalanced classes")]
#[derive(Clone, Debug, PartialEq)]
pub struct ClassWeightedCrossEntropy {
    class_weights: Vec<f64>,
    label_smoothing: f64,
}

impl ClassWeightedCrossEntropy {
    /// The loss with one weight per class, and label smoothing $`\alpha`$ (0 for none).
    ///
    /// # Errors
    ///
    /// [`LossError::InvalidClassWeight`] for a weight that is negative or not finite, [`LossError::InvalidSmoothing`]
    /// unless $`0 \le \alpha < 1`$, [`LossError::NoClasses`] without weights.
    pub fn new(class_weights: Vec<f64>, label_smoothing: f64) -> Result<Self, LossError> {
        check_smoothing(label_smoothing)?;
        if class_weights.is_empty() {
            return Err(LossError::NoClasses);
        }
        let valid = |w: &f64| *w >= 0.0 && w.is_finite();
        match class_weights.iter().position(|w| !valid(w)) {
            Some(class) => Err(LossError::InvalidClassWeight {
                class,
                weight: class_weights[class],
            }),
            None => Ok(Self {
                class_weights,
                label_smoothing,
            }),
        }
    }

    /// The class weights.
    #[must_use]
    pub fn class_weights(&self) -> &[f64] {
        &self.class_weights
    }

    /// $`\sum_n v_n w_{y_n}`$ with the sample weights $`v`$: what PyTorch's mean divides by. Ignored samples, of weight 0,
    /// count nothing.
    ///
    /// # Errors
    ///
    /// [`LossError::LabelOutOfRange`], [`LossError::WeightCount`], [`LossError::InvalidWeight`];
    /// [`LossError::ZeroWeights`] if nothing counts.
    pub fn denominator<T: Float>(
        &self,
        labels: &[u32],
        weights: Weights<'_, T>,
    ) -> Result<f64, LossError> {
        weights.check(labels.len())?;
        let mut sum = 0.0;
        for (sample, &label) in labels.iter().enumerate() {
            let v = weights.of(sample);
            if v == 0.0 {
                continue;
            }
            let classes = self.class_weights.len();
            let w = self.class_weights.get(label as usize);
            sum += v * w.ok_or(LossError::LabelOutOfRange {
                label,
                classes,
                sample,
            })?;
        }
        if sum > 0.0 {
            Ok(sum)
        } else {
            Err(LossError::ZeroWeights)
        }
    }

    /// $`w_i q_i`$.
    #[inline(always)]
    fn weighted<T: Float>(&self, batch: Batch<'_, T>, at: Block, i: usize) -> Lanes {
        let w = self.class_weights[i]; // one weight per row, see `check`
        smoothed(batch, at, i, self.label_smoothing).map(|q| w * q)
    }
}

impl Columnwise for ClassWeightedCrossEntropy {
    type Summary = Normalizer;

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        let (weights_given, classes) = (self.class_weights.len(), batch.prediction.rows());
        if weights_given != classes {
            return Err(LossError::ClassWeightCount {
                weights: weights_given,
                classes,
            });
        }
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
        let (mut losses, mut total) = ([0.0; LANES], [0.0; LANES]);
        for i in 0..batch.prediction.rows() {
            let (z, q) = (batch.prediction(i, at), self.weighted(batch, at, i));
            for lane in 0..LANES {
                let distance = top[lane].to_f64() - z[lane].to_f64();
                // 0 · ∞ = 0: an impossible class that is not asked for costs nothing.
                losses[lane] += if q[lane] == 0.0 {
                    0.0
                } else {
                    q[lane] * distance
                };
                total[lane] += q[lane];
            }
        }
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
        let mut slopes = self.weighted(batch, at, i);
        for lane in 0..LANES {
            slopes[lane] = slope(normalizer, lane, kept[lane].to_f64(), slopes[lane]);
        }
        slopes
    }

    fn class_weights(&self) -> Option<&[f64]> {
        Some(&self.class_weights)
    }
}

#[cfg(test)]
mod tests {
    use super::ClassWeightedCrossEntropy;
    use crate::{Loss, LossError, SoftmaxCrossEntropy, Target, Weights};
    use gradus_numeric::{MatrixRef, Order, Shape};

    /// pytorch#104776: PyTorch's documented formula, term by term: weights of classes inside of the sum, the labels' below it.
    #[test]
    fn label_smoothing_with_class_weights_is_pytorchs() -> Result<(), Box<dyn std::error::Error>> {
        let logits = [2.0, 0.5, 0.0, 1.0, -1.0, 1.5]; // two samples, three classes
        let (labels, w, alpha) = ([0, 2], [1.0, 2.0, 4.0], 0.25);
        let log_softmax = |z: &[f64], i: usize| z[i] - z.iter().map(|z| z.exp()).sum::<f64>().ln();
        let mut by_hand = 0.0;
        for (n, &y) in labels.iter().enumerate() {
            let z = &logits[3 * n..3 * n + 3];
            let nll = -w[y] * log_softmax(z, y);
            let smooth = -(0..3).map(|c| w[c] * log_softmax(z, c)).sum::<f64>();
            by_hand += (1.0 - alpha) * nll + alpha / 3.0 * smooth;
        }
        by_hand /= w[0] + w[2];
        let prediction = MatrixRef::new(&logits, Shape::new(3, 2), Order::Columns)?;
        let loss = ClassWeightedCrossEntropy::new(w.to_vec(), alpha)?;
        let labels = [0, 2];
        let d = loss.denominator(&labels, Weights::<f64>::Equal)?;
        let value = loss.value(prediction, Target::Labels(&labels), Weights::Equal, d)?;
        assert!((value / by_hand - 1.0).abs() < 1e-14, "{value} {by_hand}");
        // The same numbers as weights of samples are another loss.
        let per_sample = Weights::PerSample(&[1.0, 4.0]);
        let smooth = SoftmaxCrossEntropy {
            label_smoothing: alpha,
        };
        let other = smooth.value(prediction, Target::Labels(&labels), per_sample, d)?;
        assert!((value - other).abs() > 1e-3);
        Ok(())
    }

    #[test]
    fn ignored_labels_count_in_neither_sum() -> Result<(), Box<dyn std::error::Error>> {
        let loss = ClassWeightedCrossEntropy::new(vec![1.0, 3.0], 0.0)?;
        let (labels, weights) = ([1, 99, 0], Weights::PerSample(&[1.0, 0.0, 1.0]));
        let d = loss.denominator(&labels, weights)?;
        let logits = MatrixRef::new(&[0.0; 6], Shape::new(2, 3), Order::Rows)?;
        assert_eq!(d, 4.0);
        assert_eq!(
            loss.value(logits, Target::Labels(&labels), weights, d)?,
            2_f64.ln()
        );
        Ok(())
    }

    #[test]
    fn what_is_no_class_weight_is_refused() {
        let new = |w: &[f64]| ClassWeightedCrossEntropy::new(w.to_vec(), 0.0);
        let (class, weight) = (1, -1.0);
        assert_eq!(
            new(&[1.0, -1.0]).err(),
            Some(LossError::InvalidClassWeight { class, weight })
        );
        assert!(new(&[f64::NAN]).is_err() && new(&[f64::INFINITY]).is_err() && new(&[]).is_err());
        assert!(ClassWeightedCrossEntropy::new(vec![1.0], 1.0).is_err());
        let loss = new(&[1.0; 3]).unwrap();
        let logits = MatrixRef::from_column(&[0.0, 0.0]);
        let (weights, classes) = (3, 2);
        assert_eq!(
            loss.value(logits, Target::Labels(&[0]), Weights::Equal, 1.0),
            Err(LossError::ClassWeightCount { weights, classes })
        );
        let nothing = loss.denominator(&[0], Weights::PerSample(&[0.0]));
        assert_eq!(nothing, Err(LossError::ZeroWeights));
        assert!(loss.denominator(&[3], Weights::<f64>::Equal).is_err());
    }
}
