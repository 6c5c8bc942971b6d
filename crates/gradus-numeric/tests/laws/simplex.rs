//! Log-sum-exp, softmax and distributions.

use gradus_numeric::{
    Real, Simplex, log_softmax, log_sum_exp, logaddexp, pairwise_sum, sigmoid, softmax, xlogy,
};
use gradus_testkit::strategies::{integers, logits, simplex_point, structured_vector, weights};
use gradus_testkit::{
    all_same_bits, all_within_ulps, at_most, cases, relative, scaled, within_ulps,
};
use proptest::prelude::*;
use std::iter::zip;

const ULP: f64 = f64::EPSILON;

fn largest(x: &[f64]) -> f64 {
    x.iter().copied().fold(f64::NEG_INFINITY, f64::max)
}

/// What the errors of log-sum-exp are measured by: the largest score and the result.
fn scale(x: &[f64]) -> f64 {
    largest(x).abs().max(log_sum_exp(x).abs())
}

fn scores() -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![3 => logits(1..20), 1 => structured_vector(1..20)]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_softmax_in_single_precision_is_a_distribution(x in scores()) {
        let single: Vec<f32> = x.iter().map(|&x| f32::from_f64(x.clamp(-1e30, 1e30))).collect();
        let p = softmax(&single)?;
        let wide = Simplex::from_f32(&p)?;
        prop_assert!(Simplex::new(wide.as_slice().to_vec()).is_ok());
        let tolerance = 4.0 * p.len() as f64 * f64::from(f32::EPSILON);
        for (&p, &wide) in zip(&p, wide.as_slice()) {
            relative(wide, p.into(), tolerance)?;
        }
    }

    #[test]
    fn log_sum_exp_is_a_smooth_maximum(x in scores()) {
        let (top, y) = (largest(&x), log_sum_exp(&x));
        at_most(top, y)?;
        at_most(y, top + (x.len() as f64).ln() + 4.0 * ULP * scale(&x))?;
    }

    /// Whole numbers: the shift itself is exact.
    #[test]
    fn log_sum_exp_moves_with_a_shift(x in integers(1..20), c in -1000..1000) {
        let c = f64::from(c);
        let moved: Vec<f64> = x.iter().map(|x| x + c).collect();
        let tolerance = 4.0 * ULP * scale(&x).max(scale(&moved)).max(c.abs());
        scaled(log_sum_exp(&moved), log_sum_exp(&x) + c, 1.0, tolerance)?;
    }

    #[test]
    fn log_sum_exp_is_lipschitz(pairs in prop::collection::vec((-50.0..50.0, -50.0..50.0), 1..10)) {
        let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
        let distance = zip(&x, &y).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
        let rounding = 4.0 * ULP * (scale(&x) + scale(&y));
        at_most((log_sum_exp(&x) - log_sum_exp(&y)).abs(), distance + rounding)?;
    }

    #[test]
    fn log_sum_exp_of_two_is_logaddexp(a in -800.0..800.0, b in -800.0..800.0) {
        scaled(log_sum_exp(&[a, b]), logaddexp(a, b), 2.0 * ULP, scale(&[a, b]))?;
    }

    /// Each term pᵢ xᵢ and pᵢ ln pᵢ errs by a few ULP times the spread of the scores.
    #[test]
    fn fenchel_equality_holds_at_softmax(x in prop::collection::vec(-20.0..20.0, 1..20)) {
        let p = softmax(&x)?;
        let terms: Vec<f64> = zip(&p, &x).map(|(&p, &x)| p * x - xlogy(p, p)).collect();
        scaled(pairwise_sum(&terms), log_sum_exp(&x), 8.0 * ULP, (x.len() * 40) as f64)?;
    }

    #[test]
    fn softmax_is_a_distribution(x in scores()) {
        prop_assert!(Simplex::new(softmax(&x)?).is_ok());
    }

    /// Whole numbers: the shift itself is exact, so nothing at all may change.
    #[test]
    fn softmax_is_shift_invariant(x in integers(1..20), c in -1000..1000) {
        let moved: Vec<f64> = x.iter().map(|x| x + f64::from(c)).collect();
        all_same_bits(&softmax(&moved)?, &softmax(&x)?)?;
        all_same_bits(&log_softmax(&moved)?, &log_softmax(&x)?)?;
    }

    /// The order of the sum may show in the last place.
    #[test]
    fn softmax_is_permutation_equivariant(x in scores(), k in 0..20_usize) {
        let rotated = |x: &[f64]| {
            let mut y = x.to_vec();
            y.rotate_left(k % x.len());
            y
        };
        all_within_ulps(&softmax(&rotated(&x))?, &rotated(&softmax(&x)?), 1)?;
    }

    #[test]
    fn softmax_preserves_order(x in scores()) {
        let p = softmax(&x)?;
        for i in 0..x.len() {
            for j in 0..x.len() {
                prop_assert!(x[i] > x[j] || p[i] <= p[j]);
            }
        }
    }

    #[test]
    fn softmax_of_two_is_sigmoid(x in -745.0..745.0) {
        within_ulps(softmax(&[x, 0.0])?[0], sigmoid(x), 2)?;
    }

    #[test]
    fn softmax_goes_from_argmax_to_uniform_with_temperature(x in integers(1..20)) {
        let at = |temperature: f64| softmax(&x.iter().map(|x| x / temperature).collect::<Vec<_>>());
        let winners: Vec<bool> = x.iter().map(|&x_i| x_i == largest(&x)).collect();
        let share = 1.0 / winners.iter().filter(|&&wins| wins).count() as f64;
        for (p, wins) in zip(at(1e-4)?, winners) {
            prop_assert_eq!(p, if wins { share } else { 0.0 });
        }
        for p in at(1e18)? {
            within_ulps(p, 1.0 / x.len() as f64, 1)?;
        }
    }

    /// Softmax errs by 4 + |xᵢ − max| ULP, relatively; so much does its logarithm, absolutely.
    #[test]
    fn log_softmax_is_the_logarithm_of_softmax(x in scores()) {
        for (ln_p, p) in zip(log_softmax(&x)?, softmax(&x)?) {
            if p > 1e-300 {
                scaled(ln_p, p.ln(), ULP, 4.0 + 2.0 * ln_p.abs())?;
            }
        }
    }

    /// Σ pᵢ |ln pᵢ| ≤ ln n bounds what the exponentials make of the errors of their arguments.
    #[test]
    fn exponentials_of_log_softmax_sum_to_one(x in scores()) {
        let p: Vec<f64> = log_softmax(&x)?.into_iter().map(f64::exp).collect();
        scaled(pairwise_sum(&p), 1.0, 4.0 * ULP, 1.0 + (x.len() as f64).ln())?;
    }

    #[test]
    fn weights_normalize_to_a_distribution(w in weights(1..50)) {
        let p = Simplex::from_weights(&w)?;
        prop_assert_eq!(p.len(), w.len());
        prop_assert!(Simplex::new(p.into_vec()).is_ok());
    }

    #[test]
    fn weights_are_known_up_to_a_factor(w in weights(1..50), k in -20..20) {
        let multiples: Vec<f64> = w.iter().map(|w| w * 2_f64.powi(k)).collect();
        prop_assert_eq!(Simplex::from_weights(&multiples)?, Simplex::from_weights(&w)?);
    }

    #[test]
    fn weights_keep_their_ratios(w in weights(2..50)) {
        let p = Simplex::from_weights(&w)?.into_vec();
        for i in 1..w.len() {
            if w[0] > 0.0 && w[i] > 0.0 && p[0].min(p[i]) > 1e-300 {
                relative(p[i] / p[0], w[i] / w[0], 3.0 * ULP)?;
            }
        }
    }

    #[test]
    fn points_of_the_simplex_are_distributions(p in simplex_point(1..50)) {
        prop_assert!(Simplex::new(p.clone()).is_ok());
        let doubled: Vec<f64> = p.iter().map(|p| 2.0 * p).collect();
        prop_assert!(Simplex::new(doubled).is_err());
    }

    #[test]
    fn softmax_in_single_precision_is_rounded(x in logits(1..20)) {
        let narrow: Vec<f32> = x.iter().map(|&x| f32::from_f64(x)).collect();
        let wide: Vec<f64> = narrow.iter().map(|&x| x.into()).collect();
        for (p, nearest) in zip(softmax(&narrow)?, softmax(&wide)?) {
            prop_assert_eq!(p, f32::from_f64(nearest));
        }
        prop_assert_eq!(log_sum_exp(&narrow), f32::from_f64(log_sum_exp(&wide)));
    }
}
