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
/// What is left over at the right and below, if the size does not divide, is not looked at. Going back, the first
/// pixel that has the maximum gets all.
///
/// # Shapes
///
/// Images, channels × height × width, become channels × $`\lfloor h / k \rfloor`$ × $`\lfloor w / k \rfloor`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each pixel is the largest of its square | `the_largest_pixel_of_each_square_is_kept` |
///
/// # Errors
///
/// [`Misfit::NotAnImage`](crate::Misfit::NotAnImage), or [`Misfit::Window`](crate::Misfit::Window) if no square fits.
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §9.3.
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
