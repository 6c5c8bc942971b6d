//! Laws of logistic and softmax regression and of the perceptron.

use super::samples::{TOLERANCE, dot, sampled};
use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::nn::random::{Key, normal};
use gradus_models::{Fit, LogisticRegression, ModelError, Perceptron, Predict, SoftmaxRegression};
use gradus_testkit::{all_scaled, at_most, cases, scaled};
use proptest::prelude::*;

fn logistic(penalty: f64) -> LogisticRegression {
    LogisticRegression {
        penalty,
        ..LogisticRegression::default()
    }
}

/// A random direction of length 1.
fn direction(p: usize, seed: u64) -> Vec<f64> {
    let mut rng = Key::new(seed).stream(1).rng();
    let w: Vec<f64> = (0..p).map(|_| normal(&mut rng)).collect();
    let length = dot(&w, &w).sqrt();
    w.iter().map(|w| w / length).collect()
}

/// Samples on the plane across that direction, each twice.
fn touching(p: usize, n: usize, seed: u64) -> DMatrix<f64> {
    let (w, mut rng) = (direction(p, seed), Key::new(seed).stream(2).rng());
    let (mut columns, mut x) = (Vec::new(), vec![0.0; p]);
    for j in 0..n {
        if j % 2 == 0 {
            x.fill_with(|| normal(&mut rng));
            let distance = dot(&w, &x);
            x.iter_mut().zip(&w).for_each(|(x, w)| *x -= distance * w);
        }
        columns.extend_from_slice(&x);
    }
    DMatrix::from_vec(p, n, columns)
}

