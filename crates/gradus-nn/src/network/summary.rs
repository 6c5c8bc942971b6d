//! A network at a glance.

use super::Network;
use crate::recording::SummaryRow;
use crate::sample_shape::SampleShape;
use gradus_linalg::Scalar;
use std::fmt;

/// A table of the layers: what each makes of a sample, its parameters, and its work.
///
/// Work is counted in multiplications with an addition, of the matrix products of one sample going forward.
///
/// # Examples
///
/// ```
/// use gradus_nn::{Network, Output, Summary, layers::{dense, relu}};
///
/// let network = Network::<f32>::new(2, vec![dense(3), relu(), dense(1)], Output::Sigmoid)?;
/// let summary = Summary::of(&network);
/// assert_eq!(summary.parameters, 2 * 3 + 3 + 3 * 1 + 1);
/// assert_eq!(summary.multiply_adds(), 2 * 3 + 3 * 1);
/// assert!(summary.to_string().contains("dense"));
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What a sample is that the network takes.
    pub inputs: SampleShape,
    /// The layers, first to last.
    pub rows: Vec<SummaryRow>,
    /// The output activation.
    pub output: &'static str,
    /// How many parameters the network has.
    pub parameters: usize,
    /// How many of them are frozen.
    pub frozen: usize,
}

impl Summary {
    /// The summary of a network.
    #[must_use]
    pub fn of<T: Scalar>(network: &Network<T>) -> Self {
        let declaration = network.declaration();
        let frozen = declaration.entries().filter(|(_, p)| p.frozen);
        Self {
            inputs: network.input_shape(),
            rows: declaration.rows.clone(),
            output: network.output().name(),
            parameters: network.layout().len(),
            frozen: frozen.map(|(entry, _)| entry.window().len()).sum(),
        }
    }

    /// How many multiplications with an addition a sample takes.
    #[must_use]
    pub fn multiply_adds(&self) -> u64 {
        self.rows.iter().map(|row| row.multiply_adds).sum()
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |cells: [&str; 5], end: &str| {
            let [index, kind, shape, parameters, work] = cells;
            write!(
                f,
                "{index:>5}  {kind:<13} {shape:>14} {parameters:>12} {work:>14}{end}"
            )
        };
        line(
            ["layer", "kind", "outputs", "parameters", "multiply-adds"],
            "\n",
        )?;
        line(["", "input", &self.inputs.to_string(), "", ""], "\n")?;
        let mut outputs = self.inputs;
        for (i, row) in self.rows.iter().enumerate() {
            let end = if row.frozen { "  frozen\n" } else { "\n" };
            let [i, shape] = [i.to_string(), row.outputs.to_string()];
            let [parameters, work] = [row.parameters.to_string(), row.multiply_adds.to_string()];
            line([&i, row.kind, &shape, &parameters, &work], end)?;
            outputs = row.outputs;
        }
        line(["", self.output, &outputs.to_string(), "", ""], "\n")?;
        let frozen = match self.frozen {
            0 => String::new(),
            n => format!("  {n} frozen"),
        };
        let [parameters, work] = [
            self.parameters.to_string(),
            self.multiply_adds().to_string(),
        ];
        line(["", "total", "", &parameters, &work], &frozen)
    }
}
