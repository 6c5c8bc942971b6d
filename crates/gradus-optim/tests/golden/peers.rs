//! 100 steps in double precision against PyTorch and optax: `peers.csv`, made by `peers.py`.

use gradus_optim::*;
use gradus_testkit::{golden, scaled};
use std::error::Error;

type Tested = Result<(), Box<dyn Error>>;

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

/// The parameters are those of the table, within 10⁻¹² of the larger of 1 and themselves.
fn agrees(name: &str, theta: &[f64]) -> Tested {
    let rows = golden::read(include_str!("peers.csv"))?;
    let rows: Vec<_> = rows.iter().filter(|row| row.class == name).collect();
    assert_eq!(rows.len(), theta.len(), "{name}");
    for (row, &x) in rows.iter().zip(theta) {
        scaled(x, row.output, 1e-12, row.output.abs().max(1.0))
            .map_err(|violation| violation.within(name))?;
    }
    Ok(())
}

fn ends_at(name: &str, chain: &Chain<f64>) -> Tested {
    agrees(name, &run(chain)?.1)
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
fn adaptive_optimizers_are_those_of_peers() -> Tested {
    ends_at("adam", &adam(0.01)?)?;
    let decay = AddDecayedWeights::new(0.1).only(is_weight);
    ends_at("adam_w_of_weights", &adam_w(0.01, decay)?)?;
    let adagrad = ScaleByAdagrad {
        initial: 0.1,
        ..ScaleByAdagrad::default()
    };
    ends_at("adagrad", &chain(vec![Link::new((adagrad, rate(0.1)))])?)?;
    let centered = ScaleByStandardDeviation {
        beta: 0.9,
        epsilon: 1e-8,
    };
    ends_at(
        "rms_centered",
        &chain(vec![Link::new((centered, rate(0.01)))])?,
    )?;
    ends_at("lion", &lion(0.01, 0.0)?)?;
    ends_at("lamb", &lamb(0.01, 0.1)?)
}

/// The paper's relative step, min(rate, 1/√t).
#[derive(Debug)]
struct Falling;

impl Schedule for Falling {
    fn check(&self) -> Result<(), OptimError> {
        Ok(())
    }

    fn at(&self, step: u64) -> f64 {
        (1.0 / ((step + 1) as f64).sqrt()).min(0.01)
    }
}

#[test]
fn adafactor_is_pytorchs() -> Tested {
    ends_at("adafactor", &adafactor(Falling)?)
}

#[test]
fn muon_is_pytorchs_and_optaxs() -> Tested {
    let velocity = || Trace {
        decay: 0.95,
        look: Look::Ahead,
    };
    let pytorch = chain(vec![
        Link::new(velocity()).only(is_matrix),
        Link::coarse(Orthogonalize::default()).only(is_matrix),
        Link::new((AddDecayedWeights::new(0.1), rate(0.02))).only(is_matrix),
        Link::new((ScaleByAdam::default(), rate(0.01))).only(is_vector),
    ])?;
    ends_at("muon_and_adam", &pytorch)?;
    let optax = chain(vec![
        Link::new(velocity()),
        Link::coarse(Orthogonalize::default()).only(is_matrix),
        Link::new(rate(0.02)),
    ])?;
    ends_at("muon_nesterov", &optax)
}

#[test]
fn clips_freezing_and_lookahead_are_those_of_peers() -> Tested {
    let clip = || ClipByGlobalNorm { max_norm: 0.5 };
    ends_at("clip_before_adam", &adam(0.01)?.after(clip())?)?;
    let late = chain(vec![
        Link::new(ScaleByAdam::default()),
        Link::new((clip(), rate(0.01))),
    ])?;
    ends_at("clip_after_adam", &late)?;
    ends_at("frozen", &momentum(0.1, 0.9)?.freeze(is_matrix))?;
    let slow = Lookahead {
        every: 5,
        alpha: 0.5,
    };
    ends_at("lookahead", &sgd(0.1)?.before(slow)?)
}

#[test]
fn averages_are_those_of_peers() -> Tested {
    let evaluated = |chain: &Chain<f64>| -> Result<[Vec<f64>; 2], OptimError> {
        let (state, theta) = run(chain)?;
        let mut to = vec![0.0; theta.len()];
        chain.evaluate(&state, &theta, &mut to)?;
        Ok([theta, to])
    };
    let [_, average] = evaluated(&sgd(0.1)?.before(Average { beta: 0.9 })?)?;
    agrees("average", &average)?;
    let [theta, mean] = evaluated(&sgd(0.1)?.before(ScheduleFree { beta: 0.9 })?)?;
    agrees("schedule_free", &theta)?;
    agrees("schedule_free_evaluated", &mean)
}

#[test]
fn lbfgs_is_optaxs() -> Tested {
    let bfgs = chain(vec![
        Link::coarse(ScaleByLbfgs { memory: 4 }),
        Link::new((ClipByValue { limit: 1e6 }, rate(0.5))),
    ])?;
    let mut theta = start();
    let mut state = bfgs.init(&layout()?, &theta)?;
    for _ in 0..20 {
        let one = |(i, x): (usize, &f64)| (0.5 + i as f64 / 4.0) * x + (i as f64).sin();
        let g: Vec<f64> = theta.iter().enumerate().map(one).collect();
        bfgs.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
    }
    agrees("lbfgs", &theta)
}

#[test]
fn sharpness_aware_minimization_asks_twice() -> Tested {
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
    agrees("sam", &theta)
}
