//! Softmax and cross-entropy in one: the loss of classification.

use crate::check;
use crate::columnwise::{Batch, Columnwise, columnwise};
use crate::error::LossError;
use crate::lanes::{LANES, Lanes};
use crate::target::{Target, Weights};
use gradus_numeric::Float;
use std::iter::zip;

/// Cross-entropy of softmax probabilities from logits, in nats.
///
/// ```math
/// \ell(z, q) = -\sum_{i=1}^{K} q_i \ln \sigma(z)_i = \operatorname{lse}(z) - \sum_{i=1}^{K} q_i z_i,
/// \qquad \frac{\partial \ell}{\partial z_i} = \sigma(z)_i - q_i
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct SoftmaxCrossEntropy {
    /// $`\alpha \in [0, 1)`$: the share of the target that is spread evenly over all classes.
    pub label_smoothing: f64,
}

columnwise!(SoftmaxCrossEntropy);

/// What the softmax of a block needs: σ(z)ᵢ = exp(zᵢ − top) / total.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Known<T> {
    top: Lanes<T>,
    total: Lanes,
    mass: Lanes,
}

impl Columnwise for SoftmaxCrossEntropy {
    type Known<T: Float> = Known<T>;

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        let label_smoothing = self.label_smoothing;
        if !(0.0..1.0).contains(&label_smoothing) {
            return Err(LossError::InvalidSmoothing { label_smoothing });
        }
        check::classes(batch, weights)
    }

    #[inline(always)]
    fn losses<T: Float>(&self, batch: Batch<'_, T>, start: usize) -> (Lanes, Known<T>) {
        let top = maximum(batch, start);
        let excess = sum_of_exponentials(batch, start, &top);
        let (mass, mut losses) = self.mass_and_gap(batch, start, &top);
        for (loss, (&mass, &excess)) in zip(&mut losses, zip(&mass, &excess)) {
            *loss += mass * excess.ln_1p();
        }
        let total = excess.map(|excess| 1.0 + excess);
        (losses, Known { top, total, mass })
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        start: usize,
        i: usize,
        known: &Known<T>,
    ) -> Lanes {
        let (z, mut slopes) = (batch.prediction(i, start), self.smoothed(batch, start, i));
        for (lane, slope) in slopes.iter_mut().enumerate() {
            let e = (z[lane] - known.top[lane]).exp().to_f64();
            let total = known.total[lane];
            *slope = (known.mass[lane] * e - *slope * total) / total;
        }
        slopes
    }
}

impl SoftmaxCrossEntropy {
    /// $`q_i = (1 - \alpha) y_i + \alpha / K`$.
    #[inline(always)]
    fn smoothed<T: Float>(&self, batch: Batch<'_, T>, start: usize, i: usize) -> Lanes {
        let (alpha, k) = (self.label_smoothing, batch.prediction.rows() as f64);
        let mut q = batch.target(i, start);
        if alpha > 0.0 {
            q.iter_mut()
                .for_each(|q| *q = (1.0 - alpha) * *q + alpha / k);
        }
        q
    }

    /// $`\sum_i q_i`$ and $`\sum_i q_i (\max z - z_i)`$, where $`0 \cdot \infty = 0`$.
    #[inline(always)]
    fn mass_and_gap<T: Float>(
        &self,
        batch: Batch<'_, T>,
        start: usize,
        top: &Lanes<T>,
    ) -> (Lanes, Lanes) {
        let mut gap = [0.0; LANES];
        if let (Target::Labels(labels), 0.0) = (batch.target, self.label_smoothing) {
            for (lane, &label) in zip(0..LANES, &labels[start..]) {
                let z = batch.prediction.get(label as usize, start + lane);
                gap[lane] = z.map_or(f64::NAN, |z| top[lane].to_f64() - z.to_f64());
            }
            return ([1.0; LANES], gap);
        }
        let mut mass = [0.0; LANES];
        for i in 0..batch.prediction.rows() {
            let (z, q) = (batch.prediction(i, start), self.smoothed(batch, start, i));
            for lane in 0..LANES {
                mass[lane] += q[lane];
                let distance = top[lane].to_f64() - z[lane].to_f64();
                gap[lane] += if q[lane] == 0.0 {
                    0.0
                } else {
                    q[lane] * distance
                };
            }
        }
        (mass, gap)
    }
}

/// The greatest logit of each sample.
#[inline(always)]
fn maximum<T: Float>(batch: Batch<'_, T>, start: usize) -> Lanes<T> {
    let mut top = batch.prediction(0, start);
    for i in 1..batch.prediction.rows() {
        for (top, z) in zip(&mut top, batch.prediction(i, start)) {
            *top = if *top < z { z } else { *top };
        }
    }
    top
}

/// $`\sum_i e^{z_i - \max z} - 1`$: greatest terms (ones) and others are summed apart, so that nothing of the
/// others is lost.
#[inline(always)]
fn sum_of_exponentials<T: Float>(batch: Batch<'_, T>, start: usize, top: &Lanes<T>) -> Lanes {
    let (mut ones, mut others) = ([-1.0; LANES], [0.0; LANES]);
    for i in 0..batch.prediction.rows() {
        let z = batch.prediction(i, start);
        for lane in 0..LANES {
            let e = (z[lane] - top[lane]).exp().to_f64();
            let small = e < 1.0; // not so for NaN, which flows
            ones[lane] += if small { 0.0 } else { e };
            others[lane] += if small { e } else { 0.0 };
        }
    }
    zip(&mut others, ones).for_each(|(other, one)| *other += one);
    others
}

#[cfg(test)]
mod tests {
    use super::SoftmaxCrossEntropy;
    use crate::{Loss, Target, Weights};
    use gradus_numeric::{MatrixMut, MatrixRef, Order, Shape};

    #[test]
    fn equal_logits_cost_the_logarithm_of_the_number_of_classes() {
        let prediction = MatrixRef::from_column(&[7.0; 4]);
        let mut gradient = [f64::NAN; 4];
        let value = SoftmaxCrossEntropy::default().value_and_gradient(
            prediction,
            Target::Labels(&[2]),
            Weights::Equal,
            1.0,
            MatrixMut::new(&mut gradient, Shape::new(4, 1), Order::Rows).unwrap(),
        );
        assert_eq!(value, Ok(4.0_f64.ln()));
        assert_eq!(gradient, [0.25, 0.25, -0.75, 0.25]);
    }
}
