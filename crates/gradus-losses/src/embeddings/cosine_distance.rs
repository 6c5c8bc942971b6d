//! The angle between a predicted and a true direction.

use crate::error::{Domain, LossError};
use crate::kernel::check;
use crate::kernel::columnwise::{Batch, Columnwise};
use crate::kernel::lanes::{Block, LANES, Lanes};
use crate::kernel::target::Weights;
use gradus_numeric::Float;

/// One minus the cosine of the angle between prediction and target: lengths do not count.
///
/// ```math
/// \ell(p, y) = 1 - \cos(p, y) = 1 - \hat p^\top \hat y = \tfrac12 \lVert \hat p - \hat y \rVert^2, \qquad
/// \frac{\partial \ell}{\partial p} = \frac{(\hat p - \hat y) - \ell\, \hat p}{\lVert p \rVert}, \qquad \hat v = \frac{v}{\lVert v \rVert}
/// ```
///
/// where $`p`$ is the predicted embedding of one sample and $`y`$ the one it should point to. 0 for the same direction, 1 for a
/// right angle, 2 for opposite ones. The gradient stands at a right angle to $`p`$: a step turns $`p`$ and never shortens it.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`0 \le \ell \le 2`$; positive factors change nothing | `the_cosine_distance_looks_at_directions_only` |
/// | the gradient stands at a right angle to the prediction | `the_cosine_gradient_turns` |
/// | $`\ell = \tfrac12 t^2 - \dots`$ for a small angle $`t`$, to the last digits | `small_angles_are_measured_exactly` |
/// | gradient = differences | `the_cosine_gradient_is_the_derivative` |
///
/// # Numerics
///
/// Half of the squared distance is exact for small angles, where $`1 - \cos`$ would cancel. Vectors are scaled by their largest
/// entry first, so squares neither overflow nor vanish; only the gradient of a prediction shorter than 1e-308 is too large for a
/// number. A zero vector has no direction: its cosine with anything is taken as 0, as scikit-learn and PyTorch take it, so its
/// loss is 1 and its gradient 0.
///
/// # Errors
///
/// [`LossError::LabelsForValues`], [`LossError::TargetShape`]; [`LossError::TargetOutsideDomain`] for a target that is not finite.
///
/// # Examples
///
/// ```
/// use gradus_losses::{CosineDistance, Loss, MatrixRef, Target, Weights};
///
/// let (p, y) = ([3.0, 4.0], [0.0, 2.0]); // cosine ⅘
/// let target = Target::Values(MatrixRef::from_column(&y));
/// let value: f64 = CosineDistance.value(MatrixRef::from_column(&p), target, Weights::Equal, 1.0)?;
/// assert!((value - 0.2).abs() < 1e-15);
/// # Ok::<(), gradus_losses::LossError>(())
/// ```
///
/// # References
///
/// C. Manning, P. Raghavan and H. Schütze, *Introduction to Information Retrieval* (2008), equation 6.10.
#[doc(alias = "cosine similarity")]
#[doc(alias = "cosine embedding loss")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct CosineDistance;

/// Vectors as $`s \hat v`$ with the largest entry $`s`$, 1 for a zero vector: $`s`$ and $`\lVert \hat v \rVert`$.
type Lengths = [Lanes; 2];

impl Columnwise for CosineDistance {
    /// The lengths of predictions and targets, and the losses.
    type Summary = (Lengths, Lengths, Lanes);

    fn check<T: Float>(
        &self,
        batch: Batch<'_, T>,
        weights: Weights<'_, T>,
    ) -> Result<(), LossError> {
        check::targets(batch, weights, Domain::Finite)
    }

    #[inline(always)]
    fn losses<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        _keep: impl FnMut(usize, &Lanes<T>),
    ) -> (Lanes, Self::Summary) {
        let rows = batch.prediction.rows();
        let prediction = lengths(rows, |i| batch.prediction(i, at).map(T::to_f64));
        let target = lengths(rows, |i| batch.target(i, at));
        let mut losses = [0.0; LANES];
        for i in 0..rows {
            let (p, y) = (batch.prediction(i, at), batch.target(i, at));
            for lane in 0..LANES {
                let p = part(p[lane].to_f64(), &prediction, lane);
                let difference = p - part(y[lane], &target, lane);
                losses[lane] += 0.5 * difference * difference;
            }
        }
        for lane in 0..LANES {
            if !has_direction(&prediction, lane) || !has_direction(&target, lane) {
                losses[lane] = 1.0; // cosine 0 by convention
            }
        }
        (losses, (prediction, target, losses))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (prediction, target, losses): &Self::Summary,
        _kept: &Lanes<T>,
    ) -> Lanes {
        let (p, mut slopes) = (batch.prediction(i, at), batch.target(i, at));
        for lane in 0..LANES {
            let (p, y) = (p[lane].to_f64(), slopes[lane]);
            let (p, y) = (part(p, prediction, lane), part(y, target, lane));
            let turn = (p - y) - losses[lane] * p;
            // in this order, since the length may overflow
            slopes[lane] = part(turn, prediction, lane);
        }
        slopes
    }
}

/// $`v / \lVert v \rVert`$ for an entry of a vector, and 0 for a zero vector, which has no direction.
#[inline(always)]
fn part(v: f64, [scale, norm]: &Lengths, lane: usize) -> f64 {
    if norm[lane] == 0.0 {
        0.0
    } else {
        v / scale[lane] / norm[lane]
    }
}

/// Whether a vector is not zero.
#[inline(always)]
fn has_direction([_, norm]: &Lengths, lane: usize) -> bool {
    norm[lane] != 0.0
}

/// The lengths of sixteen vectors.
#[inline(always)]
fn lengths(rows: usize, row: impl Fn(usize) -> Lanes) -> Lengths {
    let (mut scale, mut squares) = ([0.0; LANES], [0.0; LANES]);
    for i in 0..rows {
        for (scale, v) in scale.iter_mut().zip(row(i)) {
            *scale = if *scale >= v.abs() { *scale } else { v.abs() }; // NaN takes the place
        }
    }
    let scale = scale.map(|s| if s == 0.0 { 1.0 } else { s });
    for i in 0..rows {
        for (square, (v, scale)) in squares.iter_mut().zip(row(i).into_iter().zip(scale)) {
            *square += (v / scale) * (v / scale);
        }
    }
    [scale, squares.map(f64::sqrt)]
}
