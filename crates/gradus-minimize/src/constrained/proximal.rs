//! Penalties that have kinks, known by their proximal maps.

use crate::core::counted::within;
use crate::error::MinimizeError;
use crate::projections::set::ConvexSet;
use gradus_numeric::norm1;

/// A convex function that need not be smooth, known by its value and its proximal map.
///
/// ```math
/// \operatorname{prox}_{t h}(x) = \arg\min_z h(z) + \frac{1}{2 t} \lVert z - x \rVert^2
/// ```
///
/// a compromise between a small $`h`$ and staying near $`x`$. For the indicator of a convex set it is the projection, so
/// every [`ConvexSet`] is a penalty.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`(x - z)^\top (w - z) \le t\,(h(w) - h(z))`$ for the proximal $`z`$ and every $`w`$ | `proximal_maps_obey_their_variational_inequality` |
///
/// # Examples
///
/// ```
/// use gradus_minimize::{L1Norm, Proximal};
///
/// let lasso = L1Norm::new(2.0)?;
/// assert_eq!(lasso.proximal(&[3.0, -0.5], 0.5), [2.0, 0.0]); // soft thresholding by 1
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
///
/// # References
///
/// N. Parikh and S. Boyd, *Proximal algorithms* (2014), §1.1.
pub trait Proximal {
    /// The value, where it is finite.
    fn value(&self, x: &[f64]) -> f64;

    /// The proximal map for a step of length `t`.
    fn proximal(&self, x: &[f64], t: f64) -> Vec<f64>;
}

impl<C: ConvexSet> Proximal for C {
    fn value(&self, _x: &[f64]) -> f64 {
        0.0
    }

    fn proximal(&self, x: &[f64], _t: f64) -> Vec<f64> {
        self.project(x)
    }
}

/// The penalty of the lasso, $`\lambda \lVert x \rVert_1`$.
///
/// ```math
/// \operatorname{prox}(x)_i = \operatorname{sign}(x_i) \max(\lvert x_i \rvert - t \lambda, 0)
/// ```
///
/// # Laws
///
/// As [`Proximal`].
///
/// # Errors
///
/// [`MinimizeError::Domain`] unless $`\lambda`$ is finite and at least 0.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{L1Norm, Proximal};
///
/// assert_eq!(L1Norm::new(0.5)?.value(&[1.0, -3.0]), 2.0);
/// assert!(L1Norm::new(-1.0).is_err());
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct L1Norm {
    lambda: f64,
}

impl L1Norm {
    /// The penalty with its weight.
    ///
    /// # Errors
    ///
    /// As [`L1Norm`] says.
    pub fn new(lambda: f64) -> Result<Self, MinimizeError> {
        let inside = lambda >= 0.0 && lambda.is_finite();
        within("lambda", lambda, inside, "finite and at least 0")?;
        Ok(Self { lambda })
    }
}

impl Proximal for L1Norm {
    fn value(&self, x: &[f64]) -> f64 {
        self.lambda * norm1(x)
    }

    fn proximal(&self, x: &[f64], t: f64) -> Vec<f64> {
        let by = t * self.lambda;
        x.iter()
            .map(|x| (x.abs() - by).max(0.0).copysign(*x))
            .collect()
    }
}
