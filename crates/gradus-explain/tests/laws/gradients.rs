//! Laws of attributions from gradients.

use crate::models::{EPSILON, bent, bent_slope, dot, size, vectors};
use gradus_explain::{
    Key, Search, Tolerance, integrated_gradients, nearest_counterfactual, smooth_gradient,
};
use gradus_numeric::normal_cdf;
use gradus_testkit::{all_scaled, at_most, cases, scaled};
use proptest::prelude::*;
use std::iter::zip;

/// A network of one hidden layer, rectified or smooth, with value and gradient.
fn network(hidden: &[(f64, Vec<f64>, f64)], rectified: bool, x: &[f64]) -> (f64, Vec<f64>) {
    let (mut value, mut slope) = (0.0, vec![0.0; x.len()]);
    for (out, w, b) in hidden {
        let z = dot(w, x) + b;
        let (a, d) = if rectified {
            (z.max(0.0), f64::from(u8::from(z > 0.0)))
        } else {
            (z.tanh(), 1.0 - z.tanh().powi(2))
        };
        value += out * a;
        zip(&mut slope, w).for_each(|(s, w)| *s += out * d * w);
    }
    (value, slope)
}

fn loose() -> Tolerance {
    Tolerance {
        absolute: 0.0,
        relative: 1e-8,
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn integrated_gradients_are_complete([x, b, v, w] in vectors(1..5), rectified in any::<bool>()) {
        let hidden = [(1.0, v.clone(), 0.5), (-2.0, w.clone(), -1.0), (0.5, v.clone(), 0.0)];
        let f = |x: &[f64]| network(&hidden, rectified, x);
        let found = integrated_gradients(f, &x, &b, loose())?;
        let rounding = 64.0 * EPSILON * (1.0 + 100.0 * size(&w));
        at_most(found.gap.abs(), found.errors.iter().sum::<f64>() + rounding)?;
        scaled(found.values.iter().sum::<f64>() + found.gap, f(&x).0 - f(&b).0, 16.0 * EPSILON, 1.0 + 100.0 * size(&w) + size(&found.values))?;
        // The errors are known to be small, so that the law says something.
        at_most(found.errors.iter().sum(), 5e-8 * (1.0 + 300.0 * (size(&w) + size(&v))))?;
    }

    #[test]
    fn integrated_gradients_of_a_linear_model([x, b, w] in vectors(1..6)) {
        let f = |x: &[f64]| (dot(&w, x) + 1.0, w.clone());
        let found = integrated_gradients(f, &x, &b, Tolerance::default())?;
        for (i, value) in found.values.iter().enumerate() {
            scaled(*value, w[i] * (x[i] - b[i]), 4.0 * EPSILON, (w[i] * (x[i] - b[i])).abs())?;
        }
    }

    #[test]
    fn what_does_not_change_gets_no_gradient([x, b] in vectors(2..6), i in 0..6_usize) {
        let i = i % x.len();
        let mut equal = b.clone();
        equal[i] = x[i];
        let f = |x: &[f64]| (bent(x), bent_slope(x));
        prop_assert_eq!(integrated_gradients(f, &x, &equal, loose())?.values[i], 0.0);
        let ignoring = |x: &[f64]| {
            let mut slope = vec![1.0; x.len()];
            slope[i] = 0.0;
            (x.iter().sum::<f64>() - x[i], slope)
        };
        prop_assert_eq!(integrated_gradients(ignoring, &x, &b, loose())?.values[i], 0.0);
    }

    #[test]
    fn smoothing_keeps_the_gradient_of_a_linear_model([x, w] in vectors(1..6), deviation in 0.0..9.0, seed in any::<u64>()) {
        let found = smooth_gradient(|_| w.clone(), &x, deviation, 5, &mut Key::new(seed).rng())?;
        all_scaled(&found.values, &w, 4.0 * EPSILON, 5.0)?;
        all_scaled(&found.standard_errors, &vec![0.0; x.len()], 8.0 * EPSILON, 5.0)?;
    }

    #[test]
    fn smoothing_by_nothing_is_the_gradient([x] in vectors(1..6), seed in any::<u64>()) {
        let found = smooth_gradient(bent_slope, &x, 0.0, 2, &mut Key::new(seed).rng())?;
        prop_assert_eq!(found.values, bent_slope(&x));
    }

    #[test]
    fn a_smooth_gradient_is_that_of_the_blurred_function(x in -2.0..2.0, deviation in 0.5..3.0, seed in any::<u64>()) {
        let sign = |x: &[f64]| vec![x[0].signum()];
        let found = smooth_gradient(sign, &[x], deviation, 2000, &mut Key::new(seed).rng())?;
        let expected = 2.0 * normal_cdf(x / deviation) - 1.0;
        // A sign has variance 1 − mean²; five deviations.
        let error = ((1.0 - expected * expected) / 2000.0).sqrt();
        at_most((found.values[0] - expected).abs(), 5.0 * error + 1e-3)?;
        at_most((found.standard_errors[0] - error).abs(), 0.3 * error + 1e-3)?;
    }

    #[test]
    fn the_nearest_counterfactual_of_a_linear_score([x, w] in vectors(1..6), b in -5.0..5.0, target in -5.0..5.0) {
        let squares = dot(&w, &w);
        prop_assume!(squares > 0.01);
        let f = |x: &[f64]| (dot(&w, x) + b, w.clone());
        let found = nearest_counterfactual(f, &x, target, Search::default())?;
        let missing = target - f(&x).0;
        let expected: Vec<f64> = zip(&x, &w).map(|(x, w)| x + missing / squares * w).collect();
        let scale = size(&x) + (missing.abs() + 10.0 + 5.0 * size(&w)) / squares.sqrt();
        all_scaled(&found.point, &expected, 8.0 * EPSILON, scale)?;
        scaled(found.distance, missing.abs() / squares.sqrt(), 16.0 * EPSILON, scale)?;
    }

    #[test]
    fn the_nearest_counterfactual_on_a_sphere([x] in vectors(1..6), radius in 0.5..9.0) {
        let length: f64 = dot(&x, &x).sqrt();
        prop_assume!(length > 0.1);
        let f = |x: &[f64]| (dot(x, x), x.iter().map(|x| 2.0 * x).collect());
        let search = Search::default();
        let found = nearest_counterfactual(f, &x, radius * radius, search)?;
        let expected: Vec<f64> = x.iter().map(|x| x * radius / length).collect();
        // The value is right to six digits of the way, and its slope 2 r.
        let missing = search.tolerance * f64::abs(length * length - radius * radius);
        all_scaled(&found.point, &expected, missing / radius + 64.0 * EPSILON, 1.0 + radius + length)?;
    }

    #[test]
    fn a_counterfactual_obeys_lagrange([x] in vectors(2..6), share in 0.2..0.9) {
        // A bowl that is steeper along later coordinates: every value above its bottom is taken.
        let steep = |i: usize| 1.0 + i as f64 / 2.0;
        let f = |x: &[f64]| {
            let bowl: f64 = x.iter().enumerate().map(|(i, x)| steep(i) * (x * x).ln_1p()).sum();
            (bowl, x.iter().enumerate().map(|(i, x)| steep(i) * 2.0 * x / (1.0 + x * x)).collect::<Vec<f64>>())
        };
        let start = f(&x).0;
        prop_assume!(start > 0.5);
        let target = share * start;
        let found = nearest_counterfactual(f, &x, target, Search::default())?;
        scaled(f(&found.point).0, target, 1.1e-6, start)?;
        let way: Vec<f64> = zip(&found.point, &x).map(|(a, b)| a - b).collect();
        let slope = f(&found.point).1;
        let cosine = dot(&way, &slope) / (dot(&way, &way) * dot(&slope, &slope)).sqrt();
        scaled(cosine, -1.0, 1e-12, 1.0)?; // downhill; a sine of 1e-6 is a cosine within 5e-13 of 1
        scaled(found.distance, dot(&way, &way).sqrt(), 8.0 * EPSILON, found.distance)?;
    }
}
