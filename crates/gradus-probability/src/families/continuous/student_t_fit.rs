//! The most likely Student law.

use super::cauchy::heaviest;
use super::laplace::smallest_median;
use super::student_t::StudentT;
use crate::contract::continuous::Continuous;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, mean_of};
use crate::statistics::sample::weighted_mean;

impl StudentT {
    /// The most likely Student law of so many degrees of `freedom`, which are known: a location and a scale that what is far out hardly moves.
    ///
    /// ```math
    /// \mu = \frac{\sum_i w_i v_i x_i}{\sum_i w_i v_i}, \qquad \sigma^2 = \frac{\sum_i w_i v_i (x_i - \mu)^2}{\sum_i w_i v_i}, \qquad
    /// v_i = \frac{1}{\nu + (x_i - \mu)^2 / \sigma^2}
    /// ```
    ///
    /// again and again: expectation and maximization, in the form that converges fastest. Standard errors
    /// $`\sigma \sqrt{(\nu + 3) / (\nu + 1) n}`$ and $`\sigma \sqrt{(\nu + 3) / 2 \nu n}`$. For $`\nu \ge 1`$ the likelihood has a single top, unless the share
    /// $`\nu / (\nu + 1)`$ of the weight lies at one value, towards which it then rises without end as the scale shrinks.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless $`1 \le \nu < \infty`$: below there may be several tops. [`ProbabilityError::InvalidObservation`] for an
    /// observation that is not finite, [`ProbabilityError::NoMaximum`] if too much of the weight lies at one value, or there are no observations.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::StudentT;
    ///
    /// let fit = StudentT::fit(3.0, &[-1.0, 0.0, 1.0])?;
    /// // σ² (1/3 + 2 v) = 2 v with v = 1 / (3 + 1/σ²): σ² = 5/9
    /// assert!((fit.distribution.scale().powi(2) - 5.0 / 9.0).abs() < 1e-14);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// J. T. Kent and D. E. Tyler, *Redescending M-estimates of multivariate location and scatter*, Ann. Statist. 19 (1991), 2102–2119;
    /// K. L. Lange, R. J. A. Little and J. M. G. Taylor, *Robust statistical modeling using the t distribution*, J. Amer. Statist. Assoc. 84 (1989), appendix B.
    pub fn fit(freedom: f64, x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(freedom, x, &vec![1.0; x.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        freedom: f64,
        x: &[f64],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        let nu = freedom;
        if !(nu >= 1.0 && nu.is_finite()) {
            let (name, value) = ("freedom", nu);
            return Err(ProbabilityError::Domain { name, value });
        }
        let (n, _) = weighted_mean(x, weights, |_| true)?;
        if heaviest(x, weights) >= n * (nu / (nu + 1.0)) {
            let reason = "too much of the weight lies at one value";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let mut location = smallest_median(x, weights, n);
        let mut scale = mean_of(x, weights, n, |x| (x - location).abs());
        for _ in 0..MOST_STEPS {
            let z = |x: f64| (x - location) / scale;
            let nearness = |x: f64| 1.0 / (1.0 + z(x).powi(2) / nu); // ν v
            let sum = mean_of(x, weights, n, nearness);
            let step = mean_of(x, weights, n, |x| z(x) * nearness(x)) / sum;
            let square = mean_of(x, weights, n, |x| (z(x) - step).powi(2) * nearness(x)) / sum;
            let factor = square.sqrt();
            let settled = step.abs().max((factor - 1.0).abs()) <= f64::EPSILON;
            (location, scale) = (location + step * scale, scale * factor);
            if settled {
                break;
            }
        }
        let law = Self::new(location, scale, nu)?;
        let of = |information: f64| scale * (1.0 / information / n).sqrt();
        let errors = vec![of((nu + 1.0) / (nu + 3.0)), of(2.0 * (nu / (nu + 3.0)))];
        Ok(Fit::of(law, errors, x, weights, Self::ln_pdf))
    }
}

/// Each step makes the error smaller by a half or more: sixty are usual.
const MOST_STEPS: usize = 1000;
