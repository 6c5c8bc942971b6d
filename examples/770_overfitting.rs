//! Overfitting: what a network learns by heart, when to stop it, and what more images do.
//!
//! The loss on the images that a network learns from always falls; the loss on others falls and then rises, as the
//! network learns what is true of those images only:
//!
//! ```text
//! L(others) − L(learned)  >  0  grows with the epochs, and shrinks with the number of images
//! ```
//!
//! *Early stopping* keeps the parameters of the epoch with the lowest loss on images that were held out. *A learning curve*
//! shows the error by the number of images: whether more of them would help.
//!
//! What to try: `Penalty::new(L2 { lambda: 1e-3 })`, or `dropout(0.5)` behind the hidden layer, and see the gap shrink.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::{LabelledImages, Limits, open_folder};
use gradus::evaluation::hits;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{
    Dataset, EarlyStopping, EpochRecord, Evaluation, Features, Metric, Model, Network, NnError,
    Output, Settings, Subset, Training,
};
use gradus::optim::adam;
use gradus::plot::{AxisScale, Figure, PlaneCurve, Series, learning_curves, save, xy_plot};
use gradus::random::Key;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let digits = open_folder("examples/data/mnist", 10, &Limits::default())?;
    let (train, test) = (dataset(&digits.train)?, dataset(&digits.test)?);
    stop_early(&train, &test)?;
    learn_from_more(&train, &test)
}

/// Trains too long on few images, and as long as it helps.
fn stop_early(train: &Dataset<'_, f32>, test: &Dataset<'_, f32>) -> Result<(), Box<dyn Error>> {
    println!("300 images, 60 epochs; 1000 others are held out");
    let few = Subset::new(train, (0..300).collect())?;
    let held_out = Subset::new(train, (50_000..51_000).collect())?;
    let mut long = training()?;
    long.fit_validated(60, &few, &held_out, &mut [])?;
    let of_others = |record: &EpochRecord| record.validation.as_ref().map_or(f64::NAN, |v| v.loss);
    let records = long.history().records().iter();
    let own: Vec<f64> = records.clone().map(|r| r.training.loss).collect();
    let others: Vec<f64> = records.map(of_others).collect();
    for epoch in [1, 5, 10, 20, 40, 60] {
        let (own, other) = (own[epoch - 1], others[epoch - 1]);
        println!("  epoch {epoch:>2}: loss {own:.4}, of others {other:.4}");
    }
    let mut stopped = training()?.with_early_stopping(EarlyStopping::new(5, 0.0)?);
    stopped.fit_validated(60, &few, &held_out, &mut [])?;
    let epoch = stopped.best().map_or(0, |best| best.epoch);
    println!(
        "early stopping ends after {} epochs and keeps epoch {epoch}",
        stopped.epochs()
    );
    let (early, late) = (
        judge(stopped.into_best()?, test)?,
        judge(long.into_model(), test)?,
    );
    for (name, result) in [("stopped early", &early), ("after 60 epochs", &late)] {
        let right = 100.0 * result.metrics[0];
        println!(
            "  {name:<15} test loss {:.4}, {right:.1} % right",
            result.loss
        );
    }
    assert!(early.loss < late.loss);
    let series = [("300 images", &own), ("held out", &others)];
    let series = series.map(|(name, values)| Series::new(name, values));
    let figure = Figure::new("Overfitting", "epoch", "loss");
    let curves = learning_curves(&figure, &series, AxisScale::Logarithmic)?;
    let path = save("out/770_overfitting.svg", &curves)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// Trains with the same number of steps on more and more images.
fn learn_from_more(
    train: &Dataset<'_, f32>,
    test: &Dataset<'_, f32>,
) -> Result<(), Box<dyn Error>> {
    println!("\nmore images, as many steps: errors in % of the images learned, and of the test");
    let (mut learned, mut others) = (vec![], vec![]);
    for count in [100, 300, 1000, 3000, 10_000] {
        let some = Subset::new(train, (0..count).collect())?;
        let mut training = training()?;
        training.fit(60_000_u64.div_ceil(count.into()), &some, &mut [])?;
        let error = |evaluation: Evaluation| 100.0 * (1.0 - evaluation.metrics[0]);
        let (own, other) = (
            error(training.evaluate(&some)?),
            error(training.evaluate(test)?),
        );
        println!("  {count:>6} images: {own:5.1}  {other:5.1}");
        learned.push((f64::from(count).log10(), own));
        others.push((f64::from(count).log10(), other));
    }
    let fewer = |pair: &[(f64, f64)]| pair[1].1 < pair[0].1; // two points each
    assert!(others.windows(2).all(fewer), "more images, fewer errors");
    let curves = [
        PlaneCurve::line("images learned", &learned),
        PlaneCurve::line("test", &others),
    ];
    let figure = Figure::new("More images", "log₁₀ images", "errors, %");
    let path = save("out/770_more_images.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}

fn judge(model: Model<f32>, test: &Dataset<'_, f32>) -> Result<Evaluation, Box<dyn Error>> {
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let judge = Training::new(model, adam(0.0)?, loss, Settings::default())?;
    Ok(judge.with_metrics(vec![right()]).evaluate(test)?)
}

/// A network of one hidden layer in training.
fn training() -> Result<Training<f32>, Box<dyn Error>> {
    let network = Network::new(784, vec![dense(128), relu(), dense(10)], Output::Softmax)?;
    let settings = Settings {
        batch: 50,
        ..Settings::default()
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let model = network.initialize(Key::new(1))?;
    let training = Training::new(model, adam(1e-3)?, loss, settings)?;
    Ok(training.with_metrics(vec![right()]))
}

/// Which share of the images is right.
fn right() -> Metric<f32> {
    Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    })
}

fn dataset(images: &LabelledImages) -> Result<Dataset<'_, f32>, NnError> {
    let (bytes, features, scale) = (images.pixels(), images.features(), 1.0 / 255.0);
    let pixels = Features::Bytes {
        bytes,
        features,
        scale,
    };
    Dataset::new(pixels, Target::Labels(images.labels()))
}
