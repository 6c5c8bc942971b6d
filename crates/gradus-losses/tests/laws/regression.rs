//! The theorems of the losses of numbers.

use crate::{Batch, EPSILON, Truth, sample};
use gradus_losses::{
    AbsoluteError, AbsolutePercentageError, Cauchy, Gaussian, GaussianMean, Huber, LogCosh,
    LogFactorial, Loss, LossError, MatrixMut, MatrixRef, Order, Pinball, Poisson, Rate, Shape,
    SmoothL1, SquaredError, SquaredLogarithmicError, Target, Tukey, Tweedie, Weights,
};
use gradus_numeric::{ln_gamma, logaddexp};
use gradus_testkit::strategies::vector;
use gradus_testkit::{at_most, cases, gradient, relative, same_bits, scaled, within_ulps};
use proptest::prelude::*;

/// Value and slope of one number.
fn of(loss: &dyn Loss<f64>, p: f64, y: f64) -> Result<(f64, f64), LossError> {
    let (value, slopes) = sample(&[p], Truth::Columns(vec![y])).sum(loss)?;
    Ok((value, slopes[0]))
}

/// The loss of one constant for all targets.
fn of_constant(loss: &dyn Loss<f64>, c: f64, y: &[f64]) -> Result<f64, LossError> {
    let batch = Batch::new(
        Shape::new(1, y.len()),
        vec![c; y.len()],
        Truth::Columns(y.to_vec()),
    );
    Ok(batch.sum(loss)?.0)
}

fn mean(y: &[f64]) -> f64 {
    y.iter().sum::<f64>() / y.len() as f64
}

/// From Poisson to gamma, and beside both, where the closed form divides by nearly 0.
fn any_power() -> impl Strategy<Value = f64> {
    let near = (-15..-2_i32).prop_map(|e| 10_f64.powi(e));
    let beside = near.prop_flat_map(|h| prop_oneof![Just(1.0 + h), Just(2.0 - h)]);
    prop_oneof![Just(1.0), 1.0..2.0_f64, Just(2.0), beside]
}

/// Whole numbers, small ones and large ones, and some between.
fn counts() -> impl Strategy<Value = f64> {
    prop_oneof![(0..30_u32).prop_map(f64::from), Just(1e6), 0.01..20.0_f64]
}

const FACTORIALS: [LogFactorial; 3] = [
    LogFactorial::LeftOut,
    LogFactorial::Stirling,
    LogFactorial::Exact,
];

