//! What a network is told about a layer.

use crate::sample_shape::SampleShape;

/// A line of a summary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SummaryRow {
    /// What kind of layer it is.
    pub kind: &'static str,
    /// What a sample is that it makes.
    pub outputs: SampleShape,
    /// How many parameters it has.
    pub parameters: usize,
}
