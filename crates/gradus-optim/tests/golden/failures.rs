//! The known failures of peers, by name, and what is refused.

use crate::layout;
use gradus_optim::{
    Chain, ClipByGlobalNorm, Epsilon, Gradient, Layout, Link, Look, OptimError, RootEpsilon,
    ScaleByAdam, ScaleByFactor, ScaleByLearningRate, ScaleByRms, State, StepDecay, Trace, adam,
    adam_w, adam_w_paper, chain, descend, global_norm, momentum, sgd,
};

fn one_step(optimizer: &Chain<f32>, g: &[f32]) -> Result<(State<f32>, Vec<f32>), OptimError> {
    let mut state = optimizer.init(&layout(g.len())?, &vec![0.0; g.len()])?;
    let mut theta = vec![1.0; g.len()];
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[g]))?;
    Ok((state, theta))
}

/// optax#1754: a tiny ε in single precision and a zero gradient gave NaN.
#[test]
fn optax_1754_tiny_epsilon_and_zero_gradient() -> Result<(), OptimError> {
    for epsilon in [1e-12, 1e-30, 1e-36, 0.0] {
        for form in [
            Epsilon::Corrected,
            Epsilon::Uncorrected,
            Epsilon::InsideRoot,
        ] {
            let settings = ScaleByAdam {
                epsilon: form(epsilon),
                ..ScaleByAdam::default()
            };
            let rate = ScaleByLearningRate::new(0.1);
            let Ok(optimizer) = chain::<f32>(vec![Link::new(settings), Link::new(rate)]) else {
                assert_eq!(epsilon, 1e-36); // times 1 - β it is no normal number: refused, not lost
                continue;
            };
            let (_, theta) = one_step(&optimizer, &[0.0, 1e-30, 1e-20, -1e-30])?;
            assert!(theta.iter().all(|x| (x - 1.0).abs() <= 0.1), "{theta:?}");
            assert_eq!(theta[0], 1.0);
        }
    }
    let lost = ScaleByAdam {
        epsilon: Epsilon::Corrected(1e-50),
        ..ScaleByAdam::default()
    };
    let refused = chain::<f32>(vec![Link::new(lost)]).err();
    assert!(matches!(
        refused,
        Some(OptimError::Vanishes { value: 1e-50, .. })
    ));
    assert!(chain::<f64>(vec![Link::new(lost)]).is_ok());
    Ok(())
}

/// pytorch#46849, pytorch#55169: clipping by norm turned an infinite gradient into zeros and NaN.
#[test]
fn pytorch_46849_clipping_an_infinite_gradient_is_an_error() -> Result<(), OptimError> {
    let optimizer = sgd::<f32>(0.1)?.after(ClipByGlobalNorm { max_norm: 1.0 })?;
    let refused = one_step(&optimizer, &[1.0, f32::INFINITY]).err();
    assert_eq!(
        refused,
        Some(OptimError::NonFinite {
            step: 1,
            parameter: "w".into(),
            index: 1,
            value: f64::INFINITY
        })
    );
    Ok(())
}

/// pytorch#31367: a negative norm was accepted and turned the gradient around.
#[test]
fn pytorch_31367_a_norm_must_be_positive() {
    for max_norm in [-1.0, 0.0, f64::NAN, f64::INFINITY] {
        let refused = chain::<f32>(vec![Link::new(ClipByGlobalNorm { max_norm })]).err();
        assert!(matches!(
            refused,
            Some(OptimError::NotPositive {
                name: "max_norm",
                ..
            })
        ));
    }
}

/// β = 1 would never learn, a negative ε may divide by 0, a negative decay grows, a rate that is NaN is none: refused by name. A rate
/// of 0 is one, and moves nothing.
#[test]
fn settings_outside_of_their_domain_are_refused_by_name() -> Result<(), OptimError> {
    let refused = |result: Result<Chain<f32>, OptimError>, name: &str| {
        let message = result.err().map(|error| error.to_string());
        assert!(
            message.as_deref().unwrap_or("none").contains(name),
            "{name}: {message:?}"
        );
    };
    let of = |settings: ScaleByAdam| chain::<f32>(vec![Link::new(settings)]);
    for bad in [1.0, -0.1, f64::NAN] {
        refused(
            of(ScaleByAdam {
                beta1: bad,
                ..ScaleByAdam::default()
            }),
            "beta1",
        );
        refused(
            of(ScaleByAdam {
                beta2: bad,
                ..ScaleByAdam::default()
            }),
            "beta2",
        );
    }
    for bad in [-1e-8, f64::NAN, f64::INFINITY] {
        let epsilon = Epsilon::Corrected(bad);
        refused(
            of(ScaleByAdam {
                epsilon,
                ..ScaleByAdam::default()
            }),
            "epsilon",
        );
        refused(adam_w(0.1, bad), "lambda");
        refused(sgd(bad), "rate");
    }
    let (state, theta) = one_step(&adam(0.0)?, &[3.0, -1.0])?;
    assert_eq!((theta, state.step()), (vec![1.0; 2], 1));
    Ok(())
}

