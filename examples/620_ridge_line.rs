//! A noisy line y = 3 x + noise, with and without a penalty on its slope.
//!
//! A line ŷ = w x + b is fitted to n points by gradient descent. The objective has two parts, the mean
//! squared error and an L2 penalty on the slope; the intercept is free:
//!
//! ```text
//! J(w, b)   = L(w, b) + ½ λ w²,    L(w, b) = (1/n) Σ (w xᵢ + b − yᵢ)²
//! ∂J/∂w     = (2/n) Σ (ŷᵢ − yᵢ) xᵢ + λ w
//! ∂J/∂b     = (2/n) Σ (ŷᵢ − yᵢ)
//! ```
//!
//! What is added to the gradient is the derivative λ w of the penalty, not its value ½ λ w²: the value is
//! never negative and would push negative slopes away from zero. Setting both derivatives to zero gives
//! the ridge line, with variance and covariance of the sample,
//!
//! ```text
//! w = cov(x, y) / (var(x) + λ/2),    b = mean(y) − w mean(x)
//! ```
//!
//! so the penalty shrinks the slope from 3 toward 0. The objective that descent lowers is J; L alone can
//! only be worse than without a penalty. Both are reported.
//!
//! Two traps. Other books write the penalty λ w²; their λ is half of this one for the same line. And noise
//! between 0 and 1 has the mean ½: a line through the origin must put that into its slope, which becomes
//! 3 + E[x]·½ / E[x²] = 3 + 0.25 / (1/3) = 3.75. Center the noise or fit an intercept.
//!
//! What to try: penalize the intercept too and see the line lose its center of mass. Fit ten points
//! instead of 100 and look for the λ whose line comes closest to 3 x.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::losses::{AbsoluteError, L1, L2, Loss, Regularizer, SquaredError, Target, Weights};
use gradus::numeric::{MatrixMut, MatrixRef, NumericError, Order, Shape};
use gradus::optim::{Gradient, Layout, sgd};
use gradus::plot::{Figure, Function, function_plot, save};
use gradus::random::{Key, uniform};
use std::error::Error;
use std::iter::zip;

const POINTS: usize = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let x = draws(0);
    let noise = draws(1); // in [0, 1), as in the trap
    let shifted: Vec<f64> = zip(&x, &noise).map(|(x, e)| 3.0 * x + e).collect();
    let centered: Vec<f64> = zip(&x, &noise).map(|(x, e)| 3.0 * x + e - 0.5).collect();

    let (through_0, line) = (slope_through_origin(&x, &shifted), ridge(&x, &shifted, 0.0));
    println!("the trap: y = 3 x + noise in [0, 1)");
    println!("  through the origin     w = {through_0:.3}, expected 3.75");
    println!(
        "  with an intercept      w = {:.3}, b = {:.3}",
        line[0], line[1]
    );
    println!(
        "  centered noise         w = {:.3} through the origin",
        slope_through_origin(&x, &centered)
    );
    println!();
    println!("y = 3 x + centered noise, J = L + ½ λ w²");
    println!("      λ        w        b        L        J   closed form w   λ of λ w²");
    let mut slopes = Vec::new();
    for lambda in [0.0, 0.01, 0.1, 1.0, 10.0] {
        let problem = Problem {
            x: &x,
            y: &centered,
            penalty: L2 { lambda },
        };
        let [w, b] = problem.descend(0.15, 5000)?;
        let [exact, _] = ridge(&x, &centered, lambda);
        let (loss, objective) = (problem.loss([w, b])?, problem.objective([w, b])?);
        let halved = lambda / 2.0;
        println!(
            "  {lambda:5}  {w:7.4}  {b:7.4}  {loss:7.4}  {objective:7.4}  {exact:14.10}  {halved:10}"
        );
        if (w - exact).abs() > 1e-9 {
            return Err(format!("descent ends at w = {w}, the ridge line has {exact}").into());
        }
        slopes.push(w);
    }
    other_measures(&x, &centered)?;
    draw(&x, &centered)?;

    if slopes.is_sorted_by(|a, b| a > b) && (slopes[0] - 3.0).abs() < 0.3 && through_0 > 3.5 {
        println!(
            "result: w = {:.3} without a penalty, {:.3} with λ = 1",
            slopes[0], slopes[3]
        );
        Ok(())
    } else {
        Err(format!("slopes must start near 3 and shrink: {slopes:?}").into())
    }
}

/// 100 uniform numbers in [0, 1).
fn draws(stream: u64) -> Vec<f64> {
    let mut rng = Key::new(4).stream(stream).rng();
    (0..POINTS).map(|_| uniform(&mut rng)).collect()
}

/// Points and a penalty on the slope of their line.
struct Problem<'a> {
    x: &'a [f64],
    y: &'a [f64],
    penalty: L2,
}

