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
//! so the penalty shrinks the slope from 3 toward 0. Descent lowers J; L alone can only be worse than without it.
//!
//! Two traps. Other books write the penalty λ w²; their λ is half of this one for the same line. And noise
//! between 0 and 1 has the mean ½: a line through the origin must put that into its slope, which becomes
//! 3 + E[x]·½ / E[x²] = 3 + 0.25 / (1/3) = 3.75. Center the noise or fit an intercept.
//!
//! What to try: penalize the intercept too and see the line lose its center of mass. Fit ten points
//! instead of 100 and look for the λ whose line comes closest to 3 x.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::evaluation::mean_squared_error;
use gradus::losses::{L2, Loss, Regularizer, SquaredError, Target, Weights};
use gradus::numeric::{MatrixMut, MatrixRef, Order, Shape, mean, variance};
use gradus::plot::{Figure, Function, function_plot, save};
use gradus::random::{Key, uniform};
use std::error::Error;
use std::iter::zip;

type Outcome<T> = Result<T, Box<dyn Error>>;

const POINTS: usize = 100;

fn main() -> Outcome<()> {
    let x = draws(0);
    let noise = draws(1); // in [0, 1), as in the trap
    let shifted: Vec<f64> = zip(&x, &noise).map(|(x, e)| 3.0 * x + e).collect();
    let centered: Vec<f64> = zip(&x, &noise).map(|(x, e)| 3.0 * x + e - 0.5).collect();

    let through_0 = slope_through_origin(&x, &shifted);
    let [w, b] = ridge(&x, &shifted, 0.0)?;
    println!("the trap: y = 3 x + noise in [0, 1)");
    println!("  through the origin     w = {through_0:.3}, expected 3.75");
    println!("  with an intercept      w = {w:.3}, b = {b:.3}");
    let cured = slope_through_origin(&x, &centered);
    println!("  centered noise         w = {cured:.3} through the origin");
    println!("\ny = 3 x + centered noise, J = L + ½ λ w²");
    println!("      λ        w        b        L        J   closed form w   λ of λ w²");
    let mut slopes = Vec::new();
    for lambda in [0.0, 0.01, 0.1, 1.0, 10.0] {
        let (x, y, penalty) = (&x[..], &centered[..], L2 { lambda });
        let problem = Problem { x, y, penalty };
        let [w, b] = problem.descend(0.15, 5000)?;
        let [exact, _] = ridge(x, y, lambda)?;
        let loss = mean_squared_error(y, &problem.predict([w, b]))?;
        let (objective, halved) = (loss + penalty.value(&[w])?, lambda / 2.0);
        print!("  {lambda:5}  {w:7.4}  {b:7.4}  {loss:7.4}  {objective:7.4}  ");
        println!("{exact:14.10}  {halved:10}");
        if (w - exact).abs() > 1e-9 {
            return Err(format!("descent ends at w = {w}, the ridge line has {exact}").into());
        }
        slopes.push(w);
    }
    draw(&x, &centered)?;

    if slopes.is_sorted_by(|a, b| a > b) && (slopes[0] - 3.0).abs() < 0.3 && through_0 > 3.5 {
        let (free, held) = (slopes[0], slopes[3]);
        println!("result: w = {free:.3} without a penalty, {held:.3} with λ = 1");
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
    /// (∂J/∂w, ∂J/∂b); `errors` are the numbers (2/n)(ŷᵢ − yᵢ), the gradient of L by the prediction.
    fn gradient(&self, line: [f64; 2]) -> Outcome<[f64; 2]> {
        let (prediction, n) = (self.predict(line), self.y.len());
        let (prediction, mut errors) = (MatrixRef::from_row(&prediction), vec![0.0; n]);
        let truth = Target::Values(MatrixRef::from_row(self.y));
        let into = MatrixMut::new(&mut errors, Shape::new(1, n), Order::Rows)?;
        SquaredError.value_and_gradient(prediction, truth, Weights::Equal, n as f64, into)?;
        let by_w = zip(&errors, self.x).map(|(e, x)| e * x).sum();
        let mut gradient = [by_w, errors.iter().sum()];
        self.penalty.add_gradient(&line[..1], &mut gradient[..1])?;
        Ok(gradient)
    }

    /// Gradient descent on J from w = b = 0.
    fn descend(&self, rate: f64, steps: u32) -> Outcome<[f64; 2]> {
        let mut line = [0.0; 2];
        for _ in 0..steps {
            let gradient = self.gradient(line)?;
            line = [0, 1].map(|k| line[k] - rate * gradient[k]);
        }
        Ok(line)
    }

    fn predict(&self, [w, b]: [f64; 2]) -> Vec<f64> {
        self.x.iter().map(|x| w * x + b).collect()
    }
}

/// The closed form w = cov(x, y) / (var(x) + λ/2), b = mean(y) − w mean(x).
fn ridge(x: &[f64], y: &[f64], lambda: f64) -> Outcome<[f64; 2]> {
    let (mx, my) = (mean(x)?, mean(y)?);
    let products: Vec<f64> = zip(x, y).map(|(x, y)| (x - mx) * (y - my)).collect();
    let w = mean(&products)? / (variance(x, 0)? + lambda / 2.0);
    Ok([w, my - w * mx])
}

/// Σ x y / Σ x²: least squares without an intercept.
fn slope_through_origin(x: &[f64], y: &[f64]) -> f64 {
    let products: f64 = zip(x, y).map(|(x, y)| x * y).sum();
    products / x.iter().map(|x| x * x).sum::<f64>()
}

/// The slope over λ in both conventions, in `out/`.
fn draw(x: &[f64], y: &[f64]) -> Outcome<()> {
    let halved = |lambda| ridge(x, y, lambda).map_or(f64::NAN, |line| line[0]);
    let whole = |lambda| halved(2.0 * lambda);
    let other = Function::new("penalty λ w²", &whole);
    let curves = [Function::new("penalty ½ λ w²", &halved), other];
    let svg = function_plot(&Figure::new("Shrinkage", "λ", "slope w"), &curves, 0.0, 2.0)?;
    let path = save("out/620_ridge_line.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
