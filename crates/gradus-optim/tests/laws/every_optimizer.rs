//! What holds for every chain: one conformance table.

use crate::{bits, flat, ordinary, run, single};
use gradus_optim::{
    AddDecayedWeights, AddL1Gradient, AddNoise, Average, BLOCK, CenterGradients, Chain,
    ClipByGlobalNorm, ClipByNorm, ClipByValue, Cosine, Epsilon, Float, Gradient, Key, Layout, Link,
    Look, Lookahead, MeanOfSteps, OptimError, Orthogonalize, PreparedStep, RootEpsilon,
    ScaleByAdadelta, ScaleByAdagrad, ScaleByAdam, ScaleByAdamax, ScaleByAdan, ScaleByAmsgrad,
    ScaleByBelief, ScaleByFactor, ScaleByLbfgs, ScaleByLearningRate, ScaleByNadam,
    ScaleByParameterRms, ScaleByPlateau, ScaleByProdigy, ScaleByRectifiedAdam, ScaleByRms,
    ScaleByRprop, ScaleBySign, ScaleBySoap, ScaleBySophia, ScaleByStandardDeviation,
    ScaleByTrustRatio, ScaleByYogi, ScheduleFree, Scheduled, Shape, SkipNonFinite, SoftThreshold,
    Trace, WarmUp, adafactor, adagrad, adam, adam_w, adam_w_paper, chain, descend, lamb, lars,
    lion, momentum, nesterov, rms_prop, sgd,
};
use gradus_testkit::cases;
use gradus_testkit::strategies::vector;
use proptest::prelude::*;

type Chains<T> = Result<Vec<Chain<T>>, OptimError>;

/// Chains that leave parameters alone where there is no gradient and work entry by entry.
fn element_wise<T: Float>() -> Chains<T> {
    let small = ScaleByAdam {
        epsilon: Epsilon::Corrected(1e-30),
        ..ScaleByAdam::default()
    };
    let without = ScaleByAdam {
        epsilon: Epsilon::InsideRoot(0.0),
        ..ScaleByAdam::default()
    };
    let rate = ScaleByLearningRate::new;
    let cosine = Cosine {
        start: 0.25,
        end: 0.0,
        steps: 9,
    };
    Ok(vec![
        sgd(0.125)?,
        momentum(0.125, 0.9)?,
        nesterov(cosine, 0.5)?,
        adam(0.01)?,
        chain(vec![Link::new(small), Link::new(rate(0.5))])?,
        chain(vec![Link::new(without), Link::new(rate(0.5))])?,
        sgd(0.5)?.after(ClipByValue { limit: 0.75 })?,
    ])
}

/// Chains of every kind that leave parameters alone where there is no gradient, and do not decay.
fn still<T: Float>() -> Chains<T> {
    let mut still = element_wise()?;
    still.extend(adaptive()?);
    still.extend(around_others()?);
    still.extend(by_tensors()?);
    Ok(still)
}

/// A rate for each parameter.
fn adaptive<T: Float>() -> Chains<T> {
    let (beta, epsilon, initial) = (0.9, 1e-30, 0.0);
    let centered = ScaleByStandardDeviation {
        beta,
        epsilon: 1e-10,
    };
    let belief = ScaleByBelief {
        epsilon: 1e-8,
        ..ScaleByBelief::default()
    };
    let cycled = Scheduled(|t| ScaleByAdam {
        beta1: 1.0 / (t as f64 + 2.0),
        ..ScaleByAdam::default()
    });
    Ok(vec![
        adagrad(0.1)?,
        descend(ScaleByAdagrad { initial, epsilon }, 0.1)?,
        rms_prop(0.01, 0.9)?,
        descend(
            ScaleByRms {
                beta,
                epsilon: RootEpsilon::Inside(epsilon),
            },
            0.01,
        )?,
        descend(centered, 0.01)?,
        descend(ScaleByAdadelta::default(), 1.0)?,
        descend(ScaleByAmsgrad::default(), 0.01)?,
        descend(ScaleByNadam::default(), 0.01)?,
        descend(ScaleByRectifiedAdam::default(), 0.01)?,
        descend(ScaleByAdamax::default(), 0.01)?,
        descend(belief, 0.01)?,
        descend(ScaleByAdan::default(), 0.01)?,
        descend(ScaleBySign, 0.01)?,
        descend(ScaleByRprop::default(), 1.0)?,
        descend(ScaleBySophia::default(), 0.01)?,
        descend(cycled, 0.01)?,
        lion(0.01, 0.0)?,
    ])
}

