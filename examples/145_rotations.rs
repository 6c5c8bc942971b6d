//! Rotations: the exponential of a matrix makes them, the polar decomposition finds them again.
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
//! The other way round, any deformation is a stretching along perpendicular axes and a rotation (or a reflection)
//! after it,
//!
//! ```text
//! F = U P,    UᵀU = I,    P = Pᵀ = √(FᵀF)
//! ```
//!
//! as z = e^(iφ) |z| for complex numbers. For a shear,
//!
//! ```text
//! ⎛ 1  1 ⎞ =  ⎛  2  1 ⎞ ⎛ 2  1 ⎞ / 5,    a turn by −arctan ½ = −26.6°
//! ⎝ 0  1 ⎠    ⎝ −1  2 ⎠ ⎝ 1  3 ⎠
//! ```
//!
//! Of all rotations U is the nearest to F: this is how a rotation that has drifted is repaired.
//!
//! What to try: shear twice as much. Which F has U = I? Add a third dimension: K with the entries ±a, ±b, ±c turns
//! about the axis that is its null space.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::DMatrix;
use gradus::linalg::{det, frobenius_norm, matrix_exponential, max_norm, polar, trace};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use std::error::Error;
use std::f64::consts::{FRAC_PI_3, TAU};

fn main() -> Result<(), Box<dyn Error>> {
    let k = square([0.0, -1.0, 1.0, 0.0]);
    series(&k)?;
    let spiral = flow(&(&k - square([0.1, 0.0, 0.0, 0.1])))?;
    let shear = square([1.0, 1.0, 0.0, 1.0]);
    let angle = factors(&shear)?;
    let nearest = nearest_angle(&shear)?;
    repaired()?;
    draw_flow(&spiral)?;
    draw_factors(&shear)?;

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
            println!(
                "  {n:<6}   {:.8}  {:.8}  {left:.0e}",
                sum[(0, 0)],
                sum[(1, 0)]
            );
        }
        term = &term * &a / f64::from(n);
    }
    println!("  by hand  {:.8}  {:.8}  ½ and ½ √3", 0.5, 0.75_f64.sqrt());
    println!(
        "  QᵀQ − I           {:.0e}",
        max_norm(&(whole.transpose() * &whole - DMatrix::identity(2, 2)))
    );
    println!(
        "  det Q             {:.15} = e^(tr K) = {}",
        det(&whole)?,
        trace(k)?.exp()
    );
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
        println!(
            "  {turns:<6}   ({x:8.5}, {y:8.5})   {:.5}   {:.5}     {:.5}      {:.5}",
            x.hypot(y),
            (-t / 10.0).exp(),
            det(&q)?,
            (t * trace(a)?).exp()
        );
        if (det(&q)? / (t * trace(a)?).exp() - 1.0).abs() > 1e-13 {
            return Err("areas do not follow the trace".into());
        }
    }
    let at = |i: u32| -> Result<(f64, f64), Box<dyn Error>> {
        let q = matrix_exponential(&(a * (f64::from(i) / 10.0)))?;
        Ok((q[(0, 0)], q[(1, 0)]))
    };
    (0..=300).map(at).collect()
}

/// The angle of U in F = U P.
fn factors(f: &DMatrix<f64>) -> Result<f64, Box<dyn Error>> {
    let polar = polar(f)?;
    let root = 5.0_f64.sqrt();
    println!("the shear F (by rows) {:?}", f.transpose().as_slice());
    println!(
        "  √5 U              {:.6?}",
        (polar.u.transpose() * root).as_slice()
    );
    println!("  √5 P              {:.6?}", (&polar.p * root).as_slice());
    println!(
        "  det F = det U det P: {:.6} = {:.6} × {:.6}",
        det(f)?,
        det(&polar.u)?,
        det(&polar.p)?
    );
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
    let nearest = angles
        .min_by(|a, b| distance(*a).total_cmp(&distance(*b)))
        .ok_or("no angle")?;
    let by_polar = frobenius_norm(&(f - polar(f)?.u));
    println!(
        "  nearest of 3600   {:.1}°, at {:.6}; U at {by_polar:.6}",
        nearest.to_degrees(),
        distance(nearest)
    );
    if by_polar <= distance(nearest) + 1e-14 {
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

/// The orbits with and without a brake, in `out/`.
fn draw_flow(spiral: &[(f64, f64)]) -> Result<(), Box<dyn Error>> {
    let circle = ring(&DMatrix::identity(2, 2));
    let curves = [
        PlaneCurve::line("A = K", &circle[1..]),
        PlaneCurve::line("A = K − I/10", spiral),
    ];
    let figure = Figure::new("x(t) = e^(tA) x(0), from (1, 0)", "x₁", "x₂").sized(600, 460);
    println!(
        "picture: {}",
        save(
            "out/145_rotations_flow.svg",
            &plane_curves(&figure, &curves)?
        )?
        .display()
    );
    Ok(())
}

/// What becomes of the unit circle, with the radius to (1, 0), in `out/`.
fn draw_factors(f: &DMatrix<f64>) -> Result<(), Box<dyn Error>> {
    let polar = polar(f)?;
    let circle = ring(&DMatrix::identity(2, 2));
    let (stretched, turned) = (ring(&polar.p), ring(&(&polar.u * &polar.p)));
    let curves = [
        PlaneCurve::line("circle", &circle),
        PlaneCurve::line("P: stretched", &stretched),
        PlaneCurve::line("U P = F: turned", &turned),
    ];
    let figure = Figure::new("A shear is a stretching and a turn", "x₁", "x₂").sized(640, 460);
    println!(
        "picture: {}",
        save(
            "out/145_rotations_polar.svg",
            &plane_curves(&figure, &curves)?
        )?
        .display()
    );
    Ok(())
}

/// The image of the unit circle, and from its middle to the image of (1, 0).
fn ring(a: &DMatrix<f64>) -> Vec<(f64, f64)> {
    let image = |angle: f64| {
        let (sin, cos) = angle.sin_cos();
        (
            a[(0, 0)] * cos + a[(0, 1)] * sin,
            a[(1, 0)] * cos + a[(1, 1)] * sin,
        )
    };
    let around = (0..=180).map(|i| image(TAU * f64::from(i) / 180.0));
    std::iter::once((0.0, 0.0)).chain(around).collect()
}
