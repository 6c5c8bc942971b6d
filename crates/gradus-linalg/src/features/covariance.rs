//! Covariances of the features of data.

use crate::checked::check::times;
use crate::checked::scaled::finite;
use crate::checked::size::check_size;
use crate::error::LinalgError;
use crate::features::centered::Centered;
use crate::kernels::view::view;
use crate::scalar::Scalar;
use gradus_numeric::{Shape, ldexp};
use nalgebra::DMatrix;

/// How the features of data vary together: the matrix of their covariances.
///
/// ```math
/// C = \frac{1}{n - d} \sum_{j=1}^{n} (x_j - \mu)(x_j - \mu)^\top, \qquad
/// \mu = \frac1n \sum_{j=1}^{n} x_j
/// ```
///
/// where $`d`$ is `ddof`, the degrees of freedom that are taken off: 0 if the samples are all there is (NumPy's
/// variance, the maximum-likelihood estimate), 1 for an unbiased estimate from samples of something larger
/// (Bessel's correction; R and PyTorch).
///
/// On the diagonal are the variances. The variance of the data along a unit vector $`u`$ is
/// $`u^\top C u`$.
///
/// # Shapes
///
/// `x: p × n`, one sample a column; the result: `p × p`.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`C = C^\top`$, $`\lambda(C) \ge 0`$ | `covariances_are_symmetric_and_positive_semidefinite` |
/// | $`C(x + c) = C(x)`$ | `covariances_do_not_change_under_translation` |
/// | $`C(B x) = B\,C(x)\,B^\top`$ | `covariances_follow_a_linear_map` |
/// | constant data have $`C = 0`$ to the bit | `constant_data_have_no_covariance` |
///
/// # Numerics
///
/// In `f64`, two passes, every feature with its own power of two. Deviations are taken from the first sample
/// and then from their mean, so that a mean which is large against the deviation costs no digits (one pass
/// over squares gives a negative variance there). $`|\hat c_{ij} - c_{ij}| \le n\,u \sqrt{c_{ii} c_{jj}}`$
/// up to a small factor. The result is symmetric to the bit.
///
/// # Errors
///
/// [`LinalgError::NonFinite`]; [`LinalgError::TooFewSamples`] for no sample, or no more than `ddof`;
/// [`LinalgError::Overflow`] if a covariance is too large for `T`; [`LinalgError::TooLarge`] if there are more of them
/// than memory can hold.
///
/// # Examples
///
/// ```
/// use gradus_linalg::{covariance, nalgebra::DMatrix};
///
/// // Two features of three samples; the second falls by 2 as the first rises by 1.
/// let x = DMatrix::from_row_slice(2, 3, &[1.0, 2.0, 3.0, 9.0, 7.0, 5.0]);
/// let c = covariance(&x, 1)?;
/// assert_eq!(c, DMatrix::from_row_slice(2, 2, &[1.0, -2.0, -2.0, 4.0]));
/// # Ok::<(), gradus_linalg::LinalgError>(())
/// ```
///
/// # References
///
/// T. F. Chan, G. H. Golub and R. J. LeVeque, *Algorithms for computing the sample variance*, The American
/// Statistician 37 (1983), 242–247, <https://doi.org/10.1080/00031305.1983.10483115>, §3 (shifted data).
pub fn covariance<T: Scalar>(x: &DMatrix<T>, ddof: usize) -> Result<DMatrix<T>, LinalgError> {
    check_size::<f64>("covariance", Shape::new(x.nrows(), x.nrows()))?;
    let data = Centered::new(x)?;
    let d = degrees_of_freedom(x.ncols(), ddof)?;
    let sums = times(view(&data.deviations), view(&data.deviations).transposed());
    let entry = |i: usize, j: usize| {
        let sum = sums[(i.max(j), i.min(j))];
        T::from_f64(ldexp(sum / d, data.exponents[i] + data.exponents[j]))
    };
    finite(DMatrix::from_fn(x.nrows(), x.nrows(), entry), "covariance")
}

/// $`n - d`$, if there are samples enough.
pub(crate) fn degrees_of_freedom(samples: usize, ddof: usize) -> Result<f64, LinalgError> {
    if samples > ddof {
        Ok((samples - ddof) as f64)
    } else {
        Err(LinalgError::TooFewSamples {
            samples,
            least: ddof.saturating_add(1),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::covariance;
    use crate::error::LinalgError;
    use nalgebra::DMatrix;

    #[test]
    fn too_few_samples_are_refused() {
        let refused = |samples, ddof, least| {
            let x = DMatrix::from_element(2, samples, 1.0);
            let expected = LinalgError::TooFewSamples { samples, least };
            assert_eq!(covariance(&x, ddof), Err(expected));
        };
        refused(0, 0, 1);
        refused(0, 1, 1);
        refused(1, 1, 2);
        refused(4, usize::MAX, usize::MAX);
    }

    #[test]
    fn one_sample_does_not_vary() {
        let x = DMatrix::from_element(2, 1, 7.0_f32);
        assert_eq!(covariance(&x, 0), Ok(DMatrix::zeros(2, 2)));
        let nothing = DMatrix::<f64>::zeros(0, 3);
        assert_eq!(covariance(&nothing, 0), Ok(DMatrix::zeros(0, 0)));
    }

    #[test]
    fn a_great_mean_costs_no_digits() -> Result<(), LinalgError> {
        // NIST NumAcc3 in small: 1 part in 10⁷ of the mean.
        let x = DMatrix::from_row_slice(1, 4, &[4.0, 7.0, 13.0, 16.0]).map(|x: f64| x + 1e9);
        assert_eq!(covariance(&x, 1)?[(0, 0)], 30.0);
        Ok(())
    }

    #[test]
    fn features_of_very_different_size_are_compared() -> Result<(), LinalgError> {
        let (large, small) = (2.0_f64.powi(600), 2.0_f64.powi(-600));
        let x = DMatrix::from_row_slice(2, 2, &[large, 3.0 * large, small, -3.0 * small]);
        assert!(matches!(
            covariance(&x, 0),
            Err(LinalgError::Overflow { .. })
        ));
        let x = DMatrix::from_row_slice(2, 2, &[1.0, 3.0, small, -3.0 * small]);
        let c = covariance(&x, 0)?;
        assert_eq!((c[(0, 0)], c[(0, 1)], c[(1, 1)]), (1.0, -2.0 * small, 0.0));
        Ok(())
    }
}
