//! Fisher information: how sharply a draw tells the parameters of its law.

use super::fisher_matrix::{FisherMatrix, above};
use gradus_numeric::trigamma;
use gradus_probability::{
    Bernoulli, Beta, Binomial, Categorical, Cauchy, ChiSquared, Dirichlet, Discrete, Exponential,
    Gamma, Geometric, Gumbel, HalfNormal, InverseGamma, Laplace, LogNormal, Logistic,
    NegativeBinomial, Normal, Pareto, Poisson, StudentT, VonMises, Weibull,
};
use std::f64::consts::PI;

/// A family with a Fisher information in closed form.
///
/// ```math
/// F_{ij}(\theta) = \operatorname{E} \Bigl[ \frac{\partial \ln p(X)}{\partial \theta_i} \frac{\partial \ln p(X)}{\partial \theta_j} \Bigr]
///   = -\operatorname{E} \Bigl[ \frac{\partial^2 \ln p(X)}{\partial \theta_i \, \partial \theta_j} \Bigr]
/// ```
///
/// with the parameters in the order of the constructor, but for numbers of trials and successes of binomial and negative binomial laws, which are known; the last
/// probability of a categorical law, which the others tell; and the scale of a Pareto law, with which the support moves. It is the curvature of [`RelativeEntropy`](crate::RelativeEntropy): how soon two laws with neighboring parameters can be
/// told apart. Families whose support moves (uniform) have none.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`D(\theta \parallel \theta + \delta) = \tfrac12 \delta^\top F \delta + O(\delta^3)`$ | `fisher_information_is_the_curvature_of_divergence` |
/// | $`\operatorname{E} s = 0`$, $`F = \operatorname{E} s s^\top = -\operatorname{E} s'`$ for the score s, by automatic differentiation | `fisher_information_is_the_variance_of_the_score` |
/// | as many trials, as many times the information; a unit divides it | `fisher_information_adds_up` |
/// | the same of dice and of Dirichlet's law, with all their parameters | `information_of_probabilities_is_the_curvature_of_divergence` |
/// | parameters from $`10^{-308}`$ to $`10^{308}`$ give numbers | `information_of_extreme_members_is_no_nan` |
/// | Student's law with $`10^{-300}`$ to $`10^{300}`$ degrees of freedom; many make it normal | `information_on_degrees_of_freedom_is_smooth` |
///
/// # Numerics
///
/// Each entry to a few roundings. A law of one sure outcome has an infinite one.
///
/// # Examples
///
/// ```
/// use gradus_information::{FisherInformation, Normal};
///
/// let f = Normal::new(3.0, 0.5)?.fisher_information();
/// assert_eq!((f.get(0, 0), f.get(1, 1), f.get(0, 1)), (Some(4.0), Some(8.0), Some(0.0)));
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// E. L. Lehmann and G. Casella, *Theory of Point Estimation*, 2nd ed. (1998), §2.5, table 5.1; for Weibull's and Gumbel's law N. L. Johnson, S. Kotz and
/// N. Balakrishnan, *Continuous Univariate Distributions* (1994), ch. 21 and 22; for Student's law K. L. Lange, R. J. A. Little and J. M. G. Taylor, *Robust
/// statistical modeling using the t distribution*, J. Amer. Statist. Assoc. 84 (1989), 881–896, appendix B.
pub trait FisherInformation {
    /// The information of one draw.
    fn fisher_information(&self) -> FisherMatrix;
}

