//! The ten problems: from a bowl to a network on handwritten digits.

use crate::network;
use gradus::autodiff::gradient;
use gradus::data::breast_cancer;
use gradus::numeric::{Real, Shape, sigmoid, softplus};
use gradus::optim::Layout;
use gradus::random::{Key, fill_normal};
use std::error::Error;
use std::iter::zip;

/// A function to be minimized, with where to begin.
pub(crate) struct Problem {
    pub(crate) name: &'static str,
    /// What the page says of it.
    pub(crate) what: &'static str,
    pub(crate) layout: Layout,
    pub(crate) start: Vec<f64>,
    pub(crate) steps: u64,
    pub(crate) ask: Box<Ask>,
}

/// The value above the minimum, and the gradient: as step t sees them, or `None` for the exact ones.
pub(crate) type Ask = dyn Fn(Option<u64>, &[f64], &mut [f64]) -> Result<f64, Box<dyn Error>> + Sync;

pub(crate) fn all() -> Result<Vec<Problem>, Box<dyn Error>> {
    let start = uneven;
    Ok(vec![
        vector(
            "bowl",
            "½ Σ λᵢ xᵢ² for ten λ from 1 to 10, each as many times the one before",
            start(),
            |_, x, g| Ok(bowl(10.0, x, g)),
        )?,
        vector(
            "valley",
            "the same, λ from 1 to 1000",
            start(),
            |_, x, g| Ok(bowl(1000.0, x, g)),
        )?,
        vector(
            "turned valley",
            "the same in turned axes, x − 2 v vᵀx",
            turn(&start()),
            |_, x, g| {
                let value = bowl(1000.0, &turn(x), g);
                g.copy_from_slice(&turn(g));
                Ok(value)
            },
        )?,
        plane(
            "Rosenbrock",
            "(1 − x)² + 100 (y − x²)², from (−1.2, 1)",
            [-1.2, 1.0],
            Plane::Rosenbrock,
        )?,
        plane(
            "Beale",
            "(1.5 − x + xy)² + (2.25 − x + xy²)² + (2.625 − x + xy³)², from (1, 1)",
            [1.0, 1.0],
            Plane::Beale,
        )?,
        plane(
            "Himmelblau",
            "(x² + y − 11)² + (x + y² − 7)², from (0, 0)",
            [0.0, 0.0],
            Plane::Himmelblau,
        )?,
        vector(
            "kinks",
            "Σ i |xᵢ| / 10, for i from 1 to 10",
            start(),
            |_, x, g| Ok(kinks(x, g)),
        )?,
        vector(
            "noise",
            "the bowl, with normal noise of deviation 1 on every entry of the gradient",
            start(),
            |t, x, g| Ok(noisy(t, x, g)),
        )?,
        logistic()?,
        network::digits()?,
    ])
}

/// A problem whose parameters are one vector.
fn vector(
    name: &'static str,
    what: &'static str,
    start: Vec<f64>,
    ask: impl Fn(Option<u64>, &[f64], &mut [f64]) -> Result<f64, Box<dyn Error>> + Sync + 'static,
) -> Result<Problem, Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("x", Shape::new(start.len(), 1))?;
    let ask = Box::new(ask);
    Ok(Problem {
        name,
        what,
        layout,
        start,
        steps: 1000,
        ask,
    })
}

/// ½ Σ λᵢ xᵢ² with λ from 1 to κ, each as many times the one before.
fn bowl(kappa: f64, x: &[f64], g: &mut [f64]) -> f64 {
    let last = (x.len() - 1) as f64;
    for (i, (g, x)) in zip(&mut *g, x).enumerate() {
        *g = kappa.powf(i as f64 / last) * x;
    }
    0.5 * zip(x, g).map(|(x, g)| x * *g).sum::<f64>()
}

/// Householder's reflection along v = (1, 2, …, n): its own inverse.
fn turn(x: &[f64]) -> Vec<f64> {
    let v = |i: usize| (i + 1) as f64;
    let squares: f64 = (0..x.len()).map(|i| v(i) * v(i)).sum();
    let along: f64 = x.iter().enumerate().map(|(i, x)| v(i) * x).sum();
    x.iter()
        .enumerate()
        .map(|(i, x)| x - 2.0 * along / squares * v(i))
        .collect()
}

