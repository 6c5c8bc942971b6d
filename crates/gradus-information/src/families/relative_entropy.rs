//! The Kullback–Leibler divergence between members of a family, where it has a closed form.

use super::kl::{kl_bernoulli, kl_normal};
use super::shapes::of_gammas;
use crate::divergences::kl::kl_divergence;
use crate::error::InformationError;
use gradus_numeric::{deviance, digamma, gamma, ln_beta, ln_gamma};
use gradus_probability::{
    Bernoulli, Beta, Binomial, Categorical, Cauchy, ChiSquared, Continuous, Dirichlet, Discrete,
    Exponential, Gamma, Geometric, Gumbel, HalfNormal, InverseGamma, Laplace, LogNormal,
    Multinomial, NegativeBinomial, Normal, Pareto, Poisson, Uniform, VonMises, Weibull,
};

/// A family whose members have a Kullback–Leibler divergence in closed form.
///
/// ```math
/// D(p \parallel q) = \int p(x) \ln \frac{p(x)}{q(x)} \, dx
/// ```
///
/// What a draw of p costs in nats if it is coded for q; half of the squared distance of two parameters in units of the standard error of an
/// estimate from one draw, if they are near each other (Fisher). Families without a closed form (Student's t, Fisher's F, logistic, hypergeometric, beta–binomial) do not have the trait.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | the integral, or the sum, of the definition | `divergences_of_families_are_integrals` |
/// | $`D \ge 0`$, 0 for a law and itself | `divergences_of_families_are_non_negative` |
/// | both multiplied by a factor: the same | `divergences_of_families_do_not_see_units` |
/// | of counts: as often as there are trials | `divergences_of_counts_are_those_of_their_trials` |
/// | gamma laws near each other: $`\tfrac12 F \delta^2`$, with its digits | `divergences_of_near_gammas_keep_their_digits` |
/// | parameters from $`10^{-308}`$ to $`10^{308}`$ give numbers, 0 for a law and itself | `divergences_of_extreme_members_are_no_nan` |
///
/// # Numerics
///
/// Where the formula is a sum of terms that are not negative, between almost equal members nothing cancels (Bernoulli, binomial, exponential, gamma, geometric,
/// half-normal, inverse gamma, multinomial, negative binomial, normal, Poisson, χ²); elsewhere the divergence is known to a few roundings of the terms of the formula, and is never negative.
///
/// # Examples
///
/// ```
/// use gradus_information::{Poisson, RelativeEntropy};
///
/// let (p, q) = (Poisson::new(2.0)?, Poisson::new(1.0)?);
/// assert!((p.kl(&q)? - (2.0 * 2.0_f64.ln() - 1.0)).abs() < 1e-15);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// M. Gil, F. Alajaji and T. Linder, *Rényi divergence measures for commonly used univariate continuous distributions*, Inform. Sci. 249
/// (2013), 124–131, table 3; Cover and Thomas (2006), §2.3.
pub trait RelativeEntropy {
    /// $`D(p \parallel q)`$ in nats, where p is this law and q the other.
    ///
    /// # Errors
    ///
    /// [`InformationError::NoClosedForm`] for two members that have none.
    fn kl(&self, other: &Self) -> Result<f64, InformationError>;
}

impl RelativeEntropy for Bernoulli {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(kl_bernoulli(self, other))
    }
}

/// n times that of one trial, for equally many.
impl RelativeEntropy for Binomial {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        if self.trials() != other.trials() {
            return Err(InformationError::NoClosedForm);
        }
        if self.trials() == 0 {
            return Ok(0.0);
        }
        Ok(self.trials() as f64 * of_trials(self.probability(), other.probability())?)
    }
}

/// n times that of one trial, for equally many.
impl RelativeEntropy for Multinomial {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let one = kl_divergence(self.probabilities(), other.probabilities())?;
        match self.trials() {
            n if n != other.trials() => Err(InformationError::NoClosedForm),
            0 => Ok(0.0),
            n => Ok(n as f64 * one),
        }
    }
}

/// As often as there are trials on average, for equally many successes.
impl RelativeEntropy for NegativeBinomial {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        if self.successes() != other.successes() {
            return Err(InformationError::NoClosedForm);
        }
        let one = of_trials(self.probability(), other.probability())? / self.probability();
        Ok(self.successes() * one)
    }
}

/// As often as there are trials on average.
impl RelativeEntropy for Geometric {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(of_trials(self.probability(), other.probability())? / self.probability())
    }
}

impl RelativeEntropy for Categorical {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        kl_divergence(self.probabilities(), other.probabilities())
    }
}

