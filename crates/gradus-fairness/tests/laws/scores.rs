//! Scores, before they are decisions.

use crate::groups::samples;
use gradus_fairness::{Groups, Rate, calibration_by_group, mean_scores, steepest_pair};
use gradus_testkit::strategies::vector;
use gradus_testkit::{all_scaled, at_most, cases};
use proptest::prelude::*;

const EPSILON: f64 = f64::EPSILON;

fn norm(x: &[f64]) -> f64 {
    x.iter().map(|x| x * x).sum::<f64>().sqrt()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn scores_of_zero_and_one_are_decisions([truth, taken, group] in samples()) {
        let scores: Vec<f64> = taken.iter().map(|&t| f64::from(t)).collect();
        let groups = Groups::new(&truth, &taken, &group, 3)?;
        for (class, rate) in [(1, Rate::TruePositive), (0, Rate::FalsePositive)] {
            let means = mean_scores(&truth, &scores, &group, 3, class)?;
            all_scaled(means.values(), groups.rates(rate)?.values(), 2.0 * EPSILON, 1.0)?;
        }
    }

    #[test]
    fn groups_share_out_the_bins([truth, _, group] in samples(), scores in prop::collection::vec(0.0..=1.0, 72), bins in 1..12_usize) {
        let scores = &scores[..truth.len()];
        let parts = calibration_by_group(&truth, scores, &group, 3, bins)?;
        let count: u64 = parts.iter().flat_map(|part| part.bins().map(|bin| bin.count)).sum();
        prop_assert_eq!(count, truth.len() as u64);
        let positive: f64 = parts.iter().flat_map(|part| part.bins().map(|bin| bin.observed * bin.count as f64)).sum();
        prop_assert_eq!(positive.round(), f64::from(truth.iter().sum::<u32>()));
        for (g, part) in (0..).zip(&parts) {
            let members = group.iter().filter(|&&other| other == g).count() as u64;
            prop_assert_eq!(part.bins().map(|bin| bin.count).sum::<u64>(), members);
        }
    }

    #[test]
    fn a_line_is_no_steeper_than_its_slope(w in vector(3), points in prop::collection::vec(vector(3), 2..12)) {
        let scores: Vec<f64> = points.iter().map(|x| w.iter().zip(x).map(|(w, x)| w * x).sum()).collect();
        let difference = |i: usize, j: usize| -> Vec<f64> { points[i].iter().zip(&points[j]).map(|(x, y)| x - y).collect() };
        let steepest = steepest_pair(&scores, |i, j| norm(&difference(i, j)))?;
        let (i, j) = (steepest.first, steepest.second);
        let gap = norm(&difference(i, j));
        // A score errs by three roundings of |w| |x|, which a small distance magnifies.
        let rounding = 4.0 * EPSILON * norm(&w) * (norm(&points[i]) + norm(&points[j])) / gap;
        if gap > 0.0 {
            at_most(steepest.lipschitz, norm(&w) * (1.0 + 8.0 * EPSILON) + rounding)?;
        }
        // Every pair obeys the constant.
        for (i, s) in scores.iter().enumerate() {
            for (j, t) in scores.iter().enumerate().skip(i + 1) {
                let distance = norm(&difference(i, j));
                at_most((s - t).abs(), steepest.lipschitz * distance * (1.0 + 4.0 * EPSILON))?;
            }
        }
    }
}
