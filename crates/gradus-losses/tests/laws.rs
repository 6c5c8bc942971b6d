//! The theorems of the losses, as properties.

#[path = "laws/classification.rs"]
mod classification;
#[path = "laws/comparisons.rs"]
mod comparisons;
#[path = "laws/edges.rs"]
mod edges;
#[path = "laws/identities.rs"]
mod identities;
#[path = "laws/of_classes.rs"]
mod of_classes;
#[path = "laws/regression.rs"]
mod regression;

use gradus_losses::{
    AbsoluteError, AbsolutePercentageError, BinaryCrossEntropy, BinaryCrossEntropyLogits, Brier,
    Cauchy, ClassWeightedCrossEntropy, ConfidencePenalty, CosineDistance, CrammerSinger,
    CrossEntropy, ElasticNet, Exponential, Focal, GaussianMean, GeneralizedCrossEntropy,
    GroupLasso, Hinge, Huber, KullbackLeibler, KullbackLeiblerLogs, L1, L2, ListNet, LogCosh,
    LogFactorial, Loss, LossError, ModifiedHuber, NegativeLogLikelihood, Perceptron, Pinball,
    Pointwise, Poisson, Poly1, PositiveWeightedCrossEntropy, Rate, Reduction, Regularizer,
    SmoothL1, SoftmaxCrossEntropy, SoftmaxFocal, Sparsemax, SquaredError, SquaredHinge,
    SquaredLogarithmicError, Target, Tukey, Tweedie, Weights, WestonWatkins,
    binary_cross_entropy_from_logit,
};
use gradus_numeric::{
    CompensatedSum, MatrixMut, MatrixRef, Order, Real, Shape, log_sum_exp, sigmoid, softmax,
    softplus,
};
use gradus_testkit::laws::convexity;
use gradus_testkit::strategies::{
    labels, logits, simplex_point, structured_vector, vector, weights,
};
use gradus_testkit::{
    Violation, all_same_bits, all_scaled, at_most, cases, gradient, relative, same_bits, scaled,
    within_ulps,
};
use proptest::prelude::*;
use std::iter::zip;
use std::sync::LazyLock;

const EPSILON: f64 = f64::EPSILON;
const SOFTMAX: SoftmaxCrossEntropy = SoftmaxCrossEntropy {
    label_smoothing: 0.0,
};

/// The negative logarithm of the probability of a count.
const LIKELIHOOD_OF_RATES: Poisson = Poisson {
    rate: Rate::Plain,
    factorial: LogFactorial::Exact,
};

/// How the target of a batch is given.
#[derive(Clone, Debug)]
enum Truth {
    Labels(Vec<u32>),
    Columns(Vec<f64>),
}

/// A batch: predictions with contiguous columns, their targets and weights.
#[derive(Clone, Debug)]
struct Batch {
    shape: Shape,
    prediction: Vec<f64>,
    truth: Truth,
    weights: Vec<f64>,
}

impl Batch {
    fn new(shape: Shape, prediction: Vec<f64>, truth: Truth) -> Self {
        let weights = vec![1.0; shape.columns];
        Self {
            shape,
            prediction,
            truth,
            weights,
        }
    }

    /// The samples that `keep` keeps.
    fn select(&self, keep: &[usize]) -> Self {
        let m = self.shape.rows;
        let columns = |x: &[f64]| {
            keep.iter()
                .flat_map(|j| x[j * m..(j + 1) * m].to_vec())
                .collect()
        };
        Self {
            shape: Shape::new(m, keep.len()),
            prediction: columns(&self.prediction),
            truth: match &self.truth {
                Truth::Labels(y) => Truth::Labels(keep.iter().map(|&j| y[j]).collect()),
                Truth::Columns(y) => Truth::Columns(columns(y)),
            },
            weights: keep.iter().map(|&j| self.weights[j]).collect(),
        }
    }

    /// Value and gradient, the latter with contiguous columns, computed in the given order of storage.
    fn run(
        &self,
        loss: &dyn Loss<f64>,
        denominator: f64,
        order: Order,
    ) -> Result<(f64, Vec<f64>), LossError> {
        let Shape {
            rows: m,
            columns: n,
        } = self.shape;
        let stored = |x: &[f64]| match order {
            Order::Columns => x.to_vec(),
            Order::Rows => transposed(x, m, n),
        };
        let prediction = stored(&self.prediction);
        let values = match &self.truth {
            Truth::Columns(y) => stored(y),
            Truth::Labels(_) => vec![0.0; m * n],
        };
        let view = |x| MatrixRef::new(x, self.shape, order).map_err(|_| LossError::EmptyBatch);
        let target = match &self.truth {
            Truth::Labels(y) => Target::Labels(y),
            Truth::Columns(_) => Target::Values(view(&values)?),
        };
        let mut memory = vec![f64::NAN; m * n];
        let gradient = MatrixMut::new(&mut memory, self.shape, order);
        let value = loss.value_and_gradient(
            view(&prediction)?,
            target,
            Weights::PerSample(&self.weights),
            denominator,
            gradient.map_err(|_| LossError::EmptyBatch)?,
        )?;
        match order {
            Order::Columns => Ok((value, memory)),
            Order::Rows => Ok((value, transposed(&memory, n, m))),
        }
    }

    fn sum(&self, loss: &dyn Loss<f64>) -> Result<(f64, Vec<f64>), LossError> {
        self.run(loss, 1.0, Order::Columns)
    }
}

/// From contiguous columns of an m × n matrix to contiguous rows.
fn transposed(x: &[f64], m: usize, n: usize) -> Vec<f64> {
    (0..m * n)
        .map(|at| x[at / n.max(1) + (at % n.max(1)) * m])
        .collect()
}

/// One sample.
fn sample(prediction: &[f64], truth: Truth) -> Batch {
    Batch::new(Shape::new(prediction.len(), 1), prediction.to_vec(), truth)
}

