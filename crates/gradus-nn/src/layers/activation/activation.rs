//! Activations: one function, entry by entry.

use crate::error::NnError;
use gradus_linalg::Scalar;
use crate::recording::{Batch, Layer, Pass};
use gradus_autodiff::MatrixVar;

/// The activation $`\max(x, 0)`$, entry by entry; its slope at 0 is 0.
///
/// # References
///
/// V. Nair and G. E. Hinton, *Rectified linear units improve restricted Boltzmann machines*, ICML 2010.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Relu;

impl<T: Scalar> Layer<T> for Relu {
    fn kind(&self) -> &'static str {
        "relu"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        _: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        Ok(x.map(MatrixVar::relu))
    }
}

/// The activation $`1 / (1 + e^{-x})`$, entry by entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sigmoid;

impl<T: Scalar> Layer<T> for Sigmoid {
    fn kind(&self) -> &'static str {
        "sigmoid"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        _: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        Ok(x.map(MatrixVar::sigmoid))
    }
}

/// The activation $`\tanh x`$, entry by entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tanh;

impl<T: Scalar> Layer<T> for Tanh {
    fn kind(&self) -> &'static str {
        "tanh"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        _: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        Ok(x.map(MatrixVar::tanh))
    }
}
