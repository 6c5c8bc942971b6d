//! Tails of log-concave laws: that of the bell curve by a continued fraction, others by quadrature.

use crate::scalars::real::Real;

/// The Mills ratio $`(1 - \Phi(a)) / \varphi(a)`$ for $`a \ge 5`$, by its continued fraction.
///
/// Thirty levels leave a relative error of $`2 \cdot 10^{-19}`$ at 5, and less beyond.
pub(super) fn mills_ratio<R: Real>(a: R) -> R {
    R::from_f64(1.0)
        / (1..=30)
            .rev()
            .fold(a, |rest, k| a + R::from_f64(f64::from(k)) / rest)
}

/// $`\int_0^\infty e^{-h(v)} \, dv`$ for a convex $`h`$ with $`h(0) = 0`$, $`h'(0) = \kappa`$ and
/// $`h''(0) = m`$, close to the parabola of the two.
///
/// Gauss–Legendre quadrature with 32 points on $`[0, V]`$, where the parabola
/// $`\kappa V + \tfrac m2 V^2 = 50`$: what lies beyond does not count. All terms are positive, so the sum keeps its
/// relative accuracy.
pub(super) fn integral(slope: f64, curvature: f64, h: impl Fn(f64) -> f64) -> f64 {
    let half = 50.0 / (slope + slope.hypot((100.0 * curvature).sqrt()));
    let sum: f64 = GAUSS_LEGENDRE
        .iter()
        .map(|&(x, w)| w * ((-h(half * (1.0 - x))).exp() + (-h(half * (1.0 + x))).exp()))
        .sum();
    half * sum
}

/// Positive nodes and weights of 32 points on $`[-1, 1]`$; mpmath at 40 digits, by Newton's iteration on the
/// Legendre polynomial.
const GAUSS_LEGENDRE: [(f64, f64); 16] = [
    (0.9972638618494816, 0.007018610009470096),
    (0.9856115115452684, 0.01627439473090567),
    (0.9647622555875064, 0.02539206530926206),
    (0.9349060759377397, 0.03427386291302143),
    (0.8963211557660521, 0.04283589802222668),
    (0.84936761373257, 0.050998059262376175),
    (0.7944837959679424, 0.058684093478535544),
    (0.7321821187402897, 0.06582222277636185),
    (0.6630442669302152, 0.0723457941088485),
    (0.5877157572407623, 0.07819389578707031),
    (0.5068999089322294, 0.08331192422694675),
    (0.42135127613063533, 0.08765209300440381),
    (0.33186860228212767, 0.09117387869576389),
    (0.23928736225213706, 0.09384439908080457),
    (0.1444719615827965, 0.09563872007927486),
    (0.04830766568773832, 0.0965400885147278),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_exponential_and_half_a_bell() {
        let exponential = integral(3.0, 0.0, |v| 3.0 * v);
        assert!((exponential * 3.0 - 1.0).abs() < 4.0 * f64::EPSILON);
        let bell = integral(0.0, 1.0, |v| 0.5 * v * v);
        let half = (std::f64::consts::PI / 2.0).sqrt();
        assert!((bell / half - 1.0).abs() < 4.0 * f64::EPSILON);
    }
}