fn of_label(z: &[f64], label: u32) -> Result<(f64, Vec<f64>), LossError> {
    sample(z, Truth::Labels(vec![label])).sum(&SOFTMAX)
}

fn of_distribution(z: &[f64], q: &[f64]) -> Result<(f64, Vec<f64>), LossError> {
    sample(z, Truth::Columns(q.to_vec())).sum(&SOFTMAX)
}

/// What a loss takes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Kind {
    /// Any prediction and target.
    Values,
    /// The same, and the smallest loss is not 0.
    Relevances,
    /// Positive prediction and target.
    Positive,
    /// Any prediction, positive target.
    Counts,
    /// Positive prediction and target, and the smallest loss is not 0.
    Rates,
    /// Logits and labels.
    Logits,
    /// Logits of three classes and labels.
    ThreeLogits,
    /// Logits and distributions.
    SoftLogits,
    /// One logit per sample and labels 0 and 1.
    YesOrNo,
    /// Probabilities and labels.
    Probabilities,
    /// Probabilities and distributions.
    SoftProbabilities,
    /// Logarithms of probabilities and labels.
    LogProbabilities,
}

/// A loss, what it takes, and whether it is convex in the prediction.
type Entry = (Box<dyn Loss<f64>>, Kind, bool);

/// Every loss.
fn losses() -> Vec<Entry> {
    let weighted = ClassWeightedCrossEntropy::new(vec![1.0, 2.0, 0.5], 0.1);
    let smooth = SoftmaxCrossEntropy {
        label_smoothing: 0.1,
    };
    let mut all: Vec<Entry> = vec![
        (Box::new(SquaredError), Kind::Values, true),
        (Box::new(AbsoluteError), Kind::Values, true),
        (Box::new(Huber::default()), Kind::Values, true),
        (Box::new(SmoothL1 { beta: 0.5 }), Kind::Values, true),
        (Box::new(LogCosh), Kind::Values, true),
        (Box::new(Pinball { quantile: 0.3 }), Kind::Values, true),
        (Box::new(Cauchy { scale: 2.0 }), Kind::Values, false),
        (Box::new(Tukey { scale: 3.0 }), Kind::Values, false),
        (Box::new(SquaredLogarithmicError), Kind::Positive, false),
        (Box::new(AbsolutePercentageError), Kind::Counts, true),
        (Box::new(Poisson::default()), Kind::Counts, true),
        (Box::new(LIKELIHOOD_OF_RATES), Kind::Rates, true),
        (
            Box::new(GaussianMean { variance: 2.0 }),
            Kind::Relevances,
            true,
        ),
        (Box::new(Tweedie { power: 1.0 }), Kind::Positive, false),
        (Box::new(Tweedie { power: 1.5 }), Kind::Positive, false),
        (Box::new(Tweedie { power: 2.0 }), Kind::Positive, false),
        (Box::new(SOFTMAX), Kind::Logits, true),
        (Box::new(smooth), Kind::SoftLogits, true),
        (
            Box::new(BinaryCrossEntropyLogits::default()),
            Kind::YesOrNo,
            true,
        ),
        (
            Box::new(PositiveWeightedCrossEntropy {
                weight: 3.0,
                label_smoothing: 0.0,
            }),
            Kind::YesOrNo,
            true,
        ),
        (Box::new(Focal::default()), Kind::YesOrNo, false),
        (Box::new(Hinge), Kind::YesOrNo, true),
        (Box::new(SquaredHinge), Kind::YesOrNo, true),
        (Box::new(Perceptron), Kind::YesOrNo, true),
        (Box::new(Exponential), Kind::YesOrNo, true),
        (Box::new(ModifiedHuber), Kind::YesOrNo, true),
    ];
    all.extend(losses_of_classes());
    all.extend(losses_of_smoothed_answers());
    if let Ok(weighted) = weighted {
        all.push((Box::new(weighted), Kind::ThreeLogits, true));
    }
    all
}

/// Those of yes-or-no questions, with smoothed labels.
fn losses_of_smoothed_answers() -> Vec<Entry> {
    let logits = BinaryCrossEntropyLogits {
        label_smoothing: 0.2,
    };
    let weighted = PositiveWeightedCrossEntropy {
        weight: 0.5,
        label_smoothing: 0.1,
    };
    let probabilities = BinaryCrossEntropy {
        label_smoothing: 0.3,
    };
    vec![
        (Box::new(logits), Kind::YesOrNo, true),
        (Box::new(weighted), Kind::YesOrNo, true),
        (Box::new(probabilities), Kind::SoftProbabilities, true),
    ]
}

/// Those of several classes, lists and directions; and one of one's own.
fn losses_of_classes() -> Vec<Entry> {
    vec![
        (
            Box::new(GeneralizedCrossEntropy::default()),
            Kind::Logits,
            false,
        ),
        (Box::new(Poly1 { epsilon: 2.0 }), Kind::SoftLogits, false),
        (Box::new(SoftmaxFocal::default()), Kind::SoftLogits, false),
        (Box::new(Sparsemax), Kind::SoftLogits, true),
        (
            Box::new(ConfidencePenalty { strength: 0.5 }),
            Kind::SoftLogits,
            false,
        ),
        (Box::new(ListNet), Kind::Relevances, true),
        (Box::new(CosineDistance), Kind::Relevances, false),
        (Box::new(CrammerSinger), Kind::Logits, true),
        (Box::new(WestonWatkins), Kind::Logits, true),
        (
            Box::new(BinaryCrossEntropy::default()),
            Kind::SoftProbabilities,
            true,
        ),
        (Box::new(CrossEntropy), Kind::Probabilities, true),
        (Box::new(Brier), Kind::Probabilities, true),
        (Box::new(KullbackLeibler), Kind::SoftProbabilities, true),
        (
            Box::new(NegativeLogLikelihood),
            Kind::LogProbabilities,
            true,
        ),
        (Box::new(KullbackLeiblerLogs), Kind::LogProbabilities, true),
        (Box::new(FourthPower), Kind::Values, true),
    ]
}

