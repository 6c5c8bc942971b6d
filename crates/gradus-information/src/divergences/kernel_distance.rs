//! Maximum mean discrepancy: how well a smooth function can tell two samples apart.

use crate::error::InformationError;
use gradus_numeric::CompensatedSum;
use std::iter::zip;

/// The maximum mean discrepancy of two samples with a kernel.
///
/// ```math
/// \operatorname{MMD}^2(x, y) = \frac{1}{m^2} \sum_{i,j} k(x_i, x_j) - \frac{2}{mn} \sum_{i,j} k(x_i, y_j) + \frac{1}{n^2} \sum_{i,j} k(y_i, y_j)
/// ```
///
/// The distance of the two means in the space of the kernel: the largest difference $`\operatorname{E} f(X) - \operatorname{E} f(Y)`$
/// of any function of norm 1 there. What a sample consists of is up to the kernel: numbers, vectors, words. Biased upwards; of two samples
/// of one distribution it falls like $`1 / \sqrt n`$.
///
/// # Shapes
///
/// `x: m` points, `y: n` points; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric, 0 for a sample and itself in any order | `discrepancy_is_a_distance_of_means` |
/// | with $`k(a, b) = a b`$ the distance of the means | `discrepancy_of_the_product_is_the_distance_of_means` |
/// | with $`k(a, b) = \lvert a \rvert + \lvert b \rvert - \lvert a - b \rvert`$ the energy distance | `discrepancy_of_distances_is_the_energy_distance` |
///
/// # Numerics
///
/// $`(m + n)^2`$ values of the kernel, in a compensated sum; a square below 0 by rounding is 0.
///
/// # Errors
///
/// [`InformationError::Empty`] if a sample is, [`InformationError::InvalidKernel`] for a value of the kernel that is NaN or infinite.
///
/// # Examples
///
/// ```
/// use gradus_information::{gaussian_kernel, maximum_mean_discrepancy};
///
/// let kernel = |a: &[f64; 1], b: &[f64; 1]| gaussian_kernel(a, b, 1.0);
/// let apart = maximum_mean_discrepancy(&[[0.0]], &[[2.0]], kernel)?;
/// assert!((apart * apart - (2.0 - 2.0 * (-2.0_f64).exp())).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// A. Gretton et al., *A kernel two-sample test*, J. Mach. Learn. Res. 13 (2012), 723–773, eq. 5.
#[doc(alias = "MMD")]
pub fn maximum_mean_discrepancy<P>(
    x: &[P],
    y: &[P],
    kernel: impl Fn(&P, &P) -> f64,
) -> Result<f64, InformationError> {
    if x.is_empty() || y.is_empty() {
        return Err(InformationError::Empty);
    }
    let (m, n) = (x.len() as f64, y.len() as f64);
    let mut sum = CompensatedSum::default();
    for (left, right, weight) in [
        (x, x, 1.0 / m / m),
        (x, y, -2.0 / m / n),
        (y, y, 1.0 / n / n),
    ] {
        for a in left {
            for b in right {
                let value = kernel(a, b);
                if !value.is_finite() {
                    return Err(InformationError::InvalidKernel { value });
                }
                sum.add(weight * value);
            }
        }
    }
    Ok(sum.value().max(0.0).sqrt())
}

/// The Gaussian kernel: $`\exp(-\lVert a - b \rVert^2 / 2 h^2)`$, where h is the `bandwidth`.
///
/// Points that are much closer than the bandwidth count as equal, points much farther as strangers. NaN for points of different
/// length, or a bandwidth that is not positive.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | symmetric, 1 for a point and itself, falls with the distance | `the_gaussian_kernel_falls_with_the_distance` |
///
/// # Examples
///
/// ```
/// use gradus_information::gaussian_kernel;
///
/// assert_eq!(gaussian_kernel(&[0.0, 3.0], &[4.0, 0.0], 5.0), (-0.5_f64).exp());
/// ```
///
/// # References
///
/// B. Schölkopf and A. J. Smola, *Learning with Kernels* (2002), §2.3.
#[must_use]
#[doc(alias = "RBF kernel")]
pub fn gaussian_kernel(a: &[f64], b: &[f64], bandwidth: f64) -> f64 {
    if a.len() != b.len() || bandwidth.is_nan() || bandwidth <= 0.0 {
        return f64::NAN;
    }
    let squares = zip(a, b).map(|(a, b)| ((a - b) / bandwidth).powi(2));
    (-0.5 * squares.sum::<f64>()).exp()
}
