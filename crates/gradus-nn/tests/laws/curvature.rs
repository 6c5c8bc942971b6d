//! What an optimizer that learns the curvature is shown.

use super::{cycle, draws, view};
use gradus_losses::{BinaryCrossEntropyLogits, Loss, SoftmaxCrossEntropy, SquaredError, Target};
use gradus_nn::exchange::Channels;
use gradus_nn::layers::{batch_norm, dense, dropout, tanh};
use gradus_nn::{Dataset, Event, Features, Network, NnError, Output, Settings, Training};
use gradus_numeric::{sigmoid, softmax};
use gradus_optim::{Chain, OptimError, ScaleBySophia, adam, descend};
use gradus_random::Key;
use gradus_testkit::all_same_bits;
use std::error::Error;
use std::ops::ControlFlow;
use std::thread;

const SETTINGS: Settings = Settings {
    batch: 12,
    shard: 5,
    threads: 1,
    seed: 0,
};

/// Sophia, which remembers the last estimate alone.
fn forgetful() -> Result<Chain<f64>, OptimError> {
    let sophia = ScaleBySophia {
        beta2: 0.0,
        ..ScaleBySophia::default()
    };
    descend(sophia, 1e-9)
}

/// A loss without smoothing.
fn cross_entropy() -> Box<dyn Loss<f64>> {
    Box::new(SoftmaxCrossEntropy::default())
}

/// The diagonal of Gauss and Newton's matrix of one dense layer of two outputs, by its formula, laid out like θ: with the curvature
/// $`H`$ of the loss by the outputs it is $`\sum_i w_i H_{kk}(z_i)\, x_j^2 / w`$ for a weight, and the same with 1 for a bias.
fn by_hand(output: Output, theta: &[f64], x: &[[f64; 2]], weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    let mut diagonal = vec![0.0; theta.len()];
    for (&[a, b], w) in x.iter().zip(weights) {
        // a row of the weights for each output
        let z = [0, 1].map(|k| theta[2 * k] * a + theta[2 * k + 1] * b + theta[4 + k]);
        let p = softmax(&z).unwrap_or_default();
        for k in 0..2 {
            let curvature = match output {
                Output::Identity => 2.0,
                Output::Sigmoid => sigmoid(z[k]) * sigmoid(-z[k]),
                Output::Softmax => p[k] * (1.0 - p[k]),
            };
            for (at, input) in [(2 * k, a), (2 * k + 1, b), (4 + k, 1.0)] {
                diagonal[at] += w * curvature * input * input / total;
            }
        }
    }
    diagonal
}

const ESTIMATES: u64 = 3000;

/// The sums of the estimates of a training, and of their squares.
fn moments(
    training: &mut Training<f64>,
    data: &Dataset<'_, f64>,
) -> Result<([f64; 6], [f64; 6]), Box<dyn Error>> {
    let (mut sum, mut squares) = ([0.0; 6], [0.0; 6]);
    let mut told = Ok(());
    let mut look = |event: &Event<'_, f64>| {
        if let Event::Step { training, .. } = event {
            match training.state().vector("0.curvature") {
                Ok(h) => (0..6).for_each(|i| {
                    sum[i] += h[i];
                    squares[i] += h[i] * h[i];
                }),
                Err(error) => told = Err(error),
            }
        }
        ControlFlow::Continue(())
    };
    training.fit(ESTIMATES, data, &mut [&mut look])?;
    told?;
    Ok((sum, squares))
}

/// One dense layer: the mean of many estimates, each of other draws, is the diagonal within four standard errors.
#[test]
fn estimates_of_the_curvature_have_the_right_mean() -> Result<(), Box<dyn Error>> {
    let x: Vec<[f64; 2]> = draws(2, 12, 8)
        .as_slice()
        .chunks(2)
        .map(|x| [x[0], x[1]])
        .collect();
    let flat = x.concat();
    let weights: Vec<f64> = (0..12).map(|i| f64::from(i % 3) + 0.5).collect();
    let labels = cycle(2, 12);
    let values: Vec<f64> = labels
        .iter()
        .flat_map(|&y| [f64::from(y), f64::from(1 - y)])
        .collect();
    let view = |x| {
        gradus_numeric::MatrixRef::new(
            x,
            gradus_numeric::Shape::new(2, 12),
            gradus_numeric::Order::Columns,
        )
    };
    let theta = [0.5, -0.25, 1.0, 0.75, -0.5, 0.25];
    for output in [Output::Identity, Output::Sigmoid, Output::Softmax] {
        let (loss, target): (Box<dyn Loss<f64>>, _) = match output {
            Output::Identity => (Box::new(SquaredError), Target::Values(view(&values)?)),
            Output::Sigmoid => (
                Box::new(BinaryCrossEntropyLogits::default()),
                Target::Values(view(&values)?),
            ),
            Output::Softmax => (cross_entropy(), Target::Labels(&labels)),
        };
        let data = Dataset::new(Features::Numbers(view(&flat)?), target)?.with_weights(&weights)?;
        let mut model = Network::new(2, vec![dense(2)], output)?.initialize(Key::new(0))?;
        model.set_theta(theta.to_vec())?;
        // A rate of 1e-9 leaves the parameters where they are.
        let mut training = Training::new(model, forgetful()?, loss, SETTINGS)?.with_curvature(1)?;
        let (sum, squares) = moments(&mut training, &data)?;
        let n = ESTIMATES as f64;
        for (i, exact) in by_hand(output, &theta, &x, &weights)
            .into_iter()
            .enumerate()
        {
            let mean = sum[i] / n;
            let error = ((squares[i] / n - mean * mean) / n).sqrt();
            assert!(
                (mean - exact).abs() < 4.0 * error,
                "{output:?}, {i}: {mean} for {exact} ± {error}"
            );
            assert!(error < 0.05 * exact); // so that half as much, or twice, would be seen
        }
    }
    Ok(())
}

