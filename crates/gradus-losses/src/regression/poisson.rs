//! The negative log-likelihood of counts.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::Batch;
use crate::kernel::pointwise::Pointwise;
use crate::kernel::target::Weights;
use crate::regression::gaussian::LN_2_PI;
use gradus_numeric::{Float, deviance, stirling_error, xlogy};

/// The negative log-likelihood of Poisson counts, summed over the outputs of a sample, in nats.
///
/// ```math
/// \ell(\lambda, y) = \sum_{k=1}^{m} \lambda_k - y_k \ln \lambda_k + \ln y_k!, \qquad
/// \frac{\partial \ell}{\partial \ln \lambda_k} = \lambda_k - y_k, \qquad
/// \frac{\partial \ell}{\partial \lambda_k} = 1 - \frac{y_k}{\lambda_k}
/// ```
///
/// where $`\lambda`$ are the expected counts, which a network predicts by their logarithms $`z = \ln \lambda`$ ([`Rate::Logarithm`], the
/// default: $`e^z - y z`$) or as they are ([`Rate::Plain`]), and $`y \ge 0`$ the counts. $`\ln y!`$ does not depend on the prediction
/// and changes no gradient. It is left out by default; a value that is to be compared with other likelihoods needs it
/// ([`LogFactorial`]). Numbers that are not whole are allowed: rates of rates.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the best constant is the logarithm of the mean | `the_best_rate_is_the_mean` |
/// | up to a constant half of [`Tweedie`](crate::Tweedie) with power 1 at $`\lambda = e^z`$ | `poisson_is_half_a_deviance` |
/// | a rate and its logarithm cost the same; slopes differ by the factor $`\lambda`$ | `a_rate_and_its_logarithm_cost_the_same` |
/// | no factorial changes a slope; Stirling's is too small, by $`1 / (12 y)`$ at most | `factorials_of_counts_change_no_slope` |
/// | with the factorial it is $`-\ln p(y)`$ | `losses_of_counts_and_times_are_likelihoods` |
/// | convex; gradient = differences | `losses_are_convex_in_the_prediction`, `gradients_are_derivatives` |
///
/// # Numerics
///
/// With a factorial the loss of a good prediction is small, and its terms are large: at $`y = \lambda = 10^6`$ the loss is 7.8, a
/// difference of numbers of $`10^7`$. So it is computed as $`D + r`$ with the deviance $`D = y \ln (y / \lambda) + \lambda - y \ge 0`$, where
/// little cancels, and $`r = \ln y! - y \ln y + y = \tfrac12 \ln (2 \pi y) + \delta(y)`$. $`0 \ln 0 = 0`$: no counts are no surprise
/// at rate 0, and some counts are infinitely surprising there. PyTorch takes the logarithm of $`\lambda + 10^{-8}`$.
///
/// # Errors
///
/// [`LossError::TargetOutsideDomain`] for negative targets, [`LossError::PredictionOutsideDomain`] for rates that are negative, infinite
/// or NaN, [`LossError::LabelsForValues`], [`LossError::TargetShape`].
///
/// # Examples
///
/// ```
/// use gradus_losses::{LogFactorial, Loss, MatrixRef, Poisson, Rate, Target, Weights};
///
/// let logarithms = [1_f64.ln(), 2_f64.ln()];
/// let target = Target::Values(MatrixRef::from_column(&[3.0, 0.0]));
/// let prediction = MatrixRef::from_column(&logarithms);
/// let value = Poisson::default().value(prediction, target, Weights::Equal, 1.0)?;
/// assert!((value - (1.0 + 2.0)).abs() < 1e-14);
///
/// let whole = Poisson { rate: Rate::Plain, factorial: LogFactorial::Exact };
/// let rates = MatrixRef::from_column(&[1.0, 2.0]);
/// let value = whole.value(rates, target, Weights::Equal, 1.0)?;
/// assert!((value - (1.0 + 2.0 + 6_f64.ln())).abs() < 1e-14); // 3! = 6
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// P. `McCullagh` and J. A. Nelder, *Generalized Linear Models*, 2nd edition (1989), section 6.2; C. Loader, *Fast and accurate
/// computation of binomial probabilities* (2000), section 3.
#[doc(alias = "PoissonNLLLoss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Poisson {
    /// What the prediction is.
    pub rate: Rate,
    /// What becomes of $`\ln y!`$.
    pub factorial: LogFactorial,
}

