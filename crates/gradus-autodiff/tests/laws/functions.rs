//! Every function row of `gradus-numeric`, as a scalar on the tape and as a dual, through one checker.

use gradus_autodiff::{Dual, gradient, hessian_vector_product, jvp, value_and_gradient, vjp};
use gradus_numeric::functions as f;
use gradus_numeric::{Binary, Real, Unary, digamma, trigamma};
use gradus_testkit::{Violation, cases, gradient as checker, same_bits, strategies};
use proptest::prelude::*;

/// Something that can be asked about at every number type.
trait Function {
    fn at<R: Real>(&self, x: &[R]) -> R;
}

struct One<F>(F);
impl<F: Unary> Function for One<F> {
    fn at<R: Real>(&self, x: &[R]) -> R {
        x[0].apply(self.0)
    }
}

struct Two<F>(F);
impl<F: Binary> Function for Two<F> {
    fn at<R: Real>(&self, x: &[R]) -> R {
        x[0].apply2(x[1], self.0)
    }
}

/// The four operators.
struct Operators;
impl Function for Operators {
    fn at<R: Real>(&self, x: &[R]) -> R {
        let (a, b) = (x[0], x[1]);
        (a + b) * (a - b) / (b * b) + -a
    }
}

/// Five-point differences, the transpose test and the second order, at one point.
fn check(function: &impl Function, x: &[f64]) -> Result<(), Violation> {
    let nan = || vec![f64::NAN; x.len()];
    checker::check(
        |x| value_and_gradient(|x| function.at(x), x).unwrap_or((f64::NAN, nan())),
        x,
    )?;
    checker::transpose(
        |x, v| jvp(|x| vec![function.at(x)], x, v).map_or(nan(), |(_, y)| y),
        |x, u| vjp(|x| vec![function.at(x)], x, u).map_or(nan(), |(_, g)| g),
        x,
        1,
    )?;
    checker::second_order(
        |x| gradient(|x| function.at(x), x).unwrap_or(nan()),
        |x, v| hessian_vector_product(|x| function.at(x), x, v).unwrap_or(nan()),
        x,
    )
}

fn check_one<F: Unary>(f: F, points: &[f64]) -> Result<(), Violation> {
    points.iter().try_for_each(|&x| {
        check(&One(f), &[x]).map_err(|violation| violation.within(format!("{f:?} at {x}")))
    })
}

fn check_two<F: Binary>(f: F, points: &[[f64; 2]]) -> Result<(), Violation> {
    points.iter().try_for_each(|x| {
        check(&Two(f), x).map_err(|violation| violation.within(format!("{f:?} at {x:?}")))
    })
}

#[test]
fn every_function_passes_the_gradient_check() -> Result<(), Violation> {
    let everywhere = [-2.5, -1.0, -0.3, 0.0, 0.4, 1.0, 3.0];
    let positive = [0.5, 1.0, 2.5];
    let unit = [0.25, 0.5, 0.625];
    check_one(f::Exp, &everywhere)?;
    check_one(f::ExpM1, &everywhere)?;
    check_one(f::Ln, &positive)?;
    check_one(f::Ln1p, &positive)?;
    check_one(f::Sqrt, &positive)?;
    check_one(f::Sin, &everywhere)?;
    check_one(f::Cos, &everywhere)?;
    check_one(f::Tanh, &everywhere)?;
    check_one(f::Sigmoid, &everywhere)?;
    check_one(f::LogSigmoid, &everywhere)?;
    check_one(f::Softplus, &everywhere)?;
    check_one(f::Silu, &everywhere)?;
    check_one(f::Gelu, &everywhere)?;
    check_one(f::GeluTanh, &everywhere)?;
    check_one(f::Mish, &everywhere)?;
    check_one(f::LogCosh, &everywhere)?;
    check_one(f::SoftplusInverse, &positive)?;
    check_one(f::XLogX, &positive)?;
    check_one(f::Entr, &positive)?;
    check_one(f::Logit, &unit)?;
    check_one(f::Log1mExp, &[-2.5, -1.0, -0.5])?;
    check_one(f::Powi(3), &everywhere)?;
    check_one(f::Powi(-2), &positive)?;
    check_one(f::Powi(0), &everywhere)?;
    check_one(f::Powf(1.5), &positive)?;
    check_one(f::Abs, &[-1.0, 2.0])?;
    check_one(f::Relu, &[-1.0, 2.0])?;
    check_one(f::LeakyRelu { slope: 0.1 }, &[-1.0, 2.0])?;
    check_one(f::Elu::SELU, &[-1.0, 2.0])?;
    check_one(f::Softsign, &[-1.0, 2.0])?;
    check_one(f::Cbrt, &[-1.0, 2.0])?;
    check_one(f::Relu6, &[-1.0, 2.0, 7.0])?;
    check_one(f::HardTanh, &[-2.0, 0.5, 2.0])?;
    check_one(f::HardSigmoid, &[-4.0, 0.5, 4.0])?;
    check_one(f::HardSwish, &[-4.0, 0.5, 4.0])?;
    check_one(
        f::Clamp {
            low: -1.0,
            high: 1.0,
        },
        &[-2.0, 0.0, 2.0],
    )?;
    check_two(f::Max, &[[1.0, 2.0], [2.0, -1.0]])?;
    check_two(f::Min, &[[1.0, 2.0], [2.0, -1.0]])?;
    check_two(f::LogAddExp, &[[1.0, 2.0], [2.0, -1.0], [0.5, 0.5]])?;
    check_two(f::XLogY, &[[1.0, 2.0], [0.5, 0.75]])?;
    check_two(f::XLog1pY, &[[1.0, 2.0], [0.5, -0.25]])?;
    check_two(f::LogSubExp, &[[2.0, 1.0], [0.5, -1.0]])?;
    check_two(f::Hypot, &[[3.0, 4.0], [-1.0, 0.5]])?;
    check(&Operators, &[0.75, 1.5])
}

