//! Trajectories against mpmath and optax, and the minima of known functions.

use crate::layout;
use gradus_optim::{
    AddDecayedWeights, Chain, ClipByGlobalNorm, ClipByValue, Cosine, Epsilon, Gradient, Link, Look,
    Maximum, MeanStart, OptimError, RootEpsilon, ScaleByAdadelta, ScaleByAdagrad, ScaleByAdam,
    ScaleByAdamax, ScaleByAdan, ScaleByAmsgrad, ScaleByBelief, ScaleByFactor, ScaleByLearningRate,
    ScaleByNadam, ScaleByProdigy, ScaleByRectifiedAdam, ScaleByRms, ScaleByRprop, ScaleBySign,
    ScaleBySophia, ScaleByYogi, StepDecay, Trace, WarmUp, adam, adam_w, adam_w_paper, chain,
    descend, lars, momentum, nesterov, sgd,
};
use gradus_testkit::{golden, scaled};
use std::collections::BTreeMap;
use std::error::Error;

/// The chains of `golden/trajectories.py`.
#[allow(clippy::too_many_lines, reason = "one entry an optimizer")]
fn chain_of(name: &str) -> Result<Chain<f64>, OptimError> {
    let settings = |beta1, beta2, epsilon| ScaleByAdam {
        beta1,
        beta2,
        epsilon,
    };
    let adam_of = |settings: ScaleByAdam| {
        let rate = ScaleByLearningRate::new(0.05);
        chain(vec![Link::new(settings), Link::new(rate)])
    };
    let cosine = |start, end, steps| Cosine { start, end, steps };
    let trace = || Trace {
        decay: 0.9,
        look: Look::Here,
    };
    let rms = |epsilon| ScaleByRms { beta: 0.9, epsilon };
    let adagrad = |initial| ScaleByAdagrad {
        initial,
        epsilon: 1e-30,
    };
    match name {
        "sgd" => sgd(0.5),
        "momentum" => momentum(0.25, 0.9),
        "nesterov" => nesterov(0.25, 0.9),
        "momentum_of_steps" => {
            let down = ScaleByLearningRate::new(cosine(0.25, 0.01, 200));
            chain(vec![Link::new((down, trace()))])
        }
        "momentum_of_the_mean" => {
            let share = ScaleByFactor { factor: 1.0 - 0.9 };
            descend((share, trace()), 0.25)
        }
        "rms" => descend(rms(RootEpsilon::Outside(1e-3)), 0.05),
        "rms_inside_root" => descend(rms(RootEpsilon::Inside(1e-3)), 0.05),
        "adagrad_from_zero" => descend(adagrad(0.0), 0.5),
        "adagrad_from_a_tenth" => descend(adagrad(0.1), 0.5),
        "adam" => adam(0.05),
        "adam_uncorrected" => adam_of(settings(0.9, 0.999, Epsilon::Uncorrected(1e-2))),
        "adam_inside_root" => adam_of(settings(0.9, 0.999, Epsilon::InsideRoot(1e-2))),
        "adam_betas" => adam_of(settings(0.5, 0.75, Epsilon::Corrected(1e-3))),
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
        "adadelta" => descend(ScaleByAdadelta::default(), 1.0),
        "amsgrad" => descend(ScaleByAmsgrad::default(), 0.05),
        "amsgrad_corrected" => {
            let maximum = Maximum::Corrected;
            let adam = ScaleByAdam::default();
            descend(ScaleByAmsgrad { adam, maximum }, 0.05)
        }
        "nadam" => descend(ScaleByNadam::default(), 0.05),
        "nadam_constant" => {
            let constant = ScaleByNadam {
                warm_up: None,
                ..ScaleByNadam::default()
            };
            descend(constant, 0.05)
        }
        "radam" => descend(ScaleByRectifiedAdam::default(), 0.05),
        "adamax" => descend(ScaleByAdamax::default(), 0.05),
        "yogi" => descend(ScaleByYogi::default(), 0.05),
        "belief" => descend(ScaleByBelief::default(), 0.05),
        "adan" => descend(ScaleByAdan::default(), 0.05),
        "prodigy" => {
            let links = Link::coarse(ScaleByProdigy::default());
            chain(vec![links, Link::new(ScaleByLearningRate::new(1.0))])
        }
        "sophia" => descend(sophia(MeanStart::Zero), 0.05),
        "sophia_corrected" => descend(sophia(MeanStart::Corrected), 0.05),
        "sign" => descend(ScaleBySign, 0.0625),
        "rprop" => {
            let settings = ScaleByRprop {
                start: 0.125,
                shrink: 0.5,
                grow: 1.25,
                shortest: 1e-3,
                longest: 2.0,
            };
            descend(settings, 1.0)
        }
        "lars" => lars(0.5, 0.1, 0.9, 0.01),
        "clip_norm" => sgd(0.5)?.after(ClipByGlobalNorm { max_norm: 0.5 }),
        "clip_value" => momentum(0.25, 0.5)?.after(ClipByValue { limit: 0.25 }),
        _ => Err(OptimError::UnknownVector { name: name.into() }),
    }
}

fn sophia(start: MeanStart) -> ScaleBySophia {
    ScaleBySophia {
        gamma: 0.5,
        start,
        ..ScaleBySophia::default()
    }
}

/// What Sophia is told of the curvature.
fn estimate(t: u64) -> [f64; 2] {
    let drive = |i: u64| ((21 * t + 3 * i) % 11) as f64 / 8.0 - 0.625;
    [1.0 + drive(0), 0.25 * (1.0 + drive(1))]
}

/// The gradient of `golden/trajectories.py`: curvature times position, plus an exact periodic drive.
fn gradient(t: u64, x: &[f64]) -> [f64; 2] {
    let drive = |i: u64| ((7 * t + 3 * i) % 11) as f64 / 8.0 - 0.625;
    [x[0] + drive(0), 0.25 * x[1] + drive(1)]
}

#[test]
fn trajectories_agree_with_the_recurrences_and_with_optax() -> Result<(), Box<dyn Error>> {
    let mut tables = BTreeMap::<String, Vec<golden::Row>>::new();
    for row in golden::read(include_str!("trajectories.csv"))? {
        tables.entry(row.class.clone()).or_default().push(row);
    }
    assert_eq!(tables.len(), 36);
    for (name, rows) in tables {
        let optimizer = chain_of(&name)?;
        let mut x = [1.0, -2.0];
        let mut state = optimizer.init(&layout(2)?, &x)?;
        for t in 1..=1000 {
            let g = gradient(t, &x);
            optimizer.update(&mut state, &mut x, Gradient::sum_of(&[&g]))?;
            if name.starts_with("sophia") && t % 10 == 1 {
                optimizer.learn_curvature(&mut state, &estimate(t))?;
            }
            for row in rows.iter().filter(|row| row.inputs[0] == t as f64) {
                let value = x[usize::from(row.inputs[1] != 0.0)];
                let within = row.max_ulp as f64 * f64::EPSILON;
                scaled(value, row.output, within, row.output.abs().max(1.0))
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
