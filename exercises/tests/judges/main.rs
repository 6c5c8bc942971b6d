//! Judges accept the reference answers and the library, and find every typical mistake: in one module a task.
#![allow(
    dead_code,
    unreachable_pub,
    reason = "answers and tasks are programs elsewhere"
)]

mod accept;
mod adam_step;
mod adam_w_step;
mod auc;
mod average_pooling;
mod averaged_parameter;
mod back_substitution;
mod backtracking;
mod batch_norm;
mod batch_norm_gradient;
mod bayesian_slope;
mod binary_cross_entropy;
mod binomial_ln_probability;
mod bisection;
mod bootstrap_interval;
mod brier_score;
mod calibration_error;
mod central_difference;
mod chi_squared;
mod cholesky;
mod clip_by_norm;
mod compensated_sum;
mod conditional_normal;
mod conjugate_gradients_step;
mod convolution;
mod cosine;
mod cosine_rate;
mod cross_entropy;
mod dense_backward;
mod dense_forward;
mod dice;
mod dirichlet_mean;
mod dot_product;
mod dropout;
mod dual_product;
mod dual_quotient;
mod early_stopping;
mod elimination;
mod embedding_gradient;
mod entropy;
mod expected_improvement;
mod explaining_away;
mod f1;
mod first_component;
mod fisher_information;
mod fit_line;
mod focal_loss;
mod frank_wolfe_step;
mod gauss_newton_step;
mod gaussian_delta;
mod go_on;
mod golden_section;
mod gradient_descent;
mod gram_schmidt;
mod halving_rungs;
mod heavy_tails_step;
mod huber_slope;
mod huffman_lengths;
mod importance_mean;
mod integrated_gradients;
mod kalman_update;
mod kernel_density;
mod kernel_weight;
mod kl_divergence;
mod kl_normal;
mod lasso_gradient;
mod layer_norm;
mod leave_one_out;
mod linear_regression_gradient;
mod log_sum_exp;
mod logistic_ln_density;
mod logistic_regression_gradient;
mod mahalanobis;
mod markov_step;
mod matrix_exponential;
mod matrix_product;
mod matrix_vector_product;
mod max_norm;
mod mean_squared_error_gradient;
mod micro_batch_mean;
mod momentum_step;
mod multiclass_hinge_gradient;
mod mutual_information;
mod naive_bayes;
mod nearest_neighbors;
mod neighbor_entropy;
mod nesterov_step;
mod newton_step;
mod norm2;
mod normal_cdf;
mod normal_inverse_wishart_update;
mod normal_log_likelihood;
mod occlusion;
mod offset;
mod partial_dependence;
mod perceptron_update;
mod plus_plus_weights;
mod poisson_entropy;
mod posterior;
mod proximal_step;
mod r_squared;
mod read_array;
mod redundancy;
mod residual_block;
mod reweigh;
mod ridge_gradient;
mod rms_prop_step;
mod shapley;
mod shrink_rows;
mod shuffle;
mod sigmoid;
mod sigmoid_slope;
mod simpson;
mod skewness;
mod slope_error;
mod softmax;
mod softmax_cross_entropy_gradient;
mod softmax_pullback;
mod softplus;
mod sophia_step;
mod spearman;
mod standardize_apart;
mod steepest_pair;
mod transpose;
mod triplet_gradient;
mod true_share;
mod two_layer_gradient;
mod variance;
mod weighted_loss;
mod welford_update;
mod wilson_interval;
mod window_gradient;

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
