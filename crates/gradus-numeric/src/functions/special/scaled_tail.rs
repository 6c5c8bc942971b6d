//! The upper tail of the standard normal law without its exponential.

use super::polynomial::{Polynomial, nearest_whole};

/// $`e^{a^2/2} \, (1 - \Phi(a))`$ for $`a \ge 0`$, which falls slowly from ½ as $`1 / (a \sqrt{2\pi})`$ does.
///
/// By polynomials around 0, 1, …, 6 and, from 6½ on, by
///
/// ```math
/// \frac 1a \left( \frac{1}{\sqrt{2\pi}} - v \, h(v) \right), \qquad v = \frac{1}{a^2}
/// ```
///
/// where $`h`$ is a polynomial too: the continuation of the asymptotic series, NIST *Digital Library of Mathematical Functions*, 7.12.1.
/// A distance from the nearest whole number is exact, and the constant term by far the largest one, so that the sum is rounded once: within 1 ULP below 6½,
/// within 2 beyond.
#[inline]
pub(super) fn scaled_tail(a: f64) -> f64 {
    let (whole, rest) = nearest_whole(a);
    match NEAR.get(whole) {
        Some(piece) => piece.at(rest),
        None => far(a),
    }
}

/// $`1 - \Phi(a)`$ for $`a \ge 0`$.
#[inline]
pub(super) fn upper_tail(a: f64) -> f64 {
    exp_minus_half_square(a) * scaled_tail(a)
}

/// $`e^{-a^2/2}`$ with $`a^2 = s + e`$: rounding the square would cost $`a^2 / 2`$ ULP.
#[inline]
fn exp_minus_half_square(a: f64) -> f64 {
    let a = a.min(BEYOND);
    let (square, high) = (a * a, f64::from_bits(a.to_bits() & UPPER_HALF));
    let low = a - high;
    let rounding = ((high * high - square) + 2.0 * high * low) + low * low;
    let power = (-0.5 * square).exp();
    power - power * (0.5 * rounding)
}

fn far(a: f64) -> f64 {
    let v = 1.0 / (a * a);
    let h = FAR.iter().rev().fold(0.0, |sum, &c| sum * v + c);
    (FRAC_1_SQRT_2PI - (v * h - FRAC_1_SQRT_2PI_LOW)) / a
}

/// From here on the tail is 0 in double precision: that of 39 is below half of the smallest positive number.
const BEYOND: f64 = 39.0;
/// Sign, exponent and the upper 26 of 53 digits.
const UPPER_HALF: u64 = u64::MAX << 27;
/// $`1/\sqrt{2\pi}`$.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// What rounding it left over.
const FRAC_1_SQRT_2PI_LOW: f64 = -2.49232720227773e-17;

