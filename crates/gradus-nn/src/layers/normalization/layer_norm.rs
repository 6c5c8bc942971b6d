//! Layer normalization.

use crate::error::NnError;
use crate::onnx::Attribute;
use crate::recording::Initializer;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_autodiff::rules;
use gradus_linalg::Scalar;

/// Layer normalization: each place of each sample with mean 0 and variance 1 over its channels, then scaled and
/// shifted channel by channel.
///
/// ```math
/// y_c = \gamma_c \, \frac{x_c - \mu}{\sqrt{v + \varepsilon}} + \beta_c
/// ```
///
/// with mean $`\mu`$ and variance $`v`$ of the channels of one place of one sample: nothing depends on other samples,
/// and training and evaluation are the same.
///
/// # Shapes
///
/// Any sample, and the same comes out; `weight` ($`\gamma`$), `bias` ($`\beta`$): channels.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each place has mean 0 and variance 1 | `layer_norm_brings_each_place_to_mean_zero_and_variance_one` |
///
/// # References
///
/// J. L. Ba, J. R. Kiros and G. E. Hinton, *Layer normalization* (2016), <https://arxiv.org/abs/1607.06450>.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LayerNorm {
    /// What is added to the variance.
    pub epsilon: f64,
}

impl Default for LayerNorm {
    fn default() -> Self {
        Self { epsilon: 1e-5 }
    }
}

impl<T: Scalar> Layer<T> for LayerNorm {
    fn kind(&self) -> &'static str {
        "layer norm"
    }
    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let (channels, epsilon) = (x.sample.channels(), self.epsilon);
        let scales = pass.pair(
            ["weight", "bias"],
            channels,
            [Initializer::Ones, Initializer::Zeros],
        )?;
        let rule = pass.rule(|| rules::LayerNorm { channels, epsilon })?;
        let tape = pass.tape();
        Ok(x.map(|x| tape.apply(rule, [x, scales])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let (gamma, beta) = (graph.tensor("weight")?, graph.tensor("bias")?);
        // The format normalizes over what comes last: channels are brought there and back.
        let last: &[i64] = [&[0, 1][..], &[0, 2, 1], &[0, 2, 3, 1]][x.places.min(2)]; // one of three
        let back: &[i64] = [&[0, 1][..], &[0, 2, 1], &[0, 3, 1, 2]][x.places.min(2)];
        let order = |order: &[i64]| [("perm", Attribute::Ints(order.to_vec()))];
        let moved = graph.node("Transpose", &[&x.name], &order(last));
        let settings = [
            ("axis", Attribute::Int(-1)),
            ("epsilon", Attribute::Float(self.epsilon)),
        ];
        let y = graph.node("LayerNormalization", &[&moved, &gamma, &beta], &settings);
        let name = graph.node("Transpose", &[&y], &order(back));
        Ok(Value { name, ..x })
    }
}
