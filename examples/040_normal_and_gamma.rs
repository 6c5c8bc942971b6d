//! The normal law, the gamma function, and the sums of probabilities that they stand for.
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
//! which `ln_gamma` is not. Cut off, its integral counts: if λ events are expected (Poisson), then
//!
//! ```text
//! p(at most k) = e^(−λ) (1 + λ + λ²/2! + … + λᵏ/k!) = Q(k + 1, λ) = ∫ tᵏ e⁻ᵗ dt / k!  from λ to ∞
//! ```
//!
//! and the beta integral does the same for n trials of probability p (binomial):
//!
//! ```text
//! p(at least k) = Σ (n over i) pⁱ (1 − p)ⁿ⁻ⁱ = I_p(k, n − k + 1)
//! ```
//!
//! The inverses answer the question of statistics: nothing was seen; how much may there be? At 95 % confidence
//! λ = −ln 0.05 = 3.0 events. A model without a mistake on 100 test samples may well err on 3 % of all.
//!
//! What to try: how many samples without a mistake show an error rate below 1 %? Find Γ(−½) by hand, from
//! Γ(x + 1) = x Γ(x). At which n is the relative error of n! by Stirling's formula 1 %?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::numeric::{
    beta_regularized, beta_regularized_inverse, digamma, erf, gamma, gamma_p, gamma_p_inverse,
    gamma_q, gamma_q_inverse, ln_beta, ln_binomial, ln_gamma, normal_cdf, normal_ln_cdf,
    normal_quantile,
};
use gradus::plot::{Figure, Function, PlaneCurve, function_plot, save, xy_plot};
use std::error::Error;
use std::f64::consts::{LN_10, PI, SQRT_2};

fn main() -> Result<(), Box<dyn Error>> {
    middle();
    tail();
    factorials();
    let poisson = poisson();
    let binomial = binomial();
    let limits = limits();
    draw_tail()?;
    draw_gamma()?;
    draw_counts()?;

    if poisson.max(binomial) < 1e-14 && limits < 1e-14 {
        println!(
            "result: sums of probabilities are incomplete integrals, to {poisson:.0e} and {binomial:.0e}"
        );
        Ok(())
    } else {
        Err(
            format!("sums and integrals differ by {poisson}, {binomial}, limits by {limits}")
                .into(),
        )
    }
}

/// How much lies within k standard deviations.
fn middle() {
    println!("within k standard deviations");
    for k in [1.0, 2.0, 3.0] {
        let by_cdf = normal_cdf(k) - normal_cdf(-k);
        println!(
            "  k = {k}             {by_cdf:.6}   erf(k/√2) = {:.6}",
            erf(k / SQRT_2)
        );
    }
    let x = normal_quantile(0.975);
    println!("  within {x:.6}    {:.6}", normal_cdf(x) - normal_cdf(-x));
}

/// The same tail three ways, and its bounds.
fn tail() {
    println!("  x    1 − Φ(x)      Φ(−x)         ln Φ(−x)     between");
    for x in [1.0, 5.0, 8.0, 9.0, 38.0, 40.0_f64] {
        let upper = -x * x / 2.0 - (x * (2.0 * PI).sqrt()).ln();
        println!(
            "  {x:<4} {:<13.4e} {:<13.4e} {:<12.5} {:.5} and {upper:.5}",
            1.0 - normal_cdf(x),
            normal_cdf(-x),
            normal_ln_cdf(-x),
            upper + (-1.0 / (x * x)).ln_1p(),
        );
    }
}

