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
/// \ell(p, y) = 1 - \cos(p, y) = 1 - \frac{p^\top y}{\lVert p \rVert \lVert y \rVert}, \qquad
/// \frac{\partial \ell}{\partial p} = \frac{1}{\lVert p \rVert}
/// \Bigl( \cos(p, y)\, \frac{p}{\lVert p \rVert} - \frac{y}{\lVert y \rVert} \Bigr)
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
/// | gradient = differences | `the_cosine_gradient_is_the_derivative` |
///
/// # Numerics
///
/// Both vectors are scaled by their largest entry first, so squares neither overflow nor vanish. Directions within 1e-8 of each
/// other have a distance below the rounding of 1: it is the square that counts, and 0 is its right value to $`2^{-53}`$. A zero vector has no
/// direction: its cosine with anything is taken as 0, as scikit-learn and PyTorch take it, and its gradient is 0.
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
    /// The lengths of predictions and targets, and the cosines.
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
        let mut cosine = [0.0; LANES];
        for i in 0..rows {
            let (p, y) = (batch.prediction(i, at), batch.target(i, at));
            for lane in 0..LANES {
                cosine[lane] +=
                    part(p[lane].to_f64(), &prediction, lane) * part(y[lane], &target, lane);
            }
        }
        let cosine = cosine.map(|c| c.clamp(-1.0, 1.0)); // rounding may give a little more than 1; NaN stays NaN
        (cosine.map(|c| 1.0 - c), (prediction, target, cosine))
    }

    #[inline(always)]
    fn slopes<T: Float>(
        &self,
        batch: Batch<'_, T>,
        at: Block,
        i: usize,
        (prediction, target, cosine): &Self::Summary,
        _kept: &Lanes<T>,
    ) -> Lanes {
        let (p, mut slopes) = (batch.prediction(i, at), batch.target(i, at));
        for lane in 0..LANES {
            let p = part(p[lane].to_f64(), prediction, lane);
            let turn = cosine[lane] * p - part(slopes[lane], target, lane);
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
