//! Metrics, norms and divergences.

use crate::comparisons::Violation;
use crate::comparisons::{at_least, at_most, relative, same_bits, scaled};

/// A metric, tried on three points.
///
/// ```math
/// d(x, x) = 0, \qquad d(x, y) > 0 \text{ if } x \ne y, \qquad d(x, y) = d(y, x),
/// \qquad d(x, z) \le d(x, y) + d(y, z)
/// ```
///
/// The first two hold exactly, symmetry and the triangle inequality within `tolerance` of their sides.
///
/// # Errors
///
/// [`Violation::Within`] with the name of the axiom that fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::metric;
///
/// let points: [&[f64]; 3] = [&[0.0], &[1.0], &[2.0]];
/// metric(|x, y| (x[0] - y[0]).abs(), points, 1e-15)?;
/// // The square of a distance breaks the triangle inequality: 4 > 1 + 1.
/// assert!(metric(|x, y| (x[0] - y[0]).powi(2), points, 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn metric(
    d: impl Fn(&[f64], &[f64]) -> f64,
    [x, y, z]: [&[f64]; 3],
    tolerance: f64,
) -> Result<(), Violation> {
    scaled(d(x, x), 0.0, 0.0, 0.0).map_err(|v| v.within("d(x, x) = 0"))?;
    let (xy, yz, xz) = (d(x, y), d(y, z), d(x, z));
    if x != y {
        positive(xy).map_err(|v| v.within("d(x, y) > 0"))?;
    }
    relative(xy, d(y, x), tolerance).map_err(|v| v.within("d(x, y) = d(y, x)"))?;
    at_most(xz, (xy + yz) * (1.0 + tolerance)).map_err(|v| v.within("triangle inequality"))
}

/// A norm, tried on two vectors and a scalar.
///
/// ```math
/// \|0\| = 0, \qquad \|x\| > 0 \text{ if } x \ne 0, \qquad \|\alpha x\| = |\alpha| \, \|x\|,
/// \qquad \|x + y\| \le \|x\| + \|y\|
/// ```
///
/// The first two hold exactly. Where a product or sum leaves the range, or $`\alpha x`$ is lost to
/// underflow, the law says nothing and is skipped.
///
/// # Errors
///
/// [`Violation::Within`] with the name of the axiom that fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::norm;
///
/// let sum = |x: &[f64]| x.iter().map(|x| x.abs()).sum();
/// norm(sum, &[3.0, -4.0], &[1.0, 1.0], -2.0, 1e-15)?;
/// // Squares underflow: this norm of a tiny vector is 0.
/// let naive = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>().sqrt();
/// assert!(norm(naive, &[1e-200], &[1.0], 1.0, 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn norm(
    norm: impl Fn(&[f64]) -> f64,
    x: &[f64],
    y: &[f64],
    alpha: f64,
    tolerance: f64,
) -> Result<(), Violation> {
    same_bits(norm(&vec![0.0; x.len()]), 0.0).map_err(|v| v.within("‖0‖ = 0"))?;
    let size = norm(x);
    if x.iter().any(|&x| x != 0.0) {
        positive(size).map_err(|v| v.within("‖x‖ > 0"))?;
    }
    let multiple: Vec<f64> = x.iter().map(|x| alpha * x).collect();
    let expected = alpha.abs() * size;
    if in_range(&multiple, x) && (expected.is_normal() || expected == 0.0) {
        relative(norm(&multiple), expected, tolerance).map_err(|v| v.within("‖αx‖ = |α| ‖x‖"))?;
    }
    let sum: Vec<f64> = x.iter().zip(y).map(|(x, y)| x + y).collect();
    if sum.iter().all(|s| s.is_finite()) {
        let bound = (size + norm(y)) * (1.0 + tolerance);
        at_most(norm(&sum), bound).map_err(|v| v.within("triangle inequality"))?;
    }
    Ok(())
}

/// A divergence, tried on two points.
///
/// ```math
/// D(p, q) \ge 0, \qquad D(p, p) = 0, \qquad D(p, q) > 0 \text{ if } p \text{ and } q \text{ differ clearly}
/// ```
///
/// A divergence may be infinite and need not be symmetric. `tolerance` is absolute: what rounding may
/// make of zero. Points differ clearly if some coordinate differs by more than the square root of it
/// (a divergence grows with the square of the distance).
///
/// # Errors
///
/// [`Violation::Within`] with the name of the axiom that fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::divergence;
///
/// let square = |p: &[f64], q: &[f64]| p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum();
/// divergence(square, &[0.0, 1.0], &[0.5, 0.5], 1e-15)?;
/// let signed = |p: &[f64], q: &[f64]| p.iter().zip(q).map(|(p, q)| p - q).sum();
/// assert!(divergence(signed, &[0.0], &[0.5], 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn divergence(
    d: impl Fn(&[f64], &[f64]) -> f64,
    p: &[f64],
    q: &[f64],
    tolerance: f64,
) -> Result<(), Violation> {
    scaled(d(p, p), 0.0, tolerance, 1.0).map_err(|v| v.within("D(p, p) = 0"))?;
    let pq = d(p, q);
    at_least(pq, -tolerance).map_err(|v| v.within("D(p, q) ≥ 0"))?;
    let apart = |(p, q): (&f64, &f64)| (p - q).abs() > tolerance.sqrt();
    if p.iter().zip(q).any(apart) {
        positive(pq).map_err(|v| v.within("D(p, q) > 0"))?;
    }
    Ok(())
}

