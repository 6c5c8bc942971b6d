//! The dense layer.

use crate::error::{Misfit, NnError};
use crate::onnx::Attribute;
use crate::recording::Initializer;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use crate::sample_shape::SampleShape;
use gradus_linalg::Scalar;

/// A dense (fully connected, linear) layer.
///
/// ```math
/// Z = W X + b \mathbf{1}^\top
/// ```
///
/// Every output is a weighted sum of all inputs, plus a bias of its own.
///
/// # Shapes
///
/// `X: inputs × samples`, `W: units × inputs` (`weight`, rows contiguous, as PyTorch stores it),
/// `b: units × 1` (`bias`, if there is one), `Z: units × samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`W = I`$, $`b = 0`$ is the identity | `dense_with_identity_weights_is_the_identity` |
/// | two linear layers compose to the product | `linear_layers_compose_to_the_product` |
/// | a sample alone and in a batch agree within rounding | `a_sample_alone_is_a_sample_in_a_batch` |
/// | without biases it is a layer whose biases are and stay 0 | `layers_without_biases_have_biases_of_zero` |
///
/// # Examples
///
/// A normalization has a shift of its own, so the biases of the layer before it do nothing:
///
/// ```
/// use gradus_nn::layers::{Dense, Layer, batch_norm};
/// use gradus_nn::{Network, Output};
///
/// let sums: Box<dyn Layer<f32>> = Box::new(Dense { bias: false, ..Dense::new(3) });
/// let network = Network::new(2, vec![sums, batch_norm()], Output::Identity)?;
/// let names: Vec<_> = network.layout().entries().iter().map(|entry| &*entry.name).collect();
/// assert_eq!(names, ["0.weight", "1.weight", "1.bias"]);
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §6.1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dense {
    /// How many outputs.
    pub units: usize,
    /// How the weights start; biases start at zero.
    pub weights: Initializer,
    /// Whether there are biases.
    pub bias: bool,
}

impl Dense {
    /// A layer of `units` outputs with Glorot's uniform weights, and biases.
    #[must_use]
    pub fn new(units: usize) -> Self {
        Self {
            units,
            weights: Initializer::default(),
            bias: true,
        }
    }
}

impl<T: Scalar> Layer<T> for Dense {
    fn kind(&self) -> &'static str {
        "dense"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let SampleShape::Vector(inputs) = x.sample else {
            return Err(pass.misfit(x, Misfit::NotAVector));
        };
        if self.units == 0 || inputs == 0 {
            return Err(pass.misfit(x, Misfit::Empty));
        }
        let w = pass.parameter("weight", &[self.units, inputs], self.weights)?;
        let b = pass.bias(self.units, self.bias)?;
        if self.bias {
            pass.note_dense();
        }
        Ok(x.with(SampleShape::Vector(self.units), |x| x.affine(w, b)))
    }

    fn is_samplewise(&self) -> bool {
        true
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let transposed = [("transB", Attribute::Int(1))];
        let name = graph.weighted_sums("Gemm", &x.name, self.bias, &transposed)?;
        Ok(Value { name, ..x })
    }
}
