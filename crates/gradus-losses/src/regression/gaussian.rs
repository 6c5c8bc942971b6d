//! The negative log-likelihood of a normal distribution: a mean and its uncertainty.

use crate::error::LossError;
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::{Target, Weights};
use gradus_numeric::{Float, logaddexp};

/// The negative log-likelihood of a normal distribution for each sample, summed over its outputs, in nats.
///
/// ```math
/// \ell(\mu, s; y) = \frac{1}{2} \sum_{k=1}^{m} \Bigl( s_k + (\mu_k - y_k)^2 e^{-s_k} + \ln 2\pi \Bigr), \qquad
/// \frac{\partial \ell}{\partial \mu_k} = (\mu_k - y_k)\, e^{-s_k}, \qquad
/// \frac{\partial \ell}{\partial s_k} = \frac{1 - (\mu_k - y_k)^2 e^{-s_k}}{2}
/// ```
///
/// where $`\mu`$ are the first $`m`$ rows of the prediction and $`s = \ln \sigma^2`$, the *log-variances*, the other
/// $`m`$; $`y`$ is the target. The network says how sure it is: an uncertain sample pulls less, and uncertainty has a
/// price. Any number is a log-variance, so nothing has to be clipped.
///
/// Where a target can be met exactly, though, the loss has no bottom: certainty pays without end. With a *smallest variance*
/// $`v_0 > 0`$ the variance is
///
/// ```math
/// \sigma_k^2 = v_0 + e^{s_k}, \qquad \frac{\partial \ell}{\partial s_k} =
/// \frac{1}{2} \Bigl( 1 - \frac{(\mu_k - y_k)^2}{\sigma_k^2} \Bigr) \frac{e^{s_k}}{\sigma_k^2},
/// \qquad \ell \ge \frac{m}{2} \ln (2 \pi v_0)
/// ```
///
/// The bound is added, as in the ensembles of Lakshminarayanan et al., and not cut off: below a cut the slope is 0, and a network
/// that once fell below it stays there. PyTorch (`eps`) cuts, and passes the slope on as if it had not; its value is ours if it is given
/// the variances $`v_0 + e^s`$. For a variance that is not predicted, see [`GaussianMean`](crate::GaussianMean).
///
/// # Shapes
///
/// `prediction: 2m × samples`, `target: m × samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is $`-\ln \mathcal{N}(y; \mu, \sigma^2)`$ | `the_gaussian_loss_is_a_density` |
/// | at fixed error $`e`$ it is smallest at $`\sigma^2 = e^2`$ | `the_best_variance_is_the_squared_error` |
/// | it is at least $`\tfrac{m}{2} \ln (2 \pi v_0)`$ | `the_smallest_variance_bounds_the_gaussian_loss` |
/// | gradient = differences | `gaussian_gradients_are_derivatives` |
///
/// # Numerics
///
/// The constant $`\tfrac{1}{2} \ln 2\pi`$ is included, as in PyTorch with `full=True`. Instead of the variance its logarithm is
/// computed, $`\ln(e^s + e^{\ln v_0})`$ with the larger term taken out, so no $`s`$ overflows.
///
/// # Errors
///
/// [`LossError::TwoRowsPerOutput`] for other shapes, [`LossError::LabelsForValues`], [`LossError::OutsideInterval`] for a smallest
/// variance that is negative or not finite.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Gaussian, Loss, MatrixRef, Target, Weights};
///
/// let mean_and_log_variance = [3.0, 4_f64.ln()]; // a standard deviation of 2
/// let prediction = MatrixRef::from_column(&mean_and_log_variance);
/// let target = Target::Values(MatrixRef::from_column(&[1.0]));
/// let value = Gaussian::default().value(prediction, target, Weights::Equal, 1.0)?;
/// let by_hand = 0.5 * (4_f64.ln() + 1.0 + (2.0 * std::f64::consts::PI).ln());
/// assert!((value - by_hand).abs() < 1e-14);
///
/// let bounded = Gaussian { smallest_variance: 12.0 }; // 12 + 4: a standard deviation of 4
/// let value = bounded.value(prediction, target, Weights::Equal, 1.0)?;
/// let by_hand = 0.5 * (16_f64.ln() + 0.25 + (2.0 * std::f64::consts::PI).ln());
/// assert!((value - by_hand).abs() < 1e-14);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// D. A. Nix and A. S. Weigend, *Estimating the mean and variance of the target probability distribution* (1994),
/// equation 5, <https://doi.org/10.1109/ICNN.1994.374138>; B. Lakshminarayanan, A. Pritzel and C. Blundell, *Simple and scalable
/// predictive uncertainty estimation using deep ensembles* (2017), section 2.2.1.
#[doc(alias = "GaussianNLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Gaussian {
    /// $`v_0 \ge 0`$, which is added to every variance; 0 by default.
    pub smallest_variance: f64,
}

