//! Log-sum-exp with weights, as a mean and in parts; softmax with a temperature.

use gradus_numeric::{
    LogSumExp, NumericError, log_mean_exp, log_sum_exp, log_sum_exp_weighted, maximum, mean,
    softmax, softmax_with_temperature,
};
use gradus_testkit::strategies::{logits, weights};
use gradus_testkit::{all_same_bits, at_most, cases, same_bits, scaled};
use proptest::prelude::*;
use std::iter::zip;

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// What errors of a log-sum-exp are measured by: the largest number in magnitude, and 1.
fn scale(x: &[f64]) -> f64 {
    x.iter().fold(1.0, |a, x| x.abs().max(a))
}

/// Numbers and as many weights.
fn weighted() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1..20_usize).prop_flat_map(|n| (logits(n), weights(n)))
}

proptest! {
    #![proptest_config(cases())]

    /// k doublings add k ln 2, far beyond where the sum in units of its largest term overflows.
    #[test]
    fn merging_with_itself_adds_ln_2(x in logits(1..20), k in 1_u32..3000) {
        let mut sum: LogSumExp = x.iter().copied().collect();
        let start = sum.value();
        (0..k).for_each(|_| sum.merge(sum));
        let expected = start + f64::from(k) * std::f64::consts::LN_2;
        scaled(sum.value(), expected, 8.0 * ULP, scale(&x) + expected.abs())?;
    }

    #[test]
    fn log_mean_exp_lies_between_mean_and_maximum(x in logits(1..20)) {
        let (y, slack) = (log_mean_exp(&x)?, 4.0 * ULP * scale(&x));
        at_most(mean(&x)?, y + slack)?;
        at_most(y, maximum(&x)?)?;
    }

    #[test]
    fn log_mean_exp_of_a_constant_is_the_constant(c in prop_oneof![-1e300..1e300, -10.0..10.0, -1e-3..1e-3], n in 1..300_usize) {
        same_bits(log_mean_exp(&vec![c; n])?, c)?;
    }

    #[test]
    fn log_mean_exp_is_log_sum_exp_less_ln_n(x in logits(1..20)) {
        let n = x.len() as f64;
        scaled(log_mean_exp(&x)?, log_sum_exp(&x) - n.ln(), 4.0 * ULP, scale(&x) + n.ln())?;
    }

    #[test]
    fn weights_of_one_give_log_sum_exp(x in logits(0..20)) {
        same_bits(log_sum_exp_weighted(&x, &vec![1.0; x.len()])?, log_sum_exp(&x))?;
    }

    #[test]
    fn whole_weights_count_numbers(x in logits(1..20), counts in prop::collection::vec(0..4_u8, 20)) {
        let w: Vec<f64> = zip(&x, &counts).map(|(_, &k)| f64::from(k)).collect();
        let repeated: Vec<f64> = zip(&x, &counts).flat_map(|(&x, &k)| vec![x; k.into()]).collect();
        let (y, counted) = (log_sum_exp_weighted(&x, &w)?, log_sum_exp(&repeated));
        if repeated.is_empty() {
            prop_assert_eq!(y, f64::NEG_INFINITY);
        } else {
            scaled(y, counted, 8.0 * ULP, scale(&x) + 5.0)?;
        }
    }

    #[test]
    fn weights_are_shifts_by_their_logarithm((x, w) in weighted()) {
        let shifted: Vec<f64> = zip(&x, &w).map(|(x, w)| x + w.ln()).collect();
        same_bits(log_sum_exp_weighted(&x, &w)?, log_sum_exp(&shifted))?;
    }

    /// Every rise of the maximum rounds the rest once more.
    #[test]
    fn running_log_sum_exp_is_the_one_of_all_numbers(x in logits(1..60), step in 0.0..2.0) {
        let rising: Vec<f64> = (0..x.len()).map(|i| i as f64 * step).collect();
        for x in [x, rising] {
            let running: LogSumExp = x.iter().copied().collect();
            let mut top = f64::NEG_INFINITY;
            let mut rises = 0.0;
            for &x in &x {
                if x > top {
                    (top, rises) = (x, rises + 1.0);
                }
            }
            let scale = top.abs().max(log_sum_exp(&x).abs()).max(1.0);
            scaled(running.value(), log_sum_exp(&x), (4.0 + 2.0 * rises) * ULP, scale)?;
        }
    }

    #[test]
    fn merged_parts_have_the_log_sum_exp_of_the_whole(x in logits(0..20), y in logits(0..20), z in logits(0..20)) {
        let whole = [x.clone(), y.clone(), z.clone()].concat();
        for parts in [[&x, &y, &z], [&z, &x, &y]] {
            let mut all = LogSumExp::default();
            for part in parts {
                all.merge(part.iter().copied().collect());
            }
            let batch = log_sum_exp(&whole);
            if whole.is_empty() {
                prop_assert_eq!(all.value(), batch);
            } else {
                scaled(all.value(), batch, (4.0 + 2.0 * whole.len() as f64) * ULP, scale(&whole))?;
            }
        }
    }

    #[test]
    fn temperature_one_is_softmax(x in logits(0..20)) {
        all_same_bits(&softmax_with_temperature(&x, 1.0)?, &softmax(&x)?)?;
    }

    #[test]
    fn scores_are_measured_by_the_temperature(x in logits(1..20), t in 0.01..100.0, k in -20..20) {
        let c = f64::from(k).exp2();
        let scores: Vec<f64> = x.iter().map(|x| c * x).collect();
        all_same_bits(&softmax_with_temperature(&scores, c * t)?, &softmax_with_temperature(&x, t)?)?;
    }

    #[test]
    fn heat_levels_the_softmax(x in logits(1..20), t in 0.01..100.0, factor in 1.0..10.0) {
        let cold = maximum(&softmax_with_temperature(&x, t)?)?;
        let hot = maximum(&softmax_with_temperature(&x, factor * t)?)?;
        at_most(hot, cold * (1.0 + 2.0 * x.len() as f64 * ULP))?;
    }

    #[test]
    fn cold_is_the_argmax_and_hot_is_uniform(x in logits(1..20)) {
        let top = maximum(&x)?;
        let winners = x.iter().filter(|&&x| x == top).count() as f64;
        let cold = softmax_with_temperature(&x, 1e-320)?;
        for (&x, p) in zip(&x, cold) {
            prop_assert_eq!(p, if x == top { 1.0 / winners } else { 0.0 });
        }
        let n = x.len() as f64;
        let hot = softmax_with_temperature(&x, 1e300)?;
        prop_assert!(hot.iter().all(|&p| (p - 1.0 / n).abs() <= 2.0 * ULP));
    }
}

