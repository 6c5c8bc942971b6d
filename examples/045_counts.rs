//! Sums of probabilities as integrals: the incomplete gamma and beta functions count.
//!
//! The integral of the gamma function, Γ(k + 1) = ∫ tᵏ e⁻ᵗ dt = k!, is cut off at λ. Integrated by parts k times, what is
//! left of it is a sum. If λ events are expected (Poisson), then
//!
//! ```text
//! p(at most k) = e^(−λ) (1 + λ + λ²/2! + … + λᵏ/k!) = Q(k + 1, λ) = ∫ tᵏ e⁻ᵗ dt / k!  from λ to ∞
//! ```
//!
//! and the beta integral, cut off at p, does the same for n trials of probability p (binomial):
//!
//! ```text
//! p(at least k) = Σ (n over i) pⁱ (1 − p)ⁿ⁻ⁱ = I_p(k, n − k + 1)
//! ```
//!
//! A sum of a million terms costs as much as one of three, and keeps its digits. The inverses answer the question of
//! statistics: nothing was seen; how much may there be? At 95 % confidence λ = −ln 0.05 = 3.0 events. A model without a
//! mistake on 100 test samples may well err on 3 % of all.
//!
//! What to try: how many samples without a mistake show an error rate below 1 %? One mistake of 100? p(at most 1000)
//! where 1000 are expected: why not ½?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{
    beta_regularized, beta_regularized_inverse, gamma_p, gamma_p_inverse, gamma_q, gamma_q_inverse,
    normal_quantile,
};
use gradus::plot::{Figure, Function, function_plot, save};
use std::error::Error;
use std::iter::zip;

fn main() -> Result<(), Box<dyn Error>> {
    let (poisson, binomial, limits) = (poisson(), binomial(), limits());
    draw()?;
    if poisson.max(binomial).max(limits) < 1e-14 {
        println!(
            "result: sums of probabilities are integrals, to {poisson:.0e} and {binomial:.0e}"
        );
        Ok(())
    } else {
        Err(
            format!("sums and integrals differ by {poisson}, {binomial}, limits by {limits}")
                .into(),
        )
    }
}

/// At most k events where 2 are expected, summed and by the integral; the largest relative difference.
fn poisson() -> f64 {
    const EXPECTED: f64 = 2.0;
    println!("2 events are expected");
    println!("  k    p(k)       p(at most k)   Q(k + 1, 2)");
    let (mut term, mut sum, mut worst) = ((-EXPECTED).exp(), 0.0, 0.0_f64);
    for k in 0..6 {
        sum += term;
        let integral = gamma_q(f64::from(k) + 1.0, EXPECTED);
        println!("  {k}    {term:.6}   {sum:.6}       {integral:.6}");
        worst = worst.max((integral / sum - 1.0).abs());
        term *= EXPECTED / f64::from(k + 1);
    }
    worst
}

/// At least k heads of ten tosses, counted and by the integral; the largest relative difference.
fn binomial() -> f64 {
    println!("10 tosses of a coin");
    println!("  k    ways    p(at least k)     I_½(k, 11 − k)");
    let (mut ways, mut sum, mut worst) = (1.0, 0.0, 0.0_f64);
    for k in (6..=10).rev() {
        let heads = f64::from(k);
        sum += ways;
        let integral = beta_regularized(heads, 11.0 - heads, 0.5_f64);
        let found = 1024.0 * integral;
        println!("  {k:<4} {ways:<6} {sum:>5}/1024        {found:>8.4}/1024");
        worst = worst.max((found / sum - 1.0).abs());
        ways *= heads / (11.0 - heads);
    }
    worst
}

/// What may be there if little or nothing was seen, at 95 % confidence; the largest relative difference from
/// what is known by hand.
fn limits() -> f64 {
    let none: f64 = gamma_q_inverse(1.0, 0.05);
    let three: f64 = gamma_q_inverse(4.0, 0.05);
    let rate: f64 = beta_regularized_inverse(1.0, 100.0, 0.95);
    let chi: f64 = 2.0 * gamma_p_inverse(0.5, 0.95);
    let (ln, power) = (-(0.05_f64.ln()), 1.0 - 0.05_f64.powf(0.01));
    let square = normal_quantile(0.975_f64).powi(2);
    let (back, percent, expected) = (gamma_q(4.0, three), 100.0 * rate, 100.0 * power);
    println!("at 95 % confidence");
    println!("  0 events seen     up to {none:.6} expected, −ln 0.05 = {ln:.6}");
    println!("  3 events seen     up to {three:.6}; back: Q(4, {three:.6}) = {back:.6}");
    println!("  0 mistakes of 100 up to {percent:.4} %, 1 − 0.05^(1/100) = {expected:.4} %");
    println!("  x² of a normal x  up to {chi:.6}, Φ⁻¹(0.975)² = {square:.6}");
    let pairs = zip([none, rate, chi], [ln, power, square]);
    let relative = pairs.map(|(found, by_hand)| (found / by_hand - 1.0).abs());
    relative.fold(0.0, f64::max)
}

/// The probability of at least k events over what is expected, in `out/`.
fn draw() -> Result<(), Box<dyn Error>> {
    let counts = [1, 2, 4, 8];
    let at_least = |k: i32| move |expected: f64| gamma_p(f64::from(k), expected);
    let names = counts.map(|k| format!("k = {k}"));
    let graphs = counts.map(at_least);
    let curves = names
        .iter()
        .zip(&graphs)
        .map(|(name, f)| Function::new(name, f));
    let curves: Vec<_> = curves.collect();
    let title = "At least k events where λ are expected: P(k, λ)";
    let figure = Figure::new(title, "λ", "probability");
    let svg = function_plot(&figure.between(0.0, 1.0), &curves, 0.0, 16.0)?;
    let path = save("out/045_counts.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
