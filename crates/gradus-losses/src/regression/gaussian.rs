//! The negative log-likelihood of a normal distribution: a mean and its uncertainty.

use crate::error::LossError;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::{Target, Weights};
use gradus_numeric::Float;

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
/// price. Any number is a log-variance, so nothing has to be clipped, as variances are in PyTorch.
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
/// | gradient = differences | `gradients_are_derivatives` |
///
/// # Numerics
///
/// The constant $`\tfrac{1}{2} \ln 2\pi`$ is included, as in PyTorch with `full=True`.
///
/// # Errors
///
/// [`LossError::TwoRowsPerOutput`] for other shapes, [`LossError::LabelsForValues`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{Gaussian, Loss, MatrixRef, Target, Weights};
///
/// let mean_and_log_variance = [3.0, 4_f64.ln()]; // a standard deviation of 2
/// let prediction = MatrixRef::from_column(&mean_and_log_variance);
/// let target = Target::Values(MatrixRef::from_column(&[1.0]));
/// let value = Gaussian.value(prediction, target, Weights::Equal, 1.0)?;
/// let by_hand = 0.5 * (4_f64.ln() + 1.0 + (2.0 * std::f64::consts::PI).ln());
/// assert!((value - by_hand).abs() < 1e-14);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// D. A. Nix and A. S. Weigend, *Estimating the mean and variance of the target probability distribution* (1994),
/// equation 5, <https://doi.org/10.1109/ICNN.1994.374138>.
#[doc(alias = "GaussianNLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Gaussian;

impl Columnwise for Gaussian {
    type Summary = ();

    fn check<T: Float>(&self, batch: Batch<'_, T>, _: Weights<'_, T>) -> Result<(), LossError> {
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
                losses[lane] += 0.5 * (s + squared_over_variance(e, s) + LN_2_PI);
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
            slopes[lane] = if i < m {
                e * (-s).exp()
            } else {
                0.5 * (1.0 - squared_over_variance(e, s))
            };
        }
        slopes
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
const LN_2_PI: f64 = 1.837_877_066_409_345_3;
