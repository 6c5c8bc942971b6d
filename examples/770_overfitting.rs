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
//! shows the error by the number of images: it tells whether more of them would help.
//!
//! What to try: `Penalty::new(L2 { lambda: 1e-3 })` with `with_penalties`, or `dropout(0.5)` behind the hidden layer, and
//! see the gap shrink.

#![allow(clippy::print_stdout, reason = "an example talks to its reader")]

use gradus::data::{LabelledImages, Limits, open_folder};
use gradus::evaluation::hits;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, relu};
use gradus::nn::{
    Dataset, EarlyStopping, EpochRecord, Evaluation, Features, Metric, Network, NnError, Output,
    Samples, Settings, Subset, Training,
};
use gradus::optim::adam;
use gradus::plot::{Figure, PlaneCurve, Series, Vertical, learning_curves, save, xy_plot};
use gradus::random::Key;
use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let digits = open_folder("examples/data/mnist", 10, &Limits::default())?;
    let (train, test) = (dataset(&digits.train)?, dataset(&digits.test)?);
    let held_out = Subset::new(&train, (50_000..51_000).collect())?;

    println!("300 images, 60 epochs; 1000 others are held out");
    let few = Subset::new(&train, (0..300).collect())?;
    let mut long = training()?;
    long.fit_validated(60, &few, &held_out, &mut [])?;
    let records = long.history().records();
    for record in records
        .iter()
        .filter(|record| [1, 5, 10, 20, 40, 60].contains(&record.epoch))
    {
        let other = held_out_of(record);
        println!(
            "  epoch {:>2}: loss {:.4}, of others {:.4}",
            record.epoch, record.training.loss, other
        );
    }
    let mut stopped = training()?.with_early_stopping(EarlyStopping::new(5, 0.0)?);
    stopped.fit_validated(60, &few, &held_out, &mut [])?;
    let epoch = stopped.best().map_or(0, |best| best.epoch);
    println!(
        "early stopping ends after {} epochs and keeps epoch {epoch}",
        stopped.epochs()
    );
    let best = stopped.into_best()?;
    let mut judge = Training::new(
        best,
        adam(0.0)?,
        Box::new(SoftmaxCrossEntropy::default()),
        Settings::default(),
    )?;
    judge = judge.with_metrics(vec![right()]);
    let (early, late) = (judge.evaluate(&test)?, long.evaluate(&test)?);
    println!(
        "on the test: loss {:.4} instead of {:.4}, {:.1} % right instead of {:.1} %",
        early.loss,
        late.loss,
        100.0 * early.metrics[0],
        100.0 * late.metrics[0]
    );
    assert!(early.loss < late.loss);

    println!("\nmore images, as many steps: errors in % of the images learned, and of the test");
    let (mut learned, mut others) = (vec![], vec![]);
    for count in [100, 300, 1000, 3000, 10_000] {
        let some = Subset::new(&train, (0..count).collect())?;
        let mut training = training()?;
        training.fit(60_000_u64.div_ceil(count.into()), &some, &mut [])?;
        let error = |evaluation: Evaluation| 100.0 * (1.0 - evaluation.metrics[0]);
        let (own, other) = (
            error(training.evaluate(&some)?),
            error(training.evaluate(&test)?),
        );
        println!("  {:>6} images: {own:5.1}  {other:5.1}", some.len());
        learned.push((f64::from(count).log10(), own));
        others.push((f64::from(count).log10(), other));
    }
    assert!(
        others.windows(2).all(|pair| pair[1].1 < pair[0].1),
        "more images, fewer errors"
    );

    let own: Vec<f64> = records.iter().map(|record| record.training.loss).collect();
    let other: Vec<f64> = records.iter().map(held_out_of).collect();
    let series =
        [("300 images", &own), ("held out", &other)].map(|(name, values)| Series { name, values });
    let figure = Figure::new("overfitting", "epoch", "loss");
    let curves = learning_curves(&figure, &series, Vertical::Logarithmic)?;
    let path = save("out/770_overfitting.svg", &curves)?;
    println!("picture: {}", path.display());
    let curves = [
        PlaneCurve::line("images learned", &learned),
        PlaneCurve::line("test", &others),
    ];
    let figure = Figure::new("more images", "log₁₀ images", "errors, %");
    let path = save("out/770_more_images.svg", &xy_plot(&figure, &curves)?)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// A network of one hidden layer in training.
fn training() -> Result<Training<f32>, Box<dyn Error>> {
    let network = Network::new(784, vec![dense(128), relu(), dense(10)], Output::Softmax)?;
    let settings = Settings {
        batch: 50,
        ..Settings::default()
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let training = Training::new(
        network.initialize(Key::new(1))?,
        adam(1e-3)?,
        loss,
        settings,
    )?;
    Ok(training.with_metrics(vec![right()]))
}

/// Which share of the images is right.
fn right() -> Metric<f32> {
    Metric::new("accuracy", |logits, target| match target {
        Target::Labels(labels) => hits(logits, labels).map_or(f64::NAN, |n| n as f64),
        Target::Values(_) => f64::NAN,
    })
}

fn held_out_of(record: &EpochRecord) -> f64 {
    record
        .validation
        .as_ref()
        .map_or(f64::NAN, |evaluation| evaluation.loss)
}

fn dataset(images: &LabelledImages) -> Result<Dataset<'_, f32>, NnError> {
    let (bytes, features, scale) = (images.pixels(), images.features(), 1.0 / 255.0);
    Dataset::new(
        Features::Bytes {
            bytes,
            features,
            scale,
        },
        Target::Labels(images.labels()),
    )
}
