//! What textbooks say of networks and of training them.

use super::{Layers, cycle, draws, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{least_squares, matrix_norm2};
use gradus_losses::{SoftmaxCrossEntropy, SquaredError, Target};
use gradus_nn::layers::{dense, relu, tanh};
use gradus_nn::{Dataset, Features, Key, Model, Network, NnError, Output, Settings, Training};
use gradus_numeric::{MatrixRef, Order, Shape, norm2};
use gradus_optim::{Exponential, adam, sgd};
use gradus_testkit::{all_same_bits, relative};
use proptest::prelude::*;
use std::error::Error;
use std::fs;

fn model(layers: Layers, inputs: usize, seed: u64) -> Result<Model<f64>, NnError> {
    Network::new(inputs, layers, Output::Identity)?.initialize(Key::new(seed))
}

/// Steps on all samples at once.
const WHOLE: Settings = Settings {
    batch: 1000,
    shard: 64,
    threads: 1,
    seed: 0,
};

proptest! {
    #![proptest_config(gradus_testkit::cases())]

    #[test]
    fn a_last_layer_of_zeros_costs_the_logarithm_of_the_classes(n in 1_usize..30, classes in 2_u32..12, seed in 0_u64..99) {
        let layers = vec![dense(5), tanh(), dense(classes as usize)];
        let mut model = model(layers, 3, seed)?;
        let mut theta = model.theta().to_vec();
        let last = model.network().layout().window("2.weight").map_or(0, |window| window.start);
        theta[last..].fill(0.0); // weights; biases are zero
        model.set_theta(theta)?;
        let (x, labels) = (draws(3, n, seed), cycle(classes, n));
        let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
        let training = Training::new(model, sgd(0.1)?, Box::new(SoftmaxCrossEntropy::default()), WHOLE)?;
        // Up to 30 equal logarithms are summed, one after the other, and divided by their number.
        relative(training.evaluate(&data)?.loss, f64::from(classes).ln(), 32.0 * f64::EPSILON)?;
    }

    #[test]
    fn rescaled_rectifiers_leave_the_function_unchanged(seed in 0_u64..1000, k in -20_i32..20) {
        let x = draws(3, 7, seed);
        let mut model = model(vec![dense(6), relu(), dense(4)], 3, seed)?;
        let before = model.predict(view(&x)?)?;
        let mut theta = model.theta().to_vec();
        let window = |name| model.network().layout().window(name).unwrap_or_default();
        let scale = 2_f64.powi(k);
        let windows = [("0.weight", scale), ("0.bias", scale), ("2.weight", 1.0 / scale)];
        for (window, scale) in windows.map(|(name, scale)| (window(name), scale)) {
            theta[window].iter_mut().for_each(|w| *w *= scale);
        }
        model.set_theta(theta)?;
        all_same_bits(before.as_slice(), model.predict(view(&x)?)?.as_slice())?;
    }

    #[test]
    fn a_network_stretches_no_more_than_its_matrices(seed in 0_u64..1000, apart in 1e-6_f64..10.0) {
        let model = model(vec![dense(6), tanh(), dense(5), relu(), dense(4)], 3, seed)?;
        let layout = model.network().layout();
        let mut bound = 1.0;
        for entry in layout.entries().iter().filter(|entry| entry.name.ends_with("weight")) {
            let Shape { rows, columns } = entry.shape;
            bound *= matrix_norm2(&DMatrix::from_row_slice(rows, columns, &model.theta()[entry.window()]))?;
        }
        let x = draws(3, 2, seed);
        let (a, direction) = (x.column(0).into_owned(), x.column(1).into_owned());
        let b = &a + &direction * apart;
        let [fa, fb] = [model.predict_one(a.as_slice())?, model.predict_one(b.as_slice())?];
        let moved = fa.iter().zip(&fb).map(|(a, b)| (a - b) * (a - b)).sum::<f64>().sqrt();
        // Values of size 10 are rounded some 20 times on the way.
        prop_assert!(moved <= bound * norm2((b - a).as_slice()) + 200.0 * f64::EPSILON, "{} {}", moved, bound);
    }

    #[test]
    fn a_saved_model_saves_the_same_bytes(seed in 0_u64..1000) {
        let file = |name: &str| std::env::temp_dir().join(format!("gradus-nn-{name}-{}-{seed}", std::process::id()));
        let paths = [file("saved"), file("saved-again")];
        let layers = || vec![dense(3), relu(), dense(2)];
        let (mut first, mut second) = (model(layers(), 2, seed)?, model(layers(), 2, seed + 1)?);
        let mut theta = first.theta().to_vec();
        theta[..3].copy_from_slice(&[-0.0, 5e-324, f64::MAX]);
        first.set_theta(theta)?;
        first.save(&paths[0])?;
        second.load(&paths[0])?;
        second.save(&paths[1])?;
        let [bytes, again] = paths.map(|path| {
            let bytes = fs::read(&path);
            fs::remove_file(path).and(bytes)
        });
        prop_assert_eq!(bytes?, again?);
    }
}

#[test]
fn gradient_descent_of_a_linear_network_solves_the_normal_equations() -> Result<(), Box<dyn Error>>
{
    let (x, y) = (draws(3, 40, 1), draws(1, 40, 2));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Values(view(&y)?))?;
    // The curvature is at most 2/n times the largest eigenvalue of [X; 1][X; 1]ᵀ; here it is below 4.
    let mut training = Training::new(
        model(vec![dense(1)], 3, 5)?,
        sgd(0.25)?,
        Box::new(SquaredError),
        WHOLE,
    )?;
    training.fit(1000, &data, &mut [])?;
    let design = DMatrix::from_fn(40, 4, |j, i| if i < 3 { x[(i, j)] } else { 1.0 });
    let solution = least_squares(&design, &y.row(0).transpose())?;
    // Condition below 3: each step takes at least a tenth off the error, and what remains is rounding.
    for (learned, exact) in training.model().theta().iter().zip(solution.x.iter()) {
        assert!(
            (learned - exact).abs() < 64.0 * f64::EPSILON,
            "{learned} {exact}"
        );
    }
    Ok(())
}

