//! What is left of the pixels under a moving window.

use super::sight::Sight;
use crate::error::NnError;
use crate::onnx::Attribute;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_autodiff::Rule;
use gradus_autodiff::rules::{AveragePool, MaxPool, Window};
use gradus_linalg::Scalar;
use std::sync::Arc;

/// What a pool keeps of the numbers that it sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// The largest. Going back, the first that has the maximum gets all.
    Max,
    /// The mean of those that lie inside of the image, as with `count_include_pad=False` of PyTorch.
    Average,
}

impl Pooling {
    /// The rule that looks through `window`.
    pub(super) fn rule<T: Scalar>(
        self,
        window: Window,
        pass: &mut Pass<'_, '_, T>,
    ) -> Result<Arc<dyn Rule<T>>, NnError> {
        match self {
            Self::Max => pass.rule(|| MaxPool(window)),
            Self::Average => pass.rule(|| AveragePool(window)),
        }
    }
}

/// What is left of the pixels under a moving window: the largest, or their mean.
///
/// ```math
/// y_{c, i, j} = \max_{a, b}\; x_{c,\ s i + a - p,\ s j + b - p} \qquad\text{or}\qquad
/// y_{c, i, j} = \frac{1}{m_{ij}} \sum_{a, b} x_{c,\ s i + a - p,\ s j + b - p}
/// ```
///
/// where $`m_{ij}`$ counts the pixels under the window that lie inside of the image. A feature counts wherever in the
/// window it is.
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
/// | each pixel is the mean under its window | `the_mean_of_each_square_is_kept` |
/// | the largest is at least the mean; rectifying before or after the maximum is the same | `pools_are_ordered_and_maxima_commute_with_rectifiers` |
///
/// # Errors
///
/// [`Misfit::NotAnImage`](crate::Misfit::NotAnImage), or [`Misfit::Window`](crate::Misfit::Window) if the window does
/// not fit.
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::{Layer, Pool, Pooling};
/// use gradus_nn::{Key, Network, Output, SampleShape};
///
/// let pairs = Pool { kernel: [1, 2], stride: [1, 1], ..Pool::squares(Pooling::Average, 2) };
/// let row = SampleShape::Image { channels: 1, height: 1, width: 3 };
/// let layers: Vec<Box<dyn Layer<f64>>> = vec![Box::new(pairs)];
/// let model = Network::new(row, layers, Output::Identity)?.initialize(Key::new(0))?;
/// assert_eq!(model.predict_one(&[1.0, 3.0, 8.0])?, [2.0, 5.5]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §9.3; means: Y. LeCun et al.,
/// *Gradient-based learning applied to document recognition*, Proc. IEEE 86 (1998), §II.B.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// What is kept.
    pub pooling: Pooling,
    /// Height and width of the window.
    pub kernel: [usize; 2],
    /// How far the window moves.
    pub stride: [usize; 2],
    /// How far the window may stand over the edge; what lies outside is not looked at.
    pub padding: [usize; 2],
}

impl Pool {
    /// Squares of `size` pixels, side by side. What is left over at the right and below is not looked at.
    #[must_use]
    pub const fn squares(pooling: Pooling, size: usize) -> Self {
        Self {
            pooling,
            kernel: [size; 2],
            stride: [size; 2],
            padding: [0; 2],
        }
    }
}

impl<T: Scalar> Layer<T> for Pool {
    fn kind(&self) -> &'static str {
        match self.pooling {
            Pooling::Max => "max pool",
            Pooling::Average => "average pool",
        }
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
            dilation: [1, 1],
        };
        let (window, sample) = sight.over(x, pass, x.sample.channels())?;
        let rule = self.pooling.rule(window, pass)?;
        Ok(x.with(sample, |x| x.apply(rule)))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let operation = match self.pooling {
            Pooling::Max => "MaxPool",
            Pooling::Average => "AveragePool", // what lies outside does not count, as here
        };
        let [above, left] = self.padding;
        let settings = [
            ("kernel_shape", Attribute::counts(&self.kernel)),
            ("strides", Attribute::counts(&self.stride)),
            ("pads", Attribute::counts(&[above, left, above, left])),
        ];
        let name = graph.node(operation, &[&x.name], &settings);
        Ok(Value { name, ..x })
    }
}
