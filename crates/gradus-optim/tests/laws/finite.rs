//! No silent damage: after a step that was accepted, every parameter is finite.

use crate::{bits, flat};
use gradus_optim::{
    AddDecayedWeights, AddL1Gradient, AddNoise, Average, Chain, ClipByGlobalNorm, ClipByValue,
    Entrywise, Epsilon, Float, Gradient, Key, Layout, Link, Look, Lookahead, OptimError,
    Orthogonalize, RootEpsilon, ScaleByAdagrad, ScaleByAdam, ScaleByFactor, ScaleByFactoredRms,
    ScaleByLbfgs, ScaleByLearningRate, ScaleByParameterRms, ScaleByPlateau, ScaleByProdigy,
    ScaleByRms, ScaleBySoap, ScaleBySophia, ScaleByStandardDeviation, ScaleByTrustRatio,
    ScheduleFree, Scheduled, Shape, SkipNonFinite, StepDecay, Trace, adafactor, adagrad, adam,
    adam_w, chain, descend, lamb, lion, momentum, nesterov, rms_prop, sgd,
};
use gradus_testkit::cases;
use proptest::prelude::*;

type Made<T> = Result<Chain<T>, OptimError>;

/// Every optimizer and every transformation, with this rate; those that refuse it are left out.
fn every<T: Float>(rate: f64) -> Vec<Chain<T>> {
    let made = optimizers(rate)
        .into_iter()
        .chain(alone(rate))
        .chain(in_company(rate));
    made.flatten().collect()
}

fn optimizers<T: Float>(rate: f64) -> Vec<Made<T>> {
    vec![
        sgd(rate),
        momentum(rate, 0.9),
        nesterov(rate, 0.999_999_9),
        adam(rate),
        adam_w(rate, 0.1),
        adagrad(rate),
        rms_prop(rate, 0.99),
        lion(rate, 0.1),
        lamb(rate, 0.1),
        adafactor(rate),
    ]
}

/// One transformation and the rate.
fn alone<T: Float>(rate: f64) -> Vec<Made<T>> {
    fn with<T: Float>(rate: f64, what: impl Entrywise<T> + 'static) -> Made<T> {
        chain(vec![Link::new((what, ScaleByLearningRate::new(rate)))])
    }
    let adam_of = |beta1, beta2, epsilon| ScaleByAdam {
        beta1,
        beta2,
        epsilon,
    };
    let cycled = Scheduled(|t| ScaleByAdam {
        beta1: 1.0 / (t as f64 + 2.0),
        ..ScaleByAdam::default()
    });
    let (beta, epsilon) = (0.9, 1e-30);
    let centered = ScaleByStandardDeviation {
        beta,
        epsilon: 1e-8,
    };
    let momentum = Trace {
        decay: 0.9,
        look: Look::Here,
    };
    let down = || ScaleByLearningRate::new(rate);
    vec![
        with(rate, adam_of(0.99, 0.9, Epsilon::Corrected(1e-8))),
        with(rate, adam_of(0.9, 0.999, Epsilon::Corrected(0.0))),
        with(rate, adam_of(0.0, 0.0, Epsilon::InsideRoot(0.0))),
        with(rate, adam_of(0.9, 0.999_999_9, Epsilon::Uncorrected(0.0))),
        with(rate, centered),
        with(
            rate,
            ScaleByRms {
                beta,
                epsilon: RootEpsilon::Outside(epsilon),
            },
        ),
        with(
            rate,
            ScaleByRms {
                beta,
                epsilon: RootEpsilon::Inside(epsilon),
            },
        ),
        with(
            rate,
            ScaleByAdagrad {
                initial: 0.1,
                epsilon,
            },
        ),
        with(rate, ScaleByParameterRms { smallest: 1e-3 }),
        with(rate, ScaleByTrustRatio),
        with(rate, cycled),
        chain(vec![Link::new((down(), momentum))]),
    ]
}