/// Factorials and what is made of them.
fn factorials() {
    println!("the gamma function");
    println!("  5!                Γ(6) = {}", gamma(6.0));
    println!(
        "  √π                Γ(½) = {:.12}, squared {:.12}",
        gamma(0.5),
        gamma(0.5_f64).powi(2)
    );
    println!("  170!, 171!        {:.4e}, {}", gamma(171.0), gamma(172.0));
    println!(
        "  ln 171!           {:.6}, so 171! = 10^{:.4}",
        ln_gamma(172.0),
        ln_gamma(172.0) / LN_10
    );
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
        println!(
            "  {k:<4} {ways:<6} {sum:>5}/1024        {:>8.4}/1024",
            1024.0 * integral
        );
        worst = worst.max((1024.0 * integral / sum - 1.0).abs());
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
    let by_hand = [
        -(0.05_f64.ln()),
        1.0 - 0.05_f64.powf(0.01),
        normal_quantile(0.975_f64).powi(2),
    ];
    println!("at 95 % confidence");
    println!(
        "  0 events seen     up to {none:.6} expected, −ln 0.05 = {:.6}",
        by_hand[0]
    );
    println!(
        "  3 events seen     up to {three:.6}; back: Q(4, {three:.6}) = {:.6}",
        gamma_q(4.0, three)
    );
    println!(
        "  0 mistakes of 100 up to {:.4} %, 1 − 0.05^(1/100) = {:.4} %",
        100.0 * rate,
        100.0 * by_hand[1]
    );
    println!(
        "  x² of a normal x  up to {chi:.6}, Φ⁻¹(0.975)² = {:.6}",
        by_hand[2]
    );
    let found = [none, rate, chi];
    let relative = found
        .iter()
        .zip(by_hand)
        .map(|(found, by_hand)| (found / by_hand - 1.0).abs());
    relative.fold(0.0, f64::max)
}

/// The decimal logarithm of the tail three ways, in `out/`: where a curve ends, its formula has nothing left.
fn draw_tail() -> Result<(), Box<dyn Error>> {
    let by_logarithm = |x: f64| normal_ln_cdf(-x) / LN_10;
    let by_symmetry = |x: f64| normal_cdf(-x).log10();
    let by_difference = |x: f64| (1.0 - normal_cdf(x)).log10();
    let svg = function_plot(
        &Figure::new(
            "The tail of the normal law",
            "x",
            "log₁₀ of the probability beyond x",
        ),
        &[
            Function {
                name: "ln Φ(−x)",
                f: &by_logarithm,
            },
            Function {
                name: "Φ(−x)",
                f: &by_symmetry,
            },
            Function {
                name: "1 − Φ(x)",
                f: &by_difference,
            },
        ],
        0.0,
        45.0,
    )?;
    println!(
        "picture: {}",
        save("out/040_normal_tail.svg", &svg)?.display()
    );
    Ok(())
}

/// The gamma function and the factorials on it, in `out/`.
fn draw_gamma() -> Result<(), Box<dyn Error>> {
    let curve: Vec<(f64, f64)> = (0..=680)
        .map(|i| -2.96 + 0.012 * f64::from(i))
        .map(|x| (x, gamma(x)))
        .collect();
    let factorials: Vec<(f64, f64)> = [1.0, 1.0, 2.0, 6.0, 24.0]
        .into_iter()
        .zip(1..)
        .map(|(factorial, x)| (f64::from(x), factorial))
        .collect();
    let svg = xy_plot(
        &Figure::new("The gamma function", "x", "").between(-8.0, 26.0),
        &[
            PlaneCurve::line("Γ(x)", &curve),
            PlaneCurve::points("(x − 1)!", &factorials),
        ],
    )?;
    println!("picture: {}", save("out/040_gamma.svg", &svg)?.display());
    Ok(())
}

/// The probability of at least k events over what is expected, in `out/`.
fn draw_counts() -> Result<(), Box<dyn Error>> {
    let counts = [1, 2, 4, 8];
    let at_least = |k: i32| move |expected: f64| gamma_p(f64::from(k), expected);
    let names = counts.map(|k| format!("k = {k}"));
    let graphs = counts.map(at_least);
    let curves: Vec<Function<'_>> = names
        .iter()
        .zip(&graphs)
        .map(|(name, f)| Function { name, f })
        .collect();
    let figure = Figure::new(
        "At least k events where λ are expected: P(k, λ)",
        "λ",
        "probability",
    );
    let svg = function_plot(&figure.between(0.0, 1.0), &curves, 0.0, 16.0)?;
    println!("picture: {}", save("out/040_counts.svg", &svg)?.display());
    Ok(())
}
