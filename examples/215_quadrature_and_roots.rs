//! Areas and crossings: integrals and roots by numbers alone, each with an honest error.
//!
//! A quadrature rule adds up values with weights,
//!
//! ```text
//! ∫ f(x) dx ≈ w₁ f(x₁) + … + w₂₁ f(x₂₁)
//! ```
//!
//! and knows nothing of what lies between its points. With nine points, those of Gauss give ∫ eˣ dx to all digits, equal steps
//! (trapezoids) to three; Simpson and Romberg extrapolate the latter. `integrate` cuts the interval where the function is
//! difficult: where it is smooth, each point brings digits; at a kink or a singular end, each cut brings one bit.
//!
//! Three integrals by hand:
//!
//! ```text
//! ∫₀^∞ e^(-x²) dx = √π / 2      ∫₀¹ 1/√(1-x) dx = 2      ∫₀¹ |x - 1/3| dx = (1/9 + 4/9) / 2 = 5/18
//! ```
//!
//! and one that has none, though a rule with equal weights on both sides says 0: ∫ x/(1+x²) dx over the whole line.
//! Its primitive ½ ln(1+x²) grows without bound on either side.
//!
//! A root is enclosed by two points of different sign. Bisection gains one bit a step. Brent's method follows the
//! inverse parabola through three points and gains about 1.8 times the digits each step; Newton's doubles them, for
//! the price of the slope, and the secant through the last two points needs none: 1.6 times. The root of cos x = x, 0.739085…,
//! is where a calculator ends if you press cos repeatedly.
//!
//! What to try: tighten the tolerance of an integral and watch the evaluations. Move the kink to 1/2, then to 0.3, and
//! give it as a break point to `integrate_through`. Ask for the root with `newton` from 3, or from -4.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::calculus::{
    CalculusError, Estimate, bisect, brent, gauss_legendre, integrate, newton, romberg, secant,
    simpson, trapezoid,
};
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use std::cell::{Cell, RefCell};
use std::error::Error;
use std::f64::consts::{E, PI};

fn main() -> Result<(), Box<dyn Error>> {
    nine_points()?;
    integrals()?;
    let errors = roots()?;
    draw(&errors)?;
    println!("result: all within their errors; see out/215_quadrature_and_roots.svg");
    Ok(())
}

/// Rules of nine points each, for ∫₀¹ eˣ dx = e − 1.
fn nine_points() -> Result<(), CalculusError> {
    let areas = [
        ("trapezoids", trapezoid(f64::exp, 0.0, 1.0, 8)?),
        ("Simpson", simpson(f64::exp, 0.0, 1.0, 4)?),
        ("Romberg", romberg(f64::exp, 0.0, 1.0, 3)?),
        ("Gauss", gauss_legendre(f64::exp, 0.0, 1.0, 9)?),
    ];
    for (name, area) in areas {
        let off = (area - (E - 1.0)).abs();
        println!("nine points, {name:<10}  {area:.15}   off {off:.0e}");
    }
    Ok(())
}

type Integrand = fn(f64) -> f64;

/// The three integrals by hand, at two tolerances, and the one that only seems to be 0.
fn integrals() -> Result<(), Box<dyn Error>> {
    println!("integral                tolerance   value               error     off       asked");
    let bell = |x: f64| (-x * x).exp();
    let singular = |x: f64| 1.0 / (1.0 - x).sqrt();
    let kink = |x: f64| (x - 1.0 / 3.0).abs();
    let rows: [(&str, Integrand, f64, f64); 3] = [
        ("e^(-x²) on (0, ∞)", bell, f64::INFINITY, PI.sqrt() / 2.0),
        ("1/√(1-x) on (0, 1)", singular, 1.0, 2.0),
        ("|x - 1/3| on (0, 1)", kink, 1.0, 5.0 / 18.0),
    ];
    for (name, f, end, truth) in rows {
        for tolerance in [1e-4, 1e-12] {
            let count = Cell::new(0);
            let counted = |x| {
                count.set(count.get() + 1);
                f(x)
            };
            let area = integrate(counted, 0.0, end, tolerance)?;
            let off = within(name, area, truth)?;
            let (value, error, count) = (area.value, area.error, count.get());
            println!(
                "  {name:<20}  {tolerance:>8.0e}   {value:.15}   {error:.1e}   {off:.1e}   {count:>5}"
            );
        }
    }
    let odd = |x: f64| x / (1.0 + x * x);
    let none = integrate(odd, f64::NEG_INFINITY, f64::INFINITY, 1e-6).err();
    println!("  x/(1+x²): {}", none.ok_or("0 is no integral")?);
    Ok(())
}

/// How far an answer is off, if that is no more than it says.
fn within(name: &str, found: Estimate, truth: f64) -> Result<f64, String> {
    let off = (found.value - truth).abs();
    // The truth is rounded too.
    if off <= found.error + f64::EPSILON {
        return Ok(off);
    }
    Err(format!("{name}: {found:?} is {off:e} off {truth}"))
}

/// The errors of four methods after each evaluation, for cos x = x.
fn roots() -> Result<[Vec<f64>; 4], Box<dyn Error>> {
    let asked = RefCell::new(Vec::new());
    let f = |x: f64| {
        asked.borrow_mut().push(x);
        x.cos() - x
    };
    let slope = |x: f64| -x.sin() - 1.0;
    let exact = 0.739_085_133_215_160_6;
    println!("cos x = x          root                error     evaluations");
    let mut errors = [const { Vec::new() }; 4];
    for (i, name) in METHODS.into_iter().enumerate() {
        let root = match i {
            0 => bisect(f, 0.0, 2.0, 1e-14)?,
            1 => brent(f, 0.0, 2.0, 1e-14)?,
            2 => secant(f, 0.0, 2.0, 1e-14)?,
            _ => newton(f, slope, 2.0, 1e-14)?,
        };
        let points = asked.take();
        within(name, root, exact)?;
        let (value, error, count) = (root.value, root.error, points.len());
        println!("  {name:<15}  {value:.15}   {error:.1e}   {count:>3}");
        errors[i] = points.iter().map(|x| (x - exact).abs()).collect();
    }
    Ok(errors)
}

/// The error of each method after each evaluation, in `out/`.
fn draw(errors: &[Vec<f64>; 4]) -> Result<(), Box<dyn Error>> {
    let series: Vec<_> = METHODS.into_iter().zip(errors).collect();
    let series: Vec<_> = series
        .iter()
        .map(|(name, e)| Series::new(name, e))
        .collect();
    let figure = Figure::new("The root of cos x = x", "evaluation", "error").sized(640, 400);
    let svg = learning_curves(&figure, &series, AxisScale::Logarithmic)?;
    save("out/215_quadrature_and_roots.svg", &svg)?;
    Ok(())
}

const METHODS: [&str; 4] = ["bisection", "Brent", "secant", "Newton"];
