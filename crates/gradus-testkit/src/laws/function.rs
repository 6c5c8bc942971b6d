//! Functions and their symmetries.

use crate::comparisons::Violation;
use crate::comparisons::{all_relative, all_same_bits, all_scaled, at_most};

/// One function undoes another, tried on a point.
///
/// ```math
/// f^{-1}(f(x)) = x
/// ```
///
/// `tolerance` is relative to each entry of `x`; 0 asks for the same numbers.
///
/// # Errors
///
/// [`Violation::Within`] if the point does not come back.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::round_trip;
///
/// let double = |x: &[f64]| x.iter().map(|x| 2.0 * x).collect();
/// let halve = |y: &[f64]| y.iter().map(|y| y / 2.0).collect();
/// round_trip(double, halve, &[0.1, 3.0], 0.0)?;
/// let truncate = |y: &[f64]| y.iter().map(|y| (y / 2.0).trunc()).collect();
/// assert!(round_trip(double, truncate, &[0.1, 3.0], 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn round_trip(
    forward: impl Fn(&[f64]) -> Vec<f64>,
    back: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    tolerance: f64,
) -> Result<(), Violation> {
    all_relative(&back(&forward(x)), x, tolerance).map_err(|v| v.within("f⁻¹(f(x)) = x"))
}

/// Doing it twice is doing it once, to the bit.
///
/// ```math
/// f(f(x)) = f(x)
/// ```
///
/// # Errors
///
/// [`Violation::Within`] if the second application changes something.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::idempotence;
///
/// idempotence(|x| x.iter().map(|x| x.max(0.0)).collect(), &[-1.0, 2.0])?;
/// assert!(idempotence(|x| x.iter().map(|x| -x).collect(), &[-1.0]).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn idempotence(f: impl Fn(&[f64]) -> Vec<f64>, x: &[f64]) -> Result<(), Violation> {
    let once = f(x);
    all_same_bits(&f(&once), &once).map_err(|v| v.within("f(f(x)) = f(x)"))
}

/// A function commutes with a transformation of its inputs and outputs.
///
/// ```math
/// f(g \cdot x) = g' \cdot f(x)
/// ```
///
/// Permuting the classes permutes the probabilities; scaling a vector scales its norm. `tolerance` is
/// relative to each entry; 0 asks for equal numbers.
///
/// # Errors
///
/// [`Violation::Within`] if the two ways around the square differ.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::equivariance;
///
/// let square = |x: &[f64]| x.iter().map(|x| x * x).collect();
/// let reverse = |x: &[f64]| x.iter().rev().copied().collect();
/// equivariance(square, reverse, reverse, &[1.0, 2.0, 3.0], 0.0)?;
/// let running_sum = |x: &[f64]| x.iter().scan(0.0, |s, x| { *s += x; Some(*s) }).collect();
/// assert!(equivariance(running_sum, reverse, reverse, &[1.0, 2.0], 0.0).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn equivariance(
    f: impl Fn(&[f64]) -> Vec<f64>,
    on_input: impl Fn(&[f64]) -> Vec<f64>,
    on_output: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    tolerance: f64,
) -> Result<(), Violation> {
    all_relative(&f(&on_input(x)), &on_output(&f(x)), tolerance)
        .map_err(|v| v.within("f(g·x) = g'·f(x)"))
}

/// A transformation of the input leaves the output as it is.
///
/// ```math
/// f(g \cdot x) = f(x)
/// ```
///
/// `tolerance` is relative to each entry; 0 asks for equal numbers.
///
/// # Errors
///
/// [`Violation::Within`] if the output changes.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::invariance;
///
/// let range = |x: &[f64]| vec![x.iter().fold(0.0, |r: f64, y| r.max(y - x[0]))];
/// let shift = |x: &[f64]| x.iter().map(|x| x + 1.0).collect();
/// invariance(range, shift, &[1.0, 3.0], 0.0)?;
/// assert!(invariance(|x| x.to_vec(), shift, &[1.0, 3.0], 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn invariance(
    f: impl Fn(&[f64]) -> Vec<f64>,
    on_input: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    tolerance: f64,
) -> Result<(), Violation> {
    all_relative(&f(&on_input(x)), &f(x), tolerance).map_err(|v| v.within("f(g·x) = f(x)"))
}

/// A monoid, tried on three members: composition is associative, and the unit changes nothing.
///
/// ```math
/// (a b) c = a (b c), \qquad e a = a = a e
/// ```
///
/// Members are vectors of numbers; `tolerance` is relative to the largest entry of a side.
///
/// # Errors
///
/// [`Violation::Within`] with the name of the law that fails.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::monoid;
///
/// let sum = |a: &[f64], b: &[f64]| vec![a[0] + b[0]];
/// monoid(sum, &[0.0], [&[1.0], &[2.0], &[3.0]], 1e-15)?;
/// let difference = |a: &[f64], b: &[f64]| vec![a[0] - b[0]];
/// assert!(monoid(difference, &[0.0], [&[1.0], &[2.0], &[3.0]], 1e-15).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn monoid(
    compose: impl Fn(&[f64], &[f64]) -> Vec<f64>,
    unit: &[f64],
    [a, b, c]: [&[f64]; 3],
    tolerance: f64,
) -> Result<(), Violation> {
    let close = |left: &[f64], right: &[f64]| {
        let largest = right.iter().fold(0.0, |m: f64, x| x.abs().max(m));
        all_scaled(left, right, tolerance, largest)
    };
    close(&compose(&compose(a, b), c), &compose(a, &compose(b, c)))
        .map_err(|v| v.within("(ab)c = a(bc)"))?;
    close(&compose(unit, a), a).map_err(|v| v.within("ea = a"))?;
    close(&compose(a, unit), a).map_err(|v| v.within("ae = a"))
}

