//! Averages of parameters, and the rate that watches the loss.

use crate::{bits, flat, run, single};
use gradus_optim::{
    Average, Float, Gradient, Lookahead, MeanOfSteps, OptimError, ScaleByPlateau, ScheduleFree, sgd,
};
use gradus_testkit::strategies::vector;
use gradus_testkit::{all_scaled, cases};
use proptest::prelude::*;

fn wave(t: u64, x: &[f64]) -> Vec<f64> {
    x.iter().map(|x| 0.5 * x + (t as f64).sin()).collect()
}

fn largest(x: &[f64]) -> f64 {
    x.iter().fold(1.0, |top, x| x.abs().max(top))
}

/// Whether all averages of parameters that nothing moves are those parameters.
fn stands_still<T: Float>(x: &[T], beta: f64, every: u64, k: u64) -> Result<(), TestCaseError> {
    let alpha = beta;
    let averages = [
        sgd(0.1)?.before(Average { beta })?,
        sgd(0.1)?.before(MeanOfSteps { start: 2, every })?,
        sgd(0.1)?.before(ScheduleFree {
            beta: beta.min(0.99), // beyond, z may leave the range of single precision
        })?,
        sgd(0.1)?.before(Lookahead { every, alpha })?,
    ];
    for optimizer in &averages {
        let (mut state, mut theta) = (optimizer.init(&flat(x.len())?, x)?, x.to_vec());
        let (zero, mut average) = (vec![T::default(); x.len()], theta.clone());
        for _ in 0..k {
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&zero]))?;
            optimizer.evaluate(&state, &theta, &mut average)?;
            prop_assert_eq!(&theta, x, "{:?}", optimizer);
            prop_assert_eq!(&average, x, "{:?}", optimizer);
        }
    }
    Ok(())
}

