//! Thresholds with equal true and false positive rates in all groups.

use crate::mitigation::frontier::{Frontier, Total, best};
use crate::mitigation::rule::Threshold;
use std::iter::zip;

/// The number of right answers at the best point that every ROC curve covers, and the thresholds that reach it.
///
/// The frontiers are ROC hulls: positive samples that are selected over the false positive rate. At a common point $`(f, t)`$ the
/// expected number of right answers is $`P t + N (1 - f)`$, with $`P`$ positive and $`N`$ negative samples in all groups.
pub(crate) fn equal_odds(frontiers: &[Frontier], totals: &[Total]) -> (f64, Vec<Vec<Threshold>>) {
    let rate = |(hull, total): (&Frontier, &Total), f: f64| hull.height(f) / total.positive as f64;
    let covered = |f: f64| {
        let rates = zip(frontiers, totals).map(|group| rate(group, f));
        rates.fold(1.0, f64::min)
    };
    let sum = |count: fn(&Total) -> u64| totals.iter().map(count).sum::<u64>() as f64;
    let (positive, negative) = (sum(|t| t.positive), sum(|t| t.negative));
    let right = |f: f64| positive * covered(f) + negative * (1.0 - f);
    let (corner, most) = best(frontiers, right);
    // The minimum of the curves has corners of its own where two of them cross. `right` is concave: its maximum lies in
    // one of the two intervals that meet at its best corner.
    let crossings = [
        neighbor(frontiers, corner, true),
        neighbor(frontiers, corner, false),
    ];
    let crossings = crossings.into_iter().flatten().flat_map(|other| {
        let ends =
            |f: f64| -> Vec<f64> { zip(frontiers, totals).map(|group| rate(group, f)).collect() };
        crossings_between(corner, &ends(corner), other, &ends(other))
    });
    let start = (corner, most);
    let (f, most) = crossings.fold(start, |best, f| {
        let value = right(f);
        if value > best.1 { (f, value) } else { best }
    });
    let t = covered(f);
    let mixed = zip(frontiers, totals).map(|group| {
        let ignore = share_of_coin(rate(group, f), t, f);
        let coin = |at, p: f64| Threshold {
            at,
            probability: ignore * p,
        };
        let thresholds = group.0.thresholds(f, 1.0 - ignore);
        let blind = [coin(f64::NEG_INFINITY, f), coin(f64::INFINITY, 1.0 - f)];
        thresholds.chain(blind).collect()
    });
    (most, mixed.collect())
}

/// How often a group whose curve reaches `own` over `f` must decide by a coin that selects with probability `f`, so
/// that its true positive rate falls to `t`: the coin alone has the rates $`(f, f)`$, straight below.
fn share_of_coin(own: f64, t: f64, f: f64) -> f64 {
    if own > t && own > f {
        ((own - t) / (own - f)).clamp(0.0, 1.0)
    } else {
        0.0
    }
}

/// The next corner of any curve, to the left or to the right.
fn neighbor(frontiers: &[Frontier], corner: f64, left: bool) -> Option<f64> {
    let corners = frontiers.iter().flat_map(Frontier::shares);
    if left {
        corners.filter(|&x| x < corner).max_by(f64::total_cmp)
    } else {
        corners.filter(|&x| x > corner).min_by(f64::total_cmp)
    }
}

/// Where two of the lines that have these heights at both ends cross.
fn crossings_between(a: f64, at_a: &[f64], b: f64, at_b: &[f64]) -> Vec<f64> {
    let mut found = Vec::new();
    for (i, (p, q)) in zip(at_a, at_b).enumerate() {
        for (r, s) in zip(at_a, at_b).skip(i + 1) {
            let (here, there) = (p - r, q - s);
            if here * there < 0.0 {
                found.push(a + (b - a) * (here / (here - there)));
            }
        }
    }
    found
}
