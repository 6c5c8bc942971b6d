//! Every method on every problem with every rate.

use crate::methods::{self, Asks, Method};
use crate::problems::Problem;
use gradus::optim::{Gradient, OptimError, sharpest};
use gradus::random::{Key, normal};
use std::error::Error;
use std::iter::zip;
use std::thread;

/// 10⁻⁵, 3·10⁻⁵, …, 10.
pub(crate) const RATES: [f64; 13] = [
    1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 0.1, 0.3, 1.0, 3.0, 10.0,
];

/// Where a method ends with its best rate; nowhere if every run was refused or ended above its start.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Best {
    pub(crate) rate: f64,
    pub(crate) value: f64,
    /// The value at the start.
    pub(crate) start: f64,
}

pub(crate) struct Row {
    pub(crate) name: &'static str,
    pub(crate) best: Vec<Option<Best>>,
}

/// The rows of all methods, computed on two threads; which one computes what changes no bit.
pub(crate) fn all(problems: &[Problem]) -> Result<Vec<Row>, Box<dyn Error>> {
    let methods = methods::all();
    let (left, right) = methods.split_at(methods.len() / 2);
    let rows = |methods: &[Method]| -> Result<Vec<Row>, String> {
        methods
            .iter()
            .map(|method| row(method, problems))
            .collect::<Result<_, _>>()
            .map_err(|e| e.to_string())
    };
    let (first, second) = thread::scope(|scope| {
        let other = scope.spawn(|| rows(right));
        (rows(left), other.join())
    });
    let second = second.map_err(|_| "a thread has panicked")?;
    Ok([first?, second?].into_iter().flatten().collect())
}

fn row(method: &Method, problems: &[Problem]) -> Result<Row, Box<dyn Error>> {
    let best = problems
        .iter()
        .map(|problem| best(method, problem))
        .collect::<Result<_, _>>()?;
    Ok(Row {
        name: method.name,
        best,
    })
}

fn best(method: &Method, problem: &Problem) -> Result<Option<Best>, Box<dyn Error>> {
    let start = (problem.ask)(None, &problem.start, &mut vec![0.0; problem.start.len()])?;
    let mut best: Option<Best> = None;
    for rate in RATES {
        let Some(value) = run(method, rate, problem)? else {
            continue;
        };
        if value < best.map_or(start, |best| best.value) {
            best = Some(Best { rate, value, start });
        }
    }
    Ok(best)
}

/// The value after all steps, or nothing if one was refused.
fn run(method: &Method, rate: f64, problem: &Problem) -> Result<Option<f64>, Box<dyn Error>> {
    let optimizer = (method.make)(rate, problem.steps)?;
    let mut theta = problem.start.clone();
    let (mut g, mut nearby) = (theta.clone(), theta.clone());
    let mut state = optimizer.init(&problem.layout, &theta)?;
    for t in 1..=problem.steps {
        let ask = |x: &[f64], g: &mut [f64]| (problem.ask)(Some(t), x, g);
        let loss = match method.asks {
            Asks::Once | Asks::Curvature(_) => ask(&theta, &mut g)?,
            Asks::Sharpest(rho) => sharpest(rho, &theta, &mut nearby, &mut g, &ask)?,
        };
        if let Asks::Curvature(every) = method.asks
            && t % every == 1
        {
            let estimate = hutchinson(t, &theta, &g, &ask)?;
            // A curvature that is not finite is not learned; the gradient that belongs to it is refused below.
            let _ = optimizer.learn_curvature(&mut state, &estimate);
        }
        match optimizer.update(
            &mut state,
            &mut theta,
            Gradient::sum_of(&[&g]).with_loss(loss),
        ) {
            Ok(()) => {}
            Err(
                OptimError::BadLoss { .. }
                | OptimError::NonFinite { .. }
                | OptimError::GradientTooLarge { .. }
                | OptimError::ThetaTooLarge { .. }
                | OptimError::UpdateTooLarge { .. },
            ) => return Ok(None),
            Err(error) => return Err(error.into()),
        }
    }
    let mut end = theta.clone();
    optimizer.evaluate(&state, &theta, &mut end)?;
    (problem.ask)(None, &end, &mut g).map(Some)
}

type Slope<'a> = dyn Fn(&[f64], &mut [f64]) -> Result<f64, Box<dyn Error>> + 'a;

/// v ⊙ (H v) with random signs v, where H v is a difference of gradients: f is known by its gradients alone here.
fn hutchinson(
    t: u64,
    theta: &[f64],
    g: &[f64],
    ask: &Slope<'_>,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut rng = Key::new(2).round(t).rng();
    let v: Vec<f64> = theta.iter().map(|_| normal(&mut rng).signum()).collect();
    let step = 1e-6;
    let nearby: Vec<f64> = zip(theta, &v).map(|(x, v)| x + step * v).collect();
    let mut further = g.to_vec();
    ask(&nearby, &mut further)?;
    Ok(zip(v, zip(further, g))
        .map(|(v, (a, b))| v * (a - b) / step)
        .collect())
}
