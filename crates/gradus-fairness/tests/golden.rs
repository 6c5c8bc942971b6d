//! Rates and thresholds against exact fractions, fairlearn and a linear program; see `golden/fairness.py`.

use gradus_fairness::{Both, Groups, Parity, Rate, equalize, reweigh};
use gradus_testkit::{all_within_ulps, golden};
use std::error::Error;

#[test]
fn groups_are_golden() -> Result<(), Box<dyn Error>> {
    let rates = [
        Rate::Selection,
        Rate::TruePositive,
        Rate::FalsePositive,
        Rate::Precision,
        Rate::Accuracy,
    ];
    let mut rows = 0;
    for row in golden::read(include_str!("golden/groups.csv"))? {
        let [seed, n, groups, measure] = [0, 1, 2, 3].map(|k| integer(row.inputs[k]));
        let (truth, taken, group) = labels(seed, n, groups);
        let of = Groups::new(&truth, &taken, &group, groups as usize)?;
        row.check(match measure {
            0..5 => of.difference(rates[measure as usize])?,
            5 => of.odds_difference(Both::Worst)?,
            6 => of.odds_difference(Both::Mean)?,
            7..12 => of.ratio(rates[measure as usize - 7])?,
            12 => of.odds_ratio(Both::Worst)?,
            _ => of.odds_ratio(Both::Mean)?,
        })?;
        rows += 1;
    }
    assert_eq!(rows, 6 * 14);
    Ok(())
}

#[test]
fn thresholds_are_golden() -> Result<(), Box<dyn Error>> {
    let mut rows = 0;
    for row in golden::read(include_str!("golden/thresholds.csv"))? {
        let [seed, n, groups, what] = [0, 1, 2, 3].map(|k| integer(row.inputs[k]));
        let (scores, truth, group) = scored(seed, n, groups);
        let what = match what {
            0 => Parity::Selection,
            1 => Parity::TruePositive,
            2 => Parity::FalsePositive,
            _ => Parity::Odds,
        };
        let thresholds = equalize(&scores, &truth, &group, groups as usize, what)?;
        row.check(thresholds.expected_accuracy())?;
        rows += 1;
    }
    assert_eq!(rows, 6 * 4);
    Ok(())
}

/// The weights of the formula, by hand: `n_g n_y / (n n_gy)`.
#[test]
fn weights_are_golden() -> Result<(), Box<dyn Error>> {
    let (truth, _, group) = labels(0, 20, 3);
    let weights = reweigh(&truth, &group)?;
    let first = |g, y| (0..20).find(|&i| group[i] == g && truth[i] == y);
    let cells = [(0, 0), (0, 1), (1, 0), (1, 1), (2, 0), (2, 1)].map(|(g, y)| first(g, y));
    let found: Vec<f64> = cells.into_iter().flatten().map(|i| weights[i]).collect();
    // 8·12/(20·5), 8·8/(20·3), 6·12/(20·4), 6·8/(20·2), 6·12/(20·3), 6·8/(20·3)
    all_within_ulps(&found, &[0.96, 16.0 / 15.0, 0.9, 1.2, 1.2, 0.8], 3)?;
    Ok(())
}

fn integer(x: f64) -> u32 {
    (0..10_000).find(|&k| f64::from(k) == x).unwrap_or(0)
}

/// Numbers as in the generator script.
fn draws(seed: u32) -> impl FnMut(u32) -> u32 {
    let mut state = u64::from(seed);
    move |below| {
        state = state
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        u32::try_from((state >> 33) % u64::from(below)).unwrap_or(0)
    }
}

/// Truth, decision and group, as in the generator script.
fn labels(seed: u32, n: u32, groups: u32) -> (Vec<u32>, Vec<u32>, Vec<u32>) {
    if seed == 0 {
        let digits = |text: &str| text.chars().filter_map(|c| c.to_digit(10)).collect();
        return (
            digits("11100000110000100011"),
            digits("11010000100001111010"),
            digits("00000000111111222222"),
        );
    }
    let mut draw = draws(seed);
    let samples: Vec<_> = (0..n).map(|i| (draw(2), draw(2), i % groups)).collect();
    let column = |f: fn(&(u32, u32, u32)) -> u32| samples.iter().map(f).collect();
    (column(|s| s.0), column(|s| s.1), column(|s| s.2))
}

/// Scores, truth and group, as in the generator script.
fn scored(seed: u32, n: u32, groups: u32) -> (Vec<f64>, Vec<u32>, Vec<u32>) {
    if seed == 0 {
        let (truth, _, group) = labels(0, n, groups);
        let scores = [
            0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.95, 0.55, 0.45, 0.35, 0.25, 0.15, 0.85, 0.75,
            0.65, 0.5, 0.4, 0.1,
        ];
        return (scores.to_vec(), truth, group);
    }
    let mut draw = draws(seed);
    let (mut scores, mut truth, mut group) = (vec![], vec![], vec![]);
    for i in 0..n {
        let g = i % groups;
        let y = if i >= 2 * groups {
            u32::from(draw(groups + 2) <= g + 1)
        } else {
            i / groups
        };
        scores.push(f64::from(draw(48) + 16 * y) / 64.0);
        truth.push(y);
        group.push(g);
    }
    (scores, truth, group)
}
