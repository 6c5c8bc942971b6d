//! The nearest matrix of a given rank.

use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::kernels::view::{columns_of, view, view_mut};
use crate::products::product::product;
use crate::scalar::Scalar;
use crate::spectra::svd::Svd;
use gradus_numeric::{Shape, norm2};
use nalgebra::DMatrix;

/// A matrix of low rank, and what it leaves out; made by [`Svd::low_rank`].
#[derive(Clone, Debug, PartialEq)]
pub struct LowRank<T: Scalar> {
    /// $`A_k`$: the nearest matrix of rank at most $`k`$.
    pub matrix: DMatrix<T>,
    /// $`\lVert A - A_k \rVert_F = \sqrt{\sigma_{k+1}^2 + \sigma_{k+2}^2 + \dots}`$.
    pub frobenius_error: T,
    /// $`\lVert A - A_k \rVert_2 = \sigma_{k+1}`$, 0 if there is no such value.
    pub spectral_error: T,
}

impl<T: Scalar> Svd<T> {
    /// The nearest matrix of rank at most `rank`: the sum of the first singular triples.
    ///
    /// ```math
    /// A_k = \sum_{i=1}^{k} \sigma_i u_i v_i^\top, \qquad
    /// \lVert A - A_k \rVert_F^2 = \sum_{i > k} \sigma_i^2
    /// ```
    ///
    /// Where $`A`$ holds $`m n`$ numbers, $`A_k`$ is made of $`k (m + n + 1)`$: an image in which the singular
    /// values fall quickly keeps its looks in a fraction of the memory.
    ///
    /// # Shapes
    ///
    /// `matrix: m × n`, the shape of the matrix that was decomposed.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`\lVert A - A_k \rVert_F^2 = \sum_{i > k} \sigma_i^2`$ | `the_error_of_low_rank_is_what_the_other_singular_values_hold` |
    /// | $`\lVert A - A_k \rVert_2 = \sigma_{k+1}`$ | `the_spectral_error_of_low_rank_is_the_next_singular_value` |
    /// | no matrix of rank $`k`$ is nearer (Eckart and Young) | `no_matrix_of_that_rank_is_nearer` |
    /// | the rank is at most $`k`$ | `low_rank_has_low_rank` |
    ///
    /// # Numerics
    ///
    /// The product is taken in `T`. For `rank` of $`\min(m, n)`$ or more $`A_k = A`$ up to rounding and the
    /// errors are 0. Where $`\sigma_k = \sigma_{k+1}`$ the nearest matrix is one of many.
    ///
    /// # Errors
    ///
    /// [`LinalgError::Overflow`] if an entry rounds beyond the largest number; [`LinalgError::TooLarge`] if there are more
    /// entries than memory can hold.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_linalg::{nalgebra::DMatrix, svd};
    ///
    /// let a = DMatrix::from_row_slice(2, 2, &[3.0, 0.0, 0.0, 1.0]);
    /// let nearest = svd(&a)?.low_rank(1)?;
    /// assert!((nearest.matrix - DMatrix::from_row_slice(2, 2, &[3.0, 0.0, 0.0, 0.0])).amax() < 1e-15_f64);
    /// assert_eq!(nearest.frobenius_error, 1.0);
    /// # Ok::<(), gradus_linalg::LinalgError>(())
    /// ```
    ///
    /// # References
    ///
    /// C. Eckart and G. Young, *The approximation of one matrix by another of lower rank*, Psychometrika 1
    /// (1936), 211–218, <https://doi.org/10.1007/BF02288367>; Golub and Van Loan (2013), theorem 2.4.8.
    #[doc(alias = "truncated")]
    #[doc(alias = "Eckart-Young")]
    pub fn low_rank(&self, rank: usize) -> Result<LowRank<T>, LinalgError> {
        let k = rank
            .min(self.singular_values.len())
            .min(self.u.ncols())
            .min(self.v.ncols());
        let (m, n) = (self.u.nrows(), self.v.nrows());
        check_size::<T>("low_rank", Shape::new(m, n))?;
        let stretched = DMatrix::from_fn(m, k, |i, j| self.u[(i, j)] * self.singular_values[j]);
        let mut matrix = DMatrix::from_element(m, n, T::default());
        let columns = columns_of(&self.v, 0..k);
        product(
            view(&stretched),
            columns.transposed(),
            view_mut(&mut matrix),
        )?;
        let left_out = &self.singular_values.as_slice()[k..];
        let frobenius_error = norm2(left_out);
        let all_finite = matrix.iter().all(|x| x.is_finite()) && frobenius_error.is_finite();
        if !all_finite {
            return Err(LinalgError::Overflow {
                operation: "low_rank",
            });
        }
        Ok(LowRank {
            matrix,
            frobenius_error,
            spectral_error: left_out.first().copied().unwrap_or(T::from_f64(0.0)),
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::error::LinalgError;
    use crate::spectra::svd::svd;
    use nalgebra::{DMatrix, DVector};

    #[test]
    fn rank_zero_is_nothing_and_full_rank_is_all() -> Result<(), LinalgError> {
        let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[0.0, 4.0, 3.0]));
        let svd = svd(&a)?;
        let nothing = svd.low_rank(0)?;
        assert_eq!(nothing.matrix, DMatrix::zeros(3, 3));
        assert_eq!(
            (nothing.frobenius_error, nothing.spectral_error),
            (5.0, 4.0)
        );
        for rank in [3, 4, usize::MAX] {
            let all = svd.low_rank(rank)?;
            assert!((all.matrix - &a).amax() < 1e-15);
            assert_eq!((all.frobenius_error, all.spectral_error), (0.0, 0.0));
        }
        Ok(())
    }

    #[test]
    fn empty_matrices_have_empty_approximations() -> Result<(), LinalgError> {
        for (m, n) in [(0, 0), (0, 4), (4, 0)] {
            let nearest = svd(&DMatrix::<f32>::zeros(m, n))?.low_rank(1)?;
            assert_eq!(
                (nearest.matrix.shape(), nearest.frobenius_error),
                ((m, n), 0.0)
            );
        }
        Ok(())
    }

    #[test]
    fn sizes_near_the_ends_of_the_range_have_errors() -> Result<(), LinalgError> {
        for size in [1e-200, 1e200] {
            let a = DMatrix::from_diagonal(&DVector::from_row_slice(&[9.0, 4.0, 3.0])) * size;
            let nearest = svd(&a)?.low_rank(1)?;
            assert!((nearest.frobenius_error / size - 5.0_f64).abs() < 1e-14);
        }
        Ok(())
    }
}