impl Columnwise for Gaussian {
    type Summary = ();

    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
        check::not_negative("smallest_variance", self.smallest_variance)?;
        let prediction = batch.prediction.shape();
        match batch.target {
            Target::Labels(_) => Err(LossError::LabelsForValues {
                outputs: prediction.rows,
            }),
            Target::Values(values) => {
                let target = values.shape();
                let fits = Some(prediction.rows) == target.rows.checked_mul(2);
                if fits && prediction.columns == target.columns {
                    Ok(())
                } else {
                    Err(LossError::TwoRowsPerOutput { prediction, target })
                }
            }
        }
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        _: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, ()) {
        let m = batch.prediction.rows() / 2;
        let mut losses = [0.0; LANES];
        for i in 0..m {
            let (mean, s) = (batch.prediction(i, at), batch.prediction(m + i, at));
            let y = batch.target(i, at);
            for lane in 0..LANES {
                let (e, s) = (mean[lane].to_f64() - y[lane], s[lane].to_f64());
                let ln_variance = self.ln_variance(s);
                losses[lane] +=
                    0.5 * (ln_variance + squared_over_variance(e, ln_variance) + LN_2_PI);
            }
        }
        (losses, ())
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (): &(),
        _: &Lanes<T>,
    ) -> Lanes {
        let m = batch.prediction.rows() / 2;
        let output = if i < m { i } else { i - m };
        let (mean, s) = (
            batch.prediction(output, at),
            batch.prediction(m + output, at),
        );
        let mut slopes = batch.target(output, at);
        for lane in 0..LANES {
            let (e, s) = (mean[lane].to_f64() - slopes[lane], s[lane].to_f64());
            let ln_variance = self.ln_variance(s);
            slopes[lane] = if i < m {
                e * (-ln_variance).exp()
            } else {
                0.5 * (1.0 - squared_over_variance(e, ln_variance)) * share(s, ln_variance)
            };
        }
        slopes
    }
}

impl Gaussian {
    /// $`\ln (v_0 + e^s)`$.
    #[inline(always)]
    fn ln_variance(self, s: f64) -> f64 {
        if self.smallest_variance == 0.0 {
            return s;
        }
        logaddexp(s, self.smallest_variance.ln())
    }
}

/// $`e^s / \sigma^2`$: how much of the variance the network has said; all of it also where both are infinite.
#[inline(always)]
fn share(s: f64, ln_variance: f64) -> f64 {
    if s == ln_variance {
        1.0
    } else {
        (s - ln_variance).exp()
    }
}

/// $`e^2 e^{-s}`$ as the square of $`e\, e^{-s / 2}`$, which overflows no sooner than the answer; 0 for no error.
#[inline(always)]
fn squared_over_variance(e: f64, s: f64) -> f64 {
    if e == 0.0 {
        return 0.0;
    }
    let z = e * (-0.5 * s).exp();
    z * z
}

/// $`\ln 2\pi`$, to the nearest double.
pub(crate) const LN_2_PI: f64 = 1.837_877_066_409_345_3;
