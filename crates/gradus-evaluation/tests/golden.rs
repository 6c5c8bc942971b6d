//! The metrics against exact fractions and scikit-learn; see the scripts in `golden/`.

use gradus_evaluation::{
    Average, Bootstrap, ConfusionMatrix, EvaluationError, Key, Measure, Rearrangements,
    ZeroDivision, jackknife, permutation_test, sign_flip_test,
};
use gradus_testkit::golden;
use std::error::Error;

#[path = "golden/metrics.rs"]
mod metrics;

#[test]
fn averages_are_golden() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/classification.csv"))? {
        let [seed, n, classes, measure, average] = [0, 1, 2, 3, 4].map(|k| integer(row.inputs[k]));
        let (truth, predicted) = labels(seed.into(), n, classes);
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes as usize)?;
        let measure = match measure {
            0 => Measure::Precision,
            1 => Measure::Recall,
            _ => Measure::F1,
        };
        let average = match average {
            0 => Average::Macro,
            1 => Average::Weighted,
            _ => Average::Micro,
        };
        row.check(matrix.average(measure, average, ZeroDivision::Zero)?)?;
    }
    Ok(())
}

#[test]
fn intervals_and_tests_are_golden() -> Result<(), Box<dyn Error>> {
    for row in golden::read(include_str!("golden/validation.csv"))? {
        let [kind, seed, n] = [0, 1, 2].map(|k| integer(row.inputs[k]));
        row.check(match kind {
            0..3 => of_resamples(kind, seed.into(), n, row.inputs[3])?,
            _ => of_rearrangements(kind, seed.into(), n, integer(row.inputs[3]))?,
        })?;
    }
    Ok(())
}

/// A whole number below a bound, less a shift.
fn shifted(draw: &mut impl FnMut(u32) -> u32, below: u32, shift: u32) -> f64 {
    f64::from(draw(below)) - f64::from(shift)
}

fn of_resamples(kind: u32, seed: u64, n: u32, level: f64) -> Result<f64, Box<dyn Error>> {
    let mut draw = draws(seed);
    let x: Vec<f64> = (0..n).map(|_| shifted(&mut draw, 20, 7)).collect();
    let squares = |part: &[u32]| -> Result<f64, EvaluationError> {
        Ok(part.iter().map(|&i| x[i as usize].powi(2)).sum())
    };
    let all: Vec<u32> = (0..n).collect();
    let mut resample = |_| squares(&all.iter().map(|_| draw(n)).collect::<Vec<_>>());
    let replicates = (0..200).map(&mut resample).collect::<Result<_, _>>()?;
    let (bootstrap, jackknife) = (
        Bootstrap::new(squares(&all)?, replicates)?,
        jackknife(n, squares)?,
    );
    let interval = bootstrap.bca(level, &jackknife)?;
    Ok([jackknife.acceleration(), interval.low, interval.high][kind as usize])
}

fn of_rearrangements(kind: u32, seed: u64, n: u32, m: u32) -> Result<f64, Box<dyn Error>> {
    let mut draw = draws(seed);
    let how = Rearrangements {
        limit: 10_000,
        tie: 1e-12,
        key: Key::new(1),
    };
    if kind == 4 {
        let x: Vec<f64> = (0..n).map(|_| shifted(&mut draw, 30, 11)).collect();
        return Ok(sign_flip_test(&x, how, |x| x.iter().sum())?.p_value);
    }
    let pool: Vec<f64> = (0..n + m).map(|_| draw(30).into()).collect();
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let (x, y) = pool.split_at(n as usize);
    Ok(permutation_test(x, y, how, |x, y| (mean(x) - mean(y)).abs())?.p_value)
}

/// A small whole number of the table.
fn integer(x: f64) -> u32 {
    (0..10_000).find(|&k| f64::from(k) == x).unwrap_or(0)
}

/// Numbers as in the generator scripts.
fn draws(seed: u64) -> impl FnMut(u32) -> u32 {
    let mut state = seed;
    move |below| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        u32::try_from((state >> 33) % u64::from(below)).unwrap_or(0)
    }
}

/// Truth and prediction as in the generator scripts.
fn labels(seed: u64, n: u32, classes: u32) -> (Vec<u32>, Vec<u32>) {
    let mut draw = draws(seed);
    let sample = |_| {
        let y = draw(classes);
        (y, if draw(2) == 0 { y } else { draw(classes) })
    };
    (0..n).map(sample).unzip()
}
