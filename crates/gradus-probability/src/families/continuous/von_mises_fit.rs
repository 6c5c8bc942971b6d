//! The most likely bell on a circle.

use super::von_mises::VonMises;
use crate::contract::search::bisected;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, differ, mean_of};
use crate::statistics::sample::weighted_mean;

impl VonMises {
    /// The most likely von Mises law of angles: the direction of their mean, and the concentration whose circular variance is theirs.
    ///
    /// ```math
    /// \bar R \, e^{i \hat\mu} = \frac1n \sum_i w_i e^{i x_i}, \qquad \frac{I_1(\hat\kappa)}{I_0(\hat\kappa)} = \bar R
    /// ```
    ///
    /// An angle and the same one turn further are one direction, so any finite angles will do, and the likelihood is that of directions.
    /// Standard errors $`1 / \sqrt{n \kappa \bar R}`$ and $`1 / \sqrt{n \operatorname{Var} \cos(X - \mu)}`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for an angle that is not finite, [`ProbabilityError::NoMaximum`] if all directions are equal, or cancel
    /// so that none is the mean, or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::VonMises;
    ///
    /// let turn = 2.0 * std::f64::consts::PI;
    /// let fit = VonMises::fit(&[0.25, 0.75, 0.5 + turn])?;
    /// assert!((fit.distribution.location() - 0.5).abs() < 1e-15);
    /// // 1 − R̄ = 2/3 (1 − cos ¼)
    /// let variance = 2.0 / 3.0 * (1.0 - 0.25_f64.cos());
    /// assert!((fit.distribution.circular_variance() / variance - 1.0).abs() < 1e-13);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// K. V. Mardia and P. E. Jupp, *Directional Statistics* (2000), §5.3.1; the bracket of the concentration by D. E. Amos, *Computation of modified
    /// Bessel functions and their ratios*, Math. Comp. 28 (1974), 239–251.
    pub fn fit(x: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where angle i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[f64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let angles: Vec<f64> = x.iter().map(|x| x.sin().atan2(x.cos())).collect();
        let (n, _) = weighted_mean(x, weights, |_| true).or_else(|error| match error {
            // the sum of huge angles is of no use
            ProbabilityError::Overflow => weighted_mean(&angles, weights, |_| true),
            error => Err(error),
        })?;
        let [east, north] = [f64::cos, f64::sin].map(|f| mean_of(&angles, weights, n, f));
        let location = north.atan2(east);
        // 1 − R̄ as a mean of what is not negative
        let half = |x: f64| (0.5 * (x - location)).sin();
        let variance = 2.0 * mean_of(&angles, weights, n, |x| half(x).powi(2));
        differ(&angles, weights)?;
        // what is left of directions that cancel is rounding
        if !(variance > 0.0 && east.hypot(north) > 4.0 * f64::EPSILON) {
            let reason = "all directions are equal, or cancel";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let concentration = concentration_of(variance);
        let law = Self::new(location, concentration)?;
        let (unit, square) = law.variance_of_the_cosine();
        let errors = vec![
            1.0 / (n * concentration * (1.0 - variance)).sqrt(),
            1.0 / (unit * unit * (n * square).sqrt()),
        ];
        let ln_p = |law: &Self, x: f64| law.ln_density(x - location);
        Ok(Fit::of(law, errors, &angles, weights, ln_p))
    }
}

/// The concentration with this circular variance, between Amos's bounds $`2 \bar R \le \kappa \le 2 \bar R / (1 - \bar R^2)`$.
fn concentration_of(variance: f64) -> f64 {
    let low = 2.0 * (1.0 - variance);
    let high = low / variance / (2.0 - variance);
    // the bounds are rounded
    bisected(low * (1.0 - 1e-12), high * (1.0 + 1e-12), |kappa| {
        VonMises::new(0.0, kappa).is_ok_and(|law| law.circular_variance() <= variance)
    })
}
