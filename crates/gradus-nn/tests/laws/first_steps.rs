//! What to try first with a network: which rates it can take, and whether it can learn at all.

use super::{cycle, draws, view};
use gradus_losses::{SoftmaxCrossEntropy, SquaredError, Target};
use gradus_nn::layers::{dense, tanh};
use gradus_nn::{
    Dataset, Features, Network, NnError, Output, RateCurve, RateRange, Settings, Training,
    learn_one_batch, rate_range,
};
use gradus_numeric::MatrixRef;
use gradus_optim::{Schedule, adam, sgd};
use gradus_random::Key;
use gradus_testkit::relative;
use proptest::prelude::*;
use std::error::Error;

/// A range test of gradient descent on $`(a w - 1)^2`$, which has curvature $`2 a^2`$.
fn on_a_parabola(a: f64, range: RateRange) -> Result<RateCurve, NnError> {
    let (x, y) = ([a], [1.0]);
    let [x, y] = [&x, &y].map(|row| MatrixRef::from_column(row).transposed());
    let data = Dataset::new(Features::Numbers(x), Target::Values(y))?;
    rate_range(range, &data, |rates| {
        let network = Network::new(1, vec![dense(1)], Output::Identity)?;
        let mut model = network
            .freeze(|name| name == "0.bias")
            .initialize(Key::new(0))?;
        model.set_theta(vec![0.0, 0.0])?;
        let settings = Settings::default();
        Training::new(model, sgd(rates)?, Box::new(SquaredError), settings)
    })
}

proptest! {
    #![proptest_config(gradus_testkit::cases())]

    #[test]
    fn a_range_test_finds_the_stability_bound(log_curvature in -3.0_f64..3.0) {
        let curvature = 10_f64.powf(log_curvature);
        let bound = 2.0 / curvature;
        // Before the bound 20 steps, with rates so small that the error, and with it every loss, stays far above rounding.
        let range = RateRange::new(bound / 100.0, bound * 10.0, 31)?;
        let curve = on_a_parabola((curvature / 2.0).sqrt(), range)?;
        for (step, losses) in curve.losses.windows(2).enumerate() {
            let rate = curve.rates[step];
            if (rate / bound - 1.0).abs() > 1e-9 {
                prop_assert_eq!(losses[1] < losses[0], rate < bound, "rate {} of {}: {:?}", rate, bound, losses);
            }
        }
        // The lowest loss is that before the first step beyond the bound: at most a step of the range away.
        let lowest = curve.lowest(0.0).unwrap_or(f64::NAN);
        let factor = 1000_f64.powf(1.0 / 30.0) * (1.0 + 1e-9);
        prop_assert!(lowest >= bound / factor && lowest <= bound * factor, "{} {}", lowest, bound);
    }

    #[test]
    fn rates_of_a_range_are_geometric(log in -8.0_f64..0.0, decades in 0.1_f64..8.0, steps in 3_u64..200) {
        let (smallest, largest) = (10_f64.powf(log), 10_f64.powf(log + decades));
        let range = RateRange::new(smallest, largest, steps)?;
        // A power errs by its exponent's rounding times the logarithm of its base: below 20 ε here.
        let rounding = 64.0 * f64::EPSILON;
        relative(range.at(0), smallest, rounding)?;
        for t in [steps - 1, steps, u64::MAX] {
            relative(range.at(t), largest, rounding)?;
        }
        for t in 1..steps - 1 {
            relative(range.at(t) / range.at(t - 1), range.at(t + 1) / range.at(t), 2.0 * rounding)?;
        }
    }

    #[test]
    fn a_smoothed_constant_is_that_constant(loss in 1e-3_f64..1e3, beta in 0.0_f64..0.999, n in 1_usize..60) {
        let curve = RateCurve { rates: vec![1.0; n], losses: vec![loss; n] };
        for smooth in curve.smoothed(beta) {
            relative(smooth, loss, 128.0 * f64::EPSILON)?; // two sums of up to 60 terms
        }
        let losses: Vec<f64> = (0..n).map(|i| i as f64).collect();
        let curve = RateCurve { rates: losses.clone(), losses: losses.clone() };
        prop_assert_eq!(curve.smoothed(0.0), losses);
    }
}

