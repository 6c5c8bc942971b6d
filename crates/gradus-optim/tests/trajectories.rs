//! 100 steps in double precision against PyTorch and optax: `golden/peers.csv`, made by `golden/peers.py`.

use gradus_numeric::Shape;
use gradus_optim::*;

type Tested = Result<(), OptimError>;

fn layout() -> Result<Layout, OptimError> {
    let mut layout = Layout::new();
    layout.push("0.weight", Shape::new(5, 3))?;
    layout.push("0.bias", Shape::new(3, 1))?;
    Ok(layout)
}

fn gradient(t: u64, x: &[f64]) -> Vec<f64> {
    let one = |(i, x): (usize, &f64)| 0.5 * x + (0.7 * t as f64 + i as f64).sin();
    x.iter().enumerate().map(one).collect()
}

fn start() -> Vec<f64> {
    (0..18).map(|i| (1.3 * f64::from(i)).cos() * 2.0).collect()
}

fn run(chain: &Chain<f64>) -> Result<(State<f64>, Vec<f64>), OptimError> {
    let mut theta = start();
    let mut state = chain.init(&layout()?, &theta)?;
    for t in 1..=100 {
        let g = gradient(t, &theta);
        chain.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
    }
    Ok((state, theta))
}

fn row(name: &str) -> Vec<f64> {
    let line = include_str!("golden/peers.csv")
        .lines()
        .find(|l| l.split(';').next() == Some(name));
    line.map(|l| {
        l.split(';')
            .skip(1)
            .filter_map(|x| x.parse().ok())
            .collect()
    })
    .unwrap_or_default()
}

fn near(name: &str, theta: &[f64], tolerance: f64) {
    let expected = row(name);
    assert_eq!(expected.len(), theta.len(), "{name}");
    let worst = theta
        .iter()
        .zip(&expected)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f64::max);
    println!("{name:40} {worst:.1e}");
    assert!(worst <= tolerance, "{name}: {worst}");
}

fn rate(eta: f64) -> ScaleByLearningRate {
    ScaleByLearningRate::new(eta)
}

fn is_matrix(e: &Entry) -> bool {
    e.shape.columns > 1
}

fn is_vector(e: &Entry) -> bool {
    !is_matrix(e)
}

