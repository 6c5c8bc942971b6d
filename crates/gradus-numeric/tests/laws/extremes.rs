//! Slopes far out: where a value is finite its slope is a number, and the slope of a finite slope is one too.

use gradus_numeric::functions::{
    Abs, BetaRegularized, BetaRegularizedInverse, Cbrt, Clamp, Cos, Deviance, Elu, Entr, Erf,
    ErfInv, Erfc, ErfcInv, Exp, ExpM1, Gamma, GammaP, GammaPInverse, GammaQ, GammaQInverse, Gelu,
    GeluTanh, HardSigmoid, HardSwish, HardTanh, Hypot, LeakyRelu, Ln, Ln1p, LnBeta, LnGamma,
    Log1mExp, LogAddExp, LogCosh, LogSigmoid, LogSubExp, Logit, Max, Min, Mish, NormalCdf,
    NormalLnCdf, NormalQuantile, Polygamma, Powf, Powi, Relu, Relu6, Sigmoid, Silu, Sin, Softplus,
    SoftplusInverse, Softsign, Sqrt, StirlingError, Tanh, XLog1pY, XLogX, XLogY,
};
use gradus_numeric::{Binary, Real, Unary, pull};
use std::fmt::Debug;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A number and one derivative: as much of forward mode as a slope needs to be differentiated.
#[derive(Clone, Copy, Debug)]
struct Dual {
    value: f64,
    tangent: f64,
}

fn dual(value: f64, tangent: f64) -> Dual {
    Dual { value, tangent }
}

impl PartialEq for Dual {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}
impl PartialOrd for Dual {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        self.value.partial_cmp(&other.value)
    }
}
impl Add for Dual {
    type Output = Self;
    fn add(self, b: Self) -> Self {
        dual(self.value + b.value, self.tangent + b.tangent)
    }
}
impl Sub for Dual {
    type Output = Self;
    fn sub(self, b: Self) -> Self {
        dual(self.value - b.value, self.tangent - b.tangent)
    }
}
impl Mul for Dual {
    type Output = Self;
    fn mul(self, b: Self) -> Self {
        let tangent = pull(b.value, self.tangent) + pull(self.value, b.tangent);
        dual(self.value * b.value, tangent)
    }
}
impl Div for Dual {
    type Output = Self;
    fn div(self, b: Self) -> Self {
        let y = self.value / b.value;
        let by_a = if self.tangent == 0.0 {
            0.0
        } else {
            self.tangent / b.value
        };
        let by_b = if b.tangent == 0.0 {
            0.0
        } else {
            y * (b.tangent / b.value)
        };
        dual(y, by_a - by_b)
    }
}
impl Neg for Dual {
    type Output = Self;
    fn neg(self) -> Self {
        dual(-self.value, -self.tangent)
    }
}
impl AddAssign for Dual {
    fn add_assign(&mut self, b: Self) {
        *self = *self + b;
    }
}
impl Sum for Dual {
    fn sum<I: Iterator<Item = Self>>(terms: I) -> Self {
        terms.fold(dual(0.0, 0.0), |sum, x| sum + x)
    }
}
impl Real for Dual {
    fn from_f64(x: f64) -> Self {
        dual(x, 0.0)
    }
    fn to_f64(self) -> f64 {
        self.value
    }
    fn is_zero(self) -> bool {
        self.value == 0.0 && self.tangent == 0.0
    }
    fn apply<F: Unary>(self, f: F) -> Self {
        let y = f.value(self.value);
        dual(y, pull(f.slope(self.value, y), self.tangent))
    }
    fn apply2<F: Binary>(self, b: Self, f: F) -> Self {
        let y = f.value(self.value, b.value);
        let (by_a, by_b) = f.slopes(self.value, b.value, y);
        dual(y, pull(by_a, self.tangent) + pull(by_b, b.tangent))
    }
}

/// Where a value is finite and a slope, or the slope of a finite slope, is NaN.
fn complaints(f: impl Unary, found: &mut Vec<String>) {
    for x in line() {
        let y = f.value(x);
        if !y.is_finite() {
            continue;
        }
        let slope = f.slope(x, y);
        let second = f.slope(dual(x, 1.0), dual(y, slope));
        if slope.is_nan() {
            found.push(format!("{f:?} at {x:e}: value {y:e}, slope NaN"));
        } else if slope.is_finite() && second.tangent.is_nan() {
            found.push(format!("{f:?} at {x:e}: slope {slope:e}, its slope NaN"));
        }
    }
}

