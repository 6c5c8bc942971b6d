//! Judges accept the reference answers and the library, and find every typical mistake: in one module a task.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "answers and tasks are programs elsewhere"
)]

mod adam_step;
mod back_substitution;
mod batch_norm;
mod binary_cross_entropy;
mod central_difference;
mod clip_by_norm;
mod compensated_sum;
mod dense_forward;
mod dot_product;
mod dropout;
mod dual_product;
mod elimination;
mod entropy;
mod f1;
mod kl_divergence;
mod linear_regression_gradient;
mod log_sum_exp;
mod matrix_product;
mod matrix_vector_product;
mod mean_squared_error_gradient;
mod momentum_step;
mod mutual_information;
mod norm2;
mod posterior;
mod ridge_gradient;
mod sigmoid;
mod sigmoid_slope;
mod softmax;
mod softmax_cross_entropy_gradient;
mod transpose;
mod two_layer_gradient;
mod variance;

use gradus_judges::Verdict;

fn solved(verdict: &Verdict) {
    let solved = matches!(verdict, Verdict::Solved { .. });
    assert!(solved, "{}", verdict.text().en);
}

/// The first line of the verdict in both languages: what a student reads is part of the test.
fn told(verdict: &Verdict, en: &str, zh: &str) {
    let text = verdict.text();
    assert_eq!(text.en.lines().next(), Some(en));
    assert_eq!(text.zh.lines().next(), Some(zh));
}

#[test]
fn a_body_to_be_written_is_told_from_a_panic() {
    let judge = gradus_judges::log_sum_exp;
    assert_eq!(judge(|_| todo!()), Verdict::ToDo);
    let panics = judge(|x| x[7]).text();
    let words = "Not yet. log_sum_exp([0]) panics at line ";
    assert!(panics.en.starts_with(words), "{}", panics.en);
    assert!(panics.zh.contains("发生 panic"), "{}", panics.zh);
}
