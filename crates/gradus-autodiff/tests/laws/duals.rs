//! Dual numbers are a commutative ring, and close to a field.

use gradus_autodiff::{Dual, derivative};
use gradus_numeric::{Real, erf, erfinv, logit, sigmoid};
use gradus_testkit::{Violation, cases, relative, same_bits, scaled, strategies};
use proptest::prelude::*;

fn integer() -> impl Strategy<Value = Dual<f64>> {
    (-99..=99_i32, -99..=99_i32).prop_map(|(a, b)| Dual::new(a.into(), b.into()))
}

fn equal(x: Dual<f64>, y: Dual<f64>) -> Result<(), Violation> {
    relative(x.value, y.value, 0.0)?;
    relative(x.derivative, y.derivative, 0.0)
}

/// The inverse of the hyperbolic tangent, $`\tfrac12 \ln \tfrac{1 + y}{1 - y}`$.
fn artanh<R: Real>(y: R) -> R {
    (y.ln_1p() - (-y).ln_1p()) * R::from_f64(0.5)
}

proptest! {
    #![proptest_config(cases())]

    /// Sums and products of integers are exact, so the axioms hold to the bit.
    #[test]
    fn duals_are_a_commutative_ring(a in integer(), b in integer(), c in integer()) {
        let (zero, one, epsilon) = (Dual::from_f64(0.0), Dual::from_f64(1.0), Dual::new(0.0, 1.0));
        equal(a + b, b + a)?;
        equal((a + b) + c, a + (b + c))?;
        equal(a + zero, a)?;
        equal(a + -a, zero)?;
        equal(a - b, a + -b)?;
        equal(a * b, b * a)?;
        equal((a * b) * c, a * (b * c))?;
        equal(a * one, a)?;
        equal(a * (b + c), a * b + a * c)?;
        equal(epsilon * epsilon, zero)?;
        equal(a * Dual::new(a.value, -a.derivative), Dual::constant(a.value * a.value))?; // conjugate
    }

    #[test]
    fn a_dual_times_its_inverse_is_one(a in 0.01..100.0_f64, b in -100.0..100.0_f64) {
        let x = Dual::new(a, b);
        let one = x * (Dual::from_f64(1.0) / x);
        relative(one.value, 1.0, 2.0 * f64::EPSILON)?;
        scaled(one.derivative, 0.0, 4.0 * f64::EPSILON, (b / a).abs())?;
    }

    #[test]
    fn a_constant_has_derivative_zero_whatever_is_done_to_it(x in strategies::finite()) {
        let c = Dual::constant(x);
        for y in [c.sqrt(), c.ln(), c.exp(), Dual::from_f64(1.0) / c, c.powf(0.5), c * c, c.tanh()] {
            prop_assert!(y.derivative.is_zero());
        }
    }

    #[test]
    fn the_inverse_rule_holds(x in -3.0..3.0_f64) {
        // (f⁻¹)'(f(x)) f'(x) = 1, within 8 ε times the condition of f⁻¹ at f(x)
        let product = |f: fn(Dual<f64>) -> Dual<f64>, inverse: fn(Dual<f64>) -> Dual<f64>| {
            let y = f(Dual::constant(x)).value;
            derivative(inverse, y) * derivative(f, x)
        };
        let e = f64::EPSILON;
        relative(product(Real::exp, Real::ln), 1.0, 8.0 * e)?;
        relative(product(Real::exp_m1, Real::ln_1p), 1.0, 8.0 * e * x.exp().max((-x).exp()))?;
        relative(product(sigmoid, logit), 1.0, 8.0 * e * (1.0 + x.exp()))?;
        relative(product(|x| x.exp().powi(2), |x| x.sqrt().ln()), 1.0, 8.0 * e)?;
        // Near 1 the inverses are as steep as 1 / (1 - y²) and exp(y²) times 2 / √π: so much grows the rounding of y.
        relative(product(Real::tanh, artanh), 1.0, 8.0 * e * x.cosh().powi(2))?;
        let steep = 1.0 + 2.0 * x.abs() * (x * x).exp();
        relative(product(erf, erfinv), 1.0, 8.0 * e * steep)?;
    }

    #[test]
    fn a_derivative_of_a_derivative_is_the_second(x in -3.0..3.0_f64) {
        let second = derivative(|x| derivative(Real::sin, x), x);
        same_bits(second, -x.sin())?;
    }
}