/// The smallest variances that unbiased estimates of the parameters can have: Cramér and Rao's bounds.
///
/// ```math
/// \operatorname{Var} \hat\theta_i \ge \frac1n \bigl( F(\theta)^{-1} \bigr)_{ii}
/// ```
///
/// where n is the number of `samples`. Means, and the frequency of an event, attain them; estimates by maximum likelihood do so in the limit, and their standard errors
/// (`Fit` in `gradus-probability`) are the roots. Not to know the second parameter makes the first more uncertain: $`(F^{-1})_{11} \ge 1 / F_{11}`$.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`(F^{-1})_{ii}`$ of more than two parameters | `bounds_are_the_diagonal_of_the_inverse` |
/// | the variance of the mean, the frequency, the standard errors of fits | `efficient_estimates_attain_the_bound` |
///
/// # Numerics
///
/// Two parameters that are hard to tell apart lose digits: $`1 - F_{12}^2 / F_{11} F_{22}`$ is 1 / 2a for a gamma law of shape a, and has an error of some ε.
///
/// # Examples
///
/// ```
/// use gradus_information::{Normal, cramer_rao_bounds};
///
/// // σ² / n for the mean, σ² / 2n for the standard deviation
/// let bounds = cramer_rao_bounds(&Normal::new(3.0, 2.0)?, 100);
/// assert!((bounds[0] - 0.04).abs() < 1e-17 && (bounds[1] - 0.02).abs() < 1e-17);
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// C. R. Rao, *Information and the accuracy attainable in the estimation of statistical parameters*, Bull. Calcutta Math. Soc. 37 (1945),
/// 81–91; Cover and Thomas (2006), theorem 11.10.1.
#[must_use]
#[doc(alias = "Cramér–Rao")]
pub fn cramer_rao_bounds(law: &impl FisherInformation, samples: u64) -> Vec<f64> {
    let bound = |variance: f64| match samples {
        0 => f64::INFINITY, // also where one would tell all
        n => variance / n as f64,
    };
    let of_one = law.fisher_information().inverse_diagonal();
    of_one.into_iter().map(bound).collect()
}

/// $`1 / p (1 - p)`$.
impl FisherInformation for Bernoulli {
    fn fisher_information(&self) -> FisherMatrix {
        FisherMatrix::one(of_event(self.probability()))
    }
}

/// $`n / p (1 - p)`$ on p.
impl FisherInformation for Binomial {
    fn fisher_information(&self) -> FisherMatrix {
        // 0 · ∞: no trials tell nothing of a sure event either
        if self.trials() == 0 {
            return FisherMatrix::one(0.0);
        }
        FisherMatrix::one(self.trials() as f64 * of_event(self.probability()))
    }
}

/// $`1 / p^2 (1 - p)`$: that of as many trials as there are on average.
impl FisherInformation for Geometric {
    fn fisher_information(&self) -> FisherMatrix {
        FisherMatrix::one(of_event(self.probability()) / self.probability())
    }
}

/// $`r / p^2 (1 - p)`$ on p: that of as many trials as there are on average.
impl FisherInformation for NegativeBinomial {
    fn fisher_information(&self) -> FisherMatrix {
        let p = self.probability();
        FisherMatrix::one(self.successes() * (of_event(p) / p))
    }
}

/// $`\delta_{ij} / p_i + 1 / p_n`$ on all probabilities but the last one, $`p_n`$.
impl FisherInformation for Categorical {
    fn fisher_information(&self) -> FisherMatrix {
        let (last, others) = match self.probabilities().as_slice() {
            [others @ .., last] => (*last, others),
            [] => (1.0, &[][..]), // there is always one
        };
        let diagonal = others.iter().map(|p| 1.0 / p).collect();
        FisherMatrix::of_probabilities(diagonal, 1.0 / last)
    }
}

/// $`1 / \lambda`$.
impl FisherInformation for Poisson {
    fn fisher_information(&self) -> FisherMatrix {
        // the variance of a Poisson law is its parameter, and always exists
        FisherMatrix::one(1.0 / self.variance().unwrap_or(f64::NAN))
    }
}

/// $`\operatorname{diag}(1, 2) / \sigma^2`$.
impl FisherInformation for Normal {
    fn fisher_information(&self) -> FisherMatrix {
        of_scale(self.standard_deviation(), 1.0, 0.0, 2.0)
    }
}

