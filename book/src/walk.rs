//! Steps of an optimizer.

use gradus_numeric::Shape;
use gradus_optim::{Chain, Gradient, Layout, OptimError};

/// Where an optimizer comes to from a start: `gradient` is asked for each step, from 0, and `visit` sees the
/// parameters after it.
pub(crate) fn walk<E: From<OptimError>>(
    optimizer: &Chain<f64>,
    start: Vec<f64>,
    steps: usize,
    mut gradient: impl FnMut(u64, &[f64]) -> Result<Vec<f64>, E>,
    mut visit: impl FnMut(&[f64]),
) -> Result<Vec<f64>, E> {
    let mut theta = start;
    let mut layout = Layout::new();
    layout.push("theta", Shape::new(theta.len(), 1))?;
    let mut state = optimizer.init(&layout, &theta)?;
    for step in 0..steps {
        let gradient = gradient(step as u64, &theta)?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
        visit(&theta);
    }
    Ok(theta)
}
