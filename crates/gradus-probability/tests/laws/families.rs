//! Bernoulli, categorical and normal distributions.

use crate::generators::distribution;
use gradus_numeric::softmax;
use gradus_probability::{
    Bernoulli, Categorical, Continuous, Discrete, Normal, bernoulli_ln_pmf,
    bernoulli_ln_pmf_from_logit, categorical_ln_pmf_from_logits, expectation, normal_ln_pdf,
    variance,
};
use gradus_testkit::laws::{density_and_cdf, mass_and_cdf};
use gradus_testkit::strategies::{finite, logits, special, vector};
use gradus_testkit::{at_most, cases, gradient, relative, same_bits, scaled, within_ulps};
use proptest::prelude::*;

const EPS: f64 = f64::EPSILON;

/// Probabilities, the ends, tiny ones and their complements included.
fn probability() -> impl Strategy<Value = f64> {
    let tiny = (-300.0..0.0).prop_map(|e| 10.0_f64.powf(e));
    let edge = prop::sample::select(vec![0.0, 0.25, 0.5, 0.75, 1.0, 1.0 - EPS / 2.0, 5e-324]);
    prop_oneof![
        0.0..=1.0,
        tiny,
        (0.0..EPS * 64.0).prop_map(|p| 1.0 - p),
        edge
    ]
}

/// Normal distributions of all positions and widths.
fn any_normal() -> impl Strategy<Value = Normal> {
    (finite(), finite()).prop_filter_map("positive width", |(mean, deviation)| {
        Normal::new(mean, deviation.abs()).ok()
    })
}

