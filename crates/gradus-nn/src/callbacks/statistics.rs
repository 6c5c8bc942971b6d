//! How large activations and gradients are, layer by layer.

use crate::data::Samples;
use crate::error::NnError;
use crate::training::{Callback, Event, Training};
use gradus_linalg::Scalar;
use gradus_numeric::Moments;
use std::fmt;
use std::ops::ControlFlow;

/// How the numbers of a layer or of a parameter are spread.
///
/// # Examples
///
/// ```
/// use gradus_nn::callbacks::Spread;
///
/// let spread = Spread::of("0.weight", [0.0, 3.0, -3.0, 0.0].into_iter());
/// assert_eq!((spread.mean, spread.rms, spread.largest, spread.zeros), (0.0, 4.5_f64.sqrt(), 3.0, 0.5));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spread {
    /// Of what: `2 (dense)`, or the name of a parameter.
    pub name: String,
    /// The mean.
    pub mean: f64,
    /// The root of the mean square.
    pub rms: f64,
    /// The largest magnitude.
    pub largest: f64,
    /// The share of exact zeros: of units of a rectifier that say nothing.
    pub zeros: f64,
}

impl Spread {
    /// The spread of some numbers; of none, all is 0.
    pub fn of(name: impl Into<String>, numbers: impl Iterator<Item = f64>) -> Self {
        let mut tally = Tally::default();
        numbers.for_each(|x| tally.push(x));
        tally.spread(name.into())
    }
}

/// Numbers counted as they come.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    values: Moments,
    squares: Moments,
    largest: f64,
    zeros: Moments,
}

impl Tally {
    fn push(&mut self, x: f64) {
        self.values.push(x);
        self.squares.push(x * x);
        self.largest = self.largest.max(x.abs());
        self.zeros.push(f64::from(u8::from(x == 0.0)));
    }

    fn spread(&self, name: String) -> Spread {
        let mean = |moments: &Moments| moments.mean().unwrap_or(0.0);
        Spread {
            name,
            mean: mean(&self.values),
            rms: mean(&self.squares).sqrt(),
            largest: self.largest,
            zeros: mean(&self.zeros),
        }
    }
}

/// What an epoch left behind.
#[derive(Clone, Debug, PartialEq)]
pub struct EpochStatistics {
    /// Which epoch, counted from 1.
    pub epoch: u64,
    /// What each layer makes of the probe, first to last.
    pub activations: Vec<Spread>,
    /// The gradient of the last step, parameter by parameter.
    pub gradients: Vec<Spread>,
}

/// Looks at activations and gradients at the end of every epoch.
///
/// Activations are those of a *probe*, a handful of samples that is passed through the model in evaluation. Magnitudes that
/// shrink or grow from layer to layer, rectifiers that are all zero, gradients that vanish towards the input: here one sees
/// them while they happen.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the activations of the last layer are the logits, gradients those of the step | `statistics_are_of_activations_and_gradients` |
///
/// # Examples
///
/// ```
/// use gradus_nn::callbacks::Statistics;
/// use gradus_nn::layers::{dense, relu};
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training};
///
/// let [x, y] = [&[1.0, -1.0], &[3.0, -3.0]].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let mut model = Network::new(1, vec![dense(1), relu()], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![2.0, 0.0])?;
/// let mut training = Training::new(model, sgd(0.0)?, Box::new(SquaredError), Settings::default())?;
/// let mut statistics = Statistics::new(&data);
/// training.fit(1, &data, &mut [&mut statistics])?;
/// let epochs = statistics.end()?;
/// let [dense, relu] = &epochs[0].activations[..] else { panic!() };
/// assert_eq!((&*dense.name, dense.rms, dense.zeros), ("0 (dense)", 2.0, 0.0));
/// assert_eq!((&*relu.name, relu.mean, relu.zeros), ("1 (Relu)", 1.0, 0.5));
/// assert_eq!((&*epochs[0].gradients[0].name, epochs[0].gradients[0].mean), ("0.weight", -1.0));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Statistics<'a, T> {
    probe: &'a dyn Samples<T>,
    epochs: Vec<EpochStatistics>,
    failure: Option<NnError>,
}

impl<'a, T: Scalar> Statistics<'a, T> {
    /// Statistics of what the layers make of these samples.
    #[must_use]
    pub fn new(probe: &'a dyn Samples<T>) -> Self {
        Self {
            probe,
            epochs: Vec::new(),
            failure: None,
        }
    }

    /// The epochs that were looked at.
    #[must_use]
    pub fn epochs(&self) -> &[EpochStatistics] {
        &self.epochs
    }

    /// The epochs that were looked at, when the training is over.
    ///
    /// # Errors
    ///
    /// What the network said of the probe; that has ended the training.
    pub fn end(self) -> Result<Vec<EpochStatistics>, NnError> {
        self.failure.map_or(Ok(self.epochs), Err)
    }

    fn look(&self, epoch: u64, training: &Training<T>) -> Result<EpochStatistics, NnError> {
        let (model, mut tallies) = (training.model(), Vec::new());
        model.activations(self.probe, |layer, kind, activations| {
            if tallies.len() <= layer {
                tallies.push((format!("{layer} ({kind})"), Tally::default()));
            }
            if let Some((_, tally)) = tallies.get_mut(layer) {
                activations
                    .as_slice()
                    .iter()
                    .for_each(|x| tally.push(x.to_f64()));
            }
        })?;
        let gradient = training.gradient();
        let entries = model.network().layout().entries().iter();
        let gradients = entries.map(|entry| {
            let window = gradient.get(entry.window()).unwrap_or(&[]);
            Spread::of(&*entry.name, window.iter().map(|g| g.to_f64()))
        });
        Ok(EpochStatistics {
            epoch,
            activations: tallies
                .into_iter()
                .map(|(name, tally)| tally.spread(name))
                .collect(),
            gradients: gradients.collect(),
        })
    }
}

impl<T: Scalar> Callback<T> for Statistics<'_, T> {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        let Event::EpochEnd { record, training } = event else {
            return ControlFlow::Continue(());
        };
        match self.look(record.epoch, training) {
            Ok(epoch) => {
                self.epochs.push(epoch);
                ControlFlow::Continue(())
            }
            Err(error) => {
                self.failure = Some(error);
                ControlFlow::Break(())
            }
        }
    }
}

impl<T> fmt::Debug for Statistics<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut statistics = f.debug_struct("Statistics");
        statistics.field("epochs", &self.epochs);
        statistics.finish_non_exhaustive()
    }
}
