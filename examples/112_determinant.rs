//! The determinant: what a matrix does to areas, and no measure of how singular it is.
//!
//! The columns of A span a parallelogram. Its area is the determinant, negative if the second column lies to the right
//! of the first, and 0 if they are parallel: then the plane is flattened to a line, and there is no way back.
//!
//! ```text
//! det A = a₁₁ a₂₂ − a₁₂ a₂₁,    A⁻¹ =    1   ⎛  a₂₂ −a₁₂ ⎞
//!                                      ─────  ⎝ −a₂₁  a₁₁ ⎠
//!                                      det A
//! ```
//!
//! One matrix after another multiplies areas, det(A B) = det A det B, and the way back divides by them. For more than
//! three equations the crosswise formula would have n! terms. Elimination leaves a triangle, P A = L U, whose
//! diagonal, the pivots, multiplies to the determinant, with a minus for every exchange of rows:
//!
//! ```text
//! det A = ± u₁₁ u₂₂ … uₙₙ
//! ```
//!
//! A small determinant says nothing about the equations: divide 400 of them by ten, and it is 10⁴⁰⁰ times smaller, too
//! small for a double, while nothing has happened. Its logarithm is not. Ask the condition number instead.
//!
//! The picture has the unit square and its image, a parallelogram of area 2 that is turned over.
//!
//! What to try: exchange the columns of A. Replace the 4 by 6.001: which of the numbers sees that the columns are nearly
//! parallel? Replace it by 6.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::{det, inverse, lu, max_norm, slogdet, solve};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
    let pivots = pivots(&a)?;
    let crosswise = a[(0, 0)] * a[(1, 1)] - a[(0, 1)] * a[(1, 0)];
    println!(
        "  crosswise         {crosswise}, by gradus::linalg::det {}",
        det(&a)?
    );
    areas(&a)?;
    logarithms()?;
    draw(&a)?;

    if (pivots - crosswise).abs() < 1e-15 && det(&a)? == crosswise {
        println!("result: det A = {crosswise}");
        Ok(())
    } else {
        Err(format!("the pivots multiply to {pivots}, the determinant is {crosswise}").into())
    }
}

/// The product of the pivots, with the sign of the exchanges.
fn pivots(a: &DMatrix<f64>) -> Result<f64, Box<dyn Error>> {
    let lu = lu(a)?;
    let exchanged = lu.permutation != [0, 1];
    let (first, second) = (lu.u[(0, 0)], lu.u[(1, 1)]);
    let product = if exchanged {
        -first * second
    } else {
        first * second
    };
    println!("the determinant of (1 2; 3 4)");
    println!("  pivots            {first:.4}, {second:.4}, rows exchanged: {exchanged}");
    println!("  their product     {product:.4}");
    Ok(product)
}

/// Areas multiply, and the inverse divides by them.
fn areas(a: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let b = DMatrix::from_row_slice(2, 2, &[2.0, 1.0, 0.0, 3.0]);
    let back = inverse(a)?;
    let (of_a, of_b, both) = (det(a)?, det(&b)?, det(&(a * &b))?);
    println!("areas");
    println!(
        "  det A det B       {of_a} × {of_b} = {}, det(A B) = {both}",
        of_a * of_b
    );
    println!("  A⁻¹ (by rows)     {:.2?}", back.transpose().as_slice());
    println!("  det A⁻¹           {:.4} = 1 / {of_a}", det(&back)?);
    println!(
        "  A A⁻¹ − I         {:.0e}",
        max_norm(&(a * &back - DMatrix::identity(2, 2)))
    );
    if (both - of_a * of_b).abs() < 1e-12 && (det(&back)? * of_a - 1.0).abs() < 1e-14 {
        Ok(())
    } else {
        Err(format!("areas should multiply: {of_a} × {of_b} is not {both}").into())
    }
}

/// 400 equations divided by ten, and two that are nearly parallel: which determinant is small?
fn logarithms() -> Result<(), Box<dyn Error>> {
    let tenth = DMatrix::from_diagonal_element(400, 400, 0.1);
    let nearly = DMatrix::from_row_slice(2, 2, &[1e4, 2e4, 3e4, 6.0001e4]);
    println!("which of them is nearly singular?");
    for (name, a) in [("⅒ I, n = 400", tenth), ("10⁴ (1 2; 3 6.0001)", nearly)] {
        let (small, log) = (det(&a)?, slogdet(&a)?.ln_abs);
        let kappa = 1.0 / solve(&a, &a.column(0).into_owned())?.rcond;
        println!("  {name:<20}  det = {small:<9.1e} ln |det| = {log:<8.2} κ₁ = {kappa:.1e}");
    }
    Ok(())
}

/// The unit square and its image, in `out/`.
fn draw(a: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let square = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)];
    let image = square.map(|(x, y)| (a[(0, 0)] * x + a[(0, 1)] * y, a[(1, 0)] * x + a[(1, 1)] * y));
    let curves = [
        PlaneCurve::line("unit square", &square),
        PlaneCurve::line("its image", &image),
    ];
    let figure =
        Figure::new("A square of area 1 becomes one of area −2", "x₁", "x₂").sized(520, 460);
    let path = save("out/112_determinant.svg", &plane_curves(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
