//! What a network needs: written down once, followed in every recording.

use super::initializer::Initializer;
use super::summary_row::SummaryRow;
use gradus_autodiff::Rule;
use gradus_linalg::Scalar;
use gradus_optim::{Entry, Layout};
use std::iter::zip;
use std::sync::Arc;

/// Everything that the layers asked for, and in which order.
#[derive(Debug)]
pub(crate) struct Declaration<T: Scalar> {
    pub(crate) layout: Layout,
    /// As many as the layout has entries.
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) buffer_layout: Layout,
    /// The number that each buffer starts with.
    pub(crate) buffers: Vec<f64>,
    pub(crate) rules: Vec<Arc<dyn Rule<T>>>,
    /// How many random streams there are.
    pub(crate) streams: u64,
    pub(crate) requests: Vec<Request>,
    /// The parameters of dense layers, once for each layer that uses them.
    pub(crate) dense: Vec<usize>,
    /// The layers of the network, first to last.
    pub(crate) rows: Vec<SummaryRow>,
}

/// A parameter: its dimensions in a file, how it starts, and whether it stays as it is.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) dimensions: Vec<usize>,
    pub(crate) initializer: Initializer,
    pub(crate) frozen: bool,
}

/// What a layer asked for; the numbers are places in the lists of the [`Declaration`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Request {
    /// Parameters side by side, from this one on.
    Parameters(usize),
    /// Buffers side by side, from this one on.
    Buffers(usize),
    /// A rule.
    Rule(usize),
    /// A random stream.
    Stream(u64),
    /// A layer begins.
    Layer(LayerRequest),
    /// The innermost layer ends.
    End,
}

/// A layer within a network.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct LayerRequest {
    /// Its name within the layer around it, if that is a number.
    pub(crate) number: Option<usize>,
    /// All names from the outermost to its own, each with a dot behind it.
    pub(crate) path: String,
    pub(crate) kind: &'static str,
    /// Which parameters it and the layers within it use.
    pub(crate) parameters: Vec<usize>,
    /// Whether it has parameters and all of them are frozen.
    pub(crate) frozen: bool,
}

impl<T: Scalar> Default for Declaration<T> {
    fn default() -> Self {
        Self {
            layout: Layout::new(),
            parameters: vec![],
            buffer_layout: Layout::new(),
            buffers: vec![],
            rules: vec![],
            streams: 0,
            requests: vec![],
            dense: vec![],
            rows: vec![],
        }
    }
}

impl<T: Scalar> Declaration<T> {
    /// The parameters by name, each with its place in θ.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (&Entry, &Parameter)> {
        zip(self.layout.entries(), &self.parameters)
    }

    /// Freezes the parameters with such names and frees the others.
    pub(crate) fn freeze(&mut self, which: impl Fn(&str) -> bool) {
        for (entry, parameter) in zip(self.layout.entries(), &mut self.parameters) {
            parameter.frozen = which(&entry.name);
        }
        for request in &mut self.requests {
            if let Request::Layer(layer) = request {
                let frozen = |&p: &usize| self.parameters.get(p).is_some_and(|p| p.frozen);
                layer.frozen = !layer.parameters.is_empty() && layer.parameters.iter().all(frozen);
            }
        }
        for row in &mut self.rows {
            let of_row = |p: &usize| self.parameters.get(*p).is_some_and(|p| p.frozen);
            row.frozen = !row.own.is_empty() && row.own.iter().all(of_row);
        }
    }
}
