//! The largest pixel under a window.

use super::convolution::window;
use crate::error::NnError;
use crate::recording::{Batch, Layer, Pass};
use gradus_autodiff::rules;
use gradus_linalg::Scalar;

/// The largest pixel under a square window that moves by its own size.
///
/// ```math
/// y_{c, i, j} = \max_{0 \le a, b < k} x_{c,\ k i + a,\ k j + b}
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxPool {
    /// Height and width of the window.
    pub size: usize,
}

impl<T: Scalar> Layer<T> for MaxPool {
    fn kind(&self) -> &'static str {
        "max pool"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let (size, channels) = ([self.size; 2], x.sample.channels());
        let (window, sample) = window(x, pass, size, size, [0, 0], channels)?;
        let rule = pass.rule(|| rules::MaxPool(window))?;
        Ok(x.with(sample, |x| x.apply(rule)))
    }
}
