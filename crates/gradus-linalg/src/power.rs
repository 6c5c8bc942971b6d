//! Exact scaling by powers of two.

/// The exponent $`e`$ with $`2^e \le |x| < 2^{e+1}`$; 0 for zero.
pub(crate) fn exponent(x: f64) -> i32 {
    const BIAS: i32 = 1023;
    if x == 0.0 {
        return 0;
    }
    let field = |x: f64| i32::try_from(x.to_bits() >> 52 & 0x7ff).unwrap_or(0);
    match field(x) {
        // A subnormal number: count its zeros by way of a normal one.
        0 => field(x * power_of_two(54)) - 54 - BIAS,
        biased => biased - BIAS,
    }
}

/// $`2^k x`$, rounded once and only where the result is subnormal; infinite where it overflows.
///
/// The far steps come last: whatever an early step would round, the far one sends to zero.
pub(crate) fn scale(x: f64, k: i32) -> f64 {
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
    use super::{exponent, scale};

    #[test]
    fn exponents_bracket_the_number() {
        assert_eq!(exponent(1.0), 0);
        assert_eq!(exponent(-1.75), 0);
        assert_eq!(exponent(0.75), -1);
        assert_eq!(exponent(f64::MAX), 1023);
        assert_eq!(exponent(f64::MIN_POSITIVE), -1022);
        assert_eq!(exponent(5e-324), -1074);
        assert_eq!(exponent(0.0), 0);
    }

    #[test]
    fn scaling_there_and_back_is_exact() {
        for x in [1.5, -f64::MAX, f64::MIN_POSITIVE, 5e-324, 3e-320, 0.0] {
            let e = exponent(x);
            let near_one = scale(x, -e);
            assert!(x == 0.0 || (1.0..2.0).contains(&near_one.abs()));
            assert_eq!(scale(near_one, e), x);
        }
        assert_eq!(scale(1.0, 3000), f64::INFINITY);
        assert_eq!(scale(1.0, i32::MIN), 0.0);
        // 1.5 units of the last subnormal place and a little more: rounded once, to 2 units.
        assert_eq!(scale(1.5 + f64::EPSILON, -1074), 1e-323);
        assert_eq!(scale(1.0 + f64::EPSILON, -1075), 5e-324);
    }
}
