//! Theorems that need two rungs: what one crate computes is what another one says.

#[path = "bridges/densities.rs"]
mod densities;
#[path = "bridges/fisher.rs"]
mod fisher;

use gradus::autodiff::{
    Arena, Dual, Tape, derivative, gradient, hessian, hessian_vector_product, jacobian,
};
use gradus::calculus::{self, integrate};
use gradus::evaluation::{cross_predict, leave_one_out};
use gradus::fairness::steepest_pair;
use gradus::information::{cross_entropy, entropy, kl_divergence, mutual_information};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{least_squares, max_norm, projector, svd};
use gradus::losses::{
    AbsoluteError, BinaryCrossEntropy, BinaryCrossEntropyLogits, Comparison, Contrastive, L2, Loss,
    MarginRanking, NtXent, Pair, Regularizer, SoftmaxCrossEntropy, SquaredError, Target, Triplet,
    Weights, absolute_error, binary_cross_entropy, binary_cross_entropy_from_logit, squared_error,
};
use gradus::nn::layers::{dense, relu, tanh};
use gradus::nn::{Network, NnError, Output};
use gradus::numeric::norm2;
use gradus::numeric::{
    MatrixMut, MatrixRef, Order, Real, Shape, Simplex, log_sum_exp, logaddexp, logit, normal_cdf,
    sigmoid, softmax,
};
use gradus::optim::{AddDecayedWeights, Chain, Gradient, Layout, sgd};
use gradus::probability::{
    Categorical, Continuous, Discrete, JointTable, Normal, categorical_ln_pmf_from_logits,
    normal_ln_pdf, posterior,
};
use gradus::random::Key;
use gradus_testkit::strategies::{labels, positive_definite, simplex_point, structured_matrix};
use gradus_testkit::{all_scaled, all_within_ulps, at_most, cases, relative, scaled};
use proptest::collection::vec;
use proptest::prelude::*;
use std::iter::zip;

#[path = "bridges/likelihoods.rs"]
mod likelihoods;

/// The most that rounding does to a sum of `n` terms, relative to the sum of their magnitudes.
const fn gamma(n: usize) -> f64 {
    n as f64 * f64::EPSILON
}

type Outcome<T> = Result<T, TestCaseError>;

// --- losses: closed forms and automatic differentiation ---

/// Value and closed-form gradient of a loss for one sample.
fn closed_form(
    loss: &dyn Loss<f64>,
    prediction: &[f64],
    target: Target<'_, f64>,
) -> Outcome<(f64, Vec<f64>)> {
    let mut memory = vec![0.0; prediction.len()];
    let shape = Shape::new(prediction.len(), 1);
    let gradient = MatrixMut::new(&mut memory, shape, Order::Columns)?;
    let prediction = MatrixRef::from_column(prediction);
    let value = loss.value_and_gradient(prediction, target, Weights::Equal, 1.0, gradient)?;
    Ok((value, memory))
}

/// A prediction and a target of equal length.
fn pairs(
    prediction: std::ops::Range<f64>,
    target: std::ops::Range<f64>,
) -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1..9_usize).prop_flat_map(move |n| (vec(prediction.clone(), n), vec(target.clone(), n)))
}

/// Value and closed-form gradient of a comparison of columns, one after the other.
fn compared<C: Comparison<f64>>(
    loss: &C,
    rows: usize,
    x: &[f64],
    tuples: &[C::Tuple],
) -> Outcome<(f64, Vec<f64>)> {
    let (mut memory, shape) = (vec![0.0; x.len()], Shape::new(rows, x.len() / rows));
    let gradient = MatrixMut::new(&mut memory, shape, Order::Columns)?;
    let x = MatrixRef::new(x, shape, Order::Columns)?;
    let value = loss.value_and_gradient(x, tuples, Weights::Equal, 1.0, gradient)?;
    Ok((value, memory))
}

/// The distance between two columns of two numbers.
fn distance<R: Real>(x: &[R], i: usize, j: usize) -> R {
    let [a, b] = [0, 1].map(|k| x[2 * i + k] - x[2 * j + k]);
    (a.powi(2) + b.powi(2)).sqrt()
}

/// The cosine of the angle between two columns of two numbers.
fn cosine<R: Real>(x: &[R], i: usize, j: usize) -> R {
    let [a, b] = [i, j].map(|i| [x[2 * i], x[2 * i + 1]]);
    let dot = |a: [R; 2], b: [R; 2]| a[0] * b[0] + a[1] * b[1];
    dot(a, b) / (dot(a, a) * dot(b, b)).sqrt()
}

