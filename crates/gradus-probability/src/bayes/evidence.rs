//! The probability of the data: what normalizes a posterior.

use super::check::{check_likelihood, ln_joint};
use crate::error::ProbabilityError;
use gradus_numeric::{CompensatedSum, Simplex, log_sum_exp};
use std::iter::zip;

/// The probability of the data, all hypotheses together.
///
/// ```math
/// p(d) = \sum_h p(d \mid h) \, p(h)
/// ```
///
/// What normalizes a posterior, and what two models are compared by. Where the likelihood is a density
/// this is one as well.
///
/// # Shapes
///
/// `prior: n`, `likelihood: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`p(h \mid d) \, p(d) = p(d \mid h) \, p(h)`$ | `bayes_rule_reverses_conditioning` |
/// | $`p(d_1, d_2) = p(d_1) \, p(d_2 \mid d_1)`$ | `evidence_of_a_sequence_is_a_product` |
///
/// # Errors
///
/// As [`posterior`](crate::posterior), but impossible data have evidence 0; [`ProbabilityError::Overflow`] if the sum
/// overflows.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Simplex, evidence};
///
/// let prior = Simplex::new(vec![0.25, 0.75])?;
/// assert_eq!(evidence(&prior, &[0.5, 0.25])?, 0.3125); // 1/8 + 3/16
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Bishop (2006), eq. 1.13; MacKay (2003), §28.1.
#[doc(alias = "marginal likelihood")]
pub fn evidence(prior: &Simplex, likelihood: &[f64]) -> Result<f64, ProbabilityError> {
    check_likelihood(prior, likelihood)?;
    let joint = zip(prior.as_slice(), likelihood).map(|(p, l)| p * l);
    let sum = joint.collect::<CompensatedSum>().value();
    if sum.is_finite() {
        Ok(sum)
    } else {
        Err(ProbabilityError::Overflow)
    }
}

/// The logarithm of the evidence from logarithms of likelihoods.
///
/// ```math
/// \ln p(d) = \operatorname{LSE}\bigl(\ln p(h) + \ln p(d \mid h)\bigr)
/// ```
///
/// # Shapes
///
/// `prior: n`, `ln_likelihood: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\ln p(d)`$ is the logarithm of [`evidence`] | `posterior_in_logarithms_is_the_same` |
///
/// # Errors
///
/// As [`posterior_from_ln_likelihood`](crate::posterior_from_ln_likelihood), but impossible data give $`-\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Simplex, ln_evidence};
///
/// let even = Simplex::uniform(2)?;
/// assert_eq!(ln_evidence(&even, &[0.0, 0.0])?, 0.0); // certain under both
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// MacKay (2003), §28.1.
pub fn ln_evidence(prior: &Simplex, ln_likelihood: &[f64]) -> Result<f64, ProbabilityError> {
    Ok(log_sum_exp(&ln_joint(prior, ln_likelihood)?))
}
