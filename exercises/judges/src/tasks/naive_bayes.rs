//! The judge of `748_naive_bayes`.

use crate::judging::comparison::are;
use crate::judging::inputs::distribution;
use crate::judging::law::{Judge, Law};
use crate::judging::text::say;
use crate::judging::verdict::Verdict;
use crate::judging::words::{rows, vector};
use proptest::bool::ANY;
use proptest::collection::vec;
use proptest::strategy::Strategy;

/// A prior, rates of features in classes and what is there, to logarithms of probabilities.
pub type NaiveBayes = fn(&[f64], &[Vec<f64>], &[bool]) -> Vec<f64>;

/// Judges naive Bayes with features that are there or not.
#[must_use]
pub fn naive_bayes(answer: NaiveBayes) -> Verdict {
    type Case = (Vec<f64>, Vec<Vec<f64>>, Vec<f64>);
    let there = |x: &[f64]| -> Vec<bool> { x.iter().map(|x| *x == 1.0).collect() };
    let call = |(prior, rates, x): &Case| {
        format!(
            "naive_bayes({}, {}, {:?})",
            vector(prior),
            rows(rates),
            there(x)
        )
    };
    let check = |(prior, rates, x): &Case| {
        let fits = prior.len() == rates.len() && rates.iter().all(|row| row.len() == x.len());
        let positive = |p: &f64| *p > 0.0 && *p < 1.0;
        if !fits || !prior.iter().all(positive) || !rates.iter().flatten().all(positive) {
            return Ok(()); // not asked for
        }
        let features = there(x);
        are(
            &answer(prior, rates, &features),
            &posterior(prior, rates, &features),
            1e-11,
        )
    };
    let any = (2..4_usize, 1..5_usize).prop_flat_map(|(classes, n)| {
        let rates = vec(
            vec((1..10).prop_map(|tenths| 0.1 * f64::from(tenths)), n),
            classes,
        );
        let x = vec(ANY.prop_map(|it| f64::from(u8::from(it))), n);
        (distribution(classes), rates, x)
    });
    let even = vec![0.5, 0.5];
    Judge::new(&call)
        .law(
            Law(
                "bernoulli_naive_bayes_is_bayes_rule",
                say!(
                    "prior times likelihood, divided by the sum over the classes; then the logarithm",
                    "先验乘以似然，除以各类之和；再取对数"
                ),
            ),
            &[
                (even.clone(), vec![vec![0.5], vec![0.5]], vec![1.0]),
                (even.clone(), vec![vec![0.8], vec![0.2]], vec![1.0]),
                (even.clone(), vec![vec![0.8], vec![0.2]], vec![0.0]),
                (vec![0.25, 0.75], vec![vec![0.5], vec![0.5]], vec![1.0]),
                (even, vec![vec![1e-200, 1e-200], vec![1e-100, 1e-300]], vec![1.0, 1.0]),
            ],
            &any,
            check,
        )
        .verdict()
}

/// By logarithms: a softmax of the scores.
fn posterior(prior: &[f64], rates: &[Vec<f64>], features: &[bool]) -> Vec<f64> {
    let score = |(p, rates): (&f64, &Vec<f64>)| {
        let ln = |(r, there): (&f64, &bool)| if *there { r.ln() } else { (-r).ln_1p() };
        p.ln() + rates.iter().zip(features).map(ln).sum::<f64>()
    };
    let scores: Vec<f64> = prior.iter().zip(rates).map(score).collect();
    gradus_numeric::log_softmax(&scores).unwrap_or_default()
}
