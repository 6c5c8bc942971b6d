//! The dense layer.

use super::{Layer, Parameter, Pass};
use crate::error::NnError;
use crate::initializer::Initializer;
use crate::number::Number;
use gradus_autodiff::MatrixVar;
use gradus_numeric::Shape;

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
/// `b: units × 1` (`bias`), `Z: units × samples`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`W = I`$, $`b = 0`$ is the identity | `dense_with_identity_weights_is_the_identity` |
/// | two linear layers compose to the product | `linear_layers_compose_to_the_product` |
/// | a sample alone and in a batch agree within rounding | `a_sample_alone_is_a_sample_in_a_batch` |
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
}

impl<T: Number> Layer<T> for Dense {
    fn kind(&self) -> &'static str {
        "dense"
    }

    fn outputs(&self, layer: usize, inputs: usize) -> Result<usize, NnError> {
        if self.units > 0 && inputs > 0 && self.units.checked_mul(inputs).is_some() {
            return Ok(self.units);
        }
        Err(NnError::LayerSize {
            layer,
            kind: "dense",
            units: self.units,
            inputs,
        })
    }

    fn parameters(&self, inputs: usize) -> Vec<Parameter> {
        let weight = Parameter {
            name: "weight",
            shape: Shape::new(self.units, inputs),
            initializer: self.weights,
        };
        let bias = Parameter {
            name: "bias",
            shape: Shape::new(self.units, 1),
            initializer: Initializer::Zeros,
        };
        vec![weight, bias]
    }

    fn forward<'t>(&self, x: MatrixVar<'t, T>, pass: &Pass<'t, T>) -> MatrixVar<'t, T> {
        let weight = Shape::new(self.units, x.shape().rows);
        let w = pass.tape.parameter(pass.offset, weight);
        let b = pass.tape.parameter(
            pass.offset + weight.rows * weight.columns,
            Shape::new(self.units, 1),
        );
        x.affine(w, b)
    }
}
