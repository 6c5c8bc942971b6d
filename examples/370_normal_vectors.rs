//! The normal law of vectors: its parts, what is left when a part is known, and what to believe after few samples.
//!
//! Height and weight of people are a cloud, N(μ, Σ). Seen from aside it is a bell (the marginal); cut at one height it is a narrower
//! bell (the conditional law), whose middle lies on a line:
//!
//! ```text
//! E(x₂ | x₁)   = μ₂ + Σ₂₁ Σ₁₁⁻¹ (x₁ − μ₁)
//! Var(x₂ | x₁) = Σ₂₂ − Σ₂₁ Σ₁₁⁻¹ Σ₁₂
//! ```
//!
//! Mean and covariance of a few samples are unsure themselves. With a normal-inverse-Wishart prior the next point has Student's law
//! of vectors, whose tails say so.
//!
//! What to try: the height 2 m. `PEOPLE` = 1000, and Student's law is the normal one.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::multivariate::{
    InverseWishart, MultivariateNormal, MultivariateT, NormalInverseWishart, Wishart, laplace,
};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::Key;
use std::error::Error;

const PEOPLE: usize = 6;

fn main() -> Result<(), Box<dyn Error>> {
    let vector = |x: &[f64]| DVector::from_row_slice(x);
    // centimeters and kilograms
    let covariance = DMatrix::from_row_slice(2, 2, &[100.0, 60.0, 60.0, 100.0]);
    let law = MultivariateNormal::new(vector(&[170.0, 70.0]), &covariance)?;
    let weight = law.marginal(&[1])?;
    let (mean, deviation) = (weight.mean()[0], weight.cholesky_factor()[(0, 0)]);
    println!("weight: {mean:.1} ± {deviation:.2} kg");
    let mut line = Vec::new();
    for height in [150.0, 170.0, 190.0] {
        let known = law.conditional(&[0], &vector(&[height]))?;
        let (mean, deviation) = (known.mean()[0], known.cholesky_factor()[(0, 0)]);
        println!("  of {height} cm: {mean:.1} ± {deviation:.2} kg");
        line.push((height, mean));
    }
    for point in [[180.0, 76.0], [180.0, 64.0]] {
        let r = law.mahalanobis(&vector(&point))?;
        println!("  {point:?} is {r:.3} deviations away");
    }
    let difference = DMatrix::from_row_slice(1, 2, &[-1.0, 1.0]);
    let spare = law.affine(&difference, &vector(&[100.0]))?;
    let (mean, deviation) = (spare.mean()[0], spare.cholesky_factor()[(0, 0)]);
    println!("weight − (height − 100): {mean:.1} ± {deviation:.2}");

    let mut rng = Key::new(370).rng();
    let cloud: Vec<_> = (0..200).map(|_| law.sample(&mut rng)).collect();
    draw(&cloud, &line)?;
    let ratio = tell_fits(&law, &cloud)?;
    let stirling = tell_matrices(&covariance)?;

    if line[2].1 - line[0].1 == 24.0 && ratio > 10.0 && stirling.abs() < 0.005 {
        println!(
            "result: after {PEOPLE} people a far point is {ratio:.0} times as probable as the fit says"
        );
        Ok(())
    } else {
        Err(format!("the line {line:?} should rise by 24, and {ratio} be large").into())
    }
}

/// How far fits are from the truth; how many times as probable a far point is as the first fit says.
fn tell_fits(law: &MultivariateNormal, cloud: &[DVector<f64>]) -> Result<f64, Box<dyn Error>> {
    println!(
        "people   KL of the fit from the truth   10⁴ x P(next is this heavy): normal, Student"
    );
    let mut ratio = 0.0;
    for n in [PEOPLE, 30, 200] {
        let x = DMatrix::from_columns(&cloud[..n]);
        let fit = MultivariateNormal::fit(&x)?.distribution;
        let next = believed(&x)?;
        let far = fit.mean() + fit.cholesky_factor() * DVector::from_row_slice(&[4.0, 0.0]);
        let (plain, careful) = (fit.pdf(&far)?, next.pdf(&far)?);
        let (apart, plain, careful) = (law.kl(&fit)?, 1e4 * plain, 1e4 * careful);
        println!("{n:6}   {apart:28.4}   {plain:.6}, {careful:.6}");
        ratio = if n == PEOPLE { careful / plain } else { ratio };
    }
    Ok(ratio)
}

/// What six samples say of a covariance, and what may be believed of it; how far Laplace's approximation is from ln 20!.
fn tell_matrices(covariance: &DMatrix<f64>) -> Result<f64, Box<dyn Error>> {
    let mut rng = Key::new(371).rng();
    let squares = Wishart::new(covariance, 6.0)?;
    let belief = InverseWishart::new(&(covariance * 6.0), 6.0)?;
    println!(
        "sums of 6 squares: on average {:.0}, a draw {:.0}",
        squares.mean()[(0, 0)],
        squares.sample(&mut rng)[(0, 0)]
    );
    println!(
        "a variance is believed to be {:.0}, most likely {:.1}",
        belief.mean()?[(0, 0)],
        belief.mode()[(0, 0)]
    );

    // Stirling: the integral of x²⁰ e⁻ˣ is 20!, by the curvature at its top
    let top = 20.0 * 20_f64.ln() - 20.0;
    let peak = laplace(
        DVector::from_element(1, 20.0),
        top,
        &DMatrix::from_element(1, 1, 1.0 / 20.0),
    )?;
    let exact: f64 = (1..=20).map(|i| f64::from(i).ln()).sum();
    println!("ln 20! = {exact:.5}, by Laplace {:.5}", peak.ln_integral);
    Ok(exact - peak.ln_integral)
}

/// The law of the next point, from a vague prior.
fn believed(x: &DMatrix<f64>) -> Result<MultivariateT, Box<dyn Error>> {
    let scale = DMatrix::identity(2, 2) * 100.0;
    let prior =
        NormalInverseWishart::new(DVector::from_row_slice(&[170.0, 70.0]), 0.1, 3.0, &scale)?;
    Ok(prior.posterior(x)?.predictive()?)
}

/// The cloud and the line of its conditional means, in `out/`.
fn draw(cloud: &[DVector<f64>], line: &[(f64, f64)]) -> Result<(), Box<dyn Error>> {
    let points: Vec<_> = cloud.iter().map(|x| (x[0], x[1])).collect();
    let curves = [
        PlaneCurve::points("people", &points),
        PlaneCurve::line("mean weight of a height", line),
    ];
    let figure = Figure::new(
        "A cloud and its conditional means",
        "height, cm",
        "weight, kg",
    );
    let path = save("out/370_normal_vectors.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
