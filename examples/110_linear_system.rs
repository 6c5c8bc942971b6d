//! Solving two linear equations, and how far to trust the answer.
//!
//! Where do the lines x₁ + 2 x₂ = 5 and 3 x₁ + 4 x₂ = 6 cross? In matrix form,
//!
//! ```text
//! A x = b,    A = ⎛ 1  2 ⎞,    b = ⎛ 5 ⎞
//!                 ⎝ 3  4 ⎠         ⎝ 6 ⎠
//! ```
//!
//! Elimination subtracts m = a₂₁ / a₁₁ times the first equation from the second, which leaves one
//! unknown, and substitutes backward:
//!
//! ```text
//! (a₂₂ − m a₁₂) x₂ = b₂ − m b₁,    x₁ = (b₁ − a₁₂ x₂) / a₁₁
//! ```
//!
//! A machine does the same with any number of equations, and first brings the row with the largest entry to the
//! top, because a small a₁₁ would make m large: `eliminate` tells every step.
//!
//! An answer from a machine carries two numbers. The residual r = b − A x says how well the equations
//! hold; the condition number κ = ‖A‖ ‖A⁻¹‖ = σ₁ / σ₂ (of the singular values) says what that is worth,
//! since a change of b changes the solution, relatively, by up to κ times as much:
//!
//! ```text
//! ‖δx‖ / ‖x‖  ≤  κ ‖δb‖ / ‖b‖
//! ```
//!
//! The worst change of b points along the left singular vector u₂ of the smallest singular value.
//!
//! What to try: replace the 4 by 6.001. The lines are almost parallel, κ jumps to 50 000, the residual
//! stays as small as before, and the solution is worth four digits less. Then replace it by 6.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{Step, eliminate, solve, svd};
use gradus::numeric::norm2;
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
    let b = DVector::from_column_slice(&[5.0, 6.0]);

    by_hand(&a, &b);
    watched(&a, &b)?;
    let x = by_machine(&a, &b)?;
    disturbed(&a, &b, &x)?;
    draw(&a, &b)?;

    let distance = norm2((&x - DVector::from_column_slice(&[-4.0, 4.5])).as_slice());
    if distance < 1e-14 {
        println!("result: x = [{:.1}, {:.1}]", x[0], x[1]);
        Ok(())
    } else {
        Err(format!("the solution is [-4, 4.5], not {x}").into())
    }
}

/// Elimination and backward substitution, line by line.
fn by_hand(a: &DMatrix<f64>, b: &DVector<f64>) {
    let m = a[(1, 0)] / a[(0, 0)];
    let (left, right) = (a[(1, 1)] - m * a[(0, 1)], b[1] - m * b[0]);
    let x2 = right / left;
    let x1 = (b[0] - a[(0, 1)] * x2) / a[(0, 0)];
    println!("by hand");
    println!("  multiplier        m = {m}");
    println!("  what is left      {left} x₂ = {right}");
    println!("  substituted       x₂ = {x2}, x₁ = {x1}");
}

/// The same with rows exchanged, step by step, counted from 1 as above.
fn watched(a: &DMatrix<f64>, b: &DVector<f64>) -> Result<(), Box<dyn Error>> {
    println!("by gradus::linalg::eliminate");
    eliminate(a, b, |step| match step {
        Step::Swap { row, other } => {
            println!("  exchanged         rows {} and {}", row + 1, other + 1);
        }
        Step::Eliminate {
            row,
            pivot_row,
            factor,
        } => {
            let (pivot, row) = (pivot_row + 1, row + 1);
            println!("  subtracted        {factor:.4} times row {pivot} from row {row}");
        }
        Step::BackSubstitute { row, value } => {
            println!("  substituted       x{} = {value:.4}", row + 1);
        }
        _ => {}
    })?;
    Ok(())
}

/// The verified solver: solution, residual, condition.
fn by_machine(a: &DMatrix<f64>, b: &DVector<f64>) -> Result<DVector<f64>, Box<dyn Error>> {
    let solution = solve(a, b)?;
    let sigma = svd(a)?.singular_values;
    let (largest, smallest, kappa) = (sigma[0], sigma[1], sigma[0] / sigma[1]);
    let residual = norm2((b - a * &solution.x).as_slice());
    println!("by gradus::linalg::solve");
    println!("  solution          x = {:?}", solution.x.as_slice());
    println!("  residual          ‖b − A x‖₂ = {residual:.1e}");
    println!("  backward error    {:.1e}", solution.backward_error);
    println!("  condition         κ₁ = {:.2}", 1.0 / solution.rcond);
    println!("  condition         κ₂ = {largest:.2} / {smallest:.2} = {kappa:.2}");
    Ok(solution.x)
}

/// What becomes of the solution when b is wrong by one percent, in the worst direction.
fn disturbed(a: &DMatrix<f64>, b: &DVector<f64>, x: &DVector<f64>) -> Result<(), Box<dyn Error>> {
    let svd = svd(a)?;
    let kappa = svd.singular_values[0] / svd.singular_values[1];
    let change = svd.u.column(1) * (0.01 * norm2(b.as_slice()));
    let moved = solve(a, &(b + change))?.x;
    let relative = norm2((moved - x).as_slice()) / norm2(x.as_slice());
    println!("one percent of error in b");
    println!("  moves x by        {:.1} %", 100.0 * relative);
    println!("  and at most by    {kappa:.1} %");
    if relative <= 0.01 * kappa * (1.0 + 1e-12) {
        Ok(())
    } else {
        Err(format!("a change of 1 % moved the solution by more than κ = {kappa} percent").into())
    }
}

/// The two lines x₂ = (bᵢ − aᵢ₁ x₁) / aᵢ₂ in `out/`.
fn draw(a: &DMatrix<f64>, b: &DVector<f64>) -> Result<(), Box<dyn Error>> {
    let line = |i: usize| move |x: f64| (b[i] - a[(i, 0)] * x) / a[(i, 1)];
    let (first, second) = (line(0), line(1));
    let lines = [
        Function::new("x₁ + 2 x₂ = 5", &first),
        Function::new("3 x₁ + 4 x₂ = 6", &second),
    ];
    let figure = Figure::new("Two equations, one point", "x₁", "x₂");
    let svg = function_plot(&figure, &lines, -8.0, 2.0)?;
    let path = save("out/110_linear_system.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