/// A loss of one's own.
#[derive(Debug)]
struct FourthPower;

impl Pointwise for FourthPower {
    fn loss(&self, p: f64, y: f64) -> f64 {
        (p - y).powi(4)
    }

    fn slope(&self, p: f64, y: f64) -> f64 {
        4.0 * (p - y).powi(3)
    }
}

static LOSSES: LazyLock<Vec<Entry>> = LazyLock::new(losses);

/// Every loss with a batch that it takes; 1 to 40 samples, so full and partial blocks of 16.
fn any_batch() -> impl Strategy<Value = (usize, Batch)> {
    (0..LOSSES.len(), 1..5_usize, 1..40_usize).prop_flat_map(|(loss, m, n)| {
        let kind = LOSSES[loss].1;
        let m = match kind {
            Kind::YesOrNo => 1,
            Kind::ThreeLogits => 3,
            _ => m,
        };
        let positive = move || prop::collection::vec(0.01..20.0, m * n).boxed();
        let prediction = match kind {
            Kind::Positive | Kind::Rates => positive(),
            Kind::Probabilities | Kind::SoftProbabilities => many_simplex_points(m, n).boxed(),
            Kind::LogProbabilities => prop::collection::vec(-20.0..0.0, m * n).boxed(),
            _ => prop::collection::vec(-20.0..20.0, m * n).boxed(),
        };
        let classes = if m == 1 {
            2
        } else {
            u32::try_from(m).unwrap_or(1)
        };
        let truth = match kind {
            Kind::Values | Kind::Relevances => vector(m * n).prop_map(Truth::Columns).boxed(),
            Kind::Positive | Kind::Counts | Kind::Rates => {
                positive().prop_map(Truth::Columns).boxed()
            }
            Kind::SoftLogits | Kind::SoftProbabilities => {
                many_simplex_points(m, n).prop_map(Truth::Columns).boxed()
            }
            Kind::YesOrNo => labels(classes, n).prop_map(Truth::Labels).boxed(),
            _ => labels(u32::try_from(m).unwrap_or(1), n)
                .prop_map(Truth::Labels)
                .boxed(),
        };
        let shape = Shape::new(m, n);
        (prediction, truth, weights(n)).prop_map(move |(prediction, truth, weights)| {
            (
                loss,
                Batch {
                    shape,
                    prediction,
                    truth,
                    weights,
                },
            )
        })
    })
}

fn many_simplex_points(m: usize, n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop::collection::vec(simplex_point(m), n).prop_map(|columns| columns.concat())
}

/// The losses by the numbers of [`any_batch`].
fn by_number(loss: usize) -> &'static dyn Loss<f64> {
    &*LOSSES[loss].0
}

fn entropy(q: &[f64]) -> f64 {
    q.iter()
        .map(|&q| if q == 0.0 { 0.0 } else { -q * q.ln() })
        .sum()
}

fn logits_and_label() -> impl Strategy<Value = (Vec<f64>, u32)> {
    logits(1..8).prop_flat_map(|z| {
        let k = u32::try_from(z.len()).unwrap_or(1);
        (Just(z), 0..k)
    })
}

fn logits_and_distribution() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> {
    (1..8_usize).prop_flat_map(|k| (prop::collection::vec(-10.0..10.0, k), simplex_point(k)))
}

fn largest(z: &[f64]) -> f64 {
    z.iter().fold(1.0, |top, z| z.abs().max(top))
}

