//! A normal law of functions, given some of their values.

use crate::error::SelectError;
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{Triangle, cholesky, solve_triangular};
use std::f64::consts::TAU;
use std::iter::zip;

/// How values at two points vary together: Matérn's covariance of order 5/2, twice differentiable.
///
/// ```math
/// k(x, x') = \sigma^2 \bigl(1 + r + \tfrac13 r^2\bigr) e^{-r}, \qquad r = \sqrt 5\, \frac{\lVert x - x' \rVert}{\ell}
/// ```
///
/// # Examples
///
/// ```
/// use gradus_select::Covariance;
///
/// let k = Covariance { variance: 2.0, length: 1.0, noise: 0.0 };
/// assert_eq!(k.between(&[0.5], &[0.5]), 2.0);
/// assert!(k.between(&[0.0], &[9.0]) < 1e-6);
/// ```
///
/// # References
///
/// C. E. Rasmussen and C. K. I. Williams, *Gaussian Processes for Machine Learning*, 2006, equation 4.17.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Covariance {
    /// The variance $`\sigma^2`$ of the values.
    pub variance: f64,
    /// The distance $`\ell`$ at which values begin to differ.
    pub length: f64,
    /// The variance of the noise of every observation.
    pub noise: f64,
}

impl Covariance {
    /// The covariance of the values at two points, without noise.
    #[must_use]
    pub fn between(&self, x: &[f64], other: &[f64]) -> f64 {
        let square: f64 = zip(x, other).map(|(a, b)| (a - b) * (a - b)).sum();
        let r = (5.0 * square).sqrt() / self.length;
        self.variance * (1.0 + r + r * r / 3.0) * (-r).exp()
    }

    fn check(&self) -> Result<(), SelectError> {
        let refuse = |name, value, domain| {
            Err(SelectError::Setting {
                name,
                value,
                domain,
            })
        };
        let positive = |x: f64| x > 0.0 && x.is_finite();
        if !positive(self.variance) {
            return refuse("variance", self.variance, "positive and finite");
        }
        if !positive(self.length) {
            return refuse("length", self.length, "positive and finite");
        }
        if !(self.noise >= 0.0 && self.noise.is_finite()) {
            return refuse("noise", self.noise, "finite and not negative");
        }
        Ok(())
    }
}

/// A normal law of functions around a mean, given their values at some points.
///
/// ```math
/// \mu(x) = m + k(x)^\top K^{-1} (y - m), \qquad \sigma^2(x) = k(x, x) - k(x)^\top K^{-1} k(x)
/// ```
///
/// where $`K`$ holds the covariances of the points, with the noise on its diagonal, and $`k(x)`$ those with $`x`$; $`m`$ is the mean of the values.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | without noise the mean passes through the values, where the variance is 0 | `a_gaussian_process_interpolates` |
/// | a further point never raises a variance | `a_further_point_never_raises_a_variance` |
/// | far from all points it knows only mean and variance | `far_away_nothing_is_known` |
/// | the evidence is the normal density of the values | `the_evidence_is_a_product_of_predictions` |
///
/// # Examples
///
/// ```
/// use gradus_select::{Covariance, GaussianProcess};
///
/// let k = Covariance { variance: 1.0, length: 1.0, noise: 0.0 };
/// let process = GaussianProcess::new(&[vec![0.0], vec![1.0]], &[2.0, 4.0], k)?;
/// let (mean, deviation) = process.predict(&[0.5])?;
/// assert!((mean - 3.0).abs() < 1e-14); // by symmetry
/// assert!(deviation < 0.32 && process.predict(&[1.0])?.1 < 1e-7);
/// # Ok::<(), gradus_select::SelectError>(())
/// ```
///
/// # References
///
/// Rasmussen and Williams, algorithm 2.1.
#[derive(Clone, Debug)]
pub struct GaussianProcess {
    points: Vec<Vec<f64>>,
    mean: f64,
    covariance: Covariance,
    /// K = L Lᵀ
    factor: DMatrix<f64>,
    /// K⁻¹ (y − m)
    weights: DVector<f64>,
    evidence: f64,
}

