//! Sizes without memory, numbers that are none, files that do not fit, batches of any size.

use super::{draws, model, trained, view};
use gradus_linalg::nalgebra::DMatrix;
use gradus_losses::{SoftmaxCrossEntropy, SquaredError, Target};
use gradus_nn::layers::{batch_norm, convolution, dense, flatten, tanh};
use gradus_nn::{
    Dataset, Features, Metric, Network, NnError, Output, SampleShape, Settings, Training,
};
use gradus_optim::{adam, sgd};
use gradus_random::Key;
use gradus_testkit::{all_same_bits, all_scaled};
use std::error::Error;

#[test]
fn sizes_without_memory_are_refused() -> Result<(), NnError> {
    let wide = |units| Network::<f64>::new(2, vec![dense(units)], Output::Identity);
    let told = wide(1 << 60)?.initialize(Key::new(0)).err();
    assert_eq!(
        told.map(|e| e.to_string()).as_deref(),
        Some(
            "parameters: 3458764513820540928 numbers, 27670116110564327424 bytes, are more than there is memory for"
        )
    );
    assert!(matches!(wide(usize::MAX), Err(NnError::Optim(_))));
    let image = SampleShape::Image {
        channels: 1 << 20,
        height: 1 << 20,
        width: 1 << 20,
    };
    let huge = vec![convolution(1 << 24, 3), flatten(), dense(2)];
    assert!(Network::<f64>::new(image, huge, Output::Identity).is_err());
    let far = SampleShape::Sequence {
        features: usize::MAX,
        steps: 2,
    };
    assert!(Network::<f64>::new(far, vec![tanh()], Output::Identity).is_err());
    Ok(())
}

/// A batch may be larger than any memory: only its shards, and the samples that there are, count.
#[test]
fn batches_of_any_size_are_the_sum_of_their_shards() -> Result<(), Box<dyn Error>> {
    let settings = |batch, shard, threads| Settings {
        batch,
        shard,
        threads,
        seed: 3,
    };
    let narrow = trained(2, settings(50, 1, 1))?;
    all_same_bits(&narrow, &trained(2, settings(usize::MAX, 1, 3))?)?;
    all_scaled(&narrow, &trained(2, settings(50, 50, 1))?, 1e-9, 0.04)?;
    let (x, labels) = (draws(3, 300, 1), super::cycle(4, 300));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let mut all = Vec::new();
    for (shard, threads) in [(1, 1), (1, 2), (1, 8), (300, 1)] {
        let loss = Box::new(SoftmaxCrossEntropy::default());
        let layers = vec![dense(8), tanh(), dense(4)];
        let settings = settings(300, shard, threads); // 300 shards of one sample, in 64 places
        let mut training = Training::new(model(layers, 3, 7)?, sgd(0.1)?, loss, settings)?;
        training.fit(2, &data, &mut [])?;
        all.push(training.into_model().theta().to_vec());
    }
    all_same_bits(&all[0], &all[1])?;
    all_same_bits(&all[0], &all[2])?;
    all_scaled(&all[0], &all[3], 1e-12, 1.0)?;
    Ok(())
}

#[test]
fn a_validation_loss_that_is_no_number_is_named() -> Result<(), Box<dyn Error>> {
    let (x, y) = (draws(3, 8, 1), draws(1, 8, 2));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Values(view(&y)?))?;
    let infinite = DMatrix::from_fn(3, 8, |i, _| [f64::INFINITY, f64::NEG_INFINITY, 0.0][i]);
    let validation = Dataset::new(
        Features::Numbers(view(&infinite)?),
        Target::Values(view(&y)?),
    )?;
    let model = Network::new(3, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    let mut training = Training::new(
        model,
        sgd(0.1)?,
        Box::new(SquaredError),
        Settings::default(),
    )?;
    let outcome = training.fit_validated(3, &data, &validation, &mut []);
    let named = matches!(
        outcome,
        Err(NnError::ValidationLoss { epoch: 1 } | NnError::Loss(_))
    );
    assert!(named, "{outcome:?}");
    assert!(training.model().theta().iter().all(|w| w.is_finite()));
    Ok(())
}

