//! What thresholds, and coins between them, can reach in one group.

use crate::mitigation::rule::Threshold;
use std::cmp::Ordering;
use std::iter::{once, zip};

/// How many samples of a group a threshold selects, rightly and wrongly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Point {
    pub(crate) at: f64,
    pub(crate) right: u64,
    pub(crate) wrong: u64,
}

/// How many samples of a group are positive, and how many are not.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Total {
    pub(crate) positive: u64,
    pub(crate) negative: u64,
}

impl Total {
    /// The threshold that selects all knows them.
    pub(crate) fn of(curve: &[Point]) -> Self {
        let (positive, negative) = curve.last().map_or((0, 0), |all| (all.right, all.wrong));
        Self { positive, negative }
    }
}

/// Every threshold that makes a difference, from "none" (∞) to "all": the group's ROC curve in counts.
pub(crate) fn points(scores: &[f64], truth: &[u32]) -> Vec<Point> {
    let mut samples: Vec<(f64, u32)> = zip(scores, truth).map(|(&s, &y)| (s, y)).collect();
    samples.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut last = Point {
        at: f64::INFINITY,
        right: 0,
        wrong: 0,
    };
    let mut points = vec![last];
    for equal in samples.chunk_by(|a, b| a.0 == b.0) {
        let right = equal.iter().filter(|(_, y)| *y == 1).count() as u64;
        last = Point {
            at: equal.first().map_or(last.at, |(score, _)| *score),
            right: last.right + right,
            wrong: last.wrong + equal.len() as u64 - right,
        };
        points.push(last);
    }
    points
}

/// The upper concave hull of points $`(x, y)`$, of which $`x`$ is counted out of `total`.
///
/// A coin between two thresholds reaches every point of the line between theirs, so the hull is the best that can be reached.
#[derive(Clone, Debug)]
pub(crate) struct Frontier {
    corners: Vec<Corner>,
}

#[derive(Clone, Copy, Debug)]
struct Corner {
    at: f64,
    x: i64,
    y: i64,
    share: f64,
}

impl Frontier {
    /// The hull of points in counts: exact, because counts are integers.
    pub(crate) fn new(points: &[Point], total: u64, place: impl Fn(&Point) -> (i64, i64)) -> Self {
        let mut corners: Vec<Corner> = Vec::new();
        for point in points {
            let (x, y) = place(point);
            let share = x as f64 / total as f64;
            let at = point.at;
            let corner = Corner { at, x, y, share };
            // Straight above the last one: it replaces that; straight below: it is left out.
            match corners.last() {
                Some(last) if last.x == x && last.y >= y => continue,
                Some(last) if last.x == x => drop(corners.pop()),
                _ => {}
            }
            while let [.., a, b] = corners[..]
                && turn(&a, &b, &corner) != Ordering::Less
            {
                corners.pop();
            }
            corners.push(corner);
        }
        Self { corners }
    }

    /// Where the corners are, from 0 to 1.
    pub(crate) fn shares(&self) -> impl Iterator<Item = f64> {
        self.corners.iter().map(|corner| corner.share)
    }

    /// The height over `x`, in counts.
    pub(crate) fn height(&self, x: f64) -> f64 {
        let (a, b, p) = self.between(x);
        (1.0 - p) * a.y as f64 + p * b.y as f64
    }

    /// The two thresholds that reach the hull over `x`, with probabilities that sum to `weight`.
    pub(crate) fn thresholds(&self, x: f64, weight: f64) -> impl Iterator<Item = Threshold> {
        let (a, b, p) = self.between(x);
        let mixed = |at, probability| Threshold { at, probability };
        once(mixed(a.at, weight * (1.0 - p))).chain(once(mixed(b.at, weight * p)))
    }

    /// The corners on both sides of `x`, and the weight of the one on the right.
    fn between(&self, x: f64) -> (Corner, Corner, f64) {
        let none = Corner {
            at: f64::INFINITY,
            x: 0,
            y: 0,
            share: 0.0,
        };
        let right = self.corners.partition_point(|corner| corner.share < x);
        let last = self.corners.len().saturating_sub(1);
        let corner = |k: usize| self.corners.get(k.min(last)).copied().unwrap_or(none);
        let (a, b) = (corner(right.saturating_sub(1)), corner(right));
        let p = if b.share > a.share {
            ((x - a.share) / (b.share - a.share)).clamp(0.0, 1.0)
        } else {
            1.0
        };
        (a, b, p)
    }
}

/// The corner of any frontier over which a function is largest, the first of them, and its value there.
pub(crate) fn best(frontiers: &[Frontier], f: impl Fn(f64) -> f64) -> (f64, f64) {
    let mut corners: Vec<f64> = frontiers.iter().flat_map(Frontier::shares).collect();
    corners.sort_by(f64::total_cmp);
    corners.dedup();
    let start = (0.0, f64::NEG_INFINITY);
    corners.into_iter().fold(start, |best, x| {
        let value = f(x);
        if value > best.1 { (x, value) } else { best }
    })
}

/// Whether the way from `a` over `b` to `c` turns right (`Less`: `b` is a corner of the upper hull), left, or not.
fn turn(a: &Corner, b: &Corner, c: &Corner) -> Ordering {
    let slope = |p: &Corner, q: &Corner| (i128::from(q.x - p.x), i128::from(q.y - p.y));
    let ((dx, dy), (ex, ey)) = (slope(a, b), slope(b, c));
    (ey * dx).cmp(&(dy * ex))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_roc_curve_of_five_samples() {
        let points = points(&[0.5, 0.9, 0.5, 0.1, 0.7], &[1, 1, 0, 0, 0]);
        let counts: Vec<_> = points.iter().map(|p| (p.at, p.right, p.wrong)).collect();
        let expected = [
            (f64::INFINITY, 0, 0),
            (0.9, 1, 0),
            (0.7, 1, 1),
            (0.5, 2, 2),
            (0.1, 2, 3),
        ];
        assert_eq!(counts, expected);
        // True over false positives: the corner (1, 1) lies below the line from (0, 1) to (2, 2).
        let hull = Frontier::new(&points, 3, |p| {
            (p.wrong.cast_signed(), p.right.cast_signed())
        });
        assert_eq!(hull.shares().collect::<Vec<_>>(), [0.0, 2.0 / 3.0, 1.0]);
        assert_eq!(hull.height(0.0), 1.0);
        assert_eq!(hull.height(1.0 / 3.0), 1.5);
        let coin: Vec<_> = hull.thresholds(1.0 / 3.0, 1.0).collect();
        assert_eq!(coin.iter().map(|t| t.at).collect::<Vec<_>>(), [0.9, 0.5]);
        assert_eq!(coin[0].probability, 0.5);
    }
}
