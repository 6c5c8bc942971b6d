//! The gradient of a weighted sum of results.

use super::line::check_lengths;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Tape, Var};

/// The pull-back: the value, and the gradient of its combination with weights `u`, by reverse mode.
///
/// ```math
/// \bar x = J^\top u = \nabla \langle u, f(x) \rangle
/// ```
///
/// # Shapes
///
/// `x: n`, `u: m`, the value: m, the gradient: n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\langle u, J v \rangle = \langle J^\top u, v \rangle`$ | `pull_back_is_the_transpose_of_push_forward` |
///
/// # Errors
///
/// As [`gradient`](crate::gradient()), and [`AutodiffError::LengthMismatch`] if `f(x)` and `u` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::vjp;
///
/// let (y, gradient) = vjp(|x| vec![x[0] * x[1], x[0] + x[1]], &[2.0, 3.0], &[1.0, 10.0])?;
/// assert_eq!((y, gradient), (vec![6.0, 5.0], vec![13.0, 12.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[doc(alias = "cotangent")]
pub fn vjp<T, F>(f: F, x: &[T], u: &[T]) -> Result<(Vec<T>, Vec<T>), AutodiffError>
where
    T: Element,
    F: for<'t> FnOnce(&[Var<'t, T>]) -> Vec<Var<'t, T>>,
{
    let tape = Tape::new(x);
    let y = f(&tape.variables());
    check_lengths(y.len(), u.len())?;
    let mut gradient = vec![T::from_f64(0.0); x.len()];
    tape.pull_back_all(&y, u, &mut gradient)?;
    Ok((y.iter().map(|y| y.value()).collect(), gradient))
}
