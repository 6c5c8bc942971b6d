//! Rotations, and the exponential of a matrix that makes them.
//!
//! What moves at the velocity x′ = A x is at x(t) = e^(tA) x(0), with the exponential of a matrix:
//!
//! ```text
//! e^A = I + A + A²/2! + A³/3! + …
//! ```
//!
//! Take the velocity K x, which is always perpendicular to the place x. Since K² = −I, the even terms are a cosine and
//! the odd ones a sine, and the sum is a rotation:
//!
//! ```text
//! K = ⎛ 0  −1 ⎞,    e^(θK) = cos θ I + sin θ K = ⎛ cos θ  −sin θ ⎞
//!     ⎝ 1   0 ⎠                                  ⎝ sin θ   cos θ ⎠
//! ```
//!
//! In any dimension the exponential of a skew-symmetric matrix, Kᵀ = −K, is a rotation, and areas follow the trace:
//! det e^A = e^(tr A). With a brake, A = K − I/10, the circle becomes a spiral, and what was an area of 1 is e^(−2t/10)
//! after the time t.
//!
//! What to try: a brake along x₁ alone, A = K − (1, 0; 0, 0)/5. Add a third dimension: K with the entries ±a, ±b, ±c
//! turns about the axis that is its null space. `147_polar` finds the rotation in any matrix.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::{det, matrix_exponential, max_norm, trace};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;
use std::f64::consts::{FRAC_PI_3, TAU};

fn main() -> Result<(), Box<dyn Error>> {
    let k = square([0.0, -1.0, 1.0, 0.0]);
    series(&k)?;
    let spiral = flow(&(&k - square([0.1, 0.0, 0.0, 0.1])))?;
    draw(&spiral)?;
    println!("result: e^(θK) turns by θ, and a brake makes it a spiral");
    Ok(())
}

fn square(rows: [f64; 4]) -> DMatrix<f64> {
    DMatrix::from_row_slice(2, 2, &rows)
}

fn rotation(angle: f64) -> DMatrix<f64> {
    let (sin, cos) = angle.sin_cos();
    square([cos, -sin, sin, cos])
}

/// The sum of the first terms, for a turn by 60°.
fn series(k: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let a = k * FRAC_PI_3;
    let whole = matrix_exponential(&a)?;
    let (mut term, mut sum) = (DMatrix::identity(2, 2), DMatrix::zeros(2, 2));
    println!("a turn by 60°: the sum of I + θK + (θK)²/2! + …");
    println!("  terms    cos θ       sin θ       from e^(θK)");
    for n in 1..=16 {
        sum += &term;
        if n <= 4 || n == 8 || n == 16 {
            let left = max_norm(&(&sum - &whole));
            let (cos, sin) = (sum[(0, 0)], sum[(1, 0)]);
            println!("  {n:<6}   {cos:.8}  {sin:.8}  {left:.0e}");
        }
        term = &term * &a / f64::from(n);
    }
    println!("  by hand  {:.8}  {:.8}  ½ and ½ √3", 0.5, 0.75_f64.sqrt());
    let off = max_norm(&(whole.transpose() * &whole - DMatrix::identity(2, 2)));
    println!("  QᵀQ − I           {off:.0e}");
    let (area, expected) = (det(&whole)?, trace(k)?.exp());
    println!("  det Q             {area:.15} = e^(tr K) = {expected}");
    if max_norm(&(whole - rotation(FRAC_PI_3))) < 1e-14 {
        Ok(())
    } else {
        Err("the exponential is not the rotation by 60°".into())
    }
}

/// A point of the spiral for every tenth of a radian, and areas.
fn flow(a: &DMatrix<f64>) -> Result<Vec<(f64, f64)>, Box<dyn Error>> {
    println!("with a brake, x′ = K x − x/10");
    println!("  turns    x                    |x|       e^(−t/10)   det e^(tA)   e^(t tr A)");
    for turns in [0.0, 0.25, 0.5, 1.0, 2.0] {
        let t = TAU * turns;
        let q = matrix_exponential(&(a * t))?;
        let [x, y] = [0, 1].map(|i| (1e5 * q[(i, 0)]).round() / 1e5 + 0.0); // no -0
        let (length, expected) = (x.hypot(y), (-t / 10.0).exp());
        let (area, by_trace) = (det(&q)?, (t * trace(a)?).exp());
        print!("  {turns:<6}   ({x:8.5}, {y:8.5})   {length:.5}   {expected:.5}     ");
        println!("{area:.5}      {by_trace:.5}");
        if (area / by_trace - 1.0).abs() > 1e-13 {
            return Err("areas do not follow the trace".into());
        }
    }
    let at = |i: u32| -> Result<(f64, f64), Box<dyn Error>> {
        let q = matrix_exponential(&(a * (f64::from(i) / 10.0)))?;
        Ok((q[(0, 0)], q[(1, 0)]))
    };
    (0..=300).map(at).collect()
}

/// The orbits with and without a brake, in `out/`.
fn draw(spiral: &[(f64, f64)]) -> Result<(), Box<dyn Error>> {
    let around = (0..=180).map(|i| (TAU * f64::from(i) / 180.0).sin_cos());
    let circle: Vec<_> = around.map(|(sin, cos)| (cos, sin)).collect();
    let curves = [
        PlaneCurve::line("A = K", &circle),
        PlaneCurve::line("A = K − I/10", spiral),
    ];
    let figure = Figure::new("x(t) = e^(tA) x(0), from (1, 0)", "x₁", "x₂").sized(600, 460);
    let path = save(
        "out/145_rotations_flow.svg",
        &plane_curves(&figure, &curves)?,
    )?;
    println!("picture: {}", path.display());
    Ok(())
}