fn positives() -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(0.1..20.0_f64, 1..20)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn huber_lies_between_square_and_absolute_value(p in -1e3..1e3, y in -1e3..1e3, delta in 0.01..100.0) {
        let huber = of(&Huber { delta }, p, y)?;
        let (square, absolute) = (of(&SquaredError, p, y)?, of(&AbsoluteError, p, y)?);
        if absolute.0 <= delta {
            within_ulps(huber.0, 0.5 * square.0, 1)?;
            within_ulps(huber.1, 0.5 * square.1, 0)?;
        } else {
            relative(huber.0, delta * (absolute.0 - 0.5 * delta), 4.0 * EPSILON)?;
            within_ulps(huber.1, delta * absolute.1, 0)?;
        }
    }

    #[test]
    fn smooth_l1_is_a_scaled_huber(p in -10.0..10.0, y in -10.0..10.0, beta in 0.01..5.0) {
        let (smooth, huber) = (of(&SmoothL1 { beta }, p, y)?, of(&Huber { delta: beta }, p, y)?);
        scaled(smooth.0 * beta, huber.0, 8.0 * EPSILON, huber.0.max(1e-300))?;
        scaled(smooth.1 * beta, huber.1, 4.0 * EPSILON, beta)?;
    }

    #[test]
    fn smooth_l1_is_near_the_absolute_error(p in -10.0..10.0, y in -10.0..10.0, beta in 0.01..5.0) {
        let less = of(&AbsoluteError, p, y)?.0 - of(&SmoothL1 { beta }, p, y)?.0;
        prop_assert!((-1e-14..=0.5 * beta + 1e-14).contains(&less));
    }

    #[test]
    fn huber_is_a_moreau_envelope(e in -10.0..10.0_f64, delta in 0.01..5.0, x in -10.0..10.0_f64) {
        let huber = of(&Huber { delta }, e, 0.0)?.0;
        let envelope = |x: f64| 0.5 * (e - x).powi(2) + delta * x.abs();
        at_most(huber, envelope(x) + 1e-13)?;
        let best = (e.abs() - delta).max(0.0) * e.signum(); // the soft threshold
        scaled(huber, envelope(best), 1e-13, 1.0 + envelope(best))?;
    }

    #[test]
    fn log_cosh_lies_between_its_limits(e in prop_oneof![-1e6..1e6, -2.0..2.0_f64, -1e-6..1e-6]) {
        let (value, slope) = of(&LogCosh, e, 0.0)?;
        at_most(value, (0.5 * e * e).min(e.abs()) * (1.0 + 4.0 * EPSILON))?;
        at_most(e.abs() - std::f64::consts::LN_2, value + 4.0 * EPSILON * e.abs())?;
        at_most(slope.abs(), e.abs().min(1.0))?;
        if e.abs() < 1e-3 {
            relative(value, 0.5 * e * e, e * e)?; // the next term is −e⁴/12
        }
    }

    #[test]
    fn a_quantile_minimizes_the_pinball_loss(mut y in vector(1..15), c in -100.0..100.0, quantile in 0.01..0.99_f64) {
        let n = y.len();
        y.sort_by(f64::total_cmp);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "an index below n")]
        let at = ((n as f64 * quantile).ceil() as usize).clamp(1, n) - 1;
        let loss = Pinball { quantile };
        let (best, other) = (of_constant(&loss, y[at], &y)?, of_constant(&loss, c, &y)?);
        at_most(best, other * (1.0 + 4.0 * n as f64 * EPSILON))?;
    }

    #[test]
    fn the_pinball_loss_is_reflected(p in -10.0..10.0_f64, y in -10.0..10.0_f64, k in 1..64) {
        let quantile = f64::from(k) / 64.0; // 1 − τ is exact
        let (one, other) = (of(&Pinball { quantile }, p, y)?, of(&Pinball { quantile: 1.0 - quantile }, -p, -y)?);
        prop_assert_eq!((one.0, one.1), (other.0, -other.1));
    }

    #[test]
    fn the_squared_logarithmic_error_is_that_of_the_logarithms(p in -0.9..1e4, y in -0.9..1e4_f64) {
        let value = of(&SquaredLogarithmicError, p, y)?.0;
        let logarithms = of(&SquaredError, f64::ln_1p(p), f64::ln_1p(y))?.0;
        scaled(value.sqrt(), logarithms.sqrt(), 4.0 * EPSILON, 1.0 + f64::ln_1p(p.max(y)))?;
    }

    #[test]
    fn the_percentage_error_has_no_unit(p in -1e3..1e3, y in 0.1..1e3, k in -30..30) {
        let c = 2_f64.powi(k);
        prop_assert_eq!(of(&AbsolutePercentageError, c * p, c * y)?.0, of(&AbsolutePercentageError, p, y)?.0);
    }

    #[test]
    fn robust_losses_bound_their_pull(e in prop_oneof![-1e9..1e9, -10.0..10.0, -1e-6..1e-6, Just(1e300), Just(-1e300)], scale in 0.1..10.0) {
        let (cauchy, tukey) = (of(&Cauchy { scale }, e, 0.0)?, of(&Tukey { scale }, e, 0.0)?);
        let room = 1.0 + 8.0 * EPSILON;
        at_most(cauchy.0, 0.5 * e * e * room)?;
        at_most(cauchy.1.abs(), 0.5 * scale * room)?;
        at_most(tukey.0, (0.5 * e * e).min(scale * scale / 6.0) * room)?;
        prop_assert!(cauchy.0.is_finite() && tukey.0.is_finite());
        if e.abs() > scale {
            prop_assert_eq!(tukey.1, 0.0);
            if e.abs() < 1e150 {
                relative(cauchy.0, scale * scale * 0.5 * (e / scale).powi(2).ln_1p(), 1e-13)?;
            }
        }
    }

    #[test]
    fn the_tweedie_deviance_is_homogeneous(mu in 0.1..20.0, y in 0.1..20.0, power in any_power(), c in 0.1..10.0_f64) {
        let (one, other) = (of(&Tweedie { power }, mu, y)?.0, of(&Tweedie { power }, c * mu, c * y)?.0);
        let near = (mu - y).abs() / mu.min(y); // roundings of c μ and c y are as large as that in their difference
        relative(other, c.powf(2.0 - power) * one, 64.0 * EPSILON * (1.0 + 1.0 / near))?;
    }

    #[test]
    fn the_mean_minimizes_a_deviance(y in positives(), c in 0.1..20.0, power in any_power()) {
        let loss = Tweedie { power };
        let (best, other) = (of_constant(&loss, mean(&y), &y)?, of_constant(&loss, c, &y)?);
        at_most(best, other + 1e-13 * y.len() as f64)?;
    }

    #[test]
    fn the_tweedie_deviance_is_continuous_in_its_power(mu in 0.5..5.0, y in 0.5..5.0) {
        let of = |power| of(&Tweedie { power }, mu, y).map(|(value, _)| value);
        for h in [1e-6, 1e-9, 1e-12] {
            relative(of(1.0 + h)?, of(1.0)?, 2.0 * h + 1e-14)?; // ln 5 < 2
            relative(of(2.0 - h)?, of(2.0)?, 2.0 * h + 1e-14)?;
        }
    }

    #[test]
    fn the_tweedie_deviance_keeps_its_digits_near_the_target(mu in 1e-3..1e3_f64, e in -15.0..-3.0_f64, power in any_power()) {
        let y = mu * (1.0 + 10_f64.powf(e));
        let d = y - mu; // exact
        // the binomial series of t^{−p}, integrated term by term
        let (mut sum, mut term) = (0.0, 1.0);
        for k in 0..8_u32 {
            sum += term / f64::from((k + 1) * (k + 2));
            term *= -(power + f64::from(k)) / f64::from(k + 1) * d / mu;
        }
        let (value, slope) = of(&Tweedie { power }, mu, y)?;
        relative(value, 2.0 * d * d * mu.powf(-power) * sum, 32.0 * EPSILON)?;
        relative(slope, -2.0 * d * mu.powf(-power), 8.0 * EPSILON)?;
    }

    #[test]
    fn the_tweedie_deviance_of_extreme_means_is_finite(e in -150.0..150.0_f64, power in any_power(), factor in 0.1..10.0_f64) {
        // homogeneous, also where a power of the mean overflows alone
        let (one, c) = (of(&Tweedie { power }, 1.0, factor)?, 10_f64.powf(2.0 * e));
        let (value, slope) = of(&Tweedie { power }, c, factor * c)?;
        let size = 1.0 + 1.0 / (factor - 1.0).abs();
        scaled(value / c.powf(2.0 - power), one.0, 64.0 * EPSILON * size, one.0)?;
        scaled(slope / c.powf(1.0 - power), one.1, 8.0 * EPSILON * size, one.1.abs())?;
    }

    #[test]
    fn poisson_is_half_a_deviance(z in -3.0..3.0_f64, other in -3.0..3.0_f64, y in 0.0..20.0) {
        // Both leave something out that does not depend on the prediction: differences agree.
        let ours = of(&Poisson::default(), z, y)?.0 - of(&Poisson::default(), other, y)?.0;
        let deviance = Tweedie { power: 1.0 };
        let theirs = of(&deviance, z.exp(), y)?.0 - of(&deviance, other.exp(), y)?.0;
        scaled(2.0 * ours, theirs, 1e-13, 100.0)?;
    }

    #[test]
    fn the_best_rate_is_the_mean(y in positives(), c in -3.0..3.0) {
        at_most(of_constant(&Poisson::default(), mean(&y).ln(), &y)?, of_constant(&Poisson::default(), c, &y)? + 1e-10)?;
    }

    #[test]
    fn a_rate_and_its_logarithm_cost_the_same(ln_rate in -5.0..5.0_f64, y in counts()) {
        for factorial in FACTORIALS {
            let log = of(&Poisson { rate: Rate::Logarithm, factorial }, ln_rate, y)?;
            let plain = of(&Poisson { rate: Rate::Plain, factorial }, ln_rate.exp(), y)?;
            // the rounding of a rate is worth |λ − y| ε, and terms are as large as y ln y
            let size = ln_rate.exp() + y * (1.0 + ln_rate.abs() + y.max(1.0).ln());
            scaled(log.0, plain.0, 8.0 * EPSILON, size)?;
            scaled(log.1, plain.1 * ln_rate.exp(), 8.0 * EPSILON, size)?;
        }
    }

    #[test]
    fn factorials_of_counts_change_no_slope(rate in 0.1..50.0_f64, y in counts()) {
        for logarithm_or_plain in [Rate::Logarithm, Rate::Plain] {
            let [short, stirling, exact] =
                FACTORIALS.map(|factorial| of(&Poisson { rate: logarithm_or_plain, factorial }, rate, y));
            let (short, stirling, exact) = (short?, stirling?, exact?);
            same_bits(short.1, stirling.1)?;
            same_bits(short.1, exact.1)?;
            // What is added does not see the prediction, and Stirling's formula is too small: 1/(12 y + 1) < δ(y) < 1/(12 y).
            let size = EPSILON * (8.0 * short.0.abs() + rate.exp().min(1e22) + y * (rate + y.max(1.0).ln()));
            scaled(exact.0 - short.0, ln_gamma(y + 1.0), 1.0, 16.0 * size)?;
            if y > 1.0 {
                at_most(stirling.0 + 1.0 / (12.0 * y + 1.0), exact.0 + 16.0 * size)?;
                at_most(exact.0, stirling.0 + 1.0 / (12.0 * y) + 16.0 * size)?;
            } else {
                same_bits(stirling.0, short.0)?;
            }
        }
    }

    #[test]
    fn a_known_variance_is_a_predicted_one(mean in -9.0..9.0_f64, y in -9.0..9.0_f64, s in -5.0..5.0_f64) {
        let known = of(&GaussianMean { variance: s.exp() }, mean, y)?;
        let predicted = gaussian(&[mean, s], &[y])?;
        let size = 10.0 + (mean - y).powi(2) * (-s).exp();
        scaled(known.0, predicted.0, 8.0 * EPSILON, size)?;
        relative(known.1, predicted.1[0], 8.0 * EPSILON)?;
    }

    #[test]
    fn a_variance_of_one_half_is_the_squared_error(mean in -9.0..9.0_f64, y in -9.0..9.0_f64) {
        let (half, square) = (of(&GaussianMean { variance: 0.5 }, mean, y)?, of(&SquaredError, mean, y)?);
        relative(half.0, square.0 + 0.5 * std::f64::consts::PI.ln(), 8.0 * EPSILON)?;
        same_bits(half.1, square.1)?;
    }

    #[test]
    fn the_smallest_variance_bounds_the_gaussian_loss(
        e in prop_oneof![Just(0.0), -9.0..9.0_f64],
        s in prop_oneof![-9.0..9.0, Just(-800.0), Just(800.0), Just(f64::NEG_INFINITY)],
        smallest_variance in 1e-6..10.0_f64,
    ) {
        let of = |smallest_variance| one_gaussian(Gaussian { smallest_variance }, &[e, s], &[0.0]);
        let (value, slopes) = of(smallest_variance)?;
        at_most(0.5 * (2.0 * std::f64::consts::PI * smallest_variance).ln(), value + 8.0 * EPSILON * (1.0 + value.abs()))?;
        prop_assert!(slopes.iter().all(|slope| slope.is_finite()));
        // It is the loss without a bound at the variance v₀ + eˢ, and bends the slope by the share of eˢ.
        let ln_variance = logaddexp(s, smallest_variance.ln());
        let (unbounded, straight) = one_gaussian(Gaussian::default(), &[e, ln_variance], &[0.0])?;
        same_bits(value, unbounded)?;
        same_bits(slopes[0], straight[0])?;
        scaled(slopes[1], straight[1] * (s - ln_variance).exp(), 4.0 * EPSILON, 1.0 + straight[1].abs())?;
        // A bound of 0 is none.
        prop_assert!(of(0.0)?.0.to_bits() == one_gaussian(Gaussian::default(), &[e, s], &[0.0])?.0.to_bits());
    }

    #[test]
    fn the_gaussian_loss_is_a_density(mean in -5.0..5.0_f64, s in -3.0..3.0_f64, y in -5.0..5.0_f64) {
        let value = gaussian(&[mean, s], &[y])?.0;
        let variance = s.exp();
        let density = (-(y - mean).powi(2) / (2.0 * variance)).exp() / (2.0 * std::f64::consts::PI * variance).sqrt();
        scaled(value, -density.ln(), 1e-12, 1.0 + value.abs())?;
    }

    #[test]
    fn the_best_variance_is_the_squared_error(e in 0.01..10.0_f64, s in -9.0..9.0) {
        let best = gaussian(&[e, (e * e).ln()], &[0.0])?;
        at_most(best.0, gaussian(&[e, s], &[0.0])?.0 + 1e-13)?;
        scaled(best.1[1], 0.0, 1e-14, 1.0)?;
    }

    #[test]
    fn gaussian_gradients_are_derivatives(m in 1..4_usize, x in prop::collection::vec(-2.0..2.0_f64, 12)) {
        let (prediction, target) = (&x[..2 * m], &x[8..8 + m]);
        for smallest_variance in [0.0, 0.5] {
            let loss = Gaussian { smallest_variance };
            gradient::check(|x| one_gaussian(loss, x, target).unwrap_or_default(), prediction)?;
        }
    }
}

