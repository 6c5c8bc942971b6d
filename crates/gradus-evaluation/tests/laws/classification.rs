//! Laws of labels and of the scores that they come from.

use gradus_evaluation::{Average, ConfusionMatrix, Measure, ZeroDivision, accuracy, argmax, hits};
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_testkit::strategies::{labels, structured_vector};
use gradus_testkit::{at_most, cases, relative, same_bits};
use proptest::prelude::*;
use std::iter::zip;

const EPSILON: f64 = f64::EPSILON;

/// Truth, prediction and the number of classes, some of which may not occur.
fn classified() -> impl Strategy<Value = (Vec<u32>, Vec<u32>, usize)> {
    (1..6_u32, 1..60_usize).prop_flat_map(|(classes, n)| {
        let mostly_right = (labels(classes, n), labels(classes, n), labels(3, n));
        mostly_right.prop_map(move |(truth, other, wrong)| {
            let predicted = zip(zip(&truth, &other), &wrong)
                .map(|((&y, &p), &wrong)| if wrong == 0 { p } else { y })
                .collect();
            (truth, predicted, classes as usize)
        })
    })
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn accuracy_is_the_share_of_the_diagonal((truth, predicted, classes) in classified()) {
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        let trace: u64 = (0..classes).map(|c| matrix.count(c, c)).sum();
        prop_assert_eq!(matrix.total(), truth.len() as u64);
        same_bits(accuracy(&truth, &predicted)?, trace as f64 / truth.len() as f64)?;
        same_bits(matrix.accuracy(), accuracy(&truth, &predicted)?)?;
    }

    #[test]
    fn micro_f1_is_accuracy((truth, predicted, classes) in classified()) {
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        // pooled by hand: all right decisions, all predictions, all samples
        let (right, said, real) = (0..classes).fold((0, 0, 0), |(right, said, real), c| {
            (right + matrix.count(c, c), said + matrix.predictions(c), real + matrix.support(c))
        });
        let pooled = [
            (Measure::Precision, right as f64 / said as f64),
            (Measure::Recall, right as f64 / real as f64),
            (Measure::F1, 2.0 * right as f64 / (said + real) as f64),
        ];
        for (measure, by_hand) in pooled {
            let micro = matrix.average(measure, Average::Micro, ZeroDivision::Error)?;
            same_bits(micro, by_hand)?;
            same_bits(micro, accuracy(&truth, &predicted)?)?;
        }
    }

    #[test]
    fn weighted_recall_is_accuracy((truth, predicted, classes) in classified()) {
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        let weighted = matrix.average(Measure::Recall, Average::Weighted, ZeroDivision::Skip)?;
        relative(weighted, matrix.accuracy(), 2.0 * classes as f64 * EPSILON)?;
    }

    #[test]
    fn f1_is_the_harmonic_mean_of_precision_and_recall((truth, predicted, classes) in classified()) {
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        for class in 0..classes {
            let (Ok(p), Ok(r)) = (matrix.precision(class), matrix.recall(class)) else { continue };
            let f1 = matrix.f1(class)?;
            at_most(p.min(r), f1 * (1.0 + 2.0 * EPSILON))?;
            at_most(f1, p.max(r))?;
            if p + r > 0.0 {
                relative(f1, 2.0 * p * r / (p + r), 4.0 * EPSILON)?;
            }
        }
    }

    #[test]
    fn averages_lie_between_the_extremes((truth, predicted, classes) in classified()) {
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        let of = |class| matrix.f1(class).unwrap_or(0.0);
        let smallest = (0..classes).map(of).fold(1.0, f64::min);
        let largest = (0..classes).map(of).fold(0.0, f64::max);
        for average in [Average::Macro, Average::Weighted] {
            let mean = matrix.average(Measure::F1, average, ZeroDivision::Zero)?;
            let rounding = 2.0 * classes as f64 * EPSILON;
            at_most(smallest, mean + rounding)?;
            at_most(mean, largest + rounding)?;
        }
    }

    #[test]
    fn transposing_exchanges_precision_and_recall((truth, predicted, classes) in classified()) {
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        let exchanged = ConfusionMatrix::new(&predicted, &truth, classes)?;
        for i in 0..classes {
            prop_assert_eq!(matrix.precision(i).ok(), exchanged.recall(i).ok());
            prop_assert_eq!(matrix.f1(i).ok(), exchanged.f1(i).ok());
            for j in 0..classes {
                prop_assert_eq!(matrix.count(i, j), exchanged.count(j, i));
            }
        }
    }

    #[test]
    fn renaming_classes_permutes_the_matrix((truth, predicted, classes) in classified(), shift in 0..5_u32) {
        let k = u32::try_from(classes)?;
        let rename = |labels: &[u32]| labels.iter().map(|y| (y + shift) % k).collect::<Vec<_>>();
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        let renamed = ConfusionMatrix::new(&rename(&truth), &rename(&predicted), classes)?;
        for i in 0..classes {
            let name = (i + shift as usize) % classes;
            prop_assert_eq!(matrix.f1(i).ok(), renamed.f1(name).ok());
            prop_assert_eq!(matrix.recall(i).ok(), renamed.recall(name).ok());
        }
        same_bits(matrix.accuracy(), renamed.accuracy())?;
    }

    #[test]
    fn the_order_of_the_samples_does_not_matter((truth, predicted, classes) in classified()) {
        let reversed = |labels: &[u32]| labels.iter().rev().copied().collect::<Vec<_>>();
        let (y, p) = (reversed(&truth), reversed(&predicted));
        prop_assert_eq!(
            ConfusionMatrix::new(&truth, &predicted, classes)?,
            ConfusionMatrix::new(&y, &p, classes)?
        );
        same_bits(accuracy(&truth, &predicted)?, accuracy(&y, &p)?)?;
    }

    #[test]
    fn argmax_is_the_first_largest(scores in structured_vector(1..40), rows in 1..6_usize) {
        let columns = scores.len() / rows;
        let shape = Shape::new(rows, columns);
        for order in [Order::Rows, Order::Columns] {
            let scores = MatrixRef::new(&scores[..rows * columns], shape, order)?;
            let winners = argmax(scores)?;
            prop_assert_eq!(winners.len(), columns);
            for (j, winner) in winners.into_iter().enumerate() {
                let best = scores.get(winner as usize, j);
                for (i, score) in scores.column(j).enumerate() {
                    prop_assert!(Some(score) <= best);
                    prop_assert!(i >= winner as usize || Some(score) < best);
                }
            }
        }
    }

    #[test]
    fn hits_are_the_right_answers_of_argmax(
        scores in structured_vector(1..150),
        rows in 1..5_usize,
        labels in labels(4, 150),
    ) {
        let columns = scores.len() / rows;
        let shape = Shape::new(rows, columns);
        let labels = &labels[..columns];
        for order in [Order::Rows, Order::Columns] {
            let scores = MatrixRef::new(&scores[..rows * columns], shape, order)?;
            let right = zip(argmax(scores)?, labels).filter(|(p, y)| p == *y).count();
            prop_assert_eq!(hits(scores, labels)?, right);
        }
    }
}
