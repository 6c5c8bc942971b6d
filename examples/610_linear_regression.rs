//! Gradient descent on four points: a step that diverges, a step that converges, and why.
//!
//! Four points x with two features and a target y are to be met by ŷ = X θ, one row of X a point. The
//! loss, its gradient and the descent are
//!
//! ```text
//! L(θ)  = 1/(2m) ‖X θ − y‖²
//! ∇L(θ) = Xᵀ(X θ − y) / m
//! θ     ← θ − α ∇L(θ)
//! ```
//!
//! The targets are the first feature, so θ* = (1, 0). The distance from it obeys a linear law, since
//! ∇L(θ) = H (θ − θ*) with the constant Hessian `H = XᵀX / m`:
//!
//! ```text
//! θₜ − θ* = (I − α H)ᵗ (θ₀ − θ*)
//! ```
//!
//! Along the eigenvector of H to the eigenvalue λ every step multiplies the distance by 1 − α λ. Descent
//! converges exactly if all these factors lie between −1 and 1:
//!
//! ```text
//! α < 2 / λmax
//! ```
//!
//! Here λmax = 20.94, so the limit is 0.0955: a rate of 0.5 multiplies the distance by −9.5 each step,
//! whatever the start, and 0.05 converges. How fast is a matter of the condition number λmax / λmin = 351:
//! the slow direction shrinks only by 1 − 0.05 · 0.06 = 0.997 per step.
//!
//! What to try: a rate of 0.0954 and of 0.0956. Center the features (subtract their means and add an
//! intercept): λmax falls, and with it the number of steps. Replace `descend` by a chain of
//! `gradus::optim::momentum`.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::singular_values;
use gradus::numeric::norm2;
use gradus::plot::{AxisScale, Figure, Series, learning_curves, save};
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let points = Points {
        x: DMatrix::from_row_slice(4, 2, &[1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0, 5.0]),
        y: DVector::from_column_slice(&[1.0, 2.0, 3.0, 4.0]),
    };
    let [largest, smallest] = points.curvatures()?;
    let limit = 2.0 / largest;
    let condition = largest / smallest;
    println!("λmax = {largest:.2}, λmin = {smallest:.4}, condition {condition:.0}");
    println!("learning rates below 2 / λmax = {limit:.4} converge");

    show(&points, 0.5, largest, &[0, 1, 2, 3, 4, 5, 10, 20]);
    let many = [0, 1, 2, 3, 10, 100, 1000, 10_000, 20_000];
    show(&points, 0.05, smallest, &many);
    draw(&points)?;

    let (after_1000, end) = (points.descend(0.05, 1000), points.descend(0.05, 20_000));
    let far = norm2(points.descend(0.5, 20).as_slice());
    let off = |theta: &DVector<f64>, x: f64, y: f64| (theta[0] - x).hypot(theta[1] - y);
    let known = off(&after_1000, 0.968, 0.024) < 1e-3 && off(&end, 1.0, 0.0) < 1e-9 && far > 1e15;
    if known && (limit - 0.0955).abs() < 5e-5 {
        let (a, b) = (end[0], end[1]);
        println!("result: θ = [{a:.6}, {b:.6}] at rate 0.05; 0.5 is beyond 2/λmax = {limit:.4}");
        Ok(())
    } else {
        Err(format!("not the known trajectory: θ = {end}, 2/λmax = {limit}").into())
    }
}

/// Four points, one a row, and their targets.
struct Points {
    x: DMatrix<f64>,
    y: DVector<f64>,
}

impl Points {
    /// L(θ) = 1/(2m) ‖X θ − y‖²
    fn loss(&self, theta: &DVector<f64>) -> f64 {
        norm2((&self.x * theta - &self.y).as_slice()).powi(2) / (2.0 * self.y.len() as f64)
    }

    /// ∇L(θ) = Xᵀ(X θ − y) / m
    fn gradient(&self, theta: &DVector<f64>) -> DVector<f64> {
        self.x.transpose() * (&self.x * theta - &self.y) / self.y.len() as f64
    }

    /// `steps` steps θ ← θ − α ∇L(θ) from θ = 0.
    fn descend(&self, rate: f64, steps: u32) -> DVector<f64> {
        let start = DVector::zeros(self.x.ncols());
        (0..steps).fold(start, |theta, _| &theta - rate * self.gradient(&theta))
    }

    /// The eigenvalues λ = σ² / m of `XᵀX / m`, from the singular values σ of X.
    fn curvatures(&self) -> Result<[f64; 2], Box<dyn Error>> {
        let sigma = singular_values(&self.x)?;
        Ok([0, 1].map(|k| sigma[k].powi(2) / self.y.len() as f64)) // two features
    }
}

/// Prints a trajectory; `curvature` is that of the direction which decides.
fn show(points: &Points, rate: f64, curvature: f64, steps: &[u32]) {
    let factor = 1.0 - rate * curvature;
    println!("\nlearning rate {rate}: the deciding factor is 1 − α λ = {factor:.4}");
    println!("    step           θ₁           θ₂         loss");
    for &step in steps {
        let theta = points.descend(rate, step);
        let loss = points.loss(&theta);
        let [a, b] = [0, 1].map(|k| number(theta[k]));
        println!("  {step:6}  {a}  {b}  {loss:11.3e}");
    }
}

/// A number in 11 columns: plainly where it fits, else by powers of ten.
fn number(x: f64) -> String {
    if x.abs() < 1e4 {
        format!("{x:11.6}")
    } else {
        format!("{x:11.3e}")
    }
}

/// The loss of both rates, and of the fastest one 2 / (λmax + λmin), step by step, in `out/`.
fn draw(points: &Points) -> Result<(), Box<dyn Error>> {
    let [largest, smallest] = points.curvatures()?;
    let losses = |rate: f64| -> Vec<f64> {
        let of_step = |step| points.loss(&points.descend(rate, step));
        (0..30).map(of_step).collect()
    };
    let rates = [0.5, 0.05, 2.0 / (largest + smallest), 0.1].map(losses);
    let names = ["α = 0.5", "α = 0.05", "α = 2/(λmax+λmin)", "α = 0.1"];
    let series: Vec<_> = names
        .iter()
        .zip(&rates)
        .map(|(name, of)| Series::new(name, of))
        .collect();
    let figure = Figure::new("Four points, four learning rates", "step", "loss").between(1e-4, 1e4);
    let path = save(
        "out/610_linear_regression.svg",
        &learning_curves(&figure, &series, AxisScale::Logarithmic)?,
    )?;
    println!("picture: {}", path.display());
    Ok(())
}
