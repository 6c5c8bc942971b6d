//! Trajectories against mpmath and optax, and the known failures of peers by name.

use gradus_numeric::Shape;
use gradus_optim::{
    AddDecayedWeights, Chain, ClipByGlobalNorm, ClipByValue, Cosine, Epsilon, Gradient, Layout,
    OptimError, ScaleByAdam, ScaleByLearningRate, State, StepDecay, WarmUp, Word, adam, adam_w,
    adam_w_paper, chain, global_norm, momentum, nesterov, sgd,
};
use gradus_testkit::{golden, scaled};
use std::collections::BTreeMap;
use std::error::Error;

/// The sentences of `golden/trajectories.py`.
fn sentence(name: &str) -> Result<Chain<f64>, OptimError> {
    let words = |beta1, beta2, epsilon| ScaleByAdam {
        beta1,
        beta2,
        epsilon,
    };
    let adam_of = |words: ScaleByAdam| {
        let rate = ScaleByLearningRate::new(0.05);
        chain(vec![Word::new(words), Word::new(rate)])
    };
    let cosine = |start, end, steps| Cosine { start, end, steps };
    match name {
        "sgd" => sgd(0.5),
        "momentum" => momentum(0.25, 0.9),
        "nesterov" => nesterov(0.25, 0.9),
        "adam" => adam(0.05),
        "adam_uncorrected" => adam_of(words(0.9, 0.999, Epsilon::Uncorrected(1e-2))),
        "adam_inside_root" => adam_of(words(0.9, 0.999, Epsilon::InsideRoot(1e-2))),
        "adam_betas" => adam_of(words(0.5, 0.75, Epsilon::Corrected(1e-3))),
        "adam_w" => adam_w(0.05, 0.1),
        "adam_w_paper" => adam_w_paper(0.05, cosine(1.0, 0.5, 200), 0.01),
        "l2_adam" => adam(0.05)?.after(AddDecayedWeights::new(0.1)),
        "adam_warm_up_cosine" => adam(WarmUp {
            start: 0.0,
            steps: 20,
            then: cosine(0.05, 0.01, 500),
        }),
        "sgd_step_decay" => sgd(StepDecay {
            start: 0.5,
            factor: 0.75,
            every: 10,
        }),
        "clip_norm" => sgd(0.5)?.after(ClipByGlobalNorm { max_norm: 0.5 }),
        "clip_value" => momentum(0.25, 0.5)?.after(ClipByValue { limit: 0.25 }),
        _ => Err(OptimError::UnknownVector { name: name.into() }),
    }
}

/// The gradient of `golden/trajectories.py`: curvature times position, plus an exact periodic drive.
fn gradient(t: u64, x: &[f64]) -> [f64; 2] {
    let drive = |i: u64| ((7 * t + 3 * i) % 11) as f64 / 8.0 - 0.625;
    [x[0] + drive(0), 0.25 * x[1] + drive(1)]
}

fn layout(n: usize) -> Result<Layout, OptimError> {
    let mut layout = Layout::new();
    layout.push("w", Shape::new(n, 1))?;
    Ok(layout)
}

#[test]
fn trajectories_agree_with_the_recurrences_and_with_optax() -> Result<(), Box<dyn Error>> {
    let mut tables = BTreeMap::<String, Vec<golden::Row>>::new();
    for row in golden::read(include_str!("golden/trajectories.csv"))? {
        tables.entry(row.class.clone()).or_default().push(row);
    }
    assert_eq!(tables.len(), 14);
    for (name, rows) in tables {
        let optimizer = sentence(&name)?;
        let (mut state, mut x) = (optimizer.init(&layout(2)?, &[0.0; 2])?, [1.0, -2.0]);
        for t in 1..=1000 {
            let g = gradient(t, &x);
            optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&g]))?;
            for row in rows.iter().filter(|row| row.inputs[0] == t as f64) {
                let value = x[usize::from(row.inputs[1] != 0.0)];
                scaled(value, row.output, 1e-12, row.output.abs().max(1.0))
                    .map_err(|violation| violation.within(format!("{name} at step {t}")))?;
            }
        }
    }
    Ok(())
}

#[test]
fn known_minima_are_reached() -> Result<(), Box<dyn Error>> {
    type Slope = fn(&[f64]) -> Vec<f64>;
    let sphere: Slope = |x| x.iter().map(|x| 2.0 * x).collect();
    let booth: Slope = |x| {
        let (a, b) = (x[0] + 2.0 * x[1] - 7.0, 2.0 * x[0] + x[1] - 5.0);
        vec![2.0 * a + 4.0 * b, 4.0 * a + 2.0 * b]
    };
    let rosenbrock: Slope = |x| {
        let a = x[1] - x[0] * x[0];
        vec![2.0 * (x[0] - 1.0) - 400.0 * a * x[0], 200.0 * a]
    };
    let zoo: [(Slope, [f64; 2], [f64; 2]); 3] = [
        (sphere, [3.0, -2.0], [0.0, 0.0]),
        (booth, [0.0, 0.0], [1.0, 3.0]),
        (rosenbrock, [-1.2, 1.0], [1.0, 1.0]),
    ];
    for (slope, start, minimum) in zoo {
        let falling = Cosine {
            start: 0.05,
            end: 0.0,
            steps: 20_000,
        };
        for optimizer in [
            sgd(0.001)?,
            momentum(0.0005, 0.9)?,
            nesterov(0.0005, 0.9)?,
            adam(falling)?,
        ] {
            let (mut state, mut x) = (optimizer.init(&layout(2)?, &[0.0; 2])?, start);
            for _ in 0..40_000 {
                let g = slope(&x);
                optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&g]))?;
            }
            for (x, minimum) in x.iter().zip(minimum) {
                scaled(*x, minimum, 1e-6, 1.0)?;
            }
        }
    }
    Ok(())
}

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
            let words = ScaleByAdam {
                epsilon: form(epsilon),
                ..ScaleByAdam::default()
            };
            let rate = ScaleByLearningRate::new(0.1);
            let Ok(optimizer) = chain::<f32>(vec![Word::new(words), Word::new(rate)]) else {
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
    let refused = chain::<f32>(vec![Word::new(lost)]).err();
    assert!(matches!(
        refused,
        Some(OptimError::Vanishes { value: 1e-50, .. })
    ));
    assert!(chain::<f64>(vec![Word::new(lost)]).is_ok());
    Ok(())
}

/// pytorch#46849: clipping by norm turned an infinite gradient into zeros and NaN.
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
        let refused = chain::<f32>(vec![Word::new(ClipByGlobalNorm { max_norm })]).err();
        assert!(matches!(
            refused,
            Some(OptimError::NotPositive {
                name: "max_norm",
                ..
            })
        ));
    }
}

/// tensorflow#9047: the paper's ε and the one before the correction are different numbers.
#[test]
fn tensorflow_9047_the_places_of_epsilon_differ() -> Result<(), OptimError> {
    let first = |epsilon| {
        let words = ScaleByAdam {
            epsilon,
            ..ScaleByAdam::default()
        };
        one_step(
            &chain(vec![
                Word::new(words),
                Word::new(ScaleByLearningRate::new(1.0)),
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

/// pytorch#38853: whether the decay is multiplied by the learning rate is a named choice.
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
    check::<gradus_optim::Step<'_, f32>>();
    check::<OptimError>();
}