/// Ten numbers between 1 and 1.6, which no step of a round length leads to zero.
fn uneven() -> Vec<f64> {
    (0..10)
        .map(|i| 1.0 + f64::from(7 * i % 10) / 17.0)
        .collect()
}

fn kinks(x: &[f64], g: &mut [f64]) -> f64 {
    for (i, (g, x)) in zip(&mut *g, x).enumerate() {
        let sign = if *x == 0.0 { 0.0 } else { x.signum() };
        *g = (i + 1) as f64 / 10.0 * sign;
    }
    zip(x, g).map(|(x, g)| x * *g).sum()
}

fn noisy(step: Option<u64>, x: &[f64], g: &mut [f64]) -> f64 {
    let value = bowl(10.0, x, g);
    if let Some(step) = step {
        let mut noise = vec![0.0; g.len()];
        fill_normal(&mut noise, &mut Key::new(0).round(step).rng());
        zip(g, noise).for_each(|(g, noise)| *g += noise);
    }
    value
}

#[derive(Clone, Copy)]
enum Plane {
    Rosenbrock,
    Beale,
    Himmelblau,
}

impl Plane {
    fn value<R: Real>(self, v: &[R]) -> R {
        let (x, y, c) = (v[0], v[1], R::from_f64);
        match self {
            Self::Rosenbrock => (c(1.0) - x).powi(2) + c(100.0) * (y - x * x).powi(2),
            Self::Himmelblau => (x * x + y - c(11.0)).powi(2) + (x + y * y - c(7.0)).powi(2),
            Self::Beale => {
                let term = |a: f64, k: i32| (c(a) - x + x * y.powi(k)).powi(2);
                term(1.5, 1) + term(2.25, 2) + term(2.625, 3)
            }
        }
    }
}

fn plane(
    name: &'static str,
    what: &'static str,
    start: [f64; 2],
    f: Plane,
) -> Result<Problem, Box<dyn Error>> {
    vector(name, what, start.to_vec(), move |_, x, g| {
        g.copy_from_slice(&gradient(|x| f.value(x), x)?);
        Ok(f.value(x))
    })
}

/// Logistic regression of 569 tumors on 30 standardized measurements, with a small penalty.
fn logistic() -> Result<Problem, Box<dyn Error>> {
    let table = breast_cancer()?;
    let (x, n) = (table.samples(), table.len());
    let mut rows = vec![vec![1.0; 31]; n]; // the last is the intercept
    for i in 0..30 {
        let of = |j: usize| x.get(i, j).unwrap_or(0.0);
        let mean = (0..n).map(of).sum::<f64>() / n as f64;
        let variance = (0..n).map(|j| (of(j) - mean).powi(2)).sum::<f64>() / n as f64;
        rows.iter_mut()
            .enumerate()
            .for_each(|(j, row)| row[i] = (of(j) - mean) / variance.sqrt());
    }
    let signs: Vec<f64> = table
        .labels()
        .iter()
        .map(|&label| if label == 1 { 1.0 } else { -1.0 })
        .collect();
    let what = "mean ln(1 + exp(−y wᵀx)) + ½ 10⁻³ |w|² of 569 tumors and 30 measurements, 200 steps; the value itself";
    let problem = vector("logistic", what, vec![0.0; 31], move |_, w, g| {
        let mut value = 0.0;
        zip(&mut *g, w).for_each(|(g, w)| *g = 1e-3 * w);
        for (row, y) in zip(&rows, &signs) {
            let margin = y * zip(row, w).map(|(x, w)| x * w).sum::<f64>();
            value += softplus(-margin) / n as f64;
            let slope = -y * sigmoid(-margin) / n as f64;
            zip(&mut *g, row).for_each(|(g, x)| *g += slope * x);
        }
        Ok(value + 0.5e-3 * w.iter().map(|w| w * w).sum::<f64>())
    })?;
    Ok(Problem {
        steps: 200,
        ..problem
    })
}
