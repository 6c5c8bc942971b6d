//! The matrix of all second derivatives.

use super::hessian_vector_product::hessian_vector_product;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::forward::Dual;
use crate::reverse::Var;
use gradus_linalg::nalgebra::DMatrix;

/// The Hessian, column by column.
///
/// ```math
/// H_{ij} = \frac{\partial^2 f}{\partial x_i\,\partial x_j}(x)
/// ```
///
/// Costs `n` gradients; large problems ask for [`hessian_vector_product`] instead.
///
/// # Shapes
///
/// `x: n`, the Hessian: n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric (Schwarz, Clairaut) | `hessians_are_symmetric` |
///
/// # Errors
///
/// As [`gradient`](crate::gradient()).
///
/// # Examples
///
/// ```
/// use gradus_autodiff::hessian;
/// use gradus_autodiff::nalgebra::DMatrix;
/// use gradus_autodiff::Real;
///
/// let h = hessian(|x| x[0].powi(2) * x[1], &[2.0, 3.0])?;
/// assert_eq!(h, DMatrix::from_row_slice(2, 2, &[6.0, 4.0, 4.0, 0.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
pub fn hessian<T, F>(f: F, x: &[T]) -> Result<DMatrix<T>, AutodiffError>
where
    T: Element,
    F: for<'t> Fn(&[Var<'t, Dual<T>>]) -> Var<'t, Dual<T>>,
{
    let zero = T::from_f64(0.0);
    let mut hessian = DMatrix::from_element(x.len(), x.len(), zero);
    let mut direction = vec![zero; x.len()];
    for (j, column) in hessian
        .as_mut_slice()
        .chunks_exact_mut(x.len().max(1))
        .enumerate()
    {
        direction[j] = T::from_f64(1.0); // the matrix has as many columns as the direction has entries
        column.copy_from_slice(&hessian_vector_product(&f, x, &direction)?);
        direction[j] = zero;
    }
    Ok(hessian)
}
