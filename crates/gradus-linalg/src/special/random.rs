//! Random matrices whose singular values or eigenvalues are given.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::orthogonal::qr::qr;
use gradus_numeric::Shape;
use nalgebra::{DMatrix, DVector};

/// A random orthogonal matrix, all rotations and reflections being equally likely.
///
/// ```math
/// G = Q R, \qquad g_{ij} \sim \mathcal N(0, 1), \quad r_{ii} > 0
/// ```
///
/// A matrix of independent normal numbers looks the same from every direction; so does its factor $`Q`$, if the signs in
/// the factorization are fixed by the diagonal of $`R`$. (Q as a routine happens to return it is *not* uniform.) `normal`
/// gives one standard normal number after another.
///
/// # Shapes
///
/// n × n.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`Q^\top Q = I`$ | `random_orthogonal_matrices_are_orthogonal` |
/// | entries have mean 0 and mean square $`1 / n`$, the trace has mean 0 and mean square 1, the determinant mean 0 | `random_orthogonal_matrices_are_uniform` |
///
/// # Errors
///
/// [`LinalgError::NonFinite`] if `normal` gives NaN or an infinity; [`LinalgError::TooLarge`] if the matrix has more
/// entries than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::special::random_orthogonal;
///
/// // Any generator will do: here, the fractional parts of multiples of the golden ratio, as normal numbers by Box and
/// // Muller. With gradus-random: `let normal = || gradus_random::normal(&mut rng);`
/// let mut k = 0.0;
/// let normal = || {
///     k += 1.0;
///     let (u, v): (f64, f64) = ((k * 0.618_033_988_749_895) % 1.0, (k * 0.754_877_666_246_693) % 1.0);
///     (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos()
/// };
/// let q = random_orthogonal(3, normal)?;
/// let square = q.transpose() * &q;
/// assert!((square[(0, 0)] - 1.0).abs() < 1e-15 && square[(0, 1)].abs() < 1e-15);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// F. Mezzadri, *How to generate random matrices from the classical compact groups*, Notices AMS 54 (2007), 592–604, §5,
/// <https://arxiv.org/abs/math-ph/0609050>; G. W. Stewart, SIAM J. Numer. Anal. 17 (1980), 403–409.
#[doc(alias = "Haar measure")]
pub fn random_orthogonal(
    n: usize,
    normal: impl FnMut() -> f64,
) -> Result<DMatrix<f64>, LinalgError> {
    check_size::<f64>("random_orthogonal", Shape::new(n, n))?;
    random_frame(n, n, normal)
}

/// A random matrix with given singular values.
///
/// ```math
/// A = U \, \operatorname{diag}(\sigma) \, V^\top
/// ```
///
/// with random orthonormal columns in $`U`$ and $`V`$, as in [`random_orthogonal`]. Its condition number is
/// $`\sigma_{\max} / \sigma_{\min}`$: problems as hard as one likes.
///
/// # Shapes
///
/// `sigma: min(rows, columns)`; the result is `rows × columns`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | its singular values are `sigma` | `prescribed_singular_values_are_found` |
/// | $`U`$ and $`V`$ are independent: $`u_1^\top v_1`$ has mean 0 and mean square $`1 / n`$ | `left_and_right_singular_vectors_are_independent` |
///
/// # Numerics
///
/// The singular values of the result differ from `sigma` by a few $`n u`$ of the largest.
///
/// # Errors
///
/// [`LinalgError::ShapeMismatch`] if the number of values is not the lesser of `rows` and `columns`;
/// [`LinalgError::Domain`] for a value that is negative, infinite or NaN; [`LinalgError::NonFinite`] if `normal` gives
/// NaN or an infinity; [`LinalgError::Overflow`] if a value is within rounding of the largest double;
/// [`LinalgError::TooLarge`] as [`random_orthogonal`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DVector, singular_values, special::random_with_singular_values};
///
/// let sigma = DVector::from_row_slice(&[100.0, 1.0]);
/// let mut k = 0.0_f64;
/// let normal = || { k += 1.0; (k * k).sin() }; // not normal, but this is an example
/// let a = random_with_singular_values(&sigma, 3, 2, normal)?;
/// assert!((singular_values(&a)? - sigma).amax() < 1e-12);
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`random_orthogonal`].
pub fn random_with_singular_values(
    sigma: &DVector<f64>,
    rows: usize,
    columns: usize,
    mut normal: impl FnMut() -> f64,
) -> Result<DMatrix<f64>, LinalgError> {
    let operation = "random_with_singular_values";
    let (k, shape) = (rows.min(columns), Shape::new(rows, columns));
    if sigma.len() != k {
        return Err(LinalgError::ShapeMismatch {
            operation,
            left: Shape::new(sigma.len(), 1),
            right: shape,
        });
    }
    check_size::<f64>(operation, shape)?;
    if let Some(&value) = sigma.iter().find(|s| !(**s >= 0.0 && s.is_finite())) {
        return Err(LinalgError::Domain {
            name: "singular value",
            value,
            domain: "finite and at least 0",
        });
    }
    let u = random_frame(rows, k, &mut normal)?;
    let v = random_frame(columns, k, &mut normal)?;
    composed(&u, sigma, &v, operation)
}

