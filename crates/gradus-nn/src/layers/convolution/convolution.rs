//! Convolution of images.

use super::sight::Sight;
use crate::error::{Misfit, NnError};
use crate::onnx::Attribute;
use crate::recording::Initializer;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_autodiff::rules::Convolve;
use gradus_linalg::Scalar;

/// A convolution of images: the same weighted sum under a window, wherever the window stands.
///
/// ```math
/// z_{o, i, j} = \sum_{c, a, b} w_{o, c, a, b}\; x_{c,\ s i + d a - p,\ s j + d b - p} + b_o
/// ```
///
/// with stride $`s`$, padding $`p`$ and dilation $`d`$. A dense layer of every patch; as in all libraries, it is a correlation: the window
/// is not mirrored. Weights of a true convolution are turned by [`turned_windows`](super::turned_windows).
///
/// # Shapes
///
/// `weight: outputs × (channels / groups) × height × width`, `bias: outputs` if there are biases, as PyTorch stores them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is its definition, with any stride and padding | `a_convolution_is_its_definition` |
/// | a dilated window is a larger one with zeros between | `a_dilated_window_is_a_larger_one_with_zeros` |
/// | groups are convolutions side by side | `groups_are_convolutions_side_by_side` |
/// | without biases it is a layer whose biases are and stay 0 | `layers_without_biases_have_biases_of_zero` |
///
/// # Errors
///
/// [`Misfit::NotAnImage`], [`Misfit::Window`] if the window does not fit, [`Misfit::Groups`] if the groups do not divide.
///
/// # Examples
///
/// The difference of neighboring pixels marks edges:
///
/// ```
/// use gradus_nn::layers::{Convolution, Layer};
/// use gradus_nn::{Initializer, Key, Network, Output, SampleShape};
///
/// let edges: Box<dyn Layer<f64>> = Box::new(Convolution {
///     outputs: 1,
///     kernel: [1, 2],
///     stride: [1, 1],
///     padding: [0, 0],
///     dilation: [1, 1],
///     groups: 1,
///     weights: Initializer::Zeros,
///     bias: false,
/// });
/// let image = SampleShape::Image { channels: 1, height: 2, width: 3 };
/// let mut model = Network::new(image, vec![edges], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![-1.0, 1.0])?;
/// let bright = [0.0, 0.0, 9.0, 0.0, 9.0, 9.0]; // two rows of three
/// assert_eq!(model.predict_one(&bright)?, [0.0, 9.0, 9.0, 0.0]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// Y. LeCun et al., *Gradient-based learning applied to document recognition*, Proc. IEEE 86 (1998).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Convolution {
    /// How many images it makes.
    pub outputs: usize,
    /// Height and width of the window.
    pub kernel: [usize; 2],
    /// How far the window moves.
    pub stride: [usize; 2],
    /// How far the window may stand over the edge, where there are zeros.
    pub padding: [usize; 2],
    /// How far apart the pixels are that the window looks at; 1 for neighbors.
    pub dilation: [usize; 2],
    /// Into how many groups channels and outputs are cut: an output looks at the channels of its group only. With as
    /// many groups as channels, the convolution is *depthwise*.
    pub groups: usize,
    /// How the weights start; biases start at zero.
    pub weights: Initializer,
    /// Whether there are biases. Before a normalization, which has shifts of its own, they do nothing.
    pub bias: bool,
}

impl Convolution {
    /// A convolution to `outputs` images with a square window of `size` pixels, which keeps the size of the images if
    /// `size` is odd: stride 1, padding `size / 2`, one group, Glorot's uniform weights, biases.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_nn::layers::Convolution;
    ///
    /// let halving = Convolution { stride: [2, 2], ..Convolution::same(16, 3) };
    /// assert_eq!((halving.kernel, halving.padding), ([3, 3], [1, 1]));
    /// ```
    #[must_use]
    pub fn same(outputs: usize, size: usize) -> Self {
        Self {
            outputs,
            kernel: [size; 2],
            stride: [1; 2],
            padding: [size / 2; 2],
            dilation: [1; 2],
            groups: 1,
            weights: Initializer::default(),
            bias: true,
        }
    }
}

impl<T: Scalar> Layer<T> for Convolution {
    fn kind(&self) -> &'static str {
        "convolution"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let (outputs, groups) = (self.outputs, self.groups);
        let sight = Sight {
            kernel: self.kernel,
            stride: self.stride,
            padding: self.padding,
            dilation: self.dilation,
        };
        let (window, sample) = sight.over(x, pass, outputs)?;
        let channels = window.channels;
        let (Some(0), Some(0)) = (channels.checked_rem(groups), outputs.checked_rem(groups)) else {
            let why = Misfit::Groups {
                channels,
                outputs,
                groups,
            };
            return Err(pass.misfit(x, why));
        };
        let [height, width] = self.kernel;
        let dimensions = [outputs, channels / groups, height, width];
        let w = pass.parameter("weight", &dimensions, self.weights)?;
        let b = pass.bias(outputs, self.bias)?;
        let convolve = pass.rule(|| Convolve { window, groups })?;
        let tape = pass.tape();
        Ok(x.with(sample, |x| tape.apply(convolve, [w, x, b])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let [above, left] = self.padding;
        let settings = [
            ("kernel_shape", Attribute::counts(&self.kernel)),
            ("strides", Attribute::counts(&self.stride)),
            ("pads", Attribute::counts(&[above, left, above, left])),
            ("dilations", Attribute::counts(&self.dilation)),
            ("group", Attribute::count(self.groups)),
        ];
        let name = graph.weighted_sums("Conv", &x.name, self.bias, &settings)?;
        Ok(Value { name, ..x })
    }
}