/// Value and gradient of one sample with means and log-variances.
fn gaussian(prediction: &[f64], target: &[f64]) -> Result<(f64, Vec<f64>), LossError> {
    one_gaussian(Gaussian::default(), prediction, target)
}

fn one_gaussian(
    loss: Gaussian,
    prediction: &[f64],
    target: &[f64],
) -> Result<(f64, Vec<f64>), LossError> {
    let shape = Shape::new(prediction.len(), 1);
    let mut memory = vec![f64::NAN; prediction.len()];
    let memory_view =
        MatrixMut::new(&mut memory, shape, Order::Rows).map_err(|_| LossError::EmptyBatch)?;
    let target = Target::Values(MatrixRef::from_column(target));
    let prediction = MatrixRef::from_column(prediction);
    let value = loss.value_and_gradient(prediction, target, Weights::Equal, 1.0, memory_view)?;
    Ok((value, memory))
}

#[test]
fn gaussian_samples_of_both_orders_give_the_same_bits() -> Result<(), Box<dyn std::error::Error>> {
    // 37 samples of two outputs: two whole blocks and a part of one.
    let (shape, of_target) = (Shape::new(4, 37), Shape::new(2, 37));
    let number = |i: usize, j: usize| ((7 * i + 3 * j) % 11) as f64 / 4.0 - 1.0;
    let by = |rows: usize, order| -> Vec<f64> {
        (0..rows * 37)
            .map(|at| match order {
                Order::Rows => number(at / 37, at % 37),
                Order::Columns => number(at % rows, at / rows),
            })
            .collect()
    };
    let run = |order| -> Result<(f64, Vec<f64>), Box<dyn std::error::Error>> {
        let (prediction, target) = (by(4, order), by(2, order));
        let mut memory = vec![0.0; 4 * 37];
        let value = Gaussian::default().value_and_gradient(
            MatrixRef::new(&prediction, shape, order)?,
            Target::Values(MatrixRef::new(&target, of_target, order)?),
            Weights::Equal,
            37.0,
            MatrixMut::new(&mut memory, shape, order)?,
        )?;
        Ok((value, memory))
    };
    let ((one, rows), (other, columns)) = (run(Order::Rows)?, run(Order::Columns)?);
    assert_eq!(one.to_bits(), other.to_bits());
    for (at, g) in rows.iter().enumerate() {
        assert_eq!(g.to_bits(), columns[(at % 37) * 4 + at / 37].to_bits());
    }
    Ok(())
}

