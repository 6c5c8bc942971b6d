//! Gradients and Jacobians by differences.

use super::derivative::{same_length, slopes};
use crate::error::CalculusError;
use crate::estimate::Estimate;
use crate::evaluation::finite;

/// The gradient of a smooth function of several variables, one [`derivative`](crate::derivative) a coordinate.
///
/// ```math
/// \nabla f(x) = \left( \frac{\partial f}{\partial x_0}, \dots, \frac{\partial f}{\partial x_{n-1}} \right),
/// \qquad h_j = \varepsilon^{1/5} \max(1, |x_j|)
/// ```
///
/// It costs $`7n`$ evaluations, more where a step has to be shortened, and each entry comes with an estimate of its
/// error: about twelve digits of the function's size. It is a witness for derivatives found by other means, not a
/// substitute for them (a gradient by automatic differentiation costs a few evaluations whatever n, and loses no
/// digits).
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
/// | every error estimate covers its error | `gradient_of_a_quadratic_form_is_linear` |
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
/// assert!((gradient[0].value - 3.0).abs() <= gradient[0].error);
/// assert!((gradient[1].value - 2.0).abs() <= gradient[1].error);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
pub fn gradient(f: impl Fn(&[f64]) -> f64, x: &[f64]) -> Result<Vec<Estimate>, CalculusError> {
    let partials = (0..x.len()).map(|j| partial(|x| [f(x)], x, j));
    // The function gives one number, so each coordinate has one slope.
    partials.map(|slopes| slopes.map(|s| s[0])).collect()
}

/// The Jacobian matrix of a smooth vector-valued function, as its rows.
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
/// `x: n`, `f(x): m`; the result has m rows of length n.
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
/// // Polar coordinates at radius 2 and angle 0: the area of a small patch is r dr dφ.
/// let polar = |p: &[f64]| vec![p[0] * p[1].cos(), p[0] * p[1].sin()];
/// let j = jacobian(polar, &[2.0, 0.0])?;
/// let determinant = j[0][0].value * j[1][1].value - j[0][1].value * j[1][0].value;
/// assert!((determinant - 2.0).abs() < 1e-11);
/// # Ok::<(), gradus_calculus::CalculusError>(())
/// ```
pub fn jacobian(
    f: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
) -> Result<Vec<Vec<Estimate>>, CalculusError> {
    let mut rows = vec![Vec::with_capacity(x.len()); f(x).len()];
    for j in 0..x.len() {
        let column = partial(&f, x, j)?;
        same_length(rows.len(), column.len())?;
        for (row, entry) in rows.iter_mut().zip(column) {
            row.push(entry);
        }
    }
    Ok(rows)
}

/// The partial derivatives of all outputs by coordinate `j`.
fn partial<V: AsRef<[f64]>>(
    f: impl Fn(&[f64]) -> V,
    x: &[f64],
    j: usize,
) -> Result<Vec<Estimate>, CalculusError> {
    let mut point = x.to_vec();
    // j < n, see the callers.
    slopes(finite("x", x[j])?, |coordinate| {
        point[j] = coordinate;
        let values = f(&point);
        all_finite(j, coordinate, values.as_ref()).map(|()| values)
    })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_outputs_and_columns_are_variables() {
        let j = jacobian(|x| vec![x[0], 2.0 * x[0] + 3.0 * x[1], 0.0], &[1.0, 1.0]).unwrap();
        assert_eq!((j.len(), j[0].len()), (3, 2));
        assert!((j[1][0].value - 2.0).abs() < 1e-11 && (j[1][1].value - 3.0).abs() < 1e-11);
        assert_eq!(j[0][1].value, 0.0);
    }

    #[test]
    fn nothing_is_the_gradient_of_a_constant_without_variables() {
        assert_eq!(gradient(|_| 1.0, &[]), Ok(vec![]));
        assert_eq!(jacobian(|_| vec![1.0, 2.0], &[]), Ok(vec![vec![], vec![]]));
        assert_eq!(jacobian(|_| vec![], &[1.0]), Ok(vec![]));
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
    fn an_entry_says_how_far_it_may_be_off() {
        let slope = gradient(|x| x[0].sin(), &[1e4]).unwrap()[0];
        let truth = 1e4_f64.cos();
        assert!(
            (slope.value - truth).abs() <= slope.error && slope.error < 1e-6,
            "{slope:?}"
        );
    }

    #[test]
    fn a_function_of_changing_length_is_refused() {
        let growing = |x: &[f64]| vec![0.0; if x[0] > 1.0 { 2 } else { 1 }];
        let error = jacobian(growing, &[1.0]).unwrap_err();
        assert_eq!(error, CalculusError::LengthMismatch { left: 1, right: 2 });
    }
}
