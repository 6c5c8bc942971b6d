//! The most likely negative binomial distribution.

use super::negative_binomial::NegativeBinomial;
use crate::contract::discrete::Discrete;
use crate::contract::search::crossed;
use crate::error::ProbabilityError;
use crate::families::continuous::ln_1p_gap::{gap, gap_fall};
use crate::statistics::fit::{Fit, center_and_spread, grouped, mean_of, numbers};
use crate::statistics::sample::weighted_mean;

impl NegativeBinomial {
    /// The most likely negative binomial distribution, given the failures of each time: both parameters at once.
    ///
    /// For each $`r`$ the most likely probability is $`p = r / (r + \bar k)`$, so that the mean is that of the data. With $`s = 1 / r`$, the excess of the relative
    /// variance over that of a Poisson law, the log-likelihood along these has the slope
    ///
    /// ```math
    /// \frac{1}{s^2} \left( \ln(1 + \bar k s) - \overline{\sum_{j < k} \frac{s}{1 + j s}} \right) = \overline{\sum_{j < k} \frac{j}{1 + j s}} - \bar k^2 \phi(\bar k s), \qquad
    /// \phi(y) = \frac{y - \ln(1 + y)}{y^2}
    /// ```
    ///
    /// It begins at half of variance less mean, and falls through 0 once if that is positive. If it is not, the data scatter no more than
    /// Poisson counts, and the likelihood rises towards a [`Poisson`](crate::Poisson) law: there is no maximum. Standard errors come from the observed information.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMaximum`] if the variance is at most the mean, or there are no observations.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::NegativeBinomial;
    ///
    /// let fit = NegativeBinomial::fit(&[0, 0, 1, 5, 9])?;
    /// let (r, p) = (fit.distribution.successes(), fit.distribution.probability());
    /// assert!((r * (1.0 - p) / p - 3.0).abs() < 1e-13); // the mean of the counts
    /// assert!(NegativeBinomial::fit(&[2, 3, 3, 4]).is_err()); // variance ½, mean 3
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// B. Levin and J. Reeds, *Compound multinomial likelihood functions are unimodal: proof of a conjecture of I. J. Good*, Ann. Statist. 5 (1977), 79–87, for the
    /// single maximum; N. L. Johnson, A. W. Kemp and S. Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), §5.8.
    pub fn fit(failures: &[u64]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(failures, &vec![1.0; failures.len()])
    }

    /// The same where observation i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(failures: &[u64], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let k = numbers(failures);
        let (n, about) = weighted_mean(&k, weights, |_| true)?;
        let (mean, deviation) = center_and_spread(&k, weights, n, about);
        let excess = deviation * deviation - mean;
        if excess <= 0.0 {
            return Err(NO_EXCESS);
        }
        let (k, counted) = grouped(&k, weights);
        let mean_of = |f: &dyn Fn(f64) -> f64| mean_of(&k, &counted, n, f);
        let falling = |s: f64| {
            let (slope, bend) = slope(s, mean, mean_of);
            (-slope, bend) // which rises, as the search wants it
        };
        let s = crossed(0.0, LARGEST, excess / mean / mean, falling);
        let r = 1.0 / s;
        let law = Self::new(r, r / (r + mean)).map_err(|_| NO_EXCESS)?;
        let errors = standard_errors(r, mean, n, slope(s, mean, mean_of).1);
        Ok(Fit::of(law, errors, failures, weights, |law, k| {
            law.ln_pmf(k)
        }))
    }
}

/// From the information about $`s = 1 / r`$ along the most likely probabilities; that of the probability as well from its own.
fn standard_errors(r: f64, mean: f64, n: f64, of_s: f64) -> Vec<f64> {
    let of_r = r / (n * of_s).sqrt() * r;
    let sum = r + mean;
    let alone = (mean / sum * (r / sum) / (n * sum)).sqrt(); // with r known
    vec![of_r, alone.hypot(mean / sum * (of_r / sum))]
}

/// The slope of the mean log-likelihood by s along the most likely probabilities, and minus its second derivative where the slope is 0.
fn slope(s: f64, mean: f64, mean_of: impl Fn(&dyn Fn(f64) -> f64) -> f64) -> (f64, f64) {
    let y = mean * s;
    if y < 1.0 {
        let sums = mean_of(&|k| sum_of_shares(k, s)) - mean * mean * gap(y);
        let squares = mean_of(&|k| sum_of_squares_of_shares(k, s)) - mean.powi(3) * gap_fall(y);
        return (sums, squares);
    }
    // for large y the shares j / (1 + j s) are nearly alike: what they lack, times s²
    let rates = y.ln_1p() - mean_of(&|k| sum_of_rates(k, s));
    let bend = mean_of(&|k| sum_of_squares_of_rates(k, s)) - mean / (1.0 + y);
    (rates / s / s, bend / s / s)
}

/// $`\sum_{j < k} \frac{j}{1 + j s}`$; the integral is $`k^2 \phi(k s)`$.
fn sum_of_shares(k: f64, s: f64) -> f64 {
    let primitive = |j: f64, u: f64| {
        let corrections = u * u / 12.0 - (s * u * u).powi(2) / 120.0;
        j * j * gap(j * s) - 0.5 * j * u + corrections
    };
    sum(k, s, |j, u| j * u, primitive)
}