/// tensorflow#9047, tensorflow#35102: the paper's ε and the one before the correction are different numbers.
#[test]
fn tensorflow_9047_the_places_of_epsilon_differ() -> Result<(), OptimError> {
    let first = |epsilon| {
        let settings = ScaleByAdam {
            epsilon,
            ..ScaleByAdam::default()
        };
        one_step(
            &chain(vec![
                Link::new(settings),
                Link::new(ScaleByLearningRate::new(1.0)),
            ])?,
            &[0.1],
        )
    };
    let (_, paper) = first(Epsilon::Corrected(0.1))?; // 0.1 / (0.1 + 0.1)
    let (_, keras) = first(Epsilon::Uncorrected(0.1))?; // 0.1 / (0.1 + 0.1 / √0.001)
    assert!((paper[0] - 0.5).abs() < 1e-6);
    assert!((keras[0] - (1.0 - 0.030_653_43)).abs() < 1e-6);
    Ok(())
}

/// pytorch#38853, optax#292, apex#1849: whether the decay is multiplied by the learning rate is a named choice.
#[test]
fn pytorch_38853_decay_with_and_without_the_rate() -> Result<(), OptimError> {
    let (_, coupled) = one_step(&adam_w(0.25, 0.5)?, &[0.0])?;
    let (_, paper) = one_step(&adam_w_paper(0.25, 1.0, 0.5)?, &[0.0])?;
    assert_eq!((coupled[0], paper[0]), (0.875, 0.5));
    Ok(())
}

/// Finite shards whose sum overflows, and gradients whose square would: refused with their place.
#[test]
fn overflow_is_refused_before_anything_changes() -> Result<(), OptimError> {
    let (optimizer, mut theta) = (sgd(0.5)?, [1.0_f32, 1.0]);
    let mut state = optimizer.init(&layout(2)?, &[0.0; 2])?;
    let (a, b) = ([0.0, f32::MAX], [0.0, f32::MAX]);
    let refused = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&a, &b]));
    assert!(matches!(
        refused,
        Err(OptimError::NonFinite { index: 1, .. })
    ));
    let cancel = [0.0, -f32::MAX];
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&a, &cancel]))?;
    assert_eq!((theta, state.step()), ([1.0, 1.0], 1));

    let refused = one_step(&adam(0.1)?, &[1e19, 0.0]).err();
    assert!(matches!(
        refused,
        Some(OptimError::GradientTooLarge { index: 0, .. })
    ));
    let (state, theta) = one_step(&adam(0.1)?, &[9e18, -9e18])?;
    assert!((theta[0] - 0.9).abs() < 1e-6 && (theta[1] - 1.1).abs() < 1e-6);
    assert!(state.vector("0.nu")?.iter().all(|v| v.is_finite()));
    Ok(())
}

#[test]
fn lengths_and_states_must_fit() -> Result<(), OptimError> {
    let optimizer = adam::<f32>(0.1)?;
    let mut state = optimizer.init(&layout(3)?, &[0.0; 3])?;
    let g = [0.0_f32; 3];
    let mut theta = [0.0_f32; 2];
    let (expected, got) = (3, 2);
    assert_eq!(
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g])),
        Err(OptimError::ThetaLength { expected, got })
    );
    let mut theta = [0.0_f32; 3];
    assert_eq!(
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g, &g[..2]])),
        Err(OptimError::GradientLength {
            shard: 1,
            expected,
            got
        })
    );
    assert_eq!(
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[])),
        Err(OptimError::NoGradient)
    );
    let other = momentum::<f32>(0.1, 0.9)?;
    assert_eq!(
        other.update(&mut state, &mut theta, Gradient::sum_of(&[&g])),
        Err(OptimError::ForeignState {
            expected: 1,
            got: 2
        })
    );
    assert!(matches!(
        state.restore("0.mu", &[0.0]),
        Err(OptimError::VectorLength { got: 1, .. })
    ));
    assert!(matches!(
        state.restore("0.mu", &[0.0, f32::NAN, 0.0]),
        Err(OptimError::NonFiniteState { index: 1, .. })
    ));
    assert!(matches!(
        state.vector("1.mu"),
        Err(OptimError::UnknownVector { .. })
    ));
    assert_eq!(state, optimizer.init(&layout(3)?, &[0.0; 3])?);
    assert_eq!(chain::<f32>(vec![]).err(), Some(OptimError::EmptyChain));
    Ok(())
}

