//! The normal law and its tail, and the gamma function.
//!
//! Sums of many small errors follow the normal law, whatever the errors are like:
//!
//! ```text
//! φ(x) = e^(−x²/2) / √(2π),    Φ(x) = ∫ φ from −∞ to x = ½ erfc(−x/√2)
//! ```
//!
//! Φ(1) − Φ(−1) = erf(1/√2) = 68 %, 95 % lie within two, 99.7 % within three. Far out there is a trap: Φ(x) is so
//! near to 1 that 1 − Φ(x) keeps no digit beyond x = 8.3. By symmetry the same number is Φ(−x), which keeps all of
//! them until it is too small for a double, at x = 38.5; its logarithm never is. Likelihoods are sums of such
//! logarithms. By hand, the tail lies between
//!
//! ```text
//! φ(x)/x (1 − 1/x²)  <  Φ(−x)  <  φ(x)/x
//! ```
//!
//! The gamma function is the factorial made continuous, Γ(n + 1) = n!, and from 171! on too large for a double,
//! which `ln_gamma` is not. `045_counts` cuts its integral off.
//!
//! What to try: find Γ(−½) by hand, from Γ(x + 1) = x Γ(x). At which n is the relative error of n! by Stirling's
//! formula 1 %? At which x does Φ(x) lose half of the digits of 1 − Φ(x)?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{digamma, gamma, ln_beta, ln_binomial, ln_gamma};
use gradus::numeric::{erf, normal_cdf, normal_ln_cdf, normal_quantile};
use gradus::plot::{Figure, Function, PlaneCurve, function_plot, save, xy_plot};
use std::error::Error;
use std::f64::consts::{LN_10, PI, SQRT_2};

fn main() -> Result<(), Box<dyn Error>> {
    middle();
    tail();
    let product = factorials();
    draw_tail()?;
    draw_gamma()?;
    if (product - PI).abs() < 1e-15 {
        println!("result: Γ(½)² = {product:.12} = π");
        Ok(())
    } else {
        Err(format!("Γ(½)² is π, not {product}").into())
    }
}

/// How much lies within k standard deviations.
fn middle() {
    println!("within k standard deviations");
    for k in [1.0, 2.0, 3.0] {
        let (by_cdf, by_erf) = (normal_cdf(k) - normal_cdf(-k), erf(k / SQRT_2));
        println!("  k = {k}             {by_cdf:.6}   erf(k/√2) = {by_erf:.6}");
    }
    let x = normal_quantile(0.975);
    println!("  within {x:.6}    {:.6}", normal_cdf(x) - normal_cdf(-x));
}

/// The same tail three ways, and its bounds.
fn tail() {
    println!("  x    1 − Φ(x)      Φ(−x)         ln Φ(−x)     between");
    for x in [1.0, 5.0, 8.0, 9.0, 38.0, 40.0_f64] {
        let upper = -x * x / 2.0 - (x * (2.0 * PI).sqrt()).ln();
        let lower = upper + (-1.0 / (x * x)).ln_1p();
        let (naive, tail, ln) = (1.0 - normal_cdf(x), normal_cdf(-x), normal_ln_cdf(-x));
        println!("  {x:<4} {naive:<13.4e} {tail:<13.4e} {ln:<12.5} {lower:.5} and {upper:.5}");
    }
}

/// Factorials and what is made of them; the square of Γ(½).
fn factorials() -> f64 {
    let (root, ln) = (gamma(0.5_f64), ln_gamma(172.0_f64));
    let (square, log10) = (root * root, ln / LN_10);
    println!("the gamma function");
    println!("  5!                Γ(6) = {}", gamma(6.0));
    println!("  √π                Γ(½) = {root:.12}, squared {square:.12}");
    println!("  170!, 171!        {:.4e}, {}", gamma(171.0), gamma(172.0));
    println!("  ln 171!           {ln:.6}, so 171! = 10^{log10:.4}");
    println!(
        "  1 + ½ + ⅓         ψ(4) − ψ(1) = {:.12}",
        digamma(4.0) - digamma(1.0)
    );
    println!(
        "  1! 2! / 4!        B(2, 3) = 1/{:.6}",
        (-ln_beta(2.0, 3.0_f64)).exp()
    );
    println!(
        "  hands of poker    (52 over 5) = {:.3}",
        ln_binomial(52, 5).exp()
    );
    square
}

/// The decimal logarithm of the tail three ways, in `out/`: where a curve ends, its formula has nothing left.
fn draw_tail() -> Result<(), Box<dyn Error>> {
    let by_logarithm = |x: f64| normal_ln_cdf(-x) / LN_10;
    let by_symmetry = |x: f64| normal_cdf(-x).log10();
    let by_difference = |x: f64| (1.0 - normal_cdf(x)).log10();
    let label = "log₁₀ of the probability beyond x";
    let curves = [
        Function::new("ln Φ(−x)", &by_logarithm),
        Function::new("Φ(−x)", &by_symmetry),
        Function::new("1 − Φ(x)", &by_difference),
    ];
    let figure = Figure::new("The tail of the normal law", "x", label);
    let svg = function_plot(&figure, &curves, 0.0, 45.0)?;
    let path = save("out/040_normal_tail.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// The gamma function and the factorials on it, in `out/`.
fn draw_gamma() -> Result<(), Box<dyn Error>> {
    let curve: Vec<(f64, f64)> = (0..=680)
        .map(|i| -2.96 + 0.012 * f64::from(i))
        .map(|x| (x, gamma(x)))
        .collect();
    let factorials = [(1.0, 1.0), (2.0, 1.0), (3.0, 2.0), (4.0, 6.0), (5.0, 24.0)];
    let svg = xy_plot(
        &Figure::new("The gamma function", "x", "").between(-8.0, 26.0),
        &[
            PlaneCurve::line("Γ(x)", &curve),
            PlaneCurve::points("(x − 1)!", &factorials),
        ],
    )?;
    let path = save("out/040_gamma.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
