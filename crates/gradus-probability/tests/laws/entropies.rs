//! Entropies of families that have no closed form, or a long one.

use gradus_numeric::{digamma, xlogx};
use gradus_probability::{
    BetaBinomial, Binomial, Continuous, Discrete, FisherF, Geometric, Hypergeometric,
    NegativeBinomial, Poisson, ProbabilityError,
};
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::prelude::*;
use std::f64::consts::{E, PI};

const EPS: f64 = f64::EPSILON;

/// A power of ten.
fn power(e: f64) -> f64 {
    10.0_f64.powf(e)
}

/// A share of a count.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of a count is one"
)]
fn share(of: u64, x: f64) -> u64 {
    ((x * of as f64) as u64).min(of)
}

/// $`-\sum_k p_k \ln p_k`$, term by term, to where $`10^{-20}`$ is left.
fn sum(law: &dyn Discrete) -> f64 {
    let last = law.upper_quantile(1e-20).unwrap_or(u64::MAX);
    let others = |likely: u64| {
        (0..=last)
            .filter(|k| *k != likely)
            .map(|k| law.pmf(k))
            .sum::<f64>()
    };
    let term = |k: u64| {
        let p = law.pmf(k);
        if p > 0.5 {
            -p * (-others(k)).ln_1p() // whose logarithm may have lost its digits
        } else if p > 0.0 {
            -p * law.ln_pmf(k)
        } else {
            0.0
        }
    };
    (0..=last).map(term).sum()
}

/// The most entropy that a count with this mean can have: that of the geometric law.
fn most_with_mean(mean: f64) -> f64 {
    if mean > 1e6 {
        // (m + 1) ln(m + 1) − m ln m = ln m + (m + 1) ln(1 + 1/m)
        return mean.ln() + (mean + 1.0) * (1.0 / mean).ln_1p();
    }
    (mean + 1.0) * mean.ln_1p() - xlogx(mean)
}

type Law = (Box<dyn Discrete>, f64);

