//! Mistakes of the articles that this project started from: what they say is written anew and seen to fail, and what
//! is right is seen to hold. `docs/errata.md` lists them all.

use gradus::autodiff::gradient;
use gradus::information::{cross_entropy, entropy, kl_divergence};
use gradus::linalg::nalgebra::{DMatrix, DVector};
use gradus::linalg::{least_squares, solve, symmetric_eigen};
use gradus::losses::{
    L1, L2, Regularizer, SoftmaxCrossEntropy, Target, binary_cross_entropy,
    binary_cross_entropy_from_logit, squared_error,
};
use gradus::nn::layers::{dense, relu, tanh};
use gradus::nn::{Dataset, Features, Network, Output, Settings, Training};
use gradus::numeric::{
    MatrixRef, Order, Real, Shape, Simplex, log_softmax, relu as rectified, sigmoid, softmax,
};
use gradus::optim::adam;
use gradus::random::{Key, normal, uniform};
use std::error::Error;
use std::iter::zip;

type Outcome = Result<(), Box<dyn Error>>;

/// The shape that NumPy gives to a sum or difference of two arrays, or nothing where it raises an error.
fn broadcast(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let length = a.len().max(b.len());
    let padded = |shape: &[usize]| [vec![1; length - shape.len()], shape.to_vec()].concat();
    let sizes = zip(padded(a), padded(b)).map(|(a, b)| match (a, b) {
        _ if a == b => Some(a),
        (1, n) | (n, 1) => Some(n),
        _ => None,
    });
    sizes.collect()
}

/// The shape of NumPy's product of a matrix and a matrix or vector, or nothing where it raises an error.
fn product(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let ([m, k], [l, rest @ ..]) = (a, b) else {
        return None;
    };
    (k == l).then(|| [&[*m], rest].concat())
}

/// A constant among numbers that are differentiated.
fn c<R: Real>(x: f64) -> R {
    R::from_f64(x)
}

fn near(a: f64, b: f64, tolerance: f64) {
    assert!((a - b).abs() <= tolerance, "{a} and {b}");
}

fn all_near(a: &[f64], b: &[f64], tolerance: f64) {
    assert_eq!(a.len(), b.len());
    zip(a, b).for_each(|(a, b)| near(*a, *b, tolerance));
}

/// Four points of the exclusive or.
const XOR: [([f64; 2], f64); 4] = [
    ([0.0, 0.0], 0.0),
    ([0.0, 1.0], 1.0),
    ([1.0, 0.0], 1.0),
    ([1.0, 1.0], 0.0),
];

/// Mean binary cross-entropy of one layer: weights and a bias.
fn logistic<R: Real>(theta: &[R], samples: &[([f64; 2], f64)]) -> R {
    let n: R = c(samples.len() as f64);
    let term = |([x0, x1], y): &([f64; 2], f64)| {
        let z = theta[0] * c(*x0) + theta[1] * c(*x1) + theta[2];
        binary_cross_entropy_from_logit(z, c(*y))
    };
    samples.iter().map(term).sum::<R>() / n
}

// Article 000

