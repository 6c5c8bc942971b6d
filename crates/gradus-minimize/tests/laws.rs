//! The laws of minimization, one test per theorem.

#[path = "laws/constrained.rs"]
mod constrained;
#[path = "laws/derivative_free.rs"]
mod derivative_free;
#[path = "laws/descent.rs"]
mod descent;
#[path = "laws/lines.rs"]
mod lines;
#[path = "laws/sets.rs"]
mod sets;
#[path = "laws/squares.rs"]
mod squares;

use gradus_linalg::symmetric_eigenvalues;
use gradus_minimize::LinalgError;
use gradus_minimize::nalgebra::{DMatrix, DVector};
use gradus_testkit::strategies::{positive_definite, vector};
use proptest::prelude::*;

/// $`\tfrac12 (x - c)^\top A (x - c)`$ with a positive definite matrix.
#[derive(Clone, Debug)]
struct Bowl {
    a: DMatrix<f64>,
    c: DVector<f64>,
}

impl Bowl {
    fn value_and_gradient(&self, x: &[f64], g: &mut [f64]) -> f64 {
        let d = DVector::from_row_slice(x) - &self.c;
        let ad = &self.a * &d;
        g.copy_from_slice(ad.as_slice());
        0.5 * d.dot(&ad)
    }

    fn value(&self, x: &[f64]) -> f64 {
        self.value_and_gradient(x, &mut vec![0.0; x.len()])
    }

    /// The extreme eigenvalues, smallest first.
    fn spectrum(&self) -> Result<[f64; 2], LinalgError> {
        let values = symmetric_eigenvalues(&self.a)?;
        Ok([values.min(), values.max()])
    }
}

/// A bowl of n dimensions with a condition of at most some hundreds, and a start.
fn bowl(n: std::ops::Range<usize>) -> impl Strategy<Value = (Bowl, Vec<f64>)> {
    n.prop_flat_map(|n| (positive_definite(n), vector(n), vector(n)))
        .prop_map(|(a, c, start)| {
            let n = a.nrows();
            // A tenth of the identity keeps the condition below some hundreds.
            let scale = a.amax().max(1e-3);
            let a = a / scale + DMatrix::identity(n, n) * 0.1;
            let small = |v: Vec<f64>| v.iter().map(|x| x.clamp(-10.0, 10.0)).collect::<Vec<_>>();
            let c = DVector::from_vec(small(c));
            (Bowl { a, c }, small(start))
        })
}

/// Rosenbrock's valley in any even dimension.
fn rosenbrock(x: &[f64], g: &mut [f64]) -> f64 {
    let mut value = 0.0;
    for (x, g) in x.chunks(2).zip(g.chunks_mut(2)) {
        let (a, b) = (1.0 - x[0], x[1] - x[0] * x[0]);
        (g[0], g[1]) = (-2.0 * a - 400.0 * x[0] * b, 200.0 * b);
        value += a * a + 100.0 * b * b;
    }
    value
}

/// $`\lVert x - y \rVert_\infty`$.
fn distance(x: &[f64], y: &[f64]) -> f64 {
    x.iter()
        .zip(y)
        .map(|(x, y)| (x - y).abs())
        .fold(0.0, f64::max)
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn minus(x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| x - y).collect()
}