proptest! {
    #![proptest_config(cases())]

    // --- zero, minimum, convexity ---

    #[test]
    fn losses_are_zero_at_the_target_and_never_negative((loss, batch) in any_batch()) {
        let (kind, name) = (LOSSES[loss].1, format!("{:?}", by_number(loss)));
        let (value, _) = batch.sum(by_number(loss))?;
        // Poisson's loss leaves a constant out; a divergence of nearly equal distributions is rounding.
        prop_assert!(value >= -1e-13 || name.contains("LeftOut"), "{name}: {value}");
        if kind == Kind::Values || kind == Kind::Positive {
            let truth = Truth::Columns(batch.prediction.clone());
            let (value, gradient) = Batch { truth, ..batch }.sum(by_number(loss))?;
            prop_assert!(value.abs() < 1e-13, "{name}: {value}"); // of likelihoods rounding is left
            prop_assert!(gradient.iter().all(|&g| g == 0.0), "{name}: {gradient:?}");
        }
    }

    #[test]
    fn mean_squared_error_is_variance_plus_squared_bias(e in vector(1..30)) {
        let n = e.len();
        let batch = Batch::new(Shape::new(1, n), e.clone(), Truth::Columns(vec![0.0; n]));
        let (mse, gradient) = batch.run(&SquaredError, n as f64, Order::Columns)?;
        let mean = e.iter().sum::<f64>() / n as f64;
        let variance = e.iter().map(|e| (e - mean).powi(2)).sum::<f64>() / n as f64;
        scaled(mse, variance + mean * mean, 4.0 * n as f64 * EPSILON, mse)?;
        let slopes: Vec<f64> = e.iter().map(|e| 2.0 * e / n as f64).collect();
        all_scaled(&gradient, &slopes, 2.0 * EPSILON, largest(&slopes))?;
    }

    #[test]
    fn a_median_minimizes_the_absolute_error(mut y in vector(1..15), c in -100.0..100.0) {
        let n = y.len();
        y.sort_by(f64::total_cmp);
        let of = |c: f64| {
            Batch::new(Shape::new(1, n), vec![c; n], Truth::Columns(y.clone())).sum(&AbsoluteError)
        };
        let (least, other) = (of(y[n / 2])?.0, of(c)?.0);
        at_most(least, other + n as f64 * EPSILON * other)?;
    }

    #[test]
    fn binary_cross_entropy_is_minimal_at_the_truth(y in 0.0..=1.0, p in 0.0..=1.0) {
        let of = |p: f64| sample(&[p], Truth::Columns(vec![y])).sum(&BinaryCrossEntropy::default());
        at_most(of(y)?.0, of(p)?.0 + 4.0 * EPSILON)?; // the entropy is at most ln 2
    }

    #[test]
    fn cross_entropy_is_at_least_the_entropy_of_the_target((z, q) in logits_and_distribution()) {
        let bound = entropy(&q);
        let tolerance = 1e-14 * (1.0 + largest(&z));
        at_most(bound, of_distribution(&z, &q)?.0 + tolerance)?;
        let of_itself = sample(&q, Truth::Columns(q.clone())).sum(&CrossEntropy)?.0;
        scaled(of_itself, bound, 1e-14, 1.0)?;
        if q.iter().all(|&q| q > 1e-300) {
            let (value, gradient) = of_distribution(&q.iter().map(|q| q.ln()).collect::<Vec<_>>(), &q)?;
            scaled(value, bound, 1e-14, 1.0 + bound)?;
            // rounding of ln q, up to 700, moves the softmax by its absolute error
            let logarithm = q.iter().fold(1.0_f64, |most, q| most.max(-q.ln()));
            all_scaled(&gradient, &vec![0.0; q.len()], 4.0 * EPSILON, logarithm)?;
        }
    }

    #[test]
    fn cross_entropy_from_probabilities_is_entropy_plus_divergence((z, q) in logits_and_distribution()) {
        let p = softmax(&z)?;
        let divergence: f64 = zip(&p, &q)
            .map(|(&p, &q)| if q == 0.0 { 0.0 } else { q * (q.ln() - p.ln()) })
            .sum();
        let value = sample(&p, Truth::Columns(q.clone())).sum(&CrossEntropy)?.0;
        scaled(value, entropy(&q) + divergence, 1e-13, 1.0 + largest(&z))?;
    }

    #[test]
    fn losses_are_convex_in_the_prediction((loss, batch) in any_batch(), t in 0.0..=1.0, other in vector(200)) {
        let (_, kind, convex) = LOSSES[loss];
        prop_assume!(convex);
        let other: Vec<f64> = match kind {
            Kind::Probabilities | Kind::SoftProbabilities | Kind::LogProbabilities | Kind::Rates => batch.prediction.iter().rev().copied().collect(),
            _ => other.iter().cycle().take(batch.prediction.len()).map(|x| x.clamp(-100.0, 100.0)).collect(),
        };
        let value = |x: &[f64]| {
            let moved = Batch { prediction: x.to_vec(), ..batch.clone() };
            moved.sum(by_number(loss)).map_or(f64::NAN, |(value, _)| value)
        };
        if value(&batch.prediction).is_finite() && value(&other).is_finite() {
            let rounding = 8.0 * batch.prediction.len() as f64 * EPSILON;
            convexity(value, &batch.prediction, &other, t, rounding)?;
        }
    }

    // --- softmax cross-entropy ---

    #[test]
    fn softmax_cross_entropy_is_shift_invariant((z, y) in logits_and_label(), c in -100..100) {
        let c = f64::from(c);
        let shifted: Vec<f64> = z.iter().map(|z| z + c).collect();
        let scale = largest(&z).max(largest(&shifted));
        scaled(of_label(&shifted, y)?.0, of_label(&z, y)?.0, 4.0 * EPSILON, scale)?;
    }

    #[test]
    fn softmax_cross_entropy_is_log_sum_exp_minus_logit((z, y) in logits_and_label()) {
        let expected = log_sum_exp(&z) - z[y as usize];
        scaled(of_label(&z, y)?.0, expected, 4.0 * EPSILON, largest(&z))?;
    }

    #[test]
    fn softmax_cross_entropy_is_cross_entropy_of_the_softmax((z, q) in logits_and_distribution()) {
        let p = softmax(&z)?;
        let from_probabilities = sample(&p, Truth::Columns(q.clone())).sum(&CrossEntropy)?.0;
        scaled(of_distribution(&z, &q)?.0, from_probabilities, 1e-13, 1.0 + largest(&z))?;
    }

    #[test]
    fn the_gradient_is_softmax_minus_target((z, y) in logits_and_label()) {
        let (_, gradient) = of_label(&z, y)?;
        let mut expected = softmax(&z)?;
        expected[y as usize] -= 1.0;
        all_scaled(&gradient, &expected, 1e-14, 1.0)?;
        scaled(gradient.iter().sum(), 0.0, 1e-14, 1.0)?;
        prop_assert!(gradient.iter().all(|g| g.abs() <= 1.0));
    }

    #[test]
    fn the_hessian_is_a_covariance((z, q) in logits_and_distribution(), v in vector(8)) {
        // (diag(p) - p pᵀ) v, in a form where nothing cancels: pᵢ Σⱼ pⱼ (vᵢ - vⱼ)
        let hessian_vector = |z: &[f64], v: &[f64]| {
            let p = softmax(z).unwrap_or_default();
            let row = |i: usize| p[i] * zip(&p, v).map(|(p, vj)| p * (v[i] - vj)).sum::<f64>();
            (0..p.len()).map(row).collect::<Vec<f64>>()
        };
        let slopes = |z: &[f64]| of_distribution(z, &q).map_or(vec![], |(_, gradient)| gradient);
        gradient::second_order(slopes, hessian_vector, &z)?;
        let v = &v[..z.len()];
        let curvature: f64 = zip(v, hessian_vector(&z, v)).map(|(v, h)| v * h).sum();
        at_most(-curvature, 1e-14 * largest(v).powi(2))?;
        let flat = hessian_vector(&z, &vec![1.0; z.len()]);
        all_scaled(&flat, &vec![0.0; z.len()], 1e-14, 1.0)?;
    }

    #[test]
    fn extreme_logits_cost_finitely((z, y) in logits_and_label()) {
        let (value, gradient) = of_label(&z, y)?;
        prop_assert!(value.is_finite() && gradient.iter().all(|g| g.is_finite()));
    }

    #[test]
    fn labels_are_one_hot_columns((z, y) in logits_and_label(), smooth in 0.0..1.0) {
        let one_hot: Vec<f64> = (0..z.len()).map(|i| if i == y as usize { 1.0 } else { 0.0 }).collect();
        for label_smoothing in [0.0, smooth] {
            let loss = SoftmaxCrossEntropy { label_smoothing };
            let (a, of_label) = sample(&z, Truth::Labels(vec![y])).sum(&loss)?;
            let (b, of_column) = sample(&z, Truth::Columns(one_hot.clone())).sum(&loss)?;
            same_bits(a, b)?;
            all_same_bits(&of_label, &of_column)?;
        }
    }

    #[test]
    fn label_smoothing_is_a_mixture((z, y) in logits_and_label(), alpha in 0.0..1.0) {
        let truth = Truth::Labels(vec![y]);
        let smooth = sample(&z, truth.clone()).sum(&SoftmaxCrossEntropy { label_smoothing: alpha })?;
        let uniform: f64 = (0..z.len())
            .map(|k| of_label(&z, u32::try_from(k).unwrap_or(0)).map_or(f64::NAN, |(value, _)| value))
            .sum::<f64>() / z.len() as f64;
        let mixture = (1.0 - alpha) * of_label(&z, y)?.0 + alpha * uniform;
        relative(smooth.0, mixture, 4.0 * z.len() as f64 * EPSILON)?;
        let none = sample(&z, truth).sum(&SoftmaxCrossEntropy { label_smoothing: 0.0 })?;
        same_bits(none.0, of_label(&z, y)?.0)?;
    }

    // --- binary cross-entropy ---

    #[test]
    fn binary_cross_entropy_of_a_yes_is_softplus(z in -800.0..800.0) {
        same_bits(binary_cross_entropy_from_logit(z, 1.0), softplus(-z))?;
        same_bits(binary_cross_entropy_from_logit(z, 0.0), softplus(z))?;
    }

    #[test]
    fn binary_cross_entropy_is_symmetric(z in -800.0..800.0, y in 0..=64) {
        let y = f64::from(y) / 64.0; // 1 - y is exact
        let of = binary_cross_entropy_from_logit::<f64>;
        within_ulps(of(z, y), of(-z, 1.0 - y), 0)?;
    }

    #[test]
    fn binary_is_softmax_of_two_classes(z in -800.0..800.0, y in 0..2_u32) {
        let (value, gradient) = of_label(&[0.0, z], y)?;
        let (binary, slope) = sample(&[z], Truth::Labels(vec![y])).sum(&BinaryCrossEntropyLogits::default())?;
        within_ulps(value, binary, 2)?;
        scaled(gradient[1], slope[0], 2.0 * EPSILON, 1.0)?;
    }

    #[test]
    fn from_logits_is_from_probabilities_of_the_sigmoid(z in -15.0..15.0, y in 0.0..=1.0) {
        let truth = Truth::Columns(vec![y]);
        let logit = sample(&[z], truth.clone()).sum(&BinaryCrossEntropyLogits::default())?.0;
        let probability = sample(&[sigmoid(z)], truth).sum(&BinaryCrossEntropy::default())?.0;
        relative(logit, probability, 1e-9)?; // 1 - σ(15) has lost e¹⁵ ε = 7e-10
    }

    // --- reductions, weights, order ---

    #[test]
    fn mean_is_sum_over_n((loss, batch) in any_batch()) {
        let n = Reduction::Mean.denominator(batch.shape)?;
        let (sum, _) = batch.sum(by_number(loss))?;
        let (mean, gradient) = batch.run(by_number(loss), n, Order::Columns)?;
        same_bits(mean, sum / batch.shape.columns as f64)?;
        prop_assert_eq!(gradient.len(), batch.prediction.len());
    }

    #[test]
    fn integer_weight_is_a_repeated_sample((loss, batch) in any_batch(), repeats in prop::collection::vec(0..4_usize, 40)) {
        let n = batch.shape.columns;
        let repeated: Vec<usize> = (0..n).flat_map(|j| vec![j; repeats[j]]).collect();
        prop_assume!(!repeated.is_empty());
        let weights = repeats[..n].iter().map(|&r| r as f64).collect();
        let (weighted, _) = Batch { weights, ..batch.clone() }.sum(by_number(loss))?;
        let equal = Batch { weights: vec![1.0; n], ..batch }.select(&repeated);
        let (sum, _) = equal.sum(by_number(loss))?;
        relative(weighted, sum, 4.0 * repeated.len() as f64 * EPSILON)?;
    }

    #[test]
    fn ignored_samples_are_removed_samples((loss, mut batch) in any_batch(), ignored in prop::collection::vec(any::<bool>(), 40)) {
        let (m, n) = (batch.shape.rows, batch.shape.columns);
        let kept: Vec<usize> = (0..n).filter(|&j| !ignored[j]).collect();
        prop_assume!(!kept.is_empty());
        let removed = batch.select(&kept);
        for j in (0..n).filter(|&j| ignored[j]) {
            batch.weights[j] = 0.0;
            batch.prediction[j * m..(j + 1) * m].fill(f64::NAN);
            match &mut batch.truth {
                Truth::Labels(y) => y[j] = 255,
                Truth::Columns(y) => y[j * m..(j + 1) * m].fill(f64::INFINITY),
            }
        }
        for order in [Order::Rows, Order::Columns] {
            let (value, gradient) = batch.run(by_number(loss), 3.0, order)?;
            let (expected, slopes) = removed.run(by_number(loss), 3.0, order)?;
            same_bits(value, expected)?;
            let of_kept: Vec<f64> = kept.iter().flat_map(|j| gradient[j * m..(j + 1) * m].to_vec()).collect();
            all_same_bits(&of_kept, &slopes)?;
            for j in (0..n).filter(|&j| ignored[j]) {
                prop_assert!(gradient[j * m..(j + 1) * m].iter().all(|&g| g == 0.0));
            }
        }
    }

    #[test]
    fn a_sum_of_losses_does_not_see_the_order_of_samples((loss, batch) in any_batch(), key in 1..u64::MAX) {
        let few = batch.shape.columns;
        let n = 32 * few; // enough that a plain sum would show the order
        let scrambled = |k: &usize| (*k as u64 + 1).wrapping_mul(key | 1).rotate_left(32);
        let mut order: Vec<usize> = (0..n).collect();
        order.sort_by_key(scrambled);
        let sum = |places: &[usize]| {
            let samples: Vec<usize> = places.iter().map(|k| k % few).collect();
            batch.select(&samples).sum(by_number(loss))
        };
        let ((a, slopes), (b, scrambled_slopes)) = (sum(&(0..n).collect::<Vec<_>>())?, sum(&order)?);
        // The gradient of a sample does not know where it stands.
        let m = batch.shape.rows;
        for (at, &k) in order.iter().enumerate() {
            all_same_bits(&scrambled_slopes[at * m..][..m], &slopes[k * m..][..m])?;
        }
        let alone = (0..few).map(|j| sum(&[j]).map_or(f64::NAN, |(value, _)| value.abs()));
        let all = 32.0 * alone.sum::<f64>();
        if all.is_finite() {
            // Each order rounds its compensated sum once, and loses n² ε² of what cancels.
            scaled(a, b, EPSILON, 2.0 * a.abs() + (n * n) as f64 * EPSILON * all)?;
        } else {
            prop_assert_eq!(a.is_finite(), b.is_finite());
        }
    }

    #[test]
    fn shards_add_up_to_the_batch((loss, batch) in any_batch(), at in 0..40_usize) {
        let n = batch.shape.columns;
        let at = at % n;
        prop_assume!(at > 0);
        let whole = batch.run(by_number(loss), n as f64, Order::Rows)?;
        let indices: Vec<usize> = (0..n).collect();
        let (left, right) = indices.split_at(at);
        let left = batch.select(left).run(by_number(loss), n as f64, Order::Rows)?;
        let right = batch.select(right).run(by_number(loss), n as f64, Order::Rows)?;
        relative(whole.0, left.0 + right.0, n as f64 * EPSILON)?;
        all_same_bits(&whole.1, &[left.1, right.1].concat())?;
    }

    #[test]
    fn both_orders_of_storage_give_the_same_bits((loss, batch) in any_batch()) {
        let rows = batch.run(by_number(loss), 7.0, Order::Rows)?;
        let columns = batch.run(by_number(loss), 7.0, Order::Columns)?;
        same_bits(rows.0, columns.0)?;
        all_same_bits(&rows.1, &columns.1)?;
    }

    #[test]
    fn long_samples_of_both_orders_give_the_same_bits(
        (m, n, z, y, label, weights) in (15..70_usize, 15..60_usize).prop_flat_map(|(m, n)| (
            Just(m),
            Just(n),
            prop::collection::vec(-20.0..20.0, m * n),
            vector(m * n),
            labels(u32::try_from(m).unwrap_or(1), n),
            prop::collection::vec(prop_oneof![Just(0.0), 0.1..3.0], n),
        )),
    ) {
        for (loss, truth) in [(&SquaredError as &dyn Loss<f64>, Truth::Columns(y)), (&SOFTMAX, Truth::Labels(label))] {
            let weights = weights.clone();
            let batch = Batch { weights, ..Batch::new(Shape::new(m, n), z.clone(), truth) };
            let (rows, columns) = (batch.run(loss, 7.0, Order::Rows)?, batch.run(loss, 7.0, Order::Columns)?);
            same_bits(rows.0, columns.0)?;
            all_same_bits(&rows.1, &columns.1)?;
        }
    }

    #[test]
    fn all_questions_have_one_answer((loss, batch) in any_batch()) {
        let loss = by_number(loss);
        let view = |x| MatrixRef::new(x, batch.shape, Order::Columns);
        let target = match &batch.truth {
            Truth::Labels(y) => Target::Labels(y),
            Truth::Columns(y) => Target::Values(view(y)?),
        };
        let mut losses = vec![f64::NAN; batch.shape.columns];
        let (prediction, weights) = (view(&batch.prediction)?, Weights::PerSample(&batch.weights));
        loss.per_sample(prediction, target, &mut losses)?;
        let value = loss.value(prediction, target, weights, 3.0)?;
        same_bits(value, batch.run(loss, 3.0, Order::Columns)?.0)?;
        let sum: CompensatedSum = zip(&losses, &batch.weights).filter(|&(_, &w)| w != 0.0).map(|(l, w)| w * l).collect();
        same_bits(value, sum.value() / 3.0)?;
    }

    #[test]
    fn single_precision_is_double_precision_rounded((z, y) in logits_and_label()) {
        let z: Vec<f32> = z.iter().map(|&z| f32::from_f64(z)).collect();
        let exact: Vec<f64> = z.iter().map(|&z| f64::from(z)).collect();
        let (expected, slopes) = of_label(&exact, y)?;
        let shape = Shape::new(z.len(), 1);
        let mut memory = vec![f32::NAN; z.len()];
        let value = SOFTMAX.value_and_gradient(
            MatrixRef::from_column(&z),
            Target::Labels(&[y]),
            Weights::Equal,
            1.0,
            MatrixMut::new(&mut memory, shape, Order::Columns)?,
        )?;
        // e⁻ᵈ carries the rounding of d; beyond d = 104 it is zero
        let spread = 2.0 * largest(&exact).min(52.0);
        let epsilon = f64::from(f32::EPSILON);
        scaled(value, expected, (1.0 + spread) * epsilon, expected.max(1e-38))?;
        let memory: Vec<f64> = memory.into_iter().map(f64::from).collect();
        all_scaled(&memory, &slopes, 2.0 * epsilon, 1.0)?;
    }

    #[test]
    fn a_loss_of_ones_own_obeys_the_laws_of_all(
        (m, n) in (1..4_usize, 1..40_usize),
        p in prop::collection::vec(-3.0..3.0_f64, 160),
        y in prop::collection::vec(-3.0..3.0_f64, 160),
        w in weights(40),
        d in 0.5..50.0,
    ) {
        // Two formulas, and everything else follows: weights, denominators, both orders of storage.
        let batch = Batch {
            weights: w[..n].to_vec(),
            ..Batch::new(Shape::new(m, n), p[..m * n].to_vec(), Truth::Columns(y[..m * n].to_vec()))
        };
        let (value, gradient) = batch.run(&FourthPower, d, Order::Rows)?;
        let (other, columns) = batch.run(&FourthPower, d, Order::Columns)?;
        same_bits(value, other)?;
        all_same_bits(&gradient, &columns)?;
        let e: Vec<f64> = zip(&p[..m * n], &y).map(|(p, y)| p - y).collect();
        let sum: f64 = e.iter().enumerate().map(|(at, e)| w[at / m] * e.powi(4)).sum();
        scaled(value, sum / d, 1e-13, sum / d)?;
        let slopes: Vec<f64> = e.iter().enumerate().map(|(at, e)| w[at / m] * 4.0 * e.powi(3) / d).collect();
        all_scaled(&gradient, &slopes, 1e-13, largest(&slopes))?;
    }

    // --- gradients ---

    #[test]
    fn gradients_are_derivatives((loss, mut batch) in any_batch(), seed in prop::collection::vec(0.05..0.95, 200)) {
        // away from kinks and poles, on a scale of one
        let (kind, hinge) = (LOSSES[loss].1, format!("{:?}", by_number(loss)).contains("Hinge")
            || format!("{:?}", by_number(loss)).contains("Perceptron"));
        for (at, p) in batch.prediction.iter_mut().enumerate() {
            let share: f64 = seed[at % 200];
            *p = match kind {
                Kind::Values | Kind::Positive | Kind::Rates => share + 2.0,
                Kind::Probabilities | Kind::SoftProbabilities => 0.5 * share + 0.25,
                Kind::LogProbabilities => -share - 0.1,
                Kind::YesOrNo if hinge => share - 0.5,
                _ => *p / 8.0,
            };
        }
        if let (Kind::Values | Kind::Positive | Kind::Counts | Kind::Rates, Truth::Columns(y)) = (kind, &mut batch.truth) {
            y.iter_mut().enumerate().for_each(|(at, y)| *y = if at % 2 == 0 { 1.0 } else { 4.0 });
        }
        if kind == Kind::Counts {
            batch.prediction.iter_mut().for_each(|p| *p = if (*p - 1.0).abs() < 0.1 { 1.2 } else { *p });
        }
        let n = batch.shape.columns as f64;
        let value_and_gradient = |x: &[f64]| {
            let moved = Batch { prediction: x.to_vec(), ..batch.clone() };
            moved.run(by_number(loss), n, Order::Rows).unwrap_or_default()
        };
        gradient::check(value_and_gradient, &batch.prediction)?;
    }

    #[test]
    fn regularizer_gradients_are_derivatives(w in vector(1..20), lambda in 0.0..2.0) {
        let w: Vec<f64> = w.iter().map(|w| (w / 50.0) + 0.1_f64.copysign(*w)).collect();
        let terms: [&dyn Regularizer<f64>; 4] = [
            &L1 { lambda },
            &L2 { lambda },
            &ElasticNet { l1: lambda, l2: 0.5 },
            &GroupLasso { lambda, size: 3 },
        ];
        for term in terms {
            let value_and_gradient = |w: &[f64]| {
                let mut slopes = vec![0.0; w.len()];
                let value = term.value(w).and_then(|v| term.add_gradient(w, &mut slopes).map(|()| v));
                (value.unwrap_or(f64::NAN), slopes)
            };
            gradient::check(value_and_gradient, &w)?;
        }
    }

    #[test]
    fn proximal_maps_of_regularizers_obey_their_inequality(
        w in prop::collection::vec(-9.0..9.0, 7),
        other in prop::collection::vec(-9.0..9.0, 7),
        lambda in 0.0..3.0,
        t in 1e-3..5.0,
    ) {
        let terms: [&dyn Regularizer<f64>; 4] = [
            &L1 { lambda },
            &L2 { lambda },
            &ElasticNet { l1: lambda, l2: 0.5 },
            &GroupLasso { lambda, size: 3 },
        ];
        for term in terms {
            let mut z = w.clone();
            term.shrink(&mut z, t)?;
            let product: f64 = (0..7).map(|i| (w[i] - z[i]) * (other[i] - z[i])).sum();
            let gain = t * (term.value(&other)? - term.value(&z)?);
            prop_assert!(product <= gain + 1e-11 * (1.0 + t) * 1000.0 * (1.0 + lambda), "{term:?}: {product} > {gain}");
        }
    }

    #[test]
    fn the_elastic_net_is_the_sum_of_both(w in structured_vector(0..20), l1 in 0.0..2.0, l2 in 0.0..2.0) {
        let parts = L1 { lambda: l1 }.value(&w)? + L2 { lambda: l2 }.value(&w)?;
        same_bits(ElasticNet { l1, l2 }.value(&w)?, parts)?;
        let (mut net, mut one_by_one) = (vec![0.0; w.len()], vec![0.0; w.len()]);
        ElasticNet { l1, l2 }.add_gradient(&w, &mut net)?;
        L1 { lambda: l1 }.add_gradient(&w, &mut one_by_one)?;
        L2 { lambda: l2 }.add_gradient(&w, &mut one_by_one)?;
        all_same_bits(&net, &one_by_one)?;
    }

    #[test]
    fn groups_of_one_are_the_lasso(w in vector(0..20), lambda in 0.0..2.0, t in 0.0..5.0) {
        let (groups, lasso) = (GroupLasso { lambda, size: 1 }, L1 { lambda });
        relative(groups.value(&w)?, lasso.value(&w)?, 1e-14)?;
        let (mut one, mut other) = (w.clone(), w.clone());
        groups.shrink(&mut one, t)?;
        lasso.shrink(&mut other, t)?;
        all_scaled(&one, &other, 4.0 * EPSILON, w.iter().fold(0.0, |a: f64, w| a.max(w.abs())))?;
    }

    /// From 2⁻⁹⁰⁰ to where lengths overflow; and a step of 0 leaves all bits, however high the price.
    #[test]
    fn shrinkage_of_groups_does_not_see_scale(w in prop::collection::vec(-8.0..8.0_f64, 32), lambda in 0.0..3.0, t in 0.0..5.0, power in prop_oneof![-900..1020_i32, Just(1020)]) {
        let (size, c) = (32, 2.0_f64.powi(power));
        let mut plain = w.clone();
        GroupLasso { lambda, size }.shrink(&mut plain, t)?;
        let mut scaled_up: Vec<f64> = w.iter().map(|w| c * w).collect();
        GroupLasso { lambda, size }.shrink(&mut scaled_up, c * t)?;
        let expected: Vec<f64> = plain.iter().map(|w| c * w).collect();
        all_scaled(&scaled_up, &expected, 16.0 * EPSILON, 8.0 * c)?;
        let mut stays = w.clone();
        GroupLasso { lambda: f64::MAX, size }.shrink(&mut stays, 0.0)?;
        all_same_bits(&stays, &w)?;
    }

    #[test]
    fn l1_is_homogeneous(w in structured_vector(0..20), k in -4..4) {
        let c = 2.0_f64.powi(k);
        let scaled_up: Vec<f64> = w.iter().map(|w| -c * w).collect();
        let l1 = L1 { lambda: 1.0 };
        let (value, expected) = (l1.value(&scaled_up)?, c * l1.value(&w)?);
        // a power of two commutes with rounding, subnormal numbers and overflow set aside
        prop_assume!(expected < 1e300 && w.iter().all(|&w| w == 0.0 || w.abs() > 1e-300));
        same_bits(value, expected)?;
    }

    #[test]
    fn l2_is_homogeneous_of_degree_two(w in vector(0..20), k in -4..4) {
        let c = 2.0_f64.powi(k);
        let scaled_up: Vec<f64> = w.iter().map(|w| -c * w).collect();
        let l2 = L2 { lambda: 1.0 };
        same_bits(l2.value(&scaled_up)?, c * c * l2.value(&w)?)?;
    }
}

