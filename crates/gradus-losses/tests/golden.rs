//! The losses against independent computations; see `golden/losses.py` and `golden/pointwise.py`.

use gradus_losses::{
    AbsolutePercentageError, Against, BinaryCrossEntropy, BinaryCrossEntropyLogits, Cauchy,
    Comparison, ConfidencePenalty, Contrastive, CosineDistance, Distance, ElasticNet, Focal,
    Gaussian, GaussianMean, GeneralizedCrossEntropy, GroupLasso, Huber, KullbackLeiblerLogs, L1,
    L2, ListNet, LogCosh, LogFactorial, Loss, LossError, MatrixMut, MatrixRef, Negative, NtXent,
    Order, Pair, Pinball, Poisson, Poly1, PositiveWeightedCrossEntropy, Rate, Regularizer, Shape,
    SmoothL1, SoftmaxCrossEntropy, SoftmaxFocal, Sparsemax, SquaredLogarithmicError, Target,
    Triplet, Tukey, Tversky, Tweedie, Weights, binary_cross_entropy,
    binary_cross_entropy_from_logit,
};
use gradus_numeric::Real;
use gradus_testkit::golden;

type Outcome = Result<(), Box<dyn std::error::Error>>;

#[test]
fn binary_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/binary_cross_entropy.csv"))? {
        row.check(binary_cross_entropy(row.inputs[0], row.inputs[1]))?;
    }
    Ok(())
}

#[test]
fn binary_cross_entropy_from_logit_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/binary_cross_entropy_from_logit.csv"))? {
        row.check(binary_cross_entropy_from_logit(
            row.inputs[0],
            row.inputs[1],
        ))?;
    }
    Ok(())
}

#[test]
fn the_slope_of_binary_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/binary_cross_entropy_slope.csv"))? {
        let target = Target::Values(MatrixRef::from_column(&row.inputs[1..]));
        let (_, slopes) = run(
            &BinaryCrossEntropyLogits::default(),
            &row.inputs[..1],
            target,
        )?;
        row.check(slopes[0])?;
    }
    Ok(())
}

#[test]
fn softmax_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/softmax_cross_entropy.csv"))? {
        let (z, label, label_smoothing) = (&row.inputs[..4], index(row.inputs[4]), row.inputs[5]);
        let loss = SoftmaxCrossEntropy { label_smoothing };
        row.check(run(&loss, z, Target::Labels(&[label]))?.0)?;
    }
    Ok(())
}

#[test]
fn the_slope_of_softmax_cross_entropy_is_golden() -> Outcome {
    for row in golden::read(include_str!("golden/softmax_cross_entropy_slope.csv"))? {
        let (z, label, component) = (&row.inputs[..4], index(row.inputs[4]), index(row.inputs[5]));
        let (_, slopes) = run(&SoftmaxCrossEntropy::default(), z, Target::Labels(&[label]))?;
        row.check(slopes[component as usize])?;
    }
    Ok(())
}

/// The loss of a row of `golden/pointwise.py`.
fn pointwise(name: &str, setting: f64) -> Box<dyn Loss<f64>> {
    match name {
        "huber" => Box::new(Huber { delta: setting }),
        "smooth_l1" => Box::new(SmoothL1 { beta: setting }),
        "log_cosh" => Box::new(LogCosh),
        "pinball" => Box::new(Pinball { quantile: setting }),
        "squared_logarithmic_error" => Box::new(SquaredLogarithmicError),
        "absolute_percentage_error" => Box::new(AbsolutePercentageError),
        "cauchy" => Box::new(Cauchy { scale: setting }),
        "tukey" => Box::new(Tukey { scale: setting }),
        "poisson" => Box::new(Poisson::default()),
        "tweedie_1" | "tweedie_2" => Box::new(Tweedie { power: setting }),
        "focal" => Box::new(Focal { gamma: setting }),
        _ => Box::new(PositiveWeightedCrossEntropy {
            weight: setting,
            label_smoothing: 0.0,
        }),
    }
}

