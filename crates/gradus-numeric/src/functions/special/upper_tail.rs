//! The upper tail of the standard normal law.

use super::polynomial::nearest_whole;
use super::scaled_tail::scaled_tail;
use super::taylor::{Coefficients, Taylor};

/// $`1 - \Phi(a)`$ for $`a \ge 0`$.
///
/// Around the eighths $`0, \tfrac18, \dots, 5`$ by the Taylor series of the tail $`f`$, which goes on from its value and its slope $`-\varphi`$ by
///
/// ```math
/// f'' = -a f', \qquad (k + 1)(k + 2) \, c_{k+2} = -a \, (k + 1) \, c_{k+1} - k \, c_k
/// ```
///
/// The distance from the nearest eighth is exact, and the tail changes over it by less than two fifths. From there on it is $`e^{-a^2/2}`$ times
/// [`scaled_tail`].
#[inline]
pub(super) fn upper_tail(a: f64) -> f64 {
    let (whole, u) = nearest_whole(8.0 * a);
    match NEAR.get(whole) {
        Some(series) => series.at(0.125 * u),
        None => far(a),
    }
}

fn far(a: f64) -> f64 {
    exp_minus_half_square(a) * scaled_tail(a)
}

/// $`e^{-a^2/2}`$ with $`a^2 = s + e`$: rounding the square would cost $`a^2 / 2`$ ULP.
fn exp_minus_half_square(a: f64) -> f64 {
    let a = a.min(BEYOND);
    let (square, high) = (a * a, f64::from_bits(a.to_bits() & UPPER_HALF));
    let low = a - high;
    let rounding = ((high * high - square) + 2.0 * high * low) + low * low;
    let power = (-0.5 * square).exp();
    power - power * (0.5 * rounding)
}

/// The series around `a` from the tail there, what rounding it left over, and the density.
const fn series(a: f64, (tail, left_over, density): (f64, f64, f64)) -> Taylor {
    let mut c: Coefficients = [0.0; 14];
    (c[0], c[1]) = (tail, -density);
    let (mut i, mut k) = (0, 0.0);
    while i + 2 < c.len() {
        c[i + 2] = -(a * (k + 1.0) * c[i + 1] + k * c[i]) / ((k + 1.0) * (k + 2.0));
        (i, k) = (i + 1, k + 1.0);
    }
    Taylor::new(c, left_over)
}

const fn all_series() -> [Taylor; 41] {
    let mut all = [series(0.0, AT_EIGHTHS[0]); 41];
    let (mut i, mut a) = (0, 0.0);
    while i < all.len() {
        all[i] = series(a, AT_EIGHTHS[i]);
        (i, a) = (i + 1, a + 0.125);
    }
    all
}

/// The series around $`0, \tfrac18, \dots, 5`$; what they lack is below $`10^{-18}`$ of the value.
static NEAR: [Taylor; 41] = all_series();

/// From here on the tail is 0 in double precision: that of 39 is below half of the smallest positive number.
const BEYOND: f64 = 39.0;
/// Sign, exponent and the upper 26 of 53 digits.
const UPPER_HALF: u64 = u64::MAX << 27;

/// The tail at $`0, \tfrac18, \dots, 5`$, what rounding it left over (to three digits), and the density; mpmath at 60 digits.
const AT_EIGHTHS: [(f64, f64, f64); 41] = [
    (0.5, 0.0, 0.3989422804014327),
    (0.4502617751698871, 2.74e-17, 0.39583768694474947),
    (0.4012936743170763, -2.30e-17, 0.3866681168028492),
    (0.3538302333272762, 5.49e-18, 0.3718550938697689),
    (0.3085375387259869, 1.46e-17, 0.35206532676429947),
    (0.26598552904870054, -9.61e-18, 0.328160968550375),
    (0.2266273523768682, -8.11e-18, 0.30113743215480443),
    (0.19078695285251063, -1.68e-18, 0.2720549983785435),
    (0.15865525393145705, 4.95e-18, 0.24197072451914334),
    (0.13029451713680887, -1.38e-17, 0.21187664577569945),
    (0.10564977366685525, 3.74e-18, 0.18264908538902191),
    (0.08456572235133572, -4.06e-19, 0.1550122654582932),
    (0.06680720126885807, -5.30e-18, 0.12951759566589172),
    (0.05208127941521955, 3.31e-19, 0.10653826813058506),
    (0.04005915686381709, -2.37e-18, 0.08627731882651152),
    (0.030396361765261375, -2.64e-19, 0.0687862758266919),
    (0.02275013194817921, -1.38e-18, 0.05399096651318805),
    (0.016793306448448814, -1.12e-18, 0.041720985256338605),
    (0.012224472655044703, 5.29e-19, 0.03173965183566742),
    (0.008774475095738362, -3.27e-19, 0.023771900829913803),
    (0.006209665325776135, 3.03e-19, 0.017528300493568537),
    (0.004332448363012558, 2.17e-19, 0.012724181596831433),
    (0.002979763235054557, -8.36e-20, 0.009093562501591053),
    (0.0020201374899460017, -3.15e-20, 0.0063981203107235565),
    (0.0013498980316300946, -5.05e-20, 0.0044318484119380075),
    (0.000889025299108432, 3.32e-20, 0.003022258035198756),
    (0.000577025042390767, 4.07e-20, 0.0020290480572997677),
    (0.00036907845427506733, -2.16e-20, 0.0013411188734903776),
    (0.00023262907903552504, -7.61e-21, 0.00087268269504576),
    (0.00014448072588123576, 6.91e-21, 0.0005590615222321649),
    (8.841728520080387e-05, -4.83e-22, 0.0003525956823674454),
    (5.3312349751096344e-05, 9.70e-22, 0.0002189316377646121),
    (3.1671241833119924e-05, -3.07e-21, 0.00013383022576488534),
    (1.8536737846201994e-05, -7.68e-22, 8.054044855559414e-05),
    (1.068852577493442e-05, 5.37e-23, 4.7718636541204945e-05),
    (6.071623911330599e-06, -2.15e-22, 2.783403422921488e-05),
    (3.3976731247300603e-06, 1.50e-22, 1.5983741106905475e-05),
    (1.8729920055567095e-06, 3.40e-23, 9.036387889051372e-06),
    (1.0170832425687032e-06, 2.54e-24, 5.029507288592445e-06),
    (5.440422755749163e-07, -2.63e-23, 2.755942597549972e-06),
    (2.866515718791939e-07, -1.80e-25, 1.4867195147342977e-06),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// mpmath, 50 digits.
    #[test]
    fn a_table() {
        for (a, tail) in [
            (0.0, 0.5),
            (1.0, 0.158_655_253_931_457_05),
            (2.5, 0.006_209_665_325_776_132),
            (6.0, 9.865_876_450_376_981e-10),
            (37.0, 5.725_571_222_524_577e-300),
        ] {
            assert!(
                (upper_tail(a) / tail - 1.0).abs() <= 3.0 * f64::EPSILON,
                "{a}"
            );
        }
        assert_eq!([upper_tail(39.0), upper_tail(f64::INFINITY)], [0.0, 0.0]);
        assert!(upper_tail(f64::NAN).is_nan());
    }

    #[test]
    fn the_pieces_meet() {
        for k in 0..=40 {
            let a = (f64::from(k) + 0.5) / 8.0;
            let (below, above) = (upper_tail(a.next_down()), upper_tail(a));
            let fall = (a + 1.0 / a) * (a - a.next_down()); // at least that of the tail
            assert!(
                (below / above - 1.0).abs() <= fall + 3.0 * f64::EPSILON,
                "{a}"
            );
        }
    }
}
