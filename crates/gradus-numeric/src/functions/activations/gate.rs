//! Gated numbers x g(x): one slope for SiLU, GELU and Mish, and the product that keeps the digits of their tails.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// $`(x\,g(x))' = g(x) + x\,g'(x)`$ for a gate $`g`$ that opens from 0 to 1.
///
/// Beyond ±`REACH` every gate is shut or open for good; holding `x` there keeps $`x\,g'`$ from $`\infty \cdot 0`$,
/// and derivatives of every order finite.
#[inline(always)]
pub(super) fn gated_slope<R: Real>(gate: impl Unary, x: R) -> R {
    let x = x.clamp(-REACH, REACH);
    let g = x.apply(gate);
    g + x * gate.slope(x, g)
}

/// $`x e^x`$ for $`x \le 0`$, in the subnormal range too; −0 at $`-\infty`$.
///
/// Where $`e^x`$ is subnormal it has too few digits for a product. Its root has all of them, and the last
/// multiplication rounds once.
#[inline(always)]
pub(super) fn times_exp(x: f64) -> f64 {
    if x > -700.0 {
        x * x.exp()
    } else {
        let x = if x < -REACH { -REACH } else { x };
        let root = (0.5 * x).exp();
        x * root * root
    }
}

/// $`e^{-800}`$ is below half of the smallest positive number by the factor $`10^{24}`$.
const REACH: f64 = 800.0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_ends_in_zero() {
        assert_eq!(times_exp(-1.0), -(-1.0_f64).exp());
        assert_eq!(times_exp(-753.0).to_bits(), (-0.0_f64).to_bits());
        assert_eq!(times_exp(f64::NEG_INFINITY).to_bits(), (-0.0_f64).to_bits());
        assert!(times_exp(f64::NAN).is_nan());
        // both forms at the border; e^x multiplies the rounding of -350 by nothing: it is exact
        let (above, below) = (times_exp(-700.0_f64.next_down()), times_exp(-700.0));
        assert!((above / below - 1.0).abs() < 1e-12);
    }
}
