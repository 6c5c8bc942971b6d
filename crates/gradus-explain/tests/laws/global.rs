//! Laws of a model over all samples.

use crate::models::{EPSILON, bent, columns, dot, size, vectors};
use gradus_explain::{
    Key, MatrixRef, individual_curves, partial_dependence, permutation_importance,
};
use gradus_testkit::{all_scaled, at_most, cases, scaled};
use proptest::collection::vec;
use proptest::prelude::*;
use std::iter::zip;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn individual_curves_average_to_partial_dependence([a, b, c] in vectors(1..5), values in vec(-5.0..5.0, 1..5), i in 0..5_usize) {
        let (n, table) = (a.len(), [a, b, c].concat());
        let data = columns(n, &table)?;
        let curves = individual_curves(bent, data, i % n, &values)?;
        let mean: Vec<f64> = (0..values.len()).map(|k| curves.iter().map(|curve| curve[k]).sum::<f64>() / 3.0).collect();
        all_scaled(&partial_dependence(bent, data, i % n, &values)?, &mean, 3.0 * EPSILON, 10.0)?;
    }

    #[test]
    fn a_curve_passes_through_its_sample([a, b] in vectors(1..5), i in 0..5_usize) {
        let (n, table) = (a.len(), [a.clone(), b.clone()].concat());
        let i = i % n;
        let curves = individual_curves(bent, columns(n, &table)?, i, &[a[i], b[i]])?;
        prop_assert_eq!((curves[0][0], curves[1][1]), (bent(&a), bent(&b)));
    }

    #[test]
    fn partial_dependence_of_an_additive_function_is_its_term([a, b, c] in vectors(2..5), u in -3.0..3.0, v in -3.0..3.0, i in 0..5_usize) {
        let f = |x: &[f64]| x.iter().enumerate().map(|(i, x)| (i as f64 + 1.0) * x.sin()).sum::<f64>();
        let (n, table) = (a.len(), [a, b, c].concat());
        let i = i % n;
        let found = partial_dependence(f, columns(n, &table)?, i, &[u, v])?;
        let term = |x: f64| (i as f64 + 1.0) * f64::sin(x);
        scaled(found[1] - found[0], term(v) - term(u), 8.0 * EPSILON, 10.0)?;
    }

    #[test]
    fn importance_of_a_linear_model([w, a, b, c, d, e] in vectors(1..4), seed in any::<u64>()) {
        let (n, table) = (w.len(), [a, b, c, d, e].concat());
        let data = columns(n, &table)?;
        let truth: Vec<f64> = (0..5).map(|j| dot(&w, &data.column(j).collect::<Vec<_>>())).collect();
        let loss = |x: MatrixRef<'_, f64>| {
            let error = |j: usize| dot(&w, &x.column(j).collect::<Vec<_>>()) - truth[j];
            (0..5).map(|j| error(j).powi(2)).sum::<f64>() / 5.0
        };
        let found = permutation_importance(loss, data, 200, Key::new(seed))?;
        for i in 0..n {
            let row: Vec<f64> = data.row(i).collect();
            let mean = row.iter().sum::<f64>() / 5.0;
            let variance = row.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 5.0;
            let expected = 2.0 * w[i] * w[i] * variance;
            let rounding = 1e3 * EPSILON * (1.0 + size(&w)).powi(2);
            at_most((found.values[i] - expected).abs(), 5.0 * found.standard_errors[i] + rounding)?;
        }
    }

    #[test]
    fn importance_of_what_is_ignored([a, b, c] in vectors(2..5), seed in any::<u64>()) {
        let (n, table) = (a.len(), [a, b, c].concat());
        let data = columns(n, &table)?;
        let loss = |x: MatrixRef<'_, f64>| x.row(1).zip([1.0, 2.0, 3.0]).map(|(x, y)| x * y).sum();
        let found = permutation_importance(loss, data, 6, Key::new(seed))?;
        for (i, (value, error)) in zip(found.values, found.standard_errors).enumerate() {
            prop_assert!(i == 1 || (value == 0.0 && error == 0.0));
        }
        // Repeat r of feature i is the same, however many there are.
        let key = Key::new(seed);
        let (few, many) = (permutation_importance(loss, data, 2, key)?, permutation_importance(loss, data, 4, key)?);
        prop_assert!(few.values[1].is_finite() && many.values[1].is_finite());
    }
}
