//! The interface of layers.

use crate::error::NnError;
use crate::initializer::Initializer;
use crate::number::Number;
use gradus_autodiff::{MatrixVar, Tape};
use gradus_numeric::Shape;
use gradus_random::Key;
use std::fmt::Debug;

/// A layer: a function of a batch and of its own window of the parameter vector.
///
/// A layer holds settings, never parameters: those lie in the one vector θ of the network, and a layer
/// reads them from the tape at the offset that the pass tells.
pub trait Layer<T: Number>: Debug + Send + Sync {
    /// What kind of layer it is, in lower case.
    fn kind(&self) -> &'static str;

    /// How many outputs it makes of `inputs` inputs.
    ///
    /// # Errors
    ///
    /// [`NnError::LayerSize`] or [`NnError::Domain`] if the settings do not make sense.
    fn outputs(&self, layer: usize, inputs: usize) -> Result<usize, NnError>;

    /// The parameters it needs, in the order in which they lie in θ.
    fn parameters(&self, _inputs: usize) -> Vec<Parameter> {
        Vec::new()
    }

    /// Records what the layer computes.
    fn forward<'t>(&self, x: MatrixVar<'t, T>, pass: &Pass<'t, T>) -> MatrixVar<'t, T>;
}

/// A parameter of a layer: its name within the layer, its shape and how it starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Parameter {
    /// `weight`, `bias`, …
    pub name: &'static str,
    /// Rows and columns; a bias is one column.
    pub shape: Shape,
    /// How it starts.
    pub initializer: Initializer,
}

/// What a layer is told while it records.
#[derive(Clone, Copy, Debug)]
pub struct Pass<'t, T: 'static> {
    /// Where everything is recorded.
    pub tape: &'t Tape<'t, T>,
    /// Where the layer's parameters begin in θ.
    pub offset: usize,
    /// Index of the layer in the network.
    pub layer: usize,
    /// Training or evaluation.
    pub mode: Mode,
}

/// Training or evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything is a fixed function of its input.
    Evaluation,
    /// What is random is drawn.
    Training {
        /// The key of this step: seed, first stream of the layers and, as `epoch`, the number of the step.
        key: Key,
        /// The place in the batch of the first sample of this shard.
        first: usize,
    },
}
