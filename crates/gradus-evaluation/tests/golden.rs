//! The metrics against exact fractions and scikit-learn; see `golden/classification.py`.

use gradus_evaluation::{Average, ConfusionMatrix, Measure, ZeroDivision};
use gradus_testkit::golden;

#[test]
fn averages_are_golden() -> Result<(), Box<dyn std::error::Error>> {
    for row in golden::read(include_str!("golden/classification.csv"))? {
        let [seed, n, classes, measure, average] = [0, 1, 2, 3, 4].map(|k| integer(row.inputs[k]));
        let (truth, predicted) = labels(seed, n, classes);
        let matrix = ConfusionMatrix::new(&truth, &predicted, usize::try_from(classes)?)?;
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

/// A small whole number of the table.
fn integer(x: f64) -> u64 {
    (0..10_000_u32)
        .find(|&k| f64::from(k) == x)
        .map_or(0, u64::from)
}

/// Truth and prediction as in the generator script.
fn labels(seed: u64, n: u64, classes: u64) -> (Vec<u32>, Vec<u32>) {
    let mut state = seed;
    let mut draw = |below: u64| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        u32::try_from((state >> 33) % below).unwrap_or(0)
    };
    let mut sample = |_| {
        let y = draw(classes);
        (y, if draw(2) == 0 { y } else { draw(classes) })
    };
    (0..n).map(&mut sample).unzip()
}