/// $`\sum_{j < k} \frac{j^2}{(1 + j s)^2}`$; the integral is $`-k^3 \phi'(k s)`$.
fn sum_of_squares_of_shares(k: f64, s: f64) -> f64 {
    let primitive = |j: f64, u: f64| {
        let corrections = j * u.powi(3) / 6.0 - s * (j * u * s - u) * u.powi(4) / 60.0;
        j.powi(3) * gap_fall(j * s) - 0.5 * (j * u).powi(2) + corrections
    };
    sum(k, s, |j, u| (j * u).powi(2), primitive)
}

/// $`\sum_{j < k} \frac{s}{1 + j s}`$.
fn sum_of_rates(k: f64, s: f64) -> f64 {
    let primitive = |j: f64, u: f64| {
        let rate = s * u;
        (j * s).ln_1p() - 0.5 * rate - rate * rate / 12.0 + rate.powi(4) / 120.0
    };
    sum(k, s, |_, u| s * u, primitive)
}

/// $`\sum_{j < k} \frac{1}{(1 + j s)^2}`$.
fn sum_of_squares_of_rates(k: f64, s: f64) -> f64 {
    let primitive = |_, u: f64| {
        let corrections = (s * u).powi(3) / 30.0 - s * u / 6.0;
        -u / s - u * u * (0.5 - corrections)
    };
    sum(k, s, |_, u| u * u, primitive)
}

/// $`\sum_{j < k} f(j, u)`$ with $`u = 1 / (1 + j s)`$, after the first terms by Euler and Maclaurin's formula from
/// $`\int f - \tfrac12 f + \tfrac1{12} f' - \tfrac1{720} f^{(3)}`$: a count may be larger than any sum is long.
fn sum(k: f64, s: f64, f: impl Fn(f64, f64) -> f64, primitive: impl Fn(f64, f64) -> f64) -> f64 {
    let u = |j: f64| 1.0 / (1.0 + j * s);
    let (mut sum, mut j) = (0.0, 0.0);
    while j < k.min(FEW) {
        sum += f(j, u(j));
        j += 1.0;
    }
    if k > FEW {
        sum += primitive(k, u(k)) - primitive(FEW, u(FEW));
    }
    sum
}

/// From here on four terms of the formula have all digits.
const FEW: f64 = 64.0;

/// Of $`1 / r`$; times any count it is a number.
const LARGEST: f64 = 1e280;

const NO_EXCESS: ProbabilityError = ProbabilityError::NoMaximum {
    reason: "the variance is at most the mean, and the likelihood rises towards a Poisson distribution",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_by_euler_and_maclaurin() {
        for s in [1e-9, 1e-3, 0.02, 0.3, 7.0, 1e6] {
            let mut sums = [0.0; 4];
            for j in (0..5000_u32).map(f64::from) {
                let u = 1.0 / (1.0 + j * s);
                let terms = [j * u, (j * u).powi(2), s * u, u * u];
                sums.iter_mut()
                    .zip(terms)
                    .for_each(|(sum, term)| *sum += term);
            }
            let shares = [
                sum_of_shares(5000.0, s),
                sum_of_squares_of_shares(5000.0, s),
            ];
            let rates = [sum_of_rates(5000.0, s), sum_of_squares_of_rates(5000.0, s)];
            // −u / s of the last one cancels for a small s, which it is not asked for
            let tolerances = [1e-13, 1e-12, 1e-13, 1e-12 + 1e-19 / s];
            for (i, found) in [shares, rates].concat().into_iter().enumerate() {
                assert!(
                    (found / sums[i] - 1.0).abs() < tolerances[i],
                    "{s} {i}: {found} {}",
                    sums[i]
                );
            }
        }
        assert_eq!(sum_of_shares(3.0, 1.0), 0.5 + 2.0 / 3.0);
    }

    #[test]
    fn counts_without_a_fit() {
        for counts in [&[][..], &[3], &[4, 4, 4], &[0, 0], &[0, 1], &[1, 2, 3]] {
            let fit = NegativeBinomial::fit(counts);
            assert!(
                matches!(fit, Err(ProbabilityError::NoMaximum { .. })),
                "{counts:?}"
            );
        }
        let weighted = NegativeBinomial::fit_weighted(&[1, 2], &[1.0, f64::NAN]);
        assert!(matches!(
            weighted,
            Err(ProbabilityError::InvalidObservation { index: 1, .. })
        ));
    }

    #[test]
    fn the_largest_counts() {
        for counts in [[0, u64::MAX, 7], [u64::MAX - 9, 1 << 63, 1 << 62]] {
            let fit = NegativeBinomial::fit(&counts).unwrap();
            let numbers = [&fit.standard_errors[..], &[fit.ln_likelihood]].concat();
            assert!(numbers.iter().all(|x| x.is_finite()), "{counts:?}: {fit:?}");
        }
    }
}
