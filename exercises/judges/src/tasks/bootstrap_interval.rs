//! The judge of `546_bootstrap_interval`.

use crate::judging::comparison::are;
use crate::judging::inputs::whole;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::vector;
use proptest::collection::vec;
use proptest::prelude::Just;
use proptest::prop_oneof;

/// Numbers, resamples and a level, to an interval.
pub type BootstrapInterval = fn(&[f64], &[Vec<usize>], f64) -> (f64, f64);

const LEVEL: f64 = 0.5;

/// Judges the percentile interval of a mean.
#[must_use]
pub fn bootstrap_interval(answer: BootstrapInterval) -> Verdict {
    type Case = (Vec<f64>, usize);
    let call = |(x, resamples): &Case| {
        let picks = picks(x.len(), *resamples);
        format!("bootstrap_interval({}, {picks:?}, {LEVEL})", vector(x))
    };
    Judge::new(&call)
        .law(
            Law(
                "percentile_intervals_follow_rising_functions",
                say!(
                    "from rank ⌈q B⌉ to rank ⌈(1 - q) B⌉ of the B sorted means, q = (1 - level) / 2",
                    "B 个均值排序后，从第 ⌈q B⌉ 名到第 ⌈(1 - q) B⌉ 名，q = (1 - level) / 2"
                ),
            ),
            &[
                (vec![3.0], 1),
                (vec![0.0, 4.0], 2),
                (vec![0.0, 4.0], 4),
                (vec![1.0, 2.0, 9.0], 4),
            ],
            &(vec(whole(), 2..5), prop_oneof![Just(4), Just(8), Just(16)]),
            |(x, resamples): &Case| {
                if x.is_empty() || *resamples == 0 {
                    return Ok(()); // no means
                }
                let picks = picks(x.len(), *resamples);
                let mean = |pick: &Vec<usize>| {
                    pick.iter().map(|&i| x[i]).sum::<f64>() / pick.len() as f64
                };
                let mut means: Vec<f64> = picks.iter().map(mean).collect();
                means.sort_by(f64::total_cmp);
                // A quarter of the means lies on either side.
                let [low, high] = [resamples.div_ceil(4), (3 * resamples).div_ceil(4)];
                let (from, to) = answer(x, &picks, LEVEL);
                are(&[from, to], &[means[low - 1], means[high - 1]], 1e-12)
            },
        )
        .verdict()
}

/// Resamples that look random and are the same each time.
fn picks(n: usize, resamples: usize) -> Vec<Vec<usize>> {
    let pick = |b: usize, i: usize| ((b * n + i) * 7919 + 104_729 * (b + 1)) % 1009 % n;
    (0..resamples)
        .map(|b| (0..n).map(|i| pick(b, i)).collect())
        .collect()
}
