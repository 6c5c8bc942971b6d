//! The quantiles of the gamma and beta laws undo the distribution functions.

use crate::differences;
use gradus_numeric::functions::{
    BetaRegularized, BetaRegularizedInverse, GammaP, GammaPInverse, GammaQInverse,
};
use gradus_numeric::{
    Unary, beta_regularized, beta_regularized_inverse, gamma_p, gamma_p_inverse, gamma_q,
    gamma_q_inverse,
};
use gradus_testkit::{Violation, at_most, cases, relative, scaled};
use proptest::prelude::*;

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// Twice the largest errors that `docs/accuracy.md` found, in $`\varepsilon (1 + \lvert \ln y \rvert)`$.
const GAMMA: f64 = 14.0;
const BETA: f64 = 26.0;

/// Differences in units of a hundredth.
fn check(f: impl Unary, p: f64) -> Result<(), Violation> {
    differences::check(f, p, 0.01, f.value(p))
}

fn shape() -> impl Strategy<Value = f64> {
    (-1.0_f64..8.0).prop_map(|e| 10_f64.powf(e))
}

fn probability() -> impl Strategy<Value = f64> {
    prop_oneof![
        1e-6_f64..0.999_999,
        (-100.0_f64..-1.0).prop_map(|e| 10_f64.powf(e))
    ]
}

/// The goal for a quantile, $`4 \varepsilon (1 + \lvert \ln p \rvert + \kappa)`$ with the condition $`\kappa = x f(x) / p`$,
/// and the error of the function, up to `error` of $`\varepsilon (1 + \lvert \ln p \rvert)`$.
fn tolerance(f: impl Unary, error: f64, x: f64, p: f64) -> f64 {
    let condition = x * f.slope(x, p) / p;
    ULP * ((4.0 + error) * (1.0 - p.ln()) + 4.0 * condition)
}

/// From 10⁻³⁰⁰ to 10³⁰⁰, mostly moderate.
fn any_shape() -> impl Strategy<Value = f64> {
    prop_oneof![-3.0_f64..3.0, -10.0_f64..10.0, -300.0_f64..300.0].prop_map(|e| 10_f64.powf(e))
}

/// A rising function is at most `p` a little below `x`, and at least `p` a little above; near 0 and 1, where
/// quantiles underflow or round, one of the two.
fn encloses(f: impl Fn(f64) -> f64, x: f64, p: f64, one: f64) -> Result<(), Violation> {
    at_most(x, one)?; // not NaN
    let (below, above) = (x * (1.0 - 1e-9), x * (1.0 + 1e-9) + 1e-300);
    if below > 1e-300 {
        at_most(f(below), p * (1.0 + 1e-9))?;
    }
    if above < one {
        at_most(p * (1.0 - 1e-9), f(above))?;
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn quantiles_of_any_shape_are_found(a in any_shape(), b in any_shape(), p in probability()) {
        encloses(|x| gamma_p(a, x), gamma_p_inverse(a, p), p, f64::INFINITY)?;
        encloses(|x| beta_regularized(a, b, x), beta_regularized_inverse(a, b, p), p, 1.0)?;
    }

    /// Where the law of the log-odds has a long lower tail, and the iteration starts far from the root.
    #[test]
    fn quantiles_of_a_long_tail_are_found(a in 1.0_f64..1.5, b in 0.01_f64..0.3, e in -20.0_f64..-3.0) {
        let p = 10_f64.powf(e);
        let x: f64 = beta_regularized_inverse(a, b, p);
        relative(beta_regularized(a, b, x), p, tolerance(BetaRegularized { a, b }, BETA, x, p))?;
    }

    #[test]
    fn gamma_p_undoes_its_inverse(a in shape(), p in probability()) {
        let x: f64 = gamma_p_inverse(a, p);
        prop_assume!(x > f64::MIN_POSITIVE);
        relative(gamma_p(a, x), p, tolerance(GammaP { shape: a }, GAMMA, x, p))?;
    }

    #[test]
    fn gamma_q_undoes_its_inverse(a in shape(), q in probability()) {
        let x: f64 = gamma_q_inverse(a, q);
        prop_assume!(x > f64::MIN_POSITIVE);
        relative(gamma_q(a, x), q, tolerance(GammaP { shape: a }, GAMMA, x, q))?;
    }

    #[test]
    fn beta_regularized_undoes_its_inverse(a in shape(), b in shape(), p in probability()) {
        let x: f64 = beta_regularized_inverse(a, b, p);
        prop_assume!(x > f64::MIN_POSITIVE && x < 1.0);
        relative(beta_regularized(a, b, x), p, tolerance(BetaRegularized { a, b }, BETA, x, p))?;
    }

    #[test]
    fn gamma_p_inverse_of_one_is_a_logarithm(p in probability()) {
        relative(gamma_p_inverse(1.0, p), -(-p).ln_1p(), 16.0 * ULP)?;
    }

    #[test]
    fn beta_inverse_with_one_is_a_power(a in 0.5_f64..100.0, p in probability()) {
        scaled(beta_regularized_inverse(a, 1.0, p), p.powf(1.0 / a), 64.0 * ULP * (1.0 - p.ln()), p.powf(1.0 / a))?;
    }

    #[test]
    fn slopes_of_the_quantiles_are_derivatives(a in 1.0_f64..50.0, b in 1.0_f64..50.0, p in 0.1_f64..0.9) {
        check(GammaPInverse { shape: a }, p)?;
        check(GammaQInverse { shape: a }, p)?;
        check(BetaRegularizedInverse { a, b }, p)?;
    }
}
