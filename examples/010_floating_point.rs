//! What a machine does to numbers, and how digits get lost.
//!
//! A double has 53 binary digits. Between 2ᵉ and 2ᵉ⁺¹ its neighbors are 2ᵉ⁻⁵² apart, and every operation
//! rounds to the nearest of them:
//!
//! ```text
//! fl(a ∘ b) = (a ∘ b)(1 + δ),    |δ| ≤ u = 2⁻⁵³ ≈ 1.1e-16
//! ```
//!
//! One rounding is harmless. Two things make it grow. In a long sum every addition rounds the total, not
//! the summand: n additions in a row err by up to n u Σ|xᵢ|, a tree of additions by log₂ n as much, and a
//! sum that carries its rounding errors along by next to nothing.
//!
//! And subtraction of nearly equal numbers is exact, but uncovers what was rounded before. For small x,
//!
//! ```text
//! 1 − cos x  ≈  x²/2,    but cos x was rounded at 1: absolute error u, relative error 2u / x²
//! ```
//!
//! so at x = 10⁻⁸ no digit is left. The cure is never more digits, always another formula for the same
//! number: 1 − cos x = 2 sin²(x/2), where nothing is subtracted. Half of `gradus::numeric` is such formulas.
//!
//! What to try: sum 0.1 ten million times. Find a formula for √(x + 1) − √x at x = 10¹⁵ that keeps all
//! digits. Look up in `docs/accuracy.md` what the textbook's formulas lose.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]
#![allow(
    clippy::imprecise_flops,
    clippy::eq_op,
    reason = "what goes wrong is shown"
)]

use gradus::numeric::{binary_exponent, compensated_sum, ldexp, log1mexp, pairwise_sum, softplus};
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    neighbors();
    let sums = sums();
    cancellation();
    other_formulas();
    draw()?;

    if sums == [9_998.557, 10_000.0, 10_000.0] {
        println!("result: 100 000 × 0.1 is {} or {}", sums[0], sums[2]);
        Ok(())
    } else {
        Err(format!("the sums are one after the other, by pairs, compensated: {sums:?}").into())
    }
}

/// How far apart doubles are.
fn neighbors() {
    println!("the next larger number is farther away by");
    for x in [1.0, 1000.0, 1e16] {
        let ulp = ldexp(1.0, binary_exponent(x) - 52);
        let lost = x + ulp / 2.0 == x;
        println!("  x = {x:<8e}       {ulp:.1e}   x + ulp/2 = x: {lost}");
    }
    println!("  0.1 + 0.2         {:.17}", 0.1 + 0.2);
    println!("  (1e16 + 1) − 1e16 {}", (1e16 + 1.0) - 1e16);
}

/// 0.1 a hundred thousand times, in single precision: one after the other, by pairs, compensated.
fn sums() -> [f32; 3] {
    let tenths = vec![0.1_f32; 100_000];
    let in_turn = tenths.iter().fold(0.0, |sum, x| sum + x);
    let sums = [in_turn, pairwise_sum(&tenths), compensated_sum(&tenths)];
    println!("0.1 a hundred thousand times, in single precision");
    for (name, sum) in ["one by one", "pairwise", "compensated"].iter().zip(sums) {
        let error = (f64::from(sum) - 1e4).abs() / 1e4;
        println!("  {name:<17} {sum:<12} relative error {error:.1e}");
    }
    sums
}

/// 1 − cos x two ways.
fn cancellation() {
    println!("1 − cos x         as written          2 sin²(x/2)");
    for k in [0, 2, 4, 6, 8] {
        let x = 10.0_f64.powi(-k);
        let (naive, stable) = (naive(x), stable(x));
        println!("  x = 1e-{k}          {naive:<18.12e}  {stable:.12e}");
    }
}

fn naive(x: f64) -> f64 {
    1.0 - x.cos()
}

fn stable(x: f64) -> f64 {
    2.0 * (x / 2.0).sin().powi(2)
}

/// The same disease in the functions of deep learning.
fn other_formulas() {
    let (minus, plus) = (|x: f64| (1.0 - x.exp()).ln(), |x: f64| (1.0 + x.exp()).ln());
    println!("other formulas of the same number");
    println!(
        "  ln(1 − eˣ) at x = -1e-12   {:.10} as written",
        minus(-1e-12)
    );
    println!(
        "                             {:.10} by log1mexp",
        log1mexp(-1e-12)
    );
    println!("  ln(1 + eˣ) at x = -40      {:e} as written", plus(-40.0));
    println!(
        "                             {:e} by softplus",
        softplus(-40.0)
    );
    let (written, stable) = (plus(800.0), softplus(800.0));
    println!("             at x = 800      {written} as written, {stable} by softplus");
}

/// Correct decimal digits of 1 − cos x over log₁₀ x, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let digits = |f: fn(f64) -> f64| {
        move |power: f64| {
            let x = 10.0_f64.powf(power);
            let error = (f(x) - truth(x)).abs() / truth(x);
            -error.max(f64::EPSILON / 2.0).log10()
        }
    };
    let figure = Figure::new("Cancellation", "log₁₀ x", "correct digits of 1 − cos x");
    let (lost, kept) = (digits(naive), digits(stable));
    let functions = [
        Function::new("1 − cos x", &lost),
        Function::new("2 sin²(x/2)", &kept),
    ];
    let svg = function_plot(&figure.between(-1.0, 17.0), &functions, -9.0, 0.0)?;
    let path = save("out/010_floating_point.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// x²/2! − x⁴/4! + …, whose terms fall fast enough for 0 < x ≤ 1 to keep every digit.
fn truth(x: f64) -> f64 {
    let terms: Vec<f64> = (1..12)
        .scan(-1.0, |term, k| {
            *term *= -x * x / f64::from(2 * k * (2 * k - 1));
            Some(*term)
        })
        .collect();
    compensated_sum(&terms)
}