impl Problem<'_> {
    /// L(w, b), without the penalty.
    fn loss(&self, line: [f64; 2]) -> Result<f64, Box<dyn Error>> {
        let prediction = self.predict(line);
        let n = self.y.len() as f64;
        Ok(SquaredError.value(
            row(&prediction)?,
            Target::Values(row(self.y)?),
            Weights::Equal,
            n,
        )?)
    }

    /// J(w, b) = L(w, b) + ½ λ w².
    fn objective(&self, line: [f64; 2]) -> Result<f64, Box<dyn Error>> {
        Ok(self.loss(line)? + self.penalty.value(&line[..1])?)
    }

    /// (∂J/∂w, ∂J/∂b); `errors` are the numbers (2/n)(ŷᵢ − yᵢ), the gradient of L by the prediction.
    fn gradient(&self, line: [f64; 2]) -> Result<[f64; 2], Box<dyn Error>> {
        let prediction = self.predict(line);
        let mut errors = vec![0.0; self.y.len()];
        SquaredError.value_and_gradient(
            row(&prediction)?,
            Target::Values(row(self.y)?),
            Weights::Equal,
            self.y.len() as f64,
            MatrixMut::new(&mut errors, Shape::new(1, self.y.len()), Order::Rows)?,
        )?;
        let mut gradient = [
            zip(&errors, self.x).map(|(e, x)| e * x).sum(),
            errors.iter().sum(),
        ];
        self.penalty.add_gradient(&line[..1], &mut gradient[..1])?;
        Ok(gradient)
    }

    /// Gradient descent on J from w = b = 0.
    fn descend(&self, rate: f64, steps: u32) -> Result<[f64; 2], Box<dyn Error>> {
        let mut layout = Layout::new();
        layout.push("weight", Shape::new(1, 1))?;
        layout.push("bias", Shape::new(1, 1))?;
        let optimizer = sgd(rate)?;
        let mut line = [0.0; 2];
        let mut state = optimizer.init(&layout, &line)?;
        for _ in 0..steps {
            let gradient = self.gradient(line)?;
            optimizer.update(&mut state, &mut line, Gradient::sum_of(&[&gradient]))?;
        }
        Ok(line)
    }

    fn predict(&self, [w, b]: [f64; 2]) -> Vec<f64> {
        self.x.iter().map(|x| w * x + b).collect()
    }
}

/// One row, one number a sample.
fn row(x: &[f64]) -> Result<MatrixRef<'_, f64>, NumericError> {
    MatrixRef::new(x, Shape::new(1, x.len()), Order::Rows)
}

/// The closed form w = cov(x, y) / (var(x) + λ/2), b = mean(y) − w mean(x).
fn ridge(x: &[f64], y: &[f64], lambda: f64) -> [f64; 2] {
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (mx, my) = (mean(x), mean(y));
    let products: Vec<f64> = zip(x, y).map(|(x, y)| (x - mx) * (y - my)).collect();
    let squares: Vec<f64> = x.iter().map(|x| (x - mx).powi(2)).collect();
    let w = mean(&products) / (mean(&squares) + lambda / 2.0);
    [w, my - w * mx]
}

/// Σ x y / Σ x²: least squares without an intercept.
fn slope_through_origin(x: &[f64], y: &[f64]) -> f64 {
    let products: f64 = zip(x, y).map(|(x, y)| x * y).sum();
    products / x.iter().map(|x| x * x).sum::<f64>()
}

/// The same line by its absolute errors, and what the other penalty would cost: λ |w|, which pulls with the same
/// strength however small w is.
fn other_measures(x: &[f64], y: &[f64]) -> Result<(), Box<dyn Error>> {
    let [w, b] = ridge(x, y, 0.0);
    let prediction: Vec<f64> = x.iter().map(|x| w * x + b).collect();
    let (p, truth, n) = (row(&prediction)?, Target::Values(row(y)?), y.len() as f64);
    let absolute = AbsoluteError.value(p, truth, Weights::Equal, n)?;
    let (l1, l2) = (L1 { lambda: 0.1 }, L2 { lambda: 0.1 });
    println!(
        "  the first line: mean |ŷ − y| = {absolute:.4}; with λ = 0.1, ½ λ w² = {:.4}, λ |w| = {:.4}",
        l2.value(&[w])?,
        l1.value(&[w])?
    );
    Ok(())
}

/// The slope over λ in both conventions, in `out/`.
fn draw(x: &[f64], y: &[f64]) -> Result<(), Box<dyn Error>> {
    let svg = function_plot(
        &Figure::new("Shrinkage", "λ", "slope w"),
        &[
            Function {
                name: "penalty ½ λ w²",
                f: &|lambda| ridge(x, y, lambda)[0],
            },
            Function {
                name: "penalty λ w²",
                f: &|lambda| ridge(x, y, 2.0 * lambda)[0],
            },
        ],
        0.0,
        2.0,
    )?;
    println!(
        "picture: {}",
        save("out/620_ridge_line.svg", &svg)?.display()
    );
    Ok(())
}
