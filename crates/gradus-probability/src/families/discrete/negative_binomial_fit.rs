//! The most likely negative binomial law.

use super::negative_binomial::NegativeBinomial;
use crate::contract::discrete::Discrete;
use crate::contract::search::bisected;
use crate::error::ProbabilityError;
use crate::families::continuous::digamma_gap::ln_minus_digamma;
use crate::statistics::fit::{Fit, center_and_spread, known, mean_of, numbers};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::trigamma;

impl NegativeBinomial {
    /// The most likely negative binomial law of counts that vary more than Poisson counts.
    ///
    /// ```math
    /// \overline{\psi(k + \hat r)} - \psi(\hat r) = \ln\left(1 + \frac{\bar k}{\hat r}\right), \qquad \hat p = \frac{\hat r}{\hat r + \bar k}
    /// ```
    ///
    /// The difference falls through 0 once if the variance of the counts exceeds their mean; otherwise the likelihood rises for ever as the law goes to a
    /// Poisson law. Standard errors by the information of the sample that was seen.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMaximum`] if the variance does not exceed the mean, or there are no counts.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Discrete, NegativeBinomial};
    ///
    /// let fit = NegativeBinomial::fit(&[0, 0, 1, 7])?;
    /// assert!((fit.distribution.mean()? - 2.0).abs() < 1e-14); // that of the counts
    /// assert!(NegativeBinomial::fit(&[2, 2, 2, 3]).is_err()); // as even as no such law makes them
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// B. Levin and J. Reeds, *Compound multinomial likelihood functions are unimodal*, Ann. Statist. 5 (1977), 79–87.
    pub fn fit(counts: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(counts, &vec![1.0; counts.len()])
    }

    /// The same where count i was seen `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(counts: &[u64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let x = numbers(counts);
        let (n, about) = weighted_mean(&x, weights, |_| true)?;
        let (mean, spread) = center_and_spread(&x, weights, n, about);
        let excess = spread * spread - mean * (1.0 + 4.0 * f64::EPSILON);
        if excess <= 0.0 || excess.is_nan() {
            let reason = "the counts vary no more than those of a Poisson law";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let slope = |r: f64| mean * mean * bend(mean / r) - mean_of(&x, weights, n, |k| lag(k, r));
        let r = bisected(f64::MIN_POSITIVE, f64::MAX, |r| slope(r) <= 0.0);
        let law = Self::new(r, r / (r + mean))?;
        // r³ times the information about r that is left when p has adapted; of a law that is all but a Poisson law rounding leaves none
        let left =
            mean * mean / (1.0 + mean / r) - mean_of(&x, weights, n, |k| lag_of_squares(k, r));
        let of_r = (r.powi(3) / (n * left.max(0.0))).sqrt();
        // p = r / (r + k̄) moves with r, and by itself
        let p = law.probability();
        let with_r = (1.0 - p) * p / r * of_r;
        let alone = p * ((1.0 - p) / (n * r)).sqrt();
        let errors = known(vec![of_r, with_r.hypot(alone)])?;
        Ok(Fit::of(law, errors, counts, weights, Self::ln_pmf))
    }
}

/// $`(t - \ln(1 + t)) / t^2`$, which is ½ at 0.
fn bend(t: f64) -> f64 {
    if t < SMALL {
        // the series, whose first term left out is below the last digit
        let terms = [
            0.5,
            -1.0 / 3.0,
            0.25,
            -0.2,
            1.0 / 6.0,
            -1.0 / 7.0,
            0.125,
            -1.0 / 9.0,
        ];
        return terms.iter().rev().fold(0.0, |sum, c| sum * t + c);
    }
    (1.0 - t.ln_1p() / t) / t
}

/// $`k r - r^2 (\psi(k + r) - \psi(r)) = \sum_{j < k} j / (1 + j / r)`$: how far $`k`$ steps of a growing urn lag behind.
fn lag(k: f64, r: f64) -> f64 {
    if k <= FEW {
        return sum(k, |j| j / (1.0 + j / r));
    }
    if r > LARGE * k {
        let half = 0.5 * k * (k - 1.0);
        let squares = half * (2.0 * k - 1.0) / 3.0;
        return half - (squares - half * half / r) / r;
    }
    k * k * bend(k / r) + r * r * (ln_minus_digamma(k + r) - ln_minus_digamma(r))
}

/// $`\sum_{j < k} j (2 + j / r) / (1 + j / r)^2`$, so that $`\sum_{j < k} (1 + j / r)^{-2} = k - {}`$ this over r.
fn lag_of_squares(k: f64, r: f64) -> f64 {
    if k <= FEW {
        return sum(k, |j| j * (2.0 + j / r) / (1.0 + j / r).powi(2));
    }
    if r > LARGE * k {
        let half = 0.5 * k * (k - 1.0);
        let squares = half * (2.0 * k - 1.0) / 3.0;
        return 2.0 * half - (3.0 * squares - 4.0 * half * half / r) / r;
    }
    r * (k - r * r * (trigamma(r) - trigamma(k + r)))
}

fn sum(k: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut j) = (0.0, 1.0);
    while j < k {
        sum += f(j);
        j += 1.0;
    }
    sum
}

/// Up to here sums are taken term by term.
const FEW: f64 = 200.0;

/// So many times k, and three terms of the series in k / r have all digits.
const LARGE: f64 = 1e6;

/// Below, eight terms of the series have all digits.
const SMALL: f64 = 0.01;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_series_and_closed_forms_meet() {
        for r in [0.3, 7.0, 1e4, 1e7, 1e9] {
            let k = 250.0;
            for (closed, f) in [
                (lag(k, r), (|t| 1.0 / (1.0 + t)) as fn(f64) -> f64),
                (lag_of_squares(k, r), |t| (2.0 + t) / (1.0 + t).powi(2)),
            ] {
                let summed = sum(k, |j| j * f(j / r));
                // the closed forms cancel by r / k twice, up to where the series begin
                let lost = (r / k).powi(2).clamp(1e3, 1e9);
                let error = (closed / summed - 1.0).abs();
                assert!(error < 1e-15 * lost, "{r}: {closed} {summed}");
            }
        }
        assert!((bend(0.009_999_999) / bend(0.01) - 1.0).abs() < 1e-8);
        assert_eq!(bend(0.0), 0.5);
    }
}
