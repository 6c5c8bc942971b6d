//! Laws of splits.

use gradus_evaluation::{
    EvaluationError, Fold, Fractions, Split, folds, grouped_folds, leave_one_out, repeated_folds,
    split, stratified_folds, stratified_split, time_series_folds,
};
use gradus_random::Key;
use gradus_testkit::cases;
use gradus_testkit::strategies::labels;
use proptest::prelude::*;

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

/// What all folds judge, in order.
fn validated(folds: &[Fold]) -> Vec<u32> {
    let mut all: Vec<u32> = folds
        .iter()
        .flat_map(|fold| fold.validation.clone())
        .collect();
    all.sort_unstable();
    all
}

/// The largest count minus the smallest.
fn spread(counts: impl Iterator<Item = usize> + Clone) -> usize {
    counts.clone().max().unwrap_or(0) - counts.min().unwrap_or(0)
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

    #[test]
    fn a_split_is_a_partition(n in 3..300_u32, fractions in fractions(), seed in any::<u64>()) {
        let parts = split(n, fractions, &mut Key::new(seed).rng())?;
        prop_assert_eq!(all_of(&parts), (0..n).collect::<Vec<_>>());
    }

    #[test]
    fn sizes_are_the_rounded_fractions(n in 3..300_u32, fractions in fractions(), seed in any::<u64>()) {
        let parts = split(n, fractions, &mut Key::new(seed).rng())?;
        let n = n as usize;
        let one = |fraction: f64| usize::from(fraction > 0.0);
        let size = |fraction: f64| rounded(fraction, n).max(one(fraction));
        let test = size(fractions.test).min(n - 1 - one(fractions.validation));
        let validation = size(fractions.validation).min(n - 1 - test);
        prop_assert_eq!(parts.test.len(), test);
        prop_assert_eq!(parts.validation.len(), validation);
        prop_assert_eq!(parts.train.len(), n - test - validation);
        prop_assert!(!parts.train.is_empty());
    }

    #[test]
    fn splits_are_reproducible(n in 50..300_u32, seed in any::<u64>()) {
        let of = |seed| split(n, Fractions::default(), &mut Key::new(seed).rng());
        prop_assert_eq!(of(seed)?, of(seed)?);
        prop_assert_ne!(of(seed)?, of(seed.wrapping_add(1))?); // equal by chance: 1 / 50!
    }

    #[test]
    fn a_stratified_split_is_a_partition(labels in labels(4, 3..200), fractions in fractions(), seed in any::<u64>()) {
        let parts = stratified_split(&labels, fractions, &mut Key::new(seed).rng())?;
        let n = u32::try_from(labels.len())?;
        prop_assert_eq!(all_of(&parts), (0..n).collect::<Vec<_>>());
    }

    #[test]
    fn a_stratified_split_has_the_sizes_of_the_plain_one(
        labels in labels(60, 3..200),
        fractions in fractions(),
        seed in any::<u64>(),
    ) {
        let stratified = stratified_split(&labels, fractions, &mut Key::new(seed).rng())?;
        let plain = split(u32::try_from(labels.len())?, fractions, &mut Key::new(seed).rng())?;
        prop_assert_eq!(stratified.train.len(), plain.train.len());
        prop_assert_eq!(stratified.validation.len(), plain.validation.len());
        prop_assert_eq!(stratified.test.len(), plain.test.len());
    }

    #[test]
    fn a_stratified_split_splits_every_class(labels in labels(4, 8..200), fractions in fractions(), seed in any::<u64>()) {
        let parts = stratified_split(&labels, fractions, &mut Key::new(seed).rng())?;
        let of_class = |part: &[u32], class| part.iter().filter(|&&i| labels[i as usize] == class).count();
        let support = |class| labels.iter().filter(|&&label| label == class).count();
        // the share of a part, rounded up; where two of them leave room for training, neither gives way
        let up = |part: &[u32], n: usize| (part.len() * n).div_ceil(labels.len());
        let room = |n: usize| n == 0 || up(&parts.test, n) + up(&parts.validation, n) < n;
        prop_assume!((0..4).all(|class| room(support(class))));
        for class in 0..4 {
            for part in [&parts.train, &parts.validation, &parts.test] {
                let share = part.len() as f64 * support(class) as f64 / labels.len() as f64;
                let off = (of_class(part, class) as f64 - share).abs();
                // training has what the two others leave
                prop_assert!(off < if part == &parts.train { 2.0 } else { 1.0 }, "{} {}", class, off);
            }
        }
    }

    #[test]
    fn folds_are_an_even_partition(n in 2..300_u32, k in 2..10_usize, seed in any::<u64>()) {
        prop_assume!(k <= n as usize);
        let folds = folds(n, k, &mut Key::new(seed).rng())?;
        prop_assert_eq!(folds.len(), k);
        prop_assert_eq!(validated(&folds), (0..n).collect::<Vec<_>>());
        prop_assert!(spread(folds.iter().map(|fold| fold.validation.len())) <= 1);
    }

    #[test]
    fn folds_train_on_the_others(labels in labels(5, 6..60), k in 2..6_usize, seed in any::<u64>()) {
        let n = u32::try_from(labels.len())?;
        let rng = &mut Key::new(seed).rng();
        let mut all = folds(n, k, rng)?;
        all.extend(stratified_folds(&labels, k, rng)?);
        all.extend(grouped_folds(&labels, k, rng).unwrap_or_default());
        for fold in all {
            let mut both = [fold.train, fold.validation].concat();
            both.sort_unstable();
            prop_assert_eq!(both, (0..n).collect::<Vec<_>>());
        }
    }

    #[test]
    fn repeats_are_different_folds(n in 40..100_u32, k in 2..6_usize, seed in any::<u64>()) {
        let all = repeated_folds(n, k, 2, &mut Key::new(seed).rng())?;
        let (one, other) = all.split_at(k);
        prop_assert_eq!(validated(one), (0..n).collect::<Vec<_>>());
        prop_assert_eq!(validated(other), (0..n).collect::<Vec<_>>());
        prop_assert_ne!(one, other); // equal by chance: 1 / 40!
    }

    #[test]
    fn stratified_folds_are_even_in_every_class(labels in labels(5, 6..100), k in 2..6_usize, seed in any::<u64>()) {
        let folds = stratified_folds(&labels, k, &mut Key::new(seed).rng())?;
        prop_assert_eq!(validated(&folds), (0..u32::try_from(labels.len())?).collect::<Vec<_>>());
        prop_assert!(spread(folds.iter().map(|fold| fold.validation.len())) <= 1);
        for class in 0..5 {
            let count = |fold: &Fold| fold.validation.iter().filter(|&&i| labels[i as usize] == class).count();
            prop_assert!(spread(folds.iter().map(count)) <= 1);
        }
    }

    #[test]
    fn grouped_folds_keep_groups_together(groups in labels(9, 6..100), k in 2..5_usize, seed in any::<u64>()) {
        let Ok(folds) = grouped_folds(&groups, k, &mut Key::new(seed).rng()) else {
            return Ok(()); // fewer groups than folds
        };
        prop_assert_eq!(validated(&folds), (0..u32::try_from(groups.len())?).collect::<Vec<_>>());
        let group = |&i: &u32| groups[i as usize];
        for fold in &folds {
            prop_assert!(!fold.validation.is_empty());
            let judged: Vec<u32> = fold.validation.iter().map(group).collect();
            prop_assert!(fold.train.iter().all(|i| !judged.contains(&group(i))));
        }
        let largest = (0..9).map(|g| groups.iter().filter(|&&other| other == g).count()).max();
        prop_assert!(Some(spread(folds.iter().map(|fold| fold.validation.len()))) <= largest);
    }

    #[test]
    fn leave_one_out_leaves_one_out(n in 2..40_u32) {
        for (i, fold) in (0..n).zip(leave_one_out(n)?) {
            prop_assert_eq!(fold.validation, vec![i]);
            prop_assert_eq!(fold.train, (0..i).chain(i + 1..n).collect::<Vec<_>>());
        }
        prop_assert_eq!(leave_one_out(n)?.count(), n as usize);
    }

    #[test]
    fn time_series_folds_learn_from_the_past(n in 3..200_u32, k in 1..9_u32, gap in 0..4_u32) {
        let Ok(folds) = time_series_folds(n, k, gap) else {
            prop_assert!(n < (k + 1) * (gap + 1));
            return Ok(());
        };
        prop_assert_eq!(folds.len(), k as usize);
        for fold in &folds {
            prop_assert_eq!(fold.validation.len(), (n / (k + 1)) as usize);
            let first = fold.validation[0];
            prop_assert_eq!(&fold.train, &(0..first - gap).collect::<Vec<_>>());
            prop_assert!(!fold.train.is_empty());
        }
        let judged = folds.iter().map(|fold| fold.validation.len()).sum::<usize>();
        prop_assert_eq!(validated(&folds), (n - u32::try_from(judged)?..n).collect::<Vec<_>>());
    }
}

/// Points of one class must not stay together: a split that does not shuffle would keep the order.
#[test]
fn a_split_is_in_random_order() -> Result<(), EvaluationError> {
    let parts = split(100, Fractions::default(), &mut Key::new(3).rng())?;
    assert!(!parts.train.is_sorted());
    let stratified = stratified_split(&[0; 100], Fractions::default(), &mut Key::new(3).rng())?;
    assert!(!stratified.train.is_sorted() && !stratified.test.is_sorted());
    Ok(())
}

/// 100 classes of 3 samples, and 10 classes of 15: rounding class by class gives 0 and 20.
#[test]
fn small_classes_do_not_change_the_totals() -> Result<(), EvaluationError> {
    for (classes, each, test, expected) in [(100, 3, 0.15, 45), (10, 15, 0.1, 15)] {
        let labels: Vec<u32> = (0..classes * each).map(|i| i % classes).collect();
        let fractions = Fractions {
            validation: 0.0,
            test,
        };
        let parts = stratified_split(&labels, fractions, &mut Key::new(1).rng())?;
        assert_eq!(parts.test.len(), expected);
    }
    Ok(())
}
