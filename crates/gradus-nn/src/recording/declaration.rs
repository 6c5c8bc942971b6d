//! What a network needs: written down once, followed in every pass.

use super::initializer::Initializer;
use super::summary_row::SummaryRow;
use gradus_autodiff::Rule;
use gradus_linalg::Scalar;
use gradus_optim::Layout;
use std::sync::Arc;

/// Parameters, buffers and rules in the order in which the layers ask for them.
#[derive(Debug)]
pub(crate) struct Declaration<T: Scalar> {
    pub(crate) layout: Layout,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) buffer_layout: Layout,
    pub(crate) buffers: Vec<Buffer>,
    pub(crate) rules: Vec<Arc<dyn Rule<T>>>,
    /// The layers of the network, first to last.
    pub(crate) rows: Vec<SummaryRow>,
}

impl<T: Scalar> Default for Declaration<T> {
    fn default() -> Self {
        Self {
            layout: Layout::new(),
            parameters: vec![],
            buffer_layout: Layout::new(),
            buffers: vec![],
            rules: vec![],
            rows: vec![],
        }
    }
}

/// A parameter: its dimensions in a file, and how it starts.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Parameter {
    pub(crate) dimensions: Vec<usize>,
    pub(crate) initializer: Initializer,
}

/// A buffer: the number that all of it starts with.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Buffer {
    pub(crate) initial: f64,
}
