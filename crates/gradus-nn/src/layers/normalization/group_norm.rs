//! Group normalization.

use crate::error::{Misfit, NnError};
use crate::onnx::Attribute;
use crate::recording::Initializer;
use crate::recording::{Batch, Export, Layer, Pass, Value};
use gradus_autodiff::rules;
use gradus_linalg::Scalar;

/// Group normalization: each group of channels of each sample with mean 0 and variance 1, then scaled and shifted
/// channel by channel.
///
/// ```math
/// y_{ck} = \gamma_c \, \frac{x_{ck} - \mu_g}{\sqrt{v_g + \varepsilon}} + \beta_c
/// ```
///
/// with mean $`\mu_g`$ and variance $`v_g`$ over all places of the channels of the group $`g`$ of $`c`$. Nothing depends
/// on other samples, so it does what batch normalization does for batches of any size. As many groups as channels are
/// *instance* normalization.
///
/// # Shapes
///
/// Any sample, and the same comes out; `weight` ($`\gamma`$), `bias` ($`\beta`$): channels.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | each group has mean 0 and variance 1 | `group_norm_brings_each_group_to_mean_zero_and_variance_one` |
/// | one group of a vector is layer normalization, to the bit | `one_group_of_a_vector_is_layer_norm` |
///
/// # Errors
///
/// [`Misfit::Groups`] if the groups do not divide the channels.
///
/// # References
///
/// Y. Wu and K. He, *Group normalization*, ECCV 2018, <https://arxiv.org/abs/1803.08494>.
#[derive(Clone, Copy, Debug, PartialEq)]
#[doc(alias = "instance normalization")]
pub struct GroupNorm {
    /// Into how many groups the channels are cut.
    pub groups: usize,
    /// What is added to the variance.
    pub epsilon: f64,
}

impl<T: Scalar> Layer<T> for GroupNorm {
    fn kind(&self) -> &'static str {
        "group norm"
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let (channels, groups, epsilon) = (x.sample.channels(), self.groups, self.epsilon);
        if channels.checked_rem(groups) != Some(0) {
            let why = Misfit::Groups {
                channels,
                outputs: channels,
                groups,
            };
            return Err(pass.misfit(x, why));
        }
        let scales = pass.pair(
            ["weight", "bias"],
            channels,
            [Initializer::Ones, Initializer::Zeros],
        )?;
        let rule = pass.rule(|| rules::GroupNorm {
            channels,
            groups,
            epsilon,
        })?;
        let tape = pass.tape();
        Ok(x.map(|x| tape.apply(rule, [x, scales])))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let (gamma, beta) = (graph.tensor("weight")?, graph.tensor("bias")?);
        // Each group as one channel, normalized by itself, and then the scales of the channels.
        let groups = i64::try_from(self.groups).unwrap_or(i64::MAX);
        let grouped = graph.integers(&[0, groups, -1]);
        let (one, zero) = (
            graph.repeated(1.0, self.groups),
            graph.repeated(0.0, self.groups),
        );
        let shape = graph.node("Shape", &[&x.name], &[]);
        let parts = graph.node("Reshape", &[&x.name, &grouped], &[]);
        let epsilon = [("epsilon", Attribute::Float(self.epsilon))];
        let parts = graph.node("InstanceNormalization", &[&parts, &one, &zero], &epsilon);
        let whole = graph.node("Reshape", &[&parts, &shape], &[]);
        let (gamma, beta) = (
            graph.along_places(&gamma, &x),
            graph.along_places(&beta, &x),
        );
        let scaled = graph.node("Mul", &[&whole, &gamma], &[]);
        let name = graph.node("Add", &[&scaled, &beta], &[]);
        Ok(Value { name, ..x })
    }
}
