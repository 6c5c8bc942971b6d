//! A distribution of distributions.

use crate::contract::continuous::Continuous;
use crate::error::{ProbabilityError, finite_positive};
use crate::families::continuous::beta::Beta;
use crate::families::continuous::gamma::Gamma;
use gradus_numeric::{CompensatedSum, Real, Simplex, digamma, ln_gamma, softmax, xlogy};
use gradus_random::rand::Rng;
use gradus_random::uniform;
use std::iter::zip;

/// The Dirichlet distribution: a distribution of probabilities of n outcomes.
///
/// ```math
/// p(\theta) = \frac{\Gamma(\sum_i a_i)}{\prod_i \Gamma(a_i)} \prod_{i=1}^{n} \theta_i^{a_i - 1}, \qquad \theta_i \ge 0, \; \sum_i \theta_i = 1
/// ```
///
/// where $`a_i > 0`$ are the `concentrations`: what is believed of a die that showed face i about $`a_i`$ times. For two outcomes it is
/// [`Beta`]. Mean $`a_i / \sum_j a_j`$; concentrations below 1 favor few outcomes, large ones a narrow range.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | two outcomes: [`Beta`] | `dirichlet_of_two_outcomes_is_beta` |
/// | means and covariances are those of a distribution: $`\sum_i \theta_i = 1`$ | `dirichlet_moments_are_those_of_a_sum_of_one` |
/// | draws are distributions whose entries are beta draws | `draws_of_dirichlet_have_beta_entries` |
///
/// # Numerics
///
/// Draws are quotients of gamma draws, formed in logarithms: those of tiny shapes underflow, and their sum would be 0.
///
/// # Examples
///
/// ```
/// use gradus_probability::{Dirichlet, Simplex};
///
/// let die = Dirichlet::new(vec![2.0, 1.0, 1.0])?;
/// assert_eq!(die.mean()?.as_slice(), [0.5, 0.25, 0.25]);
/// let even = Simplex::new(vec![0.5, 0.25, 0.25])?;
/// assert!((die.ln_pdf(&even)? - 3.0_f64.ln()).abs() < 1e-15); // Γ(4) ½
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// C. M. Bishop, *Pattern Recognition and Machine Learning* (2006), §2.2.1; A. Gelman et al., *Bayesian Data Analysis*, 3rd ed.
/// (2013), appendix A.
#[derive(Clone, Debug, PartialEq)]
pub struct Dirichlet {
    concentrations: Vec<f64>,
    total: f64,
}

impl Dirichlet {
    /// The distribution with these `concentrations`, one for each outcome.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::Domain`] unless there are some, all finite and positive, with a finite sum.
    pub fn new(concentrations: Vec<f64>) -> Result<Self, ProbabilityError> {
        for &value in &concentrations {
            finite_positive("concentration", value)?;
        }
        let total = concentrations
            .iter()
            .copied()
            .collect::<CompensatedSum>()
            .value();
        finite_positive("sum of concentrations", total)?;
        Ok(Self {
            concentrations,
            total,
        })
    }

    /// $`a_i`$.
    #[must_use]
    pub fn concentrations(&self) -> &[f64] {
        &self.concentrations
    }

