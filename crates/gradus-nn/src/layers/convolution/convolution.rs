//! Convolution of images.

use crate::error::{Misfit, NnError};
use crate::recording::Initializer;
use crate::recording::{Batch, Layer, Pass};
use crate::sample_shape::SampleShape;
use gradus_autodiff::rules::{Convolve, Patches, Window};
use gradus_linalg::Scalar;

/// A convolution of images: the same weighted sum under a window, wherever the window stands.
///
/// ```math
/// z_{o, i, j} = \sum_{c, a, b} w_{o, c, a, b}\; x_{c,\ s i + a - p,\ s j + b - p} + b_o
/// ```
///
/// A dense layer of every patch; as in all libraries, it is a correlation: the window is not mirrored.
///
/// # Shapes
///
/// `weight: outputs × channels × kernel × kernel`, `bias: outputs`, as PyTorch stores them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is its definition, with any stride and padding | `a_convolution_is_its_definition` |
///
/// # Errors
///
/// [`Misfit::NotAnImage`], or [`Misfit::Window`] if the window does not fit.
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
///     weights: Initializer::Zeros,
/// });
/// let image = SampleShape::Image { channels: 1, height: 2, width: 3 };
/// let mut model = Network::new(image, vec![edges], Output::Identity)?.initialize(Key::new(0))?;
/// model.set_theta(vec![-1.0, 1.0, 0.0])?; // weight (−1, 1), bias 0
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
    /// How the weights start; biases start at zero.
    pub weights: Initializer,
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
        let (kernel, outputs) = (self.kernel, self.outputs);
        let (window, sample) = window(x, pass, kernel, self.stride, self.padding, outputs)?;
        let dimensions = [outputs, window.channels, kernel[0], kernel[1]];
        let w = pass.parameter("weight", &dimensions, self.weights)?;
        let b = pass.parameter("bias", &[outputs], Initializer::Zeros)?;
        let patches = pass.rule(|| Patches(window))?;
        let convolve = pass.rule(|| Convolve {
            pixels: sample.places(),
            groups: 1,
        })?;
        let tape = pass.tape();
        Ok(x.with(sample, |x| tape.apply(convolve, [w, x.apply(patches), b])))
    }
}

/// The window over the images `x`, and the shape of `outputs` images that it makes of them.
pub(super) fn window<'t, T: Scalar>(
    x: Batch<'t, T>,
    pass: &Pass<'_, 't, T>,
    kernel: [usize; 2],
    stride: [usize; 2],
    padding: [usize; 2],
    outputs: usize,
) -> Result<(Window, SampleShape), NnError> {
    let SampleShape::Image {
        channels,
        height,
        width,
    } = x.sample
    else {
        return Err(pass.misfit(x, Misfit::NotAnImage));
    };
    let window = Window {
        channels,
        image: [height, width],
        kernel,
        stride,
        padding,
    };
    match window.output() {
        Some([height, width]) if outputs > 0 => Ok((
            window,
            SampleShape::Image {
                channels: outputs,
                height,
                width,
            },
        )),
        _ => Err(pass.misfit(
            x,
            Misfit::Window {
                kernel,
                stride,
                padding,
            },
        )),
    }
}
