//! A training on disk, to go on with the same bits.

use super::early_stopping::{Best, Watch};
use super::evaluation::Evaluation;
use super::history::{EpochRecord, History};
use super::trainer::Training;
use crate::error::NnError;
use crate::network::Model;
use crate::network::tensors::{self, TensorFile, Writer};
use gradus_linalg::Scalar;
use gradus_optim::State;
use std::path::Path;

/// What the file says of itself.
const FORMAT: &str = "gradus checkpoint 1";

impl<T: Scalar> Training<T> {
    /// Writes everything that decides how the training goes on, as one safetensors file.
    ///
    /// That is: parameters and buffers, what the optimizer remembers, epoch and batch, the sums of the epoch, the
    /// history, and the best epoch if early stopping watches. No generator is saved, because whatever is random
    /// is keyed. The parameters are named `model.0.weight`, …; the file appears whole or not at all.
    ///
    /// It can be called between two calls of [`fit`](Self::fit) and from a callback, at any step.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | stopped at any step and resumed, a training ends with the same bits | `a_resumed_training_ends_with_the_same_bits` |
    ///
    /// # Errors
    ///
    /// [`NnError::Io`] if the file cannot be written.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::layers::dense;
    /// use gradus_nn::losses::{SquaredError, Target};
    /// use gradus_nn::optim::adam;
    /// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training};
    ///
    /// # let path = std::env::temp_dir().join(format!("gradus-nn-resume-{}.safetensors", std::process::id()));
    /// let (x, y) = ([1.0, 2.0, 3.0], [3.0, 5.0, 7.0]);
    /// let [x, y] = [&x, &y].map(|row| MatrixRef::from_column(row).transposed());
    /// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
    /// let start = || -> Result<Training<f64>, Box<dyn std::error::Error>> {
    ///     let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    ///     Ok(Training::new(model, adam(0.1)?, Box::new(SquaredError), Settings::default())?)
    /// };
    ///
    /// let mut first = start()?;
    /// first.fit(3, &data, &mut [])?;
    /// first.save_checkpoint(&path)?;
    ///
    /// let mut second = start()?; // tomorrow
    /// second.resume(&path)?;
    /// second.fit(second.remaining(10), &data, &mut [])?;
    /// first.fit(7, &data, &mut [])?;
    /// assert_eq!(first.model().theta(), second.model().theta());
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "exact resume")]
    pub fn save_checkpoint(&self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let mut file = Writer::default();
        write_model(&mut file, &self.model);
        write_state(&mut file, &self.state)?;
        let (records, validated) = self.history.numbers();
        file.vector("history", &records);
        file.vector("history.validated", &validated);
        file.vector("sums", &self.sums.parts());
        if let Some(best) = &self.watch.best {
            file.vector("best.theta", &best.theta);
            file.vector("best.buffers", &best.buffers);
            file.vector("best.loss", &[best.loss, best.watched]);
        }
        for (name, value) in self.settings_of_the_result() {
            file.note(&name, value);
        }
        file.note("epochs", self.epoch);
        file.note("batches", self.batches);
        file.note("samples", self.samples);
        file.note("samples summed", self.sums.samples());
        file.note("waited", self.watch.waited);
        file.note("stopped", u64::from(self.watch.stopped));
        file.note(
            "best epoch",
            self.watch.best.as_ref().map_or(0, |best| best.epoch),
        );
        file.write(path.as_ref())
    }

    /// Goes back to where [`save_checkpoint`](Self::save_checkpoint) was called, in this or another process.
    ///
    /// The training must have been made alike: network, number type, optimizer, batch, shard, seed and metrics. The
    /// number of threads does not matter. Loss, samples and learning rates are the caller's, as they were.
    ///
    /// # Errors
    ///
    /// [`NnError::Checkpoint`] for what differs, or what [`Model::load`](crate::Model::load) says of a file. The
    /// training has not changed then.
    pub fn resume(&mut self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let bytes = tensors::read_whole(path, u64::MAX)?;
        let file = TensorFile::new(path, &bytes)?;
        same(&file, path, self.settings_of_the_result())?;
        let (theta, buffers) = saved_model(&file, &self.model)?;
        let fresh = self.optimizer.init(self.model.network().layout(), &theta)?;
        let state = saved_state(&file, &fresh)?;
        let records = file.doubles("history", None)?;
        let validated = file.doubles("history.validated", None)?;
        let history = History::of_numbers(self.history.metric_names(), &records, &validated);
        let sums = file.doubles("sums", Some(self.sums.count_of_parts()))?;
        let watch = self.saved_watch(&file)?;
        self.model.set_buffers(buffers)?;
        self.model.set_theta(theta)?;
        self.sums = self.sums.with_parts(file.count("samples summed")?, &sums);
        self.batches = file.count("batches")?;
        self.samples = file.count("samples")?;
        self.epoch = file.number("epochs")?;
        (self.state, self.history, self.watch) = (state, history, watch);
        Ok(())
    }

    /// What decides the result beside what is saved, by name.
    pub(super) fn settings_of_the_result(&self) -> Vec<(String, String)> {
        let settings = self.settings;
        let names = |names: &[String]| names.join(", ");
        let metrics = self.history.metric_names().join(", ");
        [
            ("format", FORMAT.to_owned()),
            ("batch", settings.batch.to_string()),
            ("shard", settings.shard.to_string()),
            ("seed", settings.seed.to_string()),
            ("metrics", format!("{metrics:?}")),
            (
                "watched",
                self.watch
                    .rule
                    .map_or("the loss".to_owned(), |rule| rule.watched()),
            ),
            (
                "steps between estimates of the curvature",
                self.curvature
                    .every
                    .map_or("none".to_owned(), |every| every.to_string()),
            ),
            ("state of the optimizer", names(self.state.names())),
            ("numbers of the optimizer", names(self.state.number_names())),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }

    /// What early stopping had seen.
    fn saved_watch(&self, file: &TensorFile<'_>) -> Result<Watch<T>, NnError> {
        let epoch = file.number("best epoch")?;
        let best = if epoch == 0 {
            None
        } else {
            let (theta, buffers) = (self.model.theta().len(), self.model.buffers().len());
            let numbers = file.doubles("best.loss", Some(2))?;
            let number = |i: usize| numbers.get(i).copied().unwrap_or(f64::NAN);
            Some(Best {
                epoch,
                loss: number(0),
                watched: number(1),
                theta: file.tensor("best.theta", &[theta])?,
                buffers: file.tensor("best.buffers", &[buffers])?,
            })
        };
        Ok(Watch {
            rule: self.watch.rule,
            waited: file.number("waited")?,
            stopped: file.number("stopped")? != 0,
            best,
        })
    }
}