/// How the expected count is predicted.
///
/// # Examples
///
/// ```
/// use gradus_losses::{Pointwise, Poisson, Rate};
///
/// let plain = Poisson { rate: Rate::Plain, ..Poisson::default() };
/// assert_eq!(Poisson::default().loss(0.0, 3.0), 1.0); // ln λ = 0
/// assert_eq!(plain.loss(1.0, 3.0), 1.0); // λ = 1
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Rate {
    /// By its logarithm, any number; the default. `log_input=True` in PyTorch.
    #[default]
    Logarithm,
    /// As it is, a number that is not negative. `log_input=False` in PyTorch.
    Plain,
}

/// What becomes of $`\ln y!`$, the part of the loss that no prediction changes.
///
/// # Examples
///
/// ```
/// use gradus_losses::{LogFactorial, Pointwise, Poisson, Rate};
///
/// let loss = |factorial| Poisson { rate: Rate::Plain, factorial }.loss(2.0, 2.0);
/// let short = loss(LogFactorial::LeftOut);
/// assert!((loss(LogFactorial::Exact) - short - 2_f64.ln()).abs() < 1e-15);
/// let stirling = 2.0 * 2_f64.ln() - 2.0 + 0.5 * (4.0 * std::f64::consts::PI).ln(); // 0.65 instead of 0.69
/// assert!((loss(LogFactorial::Stirling) - short - stirling).abs() < 1e-15);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LogFactorial {
    /// It is left out; the default. `full=False` in PyTorch.
    #[default]
    LeftOut,
    /// Stirling's formula $`y \ln y - y + \tfrac12 \ln (2 \pi y)`$ for $`y > 1`$, and 0 up to there. `full=True` in PyTorch.
    Stirling,
    /// $`\ln \Gamma(y + 1)`$: the loss is the negative logarithm of the probability.
    Exact,
}

impl Pointwise for Poisson {
    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::targets(batch, weights, Domain::NotNegative)?;
        match self.rate {
            Rate::Logarithm => Ok(()),
            Rate::Plain => check::predictions(batch, weights, Domain::NotNegative),
        }
    }

    #[inline(always)]
    fn loss(&self, prediction: f64, y: f64) -> f64 {
        match self.factorial {
            LogFactorial::Stirling if y > 1.0 => {
                self.deviance(prediction, y) + 0.5 * (LN_2_PI + y.ln())
            }
            LogFactorial::Exact => self.deviance(prediction, y) + rest_of_factorial(y),
            LogFactorial::LeftOut | LogFactorial::Stirling => self.without_factorial(prediction, y),
        }
    }

    #[inline(always)]
    fn slope(&self, prediction: f64, y: f64) -> f64 {
        match self.rate {
            Rate::Logarithm => prediction.exp() - y,
            Rate::Plain if y == 0.0 => 1.0,
            Rate::Plain => 1.0 - y / prediction,
        }
    }
}

impl Poisson {
    /// $`\lambda - y \ln \lambda`$.
    #[inline(always)]
    fn without_factorial(self, prediction: f64, y: f64) -> f64 {
        match self.rate {
            Rate::Logarithm => {
                let gain = if y == 0.0 { 0.0 } else { y * prediction }; // 0 · ∞ = 0: no counts are no surprise at rate 0
                prediction.exp() - gain
            }
            Rate::Plain => prediction - xlogy(y, prediction),
        }
    }

    /// $`y \ln (y / \lambda) + \lambda - y`$; from a logarithm $`y (e^t - 1 - t)`$ with $`t = \ln (\lambda / y)`$, since $`\lambda`$ itself
    /// may be too small to be a number.
    #[inline(always)]
    fn deviance(self, prediction: f64, y: f64) -> f64 {
        match self.rate {
            Rate::Logarithm if y == 0.0 => prediction.exp(),
            Rate::Logarithm => {
                let t = prediction - y.ln();
                y * (t.exp_m1() - t)
            }
            Rate::Plain => deviance(y, prediction),
        }
    }
}

