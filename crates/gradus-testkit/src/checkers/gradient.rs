//! Checks of derivatives: one checker for every rule, loss and layer.
//!
//! Finite differences ([`check`], [`check_jvp`], [`second_order`]) are an independent witness but see
//! nine digits; the [`transpose`] test sees thirteen but compares the rule with itself; the
//! [`taylor_slope`] test needs no tolerance of its own. A rule should pass all of them.

use crate::comparisons::Violation;
use crate::comparisons::{at_least, scaled};

/// The gradient agrees with 5-point differences, per coordinate and in random directions.
///
/// ```math
/// \left| \langle g, v \rangle - D_v f \right| \le 10^{-9} \left(1 + \max(|\langle g, v\rangle|, |D_v f|)\right)
/// + \frac{8 \varepsilon}{h} \max |f|,
/// \qquad
/// D_v f = \frac{f(x-2hv) - 8 f(x-hv) + 8 f(x+hv) - f(x+2hv)}{12 h}
/// ```
///
/// The last term is the rounding of the difference itself. If it leaves less than three digits of a derivative of
/// order one, the check is inconclusive, which is a [`Violation`] too. The points $`x + hv`$ are machine numbers: each
/// direction is rounded to where they are.
///
/// The function must be smooth within
/// $`2h = 2^{-9} \approx 2 \cdot 10^{-3}`$ of `x`, and vary on a scale of about one: keep
/// away from kinks, scale inputs to be of order one. Coordinates are checked one by one up to 32 of them;
/// beyond, eight directions from a fixed seed stand for all.
///
/// # Errors
///
/// [`Violation::Derivative`] or [`Violation::Inconclusive`], within the name of the coordinate or direction, or
/// [`Violation::LengthMismatch`] if the gradient has not the length of `x`.
///
/// # Examples
///
/// ```
/// use gradus_testkit::gradient;
///
/// let right = |x: &[f64]| (x[0] * x[1], vec![x[1], x[0]]);
/// gradient::check(right, &[2.0, 3.0])?;
///
/// let wrong = |x: &[f64]| (x[0] * x[1], vec![x[0], x[1]]);
/// assert!(gradient::check(wrong, &[2.0, 3.0]).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
///
/// # References
///
/// B. Fornberg, *Generation of finite difference formulas on arbitrarily spaced grids*, Math. Comp. 51
/// (1988), table 1, <https://doi.org/10.1090/S0025-5718-1988-0935077-0>. The tolerance is the one of
/// `ChainRulesTestUtils.jl`.
pub fn check(
    value_and_gradient: impl Fn(&[f64]) -> (f64, Vec<f64>),
    x: &[f64],
) -> Result<(), Violation> {
    let (_, gradient) = value_and_gradient(x);
    same_length(gradient.len(), x.len())?;
    for (name, v) in directions(x.len()) {
        let steps = Steps::new(x, &v);
        five_point(|x| vec![value_and_gradient(x).0], x, &steps, 1)
            .and_then(|difference| difference.agrees_with(&[dot(&gradient, &steps.direction)]))
            .map_err(|violation| violation.root().clone().within(name))?;
    }
    Ok(())
}

/// The directional derivative $`J v`$ of a vector-valued function agrees with 5-point differences.
///
/// `jvp(x, v)` is the derivative of `f` at `x` along `v`; tolerance and conditions are those of [`check`].
///
/// # Errors
///
/// [`Violation`] naming the direction, or [`Violation::LengthMismatch`] if lengths differ.
///
/// # Examples
///
/// ```
/// use gradus_testkit::gradient::check_jvp;
///
/// let square = |x: &[f64]| x.iter().map(|x| x * x).collect();
/// let jvp = |x: &[f64], v: &[f64]| x.iter().zip(v).map(|(x, v)| 2.0 * x * v).collect();
/// check_jvp(square, jvp, &[1.0, -2.0])?;
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn check_jvp(
    f: impl Fn(&[f64]) -> Vec<f64>,
    jvp: impl Fn(&[f64], &[f64]) -> Vec<f64>,
    x: &[f64],
) -> Result<(), Violation> {
    let outputs = f(x).len();
    for (name, v) in directions(x.len()) {
        let steps = Steps::new(x, &v);
        five_point(&f, x, &steps, outputs)
            .and_then(|difference| difference.agrees_with(&jvp(x, &steps.direction)))
            .map_err(|violation| violation.within(name))?;
    }
    Ok(())
}

