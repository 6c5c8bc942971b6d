//! The interface of layers.

use super::{Batch, Export, Pass, Value};
use crate::error::NnError;
use gradus_linalg::Scalar;
use std::fmt::Debug;

/// A layer: a function of a batch, written down once.
///
/// A layer holds settings, never parameters. It asks the [`Pass`] for what it needs, by name and shape, and
/// records its equation. A network records itself once, on a batch of no samples, to learn the names, the
/// shapes and what does not fit; every later pass asks in the same order and gets windows of θ.
///
/// # Examples
///
/// A layer of one's own, $`y = a \circ x`$:
///
/// ```
/// use gradus_nn::layers::{Batch, Layer, Pass};
/// use gradus_nn::{Initializer, Network, NnError, Output};
///
/// #[derive(Debug)]
/// struct Gain;
/// impl Layer<f64> for Gain {
///     fn kind(&self) -> &'static str {
///         "gain"
///     }
///     fn forward<'t>(
///         &self,
///         x: Batch<'t, f64>,
///         pass: &mut Pass<'_, 't, f64>,
///     ) -> Result<Batch<'t, f64>, NnError> {
///         let a = pass.parameter("gain", &[1], Initializer::Ones)?;
///         Ok(x.map(|x| a * x))
///     }
/// }
/// let network = Network::new(1, vec![Box::new(Gain)], Output::Identity)?;
/// assert_eq!(network.layout().window("0.gain"), Some(0..1));
/// # Ok::<(), NnError>(())
/// ```
pub trait Layer<T: Scalar>: Debug + Send + Sync {
    /// What kind of layer it is, in lower case.
    fn kind(&self) -> &'static str;

    /// Records what the layer computes.
    ///
    /// # Errors
    ///
    /// [`NnError::Layer`] if it cannot take such samples; only when the network is made.
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError>;

    /// Writes what the layer computes in evaluation to an ONNX graph; unless said otherwise it cannot.
    ///
    /// # Errors
    ///
    /// [`NnError::NotExportable`] if there is no counterpart.
    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let _ = x;
        Err(graph.refuse())
    }

    /// Whether it keeps samples apart: in all that it records, column $`j`$ belongs to sample $`j`$ and depends on that
    /// sample alone, whatever else is in the batch.
    ///
    /// [`PrivateTraining`](crate::PrivateTraining) takes a batch at once only where every layer promises that; of others it
    /// takes one sample at a time. Unless a layer says so, it promises nothing. (A mask that is drawn for the place in the batch
    /// depends on how many samples come before.) A layer that cuts samples into parts and gives each a column of its own, say to
    /// a dense layer inside of it, must not promise it: lengths of gradients are told by the columns of dense layers. Columns that
    /// are more or fewer than samples are an error there, [`NnError::ColumnCount`]; columns in another order cannot be noticed.
    fn is_samplewise(&self) -> bool {
        false
    }
}