/// A member of each family with its entropy.
fn laws(n: u64, p: f64, r: f64, x: f64, y: f64) -> Result<Vec<Law>, ProbabilityError> {
    let poisson = Poisson::new((n as f64 * p).min(1e19))?;
    let binomial = Binomial::new(n, p)?;
    let negative = NegativeBinomial::new(r, p.max(1e-300))?;
    let population = n.min(1_000_000_000_000);
    let urn = Hypergeometric::new(population, share(population, x), share(population, y))?;
    let shaped = BetaBinomial::new(n.min(1_000_000), r, r * (x / (1.0 - x)).max(1e-9))?;
    Ok(vec![
        (Box::new(poisson), poisson.entropy()),
        (Box::new(binomial), binomial.entropy()),
        (Box::new(negative), negative.entropy()),
        (Box::new(urn), urn.entropy()),
        (Box::new(shaped), shaped.entropy()),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..cases() })]

    /// Over bells that are summed count by count and those that are not, over long tails and short ones.
    #[test]
    fn entropies_of_counts_are_sums(n in 0_u64..6000, e in -4.0..0.0_f64, r in -3.0..2.5_f64, x in 0.01..0.99, y in 0.01..0.99) {
        let p = (1.0 - power(e)).max(1e-3); // each side of the sixteenth from which a tail is short
        for p in [p, 1.0 - p, 0.3 * p.min(0.25)] {
            for (i, (law, entropy)) in laws(n, p.max(1e-3), power(r), x, y)?.into_iter().enumerate() {
                let direct = sum(&*law);
                // up to a hundred thousand terms, each with the error of an exponent
                scaled(entropy, direct, 1e-12, direct.max(1e-300)).map_err(|v| v.within(format!("{i}: {law:?}")))?;
            }
        }
    }

    /// Many trials, with shapes on both sides of 1 and of 100.
    #[test]
    fn entropies_of_many_uncertain_trials_are_sums(n in 4097_u64..9000, a in -6.0..4.0_f64, b in -6.0..4.0_f64) {
        let law = BetaBinomial::new(n, power(a), power(b))?;
        let direct = sum(&law);
        scaled(law.entropy(), direct, 2e-12, direct.max(1e-300))?;
        let mirrored = BetaBinomial::new(n, power(b), power(a))?;
        relative(mirrored.entropy(), law.entropy(), 2e-12)?;
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn entropies_of_mirrored_counts_are_equal(n in 0_u64..1_000_000_000_000, k in 1_u64..64, x in 0.0..=1.0, y in 0.0..=1.0) {
        let p = k as f64 / 64.0; // 1 − p is exact
        relative(Binomial::new(n, p)?.entropy(), Binomial::new(n, 1.0 - p)?.entropy(), 1e-13)?;
        let (marked, draws) = (share(n, x), share(n, y));
        let entropy = Hypergeometric::new(n, marked, draws)?.entropy();
        for (marked, draws) in [(draws, marked), (n - marked, draws), (marked, n - draws)] {
            scaled(Hypergeometric::new(n, marked, draws)?.entropy(), entropy, 1e-12, entropy)?;
        }
    }

    #[test]
    fn entropies_of_sums_grow(e in -9.0..19.0_f64, more in 0.0..1.0_f64, n in 0_u64..1_000_000_000_000_000, k in 1_u64..64, p in 1e-9..1.0_f64) {
        let mean = power(e);
        let entropy = Poisson::new(mean)?.entropy();
        let rounding = 1e-13 * entropy;
        at_most(entropy, Poisson::new(mean * (1.0 + 0.5 * more))?.entropy() + rounding)?;
        at_most(entropy, 0.5 * (2.0 * PI * E * (mean + 1.0 / 12.0)).ln() + rounding)?;
        if mean > 100.0 {
            // −1/12λ − 1/24λ² − 19/360λ³
            let series = -1.0 / (12.0 * mean) - 1.0 / (24.0 * mean.powi(2)) - 19.0 / (360.0 * mean.powi(3));
            scaled(entropy, 0.5 * (2.0 * PI * E * mean).ln() + series, 1e-14 + 0.1 * mean.powi(-4), 99.0)?;
        }
        let share = k as f64 / 64.0;
        let (one, two) = (Binomial::new(n, share)?.entropy(), Binomial::new(n + 1, share)?.entropy());
        at_most(one, two + 1e-13 * one)?;
        relative(NegativeBinomial::new(1.0, p)?.entropy(), Geometric::new(p)?.entropy(), 1e-13)?;
    }

    #[test]
    fn no_binomial_count_has_more_entropy_than_a_poisson_one(n in 0_u64..1_000_000_000_000_000, e in -12.0..0.0_f64) {
        let p = power(e);
        let (counted, rare) = (Binomial::new(n, p)?, Poisson::new(n as f64 * p)?);
        at_most(counted.entropy(), rare.entropy() * (1.0 + 1e-13))?;
    }

    #[test]
    fn no_count_has_more_entropy_than_a_geometric_one(n in 0_u64..u64::MAX, e in -300.0..0.0_f64, r in -300.0..300.0_f64, x in 0.0..1.0_f64, y in 0.0..=1.0) {
        for (law, entropy) in laws(n, power(e), power(r).min(1e290), x, y)? {
            prop_assert!(entropy >= 0.0 && entropy.is_sign_positive(), "{law:?}: {entropy}");
            let mean = law.mean()?;
            if mean < f64::MAX {
                at_most(entropy, most_with_mean(mean) * (1.0 + 1e-12)).map_err(|v| v.within(format!("{law:?}")))?;
            }
        }
    }

    #[test]
    fn no_count_has_more_entropy_than_a_uniform_one(n in 0_u64..1_000_000, a in -9.0..9.0_f64, b in -9.0..9.0_f64) {
        let most = ((n + 1) as f64).ln();
        at_most(BetaBinomial::new(n, power(a), power(b))?.entropy(), most * (1.0 + 1e-13))?;
        relative(BetaBinomial::new(n, 1.0, 1.0)?.entropy(), most, 1e-13)?;
        at_most(Binomial::new(n, 0.5)?.entropy(), most * (1.0 + 1e-13))?;
    }

    #[test]
    fn the_entropy_of_a_reciprocal_ratio(d in -6.0..9.0_f64, e in -6.0..9.0_f64) {
        let (d, e) = (power(d), power(e));
        let (law, turned) = (FisherF::new(d, e)?, FisherF::new(e, d)?);
        let mean_ln = digamma(0.5 * d) - digamma(0.5 * e) + e.ln() - d.ln();
        let size = 40.0 + 4.0 / d + 4.0 / e;
        scaled(turned.entropy(), law.entropy() - 2.0 * mean_ln, 16.0 * EPS, size)?;
    }

    #[test]
    fn the_entropy_of_a_ratio_is_the_mean_of_minus_ln_p(d in 0.5..60.0_f64, e in 0.5..60.0_f64) {
        let law = FisherF::new(d, e)?;
        // over ln x the density falls like an exponential on both sides: the trapezoidal rule
        let step = 0.05;
        let term = |k: i32| {
            let y = step * f64::from(k);
            let ln_p = law.ln_pdf(y.exp());
            -(ln_p + y).exp() * ln_p
        };
        let mean: f64 = (-4000..=4000).map(term).filter(|term| term.is_finite()).sum();
        scaled(step * mean, law.entropy(), 1e-9, 10.0)?;
    }

    #[test]
    fn entropies_of_extreme_ratios_are_no_nan(d in -323.0..308.0_f64, e in -323.0..308.0_f64) {
        for (d, e) in [(d, e), (d, d), (e, d)] {
            let law = FisherF::new(power(d), power(e))?;
            prop_assert!(!law.entropy().is_nan(), "{law:?}");
        }
    }
}