#[test]
fn a_temperature_that_is_not_positive_is_refused() {
    for temperature in [0.0, -0.0, -1.0, f64::NEG_INFINITY, f64::INFINITY] {
        let refused = NumericError::Domain {
            name: "temperature",
            value: temperature,
        };
        assert_eq!(
            softmax_with_temperature(&[1.0, 2.0], temperature),
            Err(refused)
        );
    }
    assert!(softmax_with_temperature(&[1.0_f32], f64::NAN).is_err());
}

#[test]
fn weights_that_are_none_are_refused() {
    let x = [1.0, 2.0];
    let of = |w: &[f64]| log_sum_exp_weighted(&x, w);
    assert_eq!(
        of(&[1.0]),
        Err(NumericError::LengthMismatch { left: 2, right: 1 })
    );
    assert_eq!(
        of(&[1.0, -1.0]),
        Err(NumericError::Negative {
            index: 1,
            value: -1.0
        })
    );
    let infinite = NumericError::NonFinite {
        index: 0,
        value: f64::INFINITY,
    };
    assert_eq!(of(&[f64::INFINITY, 1.0]), Err(infinite));
    assert!(of(&[f64::NAN, 1.0]).is_err());
    assert_eq!(of(&[0.0, 0.0]), Ok(f64::NEG_INFINITY));
    assert!(
        log_sum_exp_weighted(&[f64::NAN, 1.0], &[0.0, 1.0])
            .unwrap()
            .is_nan()
    );
    assert_eq!(log_mean_exp::<f64>(&[]), Err(NumericError::Empty));
    assert_eq!(log_mean_exp(&[f64::NEG_INFINITY; 2]), Ok(f64::NEG_INFINITY));
    assert_eq!(log_mean_exp(&[1.0, f64::INFINITY]), Ok(f64::INFINITY));
}
