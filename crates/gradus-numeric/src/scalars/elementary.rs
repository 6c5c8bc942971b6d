//! The elementary functions: the standard library in double precision, vectorizable forms in single.

use super::function::Unary;
use super::real::Real;
use super::single;

/// The exponential function.
///
/// $`y = e^x`$, $`y' = y`$; 0 at $`-\infty`$, $`+\infty`$ from $`x = 709.79`$ on (88.73 in single precision).
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Exp};
///
/// assert_eq!((Exp.value(0.0), Exp.slope(0.0, 1.0)), (1.0, 1.0));
/// assert_eq!([f64::NEG_INFINITY, 710.0].map(|x| Exp.value(x)), [0.0, f64::INFINITY]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Exp;
impl Unary for Exp {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.exp()
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        single::exp(x)
    }
    #[inline(always)]
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        y
    }
}

/// The exponential function minus one, exact near zero.
///
/// $`y = e^x - 1`$, $`y' = e^x`$; $`-1`$ at $`-\infty`$, and $`-0`$ stays $`-0`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::ExpM1};
///
/// assert_eq!(ExpM1.value(1e-20), 1e-20); // e^x - 1 would be 0
/// assert_eq!(ExpM1.slope(0.0, 0.0), 1.0);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct ExpM1;
impl Unary for ExpM1 {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.exp_m1()
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        single::exp_m1(x)
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        x.exp()
    }
}

/// The natural logarithm.
///
/// $`y = \ln x`$, $`y' = 1 / x`$; $`-\infty`$ at 0 (slope $`+\infty`$), NaN below.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Ln};
///
/// assert_eq!((Ln.value(1.0), Ln.slope(4.0, Ln.value(4.0))), (0.0, 0.25));
/// assert_eq!(Ln.value(0.0), f64::NEG_INFINITY);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ln;
impl Unary for Ln {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.ln()
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        R::from_f64(1.0) / x
    }
}

/// The natural logarithm of one plus a number, exact near zero.
///
/// $`y = \ln(1 + x)`$, $`y' = 1 / (1 + x)`$; $`-\infty`$ at $`-1`$ (slope $`+\infty`$), NaN below.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Ln1p};
///
/// assert_eq!(Ln1p.value(1e-20), 1e-20); // ln(1 + x) would be 0
/// assert_eq!(Ln1p.slope(1.0, Ln1p.value(1.0)), 0.5);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Ln1p;
impl Unary for Ln1p {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.ln_1p()
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        R::from_f64(1.0) / (R::from_f64(1.0) + x)
    }
}

/// The square root.
///
/// $`y = \sqrt{x}`$, $`y' = 1 / (2 y)`$; at 0 the slope is $`+\infty`$, NaN below.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Sqrt};
///
/// assert_eq!((Sqrt.value(9.0), Sqrt.slope(4.0, 2.0)), (3.0, 0.25));
/// assert_eq!(Sqrt.slope(0.0, 0.0), f64::INFINITY);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sqrt;
impl Unary for Sqrt {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.sqrt()
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        x.sqrt() // correctly rounded, and vectorized
    }
    #[inline(always)]
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        R::from_f64(0.5) / y
    }
}

/// The sine of an angle in radians.
///
/// $`y = \sin x`$, $`y' = \cos x`$; NaN at infinity.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Sin};
///
/// assert_eq!((Sin.value(0.0), Sin.slope(0.0, 0.0)), (0.0, 1.0));
/// assert!((Sin.value(std::f64::consts::FRAC_PI_6) - 0.5).abs() < 1e-15); // 30°
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Sin;
impl Unary for Sin {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.sin()
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        x.cos()
    }
}

/// The cosine of an angle in radians.
///
/// $`y = \cos x`$, $`y' = -\sin x`$; NaN at infinity.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Cos};
///
/// assert_eq!((Cos.value(0.0), Cos.slope(0.0, 1.0)), (1.0, 0.0));
/// assert!((Cos.value(std::f64::consts::FRAC_PI_3) - 0.5).abs() < 1e-15); // 60°
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Cos;
impl Unary for Cos {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.cos()
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        -x.sin()
    }
}

/// The hyperbolic tangent.
///
/// $`y = \tanh x`$, $`y' = (1 - y)(1 + y)`$: the product loses less than $`1 - y^2`$. $`\pm 1`$ at
/// $`\pm\infty`$.
///
/// # Examples
///
/// ```
/// use gradus_numeric::{Unary, functions::Tanh};
///
/// // (e^x - e^-x) / (e^x + e^-x) at x = ln 2: (2 - 1/2) / (2 + 1/2)
/// assert!((Tanh.value(std::f64::consts::LN_2) - 0.6).abs() < 1e-15);
/// assert_eq!(Tanh.slope(0.5, 0.75), 0.4375); // 1 - y², whatever x is
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Tanh;
impl Unary for Tanh {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.tanh()
    }
    #[inline(always)]
    fn value_f32(self, x: f32) -> f32 {
        single::tanh(x)
    }
    #[inline(always)]
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        (R::from_f64(1.0) - y) * (R::from_f64(1.0) + y)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slopes_by_hand() {
        assert_eq!(Exp.slope(0.0, 1.0), 1.0);
        assert_eq!(ExpM1.slope(0.0, 0.0), 1.0);
        assert_eq!(Ln.slope(2.0, 2.0_f64.ln()), 0.5);
        assert_eq!(Ln1p.slope(1.0, 2.0_f64.ln()), 0.5);
        assert_eq!(Sqrt.slope(4.0, 2.0), 0.25);
        assert_eq!(Sin.slope(0.0, 0.0), 1.0);
        assert_eq!(Cos.slope(0.0, 1.0), 0.0);
        assert_eq!(Tanh.slope(0.0, 0.0), 1.0);
    }

    #[test]
    fn slopes_at_singular_points() {
        assert_eq!(Sqrt.slope(0.0, 0.0), f64::INFINITY);
        assert_eq!(Ln.slope(0.0, f64::NEG_INFINITY), f64::INFINITY);
        assert_eq!(Ln1p.slope(-1.0, f64::NEG_INFINITY), f64::INFINITY);
        assert_eq!(Tanh.slope(1000.0, 1.0), 0.0);
        assert_eq!(Exp.slope(-1000.0, 0.0), 0.0);
    }
}
