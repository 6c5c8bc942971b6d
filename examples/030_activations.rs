//! Activations: what the units of a network do to their input, and what becomes of its mean and variance.
//!
//! Without something bent between them, layers of a network multiply to one matrix. The rectifier max(x, 0) is
//! the simplest bend; its relatives let something through on the left, so that no unit dies there. With the
//! parameter α of each:
//!
//! ```text
//! leaky    x > 0: x     else α x                    elu     x > 0: x   else α (eˣ − 1)
//! selu     λ elu(x), with λ = 1.0507…, α = 1.6733…  celu    x > 0: x   else α (e^(x/α) − 1)
//! ```
//!
//! Others multiply x by a gate, a number between 0 and 1 that opens as x rises:
//!
//! ```text
//! gelu     x Φ(x)         Φ the distribution function of the normal law
//! silu     x σ(x)         σ(x) = 1 / (1 + e⁻ˣ)
//! mish     x tanh(ln(1 + eˣ))
//! ```
//!
//! They are smooth, fall a little below zero and come back. At the lowest point of silu its slope is 0,
//! σ (1 + x (1 − σ)) = 0, so x σ(x) = x + 1 there: the value is one more than the place.
//!
//! A layer should neither blow its input up nor let it fade. If x is standard normal, what of the unit? For the
//! rectifier the mean is 1/√(2π) and the mean square ½, half of what came in: that is why its weights start with
//! twice the variance (He). The two constants of selu are the ones that keep mean 0 and variance 1.
//!
//! What to try: find α for which elu (without λ) keeps the mean at 0. Draw the hard variants (`hard_swish`,
//! `relu6`) beside the ones they imitate. Ask for the second derivative of gelu at 0.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::{Dual, derivative};
use gradus::calculus::{bisect, integrate};
use gradus::numeric::{
    celu, elu, gelu, hard_swish, leaky_relu, mish, normal_cdf, relu, relu6, selu, silu,
};
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;
use std::f64::consts::{LN_2, PI};

/// A name, and the unit as a formula of numbers that carry their derivative along.
type Unit = (&'static str, fn(Dual<f64>) -> Dual<f64>);

const UNITS: [Unit; 7] = [
    ("relu", relu),
    ("leaky, ⅒", |x| leaky_relu(x, 0.1)),
    ("elu, 1", |x| elu(x, 1.0)),
    ("selu", selu),
    ("gelu", gelu),
    ("silu", silu),
    ("mish", mish),
];

type Graph = Box<dyn Fn(f64) -> f64>;

fn value(unit: Unit) -> Graph {
    Box::new(move |x| unit.1(Dual::constant(x)).value)
}

fn slope(unit: Unit) -> Graph {
    Box::new(move |x| derivative(unit.1, x))
}

fn main() -> Result<(), Box<dyn Error>> {
    by_hand()?;
    lowest()?;
    through_a_unit()?;
    draw()?;
    println!("result: selu keeps mean 0 and variance 1");
    Ok(())
}

/// Inputs for which the value can be had with pencil and paper.
fn by_hand() -> Result<(), Box<dyn Error>> {
    let ln_3 = 3.0_f64.ln();
    println!("by hand                             by gradus::numeric");
    for (what, expected, found) in [
        ("leaky(-3), α = ¼    -3/4", -0.75, leaky_relu(-3.0, 0.25)),
        ("elu(-ln 2), α = 1   -1/2", -0.5, elu(-LN_2, 1.0)),
        ("celu(-2 ln 2), α=2  -1", -1.0, celu(-2.0 * LN_2, 2.0)),
        ("silu(ln 3)          3/4 ln 3", 0.75 * ln_3, silu(ln_3)),
        ("mish(ln 2)          4/5 ln 2", 0.8 * LN_2, mish(LN_2)),
        ("gelu(1)             Φ(1)", normal_cdf(1.0), gelu(1.0)),
        ("hard_swish(3/2)     9/8", 1.125, hard_swish(1.5)),
        ("relu6(9)            6", 6.0, relu6(9.0)),
    ] {
        println!("  {what:<32}  {found:.15}");
        if (found - expected).abs() > 4.0 * f64::EPSILON {
            return Err(format!("{what} is {expected}, not {found}").into());
        }
    }
    Ok(())
}

/// Where the gated units are lowest: the root of their slope.
fn lowest() -> Result<(), Box<dyn Error>> {
    println!("lowest points");
    for unit in [UNITS[4], UNITS[5], UNITS[6]] {
        let x = bisect(slope(unit), -3.0, -0.1, 1e-14)?.value;
        let (name, lowest) = (unit.0, value(unit)(x));
        println!("  {name:<10}        x = {x:.6}, value {lowest:.6}");
        if name == "silu" && (lowest - (x + 1.0)).abs() > 1e-13 {
            return Err(format!("the lowest point of silu is not x + 1 at {x}").into());
        }
    }
    Ok(())
}

/// Mean, mean square and mean square of the slope behind every unit.
fn through_a_unit() -> Result<(), Box<dyn Error>> {
    println!("behind a unit, x standard normal");
    println!("  unit        mean       mean square   of the slope");
    for unit in UNITS {
        let (name, value, slope) = (unit.0, value(unit), slope(unit));
        let (mean, square) = (expectation(&value)?, expectation(|x| value(x).powi(2))?);
        let slope = expectation(|x| slope(x).powi(2))?;
        println!("  {name:<10} {mean:>8.5}      {square:>8.5}       {slope:>8.5}");
        if name == "selu" && mean.abs().max((square - 1.0).abs()) > 1e-10 {
            return Err(format!("selu makes mean {mean} and square {square}").into());
        }
    }
    let mean = (2.0 * PI).sqrt().recip();
    println!("  by hand: relu 1/√(2π) = {mean:.5}, ½ and ½");
    Ok(())
}

/// E f(x) for x standard normal, in two halves because of the bend at 0; beyond ±12 is less than 10⁻³².
fn expectation(f: impl Fn(f64) -> f64) -> Result<f64, Box<dyn Error>> {
    let weighted = |x: f64| f(x) * (-x * x / 2.0).exp() / (2.0 * PI).sqrt();
    let left = integrate(weighted, -12.0, 0.0, 1e-12)?.value;
    Ok(left + integrate(weighted, 0.0, 12.0, 1e-12)?.value)
}

/// The units and their slopes, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let figure = |title| Figure::new(title, "x", "").sized(640, 440);
    let cut = figure("What a unit lets through").between(-2.0, 3.0);
    let free = figure("and how its slope opens");
    for (name, figure, graphs) in [
        ("out/030_activations.svg", cut, UNITS.map(value)),
        ("out/030_activations_slopes.svg", free, UNITS.map(slope)),
    ] {
        let named = UNITS.iter().zip(&graphs);
        let curves: Vec<_> = named.map(|(unit, f)| Function::new(unit.0, f)).collect();
        let svg = function_plot(&figure, &curves, -4.0, 3.0)?;
        let path = save(name, &svg)?;
        println!("picture: {}", path.display());
    }
    Ok(())
}
