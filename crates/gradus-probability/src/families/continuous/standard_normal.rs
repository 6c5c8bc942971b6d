//! Density of the standard normal distribution.

/// $`\varphi(z) = e^{-z^2/2} / \sqrt{2\pi}`$.
pub(super) fn pdf(z: f64) -> f64 {
    FRAC_1_SQRT_2PI * exp_minus_half_square(z.clamp(-BEYOND, BEYOND))
}

/// $`e^{-z^2/2}`$ with $`z = h + l`$, where $`h^2`$ is exact: rounding $`z^2`$ would cost $`z^2/2`$ ULP.
fn exp_minus_half_square(z: f64) -> f64 {
    let high = f64::from_bits(z.to_bits() & UPPER_HALF);
    (-0.5 * high * high).exp() * (-0.5 * (z - high) * (z + high)).exp()
}

/// $`\ln \sqrt{2\pi}`$.
pub(super) const LN_SQRT_2PI: f64 = 0.918_938_533_204_672_8;
/// $`1/\sqrt{2\pi}`$.
const FRAC_1_SQRT_2PI: f64 = 0.398_942_280_401_432_7;
/// From here on $`\varphi`$ is 0 in double precision.
const BEYOND: f64 = 39.0;
/// Sign, exponent and the upper 26 of 53 digits.
const UPPER_HALF: u64 = u64::MAX << 27;
