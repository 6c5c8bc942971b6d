//! Deviations from the mean on a finite set, scaled so that no square underflows or overflows.

use super::joint::JointTable;
use crate::contract::standardized_moments::of_spread;
use crate::error::ProbabilityError;
use gradus_numeric::{CompensatedSum, Simplex, binary_exponent, ldexp};
use std::iter::zip;

/// $`\operatorname{E}[((X - \mu) / \sigma)^n]`$ of a random variable on a finite set, called `moment` in the error.
pub(crate) fn standardized_moment(
    p: &Simplex,
    x: &[f64],
    n: u32,
    moment: &'static str,
) -> Result<f64, ProbabilityError> {
    let d = Deviations::of(p, x);
    let variance = d.variance(p);
    of_spread(moment, variance, || {
        let deviation = variance.sqrt();
        // the probability first: a rare value may be so far out that its power overflows
        let power = |p: f64, z: f64| (0..n).fold(p, |product, _| product * z);
        sum(zip(p.as_slice(), &d.scaled).map(|(&p, d)| power(p, d / deviation)))
    })
}

/// The covariance of scaled deviations in units of their roots of variances: the powers of two cancel.
pub(super) fn quotient(mixed: f64, variances: [f64; 2]) -> Result<f64, ProbabilityError> {
    for (name, variance) in zip(["x", "y"], variances) {
        if variance == 0.0 {
            return Err(ProbabilityError::Constant { name });
        }
    }
    Ok((mixed / variances[0].sqrt() / variances[1].sqrt()).clamp(-1.0, 1.0))
}

/// $`\sum_i p_i \, d_i e_i`$ of scaled deviations.
pub(super) fn together(p: &Simplex, dx: &Deviations, dy: &Deviations) -> f64 {
    let products = zip(&dx.scaled, &dy.scaled).map(|(a, b)| a * b);
    sum(zip(p.as_slice(), products).map(|(p, d)| p * d))
}

/// $`\sum_{ij} p_{ij} \, d_i e_j`$ of scaled deviations.
pub(super) fn mixed(table: &JointTable, dx: &Deviations, dy: &Deviations) -> f64 {
    let pairs = dx
        .scaled
        .iter()
        .flat_map(|&a| dy.scaled.iter().map(move |&b| (a, b)));
    sum(zip(table.joint().as_slice(), pairs).map(|(p, (a, b))| p * a * b))
}

/// $`d_i = x_i - \operatorname{E} X`$ as `scaled[i]` times $`2^{\text{exponent}}`$; 0 where the probability is 0.
///
/// The largest $`p_i d_i^2`$ is near 1 after scaling: no square that counts underflows or overflows.
pub(super) struct Deviations {
    pub(super) scaled: Vec<f64>,
    pub(super) exponent: i32,
}

impl Deviations {
    pub(super) fn of(p: &Simplex, x: &[f64]) -> Self {
        let p = p.as_slice();
        let possible = || zip(p, x).filter(|(p, _)| **p > 0.0);
        let origin = possible().next().map_or(0.0, |(_, x)| *x);
        // The difference of two finite numbers may overflow, that of their quarters does not.
        let far = possible().any(|(_, x)| !(x - origin).is_finite());
        let quarter = if far { 2 } else { 0 };
        let from_origin = |x: f64| ldexp(x, -quarter) - ldexp(origin, -quarter);
        let distances = zip(p, x).map(|(&p, &x)| if p > 0.0 { from_origin(x) } else { 0.0 });
        let mut this = Self {
            scaled: distances.collect(),
            exponent: quarter,
        };
        // Twice: the mean is taken of numbers near 1, and then the weighted squares are brought there.
        this.shift(this.largest(p, |_, d| binary_exponent(d)));
        let mean = sum(zip(p, &this.scaled).map(|(p, d)| p * d));
        this.scaled.iter_mut().for_each(|d| *d -= mean);
        zip(p, &mut this.scaled)
            .filter(|(p, _)| **p == 0.0)
            .for_each(|(_, d)| *d = 0.0);
        this.shift(this.largest(p, |p, d| binary_exponent(p) / 2 + binary_exponent(d)));
        this
    }

    fn largest(&self, p: &[f64], size: impl Fn(f64, f64) -> i32) -> i32 {
        let sizes = zip(p, &self.scaled).filter(|&(&p, &d)| p > 0.0 && d != 0.0);
        sizes.map(|(&p, &d)| size(p, d)).max().unwrap_or(0)
    }

    /// Divides by a power of two, which is exact but for what is far below the largest.
    fn shift(&mut self, exponent: i32) {
        self.scaled
            .iter_mut()
            .for_each(|d| *d = ldexp(*d, -exponent));
        self.exponent += exponent;
    }

    /// $`\sum_i p_i d_i^2`$ of the scaled deviations.
    pub(super) fn variance(&self, p: &Simplex) -> f64 {
        sum(zip(p.as_slice(), &self.scaled).map(|(p, d)| p * d * d))
    }
}

pub(super) fn sum(terms: impl Iterator<Item = f64>) -> f64 {
    terms.collect::<CompensatedSum>().value()
}
