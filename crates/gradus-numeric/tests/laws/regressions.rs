//! What other libraries got wrong with sigmoids, softplus and log-sum-exp, by the numbers of the reports.

use gradus_numeric::functions::{LogSigmoid, Sigmoid, Softplus};
use gradus_numeric::{
    NumericError, Unary, log_softmax, log_sum_exp, sigmoid, softmax, softplus, variance,
};
use gradus_testkit::{Violation, relative, within_ulps};

const INFINITY: f64 = f64::INFINITY;

/// pytorch#55587: from 20 on the value was x, and the slope was not that of x: relative error 5.8e5 ULP.
#[test]
fn pytorch_55587_softplus_has_no_threshold() -> Result<(), Violation> {
    // (x, softplus): mpmath, 50 digits
    for (x, y) in [
        (20.0_f64.next_up(), 20.000_000_002_061_157),
        (20.5, 20.500_000_001_250_153),
        (30.0, 30.000_000_000_000_093),
        (36.0, 36.0),
        (-20.0, 2.061_153_620_314_381e-9),
    ] {
        within_ulps(softplus(x), y, 2)?;
        let slope = Softplus.slope(x, softplus(x));
        relative(slope, 1.0 / (1.0 + (-x).exp()), 4.0 * f64::EPSILON)?;
    }
    Ok(())
}

/// burn#1139 and burn#5373: the slope of the sigmoid was NaN at −90 in single precision, softplus overflowed.
#[test]
fn burn_1139_sigmoids_far_out_have_slopes() {
    for x in [
        -1e4,
        -800.0,
        -90.0,
        90.0,
        800.0,
        1e4,
        f64::MAX,
        -f64::MAX,
        INFINITY,
        -INFINITY,
    ] {
        let slopes = [
            Sigmoid.slope(x, sigmoid(x)),
            Softplus.slope(x, softplus(x)),
            LogSigmoid.slope(x, LogSigmoid.value(x)),
        ];
        assert!(
            slopes.iter().all(|s| (0.0..=1.0).contains(s)),
            "{x}: {slopes:?}"
        );
    }
    assert_eq!(sigmoid(-90.0_f32), 8.194_013e-40_f32); // subnormal, and no zero
    let slope = Sigmoid.slope(-90.0, sigmoid(-90.0));
    assert!((slope / (-90.0_f64).exp() - 1.0).abs() < 1e-14);
    assert_eq!([softplus(1e3_f32), softplus(-1e3_f32)], [1e3, 0.0]);
}

/// jax#6811, pytorch#31829 and pytorch#49724: NaN where all numbers are −∞, or one is +∞.
#[test]
fn jax_6811_log_sum_exp_of_infinities() -> Result<(), NumericError> {
    assert_eq!(log_sum_exp(&[-INFINITY; 3]), -INFINITY);
    assert_eq!(log_sum_exp::<f64>(&[]), -INFINITY);
    assert_eq!(log_sum_exp(&[0.0, INFINITY, -INFINITY]), INFINITY);
    assert_eq!(log_sum_exp(&[-INFINITY, 3.0]), 3.0);
    // the gradient: all of the weight where the infinity is, and an error where there is none
    assert_eq!(softmax(&[0.0, INFINITY, -INFINITY])?, [0.0, 1.0, 0.0]);
    assert_eq!(log_softmax(&[0.0, INFINITY])?, [-INFINITY, 0.0]);
    assert_eq!(softmax(&[-INFINITY; 3]), Err(NumericError::EmptySupport));
    assert_eq!(softmax::<f64>(&[])?, []);
    assert_eq!(softmax(&[1e4, -1e4])?, [1.0, 0.0]);
    assert!(matches!(
        softmax(&[0.0, f64::NAN]),
        Err(NumericError::NonFinite { index: 1, .. })
    ));
    Ok(())
}

/// nalgebra#1218, numpy#14691 and pytorch#2470: a large mean ate the variance, and of one number there was NaN.
#[test]
fn nalgebra_1218_a_large_mean_leaves_the_variance() -> Result<(), NumericError> {
    for offset in [0.0, 1e8, -1e12, 1e15] {
        let x = [1.0, 2.0, 3.0].map(|x| x + offset);
        assert_eq!(
            [variance(&x, 0)?, variance(&x, 1)?],
            [2.0 / 3.0, 1.0],
            "{offset}"
        );
    }
    assert_eq!(variance(&[1e8], 0)?, 0.0);
    let none = |need, have| Err(NumericError::TooFew { need, have });
    assert_eq!(variance(&[1e8], 1), none(2, 1));
    assert_eq!(variance::<f64>(&[], 0), none(1, 0));
    Ok(())
}
