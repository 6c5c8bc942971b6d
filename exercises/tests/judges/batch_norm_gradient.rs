//! What goes wrong in `727_batch_norm_gradient`.

use crate::{solved, told};
use gradus_judges::{Verdict, batch_norm_gradient as judge};

#[path = "../../answers/727_batch_norm_gradient.rs"]
mod answer;
#[path = "../../tasks/727_batch_norm_gradient.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::batch_norm_gradient), Verdict::ToDo);
    solved(&judge(answer::batch_norm_gradient));
}

#[test]
fn mean_and_deviation_are_constants() {
    fn wrong(x: &[f64], g: &[f64]) -> Vec<f64> {
        let m = x.len() as f64;
        let mean = x.iter().sum::<f64>() / m;
        let deviation = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m + 1e-5).sqrt();
        g.iter().map(|g| g / deviation).collect()
    }
    told(
        &judge(wrong),
        "Not yet. batch_norm_gradient([0, 2, 4], [1, 0, 0]) is [0.612371, 0, 0]; entry 0 is 0.612371, but along it the loss changes at the rate 0.102063.",
        "还不对。batch_norm_gradient([0, 2, 4], [1, 0, 0]) 得到 [0.612371, 0, 0]；第 0 个分量是 0.612371，而沿着它损失的变化率是 0.102063。",
    );
}

#[test]
fn the_deviation_is_a_constant() {
    fn wrong(x: &[f64], g: &[f64]) -> Vec<f64> {
        let m = x.len() as f64;
        let mean = x.iter().sum::<f64>() / m;
        let deviation = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m + 1e-5).sqrt();
        let mean_g = g.iter().sum::<f64>() / m;
        g.iter().map(|g| (g - mean_g) / deviation).collect()
    }
    told(
        &judge(wrong),
        "Not yet. batch_norm_gradient([0, 2, 4], [1, 0, 0]) is [0.408248, -0.204124, -0.204124]; entry 0 is 0.408248, but along it the loss changes at the rate 0.102063.",
        "还不对。batch_norm_gradient([0, 2, 4], [1, 0, 0]) 得到 [0.408248, -0.204124, -0.204124]；第 0 个分量是 0.408248，而沿着它损失的变化率是 0.102063。",
    );
}

#[test]
fn the_mean_is_a_constant() {
    fn wrong(x: &[f64], g: &[f64]) -> Vec<f64> {
        let m = x.len() as f64;
        let mean = x.iter().sum::<f64>() / m;
        let deviation = (x.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / m + 1e-5).sqrt();
        let y: Vec<f64> = x.iter().map(|x| (x - mean) / deviation).collect();
        let mean_gy = g.iter().zip(&y).map(|(g, y)| g * y).sum::<f64>() / m;
        g.iter()
            .zip(&y)
            .map(|(g, y)| (g - y * mean_gy) / deviation)
            .collect()
    }
    told(
        &judge(wrong),
        "Not yet. batch_norm_gradient([0, 2, 4], [1, 0, 0]) is [0.306187, 0, 0.306184]; entry 0 is 0.306187, but along it the loss changes at the rate 0.102063.",
        "还不对。batch_norm_gradient([0, 2, 4], [1, 0, 0]) 得到 [0.306187, 0, 0.306184]；第 0 个分量是 0.306187，而沿着它损失的变化率是 0.102063。",
    );
}
