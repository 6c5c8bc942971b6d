//! Exponentials of what is not positive, as losses need them by the million: in the precision of their argument.

use gradus_numeric::{Float, Real, Unary};
use std::f32::consts::LOG2_E;

/// $`e^x`$ for $`x \le 0`$ (or NaN); farther up the answer means nothing.
///
/// [`Real::exp`] computes a single precision exponential in double precision and rounds it once. Here all of it is single precision:
/// three times as many of them in the same time, and within one ULP (7 % are not the nearest number, 0.001 % there). No operation is fused,
/// so the bits are the same on every machine. In double precision it is [`Real::exp`].
#[inline(always)]
pub(crate) fn decay<T: Float>(x: T) -> T {
    x.apply(Decay)
}

/// The row of [`decay`].
#[derive(Clone, Copy, Debug)]
struct Decay;

impl Unary for Decay {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.exp()
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        single(x)
    }
    #[inline(always)]
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        y
    }
}

/// $`e^x = 2^k e^r`$ with $`x = k \ln 2 + r`$, $`\lvert r \rvert \le \tfrac12 \ln 2`$, where $`k`$ and $`r`$ take no rounding of $`k \ln 2`$ with them.
///
/// W. J. Cody and W. Waite, *Software Manual for the Elementary Functions*, 1980, chapter 6.
#[inline(always)]
fn single(x: f32) -> f32 {
    let x = if x < LIMIT { LIMIT } else { x };
    let shifted = x * LOG2_E + SHIFT;
    let k = shifted - SHIFT;
    let r = (x - k * LN_2_HIGH) - k * LN_2_LOW;
    let r2 = r * r;
    let scale = f32::from_bits(shifted.to_bits() << MANTISSA);
    (1.0 + (r + r2 * taylor(r, r2))) * scale * TWO_TO_MINUS_64
}

/// $`(e^r - 1 - r) / r^2 = \sum_{n=0}^{5} r^n / (n + 2)!`$, grouped in pairs (Estrin) so that the processor overlaps them.
///
/// The first omitted term of $`e^r`$, $`(\tfrac12 \ln 2)^8 / 8!`$, is 5e-9.
#[inline(always)]
fn taylor(r: f32, r2: f32) -> f32 {
    let low = 1.0 / 2.0 + r * (1.0 / 6.0);
    let middle = 1.0 / 24.0 + r * (1.0 / 120.0);
    let high = 1.0 / 720.0 + r * (1.0 / 5040.0);
    low + r2 * (middle + r2 * high)
}

/// Below it every $`e^x`$ is rounded to 0.
const LIMIT: f32 = -110.0;
/// $`1.5 \cdot 2^{23}`$ rounds to a whole number, $`k`$, which then stands in the lowest bits; and there with the bias of the exponents, 127, and 64 more,
/// so that $`2^{k + 64}`$ is no subnormal number.
const SHIFT: f32 = 12_582_912.0 + 127.0 + 64.0;
const MANTISSA: u32 = f32::MANTISSA_DIGITS - 1;
const TWO_TO_MINUS_64: f32 = f32::from_bits((127 - 64) << MANTISSA);
/// Nine bits of $`\ln 2`$, of which every $`k`$ is an exact multiple, and what they lack.
const LN_2_HIGH: f32 = 355.0 / 512.0;
const LN_2_LOW: f32 = -2.121_944_4e-4;
#[cfg(test)]
mod tests {
    use super::{LN_2_HIGH, LN_2_LOW, decay};
    use std::f32::consts::LN_2;

    /// Of all arguments down to −104, where $`e^x`$ is the smallest subnormal number: every 1021st bit pattern.
    #[test]
    fn within_one_ulp_of_the_exponential() {
        let (mut wrong, mut all, mut bias) = (0.0, 0.0, 0.0);
        for bits in (0..=104.0_f32.to_bits()).step_by(1021) {
            let x = -f32::from_bits(bits);
            let (y, exact) = (decay(x), f64::from(x).exp());
            let ulp = f64::from(y.next_up()) - f64::from(y);
            let error = (f64::from(y) - exact) / ulp;
            assert!(
                error.abs() < 1.0,
                "decay({x:e}) = {y:e}, off by {error} ULP"
            );
            if x < -1e-3 {
                all += 1.0;
                wrong += if error.abs() > 0.5 { 1.0 } else { 0.0 };
                bias += error;
            }
        }
        assert!(wrong / all < 0.08, "{}", wrong / all);
        assert!(f64::abs(bias / all) < 0.01, "{}", bias / all); // sums of many gain by errors of both signs
    }

    #[test]
    fn edges() {
        assert_eq!([0.0, -0.0, -1e-45, -1e-9].map(decay::<f32>), [1.0; 4]);
        assert_eq!(decay(-103.5_f32), f32::from_bits(1));
        assert_eq!([-104.5, -1e38, f32::NEG_INFINITY].map(decay), [0.0; 3]);
        assert!(decay(f32::NAN).is_nan());
        assert_eq!(decay(-1.0), f64::exp(-1.0));
    }

    #[test]
    fn the_parts_of_ln_2() {
        let both = f64::from(LN_2_HIGH) + f64::from(LN_2_LOW);
        assert!((both - std::f64::consts::LN_2).abs() < 2.0_f64.powi(-37));
        assert_eq!(LN_2_HIGH + LN_2_LOW, LN_2);
    }
}
