//! Heavy tails: how many degrees of freedom do the data have, and what does a normal law make of them?
//!
//! Student's law with ν degrees of freedom falls like a power, the normal law, its limit for ν → ∞, like the exponential of a square:
//!
//! ```text
//! p(x) ∝ (1 + z² / ν)^(−(ν + 1) / 2),        z = (x − μ) / σ
//! ```
//!
//! The most likely μ and σ of a given ν weigh each observation by (ν + 1) / (ν + z²): what lies far out counts little. The most likely
//! ν is where the mean of ln(1 + z² / ν) is what the law says of it,
//!
//! ```text
//! ψ((ν + 1) / 2) − ψ(ν / 2) = (1 / n) Σᵢ ln(1 + zᵢ² / ν)
//! ```
//!
//! Only the few observations far out tell ν from infinity, so its standard error is wide, and grows like ν² / √n.
//!
//! What to try: draw with 30 degrees of freedom, and see how many observations it takes until 0 of 1/ν is out of the question. Replace
//! one observation by 1000: which of the two laws moves?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::plot::{Figure, Function, function_plot, save};
use gradus::probability::{Continuous, Normal, ProbabilityError, StudentT};
use gradus::random::Key;
use std::error::Error;

/// The degrees of freedom of the draws.
const FREEDOM: f64 = 4.0;

fn main() -> Result<(), Box<dyn Error>> {
    let truth = StudentT::new(0.0, 1.0, FREEDOM)?;
    let mut rng = Key::new(7).rng();
    let x: Vec<_> = (0..4096).map(|_| truth.sample(&mut rng)).collect();

    println!(
        "   n    location ± se     scale ± se       freedom ± se     ln-likelihood above a normal law's"
    );
    for n in [64, 256, 1024, 4096] {
        let fit = StudentT::fit_freedom(&x[..n])?;
        let (law, errors) = (fit.distribution, &fit.standard_errors);
        println!(
            "{n:5}   {:6.3} ± {:.3}   {:.3} ± {:.3}   {:6.2} ± {:5.2}   {:8.1}",
            law.location(),
            errors[0],
            law.scale(),
            errors[1],
            law.freedom(),
            errors[2],
            fit.ln_likelihood - Normal::fit(&x[..n])?.ln_likelihood
        );
    }

    let (fit, normal) = (StudentT::fit_freedom(&x)?, Normal::fit(&x)?.distribution);
    let student = fit.distribution;
    println!("\nhow many of the 4096 are farther out than t, and how many should be:");
    println!("    t   observed   Student    normal");
    for t in [2.0, 4.0, 8.0] {
        let observed = x.iter().filter(|x| x.abs() > t).count();
        let expected = |below: f64, above: f64| 4096.0 * (below + above);
        println!(
            "{t:5}   {observed:8}   {:7.1}   {:7.1}",
            expected(student.cdf(-t), student.sf(t)),
            expected(normal.cdf(-t), normal.sf(t))
        );
    }

    let light: Vec<_> = (0..99_u32)
        .map(|k| Normal::STANDARD.quantile((f64::from(k) + 0.5) / 99.0))
        .collect();
    match StudentT::fit_freedom(&light) {
        Err(ProbabilityError::NoMaximum { reason }) => {
            println!("\nof the quantiles of a normal law: no most likely ν: {reason}");
        }
        other => return Err(format!("there should be no maximum: {other:?}").into()),
    }

    draw(&student, &normal)?;
    if (student.freedom() - FREEDOM).abs() < 3.0 * fit.standard_errors[2] {
        println!("result: the degrees of freedom are found within three standard errors");
        Ok(())
    } else {
        Err(format!(
            "{} is far from {FREEDOM} degrees of freedom",
            student.freedom()
        )
        .into())
    }
}

/// The logarithms of both densities: a parabola, and what falls more and more slowly.
fn draw(student: &StudentT, normal: &Normal) -> Result<(), Box<dyn Error>> {
    let curves = [
        Function {
            name: "Student",
            f: &|x| student.ln_pdf(x),
        },
        Function {
            name: "normal",
            f: &|x| normal.ln_pdf(x),
        },
    ];
    let figure = Figure::new("Two fits of the same 4096 numbers", "x", "log-density");
    let svg = function_plot(&figure, &curves, -10.0, 10.0)?;
    println!(
        "\npicture: {}",
        save("out/336_heavy_tails.svg", &svg)?.display()
    );
    Ok(())
}
