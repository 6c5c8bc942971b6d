//! Bayes' rule on a finite set of hypotheses.

use super::check::{check_likelihood, ln_joint};
use crate::error::ProbabilityError;
use gradus_numeric::{NumericError, Simplex, binary_exponent, ldexp, softmax};
use std::iter::zip;

/// The probabilities of hypotheses after seeing data: Bayes' rule.
///
/// ```math
/// p(h \mid d) = \frac{p(d \mid h) \, p(h)}{p(d)}, \qquad p(d) = \sum_h p(d \mid h) \, p(h)
/// ```
///
/// where `prior` holds $`p(h)`$ and `likelihood` $`p(d \mid h)`$, how probable hypothesis $`h`$ makes the
/// data that were seen. The posterior of one observation is the prior of the next.
///
/// # Shapes
///
/// `prior: n`, `likelihood: n`; the result has `n` outcomes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`p(h \mid d) \, p(d) = p(d \mid h) \, p(h)`$ | `bayes_rule_reverses_conditioning` |
/// | a posterior is a distribution, and what is impossible stays so | `posterior_is_a_distribution` |
/// | only the products $`p(d \mid h) \, p(h)`$ count, whatever the scale of their factors | `posterior_does_not_see_how_a_product_is_split` |
/// | in logarithms it is the same | `posterior_in_logarithms_is_the_same` |
/// | odds are multiplied by the Bayes factor | `posterior_odds_are_prior_odds_times_bayes_factor` |
/// | one observation after the other, in any order, is all at once | `sequential_updates_are_one_batch_update` |
/// | $`\operatorname{E}_d[p(h \mid d)] = p(h)`$ | `posterior_is_the_prior_on_average` |
///
/// # Numerics
///
/// The products $`p(d \mid h) \, p(h)`$ are divided by a power of two near the largest of them before they
/// are computed: none overflows, and one underflows only if its posterior probability does. Densities of
/// every scale are welcome. Products of many likelihoods belong into [`posterior_from_ln_likelihood`].
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if the lengths differ, [`ProbabilityError::InvalidLikelihood`] for
/// the first likelihood that is negative, NaN or infinite, [`ProbabilityError::ZeroEvidence`] if the data
/// are impossible under every hypothesis that has a prior probability.
///
/// # Examples
///
/// A disease of one person in a hundred, a test that errs once in a hundred: after a positive test it
/// is an even bet.
///
/// ```
/// use gradus_probability::{Simplex, posterior};
///
/// let prior = Simplex::new(vec![0.01, 0.99])?; // ill, healthy
/// let positive = [0.99, 0.01]; // probability of a positive test
/// let after_one = posterior(&prior, &positive)?;
/// assert_eq!(after_one.as_slice(), [0.5, 0.5]);
/// let after_two = posterior(&after_one, &positive)?;
/// assert_eq!(after_two.as_slice(), [0.99, 0.01]);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §1.2, eq. 1.12 and 1.13; D. MacKay,
/// *Information Theory, Inference, and Learning Algorithms* (2003), §2.3.
#[doc(alias = "Bayes")]
pub fn posterior(prior: &Simplex, likelihood: &[f64]) -> Result<Simplex, ProbabilityError> {
    check_likelihood(prior, likelihood)?;
    match Simplex::from_weights(&scaled_products(prior.as_slice(), likelihood)) {
        Err(NumericError::EmptySupport) => Err(ProbabilityError::ZeroEvidence),
        p => Ok(p?),
    }
}

/// The posterior from logarithms of likelihoods, for data whose probability underflows.
///
/// ```math
/// p(h \mid d) = \operatorname{softmax}\bigl(\ln p(h) + \ln p(d \mid h)\bigr)
/// ```
///
/// A thousand independent observations have a log-likelihood of some thousands below zero: add up
/// the logarithms, they are the likelihood of all of them. $`-\infty`$ marks impossible data.
///
/// # Shapes
///
/// `prior: n`, `ln_likelihood: n`; the result has `n` outcomes.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the same posterior as from likelihoods | `posterior_in_logarithms_is_the_same` |
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] if the lengths differ,
/// [`ProbabilityError::InvalidLogLikelihood`] for the first logarithm that is NaN or $`+\infty`$,
/// [`ProbabilityError::ZeroEvidence`] if the data are impossible under every hypothesis.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Simplex, posterior_from_ln_likelihood};
///
/// let even = Simplex::uniform(2)?;
/// let p = posterior_from_ln_likelihood(&even, &[-5000.0, -5000.0])?;
/// assert_eq!(p.as_slice(), [0.5, 0.5]);
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// Bishop (2006), §4.2, eq. 4.62 and 4.63.
pub fn posterior_from_ln_likelihood(
    prior: &Simplex,
    ln_likelihood: &[f64],
) -> Result<Simplex, ProbabilityError> {
    match softmax(&ln_joint(prior, ln_likelihood)?) {
        Ok(p) => Ok(Simplex::from_weights(&p)?),
        Err(NumericError::EmptySupport) => Err(ProbabilityError::ZeroEvidence),
        Err(error) => Err(error.into()),
    }
}

