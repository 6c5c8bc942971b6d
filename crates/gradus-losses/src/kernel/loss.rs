//! The one interface of losses: per sample, value, value and gradient.

use crate::error::LossError;
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{CompensatedSum, Float, MatrixMut, MatrixRef};
use std::fmt::Debug;

/// A loss of a batch: predictions and targets in, a number and its closed-form gradient out.
///
/// ```math
/// L = \frac{1}{d} \sum_{i=1}^{n} w_i \, \ell(p_i, y_i),
/// \qquad \frac{\partial L}{\partial p_i} = \frac{w_i}{d} \, \frac{\partial \ell}{\partial p}(p_i, y_i)
/// ```
///
/// where $`p_i`$ is column $`i`$ of the prediction, $`y_i`$ its target, $`w_i`$ its weight, $`\ell`$ the
/// loss of one sample and $`d`$ the *denominator*, which the caller gives
/// ([`Reduction::denominator`](crate::Reduction::denominator) computes the usual ones). So a batch may be
/// cut into shards: the shard values and gradients, each over the denominator of the whole batch, add up to
/// those of the batch.
///
/// # Shapes
///
/// `prediction: outputs × samples`, `target: outputs × samples` or `samples` labels, `weights: samples`,
/// `gradient: outputs × samples`.
///
/// # Numerics
///
/// Values are `f64`, and their sum over the samples is compensated: another order of samples changes two units in the
/// last place at most, where no losses of both signs cancel. They and the gradient have the same bits in
/// both storage orders. Predictions are not searched for NaN and infinities: NaN flows to the value, where
/// a training loop looks for it once a step. Labels, shapes, weights and target probabilities are checked.
/// `value_and_gradient` allocates nothing, but for a copy of sixteen samples if they have sixteen rows or more and lie in memory
/// one after the other.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Loss, MatrixMut, MatrixRef, Order, Shape, SquaredError, Target, Weights};
///
/// let shape = Shape::new(1, 2); // one output, two samples
/// let prediction = MatrixRef::new(&[3.0, 5.0], shape, Order::Rows)?;
/// let target = Target::Values(MatrixRef::new(&[1.0, 6.0], shape, Order::Rows)?);
/// let mut memory = [0.0; 2];
/// let gradient = MatrixMut::new(&mut memory, shape, Order::Rows)?;
/// let mean = SquaredError.value_and_gradient(prediction, target, Weights::Equal, 2.0, gradient)?;
/// assert_eq!(mean, (4.0 + 1.0) / 2.0);
/// assert_eq!(memory, [2.0, -1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Loss<T: Float>: Debug + Send + Sync {
    /// The loss of each sample (column) into `losses`.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit; nothing has been written then.
    fn per_sample(
        &self,
        prediction: MatrixRef<'_, T>,
        target: Target<'_, T>,
        losses: &mut [T],
    ) -> Result<(), LossError>;

    /// $`\sum_i w_i \ell_i / d`$, and its gradient by the prediction, every entry of which is written.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit; nothing has been written then.
    fn value_and_gradient(
        &self,
        prediction: MatrixRef<'_, T>,
        target: Target<'_, T>,
        weights: Weights<'_, T>,
        denominator: f64,
        gradient: MatrixMut<'_, T>,
    ) -> Result<f64, LossError>;

    /// $`\sum_i w_i \ell_i / d`$ alone.
    ///
    /// # Numerics
    ///
    /// The provided form allocates memory for one loss per sample and rounds each to `T`; the losses of
    /// this crate do neither, and return the bits of `value_and_gradient`.
    ///
    /// # Errors
    ///
    /// A [`LossError`] that names what does not fit.
    fn value(
        &self,
        prediction: MatrixRef<'_, T>,
        target: Target<'_, T>,
        weights: Weights<'_, T>,
        denominator: f64,
    ) -> Result<f64, LossError> {
        weights.check(prediction.columns())?;
        check_denominator(denominator)?;
        let mut losses = vec![T::from_f64(0.0); prediction.columns()];
        self.per_sample(prediction, target, &mut losses)?;
        let weighted: CompensatedSum = losses
            .iter()
            .enumerate()
            .map(|(j, loss)| match weights.of(j) {
                0.0 => 0.0,
                w => w * loss.to_f64(),
            })
            .collect();
        Ok(weighted.value() / denominator)
    }

    /// The weight of each class, if the loss has such: a weighted mean then divides by those of the labels, too.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_losses::{ClassWeightedCrossEntropy, Loss, LossError, SoftmaxCrossEntropy};
    ///
    /// let weighted: &dyn Loss<f64> = &ClassWeightedCrossEntropy::new(vec![1.0, 3.0], 0.0)?;
    /// assert_eq!(weighted.class_weights(), Some(&[1.0, 3.0][..]));
    /// let plain: &dyn Loss<f64> = &SoftmaxCrossEntropy::default();
    /// assert_eq!(plain.class_weights(), None);
    /// # Ok::<(), LossError>(())
    /// ```
    fn class_weights(&self) -> Option<&[f64]> {
        None
    }
}

/// A denominator is positive and finite.
pub(crate) fn check_denominator(denominator: f64) -> Result<(), LossError> {
    if denominator > 0.0 && denominator.is_finite() {
        Ok(())
    } else {
        Err(LossError::InvalidDenominator { denominator })
    }
}
