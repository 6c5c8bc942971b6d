//! Questions about functions: gradient, Jacobian, Hessian, and their products with vectors.

use crate::arena::Arena;
use crate::dual::Dual;
use crate::element::Element;
use crate::error::AutodiffError;
use crate::tape::Tape;
use crate::var::Var;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::Real;
use std::iter::zip;

/// The derivative of a function of one number, by forward mode.
///
/// ```math
/// f(x + \varepsilon) = f(x) + f'(x)\,\varepsilon
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | sum, product, quotient and chain rule | `the_rules_of_differentiation_hold` |
/// | the derivative of an inverse is the inverse of the derivative | `the_inverse_rule_holds` |
///
/// # Examples
///
/// ```
/// use gradus_autodiff::derivative;
/// use gradus_numeric::Real;
///
/// assert_eq!(derivative(|x| x.powi(3), 2.0), 12.0);
/// assert_eq!(derivative(|x| derivative(|x| x.powi(3), x), 2.0), 12.0); // 6 x
/// ```
///
/// # References
///
/// A. Griewank and A. Walther, *Evaluating Derivatives*, 2nd ed., SIAM 2008, section 3.1.
pub fn derivative<R: Real>(f: impl FnOnce(Dual<R>) -> Dual<R>, x: R) -> R {
    f(Dual::variable(x)).derivative
}

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
/// use gradus_numeric::Real;
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
/// As [`gradient`].
///
/// # Examples
///
/// Polar coordinates:
///
/// ```
/// use gradus_autodiff::jacobian;
/// use gradus_linalg::nalgebra::DMatrix;
/// use gradus_numeric::Real;
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
/// As [`gradient`], and [`AutodiffError::LengthMismatch`] if `f(x)` and `u` differ in length.
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
/// use gradus_numeric::Real;
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
/// As [`gradient`].
///
/// # Examples
///
/// ```
/// use gradus_autodiff::hessian;
/// use gradus_linalg::nalgebra::DMatrix;
/// use gradus_numeric::Real;
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

/// The line $`x + v\,\varepsilon`$.
fn line<R: Real>(x: &[R], v: &[R]) -> Result<Vec<Dual<R>>, AutodiffError> {
    check_lengths(x.len(), v.len())?;
    Ok(zip(x, v).map(|(&x, &v)| Dual::new(x, v)).collect())
}

fn check_lengths(left: usize, right: usize) -> Result<(), AutodiffError> {
    if left == right {
        Ok(())
    } else {
        Err(AutodiffError::LengthMismatch { left, right })
    }
}
