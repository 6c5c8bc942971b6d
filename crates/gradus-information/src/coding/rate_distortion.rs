//! How few bits suffice if small errors are allowed.

use crate::convergence::{STEPS, check_tolerance};
use crate::error::InformationError;
use crate::terms::total;
use gradus_numeric::{CompensatedSum, Simplex};
use std::iter::zip;

/// A point of the rate–distortion curve.
#[derive(Clone, Debug, PartialEq)]
pub struct RatePoint {
    /// Nats for each symbol.
    pub nats: f64,
    /// The mean distortion that is then reached.
    pub distortion: f64,
    /// How often each reproduction is used.
    pub output: Simplex,
}

/// The point of the rate–distortion curve with a slope, by Blahut's algorithm.
///
/// ```math
/// R(D) = \min_{\operatorname{E} d(X, Y) \le D} I(X; Y), \qquad \frac{dR}{dD} = -s
/// ```
///
/// where $`s \ge 0`$ is the `slope`, the nats that one unit of distortion is worth. No code that describes draws of `p` within a
/// mean distortion D needs fewer nats, and there are codes that come as near as one likes. A large slope asks for precision.
///
/// # Shapes
///
/// `p: m`, `distortion: m × n`: a row for each symbol, a column for each of its reproductions.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | a fair bit with Hamming's distortion: $`\ln 2 - h(D)`$ | `rate_of_a_bit_with_errors` |
/// | $`0 \le R \le H(p)`$; the rate rises and the distortion falls with the slope | `precision_costs_rate` |
///
/// # Numerics
///
/// The point is within `tolerance` nats above the curve, and `output` is what its channel gives. $`R + s D`$ agrees with a convex program
/// that minimizes over channels (`tests/golden/rate.py`).
///
/// # Errors
///
/// [`InformationError::LengthMismatch`] unless there is a row for each symbol, and all are equally long and not empty;
/// [`InformationError::NonFinite`] for a distortion that is NaN or infinite, or a slope that is or is negative;
/// [`InformationError::InvalidTolerance`] unless the tolerance is positive, [`InformationError::DidNotConverge`] after 100 000 steps.
///
/// # Examples
///
/// ```
/// use gradus_information::{Simplex, bits, rate_distortion};
///
/// let bit = Simplex::uniform(2)?;
/// let hamming = [[0.0, 1.0], [1.0, 0.0]];
/// let point = rate_distortion(&bit, &hamming, 3.0_f64.ln(), 1e-12)?;
/// assert!((point.distortion - 0.25).abs() < 1e-12); // one bit in four is wrong
/// assert!((bits(point.nats) - 0.188_721_875_540_867_1).abs() < 1e-12); // 1 − h(¼)
/// # Ok::<(), gradus_information::InformationError>(())
/// ```
///
/// # References
///
/// R. Blahut, *Computation of channel capacity and rate-distortion functions*, IEEE Trans. Inform. Theory 18 (1972), theorem 6;
/// Cover and Thomas (2006), §10.2, §10.3 and §10.8.
pub fn rate_distortion(
    p: &Simplex,
    distortion: &[impl AsRef<[f64]>],
    slope: f64,
    tolerance: f64,
) -> Result<RatePoint, InformationError> {
    check_tolerance(tolerance)?;
    let kernel = kernel(p, distortion, slope)?;
    let p = p.as_slice();
    let mut q = Simplex::uniform(kernel[0].len())?;
    let mut gap = f64::INFINITY;
    for _ in 0..STEPS {
        let sums: Vec<_> = kernel.iter().map(|row| dot(row, q.as_slice())).collect();
        let factor =
            |y: usize| total(zip(p, zip(&kernel, &sums)).map(|(p, (row, sum))| p * row[y] / sum));
        let factors: Vec<_> = (0..q.len()).map(factor).collect();
        let largest = factors.iter().copied().fold(0.0, f64::max);
        let logs = zip(q.as_slice(), &factors)
            .filter(|(q, c)| **q * **c > 0.0)
            .map(|(q, c)| q * c * c.ln());
        gap = largest.ln() - logs.collect::<CompensatedSum>().value();
        let reached = (gap <= tolerance).then(|| point(p, distortion, &kernel, &q, &factors));
        q = Simplex::from_weights(
            &zip(q.as_slice(), &factors)
                .map(|(q, c)| q * c)
                .collect::<Vec<_>>(),
        )?;
        if let Some((nats, distortion)) = reached {
            let output = q; // of the channel that was made with the q before
            return Ok(RatePoint {
                nats,
                distortion,
                output,
            });
        }
    }
    Err(InformationError::DidNotConverge {
        iterations: STEPS,
        gap,
    })
}

