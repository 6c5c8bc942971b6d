//! The price of rank.

use super::matrix::{Matrix, add, write};
use gradus_linalg::Scalar;
use gradus_losses::{LossError, Regularizer, check};

/// The sum of the singular values of a weight matrix times λ: drives it to low rank.
///
/// ```math
/// R(W) = \lambda \lVert W \rVert_* = \lambda \sum_i \sigma_i, \qquad \partial R \ni \lambda\, U V^\top, \qquad
/// \operatorname{prox}_{t R}(W) = U \max(\Sigma - t \lambda, 0)\, V^\top
/// ```
///
/// where $`W = U \Sigma V^\top`$ has rows of `columns` parameters, one after the other, and $`U`$, $`V`$ hold the singular vectors of
/// positive singular values. It is to the rank what [`L1`](gradus_losses::L1) is to the number of entries that are not 0, and the
/// proximal map, *singular value shrinkage*, is soft thresholding of the singular values: small ones become 0, and the layer can
/// be written as a product of two thin matrices.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | it is `gradus_linalg::nuclear_norm` times λ; for a diagonal matrix [`L1`](gradus_losses::L1) of the diagonal | `the_nuclear_penalty_is_the_lasso_of_singular_values` |
/// | $`\lvert \langle B, W \rangle \rvert \le \lVert B \rVert_2 \lVert W \rVert_*`$, with equality for the subgradient, whose spectral norm is 1: the dual norm | `the_nuclear_subgradient_attains_the_dual_norm` |
/// | rotations and transposition change nothing | `prices_of_singular_values_do_not_see_rotations` |
/// | gradient = differences | `gradients_of_matrix_penalties_are_derivatives` |
/// | the proximal map obeys its inequality, and its singular values are $`\max(\sigma - t \lambda, 0)`$ | `singular_value_shrinkage_obeys_its_inequality` |
///
/// # Numerics
///
/// Singular values are those of [`gradus_linalg::svd`](gradus_linalg::svd()), in `f64`. One below $`\max(m, n)\, \varepsilon \sigma_1`$, with the $`\varepsilon`$ of `T`, is
/// rounding and taken as 0, where the subgradient is 0. A gradient costs a decomposition, some ten times a product: for large layers
/// use it every few steps, by [`shrink`](Regularizer::shrink).
///
/// # Errors
///
/// [`LossError::InvalidStrength`], [`LossError::UnevenRows`], [`LossError::UnfitMatrix`].
///
/// # Examples
///
/// ```
/// use gradus_nn::NuclearNorm;
/// use gradus_nn::losses::Regularizer;
///
/// let price = NuclearNorm { lambda: 1.0, columns: 2 };
/// let mut w = [0.0, 3.0, -2.0, 0.0_f64]; // singular values 3 and 2
/// assert!((price.value(&w)? - 5.0).abs() < 1e-14);
/// price.shrink(&mut w, 2.5)?; // ½ and 0
/// assert!((w[1] - 0.5).abs() < 1e-14 && w[2].abs() < 1e-14);
/// # Ok::<(), gradus_nn::losses::LossError>(())
/// ```
///
/// # References
///
/// M. Fazel, H. Hindi and S. Boyd, *A rank minimization heuristic* (2001); J.-F. Cai, E. J. Candès and Z. Shen, *A singular value
/// thresholding algorithm for matrix completion* (2010), theorem 2.1; the subgradient: G. A. Watson (1992).
#[doc(alias = "trace norm")]
#[doc(alias = "low rank")]
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NuclearNorm {
    /// The strength $`\lambda \ge 0`$.
    pub lambda: f64,
    /// How many parameters make a row: for a dense layer, its inputs.
    pub columns: usize,
}

impl<T: Scalar> Regularizer<T> for NuclearNorm {
    fn value(&self, theta: &[T]) -> Result<f64, LossError> {
        check::strength(self.lambda)?;
        let sigma = Matrix::new(theta, self.columns)?.singular_values()?;
        Ok(self.lambda * sigma.iter().sum::<f64>())
    }

    fn add_gradient(&self, theta: &[T], gradient: &mut [T]) -> Result<(), LossError> {
        check::strength(self.lambda)?;
        let slopes = Matrix::new(theta, self.columns)?.map(|_| self.lambda)?;
        add(&slopes, gradient)
    }

    /// Singular value shrinkage.
    fn shrink(&self, theta: &mut [T], step: f64) -> Result<(), LossError> {
        check::strength(self.lambda)?;
        check::not_negative("step", step)?;
        let matrix = Matrix::new(theta, self.columns)?;
        write(&matrix.map(|s| (s - step * self.lambda).max(0.0))?, theta);
        Ok(())
    }
}
