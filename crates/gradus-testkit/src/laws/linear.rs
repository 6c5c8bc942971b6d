//! Linear operators, their adjoints, projections.

use crate::comparisons::Violation;
use crate::comparisons::{all_scaled, at_most, scaled};

/// A linear operator, tried on two vectors and a scalar.
///
/// ```math
/// A(\alpha x + y) = \alpha A x + A y
/// ```
///
/// `tolerance` is relative to $`|\alpha| (\max|Ax| + \max|x|) + \max|Ay| + \max|y|`$: use $`\gamma_n`$
/// times the largest row sum of $`|A|`$, or integers and a tolerance of 0.
///
/// # Errors
///
/// [`Violation::Within`] if the sides differ in length or value.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::linear_operator;
///
/// let differences = |x: &[f64]| x.windows(2).map(|x| x[1] - x[0]).collect();
/// linear_operator(differences, &[1.0, 4.0, 9.0], &[2.0, 0.0, 1.0], 3.0, 0.0)?;
/// let shifted = |x: &[f64]| x.iter().map(|x| x + 1.0).collect();
/// assert!(linear_operator(shifted, &[1.0], &[2.0], 3.0, 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn linear_operator(
    a: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    y: &[f64],
    alpha: f64,
    tolerance: f64,
) -> Result<(), Violation> {
    let (ax, ay) = (a(x), a(y));
    let image = a(&combination(alpha, x, y));
    let scale = alpha.abs() * (largest(&ax) + largest(x)) + largest(&ay) + largest(y);
    all_scaled(&image, &combination(alpha, &ax, &ay), tolerance, scale)
        .map_err(|v| v.within("A(αx + y) = αAx + Ay"))
}

/// Two operators are adjoint to each other, tried on two vectors.
///
/// ```math
/// \langle A x, y \rangle = \langle x, A^T y \rangle
/// ```
///
/// `tolerance` is relative to the sum of the magnitudes of all terms.
///
/// # Errors
///
/// [`Violation::Within`] if the sides differ; [`Violation::LengthMismatch`] if lengths do.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::adjoint;
///
/// let append_zero = |x: &[f64]| [x, &[0.0]].concat();
/// let drop_last = |y: &[f64]| y[..y.len() - 1].to_vec();
/// adjoint(append_zero, drop_last, &[1.0, 2.0], &[3.0, 4.0, 5.0], 0.0)?;
/// let drop_first = |y: &[f64]| y[1..].to_vec();
/// assert!(adjoint(append_zero, drop_first, &[1.0, 2.0], &[3.0, 4.0, 5.0], 0.0).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn adjoint(
    a: impl Fn(&[f64]) -> Vec<f64>,
    transposed: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    y: &[f64],
    tolerance: f64,
) -> Result<(), Violation> {
    let (left, left_size) = dot(&a(x), y)?;
    let (right, right_size) = dot(x, &transposed(y))?;
    scaled(left, right, tolerance, left_size + right_size)
        .map_err(|v| v.within("⟨Ax, y⟩ = ⟨x, Aᵀy⟩"))
}

/// The nearest point of a convex set, tried on a point and a member of the set.
///
/// ```math
/// P(P(x)) = P(x), \qquad P(z) = z, \qquad \langle x - P(x),\, z - P(x) \rangle \le 0
/// \quad \text{for } z \text{ in the set}
/// ```
///
/// The last line says that the angle at the nearest point is obtuse, and characterizes it. For a subspace
/// it holds with equality. `tolerance` is relative to the largest entry (squared in the last line, times
/// the dimension).
///
/// # Errors
///
/// [`Violation::Within`] with the name of the law that fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::projection;
///
/// let onto_box = |x: &[f64]| x.iter().map(|x| x.clamp(0.0, 1.0)).collect();
/// projection(onto_box, &[2.0, 0.5], &[1.0, 1.0], 0.0)?;
/// let to_the_center = |x: &[f64]| vec![0.5; x.len()];
/// assert!(projection(to_the_center, &[2.0, 0.5], &[1.0, 1.0], 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
///
/// # References
///
/// S. Boyd and L. Vandenberghe, *Convex Optimization*, 2004, §8.1.
pub fn projection(
    p: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    member: &[f64],
    tolerance: f64,
) -> Result<(), Violation> {
    let nearest = p(x);
    let size = largest(x).max(largest(&nearest)).max(largest(member));
    all_scaled(&p(&nearest), &nearest, tolerance, size).map_err(|v| v.within("P(P(x)) = P(x)"))?;
    all_scaled(&p(member), member, tolerance, size).map_err(|v| v.within("P(z) = z"))?;
    let (away, inward) = (
        combination(-1.0, &nearest, x),
        combination(-1.0, &nearest, member),
    );
    let (angle, _) = dot(&away, &inward)?;
    let allowed = tolerance * size * size * x.len() as f64;
    at_most(angle, allowed).map_err(|v| v.within("⟨x − P(x), z − P(x)⟩ ≤ 0"))
}

