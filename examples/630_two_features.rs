//! Linear regression with two features: by gradient descent and in closed form.
//!
//! A hundred points have two features and the targets y = 0.5 x₁ + 0.8 x₂ + noise, the noise normal with
//! standard deviation ½. One column of X is one sample, and a further row of ones carries the intercept:
//!
//! ```text
//! ŷ = w₁ x₁ + w₂ x₂ + b,    L(θ) = (1/m) Σ (ŷᵢ − yᵢ)²,    θ = (w₁, w₂, b)
//! ```
//!
//! The mean, not the sum: then the gradient, and with it the learning rate, does not grow with the number
//! of samples. Descent goes θ ← θ − α ∇L(θ), where ∇L comes from automatic differentiation; the closed form
//! is the solution of the least-squares problem, where the gradient vanishes:
//!
//! ```text
//! ∇L(θ) = (2/m) A ᵀ(A θ − y) = 0,    A = ( x₁  x₂  1 ), one row a sample
//! ```
//!
//! How close to 0.5 and 0.8 can that come? With noise of variance s² the coefficients scatter around the
//! truth with covariance s² (AᵀA)⁻¹: the standard errors are the roots of its diagonal. Ten times the
//! points give 3.2 times smaller errors.
//!
//! What to try: `POINTS` = 10 000. Add x₁ to x₂, so that the features move together, and watch the
//! condition and the standard errors grow while the prediction stays as good.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::autodiff::Arena;
use gradus::evaluation::r_squared;
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{inverse, least_squares, singular_values};
use gradus::numeric::{Order, Shape, norm2};
use gradus::optim::{Gradient, Layout, sgd};
use gradus::plot::{Figure, PlaneCurve, plane_curves, save};
use gradus::random::{Key, normal, uniform};
use std::error::Error;

const POINTS: usize = 100;
const TRUTH: [f64; 3] = [0.5, 0.8, 0.0];
const NOISE: f64 = 0.5;

fn main() -> Result<(), Box<dyn Error>> {
    let (a, y) = points();
    let exact = least_squares(&a, &y)?.x;
    let errors = standard_errors(&a)?;
    let sigma = singular_values(&a)?;
    println!("{POINTS} points, condition of A {:.2}", sigma[0] / sigma[2]);

    println!("    step        w₁        w₂         b      loss");
    let (mut theta, mut done) = ([0.0; 3], 0);
    for until in [0, 10, 100, 500, 1500] {
        theta = descend(&a, &y, theta, 0.3, until - done)?;
        done = until;
        let ([w1, w2, b], loss) = (theta, loss(&a, &y, &theta));
        println!("  {until:6}  {w1:8.5}  {w2:8.5}  {b:8.5}  {loss:8.5}");
    }
    let found = [
        ("closed form", exact.as_slice()),
        ("truth", &TRUTH),
        ("std. error", errors.as_slice()),
    ];
    for (name, theta) in found {
        println!(
            "{name:<13}{:.5}  {:.5}  {:.5}",
            theta[0], theta[1], theta[2]
        );
    }
    let fitted = &a * &exact;
    println!("R² = {:.3}", r_squared(y.as_slice(), fitted.as_slice())?);
    let [predicted, truth] = [theta, TRUTH].map(|[w1, w2, b]| w1 * 1.0 + w2 * 2.0 + b);
    println!("prediction for (1, 2): {predicted:.3}, truth {truth:.3}");
    draw(&y, &fitted)?;

    let gap = norm2((DVector::from_row_slice(&theta) - &exact).as_slice());
    let plausible = (0..3).all(|k| (exact[k] - TRUTH[k]).abs() < 3.0 * errors[k]);
    if gap < 1e-10 && plausible {
        let [w1, w2, b] = theta;
        println!("result: w = [{w1:.3}, {w2:.3}], b = {b:.3}");
        Ok(())
    } else {
        Err(format!("descent gives {theta:?}, the closed form {exact}").into())
    }
}

/// The matrix A with rows (x₁, x₂, 1), and y = 0.5 x₁ + 0.8 x₂ + noise: a vector, not a matrix of one column,
/// to which a column of noise would be added as a 100 × 100 matrix.
fn points() -> (DMatrix<f64>, DVector<f64>) {
    let (mut features, mut noise) = (Key::new(0).rng(), Key::new(0).stream(1).rng());
    let mut a = DMatrix::from_element(POINTS, 3, 1.0);
    for i in 0..POINTS {
        a[(i, 0)] = 2.0 * uniform(&mut features);
        a[(i, 1)] = 2.0 * uniform(&mut features);
    }
    let y = &a * DVector::from_row_slice(&TRUTH);
    let y = y.map(|y| y + NOISE * normal(&mut noise));
    (a, y)
}

/// L(θ) = (1/m) ‖A θ − y‖²
fn loss(a: &DMatrix<f64>, y: &DVector<f64>, theta: &[f64; 3]) -> f64 {
    let error = a * DVector::from_row_slice(theta) - y;
    norm2(error.as_slice()).powi(2) / y.len() as f64
}

/// `steps` steps of gradient descent; the loss is recorded on a tape, which knows its gradient.
fn descend(
    a: &DMatrix<f64>,
    y: &DVector<f64>,
    mut theta: [f64; 3],
    rate: f64,
    steps: u32,
) -> Result<[f64; 3], Box<dyn Error>> {
    let mut layout = Layout::new();
    layout.push("theta", Shape::new(3, 1))?;
    let optimizer = sgd(rate)?;
    let mut state = optimizer.init(&layout, &theta)?;
    let (mut arena, mut gradient) = (Arena::new(), [0.0; 3]);
    for _ in 0..steps {
        arena.value_and_gradient(&theta, &mut gradient, |tape| {
            let [a, y] = [(3, a.as_slice()), (1, y.as_slice())].map(|(columns, numbers)| {
                let shape = Shape::new(POINTS, columns);
                tape.constant(shape, Order::Columns, |memory| {
                    memory.copy_from_slice(numbers);
                })
            });
            let error = a * tape.parameter(0, Shape::new(3, 1)) - y;
            error.hadamard(error).mean()
        })?;
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&gradient]))?;
    }
    Ok(theta)
}

/// √(s² diag((AᵀA)⁻¹))
fn standard_errors(a: &DMatrix<f64>) -> Result<DVector<f64>, Box<dyn Error>> {
    let covariance = inverse(&(a.transpose() * a))? * NOISE.powi(2);
    Ok(covariance.diagonal().map(f64::sqrt))
}

/// The predictions over the targets, and where they would be equal, in `out/`.
fn draw(y: &DVector<f64>, fitted: &DVector<f64>) -> Result<(), Box<dyn Error>> {
    let points: Vec<(f64, f64)> = y.iter().copied().zip(fitted.iter().copied()).collect();
    let diagonal = [y.min(), y.max()].map(|x| (x, x));
    let title = "A hundred points and their predictions";
    let figure = Figure::new(title, "target y", "prediction ŷ");
    let line = PlaneCurve::line("ŷ = y", &diagonal);
    let svg = plane_curves(&figure, &[PlaneCurve::points("points", &points), line])?;
    let path = save("out/630_two_features.svg", &svg)?;
    println!("picture: {}", path.display());
    Ok(())
}
