//! How many of n trials succeed, where the probability of success is itself uncertain.

use super::ratio_sum::ln_sum_of_ratios;
use crate::contract::continuous::Continuous;
use crate::contract::discrete::Discrete;
use crate::contract::mode::Mode;
use crate::contract::search::least_reaching;
use crate::contract::standardized_moments::{
    EXCESS_KURTOSIS, SKEWNESS, StandardizedMoments, of_spread,
};
use crate::error::{ProbabilityError, finite_positive};
use crate::families::continuous::beta::Beta;
use crate::families::discrete::binomial::Binomial;
use gradus_numeric::{Real, deviance, log1mexp, logaddexp, normal_quantile, stirling_error};
use gradus_random::rand::Rng;
use std::f64::consts::{LN_2, PI};

/// The beta–binomial distribution: successes among n trials whose common probability is a draw of [`Beta`].
///
/// ```math
/// \operatorname{P}(X = k) = \binom nk \frac{\mathrm{B}(k + a, n - k + b)}{\mathrm{B}(a, b)}, \qquad k = 0, \dots, n
/// ```
///
/// where $`n`$ is `trials`. What a coin of which only $`\operatorname{Beta}(a, b)`$ is known will do in n tosses (the
/// [prediction](Beta::predictive_count) of the [`ConjugatePrior`](crate::ConjugatePrior)), and counts that scatter more than binomial ones,
/// because the probability differs from one group to the next. As in Pólya's urn, each success makes the next one likelier. Mean
/// $`n a / (a + b)`$; for $`a = b = 1`$ all counts are equally likely.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`F(q(p)) \ge p > F(q(p) - 1)`$ | `discrete_laws_obey_the_contract` |
/// | $`\sum_k \operatorname{P}(X = k) = 1`$, $`F`$ is the running sum | `masses_of_families_add_up` |
/// | the evidence of each sequence with k successes, $`\binom nk`$ times | `beta_binomial_counts_are_predicted_by_beta` |
/// | failures are counted by the law with a and b exchanged | `failures_are_successes_of_the_other_side` |
/// | $`a, b \to 0`$: an end, $`\operatorname{P}(X = n) = a / (a + b)`$, and $`\frac{a b}{a + b} \frac{n}{k (n - k)}`$ between them | `tiny_shapes_leave_only_the_ends` |
/// | $`a, b \to \infty`$: [`Binomial`](crate::Binomial); a = b = 1: [`DiscreteUniform`](crate::DiscreteUniform) | `a_certain_probability_makes_trials_binomial` |
/// | draws ($`\chi^2`$) | `draws_of_beta_binomial_have_its_masses` |
///
/// # Numerics
///
/// As $`\binom{-a}{k} \binom{-b}{n - k} / \binom{-a - b}{n}`$ in Loader's form, [`beta_binomial_ln_pmf`]. A tail is a sum of masses by their
/// ratios, of the smaller tail's at most n, which limits n to a million; the mass at an end is added as it is, since for tiny a or b its
/// ratio to the others is beyond all numbers. For more trials there is [`Beta`], which $`X / n`$ then follows.
///
/// # Examples
///
/// ```
/// use gradus_probability::{BetaBinomial, Discrete};
///
/// // nothing is known of a coin: each count from 0 to 4 is equally likely
/// let coin = BetaBinomial::new(4, 1.0, 1.0)?;
/// assert!((coin.pmf(0) - 0.2).abs() < 1e-15 && (coin.pmf(2) - 0.2).abs() < 1e-15);
/// assert_eq!((coin.mean()?, coin.variance()?), (2.0, 2.0)); // (n + 1)² − 1 over 12
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// N. L. Johnson, A. W. Kemp and S. Kotz, *Univariate Discrete Distributions*, 3rd ed. (2005), §6.2.2; A. Gelman et al., *Bayesian Data
/// Analysis*, 3rd ed. (2013), §2.6 and appendix A.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "Pólya distribution")]
pub struct BetaBinomial {
    trials: u64,
    probability: Beta,
}

