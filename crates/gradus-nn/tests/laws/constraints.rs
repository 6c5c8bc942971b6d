//! Bounds on norms that hold after every step.

use super::{Layers, cycle, draws, view};
use gradus_linalg::matrix_norm2;
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{SoftmaxCrossEntropy, Target};
use gradus_nn::layers::{convolution, dense, flatten, layer_norm, relu, tanh};
use gradus_nn::{
    Constraint, Dataset, Event, Features, Model, Network, NnError, Output, SampleShape, Settings,
    Training,
};
use gradus_numeric::norm2;
use gradus_optim::sgd;
use gradus_random::Key;
use gradus_testkit::{all_same_bits, cases};
use proptest::prelude::*;
use std::ops::ControlFlow;

const IMAGE: SampleShape = SampleShape::Image {
    channels: 1,
    height: 3,
    width: 2,
};

fn layers() -> Layers {
    let (tall, wide) = (dense(7), dense(4));
    vec![
        convolution(2, 3),
        tanh(),
        layer_norm(),
        flatten(),
        tall,
        relu(),
        wide,
    ]
}

fn start(seed: u64, rate: f64, threads: usize) -> Result<Training<f64>, NnError> {
    let network = Network::new(IMAGE, layers(), Output::Softmax)?;
    let settings = Settings {
        batch: 8,
        shard: 3,
        threads,
        seed,
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    Training::new(
        network.initialize(Key::new(seed))?,
        sgd(rate)?,
        loss,
        settings,
    )
}

/// Two epochs on 16 images; `see` is called after every of their four steps.
fn learn(
    training: &mut Training<f64>,
    epochs: u64,
    mut see: impl FnMut(&Model<f64>) + Send,
) -> Result<(), NnError> {
    let (x, labels) = (draws(6, 16, 3), cycle(4, 16));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut told = |event: &Event<'_, f64>| {
        if let Event::Step { training, .. } = event {
            see(training.model());
        }
        ControlFlow::Continue(())
    };
    training.fit(epochs, &data, &mut [&mut told])
}

/// The parameters after the first step.
fn first_step(mut training: Training<f64>) -> Result<Vec<f64>, NnError> {
    let mut first = vec![];
    learn(&mut training, 1, |model| {
        if first.is_empty() {
            first.extend(model.theta());
        }
    })?;
    Ok(first)
}

fn weights(constraint: Constraint) -> impl Fn(&str) -> Option<Constraint> {
    move |name| (name.ends_with("weight") && name != "2.weight").then_some(constraint)
}

/// The largest norm that the constraint bounds, of all weights of a model.
fn largest_norm(model: &Model<f64>, constraint: Constraint) -> f64 {
    let bounded = weights(constraint);
    let entries = model.network().layout().entries().iter();
    let norms = entries
        .filter(|entry| bounded(&entry.name).is_some())
        .flat_map(|entry| {
            let w = &model.theta()[entry.window()];
            let w = DMatrix::from_row_slice(entry.shape.rows, entry.shape.columns, w);
            match constraint {
                Constraint::SpectralNorm { .. } => vec![matrix_norm2(&w).unwrap_or(f64::NAN)],
                Constraint::MaxNorm { .. } => w
                    .row_iter()
                    .map(|row| norm2(row.transpose().as_slice()))
                    .collect(),
            }
        });
    norms.fold(0.0, f64::max)
}

fn both(bound: f64) -> [Constraint; 2] {
    [
        Constraint::MaxNorm { bound },
        Constraint::SpectralNorm { bound },
    ]
}

proptest! {
    // A case is up to eight trainings.
    #![proptest_config(ProptestConfig { cases: 24, ..cases() })]

    /// Steps are so long that weights leave their bounds in each of them.
    #[test]
    fn bounds_hold_after_every_step(seed in 0_u64..1000, bound in 0.1..2.0_f64, rate in 0.1..100.0_f64) {
        for constraint in both(bound) {
            let mut training = start(seed, rate, 1)?.with_constraints(weights(constraint))?;
            let mut norms = vec![];
            learn(&mut training, 2, |model| norms.push(largest_norm(model, constraint)))?;
            prop_assert_eq!(norms.len(), 4);
            // Rows have at most 12 numbers: their norms are rounded a dozen times, singular values some more.
            prop_assert!(norms.iter().all(|&norm| norm <= bound * (1.0 + 64.0 * f64::EPSILON)), "{:?} > {}", norms, bound);
        }
    }

    #[test]
    fn a_constrained_step_is_a_step_and_a_projection(seed in 0_u64..1000, bound in 0.1..2.0_f64) {
        for constraint in both(bound) {
            let mut projected = start(seed, 1.0, 1)?.into_model();
            projected.set_theta(first_step(start(seed, 1.0, 1)?)?)?;
            projected.constrain(weights(constraint))?;
            let seen = first_step(start(seed, 1.0, 1)?.with_constraints(weights(constraint))?)?;
            all_same_bits(&seen, projected.theta())?;
        }
    }

    #[test]
    fn bounds_out_of_reach_change_no_bit(seed in 0_u64..1000) {
        let end = |bound: Option<f64>, threads| {
            let mut training = start(seed, 0.5, threads)?;
            if let Some(bound) = bound {
                training = training.with_constraints(weights(Constraint::SpectralNorm { bound }))?;
            }
            learn(&mut training, 2, |_| ())?;
            Ok::<_, NnError>(training.into_model().theta().to_vec())
        };
        all_same_bits(&end(Some(1e3), 1)?, &end(None, 1)?)?;
        all_same_bits(&end(Some(0.7), 1)?, &end(Some(0.7), 3)?)?;
    }
}

#[test]
fn bounds_that_are_none_are_refused_and_frozen_weights_are_left_alone() -> Result<(), NnError> {
    for bound in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let refused =
            start(1, 0.1, 1)?.with_constraints(weights(Constraint::SpectralNorm { bound }));
        assert!(matches!(refused, Err(NnError::Domain { .. })));
    }
    let network = Network::new(IMAGE, layers(), Output::Softmax)?.freeze(|name| name == "0.weight");
    let model = network.initialize(Key::new(1))?;
    let before = model.theta()[..18].to_vec();
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let training = Training::new(model, sgd(0.1)?, loss, Settings::default())?;
    let mut training = training.with_constraints(weights(Constraint::MaxNorm { bound: 0.01 }))?;
    learn(&mut training, 1, |_| ())?;
    assert_eq!(training.model().theta()[..18], before);
    Ok(())
}