#[test]
fn tweedie_deviances_are_golden() -> Outcome {
    let mut rows = 0;
    for row in golden::read(include_str!("golden/tweedie.csv"))? {
        let [mu, y, power, which] = row.inputs[..] else {
            return Err("four inputs".into());
        };
        let target = Target::Values(MatrixRef::from_column(&row.inputs[1..2]));
        let (value, slope) = run(&Tweedie { power }, &[mu], target)?;
        row.check(if which == 0.0 { value } else { slope[0] })?;
        // the same numbers in single precision, if they are some
        let [p, q] = [mu, y].map(f32::from_f64);
        if [f64::from(p), f64::from(q)] == [mu, y] {
            let single = Tweedie { power }.value(
                MatrixRef::from_column(&[p]),
                Target::Values(MatrixRef::from_column(&[q])),
                Weights::Equal,
                1.0,
            )?;
            assert_eq!(single, value);
        }
        rows += 1;
    }
    assert_eq!(rows, 590);
    Ok(())
}

#[test]
fn losses_of_one_number_are_golden() -> Outcome {
    let (mut values, mut slopes) = (0, 0);
    for row in golden::read(include_str!("golden/pointwise.csv"))? {
        let target = Target::Values(MatrixRef::from_column(&row.inputs[1..2]));
        let loss = pointwise(&row.class, row.inputs[2]);
        row.check(run(&*loss, &row.inputs[..1], target)?.0)?;
        values += 1;
    }
    for row in golden::read(include_str!("golden/pointwise_slope.csv"))? {
        let target = Target::Values(MatrixRef::from_column(&row.inputs[1..2]));
        let loss = pointwise(&row.class, row.inputs[2]);
        row.check(run(&*loss, &row.inputs[..1], target)?.1[0])?;
        slopes += 1;
    }
    assert_eq!((values, slopes), (387, 384));
    Ok(())
}

/// The loss of a row of `golden/classes.py`.
fn of_classes(name: &str, setting: f64) -> Box<dyn Loss<f64>> {
    match name {
        "generalized" => Box::new(GeneralizedCrossEntropy { exponent: setting }),
        "poly" => Box::new(Poly1 { epsilon: setting }),
        "focal" => Box::new(SoftmaxFocal { gamma: setting }),
        "sparsemax" => Box::new(Sparsemax),
        "list_net" => Box::new(ListNet),
        "penalty" => Box::new(ConfidencePenalty { strength: setting }),
        _ => Box::new(CosineDistance),
    }
}

#[test]
fn losses_of_several_entries_are_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/classes.csv"))?;
    assert_eq!(rows.len(), 480);
    for row in rows {
        let (z, q) = (&row.inputs[..3], MatrixRef::from_column(&row.inputs[3..6]));
        let loss = of_classes(&row.class, row.inputs[6]);
        let (value, slopes) = run(&*loss, z, Target::Values(q))?;
        let asked = match row.inputs[7] {
            -1.0 => value,
            component => slopes[index(component) as usize],
        };
        // The slope of a loss near its smallest value is a difference of numbers near 1.
        if (asked - row.output).abs() > 8.0 * f64::EPSILON {
            row.check(asked)?;
        }
    }
    Ok(())
}

