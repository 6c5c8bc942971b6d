//! The derivative of the gradient along a direction.

use super::gradient::gradient;
use super::line::line;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::forward::Dual;
use crate::reverse::Var;

/// The Hessian times a vector, without the Hessian: the derivative of the gradient along `v`.
///
/// ```math
/// \nabla^2 f(x)\,v = \left. \frac{d}{dt} \nabla f(x + t v) \right|_{t = 0}
/// ```
///
/// Forward over reverse: the gradient is computed with dual numbers, for a small multiple of its price.
///
/// # Shapes
///
/// `x: n`, `v: n`, the product: n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | forward over reverse = reverse over forward = $`H v`$ | `hessian_products_agree_in_every_order_of_modes` |
///
/// # Errors
///
/// As [`gradient`], and [`AutodiffError::LengthMismatch`] if `x` and `v` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::hessian_vector_product;
/// use gradus_autodiff::Real;
///
/// let product = hessian_vector_product(|x| x[0].powi(2) * x[1], &[2.0, 3.0], &[1.0, 0.0])?;
/// assert_eq!(product, [6.0, 4.0]); // first column of (6 4; 4 0)
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// B. A. Pearlmutter, *Fast exact multiplication by the Hessian*, Neural Computation 6 (1994), 147–160.
#[doc(alias = "hvp")]
pub fn hessian_vector_product<T, F>(f: F, x: &[T], v: &[T]) -> Result<Vec<T>, AutodiffError>
where
    T: Element,
    F: for<'t> FnOnce(&[Var<'t, Dual<T>>]) -> Var<'t, Dual<T>>,
{
    let gradient = gradient(f, &line(x, v)?)?;
    Ok(gradient.into_iter().map(|g| g.derivative).collect())
}
