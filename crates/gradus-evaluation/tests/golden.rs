//! The metrics against exact fractions and scikit-learn; see the scripts in `golden/`.

use gradus_evaluation::{
    Average, BinaryScores, Bootstrap, Calibration, ConfusionMatrix, EvaluationError, Key,
    MatrixRef, Measure, Order, Rearrangements, Shape, ZeroDivision, adjusted_mutual_information,
    adjusted_rand_index, area_against_rest, brier_score, explained_variance, hinge_loss, jackknife,
    log_loss, mean_absolute_percentage_error, mean_pinball_loss, mean_tweedie_deviance,
    normalized_mutual_information, permutation_test, r_squared, root_mean_squared_error,
    sign_flip_test, top_k_accuracy,
};
use gradus_testkit::golden;
use std::error::Error;

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
fn metrics_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("golden/metrics.csv"))? {
        let [metric, seed, n, k] = [0, 1, 2, 3].map(|k| integer(row.inputs[k]));
        let value = match metric {
            0..5 => of_matrix(metric, seed.into(), n, k)?,
            5..7 | 19..23 => of_distributions(metric, seed.into(), n, k)?,
            7..11 => of_scores(metric, seed.into(), n, k)?,
            11..16 | 23..27 => of_numbers(metric, seed.into(), n)?,
            _ => of_groupings(metric, seed.into(), n, k)?,
        };
        row.check(value)?;
        rows += 1;
    }
    assert_eq!(rows, 27 * 5);
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

fn of_matrix(metric: u32, seed: u64, n: u32, k: u32) -> Result<f64, Box<dyn Error>> {
    let (truth, predicted) = labels(seed, n, k);
    let matrix = ConfusionMatrix::new(&truth, &predicted, k as usize)?;
    let f_beta = |average| matrix.average(Measure::FBeta(2.0), average, ZeroDivision::Zero);
    Ok(match metric {
        0 => matrix.balanced_accuracy()?,
        1 => f_beta(Average::Macro)?,
        2 => f_beta(Average::Weighted)?,
        3 => matrix.matthews()?,
        _ => matrix.kappa()?,
    })
}

fn of_distributions(metric: u32, seed: u64, n: u32, k: u32) -> Result<f64, Box<dyn Error>> {
    let (mut draw, mut truth, mut values) = (draws(seed), Vec::new(), Vec::new());
    for _ in 0..n {
        truth.push(draw(k));
        let weights: Vec<u32> = (1..k).map(|_| 1 + draw(1024 / k - 1)).collect();
        let last = 1024 - weights.iter().sum::<u32>();
        let all = weights.into_iter().chain([last]);
        values.extend(all.map(|w| f64::from(w) / 1024.0));
    }
    let p = MatrixRef::new(&values, Shape::new(k as usize, n as usize), Order::Columns)?;
    Ok(match metric {
        5 => top_k_accuracy(p, &truth, 2)?,
        19 => area_against_rest(p, &truth, Average::Macro)?,
        20 => area_against_rest(p, &truth, Average::Weighted)?,
        21 => area_against_rest(p, &truth, Average::Micro)?,
        22 => hinge_loss(p, &truth)?,
        _ => log_loss(p, &truth)?,
    })
}

fn of_scores(metric: u32, seed: u64, n: u32, bins: u32) -> Result<f64, Box<dyn Error>> {
    let mut draw = draws(seed);
    let truth: Vec<u32> = (0..n).map(|i| i % 3 / 2).collect();
    let score = |&y: &u32| f64::from(draw(80) + 1 + 15 * y) / 128.0;
    let scores: Vec<f64> = truth.iter().map(score).collect();
    Ok(match metric {
        7 => brier_score(&truth, &scores)?,
        8 => BinaryScores::new(&truth, &scores)?.auc()?,
        9 => BinaryScores::new(&truth, &scores)?.average_precision()?,
        _ => Calibration::new(&truth, &scores, bins as usize)?.expected_error(),
    })
}

fn of_numbers(metric: u32, seed: u64, n: u32) -> Result<f64, Box<dyn Error>> {
    let mut draw = draws(seed);
    let y: Vec<f64> = (0..n).map(|_| f64::from(draw(1000) + 1) / 64.0).collect();
    let error = |y: &f64| y + (f64::from(draw(400)) - 200.0) / 64.0;
    let p: Vec<f64> = y.iter().map(error).collect();
    let positive: Vec<f64> = p.iter().map(|p| p.abs() + 1.0 / 64.0).collect();
    let deviance = |power| mean_tweedie_deviance(&y, &positive, power);
    Ok(match metric {
        23 => deviance(1.0)?,
        24 => deviance(1.5)?,
        25 => deviance(2.0)?,
        26 => deviance(3.0)?,
        11 => root_mean_squared_error(&y, &p)?,
        12 => mean_absolute_percentage_error(&y, &p)?,
        13 => explained_variance(&y, &p)?,
        14 => mean_pinball_loss(&y, &p, 0.75)?,
        _ => r_squared(&y, &p)?,
    })
}

fn of_groupings(metric: u32, seed: u64, n: u32, k: u32) -> Result<f64, Box<dyn Error>> {
    let (u, v) = labels(seed, n, k);
    Ok(match metric {
        16 => normalized_mutual_information(&u, &v)?,
        17 => adjusted_mutual_information(&u, &v)?,
        _ => adjusted_rand_index(&u, &v)?,
    })
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