/// $`2 / \sigma^2`$.
impl FisherInformation for HalfNormal {
    fn fisher_information(&self) -> FisherMatrix {
        FisherMatrix::one(2.0 / self.scale() / self.scale())
    }
}

/// That of the logarithm.
impl FisherInformation for LogNormal {
    fn fisher_information(&self) -> FisherMatrix {
        self.logarithm().fisher_information()
    }
}

/// $`1 / \beta^2`$ on the rate.
impl FisherInformation for Exponential {
    fn fisher_information(&self) -> FisherMatrix {
        FisherMatrix::one(1.0 / self.rate() / self.rate())
    }
}

/// $`\begin{pmatrix} \psi'(a) & -1/b \\ -1/b & a / b^2 \end{pmatrix}`$ on shape and rate.
impl FisherInformation for Gamma {
    fn fisher_information(&self) -> FisherMatrix {
        let (a, b) = (self.shape(), self.rate());
        FisherMatrix::two(trigamma(a), -1.0 / b, a / b / b)
    }
}

/// $`\tfrac14 \psi'(\tfrac k2)`$.
impl FisherInformation for ChiSquared {
    fn fisher_information(&self) -> FisherMatrix {
        FisherMatrix::one(0.25 * trigamma(0.5 * self.freedom()))
    }
}

/// That of the reciprocal, whose rate is the scale.
impl FisherInformation for InverseGamma {
    fn fisher_information(&self) -> FisherMatrix {
        let (a, b) = (self.shape(), self.scale());
        FisherMatrix::two(trigamma(a), -1.0 / b, a / b / b)
    }
}

/// $`\begin{pmatrix} \psi'(a) - \psi'(a + b) & -\psi'(a + b) \\ -\psi'(a + b) & \psi'(b) - \psi'(a + b) \end{pmatrix}`$.
impl FisherInformation for Beta {
    fn fisher_information(&self) -> FisherMatrix {
        let both = trigamma(self.a() + self.b());
        FisherMatrix::two(
            above(trigamma(self.a()), -both),
            -both,
            above(trigamma(self.b()), -both),
        )
    }
}

/// $`\psi'(a_i) \, \delta_{ij} - \psi'(\sum_k a_k)`$.
impl FisherInformation for Dirichlet {
    fn fisher_information(&self) -> FisherMatrix {
        match self.concentrations() {
            [_] => FisherMatrix::one(0.0), // the only outcome is sure
            all => {
                let diagonal = all.iter().map(|a| trigamma(*a)).collect();
                FisherMatrix::of_probabilities(diagonal, -trigamma(all.iter().sum::<f64>()))
            }
        }
    }
}

/// $`\operatorname{diag}(\kappa A(\kappa), 1 - A(\kappa) / \kappa - A(\kappa)^2)`$ with $`A = I_1 / I_0`$: the second is the variance of the cosine.
impl FisherInformation for VonMises {
    fn fisher_information(&self) -> FisherMatrix {
        let of_direction = self.concentration() * self.resultant_length();
        FisherMatrix::two(of_direction, 0.0, self.cosine_variance())
    }
}

/// $`\frac{\nu + 1}{\nu + 3} / \sigma^2`$ on the location, and on scale and degrees of freedom
/// $`\begin{pmatrix} \frac{2 \nu}{\nu + 3} / \sigma^2 & \frac{-2}{(\nu + 1)(\nu + 3)} / \sigma \\ \cdot & \frac14 \bigl( \psi'(\frac \nu2) - \psi'(\frac{\nu + 1}2) \bigr) - \frac{\nu + 5}{2 \nu (\nu + 1)(\nu + 3)} \end{pmatrix}`$.
impl FisherInformation for StudentT {
    fn fisher_information(&self) -> FisherMatrix {
        let (nu, scale) = (self.freedom(), self.scale());
        let per = |f: f64| f / scale / scale;
        let mixed = -2.0 / (nu + 1.0) / (nu + 3.0) / scale;
        let others = [
            per(2.0 * (nu / (nu + 3.0))),
            mixed,
            self.freedom_information(),
        ];
        FisherMatrix::apart(per((nu + 1.0) / (nu + 3.0)), others)
    }
}