/// Chains of several links.
fn in_company<T: Float>(rate: f64) -> Vec<Made<T>> {
    let down = || ScaleByLearningRate::new(rate);
    let coarse = |link: Link<T>| chain(vec![link, Link::new((ClipByValue { limit: 1e3 }, down()))]);
    let falling = StepDecay {
        start: rate,
        factor: 0.1,
        every: 1,
    };
    let (slow, plateau) = (
        Lookahead {
            every: 2,
            alpha: 0.5,
        },
        ScaleByPlateau {
            shrink: 0.5,
            patience: 0,
            window: 1,
        },
    );
    let soap = ScaleBySoap {
        every: 2,
        ..ScaleBySoap::default()
    };
    let noise = AddNoise {
        eta: 1e30,
        gamma: 0.0,
        key: Key::new(0),
    };
    let factored = ScaleByFactoredRms {
        epsilon: 1e-30,
        ..ScaleByFactoredRms::default()
    };
    vec![
        sgd(falling).and_then(|c| c.before(slow)),
        sgd(rate).and_then(|c| c.before(ScheduleFree { beta: 0.9 })),
        sgd(rate).and_then(|c| c.before(ScheduleFree { beta: 1e-6 })),
        sgd(rate).and_then(|c| c.before(Average { beta: 0.9 })),
        sgd(rate).and_then(|c| c.after(ClipByGlobalNorm { max_norm: 1e30 })),
        sgd(rate).and_then(|c| c.after(AddDecayedWeights::new(1e10))),
        sgd(rate).and_then(|c| c.after(AddL1Gradient { lambda: 1e10 })),
        sgd(rate).and_then(|c| c.after(ScaleByFactor { factor: -1e20 })),
        sgd(rate).and_then(|c| c.after(plateau)),
        adam(rate).and_then(|c| c.after(ScaleByFactor { factor: 1e15 })),
        adam(rate).and_then(|c| c.after(ClipByGlobalNorm { max_norm: 1e-6 })),
        coarse(Link::coarse(Orthogonalize::default())),
        coarse(Link::coarse(factored)),
        coarse(Link::coarse(ScaleByLbfgs { memory: 2 })),
        coarse(Link::coarse(noise)),
        chain(vec![
            Link::coarse(ScaleByProdigy::default()),
            Link::new(down()),
        ]),
        chain(vec![Link::coarse(soap), Link::new(down())]),
        sgd(rate).and_then(|c| c.after(SkipNonFinite { in_a_row: 2 })),
        descend(ScaleBySophia::default(), rate),
    ]
}

/// Numbers of all sizes, zeros and what is no number.
fn any_size() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => (-330.0..309.0_f64, any::<bool>()).prop_map(|(e, minus)| if minus { -(10_f64.powf(e)) } else { 10_f64.powf(e) }),
        2 => (-46.0..39.0_f64).prop_map(|e| 10_f64.powf(e)),
        2 => -2.0..2.0_f64,
        1 => prop::sample::select(vec![0.0, -0.0, f64::INFINITY, f64::NAN, f64::MAX, -9.2e18, 9.2e18, 6.6e153]),
    ]
}

/// Numbers that a step accepts in `T`.
fn ordinary<T: Float>(x: f64) -> T {
    let x = T::from_f64(x);
    let most = T::MAX.sqrt() * T::from_f64(0.5);
    if x.abs() <= most { x } else { most }
}

fn matrix() -> Result<Layout, OptimError> {
    let mut layout = Layout::new();
    layout.push("w", Shape::new(3, 2))?;
    layout.push("b", Shape::new(2, 1))?;
    Ok(layout)
}

fn all_finite<T: Float>(x: &[T]) -> bool {
    x.iter().all(|x| x.is_finite())
}