    /// $`\ln p(\theta)`$; $`+\infty`$ at a pole.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] unless there are as many outcomes.
    pub fn ln_pdf(&self, theta: &Simplex) -> Result<f64, ProbabilityError> {
        let (left, right) = (self.concentrations.len(), theta.len());
        if left != right {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        let powers =
            || zip(&self.concentrations, theta.as_slice()).map(|(a, x)| xlogy(a - 1.0, *x));
        // a zero with a concentration below 1 is a pole, above 1 impossible; both at once have no density to speak of
        if powers().any(|power| power == f64::NEG_INFINITY) {
            return Ok(f64::NEG_INFINITY);
        }
        Ok(
            ln_gamma(self.total) - self.sum(ln_gamma)
                + powers().collect::<CompensatedSum>().value(),
        )
    }

    /// $`a_i / \sum_j a_j`$.
    ///
    /// # Errors
    ///
    /// None in practice: the concentrations are positive.
    pub fn mean(&self) -> Result<Simplex, ProbabilityError> {
        Ok(Simplex::from_weights(&self.concentrations)?)
    }

    /// $`\operatorname{Cov}(\theta_i, \theta_j) = (m_i \delta_{ij} - m_i m_j) / (1 + \sum_k a_k)`$ with the means m; `None` outside.
    #[must_use]
    pub fn covariance(&self, i: usize, j: usize) -> Option<f64> {
        let (a, b) = (self.concentrations.get(i)?, self.concentrations.get(j)?);
        let (m, n) = (a / self.total, b / self.total);
        let rest = if i == j {
            self.others(i) / self.total
        } else {
            -n
        };
        Some(m * rest / (1.0 + self.total))
    }

    /// Where the density is largest: $`(a_i - 1) / \sum_j (a_j - 1)`$.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::NoMoment`] unless all concentrations are above 1: the density is then largest at a boundary, or nowhere.
    pub fn mode(&self) -> Result<Simplex, ProbabilityError> {
        if self.concentrations.iter().any(|a| *a <= 1.0) {
            return Err(ProbabilityError::NoMoment {
                moment: "mode",
                needs: "concentrations above 1",
            });
        }
        let weights: Vec<_> = self.concentrations.iter().map(|a| a - 1.0).collect();
        Ok(Simplex::from_weights(&weights)?)
    }

    /// The distribution of the probability of one outcome: [`Beta`] of $`a_i`$ and the sum of the others.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::OutcomeOutOfRange`] if there is no such outcome, [`ProbabilityError::Domain`] if it is the only one.
    pub fn marginal(&self, outcome: usize) -> Result<Beta, ProbabilityError> {
        let outcomes = self.concentrations.len();
        let Some(&a) = self.concentrations.get(outcome) else {
            return Err(ProbabilityError::OutcomeOutOfRange { outcome, outcomes });
        };
        Beta::new(a, self.others(outcome))
    }

    /// The differential entropy in nats, over all but the last probability:
    /// $`\ln B(a) + (A - n) \psi(A) - \sum_i (a_i - 1) \psi(a_i)`$ with $`A = \sum_i a_i`$.
    #[must_use]
    pub fn entropy(&self) -> f64 {
        let n = self.concentrations.len() as f64;
        self.sum(ln_gamma) - ln_gamma(self.total) + (self.total - n) * digamma(self.total)
            - self.sum(|a| (a - 1.0) * digamma(a))
    }

    /// Draws a distribution.
    ///
    /// # Errors
    ///
    /// None in practice: what is drawn sums to 1.
    pub fn sample(&self, rng: &mut (impl Rng + ?Sized)) -> Result<Simplex, ProbabilityError> {
        let mut logarithms = Vec::with_capacity(self.concentrations.len());
        for &a in &self.concentrations {
            // a draw of shape a is one of shape a + 1 times the power 1/a of a uniform one
            let larger = Gamma::new(a + 1.0, 1.0)?.sample(rng);
            let ln_uniform = (1.0 - uniform(rng)).ln();
            logarithms.push(larger.ln() + (ln_uniform / a).max(f64::MIN));
        }
        Ok(Simplex::from_weights(&softmax(&logarithms)?)?)
    }

    /// The sum of all concentrations but one; a difference would cancel.
    fn others(&self, outcome: usize) -> f64 {
        let others = self.concentrations.iter().enumerate();
        let others = others.filter(|(i, _)| *i != outcome).map(|(_, a)| *a);
        others.collect::<CompensatedSum>().value()
    }

    fn sum(&self, f: impl Fn(f64) -> f64) -> f64 {
        self.concentrations
            .iter()
            .map(|a| f(*a))
            .collect::<CompensatedSum>()
            .value()
    }
}

/// The log-density of the Dirichlet distribution, as a function of the probabilities and the concentrations.
///
/// ```math
/// \ln p(\theta) = \ln \Gamma \bigl( {\textstyle \sum_i} a_i \bigr) - \sum_i \ln \Gamma(a_i) + \sum_i (a_i - 1) \ln \theta_i
/// ```
///
/// For every [`Real`], so it can be differentiated by all of them. The slopes by $`\theta_i`$ are those of the formula, as if the probabilities were free.
///
/// # Shapes
///
/// `theta: n`, `concentrations: n`; the result is a scalar.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | score $`\partial_{\theta_i} = (a_i - 1) / \theta_i`$, $`\partial_{a_i} = \ln \theta_i - \psi(a_i) + \psi(\sum_j a_j)`$ | `scores_of_several_outcomes` |
/// | that of [`Dirichlet`] | `log_densities_are_those_of_their_laws` |
///
/// # Numerics
///
/// $`0 \ln 0 = 0`$: a zero with a concentration of 1 does no harm, with one below it is a pole, with one above impossible, and that comes first.
///
/// # Errors
///
/// [`ProbabilityError::LengthMismatch`] unless there are as many concentrations; [`ProbabilityError::Domain`] unless they are positive, with a finite sum.
///
/// # Examples
///
/// ```
/// use gradus_probability::dirichlet_ln_pdf;
///
/// let flat = dirichlet_ln_pdf(&[0.5, 0.25, 0.25_f64], &[1.0; 3])?;
/// assert!((flat - 2.0_f64.ln()).abs() < 1e-15); // a triangle of area ½
/// # Ok::<(), gradus_probability::ProbabilityError>(())
/// ```
///
/// # References
///
/// As [`Dirichlet`].
pub fn dirichlet_ln_pdf<R: Real>(theta: &[R], concentrations: &[R]) -> Result<R, ProbabilityError> {
    let (left, right) = (concentrations.len(), theta.len());
    if left != right {
        return Err(ProbabilityError::LengthMismatch { left, right });
    }
    for a in concentrations {
        finite_positive("concentration", a.to_f64())?;
    }
    let total = concentrations.iter().copied().sum::<R>();
    finite_positive("sum of concentrations", total.to_f64())?;
    let power = |(a, x): (&R, &R)| xlogy(*a - R::from_f64(1.0), *x);
    let powers: Vec<R> = zip(concentrations, theta).map(power).collect();
    let impossible = |power: &&R| power.to_f64() == f64::NEG_INFINITY;
    if let Some(power) = powers.iter().find(impossible) {
        return Ok(*power);
    }
    let normalizer = concentrations.iter().map(|a| ln_gamma(*a)).sum::<R>();
    Ok(ln_gamma(total) - normalizer + powers.into_iter().sum::<R>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concentrations_that_are_none() {
        assert!(Dirichlet::new(vec![]).is_err() && Dirichlet::new(vec![1.0, 0.0]).is_err());
        assert!(
            Dirichlet::new(vec![f64::NAN]).is_err() && Dirichlet::new(vec![f64::MAX; 2]).is_err()
        );
        let flat = Dirichlet::new(vec![1.0; 3]).unwrap();
        assert!(flat.mode().is_err() && flat.covariance(0, 3).is_none());
        assert!(flat.ln_pdf(&Simplex::uniform(2).unwrap()).is_err());
        assert_eq!(
            flat.marginal(3),
            Err(ProbabilityError::OutcomeOutOfRange {
                outcome: 3,
                outcomes: 3
            })
        );
    }
}
