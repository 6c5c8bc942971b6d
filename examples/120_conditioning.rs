//! Conditioning: how many digits of a solution are worth reading.
//!
//! Hilbert's matrix hᵢⱼ = 1 / (i + j + 1), counted from 0, comes from fitting polynomials on [0, 1]. Its rows are
//! all of the same kind, more so with every further one, and its condition number grows with the size n like
//!
//! ```text
//! κ(Hₙ) ~ e^(3.5 n)
//! ```
//!
//! A stable algorithm solves a system that is wrong by a few roundings: backward error η ≈ u = 1.1e-16. What
//! that does to the solution is not the algorithm's fault but a property of the matrix:
//!
//! ```text
//! forward error  ‖x̂ − x‖ / ‖x‖   ≲   κ · η   condition × backward error
//! ```
//!
//! so of 16 digits log₁₀ κ are lost. The residual does not tell: it stays at the size of rounding while the
//! solution becomes noise. That is why `solve` returns `rcond` ≈ 1/κ with every answer, and no answer where no digit
//! would be certain: from n = 11 on the matrix differs from a singular one by rounding errors only.
//!
//! The right-hand side here is b = H 1, so that the solution is (1, …, 1); b is rounded too, as measured data
//! would be.
//!
//! What to try: go on to n = 14 with `least_squares`, which drops what cannot be told from zero, and watch how far its
//! answer is from (1, …, 1). Replace H by H + 10⁻⁸ I (ridge regression): the error no longer explodes, at the
//! price of a solution that is a little wrong everywhere.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::DVector;
use gradus::linalg::special::hilbert;
use gradus::linalg::{LinalgError, solve};
use gradus::numeric::norm_infinity;
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use std::error::Error;

/// What one size shows.
struct Trial {
    condition: f64,
    backward_error: f64,
    error: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let trials = (1..=10).map(trial).collect::<Result<Vec<_>, _>>()?;
    println!("Hilbert's matrix of n rows; the solution is (1, …, 1)");
    println!("  n   condition   backward error   error of x   correct digits");
    for (n, t) in (1..).zip(&trials) {
        println!(
            "  {n:<3} {:<11.1e} {:<16.1e} {:<12.1e} {}",
            t.condition,
            t.backward_error,
            t.error,
            digits(t.error)
        );
    }
    draw(&trials)?;

    let within = |t: &Trial| t.error <= 10.0 * t.condition * f64::EPSILON;
    let honest = trials.iter().all(|t| t.backward_error < 1e-15 && within(t));
    let last = &trials[9];
    let refused = (11..=14).all(|n| trial(n).is_err_and(|error| is_singular(error.as_ref())));
    if honest && last.error > 1e-6 && refused {
        println!("  11 and more: singular to working precision");
        println!(
            "result: at n = 10 the residual is {:.0e} and {} of 16 digits are right, at n = 11 no digit is certain",
            last.backward_error,
            digits(last.error)
        );
        Ok(())
    } else {
        Err("the errors are within condition × rounding, until that is everything".into())
    }
}

fn is_singular(error: &(dyn Error + 'static)) -> bool {
    matches!(
        error.downcast_ref::<LinalgError>(),
        Some(LinalgError::Singular { rcond }) if *rcond < 14.0 * f64::EPSILON
    )
}

/// How many decimal digits are right, of the 16 that a double has: none if the error is as large as the number.
fn digits(error: f64) -> usize {
    (1..=16)
        .take_while(|&k| error <= 0.5 * 10.0_f64.powi(-k))
        .count()
}

fn trial(n: usize) -> Result<Trial, Box<dyn Error>> {
    let h = hilbert(n)?;
    let ones = DVector::from_element(n, 1.0);
    let solution = solve(&h, &(&h * &ones))?;
    Ok(Trial {
        condition: 1.0 / solution.rcond,
        backward_error: solution.backward_error,
        error: norm_infinity((solution.x - ones).as_slice()),
    })
}

/// Error, residual and the bound over the size, in `out/`.
fn draw(trials: &[Trial]) -> Result<(), Box<dyn Error>> {
    let each = |f: fn(&Trial) -> f64| trials.iter().map(f).collect::<Vec<_>>();
    let bound = each(|t| t.condition * f64::EPSILON);
    let errors = each(|t| t.error);
    let residuals = each(|t| t.backward_error);
    let series = [
        Series::new("κ ε", &bound),
        Series::new("error of x", &errors),
        Series::new("backward error", &residuals),
    ];
    let figure = Figure::new(
        "Hilbert's matrix: a small residual, a wrong solution",
        "n",
        "",
    );
    println!(
        "picture: {}",
        save(
            "out/120_conditioning.svg",
            &learning_curves(&figure, &series, AxisScale::Logarithmic)?
        )?
        .display()
    );
    Ok(())
}
