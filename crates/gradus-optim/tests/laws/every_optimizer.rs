//! What holds for every chain: one conformance table.

use crate::{bits, flat, ordinary, run, single};
use gradus_optim::{
    AddDecayedWeights, AddL1Gradient, AddNoise, BLOCK, CenterGradients, Chain, ClipByGlobalNorm,
    ClipByNorm, ClipByValue, Cosine, Epsilon, Float, Gradient, Key, Layout, Link, MeanOfSteps,
    OptimError, ScaleByAdadelta, ScaleByAdam, ScaleByAdamax, ScaleByAdan, ScaleByAmsgrad,
    ScaleByBelief, ScaleByFactor, ScaleByLearningRate, ScaleByNadam, ScaleByProdigy,
    ScaleByRectifiedAdam, ScaleByRprop, ScaleBySign, ScaleBySoap, ScaleBySophia, ScaleByYogi,
    Shape, SoftThreshold, WarmUp, adam, adam_w, adam_w_paper, chain, descend, lars, momentum,
    nesterov, sgd,
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

/// Every kind of transformation.
fn all<T: Float>() -> Chains<T> {
    let warm_up = WarmUp {
        start: 0.0,
        steps: 3,
        then: 0.01,
    };
    let rate = ScaleByLearningRate::new;
    let noise = AddNoise {
        eta: 0.1,
        gamma: 0.55,
        key: Key::new(0),
    };
    let soap = ScaleBySoap {
        largest: 16,
        every: 2,
        ..ScaleBySoap::default()
    };
    let belief = ScaleByBelief {
        epsilon: 1e-8,
        ..ScaleByBelief::default()
    };
    let mut all = element_wise()?;
    all.extend([
        adam_w(warm_up, 0.1)?,
        adam_w_paper(0.01, 1.0, 0.1)?,
        momentum(0.1, 0.9)?.after(AddDecayedWeights::new(0.1))?,
        sgd(0.1)?.after(AddL1Gradient { lambda: 0.01 })?,
        adam(0.01)?.after(ClipByGlobalNorm { max_norm: 0.5 })?,
        descend(ScaleByAdadelta::default(), 1.0)?,
        descend(ScaleByAmsgrad::default(), 0.01)?,
        descend(ScaleByNadam::default(), 0.01)?,
        descend(ScaleByRectifiedAdam::default(), 0.01)?,
        descend(ScaleByAdamax::default(), 0.01)?,
        descend(ScaleByYogi::default(), 0.01)?,
        descend(belief, 0.01)?,
        descend(ScaleByAdan::default(), 0.01)?,
        descend(ScaleBySign, 0.01)?,
        descend(ScaleByRprop::default(), 1.0)?,
        lars(0.1, 0.01, 0.9, 0.01)?,
        sgd(0.1)?.after(ClipByNorm::Absolute(0.5))?,
        sgd(0.1)?.before(SoftThreshold::new(0.1, 0.1))?,
        sgd(0.1)?.before(MeanOfSteps { start: 2, every: 2 })?,
        chain(vec![Link::coarse(CenterGradients), Link::new(rate(0.1))])?,
        chain(vec![Link::coarse(noise), Link::new(rate(0.1))])?,
        descend(ScaleBySophia::default(), 0.01)?,
        chain(vec![
            Link::coarse(ScaleByProdigy::default()),
            Link::new(rate(1.0)),
        ])?,
        chain(vec![Link::coarse(soap), Link::new(rate(0.01))])?,
    ]);
    Ok(all)
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
    fn save_and_restore_changes_no_bit(x in vector(1..30), k in 0..8_u64, m in 1..8_u64) {
        for optimizer in &all::<f64>()? {
            let layout = flat(x.len())?;
            let (mut state, mut theta) = (optimizer.init(&layout, &x)?, x.clone());
            let mut restored = optimizer.init(&layout, &x)?;
            for t in 1..=k + m {
                let g = wavy(t, &theta);
                optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
                if t == k {
                    for name in state.names() {
                        restored.restore(name, state.vector(name)?)?;
                    }
                    for name in state.number_names() {
                        restored.restore_number(name, state.number(name)?)?;
                    }
                    restored.restore_step(state.step());
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
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            let (state_before, before) = (state.clone(), bits(&theta));
            let at = at % x.len();
            g[at] = bad;
            let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]));
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
            optimizer.update(&mut state, &mut one, Gradient::sum_of(&[&x, y, z]))?;
            let mut state = optimizer.init(&flat(x.len())?, &x)?;
            optimizer.update(&mut state, &mut other, Gradient::sum_of(&[&sum]))?;
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
    for optimizer in &all::<f32>()? {
        let (mut whole_state, mut whole) = (optimizer.init(&layout, &start)?, start.clone());
        let (mut state, mut theta) = (optimizer.init(&layout, &start)?, start.clone());
        for t in 1..=4 {
            let g = wavy(t, &whole);
            let half: Vec<f32> = g.iter().map(|g| g * 0.25).collect();
            let shards: [&[f32]; 3] = [&g, &half, &half];
            optimizer.update(&mut whole_state, &mut whole, Gradient::sum_of(&shards))?;
            let known = Gradient::known_ordinary(&shards);
            let mut step = optimizer.prepare(&mut state, &mut theta, known)?;
            while let Some(pass) = step.next_pass() {
                let (left, right) = pass.halves();
                let (middle, end) = right.halves();
                end.run();
                left.run();
                middle.run();
            }
        }
        assert_eq!(bits(&theta), bits(&whole));
        assert_eq!(state, whole_state);
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