/// $`e^{-s (d - \min d)}`$: of each row only the differences count for the best channel.
fn kernel(
    p: &Simplex,
    distortion: &[impl AsRef<[f64]>],
    slope: f64,
) -> Result<Vec<Vec<f64>>, InformationError> {
    if !(slope >= 0.0 && slope.is_finite()) {
        return Err(InformationError::NonFinite {
            index: 0,
            value: slope,
        });
    }
    let n = distortion
        .first()
        .map_or(0, |row| row.as_ref().len())
        .max(1);
    let lengths = distortion.iter().map(|row| (n, row.as_ref().len()));
    for (left, right) in std::iter::once((p.len(), distortion.len())).chain(lengths) {
        if left != right {
            return Err(InformationError::LengthMismatch { left, right });
        }
    }
    let entries = || distortion.iter().flat_map(AsRef::as_ref);
    if let Some((index, value)) = entries().enumerate().find(|(_, d)| !d.is_finite()) {
        return Err(InformationError::NonFinite {
            index,
            value: *value,
        });
    }
    let row = |row: &[f64]| {
        let smallest = row.iter().copied().fold(f64::INFINITY, f64::min);
        let weight = |d: &f64| {
            if *d == smallest {
                1.0
            } else {
                (-slope * (d - smallest)).exp()
            }
        };
        row.iter().map(weight).collect()
    };
    Ok(distortion.iter().map(|r| row(r.as_ref())).collect())
}

/// Rate and distortion of the channel made with q, whose output is q times the factors.
fn point(
    p: &[f64],
    distortion: &[impl AsRef<[f64]>],
    kernel: &[Vec<f64>],
    q: &Simplex,
    factors: &[f64],
) -> (f64, f64) {
    let (mut nats, mut mean) = (CompensatedSum::default(), CompensatedSum::default());
    for ((p, row), d) in zip(zip(p, kernel), distortion) {
        let sum = dot(row, q.as_slice());
        for (((w, q), c), d) in zip(zip(zip(row, q.as_slice()), factors), d.as_ref()) {
            let joint = p * q * w / sum;
            mean.add(joint * d);
            if joint > 0.0 {
                nats.add(joint * (w / sum / c).ln());
            }
        }
    }
    (nats.value().max(0.0), mean.value())
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    zip(a, b)
        .map(|(a, b)| a * b)
        .collect::<CompensatedSum>()
        .value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distortions_that_are_none() {
        let bit = Simplex::uniform(2).unwrap();
        let hamming = [[0.0, 1.0], [1.0, 0.0]];
        assert!(rate_distortion(&bit, &hamming[..1], 1.0, 1e-9).is_err());
        assert!(rate_distortion(&bit, &[[], [0.0; 0]], 1.0, 1e-9).is_err());
        assert!(rate_distortion(&bit, &[[0.0, f64::NAN], [1.0, 0.0]], 1.0, 1e-9).is_err());
        assert!(rate_distortion(&bit, &hamming, -1.0, 1e-9).is_err());
        assert!(rate_distortion(&bit, &hamming, f64::INFINITY, 1e-9).is_err());
        let free = rate_distortion(&bit, &hamming, 0.0, 1e-9).unwrap();
        assert_eq!((free.nats, free.distortion), (0.0, 0.5));
        let exact = rate_distortion(&bit, &hamming, 1e5, 1e-9).unwrap();
        assert_eq!((exact.nats, exact.distortion), (2.0_f64.ln(), 0.0));
    }
}
