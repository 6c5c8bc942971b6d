//! Networks: a small one on 500 digits of 8 × 8 pixels, and that of the main example on 1000 digits of 28 × 28.

use crate::problems::Problem;
use gradus::autodiff::{Arena, Tape};
use gradus::data::{Limits, digits as images, open_folder};
use gradus::losses::{Loss, SoftmaxCrossEntropy, Target, Weights};
use gradus::nn::Initializer;
use gradus::numeric::{Order, Shape};
use gradus::optim::Layout;
use gradus::random::{Key, permutation};
use std::error::Error;

const BATCH: usize = 50;

/// Dense layers with one activation between them.
struct Net {
    /// Units of every layer, those of the input first.
    sizes: &'static [usize],
    relu: bool,
    /// One sample after the other.
    pixels: Vec<f64>,
    labels: Vec<u32>,
}

/// 64 pixels, 16 hidden units, 10 classes: 1210 parameters.
pub(crate) fn digits() -> Result<Problem, Box<dyn Error>> {
    let (set, count) = (images()?, 500);
    let net = Net {
        sizes: &[64, 16, 10],
        relu: false,
        pixels: set.pixels()[..64 * count]
            .iter()
            .map(|&p| f64::from(p) / 16.0)
            .collect(),
        labels: set.labels()[..count].to_vec(),
    };
    let what = "mean cross-entropy of a network 64–16–10 with tanh on 500 digits, 200 steps on batches of 50; the loss on all of them";
    net.problem("digits", what, 200)
}

/// The main example's network: 784 pixels, 10, 128 and 10 units: 10 548 parameters.
pub(crate) fn main_job() -> Result<Problem, Box<dyn Error>> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/mnist");
    let (set, count) = (open_folder(folder, 10, &Limits::default())?.train, 1000);
    let net = Net {
        sizes: &[784, 10, 128, 10],
        relu: true,
        pixels: set.pixels()[..784 * count]
            .iter()
            .map(|&p| f64::from(p) / 255.0)
            .collect(),
        labels: set.labels()[..count].to_vec(),
    };
    let what = "mean cross-entropy of a network 784–10–128–10 with relu on the first 1000 digits of MNIST, three epochs (60 steps) on batches of 50; the loss on all of them";
    net.problem("MNIST", what, 60)
}

impl Net {
    fn problem(
        self,
        name: &'static str,
        what: &'static str,
        steps: u64,
    ) -> Result<Problem, Box<dyn Error>> {
        let layout = self.layout()?;
        let mut start = vec![0.0; layout.len()];
        for (index, entry) in layout.entries().iter().enumerate().step_by(2) {
            let mut rng = Key::new(0).index(index as u64).rng();
            let size = [entry.shape.rows, entry.shape.columns];
            Initializer::GlorotUniform.fill(&mut start[entry.window()], &size, &mut rng)?;
        }
        let samples = u32::try_from(self.labels.len())?;
        let all: Vec<u32> = (0..samples).collect();
        let ask = move |step: Option<u64>, theta: &[f64], gradient: &mut [f64]| {
            let Some(step) = step else {
                return self.loss(&all, theta, gradient);
            };
            let batches = u64::from(samples) / BATCH as u64;
            let (epoch, batch) = ((step - 1) / batches, (step - 1) % batches);
            let order = permutation(samples, &mut Key::new(1).round(epoch).rng());
            let chosen = order.chunks(BATCH).nth(usize::try_from(batch)?);
            self.loss(chosen.unwrap_or(&[]), theta, gradient)
        };
        Ok(Problem {
            name,
            what,
            layout,
            start,
            steps,
            ask: Box::new(ask),
        })
    }

    fn layout(&self) -> Result<Layout, Box<dyn Error>> {
        let mut layout = Layout::new();
        for (k, units) in self.sizes.windows(2).enumerate() {
            layout.push(format!("{k}.weight"), Shape::new(units[1], units[0]))?;
            layout.push(format!("{k}.bias"), Shape::new(units[1], 1))?;
        }
        Ok(layout)
    }

    /// Mean cross-entropy of some digits, and its gradient.
    fn loss(
        &self,
        chosen: &[u32],
        theta: &[f64],
        gradient: &mut [f64],
    ) -> Result<f64, Box<dyn Error>> {
        let inputs = self.sizes[0];
        let targets: Vec<u32> = chosen.iter().map(|&j| self.labels[j as usize]).collect();
        let value = Arena::new().value_and_gradient(theta, gradient, |tape: &Tape<'_, f64>| {
            let shape = Shape::new(inputs, chosen.len());
            let mut x = tape.constant(shape, Order::Columns, |memory| {
                for (column, &j) in memory.chunks_mut(inputs).zip(chosen) {
                    column.copy_from_slice(&self.pixels[j as usize * inputs..][..inputs]);
                }
            });
            let mut at = 0;
            for (k, units) in self.sizes.windows(2).enumerate() {
                let w = tape.parameter(at, Shape::new(units[1], units[0]));
                at += units[0] * units[1];
                let b = tape.parameter(at, Shape::new(units[1], 1));
                at += units[1];
                x = match (k, self.relu) {
                    (0, _) => x,
                    (_, true) => x.relu(),
                    (_, false) => x.tanh(),
                }
                .affine(w, b);
            }
            x.loss(|z, by_z| {
                let (target, n) = (Target::Labels(&targets), chosen.len() as f64);
                SoftmaxCrossEntropy::default().value_and_gradient(
                    z,
                    target,
                    Weights::Equal,
                    n,
                    by_z,
                )
            })
        })?;
        Ok(value)
    }
}