/// Runs every chain; the gradient of step t begins at entry t.
fn stays_finite<T: Float>(
    rate: f64,
    theta: &[f64],
    gradients: &[f64],
    tame: bool,
) -> Result<(), TestCaseError> {
    for optimizer in every::<T>(rate) {
        let mut x: Vec<T> = theta.iter().map(|&x| ordinary(x)).collect();
        let mut state = optimizer.init(&matrix()?, &x)?;
        for t in 0..gradients.len() - 8 {
            let g = gradients[t..t + 8]
                .iter()
                .map(|&g| if tame { ordinary(g) } else { T::from_f64(g) });
            let (g, before): (Vec<T>, _) = (g.collect(), bits(&x));
            let shards: [&[T]; 1] = [&g];
            let accepted = optimizer.update(
                &mut state,
                &mut x,
                Gradient::sum_of(&shards).with_loss(gradients[t]),
            );
            if accepted.is_ok() {
                prop_assert!(
                    all_finite(&x),
                    "{optimizer:?} at {rate:e}: {x:?} after {g:?}"
                );
            } else {
                prop_assert_eq!(bits(&x), before);
            }
            for name in state.names() {
                prop_assert!(
                    all_finite(state.vector(name)?),
                    "{name} of {optimizer:?} after {g:?}"
                );
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_accepted_step_leaves_finite_parameters(
        rate in prop_oneof![any_size(), Just(0.1), Just(5e11)],
        theta in prop::collection::vec(any_size(), 8),
        gradients in prop::collection::vec(any_size(), 13),
        tame in any::<bool>(),
    ) {
        stays_finite::<f32>(rate, &theta, &gradients, tame)?;
        stays_finite::<f64>(rate, &theta, &gradients, tame)?;
    }

    #[test]
    fn restored_states_are_sound_or_refused(
        rate in prop_oneof![any_size(), Just(0.1)],
        values in prop::collection::vec(any_size(), 48),
        numbers in prop::collection::vec(any_size(), 6),
        gradients in prop::collection::vec(any_size(), 12),
        step in prop::sample::select(vec![0, 1, 5, 1 << 40, u64::MAX]),
    ) {
        for optimizer in every::<f32>(rate) {
            let mut x = vec![0.5_f32; 8];
            let mut state = optimizer.init(&matrix()?, &x)?;
            for (k, name) in state.names().to_vec().iter().enumerate() {
                let length = state.vector(name)?.len();
                let values: Vec<f32> = (0..length).map(|i| ordinary(values[(i + 8 * k) % values.len()])).collect();
                let _ = state.restore(name, &values); // a negative square is refused
            }
            for (k, name) in state.number_names().to_vec().iter().enumerate() {
                let _ = state.restore_number(name, numbers[k % numbers.len()]);
            }
            state.restore_step(step);
            for t in 0..4 {
                let g: Vec<f32> = gradients[t..t + 8].iter().map(|&g| ordinary(g)).collect();
                let shards: [&[f32]; 1] = [&g];
                if optimizer.update(&mut state, &mut x, Gradient::sum_of(&shards).with_loss(1.0)).is_ok() {
                    prop_assert!(all_finite(&x), "{optimizer:?}: {x:?} after {g:?}");
                }
            }
        }
    }
}

#[test]
fn settings_are_checked_after_rounding() {
    assert!(matches!(
        sgd::<f32>(1e39),
        Err(OptimError::Overflows { value: 1e39, .. })
    ));
    assert!(matches!(
        sgd::<f32>(1e-46),
        Err(OptimError::Vanishes { value: 1e-46, .. })
    ));
    assert!(sgd::<f64>(1e39).is_ok() && sgd::<f64>(1e-46).is_ok() && sgd::<f32>(0.0).is_ok());
    let almost_one = 1.0 - 1e-9;
    assert!(momentum::<f32>(0.1, almost_one).is_err() && momentum::<f64>(0.1, almost_one).is_ok());
    let growing = StepDecay {
        start: 0.0,
        factor: 10.0,
        every: 1,
    };
    assert!(matches!(
        sgd::<f64>(growing),
        Err(OptimError::NotAShare { value: 10.0, .. })
    ));
}

#[test]
fn a_step_that_overflows_is_refused() -> Result<(), OptimError> {
    // A rate of 1e10 and a gradient of 1e30 left −∞ in single precision.
    let optimizer = sgd::<f32>(1e10)?;
    let mut theta = [1.0_f32; 2];
    let mut state = optimizer.init(&flat(2)?, &theta)?;
    let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1e30; 2]]));
    assert!(matches!(refused, Err(OptimError::GradientTooLarge { .. })));
    assert_eq!(theta, [1.0; 2]);
    // A rate that could overflow with an ordinary gradient is refused, whatever the gradient is.
    let optimizer = sgd::<f32>(1e13)?;
    let mut state = optimizer.init(&flat(2)?, &theta)?;
    let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0; 2]]));
    assert!(matches!(
        refused,
        Err(OptimError::UpdateTooLarge { step: 1, .. })
    ));
    // The largest ordinary gradient and the largest rate: finite, and the next step names the parameter.
    let optimizer = sgd::<f32>(1e11)?;
    let mut theta = [9e18_f32; 2];
    let mut state = optimizer.init(&flat(2)?, &theta)?;
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[-9e18; 2]]))?;
    assert!(theta.iter().all(|x| x.is_finite()));
    let next = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0; 2]]));
    assert!(matches!(
        next,
        Err(OptimError::ThetaTooLarge {
            step: 2,
            index: 0,
            ..
        })
    ));
    Ok(())
}

