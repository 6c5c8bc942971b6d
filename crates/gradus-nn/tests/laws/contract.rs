//! What a layer is and asks for: activations, ties, freezing, the order of requests.

use super::{Layers, draws, logits, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{SoftmaxCrossEntropy, SquaredError, Target};
use gradus_nn::layers::{
    Batch, Layer, Mode, Pass, activation, batch_norm, dense, dropout, flatten, function, tanh, tied,
};
use gradus_nn::{
    Dataset, Features, Initializer, Model, Network, NnError, Output, Settings, Summary, Training,
};
use gradus_numeric::Unary;
use gradus_numeric::functions::{Gelu, Mish, Softsign};
use gradus_optim::{adam_w, sgd};
use gradus_random::Key;
use gradus_testkit::{all_same_bits, cases, strategies};
use proptest::prelude::*;
use std::error::Error;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_activation_is_its_function(x in strategies::structured_vector(1..9)) {
        fn check(f: impl Unary, x: &[f64]) -> Result<(), Box<dyn Error>> {
            let network = Network::new(x.len(), vec![activation(f)], Output::Identity)?;
            let y = network.initialize(Key::new(0))?.predict_one(x)?;
            let expected: Vec<f64> = x.iter().map(|&x| f.value(x)).collect();
            Ok(all_same_bits(&y, &expected)?)
        }
        for outcome in [check(Gelu, &x), check(Mish, &x), check(Softsign, &x)] {
            prop_assert!(outcome.is_ok(), "{outcome:?}");
        }
    }

    #[test]
    fn tied_layers_are_one_layer(seed in 0_u64..1000) {
        let layers = vec![tied("w", dense(3)), tanh(), tied("w", dense(3))];
        let model = Network::new(3, layers, Output::Identity)?.initialize(Key::new(seed))?;
        prop_assert_eq!(model.theta().len(), 3 * 3 + 3);
        let mut once = Network::new(3, vec![dense(3)], Output::Identity)?.initialize(Key::new(0))?;
        once.set_theta(model.theta().to_vec())?;
        let x = draws(3, 4, seed);
        let inner = once.predict(view(&x)?)?.map(f64::tanh);
        let twice = once.predict(view(&inner)?)?;
        gradus_testkit::all_relative(model.predict(view(&x)?)?.as_slice(), twice.as_slice(), 1e-13)?;
    }
}

/// The gradient of a tied parameter is the sum over its uses: y = w² x at w = 3, x = 1 and target 0, half squared.
#[test]
fn what_flows_back_into_tied_layers_is_summed() -> Result<(), Box<dyn Error>> {
    let layers: Layers = vec![tied("w", dense(1)), tied("w", dense(1))];
    let mut model = Network::new(1, layers, Output::Identity)?.initialize(Key::new(0))?;
    model.set_theta(vec![3.0, 0.0])?;
    let (x, y) = (
        DMatrix::from_element(1, 1, 1.0),
        DMatrix::from_element(1, 1, 0.0),
    );
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Values(view(&y)?))?;
    let mut training = Training::new(
        model,
        sgd(1.0)?,
        Box::new(SquaredError),
        Settings::default(),
    )?;
    training.fit(1, &data, &mut [])?;
    // L = w⁴: dL/dw = 4 w³ = 108; the bias: dL/db = 2 y (w + 1) = 72
    assert_eq!(training.model().theta(), [3.0 - 108.0, -72.0]);
    Ok(())
}

#[test]
fn tied_layers_of_other_dimensions_are_refused() {
    let layers: Layers = vec![dense(4), tanh(), tied("0", dense(4))];
    let refused = Network::new(3, layers, Output::Identity).err();
    let told = "tied layers share 0.weight, but one has dimensions [4, 3] and the other [4, 4]";
    assert_eq!(refused.map(|e| e.to_string()).as_deref(), Some(told));
}

/// Asks for its parameters in the other order when it trains.
#[derive(Debug)]
struct Fickle;

impl Layer<f64> for Fickle {
    fn kind(&self) -> &'static str {
        "fickle"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, f64>,
        pass: &mut Pass<'_, 't, f64>,
    ) -> Result<Batch<'t, f64>, NnError> {
        let names = match pass.mode() {
            Mode::Evaluation => ["a", "b"],
            Mode::Training { .. } => ["b", "a"],
        };
        for name in names {
            let _ = pass.parameter(name, &[2], Initializer::Zeros)?;
        }
        Ok(x)
    }
}