#[test]
fn a_schedule_that_goes_astray_refuses_the_step() -> Result<(), OptimError> {
    #[derive(Debug)]
    struct Astray;
    impl gradus_optim::Schedule for Astray {
        fn check(&self) -> Result<(), OptimError> {
            Ok(())
        }
        fn at(&self, step: u64) -> f64 {
            1.0 - step as f64
        }
    }
    let optimizer = sgd(Astray)?;
    let (mut state, mut theta) = (optimizer.init(&layout(1)?, &[0.0; 1])?, [0.0]);
    for _ in 0..2 {
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
    }
    assert_eq!(
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]])),
        Err(OptimError::BadRate {
            step: 3,
            value: -1.0
        })
    );
    assert_eq!((state.step(), theta), (2, [-1.0]));
    Ok(())
}

#[test]
fn an_empty_model_steps_without_complaint() -> Result<(), OptimError> {
    let optimizer = adam::<f64>(0.1)?.after(ClipByGlobalNorm { max_norm: 1.0 })?;
    let mut state = optimizer.init(&Layout::new(), &[])?;
    optimizer.update(&mut state, &mut [], Gradient::sum_of(&[&[]]))?;
    assert_eq!(state.step(), 1);
    assert_eq!(global_norm::<f64>(Gradient::sum_of(&[])), 0.0);
    Ok(())
}

#[test]
fn everything_public_can_move_between_threads() {
    fn check<T: Send + Sync + std::fmt::Debug>() {}
    check::<Chain<f32>>();
    check::<State<f32>>();
    check::<Layout>();
    check::<gradus_optim::PreparedStep<'_, f32>>();
    check::<OptimError>();
}

/// pytorch#23796, jax PR 1427: inside of the root and outside of it the constant of RMSprop makes other steps.
#[test]
fn pytorch_23796_the_places_of_epsilon_in_rms_prop_differ() -> Result<(), OptimError> {
    let first = |epsilon| {
        let rms = ScaleByRms {
            beta: 0.75,
            epsilon,
        };
        one_step(&descend(rms, 1.0)?, &[2.0]) // v = 4 / 4 = 1
    };
    let (_, outside) = first(RootEpsilon::Outside(3.0))?;
    let (_, inside) = first(RootEpsilon::Inside(3.0))?;
    assert_eq!((outside[0], inside[0]), (0.5, 0.0)); // 1 − 2 / (1 + 3), 1 − 2 / √(1 + 3)
    for epsilon in [0.0, -1.0, f64::NAN] {
        for place in [RootEpsilon::Outside, RootEpsilon::Inside] {
            assert!(first(place(epsilon)).is_err());
        }
    }
    Ok(())
}

/// mlx#87, autograd#289: a velocity is a sum of gradients, of steps, or of shares of gradients; each is a chain of the same links.
#[test]
fn mlx_87_the_forms_of_momentum_differ() -> Result<(), OptimError> {
    let trace = || Trace {
        decay: 0.5,
        look: Look::Here,
    };
    let falling = || StepDecay {
        start: 1.0,
        factor: 0.5,
        every: 1,
    };
    let down = || ScaleByLearningRate::new(falling());
    let forms = [
        chain::<f64>(vec![Link::new((trace(), down()))])?, // v = 1, 3/2: 1 + 3/4
        chain(vec![Link::new((down(), trace()))])?,        // 1, then 1/2 + 1/2
        chain(vec![
            Link::new((ScaleByFactor { factor: 0.5 }, trace())),
            Link::new(down()),
        ])?, // half of the first
    ];
    for (form, moved) in forms.iter().zip([1.75, 2.0, 0.875]) {
        let mut state = form.init(&layout(1)?, &[0.0])?;
        let mut theta = [0.0];
        for _ in 0..2 {
            form.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0]]))?;
        }
        assert_eq!(theta, [-moved], "{form:?}");
    }
    Ok(())
}