/// A random symmetric matrix with given eigenvalues.
///
/// ```math
/// A = Q \, \operatorname{diag}(\lambda) \, Q^\top
/// ```
///
/// with $`Q`$ as in [`random_orthogonal`].
///
/// # Shapes
///
/// `eigenvalues: n`; the result is n × n, symmetric to the bit.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric, with these eigenvalues; $`\lvert \lambda \rvert`$ are its singular values; $`\operatorname{tr} A = \sum \lambda`$ | `prescribed_eigenvalues_are_found` |
///
/// # Numerics
///
/// The eigenvalues of the result differ from those given by a few $`n u`$ of the largest.
///
/// # Errors
///
/// [`LinalgError::Domain`] for an eigenvalue that is infinite or NaN; [`LinalgError::NonFinite`] if `normal` gives
/// NaN or an infinity; [`LinalgError::Overflow`] if an eigenvalue is within rounding of the largest double;
/// [`LinalgError::TooLarge`] as [`random_orthogonal`].
///
/// # Examples
///
/// ```
/// use gradus_linalg::{nalgebra::DVector, special::random_symmetric};
///
/// let mut k = 0.0_f64;
/// let normal = || { k += 1.0; (k * k).sin() }; // not normal, but this is an example
/// let a = random_symmetric(&DVector::from_row_slice(&[3.0, -1.0]), normal)?;
/// assert!((a.trace() - 2.0).abs() < 1e-14);
/// assert!((a[(0, 0)] * a[(1, 1)] - a[(0, 1)] * a[(1, 0)] + 3.0).abs() < 1e-14); // det = 3 · -1
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// As [`random_orthogonal`].
pub fn random_symmetric(
    eigenvalues: &DVector<f64>,
    normal: impl FnMut() -> f64,
) -> Result<DMatrix<f64>, LinalgError> {
    if let Some(&value) = eigenvalues.iter().find(|value| !value.is_finite()) {
        return Err(LinalgError::Domain {
            name: "eigenvalue",
            value,
            domain: "finite",
        });
    }
    let n = eigenvalues.len();
    let q = random_orthogonal(n, normal)?;
    let a = composed(&q, eigenvalues, &q, "random_symmetric")?;
    Ok(DMatrix::from_fn(n, n, |i, j| a[(i.max(j), i.min(j))]))
}

/// $`k \le m`$ random orthonormal columns: those of the triangle with a positive diagonal.
fn random_frame(
    m: usize,
    k: usize,
    mut normal: impl FnMut() -> f64,
) -> Result<DMatrix<f64>, LinalgError> {
    Ok(qr(&DMatrix::from_fn(m, k, |_, _| normal()))?.q)
}

/// $`U \operatorname{diag}(d) V^\top`$.
fn composed(
    u: &DMatrix<f64>,
    d: &DVector<f64>,
    v: &DMatrix<f64>,
    operation: &'static str,
) -> Result<DMatrix<f64>, LinalgError> {
    let a = u * DMatrix::from_diagonal(d) * v.transpose();
    if a.iter().all(|a| a.is_finite()) {
        Ok(a)
    } else {
        Err(LinalgError::Overflow { operation })
    }
}

#[cfg(test)]
mod tests {
    use super::{random_orthogonal, random_symmetric, random_with_singular_values};
    use crate::error::LinalgError;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn order_one_is_a_sign() {
        assert_eq!(random_orthogonal(1, || -0.3), Ok(-DMatrix::identity(1, 1)));
        assert_eq!(random_orthogonal(1, || 0.3), Ok(DMatrix::identity(1, 1)));
        assert_eq!(random_orthogonal(0, || 0.3), Ok(DMatrix::zeros(0, 0)));
        let three = DVector::from_element(1, -3.0);
        assert_eq!(
            random_symmetric(&three, || 0.3),
            Ok(-3.0 * DMatrix::identity(1, 1))
        );
    }

    #[test]
    fn what_no_matrix_has_is_refused() {
        let with = |sigma: &[f64]| {
            random_with_singular_values(&DVector::from_row_slice(sigma), 2, 3, || 0.3)
        };
        assert!(matches!(
            with(&[1.0]),
            Err(LinalgError::ShapeMismatch { .. })
        ));
        assert!(matches!(
            with(&[1.0, -1.0]),
            Err(LinalgError::Domain { value: -1.0, .. })
        ));
        assert!(matches!(
            with(&[f64::NAN, 1.0]),
            Err(LinalgError::Domain { .. })
        ));
        let infinite = DVector::from_element(1, f64::INFINITY);
        assert!(matches!(
            random_symmetric(&infinite, || 0.3),
            Err(LinalgError::Domain { .. })
        ));
        let not_a_number = random_orthogonal(2, || f64::NAN);
        assert!(matches!(
            not_a_number,
            Err(LinalgError::NonFinite {
                row: 0,
                column: 0,
                ..
            })
        ));
    }
}
