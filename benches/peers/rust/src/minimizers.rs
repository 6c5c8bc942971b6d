//! L-BFGS of two libraries on the same functions.

use crate::clock::shortest;
use argmin::core::{CostFunction, Executor, Gradient, State};
use argmin::solver::linesearch::MoreThuenteLineSearch;
use argmin::solver::quasinewton::LBFGS;
use gradus_minimize::{Stopping, lbfgs};
use std::error::Error;

/// How many pairs both remember.
const MEMORY: usize = 10;
/// The largest entry of the gradient at the end; argmin compares the length, and gets the root of n times as much.
const TOLERANCE: f64 = 1e-5;

/// The value, and the gradient where it is asked for.
type Function<'a> = &'a dyn Fn(&[f64], Option<&mut [f64]>) -> f64;

/// Seconds, evaluations and the value at the end, by `who`.
pub(crate) fn time(who: &str, problem: usize) -> Result<[f64; 3], Box<dyn Error>> {
    let samples = samples();
    let logistic = |w: &[f64], g: Option<&mut [f64]>| logistic(&samples, w, g);
    let valley: Vec<f64> = (0..1000)
        .map(|i| if i % 2 == 0 { -1.2 } else { 1.0 })
        .collect();
    let (f, start): (Function<'_>, _) = match problem {
        0 => (&rosenbrock, valley),
        _ => (&logistic, vec![0.0; FEATURES]),
    };
    let mut told = [0.0; 2];
    let seconds = shortest(1, || {
        told = if who == "argmin" {
            theirs(f, &start)?
        } else {
            ours(f, &start)?
        };
        Ok(())
    })?;
    Ok([seconds, told[0], told[1]])
}

fn ours(f: Function<'_>, start: &[f64]) -> Result<[f64; 2], Box<dyn Error>> {
    let stopping = Stopping {
        residual: TOLERANCE,
        ..Stopping::default()
    };
    let report = lbfgs(|x, g| f(x, Some(g)), start, MEMORY, stopping, |_| ())?;
    Ok([report.evaluations as f64, report.value])
}

fn theirs(f: Function<'_>, start: &[f64]) -> Result<[f64; 2], Box<dyn Error>> {
    let tolerance = TOLERANCE * (start.len() as f64).sqrt();
    let solver = LBFGS::new(MoreThuenteLineSearch::new(), MEMORY).with_tolerance_grad(tolerance)?;
    let run = Executor::new(Problem(f), solver);
    let run = run.configure(|state| {
        let state = state.param(start.to_vec()).counting(true);
        state.max_iters(100_000)
    });
    let result = run.run()?;
    let counts = result.state().get_func_counts();
    let evaluations = counts.values().max().copied().unwrap_or(0);
    Ok([evaluations as f64, result.state().get_best_cost()])
}

/// argmin asks for values and gradients apart.
struct Problem<'a>(Function<'a>);

impl CostFunction for Problem<'_> {
    type Param = Vec<f64>;
    type Output = f64;

    fn cost(&self, x: &Vec<f64>) -> Result<f64, argmin::core::Error> {
        Ok((self.0)(x, None))
    }
}

impl Gradient for Problem<'_> {
    type Param = Vec<f64>;
    type Gradient = Vec<f64>;

    fn gradient(&self, x: &Vec<f64>) -> Result<Vec<f64>, argmin::core::Error> {
        let mut g = vec![0.0; x.len()];
        (self.0)(x, Some(&mut g));
        Ok(g)
    }
}

/// $`\sum_i 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2`$.
fn rosenbrock(x: &[f64], mut g: Option<&mut [f64]>) -> f64 {
    let mut value = 0.0;
    if let Some(g) = &mut g {
        g.fill(0.0);
    }
    for i in 0..x.len() - 1 {
        let (a, b) = (1.0 - x[i], x[i + 1] - x[i] * x[i]);
        value += a * a + 100.0 * b * b;
        if let Some(g) = &mut g {
            g[i] -= 2.0 * a + 400.0 * x[i] * b;
            g[i + 1] += 200.0 * b;
        }
    }
    value
}

const SAMPLES: usize = 2000;
const FEATURES: usize = 50;

/// Waves, and a sign that depends on three of them.
fn samples() -> Vec<([f64; FEATURES], f64)> {
    let sample = |i: usize| {
        let x = |j: usize| (1.7 * i as f64 + 2.3 * j as f64 + 0.01 * (i * j) as f64).sin();
        let row: [f64; FEATURES] = std::array::from_fn(x);
        (
            row,
            if row[0] + row[1] * row[2] > 0.0 {
                1.0
            } else {
                -1.0
            },
        )
    };
    (0..SAMPLES).map(sample).collect()
}

/// The mean logistic loss, and a little of the squared length.
fn logistic(samples: &[([f64; FEATURES], f64)], w: &[f64], mut g: Option<&mut [f64]>) -> f64 {
    let mut value = 0.5e-3 * w.iter().map(|w| w * w).sum::<f64>();
    if let Some(g) = &mut g {
        g.iter_mut().zip(w).for_each(|(g, w)| *g = 1e-3 * w);
    }
    for (row, y) in samples {
        let z: f64 = y * row.iter().zip(w).map(|(x, w)| x * w).sum::<f64>();
        value += (-z).exp().ln_1p() / SAMPLES as f64;
        if let Some(g) = &mut g {
            let slope = -y / (1.0 + z.exp()) / SAMPLES as f64;
            g.iter_mut().zip(row).for_each(|(g, x)| *g += slope * x);
        }
    }
    value
}
