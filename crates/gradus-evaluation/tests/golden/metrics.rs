//! Metrics of all samples, and of the same samples in batches, against scikit-learn; see `metrics.py`.

use super::{draws, integer, labels};
use gradus_evaluation::{
    Average, BatchMean, BinaryScores, Calibration, ConfusionMatrix, Contingency, EvaluationError,
    MatrixRef, Measure, Order, RegressionErrors, Shape, ZeroDivision, accuracy_weighted,
    adjusted_mutual_information, adjusted_rand_index, area_against_rest, brier_score,
    brier_score_weighted, d2_absolute_error, d2_absolute_error_weighted, d2_log_loss,
    d2_log_loss_weighted, d2_pinball, d2_pinball_weighted, d2_tweedie, d2_tweedie_weighted,
    explained_variance, explained_variance_weighted, hinge_loss, hinge_loss_weighted, log_loss,
    log_loss_weighted, mean_absolute_error_weighted, mean_absolute_percentage_error,
    mean_absolute_percentage_error_weighted, mean_pinball_loss, mean_pinball_loss_weighted,
    mean_squared_error_weighted, mean_tweedie_deviance, mean_tweedie_deviance_weighted,
    normalized_mutual_information, one_against_rest, r_squared, r_squared_weighted,
    root_mean_squared_error, root_mean_squared_error_weighted, top_k_accuracy,
};
use gradus_testkit::golden;
use std::error::Error;
use std::ops::Range;

type Answer = Result<f64, Box<dyn Error>>;

#[test]
fn metrics_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("metrics.csv"))? {
        let [metric, seed, n, k] = [0, 1, 2, 3].map(|i| integer(row.inputs[i]));
        row.check(of_all(metric, &Samples::draw(metric, seed, n, k))?)?;
        rows += 1;
    }
    assert_eq!(rows, 49 * 5);
    Ok(())
}

#[test]
fn metrics_of_merged_batches_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("metrics.csv"))? {
        let [metric, seed, n, k] = [0, 1, 2, 3].map(|i| integer(row.inputs[i]));
        let samples = Samples::draw(metric, seed, n, k);
        // uneven batches, the last first
        let (n, third) = (n as usize, n as usize / 3);
        let batches = [third..n, 0..2, 2..third].map(|range| samples.part(range));
        let Some(value) = of_batches(metric, &batches)? else {
            continue;
        };
        gradus_testkit::scaled(value, row.output, 1e-12, row.output.abs().max(1.0))
            .map_err(|e| format!("line {}: {e}", row.line))?;
        rows += 1;
    }
    assert_eq!(rows, 39 * 5);
    Ok(())
}

/// The samples of a row: what its metric compares.
#[derive(Clone, Default)]
struct Samples {
    k: usize,
    labels: Vec<u32>,
    guesses: Vec<u32>,
    distributions: Vec<f64>,
    scores: Vec<f64>,
    truth: Vec<f64>,
    predicted: Vec<f64>,
    weights: Vec<f64>,
}

impl Samples {
    fn draw(metric: u32, seed: u32, n: u32, k: u32) -> Self {
        let mut quarter = draws(u64::from(seed) + 1000);
        let weights = (0..n).map(|_| f64::from(quarter(5)) / 4.0).collect();
        let drawn = match metric {
            0..=4 | 16..=18 | 31 => Self::of_labels(seed, n, k),
            5 | 6 | 19..=22 | 30 | 32 | 34 | 48 => Self::of_distributions(seed, n, k),
            7..=10 | 33 => Self::of_scores(seed, n),
            _ => Self::of_numbers(seed, n, matches!(metric, 23..=27 | 40..=42 | 45)),
        };
        Self {
            k: k as usize,
            weights,
            ..drawn
        }
    }

    fn of_labels(seed: u32, n: u32, k: u32) -> Self {
        let (labels, guesses) = labels(seed.into(), n, k);
        Self {
            labels,
            guesses,
            ..Self::default()
        }
    }

    fn of_distributions(seed: u32, n: u32, k: u32) -> Self {
        let (mut draw, mut drawn) = (draws(seed.into()), Self::default());
        for _ in 0..n {
            drawn.labels.push(draw(k));
            let weights: Vec<u32> = (1..k).map(|_| 1 + draw(1024 / k - 1)).collect();
            let last = 1024 - weights.iter().sum::<u32>();
            let all = weights.into_iter().chain([last]);
            drawn
                .distributions
                .extend(all.map(|w| f64::from(w) / 1024.0));
        }
        drawn
    }

    fn of_scores(seed: u32, n: u32) -> Self {
        let mut draw = draws(seed.into());
        let labels: Vec<u32> = (0..n).map(|i| i % 3 / 2).collect();
        let score = |&y: &u32| f64::from(draw(80) + 1 + 15 * y) / 128.0;
        Self {
            scores: labels.iter().map(score).collect(),
            labels,
            ..Self::default()
        }
    }