/// The error of a layer follows from that of the layer above: from the output to the input, never forwards.
#[test]
fn backpropagation_goes_from_the_output_to_the_input() -> Outcome {
    let (x, w1, w2) = ([0.5, -1.0], [[0.3, -0.2], [0.7, 0.4]], [1.5, -0.8]);
    let z: Vec<f64> = w1.iter().map(|w| w[0] * x[0] + w[1] * x[1]).collect();
    let a: Vec<f64> = z.iter().map(|z| z.tanh()).collect();
    let delta2 = 2.0 * (w2[0] * a[0] + w2[1] * a[1] - 1.0); // L = (ŷ − 1)²
    let slope = |z: f64| 1.0 - z.tanh().powi(2);
    let by_rule: Vec<f64> = (0..2)
        .flat_map(|i| {
            let delta1 = w2[i] * delta2 * slope(z[i]); // δ¹ = (W²)ᵀ δ² ⊙ f'(z¹)
            x.map(|x| delta1 * x) // ∂L/∂W¹ = δ¹ xᵀ
        })
        .collect();
    let loss = gradient(
        |w| {
            let hidden = |i: usize| (w[2 * i] * x[0] + w[2 * i + 1] * x[1]).tanh();
            squared_error(hidden(0) * w2[0] + hidden(1) * w2[1], c(1.0))
        },
        &w1.concat(),
    )?;
    all_near(&by_rule, &loss, 1e-14);
    // Forwards, with the error of the input where that of the output belongs, comes something else.
    let forwards: Vec<f64> = (0..2).flat_map(|i| x.map(|x| slope(z[i]) * x)).collect();
    assert!(zip(&forwards, &loss).any(|(a, b)| (a - b).abs() > 0.1));
    Ok(())
}

/// −Σ y ln ŷ over the samples grows with their number; the loss is a mean over samples of sums over classes.
#[test]
fn cross_entropy_is_a_sum_over_classes_and_a_mean_over_samples() -> Outcome {
    let logits = [[2.0, 0.5, -1.0], [0.0, 1.0, 3.0]];
    let one_hot = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]];
    let sum = |repeat: usize| -> Result<f64, Box<dyn Error>> {
        let mut total = 0.0;
        for (z, y) in zip(logits, one_hot).cycle().take(2 * repeat) {
            total -= zip(log_softmax(&z)?, y).map(|(p, y)| p * y).sum::<f64>();
        }
        Ok(total)
    };
    near(sum(2)?, 2.0 * sum(1)?, 1e-12); // the article: twice the data, twice the loss
    near(sum(2)? / 4.0, sum(1)? / 2.0, 1e-12);
    Ok(())
}

/// The cross-entropy is the entropy of p and the divergence of q from it, not the entropy alone.
#[test]
fn cross_entropy_is_not_the_entropy() -> Outcome {
    let (p, q) = (Simplex::new(vec![0.5, 0.5])?, Simplex::new(vec![0.9, 0.1])?);
    let h = cross_entropy(&p, &q)?;
    near(h, entropy(&p) + kl_divergence(&p, &q)?, 1e-15);
    assert!(h > entropy(&p) + 0.5);
    Ok(())
}

/// The gradient of a batch is another one than that of all samples; only the mean over batches is the same.
#[test]
fn a_batch_estimates_the_gradient() -> Outcome {
    let theta = [0.3, -0.4, 0.1];
    let whole = gradient(|v| logistic(v, &XOR), &theta)?;
    let first = gradient(|v| logistic(v, &XOR[..2]), &theta)?;
    let second = gradient(|v| logistic(v, &XOR[2..]), &theta)?;
    assert!((first[1] - whole[1]).abs() > 0.1);
    let mean: Vec<f64> = zip(first, second)
        .map(|(a, b)| f64::midpoint(a, b))
        .collect();
    all_near(&mean, &whole, 1e-15);
    Ok(())
}

/// v ← βv + g with rate α and v ← βv + (1 − β)g with rate α/(1 − β) take the same steps.
#[test]
fn two_conventions_of_momentum_are_one_method() {
    let (beta, rate) = (0.9, 0.1);
    let (mut theta, mut v, mut averaged, mut w) = (3.0, 0.0, 3.0, 0.0);
    for _ in 0..50 {
        v = beta * v + 2.0 * theta; // f(θ) = θ²
        theta -= rate * v;
        w = beta * w + (1.0 - beta) * 2.0 * averaged;
        averaged -= rate / (1.0 - beta) * w;
    }
    near(theta, averaged, 1e-12);
}

