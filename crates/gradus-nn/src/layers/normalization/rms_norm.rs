//! Normalization by the root mean square.

use crate::error::NnError;
use crate::onnx::Attribute;
use crate::recording::Initializer;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_autodiff::rules;
use gradus_linalg::Scalar;

/// RMS normalization: each place of each sample divided by its root mean square over the channels, then scaled channel
/// by channel.
///
/// ```math
/// y_c = \gamma_c \, \frac{x_c}{\sqrt{\langle x^2 \rangle + \varepsilon}}
/// ```
///
/// Layer normalization without its mean: one pass less, and as good in most networks.
///
/// # Shapes
///
/// Any sample, and the same comes out; `weight` ($`\gamma`$): channels.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each place has mean square 1 | `rms_norm_brings_each_place_to_mean_square_one` |
///
/// # References
///
/// B. Zhang and R. Sennrich, *Root mean square layer normalization*, `NeurIPS` 2019, (4),
/// <https://arxiv.org/abs/1910.07467>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RmsNorm {
    /// What is added to the mean square.
    pub epsilon: f64,
}

impl Default for RmsNorm {
    fn default() -> Self {
        Self { epsilon: 1e-5 }
    }
}

impl<T: Scalar> Layer<T> for RmsNorm {
    fn kind(&self) -> &'static str {
        "RMS norm"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let (channels, epsilon) = (x.sample.channels(), self.epsilon);
        let gamma = pass.parameter("weight", &[channels], Initializer::Ones)?;
        let rule = pass.rule(|| rules::RmsNorm { channels, epsilon })?;
        let tape = pass.tape();
        Ok(x.map(|x| tape.apply(rule, [x, gamma])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let gamma = graph.tensor("weight")?;
        let gamma = graph.along_places(&gamma, &x);
        let epsilon = graph.repeated(self.epsilon, 1);
        let square = graph.node("Mul", &[&x.name, &x.name], &[]);
        let channels = [("axes", Attribute::Ints(vec![1]))];
        let mean = graph.node("ReduceMean", &[&square], &channels);
        let sum = graph.node("Add", &[&mean, &epsilon], &[]);
        let root = graph.node("Sqrt", &[&sum], &[]);
        let divided = graph.node("Div", &[&x.name, &root], &[]);
        let name = graph.node("Mul", &[&divided, &gamma], &[]);
        Ok(Value { name, ..x })
    }
}
