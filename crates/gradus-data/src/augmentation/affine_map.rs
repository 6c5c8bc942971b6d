//! Affine maps of the plane of an image.

use crate::error::DataError;

/// An affine map of the plane of an image, about its center.
///
/// ```math
/// \begin{pmatrix} u \\ v \end{pmatrix} \mapsto
/// \begin{pmatrix} a & b \\ c & d \end{pmatrix} \begin{pmatrix} u \\ v \end{pmatrix} + \begin{pmatrix} s \\ t \end{pmatrix}
/// ```
///
/// where a point lies $`u`$ rows below and $`v`$ columns right of the center. The map tells where the content of a
/// point goes. Maps are composed by [`then`](Self::then), so that an image that is turned, scaled and shifted is
/// resampled once and loses sharpness once.
///
/// # Laws
///
/// | law | test |
/// |-----|------|
/// | $`(g \circ f)(p) = g(f(p))`$ | `maps_compose` |
/// | $`f^{-1}(f(p)) = p`$ | `an_inverse_undoes_its_map` |
/// | rotations keep distances, and their angles add up | `rotations_add_up` |
///
/// # Examples
///
/// ```
/// use gradus_data::AffineMap;
/// use std::f64::consts::FRAC_PI_2;
///
/// // A quarter turn counterclockwise: what was right of the center (row 0, column 1) is above it (row -1).
/// let [row, column] = AffineMap::rotation(FRAC_PI_2).apply([0.0, 1.0]);
/// assert!((row + 1.0).abs() < 1e-15 && column.abs() < 1e-15);
///
/// let larger_and_lower = AffineMap::scaling(2.0, 2.0).then(AffineMap::shift(3.0, 0.0));
/// assert_eq!(larger_and_lower.apply([1.0, 1.0]), [5.0, 2.0]);
/// ```
///
/// # References
///
/// R. C. Gonzalez and R. E. Woods, *Digital Image Processing*, 4th ed. (2018), section 2.6, table 2.3.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AffineMap {
    /// $`a, b`$ and $`c, d`$, a row each.
    pub matrix: [[f64; 2]; 2],
    /// $`s`$ rows down and $`t`$ columns to the right.
    pub shift: [f64; 2],
}

impl AffineMap {
    /// The map that moves nothing.
    pub const IDENTITY: Self = Self {
        matrix: [[1.0, 0.0], [0.0, 1.0]],
        shift: [0.0, 0.0],
    };

    /// Left and right exchanged, as in a mirror.
    pub const MIRROR: Self = Self {
        matrix: [[1.0, 0.0], [0.0, -1.0]],
        shift: [0.0, 0.0],
    };

    /// `rows` down and `columns` to the right.
    #[must_use]
    pub const fn shift(rows: f64, columns: f64) -> Self {
        let shift = [rows, columns];
        Self {
            shift,
            ..Self::IDENTITY
        }
    }

    /// Counterclockwise by an angle in radians, as one looks at the picture.
    ///
    /// Rows are counted downwards, so $`u = -y`$ and $`v = x`$ in the coordinates of geometry.
    #[must_use]
    pub fn rotation(angle: f64) -> Self {
        let (sin, cos) = angle.sin_cos();
        Self::linear([[cos, -sin], [sin, cos]])
    }

    /// Larger by one factor along the columns and by another along the rows of pixels.
    #[must_use]
    pub const fn scaling(rows: f64, columns: f64) -> Self {
        Self::linear([[rows, 0.0], [0.0, columns]])
    }

    /// Slanted: a point $`u`$ rows above the center goes `slope` $`\cdot\, u`$ columns to the right.
    #[must_use]
    pub const fn shear(slope: f64) -> Self {
        Self::linear([[1.0, 0.0], [-slope, 1.0]])
    }

    const fn linear(matrix: [[f64; 2]; 2]) -> Self {
        Self {
            matrix,
            shift: [0.0, 0.0],
        }
    }

    /// Where a point goes.
    #[must_use]
    pub fn apply(&self, [u, v]: [f64; 2]) -> [f64; 2] {
        let [[a, b], [c, d]] = self.matrix;
        let [s, t] = self.shift;
        [a * u + b * v + s, c * u + d * v + t]
    }

    /// First this map, then the other: $`g \circ f`$.
    #[must_use]
    pub fn then(self, other: Self) -> Self {
        let [[a, b], [c, d]] = self.matrix;
        let [[e, f], [g, h]] = other.matrix;
        Self {
            matrix: [
                [e * a + f * c, e * b + f * d],
                [g * a + h * c, g * b + h * d],
            ],
            shift: other.apply(self.shift),
        }
    }

    /// The map that undoes this one.
    ///
    /// # Errors
    ///
    /// [`DataError::InvalidParameter`] if the determinant is 0, not finite, or has no finite reciprocal: the map folds
    /// the plane to a line.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_data::AffineMap;
    ///
    /// let back = AffineMap::scaling(2.0, 4.0).then(AffineMap::shift(1.0, 1.0)).inverse()?;
    /// assert_eq!(back.apply([3.0, 5.0]), [1.0, 1.0]);
    /// assert!(AffineMap::scaling(0.0, 1.0).inverse().is_err());
    /// # Ok::<(), gradus_data::DataError>(())
    /// ```
    pub fn inverse(&self) -> Result<Self, DataError> {
        let [[a, b], [c, d]] = self.matrix;
        let determinant = a * d - b * c;
        if !(determinant.abs() >= f64::MIN_POSITIVE && determinant.is_finite()) {
            return Err(DataError::InvalidParameter {
                name: "the determinant of an affine map",
                value: determinant,
            });
        }
        let part = |x: f64| x / determinant;
        let inverse = Self::linear([[part(d), part(-b)], [part(-c), part(a)]]);
        let [s, t] = self.shift;
        Ok(Self {
            shift: inverse.apply([-s, -t]),
            ..inverse
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slanted_letter_leans_to_the_right() {
        // The top of an upright stroke, two rows above the center.
        assert_eq!(AffineMap::shear(0.5).apply([-2.0, 0.0]), [-2.0, 1.0]);
        assert_eq!(AffineMap::MIRROR.apply([3.0, 4.0]), [3.0, -4.0]);
    }

    #[test]
    fn what_folds_the_plane_has_no_inverse() {
        let flat = AffineMap::scaling(1.0, 0.0);
        let name = "the determinant of an affine map";
        let value = 0.0;
        assert_eq!(
            flat.inverse(),
            Err(DataError::InvalidParameter { name, value })
        );
        assert!(AffineMap::scaling(f64::NAN, 1.0).inverse().is_err());
        assert!(AffineMap::scaling(1e200, 1e200).inverse().is_err());
    }
}
