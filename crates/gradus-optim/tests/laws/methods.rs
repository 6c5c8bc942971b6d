//! The methods that descend by one transformation.

use crate::{bits, flat, run, steps};
use gradus_optim::{
    CenterGradients, ClipByNorm, ClipByValue, Epsilon, Gradient, Layout, Link, MeanOfSteps,
    OptimError, ScaleByAdadelta, ScaleByAdam, ScaleByAdamax, ScaleByAdan, ScaleByAmsgrad,
    ScaleByBelief, ScaleByLearningRate, ScaleByNadam, ScaleByRectifiedAdam, ScaleByRprop,
    ScaleBySign, ScaleByYogi, Shape, SoftThreshold, adam, chain, descend, lars, sgd,
};
use gradus_testkit::strategies::{integers, vector};
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::prelude::*;

fn some_gradients() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(
        prop_oneof![4 => -9.0..9.0, 1 => Just(0.0), 1 => -1e-6..1e-6],
        1..40,
    )
}

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn descending_by_adam_is_adam(x in vector(1..20), k in 1..10_u64) {
        let pull = |_: u64, x: &[f64]| x.to_vec();
        let one = run(&descend(ScaleByAdam::default(), 0.01)?, &x, k, pull)?;
        prop_assert_eq!(bits(&one), bits(&run(&adam(0.01)?, &x, k, pull)?));
    }

    #[test]
    fn signs_are_signs(g in some_gradients()) {
        for (step, g) in steps(&descend(ScaleBySign, 1.0)?, &g)?.iter().zip(&g) {
            let sign = if *g == 0.0 { 0.0 } else { g.signum() };
            prop_assert_eq!(*step, sign);
        }
    }

    #[test]
    fn the_first_adadelta_step_is_the_root_of_epsilon(g in 1e-6..1e6, rho in 0.0..0.999, epsilon in 1e-9..1.0) {
        let first = steps(&descend(ScaleByAdadelta { rho, epsilon }, 1.0)?, &[g])?[0];
        relative(first, g * (epsilon / ((1.0 - rho) * g * g + epsilon)).sqrt(), 1e-13)?;
    }

    #[test]
    fn the_largest_average_never_falls(g in some_gradients()) {
        let optimizer = descend(ScaleByAmsgrad::default(), 1.0)?;
        let mut state = optimizer.init(&flat(1)?, &[0.0])?;
        let mut before = 0.0;
        for g in g {
            optimizer.update(&mut state, &mut [0.0], Gradient::sum_of(&[&[g]]))?;
            let (most, now) = (state.vector("0.most")?[0], state.vector("0.nu")?[0]);
            prop_assert!(most >= before && most >= now && (most == before || most == now));
            before = most;
        }
    }

    #[test]
    fn amsgrad_is_adam_while_squares_grow(g in 0.1..10.0, growth in 1.0..1.1_f64, k in 1..40_i32) {
        let grown: Vec<f64> = (0..k).map(|t| g * growth.powi(t)).collect();
        let (one, other) = (steps(&descend(ScaleByAmsgrad::default(), 1.0)?, &grown)?, steps(&adam(1.0)?, &grown)?);
        prop_assert_eq!(bits(&one), bits(&other));
    }

    #[test]
    fn nadam_looks_ahead_of_a_constant_gradient(g in 0.1..10.0, beta in 0.1..0.99_f64, k in 1..40_usize) {
        let settings = ScaleByNadam { beta1: beta, epsilon: 1e-12, warm_up: None, ..ScaleByNadam::default() };
        for (t, step) in (1..).zip(steps(&descend(settings, 1.0)?, &vec![g; k])?) {
            let left = |t: i32| 1.0 - beta.powi(t);
            relative(step, beta * left(t) / left(t + 1) + (1.0 - beta) / left(t), 1e-9)?; // ε over 0.1
        }
    }

    #[test]
    fn rectified_steps_are_shorter_than_adams(g in prop::collection::vec(0.1..9.0, 6..60)) {
        let rectified = steps(&descend(ScaleByRectifiedAdam::default(), 1.0)?, &g)?;
        let (mut m, plain) = (0.0, steps(&adam(1.0)?, &g)?);
        for (t, g) in g.iter().enumerate() {
            m = 0.9 * m + 0.1 * g;
            if t < 5 {
                relative(rectified[t], m / (1.0 - 0.9_f64.powf(t as f64 + 1.0)), 1e-12)?;
            } else {
                prop_assert!(rectified[t].abs() <= plain[t].abs() && rectified[t] * plain[t] > 0.0);
            }
        }
    }

    #[test]
    fn adamax_steps_are_bounded(g in some_gradients(), beta1 in 0.0..0.9_f64, beta2 in 0.91..0.9999) {
        let settings = ScaleByAdamax { beta1, beta2, epsilon: 1e-30 };
        for (t, step) in (1..).zip(steps(&descend(settings, 1.0)?, &g)?) {
            let series = (1.0 - beta1) / (1.0 - beta1 / beta2) / (1.0 - beta1.powi(t));
            at_most(step.abs(), series * (1.0 + 1e-12))?;
        }
    }

    #[test]
    fn yogis_square_moves_slowly(g in some_gradients(), beta2 in 0.0..0.999) {
        let optimizer = descend(ScaleByYogi { beta2, ..ScaleByYogi::default() }, 1.0)?;
        let mut state = optimizer.init(&flat(1)?, &[0.0])?;
        let mut before = 1e-6;
        for g in g {
            optimizer.update(&mut state, &mut [0.0], Gradient::sum_of(&[&[g]]))?;
            let now = state.vector("0.nu")?[0];
            prop_assert!(now >= 0.0);
            at_most((now - before).abs(), (1.0 - beta2) * g * g * (1.0 + 1e-12) + 5e-16 * (before + now))?;
            before = now;
        }
    }

    #[test]
    fn belief_rewards_what_is_expected(g in 0.1..10.0, k in 10..60_usize) {
        let optimizer = descend(ScaleByBelief::default(), 1.0)?;
        let mut calm = optimizer.init(&flat(1)?, &[0.0])?;
        let mut wild = calm.clone();
        for t in 0..k {
            optimizer.update(&mut calm, &mut [0.0], Gradient::sum_of(&[&[g]]))?;
            let turned = if t % 2 == 0 { g } else { -g };
            optimizer.update(&mut wild, &mut [0.0], Gradient::sum_of(&[&[turned]]))?;
        }
        prop_assert!(calm.vector("0.variance")?[0] < 0.5 * wild.vector("0.variance")?[0]);
        // The square, which Adam keeps, is the same for both.
    }

    #[test]
    fn rprop_grows_and_shrinks_by_its_factors(g in some_gradients()) {
        let settings = ScaleByRprop { start: 0.5, grow: 1.5, shortest: 1e-3, longest: 4.0, ..ScaleByRprop::default() };
        let optimizer = descend(settings, 1.0)?;
        let mut state = optimizer.init(&flat(1)?, &[0.0])?;
        let (mut length, mut last) = (0.5_f64, 0.0_f64);
        for g in g {
            let mut theta = [0.0];
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[g]]))?;
            let sign = if g == 0.0 { 0.0 } else { g.signum() };
            let factor = if sign * last > 0.0 { 1.5 } else if sign * last < 0.0 { 0.5 } else { 1.0 };
            length = (length * factor).clamp(1e-3, 4.0);
            last = if sign * last < 0.0 { 0.0 } else { sign };
            prop_assert_eq!(theta[0], -last * length);
        }
    }

    #[test]
    fn rprop_ignores_the_scale(g in integers(1..40), power in -60..60) {
        let optimizer = descend(ScaleByRprop::default(), 1.0)?;
        let scaled: Vec<f64> = g.iter().map(|g| g * 2_f64.powi(power)).collect();
        prop_assert_eq!(bits(&steps(&optimizer, &g)?), bits(&steps(&optimizer, &scaled)?));
    }

    #[test]
    fn adan_steps_by_the_sign_of_a_constant_gradient(g in 0.1..10.0_f64, k in 1..60_usize) {
        for step in steps(&descend(ScaleByAdan::default(), 1.0)?, &vec![-g; k])? {
            relative(step, -1.0, 1e-6)?; // ε = 1e-8 over 0.1
        }
    }

    #[test]
    fn stochastic_weight_averages_are_means(x in vector(1..8), start in 1..5_u64, every in 1..4_u64, k in 5..12_u64) {
        let pull = |t: u64, x: &[f64]| x.iter().map(|x| x / t as f64).collect::<Vec<_>>();
        let plain = sgd(0.5)?;
        let optimizer = sgd(0.5)?.before(MeanOfSteps { start, every })?;
        let (mut state, mut theta) = (optimizer.init(&flat(x.len())?, &x)?, x.clone());
        let mut counted = Vec::new();
        for t in 1..=k {
            let g = pull(t, &theta);
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            prop_assert_eq!(bits(&theta), bits(&run(&plain, &x, t, pull)?));
            if t >= start && (t - start) % every == 0 {
                counted.push(theta.clone());
            }
        }
        let mut mean = vec![0.0; x.len()];
        optimizer.evaluate(&state, &theta, &mut mean)?;
        for (i, mean) in mean.iter().enumerate() {
            let column = || counted.iter().map(|theta| theta[i]);
            let size = column().fold(0.0, |a: f64, x| a.max(x.abs()));
            at_most((mean - column().sum::<f64>() / counted.len() as f64).abs(), 1e-14 * size)?;
        }
    }

    /// Moreau's decomposition: the proximal map of λ|·| and the projection onto [−λ, λ] make the whole.
    #[test]
    fn soft_threshold_and_clip_make_the_whole(x in vector(1..20), lambda in 0.0..2.0_f64) {
        let lambda = lambda + 0.01;
        let nothing = |_: u64, x: &[f64]| vec![0.0; x.len()];
        let shrunk = run(&sgd(1.0)?.before(SoftThreshold::new(1.0, lambda))?, &x, 1, nothing)?;
        let clip = sgd(1.0)?.after(ClipByValue { limit: lambda })?;
        let clipped = run(&clip, &vec![0.0; x.len()], 1, |_, _| x.iter().map(|x| -x).collect())?;
        for (x, (shrunk, clipped)) in x.iter().zip(shrunk.iter().zip(clipped)) {
            scaled(shrunk + clipped, *x, 4.0 * f64::EPSILON, x.abs().max(lambda))?;
        }
    }

    #[test]
    fn soft_thresholding_solves_the_lasso(c in prop::collection::vec(-3.0..3.0_f64, 1..8), lambda in 0.0..2.0) {
        let optimizer = sgd(0.5)?.before(SoftThreshold::new(lambda, 0.5))?;
        let pull = |_: u64, x: &[f64]| x.iter().zip(&c).map(|(x, c)| x - c).collect::<Vec<f64>>();
        let theta = run(&optimizer, &vec![1.0; c.len()], 80, pull)?;
        for (x, c) in theta.iter().zip(&c) {
            let solution = c.signum() * (c.abs() - lambda).max(0.0);
            if solution == 0.0 && c.abs() < lambda - 1e-9 {
                prop_assert_eq!(*x, 0.0);
            }
            at_most((x - solution).abs(), 1e-9)?;
        }
    }

    #[test]
    fn clipping_by_norm_is_by_tensor(g in vector(6), theta in prop_oneof![vector(6), Just(vec![0.0; 6])], limit in 0.1..3.0, part in 0.01..1.0) {
        let mut layout = Layout::new();
        layout.push("a", Shape::new(2, 1))?;
        layout.push("b", Shape::new(2, 2))?;
        for rule in [ClipByNorm::Absolute(limit), ClipByNorm::Relative { part, floor: 0.5 }] {
            let optimizer = chain(vec![Link::new((rule, ScaleByLearningRate::new(1.0)))])?;
            let (mut state, mut after) = (optimizer.init(&layout, &theta)?, theta.clone());
            optimizer.update(&mut state, &mut after, Gradient::sum_of(&[&g]))?;
            for range in [0..2, 2..6] {
                let (g, x) = (&g[range.clone()], &theta[range.clone()]);
                let most = if rule == ClipByNorm::Absolute(limit) { limit } else { part * norm(x).max(0.5) };
                let factor = (most / norm(g)).min(1.0);
                for ((after, x), g) in after[range].iter().zip(x).zip(g) {
                    at_most((after - (x - factor * g)).abs(), 1e-14 * (x.abs() + g.abs()))?;
                }
            }
        }
    }

    #[test]
    fn centered_gradients_sum_to_zero(g in vector(14)) {
        let mut layout = Layout::new();
        layout.push("w", Shape::new(3, 4))?;
        layout.push("b", Shape::new(2, 1))?;
        let run = |times: usize| -> Result<Vec<f64>, OptimError> {
            let mut links: Vec<Link<f64>> = (0..times).map(|_| Link::coarse(CenterGradients)).collect();
            links.push(Link::new(ScaleByLearningRate::new(1.0)));
            let (optimizer, mut theta) = (chain(links)?, vec![0.0; 14]);
            let mut state = optimizer.init(&layout, &theta)?;
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            Ok(theta)
        };
        let (once, twice) = (run(1)?, run(2)?);
        let size = g.iter().fold(0.0_f64, |a, g| a.max(g.abs()));
        for (i, row) in once[..12].chunks(4).enumerate() {
            at_most(row.iter().sum::<f64>().abs(), 16.0 * f64::EPSILON * size)?;
            // What is taken off is the same for the whole row.
            let mean = g[4 * i] + row[0];
            for j in 0..4 {
                at_most((g[4 * i + j] + row[j] - mean).abs(), 4.0 * f64::EPSILON * size)?;
            }
        }
        prop_assert_eq!(&once[12..], &[-g[12], -g[13]]);
        for (a, b) in once.iter().zip(twice) {
            at_most((a - b).abs(), 4.0 * f64::EPSILON * size)?;
        }
    }

    #[test]
    fn the_first_lars_step_is_relative(theta in vector(6), g in vector(6), rate in 0.1..2.0, trust in 1e-4..0.1) {
        let mut layout = Layout::new();
        layout.push("a", Shape::new(2, 1))?;
        layout.push("b", Shape::new(4, 1))?;
        let optimizer = lars(rate, 0.0, 0.9, trust)?;
        let (mut state, mut after) = (optimizer.init(&layout, &theta)?, theta.clone());
        optimizer.update(&mut state, &mut after, Gradient::sum_of(&[&g]))?;
        for range in [0..2, 2..6] {
            let moved: Vec<f64> = range.clone().map(|i| after[i] - theta[i]).collect();
            let (length, g) = (norm(&theta[range.clone()]), norm(&g[range]));
            if length > 1e-6 && g > 1e-6 {
                relative(norm(&moved), rate * trust * length, 1e-9)?; // the step is the difference of parameters
            }
        }
    }
}

