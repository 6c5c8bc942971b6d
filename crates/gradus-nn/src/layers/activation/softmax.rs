//! Softmax inside of a network.

use crate::error::{Misfit, NnError};
use crate::onnx::Attribute;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use crate::sample_shape::SampleShape;
use gradus_autodiff::MatrixVar;
use gradus_linalg::Scalar;

/// Softmax of the numbers of a vector, as a layer: shares that sum to 1.
///
/// ```math
/// y_i = \frac{e^{x_i}}{\sum_j e^{x_j}}
/// ```
///
/// Inside of a network the shares are weights: a gate chooses among experts, a query among keys. At the end of a network
/// it does not belong: [`Output::Softmax`](crate::Output::Softmax) is applied to predictions alone, since the loss is taken
/// from logits, where it keeps its digits.
///
/// # Shapes
///
/// A vector, and one as long comes out.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the shares sum to 1, and a shift of the vector changes none | `softmax_inside_gives_shares` |
/// | before the identity as output it predicts what softmax as output predicts | `softmax_inside_is_softmax_as_output` |
///
/// # Errors
///
/// [`Misfit::NotAVector`] for a sequence or an image.
///
/// # Examples
///
/// ```
/// use gradus_nn::layers::softmax;
/// use gradus_nn::{Key, Network, Output};
///
/// let model = Network::<f64>::new(2, vec![softmax()], Output::Identity)?.initialize(Key::new(0))?;
/// let shares = model.predict_one(&[3.0_f64.ln(), 0.0])?;
/// assert!((shares[0] - 0.75).abs() < 1e-15); // 3 : 1
/// # Ok::<(), gradus_nn::NnError>(())
/// ```
///
/// # References
///
/// I. Goodfellow, Y. Bengio and A. Courville, *Deep Learning*, MIT Press 2016, §6.2.2.3.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Softmax;

impl<T: Scalar> Layer<T> for Softmax {
    fn kind(&self) -> &'static str {
        "softmax"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        match x.sample {
            SampleShape::Vector(_) => Ok(x.map(MatrixVar::softmax)),
            _ => Err(pass.misfit(x, Misfit::NotAVector)),
        }
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let numbers = [("axis", Attribute::Int(1))];
        let name = graph.node("Softmax", &[&x.name], &numbers);
        Ok(Value { name, ..x })
    }

    fn is_samplewise(&self) -> bool {
        true
    }
}
