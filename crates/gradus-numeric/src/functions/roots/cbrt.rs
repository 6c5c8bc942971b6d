//! The cube root.

use crate::scalars::function::Unary;
use crate::scalars::real::Real;

/// The cube root, of negative numbers too.
///
/// ```math
/// \operatorname{cbrt}(x) = \sqrt[3]{x}, \qquad \operatorname{cbrt}'(x) = \frac{1}{3 y^2}
/// ```
///
/// where $`y`$ is the value. The power [`powf`](Real::powf) with exponent 1/3 is NaN for negative numbers,
/// and 1/3 is not a machine number.
///
/// # Laws
///
/// | law | property test |
/// |-----|---------------|
/// | $`\operatorname{cbrt}(x)^3 = x`$ | `the_cube_undoes_cbrt` |
/// | odd, to the bit | `cbrt_is_odd` |
/// | $`\operatorname{cbrt}(8 x) = 2 \operatorname{cbrt}(x)`$, to the bit | `cbrt_of_eight_times_is_twice` |
///
/// # Numerics
///
/// Rounded to the nearest number, by `libm`. The slope at 0 is $`+\infty`$; −0 stays −0; $`\pm\infty`$
/// at $`\pm\infty`$ with slope 0.
///
/// # Examples
///
/// ```
/// use gradus_numeric::cbrt;
///
/// assert_eq!(cbrt(27.0), 3.0);
/// assert_eq!(cbrt(-0.125), -0.5);
/// ```
///
/// # References
///
/// A. Sibidanov, P. Zimmermann and S. Glondu, *The CORE-MATH project*, IEEE 29th Symposium on Computer Arithmetic
/// (2022), 26–34, <https://doi.org/10.1109/ARITH54963.2022.00014>: `libm` has its `cbrt`.
#[inline(always)]
pub fn cbrt<R: Real>(x: R) -> R {
    x.apply(Cbrt)
}

/// The row of [`cbrt`](crate::cbrt()).
#[derive(Clone, Copy, Debug)]
pub struct Cbrt;
impl Unary for Cbrt {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        libm::cbrt(x)
    }
    #[inline(always)]
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        R::from_f64(1.0) / (R::from_f64(3.0) * y * y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFINITY: f64 = f64::INFINITY;

    #[test]
    fn edges() {
        let x = [-INFINITY, -0.0, 0.0, 1e-300, 1e300, INFINITY];
        let y = [-INFINITY, -0.0, 0.0, 1e-100, 1e100, INFINITY];
        assert_eq!(x.map(|x| cbrt(x).to_bits()), y.map(f64::to_bits));
        assert!(cbrt(f64::NAN).is_nan());
    }

    #[test]
    fn slopes_by_hand() {
        let slope = |x: f64| Cbrt.slope(x, cbrt(x));
        assert_eq!([8.0, -8.0].map(slope), [1.0 / 12.0; 2]);
        assert_eq!([0.0, -0.0].map(slope), [INFINITY; 2]);
        assert_eq!([INFINITY, -INFINITY].map(slope), [0.0; 2]);
    }
}
