//! The matrix of all partial derivatives.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Tape, Var};
use gradus_linalg::nalgebra::DMatrix;
use std::iter::zip;

/// The Jacobian of a function with several results, one reverse sweep per row.
///
/// ```math
/// J_{ij} = \frac{\partial f_i}{\partial x_j}(x)
/// ```
///
/// # Shapes
///
/// `x: n`, `f(x): m`, the Jacobian: m × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | column by column, forward mode gives the same | `forward_mode_equals_reverse_mode` |
///
/// # Errors
///
/// As [`gradient`](crate::gradient()).
///
/// # Examples
///
/// Polar coordinates:
///
/// ```
/// use gradus_autodiff::jacobian;
/// use gradus_autodiff::nalgebra::DMatrix;
/// use gradus_autodiff::Real;
///
/// let j = jacobian(|x| vec![x[0] * x[1].cos(), x[0] * x[1].sin()], &[2.0, 0.0])?;
/// assert_eq!(j, DMatrix::from_row_slice(2, 2, &[1.0, 0.0, 0.0, 2.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
pub fn jacobian<T, F>(f: F, x: &[T]) -> Result<DMatrix<T>, AutodiffError>
where
    T: Element,
    F: for<'t> FnOnce(&[Var<'t, T>]) -> Vec<Var<'t, T>>,
{
    let tape = Tape::new(x);
    let y = f(&tape.variables());
    let mut transposed = DMatrix::from_element(x.len(), y.len(), T::from_f64(0.0));
    for (&y, row) in zip(
        &y,
        transposed.as_mut_slice().chunks_exact_mut(x.len().max(1)),
    ) {
        tape.pull_back(y, row)?;
    }
    tape.check()?;
    Ok(transposed.transpose())
}