#[test]
#[allow(clippy::too_many_lines, reason = "every setting once")]
fn settings_of_methods_are_checked() {
    let refused = |rprop: ScaleByRprop| descend::<f32>(rprop, 1.0).is_err();
    let good = ScaleByRprop::default();
    assert!(!refused(good));
    assert!(
        !refused(ScaleByRprop {
            start: 50.0,
            ..good
        }) && !refused(ScaleByRprop {
            start: 1e-6,
            ..good
        })
    );
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(
            refused(ScaleByRprop { start: bad, ..good })
                && refused(ScaleByRprop {
                    longest: bad,
                    ..good
                })
        );
        assert!(
            refused(ScaleByRprop { grow: bad, ..good })
                && refused(ScaleByRprop {
                    shrink: bad,
                    ..good
                })
        );
        assert!(
            descend::<f32>(
                ScaleByAdadelta {
                    epsilon: bad,
                    ..ScaleByAdadelta::default()
                },
                1.0
            )
            .is_err()
        );
        assert!(
            descend::<f32>(
                ScaleByYogi {
                    epsilon: bad,
                    ..ScaleByYogi::default()
                },
                1e-3
            )
            .is_err()
        );
        assert!(
            descend::<f32>(
                ScaleByAdamax {
                    epsilon: bad,
                    ..ScaleByAdamax::default()
                },
                1e-3
            )
            .is_err()
        );
        assert!(
            descend::<f32>(
                ScaleByAdan {
                    epsilon: bad,
                    ..ScaleByAdan::default()
                },
                1e-3
            )
            .is_err()
        );
        assert!(descend::<f32>(ClipByNorm::Absolute(bad), 1.0).is_err());
    }
    assert!(refused(ScaleByRprop {
        start: 60.0,
        ..good
    }));
    for bad in [1.0, -0.1, f64::NAN] {
        let adam = ScaleByAdam {
            beta1: bad,
            ..ScaleByAdam::default()
        };
        assert!(
            descend::<f64>(
                ScaleByAmsgrad {
                    adam,
                    ..ScaleByAmsgrad::default()
                },
                1e-3
            )
            .is_err()
        );
        assert!(descend::<f64>(ScaleByRectifiedAdam { adam }, 1e-3).is_err());
        assert!(
            descend::<f64>(
                ScaleByNadam {
                    beta2: bad,
                    ..ScaleByNadam::default()
                },
                1e-3
            )
            .is_err()
        );
        assert!(
            descend::<f64>(
                ScaleByBelief {
                    beta1: bad,
                    ..ScaleByBelief::default()
                },
                1e-3
            )
            .is_err()
        );
    }
    let inside = ScaleByAdam {
        epsilon: Epsilon::InsideRoot(1e-8),
        ..ScaleByAdam::default()
    };
    assert!(descend::<f64>(ScaleByRectifiedAdam { adam: inside }, 1e-3).is_ok());
    assert!(
        sgd::<f64>(0.1)
            .and_then(|s| s.before(MeanOfSteps { start: 0, every: 1 }))
            .is_err()
    );
    assert!(
        sgd::<f64>(0.1)
            .and_then(|s| s.before(SoftThreshold::new(-1.0, 0.1)))
            .is_err()
    );
}
