//! The most likely Dirichlet distribution.

use super::dirichlet::Dirichlet;
use crate::error::ProbabilityError;
use crate::statistics::fit::{Fit, center_and_spread, differ, mean_of};
use crate::statistics::sample::weighted_mean;
use gradus_numeric::{CompensatedSum, Simplex, digamma, ln_gamma, trigamma};
use std::iter::zip;

impl Dirichlet {
    /// The most likely Dirichlet distribution of some distributions.
    ///
    /// ```math
    /// \psi(\hat a_i) - \psi(\hat A) = \overline{\ln \theta_i}, \qquad \hat A = \sum_i \hat a_i
    /// ```
    ///
    /// by Newton's steps from the moments: the log-likelihood is concave, and its Hessian a diagonal matrix and one of rank one, so that a step costs as much as a
    /// slope. Standard errors are the roots of the diagonal of the inverse of the information.
    ///
    /// # Shapes
    ///
    /// One distribution a sample, all of the same n outcomes; n concentrations and n standard errors.
    ///
    /// # Laws
    ///
    /// | law | property test |
    /// |-----|---------------|
    /// | $`\psi(\hat a_i) - \psi(\hat A) = \overline{\ln \theta_i}`$ | `dirichlet_fits_have_the_mean_logarithms_of_the_data` |
    /// | two outcomes: the fit of [`Beta`](crate::Beta), with its standard errors | `dirichlet_fits_of_two_outcomes_are_beta_fits` |
    ///
    /// # Errors
    ///
    /// [`ProbabilityError::InvalidObservation`] for a sample with a probability 0, at which a density may be 0 or infinite;
    /// [`ProbabilityError::LengthMismatch`] for different numbers of outcomes, or of weights; [`ProbabilityError::NoMaximum`] if there are no samples, if all are
    /// equal, or if there is only one outcome.
    ///
    /// # Examples
    ///
    /// ```
    /// use gradus_probability::{Dirichlet, Simplex};
    ///
    /// let samples = [[0.5, 0.25, 0.25], [0.25, 0.5, 0.25], [0.25, 0.25, 0.5]];
    /// let samples = samples.map(|p| Simplex::new(p.to_vec()));
    /// let samples = samples.into_iter().collect::<Result<Vec<_>, _>>()?;
    /// let fit = Dirichlet::fit(&samples)?;
    /// let a = fit.distribution.concentrations();
    /// assert!((a[1] / a[0] - 1.0).abs() < 1e-13 && (a[2] / a[0] - 1.0).abs() < 1e-13); // by symmetry
    /// # Ok::<(), gradus_probability::ProbabilityError>(())
    /// ```
    ///
    /// # References
    ///
    /// T. P. Minka, *Estimating a Dirichlet distribution* (2000), §1.
    pub fn fit(samples: &[Simplex]) -> Result<Fit<Self>, ProbabilityError> {
        Self::fit_weighted(samples, &vec![1.0; samples.len()])
    }

    /// The same where sample i counts `weights[i]` times.
    ///
    /// # Errors
    ///
    /// As [`fit`](Self::fit), and for a weight that is negative, NaN or infinite.
    pub fn fit_weighted(
        samples: &[Simplex],
        weights: &[f64],
    ) -> Result<Fit<Self>, ProbabilityError> {
        let outcomes = samples.first().map_or(0, Simplex::len);
        if let Some(other) = samples.iter().find(|p| p.len() != outcomes) {
            let (left, right) = (outcomes, other.len());
            return Err(ProbabilityError::LengthMismatch { left, right });
        }
        let columns = (0..outcomes).map(|i| samples.iter().map(|p| p.as_slice()[i]).collect());
        let columns: Vec<Vec<f64>> = columns.collect();
        let mut n = weighted_mean(&vec![1.0; samples.len()], weights, |_| true)?.0;
        for column in &columns {
            (n, _) = weighted_mean(column, weights, |p| p > 0.0)?;
        }
        if columns
            .iter()
            .all(|column| differ(column, weights).is_err())
        {
            let reason = "all observations are equal, or have one outcome";
            return Err(ProbabilityError::NoMaximum { reason });
        }
        let logarithms: Vec<_> = (columns.iter())
            .map(|column| mean_of(column, weights, n, f64::ln))
            .collect();
        let mut at = Concentrations(moments(&columns, weights, n));
        at.climb(&logarithms);
        let errors = at.standard_errors(n);
        let seen: Vec<_> = samples.iter().collect();
        Ok(Fit::of(
            Self::new(at.0)?,
            errors,
            &seen,
            weights,
            |law, p| {
                law.ln_pdf(p).unwrap_or(f64::NAN) // never: the numbers of outcomes agree
            },
        ))
    }
}

/// Concentrations with the means of the data, and about their variances.
fn moments(columns: &[Vec<f64>], weights: &[f64], n: f64) -> Vec<f64> {
    let of = |column: &Vec<f64>| {
        let about = mean_of(column, weights, n, |p| p);
        center_and_spread(column, weights, n, about)
    };
    let moments: Vec<_> = columns.iter().map(of).collect();
    let totals = moments.iter().map(|(m, s)| (m * (1.0 - m) / (s * s)).ln());
    let totals: Vec<_> = totals.filter(|ln| ln.is_finite()).collect();
    let mean = totals.iter().copied().collect::<CompensatedSum>().value() / totals.len() as f64;
    let total = mean.exp_m1().clamp(SMALLEST_TOTAL, LARGEST_TOTAL);
    moments.iter().map(|(m, _)| m * total).collect()
}

