//! Laws of trials and races.

use gradus_select::{
    Axis, Bayesian, Halving, Key, Trial, bayesian, brackets, expected_best_accuracy, halve,
    hyperband, rand, random, search,
};
use gradus_testkit::{at_most, cases, relative, scaled};
use proptest::collection::vec;
use proptest::prelude::*;
use rand::Rng;
use std::num::NonZeroUsize;

/// One to four workers.
fn workers() -> impl Strategy<Value = NonZeroUsize> {
    (1..5_usize).prop_filter_map("at least one", NonZeroUsize::new)
}

const ONE: NonZeroUsize = NonZeroUsize::MIN;

/// Losses with ties, failures, NaN and infinities.
fn outcomes() -> impl Strategy<Value = Vec<Result<f64, u8>>> {
    let kinds = prop_oneof![
        6 => (-3..4_i32).prop_map(|x| Ok(f64::from(x))),
        2 => (-9.0..9.0).prop_map(Ok),
        1 => Just(Ok(f64::NAN)),
        1 => Just(Ok(f64::NEG_INFINITY)),
        1 => Just(Ok(-0.0)),
        2 => any::<u8>().prop_map(Err),
    ];
    vec(kinds, 1..40)
}

fn numbers(n: usize) -> Vec<Vec<f64>> {
    (0..n).map(|i| vec![i as f64]).collect()
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The same trials to the bit, NaN included.
fn same(a: &[Trial<u8>], b: &[Trial<u8>]) -> bool {
    let bits = |t: &Trial<u8>| (t.index, t.point.clone(), t.outcome.map(f64::to_bits));
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| bits(a) == bits(b))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn failures_and_nan_rank_last(outcomes in outcomes()) {
        let found = search(&numbers(outcomes.len()), ONE, |i, _| outcomes[i as usize])?;
        let ranked = found.trials();
        prop_assert_eq!(ranked.len(), outcomes.len());
        for pair in ranked.windows(2) {
            let fine = match (pair[0].loss(), pair[1].loss()) {
                (Some(a), Some(b)) => a < b || (a == b && pair[0].index < pair[1].index),
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => pair[0].index < pair[1].index,
            };
            prop_assert!(fine, "{:?}", pair);
        }
        let lost = outcomes.iter().filter(|o| !o.is_ok_and(f64::is_finite)).count();
        prop_assert_eq!(found.failed().len(), lost);
        prop_assert!(found.failed().iter().all(|trial| trial.loss().is_none()));
    }

    #[test]
    fn the_best_trial_has_the_smallest_loss(outcomes in outcomes()) {
        let found = search(&numbers(outcomes.len()), ONE, |i, _| outcomes[i as usize])?;
        let losses = outcomes.iter().filter_map(|o| o.ok()).filter(|x| x.is_finite());
        let smallest = losses.fold(None, |least: Option<f64>, x| Some(least.map_or(x, |l| l.min(x))));
        prop_assert_eq!(found.best().and_then(Trial::loss), smallest);
    }

    #[test]
    fn workers_change_no_trial(outcomes in outcomes(), workers in workers(), seed in any::<u64>()) {
        let points = numbers(outcomes.len());
        // Randomness from the number of the trial, and the point itself.
        let loss = |i: u32, x: &[f64]| {
            let noise = Key::new(seed).index(i.into()).rng().next_u32();
            outcomes[i as usize].map(|loss| loss + x[0] + f64::from(noise))
        };
        let (one, many) = (search(&points, ONE, loss)?, search(&points, workers, loss)?);
        prop_assert!(same(one.trials(), many.trials()));
        for trial in many.trials() {
            prop_assert_eq!(&trial.point, &points[trial.index as usize]);
        }
    }

    #[test]
    fn the_better_part_survives(outcomes in outcomes(), factor in 2..5_u32) {
        let plan = Halving { factor, first: 1, last: 1000 };
        let race = halve(numbers(outcomes.len()), plan, ONE, |i, _, _| outcomes[i as usize])?;
        for pair in race.rungs().windows(2) {
            let (before, after) = (pair[0].found.trials(), pair[1].found.trials());
            prop_assert_eq!(after.len(), before.len() / factor as usize);
            prop_assert_eq!(pair[1].budget, pair[0].budget * factor);
            // The same losses at every budget: the order is kept.
            prop_assert!(same(&before[..after.len()], after));
        }
        let best = search(&numbers(outcomes.len()), ONE, |i, _| outcomes[i as usize])?;
        prop_assert_eq!(race.best().map(|t| t.index), best.best().map(|t| t.index));
    }

    #[test]
    fn halving_works_as_planned(n in 1..100_u32, factor in 2..5_u32, first in 1..4_u32, last in 4..200_u32) {
        let plan = Halving { factor, first, last };
        let rungs = plan.rungs(n)?;
        let race = halve(numbers(n as usize), plan, ONE, |i, _, budget| Ok::<_, u8>(f64::from(i ^ budget)))?;
        let done: Vec<(u32, u32)> =
            race.rungs().iter().map(|rung| (count(rung.found.trials().len()), rung.budget)).collect();
        prop_assert_eq!(&done, &rungs);
        let work: u64 = rungs.iter().map(|&(n, b)| u64::from(n) * u64::from(b)).sum();
        prop_assert_eq!(race.work(), work);
        at_most(work as f64, f64::from(n * first) * rungs.len() as f64)?; // no rung takes more than the first
        let (survivors, budget) = rungs[rungs.len() - 1];
        prop_assert!(budget <= last && survivors >= 1);
        prop_assert!(budget * factor > last || survivors < factor); // the end is as late as it can be
    }

    #[test]
    fn brackets_share_the_work(any in 1..1000_u32, factor in 2..6_u32, power in proptest::option::of(0..5_u32)) {
        // Powers of the factor are where logarithms would round down.
        let largest = power.map_or(any, |power| factor.pow(power));
        let table = brackets(largest, factor)?;
        let races = count(table.len());
        prop_assert!(factor.pow(races - 1) <= largest && u64::from(factor).pow(races) > u64::from(largest));
        for (s, rungs) in (0..races).rev().zip(&table) {
            prop_assert_eq!(count(rungs.len()), s + 1);
            prop_assert_eq!(rungs[s as usize].1, largest);
            let work: f64 = rungs.iter().map(|&(n, b)| f64::from(n) * f64::from(b)).sum();
            // ⌈n⌉ is less than one point more, which costs at most the largest budget a rung.
            at_most(work, f64::from(races * largest) + f64::from(largest * (s + 1)))?;
        }
    }

    #[test]
    fn hyperband_runs_its_brackets(largest in 1..30_u32, factor in 2..4_u32, seed in any::<u64>()) {
        let axes = [Axis::linear(0.0, 1.0)?];
        let loss = |_: u32, x: &[f64], _: u32| Ok::<_, u8>(x[0]);
        let races = hyperband(&axes, largest, factor, Key::new(seed), ONE, loss)?;
        let sizes = |race: &gradus_select::Race<u8>| -> Vec<(u32, u32)> {
            race.rungs().iter().map(|rung| (count(rung.found.trials().len()), rung.budget)).collect()
        };
        prop_assert_eq!(races.iter().map(sizes).collect::<Vec<_>>(), brackets(largest, factor)?);
        let firsts = races.iter().flat_map(|race| race.rungs()[0].found.trials());
        let mut seen: Vec<(u32, f64)> = firsts.map(|trial| (trial.index, trial.point[0])).collect();
        seen.sort_by_key(|(index, _)| *index);
        let points = random(&axes, count(seen.len()), Key::new(seed))?;
        for (i, (index, x)) in seen.into_iter().enumerate() {
            prop_assert_eq!((index as usize, x), (i, points[i][0]));
        }
    }

    #[test]
    fn workers_change_no_race(outcomes in outcomes(), workers in workers(), seed in any::<u64>()) {
        let plan = Halving { factor: 2, first: 1, last: 8 };
        let loss = |i: u32, _: &[f64], b: u32| outcomes[i as usize % outcomes.len()].map(|x| x * f64::from(b % 3));
        let race = |workers| halve(numbers(outcomes.len()), plan, workers, loss);
        let axes = [Axis::linear(0.0, 1.0)?];
        let band = |workers| hyperband(&axes, 9, 3, Key::new(seed), workers, loss);
        let both = |workers| Ok::<_, gradus_select::SelectError>([vec![race(workers)?], band(workers)?].concat());
        for (one, many) in both(ONE)?.iter().zip(both(workers)?) {
            for (one, many) in one.rungs().iter().zip(many.rungs()) {
                prop_assert!(same(one.found.trials(), many.found.trials()));
            }
        }
    }

    #[test]
    fn more_trials_look_better(p in 0.05..0.95, n in 1..60_u32, m in 1..50_u32) {
        // One trial: a sum of n tails, each to a few units.
        relative(expected_best_accuracy(p, n, 1)?, p, 1e-12)?;
        let (few, more) = (expected_best_accuracy(p, n, m)?, expected_best_accuracy(p, n, m + 1)?);
        prop_assert!(more > few && more < 1.0, "{} {}", few, more);
        // n = 1: at least one of m successes.
        scaled(expected_best_accuracy(p, 1, m)?, 1.0 - (1.0 - p).powf(m.into()), 1e-13, 1.0)?;
    }

    /// A hundred coins, fifty throws each: the best shows 67.6 % heads on average.
    #[test]
    fn what_was_chosen_looks_too_good(seed in any::<u64>()) {
        let expected = expected_best_accuracy(0.5, 50, 100)?;
        let mut sum = 0.0;
        for round in 0..10 {
            let coin = |i: u32, _: &[f64]| {
                let mut rng = Key::new(seed).round(round).index(i.into()).rng();
                let throws = rng.next_u64() >> 14; // fifty of its bits
                Ok::<_, u8>(-f64::from(throws.count_ones()) / 50.0)
            };
            sum -= search(&numbers(100), ONE, coin)?.best().and_then(Trial::loss).unwrap_or(0.0);
        }
        // The best of 100 has a standard deviation of 0.03; five of those of a mean of ten.
        scaled(sum / 10.0, expected, 5.0 * 0.03 / 10.0_f64.sqrt(), 1.0)?;
        scaled(expected, 0.676, 5e-4, 1.0)?;
    }
}

