//! Optimizers on a valley whose sides are κ times as steep as its floor.

use gradus_numeric::Shape;
use gradus_optim::{Gradient, Layout, OptimError, adam, momentum, sgd};

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
    let mut layout = Layout::new();
    layout.push("theta", Shape::new(2, 1))?;
    let optimizer = match method {
        Method::GradientDescent => sgd(rate)?,
        Method::Momentum { mu } => momentum(rate, mu)?,
        Method::Adam => adam(rate)?,
    };
    let mut theta = START;
    let mut state = optimizer.init(&layout, &theta)?;
    let mut path = Vec::with_capacity(steps);
    for _ in 0..steps {
        let gradient = [theta[0], kappa * theta[1]];
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
        path.push(theta);
    }
    Ok(path)
}

/// How high a point lies.
pub(crate) fn height([x, y]: [f64; 2], kappa: f64) -> f64 {
    0.5 * (x * x + kappa * y * y)
}
