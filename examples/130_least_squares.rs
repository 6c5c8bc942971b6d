//! Least squares is a projection.
//!
//! Seven measurements y at times t, and a parabola c₀ + c₁ t + c₂ t² that shall pass by them: seven equations
//! for three unknowns, and no solution. The parabolas that exist are the combinations of three columns,
//!
//! ```text
//! A = (1  t  t²),    A c ∈ range(A),  a three-dimensional plane in ℝ⁷
//! ```
//!
//! and the nearest point of a plane is the foot of the perpendicular. With an orthonormal basis Q of the
//! plane (A = Q R) it is
//!
//! ```text
//! p = Q Qᵀ y,    R c = Qᵀ y,    r = y − p  ⊥  every column of A
//! ```
//!
//! so Aᵀ (y − A c) = 0, the normal equations, are nothing but "the residual is perpendicular", and
//! Pythagoras holds: ‖y‖² = ‖p‖² + ‖r‖². The projector P = Q Qᵀ satisfies P² = P = Pᵀ: what is already in the
//! plane stays where it is.
//!
//! One should not solve the normal equations, though. Forming Aᵀ A squares the condition number: for the nearly
//! parallel columns of Läuchli's matrix below κ = 1.4e8, and κ² = 2e16 is more than a double can bear: Aᵀ A
//! rounds to a singular matrix, while QR solves the problem as it was given. `132_orthogonalization` finds such a Q in
//! four ways.
//!
//! Where an unknown stands in an exponent, y ≈ a e^(bt) + c, what exists is a curved surface. Gauss and Newton project on its tangent
//! plane, again and again; Levenberg and Marquardt shorten the steps that would leave it behind.
//!
//! What to try: leave out the column t². Take the polynomial of degree 6: the residual is zero, and between
//! the points the curve swings. Move the last measurement and see which coefficients follow.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::special::lauchli;
use gradus::linalg::{least_squares, max_norm, projector, qr, solve};
use gradus::minimize::{MinimizeError, Stopping, levenberg_marquardt};
use gradus::numeric::{norm_infinity, norm2};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use std::error::Error;

const T: [f64; 7] = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0];
/// The parabola 1 − t + t²/2 with errors of up to 0.4.
const Y: [f64; 7] = [1.2, 0.1, 1.3, 2.3, 5.0, 8.3, 13.2];

fn main() -> Result<(), Box<dyn Error>> {
    let a = DMatrix::from_fn(7, 3, |i, j| T[i].powi([0, 1, 2][j]));
    let y = DVector::from_column_slice(&Y);

    let c = projected(&a, &y)?;
    let checked = least_squares(&a, &y)?;
    println!("by gradus::linalg::least_squares");
    println!("  c                 {:.6?}", checked.x.as_slice());
    println!("  ‖r‖               {:.6}", checked.residual);
    nearly_parallel()?;
    growth()?;
    draw(&c)?;

    if norm2((&c - &checked.x).as_slice()) < 1e-13 {
        println!("result: y ≈ {:.3} {:+.3} t {:+.3} t²", c[0], c[1], c[2]);
        Ok(())
    } else {
        Err(format!("the projection gives {c}, least squares {}", checked.x).into())
    }
}

/// c from A = Q R, with the geometry checked on the way.
fn projected(a: &DMatrix<f64>, y: &DVector<f64>) -> Result<DVector<f64>, Box<dyn Error>> {
    let qr = qr(a)?;
    let projector = projector(a)?;
    let foot = &projector * y;
    let residual = y - &foot;
    let c = solve(&qr.r, &(qr.q.transpose() * y))?.x;
    let size = |x: &DVector<f64>| norm2(x.as_slice());
    println!("projection on the columns 1, t, t²");
    println!("  p = Q Qᵀ y        {:.4?}", foot.as_slice());
    println!("  r = y − p         {:.4?}", residual.as_slice());
    let perpendicular = norm_infinity((a.transpose() * &residual).as_slice());
    println!("  Aᵀ r              {perpendicular:.0e}");
    let (both, whole) = (
        size(&foot).powi(2) + size(&residual).powi(2),
        size(y).powi(2),
    );
    println!("  ‖p‖² + ‖r‖²       {both:.6}");
    println!("  ‖y‖²              {whole:.6}");
    let again = max_norm(&(&projector * &projector - &projector));
    println!("  P² − P            {again:.0e}");
    println!("  R c = Qᵀ y        c = {:.6?}", c.as_slice());
    Ok(c)
}

/// Läuchli's matrix: two columns at an angle of 1.4e-8, and a right-hand side with the solution (1, 1).
fn nearly_parallel() -> Result<(), Box<dyn Error>> {
    const MU: f64 = 1e-8;
    let a = lauchli(2, MU)?;
    let b = &a * DVector::from_element(2, 1.0);
    let by_qr = least_squares(&a, &b)?;
    println!("Läuchli's columns (1, µ, 0) and (1, 0, µ), µ = 1e-8; the solution is (1, 1)");
    let (x, kappa) = (by_qr.x.as_slice(), 1.0 / by_qr.rcond);
    println!("  least squares     {x:.9?}, κ = {kappa:.1e}");
    match solve(&(a.transpose() * &a), &(a.transpose() * &b)) {
        Err(error) => println!("  normal equations  {error}"),
        Ok(x) => return Err(format!("AᵀA rounds to a singular matrix, yet x = {}", x.x).into()),
    }
    if norm_infinity((by_qr.x - DVector::from_element(2, 1.0)).as_slice()) < 1e-7 {
        Ok(())
    } else {
        Err("least squares has lost more than half of the digits".into())
    }
}

/// a e^(bt) + c through the same measurements.
fn growth() -> Result<(), MinimizeError> {
    let residuals = |x: &[f64]| -> Vec<f64> {
        let of = |(t, y): (f64, f64)| x[0] * (x[1] * t).exp() + x[2] - y;
        T.into_iter().zip(Y).map(of).collect()
    };
    let slopes = |x: &[f64]| {
        let of = |t: f64| [(x[1] * t).exp(), x[0] * t * (x[1] * t).exp(), 1.0];
        DMatrix::from_fn(7, 3, |i, j| of(T[i])[j])
    };
    let start = [1.0, 0.1, 0.0];
    let fit = levenberg_marquardt(residuals, slopes, &start, Stopping::default(), |_| ())?;
    let (x, steps) = (&fit.x, fit.iterations);
    println!("growth, y ≈ {:.3} e^({:.3} t) {:+.3}", x[0], x[1], x[2]);
    println!("  after {steps} steps ‖r‖ = {:.6}", norm2(&residuals(x)));
    Ok(())
}

/// The measurements and the parabola, in `out/`.
fn draw(c: &DVector<f64>) -> Result<(), Box<dyn Error>> {
    let parabola = |t: f64| (t, c[0] + t * (c[1] + t * c[2]));
    let curve: Vec<(f64, f64)> = (0..=64)
        .map(|i| parabola(f64::from(i) / 10.0 - 0.2))
        .collect();
    let measured: Vec<(f64, f64)> = T.into_iter().zip(Y).collect();
    let svg = xy_plot(
        &Figure::new("The nearest parabola", "t", "y"),
        &[
            PlaneCurve::line("c₀ + c₁ t + c₂ t²", &curve),
            PlaneCurve::points("measured", &measured),
        ],
    )?;
    let path = save("out/130_least_squares.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