/// Forward and reverse mode are transposes of each other, to thirteen digits.
///
/// ```math
/// \left| \langle u, J v \rangle - \langle J^T u, v \rangle \right|
/// \le 10^{-13} \sum |\text{terms}|
/// ```
///
/// `jvp(x, v)` is $`J v`$, `vjp(x, u)` is $`J^T u`$, `outputs` the length of `u`. No differences are
/// taken, so it holds at any scale; it says nothing about whether J itself is right.
///
/// # Errors
///
/// [`Violation`] if the two differ, or [`Violation::LengthMismatch`] if lengths do.
///
/// # Examples
///
/// ```
/// use gradus_testkit::gradient::transpose;
///
/// // f(x, y) = (x y, x + y) at (2, 3)
/// let jvp = |x: &[f64], v: &[f64]| vec![x[1] * v[0] + x[0] * v[1], v[0] + v[1]];
/// let vjp = |x: &[f64], u: &[f64]| vec![x[1] * u[0] + u[1], x[0] * u[0] + u[1]];
/// transpose(jvp, vjp, &[2.0, 3.0], 2)?;
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn transpose(
    jvp: impl Fn(&[f64], &[f64]) -> Vec<f64>,
    vjp: impl Fn(&[f64], &[f64]) -> Vec<f64>,
    x: &[f64],
    outputs: usize,
) -> Result<(), Violation> {
    let mut random = Random::new();
    for _ in 0..DIRECTIONS {
        let (u, v) = (random.signed(outputs), random.signed(x.len()));
        let (jv, jtu) = (jvp(x, &v), vjp(x, &u));
        same_length(jv.len(), outputs)?;
        same_length(jtu.len(), x.len())?;
        let scale = dot_of_magnitudes(&u, &jv) + dot_of_magnitudes(&jtu, &v);
        scaled(dot(&u, &jv), dot(&jtu, &v), 1e-13, scale)?;
    }
    Ok(())
}

/// What the gradient leaves of the function shrinks with the square of the step.
///
/// ```math
/// r(h) = \left| f(x + h v) - f(x) - h \langle g, v \rangle \right| = O(h^2),
/// \qquad h = 2^{-3}, \dots, 2^{-12}
/// ```
///
/// The slope of $`\ln r`$ against $`\ln h`$ is 2 for a right gradient and 1 for a wrong one. It is
/// measured as the median of $`\log_2 r(h) / r(h/2)`$ over the steps whose remainder stands above
/// rounding, and must be at least 1.9. (It may be larger: 3 where the curvature along `v` vanishes. If
/// nothing stands above rounding, the function is linear along `v` and the gradient right, unless rounding would
/// hide a derivative of order one: then the check is inconclusive.)
///
/// # Errors
///
/// [`Violation::Below`] (a slope of less than 1.9), [`Violation::Inconclusive`], or [`Violation::LengthMismatch`].
///
/// # Examples
///
/// ```
/// use gradus_testkit::gradient::taylor_slope;
///
/// taylor_slope(|x| (x[0].exp(), vec![x[0].exp()]), &[0.5])?;
/// assert!(taylor_slope(|x| (x[0].exp(), vec![1.01 * x[0].exp()]), &[0.5]).is_err());
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
///
/// # References
///
/// P. E. Farrell, D. A. Ham, S. W. Funke and M. E. Rognes, *Automated derivation of the adjoint of
/// high-level transient finite element programs*, SIAM J. Sci. Comput. 35 (2013), §5,
/// <https://doi.org/10.1137/120873558>.
pub fn taylor_slope(
    value_and_gradient: impl Fn(&[f64]) -> (f64, Vec<f64>),
    x: &[f64],
) -> Result<(), Violation> {
    let (value, gradient) = value_and_gradient(x);
    same_length(gradient.len(), x.len())?;
    for (name, v) in random_directions(x.len()) {
        let slope = dot(&gradient, &v);
        // The points x + hv are rounded too, which moves the value by the gradient times that.
        let moved = dot_of_magnitudes(&gradient, x);
        let remainder = |h: f64| {
            let stepped = value_and_gradient(&step(x, h, &v)).0;
            Remainder::new(value, stepped, h * slope, moved)
        };
        let remainders: Vec<f64> = (3..=12)
            .map(|k| remainder(0.5_f64.powi(k)))
            .take_while(Remainder::stands_above_rounding)
            .map(|remainder| remainder.left)
            .collect();
        let largest = remainder(0.125);
        let rates = remainders.windows(2).map(|r| (r[0] / r[1]).log2());
        let judged = match median(rates.collect()) {
            Some(rate) => at_least(rate, 1.9),
            None => largest.may_hide(0.125),
        };
        judged.map_err(|violation| violation.within(format!("Taylor slope, {name}")))?;
    }
    Ok(())
}

