//! The derivative along a direction.

use super::line::line;
use crate::error::AutodiffError;
use crate::forward::Dual;
use gradus_numeric::Real;

/// The push-forward: the value, and its derivative along `v`, by forward mode.
///
/// ```math
/// \dot y = J v, \qquad f(x + v\,\varepsilon) = f(x) + J v\,\varepsilon
/// ```
///
/// # Shapes
///
/// `x: n`, `v: n`, both results: m.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\langle u, J v \rangle = \langle J^\top u, v \rangle`$ | `pull_back_is_the_transpose_of_push_forward` |
///
/// # Errors
///
/// [`AutodiffError::LengthMismatch`] if `x` and `v` differ in length.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::jvp;
///
/// let y = jvp(|x| vec![x[0] * x[1], x[0] + x[1]], &[2.0, 3.0], &[1.0, 0.0])?;
/// assert_eq!(y, (vec![6.0, 5.0], vec![3.0, 1.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
#[doc(alias = "directional derivative")]
#[doc(alias = "tangent")]
pub fn jvp<R, F>(f: F, x: &[R], v: &[R]) -> Result<(Vec<R>, Vec<R>), AutodiffError>
where
    R: Real,
    F: FnOnce(&[Dual<R>]) -> Vec<Dual<R>>,
{
    let y = f(&line(x, v)?);
    Ok(y.into_iter().map(|y| (y.value, y.derivative)).unzip())
}
