//! Optimizers on a valley whose sides are κ times as steep as its floor.

use crate::buffer::{LENGTH, write};
use crate::walk::{GRADIENT, walk};
use gradus_optim::{Entrywise, Look, OptimError, ScaleByAdam, Trace};

/// Writes the path of an optimizer down the valley $`\frac12 (x^2 + \kappa y^2)`$ from (−4, 1.5): `steps` points after
/// the start, x and y in turn. Method 0 is gradient descent, 1 momentum, 2 Adam. The result is the last height.
#[must_use]
pub fn descend(method: u32, rate: f64, mu: f64, kappa: f64, steps: usize) -> f64 {
    let (decay, look) = (mu, Look::Here);
    let steps = steps.min(LENGTH / 2);
    let path = match method {
        0 => path(&GRADIENT, rate, kappa, steps),
        1 => path(&Trace { decay, look }, rate, kappa, steps),
        _ => path(&ScaleByAdam::default(), rate, kappa, steps),
    };
    let Ok(path) = path else {
        return f64::NAN;
    };
    write(path.as_flattened());
    path.last().map_or(f64::NAN, |&theta| height(theta, kappa))
}

/// Where every path begins.
const START: [f64; 2] = [-4.0, 1.5];

/// The points after the start.
fn path(
    direction: &impl Entrywise<f64>,
    rate: f64,
    kappa: f64,
    steps: usize,
) -> Result<Vec<[f64; 2]>, OptimError> {
    let mut path = Vec::with_capacity(steps);
    let slope = |_, theta: &[f64]| Ok::<_, OptimError>(vec![theta[0], kappa * theta[1]]);
    walk(direction, &rate, START.to_vec(), steps, slope, |theta| {
        path.push([theta[0], theta[1]]);
    })?;
    Ok(path)
}

/// How high a point lies.
fn height([x, y]: [f64; 2], kappa: f64) -> f64 {
    0.5 * (x * x + kappa * y * y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::buffer::read;

    #[test]
    fn a_step_multiplies_x_by_one_minus_the_rate() {
        let height = descend(0, 0.1, 0.0, 10.0, 1); // and y by 1 - κ rate
        let to = read(2);
        assert!((to[0] + 3.6).abs() < 1e-12 && to[1].abs() < 1e-12);
        assert!((height - 0.5 * 3.6 * 3.6).abs() < 1e-12);
        assert!(descend(0, -1.0, 0.0, 10.0, 1).is_nan());
    }
}