impl BetaBinomial {
    /// Successes among so many `trials`, with a probability from Beta(a, b).
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless a, b and their sum are finite and positive and there are at most $`10^6`$ trials.
    pub fn new(trials: u64, a: f64, b: f64) -> Result<Self, ProbabilityError> {
        let probability = Beta::new(a, b)?;
        finite_positive("a + b", a + b)?;
        if trials > MOST_TRIALS {
            return Err(ProbabilityError::Domain {
                name: "trials",
                value: trials as f64,
            });
        }
        Ok(Self {
            trials,
            probability,
        })
    }

    /// $`n`$.
    #[must_use]
    pub fn trials(&self) -> u64 {
        self.trials
    }

    /// The distribution of the probability of success.
    #[must_use]
    pub fn probability(&self) -> &Beta {
        &self.probability
    }

    /// a, b, their sum and n.
    fn numbers(&self) -> [f64; 4] {
        let (a, b) = (self.probability.a(), self.probability.b());
        [a, b, a + b, self.trials as f64]
    }

    /// $`\operatorname{P}(X = k + 1) / \operatorname{P}(X = k)`$.
    fn ratio(&self, k: u64) -> f64 {
        let [a, b, ..] = self.numbers();
        let rest = (self.trials - k) as f64;
        rest / (k + 1) as f64 * ((k as f64 + a) / ((rest - 1.0) + b))
    }

    /// $`\ln \operatorname{P}(X \le k)`$, by its masses.
    fn ln_below(&self, k: u64) -> f64 {
        self.ln_tail(k, k, |i| 1.0 / self.ratio(k - 1 - i), 0)
    }

    /// $`\ln \operatorname{P}(X \ge k)`$, by its masses.
    fn ln_from(&self, k: u64) -> f64 {
        let others = self.trials - k;
        self.ln_tail(k, others, |i| self.ratio(k + i), self.trials)
    }

    /// The mass at k, those of the `others` that follow by their ratios, and the last of them, which is at an `end`, by itself.
    fn ln_tail(&self, k: u64, others: u64, ratio: impl Fn(u64) -> f64, end: u64) -> f64 {
        let ln_first = self.ln_pmf(k);
        if others == 0 {
            return ln_first;
        }
        let inside = ln_sum_of_ratios(ln_first, others - 1, ratio);
        let ln = logaddexp(inside, self.ln_pmf(end));
        if ln > 0.0 { 0.0 } else { ln } // by rounding
    }

    /// The mean, and the standard deviation.
    fn place(&self) -> (f64, f64) {
        let [a, b, s, n] = self.numbers();
        let (success, failure) = (a / s, b / s);
        let excess = (s + n) / (s + 1.0); // over the binomial variance
        (n * success, (n * success * failure * excess).sqrt())
    }

    /// Where the quantile will be: that of the probability for many trials, else that of a normal law.
    fn guess(&self, p: f64, q: f64) -> f64 {
        let [_, _, s, n] = self.numbers();
        if n > s {
            return n * self.probability.at_tails(p, q);
        }
        let (mean, deviation) = self.place();
        let z = if p <= q {
            normal_quantile(p)
        } else {
            -normal_quantile(q)
        };
        mean + z * deviation
    }
}

impl Discrete for BetaBinomial {
    fn ln_pmf(&self, k: u64) -> f64 {
        beta_binomial_ln_pmf(k, self.trials, self.probability.a(), self.probability.b())
    }

    fn tails(&self, k: u64) -> (f64, f64) {
        let (ln_p, ln_q) = self.ln_tails(k);
        if ln_p < ln_q {
            (ln_p.exp(), -ln_p.exp_m1())
        } else {
            (-ln_q.exp_m1(), ln_q.exp())
        }
    }