    fn of_numbers(seed: u32, n: u32, positive: bool) -> Self {
        let mut draw = draws(seed.into());
        let truth: Vec<f64> = (0..n).map(|_| f64::from(draw(1000) + 1) / 64.0).collect();
        let error = |y: &f64| y + (f64::from(draw(400)) - 200.0) / 64.0;
        let mut predicted: Vec<f64> = truth.iter().map(error).collect();
        if positive {
            predicted = predicted.iter().map(|p| p.abs() + 1.0 / 64.0).collect();
        }
        Self {
            truth,
            predicted,
            ..Self::default()
        }
    }

    /// The samples of one batch.
    fn part(&self, range: Range<usize>) -> Self {
        fn of<T: Copy>(values: &[T], range: Range<usize>) -> Vec<T> {
            values.get(range).map_or(Vec::new(), <[T]>::to_vec)
        }
        let columns = self.k * range.start..self.k * range.end;
        Self {
            k: self.k,
            labels: of(&self.labels, range.clone()),
            guesses: of(&self.guesses, range.clone()),
            distributions: of(&self.distributions, columns),
            scores: of(&self.scores, range.clone()),
            truth: of(&self.truth, range.clone()),
            predicted: of(&self.predicted, range.clone()),
            weights: of(&self.weights, range),
        }
    }

    fn matrix(&self) -> Result<MatrixRef<'_, f64>, Box<dyn Error>> {
        let shape = Shape::new(self.k, self.labels.len());
        Ok(MatrixRef::new(&self.distributions, shape, Order::Columns)?)
    }
}

/// The metric of this number in the script, of all samples.
fn of_all(metric: u32, s: &Samples) -> Answer {
    let (y, p) = (&s.truth, &s.predicted);
    Ok(match metric {
        0..=4 => of_counts(metric, &ConfusionMatrix::new(&s.labels, &s.guesses, s.k)?)?,
        8 | 9 => of_order(metric, &BinaryScores::new(&s.labels, &s.scores)?)?,
        10 => Calibration::new(&s.labels, &s.scores, s.k)?.expected_error(),
        11 => root_mean_squared_error(y, p)?,
        12 => mean_absolute_percentage_error(y, p)?,
        13 => explained_variance(y, p)?,
        15 => r_squared(y, p)?,
        16 => normalized_mutual_information(&s.labels, &s.guesses)?,
        17 => adjusted_mutual_information(&s.labels, &s.guesses)?,
        18 => adjusted_rand_index(&s.labels, &s.guesses)?,
        19 => area_against_rest(s.matrix()?, &s.labels, Average::Macro)?,
        20 => area_against_rest(s.matrix()?, &s.labels, Average::Weighted)?,
        21 => area_against_rest(s.matrix()?, &s.labels, Average::Micro)?,
        27 => d2_tweedie(y, p, 1.5)?,
        28 => d2_pinball(y, p, 0.75)?,
        29 => d2_absolute_error(y, p)?,
        30 => d2_log_loss(s.matrix()?, &s.labels)?,
        36 => root_mean_squared_error_weighted(y, p, &s.weights)?,
        43 => r_squared_weighted(y, p, &s.weights)?,
        44 => explained_variance_weighted(y, p, &s.weights)?,
        45 => d2_tweedie_weighted(y, p, 1.5, &s.weights)?,
        46 => d2_pinball_weighted(y, p, 0.75, &s.weights)?,
        47 => d2_absolute_error_weighted(y, p, &s.weights)?,
        48 => d2_log_loss_weighted(s.matrix()?, &s.labels, &s.weights)?,
        31.. => of_weighted_mean(metric, s)?,
        _ => of_mean(metric, s)?,
    })
}

/// Those that are told by a confusion matrix.
fn of_counts(metric: u32, matrix: &ConfusionMatrix) -> Result<f64, EvaluationError> {
    let f_beta = |average| matrix.average(Measure::FBeta(2.0), average, ZeroDivision::Zero);
    match metric {
        0 => matrix.balanced_accuracy(),
        1 => f_beta(Average::Macro),
        2 => f_beta(Average::Weighted),
        3 => matrix.matthews(),
        _ => matrix.kappa(),
    }
}

/// Those that are told by the order of scores.
fn of_order(metric: u32, scores: &BinaryScores) -> Result<f64, EvaluationError> {
    match metric {
        8 => scores.auc(),
        _ => scores.average_precision(),
    }
}

/// Those that are means over the samples.
fn of_mean(metric: u32, s: &Samples) -> Answer {
    let (y, p) = (&s.truth, &s.predicted);
    Ok(match metric {
        5 => top_k_accuracy(s.matrix()?, &s.labels, 2)?,
        6 => log_loss(s.matrix()?, &s.labels)?,
        7 => brier_score(&s.labels, &s.scores)?,
        14 => mean_pinball_loss(y, p, 0.75)?,
        22 => hinge_loss(s.matrix()?, &s.labels)?,
        _ => mean_tweedie_deviance(y, p, [1.0, 1.5, 2.0, 3.0][metric as usize - 23])?,
    })
}