fn start(threads: usize) -> Result<Training<f64>, NnError> {
    let layers = vec![dense(6), batch_norm(), tanh(), dropout(0.2), dense(4)];
    let model = Network::new(3, layers, Output::Softmax)?.initialize(Key::new(4))?;
    let settings = Settings {
        threads,
        ..SETTINGS
    };
    let sophia = descend(ScaleBySophia::default(), 0.01)?;
    Training::new(model, sophia, cross_entropy(), settings)?.with_curvature(3)
}

fn fit(training: &mut Training<f64>, epochs: u64, steps: u64) -> Result<Vec<f64>, NnError> {
    let (x, labels) = (draws(3, 40, 1), cycle(4, 40));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut stop = |event: &Event<'_, f64>| match event {
        Event::Step { training, .. } if training.state().step() == steps => ControlFlow::Break(()),
        _ => ControlFlow::Continue(()),
    };
    training.fit(training.remaining(epochs), &data, &mut [&mut stop])?;
    let learned = training.state().vector("0.curvature")?;
    Ok([
        learned,
        training.model().theta(),
        training.model().buffers(),
    ]
    .concat())
}

#[test]
fn the_curvature_is_learned_to_the_same_bits() -> Result<(), Box<dyn Error>> {
    let whole = fit(&mut start(1)?, 3, u64::MAX)?;
    all_same_bits(&whole, &fit(&mut start(3)?, 3, u64::MAX)?)?;
    // Two processes.
    let each: Vec<_> = Channels::new(2)
        .into_iter()
        .map(|link| {
            thread::spawn(move || fit(&mut start(1)?.with_exchange(Box::new(link)), 3, u64::MAX))
        })
        .collect();
    for process in each.into_iter().flat_map(thread::JoinHandle::join) {
        all_same_bits(&whole, &process?)?;
    }
    // Stopped before and after an estimate, and resumed; without estimates it would be another training.
    let path = std::env::temp_dir().join(format!("gradus-nn-curvature-{}", std::process::id()));
    for steps in 2..6 {
        let mut first = start(2)?;
        fit(&mut first, 3, steps)?;
        first.save_checkpoint(&path)?;
        let mut second = start(1)?;
        second.resume(&path)?;
        all_same_bits(&whole, &fit(&mut second, 3, u64::MAX)?)?;
        let mut other = start(1)?.with_curvature(4)?;
        assert!(matches!(
            other.resume(&path),
            Err(NnError::Checkpoint { .. })
        ));
    }
    std::fs::remove_file(&path)?;
    // Shards draw apart: of one shard alone the estimate is the same, but for rounding.
    let settings = Settings {
        shard: 12,
        ..SETTINGS
    };
    let mut estimates = Vec::new();
    for settings in [settings, SETTINGS] {
        let model = Network::new(3, vec![dense(4)], Output::Softmax)?.initialize(Key::new(4))?;
        let training = Training::new(model, forgetful()?, cross_entropy(), settings)?;
        let mut training = training.with_curvature(1)?;
        estimates.push(fit(&mut training, 1, 1)?[..16].to_vec());
    }
    gradus_testkit::all_scaled(&estimates[0], &estimates[1], 64.0 * f64::EPSILON, 12.0)?;
    Ok(())
}

#[test]
fn a_curvature_that_no_link_learns_is_refused() -> Result<(), Box<dyn Error>> {
    let model = Network::new(3, vec![dense(4)], Output::Softmax)?.initialize(Key::new(4))?;
    let training = Training::new(model, adam(0.1)?, cross_entropy(), SETTINGS)?;
    let mut training = training.with_curvature(2)?;
    let before = training.model().theta().to_vec();
    let (x, labels) = (draws(3, 12, 1), cycle(4, 12));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let refused = training.fit(1, &data, &mut []);
    assert!(matches!(
        refused,
        Err(NnError::Optim(OptimError::NoCurvature))
    ));
    all_same_bits(&before, training.model().theta())?;
    assert_eq!(training.state().step(), 0);
    assert!(matches!(
        start(1)?.with_curvature(0),
        Err(NnError::Domain { .. })
    ));
    Ok(())
}
