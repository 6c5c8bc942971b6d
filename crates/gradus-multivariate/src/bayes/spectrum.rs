//! Linear regression where features are independent.

use crate::error::{MultivariateError, check_finite, check_length};
use gradus_linalg::nalgebra::{DMatrix, DVector};
use gradus_linalg::{matmul, svd, svd_full};
use gradus_numeric::{CompensatedSum, norm2};
use std::f64::consts::TAU;

/// The singular value decomposition $`X = U S V^\top`$ of features, and the targets in the coordinates of $`V`$.
///
/// In these coordinates every weight is learned from one number, $`c_i = v_i^\top y`$, whatever the precisions are: a regression for
/// other precisions costs p operations.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Spectrum {
    /// $`U`$: p × p, orthogonal.
    u: DMatrix<f64>,
    /// $`s_i`$ and $`c_i`$, p of them; zeros where there are fewer samples.
    pairs: Vec<(f64, f64)>,
    /// The length of what of the targets no weights explain.
    rest: f64,
    samples: f64,
    /// The length of the targets.
    size: f64,
}

/// The precisions of the weights and of the noise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Precisions {
    pub(crate) alpha: f64,
    pub(crate) beta: f64,
}

impl Precisions {
    /// $`q = s \sqrt{\beta / \alpha}`$: how much more the data know of a weight than the prior.
    fn strength(self, s: f64) -> f64 {
        s * (self.beta / self.alpha).sqrt()
    }

    /// $`\alpha / (\alpha + \beta s^2) = 1 / (1 + q^2)`$.
    fn prior(self, s: f64) -> f64 {
        1.0_f64.hypot(self.strength(s)).powi(-2)
    }

    /// $`\ln \sqrt{1 + q^2}`$, also for a small q, and where the square overflows.
    fn ln_spread(self, s: f64) -> f64 {
        let q = self.strength(s);
        if q < 1.0 {
            0.5 * (q * q).ln_1p()
        } else {
            1.0_f64.hypot(q).ln()
        }
    }
}

impl Spectrum {
    pub(crate) fn new(x: &DMatrix<f64>, y: &DVector<f64>) -> Result<Self, MultivariateError> {
        let (p, n) = x.shape();
        if p == 0 {
            return Err(MultivariateError::NoDimension);
        }
        check_length("y", y.len(), n)?;
        check_finite("x, column by column,", x.as_slice())?;
        check_finite("y", y.as_slice())?;
        let size = norm2(y.as_slice());
        let svd = if n < p { svd_full(x)? } else { svd(x)? };
        let y = DMatrix::from_column_slice(n, 1, y.as_slice());
        let c = matmul(&svd.v.transpose(), &y)?;
        let known = svd.singular_values.len();
        let explained = svd.v.columns(0, known) * c.rows(0, known);
        let pair = |i: usize| {
            if i < known {
                (svd.singular_values[i], c[(i, 0)])
            } else {
                (0.0, 0.0)
            }
        };
        Ok(Self {
            pairs: (0..p).map(pair).collect(),
            rest: norm2((y - explained).as_slice()),
            samples: n as f64,
            u: svd.u,
            size,
        })
    }

    /// How many samples there are.
    pub(crate) fn samples(&self) -> f64 {
        self.samples
    }

    /// What rounding leaves of a square of residuals that is 0: ten rounding errors for each coordinate.
    pub(crate) fn noise(&self) -> f64 {
        (5.0 * f64::EPSILON * self.pairs.len() as f64 * self.size).powi(2)
    }

    /// The mean of the weights: $`U \operatorname{diag}(\beta s_i c_i / (\alpha + \beta s_i^2))`$.
    pub(crate) fn mean(&self, at: Precisions) -> DVector<f64> {
        &self.u * DVector::from_iterator(self.pairs.len(), self.coordinates(at))
    }

    /// The mean of the weights along the columns of $`U`$.
    fn coordinates(&self, at: Precisions) -> impl Iterator<Item = f64> {
        let root = (at.beta / at.alpha).sqrt();
        // q / (1 + q²), also where the square overflows
        let pairs = self.pairs.iter();
        pairs.map(move |(s, c)| c * (root / (at.strength(*s) + 1.0 / at.strength(*s))))
    }

    /// A root of the covariance of the weights: $`U \operatorname{diag}(\alpha + \beta s_i^2)^{-\frac12}`$.
    pub(crate) fn root(&self, at: Precisions) -> DMatrix<f64> {
        let deviation =
            |(s, _): &(f64, f64)| 1.0 / at.alpha.sqrt() / 1.0_f64.hypot(at.strength(*s));
        let deviations = DVector::from_iterator(self.pairs.len(), self.pairs.iter().map(deviation));
        &self.u * DMatrix::from_diagonal(&deviations)
    }

    /// $`\gamma = \sum_i \beta s_i^2 / (\alpha + \beta s_i^2)`$: how many weights the data determine.
    pub(crate) fn determined(&self, at: Precisions) -> f64 {
        let part = |(s, _): &(f64, f64)| (at.strength(*s) / 1.0_f64.hypot(at.strength(*s))).powi(2);
        self.pairs.iter().map(part).sum()
    }

    /// $`\lVert m \rVert^2`$ and $`\lVert y - X^\top m \rVert^2`$ at the mean m of the weights.
    pub(crate) fn squares(&self, at: Precisions) -> (f64, f64) {
        let weights = self.coordinates(at).map(|m| m * m).sum();
        let missed = |(s, c): &(f64, f64)| (c * at.prior(*s)).powi(2);
        let residual = self.pairs.iter().map(missed).sum::<f64>() + self.rest * self.rest;
        (weights, residual)
    }

    /// The logarithm of the evidence.
    pub(crate) fn ln_evidence(&self, at: Precisions) -> f64 {
        let beta = at.beta;
        let mut sum = CompensatedSum::default();
        sum.add(self.samples * (beta / TAU).ln());
        sum.add(-beta * self.rest * self.rest);
        for (s, c) in &self.pairs {
            sum.add(-2.0 * at.ln_spread(*s));
            // the square of c alone may overflow
            sum.add(-beta * (c / 1.0_f64.hypot(at.strength(*s))).powi(2));
        }
        0.5 * sum.value()
    }
}
