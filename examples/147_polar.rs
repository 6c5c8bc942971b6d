//! The polar decomposition: every deformation is a stretching and a turn.
//!
//! A complex number is a length and a direction, z = e^(iφ) |z|. Matrices can be taken apart in the same way: any
//! deformation F is a stretching along perpendicular axes, and a rotation (or a reflection) after it,
//!
//! ```text
//! F = U P,    UᵀU = I,    P = Pᵀ = √(FᵀF)
//! ```
//!
//! since P² = Fᵀ F makes ‖P x‖ = ‖F x‖ for every x. For a shear,
//!
//! ```text
//! ⎛ 1  1 ⎞ =  ⎛  2  1 ⎞ ⎛ 2  1 ⎞ / 5,    a turn by −arctan ½ = −26.6°
//! ⎝ 0  1 ⎠    ⎝ −1  2 ⎠ ⎝ 1  3 ⎠
//! ```
//!
//! Of all rotations U is the nearest to F: ‖F − Q‖ is smallest for Q = U. This is how a rotation that has drifted by
//! rounding is repaired, and how Muon, an optimizer, makes all directions of a step equally long.
//!
//! What to try: shear twice as much. Which F has U = I? The reflection diag(1, −1), sheared: what is det U?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::{det, frobenius_norm, max_norm, polar};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;
use std::f64::consts::TAU;

fn main() -> Result<(), Box<dyn Error>> {
    let shear = square([1.0, 1.0, 0.0, 1.0]);
    let angle = factors(&shear)?;
    let nearest = nearest_angle(&shear)?;
    repaired()?;
    draw(&shear)?;

    if (angle + 0.5_f64.atan()).abs() < 1e-14 && (angle - nearest).abs() < TAU / 3600.0 {
        println!(
            "result: the shear turns by {:.2}°, −arctan ½",
            angle.to_degrees()
        );
        Ok(())
    } else {
        Err(format!("the shear turns by {angle}, the nearest rotation by {nearest}").into())
    }
}

fn square(rows: [f64; 4]) -> DMatrix<f64> {
    DMatrix::from_row_slice(2, 2, &rows)
}

fn rotation(angle: f64) -> DMatrix<f64> {
    let (sin, cos) = angle.sin_cos();
    square([cos, -sin, sin, cos])
}

/// The angle of U in F = U P.
fn factors(f: &DMatrix<f64>) -> Result<f64, Box<dyn Error>> {
    let polar = polar(f)?;
    let root = 5.0_f64.sqrt();
    let (u, p) = (polar.u.transpose() * root, &polar.p * root);
    let (whole, of_u, of_p) = (det(f)?, det(&polar.u)?, det(&polar.p)?);
    println!("the shear F (by rows) {:?}", f.transpose().as_slice());
    println!("  √5 U              {:.6?}", u.as_slice());
    println!("  √5 P              {:.6?}", p.as_slice());
    println!("  det F = det U det P: {whole:.6} = {of_u:.6} × {of_p:.6}");
    println!(
        "  U P − F           {:.0e}",
        max_norm(&(&polar.u * &polar.p - f))
    );
    Ok(polar.u[(1, 0)].atan2(polar.u[(0, 0)]))
}

/// The rotation nearest to F among 3600.
fn nearest_angle(f: &DMatrix<f64>) -> Result<f64, Box<dyn Error>> {
    let distance = |angle: f64| frobenius_norm(&(f - rotation(angle)));
    let angles = (-1800..1800).map(|i| TAU * f64::from(i) / 3600.0);
    let closer = |a: &f64, b: &f64| distance(*a).total_cmp(&distance(*b));
    let nearest = angles.min_by(closer).ok_or("no angle")?;
    let by_polar = frobenius_norm(&(f - polar(f)?.u));
    let (degrees, away) = (nearest.to_degrees(), distance(nearest));
    println!("  nearest of 3600   {degrees:.1}°, at {away:.6}; U at {by_polar:.6}");
    if by_polar <= away + 1e-14 {
        Ok(nearest)
    } else {
        Err("there is a rotation nearer than U".into())
    }
}

/// A turn by 1° that was written down with three digits, made 360 times, and repaired after every step.
fn repaired() -> Result<(), Box<dyn Error>> {
    let step = rotation(TAU / 360.0).map(|x| (1000.0 * x).round() / 1000.0);
    let (mut left_alone, mut kept) = (DMatrix::identity(2, 2), DMatrix::identity(2, 2));
    for _ in 0..360 {
        left_alone = &step * left_alone;
        kept = polar(&(&step * kept))?.u;
    }
    println!("360 turns by 1°, rounded to three digits");
    println!("  left alone        det = {:.6}", det(&left_alone)?);
    println!("  U of every step   det = {:.6}", det(&kept)?);
    Ok(())
}

/// What becomes of the unit circle, with the radius to (1, 0), in `out/`.
fn draw(f: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let polar = polar(f)?;
    let circle = ring(&DMatrix::identity(2, 2));
    let (stretched, turned) = (ring(&polar.p), ring(&(&polar.u * &polar.p)));
    let curves = [
        PlaneCurve::line("circle", &circle),
        PlaneCurve::line("P: stretched", &stretched),
        PlaneCurve::line("U P = F: turned", &turned),
    ];
    let figure = Figure::new("A shear is a stretching and a turn", "x₁", "x₂").sized(640, 460);
    let path = save("out/147_polar.svg", &plane_curves(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// The image of the unit circle, and from its middle to the image of (1, 0).
fn ring(a: &DMatrix<f64>) -> Vec<(f64, f64)> {
    let image = |angle: f64| {
        let (sin, cos) = angle.sin_cos();
        let at = |i: usize| a[(i, 0)] * cos + a[(i, 1)] * sin;
        (at(0), at(1))
    };
    let around = (0..=180).map(|i| image(TAU * f64::from(i) / 180.0));
    std::iter::once((0.0, 0.0)).chain(around).collect()
}
