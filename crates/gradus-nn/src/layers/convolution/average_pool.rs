//! The mean of the pixels under a moving window.

use super::sight::Sight;
use crate::error::NnError;
use crate::recording::{Batch, Layer, Pass};
use gradus_autodiff::rules;
use gradus_linalg::Scalar;

/// The mean of the pixels under a moving window.
///
/// ```math
/// y_{c, i, j} = \frac{1}{m_{ij}} \sum_{a, b} x_{c,\ s i + a - p,\ s j + b - p}
/// ```
///
/// where $`m_{ij}`$ counts the pixels under the window that lie inside of the image, as with
/// `count_include_pad=False` of PyTorch.
///
/// # Shapes
///
/// Images, channels × height × width, become channels × $`\lfloor (n + 2p - k) / s \rfloor + 1`$ each way.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each pixel is the mean under its window | `the_mean_of_each_square_is_kept` |
///
/// # Errors
///
/// [`Misfit::NotAnImage`](crate::Misfit::NotAnImage), or [`Misfit::Window`](crate::Misfit::Window) if the window does
/// not fit.
///
/// # References
///
/// Y. LeCun et al., *Gradient-based learning applied to document recognition*, Proc. IEEE 86 (1998), §II.B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AveragePool {
    /// Height and width of the window.
    pub kernel: [usize; 2],
    /// How far the window moves.
    pub stride: [usize; 2],
    /// How far the window may stand over the edge; what lies outside is not looked at.
    pub padding: [usize; 2],
}

impl AveragePool {
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

impl<T: Scalar> Layer<T> for AveragePool {
    fn kind(&self) -> &'static str {
        "average pool"
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
        let rule = pass.rule(|| rules::AveragePool(window))?;
        Ok(x.with(sample, |x| x.apply(rule)))
    }
}