fn hinge<R: Real>(x: R) -> R {
    Real::max(x, R::from_f64(0.0))
}

/// The contrastive loss of two columns.
fn of_pair<R: Real>(x: &[R], (i, j, same): (usize, usize, bool), margin: f64) -> R {
    let d = distance(x, i, j);
    let force = if same {
        d
    } else {
        hinge(R::from_f64(margin) - d)
    };
    R::from_f64(0.5) * force.powi(2)
}

/// Half of the cross-entropy of column i among four; its partner is two further.
fn of_view<R: Real>(x: &[R], i: usize, temperature: f64) -> R {
    let similarity = |k: usize| cosine(x, i, k) / R::from_f64(temperature);
    let others = (0..4).filter(|&k| k != i);
    let sum: R = others.map(|k| similarity(k).exp()).sum(); // of numbers up to e²
    R::from_f64(0.5) * (sum.ln() - similarity((i + 2) % 4))
}

/// Scores of up to eight classes, and one of the classes.
fn scores() -> impl Strategy<Value = (Vec<f64>, u32)> {
    (1..9_u32).prop_flat_map(|n| (vec(-30.0..30.0, n as usize), 0..n))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_closed_form_of_squared_error_is_its_gradient((p, y) in pairs(-9.0..9.0, -9.0..9.0)) {
        let (_, closed) = closed_form(&SquaredError, &p, Target::Values(MatrixRef::from_column(&y)))?;
        let by_tape = gradient(|p| zip(p, &y).map(|(&p, &y)| squared_error(p, Real::from_f64(y))).sum(), &p)?;
        all_within_ulps(&closed, &by_tape, 1)?;
    }

    #[test]
    fn the_closed_form_of_absolute_error_is_its_gradient((p, y) in pairs(-9.0..9.0, -9.0..9.0)) {
        let (_, closed) = closed_form(&AbsoluteError, &p, Target::Values(MatrixRef::from_column(&y)))?;
        let by_tape = gradient(|p| zip(p, &y).map(|(&p, &y)| absolute_error(p, Real::from_f64(y))).sum(), &p)?;
        prop_assert_eq!(closed, by_tape);
    }

    #[test]
    fn the_closed_form_of_cross_entropy_from_a_logit_is_its_gradient(
        (z, y) in pairs(-30.0..30.0, 0.0..1.0),
    ) {
        let loss = BinaryCrossEntropyLogits::default();
        let (_, closed) = closed_form(&loss, &z, Target::Values(MatrixRef::from_column(&y)))?;
        let by_tape = gradient(
            |z| zip(z, &y).map(|(&z, &y)| binary_cross_entropy_from_logit(z, Real::from_f64(y))).sum(),
            &z,
        )?;
        all_scaled(&closed, &by_tape, gamma(4), 1.0)?; // differences of numbers in [0, 1]
    }

    #[test]
    fn the_closed_form_of_cross_entropy_from_a_probability_is_its_gradient(
        (p, y) in pairs(0.01..0.99, 0.0..1.0),
    ) {
        let (_, closed) = closed_form(&BinaryCrossEntropy::default(), &p, Target::Values(MatrixRef::from_column(&y)))?;
        let by_tape = gradient(
            |p| zip(p, &y).map(|(&p, &y)| binary_cross_entropy(p, Real::from_f64(y))).sum(),
            &p,
        )?;
        all_scaled(&closed, &by_tape, gamma(8), 100.0)?; // y/p and (1 - y)/(1 - p) are at most 100
    }

    #[test]
    fn the_closed_form_of_softmax_cross_entropy_is_its_gradient((z, k) in scores()) {
        let loss = SoftmaxCrossEntropy::default();
        let (value, closed) = closed_form(&loss, &z, Target::Labels(&[k]))?;
        let by_tape = gradient(|z| -categorical_ln_pmf_from_logits(k.into(), z), &z)?;
        all_scaled(&closed, &by_tape, gamma(80), 1.0)?; // exponentials of differences up to 60
        scaled(value, -categorical_ln_pmf_from_logits(k.into(), &z), gamma(2 * z.len()), 60.0)?;
    }

    #[test]
    fn the_closed_forms_of_comparisons_are_their_gradients(x in vec(-2.0..2.0_f64, 8), m in 0.5..3.0_f64) {
        // Four columns of two numbers. Away from equal columns and from margins, which automatic differentiation decides apart.
        let far = |i: usize, j: usize| (x[2 * i] - x[2 * j]).hypot(x[2 * i + 1] - x[2 * j + 1]);
        let smooth = (0..4).all(|i| (0..i).all(|j| far(i, j) > 0.1 && (far(i, j) - m).abs() > 1e-6));
        prop_assume!(smooth && (0..4).all(|i| x[2 * i].hypot(x[2 * i + 1]) > 0.1));
        let pairs = [(0, 1, true), (2, 3, false), (0, 2, false)];
        let named = pairs.map(|(left, right, same)| Pair { left, right, same });
        let (value, closed) = compared(&Contrastive { margin: m }, 2, &x, &named)?;
        let by_tape = gradient(|x| pairs.iter().map(|&pair| of_pair(x, pair, m)).sum(), &x)?;
        all_scaled(&closed, &by_tape, gamma(32), 10.0)?;
        at_most(0.0, value)?;
        let triplets = [[0, 1, 2], [3, 2, 0]];
        let gaps = triplets.map(|[a, p, n]| far(a, p) - far(a, n) + m);
        prop_assume!(gaps.iter().all(|gap| gap.abs() > 1e-6));
        let (_, closed) = compared(&Triplet { margin: m, ..Triplet::default() }, 2, &x, &triplets)?;
        let by_tape = gradient(|x| triplets.iter().map(|&[a, p, n]| {
            let gap = distance(x, a, p) - distance(x, a, n) + Real::from_f64(m);
            hinge(gap)
        }).sum(), &x)?;
        all_scaled(&closed, &by_tape, gamma(32), 2.0)?;
        let pairs = [[0, 1], [5, 2], [7, 6], [3, 0]];
        prop_assume!(pairs.iter().all(|&[i, j]| (m - (x[i] - x[j])).abs() > 1e-6));
        let (_, closed) = compared(&MarginRanking { margin: m }, 1, &x, &pairs)?;
        let by_tape = gradient(|x| pairs.iter().map(|&[i, j]| {
            hinge(x[j] - x[i] + Real::from_f64(m))
        }).sum(), &x)?;
        prop_assert_eq!(closed, by_tape);
        let views = [[0, 2], [1, 3]];
        let (value, closed) = compared(&NtXent { temperature: m, ..NtXent::default() }, 2, &x, &views)?;
        let by_tape = gradient(|x| (0..4).map(|i| of_view(x, i, m)).sum(), &x)?;
        all_scaled(&closed, &by_tape, gamma(64), 10.0 / m)?; // lengths of at least 0.1
        at_most(0.0, value)?;
    }

    /// The transpose test: along any direction, forward mode changes a loss by the product with its closed-form gradient.
    #[test]
    fn closed_gradients_are_transposes_of_forward_derivatives((p, y) in pairs(0.05..0.95, 0.1..0.9), (z, k) in scores(), v in vec(-2.0..2.0_f64, 9)) {
        fn along<R>(x: &[f64], v: &[f64], f: impl Fn(&[Dual<f64>]) -> R) -> R {
            let line: Vec<Dual<f64>> = zip(x, v).map(|(&x, &v)| Dual::new(x, v)).collect();
            f(&line)
        }
        let product = |gradient: &[f64]| zip(gradient, &v).map(|(g, v)| g * v).sum::<f64>();
        let sum = |f: fn(Dual<f64>, Dual<f64>) -> Dual<f64>| {
            along(&p, &v, |p| zip(p, &y).map(|(&p, &y)| f(p, Dual::constant(y))).sum::<Dual<f64>>()).derivative
        };
        let values = || Target::Values(MatrixRef::from_column(&y));
        let all: [(&dyn Loss<f64>, f64); 4] = [
            (&SquaredError, sum(squared_error)),
            (&AbsoluteError, sum(absolute_error)),
            (&BinaryCrossEntropyLogits::default(), sum(binary_cross_entropy_from_logit)),
            (&BinaryCrossEntropy::default(), sum(binary_cross_entropy)),
        ];
        for (loss, forward) in all {
            let (_, closed) = closed_form(loss, &p, values())?;
            scaled(forward, product(&closed), 1e-13, 9.0 * 2.0 * 40.0)?; // slopes are at most (1 - y)/(1 - p) < 20
        }
        let (_, closed) = closed_form(&SoftmaxCrossEntropy::default(), &z, Target::Labels(&[k]))?;
        let forward = along(&z, &v, |z| -categorical_ln_pmf_from_logits(k.into(), z)).derivative;
        scaled(forward, product(&closed), 1e-13, 8.0)?;
    }

    #[test]
    fn squared_error_is_gaussian_likelihood_up_to_a_constant(
        p in -9.0..9.0, y in -9.0..9.0, s in 0.1..9.0,
    ) {
        let constant = -normal_ln_pdf(0.0, 0.0, s);
        let distance = squared_error(p, y) / (2.0 * s * s);
        scaled(-normal_ln_pdf(y, p, s), distance + constant, gamma(8), distance + constant.abs())?;
        let slope = derivative(|p| normal_ln_pdf(Real::from_f64(y), p, Real::from_f64(s)), p);
        relative(-slope, (p - y) / (s * s), gamma(8))?;
    }

    #[test]
    fn least_squares_is_where_the_gradient_of_squared_error_vanishes(
        a in structured_matrix(6, 3), y in vec(-9.0..9.0, 6),
    ) {
        let a = match max_norm(&a) {
            0.0 => a,
            greatest => a / greatest, // else the bound below overflows or underflows
        };
        let theta = least_squares(&a, &DVector::from_column_slice(&y))?.x;
        let error = |theta: &[f64]| -> Vec<f64> {
            a.row_iter().zip(&y).map(|(row, y)| row.iter().zip(theta).map(|(a, t)| a * t).sum::<f64>() - y).collect()
        };
        let residual = error(theta.as_slice());
        let slope = gradient(
            |theta| {
                let row = |i: usize| theta.iter().enumerate().map(|(j, &t)| t * a[(i, j)]).sum();
                (0..6).map(|i| squared_error(row(i), Real::from_f64(y[i]))).sum()
            },
            theta.as_slice(),
        )?;
        let size = svd(&a)?.singular_values[0];
        let bound = 2.0 * size * (norm2(&residual) + size * norm2(theta.as_slice()) + norm2(&y));
        all_scaled(&slope, &[0.0; 3], gamma(100), bound)?;
    }
}

