//! Counts of successes whose probability is uncertain.

use gradus_numeric::{digamma, ln_binomial, log1mexp, logaddexp};
use gradus_probability::{
    Beta, BetaBinomial, Binomial, ConjugatePrior, Continuous, Discrete, DiscreteUniform, Simplex,
    StandardizedMoments, beta_binomial_ln_pmf, chi_squared_test,
};
use gradus_random::Key;
use gradus_testkit::{at_least, cases, gradient, relative, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn beta_binomial_counts_are_predicted_by_beta(a in 0.01..30.0, b in 0.01..30.0, yes in prop::collection::vec(any::<bool>(), 0..40)) {
        let coin = Beta::new(a, b)?;
        let (n, k) = (yes.len() as u64, yes.iter().filter(|x| **x).count() as u64);
        let predicted = coin.predictive_count(n)?.ln_pmf(k);
        let told = ln_binomial(n, k) + coin.ln_evidence(&yes)?;
        scaled(predicted, told, 16.0 * EPS, 40.0 * (1.0 + a.max(b).ln().abs() + (1.0 / a.min(b)).ln().abs()))?;
        // and the mean is what the mean probability expects
        relative(coin.predictive_count(n + 1)?.mean()?, (n + 1) as f64 * coin.mean()?, 8.0 * EPS)?;
    }

    #[test]
    fn failures_are_successes_of_the_other_side(n in 0_u64..2000, share in 0.0..=1.0, a in -6.0..6.0, b in -6.0..6.0) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of n")]
        let k = (share * n as f64) as u64;
        let (a, b) = (10.0_f64.powf(a), 10.0_f64.powf(b));
        let (law, other) = (BetaBinomial::new(n, a, b)?, BetaBinomial::new(n, b, a)?);
        scaled(law.ln_pmf(k), other.ln_pmf(n - k), 256.0 * EPS, 10.0 + law.ln_pmf(k).abs())?;
        if k > 0 {
            scaled(law.ln_cdf(k - 1), other.ln_sf(n - k), 1e-12, 1.0 + law.ln_cdf(k - 1).abs())?;
        }
        relative(law.variance()?, other.variance()?, 8.0 * EPS)?;
        scaled(law.mean()? + other.mean()?, n as f64, 4.0 * EPS, n as f64)?;
    }

    #[test]
    fn a_certain_probability_makes_trials_binomial(n in 0_u64..200, p in 0.05..0.95, k in 0_u64..200) {
        let k = k.min(n);
        // the exponent of the limit is of the size n² / (a + b)
        let s = 1e24;
        let law = BetaBinomial::new(n, p * s, (1.0 - p) * s)?;
        scaled(law.ln_pmf(k), Binomial::new(n, p)?.ln_pmf(k), 1e-12, 1.0 + law.ln_pmf(k).abs())?;
        let (flat, equal) = (BetaBinomial::new(n, 1.0, 1.0)?, DiscreteUniform::new(0, n)?);
        scaled(flat.ln_pmf(k), equal.ln_pmf(k), 64.0 * EPS, 6.0)?;
        relative(flat.cdf(k), equal.cdf(k), 1e-13)?;
        prop_assert_eq!(flat.quantile(0.3001), equal.quantile(0.3001));
    }

    /// All but a share of the size of a or b is at the ends: $`\operatorname{P}(0 < X \le k) = \frac{a b}{a + b} (H_k + H_{n - 1} - H_{n - k - 1})`$.
    #[test]
    fn tiny_shapes_leave_only_the_ends(n in 1_u64..200, share in 0.0..1.0_f64, x in 0.1..1.0_f64, y in 0.1..1.0_f64, a in -322..-20_i32, b in -322..-20_i32, large in 0.01..50.0_f64) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of n")]
        let k = (share * n as f64) as u64;
        let (a, b) = (x * 10.0_f64.powi(a), y * 10.0_f64.powi(b));
        prop_assume!(a > 0.0 && b > 0.0);
        let ln_s = (a + b).ln();
        let harmonic = |from: u64, to: u64| (from..to).map(|j| 1.0 / j as f64).sum::<f64>(); // of from, …, to − 1
        let sum = harmonic(1, k + 1) + if k == n { 0.0 } else { harmonic(n - k, n) };
        let beyond = harmonic(k + 1, n) + harmonic(1, (n - k).max(1));
        let (ln_both, error) = (a.ln() + b.ln() - ln_s, 32.0 * EPS);
        let law = BetaBinomial::new(n, a, b)?;
        if k < n {
            let ln_p = logaddexp(b.ln() - ln_s, ln_both + sum.ln());
            let ln_q = logaddexp(a.ln() - ln_s, ln_both + beyond.ln());
            let (below, above) = (law.ln_cdf(k), law.ln_sf(k));
            if ln_p < ln_q {
                scaled(below, ln_p, error, 800.0)?;
                scaled(above, log1mexp(below), error, 1.0)?;
            } else {
                scaled(above, ln_q, error, 800.0)?;
                scaled(below, log1mexp(above), error, 1.0)?;
            }
        }
        let mass = if k == 0 { b.ln() - ln_s } else if k == n { a.ln() - ln_s } else {
            ln_both + (n as f64 / (k * (n - k)) as f64).ln()
        };
        scaled(law.ln_pmf(k), mass, error, 800.0)?;
        // one tiny shape: P(X > 0) = a (ψ(n + b) − ψ(b))
        let seldom = BetaBinomial::new(n, a, large)?;
        scaled(seldom.ln_sf(0), a.ln() + (digamma(n as f64 + large) - digamma(large)).ln(), error, 800.0)?;
        prop_assert!(law.skewness()?.is_finite() || a.min(b) < 1e-300);
        prop_assert!(!law.skewness()?.is_nan() && seldom.skewness()? > 0.0);
    }

    #[test]
    fn scores_of_beta_binomial_counts(k in 0_u64..20, rest in 0_u64..20, a in 0.5..9.0, b in 0.5..9.0) {
        let score = |at: &[f64]| {
            let (a, b, n) = (at[0], at[1], (k + rest) as f64);
            let both = digamma(a + b) - digamma(a + b + n);
            let slopes = vec![digamma(a + k as f64) - digamma(a) + both, digamma(b + rest as f64) - digamma(b) + both];
            (beta_binomial_ln_pmf(k, k + rest, a, b), slopes)
        };
        gradient::check(score, &[a, b])?;
    }
}

#[test]
fn draws_of_beta_binomial_have_its_masses() -> Result<(), Box<dyn Error>> {
    let mut rng = Key::new(13).rng();
    for (n, a, b) in [(7, 0.5, 0.5), (7, 3.0, 1.0), (5, 0.2, 8.0)] {
        let law = BetaBinomial::new(n, a, b)?;
        let mut counts = vec![0_u64; usize::try_from(n)? + 1];
        for _ in 0..50_000 {
            counts[usize::try_from(law.sample(&mut rng))?] += 1;
        }
        let masses: Vec<f64> = (0..=n).map(|k| law.pmf(k)).collect();
        at_least(
            chi_squared_test(&counts, &Simplex::from_weights(&masses)?)?.p_value,
            1e-6,
        )?;
    }
    Ok(())
}
