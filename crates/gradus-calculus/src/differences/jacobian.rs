//! Gradients and Jacobians by differences.

use super::derivative::natural_step;
use super::difference::five_point;
use crate::error::CalculusError;
use crate::evaluation::{finite, in_range};
use gradus_linalg::nalgebra::DMatrix;

/// The gradient of a smooth function of several variables, one five-point difference a coordinate.
///
/// ```math
/// \nabla f(x) = \left( \frac{\partial f}{\partial x_0}, \dots, \frac{\partial f}{\partial x_{n-1}} \right),
/// \qquad h_j = \varepsilon^{1/5} \max(1, |x_j|)
/// ```
///
/// It costs $`4n`$ evaluations and is right to about twelve digits of the function's size: a witness for
/// derivatives found by other means, not a substitute for them (a gradient by automatic differentiation
/// costs a few evaluations whatever n, and loses no digits).
///
/// # Shapes
///
/// `x: n`; the result is of length n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\nabla (\tfrac12 x^T A x) = \tfrac12 (A + A^T) x`$ | `gradient_of_a_quadratic_form_is_linear` |
///
/// # Errors
///
/// [`CalculusError::Domain`] if a coordinate is not finite; [`CalculusError::NonFiniteAlong`] if `f` is not
/// finite at or near `x`; [`CalculusError::Overflow`].
///
/// # Examples
///
/// ```
/// use gradus_calculus::gradient;
///
/// let gradient = gradient(|x| x[0] * x[1], &[2.0, 3.0])?;
/// assert!((gradient[0] - 3.0).abs() < 1e-11 && (gradient[1] - 2.0).abs() < 1e-11);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &[f64]) -> Result<Vec<f64>, CalculusError> {
    let columns = (0..x.len()).map(|j| partial(|x| vec![f(x)], x, j));
    // The function gives one number, so each column holds one.
    columns.map(|column| column.map(|c| c[0])).collect()
}

/// The Jacobian matrix of a smooth vector-valued function, one five-point difference a column.
///
/// ```math
/// J_{ij} = \frac{\partial f_i}{\partial x_j}
/// ```
///
/// Row i is the gradient of output i; column j says how the outputs move when coordinate j does. Steps and
/// accuracy are those of [`gradient`].
///
/// # Shapes
///
/// `x: n`, `f(x): m`; the result is m × n. Without variables (n = 0) it is m × 0.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the Jacobian of $`x \mapsto A x`$ is A | `jacobian_of_a_linear_map_is_its_matrix` |
/// | $`J_{f \circ g}(x) = J_f(g(x)) \, J_g(x)`$ | `jacobian_obeys_the_chain_rule` |
///
/// # Errors
///
/// As for [`gradient`], and [`CalculusError::LengthMismatch`] if `f` gives vectors of different lengths.
///
/// # Examples
///
/// ```
/// use gradus_calculus::jacobian;
///
/// // Polar coordinates at radius 2 and angle 0.
/// let polar = |p: &[f64]| vec![p[0] * p[1].cos(), p[0] * p[1].sin()];
/// let j = jacobian(polar, &[2.0, 0.0])?;
/// assert!((j.determinant() - 2.0).abs() < 1e-11);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
pub fn jacobian(f: impl Fn(&[f64]) -> Vec<f64>, x: &[f64]) -> Result<DMatrix<f64>, CalculusError> {
    let outputs = f(x).len();
    let mut entries = Vec::with_capacity(outputs * x.len());
    for j in 0..x.len() {
        let column = partial(&f, x, j)?;
        same_length(outputs, column.len())?;
        entries.extend(column);
    }
    Ok(DMatrix::from_vec(outputs, x.len(), entries))
}

/// The partial derivatives of all outputs by coordinate `j`.
fn partial(f: impl Fn(&[f64]) -> Vec<f64>, x: &[f64], j: usize) -> Result<Vec<f64>, CalculusError> {
    let h = natural_step(finite("x", x[j])?); // j < n, see the callers
    let mut point = x.to_vec();
    let mut at = |k: f64| {
        point[j] = x[j] + k * h;
        let values = f(&point);
        all_finite(j, point[j], &values).map(|()| values)
    };
    let (left, right) = (at(-1.0)?, at(1.0)?);
    let (far_left, far_right) = (at(-2.0)?, at(2.0)?);
    for values in [&right, &far_left, &far_right] {
        same_length(left.len(), values.len())?;
    }
    // All four have the same length.
    (0..left.len())
        .map(|i| {
            in_range(five_point(
                right[i] - left[i],
                far_right[i] - far_left[i],
                h,
            ))
        })
        .collect()
}

fn all_finite(coordinate: usize, at: f64, values: &[f64]) -> Result<(), CalculusError> {
    let strange = values.iter().find(|v| !v.is_finite() || !at.is_finite());
    strange.map_or(Ok(()), |&value| {
        Err(CalculusError::NonFiniteAlong {
            coordinate,
            at,
            value,
        })
    })
}

fn same_length(left: usize, right: usize) -> Result<(), CalculusError> {
    if left == right {
        return Ok(());
    }
    Err(CalculusError::LengthMismatch { left, right })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_outputs_and_columns_are_variables() {
        let j = jacobian(|x| vec![x[0], 2.0 * x[0] + 3.0 * x[1], 0.0], &[1.0, 1.0]).unwrap();
        assert_eq!(j.shape(), (3, 2));
        assert!((j[(1, 0)] - 2.0).abs() < 1e-11 && (j[(1, 1)] - 3.0).abs() < 1e-11);
        assert_eq!(j[(0, 1)], 0.0);
    }

    #[test]
    fn nothing_is_the_gradient_of_a_constant_without_variables() {
        assert_eq!(gradient(|_| 1.0, &[]), Ok(vec![]));
        assert_eq!(jacobian(|_| vec![1.0, 2.0], &[]).unwrap().shape(), (2, 0));
        assert_eq!(jacobian(|_| vec![], &[1.0]).unwrap().shape(), (0, 1));
    }

    #[test]
    fn the_coordinate_that_leaves_the_domain_is_named() {
        let error = gradient(|x| x[0] + x[1].ln(), &[1.0, 1e-3]).unwrap_err();
        assert!(matches!(
            error,
            CalculusError::NonFiniteAlong { coordinate: 1, .. }
        ));
        assert!(matches!(
            gradient(|x| x[0], &[f64::INFINITY]),
            Err(CalculusError::Domain { name: "x", .. })
        ));
    }

    #[test]
    fn a_function_of_changing_length_is_refused() {
        let growing = |x: &[f64]| vec![0.0; if x[0] > 1.0 { 2 } else { 1 }];
        let error = jacobian(growing, &[1.0]).unwrap_err();
        assert_eq!(error, CalculusError::LengthMismatch { left: 1, right: 2 });
    }
}