/// The loss of a row of `golden/comparisons.py`, and its gradient.
fn comparison(name: &str, x: &[f64], setting: f64) -> Result<(f64, Vec<f64>), LossError> {
    let pairs = [(0, 1, true), (2, 3, false), (0, 2, false)];
    let pairs = pairs.map(|(left, right, same)| Pair { left, right, same });
    let triplets = [[0, 1, 2], [3, 2, 0]];
    let triplet = |distance, negative| Triplet {
        margin: setting,
        distance,
        negative,
    };
    let against = |against| NtXent {
        temperature: setting,
        against,
    };
    let (euclidean, from_anchor) = (Distance::Euclidean, Negative::FromAnchor);
    match name {
        "contrastive" => compare(&Contrastive { margin: setting }, x, &pairs),
        "triplet" => compare(&triplet(euclidean, from_anchor), x, &triplets),
        "triplet_squared" => {
            let loss = triplet(Distance::SquaredEuclidean, from_anchor);
            compare(&loss, x, &triplets)
        }
        "triplet_manhattan" => compare(&triplet(Distance::Manhattan, from_anchor), x, &triplets),
        "triplet_nearer" => compare(&triplet(euclidean, Negative::Nearer), x, &triplets),
        "nt_xent" => compare(&against(Against::All), x, &[[0, 2], [1, 3]]),
        _ => compare(&against(Against::OtherSide), x, &[[0, 2], [1, 3]]),
    }
}

/// Value and gradient of a comparison of columns of two numbers.
fn compare<C: Comparison<f64>>(
    loss: &C,
    x: &[f64],
    tuples: &[C::Tuple],
) -> Result<(f64, Vec<f64>), LossError> {
    let (mut memory, shape) = (vec![f64::NAN; x.len()], Shape::new(2, x.len() / 2));
    let unfit = |_| LossError::EmptyBatch;
    let gradient = MatrixMut::new(&mut memory, shape, Order::Columns).map_err(unfit)?;
    let x = MatrixRef::new(x, shape, Order::Columns).map_err(unfit)?;
    let value = loss.value_and_gradient(x, tuples, Weights::Equal, 1.0, gradient)?;
    Ok((value, memory))
}

#[test]
fn comparisons_are_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/comparisons.csv"))?;
    assert_eq!(rows.len(), 504);
    for row in rows {
        let (value, slopes) = comparison(&row.class, &row.inputs[..8], row.inputs[8])?;
        check(&row, asked(value, &slopes, row.inputs[9]))?;
    }
    Ok(())
}

#[test]
fn losses_of_overlap_are_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/overlap.csv"))?;
    assert_eq!(rows.len(), 150);
    for row in rows {
        let (p, q) = (&row.inputs[..4], MatrixRef::from_column(&row.inputs[4..8]));
        let [alpha, beta, smoothing] = [8, 9, 10].map(|k| row.inputs[k]);
        let loss = match row.class.as_str() {
            "dice" => Tversky::dice(smoothing),
            "jaccard" => Tversky::jaccard(smoothing),
            _ => Tversky {
                alpha,
                beta,
                smoothing,
            },
        };
        let (value, slopes) = run(&loss, p, Target::Values(q))?;
        check(&row, asked(value, &slopes, row.inputs[11]))?;
    }
    Ok(())
}

#[test]
fn regularizers_are_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/regularizers.csv"))?;
    assert_eq!(rows.len(), 352);
    for row in rows {
        let (w, l1, l2) = (&row.inputs[..5], row.inputs[5], row.inputs[6]);
        let regularizer: Box<dyn Regularizer<f64>> = match row.class.as_str() {
            "l1" => Box::new(L1 { lambda: l1 }),
            "l2" => Box::new(L2 { lambda: l1 }),
            "elastic_net" => Box::new(ElasticNet { l1, l2 }),
            _ => Box::new(GroupLasso {
                lambda: l1,
                size: 2,
            }),
        };
        let (mut slopes, mut shrunk) = (vec![0.0; 5], w.to_vec());
        regularizer.add_gradient(w, &mut slopes)?;
        regularizer.shrink(&mut shrunk, row.inputs[7])?;
        let all = [slopes, shrunk].concat();
        check(&row, asked(regularizer.value(w)?, &all, row.inputs[8]))?;
    }
    Ok(())
}

