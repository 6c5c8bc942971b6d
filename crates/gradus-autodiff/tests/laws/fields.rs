//! What gradients, as fields and as functions of a parameter, obey.

use gradus_autodiff::{Dual, derivative, gradient, hessian_vector_product};
use gradus_numeric::{Real, softplus};
use gradus_testkit::{at_least, cases, scaled};
use proptest::collection::vec;
use proptest::prelude::*;

/// $`\sum_k c_k x^{a_k} y^{b_k} z^{d_k}`$ over all exponents of sum 3 at most; whole numbers stay whole, and exact.
fn polynomial<R: Real>(c: &[i32], x: &[R]) -> R {
    let exponents =
        (0..4).flat_map(|a| (0..4 - a).flat_map(move |b| (0..4 - a - b).map(move |d| [a, b, d])));
    let terms = c.iter().zip(exponents).map(|(&c, exponents)| {
        let powers = x
            .iter()
            .zip(exponents)
            .map(|(&x, n)| (0..n).fold(R::from_f64(1.0), |p, _| p * x));
        powers.fold(R::from_f64(f64::from(c)), |product, power| product * power)
    });
    terms.fold(R::from_f64(0.0), |sum, term| sum + term)
}

/// $`\partial_i \partial_j`$ of a polynomial: forward along axis i over reverse.
fn second(c: &[i32], x: &[f64], i: usize, j: usize) -> Result<f64, TestCaseError> {
    let axis: Vec<f64> = (0..3).map(|k| f64::from(u8::from(k == i))).collect();
    Ok(hessian_vector_product(|x| polynomial(c, x), x, &axis)?[j])
}

fn coefficients() -> impl Strategy<Value = Vec<i32>> {
    vec(-9..=9, 20)
}

fn whole() -> impl Strategy<Value = Vec<f64>> {
    vec((-9..=9).prop_map(f64::from), 3)
}

fn convex<R: Real>(x: &[R]) -> R {
    softplus(x[0] - x[1]) + softplus(x[1] + x[2]) + x[0].abs() + x[2] * x[2]
}

/// A contraction: its slope by x is at most one half.
fn contraction<R: Real>(x: R, theta: R) -> R {
    (x * theta).tanh() * R::from_f64(0.5) + theta * theta
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn gradients_do_not_turn(c in coefficients(), x in whole()) {
        for (i, j) in [(0, 1), (1, 2), (2, 0)] {
            prop_assert_eq!(second(&c, &x, i, j)?, second(&c, &x, j, i)?);
        }
    }

    #[test]
    fn what_turns_has_no_source(field in (coefficients(), coefficients(), coefficients()), x in whole()) {
        let field = [field.0, field.1, field.2];
        let mut divergence = 0.0;
        for (i, j, k) in [(0, 1, 2), (1, 2, 0), (2, 0, 1)] {
            divergence += second(&field[k], &x, i, j)? - second(&field[j], &x, i, k)?;
        }
        prop_assert_eq!(divergence, 0.0);
    }

    #[test]
    fn gradients_of_convex_functions_are_monotone(x in vec(-4.0..4.0_f64, 3), y in vec(-4.0..4.0_f64, 3)) {
        let (at_x, at_y) = (gradient(|x| convex(x), &x)?, gradient(|x| convex(x), &y)?);
        let terms: Vec<f64> = (0..3).map(|i| (at_x[i] - at_y[i]) * (x[i] - y[i])).collect();
        let rounding: f64 = (0..3).map(|i| 16.0 * f64::EPSILON * (at_x[i].abs() + at_y[i].abs()) * (x[i] - y[i]).abs()).sum();
        at_least(terms.iter().sum(), -rounding)?;
    }

    #[test]
    fn a_fixed_point_moves_as_the_implicit_function_says(theta in -0.9..0.9_f64) {
        let start = Dual::constant(0.0);
        let fixed = (0..60).fold(start, |x, _| contraction(x, Dual::variable(theta)));
        let by_x = derivative(|x| contraction(x, Dual::constant(theta)), fixed.value);
        let by_theta = derivative(|theta| contraction(Dual::constant(fixed.value), theta), theta);
        // F(x, θ) = x − g(x, θ): dx/dθ = −F_θ / F_x; 60 steps of a contraction by ½ leave 2⁻⁶⁰.
        scaled(fixed.derivative, by_theta / (1.0 - by_x), 64.0 * f64::EPSILON, 4.0)?;
    }
}
