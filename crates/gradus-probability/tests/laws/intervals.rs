//! Tests and intervals with exact distributions: Kolmogorov, Smirnov, successes; and how normal sums are.

use gradus_probability::{
    Binomial, Continuous, Discrete, Key, LogNormal, Normal, Uniform, binomial_test,
    clopper_pearson_interval, kolmogorov_test, smirnov_test, wilson_interval,
};
use gradus_testkit::strategies::{integers, special};
use gradus_testkit::{at_least, at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::error::Error;

const EPS: f64 = f64::EPSILON;

/// The largest distance of two staircases, by looking everywhere.
fn farthest(x: &[f64], y: &[f64]) -> f64 {
    let share = |z: &[f64], at: f64| z.iter().filter(|z| **z <= at).count() as f64 / z.len() as f64;
    let gap = |at: &f64| (share(x, *at) - share(y, *at)).abs();
    x.iter().chain(y).map(gap).fold(0.0, f64::max)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn kolmogorov_sees_only_shares(x in prop::collection::vec(-4.0..4.0, 1..40)) {
        let test = kolmogorov_test(&x, &Normal::new(0.5, 1.5)?)?;
        let bent: Vec<_> = x.iter().map(|x| f64::exp(*x)).collect();
        let other = kolmogorov_test(&bent, &LogNormal::new(0.5, 1.5)?)?;
        scaled(other.statistic, test.statistic, 64.0 * EPS, 1.0)?;
        // a rounding of D moves p by its slope, below 3 √n times that
        scaled(other.p_value, test.p_value, 1e-12, 1.0)?;
        let law = Normal::new(0.5, 1.5)?;
        let n = x.len() as f64;
        let everywhere = x.iter().map(|at| {
            let below = x.iter().filter(|x| *x < at).count() as f64 / n;
            let up_to = x.iter().filter(|x| *x <= at).count() as f64 / n;
            f64::max((law.cdf(*at) - below).abs(), (law.cdf(*at) - up_to).abs())
        });
        scaled(test.statistic, everywhere.fold(0.0, f64::max), 4.0 * EPS, 1.0)?;
    }

    #[test]
    fn no_sample_is_nearer_than_half_a_step(x in prop::collection::vec(0.0..1.0, 1..60)) {
        let (law, n) = (Uniform::new(0.0, 1.0)?, x.len() as f64);
        let test = kolmogorov_test(&x, &law)?;
        at_least(test.statistic, 0.5 / n * (1.0 - 4.0 * EPS))?;
        prop_assert!((0.0..=1.0).contains(&test.p_value));
        let even: Vec<_> = (0..x.len()).map(|i| (i as f64 + 0.5) / n).collect();
        let best = kolmogorov_test(&even, &law)?;
        scaled(best.statistic, 0.5 / n, 4.0 * EPS, 1.0)?;
        scaled(best.p_value, 1.0, 1e-13, 1.0)?;
        // P(D < d) = n! (2d − 1/n)^n up to d = 1/n: all draws in cells around the quantiles
        let d = 0.8 / n;
        let apart: Vec<_> = even.iter().map(|x| f64::max(*x, d)).collect();
        let factorial: f64 = (1..=x.len()).map(|k| k as f64 / n).product(); // n! / n^n
        let within = factorial * 0.6_f64.powf(n); // 2 · 0.8 − 1 cells
        scaled(kolmogorov_test(&apart, &law)?.p_value, 1.0 - within, 1e-12, 1.0)?;
    }

    #[test]
    fn massart_bounds_the_tail_of_kolmogorov(n in prop_oneof![6 => 1_u32..80, 2 => 1001_u32..3000, 1 => 80_u32..400], z in 0.3..4.0, more in 0.0..0.5) {
        let (law, size) = (Uniform::new(0.0, 1.0)?, f64::from(n));
        // draws at the quantiles, but for those nearer to 0 than d
        let tail = |d: f64| -> Result<f64, TestCaseError> {
            let x: Vec<_> = (0..n).map(|i| f64::max(d, (f64::from(i) + 0.5) / size)).collect();
            let test = kolmogorov_test(&x, &law)?;
            scaled(test.statistic, d, 4.0 * EPS, 1.0)?;
            Ok(test.p_value)
        };
        let d = f64::max(z / size.sqrt(), 0.5 / size).min(1.0);
        let p = tail(d)?;
        at_most(p, 2.0 * (-2.0 * size * d * d).exp() * (1.0 + 1e-6) + 1e-12)?;
        at_most(tail(f64::min(d + more / size.sqrt(), 1.0))?, p * (1.0 + 1e-12) + 1e-12)?;
    }

    #[test]
    fn smirnov_counts_all_exchanges(both in integers(2..11), split in 1_usize..10) {
        let m = split.min(both.len() - 1);
        let (x, y) = both.split_at(m);
        let test = smirnov_test(x, y)?;
        scaled(test.statistic, farthest(x, y), 4.0 * EPS, 1.0)?;
        let (mut far, mut all) = (0.0, 0.0);
        for chosen in (0_u32..1 << both.len()).filter(|bits| bits.count_ones() as usize == m) {
            let pick = |bit: u32| both.iter().enumerate().filter(|(i, _)| chosen >> i & 1 == bit).map(|(_, x)| *x).collect::<Vec<_>>();
            all += 1.0;
            far += f64::from(u8::from(farthest(&pick(1), &pick(0)) >= test.statistic - 1e-9));
        }
        relative(test.p_value, far / all, 32.0 * EPS)?;
    }

    #[test]
    fn smirnov_sees_only_the_order(x in integers(1..30), y in integers(1..30)) {
        let test = smirnov_test(&x, &y)?;
        let bent = |z: &[f64]| z.iter().map(|z| z.exp() + z).collect::<Vec<_>>();
        prop_assert_eq!(smirnov_test(&bent(&x), &bent(&y))?, test);
        let mirrored = |z: &[f64]| z.iter().map(|z| -z).collect::<Vec<_>>();
        let other = smirnov_test(&mirrored(&y), &mirrored(&x))?;
        relative(other.statistic, test.statistic, 4.0 * EPS)?;
        relative(other.p_value, test.p_value, 128.0 * EPS)?;
    }

    #[test]
    fn wilson_ends_are_z_deviations_away(k in 0_u64..200, rest in 0_u64..200, level in 0.01..0.999) {
        prop_assume!(k + rest > 0);
        let n = (k + rest) as f64;
        let (low, high) = wilson_interval(k, k + rest, level)?;
        prop_assert!(0.0 <= low && low <= k as f64 / n && k as f64 / n <= high && high <= 1.0);
        let z = Normal::STANDARD.upper_quantile(0.5 * (1.0 - level));
        for (p, sign) in [(low, 1.0), (high, -1.0)] {
            let away = sign * (k as f64 - n * p);
            let deviation = z * (n * p * (1.0 - p)).sqrt();
            // p is known to a rounding, near 1 of 1 − p
            scaled(away, deviation, 1e-7, if p > 0.5 { n.sqrt() } else { 1.0 })?;
        }
    }

    #[test]
    fn clopper_pearson_ends_have_binomial_tails(k in 0_u64..500, rest in 0_u64..500, level in 0.01..0.999) {
        prop_assume!(k + rest > 0);
        let (n, tail) = (k + rest, 0.5 * (1.0 - level));
        let (low, high) = clopper_pearson_interval(k, n, level)?;
        prop_assert!(low <= k as f64 / n as f64 && k as f64 / n as f64 <= high);
        // a rounding of p moves a tail by n roundings, of q = 1 − p the more the smaller it is
        let slack = |p: f64| 1e-12 / (1.0 - p).max(1e-3);
        match k {
            0 => same_bits(low, 0.0)?,
            _ => relative(Binomial::new(n, low)?.sf(k - 1), tail, slack(low))?,
        }
        match rest {
            0 => same_bits(high, 1.0)?,
            _ => relative(Binomial::new(n, high)?.cdf(k), tail, slack(high))?,
        }
    }

    #[test]
    fn clopper_pearson_never_holds_less_than_it_says(n in 1_u64..40, p in 0.0..=1.0, level in 0.5..0.99) {
        let (law, mut held) = (Binomial::new(n, p)?, 0.0);
        for k in 0..=n {
            let (low, high) = clopper_pearson_interval(k, n, level)?;
            if low <= p && p <= high {
                held += law.pmf(k);
            }
        }
        at_least(held, level - 1e-12)?;
    }

    #[test]
    fn intervals_of_failures_are_mirrored(k in 0_u64..300, rest in 0_u64..300, level in 0.01..0.999) {
        prop_assume!(k + rest > 0);
        for interval in [wilson_interval, clopper_pearson_interval] {
            let (low, high) = interval(k, k + rest, level)?;
            let (of_low, of_high) = interval(rest, k + rest, level)?;
            scaled(of_low, 1.0 - high, 64.0 * EPS, 1.0)?;
            scaled(of_high, 1.0 - low, 64.0 * EPS, 1.0)?;
        }
    }

    #[test]
    fn any_counts_give_errors_or_intervals(k in any::<u64>(), n in any::<u64>(), shifts in (0_u32..64, 0_u32..64), level in special(), p in prop_oneof![special(), 0.0..=1.0]) {
        let (k, n) = (k >> shifts.0, n >> shifts.1);
        let valid = n > 0 && k <= n && level > 0.0 && level < 1.0;
        for interval in [wilson_interval, clopper_pearson_interval] {
            let share = k as f64 / n as f64;
            match interval(k, n, level) {
                Ok((low, high)) => {
                    prop_assert!(valid && 0.0 <= low && high <= 1.0);
                    prop_assert!(low <= share * (1.0 + 1e-12) && share * (1.0 - 1e-12) <= high);
                }
                Err(error) => prop_assert!(!valid, "{error}"),
            }
        }
        match binomial_test(k, n, p) {
            Ok(test) => prop_assert!(k <= n && (0.0..=1.0).contains(&test.p_value)),
            Err(error) => prop_assert!(k > n || !(0.0..=1.0).contains(&p), "{error}"),
        }
    }

    #[test]
    fn binomial_tests_sum_what_is_as_rare(k in 0_u64..60, rest in 0_u64..60, p in prop_oneof![0.0..=1.0, Just(0.5), Just(0.25)]) {
        let n = k + rest;
        let law = Binomial::new(n, p)?;
        let rare = (0..=n).filter(|j| law.pmf(*j) <= law.pmf(k) * (1.0 + 1e-7));
        let sum: f64 = rare.map(|j| law.pmf(j)).sum();
        relative(binomial_test(k, n, p)?.p_value, sum.min(1.0), 1e-12)?;
    }

    #[test]
    fn binomial_tests_see_failures_alike(k in 0_u64..300, rest in 0_u64..300, sixteenths in 0_u32..=16) {
        let p = f64::from(sixteenths) / 16.0; // so that 1 − p is exact
        let (one, other) = (binomial_test(k, k + rest, p)?, binomial_test(rest, k + rest, 1.0 - p)?);
        relative(other.p_value, one.p_value, 1e-11)?;
    }

    #[test]
    fn binomial_tests_err_as_rarely_as_they_say(n in 1_u64..60, p in 0.0..=1.0, alpha in 0.001..0.5) {
        let (law, mut rejected) = (Binomial::new(n, p)?, 0.0);
        for k in 0..=n {
            if binomial_test(k, n, p)?.p_value <= alpha {
                rejected += law.pmf(k);
            }
        }
        at_most(rejected, alpha + 1e-12)?;
    }

    #[test]
    fn shares_of_heads_go_to_the_chance_as_hoeffding_says(n in 1_u64..3000, p in 0.0..=1.0, z in 0.2_f64..5.0) {
        let (law, size) = (Binomial::new(n, p)?, n as f64);
        let far = z / size.sqrt(); // of the share from p
        // P(|X/n − p| ≥ far), at both sides
        let below = (0..=n).take_while(|k| *k as f64 / size <= p - far).last();
        let next = (0..=n).find(|k| *k as f64 / size >= p + far).unwrap_or(n + 1);
        let lower = below.map_or(0.0, |k| law.cdf(k));
        let tails = lower + next.checked_sub(1).map_or(1.0, |k| law.sf(k));
        at_most(tails, 2.0 * (-2.0 * z * z).exp() * (1.0 + 1e-12))?; // Hoeffding (1963)
        at_most(tails, p * (1.0 - p) / (z * z) * (1.0 + 1e-12))?; // Chebyshev
    }

    #[test]
    fn binomial_sums_are_as_normal_as_berry_and_esseen_say(n in 1_u64..400, p in 0.01..0.99) {
        // sup |F − Φ| is met at a jump, just before it or at it
        let (law, q, size) = (Binomial::new(n, p)?, 1.0 - p, n as f64);
        let deviation = (size * p * q).sqrt();
        let gap = |k: u64| {
            let bell = Normal::STANDARD.cdf((k as f64 - size * p) / deviation);
            let before = k.checked_sub(1).map_or(0.0, |k| law.cdf(k));
            f64::max((law.cdf(k) - bell).abs(), (before - bell).abs())
        };
        let gap = (0..=n).map(gap).fold(0.0, f64::max);
        // E|X − p|³ / σ³ of one trial
        let lean = (p * p + q * q) / (p * q).sqrt();
        at_most(gap, 0.4748 * lean / size.sqrt())?; // Shevtsova (2011)
        // and it is of that order: half of the largest step cannot be avoided
        let step = (0..=n).map(|k| law.pmf(k)).fold(0.0, f64::max);
        at_least(gap, 0.5 * step - 1e-12)?;
    }
}

#[test]
fn p_values_of_kolmogorov_are_uniform() -> Result<(), Box<dyn Error>> {
    let (law, mut rng) = (Normal::new(-3.0, 0.25)?, Key::new(63).rng());
    let mut p = Vec::new();
    for _ in 0..2000 {
        let x: Vec<_> = (0..8).map(|_| law.sample(&mut rng)).collect();
        p.push(kolmogorov_test(&x, &law)?.p_value);
    }
    let test = kolmogorov_test(&p, &Uniform::new(0.0, 1.0)?)?;
    Ok(at_least(test.p_value, 1e-6)?)
}
