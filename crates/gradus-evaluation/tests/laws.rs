//! The theorems of evaluation, as properties.

use gradus_evaluation::{
    Average, ConfusionMatrix, Fractions, Measure, Split, ZeroDivision, accuracy, argmax, folds,
    hits, mean_absolute_error, mean_squared_error, r_squared, split, stratified_split,
};
use gradus_numeric::{MatrixRef, Order, Shape};
use gradus_random::Key;
use gradus_testkit::strategies::{finite, labels, structured_vector, vector};
use gradus_testkit::{at_most, cases, relative, same_bits, scaled};
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

fn fractions() -> impl Strategy<Value = Fractions> {
    let tenths = (0..5_u32, 0..5_u32);
    tenths.prop_map(|(validation, test)| Fractions {
        validation: f64::from(validation) / 10.0,
        test: f64::from(test) / 10.0,
    })
}

/// All indices of a split, in order.
fn all_of(split: &Split) -> Vec<u32> {
    let mut all = [
        split.train.clone(),
        split.validation.clone(),
        split.test.clone(),
    ]
    .concat();
    all.sort_unstable();
    all
}

/// `(fraction · n).round()` in whole numbers: tenths of n, a half to the next.
fn rounded(fraction: f64, n: usize) -> usize {
    let tenths = (0..10_usize)
        .find(|&k| (fraction * 10.0 - k as f64).abs() < 0.5)
        .unwrap_or(0);
    (tenths * n + 5) / 10
}

proptest! {
    #![proptest_config(cases())]

    // --- classification ---

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
    fn averages_lie_between_least_and_greatest((truth, predicted, classes) in classified()) {
        let matrix = ConfusionMatrix::new(&truth, &predicted, classes)?;
        let of = |class| matrix.f1(class).unwrap_or(0.0);
        let least = (0..classes).map(of).fold(1.0, f64::min);
        let greatest = (0..classes).map(of).fold(0.0, f64::max);
        for average in [Average::Macro, Average::Weighted] {
            let mean = matrix.average(Measure::F1, average, ZeroDivision::Zero)?;
            let rounding = 2.0 * classes as f64 * EPSILON;
            at_most(least, mean + rounding)?;
            at_most(mean, greatest + rounding)?;
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
    fn argmax_is_the_first_greatest(scores in structured_vector(1..40), rows in 1..6_usize) {
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

    // --- regression ---

    #[test]
    fn mean_absolute_error_is_at_most_the_root_mean_square(y in vector(1..30), shift in -9.0..9.0) {
        let p: Vec<f64> = y.iter().rev().map(|y| y + shift).collect();
        let root = mean_squared_error(&y, &p)?.sqrt();
        let n = y.len() as f64;
        at_most(mean_absolute_error(&y, &p)?, root * (1.0 + n * EPSILON))?;
        same_bits(mean_squared_error(&y, &y)?, 0.0)?;
    }

    #[test]
    fn r_squared_is_one_at_the_truth_and_zero_at_the_mean(y in vector(2..30), p in vector(30)) {
        prop_assume!(y.iter().any(|&other| other != y[0]));
        let n = y.len() as f64;
        let mean = y.iter().sum::<f64>() / n;
        same_bits(r_squared(&y, &y)?, 1.0)?;
        // the mean is off by n ε max|y|, the squares by its square: far below rounding
        scaled(r_squared(&y, &vec![mean; y.len()])?, 0.0, 8.0 * n * EPSILON, 1.0)?;
        at_most(r_squared(&y, &p[..y.len()])?, 1.0)?;
    }

    #[test]
    fn r_squared_of_finite_numbers_is_no_nan(y in prop::collection::vec(finite(), 2..10)) {
        let reversed: Vec<f64> = y.iter().rev().copied().collect();
        if let Ok(r) = r_squared(&y, &reversed) {
            prop_assert!(r <= 1.0, "{}", r);
        }
    }

    // --- splits ---

    #[test]
    fn a_split_is_a_partition(n in 1..300_u32, fractions in fractions(), seed in any::<u64>()) {
        let parts = split(n, fractions, &mut Key::new(seed).rng())?;
        prop_assert_eq!(all_of(&parts), (0..n).collect::<Vec<_>>());
        prop_assert!(!parts.train.is_empty());
    }

    #[test]
    fn sizes_are_the_rounded_fractions(n in 1..300_u32, fractions in fractions(), seed in any::<u64>()) {
        let parts = split(n, fractions, &mut Key::new(seed).rng())?;
        let n = n as usize;
        let test = rounded(fractions.test, n).min(n - 1);
        let validation = rounded(fractions.validation, n).min(n - 1 - test);
        prop_assert_eq!(parts.test.len(), test);
        prop_assert_eq!(parts.validation.len(), validation);
        prop_assert_eq!(parts.train.len(), n - test - validation);
    }

    #[test]
    fn splits_are_reproducible(n in 50..300_u32, seed in any::<u64>()) {
        let of = |seed| split(n, Fractions::default(), &mut Key::new(seed).rng());
        prop_assert_eq!(of(seed)?, of(seed)?);
        prop_assert_ne!(of(seed)?, of(seed.wrapping_add(1))?); // equal by chance: 1 / 50!
    }

    #[test]
    fn a_stratified_split_is_a_partition(labels in labels(4, 1..200), fractions in fractions(), seed in any::<u64>()) {
        let parts = stratified_split(&labels, fractions, &mut Key::new(seed).rng())?;
        let n = u32::try_from(labels.len())?;
        prop_assert_eq!(all_of(&parts), (0..n).collect::<Vec<_>>());
    }

    #[test]
    fn a_stratified_split_splits_every_class(labels in labels(4, 1..200), fractions in fractions(), seed in any::<u64>()) {
        let parts = stratified_split(&labels, fractions, &mut Key::new(seed).rng())?;
        for class in 0..4 {
            let count = |part: &[u32]| part.iter().filter(|&&i| labels[i as usize] == class).count();
            let n = labels.iter().filter(|&&label| label == class).count();
            if n > 0 {
                let test = rounded(fractions.test, n).min(n - 1);
                prop_assert_eq!(count(&parts.test), test);
                let validation = rounded(fractions.validation, n).min(n - 1 - test);
                prop_assert_eq!(count(&parts.validation), validation);
            }
        }
    }

    #[test]
    fn folds_are_an_even_partition(n in 2..300_u32, k in 2..10_usize, seed in any::<u64>()) {
        prop_assume!(k <= n as usize);
        let parts = folds(n, k, &mut Key::new(seed).rng())?;
        prop_assert_eq!(parts.len(), k);
        let mut all = parts.concat();
        all.sort_unstable();
        prop_assert_eq!(all, (0..n).collect::<Vec<_>>());
        let sizes = || parts.iter().map(Vec::len);
        prop_assert!(sizes().max() <= sizes().min().map(|least| least + 1));
    }
}

/// Points of one class must not stay together: a split that does not shuffle would keep the order.
#[test]
fn a_split_is_in_random_order() -> Result<(), gradus_evaluation::EvaluationError> {
    let parts = split(100, Fractions::default(), &mut Key::new(3).rng())?;
    assert!(!parts.train.is_sorted());
    let stratified = stratified_split(&[0; 100], Fractions::default(), &mut Key::new(3).rng())?;
    assert!(!stratified.train.is_sorted() && !stratified.test.is_sorted());
    Ok(())
}
