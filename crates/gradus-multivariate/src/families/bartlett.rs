//! What Wishart's law and its inverse share.

use super::ln_gamma_gap::ln_minus_digamma;
use crate::error::MultivariateError;
use crate::matrices::factor::Factor;
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::{digamma, ln_gamma, stirling_error};
use gradus_probability::{ChiSquared, Continuous};
use gradus_random::normal;
use gradus_random::rand::Rng;
use std::f64::consts::{LN_2, PI};

/// A scale and degrees of freedom, and Bartlett's random triangle of so many degrees.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Bartlett {
    pub(crate) factor: Factor,
    pub(crate) freedom: f64,
    diagonal: Vec<ChiSquared>,
}

impl Bartlett {
    pub(crate) fn new(factor: Factor, freedom: f64) -> Result<Self, MultivariateError> {
        let d = factor.dimension();
        if !(freedom > d as f64 - 1.0 && freedom <= MOST) {
            return Err(MultivariateError::Domain {
                name: "freedom",
                value: freedom,
                domain: "more than the dimension less 1, and at most 1e300",
            });
        }
        let degrees = (0..d).map(|i| ChiSquared::new(freedom - i as f64));
        let diagonal = degrees.collect::<Result<_, _>>()?;
        Ok(Self {
            factor,
            freedom,
            diagonal,
        })
    }

    /// d.
    pub(crate) fn dimension(&self) -> usize {
        self.factor.dimension()
    }

    /// $`a_i = \tfrac{\nu - i}2`$: the shape of the gamma law of square i of the diagonal; half of the smallest number rounds to 0.
    pub(super) fn shape(&self, i: usize) -> f64 {
        (0.5 * (self.freedom - i as f64)).max(f64::from_bits(1))
    }

    /// A triangle A with $`A A^\top`$ of Wishart's law of scale I: normal numbers below the diagonal, on it roots of chi-squared ones.
    pub(crate) fn triangle(&self, rng: &mut (impl Rng + ?Sized)) -> DMatrix<f64> {
        let d = self.dimension();
        let mut a = DMatrix::zeros(d, d);
        for j in 0..d {
            a[(j, j)] = self.diagonal[j].sample(rng).sqrt();
            (j + 1..d).for_each(|i| a[(i, j)] = normal(rng));
        }
        a
    }

    /// $`\ln (2^{\nu d / 2}\, \Gamma_d(\tfrac\nu2))`$.
    pub(crate) fn ln_gamma(&self) -> f64 {
        let half = 0.5 * self.freedom;
        half * self.dimension() as f64 * LN_2 + ln_multigamma(self.dimension(), half)
    }

    /// The entropy of Wishart's law of this scale, or for a `side` of −1 that of its inverse.
    ///
    /// With $`e = \tfrac{d + 1}2`$ and σ for the side, $`\ln \Gamma`$ by Stirling's formula with what it lacks, δ, and $`\psi`$ by its gap: their leading terms
    /// cancel.
    ///
    /// ```math
    /// e \ln \det V + \sigma e d \ln 2 + \tfrac{d (d - 1)}4 \ln \pi + \sum_{i < d} \Bigl( \bigl( \sigma e - \tfrac{i + 1}2 \bigr) \ln a_i + \tfrac i2
    ///     + (a_0 - \sigma e) (\ln a_i - \psi(a_i)) + \delta(a_i) + \tfrac12 \ln 2 \pi \Bigr)
    /// ```
    pub(super) fn entropy(&self, side: f64) -> f64 {
        let (d, e) = (self.dimension(), 0.5 * (self.dimension() as f64 + 1.0));
        let of_scale = 2.0 * e * self.factor.ln_determinant() + side * e * d as f64 * LN_2;
        let terms = (0..d).map(|i| {
            let (a, i) = (self.shape(i), i as f64);
            let powers = (side * e - 0.5 * (i + 1.0)) * a.ln() + 0.5 * i;
            let gaps = (self.shape(0) - side * e) * ln_minus_digamma(a) + stirling_error(a);
            powers + gaps + 0.5 * (2.0 * PI).ln()
        });
        of_scale + 0.25 * (d * (d - 1)) as f64 * PI.ln() + terms.sum::<f64>()
    }

    /// $`\psi_d(\tfrac\nu2) + d \ln 2`$: the mean of $`\ln \det`$ at scale I.
    pub(crate) fn digamma(&self) -> f64 {
        let d = self.dimension();
        let terms = (0..d).map(|i| digamma(0.5 * (self.freedom - i as f64)) + LN_2);
        terms.sum()
    }
}

/// Degrees of freedom whose products with a logarithm are finite.
const MOST: f64 = 1e300;

/// The logarithm of the gamma function of matrices: $`\ln \Gamma_d(a) = \frac{d (d - 1)}4 \ln \pi + \sum_{i < d} \ln \Gamma(a - \tfrac i2)`$.
pub(crate) fn ln_multigamma(d: usize, a: f64) -> f64 {
    let gammas: f64 = (0..d).map(|i| ln_gamma(a - 0.5 * i as f64)).sum();
    0.25 * (d * (d - 1)) as f64 * PI.ln() + gammas
}

/// $`R R^\top`$, symmetric to the bit.
pub(crate) fn square(r: &DMatrix<f64>) -> DMatrix<f64> {
    let (n, k) = r.shape();
    let entry = |i: usize, j: usize| (0..k).map(|l| r[(i, l)] * r[(j, l)]).sum();
    DMatrix::from_fn(n, n, |i, j| entry(i.max(j), i.min(j)))
}
