//! How many steps do conjugate gradients take? As many as there are eigenvalues, or √κ.
//!
//! After k steps conjugate gradients have met the vectors b, A b, A² b, …, Aᵏ⁻¹ b, and of all their combinations (the
//! Krylov space) they are at the best: the energy of the error is the smallest. The error is then p(A) times the first
//! one, with the polynomial of degree k, p(0) = 1, that suits best, so
//!
//! ```text
//! E(xₖ) / E(x₀)  ≤  min over p of max over the eigenvalues λ of p(λ)²  ≤  4 ((√κ − 1)/(√κ + 1))²ᵏ
//! ```
//!
//! Where A has only three different eigenvalues a cubic vanishes at all of them: three steps are enough, for any number of
//! unknowns and any κ. Where eigenvalues fill an interval, Chebyshev's polynomials give the bound on the right: the root of
//! the condition number decides, where for steepest descent it is κ itself,
//!
//! ```text
//! E(xₖ) / E(x₀)  ≤  ((κ − 1)/(κ + 1))²ᵏ
//! ```
//!
//! The energy falls with every step, the residual need not. A preconditioner is a change of the metric that gathers the
//! eigenvalues.
//!
//! What to try: eigenvalues in three narrow clusters. One huge eigenvalue beside 99 between 1 and 2: how many steps does
//! it cost? κ = 10⁶ with 1000 steps: rounding has the directions forget that they are conjugate.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::special::random_symmetric;
use gradus::linalg::{Stopping, conjugate_gradients};
use gradus::numeric::norm2;
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use gradus::random::{Key, normal};
use std::error::Error;

type Outcome<T> = Result<T, Box<dyn Error>>;

const N: usize = 100;

fn main() -> Outcome<()> {
    println!("{N} unknowns, eigenvalues from 1 to κ, to a residual of 1e-8");
    println!("  κ       steps   bound   of steepest descent   residual rose");
    let mut hundred = Vec::new();
    for kappa in [10.0, 100.0, 1000.0_f64] {
        let (energies, residuals) = solve(|i| kappa.powf(i as f64 / (N - 1) as f64), 1)?;
        let steps = energies.len() - 1;
        let left = energies[steps] / energies[0];
        let bound = steps_until(left / 4.0, kappa.sqrt());
        let steepest = steps_until(left, kappa);
        let rises = residuals
            .windows(2)
            .filter(|pair| pair[1] > pair[0])
            .count();
        println!("  {kappa:<7} {steps:<7} {bound:<7.0} {steepest:<21.0} {rises} times");
        if steps as f64 > bound + 1.0 || !energies.is_sorted_by(|a, b| a >= b) {
            return Err(format!("energies rise or fall too slowly at κ = {kappa}").into());
        }
        if kappa == 100.0 {
            hundred = energies;
        }
    }
    draw(&hundred, 100.0)?;
    let (energies, _) = solve(|i| [1.0, 10.0, 1000.0][i % 3], 2)?;
    let steps = energies.len() - 1;
    if steps == 3 {
        println!("result: {steps} steps for {N} unknowns with three eigenvalues");
        Ok(())
    } else {
        Err(format!("three eigenvalues should take 3 steps, not {steps}").into())
    }
}

/// After how many steps ((root − 1)/(root + 1))²ᵏ is as small as `left`.
fn steps_until(left: f64, root: f64) -> f64 {
    (left.ln() / (2.0 * ((root - 1.0) / (root + 1.0)).ln())).ceil()
}

/// Energies of the error and residuals of a system with these eigenvalues, axes and solution at random.
fn solve(eigenvalue: impl Fn(usize) -> f64, seed: u64) -> Outcome<(Vec<f64>, Vec<f64>)> {
    let rng = &mut Key::new(seed).rng();
    let lambda = DVector::from_fn(N, |i, _| eigenvalue(i));
    let a: DMatrix<f64> = random_symmetric(&lambda, || normal(rng))?;
    let solution = DVector::from_fn(N, |_, _| normal(rng));
    let b = &a * &solution;
    let (mut energies, mut residuals) = (Vec::new(), Vec::new());
    let stopping = Stopping {
        tolerance: 1e-8,
        iterations: 10 * N,
    };
    conjugate_gradients(&a, &b, stopping, |step| {
        let error = &solution - step.x;
        let left = &a * &error; // b − A x
        energies.push(0.5 * error.dot(&left));
        residuals.push(norm2(left.as_slice()));
    })?;
    Ok((energies, residuals))
}

/// The energy over the steps, relative to that of the start, and its bounds, in `out/`.
fn draw(energies: &[f64], kappa: f64) -> Outcome<()> {
    let relative: Vec<f64> = energies.iter().map(|e| e / energies[0]).collect();
    let bound = |root: f64, first: f64| -> Vec<f64> {
        let factor = ((root - 1.0) / (root + 1.0)).powi(2);
        let falling = std::iter::successors(Some(first), |e| Some(e * factor));
        falling.take(energies.len()).collect()
    };
    let (chebyshev, steepest) = (bound(kappa.sqrt(), 4.0), bound(kappa, 1.0));
    let series = [
        Series::new("conjugate gradients", &relative),
        Series::new("their bound", &chebyshev),
        Series::new("steepest descent at worst", &steepest),
    ];
    let figure = Figure::new(
        "Energy of the error, κ = 100",
        "point (1 is the start)",
        "E(x) / E(0)",
    );
    let svg = learning_curves(&figure.sized(700, 400), &series, AxisScale::Logarithmic)?;
    println!("picture: {}", save("out/127_krylov.svg", &svg)?.display());
    Ok(())
}