#[test]
fn a_range_test_ends_where_the_loss_explodes() -> Result<(), Box<dyn Error>> {
    let curve = on_a_parabola(1.0, RateRange::new(0.3, 1e6, 40)?)?;
    let (last, before) = curve.losses.split_last().ok_or("no step")?;
    let smallest = before.iter().copied().fold(f64::INFINITY, f64::min);
    assert!(
        *last > 4.0 * smallest && before.len() < 20,
        "{}",
        before.len()
    );
    assert_eq!(curve.rates.len(), curve.losses.len());
    // A step so large that it is refused ends the test, too, unless it is the first one.
    let curve = on_a_parabola(1.0, RateRange::new(1.0, 1e300, 2)?)?;
    assert_eq!(curve.losses.len(), 1);
    let refused = on_a_parabola(1.0, RateRange::new(1e299, 1e300, 2)?);
    assert!(matches!(refused, Err(NnError::Optim(_))), "{refused:?}");
    let whole = on_a_parabola(1.0, RateRange::new(1e-3, 1e-2, 7)?)?;
    assert_eq!(whole.losses.len(), 7);
    assert_eq!(whole.steepest(0.0), whole.rates.get(5).copied()); // the loss falls faster and faster
    Ok(())
}

#[test]
fn ranges_that_are_none_are_refused() {
    for (smallest, largest, steps) in [
        (0.0, 1.0, 9),
        (f64::NAN, 1.0, 9),
        (1.0, 1.0, 9),
        (1.0, f64::INFINITY, 9),
        (0.1, 1.0, 1),
    ] {
        let refused = RateRange::new(smallest, largest, steps);
        assert!(matches!(refused, Err(NnError::Domain { .. })));
    }
}

fn learner(batch: usize) -> Result<Training<f64>, NnError> {
    let network = Network::new(3, vec![dense(32), tanh(), dense(4)], Output::Softmax)?;
    let settings = Settings {
        batch,
        shard: 3,
        ..Settings::default()
    };
    let loss = Box::new(SoftmaxCrossEntropy::default());
    Training::new(
        network.initialize(Key::new(1))?,
        adam(0.03)?,
        loss,
        settings,
    )
}

#[test]
fn one_batch_is_learned_by_heart() -> Result<(), Box<dyn Error>> {
    let (x, labels) = (draws(3, 40, 6), cycle(4, 40));
    let data = Dataset::new(Features::Numbers(view(&x)?), Target::Labels(&labels))?;
    let losses = learn_one_batch(&mut learner(8)?, &data, 300)?;
    assert_eq!(losses.len(), 300);
    assert!(
        losses[299] < 0.01 * losses[0],
        "{} {}",
        losses[0],
        losses[299]
    );
    Ok(())
}

#[test]
fn what_cannot_be_learned_stays_above_its_entropy() -> Result<(), Box<dyn Error>> {
    let labels = cycle(4, 8); // two of each of four classes: ln 4
    let x = vec![0.5; 24];
    let x = MatrixRef::new(
        &x,
        gradus_numeric::Shape::new(3, 8),
        gradus_numeric::Order::Columns,
    )?;
    let data = Dataset::new(Features::Numbers(x), Target::Labels(&labels))?;
    let losses = learn_one_batch(&mut learner(8)?, &data, 300)?;
    let entropy = 4_f64.ln();
    assert!(
        losses
            .iter()
            .all(|&loss| loss >= entropy * (1.0 - 8.0 * f64::EPSILON))
    );
    assert!(losses[299] < entropy * (1.0 + 1e-6), "{}", losses[299]); // and it comes that far
    Ok(())
}
