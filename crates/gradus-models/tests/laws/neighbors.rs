//! Laws of nearest neighbors.

use super::samples::{TOLERANCE, mean, rotation, sampled};
use gradus_models::linalg::view;
use gradus_models::{Fit, NearestNeighbors, Predict, Weighting};
use gradus_testkit::{all_scaled, cases};
use proptest::prelude::*;

fn asking(neighbors: usize, weighting: Weighting) -> NearestNeighbors {
    NearestNeighbors {
        neighbors,
        weighting,
    }
}

fn weighting() -> impl Strategy<Value = Weighting> {
    prop_oneof![Just(Weighting::Uniform), Just(Weighting::InverseDistance)]
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn one_neighbor_remembers(data in sampled(), weighting in weighting()) {
        let labels = data.labels(3);
        let model = asking(1, weighting).fit(data.view(), &labels)?;
        for (j, (predicted, label)) in model.predict(data.view())?.into_iter().zip(&labels).enumerate() {
            // Of samples that are the same, the first is remembered.
            let first = (0..j).find(|&i| data.x.column(i) == data.x.column(j));
            prop_assert_eq!(predicted, first.map_or(*label, |i| labels[i]));
        }
    }

    #[test]
    fn all_neighbors_are_the_mean(data in sampled()) {
        let model = asking(data.y.len(), Weighting::Uniform).fit(data.view(), &data.y)?;
        let predicted = model.predict(data.view())?;
        all_scaled(&predicted, &vec![mean(&data.y); data.y.len()], 64.0 * f64::EPSILON, 10.0)?;
    }

    #[test]
    fn neighbors_do_not_see_isometries(data in sampled(), k in 1_usize..6, weighting in weighting(), seed in any::<u64>()) {
        // Distances that are equal before need not be after rounding.
        let noisy = data.x.map_with_location(|i, j, x| x + 1e-3 * ((7 * i + 3 * j) as f64).sin());
        let turned = (rotation(data.x.nrows(), seed) * &noisy).map(|x| 4.0 * x - 9.0);
        let at = |x: &gradus_models::linalg::nalgebra::DMatrix<f64>| x.map_with_location(|i, j, x| x + 0.05 * ((5 * i + 2 * j) as f64).cos());
        let query = at(&noisy);
        let query_turned = (rotation(data.x.nrows(), seed) * &query).map(|x| 4.0 * x - 9.0);
        let model = asking(k, weighting).fit(view(&noisy), &data.y)?;
        let other = asking(k, weighting).fit(view(&turned), &data.y)?;
        all_scaled(&model.predict(view(&query))?, &other.predict(view(&query_turned))?, 1e3 * TOLERANCE, 1.0)?; // distances from 0.01 on
    }

    #[test]
    fn neighbors_predict_between_their_targets(data in sampled(), k in 1_usize..12, weighting in weighting()) {
        let model = asking(k, weighting).fit(data.view(), &data.y)?;
        let low = data.y.iter().copied().fold(f64::INFINITY, f64::min);
        let high = data.y.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let query = data.x.map(|x| 1.5 * x + 0.1);
        for y in model.predict(view(&query))? {
            prop_assert!(y >= low - TOLERANCE && y <= high + TOLERANCE);
        }
    }
}
