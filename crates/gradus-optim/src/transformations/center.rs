//! Centralized gradients.

use crate::core::transformation::{Grain, Part, Reach, Transformation};
use crate::error::OptimError;
use gradus_numeric::Float;

/// Takes its mean off every row of a matrix's gradient: what flows into one unit sums to zero.
///
/// ```math
/// u_{ij} = g_{ij} - \frac1n \sum_{k=1}^n g_{ik}
/// ```
///
/// The weights of a unit then keep their sum, so one direction in $`n`$ is left out of the search; it smooths training
/// a little. Tensors of one column, such as biases, pass unchanged. A convolution's kernel is a matrix whose rows are its
/// filters.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | rows sum to 0; twice is once | `centered_gradients_sum_to_zero` |
///
/// # Numerics
///
/// The sum of a row is in double precision.
///
/// # Examples
///
/// ```
/// use gradus_optim::{CenterGradients, Gradient, Layout, Link, ScaleByLearningRate, Shape, chain};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(1, 2))?;
/// let optimizer = chain(vec![Link::coarse(CenterGradients), Link::new(ScaleByLearningRate::new(1.0))])?;
/// let mut theta = [0.0, 0.0];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1.0, 4.0]]))?;
/// assert_eq!(theta, [1.5, -1.5]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// H. Yong et al., *Gradient centralization: a new optimization technique for deep neural networks* (2020),
/// equation 1, <https://arxiv.org/abs/2004.01461>.
#[doc(alias = "gradient centralization")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CenterGradients;

impl<T: Float> Transformation<T> for CenterGradients {
    fn check(&self) -> Result<(), OptimError> {
        Ok(())
    }

    fn grain(&self) -> Grain {
        Grain::Tensor
    }

    fn apply(&self, part: Part<'_, T>) {
        let columns = part.tensor.shape.columns;
        if columns > 1 {
            for row in part.update.chunks_mut(columns) {
                let sum: f64 = row.iter().map(|g| g.to_f64()).sum();
                let mean = T::from_f64(sum / columns as f64);
                for g in row {
                    *g = *g - mean;
                }
            }
        }
    }

    /// A mean is at most the largest entry.
    fn bound(&self, reach: Reach, _numbers: &[f64]) -> f64 {
        2.0 * reach.g
    }
}
