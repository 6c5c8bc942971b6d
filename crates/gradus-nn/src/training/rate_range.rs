//! Which learning rates a model can take: the range test.

use super::callback::Event;
use super::trainer::Training;
use crate::data::Samples;
use crate::error::NnError;
use gradus_linalg::Scalar;
use gradus_optim::{OptimError, Schedule};
use std::iter::zip;
use std::ops::ControlFlow;

/// A learning rate that grows by the same factor every step: what a range test goes through.
///
/// ```math
/// \eta(t) = \eta_0 \left( \frac{\eta_1}{\eta_0} \right)^{t / (n - 1)}, \qquad t = 0, \dots, n - 1
/// ```
///
/// where $`\eta_0`$ is `smallest`, $`\eta_1`$ `largest` and $`n`$ `steps`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | rates are a geometric sequence between the ends | `rates_of_a_range_are_geometric` |
///
/// # Examples
///
/// ```
/// use gradus_nn::RateRange;
/// use gradus_nn::optim::Schedule;
///
/// let range = RateRange::new(1e-4, 1.0, 5)?;
/// let exact = [1e-4, 1e-3, 1e-2, 1e-1, 1.0];
/// assert!((0..5).zip(exact).all(|(t, rate)| (range.at(t) / rate - 1.0).abs() < 1e-14));
/// assert!(RateRange::new(1.0, 0.1, 5).is_err());
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateRange {
    smallest: f64,
    largest: f64,
    steps: u64,
}

impl RateRange {
    /// Rates from `smallest` to `largest` in `steps` steps.
    ///
    /// # Errors
    ///
    /// [`NnError::Domain`] unless 0 < `smallest` < `largest` < ∞ and there are two steps or more.
    pub fn new(smallest: f64, largest: f64, steps: u64) -> Result<Self, NnError> {
        let refused = |name, value, domain| {
            Err(NnError::Domain {
                name,
                value,
                domain,
            })
        };
        if !(smallest > 0.0 && smallest.is_finite()) {
            return refused("smallest rate", smallest, "(0, ∞)");
        }
        if !(largest > smallest && largest.is_finite()) {
            return refused("largest rate", largest, "(smallest rate, ∞)");
        }
        if steps < 2 {
            return refused("steps", steps as f64, "2, 3, 4, …");
        }
        Ok(Self {
            smallest,
            largest,
            steps,
        })
    }
}

impl Schedule for RateRange {
    fn check(&self) -> Result<(), OptimError> {
        Ok(()) // `new` has checked
    }

    fn at(&self, step: u64) -> f64 {
        let share = step.min(self.steps - 1) as f64 / (self.steps - 1) as f64;
        self.smallest.powf(1.0 - share) * self.largest.powf(share)
    }
}

/// The loss of each step of a range test, and the rate of that step.
#[derive(Clone, Debug, PartialEq)]
pub struct RateCurve {
    /// The rate of each step.
    pub rates: Vec<f64>,
    /// The mean loss of its batch before the step.
    pub losses: Vec<f64>,
}

