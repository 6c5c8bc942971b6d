//! Optimizers on a valley whose sides are κ times as steep as its floor.

use crate::walk::walk;
use gradus_optim::{OptimError, adam, momentum, sgd};

/// How to go down.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Method {
    GradientDescent,
    Momentum { mu: f64 },
    Adam,
}

/// Where every path begins.
const START: [f64; 2] = [-4.0, 1.5];

/// The points after the start.
pub(crate) fn path(
    method: Method,
    rate: f64,
    kappa: f64,
    steps: usize,
) -> Result<Vec<[f64; 2]>, OptimError> {
    let optimizer = match method {
        Method::GradientDescent => sgd(rate)?,
        Method::Momentum { mu } => momentum(rate, mu)?,
        Method::Adam => adam(rate)?,
    };
    let mut path = Vec::with_capacity(steps);
    let slope = |_, theta: &[f64]| Ok::<_, OptimError>(vec![theta[0], kappa * theta[1]]);
    walk(&optimizer, START.to_vec(), steps, slope, |theta| {
        path.push([theta[0], theta[1]]);
    })?;
    Ok(path)
}

/// How high a point lies.
pub(crate) fn height([x, y]: [f64; 2], kappa: f64) -> f64 {
    0.5 * (x * x + kappa * y * y)
}