/// λ Σ w² and ½ λ Σ w² pull with different strength; this project has the half, so that the gradient is λ w.
#[test]
fn the_half_in_l2_halves_its_strength() -> Outcome {
    let (lambda, w) = (0.1, [3.0, -4.0]);
    let mut half = [0.0; 2];
    L2 { lambda }.add_gradient(&w, &mut half)?;
    all_near(&half, &w.map(|w| lambda * w), 1e-15);
    let article = gradient(|v| (v[0] * v[0] + v[1] * v[1]) * lambda, &w)?;
    all_near(&article, &half.map(|g| 2.0 * g), 1e-15);
    Ok(())
}

/// `Dense(10)` with 784 inputs is a hidden layer of 10 units, through which everything must pass.
#[test]
fn the_first_dense_layer_is_a_hidden_one() -> Outcome {
    let parameters = |layers| -> Result<usize, Box<dyn Error>> {
        let network = Network::<f32>::new(784, layers, Output::Softmax)?;
        Ok(network.layout().len())
    };
    let layers = vec![dense(10), relu(), dense(128), relu(), dense(10)];
    assert_eq!(parameters(layers)?, 785 * 10 + 11 * 128 + 129 * 10); // 10 548
    // If it were the input layer, the first weights would join 784 inputs and 128 units.
    assert_eq!(
        parameters(vec![dense(128), relu(), dense(10)])?,
        785 * 128 + 129 * 10
    );
    Ok(())
}

// Article 001

/// ∂L/∂W = (∂L/∂y ⊙ f'(z)) xᵀ; without the slope the numbers are wrong.
#[test]
fn the_gradient_of_a_layer_has_the_slope_and_the_input() -> Outcome {
    let (w, x) = ([0.5, -0.25, 0.75, 1.0, -1.5, 0.2], [1.0, -2.0, 0.5]);
    let output = |w: &[f64]| -> Vec<f64> {
        let z = w
            .chunks(3)
            .map(|w| zip(w, x).map(|(w, x)| w * x).sum::<f64>());
        z.map(sigmoid).collect()
    };
    let y = output(&w);
    let by_rule: Vec<f64> = y
        .iter()
        .flat_map(|y| x.map(|x| y * (1.0 - y) * x))
        .collect(); // L = y₁ + y₂
    let by_tape = gradient(
        |w| {
            let unit = |i: usize| sigmoid(w[i] * x[0] + w[i + 1] * x[1] + w[i + 2] * x[2]);
            unit(0) + unit(3)
        },
        &w,
    )?;
    all_near(&by_rule, &by_tape, 1e-15);
    let without_slope = [x, x].concat();
    assert!(zip(&without_slope, &by_tape).all(|(a, b)| (a - b).abs() > 0.1));
    Ok(())
}

/// The one piece of code that is right: x = (−4, 4.5).
#[test]
fn the_linear_system_has_the_solution_that_is_printed() -> Outcome {
    let a = DMatrix::from_row_slice(2, 2, &[1.0, 2.0, 3.0, 4.0]);
    let solution = solve(&a, &DVector::from_column_slice(&[5.0, 6.0]))?;
    all_near(solution.x.as_slice(), &[-4.0, 4.5], 1e-14);
    Ok(())
}

/// θ of shape (2, 2) for one output, and expanded dimensions: the first step raises an error.
#[test]
fn the_shapes_of_the_perceptron_do_not_fit() {
    let (x, theta) = ([4, 2], [2, 2]);
    let predicted = product(&x, &theta); // (4, 2): two numbers where one is wanted
    assert_eq!(predicted, Some(vec![4, 2]));
    let error = broadcast(&[4, 1, 2], &[4, 1, 1]); // after `expand_dims`
    assert_eq!(error, Some(vec![4, 1, 2]));
    let step = broadcast(&[4, 1, 2], &[4, 2]).and_then(|it| broadcast(&theta, &it));
    assert_eq!(step, None); // `theta - lr * d_theta`
    // Right: W (2, 1), so that ŷ is (4, 1), and the gradient Xᵀ(ŷ − y) has the shape of W.
    assert_eq!(product(&x, &[2, 1]), Some(vec![4, 1]));
    assert_eq!(product(&[2, 4], &[4, 1]), Some(vec![2, 1]));
}

