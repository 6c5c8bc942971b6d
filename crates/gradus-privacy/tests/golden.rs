//! The accountant against 50 digits; see `golden/privacy.py`.

use gradus_privacy::{
    Ledger, SampledGaussian, exact_epsilon, gaussian_delta, gaussian_epsilon, gaussian_noise,
};
use gradus_testkit::{at_least, at_most, golden};
use std::error::Error;

#[test]
fn divergences_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("golden/renyi.csv"))? {
        let [rate, noise, order] = [0, 1, 2].map(|k| row.inputs[k]);
        row.check(SampledGaussian::new(rate, noise)?.renyi(order)?)?;
        rows += 1;
    }
    assert_eq!(rows, 9 * 7 * 7 + 5 + 5 * 5 * 4);
    Ok(())
}

#[test]
fn ledgers_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("golden/epsilon.csv"))? {
        let [rate, noise, steps, delta] = [0, 1, 2, 3].map(|k| row.inputs[k]);
        let mut ledger = Ledger::with_orders((2..=64).map(f64::from).collect())?;
        let steps = (0..10_001_u32).find(|&k| f64::from(k) == steps);
        let steps = steps.ok_or("steps of the table are whole")?;
        ledger.spend(&SampledGaussian::new(rate, noise)?, steps.into())?;
        let spent = ledger.epsilon(delta)?;
        row.check(spent.epsilon)?;
        assert!(!spent.at_end);
        // More orders, fractions among them, never cost more.
        let mut finer =
            Ledger::with_orders((9..=256).map(|k| f64::from(k) / 4.0).skip(1).collect())?;
        if noise >= 0.8 {
            finer.spend(&SampledGaussian::new(rate, noise)?, steps.into())?;
            assert!(finer.epsilon(delta)?.epsilon <= spent.epsilon * (1.0 + 1e-12));
        }
        rows += 1;
    }
    assert_eq!(rows, 7);
    Ok(())
}

#[test]
fn gaussian_curves_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("golden/gaussian.csv"))? {
        let [kind, a, b] = [0, 1, 2].map(|k| row.inputs[k]);
        row.check(if kind == 0.0 {
            gaussian_delta(a, b)?
        } else if kind == 1.0 {
            gaussian_epsilon(a, b)?
        } else {
            gaussian_noise(a, b)?
        })?;
        rows += 1;
    }
    assert_eq!(rows, 12 + 5 + 7);
    Ok(())
}

/// Between what dp-accounting says at best and at worst, and near the latter, which is the finer estimate.
#[test]
fn exact_epsilons_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("golden/composition.csv"))? {
        let [rate, noise, steps, delta, low] = [0, 1, 2, 3, 4].map(|k| row.inputs[k]);
        let steps = (0..10_001_u32).find(|&k| f64::from(k) == steps);
        let steps = steps.ok_or("steps of the table are whole")?;
        let exact = exact_epsilon(&SampledGaussian::new(rate, noise)?, steps.into(), delta)?;
        at_least(exact, low)?;
        at_most(exact, row.output * (1.0 + 1e-9))?;
        // Its grid of 1e-4 costs it that much of the loss of a step, of which squares add up.
        at_least(exact, row.output - 5e-4)?;
        rows += 1;
    }
    assert_eq!(rows, 7);
    Ok(())
}
