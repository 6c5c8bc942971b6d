//! Numbers of half precision, which are all numbers of single precision.

#![deny(clippy::arithmetic_side_effects, clippy::indexing_slicing)]

/// The number of the bits of IEEE binary16: a sign, five bits of exponent, ten of fraction.
pub(super) fn of_f16(bits: u16) -> f32 {
    let sign = u32::from(bits & 0x8000) << 16;
    let magnitude = bits & 0x7fff;
    let fraction = f32::from(magnitude & 0x3ff);
    let number = match magnitude >> 10 {
        0 => fraction * 2.0_f32.powi(-24), // subnormal: exact
        31 if magnitude == 0x7c00 => f32::INFINITY,
        31 => f32::NAN,
        exponent => (1024.0 + fraction) * 2.0_f32.powi(i32::from(exponent).saturating_sub(25)),
    };
    f32::from_bits(number.to_bits() | sign)
}

/// The number of the bits of bfloat16: the upper half of one of single precision.
pub(super) const fn of_bf16(bits: u16) -> f32 {
    f32::from_bits((bits as u32) << 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_are_what_the_standard_says() {
        for (bits, number) in [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0001, 5.960_464_5e-8),
            (0x0400, 6.103_515_6e-5),
            (0x7c00, f32::INFINITY),
            (0xfc00, f32::NEG_INFINITY),
        ] {
            assert_eq!(of_f16(bits), number);
        }
        assert!(of_f16(0x7e00).is_nan() && of_f16(0x8000).is_sign_negative());
        assert_eq!((of_bf16(0x3f80), of_bf16(0xc049)), (1.0, -3.140_625));
    }
}
