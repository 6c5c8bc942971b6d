//! Samples for the laws.

use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::nn::random::{Key, normal, uniform};
use gradus_models::{MatrixRef, Order, Shape};
use proptest::prelude::*;

/// Samples as columns, and numbers for targets, labels and weights.
#[derive(Clone, Debug)]
pub(crate) struct Sampled {
    pub(crate) x: DMatrix<f64>,
    pub(crate) y: Vec<f64>,
}

impl Sampled {
    pub(crate) fn view(&self) -> MatrixRef<'_, f64> {
        view(&self.x)
    }

    /// Labels below `classes`: every class occurs, and no plane parts them if they are drawn.
    pub(crate) fn labels(&self, classes: u32) -> Vec<u32> {
        let first = 0..classes;
        let drawn = self
            .y
            .iter()
            .skip(classes as usize)
            .map(|y| u32::try_from(y.to_bits() % u64::from(classes)).unwrap_or(0));
        first.chain(drawn).collect()
    }
}

/// One to four features and enough samples; normal numbers, or halves with many ties, far from 0 or near it.
pub(crate) fn sampled() -> impl Strategy<Value = Sampled> {
    let kinds = (
        1_usize..5,
        12_usize..30,
        any::<u64>(),
        any::<bool>(),
        any::<bool>(),
    );
    kinds.prop_map(|(p, n, seed, ties, far)| {
        let mut rng = Key::new(seed).rng();
        let number = |x: f64| if ties { (2.0 * x).round() / 2.0 } else { x };
        let shift = if far { 8.0 } else { 0.0 };
        let x = DMatrix::from_fn(p, n, |_, _| number(normal(&mut rng)) + shift);
        let y = (0..n).map(|_| 2.0 * normal(&mut rng) + 1.0).collect();
        Sampled { x, y }
    })
}

/// Weights 1, 2, 1, 0, …, and the samples written out as often as these say.
pub(crate) struct Counted {
    pub(crate) weights: Vec<f64>,
    pub(crate) repeated: Vec<usize>,
}

pub(crate) fn counted(n: usize) -> Counted {
    let times = |j: usize| [1_u32, 2, 1, 0][j % 4];
    Counted {
        weights: (0..n).map(|j| f64::from(times(j))).collect(),
        repeated: (0..n).flat_map(|j| vec![j; times(j) as usize]).collect(),
    }
}

/// A row of contiguous numbers, or any other shape.
pub(crate) fn matrix(numbers: &[f64], rows: usize) -> MatrixRef<'_, f64> {
    let shape = Shape::new(rows, numbers.len() / rows.max(1));
    MatrixRef::new(numbers, shape, Order::Columns).unwrap_or(MatrixRef::from_column(numbers))
}

/// A random rotation of `p` dimensions, from turns in planes.
pub(crate) fn rotation(p: usize, seed: u64) -> DMatrix<f64> {
    let mut rng = Key::new(seed).rng();
    let mut q = DMatrix::identity(p, p);
    for i in 0..p {
        for j in 0..i {
            let (sin, cos) = (7.0 * uniform(&mut rng)).sin_cos();
            let mut turn = DMatrix::identity(p, p);
            (turn[(i, i)], turn[(j, j)]) = (cos, cos);
            (turn[(i, j)], turn[(j, i)]) = (-sin, sin);
            q = turn * q;
        }
    }
    q
}

pub(crate) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

pub(crate) fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

/// Feature `i`, its mean taken off.
pub(crate) fn centered(x: MatrixRef<'_, f64>, i: usize) -> Vec<f64> {
    let row: Vec<f64> = x.row(i).collect();
    let mean = mean(&row);
    row.iter().map(|x| x - mean).collect()
}

/// Numbers are at most a hundred, samples at most thirty, conditions (squared once) rarely above a thousand: ten
/// thousand times the rounding of such a sum is far above what can happen, and far below what a wrong formula does.
pub(crate) const TOLERANCE: f64 = 1e4 * 30.0 * 100.0 * f64::EPSILON;
