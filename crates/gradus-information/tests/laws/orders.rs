//! Entropies and divergences with an order, and those of a generator.

use crate::generators::{channel, distribution, distribution_on, two_distributions};
use gradus_information::{
    bhattacharyya_distance, chi_squared_divergence, entropy, f_divergence, hellinger,
    jensen_shannon, jensen_shannon_weighted, kl_divergence, renyi_divergence, renyi_entropy,
    total_variation, tsallis_entropy,
};
use gradus_numeric::{NumericError, Simplex};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

const EPS: f64 = f64::EPSILON;

/// Orders from 0 to infinity, near 1 too.
fn order() -> impl Strategy<Value = f64> {
    let near = (-9.0..-1.0, any::<bool>()).prop_map(|(e, above)| {
        let step = 10.0_f64.powf(e);
        if above { 1.0 + step } else { 1.0 - step }
    });
    prop_oneof![3 => 0.0..4.0, 1 => 4.0..1e3, 2 => near, 1 => Just(0.0), 1 => Just(1.0), 1 => Just(f64::INFINITY)]
}

/// Of independent variables.
fn product(p: &Simplex, q: &Simplex) -> Result<Simplex, NumericError> {
    let products = p
        .as_slice()
        .iter()
        .flat_map(|p| q.as_slice().iter().map(move |q| p * q));
    Simplex::from_weights(&products.collect::<Vec<_>>())
}

