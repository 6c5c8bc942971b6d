//! The slope of one function, found in four ways, and what each costs.
//!
//! Kepler's equation for an orbit of eccentricity e = 0.6, with the angle x and the time m,
//!
//! ```text
//! f(x) = x − e sin x − m,    f′(x) = 1 − e cos x
//! ```
//!
//! is written once, for every kind of number that can be added, multiplied and passed to sin. Its slope comes from
//!
//! ```text
//! differences    (f(x + h) − f(x − h)) / 2h: wrong by h² f‴/6 and by ε f/h, whatever h is
//! dual numbers   f(x + ε) with ε² = 0: the coefficient of ε is f′(x), exact to rounding; one run an input
//! the tape       the operations of one run, walked backward: all inputs in one sweep
//! ```
//!
//! Newton's iteration needs the slope; with several unknowns it needs the Jacobian, and the curvature of a loss is its
//! Hessian H, of which a product H v costs no more than two gradients.
//!
//! What to try: e = 0.99, and watch the number of good digits of the differences fall where f′ is small.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::{Dual, gradient, hessian_vector_product, jacobian};
use gradus::calculus::{derivative, newton};
use gradus::linalg::max_norm;
use gradus::linalg::nalgebra::DMatrix;
use gradus::numeric::Real;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use std::error::Error;

const E: f64 = 0.6;
const TIME: f64 = 0.8;

/// x − e sin x − m
fn kepler<R: Real>(x: R) -> R {
    x - R::from_f64(E) * x.sin() - R::from_f64(TIME)
}

fn main() -> Result<(), Box<dyn Error>> {
    let x = 1.5_f64;
    let exact = 1.0 - E * x.cos();
    let difference = derivative(kepler::<f64>, x)?;
    let dual = kepler(Dual::variable(x)).derivative;
    let tape = gradient(|v| kepler(v[0]), &[x])?[0];
    println!("f′({x}) = {exact:.15}");
    println!(
        "  differences     {:.15}, wrong by at most {:.0e}",
        difference.value, difference.error
    );
    println!("  dual numbers    {dual:.15}");
    println!("  the tape        {tape:.15}");

    let slope = |x: f64| kepler(Dual::variable(x)).derivative;
    let root = newton(kepler::<f64>, slope, 1.0, 1e-12)?;
    println!(
        "Newton's iteration ends at x = {:.12}, where f = {:.0e}",
        root.value,
        kepler(root.value)
    );
    several_unknowns()?;
    draw(x, exact)?;

    let near = (difference.value - exact).abs() <= difference.error && (dual - exact).abs() < 1e-15;
    if near && tape == dual && kepler(root.value).abs() < 1e-12 {
        println!(
            "result: three slopes agree, and Newton's iteration finds x = {:.6}",
            root.value
        );
        Ok(())
    } else {
        Err(format!("slopes {difference:?}, {dual}, {tape}; the root {root:?}").into())
    }
}

/// Polar coordinates and their Jacobian; a valley and its curvature along a direction.
fn several_unknowns() -> Result<(), Box<dyn Error>> {
    let (r, angle) = (2.0, std::f64::consts::FRAC_PI_6);
    let j = jacobian(|v| vec![v[0] * v[1].cos(), v[0] * v[1].sin()], &[r, angle])?;
    println!("the Jacobian of (r cos φ, r sin φ) at r = 2, φ = 30°");
    j.row_iter()
        .for_each(|row| println!("  {:8.5} {:8.5}", row[0], row[1]));
    let (sin, cos) = angle.sin_cos();
    let expected = DMatrix::from_row_slice(2, 2, &[cos, -r * sin, sin, r * cos]);

    // f = x² y + y³ has the Hessian (2y, 2x; 2x, 6y): times (1, 1) at (1, 2), 4 + 2 and 2 + 12.
    let hv = hessian_vector_product(
        |v| v[0] * v[0] * v[1] + v[1].powi(3),
        &[1.0, 2.0],
        &[1.0, 1.0],
    )?;
    println!("the Hessian of x² y + y³ at (1, 2), times (1, 1): {hv:?}");
    if max_norm(&(j - expected)) < 1e-15 && hv == [6.0, 14.0] {
        Ok(())
    } else {
        Err(format!("not the known derivatives: H v = {hv:?}").into())
    }
}

/// The error of the central difference over its step, in `out/`.
fn draw(x: f64, exact: f64) -> Result<(), Box<dyn Error>> {
    let error = |power: f64| {
        let h = 10.0_f64.powf(power);
        let slope = (kepler(x + h) - kepler(x - h)) / (2.0 * h);
        (power, ((slope - exact).abs() + 1e-17).log10())
    };
    let errors: Vec<(f64, f64)> = (-48..0).map(|i| error(f64::from(i) / 4.0)).collect();
    let line = |f: &dyn Fn(f64) -> f64, from: f64, to: f64| [(from, f(from)), (to, f(to))];
    let third = (E * x.cos() / 6.0).abs().log10();
    let truncation = line(&|power| 2.0 * power + third, -6.0, -0.25);
    let rounding = line(&|power| -16.0 - power, -12.0, -4.0);
    let figure = Figure::new(
        "The best step is the cube root of ε",
        "log₁₀ h",
        "log₁₀ of the error",
    );
    let curves = [
        PlaneCurve::points("central difference", &errors),
        PlaneCurve::line("h² f‴ / 6", &truncation),
        PlaneCurve::line("ε / h", &rounding),
    ];
    let svg = xy_plot(&figure.sized(700, 400), &curves)?;
    println!(
        "picture: {}",
        save("out/210_derivatives.svg", &svg)?.display()
    );
    Ok(())
}
