//! Gradients at kinks and singular points: the derivative if it exists, else the sub-gradient of least
//! norm, else the one-sided limit.

use gradus_autodiff::{AutodiffError, Dual, Tape, Var, gradient, value_and_gradient};
use gradus_numeric::functions::{
    Abs, Clamp, LogAddExp, Powf, Powi, Relu, Sigmoid, Softplus, Sqrt, Tanh, XLogY,
};
use gradus_numeric::{Real, Shape, Unary, logit, relu, xlogy};
use gradus_testkit::{cases, laws, strategies};
use proptest::prelude::*;

/// Value and slope at a point, in reverse mode; forward mode must agree.
fn at<F: Unary>(f: F, x: f64) -> (f64, f64) {
    let ask = value_and_gradient(|x| x[0].apply(f), &[x]);
    let (y, slope) = ask.unwrap_or((f64::NAN, vec![f64::NAN]));
    let dual = Dual::variable(x).apply(f);
    assert_eq!(
        (y, slope[0]),
        (dual.value, dual.derivative),
        "the modes differ at {x}"
    );
    (y, slope[0])
}

#[test]
fn abs_has_slope_zero_at_zero() {
    assert_eq!(at(Abs, 0.0), (0.0, 0.0));
    assert_eq!(at(Abs, -0.0), (0.0, 0.0));
}

#[test]
fn relu_has_slope_zero_at_zero() {
    assert_eq!(at(Relu, 0.0), (0.0, 0.0));
    assert_eq!(at(Relu, -0.0), (0.0, 0.0));
    assert_eq!(at(Relu, 5e-324), (5e-324, 1.0));
}

#[test]
fn a_tie_of_max_gives_half_to_each() -> Result<(), AutodiffError> {
    assert_eq!(
        value_and_gradient(|x| x[0].max(x[1]), &[2.0, 2.0])?,
        (2.0, vec![0.5, 0.5])
    );
    assert_eq!(
        value_and_gradient(|x| x[0].min(x[1]), &[2.0, 2.0])?,
        (2.0, vec![0.5, 0.5])
    );
    assert_eq!(gradient(|x| x[0].max(x[1]), &[0.0, -0.0])?, [0.5, 0.5]);
    assert_eq!(gradient(|x| x[0].max(x[0]), &[3.0])?, [1.0]);
    Ok(())
}

const CLAMP: Clamp = Clamp {
    low: -1.0,
    high: 1.0,
};

#[test]
fn clamp_has_slope_one_on_the_closed_interval() {
    assert_eq!(at(CLAMP, 1.0), (1.0, 1.0));
    assert_eq!(at(CLAMP, -1.0), (-1.0, 1.0));
    assert_eq!(at(CLAMP, 1.5), (1.0, 0.0));
}

#[test]
fn sqrt_is_infinitely_steep_at_zero() {
    assert_eq!(at(Sqrt, 0.0), (0.0, f64::INFINITY));
    assert_eq!(at(Powf(0.5), 0.0), (0.0, f64::INFINITY));
    assert_eq!(at(Powf(1.0 / 3.0), 0.0), (0.0, f64::INFINITY));
}

/// The chain rule is $`\infty \cdot 0`$: no limit exists, and 0 is the sub-gradient of least norm.
#[test]
fn the_root_of_a_square_has_slope_zero_at_zero() -> Result<(), AutodiffError> {
    assert_eq!(gradient(|x| (x[0] * x[0]).sqrt(), &[0.0])?, [0.0]);
    let x = Dual::variable(0.0);
    assert_eq!((x * x).sqrt().derivative, 0.0);
    Ok(())
}

#[test]
fn powers_with_a_constant_exponent_at_zero() {
    assert_eq!(at(Powi(0), 0.0), (1.0, 0.0));
    assert_eq!(at(Powi(1), 0.0), (0.0, 1.0));
    assert_eq!(at(Powi(2), 0.0), (0.0, 0.0));
    assert_eq!(at(Powf(0.0), 0.0), (1.0, 0.0));
    assert_eq!(at(Powf(1.0), 0.0), (0.0, 1.0));
    assert_eq!(at(Powf(2.0), 0.0), (0.0, 0.0));
    assert_eq!(at(Powi(3), -2.0), (-8.0, 12.0));
}