/// The Hessian agrees with differences of the gradient, and is symmetric.
///
/// `hessian_vector(x, v)` is $`H v`$. It must agree with the 5-point difference of the gradient along `v`
/// within the tolerance of [`check`], and $`\langle u, H v \rangle = \langle v, H u \rangle`$ to
/// $`10^{-12} \sum |\text{terms}|`$.
///
/// # Errors
///
/// [`Violation`] naming the direction or the broken symmetry, or [`Violation::LengthMismatch`].
///
/// # Examples
///
/// ```
/// use gradus_testkit::gradient::second_order;
///
/// // f(x, y) = x² y: gradient (2xy, x²), Hessian ((2y, 2x), (2x, 0))
/// let gradient = |x: &[f64]| vec![2.0 * x[0] * x[1], x[0] * x[0]];
/// let hessian_vector =
///     |x: &[f64], v: &[f64]| vec![2.0 * (x[1] * v[0] + x[0] * v[1]), 2.0 * x[0] * v[0]];
/// second_order(gradient, hessian_vector, &[1.0, 2.0])?;
/// # Ok::<(), gradus_testkit::Violation>(())
/// ```
pub fn second_order(
    gradient: impl Fn(&[f64]) -> Vec<f64>,
    hessian_vector: impl Fn(&[f64], &[f64]) -> Vec<f64>,
    x: &[f64],
) -> Result<(), Violation> {
    same_length(gradient(x).len(), x.len())?;
    check_jvp(&gradient, &hessian_vector, x)?;
    let mut random = Random::new();
    for _ in 0..DIRECTIONS {
        let (u, v) = (random.signed(x.len()), random.signed(x.len()));
        let (hu, hv) = (hessian_vector(x, &u), hessian_vector(x, &v));
        let scale = dot_of_magnitudes(&u, &hv) + dot_of_magnitudes(&v, &hu);
        scaled(dot(&u, &hv), dot(&v, &hu), 1e-12, scale)
            .map_err(|violation| violation.within("symmetry of the Hessian"))?;
    }
    Ok(())
}

/// Steps to points that are machine numbers, and the direction they have exactly.
struct Steps {
    step: Vec<f64>,
    direction: Vec<f64>,
}

impl Steps {
    /// The steps nearest to `v`, times [`STEP`].
    fn new(x: &[f64], v: &[f64]) -> Self {
        // Added to and taken from the farthest point, a step keeps the digits that x ± 2 steps can hold.
        let representable = |(x, v): (&f64, &f64)| {
            let farthest = x.abs() + 2.0 * STEP * v.abs();
            (farthest + STEP * v) - farthest
        };
        let step: Vec<f64> = x.iter().zip(v).map(representable).collect();
        let direction = step.iter().map(|step| step / STEP).collect();
        Self { step, direction }
    }
}

/// Difference quotients, and the rounding that each carries.
struct Difference {
    quotients: Vec<f64>,
    roundings: Vec<f64>,
}

impl Difference {
    fn agrees_with(&self, derivative: &[f64]) -> Result<(), Violation> {
        same_length(derivative.len(), self.quotients.len())?;
        let entries = derivative.iter().zip(&self.quotients).zip(&self.roundings);
        for (index, ((&given, &found), &rounding)) in entries.enumerate() {
            judge(given, found, rounding).map_err(|violation| violation.at_entry(index))?;
        }
        Ok(())
    }
}

/// Each entry by its own size: a large one must not hide a small one.
fn judge(given: f64, found: f64, rounding: f64) -> Result<(), Violation> {
    let size = 1.0 + given.abs().max(found.abs());
    let allowed = TOLERANCE * size + rounding;
    let agrees = (given - found).abs() <= allowed && allowed.is_finite();
    if !agrees {
        return Err(Violation::Derivative {
            given,
            found,
            allowed,
        });
    }
    if rounding > BLIND * size {
        return Err(Violation::Inconclusive { found, rounding });
    }
    Ok(())
}