/// A smooth valley with its bottom at (0.3, 0.01), in orders of magnitude.
fn valley(x: &[f64]) -> f64 {
    (x[0] - 0.3).powi(2) + ((x[1].log10() + 2.0) / 3.0).powi(2)
}

fn axes() -> Result<[Axis; 2], gradus_select::SelectError> {
    Ok([Axis::linear(-1.0, 1.0)?, Axis::logarithmic(1e-5, 10.0)?])
}

const SHORT: Bayesian = Bayesian {
    initial: 5,
    trials: 14,
    batch: 2,
    candidates: 64,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, ..cases() })]

    #[test]
    fn workers_change_no_bayesian_search(workers in workers(), seed in any::<u64>()) {
        let loss = |i: u32, x: &[f64]| if i % 5 == 4 { Err(7) } else { Ok(valley(x)) };
        let run = |workers| bayesian(&axes()?, SHORT, Key::new(seed), workers, loss);
        prop_assert!(same(run(ONE)?.trials(), run(workers)?.trials()));
    }

    #[test]
    fn failures_do_not_end_a_bayesian_search(seed in any::<u64>()) {
        let loss = |i: u32, x: &[f64]| match i % 3 {
            0 => Err(1),
            1 => Ok(f64::NAN),
            _ => Ok(valley(x)),
        };
        let found = bayesian(&axes()?, SHORT, Key::new(seed), ONE, loss)?;
        prop_assert_eq!((found.trials().len(), found.failed().len()), (14, 10));
        let all = bayesian(&axes()?, SHORT, Key::new(seed), ONE, |_, _| Err::<f64, u8>(1))?;
        prop_assert!(all.best().is_none() && all.failed().len() == 14);
    }

    #[test]
    fn a_bayesian_search_beats_a_random_one(seed in any::<u64>()) {
        let loss = |_: u32, x: &[f64]| Ok::<_, u8>(valley(x));
        let how = Bayesian { batch: 1, candidates: 256, trials: 20, ..SHORT };
        let (mut learned, mut drawn) = (0.0, 0.0);
        for stream in 0..5 {
            let key = Key::new(seed).stream(stream);
            learned += bayesian(&axes()?, how, key, ONE, loss)?.best().and_then(Trial::loss).unwrap_or(9.0);
            drawn += search(&random(&axes()?, 20, key)?, ONE, loss)?.best().and_then(Trial::loss).unwrap_or(9.0);
        }
        at_most(learned, drawn / 2.0)?; // on average of five searches
    }
}
