//! What parameters cost, and with which of them a training is judged.

use super::{Layers, cycle, draws, view};
use gradus_losses::{L1, L2, LossError, Regularizer, SoftmaxCrossEntropy, Target};
use gradus_nn::layers::{batch_norm, convolution, dense, flatten, layer_norm, relu, tanh};
use gradus_nn::{
    Dataset, EarlyStopping, Features, Network, NnError, Output, Penalty, SampleShape, Settings,
    Training,
};
use gradus_optim::{AddDecayedWeights, Average, Chain, is_weight, sgd};
use gradus_random::Key;
use gradus_testkit::{all_same_bits, all_scaled, relative};
use std::error::Error;

const IMAGE: SampleShape = SampleShape::Image {
    channels: 1,
    height: 3,
    width: 2,
};

fn layers() -> Layers {
    vec![
        convolution(2, 3),
        batch_norm(),
        tanh(),
        layer_norm(),
        flatten(),
        dense(4),
    ]
}

fn start(layers: Layers, optimizer: Chain<f64>, threads: usize) -> Result<Training<f64>, NnError> {
    let network = Network::new(IMAGE, layers, Output::Softmax)?;
    let mut model = network.initialize(Key::new(5))?;
    let moved = model.theta().iter().map(|w| w + 0.5).collect(); // biases and scales that a price would move
    model.set_theta(moved)?;
    let settings = Settings {
        batch: 8,
        shard: 4,
        threads,
        seed: 2,
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    Training::new(model, optimizer, loss, settings)
}

/// Parameters after two epochs of two steps on 16 images.
fn learned(mut training: Training<f64>) -> Result<Training<f64>, NnError> {
    let (x, labels) = (draws(6, 16, 3), cycle(4, 16));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    training.fit(2, &data, &mut [])?;
    Ok(training)
}

#[test]
fn a_penalty_on_weights_is_weight_decay() -> Result<(), Box<dyn Error>> {
    let layers = || vec![flatten(), dense(5), relu(), dense(4)];
    let decay = AddDecayedWeights::new(0.3).only(is_weight);
    let decayed = learned(start(layers(), sgd(0.1)?.after(decay)?, 1)?)?;
    let penalty = vec![Penalty::new(L2 { lambda: 0.3 })];
    let paid = learned(start(layers(), sgd(0.1)?, 1)?.with_penalties(penalty)?)?;
    // Four steps, in each of which the summands of a gradient come in another order.
    all_scaled(
        paid.model().theta(),
        decayed.model().theta(),
        64.0 * f64::EPSILON,
        2.0,
    )?;
    Ok(())
}

#[test]
fn the_price_is_reported_in_the_loss() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(6, 8, 3), cycle(4, 8));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let free = || {
        start(
            vec![flatten(), dense(4)],
            sgd(0.0).map_err(NnError::from)?,
            1,
        )
    };
    let penalties = vec![
        Penalty::new(L2 { lambda: 2.0 }),
        Penalty::new(L1 { lambda: 3.0 }).only(|name| name.ends_with("bias")),
    ];
    let mut paid = free()?.with_penalties(penalties)?;
    let theta = paid.model().theta();
    let (weights, biases) = theta.split_at(24);
    let price = L2 { lambda: 2.0 }.value(weights)? + L1 { lambda: 3.0 }.value(biases)?;
    let loss = free()?.evaluate(&data)?.loss + price;
    relative(paid.evaluate(&data)?.loss, loss, 8.0 * f64::EPSILON)?;
    paid.fit_validated(1, &data, &data, &mut [])?;
    let record = &paid.history().records()[0];
    relative(record.training.loss, loss, 16.0 * f64::EPSILON)?; // summed shard by shard
    let validation = record.validation.as_ref().map(|v| v.loss);
    relative(validation.ok_or("not validated")?, loss, 8.0 * f64::EPSILON)?;
    Ok(())
}