/// A slope that is wrong in the sixth digit.
#[derive(Clone, Copy, Debug)]
struct Crooked;
impl Unary for Crooked {
    fn value(self, x: f64) -> f64 {
        x * x
    }
    fn slope<R: Real>(self, x: R, _: R) -> R {
        R::from_f64(2.00001) * x
    }
}

#[test]
fn wrong_slopes_are_found() {
    assert!(check_one(Crooked, &[0.5]).is_err());
}

/// Every function row, by number.
fn row<R: Real>(row: usize, x: R) -> R {
    match row {
        0 => x.apply(f::Exp),
        1 => x.apply(f::ExpM1),
        2 => x.apply(f::Ln),
        3 => x.apply(f::Ln1p),
        4 => x.apply(f::Sqrt),
        5 => x.apply(f::Sin),
        6 => x.apply(f::Cos),
        7 => x.apply(f::Tanh),
        8 => x.apply(f::Sigmoid),
        9 => x.apply(f::LogSigmoid),
        10 => x.apply(f::Softplus),
        11 => x.apply(f::Logit),
        12 => x.apply(f::Log1mExp),
        13 => x.apply(f::Powi(3)),
        14 => x.apply(f::Powi(-1)),
        15 => x.apply(f::Powf(0.5)),
        16 => x.apply(f::Powf(1.0 / 3.0)),
        17 => x.apply(f::Abs),
        18 => x.apply(f::Relu),
        19 => x.apply(f::LeakyRelu { slope: 0.1 }),
        20 => x.apply(f::Elu::SELU),
        21 => x.apply(f::Silu),
        22 => x.apply(f::Gelu),
        23 => x.apply(f::GeluTanh),
        24 => x.apply(f::Mish),
        25 => x.apply(f::Softsign),
        26 => x.apply(f::Relu6),
        27 => x.apply(f::HardTanh),
        28 => x.apply(f::HardSigmoid),
        29 => x.apply(f::HardSwish),
        30 => x.apply(f::LogCosh),
        31 => x.apply(f::SoftplusInverse),
        32 => x.apply(f::XLogX),
        33 => x.apply(f::Entr),
        34 => x.apply(f::Cbrt),
        _ => x.apply(f::Clamp {
            low: -1.0,
            high: 1.0,
        }),
    }
}
const ROWS: usize = 36;

/// Every special function, by number.
fn special<R: Real>(row: usize, x: R) -> R {
    let (a, b, shape) = (2.5, 0.75, 3.5);
    match row {
        0 => x.apply(f::Erf),
        1 => x.apply(f::Erfc),
        2 => x.apply(f::NormalCdf),
        3 => x.apply(f::NormalLnCdf),
        4 => x.apply(f::ErfInv),
        5 => x.apply(f::ErfcInv),
        6 => x.apply(f::NormalQuantile),
        7 => x.apply(f::Gamma),
        8 => x.apply(f::LnGamma),
        9 => digamma(x),
        10 => trigamma(x),
        11 => x.apply(f::StirlingError),
        12 => x.apply(f::GammaP { shape }),
        13 => x.apply(f::GammaQ { shape }),
        14 => x.apply(f::BetaRegularized { a, b }),
        15 => x.apply(f::GammaPInverse { shape }),
        16 => x.apply(f::GammaQInverse { shape }),
        _ => x.apply(f::BetaRegularizedInverse { a, b }),
    }
}
const SPECIAL: usize = 18;

