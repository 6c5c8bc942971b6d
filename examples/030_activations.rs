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

use gradus::autodiff::derivative;
use gradus::calculus::{bisect, integrate};
use gradus::numeric::{
    celu, elu, gelu, hard_swish, leaky_relu, mish, normal_cdf, relu, relu6, selu, silu,
};
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;
use std::f64::consts::{LN_2, PI};

/// A unit, and its slope, which the machine derives.
struct Unit {
    name: &'static str,
    value: fn(f64) -> f64,
    slope: fn(f64) -> f64,
}

const UNITS: [Unit; 7] = [
    Unit {
        name: "relu",
        value: relu,
        slope: |x| derivative(relu, x),
    },
    Unit {
        name: "leaky, ⅒",
        value: |x| leaky_relu(x, 0.1),
        slope: |x| derivative(|x| leaky_relu(x, 0.1), x),
    },
    Unit {
        name: "elu, 1",
        value: |x| elu(x, 1.0),
        slope: |x| derivative(|x| elu(x, 1.0), x),
    },
    Unit {
        name: "selu",
        value: selu,
        slope: |x| derivative(selu, x),
    },
    Unit {
        name: "gelu",
        value: gelu,
        slope: |x| derivative(gelu, x),
    },
    Unit {
        name: "silu",
        value: silu,
        slope: |x| derivative(silu, x),
    },
    Unit {
        name: "mish",
        value: mish,
        slope: |x| derivative(mish, x),
    },
];

fn main() -> Result<(), Box<dyn Error>> {
    by_hand()?;
    lowest()?;
    let selu = through_a_unit()?;
    draw()?;

    if selu.mean.abs() < 1e-10 && (selu.square - 1.0).abs() < 1e-10 {
        println!("result: selu keeps mean 0 and variance 1");
        Ok(())
    } else {
        Err(format!("selu makes mean {} and square {}", selu.mean, selu.square).into())
    }
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
    for unit in UNITS.iter().skip(4) {
        let x = bisect(unit.slope, -3.0, -0.1, 1e-14)?.value;
        println!(
            "  {:<10}        x = {x:.6}, value {:.6}",
            unit.name,
            (unit.value)(x)
        );
        if unit.name == "silu" && ((unit.value)(x) - (x + 1.0)).abs() > 1e-13 {
            return Err(format!("the lowest point of silu is not x + 1 at {x}").into());
        }
    }
    Ok(())
}

/// What a unit makes of a standard normal input.
struct Moments {
    mean: f64,
    square: f64,
}

/// Mean, mean square and mean square of the slope behind every unit; those of selu are returned.
fn through_a_unit() -> Result<Moments, Box<dyn Error>> {
    println!("behind a unit, x standard normal");
    println!("  unit        mean       mean square   of the slope");
    let mut kept = Moments {
        mean: f64::NAN,
        square: f64::NAN,
    };
    for unit in &UNITS {
        let mean = expectation(unit.value)?;
        let square = expectation(|x| (unit.value)(x).powi(2))?;
        let slope = expectation(|x| (unit.slope)(x).powi(2))?;
        println!(
            "  {:<10} {mean:>8.5}      {square:>8.5}       {slope:>8.5}",
            unit.name
        );
        if unit.name == "selu" {
            kept = Moments { mean, square };
        }
    }
    println!(
        "  by hand: relu 1/√(2π) = {:.5}, ½ and ½",
        (2.0 * PI).sqrt().recip()
    );
    Ok(kept)
}

/// E f(x) for x standard normal, in two halves because of the bend at 0; beyond ±12 is less than 10⁻³².
fn expectation(f: impl Fn(f64) -> f64) -> Result<f64, Box<dyn Error>> {
    let weighted = |x: f64| f(x) * (-x * x / 2.0).exp() / (2.0 * PI).sqrt();
    Ok(
        integrate(weighted, -12.0, 0.0, 1e-12)?.value
            + integrate(weighted, 0.0, 12.0, 1e-12)?.value,
    )
}

/// The units and their slopes, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let curves = |pick: fn(&Unit) -> &dyn Fn(f64) -> f64| {
        UNITS
            .iter()
            .map(|unit| Function {
                name: unit.name,
                f: pick(unit),
            })
            .collect::<Vec<_>>()
    };
    let values = function_plot(
        &Figure::new("What a unit lets through", "x", "")
            .sized(640, 440)
            .between(-2.0, 3.0),
        &curves(|unit| &unit.value),
        -4.0,
        3.0,
    )?;
    let slopes = function_plot(
        &Figure::new("and how its slope opens", "x", "").sized(640, 440),
        &curves(|unit| &unit.slope),
        -4.0,
        3.0,
    )?;
    println!(
        "picture: {}",
        save("out/030_activations.svg", &values)?.display()
    );
    println!(
        "picture: {}",
        save("out/030_activations_slopes.svg", &slopes)?.display()
    );
    Ok(())
}