#[test]
fn parameters_are_finite() -> Result<(), Box<dyn Error>> {
    let mut model = model(vec![dense(4)], 3, 0)?;
    let before = model.theta().to_vec();
    let mut theta = before.clone();
    theta[13] = f64::NAN;
    let refused = model.set_theta(theta).err().map(|e| e.to_string());
    assert_eq!(
        refused.as_deref(),
        Some("entry 1 of 0.bias is NaN, not a finite number")
    );
    all_same_bits(&before, model.theta())?;
    Ok(())
}

/// Running moments that overflow refuse the step as a whole: in single precision, 1e25² has no number.
#[test]
fn a_step_whose_buffers_overflow_is_refused() -> Result<(), Box<dyn Error>> {
    let x: Vec<f32> = (0..24_u8).map(|i| f32::from(i) * 1e25).collect();
    let shape = gradus_numeric::Shape::new(3, 8);
    let x = gradus_numeric::MatrixRef::new(&x, shape, gradus_numeric::Order::Columns)?;
    let labels = super::cycle(4, 8);
    let data = Dataset::new(Features::Numbers(x), Target::Labels(&labels))?;
    let layers = vec![batch_norm(), dense(4)];
    let model = Network::<f32>::new(3, layers, Output::Softmax)?.initialize(Key::new(0))?;
    let (theta, buffers) = (model.theta().to_vec(), model.buffers().to_vec());
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut training = Training::new(model, adam(0.1)?, loss, Settings::default())?;
    assert!(training.fit(1, &data, &mut []).is_err());
    assert_eq!(training.model().theta(), theta);
    assert_eq!(training.model().buffers(), buffers);
    Ok(())
}

#[test]
fn loading_in_part_leaves_the_rest() -> Result<(), Box<dyn Error>> {
    let path =
        std::env::temp_dir().join(format!("gradus-nn-part-{}.safetensors", std::process::id()));
    let (old, mut new) = (
        model(vec![dense(8), tanh(), dense(4)], 3, 1)?,
        model(vec![dense(5), tanh(), dense(8), tanh(), dense(2)], 3, 2)?,
    );
    old.save(&path)?;
    let before = new.theta().to_vec();
    let missing = new.load_matching(&path, |name| Some(name.to_owned()));
    assert!(
        matches!(missing, Err(NnError::TensorShape { .. })),
        "{missing:?}"
    );
    all_same_bits(&before, new.theta())?;
    let third = |name: &str| (name == "2.bias").then(|| "0.bias".to_owned());
    let stayed = new.load_matching(&path, third)?;
    std::fs::remove_file(&path)?;
    assert_eq!(stayed.len(), 5);
    let (to, from) = (new.network().layout(), old.network().layout());
    let (to, from) = (to.window("2.bias"), from.window("0.bias"));
    let (to, from) = (to.ok_or("no bias")?, from.ok_or("no bias")?);
    assert_eq!(new.theta()[to.clone()], old.theta()[from]);
    assert_eq!(new.theta()[..to.start], before[..to.start]);
    Ok(())
}

#[test]
fn a_file_of_another_number_type_is_named() -> Result<(), Box<dyn Error>> {
    let path =
        std::env::temp_dir().join(format!("gradus-nn-type-{}.safetensors", std::process::id()));
    let wide = Network::<f64>::new(1000, vec![dense(1000)], Output::Identity)?;
    wide.initialize(Key::new(0))?.save(&path)?;
    let single = Network::<f32>::new(1000, vec![dense(1000)], Output::Identity)?;
    let refused = single.initialize(Key::new(0))?.load(&path).err();
    std::fs::remove_file(&path)?;
    let told = refused.map(|e| e.to_string()).ok_or("not refused")?;
    assert!(
        told.ends_with("tensor 0.weight holds f64 numbers, the network has f32"),
        "{told}"
    );
    Ok(())
}

#[test]
fn metrics_are_summed_over_all_shards_of_a_place() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 300, 1), super::cycle(4, 300));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let count = Metric::new("ones", |z: gradus_numeric::MatrixRef<'_, f64>, _| {
        z.columns() as f64
    });
    let settings = Settings {
        batch: 150,
        shard: 1,
        ..Settings::default()
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let training = Training::new(model(vec![dense(4)], 3, 7)?, sgd(0.1)?, loss, settings)?;
    let mut training = training.with_metrics(vec![count]);
    training.fit(1, &data, &mut [])?;
    assert_eq!(training.history().records()[0].training.metrics, [1.0]);
    Ok(())
}