    fn ln_tails(&self, k: u64) -> (f64, f64) {
        if k >= self.trials {
            return (0.0, f64::NEG_INFINITY);
        }
        let by_upper = || {
            let ln_q = self.ln_from(k + 1);
            (log1mexp(ln_q), ln_q)
        };
        let by_lower = || {
            let ln_p = self.ln_below(k);
            (ln_p, log1mexp(ln_p))
        };
        // the smaller one has to be summed: mostly that away from the mean
        if (k as f64) < self.place().0 {
            let tails = by_lower();
            if tails.0 <= -LN_2 { tails } else { by_upper() }
        } else {
            let tails = by_upper();
            if tails.1 <= -LN_2 { tails } else { by_lower() }
        }
    }

    fn at_tails(&self, p: f64, q: f64) -> Option<u64> {
        least_reaching((p, q), self.guess(p, q), self.trials, |k| self.tails(k))
    }

    fn mean(&self) -> Result<f64, ProbabilityError> {
        Ok(self.place().0)
    }

    /// $`n \frac{a b}{(a + b)^2} \frac{a + b + n}{a + b + 1}`$.
    fn variance(&self) -> Result<f64, ProbabilityError> {
        let [a, b, s, n] = self.numbers();
        Ok(n * (a / s) * (b / s) * ((s + n) / (s + 1.0)))
    }

    /// Trials with a drawn probability.
    fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> u64 {
        let p = self.probability.sample(rng);
        Binomial::new(self.trials, p).map_or(0, |law| law.sample(rng)) // a draw is a probability: no error
    }
}

impl StandardizedMoments for BetaBinomial {
    /// $`\frac{(s + 2n)(b - a)}{s + 2} \sqrt{\frac{s + 1}{n a b (s + n)}}`$ with $`s = a + b`$.
    fn skewness(&self) -> Result<f64, ProbabilityError> {
        let [a, b, s, n] = self.numbers();
        of_spread(SKEWNESS, n, || {
            // by the larger root first: neither quotient leaves the range before the skewness does
            let skew = (b - a) / a.max(b).sqrt() / a.min(b).sqrt();
            let root = (n / (s + n)).sqrt() * (s + 1.0).sqrt();
            ((s + n) / n + 1.0) / (s + 2.0) * root * skew
        })
    }

    /// $`\frac1n \left( \frac{s^2}{a b} u - 6 v \right)`$ with $`u = \frac{s + 1}{s + 2} \cdot \frac{s (s - 1) / (s + n) + 6n}{s + 3}`$ and
    /// $`v = \frac{s^2 (s + 1) / (s + n) + n (5s + 6)}{(s + 2)(s + 3)}`$.
    fn excess_kurtosis(&self) -> Result<f64, ProbabilityError> {
        let [a, b, s, n] = self.numbers();
        of_spread(EXCESS_KURTOSIS, n, || {
            let part = s / (s + n);
            let u =
                (s + 1.0) / (s + 2.0) * (part * ((s - 1.0) / (s + 3.0)) + 6.0 * (n / (s + 3.0)));
            let v = part * (s / (s + 2.0)) * ((s + 1.0) / (s + 3.0))
                + n / (s + 2.0) * ((5.0 * s + 6.0) / (s + 3.0));
            (s / a * (s / b) * u - 6.0 * v) / n
        })
    }
}

impl Mode for BetaBinomial {
    type Outcome = u64;

    /// The smallest k from which masses do not rise, $`\lceil (n (a - 1) - (b - 1)) / (a + b - 2) \rceil`$; an end where
    /// $`a + b \le 2`$.
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "between 0 and n"
    )]
    fn mode(&self) -> Result<u64, ProbabilityError> {
        let [a, b, s, n] = self.numbers();
        if s <= 2.0 {
            // masses fall and then rise, or only one of the two
            return Ok(if a > b { self.trials } else { 0 });
        }
        let top = n * ((a - 1.0) / (s - 2.0)) - (b - 1.0) / (s - 2.0);
        Ok(top.ceil().clamp(0.0, n) as u64)
    }
}

