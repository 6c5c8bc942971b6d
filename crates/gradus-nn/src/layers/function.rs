//! A layer that is a closure.

use super::{Batch, Layer, Pass};
use crate::error::NnError;
use gradus_linalg::Scalar;
use std::fmt;

/// A layer that is a closure: any graph of operations and other layers.
pub struct Function<F> {
    pub(super) kind: &'static str,
    pub(super) f: F,
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
