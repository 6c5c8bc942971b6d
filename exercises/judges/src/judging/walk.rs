//! Where an optimizer of the library goes, and whether an answer goes there too.

use super::text::{Text, say};
use super::words::number;
use gradus_numeric::Shape;
use gradus_optim::{Chain, Gradient, Layout, OptimError};
use gradus_testkit::scaled;

/// Where an optimizer brings one parameter along given gradients.
pub(crate) fn library(
    optimizer: Result<Chain<f64>, OptimError>,
    start: f64,
    gradients: &[f64],
) -> Result<f64, OptimError> {
    let optimizer = optimizer?;
    let mut layout = Layout::new();
    layout.push("theta", Shape::new(1, 1))?;
    let mut theta = [start];
    let mut state = optimizer.init(&layout, &theta)?;
    for &g in gradients {
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[g]]))?;
    }
    Ok(theta[0])
}

/// `Err` in words unless a walk ends where the method does; `scale` is how far it may have gone.
pub(crate) fn ends_at(
    theta: f64,
    method: &str,
    right: f64,
    tolerance: f64,
    scale: f64,
) -> Result<(), Text> {
    scaled(theta, right, tolerance, scale).map_err(|_| {
        let [theta, right] = [theta, right].map(number);
        say!(
            "θ ends at {theta}; {method} ends at {right}",
            "θ 最后是 {theta}；{method} 应到 {right}"
        )
    })
}
