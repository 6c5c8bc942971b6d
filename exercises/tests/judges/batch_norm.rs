//! What goes wrong in `726_batch_norm`.

use crate::{solved, told};
use gradus_judges::{Verdict, batch_norm as judge};

#[path = "../../answers/726_batch_norm.rs"]
mod answer;
#[path = "../../tasks/726_batch_norm.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::batch_norm), Verdict::ToDo);
    solved(&judge(answer::batch_norm));
}

/// m - 1.
#[test]
fn the_divisor_of_samples() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let m = x.len() as f64;
        let mean = x.iter().sum::<f64>() / m;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (m - 1.0);
        x.iter()
            .map(|x| (x - mean) / (variance + 1e-5).sqrt())
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. batch_norm([0, 2]) is [-0.707105, 0.707105]; entry 0 is -0.707105, not -0.999995.",
        "还不对。batch_norm([0, 2]) 得到 [-0.707105, 0.707105]；第 0 个分量是 -0.707105，应为 -0.999995。",
    );
}

#[test]
fn without_epsilon() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let m = x.len() as f64;
        let mean = x.iter().sum::<f64>() / m;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m;
        x.iter().map(|x| (x - mean) / variance.sqrt()).collect()
    }
    told(
        &judge(wrong),
        "Not yet. batch_norm([0, 2]) is [-1, 1]; entry 0 is -1, not -0.999995.",
        "还不对。batch_norm([0, 2]) 得到 [-1, 1]；第 0 个分量是 -1，应为 -0.999995。",
    );
}

#[test]
fn divided_by_the_variance() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let m = x.len() as f64;
        let mean = x.iter().sum::<f64>() / m;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m;
        x.iter().map(|x| (x - mean) / (variance + 1e-5)).collect()
    }
    told(
        &judge(wrong),
        "Not yet. batch_norm([0, 2]) is [-0.99999, 0.99999]; entry 0 is -0.99999, not -0.999995.",
        "还不对。batch_norm([0, 2]) 得到 [-0.99999, 0.99999]；第 0 个分量是 -0.99999，应为 -0.999995。",
    );
}

#[test]
fn epsilon_beside_the_root() {
    fn wrong(x: &[f64]) -> Vec<f64> {
        let m = x.len() as f64;
        let mean = x.iter().sum::<f64>() / m;
        let variance = x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m;
        x.iter()
            .map(|x| (x - mean) / (variance.sqrt() + 1e-5))
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. batch_norm([0, 2]) is [-0.99999, 0.99999]; entry 0 is -0.99999, not -0.999995.",
        "还不对。batch_norm([0, 2]) 得到 [-0.99999, 0.99999]；第 0 个分量是 -0.99999，应为 -0.999995。",
    );
}