/// Clips, averages, and what watches the loss.
fn around_others<T: Float>() -> Chains<T> {
    let plateau = ScaleByPlateau {
        shrink: 0.5,
        patience: 0,
        window: 2,
    };
    let (every, alpha, beta) = (3, 0.5, 0.9);
    Ok(vec![
        adam(0.01)?.after(ClipByGlobalNorm { max_norm: 0.5 })?,
        sgd(0.1)?.after(ClipByNorm::Absolute(0.5))?,
        sgd(0.1)?.after(plateau)?,
        sgd(0.1)?.before(MeanOfSteps { start: 2, every: 2 })?,
        sgd(0.1)?.before(Average { beta })?,
        sgd(0.1)?.before(ScheduleFree { beta })?,
        adam(0.1)?.before(Lookahead { every, alpha })?,
    ])
}

/// What sees tensors, or everything.
fn by_tensors<T: Float>() -> Chains<T> {
    let down = |rate| Link::new(ScaleByLearningRate::new(rate));
    let ahead = Trace {
        decay: 0.9,
        look: Look::Ahead,
    };
    let soap = ScaleBySoap {
        largest: 16,
        every: 2,
        ..ScaleBySoap::default()
    };
    let clip = ClipByValue { limit: 1e6 };
    let lbfgs = Link::coarse(ScaleByLbfgs { memory: 3 });
    let muon = Link::coarse(Orthogonalize::default());
    Ok(vec![
        lamb(0.01, 0.0)?,
        lars(0.1, 0.01, 0.9, 0.0)?,
        adafactor(0.01)?,
        descend((ScaleByParameterRms { smallest: 1e-3 }, clip), 0.01)?,
        descend(ScaleByTrustRatio, 0.01)?,
        chain(vec![Link::coarse(CenterGradients), down(0.1)])?,
        chain(vec![Link::new(ahead), muon, down(0.02)])?,
        chain(vec![lbfgs, Link::new(clip), down(0.1)])?,
        chain(vec![Link::coarse(ScaleByProdigy::default()), down(1.0)])?,
        chain(vec![Link::coarse(soap), down(0.01)])?,
    ])
}

/// Every kind of transformation.
fn all<T: Float>() -> Chains<T> {
    let warm_up = WarmUp {
        start: 0.0,
        steps: 3,
        then: 0.01,
    };
    let noise = AddNoise {
        eta: 0.1,
        gamma: 0.55,
        key: Key::new(0),
    };
    let down = ScaleByLearningRate::new(0.1);
    let mut all = still()?;
    all.extend([
        adam_w(warm_up, 0.1)?,
        adam_w_paper(0.01, 1.0, 0.1)?,
        momentum(0.1, 0.9)?.after(AddDecayedWeights::new(0.1))?,
        sgd(0.1)?.after(AddL1Gradient { lambda: 0.01 })?,
        sgd(0.1)?.before(SoftThreshold::new(0.1, 0.1))?,
        lion(0.01, 0.1)?,
        descend(ScaleByYogi::default(), 0.01)?, // its mean does not begin at zero
        chain(vec![Link::coarse(noise), Link::new(down)])?,
    ]);
    Ok(all)
}