/// Normal distributions around the origin, about one wide.
fn normal() -> impl Strategy<Value = Normal> {
    (-3.0..3.0, 0.5..4.0).prop_filter_map("in range", |(m, s)| Normal::new(m, s).ok())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn bernoulli_is_a_distribution(p in probability(), x in 0_u64..3) {
        let coin = Bernoulli::new(p)?;
        mass_and_cdf(|k| coin.pmf(k), |k| coin.cdf(k), 3, EPS)?;
        same_bits(coin.cdf(3), 1.0)?;
        scaled(coin.cdf(x) + coin.sf(x), 1.0, 4.0 * EPS, 1.0)?;
        if coin.pmf(x).is_normal() {
            scaled(coin.ln_pmf(x), coin.pmf(x).ln(), EPS, 2.0 + coin.ln_pmf(x).abs())?;
        }
    }

    #[test]
    fn categorical_is_a_distribution(p in distribution()) {
        let categorical = Categorical::try_from(p.clone())?;
        let rounding = 4.0 * EPS * p.len() as f64;
        mass_and_cdf(|k| categorical.pmf(k), |k| categorical.cdf(k), 9, rounding)?;
        for k in 0..8 {
            at_most(categorical.cdf(k), categorical.cdf(k + 1))?;
            scaled(categorical.cdf(k) + categorical.sf(k), 1.0, rounding, 1.0)?;
        }
        same_bits(categorical.cdf(7), 1.0)?;
    }

    #[test]
    fn discrete_quantile_inverts_the_cdf(p in distribution(), level in probability(), success in probability()) {
        // judged by the smaller of level and 1 − level
        let reached = |law: &dyn Discrete, k| if level <= 0.5 { law.cdf(k) >= level } else { law.sf(k) <= 1.0 - level };
        let coin = Bernoulli::new(success)?;
        let k = coin.quantile(level).unwrap_or(u64::MAX);
        prop_assert!(reached(&coin, k) && coin.pmf(k) > 0.0);
        prop_assert!(k == 0 || !reached(&coin, k - 1) || success == 1.0);
        let categorical = Categorical::try_from(p)?;
        let k = categorical.quantile(level).unwrap_or(u64::MAX);
        prop_assert!(reached(&categorical, k) && categorical.pmf(k) > 0.0);
        prop_assert!(k == 0 || !reached(&categorical, k - 1) || categorical.cdf(k - 1) == 0.0);
    }

    #[test]
    fn bernoulli_is_categorical_with_two_categories(p in probability(), level in 0.0..=1.0) {
        let coin = Bernoulli::new(p)?;
        let two = Categorical::new(vec![1.0 - p, p])?;
        for x in 0..3 {
            same_bits(coin.pmf(x), two.pmf(x))?;
            same_bits(coin.cdf(x), two.cdf(x))?;
            same_bits(coin.sf(x), two.sf(x))?;
        }
        if 1.0 - (1.0 - p) == p {
            prop_assert_eq!(coin.quantile(level), two.quantile(level));
        }
        same_bits(coin.mean()?, two.mean()?)?;
        scaled(coin.entropy(), two.entropy(), 4.0 * EPS, 1.0)?;
    }

    #[test]
    fn bernoulli_moments_are_those_of_its_table(p in 0.0..=1.0) {
        let coin = Bernoulli::new(p)?;
        let table = Categorical::new(vec![1.0 - p, p])?;
        same_bits(coin.mean()?, expectation(table.probabilities(), &[0.0, 1.0])?)?;
        scaled(coin.variance()?, variance(table.probabilities(), &[0.0, 1.0])?, 2.0 * EPS, 1.0)?;
        let entropy: f64 = [0, 1].map(|x| if coin.pmf(x) > 0.0 { -coin.pmf(x) * coin.ln_pmf(x) } else { 0.0 }).iter().sum();
        relative(coin.entropy(), entropy, 4.0 * EPS)?;
    }

    #[test]
    fn categorical_does_not_see_a_shift_of_its_logits(k in prop::collection::vec(-99_i32..99, 1..7), c in -1_000_000_i32..1_000_000) {
        let z: Vec<_> = k.iter().map(|&k| f64::from(k)).collect(); // integers: the shift is exact
        let shifted: Vec<_> = z.iter().map(|z| z + f64::from(c)).collect();
        let categorical = Categorical::from_logits(&z)?;
        prop_assert_eq!(&categorical, &Categorical::from_logits(&shifted)?);
        let mut sum = 0.0;
        for (k, _) in (0_u64..).zip(&z) {
            same_bits(categorical_ln_pmf_from_logits(k, &z), categorical_ln_pmf_from_logits(k, &shifted))?;
            let ln_p = categorical.ln_pmf(k);
            scaled(ln_p, categorical_ln_pmf_from_logits(k, &z), 8.0 * EPS, 1.0 + ln_p.abs())?;
            sum += ln_p.exp();
        }
        scaled(sum, 1.0, 8.0 * EPS, z.len() as f64)?;
    }

    #[test]
    fn extreme_logits_are_finite(z in logits(1..7)) {
        let categorical = Categorical::from_logits(&z)?;
        for (k, _) in (0_u64..).zip(&z) {
            prop_assert!(categorical.ln_pmf(k) <= 0.0);
            prop_assert!(categorical_ln_pmf_from_logits(k, &z) <= 0.0);
        }
    }

    #[test]
    fn score_of_a_bernoulli(p in 0.25..0.75, z in -8.0..8.0, x in 0_u64..2) {
        let t = x as f64;
        gradient::check(|p| (bernoulli_ln_pmf(x, p[0]), vec![t / p[0] - (1.0 - t) / (1.0 - p[0])]), &[p])?;
        let sigmoid = |z: f64| 1.0 / (1.0 + (-z).exp());
        gradient::check(|z| (bernoulli_ln_pmf_from_logit(x, z[0]), vec![t - sigmoid(z[0])]), &[z])?;
        let from_logit = bernoulli_ln_pmf_from_logit(x, (p / (1.0 - p)).ln());
        scaled(from_logit, bernoulli_ln_pmf(x, p), 8.0 * EPS, 1.0 + from_logit.abs())?;
    }

    #[test]
    fn score_of_a_categorical(z in vector(1..6), k in 0_usize..6) {
        let k = k % z.len();
        let z: Vec<_> = z.iter().map(|z| z / 20.0).collect();
        let label = k as u64;
        let score = |z: &[f64]| {
            let p = softmax(z).unwrap_or_default();
            let score = p.iter().enumerate().map(|(j, p)| f64::from(u8::from(j == k)) - p);
            (categorical_ln_pmf_from_logits(label, z), score.collect())
        };
        gradient::check(score, &z)?;
    }

    #[test]
    fn score_of_a_normal(x in -3.0..3.0, mean in -3.0..3.0, deviation in 0.5..4.0) {
        let score = |at: &[f64]| {
            let (x, mean, deviation) = (at[0], at[1], at[2]);
            let z = (x - mean) / deviation;
            let gradient = vec![-z / deviation, z / deviation, (z * z - 1.0) / deviation];
            (normal_ln_pdf(x, mean, deviation), gradient)
        };
        gradient::check(score, &[x, mean, deviation])?;
    }

    #[test]
    fn normal_density_integrates_to_one(normal in normal()) {
        // the trapezoidal rule errs by e^(−2π²/h²) < 1e-34 in steps of h = σ/2
        let (mean, step) = (normal.location(), normal.standard_deviation() / 2.0);
        let sum: f64 = (-80..=80).map(|k| normal.pdf(mean + step * f64::from(k))).sum();
        scaled(sum * step, 1.0, 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn normal_cdf_rises_from_zero_to_one(normal in any_normal(), x in special(), y in special()) {
        same_bits(normal.cdf(f64::NEG_INFINITY), 0.0)?;
        same_bits(normal.cdf(f64::INFINITY), 1.0)?;
        prop_assert_eq!(normal.cdf(x).is_nan(), x.is_nan());
        prop_assert_eq!(normal.pdf(x).is_nan(), x.is_nan());
        prop_assert_eq!(normal.ln_pdf(x).is_nan(), x.is_nan());
        prop_assert_eq!(normal.ln_cdf(x).is_nan(), x.is_nan());
        if !(x.is_nan() || y.is_nan()) {
            let (low, high) = (normal.cdf(x.min(y)), normal.cdf(x.max(y)));
            prop_assert!(low >= 0.0 && high <= 1.0);
            at_most(low, high * (1.0 + 4.0 * EPS))?;
        }
    }

    #[test]
    fn normal_cdf_and_survival_sum_to_one(normal in any_normal(), x in finite()) {
        scaled(normal.cdf(x) + normal.sf(x), 1.0, 4.0 * EPS, 1.0)?;
        scaled(normal.ln_cdf(x).exp(), normal.cdf(x), 4.0 * EPS, 1.0)?;
        scaled(normal.ln_sf(x).exp(), normal.sf(x), 4.0 * EPS, 1.0)?;
    }

    #[test]
    fn normal_is_symmetric_about_its_mean(mean in -1000_i32..1000, steps in 0_i32..10_000, deviation in 0.01..9.0) {
        let normal = Normal::new(mean.into(), deviation)?;
        let x = f64::from(steps) / 256.0; // μ ± x is exact
        same_bits(normal.cdf(normal.location() - x), normal.sf(normal.location() + x))?;
        same_bits(normal.pdf(normal.location() - x), normal.pdf(normal.location() + x))?;
    }

    #[test]
    fn normal_is_a_scaled_standard_normal(z in -30_i32..30, mean in -99_i32..99, scale in -20_i32..20) {
        let deviation = 2.0_f64.powi(scale); // μ + σ z is exact
        let normal = Normal::new(mean.into(), deviation)?;
        let x = f64::from(z).mul_add(deviation, normal.location());
        let z = f64::from(z);
        same_bits(normal.cdf(x), Normal::STANDARD.cdf(z))?;
        within_ulps(normal.pdf(x) * deviation, Normal::STANDARD.pdf(z), 1)?;
        scaled(normal.ln_pdf(x) + deviation.ln(), Normal::STANDARD.ln_pdf(z), 2.0 * EPS, 500.0)?;
        scaled(normal.entropy() - deviation.ln(), Normal::STANDARD.entropy(), 2.0 * EPS, 20.0)?;
    }

    #[test]
    fn density_is_the_slope_of_the_cdf(normal in normal(), x in -9.0..9.0) {
        density_and_cdf(|x| normal.pdf(x), |x| normal.cdf(x), x)?;
    }

    #[test]
    fn ln_pdf_is_the_logarithm_of_the_pdf(normal in any_normal(), z in -60.0..60.0) {
        let x = z * normal.standard_deviation() + normal.location();
        let z = (x - normal.location()) / normal.standard_deviation();
        let (p, ln_p) = (normal.pdf(x), normal.ln_pdf(x));
        let not_tiny = Normal::STANDARD.pdf(z * (1.0 + 4.0 * EPS)).is_normal();
        if not_tiny && p.is_normal() && normal.standard_deviation() > 1e-290 {
            // −½z² and −ln σ may cancel: each contributes its own rounding
            let size = 1.0 + normal.standard_deviation().ln().abs() + 0.5 * z * z;
            scaled(p.ln(), ln_p, 8.0 * EPS, size)?;
        } else {
            prop_assert!(ln_p.is_finite() || !x.is_finite());
        }
    }

    #[test]
    fn normal_quantile_inverts_the_cdf(p in probability(), x in -37.0..5.0) {
        let normal = Normal::STANDARD;
        let q = normal.quantile(p);
        if q.is_finite() {
            let condition = p + q.abs() * normal.pdf(q) + f64::MIN_POSITIVE;
            scaled(normal.cdf(q), p, 4.0 * EPS, condition)?;
        }
        let back = normal.quantile(normal.cdf(x));
        scaled(back, x, 4.0 * EPS, x.abs() + normal.cdf(x) / normal.pdf(x))?;
    }
}