/// $`\lambda_p \ln(\lambda_p / \lambda_q) + \lambda_q - \lambda_p`$.
impl RelativeEntropy for Poisson {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(deviance(self.mean()?, other.mean()?))
    }
}

impl RelativeEntropy for Normal {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(kl_normal(self, other))
    }
}

/// That of the normal draws, without their signs: both are centered.
impl RelativeEntropy for HalfNormal {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let centered = |law: &Self| Normal::new(0.0, law.scale());
        Ok(kl_normal(&centered(self)?, &centered(other)?))
    }
}

/// That of the logarithms.
impl RelativeEntropy for LogNormal {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(kl_normal(self.logarithm(), other.logarithm()))
    }
}

/// $`r - 1 - \ln r`$ with the ratio $`r = b_q / b_p`$ of the rates.
impl RelativeEntropy for Exponential {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(deviance(1.0, other.rate() / self.rate()))
    }
}

/// $`D(a_q, r a_p) + \varphi(a_q) - \varphi(a_p) - (a_q - a_p) \, \varphi'(a_p)`$ with the ratio $`r = b_q / b_p`$ of the rates, the [`deviance`] D, and
/// $`\varphi(a) = \ln \Gamma(a) - a \ln a + a`$, which is convex; the books write the same as
/// $`a_p (r - 1) - a_q \ln r + \ln \Gamma(a_q) - \ln \Gamma(a_p) - (a_q - a_p) \psi(a_p)`$.
impl RelativeEntropy for Gamma {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(of_gammas(
            (self.shape(), self.rate()),
            (other.shape(), other.rate()),
        ))
    }
}

/// That of gamma distributions with the same rate ½ and the shapes $`k / 2`$.
impl RelativeEntropy for ChiSquared {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        // half of the smallest number rounds to 0
        let shape = |law: &Self| (0.5 * law.freedom()).max(f64::from_bits(1));
        Ok(of_gammas((shape(self), 0.5), (shape(other), 0.5)))
    }
}

/// That of the reciprocals.
impl RelativeEntropy for InverseGamma {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        Ok(of_gammas(
            (self.shape(), self.scale()),
            (other.shape(), other.scale()),
        ))
    }
}

/// $`\ln \frac{B(a_q, b_q)}{B(a_p, b_p)} + (a_p - a_q) \psi(a_p) + (b_p - b_q) \psi(b_p) + (a_q - a_p + b_q - b_p) \psi(a_p + b_p)`$.
impl RelativeEntropy for Beta {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let (a, b) = (other.a() - self.a(), other.b() - self.b());
        let of_sum = digamma(self.a() + self.b());
        let means = a * (of_sum - digamma(self.a())) + b * (of_sum - digamma(self.b()));
        Ok((ln_beta(other.a(), other.b()) - ln_beta(self.a(), self.b()) + means).max(0.0))
    }
}

/// $`\ln \frac{B(q)}{B(p)} + \sum_i (p_i - q_i) \bigl( \psi(p_i) - \psi(\sum_j p_j) \bigr)`$ of the concentrations.
impl RelativeEntropy for Dirichlet {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let (p, q) = (self.concentrations(), other.concentrations());
        if p.len() != q.len() {
            return Err(InformationError::LengthMismatch {
                left: p.len(),
                right: q.len(),
            });
        }
        let ln_b = |a: &[f64]| {
            a.iter().map(|a| ln_gamma(*a)).sum::<f64>() - ln_gamma(a.iter().sum::<f64>())
        };
        let of_sum = digamma(p.iter().sum::<f64>());
        let means: f64 = p
            .iter()
            .zip(q)
            .map(|(p, q)| (p - q) * (digamma(*p) - of_sum))
            .sum();
        Ok((ln_b(q) - ln_b(p) + means).max(0.0))
    }
}

/// $`\ln \frac{I_0(\kappa_q)}{I_0(\kappa_p)} + (\kappa_p - \kappa_q \cos(\mu_p - \mu_q)) \, A(\kappa_p)`$ with $`A = I_1 / I_0`$, the mean of the cosine.
impl RelativeEntropy for VonMises {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let (p, q) = (self.concentration(), other.concentration());
        let height = |law: &Self| law.ln_pdf(law.location());
        // the same direction, with 1 − A for A, and what the angle between the directions adds
        let widths = height(self) - height(other) + (q - p) * self.circular_variance();
        let half = (0.5 * (self.location() - other.location())).sin();
        let turned = q * self.resultant_length() * (2.0 * half * half);
        Ok(widths.max(0.0) + turned)
    }
}

/// $`\ln \frac{b_q - a_q}{b_p - a_p}`$ if the interval of q holds that of p, else ∞.
impl RelativeEntropy for Uniform {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let inside = other.low() <= self.low() && self.high() <= other.high();
        Ok(if inside {
            (other.entropy() - self.entropy()).max(0.0)
        } else {
            f64::INFINITY
        })
    }
}