impl GaussianProcess {
    /// The law given values at points.
    ///
    /// # Numerics
    ///
    /// Cholesky's factor and two triangles. Points that are nearly the same make $`K`$ singular: a little noise, $`10^{-8}`$ of the variance,
    /// keeps the digits.
    ///
    /// # Errors
    ///
    /// [`SelectError::Empty`] without points, [`SelectError::LengthMismatch`] unless there is a value for each point and all have as many
    /// coordinates, [`SelectError::Setting`] for a covariance or value that is not possible, [`SelectError::Linalg`] if $`K`$ is
    /// not positive definite.
    pub fn new(
        points: &[Vec<f64>],
        values: &[f64],
        covariance: Covariance,
    ) -> Result<Self, SelectError> {
        let first = points.first().ok_or(SelectError::Empty)?;
        check_lengths(points.len(), values.len())?;
        for point in points {
            check_lengths(first.len(), point.len())?;
            check_finite("coordinate", point)?;
        }
        check_finite("value", values)?;
        covariance.check()?;
        let n = points.len();
        let k = DMatrix::from_fn(n, n, |i, j| {
            let noise = if i == j { covariance.noise } else { 0.0 };
            covariance.between(&points[i], &points[j]) + noise // below n
        });
        let factor = cholesky(&k)?;
        let mean = values.iter().sum::<f64>() / n as f64;
        let centered = DVector::from_iterator(n, values.iter().map(|y| y - mean));
        let half = solve_triangular(&factor, &centered, Triangle::Lower)?;
        let weights = solve_triangular(&factor.transpose(), &half, Triangle::Upper)?;
        // ln N(y; m, K) = −½ |L⁻¹(y − m)|² − Σ ln Lᵢᵢ − (n/2) ln 2π
        let logarithms: f64 = factor.diagonal().iter().map(|l| l.ln()).sum();
        let evidence = -0.5 * half.dot(&half) - logarithms - n as f64 / 2.0 * TAU.ln();
        Ok(Self {
            points: points.to_vec(),
            mean,
            covariance,
            factor,
            weights,
            evidence,
        })
    }

    /// Mean and standard deviation of the function at a point, without noise.
    ///
    /// # Errors
    ///
    /// [`SelectError::LengthMismatch`] unless the point has as many coordinates, [`SelectError::Setting`] if one is not finite.
    pub fn predict(&self, x: &[f64]) -> Result<(f64, f64), SelectError> {
        check_lengths(self.points.first().map_or(0, Vec::len), x.len())?;
        check_finite("coordinate", x)?;
        let near = self.points.iter().map(|p| self.covariance.between(p, x));
        let k = DVector::from_iterator(self.points.len(), near);
        let half = solve_triangular(&self.factor, &k, Triangle::Lower)?;
        let variance = self.covariance.variance - half.dot(&half);
        // Rounding may leave less than nothing at a point that is known.
        Ok((self.mean + k.dot(&self.weights), variance.max(0.0).sqrt()))
    }

    /// The logarithm of the density of the values that it was made from: how well the covariance explains them.
    #[must_use]
    pub fn ln_evidence(&self) -> f64 {
        self.evidence
    }
}

fn check_lengths(left: usize, right: usize) -> Result<(), SelectError> {
    if left == right {
        Ok(())
    } else {
        Err(SelectError::LengthMismatch { left, right })
    }
}

fn check_finite(name: &'static str, numbers: &[f64]) -> Result<(), SelectError> {
    match numbers.iter().find(|x| !x.is_finite()) {
        None => Ok(()),
        Some(&value) => Err(SelectError::Setting {
            name,
            value,
            domain: "finite",
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAIN: Covariance = Covariance {
        variance: 1.0,
        length: 1.0,
        noise: 0.0,
    };

    #[test]
    fn what_makes_no_process_is_refused() {
        let of = |points: &[Vec<f64>], values: &[f64], k| {
            GaussianProcess::new(points, values, k).map(|_| ())
        };
        assert_eq!(of(&[], &[], PLAIN), Err(SelectError::Empty));
        let (left, right) = (1, 2);
        assert_eq!(
            of(&[vec![0.0]], &[1.0, 2.0], PLAIN),
            Err(SelectError::LengthMismatch { left, right })
        );
        assert!(of(&[vec![0.0]], &[f64::NAN], PLAIN).is_err());
        let flat = Covariance {
            length: 0.0,
            ..PLAIN
        };
        assert!(of(&[vec![0.0]], &[1.0], flat).is_err());
        let twice = of(&[vec![0.0], vec![0.0]], &[1.0, 2.0], PLAIN);
        assert!(matches!(twice, Err(SelectError::Linalg(_))));
    }
}
