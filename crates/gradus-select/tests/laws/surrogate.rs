//! Laws of the Gaussian process and of expected improvement.

use gradus_select::{Covariance, GaussianProcess, expected_improvement};
use gradus_testkit::{at_least, at_most, cases, scaled};
use proptest::collection::vec;
use proptest::prelude::*;
use std::f64::consts::TAU;

const EPSILON: f64 = f64::EPSILON;

/// Points with some distance from one another, and values.
fn points() -> impl Strategy<Value = (Vec<Vec<f64>>, Vec<f64>)> {
    vec((0.0..0.5, 0.0..1.0, -5.0..5.0), 1..9).prop_map(|all| {
        let spread = |(i, (x, y, _)): (usize, &(f64, f64, f64))| vec![i as f64 + x, *y];
        (
            all.iter().enumerate().map(spread).collect(),
            all.iter().map(|p| p.2).collect(),
        )
    })
}

fn plain(noise: f64) -> Covariance {
    Covariance {
        variance: 2.0,
        length: 0.7,
        noise,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_gaussian_process_interpolates((points, values) in points()) {
        let process = GaussianProcess::new(&points, &values, plain(0.0))?;
        for (point, value) in points.iter().zip(&values) {
            let (mean, deviation) = process.predict(point)?;
            // Distances of half a unit: a condition below 10⁴ for nine points.
            scaled(mean, *value, 1e5 * EPSILON, 10.0)?;
            at_most(deviation, (1e4 * EPSILON).sqrt())?; // a variance that rounds to 10⁴ ε
        }
    }

    #[test]
    fn a_further_point_never_raises_a_variance((points, values) in points(), noise in 0.0..0.5, x in -1.0..9.0, y in -1.0..2.0) {
        prop_assume!(points.len() > 1);
        let k = plain(noise);
        let fewer = GaussianProcess::new(&points[1..], &values[1..], k)?;
        let all = GaussianProcess::new(&points, &values, k)?;
        let (known, better) = (fewer.predict(&[x, y])?.1, all.predict(&[x, y])?.1);
        at_most(better * better, known * known + 1e4 * EPSILON)?;
        at_most(better * better, k.variance * (1.0 + EPSILON))?;
    }

    #[test]
    fn far_away_nothing_is_known((points, values) in points(), noise in 0.0..0.5) {
        let process = GaussianProcess::new(&points, &values, plain(noise))?;
        let (mean, deviation) = process.predict(&[500.0, 500.0])?;
        let average = values.iter().sum::<f64>() / values.len() as f64;
        scaled(mean, average, 4.0 * EPSILON, 5.0)?;
        scaled(deviation * deviation, 2.0, 4.0 * EPSILON, 2.0)?;
    }

    /// ln p(y) = Σ ln p(yᵢ | y₁, …, yᵢ₋₁), each with the mean of all, which a process of fewer values does not have: for two values
    /// the density is written out.
    #[test]
    fn the_evidence_is_a_product_of_predictions(a in -5.0..5.0, b in -5.0..5.0, distance in 0.1..3.0, noise in 0.0..0.5) {
        let k = plain(noise);
        let points = [vec![0.0], vec![distance]];
        let process = GaussianProcess::new(&points, &[a, b], k)?;
        let (own, cross) = (k.variance + noise, k.between(&points[0], &points[1]));
        let half = (a - b) / 2.0; // both differ so much from their mean
        let determinant = own * own - cross * cross;
        // The inverse of [[v, c], [c, v]] takes (h, −h) to (h, −h) / (v − c).
        let expected = -half * half / (own - cross) - determinant.ln() / 2.0 - TAU.ln();
        scaled(process.ln_evidence(), expected, 1e3 * EPSILON, 1.0 + expected.abs() + half * half / (own - cross))?;
    }

    #[test]
    fn improvement_grows_with_the_deviation(mean in -5.0..5.0, best in -5.0..5.0, deviation in 0.01..3.0, more in 0.01..3.0) {
        let (less, larger) = (expected_improvement(mean, deviation, best), expected_improvement(mean, deviation + more, best));
        prop_assert!(less >= 0.0);
        at_least(larger, less * (1.0 - 8.0 * EPSILON))?;
    }

    #[test]
    fn improvement_is_at_least_that_of_the_mean(mean in -5.0..5.0, best in -5.0..5.0, deviation in 0.0..3.0) {
        let gain = f64::max(best - mean, 0.0);
        prop_assert_eq!(expected_improvement(mean, 0.0, best), gain);
        at_least(expected_improvement(mean, deviation, best), gain * (1.0 - 8.0 * EPSILON))?;
        // At most a half of the normal law on top.
        at_most(expected_improvement(mean, deviation, best), gain + deviation * 0.3989422804014327 * (1.0 + 8.0 * EPSILON))?;
    }

    #[test]
    fn improvement_and_its_mirror(mean in -5.0..5.0, best in -5.0..5.0, deviation in 0.1..3.0) {
        let (one, other) = (expected_improvement(mean, deviation, best), expected_improvement(2.0 * best - mean, deviation, best));
        scaled(one - other, best - mean, 8.0 * EPSILON, 20.0)?;
    }
}
