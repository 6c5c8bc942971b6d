//! Half-spaces.

use crate::core::counted::{all_finite, positive, within};
use crate::core::vector::{along, dot};
use crate::error::MinimizeError;
use crate::projections::set::ConvexSet;
use gradus_numeric::norm2;

/// A half-space $`\{x : a^\top x \le b\}`$.
///
/// ```math
/// P(x) = x - \frac{\max(a^\top x - b, 0)}{\lVert a \rVert^2}\, a
/// ```
///
/// # Laws
///
/// As [`ConvexSet`].
///
/// # Numerics
///
/// The normal is divided by its length once, so that no square can overflow.
///
/// # Errors
///
/// [`MinimizeError::NonFinite`]; [`MinimizeError::Domain`] for $`a = 0`$, or a length that is no finite number.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{ConvexSet, HalfSpace};
///
/// let below = HalfSpace::new(&[0.0, 2.0], 2.0)?; // y ≤ 1
/// assert_eq!(below.project(&[5.0, 3.0]), [5.0, 1.0]);
/// assert_eq!(below.project(&[5.0, -3.0]), [5.0, -3.0]);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct HalfSpace {
    normal: Vec<f64>,
    offset: f64,
}

impl HalfSpace {
    /// The half-space below a hyperplane.
    ///
    /// # Errors
    ///
    /// As [`HalfSpace`] says.
    pub fn new(a: &[f64], b: f64) -> Result<Self, MinimizeError> {
        all_finite("a", a)?;
        let length = positive("the length of a", norm2(a))?;
        let offset = b / length;
        within("b", b, offset.is_finite(), "finite, also relative to a")?;
        Ok(Self {
            normal: a.iter().map(|a| a / length).collect(),
            offset,
        })
    }
}

impl ConvexSet for HalfSpace {
    fn project(&self, x: &[f64]) -> Vec<f64> {
        let beyond = (dot(&self.normal, x) - self.offset).max(0.0);
        along(x, -beyond, &self.normal)
    }
}