/// The products of two lists of non-negative numbers, divided by a power of two near the largest product.
fn scaled_products(p: &[f64], l: &[f64]) -> Vec<f64> {
    // Exponents apart from digits: the product of a tiny prior and a huge likelihood may be the largest,
    // so neither list can be scaled alone.
    let exponent = |(p, l): (&f64, &f64)| binary_exponent(*p) + binary_exponent(*l);
    let possible = zip(p, l).filter(|&(&p, &l)| p > 0.0 && l > 0.0);
    let largest = possible.map(exponent).max().unwrap_or(0);
    let digits = |x: f64| ldexp(x, -binary_exponent(x));
    zip(p, l)
        .map(|(p, l)| ldexp(digits(*p) * digits(*l), exponent((p, l)) - largest))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bayes::evidence::{evidence, ln_evidence};

    fn prior() -> Simplex {
        Simplex::new(vec![0.25, 0.75, 0.0]).unwrap()
    }

    #[test]
    fn the_monty_hall_problem() {
        // the car is behind door 0, 1 or 2; door 0 is chosen, door 2 is opened and empty
        let p = posterior(&Simplex::uniform(3).unwrap(), &[0.5, 1.0, 0.0]).unwrap();
        let expected = [1.0 / 3.0, 2.0 / 3.0, 0.0];
        assert!(zip(p.as_slice(), expected).all(|(p, q)| (p - q).abs() <= f64::EPSILON));
    }

    #[test]
    fn impossible_data_have_no_posterior_but_an_evidence() {
        let zero = [0.0, 0.0, 1.0]; // possible only under what has no prior
        assert_eq!(
            posterior(&prior(), &zero),
            Err(ProbabilityError::ZeroEvidence)
        );
        assert_eq!(evidence(&prior(), &zero), Ok(0.0));
        let ln_zero = zero.map(f64::ln);
        let result = posterior_from_ln_likelihood(&prior(), &ln_zero);
        assert_eq!(result, Err(ProbabilityError::ZeroEvidence));
        assert_eq!(ln_evidence(&prior(), &ln_zero), Ok(f64::NEG_INFINITY));
    }

    #[test]
    fn hostile_likelihoods_are_errors() {
        let mismatch = ProbabilityError::LengthMismatch { left: 3, right: 1 };
        assert_eq!(posterior(&prior(), &[1.0]), Err(mismatch.clone()));
        assert_eq!(ln_evidence(&prior(), &[0.0]), Err(mismatch));
        for value in [-1.0, f64::INFINITY] {
            let error = ProbabilityError::InvalidLikelihood { index: 1, value };
            assert_eq!(posterior(&prior(), &[0.5, value, 1.0]), Err(error.clone()));
            assert_eq!(evidence(&prior(), &[0.5, value, 1.0]), Err(error));
        }
        assert!(posterior(&prior(), &[f64::NAN; 3]).is_err());
        assert!(ln_evidence(&prior(), &[f64::NAN; 3]).is_err());
        assert!(posterior_from_ln_likelihood(&prior(), &[0.0, f64::INFINITY, 0.0]).is_err());
    }

    #[test]
    fn a_tiny_prior_and_a_huge_likelihood_do_not_hide_the_others() {
        let of = |prior: &[f64], likelihood: &[f64]| {
            posterior(&Simplex::new(prior.to_vec()).unwrap(), likelihood).unwrap()
        };
        let p = of(&[1e-300, 1.0], &[1e300, 1e-30]);
        assert!((p.as_slice()[0] - 1.0).abs() <= f64::EPSILON);
        assert!((p.as_slice()[1] / 1e-30 - 1.0).abs() <= 4.0 * f64::EPSILON);
        // both products underflow, and are 3 : 1
        let p = of(&[1e-300, 1.0], &[3e-20, 1e-320]);
        let ratio = p.as_slice()[0] / p.as_slice()[1];
        assert!((ratio / (3e-20 * (1e-300 / 1e-320)) - 1.0).abs() <= 4.0 * f64::EPSILON);
        let p = of(&[5e-324, 1.0], &[1.0, 5e-324]);
        assert_eq!(p.as_slice(), [0.5, 0.5]);
    }

    #[test]
    fn the_scale_of_a_likelihood_does_not_matter() {
        for scale in [5e-324, 1e-300, 1e307] {
            let p = posterior(&prior(), &[3.0 * scale, scale, 9.0 * scale]).unwrap();
            assert_eq!(p.as_slice(), [0.5, 0.5, 0.0], "{scale}");
        }
        let huge = [f64::MAX, f64::MAX, f64::MAX];
        assert_eq!(posterior(&prior(), &huge), Ok(prior()));
    }
}
