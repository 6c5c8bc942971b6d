//! The history as a file that is there while the training runs.

use crate::error::NnError;
use crate::network::failed;
use crate::training::{Callback, Event, History};
use gradus_linalg::Scalar;
use std::ops::ControlFlow;
use std::path::PathBuf;

/// Writes the history of a training after every epoch.
///
/// The file appears whole or not at all, and it has all epochs, also those before a training was
/// [resumed](crate::Training::resume). A file that cannot be written ends the training; [`end`](Self::end) tells why.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the file is the history, after every epoch | `a_history_file_is_the_history` |
///
/// # Examples
///
/// ```
/// use gradus_nn::callbacks::HistoryFile;
/// use gradus_nn::layers::dense;
/// use gradus_nn::losses::{SquaredError, Target};
/// use gradus_nn::optim::sgd;
/// use gradus_nn::{Dataset, Features, Key, MatrixRef, Network, Output, Settings, Training};
///
/// # let path = std::env::temp_dir().join(format!("gradus-nn-history-{}.jsonl", std::process::id()));
/// let [x, y] = [&[1.0], &[3.0]].map(|row| MatrixRef::from_column(row).transposed());
/// let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
/// let mut model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![1.0, 0.0])?; // an error of 2
/// let mut training = Training::new(model, sgd(0.25)?, Box::new(SquaredError), Settings::default())?;
/// let mut file = HistoryFile::json_lines(&path);
/// training.fit(2, &data, &mut [&mut file])?;
/// file.end()?;
/// let lines = std::fs::read_to_string(&path)?;
/// assert_eq!(lines, "{\"epoch\":1,\"loss\":4}\n{\"epoch\":2,\"loss\":0}\n");
/// # std::fs::remove_file(&path)?;
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct HistoryFile {
    path: PathBuf,
    write: fn(&History) -> String,
    failure: Option<NnError>,
}

impl HistoryFile {
    /// A table with a line per epoch: [`History::to_csv`].
    pub fn csv(path: impl Into<PathBuf>) -> Self {
        Self::new(path.into(), History::to_csv)
    }

    /// A JSON object per epoch and line: [`History::to_json_lines`].
    pub fn json_lines(path: impl Into<PathBuf>) -> Self {
        Self::new(path.into(), History::to_json_lines)
    }

    const fn new(path: PathBuf, write: fn(&History) -> String) -> Self {
        Self {
            path,
            write,
            failure: None,
        }
    }

    /// Whether everything was written.
    ///
    /// # Errors
    ///
    /// [`NnError::Io`] with what went wrong.
    pub fn end(self) -> Result<(), NnError> {
        self.failure.map_or(Ok(()), Err)
    }
}

impl<T: Scalar> Callback<T> for HistoryFile {
    fn on(&mut self, event: &Event<'_, T>) -> ControlFlow<()> {
        let Event::EpochEnd { training, .. } = event else {
            return ControlFlow::Continue(());
        };
        let content = (self.write)(training.history());
        match gradus_files::write(&self.path, content) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                self.failure = Some(failed(&self.path, error.kind()));
                ControlFlow::Break(())
            }
        }
    }
}
