//! Prices that are paid by their proximal map.

use super::{Layers, cycle, draws, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::singular_values;
use gradus_losses::{
    ElasticNet, GroupLasso, L1, L2, Regularizer, SoftmaxCrossEntropy, SquaredError, Target,
};
use gradus_nn::layers::{Dense, dense, tanh};
use gradus_nn::{
    Dataset, Event, Features, MatrixRef, Network, NnError, NuclearNorm, Orthogonality, Output,
    Penalty, Settings, Training,
};
use gradus_optim::{Chain, StepDecay, adam, sgd};
use gradus_random::Key;
use gradus_testkit::{all_same_bits, all_scaled, cases};
use proptest::prelude::*;
use std::error::Error;
use std::iter::zip;
use std::ops::ControlFlow;

const INPUTS: usize = 6;
const UNITS: usize = 5;
const RATE: f64 = 0.1;

/// A network of 6, 5 and 4 units on 16 samples, in steps of 8 samples, before its first step.
fn start(optimizer: Chain<f64>, threads: usize) -> Result<Training<f64>, NnError> {
    let layers: Layers = vec![dense(UNITS), tanh(), dense(4)];
    let model = Network::new(INPUTS, layers, Output::Softmax)?.initialize(Key::new(5))?;
    let settings = Settings {
        batch: 8,
        shard: 4,
        threads,
        seed: 2,
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    Training::new(model, optimizer, loss, settings)
}

/// The parameters after every step.
fn steps(mut training: Training<f64>, epochs: u64) -> Result<Vec<Vec<f64>>, NnError> {
    let (x, labels) = (draws(INPUTS, 16, 3), cycle(4, 16));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut seen = vec![];
    let mut told = |event: &Event<'_, f64>| {
        if let Event::Step { training, .. } = event {
            seen.push(training.model().theta().to_vec());
        }
        ControlFlow::Continue(())
    };
    training.fit(epochs, &data, &mut [&mut told])?;
    Ok(seen)
}

/// A price on the first weights, paid by its map, and the map.
type Priced = (Penalty<f64>, Box<dyn Regularizer<f64>>);

fn priced(term: impl Regularizer<f64> + Clone + 'static) -> Priced {
    let penalty = Penalty::new(term.clone()).only(|name| name == "0.weight");
    (penalty.proximal(RATE), Box::new(term))
}

/// Every regularizer, as strong as told.
fn terms(lambda: f64) -> Vec<Priced> {
    let (size, columns) = (INPUTS, INPUTS);
    vec![
        priced(L1 { lambda }),
        priced(L2 { lambda }),
        priced(ElasticNet {
            l1: lambda,
            l2: lambda,
        }),
        priced(GroupLasso { lambda, size }),
        priced(NuclearNorm { lambda, columns }),
        priced(Orthogonality { lambda, columns }),
    ]
}

#[test]
fn a_proximal_step_is_a_step_and_the_map() -> Result<(), Box<dyn Error>> {
    for lambda in [0.0, 0.3, 30.0] {
        for (penalty, map) in terms(lambda) {
            let mut expected = steps(start(adam(RATE)?, 1)?, 1)?.swap_remove(0);
            map.shrink(&mut expected[..UNITS * INPUTS], RATE)?;
            let training = start(adam(RATE)?, 1)?.with_penalties(vec![penalty])?;
            let first = steps(training, 1)?.swap_remove(0);
            all_same_bits(&first, &expected).map_err(|e| format!("{map:?}: {e}"))?;
        }
    }
    Ok(())
}

#[test]
fn proximal_steps_do_not_depend_on_threads() -> Result<(), Box<dyn Error>> {
    let run = |threads| -> Result<Vec<f64>, NnError> {
        let mut seen = vec![];
        for (penalty, _) in terms(0.3) {
            let training = start(sgd(RATE)?, threads)?.with_penalties(vec![penalty])?;
            seen.extend(steps(training, 2)?.concat());
        }
        Ok(seen)
    };
    all_same_bits(&run(1)?, &run(2)?)?;
    all_same_bits(&run(1)?, &run(3)?)?;
    Ok(())
}

/// The first weights after 40 epochs with a price.
fn weights(penalty: Penalty<f64>) -> Result<Vec<f64>, NnError> {
    let training = start(sgd(RATE)?, 1)?.with_penalties(vec![penalty])?;
    let last = steps(training, 40)?.pop().unwrap_or_default();
    Ok(last[..UNITS * INPUTS].to_vec())
}

fn zeros(w: &[f64]) -> usize {
    w.iter().filter(|w| **w == 0.0).count()
}

/// A price above what the loss can pull makes zeros of everything, a lower one of weights, of whole rows, of singular values. Its gradient only makes small numbers.
#[test]
fn proximal_prices_make_zeros() -> Result<(), Box<dyn Error>> {
    let (size, columns) = (INPUTS, INPUTS);
    for (penalty, map) in [
        priced(L1 { lambda: 3.0 }),
        priced(GroupLasso { lambda: 3.0, size }),
        priced(NuclearNorm {
            lambda: 3.0,
            columns,
        }),
    ] {
        let w = weights(penalty)?;
        assert_eq!(zeros(&w), w.len(), "{map:?}");
    }
    let w = weights(priced(GroupLasso { lambda: 0.15, size }).0)?;
    let rows: Vec<usize> = w.chunks(INPUTS).map(zeros).collect();
    let whole = rows.iter().filter(|zeros| **zeros == INPUTS).count();
    assert!(
        0 < whole && whole < UNITS && zeros(&w) == whole * INPUTS,
        "{rows:?}"
    );
    let lambda = 0.08;
    let w = weights(priced(NuclearNorm { lambda, columns }).0)?;
    let sigma = singular_values(&DMatrix::from_row_slice(UNITS, INPUTS, &w))?;
    let rank = sigma.iter().filter(|s| **s > 1e-14 * sigma[0]).count();
    assert!(0 < rank && rank < UNITS, "singular values {sigma}");
    let by_gradient = Penalty::new(L1 { lambda: 3.0 }).only(|name| name == "0.weight");
    assert_eq!(zeros(&weights(by_gradient)?), 0);
    Ok(())
}

#[test]
fn a_schedule_moves_the_map_with_the_rate() -> Result<(), Box<dyn Error>> {
    let rate = || StepDecay {
        start: 0.4,
        factor: 0.5,
        every: 1,
    };
    let term = L1 { lambda: 0.3 };
    let penalty = Penalty::new(term).of_all().proximal(rate());
    let training = start(sgd(0.0)?, 1)?; // nothing but the map moves
    let mut expected = training.model().theta().to_vec();
    let seen = steps(training.with_penalties(vec![penalty])?, 2)?;
    for (theta, rate) in zip(&seen, [0.4, 0.2, 0.1, 0.05]) {
        term.shrink(&mut expected, rate)?;
        all_same_bits(theta, &expected)?;
    }
    assert_eq!(seen.len(), 4);
    Ok(())
}

#[test]
fn rates_of_maps_that_make_no_sense_are_refused() -> Result<(), Box<dyn Error>> {
    for rate in [-0.1, f64::INFINITY, f64::NAN] {
        let penalty = Penalty::new(L1 { lambda: 1.0 }).proximal(rate);
        let refused = start(sgd(0.1)?, 1)?.with_penalties(vec![penalty]);
        assert!(refused.is_err(), "{rate}");
    }
    let falls_below_zero = Wrong;
    let penalty = Penalty::new(L1 { lambda: 1.0 }).proximal(falls_below_zero);
    let mut training = start(sgd(0.1)?, 1)?.with_penalties(vec![penalty])?;
    let (x, labels) = (draws(INPUTS, 16, 3), cycle(4, 16));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut before = vec![];
    let mut told = |event: &Event<'_, f64>| {
        if let Event::Step { training, .. } = event {
            before = training.model().theta().to_vec();
        }
        ControlFlow::Continue(())
    };
    let refused = training.fit(1, &data, &mut [&mut told]);
    assert_eq!(
        refused,
        Err(NnError::Domain {
            name: "rate of a proximal map",
            value: -1.0,
            domain: "[0, ∞)"
        })
    );
    all_same_bits(training.model().theta(), &before)?;
    Ok(())
}

