//! Moré, Garbow and Hillstrom's problems, solved by the methods.

use crate::problems::{all, residuals};
use gradus_autodiff::{AutodiffError, jacobian, value_and_gradient};
use gradus_minimize::nalgebra::DMatrix;
use gradus_minimize::{MinimizeError, Report, Stopping, bfgs, lbfgs, levenberg_marquardt};

/// Six digits are published; a sum of squares of 0 counts as found below the square of the rounding unit's root.
fn is_published(value: f64, minima: &[f64]) -> bool {
    minima.iter().any(|m| (value - m).abs() <= 1e-5 * m + 1e-12)
}

fn squares(name: &str, x: &[f64], g: &mut [f64]) -> Result<f64, AutodiffError> {
    let (value, gradient) =
        value_and_gradient(|x| residuals(name, x).iter().map(|r| *r * *r).sum(), x)?;
    g.copy_from_slice(&gradient);
    Ok(value)
}

fn by_squares(name: &str, start: &[f64]) -> Result<Report, MinimizeError> {
    let r = |x: &[f64]| residuals(name, x);
    let j =
        |x: &[f64]| jacobian(|x| residuals(name, x), x).unwrap_or_else(|_| DMatrix::zeros(0, 0));
    let stopping = Stopping {
        residual: 1e-13,
        step: 1e-15,
        ..Stopping::default()
    };
    let report = levenberg_marquardt(r, j, start, stopping, |_| ())?;
    Ok(Report {
        value: 2.0 * report.value,
        ..report
    })
}

#[test]
fn published_minima_are_found() -> Result<(), MinimizeError> {
    let mut missed = Vec::new();
    for problem in all() {
        let name = problem.name;
        let report = by_squares(name, &problem.start)?;
        if !is_published(report.value, problem.minima) {
            missed.push(format!("{name}: {report:?}"));
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    Ok(())
}

#[test]
fn published_minima_are_found_from_gradients() -> Result<(), MinimizeError> {
    let mut missed = Vec::new();
    for problem in all() {
        let (name, start) = (problem.name, &problem.start);
        let f = |x: &[f64], g: &mut [f64]| squares(name, x, g).unwrap_or(f64::NAN);
        let stopping = Stopping {
            residual: 1e-9,
            ..Stopping::default()
        };
        for report in [
            bfgs(f, start, stopping, |_| ())?,
            lbfgs(f, start, 10, stopping, |_| ())?,
        ] {
            if !is_published(report.value, problem.minima) {
                missed.push(format!("{name}: {report:?}"));
            }
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
    Ok(())
}