// --- information: one number under three names ---

/// Two distributions on the same set.
fn distributions() -> impl Strategy<Value = (Simplex, Simplex)> {
    let simplex =
        |n: usize| simplex_point(n).prop_filter_map("a simplex", |p| Simplex::new(p).ok());
    (1..9_usize).prop_flat_map(move |n| (simplex(n), simplex(n)))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn cross_entropy_is_the_expected_negative_log_likelihood((p, q) in distributions()) {
        let model = Categorical::try_from(q.clone())?;
        let possible = zip(0.., p.as_slice()).filter(|&(_, &p)| p > 0.0);
        let expected: f64 = possible.map(|(k, p)| -p * model.ln_pmf(k)).sum();
        scaled(cross_entropy(&p, &q)?, expected, gamma(8), expected)?;
    }

    #[test]
    fn the_mean_loss_of_labels_is_the_cross_entropy_of_their_frequencies(
        z in vec(-9.0..9.0, 4), labels in labels(4, 1..50),
    ) {
        let counts: Vec<f64> =
            (0..4).map(|k| labels.iter().filter(|&&label| label == k).count() as f64).collect();
        let frequencies = Simplex::from_weights(&counts)?;
        let model = Simplex::new(softmax(&z)?)?;
        let repeated = z.repeat(labels.len());
        let logits = MatrixRef::new(&repeated, Shape::new(4, labels.len()), Order::Columns)?;
        let (loss, n) = (SoftmaxCrossEntropy::default(), labels.len() as f64);
        let mean = loss.value(logits, Target::Labels(&labels), Weights::Equal, n)?;
        scaled(mean, cross_entropy(&frequencies, &model)?, gamma(100), 18.0)?;
    }

    #[test]
    fn mutual_information_is_the_divergence_from_independence(w in vec(vec(0.0..1.0, 3), 4)) {
        let table = JointTable::from_weights(&w)?;
        let independent = JointTable::product(table.marginal_x(), table.marginal_y())?;
        let divergence = kl_divergence(table.joint(), independent.joint())?;
        scaled(mutual_information(&table), divergence, gamma(20), 1.0)?;
    }

    /// How a decision tree values a question: the entropy of the classes, less that of each side by its share of the samples.
    #[test]
    fn the_information_gain_of_a_tree_is_mutual_information(
        answers in vec(0..3_usize, 1..60), classes in labels(4, 60),
    ) {
        let mut counts = vec![[0.0; 4]; 3]; // rows: the answer of the question, columns: the class
        for (&answer, &class) in zip(&answers, &classes) {
            counts[answer][class as usize] += 1.0;
        }
        let impurity = |counts: &[f64]| Simplex::from_weights(counts).map(|p| entropy(&p));
        let all: Vec<f64> = (0..4).map(|c| counts.iter().map(|side| side[c]).sum()).collect();
        let n = answers.len() as f64;
        let mut gain = impurity(&all)?;
        for side in counts.iter().filter(|side| side.iter().sum::<f64>() > 0.0) {
            gain -= side.iter().sum::<f64>() / n * impurity(side)?;
        }
        let table = JointTable::from_weights(&counts)?;
        scaled(mutual_information(&table), gain, gamma(40), 2.0)?; // entropies up to ln 4
    }

    /// Leaving a sample out of least squares: e / (1 − h), h on the diagonal of the projector.
    #[test]
    fn leave_one_out_of_least_squares_is_read_off_the_projector(
        a in structured_matrix(8, 3), y in vec(-9.0..9.0, 8),
    ) {
        let a = DMatrix::from_fn(8, 3, |i, j| a[(i, j)] / max_norm(&a).max(1e-9) + if i % 3 == j { 1.0 + i as f64 } else { 0.0 });
        let y = DVector::from_column_slice(&y);
        let rows = |part: &[u32]| {
            let part: Vec<usize> = part.iter().map(|&i| i as usize).collect();
            (a.select_rows(&part), y.select_rows(&part))
        };
        let folds: Vec<_> = leave_one_out(8)?.collect();
        let left_out = cross_predict(8, &folds, |fold| -> Result<Vec<f64>, Box<dyn std::error::Error>> {
            let ((train, truth), (asked, _)) = (rows(&fold.train), rows(&fold.validation));
            Ok((asked * least_squares(&train, &truth)?.x).as_slice().to_vec())
        });
        let left_out = left_out.map_err(|error| TestCaseError::fail(error.to_string()))?;
        let fit = &a * least_squares(&a, &y)?.x;
        let h = projector(&a)?;
        for i in 0..8 {
            prop_assume!(h[(i, i)] < 0.999);
            let expected = (y[i] - fit[i]) / (1.0 - h[(i, i)]);
            // Divided by 1 − h, what rounds in fit and projector grows by it.
            scaled(y[i] - left_out[i], expected, 1e3 * gamma(8) / (1.0 - h[(i, i)]).powi(2), 100.0)?;
        }
    }

    #[test]
    fn bayes_is_a_sum_of_log_odds(p in 0.001..0.999, a in 0.001..1.0, b in 0.001..1.0) {
        let prior = Simplex::new(vec![p, 1.0 - p])?;
        let after = posterior(&prior, &[a, b])?.as_slice()[0];
        let score = logit(p) + (a / b).ln();
        scaled(after, sigmoid(score), gamma(40), 1.0)?; // the score is below 14 in magnitude
    }
}

