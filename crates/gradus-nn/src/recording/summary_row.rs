//! What a network is told about a layer.

use crate::sample_shape::SampleShape;

/// A line of a [`Summary`](crate::Summary).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// What kind of layer it is.
    pub kind: &'static str,
    /// What a sample is that it makes.
    pub outputs: SampleShape,
    /// How many parameters it has; those that it shares with a layer before count there.
    pub parameters: usize,
    /// How many multiplications with an addition a sample takes.
    pub multiply_adds: u64,
    /// Whether it has parameters and all of them are frozen.
    pub frozen: bool,
    /// Which parameters it uses.
    pub(crate) own: Vec<usize>,
}