/// What comes out of a channel.
fn processed(p: &Simplex, channel: &[Simplex]) -> Result<Simplex, NumericError> {
    let out = |j: usize| {
        zip(p.as_slice(), channel)
            .map(|(p, row)| p * row.as_slice()[j])
            .sum()
    };
    Simplex::from_weights(&(0..channel[0].len()).map(out).collect::<Vec<_>>())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn renyi_entropy_falls_with_the_order(p in distribution(), a in order(), b in order()) {
        let (low, high) = (renyi_entropy(&p, a.min(b))?, renyi_entropy(&p, a.max(b))?);
        at_most(high, low + 32.0 * EPS * (1.0 + low))?;
        let largest = p.as_slice().iter().fold(0.0, |max, p| f64::max(max, *p));
        at_most(-largest.ln() - 2.0 * EPS, high)?;
        at_most(low, (p.len() as f64).ln())?;
    }

    #[test]
    fn renyi_entropy_goes_to_shannon_entropy(p in distribution(), e in -12.0..-3.0) {
        let step = 10.0_f64.powf(e);
        let shannon = entropy(&p);
        // the slope at 1 is minus half the variance of the surprise
        let surprise = |p: f64| p * p.ln().powi(2);
        let spread: f64 = p.as_slice().iter().filter(|p| **p > 0.0).map(|p| surprise(*p)).sum::<f64>() - shannon * shannon;
        for (order, sign) in [(1.0 + step, -0.5), (1.0 - step, 0.5)] {
            let off = renyi_entropy(&p, order)? - shannon;
            at_most((off - sign * spread * (order - 1.0).abs()).abs(), 1e4 * step * step + 64.0 * EPS)?;
        }
        same_bits(renyi_entropy(&p, 1.0)?, shannon)?;
    }

    #[test]
    fn renyi_entropy_adds_up(p in distribution_on(3), q in distribution_on(4), a in order()) {
        let sum = renyi_entropy(&p, a)? + renyi_entropy(&q, a)?;
        // in logarithms an exponent of a thousand carries its roundings to the power, and divides them again
        scaled(renyi_entropy(&product(&p, &q)?, a)?, sum, 1e3 * EPS, 1.0 + sum)?;
    }

    #[test]
    fn tsallis_entropy_is_a_function_of_renyis(p in distribution(), a in 0.0..4.0) {
        let renyi = renyi_entropy(&p, a)?;
        let expected = if a == 1.0 { renyi } else { ((1.0 - a) * renyi).exp_m1() / (1.0 - a) };
        scaled(tsallis_entropy(&p, a)?, expected, 128.0 * EPS, 1.0 + expected)?;
    }

    #[test]
    fn tsallis_entropy_is_pseudo_additive(p in distribution_on(3), q in distribution_on(4), a in 0.0..4.0) {
        let (s, t) = (tsallis_entropy(&p, a)?, tsallis_entropy(&q, a)?);
        let expected = s + t + (1.0 - a) * s * t;
        scaled(tsallis_entropy(&product(&p, &q)?, a)?, expected, 256.0 * EPS, 1.0 + s + t + s * t)?;
    }

    #[test]
    fn renyi_divergence_grows_with_the_order((p, q) in two_distributions(), a in order(), b in order()) {
        let (low, high) = (renyi_divergence(&p, &q, a.min(b))?, renyi_divergence(&p, &q, a.max(b))?);
        prop_assert!(low >= 0.0 && !high.is_nan());
        at_most(low, high + 1e3 * EPS * (1.0 + high))?;
        if p == q {
            same_bits(low, 0.0)?;
        }
    }

    #[test]
    fn renyi_divergence_goes_to_kl((p, q) in two_distributions(), e in -12.0..-6.0) {
        let (step, kl) = (10.0_f64.powf(e), kl_divergence(&p, &q)?);
        same_bits(renyi_divergence(&p, &q, 1.0)?, kl)?;
        if kl.is_finite() {
            // the slope at 1 is half the variance of the log-ratio
            let ratios = || zip(p.as_slice(), q.as_slice()).filter(|(p, _)| **p > 0.0).map(|(p, q)| (*p, p.ln() - q.ln()));
            let squares: f64 = ratios().map(|(p, ratio)| p * ratio * ratio).sum();
            let off = renyi_divergence(&p, &q, 1.0 - step)? - kl;
            at_most(off.abs(), step * (squares + kl * kl) + 256.0 * EPS * (1.0 + kl))?;
        }
    }

    #[test]
    fn renyi_divergence_is_skew_symmetric((p, q) in two_distributions(), a in 0.01..0.99) {
        let (left, right) = ((1.0 - a) * renyi_divergence(&p, &q, a)?, a * renyi_divergence(&q, &p, 1.0 - a)?);
        if left.is_finite() || right.is_finite() {
            scaled(left, right, 256.0 * EPS, 1.0 + left)?;
        }
    }

    #[test]
    fn chi_squared_bounds_kl((p, q) in two_distributions()) {
        let (chi, kl) = (chi_squared_divergence(&p, &q)?, kl_divergence(&p, &q)?);
        at_most(kl, chi.ln_1p() * (1.0 + 64.0 * EPS) + f64::MIN_POSITIVE)?;
        if chi.is_finite() {
            scaled(renyi_divergence(&p, &q, 2.0)?, chi.ln_1p(), 64.0 * EPS, 1.0 + chi.ln_1p())?;
        }
    }

    #[test]
    fn chi_squared_is_the_variance_of_the_ratio((p, q) in two_distributions()) {
        let chi = chi_squared_divergence(&p, &q)?;
        if zip(p.as_slice(), q.as_slice()).all(|(p, q)| *q > 1e-6 || *p == *q) {
            let ratio: Vec<_> = zip(p.as_slice(), q.as_slice()).map(|(p, q)| if *q > 0.0 { p / q } else { 1.0 }).collect();
            scaled(chi, gradus_probability::variance(&q, &ratio)?, 64.0 * EPS, 1.0 + chi)?;
        }
    }

    #[test]
    fn generators_give_their_divergences((p, q) in two_distributions()) {
        let roots = |t: f64| 0.5 * (t.sqrt() - 1.0).powi(2);
        let xlogx = |t: f64| if t == 0.0 { 0.0 } else { t * t.ln() };
        let kl = f_divergence(&p, &q, |t| xlogx(t) - t + 1.0, f64::INFINITY)?;
        let other = f_divergence(&p, &q, |t| -t.ln() + t - 1.0, 1.0)?;
        let variation = f_divergence(&p, &q, |t| 0.5 * (t - 1.0).abs(), 0.5)?;
        let root = f_divergence(&p, &q, roots, 0.5)?;
        let chi = f_divergence(&p, &q, |t| (t - 1.0).powi(2), f64::INFINITY)?;
        let same = |x: f64, y: f64| x == y || (x - y).abs() <= 64.0 * EPS * (1.0 + y);
        prop_assert!(same(kl, kl_divergence(&p, &q)?) || p.as_slice().iter().zip(q.as_slice()).any(|(p, q)| (p / q).is_infinite()));
        prop_assert!(same(other, kl_divergence(&q, &p)?) || p.as_slice().iter().zip(q.as_slice()).any(|(p, q)| *q > 0.0 && p / q == 0.0));
        prop_assert!(same(variation, total_variation(&p, &q)?));
        prop_assert!(same(root, hellinger(&p, &q)?.powi(2)));
// a square of 1e154 overflows where the divergence need not
        prop_assert!(same(chi, chi_squared_divergence(&p, &q)?) || chi == f64::INFINITY && zip(p.as_slice(), q.as_slice()).any(|(p, q)| p / q > 1e150));
    }

    #[test]
    fn processing_loses_divergence(p in distribution_on(4), q in distribution_on(4), noise in channel(4, 3)) {
        let (after_p, after_q) = (processed(&p, &noise)?, processed(&q, &noise)?);
        let cubic = |t: f64| (t - 1.0).abs().powi(3); // convex, too
        let divergences = [
            f_divergence(&p, &q, cubic, f64::INFINITY)?,
            renyi_divergence(&p, &q, 3.0)?,
            renyi_divergence(&p, &q, 0.3)?,
            chi_squared_divergence(&p, &q)?,
        ];
        let after = [
            f_divergence(&after_p, &after_q, cubic, f64::INFINITY)?,
            renyi_divergence(&after_p, &after_q, 3.0)?,
            renyi_divergence(&after_p, &after_q, 0.3)?,
            chi_squared_divergence(&after_p, &after_q)?,
        ];
        for (before, after) in zip(divergences, after) {
            at_most(after, before * (1.0 + 1e-13) + 64.0 * EPS)?;
        }
    }

    #[test]
    fn bhattacharyya_distance_measures_the_overlap((p, q) in two_distributions()) {
        let distance = bhattacharyya_distance(&p, &q)?;
        same_bits(bhattacharyya_distance(&q, &p)?, distance)?;
        same_bits(bhattacharyya_distance(&p, &p)?, 0.0)?;
        let overlap: f64 = zip(p.as_slice(), q.as_slice()).map(|(p, q)| p.sqrt() * q.sqrt()).sum();
        prop_assert_eq!(distance == f64::INFINITY, overlap == 0.0);
        scaled((-distance).exp(), overlap, 16.0 * EPS, 1.0)?;
    }

    #[test]
    fn bhattacharyya_distance_is_half_of_renyis((p, q) in two_distributions()) {
        let (half, distance) = (0.5 * renyi_divergence(&p, &q, 0.5)?, bhattacharyya_distance(&p, &q)?);
        prop_assert!(half == distance || (half - distance).abs() <= 64.0 * EPS * (1.0 + distance));
        if distance > 0.0 && distance < 1e-3 && zip(p.as_slice(), q.as_slice()).all(|(p, q)| *p > 1e-3 * *q && *q > 1e-3 * *p) {
            relative(half, distance, 1e-3)?; // between almost equal distributions, too
        }
    }

    #[test]
    fn the_best_test_errs_within_the_overlap((p, q) in two_distributions()) {
        let errs = 0.5 * (1.0 - total_variation(&p, &q)?); // the larger of the two decides
        at_most(errs, 0.5 * (-bhattacharyya_distance(&p, &q)?).exp() + 8.0 * EPS)?;
    }

    #[test]
    fn weighted_jensen_shannon_is_what_mixing_adds(w in distribution_on(3), p in channel(3, 4)) {
        let divergence = jensen_shannon_weighted(&w, &p)?;
        prop_assert!(divergence >= 0.0 && divergence <= entropy(&w));
        let apart: f64 = zip(w.as_slice(), &p).map(|(w, p)| w * entropy(p)).sum();
        scaled(divergence, entropy(&processed(&w, &p)?) - apart, 64.0 * EPS, 2.0)?;
    }

    #[test]
    fn weighted_jensen_shannon_of_two_halves_is_jensen_shannon((p, q) in two_distributions()) {
        let both = jensen_shannon_weighted(&Simplex::uniform(2)?, &[p.clone(), q.clone()])?;
        scaled(both, jensen_shannon(&p, &q)?, 8.0 * EPS, both + f64::MIN_POSITIVE / EPS)?;
    }
}