/// 0.1 in the first step, −1 in the second.
#[derive(Debug)]
struct Wrong;

impl gradus_optim::Schedule for Wrong {
    fn check(&self) -> Result<(), gradus_optim::OptimError> {
        Ok(())
    }

    fn at(&self, step: u64) -> f64 {
        if step == 0 { 0.1 } else { -1.0 }
    }
}

proptest! {
    #![proptest_config(cases())]

    /// One weight a sample: the loss is Σ (w − y)² / 3, so every minimum has a closed form.
    #[test]
    fn proximal_steps_end_at_the_minimum(y in prop::array::uniform3(-3.0..3.0_f64), lambda in 0.0..2.0_f64, which in 0..4_usize) {
        let (n, size) = (3.0, 3);
        let soft = |y: f64, by: f64| y.signum() * (y.abs() - by).max(0.0);
        let norm = y.iter().map(|y| y * y).sum::<f64>().sqrt();
        let (penalty, minimum): (Penalty<f64>, [f64; 3]) = match which {
            0 => (Penalty::new(L1 { lambda }), y.map(|y| soft(y, lambda * n / 2.0))),
            1 => (Penalty::new(L2 { lambda }), y.map(|y| y / (1.0 + lambda * n / 2.0))),
            2 => (
                Penalty::new(ElasticNet { l1: lambda, l2: lambda }),
                y.map(|y| soft(y, lambda * n / 2.0) / (1.0 + lambda * n / 2.0)),
            ),
            _ => {
                let kept = (1.0 - lambda * n.sqrt() * n / (2.0 * norm)).max(0.0);
                (Penalty::new(GroupLasso { lambda, size }), y.map(|y| y * kept))
            }
        };
        let unit = DMatrix::<f64>::identity(3, 3);
        let data = Dataset::new(Features::Numbers(view(&unit)?), Target::Values(MatrixRef::from_column(&y).transposed()))?;
        let layer = Dense { bias: false, ..Dense::new(1) };
        let model = Network::new(3, vec![Box::new(layer)], Output::Identity)?.initialize(Key::new(1))?;
        let training = Training::new(model, sgd(0.75)?, Box::new(SquaredError), Settings::default())?;
        let mut training = training.with_penalties(vec![penalty.proximal(0.75)])?;
        training.fit(80, &data, &mut [])?;
        all_scaled(training.model().theta(), &minimum, 1e-12, 3.0)?;
        let price = training.evaluate(&data)?.loss;
        training.fit(1, &data, &mut [])?;
        prop_assert!(training.evaluate(&data)?.loss <= price * (1.0 + 1e-12));
    }
}
