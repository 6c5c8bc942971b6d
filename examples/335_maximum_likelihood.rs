//! Maximum likelihood: the parameters that make the data most probable, and how sure one can be of them.
//!
//! Of all members p(x | θ) of a family the most likely one maximizes the log-likelihood
//!
//! ```text
//! ℓ(θ) = Σᵢ ln p(xᵢ | θ),        ∂ℓ/∂θ = 0 at θ̂
//! ```
//!
//! Near its top ℓ is a parabola, and the more data there are, the sharper: minus its second derivative is the Fisher information I.
//! θ̂ scatters around the truth like a normal draw with the standard error
//!
//! ```text
//! se = 1 / √I ~ 1 / √n,        ℓ(θ) − ℓ(θ̂) ≈ −½ ((θ − θ̂) / se)²
//! ```
//!
//! That is a statement about large samples. For a small one the likelihood of a shape leans to the right, as the picture shows, and
//! its estimate is too large on average.
//!
//! What to try: 4 times as many data halve the standard errors. Draw from a `LogNormal` instead, and see which family wins. A
//! family with more freedom is never less likely: how would you choose between `Exponential` and `Gamma`?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{
    Continuous, Fit, Gamma, LogNormal, Mode, Normal, ProbabilityError, StandardizedMoments, Weibull,
};
use gradus::random::Key;
use std::error::Error;

/// Shape and rate of the waiting times.
const TRUTH: [f64; 2] = [2.5, 0.5];

fn main() -> Result<(), Box<dyn Error>> {
    let x = waiting_times(640, 3)?;
    println!("    n   shape ± se         rate ± se          mode    skewness");
    for n in [10, 40, 160, 640] {
        let fit = Gamma::fit(&x[..n])?;
        let law = fit.distribution;
        println!(
            "{n:5}   {:.3} ± {:.3}      {:.3} ± {:.3}      {}",
            law.shape(),
            fit.standard_errors[0],
            law.rate(),
            fit.standard_errors[1],
            shape_of(&law)?
        );
    }
    let [a, b] = TRUTH;
    println!(
        "truth   {a:.3}              {b:.3}              {}",
        shape_of(&Gamma::new(a, b)?)?
    );

    println!("\nlog-likelihood of all 640 in four families with two parameters:");
    println!("  gamma      {:9.2}", Gamma::fit(&x)?.ln_likelihood);
    println!("  Weibull    {:9.2}", Weibull::fit(&x)?.ln_likelihood);
    println!("  log-normal {:9.2}", LogNormal::fit(&x)?.ln_likelihood);
    println!("  normal     {:9.2}", Normal::fit(&x)?.ln_likelihood);

    draw(&x[..40])?;

    println!(
        "\n1000 samples: how often does the shape lie within two standard errors of the truth?"
    );
    let mut last = 0.0;
    for n in [10, 40, 160] {
        let (covered, bias) = coverage(n, 1000)?;
        println!(
            "  n = {n:3}: {:.1} %, and on average {bias:+.3} off",
            100.0 * covered
        );
        last = covered;
    }
    if (last - 0.954).abs() < 0.03 {
        println!(
            "result: of large samples two standard errors hold the truth in 95 % of all cases"
        );
        Ok(())
    } else {
        Err(format!("{last} is not the 95.4 % that were promised").into())
    }
}

/// Mode and skewness.
fn shape_of(
    law: &(impl Mode<Outcome = f64> + StandardizedMoments),
) -> Result<String, ProbabilityError> {
    Ok(format!("{:.3}   {:.3}", law.mode()?, law.skewness()?))
}

/// Draws of the truth.
fn waiting_times(n: usize, key: u64) -> Result<Vec<f64>, ProbabilityError> {
    let (law, mut rng) = (Gamma::new(TRUTH[0], TRUTH[1])?, Key::new(key).rng());
    Ok((0..n).map(|_| law.sample(&mut rng)).collect())
}

/// The share of samples whose shape is within two standard errors of the truth, and its mean distance from it.
fn coverage(n: usize, samples: u32) -> Result<(f64, f64), ProbabilityError> {
    let (mut covered, mut sum) = (0.0, 0.0);
    for key in 0..samples {
        let fit = Gamma::fit(&waiting_times(n, 100 + u64::from(key))?)?;
        let off = fit.distribution.shape() - TRUTH[0];
        covered += f64::from(u8::from(off.abs() <= 2.0 * fit.standard_errors[0]));
        sum += off;
    }
    Ok((covered / f64::from(samples), sum / f64::from(samples)))
}

/// The log-likelihood of each shape with the rate that suits it best, a / x̄, and the parabola that the standard error stands for.
fn draw(x: &[f64]) -> Result<(), Box<dyn Error>> {
    let Fit {
        distribution: best,
        standard_errors,
        ln_likelihood,
    } = Gamma::fit(x)?;
    let mean = best.mean()?;
    let profile = |a: f64| {
        let law = Gamma::new(a, a / mean);
        let of_all = law.map(|law| x.iter().map(|&x| law.ln_pdf(x)).sum::<f64>());
        of_all.unwrap_or(f64::NAN) - ln_likelihood
    };
    let parabola = |a: f64| -0.5 * ((a - best.shape()) / standard_errors[0]).powi(2);
    let curves = [
        Function {
            name: "log-likelihood",
            f: &profile,
        },
        Function {
            name: "−½ ((a − â) / se)²",
            f: &parabola,
        },
    ];
    let figure = Figure::new(
        "How sure is the shape of 40 waiting times?",
        "shape a",
        "below the top",
    );
    let svg = function_plot(&figure, &curves, 0.4 * best.shape(), 2.0 * best.shape())?;
    println!(
        "\npicture: {}",
        save("out/335_maximum_likelihood.svg", &svg)?.display()
    );
    Ok(())
}
