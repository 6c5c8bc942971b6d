//! Who is only sometimes in the sample is better hidden.

use crate::error::{PrivacyError, check_epsilon, check_rate};

/// The ε of a pure mechanism that is run on a Poisson sample of the data.
///
/// ```math
/// \epsilon' = \ln\bigl(1 + q (e^\epsilon - 1)\bigr)
/// ```
///
/// where each person is in the sample with probability $`q`$, the `rate`, independently of the others, and the mechanism is ε-differentially private. For small ε about $`q \epsilon`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | all of them: ε; none: 0; between them, never more than ε | `sampling_never_costs_privacy` |
/// | it is tight for randomized response | `sampled_randomized_response_reaches_its_epsilon` |
///
/// # Numerics
///
/// For large ε as $`\epsilon + \ln(q + (1 - q) e^{-\epsilon})`$, which does not overflow. Within 4 units in the last place.
///
/// # Errors
///
/// [`PrivacyError::NotAnEpsilon`], [`PrivacyError::NotARate`].
///
/// # Examples
///
/// ```
/// use gradus_privacy::amplified;
///
/// assert_eq!(amplified(3.0_f64.ln(), 0.5)?, 2.0_f64.ln()); // 1 + (3 − 1) / 2
/// # Ok::<(), gradus_privacy::PrivacyError>(())
/// ```
///
/// # References
///
/// B. Balle, G. Barthe and M. Gaboardi, *Privacy amplification by subsampling*, `NeurIPS` 2018, theorem 8; N. Li, W. Qardaji
/// and D. Su, *On sampling, anonymization, and differential privacy*, ASIACCS 2012.
pub fn amplified(epsilon: f64, rate: f64) -> Result<f64, PrivacyError> {
    let (epsilon, q) = (check_epsilon(epsilon)?, check_rate(rate)?);
    if epsilon <= LARGE {
        Ok((q * epsilon.exp_m1()).ln_1p())
    } else if q == 0.0 {
        Ok(0.0)
    } else {
        Ok((epsilon + (q + (1.0 - q) * (-epsilon).exp()).ln()).max(0.0))
    }
}

/// Below, e^ε does not overflow.
const LARGE: f64 = 700.0;

#[cfg(test)]
mod tests {
    use super::amplified;

    #[test]
    fn no_privacy_stays_none() {
        assert_eq!(amplified(1e308, 1.0), Ok(1e308));
        assert_eq!(amplified(1e308, 0.0), Ok(0.0));
        assert!((amplified(1000.0, 0.5).unwrap() - (1000.0 - 2.0_f64.ln())).abs() < 1e-12);
        assert!(amplified(-1.0, 0.5).is_err() && amplified(1.0, f64::NAN).is_err());
    }
}
