//! What goes wrong in `713_two_layer_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, two_layer_gradient as judge};

#[path = "../../answers/713_two_layer_gradient.rs"]
mod answer;
#[path = "../../tasks/713_two_layer_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::two_layer_gradient), Verdict::ToDo);
    solved(&judge(answer::two_layer_gradient));
}

#[test]
fn without_the_slope() {
    fn wrong(w: &[Vec<f64>], v: &[f64], x: &[f64], y: f64) -> Vec<f64> {
        let sum = |row: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        let h: Vec<f64> = w.iter().map(|row| sum(row).tanh()).collect();
        let p: f64 = v.iter().zip(&h).map(|(v, h)| v * h).sum();
        let delta = 2.0 * (p - y);
        let mut gradient = Vec::new();
        for v in v {
            gradient.extend(x.iter().map(|x| delta * v * x));
        }
        gradient.extend(h.iter().map(|h| delta * h));
        gradient
    }
    told(
        &judge(wrong),
        "Not yet. gradient(w = [[1]], v = [1], x = [2], y = 0) is [3.85611, 1.858698]; entry 0 is 3.85611, but along it the loss changes at the rate 0.272437.",
        "还不对。gradient(w = [[1]], v = [1], x = [2], y = 0) 得到 [3.85611, 1.858698]；第 0 个分量是 3.85611，而沿着它损失的变化率是 0.272437。",
    );
}

#[test]
fn without_the_weight_above() {
    fn wrong(w: &[Vec<f64>], v: &[f64], x: &[f64], y: f64) -> Vec<f64> {
        let sum = |row: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        let h: Vec<f64> = w.iter().map(|row| sum(row).tanh()).collect();
        let p: f64 = v.iter().zip(&h).map(|(v, h)| v * h).sum();
        let delta = 2.0 * (p - y);
        let mut gradient = Vec::new();
        for h in &h {
            gradient.extend(x.iter().map(|x| delta * (1.0 - h * h) * x));
        }
        gradient.extend(h.iter().map(|h| delta * h));
        gradient
    }
    told(
        &judge(wrong),
        "Not yet. gradient(w = [[1, -1], [0.5, 0]], v = [1, 2], x = [1, 0.5], y = 1) is [0.60769, 0.303845, 0.60769, 0.303845, 0.357079, 0.357079]; entry 2 is 0.60769, but along it the loss changes at the rate 1.215381.",
        "还不对。gradient(w = [[1, -1], [0.5, 0]], v = [1, 2], x = [1, 0.5], y = 1) 得到 [0.60769, 0.303845, 0.60769, 0.303845, 0.357079, 0.357079]；第 2 个分量是 0.60769，而沿着它损失的变化率是 1.215381。",
    );
}

#[test]
fn truth_minus_prediction() {
    fn wrong(w: &[Vec<f64>], v: &[f64], x: &[f64], y: f64) -> Vec<f64> {
        let sum = |row: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        let h: Vec<f64> = w.iter().map(|row| sum(row).tanh()).collect();
        let p: f64 = v.iter().zip(&h).map(|(v, h)| v * h).sum();
        let delta = 2.0 * (y - p);
        let mut gradient = Vec::new();
        for (v, h) in v.iter().zip(&h) {
            gradient.extend(x.iter().map(|x| delta * v * (1.0 - h * h) * x));
        }
        gradient.extend(h.iter().map(|h| delta * h));
        gradient
    }
    told(
        &judge(wrong),
        "Not yet. gradient(w = [[1]], v = [1], x = [2], y = 0) is [-0.272437, -1.858698]; entry 0 is -0.272437, but along it the loss changes at the rate 0.272437.",
        "还不对。gradient(w = [[1]], v = [1], x = [2], y = 0) 得到 [-0.272437, -1.858698]；第 0 个分量是 -0.272437，而沿着它损失的变化率是 0.272437。",
    );
}

#[test]
fn without_the_inputs() {
    fn wrong(w: &[Vec<f64>], v: &[f64], x: &[f64], y: f64) -> Vec<f64> {
        let sum = |row: &Vec<f64>| row.iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
        let h: Vec<f64> = w.iter().map(|row| sum(row).tanh()).collect();
        let p: f64 = v.iter().zip(&h).map(|(v, h)| v * h).sum();
        let delta = 2.0 * (p - y);
        let mut gradient = Vec::new();
        for (v, h) in v.iter().zip(&h) {
            gradient.extend(x.iter().map(|_| delta * v * (1.0 - h * h)));
        }
        gradient.extend(h.iter().map(|h| delta * h));
        gradient
    }
    told(
        &judge(wrong),
        "Not yet. gradient(w = [[1]], v = [1], x = [2], y = 0) is [0.136219, 1.858698]; entry 0 is 0.136219, but along it the loss changes at the rate 0.272437.",
        "还不对。gradient(w = [[1]], v = [1], x = [2], y = 0) 得到 [0.136219, 1.858698]；第 0 个分量是 0.136219，而沿着它损失的变化率是 0.272437。",
    );
}