fn positive(x: f64) -> Result<(), Violation> {
    at_least(x, f64::from_bits(1))
}

/// Whether the multiple of a vector neither overflowed nor lost digits to underflow.
fn in_range(multiple: &[f64], x: &[f64]) -> bool {
    let exact = |(&m, &x): (&f64, &f64)| m.is_normal() || x == 0.0 && m == 0.0;
    multiple.iter().zip(x).all(exact)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euclid(x: &[f64], y: &[f64]) -> f64 {
        x.iter()
            .zip(y)
            .map(|(x, y)| (x - y).powi(2))
            .sum::<f64>()
            .sqrt()
    }

    fn fails(result: Result<(), Violation>, axiom: &str) {
        let violation = result.unwrap_err().to_string();
        assert!(violation.starts_with(axiom), "{violation}");
    }

    const POINTS: [&[f64]; 3] = [&[0.0, 0.0], &[1.0, 0.0], &[1.0, 1.0]];

    #[test]
    fn the_euclidean_distance_is_a_metric() {
        assert_eq!(metric(euclid, POINTS, 1e-15), Ok(()));
    }

    #[test]
    fn what_is_no_metric_is_found() {
        let square = |x: &[f64], y: &[f64]| euclid(x, y).powi(2);
        let line: [&[f64]; 3] = [&[0.0], &[1.0], &[2.0]];
        fails(metric(square, line, 1e-15), "triangle inequality");
        fails(metric(|x, y| euclid(x, y) + 1.0, POINTS, 1e-15), "d(x, x)");
        fails(metric(|_, _| 0.0, POINTS, 1e-15), "d(x, y) > 0");
        let signed = |x: &[f64], y: &[f64]| euclid(x, y) * if x[0] < y[0] { 1.0 } else { 2.0 };
        fails(metric(signed, POINTS, 1e-15), "d(x, y) = d(y, x)");
        fails(metric(|_, _| f64::NAN, POINTS, 1e-15), "d(x, x)");
    }

    #[test]
    fn what_is_no_norm_is_found() {
        let (x, y) = ([3.0, -4.0], [1.0, 2.0]);
        let euclidean = |x: &[f64]| x.iter().map(|x| x * x).sum::<f64>().sqrt();
        assert_eq!(norm(euclidean, &x, &y, -0.5, 1e-15), Ok(()));
        fails(norm(|x| euclidean(x) + 1.0, &x, &y, 2.0, 1e-15), "‖0‖");
        fails(norm(|x| x.iter().sum(), &x, &y, 2.0, 1e-15), "‖x‖ > 0");
        let square = |x: &[f64]| euclidean(x).powi(2);
        fails(norm(square, &x, &y, 2.0, 1e-15), "‖αx‖");
        // The ½-"norm" is homogeneous but not convex.
        let half = |x: &[f64]| x.iter().map(|x| x.abs().sqrt()).sum::<f64>().powi(2);
        fails(norm(half, &[1.0, 0.0], &[0.0, 1.0], 2.0, 1e-15), "triangle");
        fails(norm(euclidean, &[1e-200], &[0.0], 1.0, 1e-15), "‖x‖ > 0");
    }

    #[test]
    fn what_is_no_divergence_is_found() {
        let square = |p: &[f64], q: &[f64]| euclid(p, q).powi(2);
        let (p, q) = ([0.0, 1.0], [0.5, 0.5]);
        assert_eq!(divergence(square, &p, &q, 1e-15), Ok(()));
        let infinite = |p: &[f64], q: &[f64]| if p == q { 0.0 } else { f64::INFINITY };
        assert_eq!(divergence(infinite, &p, &q, 1e-15), Ok(()));
        fails(
            divergence(|p, q| square(p, q) + 1e-3, &p, &q, 1e-15),
            "D(p, p)",
        );
        fails(
            divergence(|p, q| -square(p, q), &p, &q, 1e-15),
            "D(p, q) ≥ 0",
        );
        fails(divergence(|_, _| 0.0, &p, &q, 1e-15), "D(p, q) > 0");
        let negative = |p: &[f64], q: &[f64]| -(p[0] - q[0]).powi(2);
        fails(
            divergence(negative, &p, &q, 1e-15),
            "D(p, q) ≥ 0: -0.25 is not at least -1e-15",
        );
    }
}