// --- softmax: the derivatives of log-sum-exp ---

/// ln Σ exp zᵢ in any number type.
fn free_energy<R: Real>(z: &[R]) -> R {
    z.iter()
        .fold(R::from_f64(f64::NEG_INFINITY), |sum, &z| logaddexp(sum, z))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_gradient_of_log_sum_exp_is_softmax((z, _) in scores()) {
        scaled(free_energy(&z), log_sum_exp(&z), gamma(2 * z.len()), 60.0)?;
        all_scaled(&gradient(|z| free_energy(z), &z)?, &softmax(&z)?, gamma(80), 1.0)?;
    }

    #[test]
    fn the_hessian_of_log_sum_exp_is_the_covariance_of_a_draw((z, _) in scores()) {
        let p = DVector::from_vec(softmax(&z)?);
        let covariance = DMatrix::from_diagonal(&p) - &p * p.transpose();
        let hessian = hessian(|z| free_energy(z), &z)?;
        all_scaled(hessian.as_slice(), covariance.as_slice(), gamma(160), 1.0)?;
    }

    #[test]
    fn the_score_of_a_draw_has_mean_zero((z, _) in scores()) {
        let p = softmax(&z)?;
        let mut mean = vec![0.0; z.len()];
        for (k, p) in zip(0.., &p) {
            let score = gradient(|z| categorical_ln_pmf_from_logits(k, z), &z)?;
            zip(&mut mean, score).for_each(|(mean, score)| *mean += p * score);
        }
        all_scaled(&mean, &vec![0.0; z.len()], gamma(160), 1.0)?;
    }
}