/// Around 0, 1, …, 6; mpmath at 50 digits: the interpolation at 30 Chebyshev points of $`\pm\tfrac12`$, its first 18 terms. What they lack is below
/// $`10^{-18}`$ of the value.
const NEAR: [Polynomial; 7] = [
    Polynomial {
        center: (0.5, 8.312230027751276e-20),
        slope: -0.3989422804014327,
        rest: [
            [
                0.24999999999999994,
                -0.13298076013381085,
                0.06250000000000573,
                -0.026596152026765196,
            ],
            [
                0.010416666666431386,
                -0.003799450289441073,
                0.0013020833381658292,
                -0.00042216114494994316,
            ],
            [
                0.0001302082776132691,
                -3.837826880662384e-05,
                1.085107142625005e-05,
                -2.952279771228115e-06,
            ],
            [
                7.735663799287513e-07,
                -1.9643365073239765e-07,
                5.1570345904591204e-08,
                -1.23250896825769e-08,
            ],
        ],
    },
    Polynomial {
        center: (0.2615782918651234, -8.472213255369756e-18),
        slope: -0.1373639885363093,
        rest: [
            [
                0.06210715166440703,
                -0.02508561229063409,
                0.009255384843443333,
                -0.0031660454894382167,
            ],
            [
                0.001014889892330185,
                -0.00030730794244196837,
                8.844774381836938e-05,
                -2.431779988160543e-05,
            ],
            [
                6.412993441804569e-06,
                -1.6277093312610022e-06,
                3.987801391684488e-07,
                -9.453510325883859e-08,
            ],
            [
                2.1706212023224552e-08,
                -4.847733903687983e-09,
                1.1082309971775732e-09,
                -2.3482348890185917e-10,
            ],
        ],
    },
    Polynomial {
        center: (0.1681020012231706, 1.2414074060573345e-17),
        slope: -0.06273827795509146,
        rest: [
            [
                0.021312722656493838,
                -0.0067042775473679294,
                0.0019760418904394973,
                -0.0005504387532977892,
            ],
            [
                0.00014586073064054808,
                -3.6959613145177375e-05,
                8.992688045937202e-06,
                -2.1082485625557487e-06,
            ],
            [
                4.776190670780038e-07,
                -1.0481911923072259e-07,
                2.2331905501189637e-08,
                -4.62739492048489e-09,
            ],
            [
                9.334078312659964e-10,
                -1.8381227023340322e-10,
                3.67951074633008e-11,
                -6.9258467967821565e-12,
            ],
        ],
    },
    Polynomial {
        center: (0.12151394835556217, -6.432115689452471e-18),
        slope: -0.034400435334746175,
        rest: [
            [
                0.009156321175661819,
                -0.0023104906025869067,
                0.0005562123419752746,
                -0.00012837071533221668,
            ],
            [
                2.851669932976672e-05,
                -6.117231048985143e-06,
                1.2706257729348167e-06,
                -2.5615041451299957e-07,
            ],
            [
                5.0217451975421934e-08,
                -9.590732125412451e-09,
                1.7871111799941979e-09,
                -3.25341158031854e-10,
            ],
            [
                5.79089296911045e-11,
                -1.0097710184627983e-11,
                1.7812681497877406e-12,
                -2.9886152620492944e-13,
            ],
        ],
    },
    Polynomial {
        center: (0.09441064130196894, -2.7718790992366474e-18),
        slope: -0.02129971519355693,
        rest: [
            [
                0.0046058902638706056,
                -0.000958718046024836,
                0.00019275451994281548,
                -3.7539993250714824e-05,
            ],
            [
                7.099091156659144e-06,
                -1.3062326605824245e-06,
                2.342700642956678e-07,
                -4.1016933714081694e-08,
            ],
            [
                7.0202328920635825e-09,
                -1.176000166002355e-09,
                1.9301970454318467e-10,
                -3.107104407532417e-11,
            ],
            [
                4.908286856177115e-12,
                -7.619252497967647e-13,
                1.1926064522262363e-13,
                -1.7916457256159662e-14,
            ],
        ],
    },
    Polynomial {
        center: (0.07691930497500629, 4.1399418939817776e-18),
        slope: -0.014345755526401199,
        rest: [
            [
                0.002595263671500153,
                -0.0004564790563001449,
                7.821709749985706e-05,
                -1.3078713760171919e-05,
            ],
            [
                2.1372547831662288e-06,
                -3.417771206200956e-07,
                5.3546147508540733e-08,
                -8.2273758977321e-09,
            ],
            [
                1.2409267982674652e-09,
                -1.8388562549892996e-10,
                2.6791581160652182e-11,
                -3.84060762091797e-12,
            ],
            [
                5.419388203291564e-13,
                -7.534599671477646e-14,
                1.0538872925772459e-14,
                -1.4250000632593353e-15,
            ],
        ],
    },
    Polynomial {
        center: (0.06477931432444685, 4.320804131120253e-19),
        slope: -0.010266394454751582,
        rest: [
            [
                0.0015904737979686788,
                -0.00024118388897983656,
                3.584261602241482e-05,
                -5.2256385690695304e-06,
            ],
            [
                7.481307679996053e-07,
                -1.0526485158169826e-07,
                1.456770731370654e-08,
                -1.9842897444095307e-09,
            ],
            [
                2.6619688438298794e-10,
                -3.519167594982089e-11,
                4.587238045526e-12,
                -5.89866619310989e-13,
            ],
            [
                7.485069274282156e-14,
                -9.379240565589174e-15,
                1.1805588734292472e-15,
                -1.4446633124971232e-16,
            ],
        ],
    },
];

/// Of $`h`$ up to $`v = (2/13)^2`$; likewise, 13 terms, which lack less than $`10^{-17}`$ of the value.
const FAR: [f64; 13] = [
    0.3989422804014326,
    -1.1968268412034047,
    5.984134203857389,
    -41.888937372597155,
    376.99942011567447,
    -4146.694321845214,
    53850.43780289569,
    -800588.1067535739,
    12988649.931982465,
    -209825971.91868636,
    2922953024.8034596,
    -28838377325.402184,
    142664417119.69168,
];

#[cfg(test)]
mod tests {
    use super::super::tail::mills_ratio;
    use super::*;

    #[test]
    fn one_half_at_the_origin_and_a_reciprocal_far_out() {
        assert_eq!(scaled_tail(0.0), 0.5);
        for a in [1e10, 1e160, 1e300] {
            assert!((scaled_tail(a) * a / FRAC_1_SQRT_2PI - 1.0).abs() <= f64::EPSILON);
        }
        assert_eq!(scaled_tail(f64::INFINITY), 0.0);
        assert!(scaled_tail(f64::NAN).is_nan() && upper_tail(f64::NAN).is_nan());
    }

    #[test]
    fn the_pieces_meet() {
        for k in 0..=6 {
            let a = f64::from(k) + 0.5;
            let (below, above) = (scaled_tail(a.next_down()), scaled_tail(a));
            assert!((below / above - 1.0).abs() <= 2.0 * f64::EPSILON, "{a}");
        }
    }

    /// Half of the integral of the bell from 1 on, and the continued fraction.
    #[test]
    fn a_table_and_the_continued_fraction() {
        let close = |a: f64, b: f64| assert!((a / b - 1.0).abs() <= 2.0 * f64::EPSILON, "{a} {b}");
        close(upper_tail(1.0), 0.158_655_253_931_457_05); // mpmath, 50 digits
        for a in [5.0, 5.5, 6.0, 7.3, 38.0, 1e5] {
            close(scaled_tail(a), mills_ratio(a) * FRAC_1_SQRT_2PI);
        }
    }
}
