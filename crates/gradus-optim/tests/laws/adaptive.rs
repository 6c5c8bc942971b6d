//! Optimizers with a rate for every parameter, besides Adam.

use crate::{bits, flat, run, steps};
use gradus_optim::{
    ClipByValue, Epsilon, Gradient, Layout, Link, RootEpsilon, ScaleByAdagrad, ScaleByAdam,
    ScaleByLearningRate, ScaleByParameterRms, ScaleByRms, ScaleByStandardDeviation,
    ScaleByTrustRatio, Shape, adagrad, chain, descend, lion, rms_prop,
};
use gradus_testkit::strategies::{integers, vector};
use gradus_testkit::{at_most, cases, relative, within_ulps};
use proptest::prelude::*;

fn down(rate: f64) -> ScaleByLearningRate {
    ScaleByLearningRate::new(rate)
}

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn adagrad_falls_as_the_root_of_time(g in prop_oneof![1e-3..1e3, -1e-3..-1e-9, 1e100..1e120], k in 1..200_u64) {
        let tiny = ScaleByAdagrad { initial: 0.0, epsilon: 1e-300 };
        let lengths = steps(&descend(tiny, 0.5)?, &vec![g; usize::try_from(k)?])?;
        for (t, step) in (1..).zip(lengths) {
            // k additions of g² round the sum, the root halves that, and three roundings follow.
            relative(step, 0.5 * g.signum() / f64::from(t).sqrt(), (0.5 * f64::from(t) + 4.0) * f64::EPSILON)?;
        }
    }

    #[test]
    fn adagrads_rates_never_rise(g in prop::collection::vec((-200..200_i32, any::<bool>()), 1..60), initial in 0.0..2.0_f64) {
        let g: Vec<f64> = g.into_iter().map(|(power, minus)| f64::powi(2.0, power) * if minus { -1.0 } else { 1.0 }).collect();
        let optimizer = descend(ScaleByAdagrad { initial, ..ScaleByAdagrad::default() }, 0.5)?;
        let steps = steps(&optimizer, &g)?;
        let rates: Vec<f64> = steps.iter().zip(g).map(|(step, g)| step / g).collect();
        for pair in rates.windows(2) {
            at_most(pair[1], pair[0] * (1.0 + 4.0 * f64::EPSILON))?; // two roundings each
        }
    }

    #[test]
    fn adagrad_ignores_the_scale(g in integers(1..20), power in -30..30, k in 1..20_u64) {
        let tiny = ScaleByAdagrad { initial: 0.0, epsilon: 1e-300 };
        let optimizer = chain(vec![Link::new((tiny, down(0.1)))])?;
        let gradients = |scale: f64| {
            let g = &g;
            move |t: u64, _: &[f64]| g.iter().map(|g| g * (1.0 + t as f64) * scale).collect::<Vec<_>>()
        };
        let start = vec![1.0; g.len()];
        let one = run(&optimizer, &start, k, gradients(1.0))?;
        prop_assert_eq!(bits(&one), bits(&run(&optimizer, &start, k, gradients(2_f64.powi(power)))?));
    }

    #[test]
    fn adagrad_meets_its_regret(targets in prop::collection::vec(-1.0..1.0_f64, 1..60), start in -1.0..1.0_f64) {
        // Losses |x − y| on [−1, 1], whose subgradients are signs; regret against the best fixed point.
        let optimizer = adagrad(2_f64.sqrt())?; // D / √2 with the width D = 2
        let mut state = optimizer.init(&flat(1)?, &[start])?;
        let (mut x, mut loss, mut squares) = ([start], 0.0, 0.0);
        for &y in &targets {
            let g = if x[0] == y { 0.0 } else { (x[0] - y).signum() };
            loss += (x[0] - y).abs();
            squares += g * g;
            optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&[g]]))?;
            x[0] = x[0].clamp(-1.0, 1.0);
        }
        let best = targets.iter().map(|m| targets.iter().map(|y| (m - y).abs()).sum::<f64>());
        let regret = loss - best.fold(f64::INFINITY, f64::min);
        at_most(regret, 2_f64.sqrt() * 2.0 * f64::sqrt(squares) + 1e-9)?;
    }

    #[test]
    fn rms_steps_are_bounded(g in vector(1..60), beta in 0.0..0.999) {
        let optimizer = rms_prop(1.0, beta)?;
        let mut state = optimizer.init(&flat(1)?, &[0.0])?;
        for g in g {
            let mut theta = [0.0];
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[g]]))?;
            at_most(theta[0].abs(), (1.0 + 1e-14) / (1.0 - beta).sqrt())?;
        }
    }

    #[test]
    fn rms_without_memory_is_the_sign(g in vector(1..20), epsilon in 1e-12..1.0_f64) {
        let optimizer = chain(vec![Link::new((ScaleByRms { beta: 0.0, epsilon: RootEpsilon::Outside(epsilon) }, down(1.0)))])?;
        let theta = run(&optimizer, &vec![0.0; g.len()], 1, |_, _| g.clone())?;
        for (x, g) in theta.iter().zip(&g) {
            if *g == 0.0 || g.abs() > 1e-150 {
                within_ulps(0.0 - x, g / (g.abs() + epsilon), 2)?;
            }
        }
    }

    #[test]
    fn epsilon_inside_of_the_root_counts_as_its_root(g in vector(1..40), beta in 0.0..0.99, epsilon in 1e-6..1.0_f64) {
        let of = |epsilon| chain(vec![Link::new((ScaleByRms { beta, epsilon }, down(1.0)))]);
        let chains = [of(RootEpsilon::Inside(epsilon))?, of(RootEpsilon::Outside(epsilon.sqrt()))?];
        let mut states = [chains[0].init(&flat(1)?, &[0.0])?, chains[1].init(&flat(1)?, &[0.0])?];
        for g in g {
            let mut steps = [[0.0], [0.0]];
            for i in 0..2 {
                chains[i].update(&mut states[i], &mut steps[i], Gradient::sum_of(&[&[g]]))?;
            }
            // √(v + ε) ≤ √v + √ε ≤ √2 √(v + ε)
            let [[inside], [outside]] = steps.map(|x| x.map(f64::abs));
            at_most(outside, inside * (1.0 + 1e-14))?;
            at_most(inside, 2_f64.sqrt() * outside * (1.0 + 1e-14))?;
            let v = states[0].vector("0.nu")?[0];
            if v > 0.0 {
                relative(inside, g.abs() / (v + epsilon).sqrt(), 1e-14)?;
            }
        }
    }

    #[test]
    fn rms_is_adam_without_momentum(g in vector(1..10), beta in 0.0..0.999, k in 1..20_u64) {
        let adam = ScaleByAdam { beta1: 0.0, beta2: beta, epsilon: Epsilon::Uncorrected(1e-8) };
        let gradients = |t: u64, _: &[f64]| g.iter().map(|g| g * t as f64).collect::<Vec<_>>();
        let start = vec![0.0; g.len()];
        let last = |optimizer: &gradus_optim::Chain<f64>| -> Result<Vec<f64>, gradus_optim::OptimError> {
            let (mut state, mut theta) = (optimizer.init(&flat(g.len())?, &start)?, start.clone());
            for t in 1..=k {
                theta.fill(0.0);
                let g = gradients(t, &theta);
                optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            }
            Ok(theta)
        };
        let ours = last(&rms_prop(1.0, beta)?)?;
        let theirs = last(&chain(vec![Link::new((adam, down(1.0)))])?)?;
        let correction = (1.0 - beta.powf(k as f64)).sqrt();
        for (rms, adam) in ours.iter().zip(theirs) {
            relative(*rms, adam / correction, 1e-12)?;
        }
    }

    #[test]
    fn centering_never_shortens_a_step(g in vector(1..40), beta in 0.0..0.99) {
        let of = |link: Link<f64>| chain(vec![link]);
        let plain = of(Link::new((ScaleByRms { beta, epsilon: RootEpsilon::Outside(1e-8) }, down(1.0))))?;
        let centered = of(Link::new((ScaleByStandardDeviation { beta, epsilon: 1e-8 }, down(1.0))))?;
        let mut states = [plain.init(&flat(1)?, &[0.0])?, centered.init(&flat(1)?, &[0.0])?];
        for g in g {
            let (mut one, mut other) = ([0.0], [0.0]);
            plain.update(&mut states[0], &mut one, Gradient::sum_of(&[&[g]]))?;
            centered.update(&mut states[1], &mut other, Gradient::sum_of(&[&[g]]))?;
            prop_assert!(one[0].abs() <= other[0].abs() && one[0] * other[0] >= 0.0);
        }
    }

    #[test]
    fn lion_steps_are_signs(g in vector(1..20), k in 1..10_u64) {
        let optimizer = lion(0.5, 0.0)?;
        let mut state = optimizer.init(&flat(g.len())?, &vec![0.0; g.len()])?;
        for t in 0..k {
            let mut theta = vec![0.0; g.len()];
            let turned: Vec<f64> = g.iter().map(|g| g * if t % 3 == 2 { -8.0 } else { 1.0 }).collect();
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&turned]))?;
            prop_assert!(theta.iter().all(|u| [-0.5, 0.0, 0.5].contains(u)));
            if t == 0 {
                prop_assert!(theta.iter().zip(&g).all(|(u, g)| g.abs() < 1e-300 || *u == -0.5 * g.signum()));
            }
        }
    }

    #[test]
    fn lion_ignores_the_scale(g in integers(1..20), power in -30..30, k in 1..20_u64) {
        let gradients = |scale: f64| {
            let g = &g;
            move |t: u64, _: &[f64]| g.iter().map(|g| g * (3.0 - t as f64) * scale).collect::<Vec<_>>()
        };
        let (optimizer, start) = (lion(0.1, 0.0)?, vec![1.0; g.len()]);
        let one = run(&optimizer, &start, k, gradients(1.0))?;
        prop_assert_eq!(bits(&one), bits(&run(&optimizer, &start, k, gradients(2_f64.powi(power)))?));
    }

    #[test]
    fn the_trust_ratio_is_relative(x in vector(2..30), g in vector(30), cut in 1..29_usize, rate in 0.01..1.0) {
        let (cut, g) = (cut % x.len(), &g[..x.len()]);
        prop_assume!(cut > 0);
        let mut layout = Layout::new();
        layout.push("a", Shape::new(cut, 1))?;
        layout.push("b", Shape::new(x.len() - cut, 1))?;
        let optimizer = chain(vec![Link::new((ScaleByTrustRatio, down(rate)))])?;
        let (mut state, mut theta) = (optimizer.init(&layout, &x)?, x.clone());
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[g]))?;
        for part in [0..cut, cut..x.len()] {
            let moved: Vec<f64> = part.clone().map(|i| theta[i] - x[i]).collect();
            let (of_x, of_g) = (norm(&x[part.clone()]), norm(&g[part.clone()]));
            if of_x > 1e-100 && of_g > 1e-100 {
                relative(norm(&moved), rate * of_x, 1e-12 / rate)?;
            } else {
                at_most(norm(&moved), rate * of_g.max(of_x) * (1.0 + 1e-9))?;
            }
        }
    }

    #[test]
    fn steps_in_units_of_the_parameters_scale_with_them(x in prop::collection::vec(0.5..2.0_f64, 1..20), k in 0..20) {
        let relative = (ScaleByParameterRms { smallest: 1e-3 }, down(0.5));
        let optimizer = chain(vec![Link::new(ClipByValue { limit: 1.0 }), Link::new(relative)])?;
        let scale = 2_f64.powi(k);
        let scaled: Vec<f64> = x.iter().map(|x| x * scale).collect();
        let gradient = |_: u64, x: &[f64]| (0..x.len()).map(|i| (i as f64).cos()).collect::<Vec<_>>();
        let (one, other) = (run(&optimizer, &x, 1, gradient)?, run(&optimizer, &scaled, 1, gradient)?);
        for (one, other) in one.iter().zip(other) {
            within_ulps(one * scale, other, 0)?;
        }
    }
}