/// $`\ln y! - y \ln y + y = \tfrac12 \ln (2 \pi y) + \delta(y)`$, and its limit 0 at 0.
fn rest_of_factorial(y: f64) -> f64 {
    if y == 0.0 {
        0.0
    } else {
        0.5 * (LN_2_PI + y.ln()) + stirling_error(y)
    }
}

#[cfg(test)]
mod tests {
    use super::{LogFactorial, Poisson, Rate};
    use crate::kernel::pointwise::Pointwise;
    use crate::{Loss, LossError, Target, Weights};
    use gradus_numeric::MatrixRef;

    const BOTH: [Rate; 2] = [Rate::Logarithm, Rate::Plain];

    #[test]
    fn by_hand() {
        let [log, plain] = BOTH.map(|rate| {
            let factorial = LogFactorial::Exact;
            Poisson { rate, factorial }
        });
        assert_eq!(plain.loss(2.0, 0.0), 2.0); // e⁻²
        assert!((plain.loss(1.0, 3.0) - (1.0 + 6.0_f64.ln())).abs() < 1e-15); // e⁻¹ / 3!
        assert!((log.loss(0.0, 3.0) - (1.0 + 6.0_f64.ln())).abs() < 1e-15);
        assert_eq!((log.slope(0.0, 3.0), plain.slope(1.0, 3.0)), (-2.0, -2.0));
        assert_eq!((log.slope(0.0, 0.0), plain.slope(0.0, 0.0)), (1.0, 1.0));
    }

    #[test]
    fn a_good_prediction_of_a_large_count_keeps_its_digits() {
        // −ln p = ½ ln 2πy + δ(y) at λ = y, with δ(y) = 1/(12 y) to the last digit at 10⁹
        let y = 1e9_f64;
        let by_hand = 0.5 * (2.0 * std::f64::consts::PI * y).ln() + 1.0 / (12.0 * y);
        let factorial = LogFactorial::Exact;
        let plain = Poisson {
            rate: Rate::Plain,
            factorial,
        }
        .loss(y, y);
        assert!((plain - by_hand).abs() < 4.0 * f64::EPSILON * by_hand);
        let log = Poisson {
            rate: Rate::Logarithm,
            factorial,
        }
        .loss(y.ln(), y);
        assert!((log - by_hand).abs() < 4.0 * f64::EPSILON * by_hand); // y ε² ln² y is less
    }

    #[test]
    fn no_rate_and_no_count() {
        use LogFactorial::{Exact, LeftOut, Stirling};
        for factorial in [LeftOut, Stirling, Exact] {
            let plain = Poisson {
                rate: Rate::Plain,
                factorial,
            };
            assert_eq!(
                (plain.loss(0.0, 0.0), plain.loss(0.0, 2.0)),
                (0.0, f64::INFINITY)
            );
            assert_eq!(plain.slope(0.0, 2.0), f64::NEG_INFINITY);
            let log = Poisson {
                rate: Rate::Logarithm,
                factorial,
            };
            assert_eq!(log.loss(f64::NEG_INFINITY, 0.0), 0.0);
            assert_eq!(log.loss(f64::NEG_INFINITY, 2.0), f64::INFINITY);
            assert!((log.loss(-800.0, 1.0) - 800.0).abs() < 1e-12); // e⁻⁸⁰⁰ is 0, its logarithm is not
            assert!(log.loss(f64::NAN, 0.0).is_nan() && log.loss(f64::NAN, 2.0).is_nan());
        }
    }

    #[test]
    fn a_rate_that_is_none_is_refused() {
        for bad in [-1.0, f64::NAN, f64::INFINITY] {
            let of = |rate| {
                let target = Target::Values(MatrixRef::from_column(&[1.0]));
                let loss = Poisson {
                    rate,
                    ..Poisson::default()
                };
                loss.value(MatrixRef::from_column(&[bad]), target, Weights::Equal, 1.0)
            };
            assert!(of(Rate::Logarithm).is_ok());
            assert!(matches!(
                of(Rate::Plain),
                Err(LossError::PredictionOutsideDomain {
                    row: 0,
                    column: 0,
                    ..
                })
            ));
        }
    }
}
