//! The mutual information of a normal pair.

use crate::error::InformationError;

/// The mutual information of two jointly normal variables with a `correlation`, in nats.
///
/// ```math
/// I(X; Y) = -\tfrac12 \ln (1 - \rho^2)
/// ```
///
/// where $`\rho`$ is the correlation. Neither means nor variances matter. Pairs with this correlation and normal margins tell at least as much,
/// since a normal pair has the largest entropy with these variances; elsewhere [`mutual_information_ksg1`](crate::mutual_information_ksg1) estimates.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ln \cosh t`$ for $`\rho = \tanh t`$ | `information_of_a_normal_pair_is_a_logarithm_of_cosh` |
/// | what knowing X takes from the entropy of Y: $`h(Y) - h(Y \mid X)`$ with the variance $`1 - \rho^2`$ | `information_of_a_normal_pair_is_lost_entropy` |
///
/// # Numerics
///
/// To a few ε: by $`\ln_{1p}(-\rho^2)`$ where ρ is small, by both factors of $`(1 - \rho)(1 + \rho)`$ where it is near ±1, at which it is $`+\infty`$.
///
/// # Errors
///
/// [`InformationError::InvalidCorrelation`] unless the correlation lies in $`[-1, 1]`$.
///
/// # Examples
///
/// ```
/// use gradus_information::mutual_information_normal;
///
/// assert!((mutual_information_normal(0.6)? - 1.25_f64.ln()).abs() < 1e-16); // 1 − 0.36 = 0.8²
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// T. M. Cover and J. A. Thomas, *Elements of Information Theory*, 2nd ed. (2006), example 8.5.1.
pub fn mutual_information_normal(correlation: f64) -> Result<f64, InformationError> {
    let rho = correlation.abs();
    if !(0.0..=1.0).contains(&rho) {
        let value = correlation;
        return Err(InformationError::InvalidCorrelation { value });
    }
    Ok(if rho < 0.5 {
        -0.5 * (-rho * rho).ln_1p()
    } else {
        -0.5 * ((1.0 - rho).ln() + rho.ln_1p())
    } + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn correlations_at_the_ends_and_beyond() {
        assert_eq!(mutual_information_normal(-1.0), Ok(f64::INFINITY));
        assert!(mutual_information_normal(0.0).unwrap().is_sign_positive());
        // ρ² underflows, and so does half of it
        assert_eq!(mutual_information_normal(1e-200), Ok(0.0));
        for value in [1.0 + f64::EPSILON, -2.0] {
            let invalid = InformationError::InvalidCorrelation { value };
            assert_eq!(mutual_information_normal(value), Err(invalid));
        }
        assert!(mutual_information_normal(f64::NAN).is_err());
    }
}
