//! Newton's method for a likelihood.

use super::likelihood::Likelihood;
use crate::error::ModelError;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{LinalgError, cholesky, solve_positive_definite};

/// The parameters at which a penalized likelihood is optimal.
///
/// ```math
/// \Theta \leftarrow \Theta + t s, \qquad \nabla^2 L \, s = -\nabla L, \qquad \delta^2 = -\nabla L \cdot s
/// ```
///
/// where $`t`$ is halved until $`L`$ falls by a ten-thousandth of what its slope promises, as long as $`L`$ can tell.
/// The Newton decrement $`\delta`$ measures the distance from the optimum in the units of the likelihood, whatever the
/// units of the features are; the error after the last step is of the order of $`\delta^2`$.
///
/// Without a penalty there may be no optimum: some direction raises the scores of all true classes forever. A plane that
/// parts the classes shows itself as soon as all margins are positive; if it touches samples of both, the steps tend to
/// it and do not become smaller as near an optimum.
pub(super) fn optimum(
    likelihood: &Likelihood<'_>,
    tolerance: f64,
    most_iterations: usize,
) -> Result<DMatrix<f64>, ModelError> {
    let (rows, d) = likelihood.shape();
    let mut theta = DMatrix::zeros(rows, d);
    let mut previous = f64::INFINITY;
    let mut decrement = f64::INFINITY;
    for iteration in 0..most_iterations {
        let (gradient, hessian) = likelihood.derivatives(&theta)?;
        if iteration == 0 && !likelihood.is_penalized() {
            check_independent(&hessian)?;
        }
        let step = match solve_positive_definite(&hessian, &-&gradient) {
            Ok(step) => step,
            Err(error) => return Err(flat(likelihood, &theta, iteration, error)),
        };
        decrement = (-gradient.dot(&step)).max(0.0).sqrt();
        let direction = DMatrix::from_column_slice(rows, d, step.as_slice());
        if decrement <= tolerance {
            // Near an optimum the decrement is squared in each step; on the way to infinity it is merely divided by √e.
            let is_slow = decrement > 0.1 * previous;
            if is_slow && !likelihood.is_penalized() && parts(likelihood, &direction)? {
                return Err(ModelError::Separable {
                    iterations: iteration,
                });
            }
            return Ok(theta + direction);
        }
        theta = shorter(likelihood, &theta, &direction, decrement)?;
        if !likelihood.is_penalized() && likelihood.margins(&theta)?.0 > 0.0 {
            let iterations = iteration + 1;
            return Err(ModelError::Separable { iterations });
        }
        previous = decrement;
    }
    Err(ModelError::DidNotConverge {
        iterations: most_iterations,
        residual: decrement,
        tolerance,
    })
}

/// The point on the way along a step at which the likelihood has become better.
fn shorter(
    likelihood: &Likelihood<'_>,
    theta: &DMatrix<f64>,
    step: &DMatrix<f64>,
    decrement: f64,
) -> Result<DMatrix<f64>, ModelError> {
    if decrement < BEYOND_DOUBT {
        return Ok(theta + step);
    }
    let start = likelihood.value(theta)?;
    let mut t = 1.0;
    loop {
        let next = theta + step * t;
        let value = likelihood.value(&next)?;
        if value <= start - 1e-4 * t * decrement * decrement || t < SHORTEST {
            return Ok(next);
        }
        t *= 0.5;
    }
}

/// Whether a direction raises no score of a wrong class above that of the true one: a plane that parts the classes, but
/// may touch them.
fn parts(likelihood: &Likelihood<'_>, direction: &DMatrix<f64>) -> Result<bool, ModelError> {
    let (smallest, largest) = likelihood.margins(direction)?;
    Ok(largest > 0.0 && smallest >= -TOUCHING * largest)
}

/// Why a Hessian is singular: the probabilities are 0 and 1, or something else is wrong.
fn flat(
    likelihood: &Likelihood<'_>,
    theta: &DMatrix<f64>,
    iterations: usize,
    error: LinalgError,
) -> ModelError {
    match parts(likelihood, theta) {
        Ok(true) if !likelihood.is_penalized() => ModelError::Separable { iterations },
        Ok(_) => error.into(),
        Err(error) => error,
    }
}

/// At the beginning the Hessian is a multiple of that of least squares: features depend on each other if it is singular.
fn check_independent(hessian: &DMatrix<f64>) -> Result<(), ModelError> {
    let columns = hessian.nrows();
    let unit: DVector<f64> = hessian
        .diagonal()
        .map(|h| if h > 0.0 { 1.0 / h.sqrt() } else { 1.0 });
    let scaled = DMatrix::from_fn(columns, columns, |i, j| unit[i] * hessian[(i, j)] * unit[j]);
    // A pivot is the share of a column that those before do not explain.
    let noise = 10.0 * columns as f64 * f64::EPSILON;
    let rank = match cholesky(&scaled) {
        Ok(l) => l.diagonal().iter().filter(|&&l| l * l > noise).count(),
        Err(LinalgError::NotPositiveDefinite { index, .. }) => index,
        Err(error) => return Err(error.into()),
    };
    if rank < columns {
        return Err(ModelError::Collinear { rank, columns });
    }
    Ok(())
}

/// So near the optimum that rounding of the likelihood hides its fall, and the full step is right.
const BEYOND_DOUBT: f64 = 1e-3;

/// No step is shorter: 2⁻³⁰ of Newton's.
const SHORTEST: f64 = 1e-9;

/// A margin that counts as 0 beside the largest.
const TOUCHING: f64 = 1e-6;