/// A check that cannot fail proves nothing: the slope without its factor 2, and the one with σ′.
#[test]
fn wrong_gradients_are_found() {
    let half = |x: &[f64]| {
        let (value, slopes) = sample(x, Truth::Columns(vec![1.0]))
            .sum(&SquaredError)
            .unwrap();
        (value, slopes.iter().map(|g| g / 2.0).collect())
    };
    assert!(gradient::check(half, &[0.5]).is_err());
    let with_slope_of_sigmoid = |x: &[f64]| {
        let (value, slopes) = sample(x, Truth::Labels(vec![1]))
            .sum(&BinaryCrossEntropyLogits::default())
            .unwrap();
        let p = sigmoid(x[0]);
        (value, slopes.iter().map(|g| g * p * (1.0 - p)).collect())
    };
    assert!(gradient::check(with_slope_of_sigmoid, &[0.5]).is_err());
}

/// So many numbers that blocks of rows are brought near first; the last block is not whole, and some samples are ignored.
#[test]
fn rows_that_lie_far_apart_give_the_same_bits() -> Result<(), Box<dyn std::error::Error>> {
    let shape = Shape::new(1000, 137);
    let wave = |i: usize, by: usize| ((i * by) % 9973) as f64 / 1000.0 - 5.0;
    let numbers = |by| {
        (0..shape.rows * shape.columns)
            .map(|i| wave(i, by))
            .collect()
    };
    let labels = (0..137).map(|j| j * 7 % 1000).collect();
    let truths = [Truth::Labels(labels), Truth::Columns(numbers(13))];
    for (loss, truth) in zip([&SOFTMAX as &dyn Loss<f64>, &SquaredError], truths) {
        let mut batch = Batch::new(shape, numbers(31), truth);
        (0..137).for_each(|j| batch.weights[j] = (j % 5) as f64);
        let (rows, columns) = (
            batch.run(loss, 7.0, Order::Rows)?,
            batch.run(loss, 7.0, Order::Columns)?,
        );
        same_bits(rows.0, columns.0)?;
        all_same_bits(&rows.1, &columns.1)?;
        // and those of every sample alone, which is not brought anywhere
        let at = [0, 15, 16, 133, 136];
        for (j, alone) in at.map(|j| (j, batch.select(&[j]).run(loss, 7.0, Order::Rows))) {
            all_same_bits(&rows.1[j * 1000..][..1000], &alone?.1)?;
        }
    }
    Ok(())
}

/// Losses can be sent to other threads, shared and boxed.
#[test]
fn losses_are_objects() -> Result<(), Violation> {
    fn is_object<T: Send + Sync + std::fmt::Debug>(_: &T) {}
    let boxed: Vec<Box<dyn Loss<f32>>> = vec![Box::new(SquaredError), Box::new(SOFTMAX)];
    is_object(&boxed);
    is_object(&LossError::EmptyBatch);
    same_bits(boxed.len() as f64, 2.0)
}
