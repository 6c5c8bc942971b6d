//! A network at a glance.

use super::Network;
use crate::recording::SummaryRow;
use crate::sample_shape::SampleShape;
use gradus_linalg::Scalar;
use std::fmt;

/// A table of the layers: what each is, how many numbers it makes, how many parameters it has.
///
/// # Examples
///
/// ```
/// use gradus_nn::{Network, Output, Summary, layers::{dense, relu}};
///
/// let network = Network::<f32>::new(2, vec![dense(3), relu(), dense(1)], Output::Sigmoid)?;
/// let summary = Summary::of(&network);
/// assert_eq!(summary.parameters, 2 * 3 + 3 + 3 * 1 + 1);
/// assert!(summary.to_string().contains("dense"));
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What a sample is that the network takes.
    pub inputs: SampleShape,
    /// The layers, first to last, and the output activation.
    pub rows: Vec<SummaryRow>,
    /// How many parameters the network has.
    pub parameters: usize,
}

impl Summary {
    /// The summary of a network.
    #[must_use]
    pub fn of<T: Scalar>(network: &Network<T>) -> Self {
        let mut rows = network.declaration().rows.clone();
        let (kind, outputs) = (network.output().name(), network.output_shape());
        rows.push(SummaryRow {
            kind,
            outputs,
            parameters: 0,
        });
        Self {
            inputs: network.input_shape(),
            rows,
            parameters: network.layout().len(),
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>5}  {:<11} {:>14} {:>12}",
            "layer", "kind", "outputs", "parameters"
        )?;
        writeln!(
            f,
            "{:>5}  {:<11} {:>14} {:>12}",
            "",
            "input",
            self.inputs.to_string(),
            ""
        )?;
        for (i, row) in self.rows.iter().enumerate() {
            let last = i + 1 == self.rows.len();
            let index = if last { String::new() } else { i.to_string() };
            writeln!(
                f,
                "{index:>5}  {:<11} {:>14} {:>12}",
                row.kind,
                row.outputs.to_string(),
                row.parameters
            )?;
        }
        write!(
            f,
            "{:>5}  {:<11} {:>14} {:>12}",
            "", "total", "", self.parameters
        )
    }
}
