//! A layer that is a closure.

use crate::error::NnError;
use crate::recording::{Batch, Layer, Pass};
use gradus_linalg::Scalar;
use std::fmt;

/// A layer that is a closure: any graph of operations and other layers.
pub struct Function<F> {
    pub(in crate::layers) kind: &'static str,
    pub(in crate::layers) f: F,
}

impl<T: Scalar, F> Layer<T> for Function<F>
where
    F: for<'t> Fn(Batch<'t, T>, &mut Pass<'_, 't, T>) -> Result<Batch<'t, T>, NnError>
        + Send
        + Sync,
{
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        (self.f)(x, pass)
    }
}

impl<F> fmt::Debug for Function<F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Function({})", self.kind)
    }
}
