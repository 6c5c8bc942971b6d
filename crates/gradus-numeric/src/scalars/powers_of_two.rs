//! Exact scaling by powers of two.

/// The binary exponent of a number.
///
/// ```math
/// 2^e \le \lvert x \rvert < 2^{e + 1}
/// ```
///
/// The size of `x` up to a factor of two, without a logarithm. Exact for subnormal numbers; 0 for zero,
/// 1024 for infinities and NaN.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`2^e \le \lvert x \rvert < 2^{e + 1}`$ | `a_number_lies_between_two_powers_of_two` |
///
/// # Numerics
///
/// Read from the bits, so exact: the logarithm of the number below $`2^{e + 1}`$ rounds up to $`e + 1`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::binary_exponent;
///
/// assert_eq!(binary_exponent(-10.0), 3); // 8 ≤ 10 < 16
/// assert_eq!(binary_exponent(0.75), -1);
/// ```
///
/// # References
///
/// IEEE 754-2019, §5.3.3, logB.
#[doc(alias = "ilogb")]
#[doc(alias = "frexp")]
#[must_use]
pub fn binary_exponent(x: f64) -> i32 {
    const BIAS: i32 = 1023;
    if x == 0.0 {
        return 0;
    }
    let field = |x: f64| i32::try_from(x.to_bits() >> 52 & 0x7ff).unwrap_or(0); // below 2048
    match field(x) {
        // A subnormal number: count its zeros by way of a normal one.
        0 => field(x * power_of_two(54)) - 54 - BIAS,
        biased => biased - BIAS,
    }
}

/// Multiplies by a power of two.
///
/// ```math
/// 2^k x
/// ```
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`2^{-k} (2^k x) = x`$ while nothing is subnormal, to the bit | `scaling_by_powers_of_two_is_exact` |
///
/// # Numerics
///
/// Exact, for every `k`, also where $`2^k`$ itself is not a number of double precision; rounded once and
/// only where the result is subnormal; infinite where it overflows. The far steps come last: whatever an
/// early step would round, the far one sends to zero.
///
/// # Examples
///
/// ```
/// use gradus_numeric::ldexp;
///
/// assert_eq!(ldexp(0.75, 4), 12.0);
/// assert_eq!(ldexp(5e-324, 1074), 1.0);
/// ```
///
/// # References
///
/// IEEE 754-2019, §5.3.3, scaleB.
#[doc(alias = "scalbn")]
#[must_use]
pub fn ldexp(x: f64, k: i32) -> f64 {
    const FAR: i32 = 1000;
    let near = k % FAR;
    let far = power_of_two(if k < 0 { -FAR } else { FAR });
    // Three far steps lead from any finite number to zero or to infinity.
    let steps = (k / FAR).abs().min(3);
    (0..steps).fold(x * power_of_two(near), |x, _| x * far)
}

/// $`2^k`$ for $`|k| \le 1022`$.
fn power_of_two(k: i32) -> f64 {
    f64::from_bits(u64::from((1023 + k).unsigned_abs()) << 52)
}

#[cfg(test)]
mod tests {
    use super::{binary_exponent, ldexp};

    #[test]
    fn exponents_bracket_the_number() {
        assert_eq!(binary_exponent(1.0), 0);
        assert_eq!(binary_exponent(-1.75), 0);
        assert_eq!(binary_exponent(0.75), -1);
        assert_eq!(binary_exponent(f64::MAX), 1023);
        assert_eq!(binary_exponent(f64::MIN_POSITIVE), -1022);
        assert_eq!(binary_exponent(5e-324), -1074);
        assert_eq!(binary_exponent(0.0), 0);
    }

    #[test]
    fn scaling_there_and_back_is_exact() {
        for x in [1.5, -f64::MAX, f64::MIN_POSITIVE, 5e-324, 3e-320, 0.0] {
            let e = binary_exponent(x);
            let near_one = ldexp(x, -e);
            assert!(x == 0.0 || (1.0..2.0).contains(&near_one.abs()));
            assert_eq!(ldexp(near_one, e), x);
        }
        assert_eq!(ldexp(1.0, 3000), f64::INFINITY);
        assert_eq!(ldexp(1.0, i32::MIN), 0.0);
        // 1.5 units of the last subnormal place and a little more: rounded once, to 2 units.
        assert_eq!(ldexp(1.5 + f64::EPSILON, -1074), 1e-323);
        assert_eq!(ldexp(1.0 + f64::EPSILON, -1075), 5e-324);
    }
}
