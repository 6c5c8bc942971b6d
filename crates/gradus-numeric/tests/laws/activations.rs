//! Identities of the activations: rectifiers, exponential linear units, gated and hard units.

use gradus_numeric::functions::{Elu, Gelu, GeluTanh, HardSwish, Hypot, LeakyRelu, Mish, Silu};
use gradus_numeric::{
    Binary, Real, Unary, celu, elu, erf, gelu, gelu_tanh, hard_sigmoid, hard_swish, hard_tanh,
    leaky_relu, mish, normal_cdf, relu, relu6, selu, sigmoid, silu, softplus, softsign,
};
use gradus_testkit::laws::{lipschitz, monotone};
use gradus_testkit::strategies::{finite, special};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
use proptest::prelude::*;

/// One ULP of 1.
const ULP: f64 = f64::EPSILON;

/// Numbers of every size, most of them where the functions bend.
fn line() -> impl Strategy<Value = f64> {
    prop_oneof![-8.0..8.0, -50.0..50.0, -800.0..800.0, finite()]
}

/// Parameters of the units.
fn parameter() -> impl Strategy<Value = f64> {
    prop_oneof![Just(1.0), 0.01..5.0]
}

/// A dual of its own: value and derivative, so that slopes can be differentiated here.
fn slope_of_slope(f: impl Unary, x: f64) -> f64 {
    let h = 1e-3;
    let slope = |x: f64| f.slope(x, f.value(x));
    (slope(x + h) - slope(x - h)) / (2.0 * h)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn leaky_relu_goes_from_relu_to_the_identity(x in finite()) {
        prop_assert_eq!(leaky_relu(x, 0.0), relu(x));
        same_bits(leaky_relu(x, 1.0), x)?;
        prop_assert_eq!(leaky_relu(x, -1.0), x.abs());
    }

    #[test]
    fn leaky_relu_is_positively_homogeneous(x in -1e3..1e3, s in -2.0..2.0, k in -20..20) {
        let c = f64::from(k).exp2();
        prop_assert_eq!(leaky_relu(c * x, s), c * leaky_relu(x, s));
    }

    #[test]
    fn exponential_linear_units_never_fall(x in line(), y in line(), alpha in parameter()) {
        monotone(|x| elu(x, alpha), x, y)?;
        monotone(|x| celu(x, alpha), x, y)?;
        monotone(selu, x, y)?;
        lipschitz(|x| elu(x, alpha), alpha.max(1.0), x, y)?;
        lipschitz(|x| celu(x, alpha), 1.0, x, y)?;
    }

    /// The condition of the logarithm at y is |y| / ((1 + y) |ln (1 + y)|) ≤ 1 / (1 + y).
    #[test]
    fn elu_is_undone_by_ln_1p(y in prop_oneof![-0.999..0.0, -1e-3..0.0]) {
        relative(elu(Real::ln_1p(y), 1.0), y, 4.0 * ULP / (1.0 + y))?;
    }

    #[test]
    fn celu_and_elu_agree_at_one(x in special()) {
        let (a, b) = (celu(x, 1.0), elu(x, 1.0));
        prop_assert!(a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()));
    }

    #[test]
    fn celu_is_a_stretched_elu(x in -50.0..50.0, alpha in parameter()) {
        relative(celu(alpha * x, alpha), alpha * celu(x, 1.0), 4.0 * ULP)?;
    }

    /// Both sides round to numbers of the size of x.
    #[test]
    fn gated_units_differ_from_their_mirror_by_the_identity(x in line()) {
        for f in [silu, gelu, gelu_tanh, hard_swish] {
            // Halves of the smallest number are rounded.
            at_most((f(x) - f(-x) - x).abs(), 4.0 * ULP * x.abs() + 1e-323)?;
        }
    }

    #[test]
    fn gated_units_lie_below_relu(x in line()) {
        for f in [silu, gelu, gelu_tanh, mish, hard_swish] {
            at_most(f(x), relu(x) * (1.0 + 2.0 * ULP))?;
            at_most(-0.376, f(x))?; // the deepest dip, that of hard swish, is −3/8
        }
    }

    #[test]
    fn gelu_and_its_mirror_sum_to_x_times_erf(x in -40.0..40.0_f64) {
        let product = x * erf(x / std::f64::consts::SQRT_2);
        scaled(gelu(x) + gelu(-x), product, 4.0 * ULP, x.abs())?;
        scaled(gelu(x), x * normal_cdf(x), 4.0 * ULP, x.abs())?;
    }

    #[test]
    fn the_tanh_form_is_near_gelu(x in line()) {
        at_most((gelu_tanh(x) - gelu(x)).abs(), 4.8e-4)?;
    }

    #[test]
    fn mish_is_gated_by_tanh_of_softplus(x in -700.0..700.0) {
        relative(mish(x), x * Real::tanh(softplus(x)), 8.0 * ULP)?;
    }

    #[test]
    fn slopes_of_gated_units_are_finite(x in finite()) {
        fn check(f: impl Unary, x: f64) -> Result<(), TestCaseError> {
            let slope = f.slope(x, f.value(x));
            prop_assert!((-0.6..1.6).contains(&slope), "{f:?} at {x:e}: {slope}");
            prop_assert!(slope_of_slope(f, x).abs() < 1.3, "{f:?} at {x:e}");
            Ok(())
        }
        check(Silu, x)?;
        check(Gelu, x)?;
        check(GeluTanh, x)?;
        check(Mish, x)?;
    }

    #[test]
    fn softsign_is_odd(x in finite()) {
        same_bits(softsign(-x), -softsign(x))?;
    }

    /// The condition of the inverse at y is 1 / (1 − |y|) = 1 + |x|.
    #[test]
    fn softsign_is_undone_by_its_inverse(x in -1e6..1e6_f64) {
        let y = softsign(x);
        relative(y / (1.0 - y.abs()), x, 4.0 * ULP * (1.0 + x.abs()))?;
    }

    #[test]
    fn relu6_is_a_difference_of_rectifiers(k in -1_000_000..1_000_000) {
        let x = f64::from(k) / 65536.0; // x − 6 is exact
        prop_assert_eq!(relu6(x), relu(x) - relu(x - 6.0));
    }

    #[test]
    fn clipped_lines_are_idempotent(x in line()) {
        same_bits(relu6(relu6(x)), relu6(x))?;
        same_bits(hard_tanh(hard_tanh(x)), hard_tanh(x))?;
    }

    #[test]
    fn bounded_units_never_fall(x in line(), y in line()) {
        for f in [relu6, hard_sigmoid, hard_tanh, softsign] {
            monotone(f, x, y)?;
            lipschitz(f, 1.0, x, y)?;
        }
    }

    /// Rectifiers and hard units to the bit; a quotient or a logarithm of a sum rounds on its way, and may fall by one unit.
    #[test]
    fn units_do_not_fall_between_neighbors(x in line()) {
        let next = x.next_up();
        for f in [relu, relu6, hard_sigmoid, hard_tanh] {
            at_most(f(x), f(next))?;
        }
        at_most(leaky_relu(x, 0.25), leaky_relu(next, 0.25))?;
        for f in [sigmoid, Real::tanh, softplus, softsign, selu] {
            at_most(f(x), f(next).next_up())?;
        }
        at_most(elu(x, 1.0), elu(next, 1.0).next_up())?;
        at_most(celu(x, 0.5), celu(next, 0.5).next_up())?;
    }

    #[test]
    fn units_stay_within_their_bounds(x in prop_oneof![4 => line(), 4 => -3.0..0.0_f64, 1 => Just(f64::INFINITY), 1 => Just(f64::NEG_INFINITY)]) {
        let bounded = [
            (sigmoid(x), 0.0, 1.0), (x.tanh(), -1.0, 1.0), (hard_sigmoid(x), 0.0, 1.0), (hard_tanh(x), -1.0, 1.0), (relu6(x), 0.0, 6.0),
            (Real::tanh(x), -1.0, 1.0), (relu(x), 0.0, f64::INFINITY), (softplus(x), 0.0, f64::INFINITY), (elu(x, 2.0), -2.0, f64::INFINITY),
            (selu(x), -1.758_099_340_847_376_8, f64::INFINITY), (celu(x, 0.5), -0.5, f64::INFINITY),
        ];
        for (y, low, high) in bounded {
            at_most(low, y)?;
            at_most(y, high)?;
        }
        if x.is_finite() {
            at_most(softsign(x).abs(), 1.0)?;
            // the lowest points of the gated units: −0.27846 at −1.278, −0.16997 at −0.752, −0.30884 at −1.192, −0.375 at −1.5
            at_most(-0.278_464_542_761_074, silu(x))?;
            at_most(-0.169_971_207_479_904, gelu(x))?;
            at_most(-0.308_842_612_071_555, mish(x))?;
            at_most(-0.375, hard_swish(x))?;
        }
    }

    #[test]
    fn hard_sigmoid_of_the_opposite_is_the_complement(x in line()) {
        scaled(hard_sigmoid(x) + hard_sigmoid(-x), 1.0, 2.0 * ULP, 1.0)?;
    }

    #[test]
    fn hard_sigmoid_is_a_stretched_hard_tanh(x in line()) {
        scaled(hard_sigmoid(x), 0.5 + 0.5 * hard_tanh(x / 3.0), 2.0 * ULP, 1.0)?;
    }

    #[test]
    fn hard_tanh_is_odd(x in finite()) {
        same_bits(hard_tanh(-x), -hard_tanh(x))?;
    }

    /// f(y) ≥ f(0) + g (y − 0) for convex functions with a kink at 0; concave ones the other way around.
    #[test]
    fn slopes_at_kinks_are_subgradients(y in -10.0..10.0, z in -10.0..10.0, s in -1.0..1.0) {
        let leaky = LeakyRelu { slope: s };
        at_most(leaky.slope(0.0, 0.0) * y, leaky_relu(y, s) + 4.0 * ULP)?;
        let steep = Elu { left: 1.0 + s.abs(), right: 1.0, width: 1e300 }; // linear on both sides
        at_most(steep.value(y), steep.slope(0.0, 0.0) * y + 40.0 * ULP)?;
        let (by_y, by_z) = Hypot.slopes(0.0, 0.0, 0.0);
        at_most(by_y * y + by_z * z, Hypot.value(y, z))?;
        let (by_3, x) = (HardSwish.slope(3.0, 3.0), 3.0 + z / 10.0);
        at_most(hard_swish(x), 3.0 + by_3 * (x - 3.0) + (x - 3.0).powi(2) + 16.0 * ULP)?;
    }
}

/// $`\int f(x) \varphi(x) dx`$ by the trapezoidal rule, on each side of the kink at 0.
///
/// At the kink the rule errs by $`h^2 / 12`$ times the jump of the slope, below 1e-7.
#[test]
fn selu_keeps_mean_zero_and_variance_one() {
    let h = 1.0 / 1024.0;
    let moment = |power: i32| -> f64 {
        (-12 * 1024..=12 * 1024)
            .map(|i| f64::from(i) * h)
            .map(|x| selu(x).powi(power) * (-0.5 * x * x).exp())
            .sum::<f64>()
            * h
            / (2.0 * std::f64::consts::PI).sqrt()
    };
    assert!(moment(1).abs() < 2e-7);
    assert!((moment(2) - 1.0).abs() < 2e-7);
}