#[test]
fn eight_points_are_learned_to_ten_digits() -> Result<(), Box<dyn Error>> {
    let (x, y) = (draws(3, 8, 4), draws(1, 8, 5));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Values(view(&y)?))?;
    let rate = Exponential {
        start: 0.02,
        factor: 1e-4,
        steps: 4000,
    };
    let model = model(vec![dense(32), tanh(), dense(1)], 3, 1)?;
    let mut training = Training::new(model, adam(rate)?, Box::new(SquaredError), WHOLE)?;
    training.fit(4000, &data, &mut [])?;
    let loss = training.evaluate(&data)?.loss;
    assert!(loss < 1e-10, "{loss}");
    Ok(())
}

#[test]
fn exclusive_or_is_learned_from_nine_starts_of_ten() -> Result<(), Box<dyn Error>> {
    let x = [0.0, 0.0, 0.0, 1.0, 1.0, 0.0, 1.0, 1.0];
    let x = MatrixRef::new(&x, Shape::new(2, 4), Order::Columns)?;
    let data = Dataset::new(Features::Numbers(x), Target::Labels(&[0, 1, 1, 0]))?;
    let mut learned = 0;
    for seed in 0..10 {
        let model = model(vec![dense(4), tanh(), dense(2)], 2, seed)?;
        let loss = Box::new(SoftmaxCrossEntropy::default());
        let mut training = Training::new(model, adam(0.05)?, loss, WHOLE)?;
        training.fit(400, &data, &mut [])?;
        learned += u32::from(training.evaluate(&data)?.loss < 0.05);
    }
    assert!(learned >= 9, "{learned}");
    Ok(())
}