#[test]
fn xlogy_at_zero() -> Result<(), AutodiffError> {
    let (value, slopes) = value_and_gradient(|x| xlogy(x[0], x[1]), &[0.0, 0.0])?;
    assert_eq!((value, slopes[0], slopes[1]), (0.0, f64::NEG_INFINITY, 0.0));
    let (value, slopes) = value_and_gradient(|x| xlogy(x[0], x[1]), &[0.0, f64::NAN])?;
    assert!(value.is_nan() && slopes[0].is_nan());
    Ok(())
}

/// Only the branch that was taken is differentiated, the other may be NaN or infinite.
#[test]
fn a_branch_is_differentiated_along_the_side_taken() -> Result<(), AutodiffError> {
    let (value, slope) = value_and_gradient(
        |x| {
            let (root, reciprocal) = (x[0].sqrt(), Var::from_f64(1.0) / x[0]);
            if x[0] > Real::from_f64(0.0) {
                root * reciprocal
            } else {
                x[0] + x[0]
            }
        },
        &[0.0],
    )?;
    assert_eq!((value, slope[0]), (0.0, 2.0));
    Ok(())
}

#[test]
fn saturated_functions_have_slope_zero_or_one() {
    assert_eq!(at(Sigmoid, -800.0), (0.0, 0.0));
    assert_eq!(at(Sigmoid, 800.0), (1.0, 0.0));
    assert_eq!(at(Tanh, 1000.0), (1.0, 0.0));
    assert_eq!(at(Tanh, -1000.0), (-1.0, 0.0));
    assert_eq!(at(Softplus, -1000.0), (0.0, 0.0));
    assert_eq!(at(Softplus, 1000.0), (1000.0, 1.0));
    assert_eq!(at(Sigmoid, f64::INFINITY), (1.0, 0.0));
    assert_eq!(at(Softplus, f64::NEG_INFINITY), (0.0, 0.0));
}

/// $`\ln(e^{-\infty} + e^{-\infty}) = -\infty`$ has gradient 0: the logarithm of zero absorbs.
#[test]
fn logaddexp_of_infinities() -> Result<(), AutodiffError> {
    let none = f64::NEG_INFINITY;
    let ask = |x: [f64; 2]| value_and_gradient(|x| x[0].apply2(x[1], LogAddExp), &x);
    assert_eq!(ask([none, none])?, (none, vec![0.0, 0.0]));
    assert_eq!(ask([f64::INFINITY, 0.0])?, (f64::INFINITY, vec![1.0, 0.0]));
    Ok(())
}

/// What does not depend on a variable has derivative 0, however steep the function is.
#[test]
fn zero_absorbs_an_infinite_slope() -> Result<(), AutodiffError> {
    assert_eq!(
        gradient(|x| x[0].sqrt() * 0.0 + x[1], &[0.0, 1.0])?,
        [0.0, 1.0]
    );
    assert_eq!(
        Dual::constant(0.0)
            .apply2(Dual::constant(0.0), XLogY)
            .derivative,
        0.0
    );
    Ok(())
}

/// A function of a variable and a number.
type Even = for<'t> fn(Var<'t, f64>, f64) -> Var<'t, f64>;

type Convex = for<'t> fn(&[Var<'t, f64>]) -> Var<'t, f64>;