/// A point of the search.
struct Concentrations(Vec<f64>);

impl Concentrations {
    fn sum(&self, f: impl Fn(f64) -> f64) -> f64 {
        self.0
            .iter()
            .map(|a| f(*a))
            .collect::<CompensatedSum>()
            .value()
    }

    /// $`\ln \Gamma(A) - \sum_i \ln \Gamma(a_i) + \sum_i (a_i - 1) \overline{\ln \theta_i}`$, and the size of its terms; $`-\infty`$ outside.
    fn mean_ln_likelihood(&self, logarithms: &[f64]) -> (f64, f64) {
        if !self.0.iter().all(|a| *a > 0.0) {
            return (f64::NEG_INFINITY, 0.0);
        }
        let powers = zip(&self.0, logarithms).map(|(a, ln)| (a - 1.0) * ln);
        let powers = powers.collect::<CompensatedSum>().value();
        let (whole, parts) = (ln_gamma(self.sum(|a| a)), self.sum(ln_gamma));
        (
            whole - parts + powers,
            whole.abs() + parts.abs() + powers.abs(),
        )
    }

    /// Newton's steps, each halved until it leads up.
    fn climb(&mut self, logarithms: &[f64]) {
        let (mut value, mut size) = self.mean_ln_likelihood(logarithms);
        for _ in 0..MOST_STEPS {
            let mut step = self.step(logarithms);
            let lowest = value - 8.0 * f64::EPSILON * (1.0 + size);
            let next = (0..MOST_HALVINGS).find_map(|_| {
                let to = Self(zip(&self.0, &step).map(|(a, s)| a + s).collect());
                let there = to.mean_ln_likelihood(logarithms);
                for s in &mut step {
                    *s *= 0.5;
                }
                (there.0 >= lowest).then_some((to, there))
            });
            let Some((to, there)) = next else { break };
            let settled = zip(&self.0, &to.0).all(|(a, b)| (a - b).abs() <= 4.0 * f64::EPSILON * a);
            (*self, (value, size)) = (to, there);
            if settled {
                break;
            }
        }
    }

    /// $`1 / \psi'(a_i)`$, and how much less than $`1 / \psi'(A)`$ their sum is.
    fn bends(&self) -> (Vec<f64>, f64) {
        let reciprocals: Vec<_> = self.0.iter().map(|a| 1.0 / trigamma(*a)).collect();
        let sum = reciprocals.iter().copied().collect::<CompensatedSum>();
        (reciprocals, 1.0 / trigamma(self.sum(|a| a)) - sum.value())
    }

    /// Newton's step, by the formula of Sherman and Morrison.
    fn step(&self, logarithms: &[f64]) -> Vec<f64> {
        let whole = digamma(self.sum(|a| a));
        let slopes = zip(&self.0, logarithms).map(|(a, ln)| whole - digamma(*a) + ln);
        let slopes: Vec<_> = slopes.collect();
        let (reciprocals, lack) = self.bends();
        let products = zip(&slopes, &reciprocals).map(|(g, t)| g * t);
        let common = products.collect::<CompensatedSum>().value() / lack;
        zip(slopes, reciprocals)
            .map(|(g, t)| t * (g + common))
            .collect()
    }

    /// $`\sqrt{(t_i + t_i^2 / l) / n}`$ with these reciprocals t and their lack l.
    fn standard_errors(&self, n: f64) -> Vec<f64> {
        let (reciprocals, lack) = self.bends();
        reciprocals
            .iter()
            .map(|t| ((t + t * t / lack) / n).sqrt())
            .collect()
    }
}

/// Data at the ends may have a spread that no Dirichlet distribution has; data that are nearly alike, one that is lost in rounding.
const SMALLEST_TOTAL: f64 = 1e-3;
const LARGEST_TOTAL: f64 = 1e12;

/// Ten are usual.
const MOST_STEPS: usize = 100;
/// Shorter steps are not seen.
const MOST_HALVINGS: usize = 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn samples_without_a_fit() {
        let of = |samples: &[&[f64]]| {
            let samples = samples.iter().map(|p| Simplex::new(p.to_vec()).unwrap());
            Dirichlet::fit(&samples.collect::<Vec<_>>())
        };
        for none in [
            of(&[]),
            of(&[&[0.5, 0.5]]),
            of(&[&[1.0], &[1.0]]),
            of(&[&[0.1, 0.9], &[0.1, 0.9]]),
        ] {
            assert!(
                matches!(none, Err(ProbabilityError::NoMaximum { .. })),
                "{none:?}"
            );
        }
        assert!(matches!(
            of(&[&[0.5, 0.5], &[1.0, 0.0]]),
            Err(ProbabilityError::InvalidObservation { index: 1, .. })
        ));
        assert!(matches!(
            of(&[&[0.5, 0.5], &[0.2, 0.3, 0.5]]),
            Err(ProbabilityError::LengthMismatch { left: 2, right: 3 })
        ));
    }

    #[test]
    fn samples_near_the_corners_and_near_each_other() {
        for samples in [
            [[1e-300, 1.0], [1.0 - 1e-9, 1e-9]],
            [[0.5, 0.5], [0.5 + 1e-7, 0.5 - 1e-7]],
        ] {
            let samples = samples.map(|p| Simplex::new(p.to_vec()).unwrap());
            let fit = Dirichlet::fit(&samples).unwrap();
            assert!(
                fit.standard_errors
                    .iter()
                    .all(|e| e.is_finite() && *e > 0.0),
                "{fit:?}"
            );
            assert!(fit.ln_likelihood.is_finite());
        }
    }
}
