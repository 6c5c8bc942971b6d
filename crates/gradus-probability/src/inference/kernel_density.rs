//! A density from a sample: a small bell over each number.

use crate::error::ProbabilityError;
use crate::families::mixture::Mixture;
use crate::statistics::empirical::Empirical;
use gradus_numeric::variance;

/// The kernel density of a sample: the mixture of a kernel over each of its numbers.
///
/// ```math
/// \hat f(x) = \sum_{i} p_i\, \frac 1h K\Bigl(\frac{x - x_i}{h}\Bigr)
/// ```
///
/// where $`p_i`$ is the share of $`x_i`$ and `kernel` tells the density $`K((x - x_i) / h) / h`$ for $`x_i`$. Any family can be a kernel:
///
/// | kernel | `kernel` | reaches |
/// |--------|----------|---------|
/// | Gaussian | `Normal::new(x, h)` | everywhere |
/// | triangle | `Triangular::new(x - h, x, x + h)` | h |
/// | Epanechnikov, $`\tfrac34 (1 - z^2)`$ | `Affine::of(Beta::new(2.0, 2.0)?, x - h, 2.0 * h)` | h |
/// | top hat | `Uniform::new(x - h, x + h)` | h |
///
/// The shape of the kernel matters little, the bandwidth h much: too small a one shows every number of the sample, too large a one hides
/// what there is. [`scott_bandwidth`] and [`silverman_bandwidth`] are good for bells, and too wide where there are several peaks.
/// The answer is a distribution like any other, with tails, quantiles and draws; draws from it are the *smoothed* bootstrap.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | integrates to one | `kernel_densities_integrate_to_one` |
/// | has the mean of the sample and the sum of both variances | `kernels_add_their_variance` |
/// | shifted and stretched with the sample | `kernel_densities_follow_the_unit` |
/// | far out it is the nearest kernel: $`\ln \hat f`$ stays finite | `the_nearest_kernel_is_the_tail` |
///
/// # Numerics
///
/// As [`Mixture`]: logarithms are summed as such, so $`\ln \hat f`$ keeps its digits where $`\hat f`$ underflows. A density of a sample of
/// n takes n evaluations of the kernel.
///
/// # Errors
///
/// The first error of `kernel`: a bandwidth that is not positive and finite, or a compact kernel narrower than the distance of two
/// doubles at $`x_i`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Continuous, Empirical, Normal, Triangular, kernel_density};
///
/// let sample = Empirical::new(&[-1.0, 1.0])?;
/// let tents = kernel_density(&sample, |x| Triangular::new(x - 2.0, x, x + 2.0))?;
/// assert!((tents.pdf(0.0) - 0.25).abs() < 1e-15); // both at half of their height ½
/// assert_eq!(tents.cdf(0.0), 0.5);
/// let bells = kernel_density(&sample, |x| Normal::new(x, 0.1))?;
/// assert!((bells.variance()? - 1.01).abs() < 1e-15); // 1 of the sample, 0.1² of the kernel
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// M. Rosenblatt, *Remarks on some nonparametric estimates of a density function*, Ann. Math. Stat. 27 (1956), 832–837; E. Parzen, *On
/// estimation of a probability density function and mode*, Ann. Math. Stat. 33 (1962), 1065–1076; B. W. Silverman, *Density Estimation
/// for Statistics and Data Analysis* (1986), §2.4, §3.3.
#[doc(alias = "Parzen window")]
#[doc(alias = "kde")]
pub fn kernel_density<D>(
    sample: &Empirical,
    kernel: impl Fn(f64) -> Result<D, ProbabilityError>,
) -> Result<Mixture<D>, ProbabilityError> {
    let kernels = sample.points().iter().map(|x| kernel(*x));
    Mixture::new(
        sample.probabilities().clone(),
        kernels.collect::<Result<_, _>>()?,
    )
}

/// Scott's bandwidth of a Gaussian kernel: $`h = s\, n^{-1/5}`$.
///
/// Where s is the standard deviation (with division by n − 1) of the n numbers. A little less than what makes the mean squared error of
/// the density smallest if it is normal, which is [`silverman_bandwidth`].
///
/// # Shapes
///
/// `x: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | 32 times the numbers halve it, in any unit | `bandwidths_shrink_with_the_fifth_root` |
///
/// # Errors
///
/// [`ProbabilityError::Numeric`] for fewer than two numbers; [`ProbabilityError::Constant`] if all are equal;
/// [`ProbabilityError::Overflow`] if the variance is not finite.
///
/// # Examples
///
/// ```
/// use gradus_probability::scott_bandwidth;
///
/// let x: Vec<f64> = (0..32).map(|i| if i % 2 == 0 { 1.0 } else { -1.0 }).collect();
/// assert!((scott_bandwidth(&x)? - 0.5 * (32.0_f64 / 31.0).sqrt()).abs() < 1e-15); // 32^(1/5) = 2
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// D. W. Scott, *Multivariate Density Estimation* (1992), §6.3.
pub fn scott_bandwidth(x: &[f64]) -> Result<f64, ProbabilityError> {
    Ok(deviation(x)? * (x.len() as f64).powf(-0.2))
}

/// Silverman's bandwidth of a Gaussian kernel: $`h = s\, (3n / 4)^{-1/5}`$.
///
/// It makes the mean squared error of the density smallest if that is normal. (Silverman's rule of thumb for other densities has 0.9 for
/// the factor $`(4/3)^{1/5} \approx 1.06`$, and the smaller one of s and the distance of the quartiles divided by 1.34.)
///
/// # Shapes
///
/// `x: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`(4/3)^{1/5}`$ times Scott's | `bandwidths_shrink_with_the_fifth_root` |
///
/// # Errors
///
/// As [`scott_bandwidth`].
///
/// # Examples
///
/// ```
/// use gradus_probability::{scott_bandwidth, silverman_bandwidth};
///
/// let x = [1.0, 2.0, 4.0];
/// let ratio = silverman_bandwidth(&x)? / scott_bandwidth(&x)?;
/// assert!((ratio - (4.0_f64 / 3.0).powf(0.2)).abs() < 1e-15);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Silverman (1986), eq. 3.28.
pub fn silverman_bandwidth(x: &[f64]) -> Result<f64, ProbabilityError> {
    Ok(deviation(x)? * (0.75 * x.len() as f64).powf(-0.2))
}

fn deviation(x: &[f64]) -> Result<f64, ProbabilityError> {
    crate::error::all_finite(x)?;
    let deviation = variance(x, 1)?.sqrt();
    if deviation == 0.0 {
        Err(ProbabilityError::Constant { name: "x" })
    } else if deviation.is_finite() {
        Ok(deviation)
    } else {
        Err(ProbabilityError::Overflow)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::families::continuous::normal::Normal;
    use crate::families::continuous::uniform::Uniform;

    #[test]
    fn samples_and_widths_without_a_density() {
        let sample = Empirical::new(&[1e16]).unwrap();
        for h in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(kernel_density(&sample, |x| Normal::new(x, h)).is_err());
        }
        // narrower than the distance of doubles: two apart here
        assert!(kernel_density(&sample, |x| Uniform::new(x - 0.5, x + 0.5)).is_err());
        for bad in [
            &[][..],
            &[1.0],
            &[3.0, 3.0],
            &[1.0, f64::NAN],
            &[1e200, -1e200],
        ] {
            assert!(scott_bandwidth(bad).is_err() && silverman_bandwidth(bad).is_err());
        }
    }
}
