//! A rectifier with a slope that is learned.

use crate::error::NnError;
use crate::recording::{Batch, Export, Initializer, Layer, Pass, Value};
use gradus_autodiff::rules::Scale;
use gradus_linalg::Scalar;

/// The parametric rectifier: a slope for negative numbers that is learned, one for the whole layer.
///
/// ```math
/// y = \max(x, 0) - a \max(-x, 0), \qquad \frac{\partial y}{\partial a} = \min(x, 0)
/// ```
///
/// # Shapes
///
/// Any sample, and the same comes out; `weight` ($`a`$): 1, as PyTorch stores it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | with slope $`a`$ it is the leaky rectifier of that slope | `prelu_is_the_leaky_rectifier_of_its_slope` |
///
/// # References
///
/// K. He et al., *Delving deep into rectifiers*, ICCV 2015, (1), <https://arxiv.org/abs/1502.01852>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prelu {
    /// The slope that training begins with. Default ¼, as in the paper.
    pub slope: f64,
}

impl Default for Prelu {
    fn default() -> Self {
        Self { slope: 0.25 }
    }
}

impl<T: Scalar> Layer<T> for Prelu {
    fn kind(&self) -> &'static str {
        "Prelu"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let a = pass.parameter("weight", &[1], Initializer::Constant(self.slope))?;
        let tape = pass.tape();
        Ok(x.map(|x| x.relu() - tape.apply(&Scale, [(-x).relu(), a])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let slope = graph.tensor("weight")?;
        let name = graph.node("PRelu", &[&x.name, &slope], &[]);
        Ok(Value { name, ..x })
    }
}