/// θ − α (y − ŷ) x goes uphill.
#[test]
fn the_reversed_sign_climbs() -> Outcome {
    let theta = [0.5, -0.5, 0.2];
    let slope = gradient(|v| logistic(v, &XOR), &theta)?;
    let after = |sign: f64| -> f64 {
        let moved: Vec<f64> = zip(theta, &slope)
            .map(|(t, g)| t - sign * 0.1 * g)
            .collect();
        logistic(&moved, &XOR)
    };
    assert!(after(1.0) < logistic(&theta, &XOR) && logistic(&theta, &XOR) < after(-1.0));
    Ok(())
}

/// The slope ŷ(1 − ŷ) belongs to the squared error; in the cross-entropy it cancels.
#[test]
fn cross_entropy_cancels_the_slope_of_the_sigmoid() -> Outcome {
    for (z, y) in [(3.0, 0.0), (-2.0, 1.0), (0.5, 1.0)] {
        let p = sigmoid(z);
        let slope = gradient(|v| binary_cross_entropy_from_logit(v[0], c(y)), &[z])?[0];
        near(slope, p - y, 1e-15);
        assert!((slope - (p - y) * p * (1.0 - p)).abs() > 0.1);
        let squared = gradient(|v| squared_error(sigmoid(v[0]), c(y)) * 0.5, &[z])?[0];
        near(squared, (p - y) * p * (1.0 - p), 1e-15);
    }
    Ok(())
}

/// Without a hidden layer nothing is better than ln 2 on the exclusive or; from zero nothing moves at all.
#[test]
fn one_layer_cannot_learn_xor() -> Outcome {
    let still = gradient(|v| logistic(v, &XOR), &[0.0; 3])?;
    all_near(&still, &[0.0; 3], 1e-16);
    near(logistic(&[0.0; 3], &XOR), std::f64::consts::LN_2, 1e-15);
    let mut theta = vec![2.0, -1.0, 0.5];
    for _ in 0..5000 {
        let slope = gradient(|v| logistic(v, &XOR), &theta)?;
        zip(&mut theta, slope).for_each(|(t, g)| *t -= 0.5 * g);
        assert!(logistic(&theta, &XOR) >= std::f64::consts::LN_2 - 1e-12);
    }
    near(logistic(&theta, &XOR), std::f64::consts::LN_2, 1e-9); // convex: the minimum
    Ok(())
}

/// With a hidden layer and a random start it is learned.
#[test]
fn a_hidden_layer_learns_xor() -> Outcome {
    let x: Vec<f64> = XOR.iter().flat_map(|(x, _)| *x).collect();
    let labels = [0, 1, 1, 0];
    let x = MatrixRef::new(&x, Shape::new(2, 4), Order::Columns)?;
    let data = Dataset::new(Features::Numbers(x), Target::Labels(&labels))?;
    let network = Network::<f64>::new(2, vec![dense(8), tanh(), dense(2)], Output::Softmax)?;
    let loss = Box::new(SoftmaxCrossEntropy::default());
    let model = network.initialize(Key::new(1))?;
    let mut training = Training::new(model, adam(0.05)?, loss, Settings::default())?;
    training.fit(200, &data, &mut [])?;
    for (x, y) in XOR {
        let p = training.model().predict_one(&x)?[1];
        near(p, y, 0.01);
    }
    Ok(())
}

