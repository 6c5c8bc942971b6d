//! Data minus their mean.

use crate::checked::scaled::{finite, size};
use crate::error::LinalgError;
use crate::scalar::Scalar;
use gradus_numeric::{binary_exponent, compensated_sum, ldexp, norm_infinity};
use nalgebra::{DMatrix, DVector};

/// $`x_{ij} = 2^{e_i} (\mu_i + d_{ij})`$ with $`\sum_j d_{ij} = 0`$: every feature (row) has its own power of
/// two, so that no square overflows or vanishes.
#[derive(Debug)]
pub(crate) struct Centered {
    pub(crate) deviations: DMatrix<f64>,
    pub(crate) exponents: Vec<i32>,
    means: Vec<f64>,
}

impl Centered {
    /// Refuses NaN and infinite entries before any arithmetic, and data without a sample.
    pub(crate) fn new<T: Scalar>(x: &DMatrix<T>) -> Result<Self, LinalgError> {
        size("x", x)?;
        let (p, n) = x.shape();
        if n == 0 {
            return Err(LinalgError::TooFewSamples {
                samples: 0,
                least: 1,
            });
        }
        let (mut means, mut exponents) = (Vec::with_capacity(p), Vec::with_capacity(p));
        let mut deviations = DMatrix::zeros(p, n);
        for (i, row) in x.row_iter().enumerate() {
            let row: Vec<f64> = row.iter().map(|x| x.to_f64()).collect();
            let e = binary_exponent(norm_infinity(&row));
            let scaled: Vec<f64> = row.iter().map(|&x| ldexp(x, -e)).collect();
            let (mean, row) = centered(&scaled);
            means.push(mean);
            exponents.push(e);
            for (j, d) in row.into_iter().enumerate() {
                deviations[(i, j)] = d;
            }
        }
        Ok(Self {
            deviations,
            exponents,
            means,
        })
    }

    pub(crate) fn mean<T: Scalar>(
        &self,
        operation: &'static str,
    ) -> Result<DVector<T>, LinalgError> {
        let entry = |i: usize, _| T::from_f64(ldexp(self.means[i], self.exponents[i]));
        let mean = finite(DMatrix::from_fn(self.means.len(), 1, entry), operation)?;
        Ok(mean.column(0).into_owned())
    }

    /// All deviations on one scale, $`2^{-e} d_{ij}`$ near 1, and $`e`$.
    pub(crate) fn on_one_scale(&self) -> (DMatrix<f64>, i32) {
        let d = &self.deviations;
        // Columns without an entry may be more than can be counted through.
        if d.is_empty() {
            return (d.clone(), 0);
        }
        let exponent = |i: usize| {
            let row: Vec<f64> = d.row(i).iter().copied().collect();
            let largest = norm_infinity(&row);
            (largest > 0.0).then(|| self.exponents[i] + binary_exponent(largest))
        };
        let e = (0..d.nrows()).filter_map(exponent).max().unwrap_or(0);
        let entry = |i, j| ldexp(d[(i, j)], self.exponents[i] - e);
        (DMatrix::from_fn(d.nrows(), d.ncols(), entry), e)
    }
}

/// The mean of one feature, and what each sample deviates from it.
///
/// Deviations are taken from the first sample, and then from their own mean: equal samples deviate by
/// exactly 0, and a large mean costs no digits of small deviations.
fn centered(row: &[f64]) -> (f64, Vec<f64>) {
    let first = row[0]; // there is a sample
    let shifted: Vec<f64> = row.iter().map(|x| x - first).collect();
    let mean = compensated_sum(&shifted) / row.len() as f64;
    (first + mean, shifted.iter().map(|d| d - mean).collect())
}

#[cfg(test)]
mod tests {
    use super::Centered;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn features_keep_their_own_scale() -> Result<(), LinalgError> {
        let x = DMatrix::from_row_slice(3, 2, &[1e200, 3e200, 1e-200, 3e-200, 5.0, 5.0]);
        let data = Centered::new(&x)?;
        let mean = data.mean::<f64>("mean")?;
        assert!((mean[0] / 2e200 - 1.0).abs() < 1e-15 && (mean[1] / 2e-200 - 1.0).abs() < 1e-15);
        assert_eq!(mean[2], 5.0);
        assert!(data.deviations[(1, 0)] < -0.1);
        assert_eq!(data.deviations[(2, 0)], 0.0);
        let (together, e) = data.on_one_scale();
        assert_eq!(together[(1, 0)], 0.0);
        assert!((1.0..2.0).contains(&together[(0, 1)]) && e > 600);
        Ok(())
    }

    #[test]
    fn a_great_mean_costs_no_digits() -> Result<(), LinalgError> {
        let x = DMatrix::from_row_slice(1, 3, &[1e15, 1e15 + 1.0, 1e15 + 2.0]);
        let (d, e) = Centered::new(&x)?.on_one_scale();
        assert_eq!(
            ((d[(0, 0)], d[(0, 1)], d[(0, 2)]), e),
            ((-1.0, 0.0, 1.0), 0)
        );
        Ok(())
    }

    #[test]
    fn no_samples_have_no_mean() {
        let (samples, least) = (0, 1);
        let expected = LinalgError::TooFewSamples { samples, least };
        let found = Centered::new(&DMatrix::<f64>::zeros(2, 0)).map(|_| ());
        assert_eq!(found, Err(expected));
    }
}