// --- the normal distribution: derivatives and integrals ---

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_density_is_the_derivative_of_the_distribution(
        x in -8.0..8.0, mean in -3.0..3.0, s in 0.1..9.0,
    ) {
        let standard = Normal::new(0.0, 1.0)?;
        relative(derivative(normal_cdf, x), standard.pdf(x), gamma(80))?; // exp(-x²/2) with x² ≤ 64
        // In standard units t, so that the step of the differences fits the bell: F(μ + σ t)′ = σ f(μ + σ t).
        let normal = Normal::new(mean, s)?;
        let slope = calculus::derivative(|t| normal.cdf(mean + s * t), x)?;
        scaled(slope.value, s * normal.pdf(mean + s * x), 1e-9, 1.0)?;
    }

    #[test]
    fn the_integral_of_the_density_is_one(mean in -9.0..9.0, s in 0.1..9.0) {
        let normal = Normal::new(mean, s)?;
        let (a, b) = (mean - 12.0 * s, mean + 12.0 * s); // beyond: 4e-33
        scaled(integrate(|x| normal.pdf(x), a, b, 1e-12)?.value, 1.0, 1e-12, 1.0)?;
        let first = integrate(|x| (x - mean) * normal.pdf(x), a, mean + 11.0 * s, 1e-12)?.value;
        let second = integrate(|x| (x - mean).powi(2) * normal.pdf(x), a, b, 1e-12)?.value;
        scaled(first, normal.mean()? - mean, 1e-12, s)?;
        relative(second, normal.variance()?, 4e-12)?;
    }

    #[test]
    fn integrals_of_the_density_are_differences_of_the_distribution(
        a in -5.0..5.0, b in -5.0..5.0, mean in -3.0..3.0, s in 0.5..5.0,
    ) {
        let normal = Normal::new(mean, s)?;
        let integral = integrate(|x| normal.pdf(x), a, b, 1e-12)?.value;
        scaled(integral, normal.cdf(b) - normal.cdf(a), 2e-12, 1.0)?;
    }

    #[test]
    fn the_entropy_of_a_normal_is_an_integral(mean in -9.0..9.0, s in 0.1..9.0) {
        let normal = Normal::new(mean, s)?;
        let surprise = |x: f64| -normal.pdf(x) * normal.ln_pdf(x);
        let integral = integrate(surprise, mean - 12.0 * s, mean + 12.0 * s, 1e-12)?.value;
        scaled(integral, normal.entropy(), 1e-11, 1.0 + s.ln().abs())?;
    }
}

