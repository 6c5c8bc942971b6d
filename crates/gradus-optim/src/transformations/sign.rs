//! The sign of the gradient.

use crate::core::entrywise::{At, Entrywise};
use crate::core::transformation::Reach;
use gradus_numeric::Float;

/// Takes the sign of every entry.
///
/// ```math
/// u = \operatorname{sign}(g), \qquad \operatorname{sign}(0) = 0
/// ```
///
/// Every parameter moves by the same length: signSGD, the steepest descent in the norm $`\lVert \cdot \rVert_\infty`$. One bit a
/// parameter suffices to send a gradient. After [`Trace`](crate::Trace) it is Signum; [`ScaleByLion`](crate::ScaleByLion)
/// looks ahead as well.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lvert u \rvert`$ is 0 or 1, to the bit | `signs_are_signs` |
///
/// # Examples
///
/// ```
/// use gradus_optim::{Gradient, Layout, ScaleBySign, Shape, descend};
///
/// let mut layout = Layout::new();
/// layout.push("w", Shape::new(3, 1))?;
/// let optimizer = descend(ScaleBySign, 0.25)?;
/// let mut theta = [0.0; 3];
/// let mut state = optimizer.init(&layout, &theta)?;
/// optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&[1e-6, 0.0, -1e6]]))?;
/// assert_eq!(theta, [-0.25, 0.0, 0.25]);
/// # Ok::<(), gradus_optim::OptimError>(())
/// ```
///
/// # References
///
/// J. Bernstein et al., *signSGD: compressed optimisation for non-convex problems* (2018), algorithm 1,
/// <https://arxiv.org/abs/1802.04434>.
#[doc(alias = "signSGD")]
#[doc(alias = "Signum")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScaleBySign;

impl<T: Float> Entrywise<T> for ScaleBySign {
    #[inline(always)]
    fn entry(&self, _at: At<'_>) -> impl Fn(T, T, &mut [T]) -> T + Copy + use<T> {
        #[inline(always)]
        |g: T, _theta: T, _state: &mut [T]| sign(g)
    }

    fn bound(&self, _reach: Reach, _numbers: &[f64]) -> f64 {
        1.0
    }
}

/// $`-1`$, 0 or 1.
#[inline(always)]
pub(crate) fn sign<T: Float>(x: T) -> T {
    let (zero, one) = (T::default(), T::from_f64(1.0));
    let up = if x > zero { one } else { zero };
    let down = if x < zero { one } else { zero };
    up - down
}