#[test]
fn a_layer_that_asks_in_another_order_is_refused() {
    let refused = |layer| Network::<f64>::new(2, vec![tanh(), layer], Output::Identity).err();
    let told = refused(Box::new(Fickle)).map(|e| e.to_string());
    assert_eq!(
        told.as_deref(),
        Some(
            "layer 1 (fickle) asks for 2×1 numbers, b; when the network was made it asked for 2×1 numbers, a: \
             a layer asks for the same in the same order, whether it trains or not"
        )
    );
    let in_training = |pass: &Pass<'_, '_, f64>| matches!(pass.mode(), Mode::Training { .. });
    let more = function("more", move |x, pass| {
        if in_training(pass) {
            pass.stream()?;
        }
        Ok(x)
    });
    let fewer = function("fewer", move |x, pass| {
        if !in_training(pass) {
            pass.stream()?;
        }
        Ok(x)
    });
    let other = function("other", move |x, pass| {
        let name = if in_training(pass) { "left" } else { "right" };
        pass.layer(name, &*dense(2), x)
    });
    for layer in [more, fewer, other] {
        let told = refused(layer);
        assert!(matches!(told, Some(NnError::Request { .. })), "{told:?}");
    }
}

#[test]
fn what_is_frozen_stays_to_the_bit() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 40, 1), super::cycle(4, 40));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let model = || -> Result<Model<f64>, NnError> {
        let layers = vec![dense(6), batch_norm(), dropout(0.5), dense(4)];
        Network::new(3, layers, Output::Softmax)?.initialize(Key::new(3))
    };
    let trained = |model: Model<f64>| -> Result<Model<f64>, Box<dyn Error>> {
        let loss = Box::new(SoftmaxCrossEntropy::default());
        let mut training = Training::new(model, adam_w(0.1, 0.1)?, loss, Settings::default())?;
        training.fit(3, &data, &mut [])?;
        Ok(training.into_model())
    };
    let start = model()?;
    let part = trained(model()?.freeze(|name| name.starts_with("0.") || name.starts_with("1.")))?;
    let fixed = start
        .network()
        .layout()
        .window("1.bias")
        .ok_or("no bias")?
        .end;
    all_same_bits(&start.theta()[..fixed], &part.theta()[..fixed])?;
    all_same_bits(start.buffers(), part.buffers())?;
    assert_ne!(start.theta()[fixed..], part.theta()[fixed..]);
    let free = trained(model()?.freeze(|_| true).freeze(|_| false))?;
    assert_ne!(start.theta()[..fixed], free.theta()[..fixed]);
    assert_ne!(start.buffers(), free.buffers());
    all_same_bits(free.theta(), trained(model()?)?.theta())?;
    Ok(())
}

#[test]
fn a_summary_tells_shapes_work_and_what_is_frozen() -> Result<(), NnError> {
    let network = Network::<f64>::new(super::IMAGE, super::images(), Output::Softmax)?;
    let network = network.freeze(|name| name.starts_with("0."));
    let summary = Summary::of(&network);
    let work: Vec<u64> = summary.rows.iter().map(|row| row.multiply_adds).collect();
    // 24 pixels × (3 × 9 weights), twice 24 × 3 × 27 in the block, and 18 × 4 at the end
    assert_eq!(work, [648, 0, 0, 2 * 1944, 0, 0, 0, 72]);
    assert_eq!(summary.frozen, 3 * 9 + 3);
    let lines: Vec<String> = summary.to_string().lines().map(str::to_owned).collect();
    assert!(
        lines[2].contains("convolution") && lines[2].ends_with("frozen"),
        "{summary}"
    );
    assert!(!lines[3].contains("frozen"));
    Ok(())
}

#[test]
fn batch_norm_refuses_a_sample_alone_before_the_first_step() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 9, 1), super::cycle(4, 9));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let fit = |batch, shard| -> Result<(), NnError> {
        let layers = vec![dense(6), batch_norm(), dense(4)];
        let model = Network::new(3, layers, Output::Softmax)?.initialize(Key::new(3))?;
        let loss = Box::new(SoftmaxCrossEntropy::default());
        let settings = Settings {
            batch,
            shard,
            ..Settings::default()
        };
        let before = model.theta().to_vec();
        let mut training = Training::new(model, sgd(0.1)?, loss, settings)?;
        let outcome = training.fit(1, &data, &mut []);
        assert_eq!(outcome.is_ok(), before != training.model().theta());
        outcome
    };
    assert!(fit(3, 2).is_err_and(|e| e.to_string().contains("layer 1 (batch norm)")));
    assert!(fit(4, 4).is_err()); // 4 + 4 + 1
    assert!(fit(9, 4).is_ok()); // 3 + 3 + 3
    assert!(fit(5, 4).is_ok()); // 3 + 2, and 2 + 2
    Ok(())
}

/// Layers that act alike in both modes give the same numbers in both, whatever they ask for.
#[test]
fn modes_agree_where_nothing_is_random() -> Result<(), Box<dyn Error>> {
    let model = Network::new(3, vec![dense(4), tanh(), flatten()], Output::Identity)?;
    let (model, x) = (model.initialize(Key::new(2))?, draws(3, 5, 7));
    let training = Mode::training(Key::new(1), 0);
    assert_eq!(
        logits(&model, &x, Mode::Evaluation)?,
        logits(&model, &x, training)?
    );
    Ok(())
}
