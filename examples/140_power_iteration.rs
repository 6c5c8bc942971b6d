//! Eigenvectors, and how to find the largest one by nothing but multiplying.
//!
//! A symmetric matrix has n perpendicular directions that it only stretches, A vᵢ = λᵢ vᵢ. Any x is a mixture
//! of them, and every product with A stretches each ingredient by its own factor:
//!
//! ```text
//! x = c₁ v₁ + … + c_n v_n    ⇒    Aᵏ x = λ₁ᵏ c₁ v₁ + … + λ_nᵏ c_n v_n
//! ```
//!
//! so the one with the largest |λ| wins, and the others fade like (λ₂ / λ₁)ᵏ. The best guess of its eigenvalue
//! is the Rayleigh quotient λ = xᵀ A x / xᵀ x, whose error is the square of that of x; and the residual
//! ‖A x − λ x‖ proves the answer, however it was found.
//!
//! Shifting and inverting turns the tables: (A − µ I)⁻¹ has the eigenvalues 1 / (λᵢ − µ), the largest one for
//! the λᵢ nearest to µ. If µ is replaced by the Rayleigh quotient at every step, the number of right digits
//! triples each time; which eigenvalue it finds is up to the start (here 3, the second).
//!
//! The matrix is that of a string of five beads, −1, 2, −1 on its diagonals; its eigenvalues are known,
//! λⱼ = 2 − 2 cos(j π / 6), the largest one 2 + √3.
//!
//! What to try: start power iteration at an eigenvector. Take ten beads: λ₂ / λ₁ comes nearer to 1 and the
//! iteration slower. Start from (1, 1, 1, 1, 1): by symmetry it lacks two of the eigenvectors.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::special::toeplitz;
use gradus::linalg::{Stopping, power_iteration, rayleigh_iteration, symmetric_eigen};
use gradus::numeric::norm2;
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let first = DVector::from_row_slice(&[2.0, -1.0, 0.0, 0.0, 0.0]);
    let a = toeplitz(&first, &first)?;
    let start = DVector::from_row_slice(&[1.0, -0.6, 0.2, 0.0, 0.0]);
    let eigen = symmetric_eigen(&a)?;
    println!("eigenvalues         {:.6?}", eigen.values.as_slice());

    let power = by_power(&a, &start, &eigen.vectors.column(0).into_owned())?;
    let rayleigh = by_rayleigh(&a, &start)?;
    draw(&power, &rayleigh)?;

    let ratio = power[31] / power[30];
    let expected = eigen.values[1] / eigen.values[0];
    println!("the error falls by {ratio:.4} a step; λ₂/λ₁ = {expected:.4}");
    let largest = 2.0 + 3.0_f64.sqrt();
    if (eigen.values[0] - largest).abs() < 1e-14 && (ratio / expected - 1.0).abs() < 0.01 {
        println!("result: λ₁ = {:.12} = 2 + √3", eigen.values[0]);
        Ok(())
    } else {
        Err("the largest eigenvalue is 2 + √3, and power iteration converges by λ₂/λ₁".into())
    }
}

/// The distance of every iterate from the eigenvector, up to sign.
fn by_power(
    a: &DMatrix<f64>,
    start: &DVector<f64>,
    v: &DVector<f64>,
) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut errors = Vec::new();
    println!("power iteration     λ = xᵀAx          ‖Ax − λx‖   ‖x − v₁‖");
    let pair = power_iteration(a, start, Stopping::default(), |step| {
        let distance = norm2((step.vector - v).as_slice()).min(norm2((step.vector + v).as_slice()));
        errors.push(distance);
        if step.iteration.is_power_of_two() {
            println!(
                "  step {:<12} {:.12}    {:<10.1e}  {distance:.1e}",
                step.iteration, step.estimate, step.residual
            );
        }
    })?;
    println!(
        "  done after {} steps, residual {:.1e}",
        pair.iterations, pair.residual
    );
    Ok(errors)
}

/// The residual of every step.
fn by_rayleigh(a: &DMatrix<f64>, start: &DVector<f64>) -> Result<Vec<f64>, Box<dyn Error>> {
    let mut residuals = Vec::new();
    println!("Rayleigh quotient iteration, from the same start");
    rayleigh_iteration(
        a,
        start,
        Stopping {
            tolerance: 1e-15,
            ..Stopping::default()
        },
        |step| {
            residuals.push(step.residual);
            println!(
                "  step {:<12} {:.12}    {:.1e}",
                step.iteration, step.estimate, step.residual
            );
        },
    )?;
    Ok(residuals)
}

/// Errors over the steps, in `out/`.
fn draw(power: &[f64], rayleigh: &[f64]) -> Result<(), Box<dyn Error>> {
    let series = [
        Series::new("power: ‖x − v₁‖", &power[..60.min(power.len())]),
        Series::new("Rayleigh: ‖Ax − λx‖", rayleigh),
    ];
    let figure = Figure::new(
        "A straight line, and a number of digits that triples",
        "step",
        "",
    );
    println!(
        "picture: {}",
        save(
            "out/140_power_iteration.svg",
            &learning_curves(&figure, &series, AxisScale::Logarithmic)?
        )?
        .display()
    );
    Ok(())
}
