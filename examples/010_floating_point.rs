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
//! The variance is the best known of them. The first of
//!
//! ```text
//! s²  =  (Σ xᵢ²)/n − x̄²  =  (Σ (xᵢ − x̄)²)/n
//! ```
//!
//! needs only one pass over the data, and subtracts two numbers of the size of x̄²: if x̄ is 10⁸ times the
//! deviation, nothing is left. The second needs the mean first, and loses nothing. Welford's way, one number
//! after the other, carries mean and squares along and is nearly as good; two such parts can be merged.
//!
//! What to try: sum 0.1 ten million times. Find a formula for √(x + 1) − √x at x = 10¹⁵ that keeps all
//! digits. Look up in `docs/accuracy.md` what the textbook's formulas lose.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]
#![allow(
    clippy::imprecise_flops,
    clippy::eq_op,
    reason = "what goes wrong is shown"
)]

use gradus::numeric::{
    Moments, binary_exponent, compensated_sum, ldexp, log1mexp, mean, pairwise_sum, softplus,
    variance,
};
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    neighbors();
    let sums = sums();
    cancellation();
    variances()?;
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
        println!(
            "  x = {x:<8e}       {ulp:.1e}   x + ulp/2 = x: {}",
            x + ulp / 2.0 == x
        );
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
        println!(
            "  x = 1e-{k}          {:<18.12e}  {:.12e}",
            naive(x),
            stable(x)
        );
    }
}

fn naive(x: f64) -> f64 {
    1.0 - x.cos()
}

fn stable(x: f64) -> f64 {
    2.0 * (x / 2.0).sin().powi(2)
}

/// The variance of 4, 7, 13, 16 (mean 10, deviations −6, −3, 3, 6), moved by a number that should not matter.
fn variances() -> Result<(), Box<dyn Error>> {
    println!("the variance of c + 4, c + 7, c + 13, c + 16 is 90/4");
    println!("  c      Σx²/n − x̄²        variance   Moments    merged halves");
    for c in [0.0, 1e4, 1e6, 1e8, 1e9_f64] {
        let x = [4.0, 7.0, 13.0, 16.0].map(|x| x + c);
        let textbook = mean(&x.map(|x| x * x))? - mean(&x)?.powi(2);
        let stream: Moments = x.into_iter().collect();
        let mut halves: Moments = x[..2].iter().copied().collect();
        halves.merge(x[2..].iter().copied().collect());
        let (two_passes, streamed, merged) =
            (variance(&x, 0)?, stream.variance(0)?, halves.variance(0)?);
        println!("  {c:<6e} {textbook:<18.10} {two_passes:<10} {streamed:<10.6} {merged:.6}");
        if [two_passes, streamed, merged]
            .iter()
            .any(|s| (s - 22.5).abs() > 1e-6)
        {
            return Err(format!("a variance has seen the shift by {c}").into());
        }
    }
    Ok(())
}

/// The same disease in the functions of deep learning.
fn other_formulas() {
    let x = -1e-12_f64;
    println!("other formulas of the same number");
    println!(
        "  ln(1 − eˣ) at x = -1e-12   {:.10} as written",
        (1.0 - x.exp()).ln()
    );
    println!(
        "                             {:.10} by log1mexp",
        log1mexp(x)
    );
    println!(
        "  ln(1 + eˣ) at x = -40      {:e} as written",
        (1.0 + (-40.0_f64).exp()).ln()
    );
    println!(
        "                             {:e} by softplus",
        softplus(-40.0)
    );
    println!(
        "             at x = 800      {} as written, {} by softplus",
        (1.0 + 800.0_f64.exp()).ln(),
        softplus(800.0)
    );
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
    let svg = function_plot(
        &Figure::new("Cancellation", "log₁₀ x", "correct digits of 1 − cos x").between(-1.0, 17.0),
        &[
            Function {
                name: "1 − cos x",
                f: &digits(naive),
            },
            Function {
                name: "2 sin²(x/2)",
                f: &digits(stable),
            },
        ],
        -9.0,
        0.0,
    )?;
    println!(
        "picture: {}",
        save("out/010_floating_point.svg", &svg)?.display()
    );
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
