//! Successive halving and Hyperband: most of the training goes to the networks that do well early.
//!
//! A network 64 → h relu → dropout p → 10 is to learn 1200 handwritten digits. The learning rate, the width h and p are
//! searched; what costs is epochs. To train 27 random settings for 27 epochs each would cost 729. Halving trains all
//! of them for one epoch, lets the better third go on to 3 epochs, a third of these to 9, and the last one to 27:
//!
//! ```text
//! networks      27    9    3    1       a third survives
//! epochs         1    3    9   27       each rung costs as much as the others
//! ```
//!
//! Rates that are too large end at the loss of a guess, ln 10, and go first; a loss that is not finite would rank last, and be
//! reported.
//!
//! Some networks begin slowly and end well: much dropout, small rates. How early may one judge? Hyperband (Li et al. 2018)
//! runs a race for every answer, from 27 networks that are judged after one epoch to 4 that are all trained to the end, for
//! the price of four races. The picture has the first race, each network as far as it went.
//!
//! What to try: the factor 2, which judges more often and less sharply. 60 digits to judge by: what wins by luck?

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::digits;
use gradus::losses::{SoftmaxCrossEntropy, Target};
use gradus::nn::layers::{dense, dropout, relu};
use gradus::nn::{Dataset, Features, Network, Output, Settings, Subset, Training};
use gradus::optim::sgd;
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::Key;
use gradus::select::{Axis, Found, Halving, Race, halve, hyperband, random, search};
use std::error::Error;
use std::num::NonZeroUsize;

type Failure = Box<dyn Error + Send + Sync>;

const RACE: Halving = Halving {
    factor: 3,
    first: 1,
    last: 27,
};
const WIDTHS: [u16; 5] = [8, 16, 32, 64, 128];
const TWO: NonZeroUsize = NonZeroUsize::MIN.saturating_add(1);

fn main() -> Result<(), Box<dyn Error>> {
    let rate = Axis::logarithmic(1e-3, 30.0)?;
    let axes = [
        rate,
        Axis::choices(WIDTHS.map(f64::from))?,
        Axis::linear(0.0, 0.6)?,
    ];
    let points = random(&axes, 27, Key::new(2))?;
    let images = digits()?;
    let pixels = Features::Bytes {
        bytes: images.pixels(),
        features: 64,
        scale: 1.0 / 16.0,
    };
    let all = Dataset::new(pixels, Target::Labels(images.labels()))?;
    let train = Subset::new(&all, (0..1200).collect())?;
    let others = Subset::new(&all, (1200..1797).collect())?;
    let trained = |_: u32, x: &[f64], epochs: u32| loss(&train, &others, x, epochs);
    let race = halve(points.clone(), RACE, TWO, trained)?;
    println!("networks  epochs   best loss    rate  width  dropout   failed");
    for rung in race.rungs() {
        let (count, failed) = (rung.found.trials().len(), rung.found.failed().len());
        let (loss, x) = winner(&rung.found)?;
        print!("{count:8}  {:6}   {loss:9.4}  ", rung.budget);
        println!("{:6.3}  {:5}  {:7.2}   {failed}", x[0], x[1], x[2]);
    }
    draw(&race)?;
    let (raced, _) = winner(&race.rungs()[3].found)?;

    let full = search(&points, TWO, |trial, x| trained(trial, x, RACE.last))?;
    let (best, x) = winner(&full)?;
    let (work, whole) = (race.work(), 27 * RACE.last);
    println!(
        "all 27 to the end: {best:.4} at the rate {:.3}, {whole} epochs in the place of {work}",
        x[0]
    );

    println!("Hyperband: networks, judged first after epochs, best loss");
    for race in hyperband(&axes, 27, 3, Key::new(3), TWO, trained)? {
        let (first, last) = (&race.rungs()[0], &race.rungs()[race.rungs().len() - 1]);
        let (count, loss) = (first.found.trials().len(), winner(&last.found)?.0);
        println!("{count:19}  {:26}  {loss:9.4}", first.budget);
    }
    if raced < 1.5 * best {
        println!(
            "result: loss {raced:.4} by halving, {best:.4} by training every network to the end"
        );
        Ok(())
    } else {
        Err(format!("halving should find a good network: {raced}, not {best}").into())
    }
}

/// The lowest loss and its setting.
fn winner(found: &Found<Failure>) -> Result<(f64, &[f64]), Box<dyn Error>> {
    let best = found.best().ok_or("all have diverged")?;
    Ok((best.loss().unwrap_or(f64::NAN), &best.point))
}

/// The loss on digits that were not learned from, after so many epochs with this rate, width and dropout.
fn loss(
    train: &Subset<'_, f32>,
    others: &Subset<'_, f32>,
    x: &[f64],
    epochs: u32,
) -> Result<f64, Failure> {
    let width = WIDTHS
        .into_iter()
        .find(|&width| f64::from(width) == x[1])
        .unwrap_or(8);
    let layers = vec![dense(width.into()), relu(), dropout(x[2]), dense(10)];
    let model = Network::new(64, layers, Output::Softmax)?.initialize(Key::new(1))?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let mut training = Training::new(model, sgd(x[0])?, loss, Settings::default())?;
    training.fit(epochs.into(), train, &mut [])?;
    Ok(training.evaluate(others)?.loss)
}

/// The networks of the race after each of its rungs, in `out/`.
fn draw(race: &Race<Failure>) -> Result<(), Box<dyn Error>> {
    let mut curves = vec![Vec::new(); 27];
    for rung in race.rungs() {
        for trial in rung.found.trials() {
            let loss = trial.loss().unwrap_or(f64::NAN);
            curves[trial.index as usize].push((f64::from(rung.budget).log(3.0), loss.log10()));
        }
    }
    let lines: Vec<_> = curves
        .iter()
        .map(|curve| PlaneCurve::steps("", curve))
        .collect();
    let figure = Figure::new(
        "A race of 27 networks",
        "log₃ epochs",
        "log₁₀ of the loss on other digits",
    );
    let path = save("out/532_halving.svg", &xy_plot(&figure, &lines)?)?;
    println!("picture: {}", path.display());
    Ok(())
}