#[test]
fn biases_and_scales_pay_nothing() -> Result<(), Box<dyn Error>> {
    let gradient = |penalties: Vec<Penalty<f64>>| -> Result<Vec<f64>, Box<dyn Error>> {
        let training = start(layers(), sgd(0.0)?, 1)?.with_penalties(penalties)?;
        Ok(learned(training)?.gradient())
    };
    let price = || Penalty::new(L2 { lambda: 4.0 });
    let (free, some) = (gradient(vec![])?, gradient(vec![price()])?);
    let (all, scales) = (
        gradient(vec![price().of_all()])?,
        gradient(vec![price().only(|name| name.starts_with("1."))])?,
    );
    let network = Network::<f64>::new(IMAGE, layers(), Output::Softmax)?;
    for entry in network.layout().entries() {
        let moved = |gradient: &[f64]| entry.window().filter(|&i| gradient[i] != free[i]).count();
        let weights = ["0.weight", "5.weight"].contains(&&*entry.name);
        let size = entry.window().len();
        assert_eq!(
            moved(&some),
            if weights { size } else { 0 },
            "{}",
            entry.name
        );
        assert_eq!(moved(&all), size, "{}", entry.name);
        let named = entry.name.starts_with("1.");
        assert_eq!(
            moved(&scales),
            if named { size } else { 0 },
            "{}",
            entry.name
        );
    }
    let frozen = network.freeze(|name| name == "0.weight");
    let model = frozen.initialize(Key::new(5))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let training = Training::new(model, sgd(0.1)?, loss, Settings::default())?;
    let training = learned(training.with_penalties(vec![price()])?)?;
    assert!(
        training.gradient()[..18].iter().all(|g| *g == 0.0),
        "frozen"
    );
    Ok(())
}

#[test]
fn prices_do_not_depend_on_threads() -> Result<(), Box<dyn Error>> {
    let run = |threads| -> Result<_, Box<dyn Error>> {
        let penalties = vec![
            Penalty::new(L1 { lambda: 0.1 }),
            Penalty::new(L2 { lambda: 0.1 }),
        ];
        let training = start(layers(), sgd(0.1)?, threads)?.with_penalties(penalties)?;
        Ok(learned(training)?.model().theta().to_vec())
    };
    all_same_bits(&run(1)?, &run(2)?)?;
    all_same_bits(&run(1)?, &run(3)?)?;
    Ok(())
}

#[test]
fn what_is_no_price_is_refused() -> Result<(), Box<dyn Error>> {
    for lambda in [-1.0, f64::INFINITY] {
        let training = start(layers(), sgd(0.1)?, 1)?;
        let refused = training.with_penalties(vec![Penalty::new(L2 { lambda })]);
        let told = NnError::Loss(LossError::InvalidStrength { lambda });
        assert_eq!(refused.err(), Some(told));
    }
    Ok(())
}

#[test]
fn averages_are_evaluated_kept_and_saved() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(6, 16, 3), cycle(4, 16));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let averaging = || Ok::<_, NnError>(sgd(0.5)?.before(Average { beta: 0.5 })?);
    let plain = learned(start(layers(), sgd(0.5)?, 1)?)?;
    let mut averaged = learned(start(layers(), averaging()?, 1)?)?;
    all_same_bits(plain.model().theta(), averaged.model().theta())?; // training does not notice

    // Evaluated: the loss is that of a model with the averages.
    let theta = averaged.evaluated_theta()?;
    assert_ne!(theta, averaged.model().theta());
    let mut model = Network::new(IMAGE, layers(), Output::Softmax)?.initialize(Key::new(5))?;
    model.set_theta(theta.clone())?;
    model.set_buffers(averaged.model().buffers().to_vec())?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let judge = Training::new(model, sgd(0.0)?, loss, Settings::default())?;
    assert_eq!(averaged.evaluate(&data)?, judge.evaluate(&data)?);

    // Saved: a training that goes on from a checkpoint has the same averages.
    let file = format!("gradus-nn-average-{}.safetensors", std::process::id());
    let path = std::env::temp_dir().join(file);
    averaged.save_checkpoint(&path)?;
    let mut resumed = start(layers(), averaging()?, 2)?;
    let outcome = resumed.resume(&path);
    std::fs::remove_file(&path)?;
    outcome?;
    all_same_bits(&resumed.evaluated_theta()?, &theta)?;

    // Kept: the best epoch has the averages of then, and so has the model at the end.
    averaged = averaged.with_early_stopping(EarlyStopping::new(2, 0.0)?);
    averaged.fit_validated(1, &data, &data, &mut [])?;
    let now = averaged.evaluated_theta()?;
    assert_eq!(
        averaged.best().map(|best| best.theta.clone()),
        Some(now.clone())
    );
    all_same_bits(averaged.into_best()?.theta(), &now)?;
    all_same_bits(resumed.into_best()?.theta(), &theta)?;
    Ok(())
}