/// The logarithm of a probability that has rounded to 0 is infinite, or times 0 NaN; logits keep it finite.
#[test]
fn cross_entropy_is_taken_from_logits() {
    for (z, y) in [(800.0, 0.0), (-800.0, 1.0), (800.0, 1.0)] {
        let p: f64 = sigmoid(z);
        let article = -(y * p.ln() + (1.0 - y) * (1.0 - p).ln());
        assert!(!article.is_finite(), "{article}");
        let right: f64 = binary_cross_entropy_from_logit(z, y);
        near(
            right,
            f64::max(z, 0.0) - z * y + (-z.abs()).exp().ln_1p(),
            1e-12,
        );
    }
    // From a probability of exactly 1 the right value is 0 or infinite, but never NaN.
    assert_eq!(binary_cross_entropy(1.0, 1.0), 0.0);
    assert_eq!(binary_cross_entropy(1.0, 0.0), f64::INFINITY);
}

/// Four samples with two features in rows, and their targets.
const ROWS: [([f64; 2], f64); 4] = [
    ([1.0, 2.0], 1.0),
    ([2.0, 3.0], 2.0),
    ([3.0, 4.0], 3.0),
    ([4.0, 5.0], 4.0),
];

/// Gradient descent on the half of the mean squared error, without an intercept.
fn descend(rate: f64, steps: usize) -> [f64; 2] {
    let mut theta = [0.0; 2];
    for _ in 0..steps {
        let mut slope = [0.0; 2];
        for (x, y) in ROWS {
            let error = theta[0] * x[0] + theta[1] * x[1] - y;
            zip(&mut slope, x).for_each(|(g, x)| *g += error * x / 4.0);
        }
        zip(&mut theta, slope).for_each(|(t, g)| *t -= rate * g);
    }
    theta
}

/// `X.T @ theta` and `X @ (y - p)` do not fit, and with the shapes mended a rate of 0.5 diverges.
#[test]
fn linear_regression_diverges_at_the_rate_of_the_article() -> Outcome {
    assert_eq!(product(&[2, 4], &[2]), None);
    assert_eq!(product(&[4, 2], &[4]), None);
    assert_eq!(
        (product(&[4, 2], &[2]), product(&[2, 4], &[4])),
        (Some(vec![4]), Some(vec![2]))
    );

    let x = DMatrix::from_fn(4, 2, |i, j| ROWS[i].0[j]);
    let eigen = symmetric_eigen(&((x.transpose() * x) / 4.0))?;
    let largest = eigen.values.max();
    near(largest, 20.94, 0.005);
    near(largest / eigen.values.min(), 351.0, 1.0);
    assert!(descend(0.5, 100)[0].abs() > 1e6);
    assert!(descend(2.0 / largest + 1e-3, 20_000)[0].abs() > 1e3);
    all_near(&descend(0.05, 1000), &[0.968, 0.024], 1e-3);
    all_near(&descend(0.05, 20_000), &[1.0, 0.0], 1e-4);
    Ok(())
}

/// Depth does not cure vanishing gradients: every sigmoid takes at least three quarters of what is left.
#[test]
fn gradients_vanish_with_depth() -> Outcome {
    let slope = |depth: usize| -> Result<f64, Box<dyn Error>> {
        let through = gradient(|v| (0..depth).fold(v[0], |x, _| sigmoid(x)), &[0.3])?;
        Ok(through[0])
    };
    for depth in 1..30 {
        assert!(slope(depth + 1)? <= 0.25 * slope(depth)?);
    }
    assert!(slope(20)? < 1e-12);
    Ok(())
}

// Article 002

/// The gradient of the mean square is 2/m Xᵀ(ŷ − y); without the 2 it is that of half of it.
#[test]
fn the_gradient_of_the_mean_square_has_a_two() -> Outcome {
    let residual = [0.5, -1.5];
    let whole = gradient(|v| (v[0] * v[0] + v[1] * v[1]) * 0.5, &residual)?;
    all_near(&whole, &residual.map(|r| 2.0 / 2.0 * r), 1e-16);
    let article = residual.map(|r| r / 2.0);
    all_near(&whole, &article.map(|g| 2.0 * g), 1e-16);
    Ok(())
}