#[test]
fn a_parameter_that_left_its_range_is_named_wherever_it_lies() -> Result<(), OptimError> {
    let optimizer = sgd::<f32>(1e11)?;
    for at in 0..150 {
        let (mut theta, mut g) = (vec![1.0; 150], vec![0.0; 150]);
        g[at] = -9e18;
        let mut state = optimizer.init(&flat(150)?, &theta)?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
        let next = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0; 150]]));
        assert!(
            matches!(next, Err(OptimError::ThetaTooLarge { step: 2, index, .. }) if index == at)
        );
    }
    Ok(())
}

#[test]
fn a_clip_of_huge_gradients_keeps_moving() -> Result<(), OptimError> {
    // The squares of five such gradients sum to infinity in double precision; an infinite norm would freeze θ.
    let optimizer = sgd(1.0)?.after(ClipByGlobalNorm { max_norm: 1.0 })?;
    let mut theta = [0.0; 16];
    let mut state = optimizer.init(&flat(16)?, &theta)?;
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[6e153; 16]]))?;
    assert_eq!(theta, [-0.25; 16]);
    Ok(())
}

#[test]
fn the_sum_of_adagrad_stays_finite() -> Result<(), OptimError> {
    let optimizer = adagrad::<f32>(1.0)?;
    let mut theta = [0.0];
    let mut state = optimizer.init(&flat(1)?, &theta)?;
    for _ in 0..10 {
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[9e18]]))?;
    }
    let after_ten = theta[0];
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[9e18]]))?;
    assert!(state.vector("0.sum")?[0].is_finite() && theta[0] < after_ten);
    Ok(())
}

#[test]
fn what_cannot_have_been_saved_is_refused() -> Result<(), OptimError> {
    let optimizer = adam::<f32>(0.1)?;
    let mut theta = [1.0, 1.0];
    let mut state = optimizer.init(&flat(2)?, &theta)?;
    let refused = state.restore("0.nu", &[1.0, -1.0]);
    assert!(matches!(
        refused,
        Err(OptimError::NegativeState {
            index: 1,
            value: -1.0,
            ..
        })
    ));
    assert!(matches!(
        state.restore_number("0.rate", f64::NAN),
        Err(OptimError::NumberIsNaN { .. })
    ));
    assert_eq!(state, optimizer.init(&flat(2)?, &theta)?);
    // A mean of 1e6 cannot stand beside a mean square of 1e-30.
    state.restore("0.mu", &[0.0, 1e6])?;
    state.restore("0.nu", &[0.0, 1e-30])?;
    let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0; 2]]));
    assert!(matches!(
        refused,
        Err(OptimError::UnsoundState {
            position: 0,
            index: 1,
            ..
        })
    ));
    assert_eq!((theta, state.step()), ([1.0, 1.0], 0));
    Ok(())
}
