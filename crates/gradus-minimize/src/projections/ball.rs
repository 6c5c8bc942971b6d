//! Balls of three norms.

use crate::core::counted::{all_finite, positive};
use crate::core::vector::{along, difference};
use crate::error::MinimizeError;
use crate::projections::set::{ConvexSet, LinearMinimum};
use crate::projections::simplex::onto_simplex;
use gradus_numeric::{norm_infinity, norm1, norm2};

/// A ball $`\{x : \lVert x - c \rVert_p \le r\}`$ of the norm 1, 2 or ∞.
///
/// ```math
/// \begin{aligned}
/// P_1(c + d) &= c + \operatorname{sign}(d) \cdot P_{\text{simplex}}(\lvert d \rvert), \\
/// P_2(c + d) &= c + d \, r / \lVert d \rVert_2, \\
/// P_\infty(c + d)_i &= c_i + \min(\max(d_i, -r), r)
/// \end{aligned}
/// ```
///
/// outside of the ball; a point inside is its own nearest point, to the bit. The diamond of the 1-norm has its corners
/// on the axes: projections onto it have many zeros, which is why the lasso selects.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\lVert P(x) - c \rVert \le r`$, within rounding | `projections_onto_balls_lie_inside` |
///
/// # Errors
///
/// [`MinimizeError::Domain`] unless the radius is positive and finite; [`MinimizeError::NonFinite`] for the center.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{Ball, ConvexSet};
///
/// let x = [3.0, 4.0];
/// let center = vec![0.0; 2];
/// assert_eq!(Ball::one(center.clone(), 1.0)?.project(&x), [0.0, 1.0]);
/// assert_eq!(Ball::two(center.clone(), 2.5)?.project(&x), [1.5, 2.0]);
/// assert_eq!(Ball::infinity(center, 3.5)?.project(&x), [3.0, 3.5]);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Ball {
    norm: Norm,
    center: Vec<f64>,
    radius: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Norm {
    One,
    Two,
    Infinity,
}

impl Ball {
    /// The diamond: the ball of the sum of absolute values.
    ///
    /// # Errors
    ///
    /// As [`Ball`] says.
    pub fn one(center: Vec<f64>, radius: f64) -> Result<Self, MinimizeError> {
        Self::of(Norm::One, center, radius)
    }

    /// The round ball: that of the Euclidean length.
    ///
    /// # Errors
    ///
    /// As [`Ball`] says.
    pub fn two(center: Vec<f64>, radius: f64) -> Result<Self, MinimizeError> {
        Self::of(Norm::Two, center, radius)
    }

    /// The cube: the ball of the largest absolute value.
    ///
    /// # Errors
    ///
    /// As [`Ball`] says.
    pub fn infinity(center: Vec<f64>, radius: f64) -> Result<Self, MinimizeError> {
        Self::of(Norm::Infinity, center, radius)
    }

    fn of(norm: Norm, center: Vec<f64>, radius: f64) -> Result<Self, MinimizeError> {
        all_finite("center", &center)?;
        let radius = positive("radius", radius)?;
        Ok(Self {
            norm,
            center,
            radius,
        })
    }

    fn length(&self, d: &[f64]) -> f64 {
        match self.norm {
            Norm::One => norm1(d),
            Norm::Two => norm2(d),
            Norm::Infinity => norm_infinity(d),
        }
    }
}

impl ConvexSet for Ball {
    fn project(&self, x: &[f64]) -> Vec<f64> {
        let (d, r) = (difference(x, &self.center), self.radius);
        let length = self.length(&d);
        if length <= r {
            return x.to_vec();
        }
        let nearest: Vec<f64> = match self.norm {
            Norm::One => {
                let sizes: Vec<f64> = d.iter().map(|d| d.abs()).collect();
                let sizes = onto_simplex(&sizes, r);
                std::iter::zip(sizes, d)
                    .map(|(s, d)| s.copysign(d))
                    .collect()
            }
            Norm::Two => d.iter().map(|d| d / length * r).collect(),
            Norm::Infinity => d.iter().map(|d| d.clamp(-r, r)).collect(),
        };
        along(&self.center, 1.0, &nearest)
    }
}

impl LinearMinimum for Ball {
    fn linear_minimum(&self, c: &[f64]) -> Vec<f64> {
        let r = self.radius;
        let d: Vec<f64> = match self.norm {
            Norm::One => corner(c, r),
            Norm::Two => {
                let length = norm2(c);
                let by = |c: &f64| if length > 0.0 { -c / length * r } else { 0.0 };
                c.iter().map(by).collect()
            }
            Norm::Infinity => c.iter().map(|c| -r.copysign(*c)).collect(),
        };
        along(&self.center, 1.0, &d)
    }
}

/// The corner of the diamond on the axis of the largest entry.
fn corner(c: &[f64], r: f64) -> Vec<f64> {
    let mut d = vec![0.0; c.len()];
    let most = (0..c.len()).reduce(|i, j| if c[j].abs() > c[i].abs() { j } else { i });
    if let Some(i) = most {
        d[i] = -r.copysign(c[i]);
    }
    d
}