/// The factor after each loss.
fn factors(plateau: ScaleByPlateau, losses: &[f64]) -> Result<Vec<f64>, OptimError> {
    let optimizer = sgd(0.0)?.after(plateau)?;
    let mut state = optimizer.init(&flat(1)?, &[0.0])?;
    let step = |&loss: &f64| {
        let shards: [&[f64]; 1] = [&[1.0]];
        optimizer.update(
            &mut state,
            &mut [0.0],
            Gradient::sum_of(&shards).with_loss(loss),
        )?;
        state.number("0.factor")
    };
    losses.iter().map(step).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn an_average_does_not_disturb(x in vector(1..20), beta in 0.0..0.999, k in 1..20_u64) {
        let plain = run(&sgd(0.1)?, &x, k, wave)?;
        prop_assert_eq!(bits(&run(&sgd(0.1)?.before(Average { beta })?, &x, k, wave)?), bits(&plain));
    }

    #[test]
    fn an_average_is_the_weighted_mean(x in vector(1..10), beta in 0.0..0.999_f64, k in 1..30_u64) {
        let optimizer = sgd(0.1)?.before(Average { beta })?;
        let (mut state, mut theta) = (optimizer.init(&flat(x.len())?, &x)?, x.clone());
        let (mut sum, mut weight) = (vec![0.0; x.len()], 0.0);
        for t in 1..=k {
            let g = wave(t, &theta);
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            let w = beta.powf((k - t) as f64);
            weight += w;
            sum.iter_mut().zip(&theta).for_each(|(sum, x)| *sum += w * x);
        }
        let mean: Vec<f64> = sum.iter().map(|sum| sum / weight).collect();
        let mut average = vec![0.0; x.len()];
        optimizer.evaluate(&state, &theta, &mut average)?;
        all_scaled(&average, &mean, 1e-12, largest(&x))?;
    }

    #[test]
    fn an_average_of_a_constant_is_that_constant(
        x in vector(1..20), beta in prop_oneof![0.01..0.9999, Just(0.9999), Just(0.999_999)], every in 1..4_u64, k in 1..40_u64,
    ) {
        stands_still(&x, beta, every, k)?;
        stands_still(&single(&x), beta, every, k)?;
    }

    #[test]
    fn lookahead_interpolates_between_starts_and_ends(x in vector(1..20), every in 1..6_u64, alpha in 0.1..0.9, rounds in 1..4_u64) {
        let optimizer = sgd(0.1)?.before(Lookahead { every, alpha })?;
        let theta = run(&optimizer, &x, every * rounds, wave)?;
        let mut phi = x.clone();
        for round in 0..rounds {
            let fast = run(&sgd(0.1)?, &phi, every, |t, x| wave(t + round * every, x))?;
            phi.iter_mut().zip(fast).for_each(|(phi, fast)| *phi = (1.0 - alpha) * *phi + alpha * fast);
        }
        all_scaled(&theta, &phi, 1e-13, largest(&x))?;
    }

    #[test]
    fn schedule_free_evaluates_the_mean_of_its_iterates(x in vector(1..10), beta in 0.1..0.95, k in 1..30_u64) {
        let optimizer = sgd(0.1)?.before(ScheduleFree { beta })?;
        let (mut state, mut theta) = (optimizer.init(&flat(x.len())?, &x)?, x.clone());
        let mut sum = vec![0.0; x.len()];
        for t in 1..=k {
            let g = wave(t, &theta);
            optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[&g]))?;
            sum.iter_mut().zip(state.vector("1.z")?).for_each(|(sum, z)| *sum += z);
        }
        let mean: Vec<f64> = sum.iter().map(|sum| sum / k as f64).collect();
        let mut evaluated = vec![0.0; x.len()];
        optimizer.evaluate(&state, &theta, &mut evaluated)?;
        all_scaled(&evaluated, &mean, 1e-12 / beta, largest(&x))?;
    }

    #[test]
    fn a_falling_loss_shrinks_nothing(steps in 1..50_usize, patience in 0..3_u64, window in 1..4_u64) {
        let losses: Vec<f64> = (0..steps).map(|t| -(t as f64)).collect();
        let factors = factors(ScaleByPlateau { shrink: 0.5, patience, window }, &losses)?;
        prop_assert!(factors.iter().all(|&f| f == 1.0));
    }

    #[test]
    fn a_constant_loss_shrinks_at_its_pace(steps in 1..60_u64, patience in 0..3_u64, window in 1..4_u64) {
        let losses = vec![2.0; usize::try_from(steps)?];
        let factors = factors(ScaleByPlateau { shrink: 0.5, patience, window }, &losses)?;
        let observations = steps / window;
        let reductions = observations.saturating_sub(1) / (patience + 1); // the first one is the best
        let expected = 0.5_f64.powf(reductions as f64);
        prop_assert_eq!(factors.last().copied(), Some(expected));
    }
}

#[test]
fn a_loss_that_is_no_number_refuses_the_step() -> Result<(), OptimError> {
    let plateau = ScaleByPlateau {
        shrink: 0.5,
        patience: 1,
        window: 2,
    };
    let optimizer = sgd(1.0)?.after(plateau)?;
    let mut theta = [0.0];
    let mut state = optimizer.init(&flat(1)?, &theta)?;
    let shards: [&[f64]; 1] = [&[1.0]];
    for loss in [3.0; 7] {
        let before = state.clone();
        let nan = optimizer.update(
            &mut state,
            &mut theta,
            Gradient::sum_of(&shards).with_loss(f64::NAN),
        );
        assert!(matches!(nan, Err(OptimError::BadLoss { .. })));
        let none = optimizer.update(&mut state, &mut theta, Gradient::sum_of(&shards));
        assert_eq!(none, Err(OptimError::NoLoss));
        assert_eq!(state, before);
        optimizer.update(
            &mut state,
            &mut theta,
            Gradient::sum_of(&shards).with_loss(loss),
        )?;
    }
    assert_eq!(theta[0], -5.0 - 0.5 * 2.0); // best at step 2, waited at 4 and 6
    Ok(())
}