/// Puts parameters and buffers into a file.
pub(super) fn write_model<T: Scalar>(file: &mut Writer, model: &Model<T>) {
    for (entry, dimensions, trained) in model.network().tensors() {
        let (prefix, home) = if trained {
            ("model", model.theta())
        } else {
            ("buffers", model.buffers())
        };
        let numbers = home.get(entry.window()).unwrap_or(&[]);
        file.tensor(format!("{prefix}.{}", entry.name), &dimensions, numbers);
    }
}

/// The parameters and the buffers in a file.
pub(super) fn saved_model<T: Scalar>(
    file: &TensorFile<'_>,
    model: &Model<T>,
) -> Result<(Vec<T>, Vec<T>), NnError> {
    let (mut theta, mut buffers) = (Vec::new(), Vec::new());
    for (entry, dimensions, trained) in model.network().tensors() {
        let (prefix, home) = if trained {
            ("model", &mut theta)
        } else {
            ("buffers", &mut buffers)
        };
        home.extend(file.tensor::<T>(&format!("{prefix}.{}", entry.name), &dimensions)?);
    }
    Ok((theta, buffers))
}

/// Puts what the optimizer remembers into a file.
pub(super) fn write_state<T: Scalar>(file: &mut Writer, state: &State<T>) -> Result<(), NnError> {
    for name in state.names() {
        file.vector(format!("optimizer.{name}"), state.vector(name)?);
    }
    for name in state.number_names() {
        file.vector(format!("number.{name}"), &[state.number(name)?]);
    }
    file.note("optimizer steps", state.step());
    Ok(())
}

/// What the optimizer remembered, in the place of a fresh state.
pub(super) fn saved_state<T: Scalar>(
    file: &TensorFile<'_>,
    fresh: &State<T>,
) -> Result<State<T>, NnError> {
    let mut state = fresh.clone();
    for name in fresh.names() {
        let expected = fresh.vector(name)?.len();
        let vector = file.tensor::<T>(&format!("optimizer.{name}"), &[expected])?;
        state.restore(name, &vector)?;
    }
    for name in fresh.number_names() {
        for number in file.doubles(&format!("number.{name}"), Some(1))? {
            state.restore_number(name, number)?;
        }
    }
    state.restore_step(file.number("optimizer steps")?);
    Ok(state)
}

/// Whether the notes in the file say what decides the result.
pub(super) fn same(
    file: &TensorFile<'_>,
    path: &Path,
    settings: Vec<(String, String)>,
) -> Result<(), NnError> {
    for (what, expected) in settings {
        let found = file.note(&what).unwrap_or("not told");
        if expected != found {
            let (path, found) = (path.into(), found.to_owned());
            return Err(NnError::Checkpoint {
                path,
                what,
                expected,
                found,
            });
        }
    }
    Ok(())
}

impl History {
    /// All numbers of all epochs, training before validation, and which epochs were validated (1 or 0).
    fn numbers(&self) -> (Vec<f64>, Vec<f64>) {
        let none = Evaluation {
            loss: 0.0,
            metrics: vec![0.0; self.metric_names().len()],
        };
        let mut numbers = Vec::new();
        for record in self.records() {
            let validation = record.validation.as_ref().unwrap_or(&none);
            for part in [&record.training, validation] {
                numbers.push(part.loss);
                numbers.extend(&part.metrics);
            }
        }
        let validated = |record: &EpochRecord| f64::from(u8::from(record.validation.is_some()));
        (numbers, self.records().iter().map(validated).collect())
    }

    /// The history of which [`numbers`](Self::numbers) was told.
    fn of_numbers(names: &[&'static str], numbers: &[f64], validated: &[f64]) -> Self {
        let mut history = Self::new(names.to_vec());
        let width = 1 + names.len();
        let evaluation = |numbers: &[f64]| Evaluation {
            loss: numbers.first().copied().unwrap_or(f64::NAN),
            metrics: numbers.get(1..).unwrap_or(&[]).to_vec(),
        };
        let epochs = numbers.chunks_exact(2 * width).zip(validated);
        for (epoch, (numbers, &validated)) in (1..).zip(epochs) {
            let (training, validation) = numbers.split_at(width);
            history.push(EpochRecord {
                epoch,
                training: evaluation(training),
                validation: (validated != 0.0).then(|| evaluation(validation)),
            });
        }
        history
    }
}
