//! A private training on disk, to go on with the same bits and the same ledger.

use super::training::PrivateTraining;
use crate::error::NnError;
use crate::network::tensors::{self, TensorFile, Writer};
use crate::training::checkpoint::{same, saved_model, saved_state, write_model, write_state};
use gradus_linalg::Scalar;
use std::path::Path;

/// What the file says of itself.
const FORMAT: &str = "gradus private checkpoint 1";

impl<T: Scalar> PrivateTraining<T> {
    /// Writes everything that decides how the training goes on, but for the key, as one safetensors file.
    ///
    /// That is: the parameters, what the optimizer remembers, the number of steps, and the settings that the ledger counts by.
    /// What is random is keyed by the step, so no generator is saved, and the ledger is its number of steps.
    ///
    /// **The key is not in the file.** Who knows it can subtract the noise, and a checkpoint is copied more
    /// easily than a secret is kept. The caller gives the same key again; with another one the training goes on as
    /// privately, with other bits.
    ///
    /// **One key is for one training** ([`Private::key`](crate::Private::key)). Steps that were made after the checkpoint have
    /// told something, wherever they were seen: they are repeated as they were, with the same key, loss, samples and learning
    /// rates. With anything changed the training needs a new key, and the steps that are left behind are added to its
    /// [`ledger`](Self::ledger) by [`Ledger::spend`](crate::privacy::Ledger::spend), because no file knows of them.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | stopped after any step and resumed, a training ends with the same bits and the same ledger | `a_resumed_private_training_ends_with_the_same_bits` |
    /// | a checkpoint of other settings is refused, and nothing changes | `a_private_checkpoint_of_other_settings_is_refused` |
    /// | a training forgets none of its steps | `a_private_checkpoint_of_fewer_steps_is_refused` |
    /// | a count that no training reaches is refused | `absurd_counts_of_private_steps_are_refused` |
    ///
    /// # Errors
    ///
    /// [`NnError::Io`] if the file cannot be written.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::losses::{SquaredError, Target};
    /// use gradus_nn::{Dataset, Features, Network, Output, Private, PrivateTraining, layers::dense};
    /// use gradus_nn::{Key, MatrixRef, optim::sgd};
    ///
    /// # let path = std::env::temp_dir().join(format!("gradus-nn-private-{}.safetensors", std::process::id()));
    /// let (x, y) = ([1.0, 2.0, 3.0, 4.0], [3.0, 5.0, 7.0, 9.0]);
    /// let data = Dataset::new(Features::Numbers(MatrixRef::from_row(&x)), Target::Values(MatrixRef::from_row(&y)))?;
    /// let private = Private { rate: 0.5, clip: 1.0, noise: 1.0, key: Key::new(7), shard: 16, threads: 1 };
    /// let start = || -> Result<PrivateTraining<f64>, Box<dyn std::error::Error>> {
    ///     let model = Network::new(1, vec![dense(1)], Output::Identity)?.initialize(Key::new(0))?;
    ///     Ok(PrivateTraining::new(model, sgd(0.1)?, Box::new(SquaredError), private)?)
    /// };
    ///
    /// let mut first = start()?;
    /// first.fit(3, &data)?;
    /// first.save_checkpoint(&path)?;
    ///
    /// let mut second = start()?; // tomorrow, with the same key
    /// second.resume(&path)?;
    /// second.fit(7, &data)?;
    /// first.fit(7, &data)?;
    /// assert_eq!(first.model().theta(), second.model().theta());
    /// assert_eq!(second.ledger()?.epsilon(1e-5)?, first.ledger()?.epsilon(1e-5)?); // of ten steps, not of seven
    /// # std::fs::remove_file(&path)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[doc(alias = "exact resume")]
    pub fn save_checkpoint(&self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let mut file = Writer::default();
        write_model(&mut file, &self.model);
        write_state(&mut file, &self.state)?;
        for (name, value) in self.settings_of_the_result() {
            file.note(&name, value);
        }
        file.note("steps", self.steps);
        file.write(path.as_ref())
    }

    /// Goes on from where [`save_checkpoint`](Self::save_checkpoint) was called, in this or another process.
    ///
    /// The training must have been made alike: network, number type, optimizer, rate, clip, noise and shard; for the same
    /// bits the key, too. The number of threads does not matter. Loss, samples and learning rates are the caller's, as
    /// they were: if one of them has changed, the key must be a new one, and steps that were made after the checkpoint
    /// must be added to the bill (see [`save_checkpoint`](Self::save_checkpoint)).
    ///
    /// # Errors
    ///
    /// [`NnError::Checkpoint`] for what differs, and for fewer steps than this training has made: going back would take
    /// them off the bill. Or what [`Model::load`](crate::Model::load) says of a file. The training has not changed then.
    pub fn resume(&mut self, path: impl AsRef<Path>) -> Result<(), NnError> {
        let path = path.as_ref();
        let bytes = tensors::read_whole(path, u64::MAX)?;
        let file = TensorFile::new(path, &bytes)?;
        same(&file, path, self.settings_of_the_result())?;
        let (theta, _) = saved_model(&file, &self.model)?; // no buffers: `new` has refused them
        let fresh = self.optimizer.init(self.model.network().layout(), &theta)?;
        let state = saved_state(&file, &fresh)?;
        let steps = file.number("steps")?;
        if steps < self.steps {
            return Err(NnError::Checkpoint {
                path: path.into(),
                what: "steps".into(),
                expected: format!("at least {}", self.steps),
                found: steps.to_string(),
            });
        }
        self.model.set_theta(theta)?;
        (self.state, self.steps) = (state, steps);
        Ok(())
    }

    /// What decides the result and its price beside what is saved, by name.
    fn settings_of_the_result(&self) -> Vec<(String, String)> {
        let private = &self.private;
        let exact = |x: f64| format!("{x:?}"); // reads back as the same number
        [
            ("format", FORMAT.to_owned()),
            ("rate", exact(private.rate)),
            ("clip", exact(private.clip)),
            ("noise", exact(private.noise)),
            ("shard", private.shard.to_string()),
            ("state of the optimizer", self.state.names().join(", ")),
            (
                "numbers of the optimizer",
                self.state.number_names().join(", "),
            ),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec()
    }
}