/// $`\ln \frac{\sigma_q}{\sigma_p} + \frac{\sigma_p e^{-\lvert d \rvert / \sigma_p} + \lvert d \rvert}{\sigma_q} - 1`$ with the distance d of the locations.
impl RelativeEntropy for Laplace {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let (d, ratio) = (
            (self.location() - other.location()).abs(),
            self.scale() / other.scale(),
        );
        let near = ratio * (-d / self.scale()).exp_m1() + d / other.scale();
        Ok((deviance(1.0, ratio) + near).max(0.0))
    }
}

/// $`\ln \frac{(\sigma_p + \sigma_q)^2 + d^2}{4 \sigma_p \sigma_q}`$ with the distance d of the locations.
impl RelativeEntropy for Cauchy {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        // (σp − σq)² + d² over 4 σp σq, in two factors that do not overflow together
        let (roots, d) = (
            self.scale().sqrt() * other.scale().sqrt() * 2.0,
            self.location() - other.location(),
        );
        let apart = (self.scale() - other.scale()).hypot(d) / roots;
        Ok(if apart > 1e8 {
            2.0 * apart.ln()
        } else {
            (apart * apart).ln_1p()
        })
    }
}

/// $`\ln \frac{\sigma_q}{\sigma_p} + \gamma (r - 1) + e^{-d} \, \Gamma(1 + r) - 1 + d`$ with $`r = \sigma_p / \sigma_q`$, $`d = (\mu_p - \mu_q) / \sigma_q`$.
impl RelativeEntropy for Gumbel {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let ratio = self.scale() / other.scale();
        let d = (self.location() - other.location()) / other.scale();
        let power = (ln_gamma(1.0 + ratio) - d).exp();
        Ok((-ratio.ln() + EULER * (ratio - 1.0) + power - 1.0 + d).max(0.0))
    }
}

/// That of Gumbel distributions, for the logarithms: $`-\ln X`$ has location $`-\ln \lambda`$ and scale $`1 / k`$.
impl RelativeEntropy for Weibull {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        let ratio = other.shape() / self.shape();
        let d = other.shape() * (other.scale().ln() - self.scale().ln());
        let power = if ratio < 100.0 {
            gamma(1.0 + ratio) * (-d).exp()
        } else {
            (ln_gamma(1.0 + ratio) - d).exp()
        };
        Ok((-ratio.ln() + EULER * (ratio - 1.0) + power - 1.0 + d).max(0.0))
    }
}

/// $`a_q \ln \frac{s_p}{s_q} + \frac{a_q}{a_p} - 1 - \ln \frac{a_q}{a_p}`$ if p begins where q has begun, else ∞.
impl RelativeEntropy for Pareto {
    fn kl(&self, other: &Self) -> Result<f64, InformationError> {
        if self.scale() < other.scale() {
            return Ok(f64::INFINITY);
        }
        let moved = other.shape() * (self.scale() / other.scale()).ln();
        Ok(moved + deviance(1.0, other.shape() / self.shape()))
    }
}

fn of_trials(p: f64, q: f64) -> Result<f64, InformationError> {
    Ok(kl_bernoulli(&Bernoulli::new(p)?, &Bernoulli::new(q)?))
}

/// $`\gamma`$, Euler's constant; DLMF 5.2.3.
const EULER: f64 = 0.577_215_664_901_532_9;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_without_a_closed_form_or_without_a_common_support() {
        let (p, q) = (
            Binomial::new(3, 0.5).unwrap(),
            Binomial::new(4, 0.5).unwrap(),
        );
        assert_eq!(p.kl(&q), Err(InformationError::NoClosedForm));
        let waits = [1.0, 2.0].map(|r| NegativeBinomial::new(r, 0.5).unwrap());
        assert_eq!(waits[0].kl(&waits[1]), Err(InformationError::NoClosedForm));
        let (inner, outer) = (
            Uniform::new(0.0, 1.0).unwrap(),
            Uniform::new(0.0, 2.0).unwrap(),
        );
        assert_eq!(inner.kl(&outer), Ok(2.0_f64.ln()));
        assert_eq!(outer.kl(&inner), Ok(f64::INFINITY));
        let (late, soon) = (
            Pareto::new(2.0, 1.0).unwrap(),
            Pareto::new(1.0, 1.0).unwrap(),
        );
        assert_eq!(soon.kl(&late), Ok(f64::INFINITY));
        assert_eq!(late.kl(&soon), Ok(2.0_f64.ln()));
    }
}
