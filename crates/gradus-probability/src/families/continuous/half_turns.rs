//! The tangent and its inverse, of angles in units of half a turn.

use super::nearest_part::nearest_part;
use std::f64::consts::FRAC_1_PI;

/// $`\arctan(w) / \pi`$ for $`0 \le w \le 1`$, from the nearest sixteenth c by the addition theorem,
///
/// ```math
/// \arctan w = \arctan c + \arctan t, \qquad t = \frac{w - c}{1 + c w}
/// ```
///
/// and by five terms of the power series of the last one.
#[inline]
pub(super) fn arc_tangent(w: f64) -> f64 {
    let (k, c) = nearest_part(w, 16.0);
    let (angle, left_over) = ARC_TANGENTS[k.min(16)]; // of NaN any one will do
    let t = (w - c) / (1.0 + c * w);
    let s = t * t;
    let square = s * s;
    let even = 1.0 / 3.0 + square * (1.0 / 7.0 + square * (1.0 / 11.0));
    let odd = 1.0 / 5.0 + square * (1.0 / 9.0);
    let rest = s * (even - s * odd);
    angle + (left_over + (FRAC_1_PI * t - (FRAC_1_PI * t * rest - FRAC_1_PI_LOW * t)))
}

/// $`u \cot(\pi u)`$ for $`0 \le u \le \tfrac14`$.
#[inline]
pub(super) fn times_cotangent(u: f64) -> f64 {
    let square = u * u;
    COTANGENT.0 + (COTANGENT.1 + square * polynomial(&COTANGENT_REST, square))
}

/// $`\sum_k c_k x^k`$, the even powers beside the odd ones: a single sum would wait for itself at each of them.
#[inline]
fn polynomial(c: &[[f64; 2]], x: f64) -> f64 {
    let square = x * x;
    let [even, odd] = c.iter().rev().fold([0.0; 2], |[even, odd], [a, b]| {
        [even * square + a, odd * square + b]
    });
    even + x * odd
}

/// What rounding $`1/\pi`$ left over.
const FRAC_1_PI_LOW: f64 = -1.968e-17;

/// $`\arctan(k / 16) / \pi`$ for k from 0 to 16, and what rounding it left over (to three digits); mpmath at 60 digits.
static ARC_TANGENTS: [(f64, f64); 17] = [
    (0.0, 0.0),
    (0.019868524305540838, 1.38e-18),
    (0.03958342416056554, 2.98e-18),
    (0.05899808486752853, -2.13e-18),
    (0.07797913037736932, 1.50e-18),
    (0.09641124797922956, 2.69e-18),
    (0.11420025121990814, -9.45e-19),
    (0.1312743207258712, 7.19e-18),
    (0.14758361765043326, 1.11e-17),
    (0.16309863079328485, -1.93e-18),
    (0.17780768448935275, 6.72e-18),
    (0.1917140165981578, -3.08e-18),
    (0.20483276469913345, 5.56e-18),
    (0.21718810492349722, 6.81e-18),
    (0.22881069536505358, 8.72e-18),
    (0.23973549852225223, 1.34e-17),
    (0.25, 0.0),
];

/// $`u \cot(\pi u)`$ at 0, which is $`1/\pi`$, and what rounding it left over. The power series has the coefficients $`-2 \zeta(2k) / \pi`$, DLMF 4.22.3; here, mpmath at 50
/// digits, in $`u^2`$ the interpolation at 40 Chebyshev points up to $`\tfrac1{16}`$, its first ten terms, which lack less than $`10^{-17}`$ of the value.
const COTANGENT: (f64, f64) = (FRAC_1_PI, FRAC_1_PI_LOW);
/// The other terms, over $`u^2`$.
const COTANGENT_REST: [[f64; 2]; 5] = [
    [-1.0471975511966027, -0.6890283706707366],
    [-0.6476607090685866, -0.6392154433535909],
    [-0.6372561713290654, -0.6366602846203587],
    [-0.6392263341326, -0.6027353795117991],
    [-0.8770160926246925, 0.0],
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::PI;

    #[test]
    fn they_are_the_tangent_and_its_inverse() {
        for k in 1..=1000 {
            let w = f64::from(k) / 1000.0;
            let u = 0.25 * w;
            assert!((arc_tangent(w) / (w.atan() / PI) - 1.0).abs() <= 3.0 * f64::EPSILON);
            assert!((times_cotangent(u) / (u / (PI * u).tan()) - 1.0).abs() <= 4.0 * f64::EPSILON);
        }
    }

    #[test]
    fn an_eighth_of_a_turn() {
        assert_eq!((arc_tangent(1.0), times_cotangent(0.25)), (0.25, 0.25));
        assert_eq!((arc_tangent(0.0), times_cotangent(0.0)), (0.0, FRAC_1_PI));
    }
}
