//! Fairness: what a model does to groups, what cannot be had together, and what a threshold for each group costs.
//!
//! 4000 people of the United States census of 1994. A logistic regression says who earns more than 50 000 dollars, from
//! eight features; sex and race are not among them. Still it selects men four times as often as women. The model is at
//! the optimum of its likelihood, so that any other program finds its numbers: scikit-learn (standardized features,
//! C = 1, threshold ½) has accuracy 0.8387 and true positive rates 0.417 and 0.595. Other columns give others; with the
//! square of the age, for instance, the accuracy is 0.8433. Of each group:
//!
//! ```text
//! selection rate      P(ŷ = 1 | a)           equal: demographic parity
//! true positive rate  P(ŷ = 1 | y = 1, a)    equal: equal opportunity; with the false positive rate: equalized odds
//! precision           P(y = 1 | ŷ = 1, a)    equal: predictive parity
//! ```
//!
//! They are bound to each other by the base rate p = P(y = 1 | a), which is the data's, whatever is decided:
//!
//! ```text
//! FPR = p / (1 − p) · (1 − PPV) / PPV · TPR          (Chouldechova 2017)
//! ```
//!
//! so of groups with other base rates, no decision that errs at all has equal precision and equal odds. And of scores
//! that are calibrated in both, mean scores of the positive or of the negative members differ (Kleinberg et al. 2017).
//!
//! A threshold for each group, and a coin between two of them, can make a chosen rate equal; the accuracy pays.
//!
//! What to try: race in the place of sex (groups of 29 people: how sure is a rate?); weights from `reweigh`.

#![allow(clippy::print_stdout, reason = "an example shows its steps")]

use gradus::data::{LabelledTable, Scaler, Table, census_income};
use gradus::evaluation::BinaryScores;
use gradus::fairness::{Groups, Parity, Rate, equalize, implied_false_positive_rate, mean_scores};
use gradus::models::{Fit, LogisticRegression};
use gradus::plot::{Figure, PlaneCurve, save, xy_plot};
use gradus::random::Key;
use std::error::Error;

const USED: usize = 8;
const SEX: usize = 8;
const GROUPS: [&str; 2] = ["women", "men"];

fn main() -> Result<(), Box<dyn Error>> {
    let census = census_income()?;
    let sex = census.samples().row(SEX).map(|s| u32::from(s > 0.5));
    let (truth, sex) = (census.labels(), sex.collect::<Vec<_>>());
    let scores = learn(&census)?;
    let taken: Vec<u32> = scores.iter().map(|&p| u32::from(p > 0.5)).collect();

    let groups = Groups::new(truth, &taken, &sex, 2)?;
    let all = Groups::new(truth, &taken, &vec![0; truth.len()], 1)?;
    tell_rates(&groups, truth, &scores, &sex)?;
    tell_what_cannot_be(&groups, &all)?;
    equalize_and_draw(truth, &scores, &sex)?;

    let accuracy = all.rate(Rate::Accuracy, 0)?;
    let gap = groups.difference(Rate::TruePositive)?;
    println!("result: accuracy {accuracy:.4}, true positive rates {gap:.3} apart");
    if accuracy > 0.83 && gap > 0.15 {
        Ok(())
    } else {
        Err("the model should be good, and unequal".into())
    }
}

/// What the model does to each group.
fn tell_rates(
    groups: &Groups,
    truth: &[u32],
    scores: &[f64],
    sex: &[u32],
) -> Result<(), Box<dyn Error>> {
    println!("rate                   women     men  difference  ratio");
    let some = [Rate::Base, Rate::Selection, Rate::Accuracy];
    let of_some = [Rate::TruePositive, Rate::FalsePositive, Rate::Precision];
    for rate in some.into_iter().chain(of_some) {
        let (each, difference) = (groups.rates(rate)?, groups.difference(rate)?);
        let [women, men] = [0, 1].map(|g| each.values()[g]);
        let (name, ratio) = (rate.to_string(), groups.ratio(rate)?);
        println!("{name:20}  {women:6.3}  {men:6.3}      {difference:6.3} {ratio:6.3}");
    }
    for class in [1, 0] {
        let each = mean_scores(truth, scores, sex, 2, class)?;
        println!("mean score of class {class}: {:.3?}", each.values());
    }
    Ok(())
}

