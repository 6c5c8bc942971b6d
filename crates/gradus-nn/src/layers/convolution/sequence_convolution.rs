//! Convolution of sequences.

use crate::error::{Misfit, NnError};
use crate::onnx::Attribute;
use crate::recording::{Batch, Export, Initializer, Layer, Pass, Value};
use crate::sample_shape::SampleShape;
use gradus_autodiff::rules::{Convolve, Window};
use gradus_linalg::Scalar;

/// A convolution of sequences: the same weighted sum of neighboring steps, wherever they stand.
///
/// ```math
/// z_{o, i} = \sum_{c, a} w_{o, c, a}\; x_{c,\ s i + d a - p} + b_o
/// ```
///
/// As in all libraries, it is a correlation: the window is not mirrored. It is the
/// [`Convolution`](super::Convolution) of images of one row.
///
/// # Shapes
///
/// Sequences, features × steps, become sequences, outputs × $`(\lfloor (n + 2p - d(k - 1) - 1) / s \rfloor + 1)`$;
/// `weight: outputs × features × kernel`, `bias: outputs` if there are biases, as PyTorch stores them.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the convolution of images of one row | `sequences_are_images_of_one_row` |
/// | without biases it is a layer whose biases are and stay 0 | `layers_without_biases_have_biases_of_zero` |
/// | with a mirrored window, over the ends too, it multiplies polynomials, and so commutes and associates | `full_convolution_is_the_product_of_polynomials` |
///
/// # Errors
///
/// [`Misfit::NotASequence`], or [`Misfit::Window`] if the window does not fit.
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §9.1, (9.3).
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "Conv1d")]
pub struct SequenceConvolution {
    /// How many features the result has.
    pub outputs: usize,
    /// Steps of the window.
    pub kernel: usize,
    /// How far the window moves.
    pub stride: usize,
    /// How far the window may stand over the ends, where there are zeros.
    pub padding: usize,
    /// How far apart the steps are that the window looks at; 1 for neighbors.
    pub dilation: usize,
    /// How the weights start; biases start at zero.
    pub weights: Initializer,
    /// Whether there are biases.
    pub bias: bool,
}

impl<T: Scalar> Layer<T> for SequenceConvolution {
    fn kind(&self) -> &'static str {
        "convolution"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let SampleShape::Sequence { features, steps } = x.sample else {
            return Err(pass.misfit(x, Misfit::NotASequence));
        };
        let window = Window {
            channels: features,
            image: [1, steps],
            kernel: [1, self.kernel],
            stride: [1, self.stride],
            padding: [0, self.padding],
            dilation: [1, self.dilation],
        };
        let (outputs, Some([_, steps])) = (self.outputs, window.output()) else {
            let Window {
                kernel,
                stride,
                padding,
                dilation,
                ..
            } = window;
            let why = Misfit::Window {
                kernel,
                stride,
                padding,
                dilation,
            };
            return Err(pass.misfit(x, why));
        };
        if outputs == 0 || features == 0 {
            return Err(pass.misfit(x, Misfit::Empty));
        }
        let w = pass.parameter("weight", &[outputs, features, self.kernel], self.weights)?;
        let b = pass.bias(outputs, self.bias)?;
        let convolve = pass.rule(|| Convolve { window, groups: 1 })?;
        let sample = SampleShape::Sequence {
            features: outputs,
            steps,
        };
        let tape = pass.tape();
        Ok(x.with(sample, |x| tape.apply(convolve, [w, x, b])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let settings = [
            ("kernel_shape", Attribute::counts(&[self.kernel])),
            ("strides", Attribute::counts(&[self.stride])),
            ("pads", Attribute::counts(&[self.padding, self.padding])),
            ("dilations", Attribute::counts(&[self.dilation])),
        ];
        let name = graph.weighted_sums("Conv", &x.name, self.bias, &settings)?;
        Ok(Value { name, ..x })
    }
}