#[test]
fn trajectories_are_those_of_pytorch_and_optax() -> Tested {
    near("adam", &run(&adam(0.01)?)?.1, 1e-12);
    let decay = AddDecayedWeights::new(0.1).only(is_weight);
    near(
        "adamw, decay of weights",
        &run(&adam_w(0.01, decay)?)?.1,
        1e-12,
    );
    let adagrad = ScaleByAdagrad {
        initial: 0.1,
        epsilon: 1e-10,
    };
    near(
        "adagrad",
        &run(&chain(vec![Word::new((adagrad, rate(0.1)))])?)?.1,
        1e-12,
    );
    let rms = ScaleByRms {
        beta: 0.9,
        epsilon: 1e-8,
        centered: true,
    };
    near(
        "rmsprop, centered",
        &run(&chain(vec![Word::new((rms, rate(0.01)))])?)?.1,
        1e-12,
    );
    let lion = ScaleByLion {
        beta1: 0.9,
        beta2: 0.99,
    };
    near(
        "lion",
        &run(&chain(vec![Word::new((lion, rate(0.01)))])?)?.1,
        1e-12,
    );
    let adam6 = ScaleByAdam {
        epsilon: Epsilon::Corrected(1e-6),
        ..ScaleByAdam::default()
    };
    let lamb = chain(vec![
        Word::new((adam6, AddDecayedWeights::new(0.1))),
        Word::new((ScaleByTrustRatio, rate(0.01))),
    ])?;
    near("lamb", &run(&lamb)?.1, 1e-12);
    let factored = ScaleByFactoredRms {
        decay: 0.8,
        epsilon: f64::EPSILON.powi(2),
        threshold: 1.0,
    };
    #[derive(Debug)]
    struct Falling;
    impl Schedule for Falling {
        fn check(&self) -> Tested {
            Ok(())
        }
        fn at(&self, step: u64) -> f64 {
            (1.0 / ((step + 1) as f64).sqrt()).min(0.01)
        }
    }
    let adafactor = chain(vec![
        Word::coarse(factored),
        Word::new((
            ScaleByParameterRms { least: 1e-3 },
            ScaleByLearningRate::new(Falling),
        )),
    ])?;
    near("adafactor", &run(&adafactor)?.1, 1e-12);
    let muon = chain(vec![
        Word::new(Trace {
            decay: 0.95,
            look: Look::Ahead,
        })
        .only(is_matrix),
        Word::coarse(Orthogonalize::default()).only(is_matrix),
        Word::new((AddDecayedWeights::new(0.1), rate(0.02))).only(is_matrix),
        Word::new((ScaleByAdam::default(), rate(0.01))).only(is_vector),
    ])?;
    near("muon, adam for vectors (pytorch)", &run(&muon)?.1, 1e-12);
    let muon = chain(vec![
        Word::new(Trace {
            decay: 0.95,
            look: Look::Ahead,
        }),
        Word::coarse(Orthogonalize::default()).only(is_matrix),
        Word::new(rate(0.02)),
    ])?;
    near("muon (optax)", &run(&muon)?.1, 1e-11);
    near(
        "lookahead",
        &run(&sgd(0.1)?.before(Lookahead {
            every: 5,
            alpha: 0.5,
        })?)?
        .1,
        1e-12,
    );
    let averaged = sgd(0.1)?.before(Average { beta: 0.9 })?;
    let (mut state, theta) = run(&averaged)?;
    let mut to = theta.clone();
    averaged.evaluate(&mut state, &theta, &mut to)?;
    near("average", &to, 1e-12);
    near(
        "two rates, first tensor frozen",
        &run(&momentum(0.1, 0.9)?.freeze(is_matrix))?.1,
        1e-12,
    );
    near(
        "clip, adam (optax)",
        &run(&adam(0.01)?.after(ClipByGlobalNorm { max_norm: 0.5 })?)?.1,
        1e-12,
    );
    let late = chain(vec![
        Word::new(ScaleByAdam::default()),
        Word::new((ClipByGlobalNorm { max_norm: 0.5 }, rate(0.01))),
    ])?;
    near("adam, clip after (optax)", &run(&late)?.1, 1e-12);
    Ok(())
}

#[test]
fn evaluation_parameters_may_differ() -> Tested {
    let free = sgd(0.1)?.before(ScheduleFree { beta: 0.9 })?;
    let (mut state, theta) = run(&free)?;
    near("schedule-free sgd (optax)", &theta, 1e-12);
    let mut to = theta.clone();
    free.evaluate(&mut state, &theta, &mut to)?;
    near("schedule-free sgd, evaluated (optax)", &to, 1e-12);
    Ok(())
}

#[test]
fn a_word_may_see_everything_and_remember() -> Tested {
    let bfgs = chain(vec![
        Word::coarse(ScaleByLbfgs { memory: 4 }),
        Word::new((ClipByValue { limit: 1e6 }, rate(0.5))),
    ])?;
    let mut theta = start();
    let mut state = bfgs.init(&layout()?, &theta)?;
    for _ in 0..20 {
        let one = |(i, x): (usize, &f64)| (0.5 + i as f64 / 4.0) * x + (i as f64).sin();
        let g: Vec<f64> = theta.iter().enumerate().map(one).collect();
        bfgs.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
    }
    near("l-bfgs, 20 steps (optax)", &theta, 1e-12);
    Ok(())
}

#[test]
fn sam_asks_twice() -> Tested {
    let optimizer = sgd(0.1)?;
    let mut theta = start();
    let mut state = optimizer.init(&layout()?, &theta)?;
    let (mut nearby, mut g) = (vec![0.0; 18], vec![0.0; 18]);
    for t in 1..=100 {
        sharpest(0.05, &theta, &mut nearby, &mut g, |x, g| {
            g.copy_from_slice(&gradient(t, x));
            Ok::<_, OptimError>(0.0)
        })?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
    }
    near("sam", &theta, 1e-12);
    Ok(())
}