/// Equal precision and equal true positive rates leave no choice of false positives.
fn tell_what_cannot_be(groups: &Groups, all: &Groups) -> Result<(), Box<dyn Error>> {
    println!("\nif both had the precision and the true positive rate of all:");
    let [ppv, tpr] = [Rate::Precision, Rate::TruePositive].map(|rate| all.rate(rate, 0));
    let (ppv, tpr) = (ppv?, tpr?);
    for (g, name) in GROUPS.into_iter().enumerate() {
        let fpr = implied_false_positive_rate(groups.rate(Rate::Base, g)?, ppv, tpr)?;
        println!("  {ppv:.3} and {tpr:.3}: false positives of {name} must be {fpr:.4}");
    }
    Ok(())
}

/// A threshold for each group, by three rules, and where they lie on the groups' curves, in `out/`.
fn equalize_and_draw(truth: &[u32], scores: &[f64], sex: &[u32]) -> Result<(), Box<dyn Error>> {
    println!("\na threshold for each group, for equal …");
    let mut places = Vec::new();
    for what in [Parity::Selection, Parity::TruePositive, Parity::Odds] {
        let rule = equalize(scores, truth, sex, 2, what)?;
        let (name, accuracy) = (format!("{what:?}"), rule.expected_accuracy());
        println!("  {name:13} accuracy {accuracy:.4}");
        for (g, group) in GROUPS.into_iter().enumerate() {
            let each = rule.of(g)?.iter();
            let each = each.map(|t| format!("{:.3} ({:.0} %)", t.at, 100.0 * t.probability));
            let each: Vec<String> = each.collect();
            println!("    {group:5} from {}", each.join(" or "));
        }
        let decided = Groups::new(truth, &rule.decide(scores, sex, Key::new(2))?, sex, 2)?;
        let x = decided.rates(Rate::FalsePositive)?;
        let y = decided.rates(Rate::TruePositive)?;
        places.push((name, [0, 1].map(|g| (x.values()[g], y.values()[g]))));
    }
    let roc = |g: u32| {
        let of_group = (0..sex.len()).filter(|&i| sex[i] == g);
        let (s, y): (Vec<f64>, Vec<u32>) = of_group.map(|i| (scores[i], truth[i])).unzip();
        BinaryScores::new(&y, &s)?.roc()
    };
    let curves = [roc(0)?, roc(1)?];
    let lines = GROUPS.into_iter().zip(&curves);
    let lines = lines.map(|(name, curve)| PlaneCurve::line(name, curve));
    let dots = places
        .iter()
        .map(|(name, points)| PlaneCurve::steps(name, points));
    let all: Vec<_> = lines.chain(dots).collect();
    let title = "Two groups, three rules";
    let figure = Figure::new(title, "false positives", "true positives").sized(640, 480);
    let path = save("out/520_fairness.svg", &xy_plot(&figure, &all)?)?;
    println!("picture: {}", path.display());
    Ok(())
}

/// Logistic regression: the probability of class 1, from the features that are neither sex nor race.
fn learn(census: &LabelledTable) -> Result<Vec<f64>, Box<dyn Error>> {
    let used = (0..census.len()).filter_map(|j| Some(&census.sample(j)?[..USED]));
    let values: Vec<f64> = used.flatten().copied().collect();
    let table = Table::new(census.names()[..USED].to_vec(), values)?;
    let table = table.scaled(&Scaler::standard(table.samples())?)?;
    let model = LogisticRegression::default().fit(table.samples(), census.labels())?;
    Ok(model.probabilities(table.samples())?)
}