/// With the bracket closed, the update of logistic regression is right: (1/m) Σ (h − y) x.
#[test]
fn the_update_of_logistic_regression_is_right() -> Outcome {
    let theta = [0.4, -0.6, 0.3];
    let mut by_rule = [0.0; 3];
    for ([x0, x1], y) in XOR {
        let h = sigmoid(theta[0] * x0 + theta[1] * x1 + theta[2]);
        zip(&mut by_rule, [x0, x1, 1.0]).for_each(|(g, x)| *g += (h - y) * x / 4.0);
    }
    all_near(&by_rule, &gradient(|v| logistic(v, &XOR), &theta)?, 1e-15);
    Ok(())
}

/// Noise of shape (100, 1) added to 100 numbers makes a hundred times hundred of them.
#[test]
fn noise_of_the_wrong_shape_multiplies_the_targets() {
    assert_eq!(product(&[100, 1], &[2]), None); // X (100, 1) times two weights
    assert_eq!(broadcast(&[100], &[100, 1]), Some(vec![100, 100]));
    assert_eq!(broadcast(&[100], &[100]), Some(vec![100]));
    assert_eq!(product(&[2, 1], &[2]), None); // the test set
}

/// Without 1/m a rate that is right for a hundred samples diverges for a thousand.
#[test]
fn without_the_mean_the_rate_depends_on_the_number_of_samples() {
    let run = |samples: usize, mean: bool| {
        let scale = if mean { 1.0 / samples as f64 } else { 1.0 };
        // x = 1 for all of them, y = 2: the gradient of one sample is θ − 2.
        (0..100).fold(0.0, |theta: f64, _| {
            theta - 0.01 * scale * samples as f64 * (theta - 2.0)
        })
    };
    assert!((run(100, false) - 2.0).abs() < 1e-9 && (run(1000, false) - 2.0).abs() > 1e9);
    assert_eq!(run(100, true), run(1000, true));
}

// Article 003

/// L1 adds magnitudes, L2 squares; the article has them the other way round.
#[test]
fn l1_is_the_magnitude_and_l2_the_square() -> Outcome {
    let w = [3.0, -4.0];
    assert_eq!(
        (L1 { lambda: 1.0 }.value(&w)?, L2 { lambda: 1.0 }.value(&w)?),
        (7.0, 12.5)
    );
    Ok(())
}

/// A unit whose sum is negative for all samples has no gradient and stays dead.
#[test]
fn a_rectifier_can_die() -> Outcome {
    let inputs = [0.5, 1.0, 2.0];
    let slope = |bias: f64| {
        gradient(
            |v| inputs.iter().map(|x| rectified(v[0] * *x + c(bias))).sum(),
            &[1.0],
        )
    };
    assert_eq!(slope(-5.0)?, [0.0]);
    assert_eq!(slope(5.0)?, [3.5]);
    Ok(())
}

/// Sigmoids are a probability each, but no distribution over classes.
#[test]
fn sigmoids_do_not_sum_to_one() -> Outcome {
    let logits = [1.0, 2.0, 3.0];
    assert!(logits.iter().map(|z| sigmoid(*z)).sum::<f64>() > 2.5);
    near(softmax(&logits)?.iter().sum(), 1.0, 1e-15);
    Ok(())
}

/// Random labels can be learned by heart; only samples that were not trained on show that nothing was understood.
#[test]
fn accuracy_on_the_training_set_is_memory() -> Outcome {
    let mut rng = Key::new(5).rng();
    let mut samples = |n: usize| {
        let x = DMatrix::from_fn(n, 40, |_, _| normal(&mut rng));
        let y = DVector::from_fn(n, |_, _| if uniform(&mut rng) < 0.5 { -1.0 } else { 1.0 });
        (x, y)
    };
    let ((x, y), (other_x, other_y)) = (samples(30), samples(400));
    let weights = least_squares(&x, &y)?.x;
    let accuracy = |x: &DMatrix<f64>, y: &DVector<f64>| {
        let right = zip((x * &weights).iter(), y)
            .filter(|(p, y)| **p * **y > 0.0)
            .count();
        right as f64 / y.len() as f64
    };
    assert_eq!(accuracy(&x, &y), 1.0);
    near(accuracy(&other_x, &other_y), 0.5, 0.1);
    Ok(())
}