/// The gradient of a step and its loss, which some transformations watch.
fn heard<'a, T: Float>(shards: &'a [&'a [T]], t: u64) -> Gradient<'a, T> {
    Gradient::sum_of(shards).with_loss((t as f64).sin())
}

/// Steps without gradient of every chain that has no decay.
fn stays<T: Float>(x: &[T], steps: u64) -> Result<(), TestCaseError> {
    for optimizer in &still::<T>()? {
        let after = run(optimizer, x, steps, |_, x| vec![T::default(); x.len()])?;
        prop_assert_eq!(&after, x, "{:?}", optimizer);
    }
    Ok(())
}

/// A gradient that depends on the step and on the parameters.
fn wavy<T: Float>(t: u64, theta: &[T]) -> Vec<T> {
    let wave = |i: usize| T::from_f64((t as f64 * 0.7 + i as f64).sin());
    theta
        .iter()
        .enumerate()
        .map(|(i, &x)| x * T::from_f64(0.5) + wave(i))
        .collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn zero_gradient_changes_no_bit(x in ordinary(0..40), steps in 1..20_u64) {
        for optimizer in &element_wise::<f64>()? {
            let after = run(optimizer, &x, steps, |_, x| vec![0.0; x.len()])?;
            prop_assert_eq!(bits(&after), bits(&x), "{:?}", optimizer);
        }
        for optimizer in &element_wise::<f32>()? {
            let x = single(&x.iter().map(|x| x.clamp(-1e18, 1e18)).collect::<Vec<_>>());
            let after = run(optimizer, &x, steps, |_, x| vec![0.0; x.len()])?;
            prop_assert_eq!(bits(&after), bits(&x), "{:?}", optimizer);
        }
    }

    #[test]
    fn no_optimizer_moves_without_a_gradient(x in ordinary(1..20), steps in 1..8_u64) {
        let x: Vec<f64> = x.iter().map(|x| x.clamp(-1e18, 1e18)).collect();
        stays(&x, steps)?;
        stays(&single(&x), steps)?;
    }

    #[test]
    fn save_and_restore_changes_no_bit(x in vector(1..30), k in 0..8_u64, m in 1..8_u64) {
        let skipping = adam(0.01)?.after(SkipNonFinite { in_a_row: 2 })?;
        for optimizer in all::<f64>()?.iter().chain([&skipping]) {
            let layout = flat(x.len())?;
            let (mut state, mut theta) = (optimizer.init(&layout, &x)?, x.clone());
            let mut restored = optimizer.init(&layout, &x)?;
            let nan = vec![f64::NAN; x.len()];
            let skipped = optimizer.update(&mut state, &mut theta, heard(&[&nan], 0)).is_ok(); // counted in the state
            prop_assert_eq!(skipped, std::ptr::eq(optimizer, &raw const skipping));
            for t in 1..=k + m {
                let g = wavy(t, &theta);
                optimizer.update(&mut state, &mut theta, heard(&[&g], t))?;
                if t == k {
                    for name in state.names() {
                        restored.restore(name, state.vector(name)?)?;
                    }
                    for name in state.number_names() {
                        restored.restore_number(name, state.number(name)?)?;
                    }
                    restored.restore_step(state.step());
                    prop_assert_eq!(&restored, &state);
                    state = restored.clone();
                }
            }
            prop_assert_eq!(bits(&theta), bits(&run(optimizer, &x, k + m, wavy)?));
            prop_assert_eq!(state.step(), k + m);
        }
    }

    #[test]
    fn joint_and_separate_steps_agree(x in vector(2..30), cut in 0.0..1.0, steps in 1..6_u64) {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cut inside of x")]
        let (a, b) = x.split_at((x.len() as f64 * cut) as usize);
        let pull = |_: u64, x: &[f64]| x.iter().map(|x| 0.5 * x).collect::<Vec<_>>();
        for optimizer in &element_wise::<f64>()? {
            let joint = run(optimizer, &x, steps, pull)?;
            let separate = [run(optimizer, a, steps, pull)?, run(optimizer, b, steps, pull)?];
            prop_assert_eq!(bits(&joint), bits(&separate.concat()));
        }
    }

    #[test]
    fn permuting_parameters_permutes_the_step(x in vector(2..30), turn in 1..29_usize) {
        let pull = |_: u64, x: &[f64]| x.iter().map(|x| 0.5 * x).collect::<Vec<_>>();
        let turned = |x: &[f64]| { let mut x = x.to_vec(); let by = turn % x.len(); x.rotate_left(by); x };
        for optimizer in &element_wise::<f64>()? {
            let one = turned(&run(optimizer, &x, 5, pull)?);
            let other = run(optimizer, &turned(&x), 5, pull)?;
            prop_assert_eq!(bits(&one), bits(&other));
        }
    }

    #[test]
    fn maximizing_is_minimizing_the_negative(x in vector(1..20), steps in 1..6_u64) {
        for (i, minimize) in all::<f64>()?.into_iter().enumerate().take(7) {
            let maximize = element_wise()?.swap_remove(i).after(ScaleByFactor { factor: -1.0 })?;
            let negative = |t, x: &[f64]| wavy(t, x).iter().map(|g| -g).collect();
            let one = run(&maximize, &x, steps, wavy)?;
            prop_assert_eq!(bits(&one), bits(&run(&minimize, &x, steps, negative)?));
        }
    }

    #[test]
    fn a_refused_step_changes_nothing(
        x in vector(1..20),
        at in 0..20_usize,
        bad in prop::sample::select(vec![f64::NAN, f64::INFINITY, f64::NEG_INFINITY]),
    ) {
        for optimizer in &all::<f64>()? {
            let mut state = optimizer.init(&flat(x.len())?, &x)?;
            let mut theta = x.clone();
            let mut g = wavy(1, &theta);
            optimizer.update(&mut state, &mut theta, heard(&[&g], 1))?;
            let (state_before, before) = (state.clone(), bits(&theta));
            let at = at % x.len();
            g[at] = bad;
            let refused = optimizer.update(&mut state, &mut theta, heard(&[&g], 1));
            let named = matches!(
                refused,
                Err(OptimError::NonFinite { step: 2, parameter, index, .. }) if parameter == "w" && index == at
            );
            prop_assert!(named);
            prop_assert_eq!(bits(&theta), before);
            prop_assert_eq!(&state, &state_before);
        }
    }

    #[test]
    fn shards_sum_in_their_order(x in vector(1..20), y in vector(20), z in vector(20)) {
        let (y, z) = (&y[..x.len()], &z[..x.len()]);
        let sum: Vec<f64> = (0..x.len()).map(|i| (x[i] + y[i]) + z[i]).collect();
        for optimizer in &all::<f64>()? {
            let mut state = optimizer.init(&flat(x.len())?, &x)?;
            let (mut one, mut other) = (vec![1.0; x.len()], vec![1.0; x.len()]);
            optimizer.update(&mut state, &mut one, heard(&[&x, y, z], 1))?;
            let mut state = optimizer.init(&flat(x.len())?, &x)?;
            optimizer.update(&mut state, &mut other, heard(&[&sum], 1))?;
            prop_assert_eq!(bits(&one), bits(&other));
        }
    }
}

#[test]
fn splitting_changes_no_bit() -> Result<(), OptimError> {
    let mut layout = Layout::new();
    layout.push("0.weight", Shape::new(BLOCK + 7, 3))?;
    layout.push("0.bias", Shape::new(100, 1))?;
    let n = layout.len();
    let start: Vec<f32> = (0..n).map(|i| (i as f32).cos()).collect();
    let (one, three) = (all::<f32>()?, all::<f32>()?);
    let one = one.iter().map(|optimizer| (optimizer, 1));
    for (optimizer, count) in one.chain(three.iter().map(|optimizer| (optimizer, 3))) {
        let (mut whole_state, mut whole) = (optimizer.init(&layout, &start)?, start.clone());
        let (mut state, mut theta) = (optimizer.init(&layout, &start)?, start.clone());
        for t in 1..=4 {
            let g = wavy(t, &whole);
            let half: Vec<f32> = g.iter().map(|g| g * 0.25).collect();
            let shards: [&[f32]; 3] = [&g, &half, &half];
            optimizer.update(&mut whole_state, &mut whole, heard(&shards[..count], t))?;
            let known = Gradient::known_ordinary(&shards[..count]).with_loss((t as f64).sin());
            run_in_thirds(optimizer.prepare(&mut state, &mut theta, known)?);
        }
        assert_eq!(bits(&theta), bits(&whole));
        assert_eq!(state, whole_state);
    }
    Ok(())
}

/// The last third first.
fn run_in_thirds(mut step: PreparedStep<'_, f32>) {
    while let Some(pass) = step.next_pass() {
        let (left, right) = pass.halves();
        let (middle, end) = right.halves();
        end.run();
        left.run();
        middle.run();
    }
}

#[test]
fn where_a_vector_begins_changes_no_bit() -> Result<(), OptimError> {
    let n = 300;
    let (layout, g) = (flat(n)?, wavy::<f32>(1, &vec![0.5; n]));
    for optimizer in &all::<f32>()? {
        let mut states = (0..17).map(|skipped| {
            let mut memory = vec![0.5; skipped + n];
            let theta = &mut memory[skipped..];
            let mut state = optimizer.init(&layout, theta)?;
            optimizer.update(&mut state, theta, heard(&[&g], 1))?;
            Ok((bits(theta), state))
        });
        let first: Result<_, OptimError> = states.next().transpose();
        let first = first?;
        for other in states {
            assert!(first.as_ref() == Some(&other?));
        }
    }
    Ok(())
}

#[test]
fn names_and_vectors_belong_together() -> Result<(), OptimError> {
    let layout = flat(BLOCK + 5)?;
    let optimizer = adam::<f64>(0.1)?;
    let (mut state, mut theta) = (
        optimizer.init(&layout, &vec![0.0; BLOCK + 5])?,
        vec![0.0; BLOCK + 5],
    );
    let g: Vec<f64> = (0..BLOCK + 5).map(|i| i as f64).collect();
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
    let gain = [1.0 - 0.9, 1.0 - 0.999];
    let mu: Vec<f64> = g.iter().map(|g| gain[0] * g).collect();
    let nu: Vec<f64> = g.iter().map(|g| gain[1] * (g * g)).collect();
    assert_eq!(state.vector("0.mu")?, mu);
    assert_eq!(state.vector("0.nu")?, nu);
    Ok(())
}
