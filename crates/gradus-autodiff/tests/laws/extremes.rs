//! Extreme arguments: where zero meets infinity, where a slope overflows, and where digits could be lost.

use gradus_autodiff::rules::Map;
use gradus_autodiff::{Arena, AutodiffError, Dual, Tape, derivative, gradient, hessian};
use gradus_linalg::nalgebra::DMatrix;
use gradus_numeric::functions::{Abs, Entr, Erf};
use gradus_numeric::{Order, Real, Shape, hypot};
use gradus_testkit::all_relative;
use std::error::Error;

/// A function of several numbers of one type.
type Function<R> = fn(&[R]) -> R;

/// The derivatives by each number, in forward mode.
fn forward<T: Real>(f: Function<Dual<T>>, x: &[T]) -> Vec<T> {
    let along = |i: usize| {
        let seed = |(j, &x): (usize, &T)| {
            if i == j {
                Dual::variable(x)
            } else {
                Dual::constant(x)
            }
        };
        f(&x.iter().enumerate().map(seed).collect::<Vec<_>>()).derivative
    };
    (0..x.len()).map(along).collect()
}

fn root_of_a_clamp<R: Real>(x: &[R]) -> R {
    x[0].clamp(0.0, 1.0).sqrt()
}

#[test]
fn a_zero_slope_absorbs_an_infinite_adjoint() -> Result<(), AutodiffError> {
    assert_eq!(gradient(|x| root_of_a_clamp(x), &[-0.5])?, [0.0]);
    assert_eq!(forward(root_of_a_clamp, &[-0.5]), [0.0]);
    Ok(())
}

#[test]
fn the_entropy_of_a_certain_softmax_has_gradient_zero() -> Result<(), AutodiffError> {
    let mut gradient = [f64::NAN; 2];
    Arena::new().value_and_gradient(&[0.0, -800.0], &mut gradient, |tape| {
        let p = tape.parameter(0, Shape::new(2, 1)).softmax();
        p.apply(&Map(Entr)).sum()
    })?;
    assert_eq!(gradient, [0.0, 0.0]);
    Ok(())
}

fn logarithm_of_a_bounded_reciprocal<R: Real>(x: &[R]) -> R {
    (R::from_f64(1.0) / R::from_f64(1e-20).max(x[0])).ln()
}

#[test]
fn a_bound_that_holds_passes_no_gradient() -> Result<(), AutodiffError> {
    assert_eq!(
        gradient(|x| logarithm_of_a_bounded_reciprocal(x), &[0.0_f32])?,
        [0.0]
    );
    assert_eq!(
        forward(logarithm_of_a_bounded_reciprocal, &[0.0_f32]),
        [0.0]
    );
    Ok(())
}

fn square_of_a_root<R: Real>(x: &[R]) -> R {
    x[0].sqrt().powi(2)
}

fn exponential_of_a_logarithm<R: Real>(x: &[R]) -> R {
    x[0].ln().exp()
}

/// The singularity is removable, but the chain rule cannot see it: both modes decide 0.
#[test]
fn zero_times_infinity_is_zero_in_both_modes() -> Result<(), AutodiffError> {
    assert_eq!(gradient(|x| square_of_a_root(x), &[0.0])?, [0.0]);
    assert_eq!(forward(square_of_a_root, &[0.0]), [0.0]);
    assert_eq!(gradient(|x| exponential_of_a_logarithm(x), &[0.0])?, [0.0]);
    assert_eq!(forward(exponential_of_a_logarithm, &[0.0]), [0.0]);
    Ok(())
}

fn share<R: Real>(x: &[R]) -> R {
    x[0].exp() / (x[0].exp() + x[1].exp())
}

/// Numerator and denominator are subnormal, so the reciprocal of either is infinite. They have some 40 binary
/// digits left (19 in single precision), and so has the gradient.
#[test]
fn the_gradient_of_a_quotient_of_tiny_numbers_is_exact() -> Result<(), Box<dyn Error>> {
    let widened = |x: Vec<f32>| x.into_iter().map(f64::from).collect::<Vec<_>>();
    let quarters = [0.25, -0.25];
    for slopes in [
        gradient(|x| share(x), &[-720.0, -720.0])?,
        forward(share, &[-720.0, -720.0]),
    ] {
        all_relative(&slopes, &quarters, 2.0_f64.powi(-34))?;
    }
    for slopes in [
        gradient(|x| share(x), &[-90.0, -90.0])?,
        forward(share, &[-90.0, -90.0]),
    ] {
        all_relative(&widened(slopes), &quarters, 2.0_f64.powi(-18))?;
    }
    Ok(())
}

#[test]
fn the_mean_of_a_million_equal_numbers_is_that_number() {
    let theta = vec![0.1_f32; 1_000_000];
    let tape = Tape::new(&theta);
    let x = tape.parameter(0, Shape::new(1000, 1000));
    assert!((x.mean().value() - 0.1).abs() <= 1e-7 * 0.1);
    assert!((x.sum().value() - 1e5).abs() <= 1e-7 * 1e5);
    let squares = 1e6 * f64::from(0.1_f32).powi(2);
    assert!((f64::from(x.squared_sum().value()) - squares).abs() <= 1e-7 * squares);
}

/// Each of `n` samples gives 0.1 to the bias, in both storage orders.
#[test]
fn the_gradient_of_a_bias_over_millions_of_samples_keeps_its_digits() -> Result<(), AutodiffError> {
    let samples = 4_000_000;
    for order in [Order::Rows, Order::Columns] {
        let mut gradient = [f32::NAN; 2];
        Arena::new().value_and_gradient(&[0.0, 0.0], &mut gradient, |tape| {
            let x = tape.constant(Shape::new(2, samples), order, |x| x.fill(0.0));
            x.add_column(tape.parameter(0, Shape::new(2, 1)))
                .scale(0.1)
                .sum()
        })?;
        let exact = samples as f64 * f64::from(0.1_f32);
        for g in gradient {
            assert!(
                (f64::from(g) - exact).abs() <= 1e-7 * exact,
                "{order:?}: {g}"
            );
        }
    }
    Ok(())
}

#[test]
fn the_softmax_of_many_equal_scores_sums_to_one() -> Result<(), AutodiffError> {
    let scores = vec![0.0_f32; 1 << 25];
    let tape = Tape::new(&scores);
    let y = tape.parameter(0, Shape::new(1 << 25, 1)).softmax();
    assert_eq!(y.with(|y| y.get(0, 0))?, Some(1.0 / (1_u32 << 25) as f32));
    Ok(())
}

#[test]
fn squares_of_lengths_bend_at_the_origin() -> Result<(), AutodiffError> {
    let two = DMatrix::from_diagonal_element(2, 2, 2.0);
    assert_eq!(hessian(|x| hypot(x[0], x[1]).powi(2), &[0.0, 0.0])?, two);
    assert_eq!(
        hessian(|x| hypot(x[0], x[1]) * hypot(x[0], x[1]), &[0.0, 0.0])?,
        two
    );
    assert_eq!(hessian(|x| x[0].abs().powi(2), &[0.0])?[(0, 0)], 2.0);
    assert_eq!(
        derivative(|x| derivative(|x| x.apply(Abs).powi(2), x), 0.0),
        2.0
    );
    Ok(())
}

/// The square overflows, but the slope of the exponential function is 0 there and absorbs it.
#[test]
fn the_bend_of_erf_vanishes_far_out() {
    for x in [1e308, -1e308, 1e200, f64::MAX] {
        assert_eq!(derivative(|x| derivative(|x| x.apply(Erf), x), x), 0.0);
    }
}