/// The log-probability of k successes among n trials, as a function of a and b.
///
/// ```math
/// \ln \operatorname{P}(X = k) = \ln \binom nk + \ln \mathrm{B}(k + a, n - k + b) - \ln \mathrm{B}(a, b)
/// ```
///
/// For every [`Real`], so it can be differentiated by a and b; minus this is the loss of a regression of shares that scatter more than
/// binomial ones.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_a = \psi(k + a) - \psi(n + a + b) - \psi(a) + \psi(a + b)`$ | `scores_of_beta_binomial_counts` |
///
/// # Numerics
///
/// Two negative binomial counts k and $`n - k`$, given their sum. In Loader's form each of the three has deviances, those of the sum
/// are 0, and all four others have the same difference $`d = (k b - (n - k) a) / (a + b + n)`$ of their arguments:
///
/// ```math
/// -D(a, a + d) - D(k, k - d) - D(b, b - d) - D(n - k, n - k + d) + g(k, a) + g(n - k, b) - g(n, a + b), \\
/// g(k, a) = \tfrac12 \ln \frac{a}{2 \pi k (k + a)} + \delta(k + a) - \delta(k) - \delta(a), \qquad g(0, a) = 0
/// ```
///
/// with $`D`$ ([`deviance`]) and $`\delta`$ ([`stirling_error`]). $`-\infty`$ for $`k > n`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::beta_binomial_ln_pmf;
///
/// // ½ · ⅔: a first success makes the second likelier
/// assert!((beta_binomial_ln_pmf(2, 2, 1.0, 1.0) - (1.0_f64 / 3.0).ln()).abs() < 1e-15);
/// ```
///
/// # References
///
/// As [`BetaBinomial`]; C. Loader, *Fast and accurate computation of binomial probabilities* (2000).
#[must_use]
pub fn beta_binomial_ln_pmf<R: Real>(k: u64, trials: u64, a: R, b: R) -> R {
    if k > trials {
        return R::from_f64(f64::NEG_INFINITY);
    }
    let (successes, failures) = (R::from_f64(k as f64), R::from_f64((trials - k) as f64));
    ln_mass(successes, failures, a, b)
}

/// The formula for numbers between the counts, too.
pub(super) fn ln_mass<R: Real>(successes: R, failures: R, a: R, b: R) -> R {
    let n = successes + failures;
    let s = a + b;
    let total = s + n;
    let d = successes * (b / total) - failures * (a / total);
    let (drawn, before) = ([n, total], [s, total]);
    let back = R::from_f64(0.0) - d;
    pair(successes, a) + pair(failures, b)
        - pair(n, s)
        - deviance_from(a, d, successes + a, before)
        - deviance_from(successes, back, successes + a, drawn)
        - deviance_from(b, back, failures + b, before)
        - deviance_from(failures, d, failures + b, drawn)
}

/// $`D(x, x + d)`$, where $`x + d = y \cdot \text{part} / \text{whole}`$, too: the sum has more digits of a small d, the product of a small
/// m, and logarithms of one that is no normal number.
fn deviance_from<R: Real>(x: R, d: R, y: R, [part, whole]: [R; 2]) -> R {
    let m = y * (part / whole);
    if d.to_f64().abs() < 0.5 * x.to_f64() {
        deviance(x, x + d)
    } else if m.to_f64() < TINY && x.to_f64() > 0.0 {
        x * (x.ln() - y.ln() - part.ln() + whole.ln()) + (m - x)
    } else {
        deviance(x, m)
    }
}

/// $`g(k, a)`$: the part of $`\ln \binom{k + a - 1}{k}`$ that is no deviance.
fn pair<R: Real>(k: R, a: R) -> R {
    if k.to_f64() == 0.0 {
        return R::from_f64(0.0);
    }
    if a.to_f64() < TINY {
        // A quotient may have few digits, or none, and the error of a is −ln(2πa) / 2.
        let between = R::from_f64(-0.5) * ((k + a) * k).ln();
        return a.ln() + between + (stirling_error(k + a) - stirling_error(k));
    }
    let root = R::from_f64(0.5) * (a / (k + a) / (R::from_f64(2.0 * PI) * k)).ln();
    root + stirling_error(k + a) - stirling_error(k) - stirling_error(a)
}

/// Quotients by a million, and its square, are normal numbers from here on.
const TINY: f64 = 1e-290;

