//! Every row's slope is the derivative of its value.

use gradus_numeric::functions::{
    Abs, Cbrt, Clamp, Cos, Elu, Entr, Erf, Erfc, Exp, ExpM1, Gelu, GeluTanh, HardSigmoid,
    HardSwish, HardTanh, Hypot, LeakyRelu, Ln, Ln1p, Log1mExp, LogAddExp, LogCosh, LogSigmoid,
    LogSubExp, Logit, Max, Min, Mish, NormalCdf, Powf, Powi, Relu, Relu6, Sigmoid, Silu, Sin,
    Softplus, SoftplusInverse, Softsign, Sqrt, Tanh, XLog1pY, XLogX, XLogY,
};
use gradus_numeric::{Binary, Unary, log_sum_exp, sigmoid, softmax};
use gradus_testkit::strategies::vector;
use gradus_testkit::{Violation, cases, gradient, relative, scaled};
use proptest::prelude::*;

fn check(f: impl Unary, x: f64) -> Result<(), Violation> {
    let value_and_slope = |x: &[f64]| {
        let y = f.value(x[0]);
        (y, vec![f.slope(x[0], y)])
    };
    gradient::check(value_and_slope, &[x]).map_err(|v| v.within(format!("{f:?}")))
}

fn check2(f: impl Binary, a: f64, b: f64) -> Result<(), Violation> {
    let value_and_slopes = |x: &[f64]| {
        let y = f.value(x[0], x[1]);
        let (by_a, by_b) = f.slopes(x[0], x[1], y);
        (y, vec![by_a, by_b])
    };
    gradient::check(value_and_slopes, &[a, b]).map_err(|v| v.within(format!("{f:?}")))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn slopes_are_derivatives_on_the_line(x in -5.0..5.0) {
        check(Exp, x)?;
        check(ExpM1, x)?;
        check(Sin, x)?;
        check(Cos, x)?;
        check(Tanh, x)?;
        check(Sigmoid, x)?;
        check(LogSigmoid, x)?;
        check(Erf, x)?;
        check(Erfc, x)?;
        check(NormalCdf, x)?;
        check(Powi(3), x)?;
        check(Silu, x)?;
        check(Gelu, x)?;
        check(GeluTanh, x)?;
        check(Mish, x)?;
        check(LogCosh, x)?;
    }

    #[test]
    fn slope_of_softplus_is_sigmoid(x in -30.0..30.0) {
        check(Softplus, x)?;
        prop_assert_eq!(Softplus.slope(x, f64::NAN), sigmoid(x));
    }

    #[test]
    fn slopes_are_derivatives_on_the_half_line(x in 0.5..5.0) {
        check(Ln, x)?;
        check(Ln1p, x)?;
        check(Sqrt, x)?;
        check(Powi(-2), x)?;
        check(Powf(1.5), x)?;
        check(Log1mExp, -x)?;
        check(XLogX, x)?;
        check(Entr, x)?;
        check(SoftplusInverse, x)?;
        check(Cbrt, x)?;
        check(Cbrt, -x)?;
        check(Softsign, x)?;
        check(Softsign, -x)?;
        check(LeakyRelu { slope: 0.1 }, x)?;
        check(LeakyRelu { slope: 0.1 }, -x)?;
        check(Elu::SELU, x)?;
        check(Elu::SELU, -x)?;
        check(Elu { right: 1.0, left: 0.75, width: 2.5 }, -x)?;
        check(Relu, x)?;
        check(Relu, -x)?;
        check(Abs, x)?;
        check(Abs, -x)?;
        check(Clamp { low: -0.05, high: 10.0 }, x)?;
        check(Clamp { low: -0.05, high: 10.0 }, -x)?;
    }

    /// Between the kinks at 0, ±1, ±3 and 6.
    #[test]
    fn slopes_of_hard_units_are_derivatives(x in 0.05..0.95) {
        for x in [x - 6.0, x - 1.0, x, x + 1.0, x + 5.0, x + 6.0] {
            check(Relu6, x)?;
            check(HardTanh, x)?;
            check(HardSigmoid, x)?;
            check(HardSwish, x)?;
        }
    }

    #[test]
    fn slope_of_logit_is_its_derivative(p in 0.2..0.8) {
        check(Logit, p)?;
    }

    #[test]
    fn slopes_of_two_arguments_are_derivatives(a in 0.5..5.0, b in 0.5..5.0) {
        check2(XLogY, a, b)?;
        check2(XLog1pY, a, b)?;
        check2(XLog1pY, a, -0.1 * b)?;
        check2(Hypot, a, b)?;
        check2(Hypot, a, -b)?;
        check2(LogSubExp, a + b, a)?;
        check2(LogAddExp, a, -b)?;
        check2(LogAddExp, a, b)?;
        check2(Max, a, a + b)?;
        check2(Max, a + b, a)?;
        check2(Min, a, a + b)?;
        check2(Min, a + b, a)?;
    }

    /// The textbook form, which cancels, is good to a ULP of 1.
    #[test]
    fn slope_of_sigmoid_is_sigmoid_times_complement(x in -700.0..700.0) {
        let y = sigmoid(x);
        scaled(Sigmoid.slope(x, y), y * (1.0 - y), f64::EPSILON, 1.0)?;
        prop_assert!(Sigmoid.slope(x, y) > 0.0);
    }

    /// The rounding of y reaches 1 / (y (1 − y)) with the factor 1 / (1 − y) = 1 + eˣ.
    #[test]
    fn slopes_of_sigmoid_and_logit_are_inverse(x in -30.0..30.0) {
        let y: f64 = sigmoid(x);
        let product = Sigmoid.slope(x, y) * Logit.slope(y, x);
        relative(product, 1.0, 8.0 * f64::EPSILON * (1.0 + x.exp()))?;
    }

    #[test]
    fn slopes_of_exp_m1_and_ln_1p_are_inverse(x in -30.0_f64..30.0) {
        let y: f64 = x.exp_m1();
        let product = ExpM1.slope(x, y) * Ln1p.slope(y, x);
        relative(product, 1.0, 8.0 * f64::EPSILON * (1.0 + (-x).exp()))?;
    }

    #[test]
    fn gradient_of_log_sum_exp_is_softmax(x in vector(1..6)) {
        // Steps of the differences are 1e-3: scores closer than 5 keep the derivatives of order 5 visible.
        let x: Vec<f64> = x.iter().map(|x| x / 20.0).collect();
        let value_and_gradient = |x: &[f64]| (log_sum_exp(x), softmax(x).unwrap_or_default());
        gradient::check(value_and_gradient, &x)?;
    }
}