#[test]
fn settings_and_domains_are_checked() {
    let refused = |loss: &dyn Loss<f64>, p: f64, y: f64| of(loss, p, y).is_err();
    for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(
            refused(&Huber { delta: bad }, 1.0, 1.0) && refused(&SmoothL1 { beta: bad }, 1.0, 1.0)
        );
        assert!(
            refused(&Cauchy { scale: bad }, 1.0, 1.0) && refused(&Tukey { scale: bad }, 1.0, 1.0)
        );
        assert!(
            refused(&Pinball { quantile: bad }, 1.0, 1.0)
                && refused(&Tweedie { power: bad }, 1.0, 1.0)
        );
    }
    assert!(refused(&Pinball { quantile: 1.0 }, 1.0, 1.0));
    for variance in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(refused(&GaussianMean { variance }, 1.0, 1.0));
    }
    for smallest_variance in [-1.0, f64::NAN, f64::INFINITY] {
        let loss = Gaussian { smallest_variance };
        assert!(matches!(
            one_gaussian(loss, &[1.0, 0.0], &[1.0]),
            Err(LossError::OutsideInterval { .. })
        ));
    }
    assert!(
        refused(&SquaredLogarithmicError, -1.0, 1.0)
            && refused(&SquaredLogarithmicError, 1.0, -1.0)
    );
    assert!(refused(&AbsolutePercentageError, 1.0, 0.0) && refused(&Poisson::default(), 1.0, -1.0));
    assert!(
        refused(&Tweedie { power: 2.0 }, 1.0, 0.0) && refused(&Tweedie { power: 1.0 }, 0.0, 1.0)
    );
    assert!(!refused(&Tweedie { power: 1.0 }, 1.0, 0.0));
    assert!(matches!(
        gaussian(&[1.0], &[1.0]),
        Err(LossError::TwoRowsPerOutput { .. })
    ));
}