/// The 5-point difference of `f` at `x` along the steps.
fn five_point(
    f: impl Fn(&[f64]) -> Vec<f64>,
    x: &[f64],
    steps: &Steps,
    outputs: usize,
) -> Result<Difference, Violation> {
    if steps.step.iter().all(|&step| step == 0.0) {
        // Not even the neighbors of x are as near as a step.
        let (found, rounding) = (0.0, f64::INFINITY);
        return Err(Violation::Inconclusive { found, rounding });
    }
    let values = [-2.0, -1.0, 1.0, 2.0].map(|k| f(&step(x, k, &steps.step)));
    for value in &values {
        same_length(value.len(), outputs)?;
    }
    let [a, b, c, d] = &values;
    let size = |i: usize| {
        values
            .iter()
            .fold(0.0_f64, |size, value| size.max(value[i].abs()))
    };
    Ok(Difference {
        quotients: (0..outputs)
            .map(|i| (a[i] - 8.0 * b[i] + 8.0 * c[i] - d[i]) / (12.0 * STEP))
            .collect(),
        roundings: (0..outputs)
            .map(|i| 8.0 * f64::EPSILON / STEP * size(i))
            .collect(),
    })
}

/// $`|f(x + hv) - f(x) - h \langle g, v \rangle|`$, and what rounding may make of it.
struct Remainder {
    left: f64,
    rounding: f64,
    linear: f64,
}

impl Remainder {
    fn new(value: f64, stepped: f64, linear: f64, moved: f64) -> Self {
        let size = value.abs() + stepped.abs() + linear.abs() + moved;
        Self {
            left: (stepped - value - linear).abs(),
            rounding: f64::EPSILON * size,
            linear,
        }
    }

    /// At 1000 roundings, a rate is right to 0.003.
    fn stands_above_rounding(&self) -> bool {
        self.left > 1000.0 * self.rounding || self.left.is_nan()
    }

    /// Whether rounding of this step hides a derivative of order one.
    fn may_hide(&self, h: f64) -> Result<(), Violation> {
        let (found, rounding) = (self.linear / h, 1000.0 * self.rounding / h);
        if rounding > BLIND * (1.0 + found.abs()) {
            return Err(Violation::Inconclusive { found, rounding });
        }
        Ok(())
    }
}

/// $`x + h v`$.
fn step(x: &[f64], h: f64, v: &[f64]) -> Vec<f64> {
    x.iter().zip(v).map(|(x, v)| x + h * v).collect()
}

/// The coordinate axes if there are few, then random directions.
fn directions(n: usize) -> impl Iterator<Item = (String, Vec<f64>)> {
    let axes = if n <= 32 { n } else { 0 };
    (0..axes)
        .map(move |i| (format!("coordinate {i}"), axis(i, n)))
        .chain(random_directions(n))
}

/// Directions of entries in ±1, from a fixed seed; none in dimension 0.
fn random_directions(n: usize) -> impl Iterator<Item = (String, Vec<f64>)> {
    let mut random = Random::new();
    let count = if n == 0 { 0 } else { DIRECTIONS };
    (0..count).map(move |k| {
        let v = random.signed(n);
        let length = dot(&v, &v).sqrt();
        let unit = v.iter().map(|v| v / length).collect();
        (format!("direction {k}"), unit)
    })
}

fn axis(i: usize, n: usize) -> Vec<f64> {
    (0..n).map(|j| f64::from(u8::from(i == j))).collect()
}

/// Directions from a fixed seed: the generator `SplitMix64`.
///
/// G. L. Steele, D. Lea and C. H. Flood, *Fast splittable pseudorandom number generators*, OOPSLA 2014,
/// figure 17, <https://doi.org/10.1145/2660193.2660195>.
struct Random(u64);

impl Random {
    fn new() -> Self {
        Self(2718281828)
    }

    /// A vector with entries in (−1, 1).
    fn signed(&mut self, n: usize) -> Vec<f64> {
        (0..n).map(|_| 2.0 * self.unit() - 1.0).collect()
    }

