//! One number of each channel.

use super::Pooling;
use crate::error::{Misfit, NnError};
use crate::recording::{Batch, Export, Layer, Pass, Value};
use crate::sample_shape::SampleShape;
use gradus_autodiff::rules::Window;
use gradus_linalg::Scalar;

/// One number of each channel: the mean of all of its places, or the largest.
///
/// ```math
/// y_c = \frac{1}{m} \sum_{k} x_{ck} \qquad\text{or}\qquad y_c = \max_k x_{ck}
/// ```
///
/// What comes out does not depend on how many places there are: a dense layer behind it takes images of any size, and
/// has few weights.
///
/// # Shapes
///
/// Images or sequences with `m` places become vectors, one number a channel.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is the mean, or the largest, of all places | `global_pools_reduce_each_channel` |
///
/// # Errors
///
/// [`Misfit::NoPlaces`] for vectors, which have no places.
///
/// # References
///
/// M. Lin, Q. Chen and S. Yan, *Network in network*, ICLR 2014, §3.2, <https://arxiv.org/abs/1312.4400>.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GlobalPool(
    /// What is kept.
    pub Pooling,
);

impl<T: Scalar> Layer<T> for GlobalPool {
    fn kind(&self) -> &'static str {
        match self.0 {
            Pooling::Average => "global average",
            Pooling::Max => "global max",
        }
    }

    fn forward<'t>(
        &self,
        x: Batch<'t, T>,
        pass: &mut Pass<'_, 't, T>,
    ) -> Result<Batch<'t, T>, NnError> {
        let (channels, image) = match x.sample {
            SampleShape::Vector(_) => return Err(pass.misfit(x, Misfit::NoPlaces)),
            SampleShape::Sequence { features, steps } => (features, [1, steps]),
            SampleShape::Image {
                channels,
                height,
                width,
            } => (channels, [height, width]),
        };
        let window = Window::whole(channels, image);
        let rule = self.0.rule(window, pass)?;
        Ok(x.with(SampleShape::Vector(channels), |x| x.apply(rule)))
    }

    fn export(&self, x: Value, graph: &mut Export<'_, T>) -> Result<Value, NnError> {
        let operation = match self.0 {
            Pooling::Max => "GlobalMaxPool",
            Pooling::Average => "GlobalAveragePool",
        };
        let pooled = graph.node(operation, &[&x.name], &[]);
        let (name, places) = (graph.node("Flatten", &[&pooled], &[]), 0);
        Ok(Value { name, places })
    }
}