/// Trains with rates that grow until the loss explodes, and tells the loss at each.
///
/// Small rates learn nothing, large ones destroy what was learned; between them the loss falls. One short training shows
/// all three. It ends after the steps of the range, or as soon as a loss is four times the smallest so far, or is no
/// number. `start` makes the training; it is given the rates, for its optimizer.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | on $`\tfrac{1}{2} \lambda x^2`$ the loss falls as long as $`\eta < 2 / \lambda`$ | `a_range_test_finds_the_stability_bound` |
/// | it ends by itself where the loss explodes | `a_range_test_ends_where_the_loss_explodes` |
///
/// # Errors
///
/// What `start` says, and what makes the first step impossible.
///
/// # Examples
///
/// The loss $`(w - 3)^2`$ has curvature 2, so gradient descent can take rates below 1:
///
/// ```
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, NnError, Output, RateRange, Settings, Training, rate_range};
///
/// let [x, y] = [&[1.0], &[3.0]].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let curve = rate_range(RateRange::new(1e-3, 10.0, 81)?, &data, |rates| {
///     let model = Network::new(1, vec![dense(1)], Output::Identity)?.freeze(|name| name == "0.bias");
///     Training::new(model.initialize(Key::new(0))?, sgd(rates)?, Box::new(SquaredError), Settings::default())
/// })?;
/// assert!(curve.losses.windows(2).zip(&curve.rates).all(|(loss, &rate)| rate >= 0.99 || loss[1] <= loss[0]));
/// # Ok::<(), NnError>(())
/// ```
///
/// # References
///
/// L. N. Smith, *Cyclical learning rates for training neural networks*, WACV 2017, §3.3, <https://arxiv.org/abs/1506.01186>.
#[doc(alias = "learning rate finder")]
pub fn rate_range<T: Scalar, E: From<NnError>>(
    range: RateRange,
    samples: &dyn Samples<T>,
    start: impl FnOnce(RateRange) -> Result<Training<T>, E>,
) -> Result<RateCurve, E> {
    let mut training = start(range)?;
    let (mut losses, mut smallest) = (Vec::new(), f64::INFINITY);
    let mut watch = |event: &Event<'_, T>| {
        if let Event::Step { loss, .. } = event {
            losses.push(*loss);
            smallest = loss.min(smallest);
            if losses.len() as u64 == range.steps || *loss > EXPLODED * smallest {
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    };
    let outcome = training.fit(u64::MAX, samples, &mut [&mut watch]);
    // That a step is refused is the end of the test, but not before the first one.
    match outcome {
        Err(NnError::NonFiniteLoss { .. } | NnError::Optim(_)) if !losses.is_empty() => {}
        outcome => outcome?,
    }
    let rates = (0..).map(|step| range.at(step)).take(losses.len());
    Ok(RateCurve {
        rates: rates.collect(),
        losses,
    })
}

impl RateCurve {
    /// The losses, each the mean of those up to it with weights that fall by the factor `beta` a step.
    ///
    /// ```math
    /// \bar L_t = \frac{1 - \beta}{1 - \beta^{t+1}} \sum_{s \le t} \beta^{t - s} L_s
    /// ```
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | a constant stays as it is, $`\beta = 0`$ changes nothing | `a_smoothed_constant_is_that_constant` |
    #[must_use]
    pub fn smoothed(&self, beta: f64) -> Vec<f64> {
        let (mut sum, mut weight) = (0.0, 0.0);
        let mean = |loss: &f64| {
            sum = beta * sum + loss;
            weight = beta * weight + 1.0;
            sum / weight
        };
        self.losses.iter().map(mean).collect()
    }

    /// The rate at which the smoothed loss is lowest: rates beyond it are too large, a tenth of it is safe.
    #[must_use]
    pub fn lowest(&self, beta: f64) -> Option<f64> {
        let smooth = self.smoothed(beta);
        let finite = zip(&self.rates, &smooth).filter(|(_, loss)| loss.is_finite());
        finite
            .min_by(|a, b| a.1.total_cmp(b.1))
            .map(|(rate, _)| *rate)
    }

    /// The rate at which the smoothed loss falls fastest with the logarithm of the rate: a good first choice.
    #[must_use]
    pub fn steepest(&self, beta: f64) -> Option<f64> {
        let smooth = self.smoothed(beta);
        // Rates are even on a logarithmic scale, so differences of losses are slopes.
        let slopes = smooth.windows(3).map(|loss| loss[2] - loss[0]); // three losses each
        let falls = zip(self.rates.iter().skip(1), slopes).filter(|(_, slope)| *slope < 0.0);
        falls
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .map(|(rate, _)| *rate)
    }
}

/// By what factor a loss has exploded.
const EXPLODED: f64 = 4.0;
