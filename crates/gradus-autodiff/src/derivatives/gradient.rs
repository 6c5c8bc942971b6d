//! The gradient, alone or with the value.

use crate::element::Element;
use crate::error::AutodiffError;
use crate::reverse::{Arena, Var};

/// The gradient $`\nabla f(x)`$, by reverse mode.
///
/// ```math
/// \nabla f(x) = \left( \frac{\partial f}{\partial x_1}, \dots, \frac{\partial f}{\partial x_n} \right)^{\!\top}
/// ```
///
/// One sweep forward and one backward, whatever the number of variables: the gradient costs a small
/// multiple of the value.
///
/// A function `fn f<R: Real>(x: &[R]) -> R` is asked about as `gradient(|x| f(x), &x)`: the closure is
/// needed because the variables carry the lifetime of their tape.
///
/// # Shapes
///
/// `x: n`, the gradient: n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | linearity | `the_gradient_is_linear` |
/// | Euler: $`\langle x, \nabla f(x) \rangle = k f(x)`$ for $`f`$ homogeneous of degree $`k`$ | `euler_holds_for_homogeneous_functions` |
/// | $`\nabla (\tfrac12 x^\top A x - b^\top x) = \tfrac12 (A + A^\top) x - b`$ | `the_gradient_of_a_quadratic_is_affine` |
/// | at a kink, a sub-gradient | `sub_gradients_lie_below_at_kinks` |
/// | not NaN where the function is finite | `gradients_of_finite_values_are_not_nan` |
///
/// # Errors
///
/// What is wrong with the matrices that `f` makes, if any; [`AutodiffError::MixedTapes`] if the result
/// belongs to another tape.
///
/// # Examples
///
/// ```
/// use gradus_autodiff::gradient;
/// use gradus_autodiff::Real;
///
/// fn rosenbrock<R: Real>(x: &[R]) -> R {
///     (R::from_f64(1.0) - x[0]).powi(2) + R::from_f64(100.0) * (x[1] - x[0].powi(2)).powi(2)
/// }
/// assert_eq!(gradient(|x| rosenbrock(x), &[-1.0, 2.0])?, [396.0, 200.0]);
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
///
/// # References
///
/// A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, sections 3.2 and 4.5.
#[doc(alias = "grad")]
pub fn gradient<T, F>(f: F, x: &[T]) -> Result<Vec<T>, AutodiffError>
where
    T: Element,
    F: for<'t> FnOnce(&[Var<'t, T>]) -> Var<'t, T>,
{
    value_and_gradient(f, x).map(|(_, gradient)| gradient)
}

/// The value $`f(x)`$ and the gradient $`\nabla f(x)`$, by reverse mode; see [`gradient`].
///
/// # Errors
///
/// As [`gradient`].
///
/// # Examples
///
/// ```
/// use gradus_autodiff::value_and_gradient;
///
/// assert_eq!(value_and_gradient(|x| x[0] * x[1], &[2.0, 3.0])?, (6.0, vec![3.0, 2.0]));
/// # Ok::<(), gradus_autodiff::AutodiffError>(())
/// ```
pub fn value_and_gradient<T, F>(f: F, x: &[T]) -> Result<(T, Vec<T>), AutodiffError>
where
    T: Element,
    F: for<'t> FnOnce(&[Var<'t, T>]) -> Var<'t, T>,
{
    let mut gradient = vec![T::from_f64(0.0); x.len()];
    let mut arena = Arena::new();
    let value = arena.value_and_gradient(x, &mut gradient, |tape| f(&tape.variables()))?;
    Ok((value, gradient))
}