/// Every special function of two numbers, by number.
fn special2<R: Real>(row: usize, a: R, b: R) -> R {
    match row {
        0 => a.apply2(b, f::LnBeta),
        _ => a.apply2(b, f::Deviance),
    }
}

/// Every function of two numbers, by number.
fn row2<R: Real>(row: usize, a: R, b: R) -> R {
    match row {
        0 => a + b,
        1 => a - b,
        2 => a * b,
        3 => a / b,
        4 => a.max(b),
        5 => a.min(b),
        6 => a.apply2(b, f::LogAddExp),
        7 => a.apply2(b, f::XLogY),
        8 => a.apply2(b, f::XLog1pY),
        9 => a.apply2(b, f::LogSubExp),
        _ => a.apply2(b, f::Hypot),
    }
}
const ROWS2: usize = 11;

/// The same bits, or both NaN: the bits of a NaN are not specified.
fn same(a: f64, b: f64) -> Result<(), Violation> {
    if a.is_nan() && b.is_nan() {
        Ok(())
    } else {
        same_bits(a, b)
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_value_of_a_dual_is_the_plain_value(x in strategies::special(), b in strategies::special()) {
        for k in 0..ROWS {
            same(row(k, Dual::variable(x)).value, row(k, x))?;
        }
        for k in 0..ROWS2 {
            same(row2(k, Dual::variable(x), Dual::constant(b)).value, row2(k, x, b))?;
        }
    }

    #[test]
    fn the_value_of_a_variable_is_the_plain_value(x in strategies::special(), b in strategies::special()) {
        for k in 0..ROWS {
            same(value_and_gradient(|x| row(k, x[0]), &[x])?.0, row(k, x))?;
        }
        for k in 0..ROWS2 {
            same(value_and_gradient(|x| row2(k, x[0], x[1]), &[x, b])?.0, row2(k, x, b))?;
        }
    }

    #[test]
    fn the_value_of_a_special_function_is_the_plain_value(
        x in prop_oneof![strategies::special(), 0.0..1.0_f64, 0.0..30.0_f64], b in strategies::special(),
    ) {
        for k in 0..SPECIAL {
            let plain = special(k, x);
            same(special(k, Dual::variable(x)).value, plain)?;
            same(special(k, Dual::variable(Dual::variable(x))).value.value, plain)?;
            same(value_and_gradient(|x| special(k, x[0]), &[x])?.0, plain)?;
        }
        for k in 0..2 {
            let plain = special2(k, x, b);
            same(special2(k, Dual::variable(x), Dual::constant(b)).value, plain)?;
            same(value_and_gradient(|x| special2(k, x[0], x[1]), &[x, b])?.0, plain)?;
        }
    }

    #[test]
    fn gradients_of_finite_values_are_not_nan(x in strategies::finite(), b in strategies::finite()) {
        for k in (0..ROWS).filter(|&k| row(k, x).is_finite()) {
            let gradient = gradient(|x| row(k, x[0]), &[x])?;
            prop_assert!(!gradient[0].is_nan(), "row {k} at {x:e}");
            prop_assert!(!row(k, Dual::variable(x)).derivative.is_nan(), "dual row {k} at {x:e}");
        }
        // x ln y with y < 0 is finite on the line x = 0 only: no derivative by x; x ln (1 + y) likewise
        let domain = |k: usize| (k != 7 || b >= 0.0) && (k != 8 || b >= -1.0);
        let defined = |k: usize| row2(k, x, b).is_finite() && domain(k);
        for k in (0..ROWS2).filter(|&k| defined(k)) {
            let gradient = gradient(|x| row2(k, x[0], x[1]), &[x, b])?;
            prop_assert!(gradient.iter().all(|g| !g.is_nan()), "row {k} at {x:e}, {b:e}: {gradient:?}");
            let dual = row2(k, Dual::variable(x), Dual::constant(b));
            prop_assert!(!dual.derivative.is_nan(), "dual row {k} at {x:e}, {b:e}");
        }
    }

    /// Gated units, also far from 0: forward over reverse never meets ∞ · 0.
    #[test]
    fn second_derivatives_of_gated_units_are_finite(x in strategies::finite()) {
        fn second(f: impl Unary, x: f64) -> f64 {
            Dual::variable(Dual::variable(x)).apply(f).derivative.derivative
        }
        for bend in [second(f::Silu, x), second(f::Gelu, x), second(f::GeluTanh, x), second(f::Mish, x)] {
            prop_assert!(bend.abs() < 1.3, "at {x:e}: {bend}");
        }
    }
}