#[test]
fn a_plateau_shrinks_and_a_refused_step_does_not_count() -> Tested {
    let plateau = ScaleByPlateau {
        shrink: 0.5,
        patience: 1,
        window: 2,
    };
    let optimizer = chain(vec![Word::new((plateau, rate(1.0)))])?;
    let mut theta = vec![0.0; 18];
    let mut state = optimizer.init(&layout()?, &theta)?;
    let g = [1.0; 18];
    for loss in [3.0, 3.0, 3.0, 3.0, 3.0, 3.0, 3.0] {
        let before = state.clone();
        let bad = [f64::NAN; 18];
        assert!(
            optimizer
                .update(
                    &mut state,
                    &mut theta,
                    Gradient::sum_of(&[&bad]).with_loss(loss)
                )
                .is_err()
        );
        assert_eq!(state, before);
        optimizer.update(
            &mut state,
            &mut theta,
            Gradient::sum_of(&[&g]).with_loss(loss),
        )?;
    }
    assert_eq!(theta[0], -5.0 - 0.5 * 2.0); // best at 2, waited at 4 and 6
    assert_eq!(state.number("0.factor")?, 0.5);
    assert_eq!(state.number("0.rate")?, 1.0);
    Ok(())
}

#[test]
fn settings_may_follow_the_step() -> Tested {
    let scheduled = Scheduled(|t: u64| Scale {
        factor: -1.0 / (t + 1) as f64,
    });
    let optimizer = chain::<f64>(vec![Word::new(scheduled)])?;
    let mut theta = vec![0.0; 18];
    let mut state = optimizer.init(&layout()?, &theta)?;
    for _ in 0..2 {
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0; 18]]))?;
    }
    assert_eq!(theta[3], -1.5);
    Ok(())
}

#[test]
fn what_could_overflow_is_refused() -> Tested {
    let mut layout = Layout::new();
    layout.push("w", Shape::new(2, 1))?;
    for eta in [1e39, 1e13] {
        let optimizer = sgd::<f32>(eta)?;
        let mut theta = [1.0_f32; 2];
        let mut state = optimizer.init(&layout, &theta)?;
        assert!(
            optimizer
                .update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0; 2]]))
                .is_err()
        );
        assert_eq!(theta, [1.0; 2]);
    }
    // The greatest ordinary gradient and the greatest rate: finite, and the next step names the parameter.
    let optimizer = sgd::<f32>(1e11)?;
    let mut theta = [9e18_f32; 2];
    let mut state = optimizer.init(&layout, &theta)?;
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
fn threads_and_resuming_change_no_bit() -> Tested {
    fn parts(pass: Pass<'_, f64>, depth: u32) {
        if depth == 0 || pass.blocks() < 2 {
            return pass.run();
        }
        let (left, right) = pass.halves();
        parts(right, depth - 1);
        parts(left, depth - 1);
    }
    let mut layout = Layout::new();
    layout.push("0.weight", Shape::new(300, 70))?;
    layout.push("0.bias", Shape::new(300, 1))?;
    layout.push("1.weight", Shape::new(40, 300))?;
    layout.push("1.bias", Shape::new(40, 1))?;
    let sentences = || -> Result<Vec<Chain<f64>>, OptimError> {
        Ok(vec![
            chain(vec![
                Word::new(ClipByGlobalNorm { max_norm: 0.5 }),
                Word::new(Trace {
                    decay: 0.95,
                    look: Look::Ahead,
                })
                .only(is_matrix),
                Word::coarse(ScaleByFactoredRms {
                    decay: 0.8,
                    epsilon: 1e-30,
                    threshold: 1.0,
                })
                .only(is_matrix),
                Word::new(ScaleByAdam::default()).only(is_vector),
                Word::new((ScaleByTrustRatio, rate(0.01))),
                Word::new(Average { beta: 0.9 }),
                Word::new(Lookahead {
                    every: 2,
                    alpha: 0.5,
                }),
            ])?
            .freeze(|e| e.name == "0.bias"),
            adam_w(0.01, 0.1)?,
        ])
    };
    for optimizer in sentences()? {
        let n = layout.len();
        let start: Vec<f64> = (0..n).map(|i| (i as f64).cos()).collect();
        let (mut one, mut other) = (start.clone(), start.clone());
        let mut state = optimizer.init(&layout, &one)?;
        let mut cut = optimizer.init(&layout, &other)?;
        for t in 1..=6 {
            let g = gradient(t, &one);
            optimizer.update(&mut state, &mut one, Gradient::sum_of(&[&g]))?;
            let shards: [&[f64]; 1] = [&g];
            let mut step = optimizer.prepare(&mut cut, &mut other, Gradient::sum_of(&shards))?;
            while let Some(pass) = step.next_pass() {
                parts(pass, t as u32);
            }
            let mut restored = optimizer.init(&layout, &start)?;
            for name in cut.names() {
                restored.restore(name, cut.vector(name)?)?;
            }
            for name in cut.number_names() {
                restored.restore_number(name, cut.number(name)?)?;
            }
            restored.restore_step(cut.step());
            cut = restored;
        }
        assert!(
            one.iter()
                .zip(&other)
                .all(|(a, b)| a.to_bits() == b.to_bits())
        );
        assert_eq!(state.names(), cut.names());
    }
    Ok(())
}