// --- differentiation: limits of differences and rules ---

/// Something with products, quotients and compositions.
fn curve<R: Real>(x: R) -> R {
    (x * x).sin() / (R::from_f64(1.0) + x.exp()) + sigmoid(x) * x.tanh()
}

/// The loss of a neuron with three weights for one sample.
fn neuron<R: Real>(w: &[R]) -> R {
    let z = w
        .iter()
        .zip([0.5, -1.5, 1.0])
        .map(|(&w, x)| w * R::from_f64(x))
        .sum::<R>();
    binary_cross_entropy_from_logit(z.tanh(), R::from_f64(1.0)) + (w[0] * w[1]).cos()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn differences_agree_with_automatic_differentiation(x in -3.0..3.0, w in vec(-2.0..2.0, 3)) {
        let slope = calculus::derivative(curve::<f64>, x)?;
        at_most((slope.value - derivative(curve, x)).abs(), slope.error.max(1e-9))?;
        let differences = calculus::gradient(neuron::<f64>, &w)?;
        let differences: Vec<f64> = differences.iter().map(|slope| slope.value).collect();
        all_scaled(&differences, &gradient(|w| neuron(w), &w)?, 1e-9, 4.0)?;
    }

    #[test]
    fn jacobians_by_differences_and_by_tape_agree(w in vec(-1.0..1.0, 3)) {
        let differences = calculus::jacobian(|w| vec![neuron(w), curve(w[0] * w[1])], &w)?;
        let tape = jacobian(|w| vec![neuron(w), curve(w[0] * w[1])], &w)?;
        for (i, row) in differences.iter().enumerate() {
            let row: Vec<f64> = row.iter().map(|entry| entry.value).collect();
            all_scaled(&row, tape.row(i).transpose().as_slice(), 1e-9, 4.0)?;
        }
    }

    #[test]
    fn the_integral_of_a_derivative_by_tape_is_the_difference(a in -3.0..3.0, b in -3.0..3.0) {
        let integral = integrate(|x| derivative(curve, x), a, b, 1e-12)?.value;
        scaled(integral, curve(b) - curve(a), 1e-11, 10.0)?; // ∫ |curve′| is below 10
    }
}

// --- matrices: the same as their scalars ---

