//! Laws of naive Bayes.

use super::samples::{Sampled, TOLERANCE, mean, sampled};
use gradus_models::linalg::nalgebra::DMatrix;
use gradus_models::linalg::view;
use gradus_models::{BernoulliNaiveBayes, Fit, GaussianNaiveBayes, MultinomialNaiveBayes, Predict};
use gradus_testkit::{all_scaled, cases, scaled};
use proptest::prelude::*;

/// The numbers of a feature that belong to a class.
fn of_class(x: &DMatrix<f64>, labels: &[u32], i: usize, class: u32) -> Vec<f64> {
    let pairs = x.row(i).iter().copied().zip(labels).collect::<Vec<_>>();
    pairs
        .into_iter()
        .filter(|(_, label)| **label == class)
        .map(|(x, _)| x)
        .collect()
}

/// Every number as 0 or 1, or as a count.
fn whole(data: &Sampled, most: f64) -> DMatrix<f64> {
    data.x.map(|x| x.abs().floor() % (most + 1.0))
}

/// The posterior of Bayes' rule from $`\ln p(x \mid k)`$ and the shares of the classes.
fn posterior(labels: &[u32], ln_likelihood: impl Fn(u32) -> f64) -> Vec<f64> {
    let share =
        |k: u32| labels.iter().filter(|&&label| label == k).count() as f64 / labels.len() as f64;
    let joint: Vec<f64> = (0..3).map(|k| share(k) * ln_likelihood(k).exp()).collect();
    let total: f64 = joint.iter().sum();
    joint.iter().map(|p| p / total).collect()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn gaussian_naive_bayes_does_not_see_units(data in sampled(), unit in 0.1_f64..10.0, shift in -5.0_f64..5.0) {
        let exact = GaussianNaiveBayes { smoothing: 0.0 };
        let labels = data.labels(2);
        let model = exact.fit(data.view(), &labels);
        prop_assume!(model.is_ok()); // ties may make a feature constant within a class
        let moved = data.x.map(|x| unit * x + shift);
        let other = exact.fit(view(&moved), &labels)?;
        let (p, q) = (model?.ln_probabilities(data.view())?, other.ln_probabilities(view(&moved))?);
        all_scaled(p.as_slice(), q.as_slice(), TOLERANCE, 100.0)?;
    }

    #[test]
    fn gaussian_naive_bayes_gives_distributions(data in sampled()) {
        let labels = data.labels(3);
        let model = GaussianNaiveBayes { smoothing: 0.1 }.fit(data.view(), &labels)?;
        let p = model.ln_probabilities(data.view())?;
        for column in p.column_iter() {
            scaled(column.iter().map(|p| p.exp()).sum(), 1.0, TOLERANCE, 1.0)?;
        }
        for k in 0..3 {
            let numbers = of_class(&data.x, &labels, 0, k);
            scaled(model.means()[(k as usize, 0)], mean(&numbers), 64.0 * f64::EPSILON, 20.0)?;
        }
        let winners = model.predict(data.view())?;
        for (j, &winner) in winners.iter().enumerate() {
            prop_assert!(p.column(j).iter().all(|&q| q <= p[(winner as usize, j)]));
        }
    }

    #[test]
    fn classes_may_be_renumbered(data in sampled()) {
        let labels = data.labels(3);
        let turned: Vec<u32> = labels.iter().map(|label| (label + 1) % 3).collect();
        let settings = GaussianNaiveBayes { smoothing: 0.1 };
        let p = settings.fit(data.view(), &labels)?.ln_probabilities(data.view())?;
        let q = settings.fit(data.view(), &turned)?.ln_probabilities(data.view())?;
        for k in 0..3 {
            let (a, b): (Vec<f64>, Vec<f64>) = (p.row(k).iter().copied().collect(), q.row((k + 1) % 3).iter().copied().collect());
            all_scaled(&a, &b, TOLERANCE, 1.0)?;
        }
    }

    #[test]
    fn bernoulli_naive_bayes_is_bayes_rule(data in sampled(), smoothing in 0.1_f64..3.0) {
        let (x, labels) = (whole(&data, 1.0), data.labels(3));
        let p = BernoulliNaiveBayes { smoothing }.fit(view(&x), &labels)?.probabilities(view(&x))?;
        for (j, column) in x.column_iter().enumerate() {
            let rule = posterior(&labels, |k| {
                let term = |i: usize| {
                    let seen = of_class(&x, &labels, i, k);
                    let q = (seen.iter().sum::<f64>() + smoothing) / (seen.len() as f64 + 2.0 * smoothing);
                    if column[i] == 1.0 { q.ln() } else { (1.0 - q).ln() }
                };
                (0..x.nrows()).map(term).sum()
            });
            all_scaled(p.column(j).as_slice(), &rule, TOLERANCE, 1.0)?;
        }
        let refused = BernoulliNaiveBayes { smoothing }.fit(view(&x.map(|x| 2.0 * x + 0.5)), &labels);
        prop_assert!(refused.is_err());
    }

    #[test]
    fn features_may_change_places(data in sampled(), turn in 0_usize..4) {
        let (n, labels) = (data.x.nrows(), data.labels(3));
        let turned = |x: &DMatrix<f64>| DMatrix::from_fn(n, x.ncols(), |i, j| x[((i + turn) % n, j)]);
        let (yes, counts) = (whole(&data, 1.0), whole(&data, 6.0));
        let gaussian = |x: &DMatrix<f64>| GaussianNaiveBayes { smoothing: 0.1 }.fit(view(x), &labels)?.ln_probabilities(view(x));
        let bernoulli = |x: &DMatrix<f64>| BernoulliNaiveBayes::default().fit(view(x), &labels)?.probabilities(view(x));
        let multinomial = |x: &DMatrix<f64>| MultinomialNaiveBayes { smoothing: 0.5 }.fit(view(x), &labels)?.probabilities(view(x));
        all_scaled(gaussian(&data.x)?.as_slice(), gaussian(&turned(&data.x))?.as_slice(), TOLERANCE, 1.0)?;
        all_scaled(bernoulli(&yes)?.as_slice(), bernoulli(&turned(&yes))?.as_slice(), TOLERANCE, 1.0)?;
        all_scaled(multinomial(&counts)?.as_slice(), multinomial(&turned(&counts))?.as_slice(), TOLERANCE, 1.0)?;
    }

    #[test]
    fn yes_and_no_may_be_exchanged(data in sampled()) {
        let (x, labels) = (whole(&data, 1.0), data.labels(3));
        let exchanged = x.map(|x| 1.0 - x);
        let p = BernoulliNaiveBayes::default().fit(view(&x), &labels)?.probabilities(view(&x))?;
        let q = BernoulliNaiveBayes::default().fit(view(&exchanged), &labels)?.probabilities(view(&exchanged))?;
        all_scaled(p.as_slice(), q.as_slice(), TOLERANCE, 1.0)?;
    }

    #[test]
    fn multinomial_naive_bayes_is_bayes_rule(data in sampled(), smoothing in 0.1_f64..3.0) {
        let (x, labels) = (whole(&data, 6.0), data.labels(3));
        let model = MultinomialNaiveBayes { smoothing }.fit(view(&x), &labels)?;
        let p = model.probabilities(view(&x))?;
        for row in model.weights().row_iter() {
            scaled(row.iter().map(|w| w.exp()).sum(), 1.0, TOLERANCE, 1.0)?;
        }
        for (j, column) in x.column_iter().enumerate() {
            let rule = posterior(&labels, |k| {
                let count = |i: usize| of_class(&x, &labels, i, k).iter().sum::<f64>() + smoothing;
                let total: f64 = (0..x.nrows()).map(count).sum();
                (0..x.nrows()).map(|i| column[i] * (count(i) / total).ln()).sum()
            });
            all_scaled(p.column(j).as_slice(), &rule, TOLERANCE, 1.0)?;
        }
        let refused = MultinomialNaiveBayes { smoothing }.fit(view(&x.map(|x| x - 7.0)), &labels);
        prop_assert!(refused.is_err());
    }
}
