//! Symmetric matrices with blocks of order one and two on the diagonal.

use crate::checked::probe::Pair;
use crate::error::LinalgError;
use crate::scalar::Scalar;
use gradus_numeric::ldexp;
use nalgebra::DMatrix;

/// $`D`$, by the entries that may differ from zero.
#[derive(Debug)]
pub(crate) struct BlockDiagonal {
    /// $`d_{kk}`$.
    pub(crate) diagonal: Vec<f64>,
    /// $`d_{k+1,k} = d_{k,k+1}`$: not 0 where a block of order 2 begins.
    pub(crate) beside: Vec<f64>,
}

impl BlockDiagonal {
    /// $`D v`$ and $`D w`$.
    pub(crate) fn image(&self, x: &[Pair]) -> Vec<Pair> {
        let diagonal = self.diagonal.iter().zip(x);
        let mut y: Vec<Pair> = diagonal.map(|(d, x)| x.map(|x| d * x)).collect();
        for (k, d) in self.beside.iter().enumerate().filter(|(_, d)| **d != 0.0) {
            for p in 0..2 {
                y[k][p] += d * x[k + 1][p];
                y[k + 1][p] += d * x[k][p];
            }
        }
        y
    }

    /// $`2^e D`$ in `T`, unless an entry is too large for it.
    pub(crate) fn unscaled<T: Scalar>(
        &self,
        e: i32,
        operation: &'static str,
    ) -> Result<DMatrix<T>, LinalgError> {
        let n = self.diagonal.len();
        let mut d = DMatrix::from_element(n, n, T::from_f64(0.0));
        let mut is_finite = true;
        let mut set = |i: usize, j: usize, entry: f64| {
            let entry = T::from_f64(ldexp(entry, e));
            is_finite &= entry.is_finite();
            d[(i, j)] = entry;
        };
        for (k, (diagonal, beside)) in self.diagonal.iter().zip(&self.beside).enumerate() {
            set(k, k, *diagonal);
            if *beside != 0.0 {
                set(k + 1, k, *beside);
                set(k, k + 1, *beside);
            }
        }
        if is_finite {
            Ok(d)
        } else {
            Err(LinalgError::Overflow { operation })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::BlockDiagonal;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    fn example() -> BlockDiagonal {
        BlockDiagonal {
            diagonal: vec![1.0, 2.0, 3.0],
            beside: vec![0.0, 5.0, 0.0],
        }
    }

    #[test]
    fn the_image_is_that_of_the_matrix() {
        let x = [[1.0, 0.0], [10.0, 1.0], [100.0, 0.0]];
        assert_eq!(
            example().image(&x),
            [[1.0, 0.0], [520.0, 2.0], [350.0, 5.0]]
        );
    }

    #[test]
    fn the_matrix_fits_or_is_refused() {
        let matrix =
            DMatrix::from_row_slice(3, 3, &[4.0, 0.0, 0.0, 0.0, 8.0, 20.0, 0.0, 20.0, 12.0]);
        assert_eq!(example().unscaled(2, "D"), Ok(matrix));
        let operation = "D";
        assert_eq!(
            example().unscaled::<f32>(126, operation),
            Err(LinalgError::Overflow { operation })
        );
        assert!(example().unscaled::<f32>(125, operation).is_ok());
    }
}