const INPUTS: usize = 3;
const UNITS: usize = 2;
const SAMPLES: usize = 4;

/// Mean of tanh(W x + b)² over samples and units, scalar by scalar; θ is W row by row, then b.
fn scalar_form<R: Real>(theta: &[R], x: &[f64]) -> R {
    let (w, b) = theta.split_at(UNITS * INPUTS);
    let unit = |i: usize, x: &[f64]| {
        let row = &w[i * INPUTS..(i + 1) * INPUTS];
        zip(row, x).map(|(&w, &x)| w * R::from_f64(x)).sum::<R>() + b[i]
    };
    let samples = x.chunks(INPUTS);
    let outputs = samples.flat_map(|x| (0..UNITS).map(move |i| unit(i, x).tanh().powi(2)));
    outputs.sum::<R>() / R::from_f64((UNITS * SAMPLES) as f64)
}

/// A θ ← θ − … step on a copy.
fn step(optimizer: &Chain<f64>, theta: &[f64], gradient: &[f64]) -> Outcome<Vec<f64>> {
    let mut layout = Layout::new();
    layout.push("theta", Shape::new(theta.len(), 1))?;
    let (mut theta, mut state) = (theta.to_vec(), optimizer.init(&layout, theta)?);
    optimizer.update(&mut state, &mut theta, Gradient::sum_of(&[gradient]))?;
    Ok(theta)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_matrix_form_of_a_layer_is_its_scalar_form(
        theta in vec(-2.0..2.0, UNITS * INPUTS + UNITS), x in vec(-2.0..2.0, INPUTS * SAMPLES),
    ) {
        let mut by_matrix = vec![0.0; theta.len()];
        let value = Arena::new().value_and_gradient(&theta, &mut by_matrix, |tape: &Tape<'_, f64>| {
            let shape = Shape::new(INPUTS, SAMPLES);
            let x = tape.constant(shape, Order::Columns, |memory| memory.copy_from_slice(&x));
            let w = tape.parameter(0, Shape::new(UNITS, INPUTS));
            let y = x.affine(w, tape.parameter(UNITS * INPUTS, Shape::new(UNITS, 1))).tanh();
            y.hadamard(y).mean()
        })?;
        scaled(value, scalar_form(&theta, &x), gamma(40), 1.0)?; // ten roundings of numbers up to 14
        all_scaled(&by_matrix, &gradient(|theta| scalar_form(theta, &x), &theta)?, gamma(200), 1.0)?;
    }

    #[test]
    fn the_gradient_of_an_l2_penalty_is_weight_decay(
        (theta, g) in pairs(-9.0..9.0, -9.0..9.0), lambda in 0.0..2.0, rate in 0.001..1.0,
    ) {
        let mut penalized = g.clone();
        L2 { lambda }.add_gradient(&theta, &mut penalized)?;
        let decayed = sgd(rate)?.after(AddDecayedWeights::new(lambda))?;
        let (a, b) = (step(&sgd(rate)?, &theta, &penalized)?, step(&decayed, &theta, &g)?);
        all_scaled(&a, &b, gamma(4), 36.0)?; // θ, η g and η λ θ add up to at most 36
        let by_tape = gradient(
            |theta| theta.iter().map(|&w| w * w * (lambda / 2.0)).sum(),
            &theta,
        )?;
        let mut closed = vec![0.0; theta.len()];
        L2 { lambda }.add_gradient(&theta, &mut closed)?;
        all_within_ulps(&closed, &by_tape, 2)?;
    }

    #[test]
    fn descent_on_a_quadratic_contracts_exactly_below_two_over_the_largest_curvature(
        h in positive_definite(3), start in vec(-9.0..9.0, 3), share in 0.01..0.99,
    ) {
        // L(θ) = ½ θᵀ H θ: the gradient is H θ, and the minimum is 0.
        let svd = svd(&h)?;
        let (greatest, direction) = (svd.singular_values[0], svd.u.column(0).into_owned());
        let moved = |rate: f64, theta: &[f64]| -> Outcome<f64> {
            let slope = &h * DVector::from_column_slice(theta);
            Ok(norm2(&step(&sgd(rate)?, theta, slope.as_slice())?))
        };
        let below = share * 2.0 / greatest;
        at_most(moved(below, &start)?, norm2(&start) * (1.0 + gamma(40)))?;
        let above = (1.0 + share) * 2.0 / greatest;
        at_most(1.0 + share, moved(above, direction.as_slice())?)?; // the factor is -(1 + 2 share)
    }

    #[test]
    fn a_network_is_no_steeper_than_the_product_of_its_norms(
        seed in 0..1000_u64, size in 0.1..4.0, points in vec(vec(-3.0..3.0, 3), 2..8),
    ) {
        let layers = vec![dense(6), tanh(), dense(5), relu(), dense(1)]; // tanh and the rectifier never steepen
        let mut model = Network::<f64>::new(3, layers, Output::Identity)?.initialize(Key::new(seed))?;
        model.set_theta(model.theta().iter().map(|w| size * w).collect())?;
        let mut bound = 1.0;
        for entry in model.network().layout().entries() {
            if entry.shape.columns > 1 {
                let (rows, columns) = (entry.shape.rows, entry.shape.columns);
                let w = DMatrix::from_row_slice(rows, columns, &model.theta()[entry.window()]);
                bound *= svd(&w)?.singular_values[0];
            }
        }
        let scores: Result<Vec<f64>, _> = points.iter().map(|x| Ok::<_, NnError>(model.predict_one(x)?[0])).collect();
        let distance = |i: usize, j: usize| {
            norm2(&zip(&points[i], &points[j]).map(|(x, y)| x - y).collect::<Vec<_>>())
        };
        let steepest = steepest_pair(&scores?, distance)?;
        // A score errs by the roundings of its three layers, which a small distance magnifies.
        let rounding = gamma(40) * bound * 2.0 * 9.0 / distance(steepest.first, steepest.second);
        at_most(steepest.lipschitz, bound * (1.0 + gamma(40)) + rounding)?;
    }
}

