//! The elementary functions of the standard library.

use crate::function::Unary;
use crate::real::Real;

/// $`e^x`$.
#[derive(Clone, Copy, Debug)]
pub struct Exp;
impl Unary for Exp {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.exp()
    }
    #[inline(always)]
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        y
    }
}

/// $`e^x - 1`$.
#[derive(Clone, Copy, Debug)]
pub struct ExpM1;
impl Unary for ExpM1 {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.exp_m1()
    }
    #[inline(always)]
    fn slope<R: Real>(self, x: R, _y: R) -> R {
        x.exp()
    }
}

/// $`\ln x`$.
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

/// $`\ln(1 + x)`$.
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

/// $`\sqrt{x}`$.
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

/// $`\sin x`$.
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

/// $`\cos x`$.
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

/// $`\tanh x`$.
#[derive(Clone, Copy, Debug)]
pub struct Tanh;
impl Unary for Tanh {
    #[inline(always)]
    fn value(self, x: f64) -> f64 {
        x.tanh()
    }
    #[inline(always)]
    fn slope<R: Real>(self, _x: R, y: R) -> R {
        (R::from_f64(1.0) - y) * (R::from_f64(1.0) + y)
    }
}