    /// An odd multiple of 2⁻⁵³ in (0, 1): the product with 2 minus 1 is never zero.
    fn unit(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (((z ^ (z >> 31)) >> 11) | 1) as f64 / (1_u64 << 53) as f64
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn dot_of_magnitudes(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a * b).abs()).sum()
}

fn median(mut numbers: Vec<f64>) -> Option<f64> {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied()
}

fn same_length(left: usize, right: usize) -> Result<(), Violation> {
    if left == right {
        return Ok(());
    }
    Err(Violation::LengthMismatch { left, right })
}

/// Relative and absolute tolerance of a difference.
const TOLERANCE: f64 = 1e-9;

/// If rounding is more than this share of a derivative, or of 1, the derivative cannot be judged.
const BLIND: f64 = 1e-3;

/// The power of two nearest to $`\varepsilon^{1/5}`$, which balances the truncation $`h^4`$ and the rounding
/// $`\varepsilon / h`$: so most points $`x + h`$ are machine numbers as they are.
const STEP: f64 = 1.0 / 1024.0;

/// How many random directions are tried.
const DIRECTIONS: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    fn bowl(x: &[f64]) -> (f64, Vec<f64>) {
        let value = x.iter().map(|x| x.sin() * x).sum();
        (value, x.iter().map(|x| x.cos() * x + x.sin()).collect())
    }

    /// The right gradient with an error of `error` in entry 1.
    fn bent(error: f64) -> impl Fn(&[f64]) -> (f64, Vec<f64>) {
        move |x| {
            let (value, mut gradient) = bowl(x);
            gradient[1] += error;
            (value, gradient)
        }
    }

    const POINT: [f64; 3] = [0.3, -1.2, 2.0];

    #[test]
    fn the_step_is_near_the_fifth_root_of_epsilon() {
        assert!((STEP / f64::EPSILON.powf(0.2)).log2().abs() < 0.5);
    }

    #[test]
    fn a_right_gradient_passes() {
        assert_eq!(check(bowl, &POINT), Ok(()));
        assert_eq!(taylor_slope(bowl, &POINT), Ok(()));
        let many: Vec<f64> = (0..100).map(|i| f64::from(i) / 50.0).collect();
        assert_eq!(check(bowl, &many), Ok(()));
        assert_eq!(check(bowl, &[]), Ok(()));
    }

    #[test]
    fn a_gradient_wrong_in_the_eighth_digit_is_found() {
        let violation = check(bent(1e-8), &POINT).unwrap_err();
        assert!(violation.to_string().starts_with("coordinate 1"));
        let many: Vec<f64> = (0..100).map(|i| f64::from(i) / 50.0).collect();
        assert!(check(bent(1e-6), &many).is_err());
    }

    #[test]
    fn a_slightly_wrong_gradient_has_taylor_slope_one() {
        let violation = taylor_slope(bent(0.01), &POINT).unwrap_err();
        assert!(matches!(
            violation.root(),
            Violation::Below { value, .. } if (0.9..1.6).contains(value)
        ));
    }

    #[test]
    fn a_gradient_of_nan_or_of_wrong_length_is_found() {
        assert!(check(bent(f64::NAN), &POINT).is_err());
        assert!(taylor_slope(bent(f64::NAN), &POINT).is_err());
        assert!(check(|_| (0.0, vec![0.0]), &POINT).is_err());
        assert!(taylor_slope(|_| (0.0, vec![0.0]), &POINT).is_err());
    }

    #[test]
    fn a_large_entry_does_not_hide_a_small_one() {
        let f = |x: &[f64]| vec![1e12 * x[0], x[0]];
        let right = |_: &[f64], v: &[f64]| vec![1e12 * v[0], v[0]];
        let wrong = |_: &[f64], v: &[f64]| vec![1e12 * v[0], 0.0];
        assert_eq!(check_jvp(f, right, &[0.5]), Ok(()));
        let violation = check_jvp(f, wrong, &[0.5]).unwrap_err();
        assert!(matches!(
            violation.root(),
            Violation::Derivative { given: 0.0, .. }
        ));
    }

    #[test]
    fn what_cannot_be_seen_is_inconclusive() {
        for gradient in [1.0, 0.0] {
            let drowned = |x: &[f64]| (1e12 + x[0], vec![gradient]);
            assert!(check(drowned, &[0.5]).unwrap_err().is_inconclusive());
            assert!(taylor_slope(drowned, &[0.5]).unwrap_err().is_inconclusive());
        }
        let far = |x: &[f64]| (x[0], vec![1.0]);
        assert!(check(far, &[1e18]).unwrap_err().is_inconclusive());
        // A wrong answer that can be seen is no question of rounding.
        assert!(!check(bent(1.0), &POINT).unwrap_err().is_inconclusive());
        assert_eq!(taylor_slope(|_| (5.0, vec![0.0]), &[0.5]), Ok(()));
    }

    #[test]
    fn the_rounding_of_a_distant_point_is_no_error() {
        for shift in [1e6, 1.0e6 / 3.0, 12345.678] {
            let shifted = |x: &[f64]| (x[0] - shift, vec![1.0]);
            assert_eq!(check(shifted, &[shift]), Ok(()));
            assert_eq!(taylor_slope(shifted, &[shift]), Ok(()));
        }
    }

    #[test]
    fn the_report_says_whose_number_is_whose() {
        let report = check(|x| (x[0].exp(), vec![2.0]), &[0.5])
            .unwrap_err()
            .to_string();
        let start =
            "coordinate 0: the derivative gave 2.0, differences of the function give 1.64872";
        assert!(report.starts_with(start), "{report}");
    }

    #[test]
    fn linear_and_odd_functions_pass_the_taylor_test() {
        assert_eq!(taylor_slope(|x| (3.0 * x[0], vec![3.0]), &[0.7]), Ok(()));
        let odd = |x: &[f64]| (x[0].sin(), vec![x[0].cos()]);
        assert_eq!(taylor_slope(odd, &[0.0]), Ok(()));
    }

    #[test]
    fn a_jvp_that_drops_a_term_is_found() {
        let f = |x: &[f64]| vec![x[0] * x[1], x[1].exp()];
        let right = |x: &[f64], v: &[f64]| vec![x[1] * v[0] + x[0] * v[1], x[1].exp() * v[1]];
        let wrong = |x: &[f64], v: &[f64]| vec![x[1] * v[0], x[1].exp() * v[1]];
        assert_eq!(check_jvp(f, right, &[2.0, 0.5]), Ok(()));
        assert!(check_jvp(f, wrong, &[2.0, 0.5]).is_err());
        assert!(check_jvp(f, |_, _| vec![0.0], &[2.0, 0.5]).is_err());
    }

    #[test]
    fn a_vjp_that_is_not_the_transpose_is_found() {
        let matrix = [[1.0, 2.0], [3.0, 4.0]];
        let product = |_: &[f64], v: &[f64]| matrix.iter().map(|row| dot(row, v)).collect();
        let transposed = |_: &[f64], u: &[f64]| {
            (0..2)
                .map(|j| matrix[0][j] * u[0] + matrix[1][j] * u[1])
                .collect()
        };
        assert_eq!(transpose(product, transposed, &[0.0; 2], 2), Ok(()));
        assert!(transpose(product, product, &[0.0; 2], 2).is_err());
        let nearly = |x: &[f64], u: &[f64]| {
            let right: Vec<f64> = transposed(x, u);
            right.iter().map(|g| g * (1.0 + 1e-11)).collect()
        };
        assert!(transpose(product, nearly, &[0.0; 2], 2).is_err());
    }

    #[test]
    fn a_hessian_that_is_wrong_or_not_symmetric_is_found() {
        let gradient = |x: &[f64]| vec![2.0 * x[0] * x[1], x[0] * x[0]];
        let right =
            |x: &[f64], v: &[f64]| vec![2.0 * (x[1] * v[0] + x[0] * v[1]), 2.0 * x[0] * v[0]];
        let halved = |x: &[f64], v: &[f64]| vec![2.0 * x[1] * v[0], 2.0 * x[0] * v[0]];
        assert_eq!(second_order(gradient, right, &[1.0, 2.0]), Ok(()));
        assert!(second_order(gradient, halved, &[1.0, 2.0]).is_err());
        // Asymmetry of 1e-11 hides from differences but not from the symmetry test.
        let skewed = |x: &[f64], v: &[f64]| {
            let mut product: Vec<f64> = right(x, v);
            product[1] += 1e-10 * v[0];
            product
        };
        let violation = second_order(gradient, skewed, &[1.0, 2.0]).unwrap_err();
        assert!(violation.to_string().starts_with("symmetry"));
    }
}
