//! The laws of optimizers, one test per theorem.

#[path = "laws/adam.rs"]
mod adam;
#[path = "laws/adaptive.rs"]
mod adaptive;
#[path = "laws/averages.rs"]
mod averages;
#[path = "laws/bounds.rs"]
mod bounds;
#[path = "laws/clips.rs"]
mod clips;
#[path = "laws/curvature.rs"]
mod curvature;
#[path = "laws/descent.rs"]
mod descent;
#[path = "laws/every_optimizer.rs"]
mod every_optimizer;
#[path = "laws/finite.rs"]
mod finite;
#[path = "laws/learned.rs"]
mod learned;
#[path = "laws/links.rs"]
mod links;
#[path = "laws/matrices.rs"]
mod matrices;
#[path = "laws/methods.rs"]
mod methods;
#[path = "laws/noise.rs"]
mod noise;
#[path = "laws/penalties.rs"]
mod penalties;
#[path = "laws/schedules.rs"]
mod schedules;
#[path = "laws/standing.rs"]
mod standing;
#[path = "laws/state.rs"]
mod state;

use gradus_numeric::Real;
use gradus_optim::{Chain, Float, Gradient, Layout, OptimError, Shape};

/// A layout of one parameter `w` with `n` numbers.
fn flat(n: usize) -> Result<Layout, OptimError> {
    let mut layout = Layout::new();
    layout.push("w", Shape::new(n, 1))?;
    Ok(layout)
}

/// Parameters after `steps` steps from `start`, where `gradient(t, θ)` is asked at t = 1, 2, ….
fn run<T: Float>(
    optimizer: &Chain<T>,
    start: &[T],
    steps: u64,
    gradient: impl Fn(u64, &[T]) -> Vec<T>,
) -> Result<Vec<T>, OptimError> {
    let mut state = optimizer.init(&flat(start.len())?, start)?;
    let mut theta = start.to_vec();
    for t in 1..=steps {
        let g = gradient(t, &theta);
        let shards: [&[T]; 1] = [&g];
        let gradient = Gradient::sum_of(&shards).with_loss((t as f64).sin());
        optimizer.update(&mut state, &mut theta, gradient)?;
    }
    Ok(theta)
}

/// The steps, each from 0, that a sequence of gradients of one parameter gives.
fn steps(optimizer: &Chain<f64>, gradients: &[f64]) -> Result<Vec<f64>, OptimError> {
    let mut state = optimizer.init(&flat(1)?, &[0.0])?;
    let step = |g: &f64| {
        let mut theta = [0.0];
        optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[*g]]))?;
        Ok(-theta[0])
    };
    gradients.iter().map(step).collect()
}

/// The bits of every number.
fn bits<T: Float>(x: &[T]) -> Vec<u64> {
    x.iter().map(|x| x.bits()).collect()
}

/// Every number rounded to single precision.
fn single(x: &[f64]) -> Vec<f32> {
    x.iter().map(|&x| f32::from_f64(x)).collect()
}

/// Structured numbers that a step may begin with.
fn ordinary(length: std::ops::Range<usize>) -> impl proptest::strategy::Strategy<Value = Vec<f64>> {
    use proptest::strategy::Strategy;
    gradus_testkit::strategies::structured_vector(length)
        .prop_map(|x| x.into_iter().map(|x| x.clamp(-1e150, 1e150)).collect())
}