/// $`\operatorname{diag}(1, 1) / \sigma^2`$.
impl FisherInformation for Laplace {
    fn fisher_information(&self) -> FisherMatrix {
        of_scale(self.scale(), 1.0, 0.0, 1.0)
    }
}

/// $`\operatorname{diag}(1, 1) / 2 \sigma^2`$.
impl FisherInformation for Cauchy {
    fn fisher_information(&self) -> FisherMatrix {
        of_scale(self.scale(), 0.5, 0.0, 0.5)
    }
}

/// $`\operatorname{diag}(\tfrac13, \tfrac{3 + \pi^2}{9}) / \sigma^2`$.
impl FisherInformation for Logistic {
    fn fisher_information(&self) -> FisherMatrix {
        of_scale(self.scale(), 1.0 / 3.0, 0.0, (3.0 + PI * PI) / 9.0)
    }
}

/// $`\begin{pmatrix} 1 & \gamma - 1 \\ \gamma - 1 & \tfrac{\pi^2}{6} + (1 - \gamma)^2 \end{pmatrix} / \sigma^2`$.
impl FisherInformation for Gumbel {
    fn fisher_information(&self) -> FisherMatrix {
        of_scale(self.scale(), 1.0, EULER - 1.0, OF_EXTREMES)
    }
}

/// $`\begin{pmatrix} (\tfrac{\pi^2}{6} + (1 - \gamma)^2) / k^2 & (\gamma - 1) / \lambda \\ (\gamma - 1) / \lambda & k^2 / \lambda^2 \end{pmatrix}`$ on shape and scale.
impl FisherInformation for Weibull {
    fn fisher_information(&self) -> FisherMatrix {
        let (k, lambda) = (self.shape(), self.scale());
        let of_scale = k / lambda;
        FisherMatrix::two(
            OF_EXTREMES / k / k,
            (EULER - 1.0) / lambda,
            of_scale * of_scale,
        )
    }
}

/// $`1 / a^2`$ on the shape.
impl FisherInformation for Pareto {
    fn fisher_information(&self) -> FisherMatrix {
        FisherMatrix::one(1.0 / self.shape() / self.shape())
    }
}

/// $`1 / p (1 - p)`$.
fn of_event(p: f64) -> f64 {
    1.0 / (p * (1.0 - p))
}

/// On location and scale, from the information at scale 1.
fn of_scale(scale: f64, first: f64, mixed: f64, second: f64) -> FisherMatrix {
    let per = |f: f64| f / scale / scale;
    FisherMatrix::two(per(first), per(mixed), per(second))
}

/// $`\gamma`$, Euler's constant; DLMF 5.2.3.
const EULER: f64 = 0.577_215_664_901_532_9;

/// $`\tfrac{\pi^2}{6} + (1 - \gamma)^2`$.
const OF_EXTREMES: f64 = PI * PI / 6.0 + (1.0 - EULER) * (1.0 - EULER);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sure_outcomes_and_no_samples() {
        assert_eq!(
            Bernoulli::new(1.0).unwrap().fisher_information().get(0, 0),
            Some(f64::INFINITY)
        );
        assert_eq!(
            cramer_rao_bounds(&Bernoulli::new(0.0).unwrap(), 7),
            vec![0.0]
        );
        let none = Binomial::new(0, 1.0).unwrap();
        assert_eq!(cramer_rao_bounds(&none, 7), vec![f64::INFINITY]);
        let normal = Normal::new(0.0, 1.0).unwrap();
        assert_eq!(cramer_rao_bounds(&normal, 0), vec![f64::INFINITY; 2]);
        let f = normal.fisher_information();
        assert_eq!((f.parameters(), f.get(2, 0), f.get(0, 2)), (2, None, None));
    }
}