/// The greatest update of one entry over gradients that are hard for it, over its bound.
fn tightness<W: Entrywise<f64>>(word: &W, gradients: &[f64]) -> f64 {
    let any = Entry {
        name: String::new(),
        offset: 0,
        shape: Shape::new(1, 1),
    };
    let (mut state, mut numbers, mut before) = (
        vec![0.0; W::WIDTH],
        vec![0.0; W::COUNT],
        vec![0.0; W::COUNT],
    );
    word.start(1.0, &mut state);
    let (mut g_max, mut worst) = (0.0_f64, 0.0_f64);
    for (t, &g) in gradients.iter().enumerate() {
        g_max = g_max.max(g.abs());
        let now = Now {
            step: t as u64 + 1,
            loss: Some(1.0),
            before: &before,
        };
        assert!(word.prepare(&now, &mut numbers).is_ok());
        let u = word.entry(At {
            tensor: &any,
            numbers: &numbers,
            sums: [g * g, 1.0],
        })(g, 1.0, &mut state);
        let reach = Reach {
            g: g_max,
            theta: 1.0,
            n: 1.0,
        };
        worst = worst.max(u.abs() / word.bound(reach, &numbers));
        before.copy_from_slice(&numbers);
    }
    worst
}

#[test]
fn no_update_exceeds_its_bound() {
    let growing: Vec<f64> = (0..400).map(|t| 1.11_f64.powi(t)).collect(); // the worst for Adam, see its page
    let once: Vec<f64> = (0..400)
        .map(|t| if t == 300 { 1e6 } else { 1e-6 })
        .collect();
    let constant = vec![3.0; 400];
    let turning: Vec<f64> = (0..400)
        .map(|t| if t % 2 == 0 { 1.0 } else { -1.0 })
        .collect();
    for gradients in [&growing, &once, &constant, &turning] {
        let rms = |centered| ScaleByRms {
            beta: 0.9,
            epsilon: 1e-8,
            centered,
        };
        let found = [
            tightness(&ScaleByAdam::default(), gradients),
            tightness(
                &ScaleByAdam {
                    beta1: 0.99,
                    beta2: 0.9,
                    ..ScaleByAdam::default()
                },
                gradients,
            ),
            tightness(
                &Trace {
                    decay: 0.9,
                    look: Look::Here,
                },
                gradients,
            ),
            tightness(
                &Trace {
                    decay: 0.9,
                    look: Look::Ahead,
                },
                gradients,
            ),
            tightness(
                &ScaleByAdagrad {
                    initial: 0.0,
                    epsilon: 1e-10,
                },
                gradients,
            ),
            tightness(&rms(true), gradients),
            tightness(&rms(false), gradients),
            tightness(
                &ScaleByLion {
                    beta1: 0.9,
                    beta2: 0.99,
                },
                gradients,
            ),
            tightness(&ScaleByTrustRatio, gradients),
            tightness(&ClipByGlobalNorm { max_norm: 0.5 }, gradients),
            tightness(&ClipByValue { limit: 0.5 }, gradients),
            tightness(&AddDecayedWeights::new(0.1), gradients),
            tightness(&AddL1Gradient { lambda: 0.1 }, gradients),
            tightness(&Average { beta: 0.9 }, gradients),
            tightness(
                &ScaleByPlateau {
                    shrink: 0.5,
                    patience: 3,
                    window: 2,
                },
                gradients,
            ),
        ];
        println!("{found:.2?}");
        assert!(found.iter().all(|&x| x <= 1.0 + 1e-12), "{found:?}");
    }
}