/// A function of one number never falls, tried on two numbers.
///
/// ```math
/// x \le y \implies f(x) \le f(y)
/// ```
///
/// # Errors
///
/// [`Violation::Within`] if it falls.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::monotone;
///
/// monotone(f64::exp, 2.0, -1.0)?;
/// assert!(monotone(f64::cos, 0.0, 1.0).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn monotone(f: impl Fn(f64) -> f64, x: f64, y: f64) -> Result<(), Violation> {
    at_most(f(x.min(y)), f(x.max(y))).map_err(|v| v.within("x ≤ y ⇒ f(x) ≤ f(y)"))
}

/// A function changes at most `constant` times as fast as its argument, tried on two points.
///
/// ```math
/// |f(x) - f(y)| \le L \, |x - y|
/// ```
///
/// Each side may be off by the rounding of the two values, four units of the larger one.
///
/// # Errors
///
/// [`Violation::Within`] if it changes faster.
///
/// # Examples
///
/// ```
/// use gradus_testkit::laws::lipschitz;
///
/// lipschitz(f64::tanh, 1.0, -0.5, 0.7)?;
/// assert!(lipschitz(f64::tanh, 0.5, -0.1, 0.1).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn lipschitz(f: impl Fn(f64) -> f64, constant: f64, x: f64, y: f64) -> Result<(), Violation> {
    let (fx, fy) = (f(x), f(y));
    let rounding = 4.0 * f64::EPSILON * fx.abs().max(fy.abs());
    at_most((fx - fy).abs(), constant * (x - y).abs() + rounding)
        .map_err(|v| v.within("|f(x) − f(y)| ≤ L |x − y|"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lossy_round_trip_is_found() {
        let to_millionths = |x: &[f64]| vec![(x[0] * 1e6).round() / 1e6];
        let same = |x: &[f64]| x.to_vec();
        assert_eq!(round_trip(to_millionths, same, &[1.0 / 3.0], 1e-5), Ok(()));
        assert!(round_trip(to_millionths, same, &[1.0 / 3.0], 1e-7).is_err());
        assert!(round_trip(|_| vec![], same, &[0.1], 1e-9).is_err());
    }

    #[test]
    fn a_function_that_is_not_idempotent_is_found() {
        assert_eq!(idempotence(|x| vec![x[0].abs()], &[-3.0]), Ok(()));
        assert!(idempotence(|x| vec![x[0] + 1.0], &[-3.0]).is_err());
        // Off by one bit.
        assert!(idempotence(|x| vec![x[0].next_up()], &[1.0]).is_err());
    }

    #[test]
    fn a_broken_symmetry_is_found() {
        let rotate = |x: &[f64]| vec![x[1], x[2], x[0]];
        let exp = |x: &[f64]| x.iter().map(|x| x.exp()).collect();
        let weighted = |x: &[f64]| vec![x[0], 2.0 * x[1], 3.0 * x[2]];
        let x = [1.0, 2.0, 4.0];
        assert_eq!(equivariance(exp, rotate, rotate, &x, 0.0), Ok(()));
        assert!(equivariance(weighted, rotate, rotate, &x, 1e-9).is_err());
        let max = |x: &[f64]| vec![x.iter().copied().fold(f64::MIN, f64::max)];
        assert_eq!(invariance(max, rotate, &x, 0.0), Ok(()));
        assert!(invariance(|x| vec![x[0]], rotate, &x, 1e-9).is_err());
    }

    #[test]
    fn what_is_no_monoid_is_found() {
        let members: [&[f64]; 3] = [&[1.0], &[2.0], &[5.0]];
        let product = |a: &[f64], b: &[f64]| vec![a[0] * b[0]];
        assert_eq!(monoid(product, &[1.0], members, 1e-15), Ok(()));
        let wrong_unit = monoid(product, &[2.0], members, 1e-15).unwrap_err();
        assert!(wrong_unit.to_string().starts_with("ea = a"));
        let mean = |a: &[f64], b: &[f64]| vec![f64::midpoint(a[0], b[0])];
        let not_associative = monoid(mean, &[1.0], members, 1e-15).unwrap_err();
        assert!(not_associative.to_string().starts_with("(ab)c"));
        // Associative, with a unit on the right alone.
        let first = |a: &[f64], _: &[f64]| a.to_vec();
        let one_sided = monoid(first, &[7.0], members, 1e-15).unwrap_err();
        assert!(one_sided.to_string().starts_with("ea = a"));
    }

    #[test]
    fn a_falling_or_too_steep_function_is_found() {
        assert_eq!(monotone(|x| x.powi(3), -2.0, 1.0), Ok(()));
        assert!(monotone(|x| x * x, -2.0, 1.0).is_err());
        assert!(monotone(|_| f64::NAN, -2.0, 1.0).is_err());
        assert_eq!(lipschitz(f64::sin, 1.0, 0.3, 0.300001), Ok(()));
        assert!(lipschitz(f64::sin, 0.9, 0.3, 0.300001).is_err());
        assert!(lipschitz(|_| f64::NAN, 0.9, 0.3, 0.2).is_err());
    }
}
