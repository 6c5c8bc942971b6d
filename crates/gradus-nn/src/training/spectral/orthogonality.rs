//! The price of not being orthogonal.

use super::matrix::{Matrix, add, write};
use gradus_linalg::nalgebra::DMatrix;
use gradus_linalg::{Scalar, matmul};
use gradus_losses::{LossError, Regularizer, check};

/// How far the singular values of a weight matrix are from 1, times λ: keeps lengths, forward and back.
///
/// ```math
/// R(W) = \lambda \lVert W W^\top - I \rVert_F^2 = \lambda \sum_{i=1}^{k} (\sigma_i^2 - 1)^2, \qquad
/// \nabla R = 4 \lambda\, (W W^\top - I)\, W
/// ```
///
/// where $`W`$ has rows of `columns` parameters, one after the other, $`k`$ is the smaller of its two sides, and for more rows than columns $`W^\top W`$
/// takes the place of $`W W^\top`$: so $`R = 0`$ exactly for orthonormal rows or columns. (The other product differs by a constant,
/// the difference of the sides, and has the same gradient.) Its proximal map moves every singular value $`\sigma`$ towards 1, to the positive root of
///
/// ```math
/// a s^3 + (1 - a)\, s = \sigma, \qquad a = 4 t \lambda
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 0 for orthonormal rows or columns, and $`\lambda \sum (\sigma_i^2 - 1)^2`$ | `orthogonality_is_a_price_of_singular_values` |
/// | rotations and transposition change nothing | `prices_of_singular_values_do_not_see_rotations` |
/// | gradient = differences | `gradients_of_matrix_penalties_are_derivatives` |
/// | nothing is better than the proximal map, and no singular value moves across 1 | `the_proximal_map_of_orthogonality_is_a_minimizer` |
///
/// # Numerics
///
/// Value and gradient are two products, the proximal map a decomposition. It is not convex: a matrix of zeros stays there, although for $`a > 1`$
/// any rotation times $`\sqrt{1 - 1/a}`$ would be better.
///
/// # Errors
///
/// [`LossError::InvalidStrength`], [`LossError::UnevenRows`], [`LossError::UnfitMatrix`].
///
/// # Examples
///
/// ```
/// use gradus_nn::Orthogonality;
/// use gradus_nn::losses::Regularizer;
///
/// let price = Orthogonality { lambda: 1.0, columns: 2 };
/// assert_eq!(price.value(&[0.0, 1.0, -1.0, 0.0])?, 0.0); // a quarter turn
/// assert_eq!(price.value(&[2.0, 0.0, 0.0, 1.0])?, 9.0); // (2² − 1)²
/// let mut gradient = [0.0; 4];
/// price.add_gradient(&[2.0, 0.0, 0.0, 1.0], &mut gradient)?;
/// assert_eq!(gradient, [24.0, 0.0, 0.0, 0.0]); // 4 · (2² − 1) · 2
/// # Ok::<(), gradus_nn::losses::LossError>(())
/// ```
///
/// # References
///
/// A. Brock et al., *Neural photo editing with introspective adversarial networks* (2017), §3.3; N. Bansal, X. Chen and Z. Wang, *Can we gain
/// more from orthogonality regularizations in training deep CNNs?* (2018), equation 2.
#[doc(alias = "soft orthogonality")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Orthogonality {
    /// The strength $`\lambda \ge 0`$.
    pub lambda: f64,
    /// How many parameters make a row: for a dense layer, its inputs.
    pub columns: usize,
}

impl<T: Scalar> Regularizer<T> for Orthogonality {
    fn value(&self, theta: &[T]) -> Result<f64, LossError> {
        check::strength(self.lambda)?;
        let matrix = Matrix::new(theta, self.columns)?;
        let value = self.lambda * excess(&matrix)?.iter().map(|e| e * e).sum::<f64>();
        if value.is_finite() {
            Ok(value)
        } else {
            Err(matrix.unfit())
        }
    }

    fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), LossError> {
        check::strength(self.lambda)?;
        let matrix = Matrix::new(theta, self.columns)?;
        let (excess, w) = (excess(&matrix)?, &matrix.entries);
        let product = if is_tall(w) {
            matmul(w, &excess)
        } else {
            matmul(&excess, w)
        };
        let product = product.map_err(|_| matrix.unfit())?;
        add(&matrix.finite(product * (4.0 * self.lambda))?, gradient)
    }

    fn shrink(&self, theta: &mut [T], step: f64) -> Result<(), LossError> {
        check::strength(self.lambda)?;
        check::not_negative("step", step)?;
        let matrix = Matrix::new(theta, self.columns)?;
        let a = 4.0 * step * self.lambda;
        let moved = matrix.map(|sigma| root(a, sigma))?;
        write(&matrix.finite(moved)?, theta);
        Ok(())
    }
}

/// $`W W^\top - I`$, or $`W^\top W - I`$ if that is smaller.
fn excess(matrix: &Matrix) -> Result<DMatrix<f64>, LossError> {
    let (w, t) = (&matrix.entries, matrix.entries.transpose());
    let gram = if is_tall(w) {
        matmul(&t, w)
    } else {
        matmul(w, &t)
    };
    let mut gram = gram.map_err(|_| matrix.unfit())?;
    for i in 0..gram.nrows() {
        gram[(i, i)] -= 1.0;
    }
    Ok(gram)
}

fn is_tall(w: &DMatrix<f64>) -> bool {
    w.nrows() > w.ncols()
}

/// The positive root of $`a s^3 + (1 - a) s = \sigma > 0`$: there is one, by Descartes' rule of signs. NaN if the cube of $`\sigma`$ overflows.
///
/// Newton's method from above: the cubic is convex there, so every step falls and none goes too far.
fn root(a: f64, sigma: f64) -> f64 {
    if a == 0.0 {
        return sigma;
    }
    if sigma >= LARGEST {
        return f64::NAN;
    }
    let mut s = sigma.max(1.0).min(1.0 + (sigma / a).cbrt());
    for _ in 0..STEPS {
        let (value, slope) = (
            a * s * (s * s - 1.0) + (s - sigma),
            a * (3.0 * s * s - 1.0) + 1.0,
        );
        let next = s - value / slope;
        if next >= s {
            break;
        }
        s = next;
    }
    s
}

/// Its cube is a number.
const LARGEST: f64 = 1e100;

/// Far more than the steps that quadratic convergence needs from a bound that is off by a factor of 3 at most.
const STEPS: usize = 60;

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn roots_by_hand() {
        assert_eq!(root(0.0, 7.0), 7.0);
        assert_eq!(root(1.0, 8.0), 2.0); // s³ = 8
        assert_eq!(root(5.0, 1.0), 1.0);
        assert_eq!(root(0.5, 5.0), 2.0); // 4 + 1
        assert!((root(1e300, 3.0) - 1.0).abs() < 1e-15);
        assert_eq!(root(1e-300, 3.0), 3.0);
        assert!(root(1.0, 1e200).is_nan());
        assert!((root(1.0, 1e99) / 1e33 - 1.0).abs() < 1e-15);
    }
}
