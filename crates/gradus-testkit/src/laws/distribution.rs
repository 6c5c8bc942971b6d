//! Distributions on the line.

use crate::checkers::gradient;
use crate::comparisons::Violation;
use crate::comparisons::{at_least, at_most, same_bits, scaled};

/// A continuous distribution function and its quantile, tried on two numbers and a probability.
///
/// ```math
/// F(-\infty) = 0, \qquad F(\infty) = 1, \qquad 0 \le F \le 1, \qquad x \le y \implies F(x) \le F(y),
/// \qquad F(Q(p)) = p
/// ```
///
/// `tolerance` is absolute in the last law: a few ε times one plus the condition number of F at the
/// quantile. The other laws hold exactly.
///
/// # Errors
///
/// [`Violation::Within`] with the name of the law that fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::cdf_and_quantile;
///
/// let cdf = |x: f64| x.clamp(0.0, 1.0);
/// cdf_and_quantile(cdf, |p| p, [0.2, 3.0], 0.7, 1e-15)?;
/// assert!(cdf_and_quantile(cdf, |p| p * p, [0.2, 3.0], 0.7, 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn cdf_and_quantile(
    cdf: impl Fn(f64) -> f64,
    quantile: impl Fn(f64) -> f64,
    [x, y]: [f64; 2],
    p: f64,
    tolerance: f64,
) -> Result<(), Violation> {
    same_bits(cdf(f64::NEG_INFINITY), 0.0).map_err(|v| v.within("F(−∞) = 0"))?;
    same_bits(cdf(f64::INFINITY), 1.0).map_err(|v| v.within("F(∞) = 1"))?;
    let (low, high) = (cdf(x.min(y)), cdf(x.max(y)));
    at_least(low, 0.0).map_err(|v| v.within("0 ≤ F"))?;
    at_most(high, 1.0).map_err(|v| v.within("F ≤ 1"))?;
    at_most(low, high).map_err(|v| v.within("x ≤ y ⇒ F(x) ≤ F(y)"))?;
    scaled(cdf(quantile(p)), p, tolerance, 1.0).map_err(|v| v.within("F(Q(p)) = p"))
}

/// The density is not negative and is the derivative of the distribution function.
///
/// ```math
/// f(x) \ge 0, \qquad F'(x) = f(x)
/// ```
///
/// The derivative is taken by [`gradient::check`]: keep away from kinks of the density.
///
/// # Errors
///
/// [`Violation::Within`] with the name of the law that fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::density_and_cdf;
///
/// density_and_cdf(|x| (-x).exp(), |x| 1.0 - (-x).exp(), 0.5)?;
/// assert!(density_and_cdf(|x| (-x).exp(), |x| 1.0 - (-2.0 * x).exp(), 0.5).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn density_and_cdf(
    density: impl Fn(f64) -> f64,
    cdf: impl Fn(f64) -> f64,
    x: f64,
) -> Result<(), Violation> {
    at_least(density(x), 0.0).map_err(|v| v.within("f ≥ 0"))?;
    gradient::check(|x| (cdf(x[0]), vec![density(x[0])]), &[x]).map_err(|v| v.within("F' = f"))
}

/// The masses of a distribution on 0, 1, 2, … are not negative, and the distribution function is their
/// running sum; tried up to `last`.
///
/// ```math
/// m(k) \ge 0, \qquad F(k) = \sum_{i=0}^{k} m(i)
/// ```
///
/// `tolerance` is absolute. Give a `last` beyond which nothing is left to ask for a sum of 1 there.
///
/// # Errors
///
/// [`Violation::Entry`] with the number at which a law fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::mass_and_cdf;
///
/// // How often a fair coin falls tails before heads.
/// let mass = |k: u64| 0.5 / (1_u64 << k) as f64;
/// mass_and_cdf(mass, |k| 1.0 - mass(k), 50, 1e-15)?;
/// assert!(mass_and_cdf(mass, |_| 1.0, 50, 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn mass_and_cdf(
    mass: impl Fn(u64) -> f64,
    cdf: impl Fn(u64) -> f64,
    last: u64,
    tolerance: f64,
) -> Result<(), Violation> {
    let mut sum = 0.0;
    for (index, k) in (0..=last).enumerate() {
        let m = mass(k);
        sum += m;
        at_least(m, 0.0)
            .map_err(|v| v.within("m ≥ 0"))
            .and_then(|()| scaled(cdf(k), sum, tolerance, 1.0).map_err(|v| v.within("F(k) = Σ m")))
            .map_err(|v| v.at_entry(index))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The logistic distribution.
    fn cdf(x: f64) -> f64 {
        1.0 / (1.0 + (-x).exp())
    }

    fn quantile(p: f64) -> f64 {
        (p / (1.0 - p)).ln()
    }

    fn fails(result: Result<(), Violation>, law: &str) {
        let violation = result.unwrap_err().to_string();
        assert!(violation.starts_with(law), "{violation}");
    }

    #[test]
    fn what_is_no_distribution_function_is_found() {
        let points = [-1.0, 2.0];
        assert_eq!(cdf_and_quantile(cdf, quantile, points, 0.3, 1e-15), Ok(()));
        let tilted = |x: f64| cdf(x) + 1e-12;
        fails(
            cdf_and_quantile(tilted, quantile, points, 0.3, 1e-15),
            "F(−∞)",
        );
        let short = |x: f64| 0.99 * cdf(x);
        fails(
            cdf_and_quantile(short, quantile, points, 0.3, 1e-15),
            "F(∞)",
        );
        let hump = |x: f64| if x == 2.0 { 1.1 } else { cdf(x) };
        fails(
            cdf_and_quantile(hump, quantile, points, 0.3, 1e-15),
            "F ≤ 1",
        );
        let dip = |x: f64| if x == -1.0 { -0.1 } else { cdf(x) };
        fails(cdf_and_quantile(dip, quantile, points, 0.3, 1e-15), "0 ≤ F");
        let falls = |x: f64| if x == -1.0 { 0.99 } else { cdf(x) };
        fails(
            cdf_and_quantile(falls, quantile, points, 0.3, 1e-15),
            "x ≤ y",
        );
        let shifted = |p: f64| quantile(p) + 1e-12;
        fails(
            cdf_and_quantile(cdf, shifted, points, 0.3, 1e-15),
            "F(Q(p))",
        );
    }

    #[test]
    fn a_density_that_is_not_the_derivative_is_found() {
        let density = |x: f64| cdf(x) * cdf(-x);
        assert_eq!(density_and_cdf(density, cdf, 0.3), Ok(()));
        fails(density_and_cdf(|x| density(x) + 1e-7, cdf, 0.3), "F' = f");
        fails(density_and_cdf(|x| -density(x), cdf, 0.3), "f ≥ 0");
    }

    #[test]
    fn masses_that_do_not_add_up_are_found() {
        let masses = |k: u64| match k {
            0 => 0.5,
            1 | 2 => 0.25,
            _ => 0.0,
        };
        let sums = |k: u64| match k {
            0 => 0.5,
            1 => 0.75,
            _ => 1.0,
        };
        assert_eq!(mass_and_cdf(masses, sums, 5, 0.0), Ok(()));
        fails(
            mass_and_cdf(masses, |k| sums(k) + 1e-9, 5, 1e-12),
            "entry 0: F(k)",
        );
        let negative = |k: u64| if k == 2 { -0.25 } else { masses(k) };
        fails(mass_and_cdf(negative, sums, 5, 1e-12), "entry 2: m ≥ 0");
    }
}