// Article 004

/// The loss falls; the gradient may grow on the way.
#[test]
fn the_gradient_may_grow_while_the_loss_falls() -> Outcome {
    let loss = |x: f64| -(-x * x / 2.0).exp();
    let (mut x, mut slopes) = (2.5, Vec::new());
    for _ in 0..20 {
        let slope = gradient(|v| -(-(v[0] * v[0]) * 0.5).exp(), &[x])?[0];
        assert!(loss(x - 0.5 * slope) < loss(x));
        slopes.push(slope);
        x -= 0.5 * slope;
    }
    assert!(slopes[5] > 1.2 * slopes[0], "{slopes:?}");
    Ok(())
}

/// `grad = 2 * (p - y)` has the shape of the samples: θ takes it, and the next product fails.
#[test]
fn a_gradient_without_the_inputs_has_the_shape_of_the_samples() {
    let theta = broadcast(&[1, 1], &[100, 1]); // after the first step
    assert_eq!(theta, Some(vec![100, 1]));
    assert_eq!(theta.and_then(|theta| product(&[100, 1], &theta)), None);
    assert_eq!(product(&[1, 100], &[100, 1]), Some(vec![1, 1])); // Xᵀ(ŷ − y)
}

/// λ times the penalty in place of its gradient pushes a negative parameter away from zero.
#[test]
fn the_penalty_is_not_its_gradient() -> Outcome {
    let (lambda, rate, theta) = (0.1, 0.5, [-2.0]);
    let penalty = L2 { lambda };
    let mut slope = [0.0];
    penalty.add_gradient(&theta, &mut slope)?;
    assert!(theta[0] - rate * penalty.value(&theta)? < theta[0]);
    assert!(theta[0] - rate * slope[0] > theta[0]);
    Ok(())
}

/// Noise from [0, 1) has the mean ½: through the origin the slope is 3.75 instead of 3, with an intercept it is 3.
#[test]
fn noise_with_a_mean_bends_a_line_through_the_origin() -> Outcome {
    const N: usize = 100_000;
    let mut rng = Key::new(7).rng();
    let x = DMatrix::from_fn(N, 2, |_, j| if j == 0 { uniform(&mut rng) } else { 1.0 });
    let y = DVector::from_fn(N, |i, _| 3.0 * x[(i, 0)] + uniform(&mut rng));
    let origin = least_squares(&x.columns(0, 1).into_owned(), &y)?.x;
    near(origin[0], 3.75, 0.02);
    let line = least_squares(&x, &y)?.x;
    all_near(line.as_slice(), &[3.0, 0.5], 0.02);
    Ok(())
}

/// At the minimum of loss plus penalty the loss alone still has a slope: it is not what was minimized.
#[test]
fn the_reported_objective_is_the_minimized_one() -> Outcome {
    let (lambda, data) = (0.5, [(1.0, 3.0), (2.0, 6.0)]);
    let (xx, xy) = data.iter().fold((0.0, 0.0), |(a, b), (x, y)| {
        (a + x * x / 2.0, b + x * y / 2.0)
    });
    let ridge = xy / (xx + lambda); // of ½ mean (θx − y)² + ½ λθ²
    let loss = |with: f64| {
        gradient(
            |v| {
                let fit = |(x, y): (f64, f64)| squared_error(v[0] * x, c(y)) * 0.25;
                fit(data[0]) + fit(data[1]) + v[0] * v[0] * (0.5 * with)
            },
            &[ridge],
        )
    };
    near(loss(lambda)?[0], 0.0, 1e-15);
    assert!(loss(0.0)?[0].abs() > 0.5);
    Ok(())
}