/// $`\alpha x + y`$.
fn combination(alpha: f64, x: &[f64], y: &[f64]) -> Vec<f64> {
    x.iter().zip(y).map(|(x, y)| alpha * x + y).collect()
}

fn largest(x: &[f64]) -> f64 {
    x.iter().fold(0.0, |largest, x| x.abs().max(largest))
}

/// Inner product and the sum of the magnitudes of its terms.
fn dot(x: &[f64], y: &[f64]) -> Result<(f64, f64), Violation> {
    if x.len() != y.len() {
        return Err(Violation::LengthMismatch {
            left: x.len(),
            right: y.len(),
        });
    }
    let terms = || x.iter().zip(y).map(|(x, y)| x * y);
    Ok((terms().sum(), terms().map(f64::abs).sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_linear_is_found() {
        let (x, y) = ([1.0, 2.0], [3.0, -5.0]);
        let swap = |x: &[f64]| vec![x[1], x[0]];
        assert_eq!(linear_operator(swap, &x, &y, -3.0, 0.0), Ok(()));
        let relu = |x: &[f64]| x.iter().map(|x| x.max(0.0)).collect();
        assert!(linear_operator(relu, &x, &y, 1.0, 1e-12).is_err());
        let affine = |x: &[f64]| vec![x[0] + 1e-9, x[1]];
        assert!(linear_operator(affine, &x, &y, 1.0, 1e-12).is_err());
        // Additive, but not homogeneous for a negative factor.
        let odd = |x: &[f64]| vec![x[0].abs()];
        assert!(linear_operator(odd, &[1.0], &[0.0], -1.0, 1e-12).is_err());
        assert!(linear_operator(|_| vec![f64::NAN], &x, &y, 1.0, 1e-12).is_err());
    }

    #[test]
    fn what_is_not_adjoint_is_found() {
        let shift = |x: &[f64]| vec![0.0, x[0], x[1]];
        let back = |y: &[f64]| vec![y[1], y[2]];
        let keep = |y: &[f64]| vec![y[0], y[1]];
        let (x, y) = ([1.0, 2.0], [3.0, 4.0, 5.0]);
        assert_eq!(adjoint(shift, back, &x, &y, 0.0), Ok(()));
        assert!(adjoint(shift, keep, &x, &y, 1e-12).is_err());
        assert!(adjoint(shift, <[f64]>::to_vec, &x, &y, 1e-12).is_err());
    }

    #[test]
    fn what_is_not_the_nearest_point_is_found() {
        let clamp = |x: &[f64]| x.iter().map(|x| x.clamp(0.0, 1.0)).collect();
        let (x, member) = ([3.0, -1.0], [0.2, 0.7]);
        assert_eq!(projection(clamp, &x, &member, 0.0), Ok(()));
        let halve = |x: &[f64]| x.iter().map(|x| x / 2.0).collect();
        let violation = projection(halve, &x, &member, 1e-12).unwrap_err();
        assert!(violation.to_string().starts_with("P(P(x))"));
        // Idempotent and true to members, but along a slant.
        let slanted = |x: &[f64]| vec![x[0] + x[1], 0.0];
        let violation = projection(slanted, &x, &[5.0, 0.0], 1e-12).unwrap_err();
        assert!(violation.to_string().starts_with("⟨x − P(x)"));
        let constant = |_: &[f64]| vec![0.0, 0.0];
        let violation = projection(constant, &x, &member, 1e-12).unwrap_err();
        assert!(violation.to_string().starts_with("P(z) = z"));
    }
}
