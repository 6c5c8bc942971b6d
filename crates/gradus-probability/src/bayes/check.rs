//! Likelihoods that fit a prior.

use crate::error::ProbabilityError;
use gradus_numeric::Simplex;
use std::iter::zip;

/// $`\ln p(h) + \ln p(d \mid h)`$, where no prior beats any likelihood.
pub(super) fn ln_joint(
    prior: &Simplex,
    ln_likelihood: &[f64],
) -> Result<Vec<f64>, ProbabilityError> {
    check_lengths(prior, ln_likelihood)?;
    let invalid = |l: &f64| l.is_nan() || *l == f64::INFINITY;
    if let Some(index) = ln_likelihood.iter().position(invalid) {
        let value = ln_likelihood[index];
        return Err(ProbabilityError::InvalidLogLikelihood { index, value });
    }
    let sums = zip(prior.as_slice(), ln_likelihood).map(|(p, l)| p.ln() + l);
    Ok(sums.collect())
}

/// As many likelihoods as hypotheses, each finite and at least 0.
pub(super) fn check_likelihood(
    prior: &Simplex,
    likelihood: &[f64],
) -> Result<(), ProbabilityError> {
    check_lengths(prior, likelihood)?;
    let invalid = |l: &f64| !(*l >= 0.0 && l.is_finite());
    match likelihood.iter().position(invalid) {
        Some(index) => Err(ProbabilityError::InvalidLikelihood {
            index,
            value: likelihood[index],
        }),
        None => Ok(()),
    }
}

fn check_lengths(prior: &Simplex, likelihood: &[f64]) -> Result<(), ProbabilityError> {
    if prior.len() == likelihood.len() {
        return Ok(());
    }
    Err(ProbabilityError::LengthMismatch {
        left: prior.len(),
        right: likelihood.len(),
    })
}
