//! What goes wrong in `509_binary_cross_entropy`.

use crate::{solved, told};
use gradus_judges::{Verdict, binary_cross_entropy as judge};

#[path = "../../answers/509_binary_cross_entropy.rs"]
mod answer;
#[path = "../../tasks/509_binary_cross_entropy.rs"]
mod task;

#[test]
fn right_answers_pass() {
    assert_eq!(judge(task::binary_cross_entropy), Verdict::ToDo);
    solved(&judge(answer::binary_cross_entropy));
}

#[test]
fn the_logarithm_of_zero() {
    fn wrong(z: f64, y: f64) -> f64 {
        let p = 1.0 / (1.0 + (-z).exp());
        -y * p.ln() - (1.0 - y) * (1.0 - p).ln()
    }
    told(
        &judge(wrong),
        "Not yet. binary_cross_entropy(1000, 0) is ∞, not 1000.",
        "还不对。binary_cross_entropy(1000, 0) 得到 ∞，应为 1000。",
    );
}

#[test]
fn the_wrong_sign() {
    fn wrong(z: f64, y: f64) -> f64 {
        let softplus = z.max(0.0) + (-z.abs()).exp().ln_1p();
        softplus + y * z
    }
    told(
        &judge(wrong),
        "Not yet. binary_cross_entropy(1, 1) is 2.313262, not 0.313262.",
        "还不对。binary_cross_entropy(1, 1) 得到 2.313262，应为 0.313262。",
    );
}

#[test]
fn exponentials_overflow() {
    told(
        &judge(|z, y| (1.0 + z.exp()).ln() - y * z),
        "Not yet. binary_cross_entropy(1000, 0) is ∞, not 1000.",
        "还不对。binary_cross_entropy(1000, 0) 得到 ∞，应为 1000。",
    );
}

#[test]
fn only_the_true_class() {
    told(
        &judge(|z, y| y * (1.0 + (-z).exp()).ln()),
        "Not yet. binary_cross_entropy(0, 0) is 0, not 0.693147.",
        "还不对。binary_cross_entropy(0, 0) 得到 0，应为 0.693147。",
    );
}
