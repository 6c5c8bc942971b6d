//! What goes wrong in `321_normal_log_likelihood`.

use crate::{solved, told};
use gradus_judges::{Verdict, normal_log_likelihood as judge};

#[path = "../../answers/321_normal_log_likelihood.rs"]
mod answer;
#[path = "../../tasks/321_normal_log_likelihood.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::normal_log_likelihood), Verdict::ToDo);
    solved(&judge(answer::normal_log_likelihood));
}

fn density(x: f64, mean: f64, deviation: f64) -> f64 {
    let z = (x - mean) / deviation;
    (-0.5 * z * z).exp() / (deviation * std::f64::consts::TAU.sqrt())
}

#[test]
fn the_density_first() {
    told(
        &judge(|x, m, s| x.iter().map(|&x| density(x, m, s).ln()).sum()),
        "Not yet. normal_log_likelihood([40], 0, 1) is -∞, not -800.918939.",
        "还不对。normal_log_likelihood([40], 0, 1) 得到 -∞，应为 -800.918939。",
    );
}

#[test]
fn without_what_does_not_depend_on_the_data() {
    told(
        &judge(|x, m, s| x.iter().map(|x| -0.5 * ((x - m) / s).powi(2)).sum()),
        "Not yet. normal_log_likelihood([0], 0, 1) is 0, not -0.918939.",
        "还不对。normal_log_likelihood([0], 0, 1) 得到 0，应为 -0.918939。",
    );
}

#[test]
fn divided_by_the_deviation_not_squared() {
    told(
        &judge(|x, m, s| {
            x.iter()
                .map(|x| density(0.0, 0.0, s).ln() - 0.5 * (x - m).powi(2) / s)
                .sum()
        }),
        "Not yet. normal_log_likelihood([2], 0, 2) is -2.612086, not -2.112086.",
        "还不对。normal_log_likelihood([2], 0, 2) 得到 -2.612086，应为 -2.112086。",
    );
}

#[test]
fn the_mean_of_the_terms() {
    fn wrong(x: &[f64], m: f64, s: f64) -> f64 {
        let term = |x: &f64| density(0.0, 0.0, s).ln() - 0.5 * ((x - m) / s).powi(2);
        x.iter().map(term).sum::<f64>() / x.len().max(1) as f64
    }
    told(
        &judge(wrong),
        "Not yet. normal_log_likelihood([0, 0], 0, 1) is -0.918939, not -1.837877.",
        "还不对。normal_log_likelihood([0, 0], 0, 1) 得到 -0.918939，应为 -1.837877。",
    );
}
