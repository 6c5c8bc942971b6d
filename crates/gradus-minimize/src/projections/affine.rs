//! Affine sets: the solutions of linear equations.

use crate::core::counted::of_length;
use crate::error::MinimizeError;
use crate::projections::set::ConvexSet;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{least_squares, svd};

/// The solutions of $`A x = b`$.
///
/// ```math
/// P(x) = x_0 + (I - V V^\top)(x - x_0)
/// ```
///
/// where $`x_0`$ is the shortest solution and the columns of $`V`$ are an orthonormal basis of the row space of $`A`$,
/// computed once by the singular value decomposition.
///
/// # Shapes
///
/// `a: m × n`, `b: m`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`A\,P(x) = b`$, within rounding | `projections_onto_affine_sets_solve_their_equations` |
///
/// # Errors
///
/// [`MinimizeError::Domain`] with the residual if the equations have no solution; [`MinimizeError::LengthMismatch`]; those of
/// the decompositions.
///
/// # Examples
///
/// ```
/// use gradus_minimize::{AffineSet, ConvexSet, nalgebra::{DMatrix, DVector}};
///
/// let sum = DMatrix::from_row_slice(1, 2, &[1.0, 1.0]);
/// let line = AffineSet::new(&sum, &DVector::from_element(1, 2.0))?; // x + y = 2
/// let nearest = line.project(&[3.0, 3.0]);
/// assert!((nearest[0] - 1.0).abs() < 1e-15 && (nearest[1] - 1.0).abs() < 1e-15);
/// # Ok::<(), gradus_minimize::MinimizeError>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct AffineSet {
    base: DVector<f64>,
    rows: DMatrix<f64>,
}

impl AffineSet {
    /// The set where the equations hold.
    ///
    /// # Errors
    ///
    /// As [`AffineSet`] says.
    pub fn new(a: &DMatrix<f64>, b: &DVector<f64>) -> Result<Self, MinimizeError> {
        of_length("b", b.len(), a.nrows())?;
        let base = least_squares(a, b)?.x;
        let residual = (a * &base - b).amax();
        // What rounding leaves of the residual of equations that have a solution.
        let n = a.nrows().max(a.ncols()) as f64;
        let allowed = 10.0 * n * f64::EPSILON * (a.amax() * base.amax() * n + b.amax());
        let solved = residual <= allowed;
        if !solved {
            return Err(MinimizeError::Domain {
                name: "the residual of the equations",
                value: residual,
                domain: "zero, within rounding",
            });
        }
        let svd = svd(a)?;
        let rows = svd.v.columns(0, svd.rank()).into_owned();
        Ok(Self { base, rows })
    }
}

impl ConvexSet for AffineSet {
    fn project(&self, x: &[f64]) -> Vec<f64> {
        let d = DVector::from_row_slice(x) - &self.base;
        let inside = &d - &self.rows * self.rows.tr_mul(&d);
        (&self.base + inside).as_slice().to_vec()
    }
}