/// The loss of a row of `golden/likelihoods.py`.
fn likelihood(name: &str, setting: f64) -> Box<dyn Loss<f64>> {
    match name.split('_').collect::<Vec<_>>()[..] {
        ["gaussian"] => Box::new(Gaussian {
            smallest_variance: setting,
        }),
        ["gaussian", _] => Box::new(GaussianMean { variance: setting }),
        [_, rate, factorial] => Box::new(Poisson {
            rate: if rate == "rate" {
                Rate::Plain
            } else {
                Rate::Logarithm
            },
            factorial: match factorial {
                "none" => LogFactorial::LeftOut,
                "stirling" => LogFactorial::Stirling,
                _ => LogFactorial::Exact,
            },
        }),
        _ => Box::new(LogCosh), // which no row fits
    }
}

#[test]
fn normal_and_poisson_likelihoods_are_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/likelihoods.csv"))?;
    assert_eq!(rows.len(), 705);
    for row in rows {
        let (numbers, y) = (if row.class == "gaussian" { 2 } else { 1 }, [row.inputs[2]]);
        let target = Target::Values(MatrixRef::from_column(&y));
        let loss = likelihood(&row.class, row.inputs[3]);
        let (value, slopes) = run(&*loss, &row.inputs[..numbers], target)?;
        check(&row, asked(value, &slopes, row.inputs[4]))?;
    }
    Ok(())
}

/// The loss of a row of `golden/smoothing.py`.
fn smoothing(name: &str, label_smoothing: f64, weight: f64) -> Box<dyn Loss<f64>> {
    match name {
        "logits" => Box::new(BinaryCrossEntropyLogits { label_smoothing }),
        "probabilities" => Box::new(BinaryCrossEntropy { label_smoothing }),
        _ => Box::new(PositiveWeightedCrossEntropy {
            weight,
            label_smoothing,
        }),
    }
}

#[test]
fn smoothed_binary_cross_entropy_is_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/smoothing.csv"))?;
    assert_eq!(rows.len(), 1560);
    for row in rows {
        let (x, y) = (&row.inputs[..1], MatrixRef::from_column(&row.inputs[1..2]));
        let loss = smoothing(&row.class, row.inputs[2], row.inputs[3]);
        let (value, slopes) = run(&*loss, x, Target::Values(y))?;
        check(&row, asked(value, &slopes, row.inputs[4]))?;
    }
    Ok(())
}

#[test]
fn divergences_of_logarithms_are_golden() -> Outcome {
    let rows = golden::read(include_str!("golden/divergences.csv"))?;
    assert_eq!(rows.len(), 156);
    for row in rows {
        let (l, t) = (&row.inputs[..3], MatrixRef::from_column(&row.inputs[3..6]));
        let (value, slopes) = run(&KullbackLeiblerLogs, l, Target::Values(t))?;
        check(&row, asked(value, &slopes, row.inputs[6]))?;
    }
    Ok(())
}

/// The value, or a component of the rest.
fn asked(value: f64, others: &[f64], which: f64) -> f64 {
    let others = (0_u32..).zip(others);
    let mut named = others.filter(|(k, _)| f64::from(*k) == which);
    named.next().map_or(value, |(_, other)| *other)
}

/// Within the ULPs of the table, or of a difference of numbers near 1.
fn check(row: &golden::Row, result: f64) -> Outcome {
    if (result - row.output).abs() > 8.0 * f64::EPSILON {
        row.check(result)?;
    }
    Ok(())
}

/// A label or component of the tables.
fn index(x: f64) -> u32 {
    (0..4).find(|&k| f64::from(k) == x).unwrap_or(u32::MAX)
}

/// Value and gradient of one sample.
fn run(
    loss: &dyn Loss<f64>,
    prediction: &[f64],
    target: Target<'_, f64>,
) -> Result<(f64, Vec<f64>), Box<dyn std::error::Error>> {
    let mut memory = vec![f64::NAN; prediction.len()];
    let gradient = MatrixMut::new(&mut memory, Shape::new(prediction.len(), 1), Order::Rows)?;
    let prediction = MatrixRef::from_column(prediction);
    let value = loss.value_and_gradient(prediction, target, Weights::Equal, 1.0, gradient)?;
    Ok((value, memory))
}
