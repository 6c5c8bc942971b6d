//! The largest pixel under a moving window.

use super::sight::Sight;
use crate::error::NnError;
use crate::recording::{Batch, Layer, Pass};
use gradus_autodiff::rules;
use gradus_linalg::Scalar;

/// The largest pixel under a moving window.
///
/// ```math
/// y_{c, i, j} = \max_{a, b}\; x_{c,\ s i + a - p,\ s j + b - p}
/// ```
///
/// A feature counts wherever in the window it is. Going back, the first pixel that has the maximum gets all.
///
/// # Shapes
///
/// Images, channels × height × width, become channels × $`\lfloor (n + 2p - k) / s \rfloor + 1`$ each way.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each pixel is the largest under its window | `the_largest_pixel_of_each_square_is_kept` |
///
/// # Errors
///
/// [`Misfit::NotAnImage`](crate::Misfit::NotAnImage), or [`Misfit::Window`](crate::Misfit::Window) if the window does
/// not fit.
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §9.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MaxPool {
    /// Height and width of the window.
    pub kernel: [usize; 2],
    /// How far the window moves.
    pub stride: [usize; 2],
    /// How far the window may stand over the edge; what lies outside is not looked at.
    pub padding: [usize; 2],
}

impl MaxPool {
    /// Squares of `size` pixels, side by side. What is left over at the right and below is not looked at.
    #[must_use]
    pub const fn squares(size: usize) -> Self {
        Self {
            kernel: [size; 2],
            stride: [size; 2],
            padding: [0; 2],
        }
    }
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
        let sight = Sight {
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
        };
        let (window, sample) = sight.over(x, pass, x.sample.channels())?;
        let rule = pass.rule(|| rules::MaxPool(window))?;
        Ok(x.with(sample, |x| x.apply(rule)))
    }
}