/// For second arguments from `low` on.
fn complaints2(f: impl Binary, low: f64, found: &mut Vec<String>) {
    for a in line() {
        for b in line().filter(|b| *b >= low) {
            let y = f.value(a, b);
            let (by_a, by_b) = f.slopes(a, b, y);
            if y.is_finite() && (by_a.is_nan() || by_b.is_nan()) {
                found.push(format!(
                    "{f:?} at ({a:e}, {b:e}): value {y:e}, slopes {by_a}, {by_b}"
                ));
            }
        }
    }
}

/// Magnitudes at which something underflows, rounds to one, or overflows.
const SIZES: [f64; 26] = [
    0.0,
    5e-324,
    1e-310,
    f64::MIN_POSITIVE,
    1e-200,
    1e-155,
    1e-20,
    1e-8,
    0.25,
    0.5,
    0.75,
    0.999_999_999_999_999_9,
    1.0,
    1.000_000_000_000_000_2,
    1.5,
    2.0,
    5.0,
    27.0,
    39.0,
    170.0,
    710.0,
    750.0,
    1e10,
    1e155,
    1e300,
    f64::MAX,
];

fn line() -> impl Iterator<Item = f64> {
    let sizes = SIZES.into_iter().chain([f64::INFINITY]);
    sizes.flat_map(|x| [x, -x])
}

fn none(found: &[String]) {
    assert!(
        found.is_empty(),
        "{} places:\n{}",
        found.len(),
        found.join("\n")
    );
}

#[test]
fn slopes_of_finite_values_are_numbers() {
    let mut found = Vec::new();
    let f = &mut found;
    complaints(Exp, f);
    complaints(ExpM1, f);
    complaints(Ln, f);
    complaints(Ln1p, f);
    complaints(Sqrt, f);
    complaints(Cbrt, f);
    complaints(Sin, f);
    complaints(Cos, f);
    complaints(Tanh, f);
    for n in [i32::MIN, -2, -1, 0, 1, 2, 3, i32::MAX] {
        complaints(Powi(n), f);
        complaints(Powf(f64::from(n)), f);
    }
    complaints(Powf(0.5), f);
    complaints(Powf(-0.5), f);
    complaints(Powf(1e-300), f);
    complaints(Abs, f);
    complaints(
        Clamp {
            low: -1.0,
            high: 1.0,
        },
        f,
    );
    complaints(Relu, f);
    complaints(LeakyRelu { slope: 0.1 }, f);
    complaints(Relu6, f);
    complaints(HardSigmoid, f);
    complaints(HardSwish, f);
    complaints(HardTanh, f);
    complaints(Elu::SELU, f);
    complaints(
        Elu {
            right: 1.0,
            left: 0.75,
            width: 2.5,
        },
        f,
    );
    complaints(Silu, f);
    complaints(Gelu, f);
    complaints(GeluTanh, f);
    complaints(Mish, f);
    complaints(Softsign, f);
    complaints(Sigmoid, f);
    complaints(LogSigmoid, f);
    complaints(Softplus, f);
    complaints(SoftplusInverse, f);
    complaints(LogCosh, f);
    complaints(Logit, f);
    complaints(Log1mExp, f);
    complaints(XLogX, f);
    complaints(Entr, f);
    none(&found);
}

#[test]
fn slopes_of_finite_special_values_are_numbers() {
    let mut found = Vec::new();
    let f = &mut found;
    complaints(Erf, f);
    complaints(Erfc, f);
    complaints(NormalCdf, f);
    complaints(NormalLnCdf, f);
    complaints(ErfInv, f);
    complaints(ErfcInv, f);
    complaints(NormalQuantile, f);
    complaints(Gamma, f);
    complaints(LnGamma, f);
    complaints(StirlingError, f);
    for n in [0, 1, 2, 20] {
        complaints(Polygamma { order: n }, f);
    }
    for a in SIZES {
        complaints(GammaP { shape: a }, f);
        complaints(GammaQ { shape: a }, f);
        complaints(GammaPInverse { shape: a }, f);
        complaints(GammaQInverse { shape: a }, f);
        for b in SIZES {
            complaints(BetaRegularized { a, b }, f);
            complaints(BetaRegularizedInverse { a, b }, f);
        }
    }
    none(&found);
}

#[test]
fn slopes_of_finite_values_of_two_arguments_are_numbers() {
    let mut found = Vec::new();
    let f = &mut found;
    complaints2(Hypot, f64::NEG_INFINITY, f);
    complaints2(LnBeta, f64::NEG_INFINITY, f);
    complaints2(LogAddExp, f64::NEG_INFINITY, f);
    complaints2(LogSubExp, f64::NEG_INFINITY, f);
    complaints2(Deviance, 0.0, f);
    complaints2(Max, f64::NEG_INFINITY, f);
    complaints2(Min, f64::NEG_INFINITY, f);
    complaints2(XLogY, 0.0, f);
    complaints2(XLog1pY, -1.0, f);
    none(&found);
}