/// Those that are weighted means over the samples.
fn of_weighted_mean(metric: u32, s: &Samples) -> Answer {
    let (y, p, w) = (&s.truth, &s.predicted, &s.weights);
    Ok(match metric {
        31 => accuracy_weighted(&s.labels, &s.guesses, w)?,
        32 => log_loss_weighted(s.matrix()?, &s.labels, w)?,
        33 => brier_score_weighted(&s.labels, &s.scores, w)?,
        34 => hinge_loss_weighted(s.matrix()?, &s.labels, w)?,
        35 => mean_squared_error_weighted(y, p, w)?,
        37 => mean_absolute_error_weighted(y, p, w)?,
        38 => mean_absolute_percentage_error_weighted(y, p, w)?,
        39 => mean_pinball_loss_weighted(y, p, 0.75, w)?,
        _ => mean_tweedie_deviance_weighted(y, p, [1.0, 1.5, 2.0][metric as usize - 40], w)?,
    })
}

/// The metric of all samples, told from batches; nothing for those that need all samples at once.
fn of_batches(metric: u32, batches: &[Samples]) -> Result<Option<f64>, Box<dyn Error>> {
    Ok(Some(match metric {
        0..=4 => {
            let of = |s: &Samples| ConfusionMatrix::new(&s.labels, &s.guesses, s.k);
            of_counts(metric, &merged(batches, of, ConfusionMatrix::merge)?)?
        }
        8 | 9 => {
            let of = |s: &Samples| BinaryScores::new(&s.labels, &s.scores);
            let merge = |all: &mut BinaryScores, more: &_| {
                all.merge(more);
                Ok(())
            };
            of_order(metric, &merged(batches, of, merge)?)?
        }
        10 => {
            let of = |s: &Samples| Calibration::new(&s.labels, &s.scores, s.k);
            merged(batches, of, Calibration::merge)?.expected_error()
        }
        11..=13 | 15 => of_errors(metric, batches)?,
        16..=18 => {
            let of = |s: &Samples| Contingency::new(&s.labels, &s.guesses);
            let all = merged(batches, of, Contingency::merge)?;
            match metric {
                16 => all.normalized_mutual_information(),
                17 => all.adjusted_mutual_information(),
                _ => all.adjusted_rand_index(),
            }
        }
        19..=21 => of_curves(metric, batches)?,
        27..=30 | 43..=48 => return Ok(None),
        36 => batch_mean(35, batches)?.sqrt(),
        _ => batch_mean(metric, batches)?,
    }))
}

/// What is kept of each batch, merged.
fn merged<A>(
    batches: &[Samples],
    of: impl Fn(&Samples) -> Result<A, EvaluationError>,
    merge: impl Fn(&mut A, &A) -> Result<(), EvaluationError>,
) -> Result<A, EvaluationError> {
    let [first, rest @ ..] = batches else {
        return Err(EvaluationError::Empty);
    };
    let mut all = of(first)?;
    for batch in rest {
        merge(&mut all, &of(batch)?)?;
    }
    Ok(all)
}

fn of_errors(metric: u32, batches: &[Samples]) -> Result<f64, EvaluationError> {
    let of = |s: &Samples| RegressionErrors::new(&s.truth, &s.predicted);
    let merge = |all: &mut RegressionErrors, more: &_| {
        all.merge(more);
        Ok(())
    };
    let all = merged(batches, of, merge)?;
    match metric {
        11 => Ok(all.root_mean_squared_error()),
        12 => all.mean_absolute_percentage_error(),
        13 => all.explained_variance(),
        _ => all.r_squared(),
    }
}

fn batch_mean(metric: u32, batches: &[Samples]) -> Answer {
    let mut all = BatchMean::default();
    for s in batches {
        if metric < 31 {
            all.add(of_mean(metric, s)?, s.weights.len())?;
        } else if s.weights.iter().any(|w| *w > 0.0) {
            all.add_weighted(of_weighted_mean(metric, s)?, &s.weights)?;
        }
    }
    Ok(all.value()?)
}

/// Areas of each class against the rest, their curves merged.
fn of_curves(metric: u32, batches: &[Samples]) -> Answer {
    let mut curves = vec![BinaryScores::default(); batches[0].k];
    let mut counts = vec![0.0; batches[0].k];
    for s in batches {
        for (all, part) in curves
            .iter_mut()
            .zip(one_against_rest(s.matrix()?, &s.labels)?)
        {
            all.merge(&part);
        }
        for &label in &s.labels {
            counts[label as usize] += if metric == 20 { 1.0 } else { 0.0 };
        }
    }
    if metric == 21 {
        let mut all = BinaryScores::default();
        for curve in &curves {
            all.merge(curve);
        }
        return Ok(all.auc()?);
    }
    if metric == 19 {
        counts.fill(1.0);
    }
    let mut sum = 0.0;
    for (curve, count) in curves.iter().zip(&counts) {
        sum += count * curve.auc()?;
    }
    Ok(sum / counts.iter().sum::<f64>())
}