// --- optimizers: estimates of the curvature by automatic differentiation ---

/// A function whose Hessian is full: Σ (x + y)³ over neighbors, and a product.
fn curved<R: Real>(x: &[R]) -> R {
    let pairs = zip(x, x.iter().skip(1)).map(|(&a, &b)| (a + b).powi(3));
    pairs.sum::<R>() + x.iter().fold(R::from_f64(1.0), |product, &x| product * x)
}

/// −ln p(label) of logits W x with three classes, W by rows.
fn softmax_loss<R: Real>(w: &[R], x: [f64; 2], label: usize) -> R {
    let z = w
        .chunks(2)
        .map(|w| w[0] * R::from_f64(x[0]) + w[1] * R::from_f64(x[1]));
    let z: Vec<R> = z.collect();
    z.iter().map(|&z| z.exp()).sum::<R>().ln() - z[label]
}

proptest! {
    #![proptest_config(cases())]

    /// Sophia's first estimate: the mean of v ⊙ H v over all vectors of signs is the diagonal of H.
    #[test]
    fn hutchinsons_mean_is_the_diagonal(x in vec(-2.0..2.0_f64, 1..6)) {
        let n = x.len();
        let mut mean = vec![0.0; n];
        for signs in 0..1 << n {
            let v: Vec<f64> = (0..n).map(|i| if signs >> i & 1 == 1 { 1.0 } else { -1.0 }).collect();
            let product = hessian_vector_product(|x| curved(x), &x, &v)?;
            zip(&mut mean, zip(v, product)).for_each(|(mean, (v, h))| *mean += v * h / f64::from(1 << n));
        }
        let exact = hessian(|x| curved(x), &x)?;
        let diagonal: Vec<f64> = (0..n).map(|i| exact[(i, i)]).collect();
        all_scaled(&mean, &diagonal, gamma(100), 200.0)?; // 2⁵ vectors; entries of H are at most 2 · 6 · 4 + 2³
    }

    /// Sophia's second estimate: the squared gradient of a label drawn from the model has the diagonal as its mean.
    #[test]
    fn bartletts_mean_is_the_diagonal(w in vec(-3.0..3.0_f64, 6), x in (-2.0..2.0_f64, -2.0..2.0_f64)) {
        let x = [x.0, x.1];
        let mut mean = [0.0; 6];
        for label in 0..3 {
            let p = (-softmax_loss(&w, x, label)).exp();
            let g = gradient(|w| softmax_loss(w, x, label), &w)?;
            zip(&mut mean, g).for_each(|(mean, g)| *mean += p * g * g);
        }
        let exact = hessian(|w| softmax_loss(w, x, 0), &w)?; // logits are linear: Gauss and Newton's matrix itself
        let diagonal: Vec<f64> = (0..6).map(|i| exact[(i, i)]).collect();
        all_scaled(&mean, &diagonal, gamma(200), 4.0)?; // p (1 − p) x² ≤ 1, from exponentials of up to 12
    }
}