/// Convex functions with kinks: all of them have a kink at 0 and at ties.
const CONVEX: [Convex; 4] = [
    |x| x[0].abs() + x[1].abs(),
    |x| relu(x[0]) + relu(x[1] - x[0]),
    |x| x[0].max(x[1]),
    |x| relu(Var::from_f64(1.0) - x[0]) + x[1].abs(), // hinge
];

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn sub_gradients_lie_below_at_kinks(
        x in proptest::collection::vec(-1..=1, 2), y in strategies::vector(2),
    ) {
        let x: Vec<f64> = x.into_iter().map(f64::from).collect();
        for f in CONVEX {
            let ask = |x: &[f64]| value_and_gradient(f, x).unwrap_or((f64::NAN, vec![f64::NAN; 2]));
            laws::subgradient(ask, &x, &y, 4.0 * f64::EPSILON)?;
        }
    }

    /// Shares of a tie: at least zero, of sum one, nothing for those that are smaller.
    #[test]
    fn the_gradient_of_max_is_a_distribution_on_the_ties(x in strategies::structured_vector(2..7)) {
        let gradient = gradient(|x| x.iter().skip(1).fold(x[0], |a, &b| a.max(b)), &x)?;
        let max = x.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let total: f64 = gradient.iter().sum();
        prop_assert!((total - 1.0).abs() <= 2.0 * f64::EPSILON);
        for (&x, &g) in x.iter().zip(&gradient) {
            prop_assert!(if x == max { g > 0.0 } else { g == 0.0 }, "{x}: {g}");
        }
    }

    /// An even function has gradient 0 at 0, to the bit.
    #[test]
    fn even_functions_have_gradient_zero_at_zero(c in -9.0..9.0_f64) {
        let even: [Even; 4] = [
            |x, _| x.abs(),
            |x, c| x.powi(2) * c,
            |x, c| (x * c).cos(),
            |x, c| x.abs().max(Real::from_f64(c)),
        ];
        for f in even {
            prop_assert_eq!(gradient(|x| f(x[0], c), &[0.0])?[0], 0.0);
        }
    }
}

/// A function that stops at nothing: outside of its domain it is NaN or infinite, and so is its slope.
fn wild<R: Real>(which: u8, x: R) -> R {
    match which {
        0 => x.ln(),
        1 => R::from_f64(1.0) / x,
        2 => x.sqrt(),
        3 => x.exp().exp(),
        4 => logit(x),
        _ => x * R::from_f64(f64::NAN),
    }
}

/// One of two branches, where a mask or a value that is no number decides; both are evaluated.
fn choice<R: Real>(mask: bool, which: u8, x: R) -> R {
    let (tame, wild) = (x * x * R::from_f64(0.5), wild(which, x));
    if mask || !wild.to_f64().is_finite() {
        tame
    } else {
        wild
    }
}

proptest! {
    #![proptest_config(cases())]

    /// The gradient of a choice is that of the branch that a mask takes, to the bit, whatever the other one does.
    #[test]
    fn a_mask_is_differentiated_along_its_branches(
        entries in proptest::collection::vec((any::<bool>(), 0..6_u8, prop_oneof![Just(0.0), -9.0..9.0_f64]), 1..9),
    ) {
        let x: Vec<f64> = entries.iter().map(|entry| entry.2).collect();
        let masked = gradient(
            |x| x.iter().zip(&entries).map(|(&x, &(mask, which, _))| choice(mask, which, x)).sum(),
            &x,
        )?;
        for (&found, &(mask, which, x)) in masked.iter().zip(&entries) {
            let tame = mask || !wild(which, x).is_finite();
            let alone = gradient(|x| wild(which, x[0]), &[x])?[0];
            gradus_testkit::same_bits(found, if tame { x } else { alone })?;
        }
    }

    /// Of a maximum over all entries: not negative, of sum one, the same for all that tie.
    #[test]
    fn entries_that_tie_for_the_maximum_share_equally(x in proptest::collection::vec(-2..=2_i32, 1..40)) {
        let x: Vec<f64> = x.into_iter().map(f64::from).collect();
        let tape = Tape::new(&x);
        let y = tape.parameter(0, Shape::new(1, x.len())).max();
        let largest = x.iter().copied().fold(f64::MIN, f64::max);
        prop_assert_eq!(y.value(), largest);
        let gradient = tape.gradient(y)?;
        let ties = x.iter().filter(|&&x| x == largest).count() as f64;
        for (&g, &x) in gradient.iter().zip(&x) {
            prop_assert_eq!(g, if x == largest { 1.0 / ties } else { 0.0 });
        }
        gradus_testkit::within_ulps(gradient.iter().sum(), 1.0, x.len() as u64)?;
    }
}
