//! The most likely Dirichlet law.

use super::dirichlet::Dirichlet;
use crate::error::ProbabilityError;
use crate::statistics::fit::Fit;
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{CompensatedSum, Simplex, digamma, ln_gamma, trigamma};
use std::iter::zip;

impl Dirichlet {
    /// The most likely Dirichlet law of distributions: $`\psi(\hat a_i) - \psi(\sum_j \hat a_j) = \overline{\ln \theta_i}`$.
    ///
    /// By Newton's steps: the information $`n (\operatorname{diag}(\psi'(a_i)) - \psi'(\sum_j a_j) \mathbf{1} \mathbf{1}^\top)`$ is a diagonal and one product,
    /// so its inverse costs no more than a sum. The logarithm of the likelihood is concave, so there is one top. Standard errors from the same inverse.
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::LengthMismatch`] for distributions of other lengths, [`ProbabilityError::InvalidObservation`] with the position of one with an
    /// impossible outcome, [`ProbabilityError::NoMaximum`] if all are equal, have a single outcome, or there are none.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Beta, Dirichlet, Simplex};
    ///
    /// let shares = [0.25, 0.5, 0.625];
    /// let pairs = shares.map(|p| Simplex::new(vec![p, 1.0 - p]));
    /// let pairs: Vec<Simplex> = pairs.into_iter().collect::<Result<_, _>>()?;
    /// let (two, one) = (Dirichlet::fit(&pairs)?, Beta::fit(&shares)?);
    /// assert!((two.distribution.concentrations()[0] / one.distribution.a() - 1.0).abs() < 1e-12);
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// T. P. Minka, *Estimating a Dirichlet distribution* (2000), §1 and 3.
    pub fn fit(x: &[Simplex]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(x, &vec![1.0; x.len()])
    }

    /// The same where distribution i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(x: &[Simplex], weights: &[f64]) -> Result<Fit<Self>, ProbabilityError> {
        let smallest = |theta: &Simplex| theta.as_slice().iter().copied().fold(1.0, f64::min);
        let smallest: Vec<f64> = x.iter().map(smallest).collect();
        let (n, _) = weighted_mean(&smallest, weights, |p| p > 0.0)?;
        let left = x.first().map_or(0, Simplex::len);
        if let Some(right) = x.iter().map(Simplex::len).find(|length| *length != left) {
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        let mean = |i: usize, f: fn(f64) -> f64| {
            let terms = zip(x, weights).map(|(theta, w)| w * f(theta.as_slice()[i])); // all have one length
            terms.collect::<CompensatedSum>().value() / n
        };
        let logarithms: Vec<f64> = (0..left).map(|i| mean(i, f64::ln)).collect();
        let means: Vec<f64> = (0..left).map(|i| mean(i, |p| p)).collect();
        let seen = zip(x, weights)
            .filter(|(_, w)| **w > 0.0)
            .map(|(theta, _)| theta);
        let first = seen.clone().next();
        if left < 2 || seen.into_iter().all(|theta| Some(theta) == first) {
            let reason = "all distributions are equal";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let a = most_likely(start(&means, &logarithms), &logarithms);
        let errors = Curvature::at(&a).diagonal_of_the_inverse();
        let errors = errors.iter().map(|v| (v / n).sqrt()).collect();
        let seen: Vec<&Simplex> = x.iter().collect();
        let ln_p = |law: &Self, theta: &Simplex| law.ln_pdf(theta).unwrap_or(f64::NAN); // of that length
        Ok(Fit::of(Self::new(a)?, errors, &seen, weights, ln_p))
    }
}

/// Concentrations with these means, whose sum is right for large ones: $`\sum_i m_i (\ln m_i - \overline{\ln \theta_i}) \approx (K - 1) / 2 s`$.
fn start(means: &[f64], logarithms: &[f64]) -> Vec<f64> {
    let gap: f64 = zip(means, logarithms).map(|(m, l)| m * (m.ln() - l)).sum();
    let sum = (means.len() as f64 - 1.0) / (2.0 * gap.max(f64::EPSILON));
    means.iter().map(|m| m * sum).collect()
}

/// Newton's steps, each halved until it leads up and leaves all concentrations positive.
fn most_likely(mut a: Vec<f64>, logarithms: &[f64]) -> Vec<f64> {
    for _ in 0..MOST_STEPS {
        let total: f64 = a.iter().sum();
        let slopes: Vec<f64> = zip(&a, logarithms)
            .map(|(a, l)| digamma(total) - digamma(*a) + l)
            .collect();
        let step = Curvature::at(&a).solve(&slopes);
        let here = value(&a, logarithms);
        // near the top the values differ by their rounding only
        let lowest = here - 8.0 * f64::EPSILON * (1.0 + here.abs());
        let next = (0..MOST_HALVINGS).find_map(|halvings| {
            let share = 0.5_f64.powi(halvings);
            let to: Vec<f64> = zip(&a, &step).map(|(a, s)| a + share * s).collect();
            let inside = to.iter().all(|a| *a > 0.0);
            (inside && value(&to, logarithms) >= lowest).then_some(to)
        });
        let Some(next) = next else { break };
        let settled = zip(&a, &next).all(|(a, b)| (b - a).abs() <= 4.0 * f64::EPSILON * a);
        a = next;
        if settled {
            break;
        }
    }
    a
}

/// $`\ln p`$ of one distribution with these logarithms.
fn value(a: &[f64], logarithms: &[f64]) -> f64 {
    let total: f64 = a.iter().sum();
    let terms = zip(a, logarithms).map(|(a, l)| (a - 1.0) * l - ln_gamma(*a));
    ln_gamma(total) + terms.collect::<CompensatedSum>().value()
}

/// $`\operatorname{diag}(t) - c \mathbf{1} \mathbf{1}^\top`$.
struct Curvature {
    t: Vec<f64>,
    c: f64,
    /// $`1 - c \sum_i 1 / t_i`$.
    rest: f64,
}

impl Curvature {
    fn at(a: &[f64]) -> Self {
        let t: Vec<f64> = a.iter().map(|a| trigamma(*a)).collect();
        let c = trigamma(a.iter().sum());
        let rest = 1.0 - c * t.iter().map(|t| 1.0 / t).sum::<f64>();
        Self { t, c, rest }
    }

    /// By Sherman and Morrison.
    fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mean = zip(b, &self.t).map(|(b, t)| b / t).sum::<f64>() * self.c / self.rest;
        zip(b, &self.t).map(|(b, t)| (b + mean) / t).collect()
    }

    fn diagonal_of_the_inverse(&self) -> Vec<f64> {
        let of = |t: &f64| (1.0 + self.c / self.rest / t) / t;
        self.t.iter().map(of).collect()
    }
}

/// Ten are usual.
const MOST_STEPS: usize = 200;
/// Shorter steps are not seen.
const MOST_HALVINGS: i32 = 60;