/// Samples at least `gap` from a plane, and on which side they lie.
fn parted(p: usize, n: usize, gap: f64, seed: u64) -> (DMatrix<f64>, Vec<u32>) {
    let mut rng = Key::new(seed).rng();
    let w = direction(p, seed);
    let (mut columns, mut labels) = (Vec::new(), Vec::new());
    while labels.len() < n {
        let mut x: Vec<f64> = (0..p).map(|_| normal(&mut rng)).collect();
        let label = u32::try_from(labels.len() % 2).unwrap_or(0);
        let side = if label == 1 { 1.0 } else { -1.0 };
        let distance = dot(&w, &x);
        let wanted = side * (gap + distance.abs());
        x.iter_mut()
            .zip(&w)
            .for_each(|(x, w)| *x += (wanted - distance) * w);
        columns.extend(x);
        labels.push(label);
    }
    (DMatrix::from_vec(p, n, columns), labels)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn logistic_regression_is_at_its_optimum(data in sampled(), penalty in 0.01_f64..10.0) {
        let labels = data.labels(2);
        let model = logistic(penalty).fit(data.view(), &labels)?;
        let p = model.probabilities(data.view())?;
        let r: Vec<f64> = p.iter().zip(&labels).map(|(p, &y)| p - f64::from(y)).collect();
        scaled(r.iter().sum(), 0.0, TOLERANCE, 1.0)?;
        for (i, w) in model.linear().weights().iter().enumerate() {
            let feature: Vec<f64> = data.view().row(i).collect();
            scaled(dot(&feature, &r) + penalty * w, 0.0, TOLERANCE, 1.0)?;
        }
    }

    #[test]
    fn exchanged_labels_change_the_signs(data in sampled(), penalty in 0.01_f64..10.0) {
        let labels = data.labels(2);
        let exchanged: Vec<u32> = labels.iter().map(|y| 1 - y).collect();
        let model = logistic(penalty).fit(data.view(), &labels)?;
        let other = logistic(penalty).fit(data.view(), &exchanged)?;
        let turned: Vec<f64> = other.linear().weights().iter().map(|w| -w).collect();
        all_scaled(model.linear().weights(), &turned, TOLERANCE, 1.0)?;
        // The perceptron does not even round otherwise.
        let few = Perceptron { most_passes: 20 };
        let (model, other) = (few.fit(data.view(), &labels)?, few.fit(data.view(), &exchanged)?);
        prop_assert_eq!(model.mistakes(), other.mistakes());
        prop_assert_eq!(model.plane().intercept(), -other.plane().intercept());
    }

    #[test]
    fn separable_classes_need_a_penalty(p in 1_usize..4, n in 8_usize..20, seed in any::<u64>()) {
        let (x, labels) = parted(p, n, 0.1, seed);
        let refused = logistic(0.0).fit(view(&x), &labels);
        prop_assert!(matches!(refused, Err(ModelError::Separable { .. })), "{refused:?}");
        prop_assert!(logistic(0.1).fit(view(&x), &labels).is_ok());
        let softmax = SoftmaxRegression { penalty: 0.0, ..SoftmaxRegression::default() };
        let refused = softmax.fit(view(&x), &labels);
        prop_assert!(matches!(refused, Err(ModelError::Separable { .. })), "{refused:?}");
        // A plane that touches samples of both classes parts them, too.
        let on = touching(p, 12, seed);
        let twice = DMatrix::from_fn(p, n + 12, |i, j| if j < n { x[(i, j)] } else { on[(i, j - n)] });
        let touched: Vec<u32> = labels.iter().copied().chain((0..12).map(|j| j % 2)).collect();
        let refused = logistic(0.0).fit(view(&twice), &touched);
        prop_assert!(matches!(refused, Err(ModelError::Separable { .. })), "{refused:?}");
        // With every sample in both classes, nothing parts them.
        let both = DMatrix::from_fn(p, 2 * n, |i, j| x[(i, j / 2)]);
        let alternating: Vec<u32> = (0..).map(|j| j % 2).take(2 * n).collect();
        let model = logistic(0.0).fit(view(&both), &alternating)?;
        all_scaled(model.linear().weights(), &vec![0.0; p], TOLERANCE, 1.0)?;
    }

    #[test]
    fn softmax_of_two_classes_is_logistic_regression(data in sampled(), penalty in 0.01_f64..10.0) {
        let labels = data.labels(2);
        let two = SoftmaxRegression { penalty: 2.0 * penalty, ..SoftmaxRegression::default() };
        let softmax = two.fit(data.view(), &labels)?;
        let model = logistic(penalty).fit(data.view(), &labels)?;
        for (j, w) in model.linear().weights().iter().enumerate() {
            scaled(softmax.weights()[(1, j)] - softmax.weights()[(0, j)], *w, TOLERANCE, 1.0)?;
        }
        let p = softmax.probabilities(data.view())?;
        let second: Vec<f64> = p.row(1).iter().copied().collect();
        all_scaled(&second, &model.probabilities(data.view())?, TOLERANCE, 1.0)?;
        prop_assert_eq!(softmax.predict(data.view())?.len(), labels.len());
    }

    #[test]
    fn softmax_regression_is_at_its_optimum(data in sampled(), penalty in 0.01_f64..10.0, free in any::<bool>()) {
        let labels = data.labels(3);
        let settings = SoftmaxRegression { penalty, intercept: free, ..SoftmaxRegression::default() };
        let model = settings.fit(data.view(), &labels)?;
        let p = model.probabilities(data.view())?;
        for j in 0..p.ncols() {
            scaled(p.column(j).sum(), 1.0, 8.0 * f64::EPSILON, 1.0)?;
        }
        for k in 0..3_u8 {
            let k_row = usize::from(k);
            let r: Vec<f64> = labels.iter().enumerate().map(|(j, &y)| p[(k_row, j)] - f64::from(u8::from(y == u32::from(k)))).collect();
            if free {
                scaled(r.iter().sum(), 0.0, TOLERANCE, 1.0)?;
            }
            for i in 0..data.x.nrows() {
                let feature: Vec<f64> = data.view().row(i).collect();
                scaled(dot(&feature, &r) + penalty * model.weights()[(k_row, i)], 0.0, TOLERANCE, 1.0)?;
            }
        }
        scaled(model.intercepts().iter().sum(), 0.0, TOLERANCE, 1.0)?;
        for i in 0..data.x.nrows() {
            scaled(model.weights().column(i).sum(), 0.0, TOLERANCE, 1.0)?;
        }
    }

    #[test]
    fn the_perceptron_makes_few_mistakes(p in 1_usize..4, n in 4_usize..20, gap in 0.2_f64..2.0, seed in any::<u64>()) {
        let (x, labels) = parted(p, n, gap, seed); // by a plane through the origin
        let model = Perceptron { most_passes: 100_000 }.fit(view(&x), &labels)?;
        prop_assert!(model.separates());
        prop_assert_eq!(model.predict(view(&x))?, labels);
        let longest = x.column_iter().map(|x| dot(x.as_slice(), x.as_slice()) + 1.0).fold(0.0, f64::max);
        at_most(model.mistakes() as f64, longest / (gap * gap) * (1.0 + TOLERANCE))?;
    }
}