/// A tail is a sum of at most so many terms: some milliseconds.
const MOST_TRIALS: u64 = 1_000_000;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_trials_have_no_successes() {
        let law = BetaBinomial::new(0, 0.5, 3.0).unwrap();
        assert_eq!((law.pmf(0), law.cdf(0), law.sf(0)), (1.0, 1.0, 0.0));
        assert_eq!((law.quantile(0.3), law.mode()), (Some(0), Ok(0)));
        assert!(law.skewness().is_err());
    }

    #[test]
    fn one_trial_is_a_coin() {
        let law = BetaBinomial::new(1, 1.0, 3.0).unwrap();
        assert!((law.pmf(1) - 0.25).abs() < 1e-15 && law.pmf(2) == 0.0);
        assert!((law.variance().unwrap() - 0.1875).abs() < 1e-15);
        // (1 − 2p) / √(p q), 1 / (p q) − 6
        assert!((law.skewness().unwrap() - 0.5 / 0.1875_f64.sqrt()).abs() < 1e-14);
        assert!((law.excess_kurtosis().unwrap() - (1.0 / 0.1875 - 6.0)).abs() < 1e-14);
    }

    #[test]
    fn a_cup_has_its_mode_at_an_end() {
        let law = BetaBinomial::new(9, 0.2, 0.1).unwrap();
        assert_eq!(law.mode(), Ok(9));
        assert!(law.pmf(9) > law.pmf(0) && law.pmf(0) > law.pmf(4));
        assert_eq!(BetaBinomial::new(9, 1.0, 1.0).unwrap().mode(), Ok(0));
    }

    /// n, k, a, b; mpmath at 900 digits: ln P(X = k), ln P(X ≤ k), ln P(X > k).
    #[test]
    fn tiny_shapes_by_mpmath() {
        #[rustfmt::skip]
        let table = [
            (1, 0, 1e-162, 1e-162, [-LN_2, -LN_2, -LN_2]),
            (7, 3, 5e-324, 1e-310, [-744.979_068_422_114, -4.940_656_458_412_359e-14, -30.638_693_093_227_15]),
            (7, 3, 1e-310, 2.5, [-715.579_654_947_044_9, -1.727_109_491_815e-311, -715.557_514_723_984_5]),
            (100, 40, 1e-200, 0.001, [-463.695_586_599_550_4, -1.000_383_615_758_651e-197, -453.608_879_777_630_06]),
            (100, 0, 1e-200, 0.001, [-1.005_175_743_834_665e-197, -1.005_175_743_834_665e-197, -453.604_100_924_116_6]),
            (5, 4, 1e-300, 1e308, [-3_524.159_165_085_216, -0.0, -4_233.578_517_278_696]),
        ];
        for (n, k, a, b, [mass, below, above]) in table {
            let law = BetaBinomial::new(n, a, b).unwrap();
            // a logarithm of 700 has an absolute error of 700 ε, and so has its exponential, relative to it
            assert!((law.ln_pmf(k) - mass).abs() < 4e-12, "{n} {k} {a:e} {b:e}");
            for (found, truth) in [(law.ln_cdf(k), below), (law.ln_sf(k), above)] {
                let relative = (found - truth).abs() / f64::max(truth.abs(), 1e-320);
                assert!(relative < 4e-12, "{n} {k} {a:e} {b:e}: {found:e}");
            }
        }
        // only the size is left of the last subnormal numbers
        let rare = BetaBinomial::new(1_000_000, 1e-320, 1e-320).unwrap();
        assert!((rare.ln_pmf(10) / -739.822_963_164_477_9 - 1.0).abs() < 1e-14);
    }

    #[test]
    fn hostile_parameters_are_errors() {
        for (a, b) in [
            (0.0, 1.0),
            (1.0, f64::NAN),
            (f64::INFINITY, 1.0),
            (1e308, 1e308),
        ] {
            assert!(BetaBinomial::new(3, a, b).is_err(), "{a} {b}");
        }
        assert!(BetaBinomial::new(2_000_000, 1.0, 1.0).is_err());
    }
}
